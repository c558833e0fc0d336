"""A Dask cluster of separate processes: the same result, whoever dies in the middle."""

import os
import subprocess
import sys
import time
from collections.abc import Generator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from server.engines import EngineError, engine_of, threads
from server.tournaments.run import Keep, Run
from server.tournaments.specs.kinds import document_of
from server.tournaments.specs.pieces import Piece
from server.tournaments.specs.reading import read_spec
from tests.live_server import HOST, free_port
from tests.server.tournament_scenes import a_spec, in_pieces, own_bots, played

ROOT = Path(__file__).parents[3]
LONGEST_START_S = 60


@contextmanager
def part(module: str, *arguments: str) -> Generator[subprocess.Popen[bytes]]:
    """Run a part of a cluster as a process, until the end or until it is killed."""
    command = [sys.executable, "-m", module, *arguments, "--no-dashboard", "--host", HOST]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


@contextmanager
def cluster(workers: int) -> Generator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """Run a scheduler and workers; give the engine's name and the workers' processes."""
    with ExitStack() as stack:
        port = free_port()
        stack.enter_context(part("distributed.cli.dask_scheduler", "--port", str(port)))
        alone = ("--nthreads", "1", "--no-nanny")
        to = f"tcp://{HOST}:{port}"
        hands = [
            stack.enter_context(part("distributed.cli.dask_worker", to, *alone))
            for _ in range(workers)
        ]
        yield f"dask://{HOST}:{port}", hands


def patiently(name: str, run: Run, keep: Keep) -> None:
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
def test_a_worker_that_is_killed_in_the_middle_changes_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    in_pieces(monkeypatch, turns=20_000)
    spec = a_spec(turns=200, repetitions=150, noise=0.01)
    here = played(spec, threads(1))
    with cluster(2) as (name, hands):
        run = Run(spec)

        def kill_one(piece: Piece, packed: bytes) -> None:
            if len(run.played) == 3:
                hands[0].kill()

        patiently(name, run, kill_one)
        assert hands[0].poll() is not None
        assert hands[1].poll() is None
    assert len(run.pieces) > 8
    assert document_of(spec, run.results) == here


@pytest.mark.slow
def test_a_bot_of_ones_own_travels_to_the_cluster(tmp_path: Path) -> None:
    entrants = [f"{own_bots(tmp_path)}:Breaks", "random"]
    spec = read_spec({"entrants": entrants, "turns": 9, "seed": "7"}, takes_files=True)
    here = played(spec, threads(1))
    (tmp_path / "bots.py").unlink()
    with cluster(1) as (name, _):
        run = Run(spec)
        patiently(name, run, lambda piece, packed: None)
    assert document_of(spec, run.results) == here


@pytest.mark.slow
def test_a_scheduler_without_workers_is_told() -> None:
    with cluster(0) as (name, _):
        end = time.monotonic() + LONGEST_START_S
        while time.monotonic() < end:
            with pytest.raises(EngineError) as refused:
                Run(a_spec(turns=2)).play(engine_of(name), lambda piece, packed: None)
            if "has no workers; start some: dask worker" in str(refused.value):
                return
            time.sleep(0.1)
    raise AssertionError("the scheduler did not start")
