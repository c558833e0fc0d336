"""What a move would cost and change in rules 1."""

from dataclasses import replace
from typing import Any

import pytest

from game_rules.advice.move_offers import ClassChange, moves_open_to, offer_of
from game_rules.games.corners import GameClass
from game_rules.games.stage_games import LIBRARY, collective
from game_rules.log.position import Position
from game_rules.match import commands as c
from game_rules.moves.preview import Change, Changed
from game_rules.roles import Actor, Role, Seat
from game_rules.scenario.moves import Move, MoveKind, MoveRules
from game_rules.scenario.scenario import Scenario
from tests.game_rules.scenes import CHN, JPN, PHL, TERMS, Table, a_scenario, an_arena

TREATY = replace(an_arena("treaty", (JPN, PHL), collective((1, 1), TERMS)), exclusive=0.2)
TRADE = an_arena("trade", (CHN, JPN), collective((1, 1), TERMS))


def opened(scenario: Scenario) -> Position:
    """Begin a match of three bots, which is in the decision of round 1."""
    return Table(scenario, version=1).bots(CHN).start().position


def a_position(**changes: Any) -> Position:
    """Begin a match with two arenas more."""
    plain = a_scenario(**changes)
    return opened(replace(plain, arenas=(*plain.arenas, TREATY, TRADE)))


def offer(seat: Seat, kind: str, *about: Any, **changes: Any):
    """Ask what a move would do."""
    return offer_of(a_position(**changes), seat, Move(MoveKind(kind), *about))


def test_restraint_tells_the_temptation_and_the_class():
    told = offer(CHN, "restraint", "strait", moves=MoveRules(restraint_temptation=2.5))
    assert (told.cost, told.first_round, told.last_round) == (0.0, 2, 3)
    assert told.changes == (Change(Changed.TEMPTATION_OF_TWO, "strait", (CHN,), 5.0, 2.5),)
    pd, hunt = GameClass.PRISONERS_DILEMMA, GameClass.STAG_HUNT
    assert told.classes == (ClassChange("strait", CHN, pd, hunt),)
    (change,) = offer(PHL, "restraint", "forum").changes
    assert change == Change(Changed.TEMPTATION, "forum", (PHL,), 1.0, 0.0)


def test_restraint_under_restraint_starts_from_what_it_would_be_without():
    seconds = replace(a_scenario().seconds, briefing=0, reveal=0)
    table = Table(a_scenario(seconds=seconds), version=1)
    table.bots(CHN, JPN, PHL).start()
    asked = Move(MoveKind.RESTRAINT, "strait")
    table.do(c.MakeMove(1, asked), Actor(Role.PLAYER, CHN))
    for seat in (CHN, JPN, PHL):
        table.order(seat)
    assert table.position.arenas[0].game.corners(0).T == 4.0
    again = offer_of(table.position, CHN, asked)
    assert (again.changes[0].before, again.changes[0].after) == (5.0, 4.0)


def test_an_exercise_tells_the_benefit_of_each_and_the_tension():
    told = offer(JPN, "exercise", "treaty")
    assert told.cost == 0.5
    assert told.changes == (
        Change(Changed.BENEFIT, "treaty", (JPN,), 6.0, 7.0),
        Change(Changed.BENEFIT, "treaty", (PHL,), 6.0, 7.0),
        Change(Changed.TENSION, "treaty", (CHN, JPN), 0.3, 0.4),
    )
    assert Changed.TENSION not in [
        x.figure for x in offer(JPN, "exercise", "treaty", None, (CHN,)).changes
    ]


def test_in_fog_tension_is_not_known():
    position = a_position()
    hidden = position.but(standing=replace(position.standing, rivals=()))
    told = offer_of(hidden, JPN, Move(MoveKind.EXERCISE, "treaty"))
    assert told.changes[-1] == Change(Changed.TENSION, "treaty", (CHN, JPN), None, None)


