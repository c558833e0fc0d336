"""The server is killed between every two writes of what facilitators do in several steps.

Whatever it was doing is done after the next start, or can be asked for again with the same end.
"""

import http.client
import os
import urllib.error
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterator, Sequence
from contextlib import asynccontextmanager
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from game_rules.log.events import AutopilotEngaged, Event, Phase, PhaseOpened
from game_rules.log.evolve import fold
from game_rules.log.position import Position
from game_rules.records.codec import loads
from game_rules.roles import PersonId, Seat
from server.access.grants import SeminarId
from server.database import store_for
from server.seminars.store import Roster, SeminarStore
from server.store.event_store import MatchId
from server.store.threaded import ThreadedStore
from tests.faults.mortal import FUSE
from tests.live_server import Line, ServerProcess

pytestmark = pytest.mark.slow

IS_LONG = "DETENTE_KILLS" in os.environ
MOST_WRITES = 40
"""Of one thing that is done; more would mean that the fuse does not burn."""

Ask = Callable[[], Awaitable[Any]]


class Mortal:
    """A server that can be told to die at one of its next writes."""

    def __init__(self, folder: Path) -> None:
        self._url, self._fuse = f"sqlite:///{folder}/detente.sqlite3", folder / "fuse"
        environment = {FUSE: str(self._fuse)}
        self.server = ServerProcess(folder, None, environment, "tests.faults.mortal")

    async def dies_at(self, write: int, ask: Ask) -> bool:
        """Ask for something while the fuse burns; tell whether the server died of it, and is back.

        One that lived is killed now, with the answer sent.
        """
        self._fuse.write_text(str(write))
        try:
            await ask()
            has_died = False
        except urllib.error.HTTPError:
            raise  # a refusal, which is an OSError too
        except (OSError, http.client.HTTPException):
            has_died = True
        self._fuse.unlink()
        if has_died:
            await self.server.child.wait()
        else:
            await self.server.kill()
        await self.server.start()
        return has_died

    @asynccontextmanager
    async def store(self) -> AsyncGenerator[ThreadedStore]:
        """Look into the database beside the server."""
        store = store_for(self._url)
        await store.open()
        yield store
        await store.close()

    async def log(self, match: str) -> list[Event]:
        """Read a match's log."""
        async with self.store() as store:
            return [loads(Event, row.payload) for row in await store.read(MatchId(match))]

    async def position(self, match: str) -> Position:
        """Fold it."""
        return fold(await self.log(match))


@asynccontextmanager
async def mortal(folder: Path) -> AsyncGenerator[Mortal]:
    """Run a mortal server."""
    made = Mortal(folder)
    async with made.server:
        yield made


def writes(every: int) -> Iterator[int]:
    """Number the writes to die at: all in the long form, else some, with a part done already."""
    return count() if IS_LONG else count(min(1, every - 1), every)


async def at_every_write(made: Mortal, every: int, scene: Callable[[], Awaitable["Scene"]]) -> int:
    """Play a scene again and again, each time dying a write later, until it comes through.

    Gives how often the server died.
    """
    for deaths, write in enumerate(writes(every)):
        assert write < MOST_WRITES
        played = await scene()
        has_died = await made.dies_at(write, played.ask)
        await played.check(has_died)
        if not has_died:
            return deaths
    raise AssertionError("unreachable: the writes are counted without end")


class Scene:
    """Something that is asked for, and what must be so after the next start."""

    async def ask(self) -> Any:
        """Ask for it."""
        raise NotImplementedError

    async def check(self, has_died: bool) -> None:
        """Look at what came of it."""
        raise NotImplementedError


