"""Answers that are the same for everybody, written once and then given from memory.

Whoever wants to keep a server busy asks for its largest answers. From the disk they take 2 to 10
ms, with a change of threads for every part of a file; from memory a fifth of a millisecond.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import TypeAlias

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from server.edge.encodings import Encoding, taken

OFFER = "/api/play"
"""Where the offer of a match against bots is."""

_Asked: TypeAlias = tuple[str, tuple[Encoding, ...]]


def open_paths(scenarios: Iterable[str]) -> frozenset[str]:
    """List the paths that answer the same to everybody, as long as the server runs."""
    shown = (f"/api/scenarios/{name}" for name in scenarios)
    return frozenset({OFFER, "/api/scenarios", "/api/strategies", *shown})


@dataclass(frozen=True, slots=True)
class _Answer:
    start: Message
    body: bytes

    async def give(self, scope: Scope, send: Send) -> None:
        """Send it, or only that it has not changed since the client asked last."""
        start, body = self.start, self.body
        if self._is_known_to(Headers(scope=scope)):
            shorter = [(k, v) for k, v in start["headers"] if not k.startswith(b"content-l")]
            start, body = {**start, "status": 304, "headers": shorter}, b""
        await send(start)
        await send(
            {"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else body}
        )

    def _is_known_to(self, asked: Headers) -> bool:
        etag, held = Headers(raw=self.start["headers"]).get("etag"), asked.get("if-none-match")
        return etag is not None and held is not None and etag in held


class KeptAnswers:
    """Gives what was answered before; stands before everything else, headers included.

    paths: those whose answer is the same for all who ask for the same compressed forms, as long as
    the server runs. A closed set, so that nobody can fill the memory with spellings of a path.
    """

    def __init__(self, app: ASGIApp, paths: Collection[str]) -> None:
        self._app, self._paths = app, frozenset(paths)
        self._answers: dict[_Asked, _Answer] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer from memory, or pass a request on and keep its answer."""
        is_kept = scope["type"] == "http" and scope["path"] in self._paths
        if not is_kept or scope["method"] not in ("GET", "HEAD"):
            await self._app(scope, receive, send)
        elif (answer := self._answers.get(_asked(scope))) is not None:
            await answer.give(scope, send)
        else:
            await self._app(scope, receive, self._keeping(scope, send))

    def _keeping(self, scope: Scope, send: Send) -> Send:
        """Pass an answer on, and keep it if it is whole."""
        started: list[Message] = []
        body = bytearray()

        async def send_and_keep(message: Message) -> None:
            if message["type"] == "http.response.start":
                started.append(message)
            else:
                body.extend(message.get("body", b""))
                is_whole = scope["method"] == "GET" and started[0]["status"] == 200
                if is_whole and not message.get("more_body", False):
                    self._answers[_asked(scope)] = _Answer(started[0], bytes(body))
            await send(message)

        return send_and_keep


def _asked(scope: Scope) -> _Asked:
    return scope["path"], taken(Headers(scope=scope))
