"""What a round takes in the topology of docker-compose.yml: two servers, PostgreSQL and the proxy.

    python -m tests.load.proxied_rooms [--rooms 10] [--seconds 5]

Two players in each room play rounds over real sockets. Printed are the milliseconds of processor
that a round takes, by program: at one server; through a proxy that knows one server alone; through
the proxy, which sends all of a room to one of two servers; and through it while no address names a
room, so that it sends players to either. Medians of three runs.
"""

import argparse
import asyncio
import itertools
import statistics
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tests.live_server import Reached, ServerProcess
from tests.load.rooms import NO_LIMIT, SCENARIOS, Tally, play, room
from tests.load.two_servers import busy_s
from tests.topology import Topology, running_topology

RUNS = 3


@dataclass(frozen=True)
class Way:
    """How players get to their match. is_named: whether addresses name the room."""

    at: Reached
    is_named: bool = True


async def round_ms(
    programs: Mapping[str, Sequence[int]], way: Way, token: str, rooms: int, seconds: float
) -> dict[str, float]:
    """Play rooms for a while; return the ms of processor of a round, by program, and rounds/s."""
    tables = [await room(way.at, token, is_named=way.is_named) for _ in range(rooms)]
    before = {name: busy_s(pids) for name, pids in programs.items()}
    tally, begun = Tally(), time.perf_counter()
    await asyncio.gather(*(play(players, begun + seconds, tally) for players in tables))
    took = time.perf_counter() - begun
    busy = {name: busy_s(pids) - before[name] for name, pids in programs.items()}
    for line in itertools.chain(*tables):
        await line.close()
    costs = {name: 1000 * s / tally.rounds for name, s in busy.items()}
    return {**costs, "all": sum(costs.values()), "rounds/s": tally.rounds / took}


async def measure(topology: Topology, rooms: int, seconds: float) -> None:
    """Measure, and print."""
    first: ServerProcess = topology.servers[0]
    one = await topology.start_proxy_of(first)
    programs = {
        "servers": [server.child.pid for server in topology.servers],
        "postgresql": [topology.postgres.pid],
        "proxy": [topology.processes[name].pid for name in ("proxy", "proxy-1")],
    }
    token = await first.host_token()
    ways = {
        "at one server": Way(first),
        "through a proxy to one server": Way(one),
        "through the proxy to two": Way(topology.proxy),
        "to two, with no room in the address": Way(topology.proxy, is_named=False),
    }
    runs: dict[str, list[dict[str, float]]] = {name: [] for name in ways}
    for way in ways.values():
        await round_ms(programs, way, token, 2, 1)  # everything is imported and prepared then
    for name, way in RUNS * tuple(ways.items()):  # in turns, as others use the machine
        runs[name].append(await round_ms(programs, way, token, rooms, seconds))
    for name, found in runs.items():
        medians = {key: statistics.median(run[key] for run in found) for key in found[0]}
        print(f"{name}:", ", ".join(f"{key} {value:.2f}" for key, value in medians.items()))


async def main(rooms: int, seconds: float) -> None:
    """Start everything and measure."""
    settings = {"DETENTE_SCENARIO_FOLDER": str(SCENARIOS), **NO_LIMIT}
    async with running_topology(settings=settings) as topology:
        await measure(topology, rooms, seconds)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rooms", type=int, default=10)
    parser.add_argument("--seconds", type=float, default=5)
    asked = parser.parse_args()
    asyncio.run(main(asked.rooms, asked.seconds))
