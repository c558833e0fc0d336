"""What a move would cost and change is known before it is made, and is what then happens."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from game_rules.advice.move_offers import ClassChange, moves_open_to, offer_of
from game_rules.errors import MoveNotAllowed
from game_rules.games.stage_games import LIBRARY, GameClass, collective
from game_rules.log import events as e
from game_rules.log.evolve import fold
from game_rules.log.position import Position
from game_rules.match import commands as c
from game_rules.match.decide import decide
from game_rules.match.visibility import redact
from game_rules.moves.preview import Change, Changed
from game_rules.roles import Actor, Role, Seat, seated
from game_rules.scenario.moves import NO_MOVES, Move, MoveKind, MoveRules
from game_rules.scenario_files.scenarios import load_scenario, scenario_names
from tests.client.random_matches import random_log
from tests.game_rules.scenes import CHN, JPN, PHL, TERMS, Table, a_scenario, an_arena

TREATY = replace(an_arena("treaty", (JPN, PHL), collective((1, 1), TERMS)), exclusive=0.2)
TRADE = an_arena("trade", (CHN, JPN), collective((1, 1), TERMS))


def a_position(**changes: Any) -> Position:
    """A match of three bots in the decision of round 1."""
    plain = a_scenario(**changes)
    return Table(replace(plain, arenas=(*plain.arenas, TREATY, TRADE))).bots(CHN).start().position


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
    table = Table(a_scenario(seconds=replace(a_scenario().seconds, briefing=0, reveal=0)))
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
    position = Table(a_scenario(arenas=(*a_scenario().arenas, hunt))).bots(CHN).start().position
    told = offer_of(position, CHN, Move(MoveKind.LINK, "strait", "hunt"))
    assert told.changes == (Change(Changed.DISCOUNT, "strait", (CHN,), 0.5, 1 / 3),)
    dead = an_arena("dead", (CHN, JPN), LIBRARY["deadlock"])
    position = Table(a_scenario(arenas=(*a_scenario().arenas, dead))).bots(CHN).start().position
    told = offer_of(position, CHN, Move(MoveKind.LINK, "strait", "dead"))
    assert told.changes[0].before is None


def test_funding_tells_the_strength_of_the_institution():
    told = offer(PHL, "fund", "forum")
    assert (told.cost, told.first_round, told.last_round) == (1.0, 1, 1)
    (change,) = told.changes
    assert (change.before, change.after) == pytest.approx((0.24, 0.24 + 0.2 / 3))
    assert told.classes == ()


@pytest.mark.parametrize(
    ("game", "before", "after"),
    [("battle_of_the_sexes", 1.2, 2.5), ("chicken", 7 / 3, 3.0), ("prisoners_dilemma", None, 1.0)],
)
def test_mediation_is_free_and_tells_what_it_is_worth(game: str, before: float, after: float):
    """Rules section 5: Battle of the Sexes goes from 1.2 to 2.5, Chicken from 2.33 to 3."""
    dyad = an_arena("dyad", (CHN, JPN), LIBRARY[game])
    position = Table(a_scenario(arenas=(dyad, a_scenario().arenas[1]))).bots(CHN).start().position
    told = offer_of(position, JPN, Move(MoveKind.MEDIATION, "dyad"))
    assert (told.cost, told.first_round, told.last_round) == (0.0, 2, 2)
    assert told.changes == (Change(Changed.VALUE, "dyad", (JPN,), before, after),)


def test_of_more_than_two_no_value_without_a_mediator_is_told():
    (change,) = offer(PHL, "mediation", "forum").changes
    assert (change.before, change.after) == (None, 4.0)


def test_a_move_that_is_not_allowed_has_no_offer():
    with pytest.raises(MoveNotAllowed, match="PHL is not in strait"):
        offer(PHL, "fund", "strait")


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
    assert moves_open_to(a_position(moves=NO_MOVES), PHL) == ()


def test_nothing_is_offered_when_nothing_can_be_ordered():
    assert moves_open_to(Table().seat(CHN).start().position, CHN) == ()


@pytest.mark.parametrize("name", scenario_names())
def test_every_scenario_offers_what_decide_accepts(name: str):
    scenario = load_scenario(name)
    table = Table(scenario).bots(*scenario.seats).start()
    for seat in scenario.seats:
        for told in moves_open_to(table.position, seat):
            made = c.MakeMove(1, told.move)
            decide(table.position, made, Actor(Role.PLAYER, seat), table.now_ms)


@settings(deadline=None)
@given(st.integers(0, 2**32), st.integers(0, 60))
def test_what_was_offered_is_what_then_is_played(seed: int, most: int):
    """The arenas of the next round hold each changed parameter, if nobody else moved there."""
    log = random_log(seed, most)
    for place, event in enumerate(log):
        if not isinstance(event, e.RoundResolved) or len(event.moves) != 1:
            continue
        (opened,) = event.moves
        before = fold(log[:place])
        told = offer_of(before, opened.seat, opened.move)
        assert told.cost == opened.cost or not opened.takes_effect
        fresh = [x for x in event.effects if x.first_round == event.round + 1]
        expected = (
            [told.last_round] if opened.takes_effect and told.first_round > event.round else []
        )
        assert [x.last_round for x in fresh] == expected


@settings(deadline=None)
@given(st.integers(0, 2**32), st.integers(0, 60))
def test_a_seat_is_offered_the_same_by_what_it_is_shown(seed: int, most: int):
    """But for figures that fog hides, and what others asked of mediators, which changes nothing."""
    log = random_log(seed, most)
    whole = fold(log)
    for seat in whole.scenario.seats:
        viewer = seated(seat)
        seen = fold(x for each in log if (x := redact(each, viewer, whole.scenario)) is not None)
        theirs, real = moves_open_to(seen, seat), moves_open_to(whole, seat)
        assert [(x.move, x.cost, x.classes) for x in theirs] == [
            (x.move, x.cost, x.classes) for x in real
        ]


def test_in_fog_a_crisis_that_stands_is_counted_too():
    standing = replace(a_scenario().standing, tension_at_start=0.9)
    position = Table(a_scenario(standing=standing)).bots(CHN).start().position
    hidden = position.but(standing=replace(position.standing, rivals=()))
    told = offer_of(hidden, CHN, Move(MoveKind.RESTRAINT, "crisis_chn_jpn"))
    assert told.changes == (Change(Changed.TEMPTATION_OF_TWO, "crisis_chn_jpn", (CHN,), 5.0, 4.0),)
