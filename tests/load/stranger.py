"""What a stranger's worst minute does to a class: the class's p99 beside it, and its quiet value.

    uv run python tests/load/stranger.py                            every misdeed, 10 s each
    uv run python tests/load/stranger.py --seconds 60 --rooms 20    a minute each

Twenty rooms of two play over real sockets against a real server process (SQLite, synced);
everybody orders once a second. Latency is from an order to its ack. Then a stranger, a process of
its own that gives way to the others (nice 19), does its worst over and over as fast as the server
answers: silence, half heads and half bodies; bodies and frames that cost most to refuse; wrong
codes; pages; and one phone with 200 places at the table, each sending 18 frames a second. Quiet and
not are measured in turns, so that other work on the machine is in both; the aim is a p99 under
twice the quiet one, and for the phone under one and a half times.
"""

import argparse
import asyncio
import contextlib
import itertools
import json
import multiprocessing
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.live_server import HOST, Line, ServerProcess
from tests.load.rooms import ORDER, room

SCENARIOS = Path(__file__).parent / "scenarios"
AT_ONCE = 50
PLACES = 200
FRAMES_A_SECOND = 18
PAUSE_S = 1.0
Misdeed = Callable[[int, str], Awaitable[None]]

TWICE = b"{" + b",".join(b'"%x":0' % n for n in range(400)) + b',"1":1}'
HANDSHAKE = (
    b"GET /api/live HTTP/1.1\r\nhost: x\r\nupgrade: websocket\r\nconnection: upgrade\r\n"
    b"sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\nsec-websocket-version: 13\r\n\r\n"
)
BAD_TEXT = b"\x81\x82\x00\x00\x00\x00\xff\xff"


def _post(path: str, body: bytes) -> bytes:
    head = f"POST {path} HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n"
    return f"{head}content-length: {len(body)}\r\n\r\n".encode() + body


async def _send_and_read(port: int, *parts: bytes) -> None:
    """Connect, send, read what comes at first, and hang up."""
    reader, writer = await asyncio.open_connection(HOST, port)
    try:
        writer.writelines(parts)
        async with asyncio.timeout(15):
            await reader.read(65_536)
    finally:
        writer.transport.abort()


async def _over_and_over(port: int, request: bytes) -> None:
    """Send one request on one connection again and again, as fast as it is answered."""
    reader, writer = await asyncio.open_connection(HOST, port)
    try:
        while True:
            writer.write(request)
            if not await reader.read(1 << 20):
                return
    finally:
        writer.transport.abort()


async def silence(port: int, code: str) -> None:
    """Connect and say nothing, or half of something."""
    for part in (b"", b"GET / HTTP/1.1\r\nhost:", _post("/api/join", TWICE)[:-9]):
        _, writer = await asyncio.open_connection(HOST, port)
        writer.write(part)
        HELD.append(writer)
    if len(HELD) > 2_000:
        HELD.pop(0).transport.abort()
    await asyncio.sleep(0.02)


HELD: list[asyncio.StreamWriter] = []


async def bodies(port: int, code: str) -> None:
    """Send bodies that are dear to refuse."""
    await _over_and_over(port, _post("/api/join", TWICE))


async def frames(port: int, code: str) -> None:
    """Open sockets, and send what is no text or no JSON."""
    await _send_and_read(port, HANDSHAKE, BAD_TEXT)


async def codes(port: int, code: str) -> None:
    """Guess codes."""
    await _over_and_over(port, _post("/api/watch", b'{"code":"ZZZZZZZZ"}'))


async def pages(port: int, code: str) -> None:
    """Ask for the largest answers that anybody gets."""
    await _over_and_over(port, b"GET /api/strategies HTTP/1.1\r\nhost: x\r\n\r\n")


async def one_phone(port: int, code: str) -> None:
    """Hold a place at the table, and send nearly as much as one may."""
    body = json.dumps({"code": code, "name": "me"}).encode()
    reader, writer = await asyncio.open_connection(HOST, port)
    writer.write(_post("/api/join", body).replace(b"host: x", b"host: x\r\nconnection: close"))
    token = json.loads((await reader.read()).partition(b"\r\n\r\n")[2])["token"]
    line = Line(_At(port), token)
    await line.open()
    reading = asyncio.create_task(_read_all(line))
    command = {"type": "say", "room": [], "text": "me me me"}
    while not reading.done():
        await line.send(command)
        await asyncio.sleep(1 / FRAMES_A_SECOND)


class _At(ServerProcess):
    """A server that somebody else started."""

    def __init__(self, port: int) -> None:
        self.port = port


async def _read_all(line: Line) -> None:
    async for _ in line.socket:
        pass


