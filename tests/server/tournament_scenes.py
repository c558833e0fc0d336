"""Tournaments to try things on, and engines that die when they are told to."""

from collections.abc import Callable, Generator
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from server.engines import Engine, threads
from server.tournaments.run import Run
from server.tournaments.specs.kinds import document_of
from server.tournaments.specs.reading import read_spec
from server.tournaments.specs.spec import TournamentSpec

ENTRANTS = ["tit_for_tat", "win_stay_lose_shift", "random", "gradual"]

OWN_BOTS = '''
from client.bot import Bot, C, D


class Kind(Bot):
    """Cooperates."""

    def choose(self, view):
        return C


class Breaks(Bot):
    """Raises in its third turn."""

    def choose(self, view):
        if view.round == 3:
            raise RuntimeError("lost my way")
        return C
'''


class WorkerDied(Exception):
    """What a dead worker raises here."""


class Dying(Executor):
    """Works at once, in the caller's thread; dies at the calls that it is told to die at."""

    def __init__(self, dies_at: Callable[[int], bool]) -> None:
        self._dies_at = dies_at
        self.calls = 0

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Do it, or die."""
        self.calls += 1
        future: Future[Any] = Future()
        if self._dies_at(self.calls):
            future.set_exception(WorkerDied())
        else:
            future.set_result(fn(*args, **kwargs))
        return future


def dying(dies_at: Callable[[int], bool]) -> Engine:
    """Give an engine whose workers die at some calls, counted over its whole life."""
    executor = Dying(dies_at)

    @contextmanager
    def open_executor() -> Generator[Executor]:
        yield executor

    return Engine(open_executor, lambda: 1, (WorkerDied,))


def in_pieces(monkeypatch: Any, turns: int = 2_000) -> None:
    """Cut contests into many small pieces, so that there is something to lose."""
    lanes = {"table": turns, "python": turns}
    monkeypatch.setattr("game_rules.contests.chunks.CHUNK_TURNS", lanes)


def a_spec(**given: Any) -> TournamentSpec:
    """Read a spec of a few entrants."""
    return read_spec({"entrants": ENTRANTS, "seed": "7", **given})


def played(spec: TournamentSpec, engine: Engine | None = None) -> dict[str, Any]:
    """Play a spec through and give its document."""
    run = Run(spec)
    run.play(engine or threads(2), lambda piece, packed: None)
    return document_of(spec, run.results)


GATED = """
import time
from pathlib import Path

from client.bot import C, D, Bot

GATE = Path({gate!r})


class Gated(Bot):
    def choose(self, view):
        while view.turn == 1 and GATE.exists():
            time.sleep(0.01)
        return D if view.turn % 7 == 0 else C
"""


def gated_bot(folder: Path) -> tuple[str, Path]:
    """Write a bot that plays no match while there is a gate; give its name, and the gate."""
    gate, path = folder / "gate", folder / "gated.py"
    gate.touch()
    path.write_text(GATED.format(gate=str(gate)))
    return f"{path}:Gated", gate


def own_bots(folder: Path) -> str:
    """Write a file of bots and give its path."""
    path = folder / "bots.py"
    path.write_text(OWN_BOTS)
    return str(path)
