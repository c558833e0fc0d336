"""Health checks: whether the server runs, and whether its database can be read and written.

They are answered without the rest of the API, which may not be imported yet.
"""

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from server.api.errors import Refusal
from server.services import Services
from server.version import SOFTWARE_VERSION

_WELL = {"status": "ok", "version": SOFTWARE_VERSION}


async def live(request: Request) -> JSONResponse:
    """Answer as long as the program runs."""
    return JSONResponse(_WELL)


async def ready(request: Request) -> JSONResponse:
    """Answer once the database answers and takes writes; 503 while it does not, or before the end.

    The heartbeat is written every second, so a database that cannot be written shows within one.
    """
    services: Services = request.app.state.services
    if services.is_draining:
        raise Refusal(503, "stopping", "this server stops; another one continues")
    await services.queries.check()
    services.store.require_writable()
    return JSONResponse(_WELL)


ROUTES = Route("/api/health/live", live), Route("/api/health/ready", ready)
