"""How many rounds a second two-player rooms play over real sockets, every order durable.

    uv run python tests/load/rooms.py                 1, 50 and 300 rooms, three runs each
    uv run python tests/load/rooms.py --rooms 50 --seconds 10 --runs 1

A real server process (SQLite, synced) and this client share the machine's cores. A round is: both
players order at once, the server stores, resolves, stores and shows; it counts when both have
seen the reveal. Latency is from a player's choice to the reveal on that player's socket, so it
contains the other player's. Medians over the runs; the machine's noise is about ±30%.
"""

import argparse
import asyncio
import os
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.live_server import Line, Reached, ServerProcess

SCENARIOS = Path(__file__).parent / "scenarios"
ROUNDS_A_MATCH = 200
ORDER = (
    '{"type":"command","id":"r%d","command":{"type":"save_order","round":%d,'
    '"actions":{"dilemma":"C"},"is_ready":true}}'
)
NO_LIMIT = {
    "DETENTE_MESSAGES_PER_SECOND": "100000",
    "DETENTE_MESSAGE_BURST": "100000",
    "DETENTE_REQUESTS_BURST": "100000",
}


@dataclass
class Tally:
    """What one run saw."""

    rounds: int = 0
    latencies_ms: list[float] = field(default_factory=list)


async def seat(server: Reached, match: dict[str, str], name: str) -> Line:
    """Join a match and take a seat."""
    joined = await server.post("/api/join", {"code": match["code"], "name": name})
    line = Line(server, joined["token"])
    await line.open()
    await line.do({"type": "take_seat", "seat": name, "name": name})
    return line


async def room(server: Reached, token: str, other: Reached | None = None) -> tuple[Line, Line]:
    """Set up one room: a match, two players, started. other: where the second player connects."""
    body = {"scenario": "rooms", "pace": 1, "seed": "7"}
    match = await server.post("/api/matches", body, token)
    players = await seat(server, match, "ROW"), await seat(other or server, match, "COLUMN")
    host = Line(server, match["token"])
    await host.open()
    await host.do({"type": "start_match"})
    await host.close()
    for player in players:
        await player.until('"phase":"decision"')
    return players


async def play(players: tuple[Line, Line], end_at: float, tally: Tally) -> None:
    """Play rounds until the time is up or the match is over."""

    async def one(player: Line, order: str) -> None:
        begun = time.perf_counter()
        await player.socket.send(order)
        await player.until("round_resolved")
        tally.latencies_ms.append((time.perf_counter() - begun) * 1000)

    for number in range(1, ROUNDS_A_MATCH + 1):
        if time.perf_counter() > end_at:
            return
        order = ORDER % (number, number)
        await asyncio.gather(*(one(player, order) for player in players))
        tally.rounds += 1


async def measure(rooms: int, seconds: float) -> tuple[float, float, float, float]:
    """Play rooms for a while; return rounds/s, p50 and p99 in ms, server CPU µs a round."""
    with tempfile.TemporaryDirectory() as folder:
        async with ServerProcess(Path(folder), SCENARIOS, NO_LIMIT) as server:
            return await _play_rooms(server, rooms, seconds)


async def _play_rooms(
    server: ServerProcess, rooms: int, seconds: float
) -> tuple[float, float, float, float]:
    token = await server.host_token()
    spare = max(1, round(seconds * 5000 / ROUNDS_A_MATCH / rooms))
    lanes = [[await room(server, token) for _ in range(spare)] for _ in range(rooms)]
    busy = _cpu_s(server.child.pid)
    tally, begun = Tally(), time.perf_counter()

    async def lane(matches: list[tuple[Line, Line]]) -> None:
        for players in matches:
            await play(players, begun + seconds, tally)

    await asyncio.gather(*(lane(matches) for matches in lanes))
    took = time.perf_counter() - begun
    busy_us = (_cpu_s(server.child.pid) - busy) * 1e6 / tally.rounds
    cuts = statistics.quantiles(tally.latencies_ms, n=100)
    return tally.rounds / took, cuts[49], cuts[98], busy_us


def _cpu_s(pid: int) -> float:
    """How long a process has kept a core busy so far."""
    ticks = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11:13]
    return sum(map(int, ticks)) / os.sysconf("SC_CLK_TCK")


async def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rooms", type=int, nargs="+", default=[1, 50, 300])
    parser.add_argument("--seconds", type=float, default=8)
    parser.add_argument("--runs", type=int, default=3)
    asked = parser.parse_args()
    print(f"{'rooms':>6} {'rounds/s':>9} {'p50 ms':>7} {'p99 ms':>7} {'CPU µs/round':>13}")
    for rooms in asked.rooms:
        results = [await measure(rooms, asked.seconds) for _ in range(asked.runs)]
        rate, p50, p99, busy = (statistics.median(column) for column in zip(*results, strict=True))
        print(f"{rooms:6d} {rate:9,.0f} {p50:7.2f} {p99:7.2f} {busy:13.0f}", flush=True)


if __name__ == "__main__":
    asyncio.run(main())
