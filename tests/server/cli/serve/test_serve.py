"""`detente serve` as a process: it starts, tells where it is, ends well, and starts again."""

import asyncio
import signal
import subprocess
import sys
from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from tests.live_server import HOST, Line, ServerProcess

ROOT = Path(__file__).parents[4]

pytestmark = pytest.mark.slow


@pytest.fixture
async def server(tmp_path: Path) -> AsyncGenerator[ServerProcess]:
    """A server of the test's own, to be stopped and started."""
    async with ServerProcess(tmp_path) as running:
        yield running


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("served")


@pytest.fixture(scope="module")
async def standing(folder: Path) -> AsyncGenerator[ServerProcess]:
    """A server that tests share: they only look at it."""
    async with ServerProcess(folder) as running:
        yield running


def detente_beside(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run another `detente` while a server runs."""
    command = [sys.executable, "-m", "server.cli", *arguments]
    return subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
    )


async def test_a_server_that_has_told_its_link_is_alive(standing: ServerProcess) -> None:
    assert (await standing.get("/api/health/live"))["status"] == "ok"
    assert (await standing.get("/api/health/ready"))["status"] == "ok"
    assert len(await standing.host_token()) > 20


async def test_a_port_in_use_is_one_line(standing: ServerProcess, tmp_path: Path) -> None:
    other = f"sqlite:///{tmp_path}/other.sqlite3"
    arguments = ("serve", "--host", HOST, "--port", str(standing.port), "--database", other)
    ran = await asyncio.to_thread(detente_beside, *arguments)
    assert (ran.returncode, ran.stdout, ran.stderr.count("\n")) == (2, "", 1)
    assert f"port {standing.port} is in use" in ran.stderr


@pytest.mark.parametrize("name", ["detente.sqlite3", "link.sqlite3"])
async def test_a_database_in_use_is_one_line(
    standing: ServerProcess, folder: Path, name: str
) -> None:
    if name == "link.sqlite3":
        (folder / name).symlink_to(folder / "detente.sqlite3")
    same = f"sqlite:///{folder / name}"
    arguments = ("serve", "--host", HOST, "--port", "0", "--database", same)
    ran = await asyncio.to_thread(detente_beside, *arguments)
    assert (ran.returncode, ran.stdout, ran.stderr.count("\n")) == (2, "", 1)
    assert f"{name} is in use by another server" in ran.stderr


async def test_sigterm_sends_every_client_away_with_1012_and_ends_with_0(
    server: ServerProcess,
) -> None:
    line = await a_match(server)
    server.child.send_signal(signal.SIGTERM)
    async with asyncio.timeout(10):
        await line.socket.wait_closed()
    goodbye = line.socket.close_code, line.socket.close_reason
    assert goodbye == (1012, "the server restarts; reconnecting")
    assert await server.child.wait() == 0


async def test_ctrl_c_ends_it_with_130(server: ServerProcess) -> None:
    server.child.send_signal(signal.SIGINT)
    assert await server.child.wait() == 130


async def test_a_second_start_finds_the_matches_of_the_first(server: ServerProcess) -> None:
    await a_match(server)
    await server.stop()
    await server.start()
    listed = await server.get("/api/matches", await server.host_token())
    assert [match["scenario"] for match in listed] == ["chicken"]


async def test_a_server_that_was_killed_leaves_no_claim_on_its_database(
    server: ServerProcess,
) -> None:
    await server.kill()
    await server.start()
    assert (await server.get("/api/health/live"))["status"] == "ok"


async def test_scenarios_of_ones_own_are_offered_without_a_broken_one(tmp_path: Path) -> None:
    folder = tmp_path / "scenarios"
    folder.mkdir()
    text = (ROOT / "game_rules" / "scenarios" / "chicken.toml").read_text()
    (folder / "mine.toml").write_text(text)
    (folder / "broken.toml").write_text("rounds = 0\n")
    async with ServerProcess(tmp_path, folder) as running:
        names = {card["name"] for card in await running.get("/api/scenarios")}
    assert "mine" in names
    assert "broken" not in names


async def a_match(server: ServerProcess) -> Line:
    """Create a match of Chicken and connect its facilitator."""
    body = {"scenario": "chicken", "pace": None, "seed": "7", "is_repeatable": True}
    match = await server.post("/api/matches", body, await server.host_token())
    line = Line(server, match["token"])
    await line.open()
    await line.until('"type":"welcome"')
    return line
