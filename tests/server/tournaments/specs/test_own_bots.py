"""Bots out of their authors' files: they play like any other, forfeit when they raise, and are
known again by their text."""

from pathlib import Path

import pytest

from game_rules.errors import InvalidInput
from server.engines import threads
from server.tournaments.run import Run
from server.tournaments.specs import round_robin
from server.tournaments.specs.kinds import SerialisedSpec, document_of, pieces_of
from server.tournaments.specs.matches import every_match
from server.tournaments.specs.own_bots import enter, find_again
from server.tournaments.specs.reading import read_spec
from server.tournaments.specs.spec import TournamentSpec, spec_of
from tests.server.tournament_scenes import own_bots, played


def spec_with(folder: Path, *bots: str, **given: object) -> TournamentSpec:
    path = own_bots(folder)
    entrants = [*(f"{path}:{bot}" for bot in bots), "tit_for_tat"]
    return read_spec({"entrants": entrants, "turns": 6, **given}, takes_files=True)


def test_a_bot_of_ones_own_plays_like_any_other(tmp_path: Path) -> None:
    document = played(spec_with(tmp_path, "Kind"))
    assert document["entrants"] == ["bots.py:Kind", "tit_for_tat"]
    assert document["payoff_matrix"] == [[3, 3], [3, 3]]
    assert document["faults"] == []


def test_a_bot_that_raises_defects_from_there_and_ends_nothing(tmp_path: Path) -> None:
    spec = spec_with(tmp_path, "Breaks", "Kind", repetitions=2)
    run = Run(spec)
    run.play(threads(2), lambda piece, packed: None)
    document = document_of(spec, run.results)
    told = "RuntimeError: lost my way (line 17 of bots.py)"
    (first, *_) = [m for m in every_match(spec, run.results) if m["b"] == "tit_for_tat"]
    assert (first["actions_a"], first["actions_b"]) == ("CCDDDD", "CCCDDD")
    assert document["faults"][0]["problem"] == told
    (fault,) = document["faults"]
    assert (fault["strategy"], fault["turn"]) == ("bots.py:Breaks", 3)
    assert fault["matches"] == 2 * 4, "twice against each of three; against itself on both sides"
    assert len(document["standings"]) == 3


def test_its_file_need_not_be_where_it_plays(tmp_path: Path) -> None:
    spec = spec_with(tmp_path, "Kind")
    serialised = SerialisedSpec.of(spec)
    Path(spec.own[0].path).unlink()
    run = Run(spec)
    run._serialised = serialised
    run.play(threads(1), lambda piece, packed: None)
    results = round_robin.results_of(spec, run.results)
    assert (results.counts[:, 0].tolist(), results.faults) == ([6] * 30, ())


def test_a_stored_bot_is_known_again_by_its_text(tmp_path: Path) -> None:
    spec = spec_with(tmp_path, "Kind")
    assert spec_of(spec.description) == spec
    path = Path(spec.own[0].path)
    path.write_text(path.read_text() + "\n# changed\n")
    with pytest.raises(InvalidInput, match=r"bots.py:Kind has changed since; put the old file"):
        spec_of(spec.description)
    path.unlink()
    with pytest.raises(InvalidInput, match="its file cannot be read; put it back"):
        find_again(spec.own[0].description())


def test_a_changed_bot_is_another_tournament_and_a_moved_one_is_not(tmp_path: Path) -> None:
    for name in ("here", "there", "changed"):
        (tmp_path / name).mkdir()
    here, there, changed = (spec_with(tmp_path / n, "Kind") for n in ("here", "there", "changed"))
    assert here.id == there.id
    path = Path(changed.own[0].path)
    path.write_text(path.read_text().replace("return C", "return D"))
    given = {"entrants": [f"{path}:Kind", "tit_for_tat"], "turns": 6}
    assert read_spec(given, takes_files=True).id != here.id


def test_a_file_with_one_bot_needs_no_class(tmp_path: Path) -> None:
    path = tmp_path / "one.py"
    path.write_text(
        "from client.bot import Bot, C\nclass One(Bot):\n    def choose(self, v): return C"
    )
    assert enter(str(path)).name == "one.py:One"


def test_strangers_play_in_short_pieces(tmp_path: Path) -> None:
    spec = spec_with(tmp_path, "Kind", repetitions=5_000)
    assert max(piece.turns for piece in pieces_of(spec)[:-1]) <= round_robin.GUEST_TURNS
    assert pieces_of(spec)[-1].turns == 5_000 * 6, "two of the house play in one"