def test_confidence_tells_the_monitoring():
    told = offer(PHL, "confidence", "forum", monitoring=0.8)
    assert told.changes == (Change(Changed.MONITORING, "forum", (), 0.8, 0.97),)


def test_joining_tells_the_weight_and_the_class():
    told = offer(PHL, "diversify", "trade")
    assert (told.cost, told.first_round, told.last_round, told.partners) == (2.0, 2, None, ())
    assert told.changes == (Change(Changed.WEIGHT, "trade", (PHL,), 0.0, 1 / 3),)
    assert ClassChange("trade", PHL, None, GameClass.WEAK_HARMONY) in told.classes


def test_founding_tells_who_has_to_want_it():
    told = offer(CHN, "diversify", "forum", None, (PHL,))
    assert told.partners == (PHL,)
    assert told.changes == (Change(Changed.WEIGHT, "founded_chn_phl", (CHN,), 0.0, 0.5),)
    assert [(x.arena, x.seat, x.before) for x in told.classes] == [
        ("founded_chn_phl", CHN, None),
        ("founded_chn_phl", PHL, None),
    ]


def test_a_link_tells_the_discount_that_cooperation_needs():
    """The library's dilemma alone needs 1/2; with three of its Stag Hunts 1/5; with one, 1/3."""
    hunt = an_arena("hunt", (CHN, JPN), LIBRARY["stag_hunt"])
    position = opened(a_scenario(arenas=(*a_scenario().arenas, hunt)))
    told = offer_of(position, CHN, Move(MoveKind.LINK, "strait", "hunt"))
    assert told.changes == (Change(Changed.DISCOUNT, "strait", (CHN,), 0.5, 1 / 3),)
    dead = an_arena("dead", (CHN, JPN), LIBRARY["deadlock"])
    position = opened(a_scenario(arenas=(*a_scenario().arenas, dead)))
    told = offer_of(position, CHN, Move(MoveKind.LINK, "strait", "dead"))
    assert told.changes[0].before is None


def test_funding_tells_the_strength_of_the_institution():
    told = offer(PHL, "fund", "forum")
    assert (told.cost, told.first_round, told.last_round) == (1.0, 1, 1)
    (change,) = told.changes
    assert (change.before, change.after) == pytest.approx((0.24, 0.24 + 0.2 / 3))
    assert told.classes == ()


def test_of_more_than_two_no_value_without_a_mediator_is_told():
    (change,) = offer(PHL, "mediation", "forum").changes
    assert (change.before, change.after) == (None, 4.0)


def test_a_seat_is_offered_what_it_may_do_and_nothing_else():
    kinds = [(x.move.kind, x.move.arena) for x in moves_open_to(a_position(), PHL)]
    assert kinds == [
        (MoveKind.RESTRAINT, "forum"),
        (MoveKind.RESTRAINT, "treaty"),
        (MoveKind.EXERCISE, "treaty"),
        (MoveKind.EXERCISE, "treaty"),
        (MoveKind.DIVERSIFY, "trade"),
        (MoveKind.DIVERSIFY, "forum"),
        (MoveKind.DIVERSIFY, "forum"),
        (MoveKind.DIVERSIFY, "treaty"),
        (MoveKind.DIVERSIFY, "treaty"),
        (MoveKind.LINK, "forum"),
        (MoveKind.FUND, "forum"),
        (MoveKind.FUND, "treaty"),
        (MoveKind.MEDIATION, "forum"),
        (MoveKind.MEDIATION, "treaty"),
    ]


def test_in_fog_a_crisis_that_stands_is_counted_too():
    standing = replace(a_scenario().standing, tension_at_start=0.9)
    position = opened(a_scenario(standing=standing))
    hidden = position.but(standing=replace(position.standing, rivals=()))
    told = offer_of(hidden, CHN, Move(MoveKind.RESTRAINT, "crisis_chn_jpn"))
    assert told.changes == (Change(Changed.TEMPTATION_OF_TWO, "crisis_chn_jpn", (CHN,), 5.0, 4.0),)
