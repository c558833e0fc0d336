"""Getting it played: whoever works, whoever dies, and wherever it was stopped."""

import os
import subprocess
import sys
import threading
from multiprocessing import active_children
from pathlib import Path

import pytest

from server.engines import (
    Engine,
    EngineError,
    cores,
    engine_of,
    lasting,
    processes,
    threads,
)
from server.tournaments.run import MOST_DEATHS, Run
from server.tournaments.specs.kinds import document_of
from server.tournaments.specs.pieces import Piece
from server.tournaments.specs.spec import TournamentSpec
from tests.server.tournament_scenes import WorkerDied, a_spec, dying, in_pieces, played


@pytest.fixture
def spec(monkeypatch: pytest.MonkeyPatch) -> TournamentSpec:
    """A contest of a good many pieces."""
    in_pieces(monkeypatch)
    return a_spec(turns=50, repetitions=60, noise=0.02)


def nothing(piece: Piece, packed: bytes) -> None:
    """Keep nothing."""


@pytest.mark.parametrize("workers", [1, 2, 5])
def test_the_number_of_threads_changes_nothing(spec: TournamentSpec, workers: int) -> None:
    assert played(spec, threads(workers)) == played(spec, threads(1))


@pytest.mark.slow
def test_processes_change_nothing(spec: TournamentSpec) -> None:
    assert played(spec, processes(2)) == played(spec, threads(1))


@pytest.mark.slow
def test_a_process_that_is_killed_costs_a_retry(spec: TournamentSpec) -> None:
    run = Run(spec)

    def kill_one(piece: Piece, packed: bytes) -> None:
        if len(run.played) == 2:
            active_children()[0].kill()

    run.play(processes(2), kill_one)
    assert document_of(spec, run.results) == played(spec)


@pytest.mark.slow
def test_processes_end_with_whoever_asked_them(tmp_path: Path) -> None:
    script = (
        "import os, signal, sys\n"
        "from pathlib import Path\n"
        "from server.engines import processes\n"
        "if __name__ == '__main__':\n"
        "    with processes(1).open() as pool:\n"
        "        Path(sys.argv[1]).write_text(str(pool.submit(os.getpid).result()))\n"
        "        os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    program, told = tmp_path / "asker.py", tmp_path / "worker"
    program.write_text(script)
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[3])}
    subprocess.run([sys.executable, str(program), str(told)], env=environment, check=False)
    worker = int(told.read_text())
    for _ in range(200):
        if not Path(f"/proc/{worker}").exists() or _is_dead(worker):
            return
        threading.Event().wait(0.05)
    raise AssertionError(f"process {worker} still waits for work")


def _is_dead(process: int) -> bool:
    """Whether only its entry is left, which whoever takes over orphans will clear."""
    return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] == "Z"


def test_every_piece_is_kept_as_it_comes(spec: TournamentSpec) -> None:
    run = Run(spec)
    kept: dict[int, bytes] = {}
    run.play(threads(2), lambda piece, packed: kept.update({piece.number: packed}))
    assert kept == run.played
    assert sorted(kept) == [piece.number for piece in run.pieces]
    assert run.turns_played == run.turns


def test_a_dead_worker_costs_a_retry(spec: TournamentSpec) -> None:
    engine = dying(lambda call: call % 3 == 0)
    assert played(spec, engine) == played(spec, threads(1))


def test_workers_that_only_die_are_given_up(spec: TournamentSpec) -> None:
    run = Run(spec)
    with pytest.raises(EngineError, match=f"workers died {MOST_DEATHS} times with nothing played"):
        run.play(dying(lambda call: call > 4), nothing)
    assert 0 < len(run.played) < len(run.pieces), "what was played stays"
    run.play(threads(1), nothing)
    assert document_of(spec, run.results) == played(spec, threads(1))


def test_what_was_played_is_not_played_again(spec: TournamentSpec) -> None:
    whole = Run(spec)
    whole.play(threads(1), nothing)
    half = {number: packed for number, packed in whole.played.items() if number % 2}
    run = Run(spec, half)
    fresh: list[int] = []
    run.play(threads(2), lambda piece, packed: fresh.append(piece.number))
    assert sorted(fresh) == [p.number for p in run.pieces if p.number % 2 == 0]
    assert run.results == whole.results


def test_a_stop_in_the_middle_loses_nothing(spec: TournamentSpec) -> None:
    run = Run(spec)

    def stop_at_the_fourth(piece: Piece, packed: bytes) -> None:
        if len(run.played) == 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run.play(threads(2), stop_at_the_fourth)
    again = Run(spec, dict(run.played))
    assert len(again.played) >= 4
    again.play(threads(2), nothing)
    assert document_of(spec, again.results) == played(spec)


def test_pieces_of_something_else_are_not_taken(spec: TournamentSpec) -> None:
    run = Run(spec, {10**6: b"stray"})
    assert run.played == {}


def test_what_a_piece_raises_goes_through(spec: TournamentSpec) -> None:
    run = Run(spec)
    engine = Engine(dying(lambda call: call == 2).open, lambda: 1, ())
    with pytest.raises(WorkerDied):
        run.play(engine, nothing)


def test_a_lasting_engine_opens_once_and_again_after_a_death(spec: TournamentSpec) -> None:
    opened = []
    inner = dying(lambda call: call == 5)
    engine = Engine(lambda: opened.append(1) or inner.open(), inner.workers, inner.deaths)
    with lasting(engine) as kept:
        run = Run(spec)
        run.play(kept, nothing)
        document = run.document_by(kept)
    assert document == played(spec)
    assert len(opened) == 2


def test_engines_are_known_by_name() -> None:
    assert engine_of("local").workers() == cores()
    assert engine_of("local", 3).workers() == 3
    assert engine_of("processes", 2).workers() == 2
    with pytest.raises(EngineError, match="engine 'dusk' is not known; give local, processes or"):
        engine_of("dusk")
    with pytest.raises(EngineError, match="leave --workers out"):
        engine_of("dask://127.0.0.1:1", 2)


def test_a_cluster_without_the_extra_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "distributed", None)
    with pytest.raises(
        EngineError, match=r"--extra cluster .*, or pip install 'detente\[cluster\]'"
    ):
        engine_of("dask://127.0.0.1:1")
