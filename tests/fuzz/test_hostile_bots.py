"""Whatever one guest does, the match with the others ends on time and nobody else pays for it."""

import asyncio
import contextlib
import json
import re
import time
from collections.abc import AsyncGenerator, Callable, Coroutine
from dataclasses import dataclass
from pathlib import Path

import pytest

from client.bot import Bot, C
from client.bot.remote import BotSettings, play_remotely
from game_rules.log.events import (
    ArenaResult,
    Event,
    OrderSaved,
    OrderSource,
    PhaseOpened,
    RoundResolved,
)
from game_rules.roles import Seat
from server.wire.frames import CloseCode
from tests.client.bot.hosting import Hosted, host
from tests.fuzz import hostile
from tests.fuzz.hostile import SEAT, Villain
from tests.fuzz.metronome import Metronome
from tests.live_server import Line, ServerProcess

pytestmark = pytest.mark.slow

PACE, DECISION_MS = 0.2, 1000
SLACK_MS = 400
"""What a server may add to a deadline; what others keep the machine busy with is measured."""
TABLE = Path(__file__).parent / "scenarios" / "table.toml"
GOOD_SEATS = {Seat("IND"), Seat("PAK")}
A_SECOND, AT_ONCE = 20, 40
MOST_MEMORY_MIB = 20
FORGED = {"arena_not_yours", "wrong_round", "not_yours", "seat_unavailable"}
Misdeed = Callable[[Villain], Coroutine[None, None, None]]


class Kind(Bot):
    """Cooperates."""

    def choose(self, view):
        return C


@dataclass
class Afterwards:
    """What is left after a match with a villain.

    waits_ms: of a person at another match. late_ms: how late the machine was by itself.
    """

    log: tuple[Event, ...]
    villain: Villain
    waits_ms: list[float]
    took_s: float
    late_ms: float


@pytest.fixture(scope="module")
async def server(tmp_path_factory: pytest.TempPathFactory) -> AsyncGenerator[ServerProcess]:
    folder = tmp_path_factory.mktemp("hostile")
    table = TABLE.read_text()
    (folder / "table.toml").write_text(table)
    briefing = json.dumps(["x" * 1200] * 20, indent=0)
    (folder / "long.toml").write_text(re.sub(r"\[.C is.*", briefing, table))
    async with ServerProcess(folder, folder, {"DETENTE_HELLO_WITHIN_S": "0.5"}) as running:
        yield running


async def play_with(server: ServerProcess, misdeed: Misdeed) -> Afterwards:
    """Let two good bots play a whole match with a villain, and somebody else another one."""
    hosted, other = await host(server, "table", pace=PACE), await host(server, "long")
    villain = await _seat_villain(server, hosted, other)
    guests = [
        asyncio.create_task(
            play_remotely(Kind, hosted.join_link, BotSettings(seat, "7", seat), _quiet)
        )
        for seat in GOOD_SEATS
    ]
    await hosted.until("seat_taken", 1 + len(GOOD_SEATS))
    bystander = asyncio.create_task(_talk(server, other, villain))
    await hosted.line.do({"type": "start_match"})
    evil = asyncio.create_task(misdeed(villain))
    began_s = time.monotonic()
    with Metronome() as metronome:
        async with asyncio.timeout(60):  # whether a match hangs; its log says when rounds ended
            outcomes = await asyncio.gather(*guests)
    took_s = time.monotonic() - began_s
    villain.is_over = True
    await evil
    assert [outcome.trouble for outcome in outcomes] == [None, None]
    log, _ = await hosted.record()
    hosted.leave()
    other.leave()
    return Afterwards(log, villain, await bystander, took_s, metronome.late_ms)