class Undo(Scene):
    """A facilitator goes back, in a match where Bo sat down after the cut."""

    def __init__(self, made: Mortal, has_ended: bool) -> None:
        self.made, self.server, self.has_ended = made, made.server, has_ended
        self.match: dict[str, Any] = {}
        self.people: dict[str, dict[str, Any]] = {}

    async def play(self) -> "Undo":
        """Play until the reveal of the first round."""
        body = {"scenario": "chicken", "pace": None, "seed": "7", "is_repeatable": True}
        self.match = await self.server.post("/api/matches", body, await self.server.host_token())
        lead = Line(self.server, self.match["token"])
        await lead.open()
        await self._sit("Ann", "ROW")
        await lead.do({"type": "seat_bot", "seat": "COLUMN", "strategy": "tit_for_tat"})
        await lead.do({"type": "start_match"})
        for number, phase in ((0, "briefing"), (1, "decision")):
            await lead.do({"type": "skip_phase", "round": number, "phase": phase})
        await self._sit("Bo", "COLUMN")
        if self.has_ended:
            await lead.do({"type": "end_match"})
        await lead.close()
        return self

    async def ask(self) -> Any:
        return await self.server.post(
            f"/api/matches/{self.match['match']}/branch", {}, self.match["token"]
        )

    async def check(self, has_died: bool) -> None:
        old = await self.made.position(self.match["match"])
        branch = old.superseded_by
        assert branch is not None or has_died, "what was answered is done"
        landed = {await self._land(name, person) for name, person in self.people.items()}
        assert landed == {branch or self.match["match"]}
        code = {"code": self.match["code"]}
        late = await self.server.post("/api/watch", code, self.match["token"])
        assert late["match"] in landed
        if branch is not None:
            position = await self.made.position(branch)
            phase = Phase.REVEAL if self.has_ended else Phase.DECISION
            assert (position.phase, position.paused_at_ms is None) == (phase, False)
            lead = Line(self.server, self.match["token"])
            await lead.open()
            assert (await lead.do({"type": "resume_match"}))["type"] == "ack"
            await lead.close()

    async def _sit(self, name: str, seat: str) -> None:
        body = {"code": self.match["code"], "name": name}
        person = self.people[name] = await self.server.post("/api/join", body)
        line = Line(self.server, person["token"])
        await line.open()
        await line.do({"type": "take_seat", "seat": seat, "name": name})
        await line.close()

    async def _land(self, name: str, person: dict[str, Any]) -> str:
        """Come back with the token one has; everybody has the seat they had."""
        line = Line(self.server, person["token"])
        await line.open()
        welcome = await line.frame()
        await line.close()
        assert welcome["you"]["seat"] == {"Ann": "ROW", "Bo": "COLUMN"}[name]
        return welcome["match"]


@pytest.mark.parametrize("has_ended", [False, True], ids=["advance", "end"])
async def test_an_undo_is_done_or_it_is_not(tmp_path: Path, has_ended: bool) -> None:
    async with mortal(tmp_path) as made:
        deaths = await at_every_write(made, 5, lambda: Undo(made, has_ended).play())
        assert deaths >= (4 if IS_LONG else 1), "there are several writes to die at"


class Course:
    """A seminar of five people for matches of two."""

    def __init__(self, made: Mortal) -> None:
        self.made, self.server = made, made.server
        self.led: dict[str, Any] = {}
        self.people: list[str] = []

    async def open(self) -> "Course":
        """Let people come."""
        body = {"name": "Monday", "scenario": "chicken", "pace": None, "bot": "tit_for_tat"}
        self.led = await self.server.post("/api/seminars", body, await self.server.host_token())
        for name in ("Ann", "Bo", "Cy", "Dee", "Eve"):
            body = {"code": self.led["code"], "name": name}
            self.people.append((await self.server.post("/api/join", body))["person"])
        return self

    async def do(self, path: str, **body: Any) -> Any:
        """Ask for something of the seminar."""
        return await self.server.post(
            f"/api/seminars/{self.led['seminar']}/{path}", body, self.led["token"]
        )

    async def command(self, matches: Sequence[str], command_id: str, **command: Any) -> None:
        """Command matches; every one of them must take it."""
        asked = [{"match": x, "id": f"{command_id}-{x}", "command": command} for x in matches]
        outcomes = await self.do("commands", commands=asked)
        assert all(outcome["ok"] for outcome in outcomes), outcomes

    async def roster(self) -> Roster:
        """Read who is where."""
        async with self.made.store() as store:
            roster = await SeminarStore(store).roster(SeminarId(self.led["seminar"]))
        assert roster is not None
        return roster

    async def seats(self) -> dict[str, list[tuple[str, Seat]]]:
        """Say where everybody sits, in all matches of the seminar."""
        sitting: dict[str, list[tuple[str, Seat]]] = {person: [] for person in self.people}
        for known in (await self.roster()).matches:
            position = await self.made.position(known.match)
            for seat, holder in position.holders.items():
                for person in holder.people:
                    sitting[person.person].append((known.match, seat))
        return sitting

    async def require_everybody_in_one_seat(self) -> None:
        """Everybody sits once, where the roll says."""
        sitting, roster = await self.seats(), await self.roster()
        for person, places in sitting.items():
            member = roster.member(PersonId(person))
            assert member is not None
            assert [match for match, _ in places] == [member.match]


