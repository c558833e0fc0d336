"""What comes out of each kind of tournament, held to the literature's numbers and to itself."""

from typing import Any

import numpy as np
import pytest

from game_rules.contests.chunks import split
from game_rules.contests.contest import round_robin
from game_rules.contests.results import play
from game_rules.contests.standings import standings
from game_rules.errors import InvalidInput
from server.tournaments.run import Run
from server.tournaments.specs import expectations
from server.tournaments.specs.kinds import SerialisedSpec, document_of, pieces_of, play_piece
from server.tournaments.specs.reading import read_spec
from tests.server.tournament_scenes import ENTRANTS, a_spec, in_pieces, played

TABLES = ["tit_for_tat", "win_stay_lose_shift", "defector"]


def test_a_round_robin_is_that_of_the_rules() -> None:
    spec = a_spec(turns=40, noise=0.1, repetitions=5)
    document = played(spec)
    settings = {"turns": 40, "noise": 0.1, "repetitions": 5, "seed": "7"}
    results = play(round_robin(spec.contest.game, ENTRANTS, **settings))
    assert document["payoff_matrix"] == results.payoff_matrix.tolist()
    ranked = standings(results)
    assert [row["strategy"] for row in document["standings"]] == [s.strategy for s in ranked]
    assert [row["score"] for row in document["standings"]] == [s.score for s in ranked]
    assert document["wins_matrix"] == results.wins.tolist()


def test_a_document_names_what_was_played_and_by_which_rules() -> None:
    spec = a_spec(turns=3)
    document = played(spec)
    assert document["id"] == spec.id
    assert document["entrants"] == ENTRANTS
    assert (document["seed"], document["turns"], document["rules_version"]) == ("7", 3, 2)
    assert (document["kind"], document["game_name"]) == ("round_robin", "prisoners_dilemma")


def test_the_diagonal_is_self_play_and_empty_without_it() -> None:
    given = {"entrants": ["defector", "cooperator"], "turns": 10}
    assert played(read_spec(given))["payoff_matrix"] == [[1, 5], [0, 3]]
    without = played(read_spec({**given, "self_play": False}))
    assert without["payoff_matrix"] == [[None, 5], [0, None]]
    assert without["finalists"] is None


def test_equal_entrants_are_not_told_apart_and_are_named() -> None:
    document = played(read_spec({"entrants": ["grudger", "grudger", "defector"], "turns": 9}))
    by_place = {row["place"]: row for row in document["standings"]}
    assert (by_place[0]["tied_with"], by_place[0]["tied_places"]) == (["grudger"], [1])
    assert by_place[2]["tied_with"] == []
    assert by_place[0]["rank"] == by_place[1]["rank"] == 1


def test_both_sides_of_an_asymmetric_game_are_played() -> None:
    given = {"entrants": ["cooperator", "defector"], "payoffs": "3,30 0,50; 5,0 1,10"}
    document = played(read_spec({**given, "turns": 4}))
    assert document["payoff_matrix"] == [[16.5, 0], [27.5, 5.5]]
    assert document["game"]["column"] == {"T": 50.0, "R": 30.0, "P": 10.0, "S": 0.0}


def test_quartiles_spread_over_repetitions() -> None:
    document = played(a_spec(turns=20, noise=0.2, repetitions=30))
    for row, spread in zip(
        sorted(document["standings"], key=lambda row: row["place"]),
        document["quartiles"],
        strict=True,
    ):
        assert spread == sorted(spread)
        assert spread[0] <= row["score"] <= spread[4]


def test_the_best_of_all_grow_among_themselves() -> None:
    finalists = played(read_spec({"entrants": TABLES, "turns": 50}))["finalists"]
    assert finalists["generations"][0] == 0
    assert finalists["shares"][0] == pytest.approx([1 / 3] * 3)
    assert all(sum(row) == pytest.approx(1, abs=1e-5) for row in finalists["shares"])
    defector = finalists["places"].index(2)
    assert finalists["shares"][-1][defector] < 0.01


def test_finalists_with_losses_are_shifted_not_refused() -> None:
    given = {"entrants": TABLES, "game": "chicken", "turns": 20}
    shares = np.array(played(read_spec(given))["finalists"]["shares"])
    assert (shares >= 0).all()


@pytest.mark.parametrize(
    ("entrant", "expected"), [("tit_for_tat", 232.934), ("win_stay_lose_shift", 277.821)]
)
def test_expected_points_are_those_of_the_literature(entrant: str, expected: float) -> None:
    given = {"entrants": [entrant], "exact": True, "noise": 0.05, "turns": 100}
    spec = read_spec(given)
    document = played(spec)
    assert document["score_matrix"][0][0] == pytest.approx(expected, abs=5e-4)
    assert document["payoff_matrix"][0][0] == pytest.approx(expected / 100, abs=5e-6)
    run = Run(spec)
    run.played = {piece.number: play_piece(SerialisedSpec.of(spec), piece) for piece in run.pieces}
    (met,) = expectations.expected_matches(spec, run.results)
    assert (met["score_a"], met["score_b"]) == pytest.approx((expected, expected), abs=5e-4)
    assert (met["a"], met["actions_a"]) == (entrant, None)


def test_expectations_do_not_depend_on_how_they_are_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    spec = read_spec({"entrants": [*TABLES, "random"], "exact": True, "noise": 0.05})
    whole = played(spec)
    monkeypatch.setattr(expectations, "PIECE_STEPS", 500)
    assert len(pieces_of(spec)) > 5
    assert played(spec) == whole


