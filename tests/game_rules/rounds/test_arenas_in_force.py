"""Arenas open and close with crises, and a round plays those that are in force."""

import pytest

from game_rules.bots.bot_match import play_bot_match
from game_rules.games.corners import GameClass
from game_rules.games.stage_games import Action, C, D
from game_rules.log import events as e
from game_rules.log.events import Phase
from game_rules.match import commands as c
from game_rules.records.record import Record, verify
from game_rules.roles import Actor, Role, Seat
from game_rules.rulesets.chosen import RULESETS, ruleset
from tests.game_rules.scenes import CHN, JPN, PHL, QUICK, Table, a_scenario, a_tense_scenario

TENSION = 0.85
CRISIS = "crisis_chn_jpn"
PLAYER = Actor(Role.PLAYER, CHN)

both_rules = pytest.mark.parametrize("version", RULESETS)


def names(table: Table) -> list[str]:
    return [arena.name for arena in table.position.arenas]


def tense(version: int) -> Table:
    table = Table(a_tense_scenario(TENSION), version=version).seat(CHN, JPN, PHL)
    return table.start().skip_to(Phase.DECISION)


def order(table: Table, seat: Seat, actions: dict[str, Action]) -> None:
    table.do(c.SaveOrder(table.position.round, actions), Actor(Role.PLAYER, seat))


@both_rules
def test_a_match_begins_with_the_scenarios_arenas_and_the_first_standing(version: int):
    table = Table(version=version)
    assert table.position.arenas == table.position.scenario.arenas
    assert table.position.standing == ruleset(version).first_standing(a_scenario())


@both_rules
def test_a_crisis_opens_a_chicken_arena_for_the_rivals(version: int):
    table = tense(version)
    assert names(table) == ["strait", "forum", CRISIS]
    assert [arena.name for arena in table.position.arenas_of(PHL)] == ["forum"]
    assert [arena.name for arena in table.position.arenas_of(CHN)] == names(table)
    game = table.position.arenas[-1].game
    assert [game.corners(i).game_class for i in (0, 1)] == [GameClass.CHICKEN] * 2


@pytest.mark.parametrize(("version", "paid"), [(1, 3.0), (2, 0.0)])
def test_a_crisis_is_played_and_scored_like_any_arena(version: int, paid: float):
    """In rules 1 a crisis is the library's Chicken; in rules 2 stepping back pays nothing."""
    table = tense(version)
    for seat in (CHN, JPN):
        order(table, seat, {"strait": D, "forum": D, CRISIS: C})
    table.skip_to(Phase.REVEAL)
    result = table.position.history[-1].results[-1]
    assert (result.arena, result.payoffs) == (CRISIS, {CHN: paid, JPN: paid})


@both_rules
def test_a_crisis_arena_closes_once_the_crisis_is_over(version: int):
    table = tense(version)
    for seat in (CHN, JPN, PHL):
        order(table, seat, {arena.name: C for arena in table.position.arenas_of(seat)})
    table.skip_to(Phase.DECISION, 2)
    assert names(table) == ["strait", "forum"]
    assert e.ArenaClosed(2, CRISIS, table.now_ms) in table.log


@both_rules
def test_a_crisis_that_goes_on_keeps_its_arena(version: int):
    table = tense(version)
    for seat in (CHN, JPN):
        order(table, seat, {"strait": D, "forum": D, CRISIS: D})
    table.skip_to(Phase.DECISION, 2)
    assert names(table) == ["strait", "forum", CRISIS]
    assert [event.type for event in table.log].count("arena_opened") == 1


def test_the_round_resolved_carries_what_the_round_left_behind():
    table = Table().start().skip_to(Phase.REVEAL)
    resolved = table.position.history[-1]
    assert table.position.standing == resolved.standing
    assert (resolved.standing.rounds, resolved.standing.integration is None) == (1, False)


def test_bots_play_crises_too_and_the_record_holds():
    scenario = a_tense_scenario(TENSION, seconds=QUICK, rounds=6)
    log = play_bot_match(scenario, {CHN: "defector", JPN: "defector", PHL: "cooperator"}, "7")
    last = [event for event in log if isinstance(event, e.RoundResolved)][-1]
    assert last.results[-1].arena == CRISIS
    assert set(last.results[-1].actions.values()) == {Action.D}
    assert set(last.results[-1].sources.values()) == {e.OrderSource.ORDERED}
    verify(Record("test", log))


@both_rules
def test_an_order_for_a_crisis_may_be_drafted_before_the_decision(version: int):
    table = Table(a_tense_scenario(TENSION), version=version)
    table.seat(CHN).start().skip_to(Phase.NEGOTIATION)
    table.do(c.SaveOrder(1, {CRISIS: Action.D}), PLAYER)
    assert table.position.orders[CHN] == {CRISIS: Action.D}
