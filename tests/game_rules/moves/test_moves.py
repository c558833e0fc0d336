"""Moves: made in secret, opened with the orders, in force from the next round on."""

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game_rules.errors import MoveNotAllowed, NotNow, NotYours, TooLate, WrongRound
from game_rules.games.stage_games import D
from game_rules.log import events as e
from game_rules.log.gains import GainLine
from game_rules.match import commands as c
from game_rules.records.record import read_record, verify, write_record
from game_rules.roles import Actor, Role, Seat
from game_rules.rounds.fog import in_fog
from game_rules.rulesets.chosen import RULESETS, ruleset_of
from game_rules.scenario.moves import NO_MOVES, Move, MoveKind, MoveRules
from tests.game_rules.drawn import logs
from tests.game_rules.moves.played import (
    MOVES,
    a_table,
    arena,
    move,
    play,
    tension,
    with_treaties,
)
from tests.game_rules.scenes import CHN, JPN, PHL, Table, deadline_of

# --- making and taking back ---------------------------------------------------------------------


def test_a_move_stands_until_it_is_replaced_or_taken_back():
    table = a_table()
    restraint, funding = Move(MoveKind.RESTRAINT, "trade"), Move(MoveKind.FUND, "forum")
    assert move(table, CHN, "restraint", "trade") == (e.MoveMade(1, CHN, restraint, table.now_ms),)
    assert table.position.moves == {CHN: restraint}
    move(table, CHN, "fund", "forum")
    assert table.position.moves == {CHN: funding}
    table.do(c.TakeBackMove(1), Actor(Role.PLAYER, CHN))
    assert table.position.moves == {}
    with pytest.raises(NotNow, match="CHN has made no move in round 1; nothing to take back"):
        table.do(c.TakeBackMove(1), Actor(Role.PLAYER, CHN))


def test_a_move_is_as_late_as_an_order():
    table = a_table()
    table.now_ms = deadline_of(table)
    with pytest.raises(TooLate, match="0 ms after the deadline"):
        move(table, CHN, "fund", "forum")


def test_a_move_is_for_the_open_round_of_a_seat_that_is_held():
    table = a_table()
    with pytest.raises(WrongRound):
        table.do(c.MakeMove(2, Move(MoveKind.FUND, "forum")), Actor(Role.PLAYER, CHN))
    with pytest.raises(NotYours):
        table.do(c.MakeMove(1, Move(MoveKind.FUND, "forum")), Actor(Role.PLAYER))


def test_a_move_is_for_negotiation_and_decision():
    table = Table().seat(CHN, JPN).start()
    with pytest.raises(NotNow, match="moves are for negotiation and decision; it is briefing"):
        table.do(c.MakeMove(0, Move(MoveKind.FUND, "forum")), Actor(Role.PLAYER, CHN))


def test_moves_are_opened_with_the_orders_and_gone_in_the_next_round():
    table = a_table()
    move(table, PHL, "fund", "forum")
    move(table, CHN, "restraint", "trade")
    opened = play(table).moves
    assert [(x.seat, x.move.kind, x.cost, x.takes_effect) for x in opened] == [
        (CHN, MoveKind.RESTRAINT, 0.0, True),
        (PHL, MoveKind.FUND, 0.5, True),
    ]
    assert table.position.moves == {}


def test_costs_are_taken_from_the_gains():
    table, other = a_table(), a_table()
    move(table, PHL, "fund", "forum")
    assert play(table).gains[PHL] == play(other).gains[PHL] - 0.5
    assert table.position.totals[PHL] == other.position.totals[PHL] - 0.5


def test_in_fog_a_seat_still_sees_what_it_paid():
    table, other = a_table(monitoring=0.6), a_table(monitoring=0.6)
    move(table, PHL, "fund", "forum")
    paid, free = play(table), play(other)
    assert in_fog(paid, PHL).gains[PHL] == in_fog(free, PHL).gains[PHL] - 0.5


def test_a_move_that_fits_no_more_when_the_round_ends_is_dropped():
    table = a_table()
    move(table, CHN, "restraint", "trade")
    closed = tuple(x for x in table.position.arenas if x.name != "trade")
    kinds = ruleset_of(table.position).kinds
    assert len(kinds.opened(table.position)) == 1
    assert kinds.opened(table.position.but(arenas=closed)) == ()


# --- what is refused ----------------------------------------------------------------------------

REFUSED = [
    ("fund", ("nowhere",), "no arena nowhere is played now; choose among strait, forum, treaty"),
    ("fund", ("treaty",), "CHN is not in treaty; choose an arena of its own"),
    ("restraint", ("treaty",), "CHN is not in treaty"),
    ("exercise", ("treaty",), "CHN is not in treaty"),
    ("mediation", ("treaty",), "CHN is not in treaty"),
    ("restraint", ("strait", "forum"), "restraint with other_arena forum; leave out"),
    ("link", ("strait",), "link with other_arena None; give a second arena"),
    ("link", ("strait", "strait"), "strait is linked to itself; name another arena"),
    ("link", ("strait", "treaty"), "treaty is no arena of CHN; choose among strait, forum, trade"),
    ("link", ("treaty", "strait"), "CHN is not in treaty"),
    ("fund", ("forum", None, (JPN,)), "fund names JPN; leave seats out"),
    ("exercise", ("forum",), "forum is open to all; an exercise is for an exclusive arena"),
    ("exercise", ("treaty", None, (JPN,)), "JPN is no rival outside treaty; invite CHN"),
    ("diversify", ("trade", None, (JPN, JPN)), "seats JPN, JPN; name each once"),
    ("diversify", ("forum",), "CHN is in forum already; join another"),
    ("diversify", ("treaty",), "treaty is exclusive; join an arena that is open to all"),
    ("diversify", ("treaty", None, (PHL,)), "CHN is not in treaty"),
]
IN_SECOND = [
    (
        "diversify",
        ("forum",),
        "join another arena, or name the partner beside whom",
    ),
    ("diversify", ("strait", None, (JPN,)), "strait is a game by a matrix; choose an arena with"),
    ("diversify", ("forum", None, (CHN,)), "CHN is no partner in forum; choose among JPN, PHL"),
    ("diversify", ("forum", None, (Seat("XXX"),)), "XXX is no partner in forum; choose among JPN"),
]
"""What rules 2 says otherwise than rules 1, which found arenas: rulesets/first."""


