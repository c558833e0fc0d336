"""A Dask cluster of separate processes: the same result, whoever dies in the middle."""

import os
import subprocess
import sys
import time
from collections.abc import Generator
from pathlib import Path

import pytest

from server.engines import EngineError, engine_of, threads
from server.tournaments.run import Keep, Run
from server.tournaments.specs.kinds import document_of
from server.tournaments.specs.pieces import Piece
from server.tournaments.specs.reading import read_spec
from tests.live_server import HOST, free_port
from tests.server.tournament_scenes import a_spec, in_pieces, own_bots, played
from tests.server.tournaments.guests.contest import a_contest, judge

ROOT = Path(__file__).parents[3]
LONGEST_START_S = 60


class Cluster:
    """A scheduler for all tests here, and the workers that a test asks for."""

    def __init__(self) -> None:
        port = free_port()
        self.name = f"dask://{HOST}:{port}"
        self._address = f"tcp://{HOST}:{port}"
        self._scheduler = _start("distributed.cli.dask_scheduler", "--port", str(port))
        self._workers: list[subprocess.Popen[bytes]] = []

    def workers(self, count: int) -> list[subprocess.Popen[bytes]]:
        """Have so many workers, started or killed as need be."""
        alive = [worker for worker in self._workers if worker.poll() is None]
        for worker in alive[count:]:
            _end(worker)
        alone = ("--nthreads", "1", "--no-nanny")
        while len(alive) < count:
            alive.append(_start("distributed.cli.dask_worker", self._address, *alone))
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
