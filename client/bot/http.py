"""HTTP requests to the server; every failure is one line for people."""

import json
import urllib.error
import urllib.request
from collections.abc import Mapping
from http.client import HTTPException
from typing import Any

from client.bot.errors import CannotJoin, NameTaken

ANSWER_WITHIN_S = 10


def ask(
    server: str,
    path: str,
    body: Mapping[str, Any] | None = None,
    token: str | None = None,
    method: str | None = None,
) -> Any:
    """POST a body, or GET without one; return the JSON answer. Raises CannotJoin.

    server: an http or https address without a trailing slash. method: overrides the default.
    """
    content = None if body is None else json.dumps(body).encode()
    headers = {"content-type": "application/json"}
    if token is not None:
        headers["authorization"] = f"Bearer {token}"
    address = f"{server}{path}"
    request = urllib.request.Request(address, content, headers, method=method)  # noqa: S310
    try:
        with urllib.request.urlopen(request, timeout=ANSWER_WITHIN_S) as answer:  # noqa: S310
            return json.load(answer)
    except urllib.error.HTTPError as refusal:
        raise _refused(refusal, server) from refusal
    except OSError as error:
        reason = getattr(error, "reason", error)
        told = getattr(reason, "strerror", None) or reason
        problem = f"{server} does not answer ({told}); is the server running there?"
        raise CannotJoin(problem) from error
    except (ValueError, HTTPException) as error:
        raise CannotJoin(f"{server} is no server of this game; check the link") from error


def _refused(refusal: urllib.error.HTTPError, server: str) -> CannotJoin:
    try:
        answer: Any = json.load(refusal)
        message = str(answer["message"])
    except (ValueError, LookupError, TypeError):
        return CannotJoin(f"{server} answered {refusal.code}; check the link")
    return NameTaken(message) if answer.get("code") == "name_taken" else CannotJoin(message)
