"""The mean over other luck: exact where there is no luck, the same in whatever pieces."""

from dataclasses import replace
from statistics import mean, stdev

import pytest

from game_rules.bots.bot_match import play_bot_match
from game_rules.continuations.averages import average_of, averaged, brought_in, estimate
from game_rules.continuations.choices import choices_of, judged, moments
from game_rules.continuations.trunk import Trunk, trunk_of
from game_rules.errors import InvalidInput
from game_rules.roles import Seat
from game_rules.scenario_files.scenarios import load_scenario

CHICKEN = replace(load_scenario("chicken"), rounds=3, continuation=1.0, least_rounds=0)


def a_trunk(*bots: str) -> Trunk:
    cast = dict(zip(CHICKEN.seats, bots, strict=True))
    return trunk_of(play_bot_match(CHICKEN, cast, "7"))


def test_without_luck_the_mean_is_what_it_was_as_it_fell() -> None:
    trunk = a_trunk("defector", "tit_for_tat")
    for moment in moments(judged(trunk)):
        found = averaged(trunk, moment.choice, 3)
        worth = moment.at_once + moment.later
        for each, value in ((found.points, worth), (found.index, moment.index)):
            assert (each.mean, each.low, each.high) == pytest.approx((value,) * 3)
        assert found.trust.mean == pytest.approx(moment.trust)


def test_with_luck_runs_differ_and_pieces_make_the_whole() -> None:
    trunk = a_trunk("random", "random")
    choice = next(choices_of(trunk))
    whole = brought_in(trunk, choice, 1, 6)
    assert brought_in(trunk, choice, 1, 3) + brought_in(trunk, choice, 4, 6) == whole
    worths = [each.at_once + each.later for each in whole]
    found = average_of(whole)
    assert found.runs == 6
    assert found.points.mean == pytest.approx(mean(worths))
    half = 1.96 * stdev(worths) / 6**0.5
    assert found.points.high - found.points.mean == pytest.approx(half, rel=1e-4)
    assert {each.at_once for each in whole} == {whole[0].at_once}
    later = brought_in(a_trunk("random", "tit_for_tat"), choice, 1, 8)
    assert len({each.later for each in later}) > 1


def test_the_order_that_resolves_the_round_is_weighed_too() -> None:
    trunk = a_trunk("random", "random")
    *_, last = choices_of(trunk)
    assert last.seat == Seat("COLUMN")
    paid = {each.choice: each.at_once for each in judged(trunk)}[last]
    found = brought_in(trunk, last, 1, 2)
    assert [(each.at_once, each.later) for each in found] == [(paid, 0.0)] * 2


def test_one_run_has_no_interval() -> None:
    with pytest.raises(InvalidInput, match="1 runs have no interval"):
        averaged(a_trunk("random", "random"), next(choices_of(a_trunk("random", "random"))), 1)


def test_an_interval_gets_narrower_by_the_root_of_its_runs() -> None:
    few, many = estimate([0.0, 1.0] * 8), estimate([0.0, 1.0] * 800)
    assert (few.high - few.low) / (many.high - many.low) == pytest.approx(10, rel=0.05)