class Deal(Scene):
    """Matches are made of a class, a second time."""

    def __init__(self, course: Course) -> None:
        self.course = course

    async def ask(self) -> Any:
        return await self.course.do("deal", matches=3)

    async def check(self, has_died: bool) -> None:
        if has_died:
            await self.ask()
        assert len((await self.course.roster()).matches) == 3
        await self.course.require_everybody_in_one_seat()


class Start(Scene):
    """All matches are started with one click, which is sent again after an outage."""

    def __init__(self, course: Course) -> None:
        self.course = course

    async def ask(self) -> Any:
        matches = [known.match for known in (await self.course.roster()).matches]
        await self.course.command(matches, "start", type="start_match")

    async def check(self, has_died: bool) -> None:
        if has_died:
            await self.ask()
        for known in (await self.course.roster()).matches:
            log = await self.course.made.log(known.match)
            opened = [x for x in log if isinstance(x, PhaseOpened) and x.phase is Phase.BRIEFING]
            assert len(opened) == 1


class Move(Scene):
    """Somebody is moved to a seat of another match."""

    def __init__(self, course: Course, person: str, match: str, seat: Seat | None) -> None:
        self.course, self.person, self.match, self.seat = course, person, match, seat

    async def ask(self) -> Any:
        seat = None if self.seat is None else str(self.seat)
        return await self.course.do(f"people/{self.person}/move", match=self.match, seat=seat)

    async def check(self, has_died: bool) -> None:
        if has_died:
            await self.ask()
        await self.course.require_everybody_in_one_seat()
        ((match, seat),) = (await self.course.seats())[self.person]
        assert (match, seat) == (self.match, self.seat or seat)


class Autopilot(Scene):
    """A seat is put on autopilot."""

    def __init__(self, course: Course, match: str, seat: Seat) -> None:
        self.course, self.match, self.seat = course, match, seat

    async def ask(self) -> Any:
        await self.course.command([self.match], "auto", type="engage_autopilot", seat=self.seat)

    async def check(self, has_died: bool) -> None:
        if has_died:
            await self.ask()
        log = await self.course.made.log(self.match)
        assert len([x for x in log if isinstance(x, AutopilotEngaged)]) == 1


async def test_a_class_is_dealt_whatever_write_the_server_dies_at(tmp_path: Path) -> None:
    async with mortal(tmp_path) as made:
        course = await Course(made).open()
        await course.do("deal", matches=2)

        async def scene() -> Scene:
            return Deal(course)

        assert await at_every_write(made, 5, scene) >= 2


async def test_a_class_starts_once_and_nobody_sits_twice(tmp_path: Path) -> None:
    async with mortal(tmp_path) as made:

        async def begun() -> Course:
            course = await Course(made).open()
            await course.do("deal", matches=3)
            return course

        async def start() -> Scene:
            return Start(await begun())

        assert await at_every_write(made, 1, start) >= 1
        course = await begun()
        sitting = await course.seats()
        (match, seat) = sitting[course.people[0]][0]

        async def autopilot() -> Scene:
            return Autopilot(course, match, seat)

        assert await at_every_write(made, 1, autopilot) == 1


@pytest.mark.parametrize("has_seat", [True, False], ids=["to a seat", "to a match"])
async def test_whoever_is_moved_sits_once_at_the_end(tmp_path: Path, has_seat: bool) -> None:
    async with mortal(tmp_path) as made:

        async def move() -> Scene:
            course = await Course(made).open()
            await course.do("deal", matches=3)
            sitting = await course.seats()
            own = sitting[course.people[0]][0][0]
            taken = {place for places in sitting.values() for place in places}
            free = (
                (known.match, seat)
                for known in (await course.roster()).matches
                for seat in (Seat("ROW"), Seat("COLUMN"))
                if known.match != own and (known.match, seat) not in taken
            )
            alone = next(free, None)
            person = course.people[0]
            if alone is None:  # drawn beside the empty seat: then somebody else goes there
                person = next(x for x in course.people if sitting[x][0][0] != own)
                others = (Seat("ROW"), Seat("COLUMN"))
                alone = next((own, seat) for seat in others if (own, seat) not in taken)
            return Move(course, person, alone[0], alone[1] if has_seat else None)

        assert await at_every_write(made, 5, move) >= 1
