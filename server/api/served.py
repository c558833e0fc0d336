"""All routes of the HTTP API, and the answer to a request that does not fit its route.

This module imports FastAPI and every route, which takes as long as the rest of a server's start. So
`app` imports it at the first request that needs it.
"""

from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from fastapi.middleware.asyncexitstack import AsyncExitStackMiddleware
from starlette.middleware.exceptions import ExceptionMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import BaseRoute
from starlette.types import ASGIApp

from server.api import (
    advice,
    analysis,
    branching,
    class_debrief,
    control,
    ended,
    exports,
    health,
    library,
    matches,
    notation,
    notes,
    play,
    scenarios,
    seminars,
    tournaments,
)
from server.api.errors import HANDLERS, answer_with, slowly
from server.edge import links
from server.version import SOFTWARE_VERSION

PARTS = (
    scenarios,
    matches,
    play,
    ended,
    analysis,
    notation,
    notes,
    branching,
    control,
    advice,
    seminars,
    exports,
    class_debrief,
    library,
    tournaments,
    health,
    links,
)

LONGEST_TOLD = 80


def described() -> FastAPI:
    """Create what describes the API, and has its routes."""
    return FastAPI(
        title="Détente",
        version=SOFTWARE_VERSION,
        docs_url=None,
        redoc_url=None,
        # As they are: an included router makes its routes anew for each app, at the first request.
        routes=[route for part in PARTS for route in part.router.routes],
    )


def api(*others: BaseRoute) -> ASGIApp:
    """Create what answers requests. others: routes for what no route of the API takes.

    What is neither an answer nor a known error is raised, for the app around it to handle.
    """
    router = described().router
    router.routes.extend(others)
    handlers = {**HANDLERS, RequestValidationError: slowly(_on_invalid)}
    return ExceptionMiddleware(AsyncExitStackMiddleware(router), handlers)


async def _on_invalid(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)
    first = error.errors()[0]
    path = ".".join(str(part) for part in first["loc"])
    given = f"; {str(first['input'])[:LONGEST_TOLD]!r} was given" if _is_in_address(first) else ""
    message = first["msg"].removeprefix("Value error, ")
    return answer_with(422, "invalid_request", f"{path}: {message}{given}")


def _is_in_address(found: Mapping[str, Any]) -> bool:
    """Tell whether an error is of a parameter that is there: what is in a body may be secret."""
    return found["loc"][0] == "query" and found["type"] != "missing"
