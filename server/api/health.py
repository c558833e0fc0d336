"""Health checks: whether the server runs, and whether its database can be read and written."""

from pydantic import BaseModel

from server.api.bodies import JsonRouter
from server.api.dependencies import WithServices
from server.api.errors import Refusal
from server.version import SOFTWARE_VERSION

router = JsonRouter("/api/health", "health")


class Health(BaseModel):
    """The answer of a healthy server."""

    status: str
    version: str


@router.get("/live")
async def live() -> Health:
    """Answer as long as the program runs."""
    return Health(status="ok", version=SOFTWARE_VERSION)


@router.get("/ready")
async def ready(services: WithServices) -> Health:
    """Answer once the database answers and takes writes; 503 while it does not, or before the end.

    The heartbeat is written every second, so a database that cannot be written shows within one.
    """
    if services.is_draining:
        raise Refusal(503, "stopping", "this server stops; another one continues")
    await services.queries.check()
    services.store.require_writable()
    return Health(status="ok", version=SOFTWARE_VERSION)
