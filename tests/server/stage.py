"""A server without sockets or disk: the real parts on a memory store and a manual clock."""

import asyncio
import gc
import json
import sqlite3
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, create_engine
from sqlalchemy.pool import NullPool
from sqlmodel import Session as Transaction
from sqlmodel import SQLModel

from game_rules.roles import Role
from game_rules.scenario.scenario import Scenario
from server.access.limits import Hurry, TokenBucket, TokenBuckets
from server.access.tokens import Access
from server.hosting.match_host import MatchHost
from server.hosting.registry import IDLE_MS, Registry
from server.live.outbox import Outbox
from server.live.presence import Presences
from server.live.session import Session
from server.store import indexes  # noqa: F401  the import fills SQLModel.metadata
from server.store.event_store import MatchId
from server.wire.frames import ProtocolViolation
from tests.fakes import ManualClock, MemoryStore
from tests.game_rules.scenes import a_scenario

T = TypeVar("T")

MATCH = MatchId("match-1")


async def nothing_is_left() -> None:
    """Let the loop's other callbacks run, until only what waits for time or a socket is left.

    Not for ever: two who wait for each other in this way would never find the loop at rest.
    """
    ready = asyncio.get_running_loop()._ready  # ty: ignore[missing-attribute]
    for _ in range(12):
        await asyncio.sleep(0)
        if not ready:
            return


def let_go(registry: Registry, clock: ManualClock) -> None:
    """Let so much time pass that idle matches are let go, and no tick of the clock comes."""
    registry.sweep()
    clock.advance(IDLE_MS)
    registry.sweep()
    gc.collect()


@cache
def _engine() -> Engine:
    """Make one engine for all tables in memory, which compiles a statement once for all."""
    return create_engine("sqlite://", poolclass=NullPool, connect_args={"check_same_thread": False})


@cache
def _empty_tables() -> bytes:
    """Create the tables once; each test gets a copy of them."""
    with _engine().connect() as connection:
        SQLModel.metadata.create_all(connection)
        connection.commit()
        return _driver_of(connection).serialize()


def _driver_of(connection: Connection) -> sqlite3.Connection:
    driver = connection.connection.driver_connection
    assert isinstance(driver, sqlite3.Connection)
    return driver


class MemoryTables:
    """The tables in memory: every change and every look is one transaction."""

    def __init__(self) -> None:
        self._connection = _engine().connect()
        _driver_of(self._connection).deserialize(_empty_tables())

    async def change(self, make: Callable[[Transaction], T]) -> T:
        """Run a function that writes, then commit."""
        with Transaction(self._connection, expire_on_commit=False) as transaction:
            made = make(transaction)
            transaction.commit()
            return made

    async def view(self, look: Callable[[Transaction], T]) -> T:
        """Run a function that only reads."""
        with Transaction(self._connection) as transaction:
            return look(transaction)


def hurry(calm: int, hurried: int) -> Hurry:
    """Let so many frames of one sender through at once, and so many of all beyond that."""
    clock = ManualClock()
    return Hurry(TokenBuckets(clock, 1, calm), TokenBucket(clock, 1, hurried))


class Stage:
    """All that a server has between its sockets and its disk."""

    def __init__(self, store: MemoryStore | None = None, clock: ManualClock | None = None) -> None:
        self.store = store or MemoryStore()
        self.clock = clock or ManualClock()
        self.access = Access(MemoryTables(), self.clock)
        self.presences = Presences(most_per_person=5)
        self.registry = Registry(self.store, self.clock)
        self.hurry = hurry(10_000, 10_000)
        self.desks: list[Desk] = []

    async def match(
        self,
        scenario: Scenario | None = None,
        seed: str = "7",
        pace: float | None = 1.0,
        match_id: MatchId = MATCH,
    ) -> MatchHost:
        """Create a match and wait in its lobby."""
        await self.store.open()
        return await self.registry.create(match_id, scenario or a_scenario(), seed, pace)

    async def token(
        self, role: Role, person: str | None = None, match_id: MatchId | None = MATCH
    ) -> str:
        """Issue a token."""
        return await self.access.issue(role, match_id, person, f"Ms {person}" if person else None)

    def connect(self, token: str, outbox: Outbox | None = None, burst: int = 1000) -> "Desk":
        """Open a connection that has not said hello yet."""
        desk = Desk(self, token, outbox or Outbox(256, 262_144), burst)
        self.desks.append(desk)
        return desk

    async def join(self, role: Role, person: str | None = None, **hello: Any) -> "Desk":
        """Connect under a new token and say hello."""
        desk = self.connect(await self.token(role, person))
        await desk.hello(**hello)
        return desk

    async def sit(self, seat: str) -> "Desk":
        """Join as a person who is called like a seat, and take it."""
        desk = await self.join(Role.PLAYER, seat)
        await desk.do({"type": "take_seat", "seat": seat, "name": f"Ms {seat}"})
        return desk

    async def settle(self) -> None:
        """Let everything run that can run without time passing."""
        for _ in range(3):
            await self.registry.settle()
            await nothing_is_left()

    async def pass_time(self, by_ms: int) -> None:
        """Let time pass and the clock tick."""
        self.clock.advance(by_ms)
        await self.registry.tick()
        await self.settle()

    async def close(self) -> None:
        """Hang up everywhere."""
        for desk in self.desks:
            await desk.hang_up()


