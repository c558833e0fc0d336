"""A tournament that is stopped, and goes on."""

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from server.engines import Engine
from server.tournaments import store
from server.tournaments.run import Keep
from server.tournaments.run import Run as Playing
from server.tournaments.specs.pieces import Piece
from server.tournaments.store import FileTables
from tests.fakes import fresh_database
from tests.server.cli.conftest import Run
from tests.server.tournament_scenes import gated_bot, in_pieces

ROOT = Path(__file__).parents[4]
SETTINGS = ("--entrants", "tit_for_tat,random,gradual", "--turns", "40", "--noise", "0.1")
CONTEST = (*SETTINGS, "--repetitions", "40", "--seed", "7")


@pytest.fixture(autouse=True)
def _small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    in_pieces(monkeypatch)


@pytest.fixture
def stops_early(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Press Ctrl-C after three pieces, as long as the list holds True."""
    presses = [True]
    play = Playing.play

    def pressed(self: Playing, engine: Engine, keep: Keep, beat: Callable[[], None]) -> None:
        def keep_three(piece: Piece, packed: bytes) -> None:
            keep(piece, packed)
            if presses[0] and len(self.played) >= 3:
                raise KeyboardInterrupt

        play(self, engine, keep_three, beat)

    monkeypatch.setattr(Playing, "play", pressed)
    return presses


def test_a_stop_keeps_what_was_played_and_says_how_to_go_on(
    detente: Run, stops_early: list[bool]
) -> None:
    whole = json.loads(detente("tournament", "run", *CONTEST, "--no-store", "--json").out or "{}")
    assert whole == {}, "it was stopped"
    ran = detente("tournament", "run", *CONTEST)
    assert ran.code == 130
    (card,) = json.loads(detente("tournament", "list", "--json").out)
    assert (card["progress"], card["pieces_played"]) == (store.STOPPED, 3)
    assert f"continue with: detente tournament run --resume {card['id']}" in ran.err
    assert "3 of " in ran.err
    shown = detente("tournament", "show", card["id"])
    assert (shown.code, "is stopped: 3 of" in shown.err) == (2, True)
    assert "stopped, " in detente("tournament", "list").out

    stops_early[0] = False
    resumed = detente("tournament", "run", "--resume", card["id"], "--json")
    assert f"going on with {card['id']}: 3 of {card['pieces']} pieces are there" in resumed.err
    fresh = detente("tournament", "run", *CONTEST, "--no-store", "--json")
    assert resumed.out == fresh.out
    assert resumed.code == 0


def test_the_same_command_goes_on_by_itself(detente: Run, stops_early: list[bool]) -> None:
    detente("tournament", "run", *CONTEST)
    stops_early[0] = False
    ran = detente("tournament", "run", *CONTEST, "--json")
    assert "going on with" in ran.err
    assert ran.out == detente("tournament", "run", *CONTEST, "--no-store", "--json").out


def test_a_failure_in_the_end_is_kept_as_one(detente: Run, tmp_path: Path) -> None:
    moran = ("--kind", "moran", "--game", "chicken", "--entrants", "tit_for_tat,defector")
    ran = detente("tournament", "run", *moran)
    assert (ran.code, "fitness can fall" in ran.err) == (2, True)
    (card,) = json.loads(detente("tournament", "list", "--json").out)
    assert (card["progress"], "fitness can fall" in card["problem"]) == (store.FAILED, True)


def a_contest(folder: Path) -> tuple[tuple[str, ...], Path]:
    """Settings of a contest whose first piece has no gated bot; and the gate, which stands."""
    gated, gate = gated_bot(folder)
    entrants = ("--entrants", f"gradual,forgiver,{gated}", "--no-self-play")
    patient = ("--move-time", "50")
    return (*entrants, *patient, "--turns", "20", "--noise", "0.05", "--repetitions", "3"), gate


class Terminal:
    """`detente tournament run` as a terminal starts it: a process that Ctrl-C reaches."""

    command = (sys.executable, "-m", "server.cli", "tournament", "run")

    def __init__(self, folder: Path, *contest: str) -> None:
        database = fresh_database(folder)
        self.tables, self.contest = FileTables(database), contest
        self.environment = {**os.environ, "DETENTE_DATABASE": database}

    def start(self) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [*self.command, *self.contest],
            cwd=ROOT,
            env=self.environment,
            stderr=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            text=True,
        )

    def run(self, *more: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*self.command, *self.contest, *more, "--json"],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            check=True,
        )

    def wait_for_a_piece(self, program: subprocess.Popen[str]) -> None:
        patience = threading.Event()
        while not self._has_a_piece():
            assert program.poll() is None, "it ended before it could be stopped"
            patience.wait(0.05)

    def _has_a_piece(self) -> bool:
        cards = self.tables.view(store.cards(0))
        return bool(cards and cards[0].pieces_played)


@pytest.mark.slow
def test_ctrl_c_in_a_terminal_is_such_a_stop(tmp_path: Path) -> None:
    """It cannot end before: the gate stands until Ctrl-C is on its way."""
    contest, gate = a_contest(tmp_path)
    terminal = Terminal(tmp_path, *contest, "--seed", "7")
    program = terminal.start()
    terminal.wait_for_a_piece(program)
    program.send_signal(signal.SIGINT)
    gate.unlink()
    _, told = program.communicate()
    assert program.returncode == 130
    assert "stopped; " in told
    assert "Traceback" not in told
    resumed, fresh = terminal.run(), terminal.run("--no-store")
    assert "going on with" in resumed.stderr
    assert resumed.stdout == fresh.stdout


@pytest.mark.slow
@pytest.mark.parametrize("engine", ["local", "processes"])
def test_one_ctrl_c_is_enough_where_a_bot_never_returns(tmp_path: Path, engine: str) -> None:
    contest, _ = a_contest(tmp_path)
    terminal = Terminal(tmp_path, *contest, "--engine", engine)
    program = terminal.start()
    terminal.wait_for_a_piece(program)
    program.send_signal(signal.SIGINT)
    _, told = program.communicate()
    assert program.returncode == 130
    assert told.count("stopped; ") == 1
    assert "Traceback" not in told
