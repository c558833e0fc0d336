"""Joining: from a link or a code to a token."""

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, unquote, urlsplit, urlunsplit

from client.bot.errors import CannotJoin, NameTaken
from client.bot.http import ask
from game_rules.match.seating import LONGEST_NAME

THIS_MACHINE = "http://127.0.0.1:8000"
"""Used for a code without an address: the default address of `detente serve`."""
REMEDY = "give a link like http://HOST:8000/#/join/CODE"

MOST_NAMESAKES = 100
"""How many bots of one class may come to a match or a seminar without names of their own."""

_CODE = re.compile(r"[0-9A-Za-z][0-9A-Za-z -]{2,30}")


@dataclass(frozen=True, slots=True)
class JoinLink:
    """A server's address, without a trailing slash, and the code of a match or a seminar."""

    server: str
    code: str

    def socket(self, room: str) -> str:
        """Return the address of the server's live socket. room: see `JoinResult`."""
        return self._live("/api/live", room)

    def seminar_socket(self, room: str) -> str:
        """Return the address of the socket on which people of a seminar wait for a match."""
        return self._live("/api/seminars/live", room)

    def _live(self, path: str, room: str) -> str:
        """Write an address; by its room, a load balancer sends all who play there to one server."""
        return f"ws{self.server.removeprefix('http')}{path}?room={quote(room)}"


def parse_join_link(text: str) -> JoinLink:
    """Read a link that a facilitator shows, or a code alone. Raises CannotJoin."""
    if _CODE.fullmatch(text):
        return JoinLink(THIS_MACHINE, text)
    try:
        parts = urlsplit(text)
        _ = parts.port
    except ValueError as error:
        raise CannotJoin(f"{text!r} is no address ({error}); {REMEDY}") from error
    screen, _, code = unquote(parts.fragment).strip("/").partition("/")
    if parts.scheme not in ("http", "https") or not parts.netloc or screen != "join" or not code:
        raise CannotJoin(f"{text!r} is no way in; {REMEDY}")
    server = urlunsplit((parts.scheme, parts.netloc, parts.path.rstrip("/"), "", ""))
    return JoinLink(server, code.partition("?")[0])


@dataclass(frozen=True, slots=True)
class MatchTicket:
    """A match to play in, and the token for it."""

    match: str
    token: str


@dataclass(frozen=True, slots=True)
class JoinResult:
    """The result of joining. ticket: None while a seminar has no match yet.

    person: the id in the log. seminar_token: for a seminar's code only. room: of the seminar, or of
    the match without one, which one server plays.
    """

    person: str
    ticket: MatchTicket | None
    seminar_token: str | None
    room: str


def join(link: JoinLink, name: str) -> JoinResult:
    """Join as a player with this name, as a browser does. Raises CannotJoin."""
    joined = ask(link.server, "/api/join", {"code": link.code, "name": name})
    try:
        seminar, person = joined.get("seminar"), str(joined["person"])
        if seminar is None:
            return JoinResult(person, _ticket(joined), None, str(joined["match"]))
        return JoinResult(person, _ticket(joined), str(seminar["token"]), str(seminar["seminar"]))
    except (LookupError, TypeError, AttributeError) as error:
        problem = f"{link.server} is no server of this game; check the link"
        raise CannotJoin(problem) from error


def join_numbered(link: JoinLink, name: str) -> tuple[str, JoinResult]:
    """Join under a name that nobody chose: if it is taken, as `Kind 2`, `Kind 3` and so on.

    Return the name and the result. Raises CannotJoin; NameTaken after MOST_NAMESAKES names.
    """
    for number in range(1, MOST_NAMESAKES + 1):
        ending = "" if number == 1 else f" {number}"
        numbered = name[: LONGEST_NAME - len(ending)] + ending
        try:
            return numbered, join(link, numbered)
        except NameTaken:
            if number == MOST_NAMESAKES:
                raise
    raise AssertionError("unreachable: the last refusal is raised")


def find_ticket(link: JoinLink, joined: JoinResult) -> MatchTicket | None:
    """Ask a seminar for the person's match; None while the person waits."""
    return _ticket(ask(link.server, "/api/seminars/place", {}, joined.seminar_token))


def _ticket(answer: dict[str, Any]) -> MatchTicket | None:
    match, token = answer["match"], answer["token"]
    return None if match is None or token is None else MatchTicket(str(match), str(token))
