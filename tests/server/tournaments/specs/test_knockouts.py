"""A knock-out is played round by round in pieces, and every match of it opens again."""

from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from game_rules.contests.knockout import knock_out
from game_rules.errors import InvalidInput
from server.engines import threads
from server.tournaments.run import Run
from server.tournaments.specs import knockouts, round_robin
from server.tournaments.specs.kinds import document_of, pieces_of
from server.tournaments.specs.matches import every_match, find_match
from server.tournaments.specs.pieces import Piece
from server.tournaments.specs.reading import read_spec
from server.tournaments.specs.spec import TournamentSpec
from tests.server.tournament_scenes import a_spec, own_bots, played

EIGHT = [
    "tit_for_tat", "win_stay_lose_shift", "random", "gradual",
    "grudger", "defector", "prober", "cooperator", "alternator",
]  # fmt: skip


def with_guests(folder: Path, **given: Any) -> TournamentSpec:
    path = own_bots(folder)
    entrants = [f"{path}:Breaks", "random", f"{path}:Kind", "tit_for_tat", "gradual"]
    usual = {"kind": "knockout", "turns": 6, "repetitions": 4, "seed": "7"}
    return read_spec({"entrants": entrants, **usual, **given}, takes_files=True)


def nothing(piece: Piece, packed: bytes) -> None:
    """Keep nothing."""


@pytest.mark.slow
@pytest.mark.parametrize("count", range(2, 10))
@pytest.mark.parametrize("game", ["prisoners_dilemma", "battle_of_the_sexes"])
def test_pieces_give_the_bracket_of_the_rules(
    count: int, game: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(knockouts, "CHUNK_TURNS", {"python": 100})
    spec = a_spec(
        kind="knockout", entrants=EIGHT[:count], game=game, turns=9, repetitions=3, noise=0.1
    )
    assert len(pieces_of(spec)) > (count > 3), "rounds, and parts of rounds"
    rounds = played(spec)["rounds"]
    assert rounds == [[asdict(tie) for tie in ties] for ties in knock_out(spec.contest).rounds]


@pytest.mark.slow(measured=True)
@pytest.mark.parametrize("game", ["prisoners_dilemma", "battle_of_the_sexes"])
def test_guests_play_in_parts_by_time_on_any_engine(
    game: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spec = with_guests(tmp_path, game=game)
    whole = played(spec, threads(1))
    monkeypatch.setattr(round_robin, "PIECE_S", 0)
    run, shown = Run(spec), []
    run.play(threads(2), lambda piece, packed: shown.append(run.size_played))
    assert len(run.pieces) > len(pieces_of(spec)) == 4
    assert (shown[-1], run.size) == (run.size, knockouts.match_count(spec))
    assert document_of(spec, run.results) == whole
    (fault,) = whole["faults"]
    assert (fault["strategy"], fault["turn"]) == ("bots.py:Breaks", 3)


@pytest.mark.slow(measured=True)
def test_what_was_played_before_a_stop_is_not_played_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(round_robin, "PIECE_S", 0)
    spec = with_guests(tmp_path)
    straight = played(spec, threads(1))
    for stops_at in (2, 10):
        first, again = Run(spec), set[int]()

        def stop(piece: Piece, packed: bytes, at: int = stops_at, run: Run = first) -> None:
            if run.size_played >= at:
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            first.play(threads(2), stop)
        rest = Run(spec, dict(first.played))
        assert rest.size_played == first.size_played >= stops_at

        def see(piece: Piece, packed: bytes, seen: set[int] = again) -> None:
            seen.update(range(piece.first, piece.last))

        rest.play(threads(2), see)
        assert len(again) == rest.size - first.size_played
        assert document_of(spec, rest.results) == straight


def test_every_match_opens_again_and_counted(tmp_path: Path) -> None:
    spec = with_guests(tmp_path)
    run = Run(spec)
    run.play(threads(1), nothing)
    listed = every_match(spec, run.results)
    assert len(listed) == knockouts.match_count(spec) == 16
    kept = dict(sorted(run.played.items()))

    def piece_with(match: int) -> tuple[int, bytes]:
        number = max(n for n in kept if n <= match)
        return number, kept[number]

    ties = [tie for ties in document_of(spec, run.results)["rounds"] for tie in ties]
    for tie in (tie for tie in ties if tie["second"] is not None):
        pair = tie["first"], tie["second"]
        points = [0.0, 0.0]
        for repetition in range(4):
            shown = find_match(spec, *pair, repetition, kept=piece_with)
            turned = find_match(spec, *pair[::-1], repetition, kept=piece_with)
            assert (turned.actions, turned.places) == (shown.actions[::-1], pair[::-1])
            points = [sum(both) for both in zip(points, shown.scores, strict=True)]
            names = [spec.entrants[place] for place in pair]
            row = {"a": names[0], "b": names[1], "repetition": repetition}
            (found,) = [each for each in listed if row.items() <= each.items()]
            assert (found["actions_a"], found["actions_b"]) == shown.actions
        assert [point / 24 for point in points] == pytest.approx(
            [tie["points_first"], tie["points_second"]]
        )
    faults = find_match(spec, 0, 3, kept=piece_with).faults
    assert faults == ("bots.py:Breaks, turn 3: RuntimeError: lost my way (line 17 of bots.py)",)


def test_those_who_did_not_meet_have_no_match_to_show() -> None:
    spec = a_spec(kind="knockout", entrants=["defector", "grudger", "cooperator", "cooperator"])
    run = Run(spec)
    run.play(threads(1), nothing)
    last = max(run.played)
    kept = lambda match: (0, run.played[0]) if match < last else (last, run.played[last])  # noqa: E731
    assert find_match(spec, 1, 0, kept=kept).scores[1] > 200
    for pair in ((2, 3), (0, 2)):
        with pytest.raises(InvalidInput, match="did not meet; in a knock-out only winners advance"):
            find_match(spec, *pair, kept=kept)
    with pytest.raises(InvalidInput, match="defector did not meet itself"):
        find_match(spec, 0, 0, kept=kept)
    with pytest.raises(InvalidInput, match="this match was not kept; run the tournament again"):
        find_match(spec, 0, 1)
