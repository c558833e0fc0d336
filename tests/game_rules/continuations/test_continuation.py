"""An unchanged continuation is its trunk, to the last event; a changed one, up to its change.

CONTINUATIONS=1000 draws so many random matches in place of a few, as CONTRIBUTING says.
"""

import os
from collections.abc import Iterator
from dataclasses import replace

import pytest

from game_rules import RULES_VERSION
from game_rules.bots.bot_match import play_bot_match
from game_rules.chance import chance
from game_rules.continuations.changes import (
    AnswerChange,
    Counterfactual,
    MoveChange,
    NewsLeftOut,
    OrderChange,
    ProposalChange,
)
from game_rules.continuations.continuation import changed, continued, replayed
from game_rules.continuations.going_on import AS_PLAYED
from game_rules.continuations.trunk import Trunk, trunk_of
from game_rules.errors import InvalidInput
from game_rules.log.events import (
    ArenaResult,
    Event,
    InjectOpened,
    MoveMade,
    OrderSaved,
    OrderSource,
    ProposalAnswered,
    ProposalMade,
)
from game_rules.roles import Seat
from game_rules.scenario_files.scenarios import load_scenario, scenario_names
from tests.client.random_matches import random_log
from tests.game_rules.rulesets.second.wild import wild_match
from tests.quick import few_quick

MATCHES = int(os.environ.get("CONTINUATIONS", "0"))
NAMES = scenario_names()
ORDERS_CHANGED = ("south_china_sea", "korean_peninsula", "chicken")
EACH_CHANGED = 10
"""Matches of each of these of which the long form changes every order, and not six."""
CASTS = ("realist", "liberal", "constructivist", "hedger", "diplomat", "random", "grudger")


def a_trunk(name: str, seed: int, *, speak: bool = False) -> Trunk:
    """Play a scenario with bots drawn by a seed."""
    scenario = load_scenario(name)
    cast = {x: CASTS[int(chance(str(seed), "who", x) * len(CASTS))] for x in scenario.seats}
    return trunk_of(play_bot_match(scenario, cast, str(seed), speak=speak))


