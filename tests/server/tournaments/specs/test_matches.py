"""Any match can be opened again, and says the same as it counted for."""

import numpy as np
import pytest

from game_rules.errors import InvalidInput
from server.engines import threads
from server.tournaments.run import Run
from server.tournaments.specs import matches, round_robin
from server.tournaments.specs.matches import every_match, find_match
from server.tournaments.specs.reading import read_spec
from tests.server.tournament_scenes import a_spec


def test_tit_for_tat_against_alternator_is_that_of_the_literature() -> None:
    spec = read_spec({"entrants": ["tit_for_tat", "alternator"], "turns": 5})
    shown = find_match(spec, 0, 1)
    assert (shown.actions, shown.scores) == (("CCDCD", "CDCDC"), (13, 13))
    assert shown.payoffs == ((3, 0, 5, 0, 5), (3, 5, 0, 5, 0))
    other_way = find_match(spec, 1, 0)
    assert (other_way.actions, other_way.places) == (("CDCDC", "CCDCD"), (1, 0))


def test_a_match_opened_again_is_the_one_that_counted() -> None:
    spec = a_spec(turns=30, noise=0.1, repetitions=4)
    run = Run(spec)
    run.play(threads(1), lambda piece, packed: None)
    payoffs = round_robin.results_of(spec, run.results).payoffs
    for a, b in np.ndindex(4, 4):
        for repetition in range(4):
            shown = find_match(spec, a, b, repetition)
            a_turn = [score / 30 for score in shown.scores]
            counted = payoffs[a, b, repetition]
            assert counted == pytest.approx(a_turn[0] if a != b else sum(a_turn) / 2)


def test_every_match_is_listed_once() -> None:
    spec = a_spec(turns=5, repetitions=2)
    listed = every_match(spec, ())
    assert len(listed) == spec.contest.match_count == 20
    for row in listed:
        a, b = (spec.entrants.index(row[side]) for side in "ab")
        shown = find_match(spec, a, b, row["repetition"])
        assert (row["actions_a"], row["actions_b"]) == shown.actions
        assert (row["score_a"], row["score_b"]) == shown.scores


@pytest.mark.parametrize("limit", ["MOST_LISTED", "MOST_LISTED_TURNS"])
def test_too_long_a_list_is_refused(monkeypatch: pytest.MonkeyPatch, limit: str) -> None:
    monkeypatch.setattr(matches, limit, 3)
    with pytest.raises(InvalidInput, match="leave --actions out"):
        every_match(a_spec(turns=5), ())


def test_matches_that_were_not_played_are_refused() -> None:
    spec = a_spec(self_play=False, repetitions=2)
    with pytest.raises(InvalidInput, match="repetition 2; they go from 0 to 1"):
        find_match(spec, 0, 1, 2)
    with pytest.raises(InvalidInput, match="did not meet"):
        find_match(spec, 1, 1)
    with pytest.raises(InvalidInput, match="200 turns; at most 100 are shown"):
        find_match(spec, 0, 1, 0, most_turns=100)
    with pytest.raises(InvalidInput, match="kind league has no matches"):
        find_match(a_spec(kind="league", game="chicken"), 0, 1)