MISDEEDS: dict[str, tuple[Misdeed, int, float]] = {
    # what, on how many connections at once, and in how many seconds it has begun
    "silence": (silence, 4, 3),
    "bodies": (bodies, AT_ONCE, 3),
    "frames": (frames, AT_ONCE, 3),
    "codes": (codes, AT_ONCE, 3),
    "pages": (pages, AT_ONCE, 3),
    "one phone, 200 places": (one_phone, PLACES, 12),
}


def stranger(name: str, port: int, code: str) -> None:
    """Do one misdeed over and over, until the process is ended."""
    os.nice(19)
    misdeed, at_once, _ = MISDEEDS[name]

    async def again() -> None:
        while True:
            with contextlib.suppress(Exception):
                await misdeed(port, code)
            await asyncio.sleep(0.01)

    async def all_at_once() -> None:
        await asyncio.gather(*(again() for _ in range(at_once)))

    asyncio.run(all_at_once())


class Class:
    """The people of some rooms: everybody orders once a second, and is answered."""

    def __init__(self, rooms: list[tuple[Line, Line]]) -> None:
        self._rooms, self._round = rooms, itertools.count(1)

    async def play(self, seconds: float) -> list[float]:
        """Play so long; give the latencies in ms."""
        until, latencies = time.monotonic() + seconds, []
        while time.monotonic() < until:
            number = next(self._round)
            later = time.monotonic() + PAUSE_S
            each = [
                self._order(line, number, place / len(self._rooms) * PAUSE_S / 2)
                for place, pair in enumerate(self._rooms)
                for line in pair
            ]
            latencies += await asyncio.gather(*each)
            await asyncio.sleep(max(0.0, later - time.monotonic()))
        return latencies

    async def _order(self, line: Line, number: int, after_s: float) -> float:
        await asyncio.sleep(after_s)
        began = time.monotonic()
        await line.socket.send(ORDER % (number, number))
        async with asyncio.timeout(60):
            await line.until(f'"ack","id":"r{number}"')
        return 1000 * (time.monotonic() - began)


class Seen:
    """Latencies of a class in ms, and how much of a core the server used meanwhile."""

    def __init__(self) -> None:
        self.latencies: list[float] = []
        self._busy_s = self._passed_s = 0.0

    async def add(self, server: ServerProcess, playing: Awaitable[list[float]]) -> None:
        """Play, and add what is seen."""
        busy_s, began = _busy_s(server), time.monotonic()
        self.latencies += await playing
        self._busy_s += _busy_s(server) - busy_s
        self._passed_s += time.monotonic() - began

    @property
    def p99(self) -> float:
        """The ninety-ninth percentile of the latencies."""
        return statistics.quantiles(self.latencies, n=100)[98]

    @property
    def share(self) -> float:
        """Of one core."""
        return self._busy_s / self._passed_s


def _busy_s(server: ServerProcess) -> float:
    """Give the processor time of a server so far (Linux)."""
    fields = Path(f"/proc/{server.child.pid}/stat").read_text().rpartition(") ")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


async def beside(
    name: str, server: ServerProcess, code: str, people: Class, seconds: float
) -> tuple["Seen", "Seen"]:
    """Give what is seen of a class and its server, quiet and beside a misdeed."""
    quiet, loud = Seen(), Seen()
    for _ in range(2):
        await quiet.add(server, people.play(seconds / 2))
        other = multiprocessing.get_context("spawn").Process(
            target=stranger, args=(name, server.port, code), daemon=True
        )
        other.start()
        await asyncio.sleep(MISDEEDS[name][2])
        await loud.add(server, people.play(seconds / 2))
        other.kill()
        other.join()
        await asyncio.sleep(2)  # until the server has seen that it is gone
    return quiet, loud


async def main(seconds: float, rooms: int, names: list[str]) -> None:
    """Measure and print every misdeed."""
    with tempfile.TemporaryDirectory() as folder:
        async with ServerProcess(Path(folder), SCENARIOS) as server:
            token = await server.host_token()
            people = Class([await room(server, token) for _ in range(rooms)])
            match = await server.post("/api/matches", {"scenario": "rooms", "pace": 1}, token)
            print(
                f"{'p99 in ms; server CPU':24}{'quiet':>10}{'beside it':>12}        {'':10}beside"
            )
            for name in names:
                quiet, loud = await beside(name, server, match["code"], people, seconds)
                times = loud.p99 / quiet.p99
                shown = f"{quiet.p99:10.1f}{loud.p99:12.1f}  x {times:4.1f}"
                print(f"{name:24}{shown}{quiet.share:10.0%}{loud.share:8.0%}", flush=True)


if __name__ == "__main__":
    asks = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    asks.add_argument("--seconds", type=float, default=10)
    asks.add_argument("--rooms", type=int, default=20)
    asks.add_argument("--only", choices=[*MISDEEDS], action="append")
    given = asks.parse_args()
    asyncio.run(main(given.seconds, given.rooms, given.only or [*MISDEEDS]))