def require_unharmed(after: Afterwards) -> None:
    """Every round ended by its deadline, everybody's order counted, nobody elsewhere waited."""
    opened_ms = [e.at_ms for e in after.log if isinstance(e, PhaseOpened) and e.deadline_ms]
    rounds = [event for event in after.log if isinstance(event, RoundResolved)]
    assert len(rounds) == 2
    for began_ms, resolved in zip(opened_ms[-2:], rounds, strict=True):
        assert resolved.at_ms - began_ms <= DECISION_MS + SLACK_MS + after.late_ms
        for result in resolved.results:
            for seat in GOOD_SEATS & result.sources.keys():
                assert result.sources[seat] is OrderSource.ORDERED
                assert result.actions[seat] is C
    assert sorted(after.waits_ms)[len(after.waits_ms) // 2] <= 100 + after.late_ms
    assert max(after.waits_ms) <= 1000 + after.late_ms


async def _seat_villain(server: ServerProcess, hosted: Hosted, other: Hosted) -> Villain:
    here, there = [
        await server.post("/api/join", {"code": match.code, "name": "villain"})
        for match in (hosted, other)
    ]
    line = Line(server, here["token"])
    await line.open()
    assert (await line.do({"type": "take_seat", "seat": SEAT, "name": "villain"}))["type"] == "ack"
    await line.close()
    return Villain(server, here["token"], there["token"])


async def _talk(server: ServerProcess, other: Hosted, villain: Villain) -> list[float]:
    """Talk at another match until the villain is done; give the ms that each answer took."""
    joined = await server.post("/api/join", {"code": other.code, "name": "bystander"})
    line, waits_ms = Line(server, joined["token"]), []
    await line.open()
    await line.do({"type": "take_seat", "seat": SEAT, "name": "bystander"})
    while not villain.is_over:
        asked_s = time.monotonic()
        answer = await line.do({"type": "say", "room": [], "text": "are you there?"})
        assert answer["type"] == "ack"
        waits_ms.append(1000 * (time.monotonic() - asked_s))
        await asyncio.sleep(1 / A_SECOND)
    line.socket.transport.abort()
    return waits_ms


def _results(log: tuple[Event, ...]) -> list[ArenaResult]:
    return [r for event in log if isinstance(event, RoundResolved) for r in event.results]


def _quiet(line: str) -> None:
    """Guests' lines are nobody's concern here."""


def _sockets(server: ServerProcess) -> int:
    """How many sockets the server has open."""
    folder = Path(f"/proc/{server.child.pid}/fd")
    names = (_target(entry) for entry in folder.iterdir())
    return sum(name.startswith("socket:") for name in names)


def _target(entry: Path) -> str:
    with contextlib.suppress(FileNotFoundError):
        return str(entry.readlink())
    return ""


def _memory_mib(server: ServerProcess) -> float:
    status = Path(f"/proc/{server.child.pid}/status").read_text()
    return int(status.split("VmRSS:")[1].split()[0]) / 1024


async def test_who_stalls_costs_the_others_no_more_than_the_deadline(server: ServerProcess) -> None:
    after = await play_with(server, hostile.stall)
    require_unharmed(after)
    absent = [result.sources[SEAT] for result in _results(after.log) if result.arena == "all"]
    assert absent == [OrderSource.DEFAULTED, OrderSource.REPEATED]


async def test_who_spams_is_thrown_out_and_gets_no_further_by_coming_back(
    server: ServerProcess,
) -> None:
    after = await play_with(server, hostile.spam)
    require_unharmed(after)
    assert set(after.villain.closes) == {CloseCode.POLICY}
    orders = [e for e in after.log if isinstance(e, OrderSaved) and e.seat == SEAT]
    assert len(orders) <= AT_ONCE + A_SECOND * (after.took_s + 1)


async def test_who_speaks_for_others_is_refused_and_sees_nothing_of_theirs(
    server: ServerProcess,
) -> None:
    after = await play_with(server, hostile.forge)
    require_unharmed(after)
    villain = after.villain
    assert FORGED <= villain.answers.keys() <= {*FORGED, "too_late", "not_now"}
    assert villain.closes.keys() == {CloseCode.POLICY}
    assert not [e for e in after.log if isinstance(e, OrderSaved) and e.seat == SEAT]
    assert all(e["type"] != "order_saved" for e in villain.events)
    assert all(e["seed"] is None for e in villain.events if e["type"] == "match_created")


async def test_who_sends_too_much_at_once_is_thrown_out(server: ServerProcess) -> None:
    after = await play_with(server, hostile.oversize)
    require_unharmed(after)
    assert after.villain.closes.keys() == {CloseCode.TOO_BIG}


async def test_who_never_reads_is_cut_off_and_costs_no_memory(server: ServerProcess) -> None:
    sockets, memory_mib = _sockets(server), _memory_mib(server)
    after = await play_with(server, hostile.never_read)
    require_unharmed(after)
    assert _memory_mib(server) - memory_mib <= MOST_MEMORY_MIB
    await _until_no_more_than(sockets + hostile.MOST_LINES, server)


@pytest.mark.parametrize("misdeed", [hostile.flood, hostile.die, hostile.crowd])
async def test_who_floods_dies_or_never_speaks_is_no_burden(
    server: ServerProcess, misdeed: Misdeed
) -> None:
    sockets, memory_mib = _sockets(server), _memory_mib(server)
    require_unharmed(await play_with(server, misdeed))
    assert _memory_mib(server) - memory_mib <= MOST_MEMORY_MIB
    await _until_no_more_than(sockets, server)


async def _until_no_more_than(most: int, server: ServerProcess) -> None:
    async with asyncio.timeout(20):  # what broke the protocol waits, unread, before it is closed
        while _sockets(server) > most:  # noqa: ASYNC110 (another process)
            await asyncio.sleep(0.05)
