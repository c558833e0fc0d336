"""What a stranger's worst minute does to a class: the class's p99 beside it, and its quiet value.

    uv run python tests/load/stranger.py                            every misdeed, 10 s each
    uv run python tests/load/stranger.py --seconds 60               a minute each
    uv run python tests/load/stranger.py --only pages --one-machine

Twenty rooms of two play over real sockets against a real server process (SQLite, synced);
everybody orders once a second. Latency is from an order to its ack. Then a stranger does its worst
over and over as fast as the server answers: silence, half heads and half bodies; bodies and frames
that cost most to refuse; wrong codes; pages; and one phone with 200 places at the table, each
sending 18 frames a second. Quiet and not are measured in turns, so that other work on the machine
is in both; the aim is a p99 under twice the quiet one, and under one and a half times beside the
phone.

A class's phones and a stranger's machine are not on the server's processor. So the server has one
core, and all others have the rest; the stranger's process runs only when the class's does not want
to (SCHED_IDLE), and is told how much it did. `--one-machine` lets all of them run anywhere.
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
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))

from server.edge.pages import client_folder
from tests.live_server import HOST, Line, ServerProcess
from tests.load.rooms import ORDER, room

SCENARIOS = Path(__file__).parent / "scenarios"
AT_ONCE = 50
PLACES = 200
FRAMES_A_SECOND = 18
PAUSE_S = 1.0
TURNS = 2
Misdeed = Callable[[int, str], Awaitable[None]]

TWICE = b"{" + b",".join(b'"%x":0' % n for n in range(400)) + b',"1":1}'
HANDSHAKE = (
    b"GET /api/live HTTP/1.1\r\nhost: x\r\nupgrade: websocket\r\nconnection: upgrade\r\n"
    b"sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\nsec-websocket-version: 13\r\n\r\n"
)
CLOSE = b"\x88"
"""How a frame begins that closes a socket; no text holds this byte by itself here."""
BAD_TEXT = b"\x81\x82\x00\x00\x00\x00\xff\xff"


def _post(path: str, body: bytes) -> bytes:
    head = f"POST {path} HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n"
    return f"{head}content-length: {len(body)}\r\n\r\n".encode() + body


async def _talk(port: int, *frames: bytes) -> None:
    """Open a socket, send frames, read until the server wants it closed, and hang up."""
    reader, writer = await asyncio.open_connection(HOST, port)
    try:
        writer.write(HANDSHAKE)
        async with asyncio.timeout(15):
            await reader.readuntil(b"\r\n\r\n")
            writer.writelines(frames)
            await reader.readuntil(CLOSE)
        _count()
    finally:
        writer.transport.abort()


async def _over_and_over(port: int, *requests: bytes) -> None:
    """Send requests in turn on one connection, as fast as they are answered."""
    reader, writer = await asyncio.open_connection(HOST, port)
    try:
        for request in itertools.cycle(requests):
            writer.write(request)
            await _answer(reader)
            _count()
    finally:
        writer.transport.abort()


async def _answer(reader: asyncio.StreamReader) -> bytes:
    """Read one answer; return its body."""
    head = (await reader.readuntil(b"\r\n\r\n")).lower()
    size = int(head.partition(b"content-length:")[2].partition(b"\r")[0])
    return await reader.readexactly(size)


def _get(path: str) -> bytes:
    return f"GET {path} HTTP/1.1\r\nhost: x\r\n\r\n".encode()


def _text_frame(text: str) -> bytes:
    """Write a short text as a client's frame, with a mask of zeros."""
    data = text.encode()
    return b"\x81\xfe" + len(data).to_bytes(2) + bytes(4) + data


async def _join(port: int, code: str) -> str:
    """Come in with a code; return the token."""
    body = json.dumps({"code": code, "name": "me"}).encode()
    reader, writer = await asyncio.open_connection(HOST, port)
    writer.write(_post("/api/join", body))
    token = json.loads(await _answer(reader))["token"]
    writer.close()
    return token


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
    await _talk(port, BAD_TEXT)


async def codes(port: int, code: str) -> None:
    """Guess codes."""
    await _over_and_over(port, _post("/api/watch", b'{"code":"ZZZZZZZZ"}'))


async def known_frames(port: int, code: str) -> None:
    """Say hello with a right token, then what is no text, on one socket after the other."""
    token = TOKENS.pop() if TOKENS else await _join(port, code)
    hello = json.dumps({"type": "hello", "protocol": 1, "token": token})
    try:
        await _talk(port, _text_frame(hello), BAD_TEXT)
    finally:
        TOKENS.append(token)


TOKENS: list[str] = []


async def pages(port: int, code: str) -> None:
    """Ask for the page, the largest file that it names, and the largest list."""
    await _over_and_over(port, _get("/"), _get(_largest_file()), _get("/api/strategies"))


def _largest_file() -> str:
    folder = client_folder()
    assert folder is not None, "the browser client is built"
    largest = max((folder / "assets").iterdir(), key=lambda path: path.stat().st_size)
    return f"/assets/{largest.name}"


async def one_phone(port: int, code: str) -> None:
    """Hold a place at the table, and send nearly as much as one may."""
    line = Line(_At(port), await _join(port, code))
    await line.open()
    reading = asyncio.create_task(_read_all(line))
    command = {"type": "say", "room": [], "text": "me me me"}
    while not reading.done():
        await line.send(command)
        _count()
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
    "frames with a token": (known_frames, AT_ONCE, 3),
    "codes": (codes, AT_ONCE, 3),
    "pages": (pages, AT_ONCE, 3),
    "one phone, 200 places": (one_phone, PLACES, 12),
}


