"""A tournament that is stopped, and goes on."""

import json
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from server.database import sqlite_path
from server.tournaments import store
from server.tournaments.engines import Engine
from server.tournaments.pieces import Piece
from server.tournaments.run import Keep
from server.tournaments.run import Run as Playing
from server.tournaments.store import FileShelf
from tests.server.cli.conftest import Run
from tests.server.tournament_scenes import in_pieces

ROOT = Path(__file__).parents[3]
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

    def pressed(self: Playing, engine: Engine, keep: Keep) -> None:
        def keep_three(piece: Piece, packed: bytes) -> None:
            keep(piece, packed)
            if presses[0] and len(self.played) >= 3:
                raise KeyboardInterrupt

        play(self, engine, keep_three)

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
    assert f"go on with: detente tournament run --resume {card['id']}" in ran.err
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


@pytest.mark.slow
def test_ctrl_c_in_a_terminal_is_such_a_stop(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/x.sqlite3"
    contest = ["--entrants", "gradual,first_by_davis,first_by_joss", "--noise", "0.01"]
    contest += ["--repetitions", "900", "--seed", "7"]
    command = [sys.executable, "-m", "server.cli", "tournament", "run"]
    environment = {**os.environ, "DETENTE_DATABASE": url}
    program = subprocess.Popen(
        [*command, *contest], cwd=ROOT, env=environment, stderr=subprocess.PIPE, text=True
    )
    _wait_for_a_piece(Path(sqlite_path(url)), program)
    program.send_signal(signal.SIGINT)
    _, told = program.communicate(timeout=60)
    assert program.returncode == 130
    assert "stopped; " in told
    assert "Traceback" not in told
    resumed, fresh = (
        subprocess.run(
            [*command, *more, "--json"],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            check=True,
        )
        for more in (contest, [*contest, "--no-store", "--engine", "processes"])
    )
    assert "going on with" in resumed.stderr
    assert resumed.stdout == fresh.stdout


def _wait_for_a_piece(path: Path, program: subprocess.Popen[str]) -> None:
    patience = threading.Event()
    for _ in range(600):
        assert program.poll() is None, "it ended before it could be stopped"
        cards = FileShelf(path).view(store.cards()) if _is_made(path) else []
        if cards and cards[0].pieces_played:
            return
        patience.wait(0.05)
    raise AssertionError("nothing was played within 30 s")


def _is_made(path: Path) -> bool:
    """Whether the tables are there; the migration is one transaction."""
    return path.is_file() and path.stat().st_size > 0
