"""Scores of forecasts: as another package has them, and best for who is honest."""

import sys
from collections.abc import Callable
from importlib import import_module
from math import exp, inf, log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game_rules.continuations.scores import (
    brier,
    brier_of_seats,
    calibration,
    log_score,
    peer_scores,
    stated_by_seats,
)
from game_rules.errors import InvalidInput
from game_rules.games.stage_games import C, D
from game_rules.log.events import Phase
from game_rules.match import commands as c
from game_rules.roles import Actor, Role
from tests.game_rules.scenes import CHN, JPN, PHL, Table

chances = st.floats(0, 1)
inner = st.floats(0.001, 0.999)


@pytest.fixture(scope="module")
def their_brier() -> Callable[[float, float], float]:
    """The score of scoringrules, which compiles for seconds at its import where it finds numba."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(sys.modules, "numba", None)
        return import_module("scoringrules").brier_score


@given(chances, st.booleans())
def test_the_brier_score_is_that_of_scoringrules(
    their_brier: Callable[[float, float], float], probability: float, happened: bool
) -> None:
    theirs = their_brier(float(happened), probability)
    assert brier(probability, happened) == pytest.approx(float(theirs), abs=1e-9)


@given(inner, st.booleans())
def test_the_log_score_is_its_closed_form(probability: float, happened: bool) -> None:
    told = probability if happened else 1 - probability
    assert exp(log_score(probability, happened)) == pytest.approx(told, abs=1e-9)


@given(st.lists(inner, min_size=2, max_size=9), st.booleans())
def test_peer_scores_are_their_closed_form_and_add_up_to_0(
    probabilities: list[float], happened: bool
) -> None:
    found = peer_scores(probabilities, happened)
    told = [p if happened else 1 - p for p in probabilities]
    for place, own in enumerate(told):
        others = told[:place] + told[place + 1 :]
        product = 1.0
        for other in others:
            product *= other ** (1 / len(others))
        assert found[place] == pytest.approx(100 * log(own / product), abs=1e-6)
    assert sum(found) == pytest.approx(0, abs=1e-6)


@given(inner, inner, st.lists(inner, min_size=1, max_size=4))
def test_an_honest_report_expects_the_best_score(
    belief: float, said: float, others: list[float]
) -> None:
    def expected(score, told: float) -> float:
        return belief * score(told, True) + (1 - belief) * score(told, False)

    def peer(told: float, happened: bool) -> float:
        return peer_scores([told, *others], happened)[0]

    assert expected(brier, belief) <= expected(brier, said) + 1e-12
    assert expected(log_score, belief) >= expected(log_score, said) - 1e-12
    assert expected(peer, belief) >= expected(peer, said) - 1e-9


def test_what_was_impossible_and_happened_is_worst() -> None:
    assert log_score(0.0, True) == -inf
    with pytest.raises(InvalidInput, match="probability 0; state"):
        peer_scores([0.0, 0.5], True)
    with pytest.raises(InvalidInput, match="two or more"):
        peer_scores([0.5], True)
    with pytest.raises(InvalidInput, match="is no probability"):
        brier(1.5, True)


@given(st.lists(st.tuples(chances, st.booleans())))
def test_a_calibration_chart_leaves_nobody_out(stated: list[tuple[float, bool]]) -> None:
    parts = calibration(stated)
    assert sum(count for _, _, count in parts) == len(stated)
    hits = sum(share * count for _, share, count in parts)
    assert hits == pytest.approx(sum(happened for _, happened in stated))
    assert [mean for mean, _, _ in parts] == sorted(mean for mean, _, _ in parts)


def test_the_forecasts_of_seats_are_scored_and_their_plans_are_not() -> None:
    table = Table(pace=None).bots(CHN, JPN, PHL).start().skip_to(Phase.DECISION)
    for seat, seen in ((CHN, {CHN: D, JPN: C, PHL: C}), (PHL, {JPN: D})):
        table.do(c.SaveForecast(1, "forum", seen), Actor(Role.PLAYER, seat))
    table.order(CHN, strait="C", forum="C")
    table.order(JPN, strait="C", forum="C")
    table.order(PHL, forum="D")
    table.skip_to(Phase.DECISION, 2)
    table.do(c.SaveForecast(2, "forum", {JPN: C}), Actor(Role.PLAYER, CHN))
    found = [*stated_by_seats(table.position)]
    assert found == [(CHN, (1.0, True)), (CHN, (1.0, False)), (PHL, (0.0, True))]
    assert brier_of_seats(table.position) == {CHN: 0.5, PHL: 1.0}
