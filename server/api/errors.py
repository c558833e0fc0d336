"""HTTP error answers: `{code, message}`; the message is one line with a remedy."""

from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from game_rules.errors import RulesError, RuleViolation
from server.edge.headers import HEADERS
from server.hosting.damage import MatchDamaged
from server.hosting.match_host import NoSuchMatch, TryAgain
from server.logs import log
from server.seminars.seminar import (
    AlreadyPlaying,
    NoPlace,
    NoSuchMember,
    NoSuchSeminar,
    NoSuchSeminarMatch,
)
from server.services import Caller, Services
from server.store.event_store import StoreDamaged, StoreError


class Refusal(Exception):
    """A valid request that is refused. retry_after_s: when it may be asked again, if it may.

    has_waited: whether the answer was put off already.
    """

    has_waited = False

    def __init__(
        self, status: int, code: str, message: str, retry_after_s: int | None = None
    ) -> None:
        super().__init__(message)
        self.status, self.code, self.message = status, code, message
        self.retry_after_s = retry_after_s


def too_many_tries() -> Refusal:
    """Say that more wrong requests of one device wait already than may."""
    message = "too many wrong codes from here; wait a minute"
    return Refusal(429, "too_many_tries", message, retry_after_s=60)


class BodyTooLarge(HTTPException):
    """A body with more bytes than the route takes."""

    def __init__(self, most: int) -> None:
        message = f"the request brings more than {most} bytes; send less at a time"
        super().__init__(413, message)


class BodyUnclear(HTTPException):
    """JSON with a key that is there twice, or with more values than anything here has."""

    def __init__(self, problem: ValueError) -> None:
        super().__init__(422, f"body: {problem}")


_OF_SEMINARS: Mapping[type[Exception], tuple[int, str]] = {
    NoSuchSeminar: (404, "no_such_seminar"),
    NoSuchMember: (404, "no_such_person"),
    NoSuchSeminarMatch: (404, "no_such_match"),
    AlreadyPlaying: (409, "already_playing"),
    NoPlace: (422, "no_place"),
}


WRONG = frozenset({401, 404, 413, 422})
"""What a browser of ours is hardly ever answered, and a program that tries things always is."""

Answering = Callable[[Request, Exception], Awaitable[Response]]


def slowly(answering: Answering) -> Answering:
    """Let a wrong request wait for its answer, the longer the more come from one device."""

    async def answer(request: Request, error: Exception) -> Response:
        given = await answering(request, error)
        if given.status_code not in WRONG or getattr(error, "has_waited", False):
            return given
        services: Services = request.app.state.services
        is_told = await services.slow_down(Caller.of(request))
        return given if is_told else await _on_refusal(request, too_many_tries())

    return answer


def answer_with(status: int, code: str, message: str) -> JSONResponse:
    """Write the answer of an error."""
    return JSONResponse({"code": code, "message": message}, status)


async def _on_refusal(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, Refusal)
    answer = answer_with(error.status, error.code, error.message)
    if error.retry_after_s is not None:
        answer.headers["retry-after"] = str(error.retry_after_s)
    return answer


async def _on_rules_error(request: Request, error: Exception) -> JSONResponse:
    code = error.code if isinstance(error, RuleViolation) else "invalid_input"
    return answer_with(422, code, str(error))


async def _on_no_such_match(request: Request, error: Exception) -> JSONResponse:
    return answer_with(404, "no_such_match", str(error))


async def _on_match_damaged(request: Request, error: Exception) -> JSONResponse:
    return answer_with(409, "match_damaged", str(error))


async def _on_seminar(status: int, code: str, request: Request, error: Exception) -> JSONResponse:
    return answer_with(status, code, str(error))


async def _on_store_error(request: Request, error: Exception) -> JSONResponse:
    return answer_with(503, "try_again", "it could not be saved just now; try again")


async def _on_store_damaged(request: Request, error: Exception) -> JSONResponse:
    log.error("store_damaged", path=request.url.path, reason=str(error))
    message = "a part of the database is damaged; whoever runs the server has to restore a backup"
    return answer_with(503, "database_damaged", message)


async def _on_large_body(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, BodyTooLarge)
    answer = answer_with(413, "too_large", error.detail)
    answer.headers["connection"] = "close"
    return answer


async def _on_unclear_body(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, BodyUnclear)
    return answer_with(422, "invalid_request", error.detail)


async def _on_http(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    message = f"{request.method} {request.url.path}: {error.detail}"
    return answer_with(error.status_code, "http_error", message)


async def on_bug(request: Request, error: Exception) -> JSONResponse:
    """Reveal no detail. No middleware runs after this, so the headers are set here."""
    log.error("request_failed", method=request.method, path=request.url.path, exc_info=error)
    message = "something broke here; the server's log has it"
    return JSONResponse({"code": "internal_error", "message": message}, 500, HEADERS)


HANDLERS: Mapping[Any, Answering] = {
    Refusal: slowly(_on_refusal),
    RulesError: _on_rules_error,
    NoSuchMatch: slowly(_on_no_such_match),
    MatchDamaged: _on_match_damaged,
    **{kind: slowly(partial(_on_seminar, *told)) for kind, told in _OF_SEMINARS.items()},
    StoreError: _on_store_error,
    StoreDamaged: _on_store_damaged,
    TryAgain: _on_store_error,
    BodyTooLarge: slowly(_on_large_body),
    BodyUnclear: slowly(_on_unclear_body),
    HTTPException: _on_http,
}
"""One handler per kind of error, all with the same form of answer; `on_bug` is for the others."""