SPAWN = multiprocessing.get_context("spawn")
done = SPAWN.Value("Q", lock=False)
"""How often the stranger was answered, or sent a frame."""


def _count() -> None:
    done.value += 1  # one process writes it


def stranger(name: str, port: int, code: str, counted: Any) -> None:
    """Do one misdeed over and over, until the process is ended."""
    global done
    done = counted
    _give_way()
    misdeed, at_once, _ = MISDEEDS[name]

    async def again() -> None:
        while True:
            with contextlib.suppress(Exception):
                await misdeed(port, code)
            await asyncio.sleep(0.01)

    async def all_at_once() -> None:
        await asyncio.gather(*(again() for _ in range(at_once)))

    asyncio.run(all_at_once())


def _give_way() -> None:
    """Run only when no other process wants to: a stranger has a machine of its own."""
    if hasattr(os, "SCHED_IDLE"):
        os.sched_setscheduler(0, os.SCHED_IDLE, os.sched_param(0))
    else:
        os.nice(19)


def _set_apart(server: ServerProcess) -> None:
    """Give the server one core, and this process and its children the rest."""
    first, *rest = sorted(os.sched_getaffinity(0))
    if not rest:
        raise SystemExit("one core; give --one-machine")
    for thread in Path(f"/proc/{server.child.pid}/task").iterdir():
        os.sched_setaffinity(int(thread.name), {first})
    os.sched_setaffinity(0, rest)


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

    async def leave(self) -> None:
        """Close the sockets; a room has too few rounds for a second misdeed of a minute."""
        await asyncio.gather(*(line.close() for pair in self._rooms for line in pair))

    async def _order(self, line: Line, number: int, after_s: float) -> float:
        await asyncio.sleep(after_s)
        began = time.monotonic()
        await line.socket.send(ORDER % (number, number))
        async with asyncio.timeout(60):
            await line.until(f'"ack","id":"r{number}"')
        return 1000 * (time.monotonic() - began)


class Seen:
    """Latencies of a class in ms, and what the server and a stranger did meanwhile."""

    def __init__(self) -> None:
        self.latencies: list[float] = []
        self._busy_s = self._passed_s = self._done = 0.0

    async def add(self, server: ServerProcess, playing: Awaitable[list[float]]) -> None:
        """Play, and add what is seen."""
        busy_s, began, before = _busy_s(server), time.monotonic(), done.value
        self.latencies += await playing
        self._busy_s += _busy_s(server) - busy_s
        self._passed_s += time.monotonic() - began
        self._done += done.value - before

    @property
    def median(self) -> float:
        """The median of the latencies."""
        return statistics.median(self.latencies)

    @property
    def p99(self) -> float:
        """The ninety-ninth percentile of the latencies."""
        return statistics.quantiles(self.latencies, n=100)[98]

    @property
    def share(self) -> float:
        """Of one core, by the server."""
        return self._busy_s / self._passed_s

    @property
    def done_per_s(self) -> float:
        """What the stranger did in a second."""
        return self._done / self._passed_s


def _busy_s(server: ServerProcess) -> float:
    """Give the processor time of a server so far (Linux)."""
    fields = Path(f"/proc/{server.child.pid}/stat").read_text().rpartition(") ")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


async def beside(
    name: str, server: ServerProcess, code: str, people: Class, seconds: float
) -> tuple[Seen, Seen]:
    """Give what is seen of a class and its server, quiet and beside a misdeed."""
    quiet, loud = Seen(), Seen()
    for _ in range(TURNS):
        await quiet.add(server, people.play(seconds / TURNS))
        other = SPAWN.Process(target=stranger, args=(name, server.port, code, done), daemon=True)
        other.start()
        await asyncio.sleep(MISDEEDS[name][2])
        await loud.add(server, people.play(seconds / TURNS))
        other.kill()
        other.join()
        await asyncio.sleep(2)  # until the server has seen that it is gone
    return quiet, loud


HEADS = (
    f"{'':24}{'p50 in ms':^16}{'p99 in ms':^22}{'server CPU':^14}{'done/s':>8}\n"
    f"{'':24}{'quiet':>8}{'beside':>8}{'quiet':>8}{'beside':>8}{'times':>6}{'quiet':>7}{'beside':>7}"
)


async def main(seconds: float, rooms: int, names: list[str], *, is_apart: bool) -> None:
    """Measure and print every misdeed."""
    with tempfile.TemporaryDirectory() as folder:
        async with ServerProcess(Path(folder), SCENARIOS) as server:
            token = await server.host_token()
            match = await server.post("/api/matches", {"scenario": "rooms", "pace": 1}, token)
            if is_apart:
                _set_apart(server)
            print(HEADS)
            for name in names:
                people = Class([await room(server, token) for _ in range(rooms)])
                quiet, loud = await beside(name, server, match["code"], people, seconds)
                await people.leave()
                shown = f"{quiet.median:8.1f}{loud.median:8.1f}{quiet.p99:8.1f}{loud.p99:8.1f}"
                shares = f"{quiet.share:7.0%}{loud.share:7.0%}{loud.done_per_s:8.0f}"
                print(f"{name:24}{shown}{loud.p99 / quiet.p99:6.1f}{shares}", flush=True)


if __name__ == "__main__":
    asks = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    asks.add_argument("--seconds", type=float, default=10)
    asks.add_argument("--rooms", type=int, default=20)
    asks.add_argument("--only", choices=[*MISDEEDS], action="append")
    asks.add_argument("--one-machine", action="store_true", help="share all cores among all")
    given = asks.parse_args()
    names = given.only or [*MISDEEDS]
    asyncio.run(main(given.seconds, given.rooms, names, is_apart=not given.one_machine))
