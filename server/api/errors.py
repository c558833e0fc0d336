"""How HTTP says no: `{code, message}`, the message one line with value, limit and remedy."""

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from game_rules.errors import RulesError, RuleViolation
from server.event_store import StoreError
from server.match_host import NoSuchMatch


class Refusal(Exception):
    """A request that is understood and not granted."""

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(message)
        self.status, self.code, self.message = status, code, message


def install(app: FastAPI) -> None:
    """Teach an app to answer every error in the one form."""
    app.add_exception_handler(Refusal, _on_refusal)
    app.add_exception_handler(RulesError, _on_rules_error)
    app.add_exception_handler(NoSuchMatch, _on_no_such_match)
    app.add_exception_handler(StoreError, _on_store_error)
    app.add_exception_handler(RequestValidationError, _on_invalid)
    app.add_exception_handler(HTTPException, _on_http)


def _answer(status: int, code: str, message: str) -> JSONResponse:
    return JSONResponse({"code": code, "message": message}, status)


async def _on_refusal(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, Refusal)
    return _answer(error.status, error.code, error.message)


async def _on_rules_error(request: Request, error: Exception) -> JSONResponse:
    code = error.code if isinstance(error, RuleViolation) else "invalid_input"
    return _answer(422, code, str(error))


async def _on_no_such_match(request: Request, error: Exception) -> JSONResponse:
    return _answer(404, "no_such_match", str(error))


async def _on_store_error(request: Request, error: Exception) -> JSONResponse:
    return _answer(503, "try_again", "it could not be saved just now; try again")


async def _on_invalid(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)
    first = error.errors()[0]
    path = ".".join(str(part) for part in first["loc"])
    return _answer(422, "invalid_request", f"{path}: {first['msg']}")


async def _on_http(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    message = f"{request.method} {request.url.path}: {error.detail}"
    return _answer(error.status_code, "http_error", message)
