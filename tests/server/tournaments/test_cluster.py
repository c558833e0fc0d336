"""A Dask cluster of separate processes: the same result, whoever dies in the middle.

The last tests are of a server whose tournaments are played there.
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Generator
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette
from structlog.testing import capture_logs

from server.app import create_app
from server.engines import EngineError, engine_of, threads
from server.settings import Settings
from server.tournaments.run import Keep, Run
from server.tournaments.specs.kinds import document_of
from server.tournaments.specs.pieces import Piece
from server.tournaments.specs.reading import read_spec
from tests.fakes import ManualClock
from tests.live_server import HOST, free_port
from tests.server.running import library, make_app, running, services_of
from tests.server.tournament_scenes import a_spec, in_pieces, own_bots, played
from tests.server.tournaments.guests.contest import a_contest, judge
from tests.server.tournaments.test_api import host, over

ROOT = Path(__file__).parents[3]
LONGEST_START_S = 60


class Cluster:
    """A scheduler for all tests here, and the workers that a test asks for."""

    def __init__(self) -> None:
        port = free_port()
        self.name = f"dask://{HOST}:{port}"
        self.address = f"tcp://{HOST}:{port}"
        self._scheduler = _start("distributed.cli.dask_scheduler", "--port", str(port))
        self._workers: list[subprocess.Popen[bytes]] = []

    def workers(self, count: int) -> list[subprocess.Popen[bytes]]:
        """Have so many workers, started or killed as need be."""
        alive = [worker for worker in self._workers if worker.poll() is None]
        for worker in alive[count:]:
            _end(worker)
        alone = ("--nthreads", "1", "--no-nanny")
        while len(alive) < count:
            alive.append(_start("distributed.cli.dask_worker", self.address, *alone))
        self._workers = alive[:count]
        return self._workers

    def end(self) -> None:
        """End everything."""
        self.workers(0)
        _end(self._scheduler)


def _start(module: str, *arguments: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", module, *arguments, "--no-dashboard", "--host", HOST]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL)


def _end(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    process.wait()


@pytest.fixture(scope="module")
def cluster() -> Generator[Cluster]:
    running = Cluster()
    yield running
    running.end()


def patiently(name: str, run: Run, keep: Keep = lambda piece, packed: None) -> None:
    """Play on a cluster as soon as it is there."""
    end = time.monotonic() + LONGEST_START_S
    while True:
        try:
            run.play(engine_of(name), keep)
        except EngineError:
            assert time.monotonic() < end, "the cluster did not start"
            time.sleep(0.1)
        else:
            return


@pytest.mark.slow
def test_a_scheduler_without_workers_is_told(cluster: Cluster) -> None:
    cluster.workers(0)
    end = time.monotonic() + LONGEST_START_S
    while time.monotonic() < end:
        with pytest.raises(EngineError) as refused:
            Run(a_spec(turns=2)).play(engine_of(cluster.name), lambda piece, packed: None)
        if "has no workers; start some: dask worker" in str(refused.value):
            return
        time.sleep(0.1)
    raise AssertionError("the scheduler did not start")


@pytest.mark.slow
def test_a_bot_of_ones_own_travels_to_the_cluster(cluster: Cluster, tmp_path: Path) -> None:
    entrants = [f"{own_bots(tmp_path)}:Breaks", "random"]
    spec = read_spec({"entrants": entrants, "turns": 9, "seed": "7"}, takes_files=True)
    here = played(spec, threads(1))
    (tmp_path / "bots.py").unlink()
    cluster.workers(2)
    run = Run(spec)
    patiently(cluster.name, run)
    assert document_of(spec, run.results) == here


@pytest.mark.slow
def test_a_contest_with_hostile_bots_ends_the_same(
    cluster: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spec = a_contest(tmp_path)
    cluster.workers(2)
    run = Run(spec)
    patiently(cluster.name, run)
    judge(monkeypatch, spec, run)


@pytest.mark.slow
def test_a_worker_that_is_killed_in_the_middle_changes_nothing(
    cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_pieces(monkeypatch, turns=8_000)
    spec = a_spec(turns=100, repetitions=100, noise=0.01)
    here = played(spec, threads(1))
    first, second = cluster.workers(2)
    run = Run(spec)

    def kill_one(piece: Piece, packed: bytes) -> None:
        if len(run.played) == 3:
            first.kill()

    patiently(cluster.name, run, kill_one)
    assert first.poll() is not None
    assert second.poll() is None
    assert len(run.pieces) > 8
    assert document_of(spec, run.results) == here


ASKED = {"entrants": ["tit_for_tat", "random"], "turns": 100, "repetitions": 100, "noise": 0.01}
AWAY = "tournament_engine_unavailable"


async def started(app: Starlette, client: httpx.AsyncClient) -> str:
    """Start a tournament as a browser does; give its id."""
    body = {**ASKED, "seed": "7"}
    answer = await client.post("/api/tournaments", json=body, headers=await host(app, client))
    return answer.json()["id"]


def here() -> dict[str, Any]:
    """Play the same on threads."""
    return played(read_spec({**ASKED, "seed": "7"}), threads(1))


async def until_there(name: str) -> None:
    """Wait until a cluster has a worker."""
    end = time.monotonic() + LONGEST_START_S
    while True:
        try:
            with engine_of(name).open():
                return
        except EngineError:
            assert time.monotonic() < end, "the cluster did not start"


def has_played(cluster: Cluster) -> bool:
    """Tell whether the one worker has loaded what plays a piece."""
    from distributed import Client

    with Client(cluster.address, set_as_default=False) as client:
        (told,) = client.run(lambda: "server.tournaments.specs.kinds" in sys.modules).values()
    return told


@pytest.mark.slow
async def test_a_tournament_of_a_browser_is_played_on_the_cluster(
    cluster: Cluster, tmp_path: Path
) -> None:
    cluster.workers(0)
    cluster.workers(1)
    await until_there(cluster.name)
    assert not has_played(cluster)
    app = make_app(tmp_path, tournament_engine=cluster.name)
    with capture_logs() as logs:
        async with running(app) as client:
            shown = await over(client, await started(app, client))
    assert shown["document"] == here()
    assert has_played(cluster)
    assert AWAY not in {line["event"] for line in logs}


@pytest.mark.slow
async def test_without_workers_a_server_plays_it_itself(cluster: Cluster, tmp_path: Path) -> None:
    cluster.workers(0)
    app = make_app(tmp_path, tournament_engine=cluster.name)
    with capture_logs() as logs:
        async with running(app) as client:
            shown = await over(client, await started(app, client))
    assert shown["document"] == here()
    (told,) = [line["reason"] for line in logs if line["event"] == AWAY]
    assert "has no workers" in told


@pytest.mark.slow
async def test_a_server_stops_though_the_cluster_has_lost_its_workers(
    cluster: Cluster, tmp_path: Path
) -> None:
    cluster.workers(0)
    (worker,) = cluster.workers(1)
    await until_there(cluster.name)
    worker.send_signal(signal.SIGSTOP)
    app = make_app(tmp_path, tournament_engine=cluster.name)
    database = services_of(app).settings.database
    async with running(app) as client:
        tournament = await started(app, client)
        shown = await client.get(f"/api/tournaments/{tournament}")
        assert shown.json()["card"]["progress"] == "running"
    _end(worker)
    app = create_app(Settings(database=database), ManualClock(), library())
    async with running(app) as client:
        shown = await over(client, tournament)
    assert shown["document"] == here()
