"""The description of the health checks, which `checks` answers before the API is imported."""

from pydantic import BaseModel

from server.api import checks
from server.api.bodies import JsonRouter

router = JsonRouter("/api/health", "health")


class Health(BaseModel):
    """The answer of a healthy server."""

    status: str
    version: str


router.get("/live", response_model=Health)(checks.live)
router.get("/ready", response_model=Health)(checks.ready)