def matches_of(name: str, few: int) -> Iterator[int]:
    """Number the matches of a scenario that are drawn."""
    return iter(range(MATCHES // len(NAMES) + 1 if MATCHES else few))


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_bots_that_go_on_from_any_round_play_the_trunk(name: str) -> None:
    """Every bot plays by its own policy anew, with the same luck."""
    for seed in matches_of(name, 1):
        trunk = a_trunk(name, seed)
        rounds = range(1, trunk.rounds + 1)
        few = rounds if MATCHES else rounds[:: max(1, trunk.rounds // 3)]
        for number in few:
            again = continued(trunk, number)
            assert again.log == trunk.log, (name, seed, number)
            assert again.shared == len(trunk.log)
            assert again.position == trunk.last.but(pace=None)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(MATCHES // 10 or 1))
def test_bots_that_speak_say_the_same_again(seed: int) -> None:
    trunk = a_trunk("south_china_sea", seed, speak=True)
    assert trunk.has_words
    for number in range(1, trunk.rounds + 1):
        assert continued(trunk, number).log == trunk.log


@pytest.mark.slow(measured=True)
@pytest.mark.parametrize("seed", range(MATCHES or 12))
def test_whatever_happened_is_done_again_as_it_fell(seed: int) -> None:
    """People, absences, pauses, news and undone phases: everything that a log can hold."""
    trunk = trunk_of(random_log(seed, 80, RULES_VERSION))
    for place in range(0, len(trunk.acts) + 1, 1 if MATCHES else 7):
        assert replayed(trunk, place).log == trunk.log


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(MATCHES or 2))
def test_seats_that_go_on_as_they_played_play_the_trunk(seed: int) -> None:
    """Bots that stray from their own policies, and moves and pacts by chance."""
    trunk = trunk_of(wild_match(load_scenario("south_china_sea"), seed))
    as_played = dict.fromkeys(trunk.last.totals, AS_PLAYED)
    for number in range(1, trunk.rounds + 1):
        assert continued(trunk, number, as_played).log == trunk.log


def choices_in(trunk: Trunk) -> Iterator[tuple[int, Seat, ArenaResult]]:
    """List the orders of a match: the round, the seat and what was played in the arena."""
    for resolved in trunk.last.history:
        for result in resolved.results:
            for seat, source in result.sources.items():
                if source is OrderSource.ORDERED:
                    yield resolved.round, seat, result


def first_order(trunk: Trunk, number: int, seat: Seat) -> int:
    """Find the first order of a seat in a round."""

    def is_it(event: Event) -> bool:
        return isinstance(event, OrderSaved) and (event.round, event.seat) == (number, seat)

    return next(place for place, event in enumerate(trunk.log) if is_it(event))


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES if MATCHES else ORDERS_CHANGED)
def test_a_changed_order_changes_nothing_before_it(name: str) -> None:
    for seed in matches_of(name, 1):
        trunk = a_trunk(name, seed)
        drawn = [*choices_in(trunk)]
        is_each = MATCHES and name in ORDERS_CHANGED and seed < EACH_CHANGED
        for number, seat, result in drawn if is_each else drawn[:: max(1, len(drawn) // 6)]:
            played = result.actions[seat]
            change = OrderChange(number, seat, result.arena, played.other)
            other = changed(trunk, change)
            assert other.shared == first_order(trunk, number, seat)
            assert other.position.is_over
            resolved = other.position.history[number - 1]
            here = next(x for x in resolved.results if x.arena == result.arena)
            assert here.actions == {**result.actions, seat: played.other}
            same = changed(trunk, OrderChange(number, seat, result.arena, played))
            assert same.log == trunk.log


@pytest.mark.parametrize(
    "seed",
    few_quick(range(MATCHES) if MATCHES else (*range(25), 41, 102, 157, 305, 943), measured=True),
)
def test_the_orders_of_people_are_changed_too(seed: int) -> None:
    """Also where nobody ordered in time, and where the facilitator did or a phase was undone."""
    trunk = trunk_of(random_log(seed, 120, RULES_VERSION))
    for resolved in trunk.last.history:
        if trunk.before(trunk.start_of(resolved.round)).round != resolved.round:
            continue  # nobody was waited for: it was opened and resolved at once
        for result in resolved.results[:1]:
            for seat in result.actions:
                is_held = seat in trunk.before(trunk.resolution_of(resolved.round)).holders
                if result.sources[seat] is OrderSource.EXECUTED or not is_held:
                    continue
                action = result.actions[seat].other
                other = changed(trunk, OrderChange(resolved.round, seat, result.arena, action))
                again = other.position.history[resolved.round - 1]
                here = next(x for x in again.results if x.arena == result.arena)
                assert here.actions == {**result.actions, seat: action}
                start = trunk.acts[trunk.start_of(resolved.round)].place
                assert other.shared >= start


def left_out(event: Event) -> Counterfactual | None:
    """Leave out what an event tells of, or turn it down; None for what cannot be left out."""
    match event:
        case ProposalMade():
            return ProposalChange(event.round, event.number, None)
        case ProposalAnswered(accepts=True):
            return AnswerChange(event.round, event.seat, event.number, accepts=False)
        case MoveMade():
            return MoveChange(event.round, event.seat, None)
        case InjectOpened():
            return NewsLeftOut(event.round, event.inject.name)
    return None


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(MATCHES or 2))
def test_what_is_left_out_changes_nothing_before_it(seed: int) -> None:
    """A proposal, an answer, a move and an item of news: the first of each in a match."""
    trunk = trunk_of(wild_match(load_scenario("south_china_sea"), seed))
    first: dict[type[Event], tuple[int, Counterfactual]] = {}
    for place, event in enumerate(trunk.log):
        if (change := left_out(event)) is not None:
            first.setdefault(type(event), (place, change))
    assert first
    for kind, (place, change) in first.items():
        other = changed(trunk, change)
        assert other.shared == place, kind
        assert other.position.is_over


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(8))
def test_any_match_of_people_goes_on_to_its_end(seed: int) -> None:
    trunk = trunk_of(random_log(seed, 120, RULES_VERSION))
    for number in range(1, trunk.rounds + 1):
        other = continued(trunk, number, {trunk.first.scenario.seats[0]: "realist"})
        assert other.position.is_over
        assert other.shared >= trunk.acts[trunk.start_of(number)].place


def test_a_trunk_is_not_touched() -> None:
    trunk = a_trunk("chicken", 1)
    log, last = tuple(trunk.log), trunk.last
    other = continued(trunk, 1, {trunk.first.scenario.seats[0]: "defector"})
    assert other.log != trunk.log
    assert (trunk.log, trunk.last) == (log, last)


def test_older_rules_are_refused_in_one_line() -> None:
    log = play_bot_match(
        load_scenario("chicken"), {Seat("ROW"): "random", Seat("COLUMN"): "random"}, "7", version=1
    )
    with pytest.raises(InvalidInput) as refusal:
        trunk_of(log)
    assert str(refusal.value) == (
        "the match was played by rules 1; a continuation works with matches of rules 2"
    )


def test_a_round_that_was_not_played_is_refused_in_one_line() -> None:
    trunk = a_trunk("chicken", 1)
    with pytest.raises(InvalidInput) as refusal:
        continued(trunk, trunk.rounds + 1)
    assert (
        str(refusal.value) == f"round {trunk.rounds + 1} was not played; give 1 to {trunk.rounds}"
    )


def test_bots_say_the_same_again_in_a_match_of_one_round() -> None:
    scenario = replace(load_scenario("south_china_sea"), rounds=1, continuation=1.0, least_rounds=0)
    log = play_bot_match(scenario, dict.fromkeys(scenario.seats, "liberal"), "7", speak=True)
    trunk = trunk_of(log)
    assert trunk.has_words
    assert continued(trunk, 1).log == trunk.log
