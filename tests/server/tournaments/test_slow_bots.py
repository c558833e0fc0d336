"""Bots that think: pieces are cut by the time they took, so that all work, show it, and go on."""

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from server.engines import threads
from server.tournaments import store
from server.tournaments.run import Run
from server.tournaments.specs import round_robin
from server.tournaments.specs.kinds import document_of, pieces_of
from server.tournaments.specs.pieces import Piece, unpack_counts
from server.tournaments.specs.reading import read_spec
from server.tournaments.specs.spec import TournamentSpec
from server.tournaments.store import FileTables
from tests.fakes import fresh_database
from tests.server.tournament_scenes import gated_bot

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[3]
SLOW = """
import time

from client.bot import C, Bot


class Slow(Bot):
    def choose(self, view):
        time.sleep(0.01)
        return C
"""


def a_spec(own: str, **given: object) -> TournamentSpec:
    settings = {"turns": 4, "repetitions": 9, "seed": "7", "self_play": False, **given}
    return read_spec({"entrants": ["tit_for_tat", "random", own], **settings}, takes_files=True)


def slow_bot(folder: Path) -> str:
    path = folder / "slow.py"
    path.write_text(SLOW)
    return f"{path}:Slow"


def test_a_piece_is_handed_back_in_time_and_its_rest_is_split(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(round_robin, "PIECE_S", 0.05)
    spec = a_spec(slow_bot(tmp_path))
    run, kept = Run(spec), list[Piece]()
    before = len(run.pieces)
    run.play(threads(2), lambda piece, packed: kept.append(piece))
    assert len(run.pieces) == len(kept) > before == len(pieces_of(spec))
    assert sorted(match for p in kept for match in range(p.first, p.last)) == [*range(27)]
    assert (run.size, run.size_played, run.is_whole) == (27, 27, True)
    assert max(p.last - p.first for p in kept if p.first >= 9) < 9, "no piece took all of a pair"
    monkeypatch.setattr(round_robin, "PIECE_S", 60)
    whole = Run(spec)
    whole.play(threads(1), lambda piece, packed: None)
    assert document_of(spec, run.results) == document_of(spec, whole.results)


def test_what_was_handed_back_is_not_played_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(round_robin, "PIECE_S", 0.05)
    spec = a_spec(slow_bot(tmp_path))
    first = Run(spec)

    def stop_at_the_third(piece: Piece, packed: bytes) -> None:
        if len(first.played) == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        first.play(threads(2), stop_at_the_third)
    again, fresh = Run(spec, dict(first.played)), set[int]()
    assert again.size_played == first.size_played > 0
    spent = [unpack_counts(packed).spent.get("slow.py:Slow") for packed in first.played.values()]
    waited_s = sum(seconds[1] for seconds in spent if seconds)
    assert again._spent["slow.py:Slow"][1] == pytest.approx(waited_s)
    again.play(threads(2), lambda piece, packed: fresh.update(range(piece.first, piece.last)))
    assert len(fresh) == 27 - first.size_played
    straight = Run(spec)
    straight.play(threads(2), lambda piece, packed: None)
    assert document_of(spec, again.results) == document_of(spec, straight.results)


def test_a_run_that_was_killed_is_not_running_for_ever(tmp_path: Path) -> None:
    """Its guests die with it; the list calls it stopped; the same command goes on."""
    gated, gate = gated_bot(tmp_path)
    spec = a_spec(gated, move_time=50)
    database = fresh_database(tmp_path)
    command = [
        sys.executable, "-m", "server.cli", "tournament", "run", "--entrants",
        f"tit_for_tat,random,{gated}", "--turns", "4", "--repetitions", "9", "--move-time", "50",
        "--seed", "7", "--no-self-play", "--database", database, "--engine", "processes",
    ]  # fmt: skip
    program = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL)
    tables, patience = FileTables(database), threading.Event()
    for _ in range(600):
        card = tables.view(store.card(spec.id, 0))
        if card is not None and card.pieces_played:
            break
        patience.wait(0.05)
    os.kill(program.pid, signal.SIGKILL)
    program.wait()
    with_row = tables.view(store.card(spec.id, 0))
    assert with_row is not None
    assert with_row.progress == store.RUNNING
    later = with_row.created_at_ms + 10 * store.DEAD_AFTER_MS
    for shown in (tables.view(store.card(spec.id, later)), *tables.view(store.cards(later))):
        assert shown is not None
        assert (shown.progress, shown.pieces) == (store.STOPPED, 27)
    for _ in range(200):
        if not _guests_of(tmp_path):
            break
        patience.wait(0.05)
    assert _guests_of(tmp_path) == []
    gate.unlink()
    command[-1] = "local"
    again = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert f"going on with {spec.id}: " in again.stderr


def _guests_of(folder: Path) -> list[str]:
    """List processes that have the folder in their command, as a sandbox of its bots has."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            command = (entry / "cmdline").read_bytes()
        except OSError:
            continue
        if b"client.bot.guest" in command and str(folder).encode() in command:
            found.append(entry.name)
    return found
