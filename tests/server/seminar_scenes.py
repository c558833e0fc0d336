"""A server with a class: people who come by the code, and their facilitator."""

import itertools
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
from starlette.applications import Starlette

from game_rules.log.position import Position
from game_rules.roles import PersonId, Seat
from game_rules.scenario_files.scenarios import load_scenario
from server.access.grants import Grant, SeminarId
from server.app import create_app
from server.seminars.seminar import Member
from server.seminars.store import Roster
from server.settings import Settings
from server.store.event_store import MatchId
from tests.fakes import ManualClock, fresh_database
from tests.server.running import library, running, services_of

NUMBERS = itertools.count(1)


def bearer(token: str) -> dict[str, str]:
    """Give the header that carries a token."""
    return {"authorization": f"Bearer {token}"}


class School:
    """A running server, and what a facilitator and a class do to it over HTTP."""

    def __init__(self, app: Starlette, client: httpx.AsyncClient, clock: ManualClock) -> None:
        self.app, self.client, self.clock = app, client, clock
        self.services = services_of(app)

    async def post(self, path: str, token: str | None = None, **body: Any) -> httpx.Response:
        """Ask for something."""
        headers = bearer(token) if token else {}
        return await self.client.post(path, json=body, headers=headers)

    async def done(self, path: str, token: str | None = None, **body: Any) -> Any:
        """Ask for something that is granted."""
        answer = await self.post(path, token, **body)
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def host(self) -> str:
        """Give the host's token."""
        return (await self.done("/api/host", secret=self.services.host_secret))["token"]

    async def grant(self, token: str) -> Grant:
        """Say what a token grants."""
        found = await self.services.access.authenticate(token)
        assert found is not None
        return found

    async def seminar(self, **more: Any) -> "Class":
        """Open a seminar of three seats without talk or clocks."""
        wanted = {"name": "Monday", "scenario": "quick", "pace": None, **more}
        led = await self.done("/api/seminars", await self.host(), **wanted)
        return Class(self, **led)


class Class:
    """One seminar. token: its facilitator's."""

    def __init__(self, school: School, seminar: str, code: str, token: str) -> None:
        self.school, self.id, self.code, self.token = school, SeminarId(seminar), code, token
        self.path = f"/api/seminars/{seminar}"

    async def come(self, *names: str) -> list[dict[str, Any]]:
        """Let people come by the code, one after the other."""
        joined = []
        for name in names:
            self.school.clock.advance(1)
            joined.append(await self.school.done("/api/join", code=self.code, name=name))
        return joined

    async def deal(self, **more: Any) -> dict[str, Any]:
        """Make the matches."""
        return await self.school.done(f"{self.path}/deal", self.token, **more)

    async def roster(self) -> Roster:
        """Say what the server knows."""
        return await self.school.services.seminars.roster(self.id)

    async def positions(self) -> list[Position]:
        """Give every match as it stands."""
        return [await self.position(known.match) for known in (await self.roster()).matches]

    async def member(self, person: str) -> Member:
        """Find somebody of the class."""
        found = (await self.roster()).member(PersonId(person))
        assert found is not None
        return found

    async def seat_of(self, member: Member) -> Seat:
        """Say where somebody sits."""
        assert member.match is not None
        seat = (await self.position(member.match)).seat_of(member.person)
        assert seat is not None
        return seat

    async def position(self, match: str) -> Position:
        """Give a match as it stands."""
        return (await self.school.services.registry.host(MatchId(match))).position

    async def command(self, *matches: str, **command: Any) -> list[dict[str, Any]]:
        """Command some matches, or all."""
        asked = matches or [known.match for known in (await self.roster()).matches]
        commands = [
            {"match": match, "id": f"c{next(NUMBERS)}", "command": command} for match in asked
        ]
        return await self.school.done(f"{self.path}/commands", self.token, commands=commands)


@asynccontextmanager
async def school(folder: Path, public_url: str | None = None) -> AsyncGenerator[School]:
    """Run a server that offers scenarios of three seats, and of two."""
    clock = ManualClock()
    offered = {**library(), **{x: load_scenario(x) for x in ("chicken", "india_pakistan")}}
    settings = Settings(database=fresh_database(folder), public_url=public_url)
    app = create_app(settings, clock, offered)
    async with running(app) as client:
        yield School(app, client, clock)
