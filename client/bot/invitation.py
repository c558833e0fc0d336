"""The way in: from a link or a code to a token of one's own."""

import json
import re
import urllib.error
import urllib.request
from dataclasses import dataclass
from http.client import HTTPException
from typing import Any
from urllib.parse import unquote, urlsplit, urlunsplit

from client.bot.errors import CannotJoin

THIS_MACHINE = "http://127.0.0.1:8000"
"""Where a code without an address is looked for: the address of `detente serve` to itself."""
ANSWER_WITHIN_S = 10
REMEDY = "give a link like http://HOST:8000/#/join/CODE"

_CODE = re.compile(r"[0-9A-Za-z][0-9A-Za-z -]{2,30}")


@dataclass(frozen=True, slots=True)
class Invitation:
    """A server's address, without a slash at its end, and a match's code."""

    server: str
    code: str

    @property
    def socket(self) -> str:
        """The address of the server's live socket."""
        return f"ws{self.server.removeprefix('http')}/api/live"


def parse_invitation(text: str) -> Invitation:
    """Read a link that a facilitator shows, or a code alone. Raises CannotJoin."""
    if _CODE.fullmatch(text):
        return Invitation(THIS_MACHINE, text)
    try:
        parts = urlsplit(text)
        _ = parts.port
    except ValueError as error:
        raise CannotJoin(f"{text!r} is no address ({error}); {REMEDY}") from error
    screen, _, code = unquote(parts.fragment).strip("/").partition("/")
    if parts.scheme not in ("http", "https") or not parts.netloc or screen != "join" or not code:
        raise CannotJoin(f"{text!r} is no way in; {REMEDY}")
    server = urlunsplit((parts.scheme, parts.netloc, parts.path.rstrip("/"), "", ""))
    return Invitation(server, code.partition("?")[0])


def join(invitation: Invitation, name: str) -> str:
    """Come in as a player of this name; give the token. Raises CannotJoin.

    A seat is taken afterwards, over the socket.
    """
    body = json.dumps({"code": invitation.code, "name": name}).encode()
    request = urllib.request.Request(  # noqa: S310 (http or https, see parse_invitation)
        f"{invitation.server}/api/join", body, {"content-type": "application/json"}
    )
    try:
        with urllib.request.urlopen(request, timeout=ANSWER_WITHIN_S) as answer:  # noqa: S310
            return json.load(answer)["token"]
    except urllib.error.HTTPError as refusal:
        raise CannotJoin(_refused(refusal, invitation)) from refusal
    except OSError as error:
        reason = getattr(error, "reason", error)
        told = getattr(reason, "strerror", None) or reason
        problem = f"{invitation.server} does not answer ({told}); is the server running there?"
        raise CannotJoin(problem) from error
    except (ValueError, LookupError, TypeError, HTTPException) as error:
        problem = f"{invitation.server} is no server of this game; check the link"
        raise CannotJoin(problem) from error


def _refused(refusal: urllib.error.HTTPError, invitation: Invitation) -> str:
    try:
        answer: Any = json.load(refusal)
        return str(answer["message"])
    except (ValueError, LookupError, TypeError):
        return f"{invitation.server} answered {refusal.code}; check the link"
