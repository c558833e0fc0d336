"""A server of ours as a process of its own, and rooms in it, for clients that are lean."""

import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from platformdirs import user_cache_path

from tests.live_server import free_port
from tests.load.lean import HOST, Closed, Web, Wire, command, framed

SCENARIOS = Path(__file__).parent / "scenarios"
PINGS_S = 5
"""How often pings are answered while rooms are made; a server waits for 20 s."""
COMPILED = user_cache_path("detente-load") / "compiled"
"""Python's compiled code, which a later start finds."""
NO_LIMIT = {
    "DETENTE_MESSAGES_PER_SECOND": "100000",
    "DETENTE_MESSAGE_BURST": "100000",
    "DETENTE_REQUESTS_PER_SECOND": "100000",
    "DETENTE_REQUESTS_BURST": "1000000",
    "DETENTE_JOINS_PER_MINUTE": "1000000",
    "DETENTE_JOINS_BURST": "1000000",
}


class Hosted:
    """A server that has started. port: where it listens."""

    def __init__(self, child: subprocess.Popen[str], port: int) -> None:
        self.child, self.port, self.pid = child, port, child.pid
        self.web = Web(port)
        assert child.stdout is not None
        while "/#/host/" not in (line := child.stdout.readline()):
            if not line:
                raise RuntimeError("the server did not start; server.log in its folder says why")
        self.ready_s = _until_it_answers(port)
        """When it said so, on the monotonic clock."""
        self.secret = line.split("/#/host/")[1].split()[0]
        self.tokens: list[str] = []
        """Of all who have joined."""
        self._wires: list[Wire] = []
        self._answered_s = time.perf_counter()
        self.token = self.web.post("/api/host", {"secret": self.secret})["token"]

    def open(self, token: str) -> Wire:
        """Connect, and say who one is."""
        return self.greet(token)[0]

    def greet(self, token: str) -> tuple[Wire, bytes]:
        """Connect, and say who one is; return the welcome too, with what has happened so far."""
        self._answer_pings()
        wire = Wire(self.port, "/api/live")
        self._wires.append(wire)
        wire.send(framed(HELLO % token.encode()))
        return wire, wire.until(b'"welcome"')

    def _answer_pings(self) -> None:
        if time.perf_counter() < self._answered_s + PINGS_S:
            return
        self._wires = [wire for wire in self._wires if wire.socket.fileno() >= 0]
        for wire in self._wires:
            wire.answer_pings()
        self._answered_s = time.perf_counter()

    def seat(self, code: str, seat: str) -> Wire:
        """Join a match, and take a seat."""
        self.tokens.append(self.web.post("/api/join", {"code": code, "name": seat})["token"])
        wire = self.open(self.tokens[-1])
        wire.send(command("seat", {"type": "take_seat", "seat": seat, "name": seat}))
        answered(wire, b"seat")
        return wire

    def match(self, scenario: str) -> tuple[str, Wire]:
        """Set a match up; return its code, and the facilitator's connection."""
        body = {"scenario": scenario, "pace": 1, "seed": "7"}
        made = self.web.post("/api/matches", body, self.token)
        return made["code"], self.open(made["token"])

    def room(self, scenario: str, seats: Sequence[str]) -> list[Wire]:
        """Set a match up, seat its players, and start it; return their connections."""
        code, host = self.match(scenario)
        players = [self.seat(code, seat) for seat in seats]
        host.send(command("start", {"type": "start_match"}))
        answered(host, b"start")
        host.close()
        for player in players:
            player.until(b'"phase":"decision"')
        return players


def _until_it_answers(port: int) -> float:
    """Wait until a server is ready; return the moment."""
    while True:
        try:
            with urllib.request.urlopen(f"http://{HOST}:{port}/api/health/ready"):
                return time.perf_counter()
        except urllib.error.URLError:
            time.sleep(0.01)


HELLO = b'{"type":"hello","protocol":1,"token":"%s","audience":null,"seq":0}'


def answered(wire: Wire, command_id: bytes) -> None:
    """Wait until a command is stored. Raises Closed if it is refused."""
    told = wire.until(b'"id":"%s"' % command_id)
    if b'"refused"' in told:
        raise Closed(told.decode())


@contextmanager
def hosting(
    folder: Path, scenarios: Path = SCENARIOS, environment: Mapping[str, str] | None = None
) -> Generator[Hosted]:
    """Run a server on a folder's database; it ends with SIGTERM, unless it was killed."""
    port = free_port()
    arguments = ["serve", "--host", HOST, "--port", str(port), "--scenarios", str(scenarios)]
    arguments += ["--database", f"sqlite:///{folder}/detente.sqlite3"]
    kept = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    env = {**kept, "PYTHONPYCACHEPREFIX": str(COMPILED), **NO_LIMIT, **(environment or {})}
    begin = [sys.executable, "-m", "server.cli", *arguments]
    with (
        (folder / "server.log").open("a") as log,
        subprocess.Popen(begin, env=env, stdout=subprocess.PIPE, stderr=log, text=True) as child,
    ):
        try:
            yield Hosted(child, port)
        finally:
            child.terminate()
