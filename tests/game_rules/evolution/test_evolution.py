"""Evolutionary search: it gets better, the same way every time."""

from dataclasses import replace
from itertools import islice
from typing import Any

import pytest

from game_rules.contests.results import play
from game_rules.contests.standings import standings
from game_rules.errors import InvalidInput
from game_rules.evolution.evolution import Search, bred, breed
from tests.game_rules.contests.fakes import DILEMMA, LOPSIDED, contest

SMALL: Any = {"states": 3, "population": 12, "survivors": 4}


def test_the_best_of_a_generation_is_never_worse_than_of_the_last():
    names = ("tit_for_tat", "bully", "prober", "hard_prober", "handshake", "grudger", "cycler_ccd")
    search = Search(contest(*names, turns=30), 6, 12, 4)
    best = [generation.scores[0] for generation in islice(breed(search), 20)]
    assert best == sorted(best)
    assert best[-1] > best[0]


def test_search_finds_the_best_reply_to_one_who_does_not_answer():
    search = Search(contest("cooperator", turns=20), **SMALL)
    *_, last = islice(breed(search), 15)
    assert last.scores[0] == pytest.approx(5)


def test_scores_are_those_of_a_contest():
    search = Search(contest("tit_for_tat", turns=25, noise=0.02), **SMALL)
    generation = next(breed(search))
    entrants = (bred(generation.machines[0], "bred"), *search.contest.entrants)
    played = type(search.contest)(DILEMMA, entrants, turns=25, noise=0.02, repetitions=3000)
    row = play(played).payoff_matrix[0, 1]
    assert row == pytest.approx(generation.scores[0], abs=0.03)
    assert standings(play(replace(played, repetitions=1)))[0].strategy in ("bred", "tit_for_tat")


def test_the_same_seed_breeds_the_same_machines():
    def third(seed: str):
        search = Search(contest("tit_for_tat", turns=10, seed=seed), meets_its_own=True, **SMALL)
        return list(islice(breed(search), 3))[-1]

    assert third("1") == third("1")
    assert third("1") != third("2")


@pytest.mark.parametrize(
    ("settings", "problem"),
    [
        ({"states": 0}, "0 states"),
        ({"survivors": 40}, "40 survivors of 40"),
        ({"mutation": 1.5}, "mutation 1.5"),
        ({"contest": contest("gradual")}, "gradual is no table bot"),
        ({"contest": contest("tit_for_tat", game=LOPSIDED)}, "not the same for both"),
    ],
)
def test_what_cannot_be_bred_is_refused(settings, problem):
    with pytest.raises(InvalidInput, match=problem):
        replace(Search(contest("tit_for_tat")), **settings)