class Desk:
    """One client: what it sent is answered into `messages`, as its socket would carry them.

    `frames` are the frames of all messages in order; some messages are arrays of frames.
    """

    def __init__(self, stage: Stage, token: str, outbox: Outbox, burst: int) -> None:
        self.stage, self.token, self.outbox = stage, token, outbox
        buckets = TokenBuckets(stage.clock, 20, burst)
        self.session = Session(
            stage.registry, stage.access, stage.presences, stage.clock, outbox, buckets, stage.hurry
        )
        self.messages: list[str] = []
        self.frames: list[dict[str, Any]] = []
        self._sent = 0
        self._pump = asyncio.create_task(self._read())

    async def hello(self, **more: Any) -> None:
        """Say hello and wait for what comes of it."""
        await self.send({"type": "hello", "protocol": 1, "token": self.token, **more})

    async def send(self, frame: Mapping[str, Any] | str) -> None:
        """Send a frame as the socket would: what breaks the protocol ends the connection."""
        text = frame if isinstance(frame, str) else json.dumps(frame)
        try:
            if not self.session.take(text.encode(errors="surrogatepass")):
                await self.session.receive(text)
        except ProtocolViolation as violation:
            self.outbox.close(violation.code, violation.reason)
            self.session.leave()
        await self.stage.settle()

    async def do(self, command: Mapping[str, Any], command_id: str | None = None) -> dict[str, Any]:
        """Send a command and give its answer."""
        self._sent += 1
        command_id = command_id or f"c{self._sent}"
        known = len(self.answers(command_id))
        await self.send({"type": "command", "id": command_id, "command": command})
        return self.answers(command_id)[known]

    def answers(self, command_id: str) -> list[dict[str, Any]]:
        """Give the answers to a command so far."""
        return [x for x in self.frames if x["type"] in _ANSWERS and x["id"] == command_id]

    def of(self, kind: str) -> list[dict[str, Any]]:
        """Give the frames of a type."""
        return [frame for frame in self.frames if frame["type"] == kind]

    @property
    def events(self) -> dict[int, dict[str, Any]]:
        """Every event of the present audience, by its number; a number is never given twice."""
        seen: dict[int, dict[str, Any]] = {}
        for frame in self.frames:
            if frame["type"] == "welcome" and frame["seq"] == 1:
                seen = {}
            for seq, event in enumerate(frame.get("events", ()), frame.get("seq", 0)):
                assert seq not in seen, f"event {seq} came twice"
                seen[seq] = event
        return seen

    @property
    def closed(self) -> tuple[int, str] | None:
        """How the connection was ended, if it was."""
        code = self.outbox.close_code
        return None if code is None else (int(code), self.outbox.close_reason)

    def stop_reading(self) -> None:
        """Take nothing more from the socket."""
        self._pump.cancel()

    async def hang_up(self) -> None:
        """Go away."""
        self.session.leave()
        self._pump.cancel()
        with suppress(asyncio.CancelledError):
            await self._pump

    async def _read(self) -> None:
        while (message := await self.outbox.take()) is not None:
            self.messages.append(message)
            document = json.loads(message)
            self.frames += document if isinstance(document, list) else [document]


_ANSWERS = ("ack", "refused")