def test_sampling_comes_near_what_is_expected() -> None:
    given: dict[str, Any] = {"entrants": TABLES, "noise": 0.05, "turns": 30, "seed": "7"}
    expected = played(read_spec({**given, "exact": True}))
    sampled = played(read_spec({**given, "repetitions": 400}))
    for row in expected["standings"]:
        (same,) = [s for s in sampled["standings"] if s["place"] == row["place"]]
        low, high = same["ci95"]
        margin = high - low
        assert low - margin < row["score"] < high + margin


def test_who_wins_a_knock_out_won_every_tie() -> None:
    entrants = ["tit_for_tat", "random", "defector", "grudger", "cooperator"]
    document = played(read_spec({"entrants": entrants, "kind": "knockout", "seed": "7"}))
    winner = document["standings"][0]
    (final,) = document["rounds"][-1]
    assert final["winner"] == winner["place"]
    assert [len(ties) for ties in document["rounds"]] == [4, 2, 1]
    assert winner["rank"] == 1


def test_a_league_seats_everybody_everywhere(monkeypatch: pytest.MonkeyPatch) -> None:
    spec = a_spec(game="south_china_sea", entrants=TABLES, repetitions=2)
    document = played(spec)
    assert document["match_count"] == 6
    assert {row["matches"] for row in document["standings"]} == {2 * len(document["seats"])}
    assert [row["rank"] for row in document["standings"]] == [1, 2, 3]
    monkeypatch.setattr("server.tournaments.specs.leagues.PIECE_ROUNDS", 1)
    assert len(pieces_of(spec)) == 6
    assert played(spec) == document


@pytest.mark.parametrize(
    "given",
    [
        {"kind": "ecological", "generations": 20},
        {"kind": "moran", "size": 12, "generations": 50, "runs": 20},
        {"kind": "moran", "size": "4x5", "graph": "lattice", "update": "death_birth"},
        {"kind": "moran", "mutation": 0.1, "selection": 0.5, "generations": 5},
        {"kind": "spatial", "size": "10x10", "generations": 8},
        {"kind": "spatial", "size": 30, "graph": "ring", "imitate": "chance", "generations": 8},
        {"kind": "ecological", "exact": False, "noise": 0.05, "repetitions": 3},
    ],
)
def test_a_population_is_whole_at_every_moment(given: dict[str, Any]) -> None:
    spec = read_spec({"entrants": TABLES, "turns": 20, "seed": "7", **given})
    document = played(spec)
    population = document["population"]
    shares = np.array(population["shares"])
    assert shares.shape == (len(population["generations"]), 3)
    assert shares.sum(axis=1) == pytest.approx(np.ones(len(shares)), abs=1e-4)
    assert shares[0] == pytest.approx([1 / 3] * 3, abs=0.05)
    assert population["generations"][-1] == spec.options["generations"]
    assert played(spec) == document
    if "runs" in given:
        assert sum(population["fixation"]) == pytest.approx(1)
    if given.get("size") == "10x10":
        assert [len(grid) for grid in population["grids"]] == [100, 100]


def test_a_long_path_is_thinned_and_keeps_both_ends() -> None:
    spec = read_spec({"entrants": TABLES, "kind": "ecological", "generations": 5_000})
    generations = played(spec)["population"]["generations"]
    assert len(generations) <= 402
    assert (generations[0], generations[-1]) == (0, 5_000)


def test_what_no_memory_holds_is_refused() -> None:
    given = {"entrants": TABLES, "kind": "spatial", "size": "900x900", "generations": 500}
    with pytest.raises(InvalidInput, match="figures: give fewer generations"):
        played(read_spec(given))


def test_bred_machines_do_no_worse_from_one_generation_to_the_next() -> None:
    given = {"entrants": ["tit_for_tat", "alternator"], "kind": "evolve", "turns": 20, "seed": "7"}
    document = played(read_spec({**given, "generations": 8, "population": 12, "survivors": 4}))
    best = [point["best"] for point in document["path"]]
    assert len(best) == 9
    assert best == sorted(best)
    assert document["best"]["states"][0]["action"] in "CD"
    assert all(len(state["after"]) == 4 for state in document["best"]["states"])


def test_pieces_cover_every_match_once(monkeypatch: pytest.MonkeyPatch) -> None:
    in_pieces(monkeypatch)
    spec = a_spec(turns=100, repetitions=30)
    pieces = pieces_of(spec)
    assert len(pieces) == len(split(spec.contest)) > 10
    assert [p.first for p in pieces] == [0, *[p.last for p in pieces[:-1]]]
    assert pieces[-1].last == spec.contest.match_count
    assert sum(p.turns for p in pieces) == spec.contest.match_count * 100


def test_the_cut_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    spec = a_spec(turns=100, repetitions=30, noise=0.01)
    whole = played(spec)
    in_pieces(monkeypatch)
    assert played(spec) == whole


def test_pieces_are_put_together_in_their_order_not_in_that_of_arrival() -> None:
    spec = a_spec(turns=20)
    run = Run(spec)
    for piece in reversed(run.pieces):
        run.played[piece.number] = play_piece(SerialisedSpec.of(spec), piece)
    assert document_of(spec, run.results) == played(spec)
