"""Mediation in rules 2: a lottery over the best equilibria, and only where it can do better."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from game_rules.advice.move_offers import moves_open_to
from game_rules.errors import MoveNotAllowed
from game_rules.games.equilibria import pure_equilibria
from game_rules.games.stage_games import LIBRARY, Action, Terms, collective
from game_rules.match import commands as c
from game_rules.roles import Actor, Role
from game_rules.rulesets.second.mediation import best_equilibria, mediated, recommendations
from game_rules.scenario.moves import Effect, Move, MoveKind
from game_rules.scenario.scenario import Arena
from tests.game_rules.drawn import games_of
from tests.game_rules.rulesets.second.regions import (
    CHN,
    IND,
    JPN,
    LOWY,
    USA,
    SecondTable,
    a_second,
)
from tests.game_rules.scenes import an_arena

FOUR = (CHN, JPN, USA, IND)
STRAIT = Terms(b=6, c=1.5, e=2, g=4.5, d=8, sigma=0.4)


def strait(members=FOUR) -> Arena:
    return an_arena("strait", members, collective([LOWY[x] for x in members], STRAIT))


def mediated_match(arena: Arena, letters: str, seed: str = "7") -> SecondTable:
    """Ask for a mediator in round 1, and play it so."""
    table = SecondTable(a_second((arena,), {}), seed)
    ask = c.MakeMove(1, Move(MoveKind.MEDIATION, "strait"))
    table.do(ask, Actor(Role.PLAYER, arena.members[0]))
    table.round("C", strait=letters)
    return table


def advised(table: SecondTable) -> str:
    told = table.position.recommendations
    return "".join(told[x]["strait"] for x in table.position.arenas[0].members if x in told)


@settings(deadline=None)
@given(st.integers(2, 5).flatmap(games_of))
def test_the_best_equilibria_are_equilibria_and_none_has_a_better_total(game):
    found, best = pure_equilibria(game), best_equilibria(game)
    assert set(best) <= set(found)
    totals = [sum(game.payoffs(profile)) for profile in found]
    assert all(sum(game.payoffs(x)) == pytest.approx(max(totals)) for x in best)


def test_four_in_a_chicken_are_each_told_their_part_of_an_equilibrium():
    table = mediated_match(strait(), "DDDD")
    told = tuple(Action(letter) for letter in advised(table))
    assert told in best_equilibria(table.position.arenas[0].game)


def test_the_lottery_draws_every_one_of_them():
    even = an_arena("strait", FOUR, collective((1, 1, 1, 1), STRAIT))
    drawn = {advised(mediated_match(even, "DDDD", str(seed))) for seed in range(40)}
    assert len(drawn) == len(best_equilibria(mediated_match(even, "DDDD").position.arenas[0].game))


def test_a_mediator_is_silent_where_the_last_round_brought_as_much():
    assert advised(mediated_match(strait(), "CCCC")) == ""


def test_up_to_three_get_the_exact_device_of_rules_1():
    pair = an_arena("strait", (CHN, JPN), LIBRARY["battle_of_the_sexes"])
    assert advised(mediated_match(pair, "CC")) in ("CD", "DC")
    assert mediated(LIBRARY["battle_of_the_sexes"]) == 5


def test_where_four_have_no_pure_equilibrium_nobody_is_advised():
    contrary = Terms(b=0, c=0, e=0, g=1, d=1, sigma=0)
    following = Terms(b=0, c=0, e=0, g=-1, d=-1, sigma=0)
    game = collective((1e6, 1, 1, 1), (contrary, *[following] * 3))
    assert (best_equilibria(game), mediated(game)) == ((), None)
    arena = an_arena("strait", FOUR, game)
    assert advised(mediated_match(arena, "DDDD")) == ""
    assert _offer(arena).changes == ()


def test_more_than_eight_are_too_many():
    nine, eight = strait(tuple(LOWY)[:9]), strait(tuple(LOWY)[:8])
    table = SecondTable(a_second((nine,), {}))
    kinds = {offer.move.kind for offer in moves_open_to(table.position, CHN)}
    assert MoveKind.MEDIATION not in kinds
    with pytest.raises(MoveNotAllowed, match="strait has 9 members; a mediator takes 8"):
        mediated_match(nine, "C" * 9)
    assert advised(_grown(eight)) == ""


def _grown(arena: Arena) -> SecondTable:
    """Let a ninth join in the very round in which a mediator was asked for."""
    ninth, tenth = tuple(LOWY)[8:10]
    other = an_arena("other", (ninth, tenth), LIBRARY["stag_hunt"])
    table = SecondTable(a_second((arena, other), {}))
    leaning = {**table.position.standing.dependency, ninth: {tenth: 0.4}}
    standing = replace(table.position.standing, dependency=leaning)
    table.position = table.position.but(standing=standing)
    joining = c.MakeMove(1, Move(MoveKind.DIVERSIFY, "strait"))
    table.do(joining, Actor(Role.PLAYER, ninth))
    table.do(c.MakeMove(1, Move(MoveKind.MEDIATION, "strait")), Actor(Role.PLAYER, CHN))
    table.round("D")
    assert len(table.position.arenas[0].members) == 9
    return table


def _offer(arena: Arena):
    offers = moves_open_to(SecondTable(a_second((arena,), {})).position, arena.members[0])
    return next(x for x in offers if x.move.kind is MoveKind.MEDIATION)


def test_a_seat_is_told_what_mediation_is_worth():
    (change,) = _offer(strait()).changes
    game = SecondTable(a_second((strait(),), {})).position.arenas[0].game
    paid = [game.payoffs(profile)[0] for profile in best_equilibria(game)]
    assert change.after == pytest.approx(sum(paid) / len(paid))
    assert _offer(an_arena("strait", (CHN, JPN), LIBRARY["chicken"])).changes[0].after == 3


def test_an_arena_that_opens_after_the_last_round_has_brought_nothing_yet():
    table = SecondTable(a_second((strait(),), {}))
    asked = Effect(MoveKind.MEDIATION, (CHN,), "strait", 1, 1)
    fresh = table.position.but(effects=(asked,))
    assert len(recommendations(fresh, 1, 0)) == 4
