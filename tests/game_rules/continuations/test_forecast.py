"""Forecasts: the same figures in any order, from whatever match, and chances that add up."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from game_rules.bots.bot_match import play_bot_match
from game_rules.continuations.forecast import (
    CRISIS,
    Outset,
    outcomes_of,
    outset_in,
    outset_of,
    runs_of,
)
from game_rules.continuations.going_on import AS_PLAYED
from game_rules.continuations.trunk import Trunk, trunk_of
from game_rules.errors import InvalidInput, UnknownStrategy
from game_rules.roles import Seat
from game_rules.scenario_files.scenarios import load_scenario
from game_rules.standing.integration import Outlook

SEA = load_scenario("south_china_sea")
USA = Seat("USA")


@pytest.fixture(scope="module")
def trunk() -> Trunk:
    return trunk_of(play_bot_match(SEA, dict.fromkeys(SEA.seats, "liberal"), "7"))


@pytest.fixture(scope="module")
def outset(trunk: Trunk) -> Outset:
    return outset_of(trunk, 4, {}, has_talk=False)


@pytest.mark.slow
def test_the_figures_are_the_same_in_whatever_pieces_they_are_played(outset: Outset) -> None:
    whole = runs_of(outset, "7", 1, 6)
    with ThreadPoolExecutor(2) as executor:
        ends = [executor.submit(runs_of, outset, "7", x, x + 1) for x in (5, 3, 1)]
        pieces = [future.result() for future in reversed(ends)]
    assert tuple(run for piece in pieces for run in piece) == whole
    assert runs_of(outset, "8", 1, 6) != whole


@pytest.mark.slow
def test_chances_add_up_and_quantiles_are_in_order(outset: Outset) -> None:
    runs = runs_of(outset, "7", 1, 6)
    outcomes = outcomes_of(outset, runs)
    assert sum(outcomes.chances[x].share for x in Outlook) == pytest.approx(1)
    assert outcomes.chances[CRISIS].share == sum(run.has_crisis for run in runs) / 6
    for chance in outcomes.chances.values():
        assert 0 <= chance.low <= chance.share <= chance.high <= 1
    assert [fan.round for fan in outcomes.fans] == [*range(4, 4 + len(outcomes.fans))]
    assert outcomes.fans[0].runs == 6
    for fan in outcomes.fans:
        assert [*fan.quantiles] == sorted(fan.quantiles)


def test_nobody_is_forecast_from_no_run(outset: Outset) -> None:
    with pytest.raises(InvalidInput, match="no run to put together"):
        outcomes_of(outset, ())


def test_seats_that_go_on_as_they_played_do_so(trunk: Trunk) -> None:
    """Where all do, and all is seen, luck is only when the match ends."""
    clear = replace(SEA, monitoring=1.0, continuation=1.0, rounds=3)
    log = play_bot_match(clear, dict.fromkeys(SEA.seats, "defector"), "7")
    plain = trunk_of(log)
    outset = outset_of(plain, 2, dict.fromkeys(SEA.seats, AS_PLAYED))
    indices = [x.standing.integration for x in plain.last.history[1:]]
    expected = tuple(each.index for each in indices if each is not None)
    assert [run.indices for run in runs_of(outset, "x", 1, 2)] == [expected, expected]


def test_a_scenario_is_forecast_with_doctrines_that_each_run_draws() -> None:
    outset = outset_in(load_scenario("chicken"), {Seat("ROW"): "defector"})
    runs = runs_of(outset, "7", 1, 4)
    assert len({run.indices for run in runs}) > 1
    assert outcomes_of(outset, runs).fans[0].round == 1


@pytest.mark.parametrize("seat", ["XXX"])
def test_a_seat_that_is_not_there_is_refused(trunk: Trunk, seat: str) -> None:
    with pytest.raises(InvalidInput, match="XXX is no seat here; choose among CHN"):
        outset_of(trunk, 4, {Seat(seat): "realist"})


def test_a_strategy_that_is_not_there_is_refused_before_the_runs(trunk: Trunk) -> None:
    with pytest.raises(UnknownStrategy):
        outset_of(trunk, 4, {USA: "no_such_bot"})


def test_nobody_goes_on_as_played_before_anybody_has_played() -> None:
    with pytest.raises(InvalidInput, match="nobody has played yet"):
        outset_in(SEA, {USA: AS_PLAYED})
