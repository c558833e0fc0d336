"""The advisor tells what people did where that is known, and why not elsewhere."""

from dataclasses import replace
from fractions import Fraction

import pytest

from game_rules.advice.advice_json import people_json
from game_rules.advice.patterns import advise_on
from game_rules.advice.people import NoPeople, PeopleDid, people_in
from game_rules.games.corners import Corners, GameClass, game_class
from game_rules.games.laboratory import first_cooperation
from game_rules.games.payoff_text import parse_exact_payoffs
from game_rules.games.stage_games import LIBRARY, Bimatrix, Terms, collective, symmetric
from game_rules.scenario_files.scenarios import shipped_scenario
from tests.game_rules.scenes import Table

DILEMMA = symmetric(50, 40, 25, 12)


def told(game, continuation: float | None = 0.75, noise: float = 0.0) -> PeopleDid:
    found = people_in(game, continuation, noise)
    assert isinstance(found, PeopleDid), found
    return found


def test_a_symmetric_dilemma_is_told_of_with_its_risk():
    found = told(DILEMMA)
    assert found.first == first_cooperation(DILEMMA.row, 0.75)
    assert (found.basin, found.risk_discount) == pytest.approx((0.2708, 0.6053), abs=5e-5)
    assert told(DILEMMA, noise=0.125).first.share < found.first.share
    assert told(DILEMMA, 0.5).first.share < found.first.share


@pytest.mark.parametrize(
    ("game", "continuation", "reason"),
    [
        (DILEMMA, 1.0, NoPeople.KNOWN_LENGTH),
        (DILEMMA, None, NoPeople.NO_CONTINUATION),
        (LIBRARY["chicken"], 0.75, NoPeople.NOT_A_DILEMMA),
        (symmetric(5, 3, 0, 0), 0.75, NoPeople.NOT_A_DILEMMA),
        (Bimatrix(Corners(5, 3, 1, 0), Corners(5, 3, 1, -1)), 0.75, NoPeople.NOT_SYMMETRIC),
        (Bimatrix(Corners(5, 3, 1, 0), Corners(3, 4, 2, 0)), 0.75, NoPeople.NOT_A_DILEMMA),
        (collective((1, 1, 1), Terms(b=2, c=1, e=1, g=1, d=0, sigma=0)), 0.75, NoPeople.NOT_A_PAIR),
    ],
)
def test_elsewhere_there_is_a_reason(game, continuation, reason):
    assert people_in(game, continuation) is reason
    assert people_json(reason) == {"people": None, "people_reason": reason}


@pytest.mark.parametrize("name", LIBRARY)
def test_of_the_games_of_the_library_only_the_dilemma_is_told_of(name):
    is_dilemma = game_class(LIBRARY[name], 0) is GameClass.PRISONERS_DILEMMA
    assert isinstance(people_in(LIBRARY[name], 0.9), PeopleDid) == is_dilemma


def test_fractions_and_the_trace_of_a_float_make_no_difference():
    exact = parse_exact_payoffs("1/3,1/3 0,1/2; 1/2,0 1/6,1/6")
    rounded = Bimatrix(Corners(0.5, 1 / 3, 1 / 6, 0), Corners(0.5, 1 / 3, 0.5 - 1 / 3, 0))
    assert told(exact) == told(symmetric(0.5, 1 / 3, 1 / 6, 0))
    assert told(rounded).basin == pytest.approx(told(exact).basin)
    assert told(exact).risk_discount == pytest.approx(float(Fraction(2, 3)))
    document = people_json(told(exact))["people"]
    assert document is not None
    assert all(isinstance(figure, float) for figure in document.values())


def test_a_seat_is_told_at_the_continuation_of_its_match():
    for continuation, rounds in ((0.8, 20), (1.0, 10)):
        scenario = replace(
            shipped_scenario("prisoners_dilemma"), rounds=rounds, continuation=continuation
        )
        seat = scenario.seats[0]
        position = Table(scenario).start().position
        (advised,) = advise_on(position, seat)
        assert advised.people == people_in(scenario.arenas[0].game, continuation)
        assert isinstance(advised.people, PeopleDid) == (continuation < 1)
