"""How two servers on one PostgreSQL do: what passing on takes, and how soon one takes over.

    python -m tests.load.two_servers [--events 1000] [--kills 10]
    python -m tests.load.two_servers --rooms 10

Server A plays a match. Its facilitator talks to A over a socket; an observer listens at A, another
at B. Printed are the milliseconds from a message that is sent to A until B's observer has it, and
until A's has; the milliseconds of processor that a message takes, of both servers and PostgreSQL,
with both observers at A and with one at B; and the seconds from a kill of A until a client at B has
its next answer. With --rooms, two players in each room play rounds instead. Printed are the
milliseconds of processor that a round takes, of the servers and PostgreSQL: with one server, and
with two while a part of the second players is at the other one. Medians of five runs each, in
turns, as others may use the machine.
"""

import argparse
import asyncio
import itertools
import os
import statistics
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from websockets.exceptions import WebSocketException

from tests.faults.crowd import NO_LIMIT
from tests.live_server import Line, ServerProcess
from tests.load.rooms import SCENARIOS, Tally, play, room
from tests.postgres import Postgres, running_postgres

TICKS_S = os.sysconf("SC_CLK_TCK")
PARTS = (0.0, 0.5, 1.0)
PLAYED_S = 4.0
RUNS = 5


def percentile(values: Sequence[float], part: float) -> float:
    """Return the value below which a part of all values is."""
    return sorted(values)[min(len(values) - 1, int(part * len(values)))]


def busy_s(pids: Sequence[int]) -> float:
    """Return the seconds of processor that processes and what they started have taken."""
    total = 0.0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            pid, rest = int(stat.parent.name), stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if pid in pids or int(rest[1]) in pids:
            total += (int(rest[11]) + int(rest[12])) / TICKS_S
    return total


async def begin(server: ServerProcess) -> tuple[str, str]:
    """Begin a match at a server; return the facilitator's token, and an observer's."""
    wanted = {"scenario": "chicken", "pace": None}
    made = await server.post("/api/matches", wanted, await server.host_token())
    watching = await server.post("/api/watch", {"code": made["code"]})
    return made["token"], watching["token"]


async def delays(
    at: ServerProcess, other: ServerProcess, tokens: tuple[str, str], events: int
) -> tuple[list[float], list[float]]:
    """Return the ms until observers at two servers have what the facilitator said at the first."""
    speaker = Line(at, tokens[0])
    ears = Line(at, tokens[1]), Line(other, tokens[1])
    for line in (speaker, *ears):
        await line.open()
    marks: tuple[list[float], list[float]] = [], []
    for number in range(events):
        text = f"m{number}-of-{events}-{id(speaker)}"
        sent = time.perf_counter()
        await speaker.send({"type": "say", "room": [], "text": text})

        async def hear(ear: Line, mark: list[float], word: str = text, since: float = sent) -> None:
            await ear.until(word)
            mark.append((time.perf_counter() - since) * 1000)

        await asyncio.gather(*map(hear, ears, marks))
    for line in (speaker, *ears):
        await line.close()
    return marks


async def take_over_s(a: ServerProcess, b: ServerProcess) -> float:
    """Kill A, which plays a match; return the seconds until a client at B has an answer."""
    token, _ = await begin(a)
    line = Line(b, token)
    await line.open()
    await line.do({"type": "say", "room": [], "text": "before"})
    killed = time.perf_counter()
    await a.kill()
    while True:
        try:
            await line.open()
            answer = await line.do({"type": "say", "room": [], "text": "after"})
        except (OSError, WebSocketException):
            await asyncio.sleep(0.05)
            continue
        if answer["type"] == "ack":
            break
    took = time.perf_counter() - killed
    await line.close()
    await a.start()
    return took


async def measure(postgres: Postgres, folder: Path, events: int, kills: int) -> None:
    """Measure, and print."""
    url = postgres.fresh()
    servers = [ServerProcess(folder, None, NO_LIMIT, database=url) for _ in range(2)]
    async with servers[0] as a, servers[1] as b:
        pids = [a.child.pid, b.child.pid, postgres.pid]
        tokens = await begin(a)
        await delays(a, b, tokens, 50)  # everything is imported and prepared then
        costs = []
        for other in (a, b):
            before = busy_s(pids)
            here, there = await delays(a, other, tokens, events)
            costs.append((busy_s(pids) - before) * 1000 / events)
        for place, marks in (("A", here), ("B", there)):
            p50, p99 = percentile(marks, 0.5), percentile(marks, 0.99)
            print(f"observer at {place}: p50 {p50:.1f} ms, p99 {p99:.1f} ms")
        print(f"processor a message: {costs[0]:.2f} ms at one server, {costs[1]:.2f} at two")
        took = [await take_over_s(a, b) for _ in range(kills)]
        p50, p95 = percentile(took, 0.5), percentile(took, 0.95)
        print(f"take-over: p50 {p50:.1f} s, p95 {p95:.1f} s")


async def round_ms(
    pids: Sequence[int], at: ServerProcess, others: Sequence[ServerProcess]
) -> float:
    """Play a room for each place of a second player; return the ms of processor of a round."""
    token = await at.host_token()
    rooms = [await room(at, token, other) for other in others]
    before, tally, until = busy_s(pids), Tally(), time.perf_counter() + PLAYED_S
    await asyncio.gather(*(play(players, until, tally) for players in rooms))
    took = (busy_s(pids) - before) * 1000 / tally.rounds
    for line in itertools.chain(*rooms):
        await line.close()
    return took


async def measure_rounds(postgres: Postgres, folder: Path, rooms: int) -> None:
    """Measure what a round takes at one server and at two, and print."""
    url = postgres.fresh()
    a, b = (ServerProcess(folder, SCENARIOS, NO_LIMIT, database=url) for _ in range(2))
    async with a, b:
        one, two = [a.child.pid, postgres.pid], [a.child.pid, b.child.pid, postgres.pid]
        await round_ms(two, a, [a, b])  # everything is imported and prepared then
        alone: list[float] = []
        took: dict[float, list[float]] = {part: [] for part in PARTS}
        for _ in range(RUNS):
            alone.append(await round_ms(one, a, [a] * rooms))
            for part, runs in took.items():
                beyond = round(rooms * part)
                runs.append(await round_ms(two, a, [b] * beyond + [a] * (rooms - beyond)))
    usual = statistics.median(alone)
    print(f"processor a round: {usual:.2f} ms at one server")
    for part, runs in took.items():
        more = statistics.median(runs)
        told = f"{more:.2f} ms at two, {more / usual - 1:+.0%}"
        print(f"{told}, with {part:.0%} of the second players at the other")


def main() -> None:
    """Read the arguments and measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=1_000)
    parser.add_argument("--kills", type=int, default=10)
    parser.add_argument("--rooms", type=int)
    given = parser.parse_args()
    with running_postgres() as postgres, tempfile.TemporaryDirectory() as folder:
        if given.rooms is not None:
            asyncio.run(measure_rounds(postgres, Path(folder), given.rooms))
            return
        asyncio.run(measure(postgres, Path(folder), given.events, given.kills))


if __name__ == "__main__":
    main()