@pytest.mark.parametrize(
    ("version", "kind", "about", "problem"),
    [
        *((version, *refused) for version in RULESETS for refused in REFUSED),
        *((2, *refused) for refused in IN_SECOND),
    ],
)
def test_a_move_that_makes_no_sense_is_refused(
    version: int, kind: str, about: tuple[Any, ...], problem: str
):
    with pytest.raises(MoveNotAllowed, match=problem):
        move(a_table(version), CHN, kind, *about)


def test_a_scenario_says_which_moves_there_are():
    table = a_table(moves=MoveRules(allowed=(MoveKind.FUND, MoveKind.LINK)))
    with pytest.raises(MoveNotAllowed, match="restraint is no move of this scenario; choose among"):
        move(table, CHN, "restraint", "strait")
    with pytest.raises(MoveNotAllowed, match="restraint is no move of this scenario; it has no"):
        move(a_table(moves=NO_MOVES), CHN, "restraint", "strait")


def test_there_may_be_nobody_to_invite():
    with pytest.raises(MoveNotAllowed, match="PHL is no rival outside treaty; there is none to"):
        move(a_table(rivals=()), JPN, "exercise", "treaty", None, (PHL,))


def test_a_game_of_two_cannot_be_joined():
    with pytest.raises(MoveNotAllowed, match="strait is a game of two; join an arena with terms"):
        move(a_table(), PHL, "diversify", "strait")


@pytest.mark.parametrize("version", RULESETS)
def test_a_crisis_has_no_institution(version: int):
    table = a_table(version, 0.9)
    assert arena(table, "crisis_chn_jpn").members == (CHN, JPN)
    with pytest.raises(MoveNotAllowed, match="crisis_chn_jpn has no institution"):
        move(table, CHN, "fund", "crisis_chn_jpn")


# --- what always holds --------------------------------------------------------------------------


@given(logs())
def test_every_effect_was_a_move_that_was_opened(log: list[e.Event]):
    made = [x for x in log if isinstance(x, e.MoveMade)]
    resolved = [x for x in log if isinstance(x, e.RoundResolved)]
    for event in resolved:
        assert len({x.seat for x in event.moves}) == len(event.moves)
        for opened in event.moves:
            assert (event.round, opened.seat, opened.move) in [
                (x.round, x.seat, x.move) for x in made
            ]
    for before, after in pairwise(resolved):
        for effect in after.effects:
            assert effect in before.effects or effect.first_round == after.round + 1
            assert effect.last_round is None or effect.last_round > after.round


@given(logs())
def test_moves_change_nobodys_payoffs_in_their_own_round(log: list[e.Event]):
    for event in log:
        if isinstance(event, e.RoundResolved):
            paid = sum(x.cost for x in event.moves)
            material = sum(sum(r.payoffs.values()) for r in event.results)
            lost = sum(incident.cost for incident in event.incidents)
            moved = sum(event.settlements.values())
            for line in (GainLine.SHADOW, GainLine.STRETCH):
                lost -= sum(event.lines.get(line, {}).values())
            assert sum(event.gains.values()) == pytest.approx(material - lost - paid + moved)


@pytest.mark.parametrize("version", RULESETS)
def test_a_match_with_moves_verifies(version: int):
    table = a_table(version, monitoring=0.8)
    with_treaties(table)
    move(table, CHN, "link", "trade", "forum")
    move(table, JPN, "exercise", "treaty", None, (CHN,))
    if version == 1:  # in rules 2 it leans on nobody yet
        move(table, PHL, "diversify", "trade")
    play(table)
    move(table, CHN, "mediation", "strait")
    move(table, JPN, "fund", "forum")
    table.do(c.TakeBackMove(2), Actor(Role.PLAYER, JPN))
    table.do(c.SaveForecast(2, "strait", {CHN: D}), Actor(Role.PLAYER, JPN))
    play(table)
    play(table)
    table.do(c.EndMatch())
    text = write_record(table.log, "test")
    assert verify(read_record(text.encode())) == table.position


@pytest.mark.parametrize("version", RULESETS)
@given(st.sampled_from(tuple(MoveKind)))
def test_every_kind_has_a_cost_that_is_never_below_nothing(version: int, kind: MoveKind):
    assert RULESETS[version].kinds[kind].cost(MOVES[version]) >= 0


@pytest.mark.parametrize("version", RULESETS)
def test_a_rival_pair_keeps_its_tension_within_bounds(version: int):
    table = a_table(version, 0.75)
    for _ in range(4):
        move(table, JPN, "exercise", "treaty")
        play(table, strait="DD", forum="DDD", trade="DD", crisis_chn_jpn="DD")
        assert 0 < tension(table) <= 1
    assert tension(table) == 1.0
