"""What is remembered and done at once changes nothing: the slow way gives the same to the digit."""

import gc
from copy import deepcopy
from inspect import unwrap

import pytest

from game_rules.bots.bot_match import BotPlay, play_bot_match
from game_rules.bots.casts import DOCTRINES
from game_rules.continuations.continuation import continued
from game_rules.continuations.forecast import Outset, Rollout, outset_of, runs_of
from game_rules.continuations.trunk import Trunk, trunk_of
from game_rules.doctrines import doctrine, seat_view, weighing
from game_rules.lenses import lensed_games
from game_rules.log.position import Position
from game_rules.memory import MOST_KEPT, Remembering, summed
from game_rules.scenario.scenario import Scenario
from game_rules.scenario_files.scenarios import load_scenario, scenario_names
from tests.quick import few_quick

REGIONS = [name for name in scenario_names() if len(load_scenario(name).seats) > 2]


def a_trunk(scenario: Scenario) -> Trunk:
    seats = enumerate(scenario.seats)
    cast = {seat: DOCTRINES[place % len(DOCTRINES)] for place, seat in seats}
    return trunk_of(play_bot_match(scenario, cast, "7"))


def slowly(monkeypatch: pytest.MonkeyPatch) -> None:
    """Remember nothing, and let every bot order after the one before it."""
    for kind, name in ((Remembering, "memory"), (Position, "memory"), (Position, "weighed")):
        monkeypatch.setattr(kind, name, property(lambda _: {}))
    for module, each in (
        (doctrine, weighing.at_beliefs),
        (doctrine, weighing.loss_of_future),
        (seat_view, lensed_games.corners_seen),
        (weighing, lensed_games.corners_seen),
    ):
        monkeypatch.setattr(module, each.__name__, unwrap(each))
    monkeypatch.setattr(BotPlay, "_are_waited_for", lambda *_: False)


def some_runs(outset: Outset) -> tuple[Rollout, ...]:
    return runs_of(outset, "7", 1, 3)


def test_all_regions_are_there() -> None:
    assert len(REGIONS) >= 9


@pytest.mark.parametrize("name", few_quick(REGIONS))
def test_forecasts_are_the_same_where_nothing_is_remembered(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    trunk = a_trunk(load_scenario(name))
    outset = outset_of(trunk, trunk.rounds - 1, {}, has_talk=False)
    fast = some_runs(outset)
    assert some_runs(outset) == fast
    assert some_runs(deepcopy(outset)) == fast
    slowly(monkeypatch)
    slow = outset_of(a_trunk(load_scenario(name)), trunk.rounds - 1, {}, has_talk=False)
    assert some_runs(slow) == fast


@pytest.mark.slow
def test_matches_with_talk_are_the_same_where_nothing_is_remembered(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    scenario = load_scenario("taiwan_strait")
    trunk = a_trunk(scenario)
    slowly(monkeypatch)
    assert a_trunk(scenario).log == trunk.log
    assert continued(trunk, 2).log == trunk.log


def test_what_is_remembered_is_no_part_of_a_position() -> None:
    position = a_trunk(load_scenario("chicken")).before(5)
    position.memory["a"], position.weighed["b"] = 1, 2
    assert position.but(round=position.round).weighed["b"] == 2
    assert position.but(phase=None).weighed["b"] == 2
    assert position.but(effects=(1,)).weighed == {}
    assert position.but(phase=None).memory == {}
    again = deepcopy(position)
    assert again == position
    assert (again.memory, again.weighed) == ({}, {})


def test_a_forecast_leaves_nothing_to_the_collector() -> None:
    trunk = a_trunk(load_scenario("prisoners_dilemma"))
    outset = outset_of(trunk, trunk.rounds - 1, {})
    some_runs(outset)
    gc.collect()
    gc.disable()
    try:
        some_runs(outset)
        assert gc.collect() == 0
    finally:
        gc.enable()


def test_rows_are_added_up_once_each_and_anew_after_another_row() -> None:
    rows, added = [Remembering() for _ in range(3)], list[Remembering]()

    def one_more(count: int, row: Remembering) -> int:
        added.append(row)
        return count + 1

    def counted(some: list[Remembering]) -> int:
        return summed(some, "count", 0, one_more)

    assert (counted(rows[:2]), counted(rows), counted(rows)) == (2, 3, 3)
    assert len(added) == 3
    assert (counted(rows[1:]), counted(rows)) == (2, 3)
    assert len(added) == 7


def test_a_memory_begins_anew_before_it_grows_without_end() -> None:
    memory = Remembering().memory
    for number in range(MOST_KEPT + 1):
        memory[number] = number
    assert len(memory) == MOST_KEPT + 1
    memory["one more"] = True
    assert memory == {"one more": True}
