"""Health checks: whether the server runs, and whether its database answers."""

from pydantic import BaseModel

from server.api.bodies import JsonRouter
from server.api.dependencies import WithServices
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
    """Answer once the database answers; 503 while it does not."""
    await services.queries.check()
    return Health(status="ok", version=SOFTWARE_VERSION)
