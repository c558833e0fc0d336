"""A server on which nothing happens by itself: time passes and chores are done at each beat.

`python -m tests.leaks.metronome serve ...`. So what two matches are sent beside each other can be
compared message by message, however fast they are played. Its scenarios are those of the pairs.
"""

import io
import sys
from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import PlainTextResponse

import server.app
from server import scenario_library
from server.api import served
from server.cli import main
from server.scenario_library import Library
from server.seminars import service
from server.seminars.seminar import Seminar
from server.services import Services
from server.store.event_store import MatchId
from tests.fakes import ManualClock
from tests.leaks.pairs import SCENARIOS

NEVER_S = 86_400.0
NAME = "class of seed {:0>9}"
LOGS = io.StringIO()

router = APIRouter()


@router.post("/beat")
async def beat(request: Request) -> None:
    """Let a millisecond pass, and do everything that a server does now and then."""
    services: Services = request.app.state.services
    assert isinstance(services.clock, ManualClock)
    services.clock.advance(1)
    await services.registry.tick()
    await services.registry.settle()
    await services.housekeeping.do_chores()
    await services.feed.look()


@router.get("/logs")
async def read_logs() -> PlainTextResponse:
    """Give what the server has logged."""
    return PlainTextResponse(LOGS.getvalue())


def seed_in_name(seminar: Seminar, match: MatchId) -> str:
    """Give a match the seed after which its class is named."""
    return seminar.name.split()[-1].lstrip("0")


CHANGES: tuple[tuple[Any, Mapping[str, Any]], ...] = (
    (server.app, dict.fromkeys(("TICK_S", "CHORES_S", "LOOK_S"), NEVER_S)),
    (server.app, {"SystemClock": ManualClock}),
    (served, {"PARTS": (*served.PARTS, SimpleNamespace(router=router))}),
    (scenario_library, {"load_scenarios": lambda folder: Library(SCENARIOS)}),
    (service, {"match_seed": seed_in_name}),
    (sys, {"stderr": LOGS}),
)


if __name__ == "__main__":
    for owner, changes in CHANGES:
        for name, value in changes.items():
            setattr(owner, name, value)
    failed = main(sys.argv[1:])
    if failed:
        print(LOGS.getvalue(), file=sys.__stderr__)
    sys.exit(failed)
