"""Two-player rooms for clients of `tests.live_server`; `compare` measures how fast they play."""

import asyncio
import time
from dataclasses import dataclass, field
from pathlib import Path

from tests.live_server import Line, Reached

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


async def seat(server: Reached, match: dict[str, str], name: str, *, is_named: bool = True) -> Line:
    """Join a match and take a seat. is_named: whether the address names the room."""
    joined = await server.post("/api/join", {"code": match["code"], "name": name})
    line = Line(server, joined["token"], match["match"] if is_named else "")
    await line.open()
    await line.do({"type": "take_seat", "seat": name, "name": name})
    return line


async def room(
    server: Reached, token: str, other: Reached | None = None, *, is_named: bool = True
) -> tuple[Line, Line]:
    """Set up one room: a match, two players, started. other: where the second player connects."""
    body = {"scenario": "rooms", "pace": 1, "seed": "7"}
    match = await server.post("/api/matches", body, token)
    players = (
        await seat(server, match, "ROW", is_named=is_named),
        await seat(other or server, match, "COLUMN", is_named=is_named),
    )
    host = Line(server, match["token"], match["match"] if is_named else "")
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
