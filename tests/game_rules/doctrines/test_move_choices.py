"""The moves that doctrines make beside their orders, and the advice that they heed."""

from dataclasses import replace
from typing import Any

import pytest

from game_rules.bots.bot_match import play_bot_match
from game_rules.bots.negotiators import Negotiator
from game_rules.doctrines.constructivist import Constructivist
from game_rules.doctrines.diplomat import Diplomat
from game_rules.doctrines.hedger import Hedger
from game_rules.doctrines.liberal import Liberal
from game_rules.doctrines.realist import Realist
from game_rules.games.stage_games import LIBRARY, C, D, collective
from game_rules.log import events as e
from game_rules.match.orders import MakeMove
from game_rules.roles import Seat
from game_rules.rulesets.chosen import RULESETS, ruleset_of
from game_rules.scenario.moves import NO_MOVES, Effect, Move, MoveKind, MoveRules
from game_rules.scenario.parameters import LensParameters
from game_rules.scenario_files.scenarios import load_scenario
from tests.game_rules.doctrines.stage import a_dyad, institutions_at, see, terms
from tests.game_rules.scenes import CHN, JPN, PHL, TERMS, an_arena


def in_force(kind: MoveKind, *makers: Seat, until: int | None = 3, other: str | None = None):
    """An effect in the dyad, in force in round 1."""
    return Effect(kind, makers, "dyad", 1, until, other)


def test_a_realist_exercises_where_the_believed_benefit_beats_the_cost():
    """1 point · f · 2 rounds against a cost of one half: from f = 1/4 on."""
    table = a_dyad(exclusive=0.1)
    assert [*Realist().moves(see(table, trust={JPN: 0.26}))] == [Move(MoveKind.EXERCISE, "dyad")]
    assert not [*Realist().moves(see(table, trust={JPN: 0.25}))]
    assert not [*Realist().moves(see(a_dyad()))]


def test_what_lasts_is_not_done_again():
    table = a_dyad(exclusive=0.1)
    lasting = see(table, effects=(in_force(MoveKind.EXERCISE, JPN),))
    ending = see(table, effects=(in_force(MoveKind.EXERCISE, JPN, until=1),))
    assert not [*Realist().moves(lasting)]
    assert [*Realist().moves(ending)]


def test_a_liberal_funds_the_weakest_open_institution_until_it_is_strong_enough():
    weak, strong = institutions_at(0.2), institutions_at(0.5)
    assert [*Liberal().moves(see(a_dyad(**weak)))] == [Move(MoveKind.FUND, "dyad")]
    assert not [*Liberal().moves(see(a_dyad(**strong)))]
    assert not [*Liberal().moves(see(a_dyad(exclusive=0.1, **weak)))]


def test_a_liberal_funds_nothing_that_costs_more_than_it_is_worth_to_all():
    assert not [*Liberal().moves(see(a_dyad(moves=MoveRules(fund_cost=1.1))))]
    dear = a_dyad(moves=MoveRules(fund_cost=1.1), lenses=LensParameters(beta=1.2))
    assert [*Liberal().moves(see(dear))]


def test_a_constructivist_shows_restraint_to_friends_where_it_is_tempted():
    tempted, free = a_dyad("prisoners_dilemma"), a_dyad("stag_hunt")

    def moves(table, affinity, **changes):
        view = see(table, affinity={JPN: affinity}, **changes)
        return [move.kind for move in Constructivist().moves(view)]

    assert moves(tempted, 0.1) == [MoveKind.CONFIDENCE, MoveKind.RESTRAINT]
    assert moves(tempted, -0.1) == [MoveKind.CONFIDENCE]
    assert moves(free, 0.1) == [MoveKind.CONFIDENCE]
    shown = in_force(MoveKind.RESTRAINT, CHN)
    assert moves(tempted, 0.1, effects=(shown,)) == [MoveKind.CONFIDENCE]
    others = in_force(MoveKind.RESTRAINT, JPN)
    assert MoveKind.RESTRAINT in moves(tempted, 0.1, effects=(others,))
    clear = in_force(MoveKind.CONFIDENCE, JPN)
    assert moves(tempted, 0.1, effects=(clear,)) == [MoveKind.RESTRAINT]


@pytest.mark.parametrize("version", RULESETS)
def test_a_constructivist_builds_confidence_only_in_fog(version: int):
    """Among friends: where rivals meet, rules 2 has it ease their tension, too."""
    clear, fog = (a_dyad("stag_hunt", monitoring=q, version=version) for q in (1.0, 0.9))
    made = Negotiator(JPN, "constructivist", "7").move(clear.position)
    assert made is None or made.move.kind is not MoveKind.CONFIDENCE
    move = Negotiator(JPN, "constructivist", "7").move(fog.position)
    assert move == MakeMove(1, Move(MoveKind.CONFIDENCE, "dyad"))


def test_a_hedger_joins_another_arena_when_it_leans_on_one_supplier():
    forum = an_arena("forum", (JPN, PHL), collective((1.0, 1.0), TERMS))
    bloc = replace(forum, name="bloc", exclusive=0.1)
    table = a_dyad(arenas=(an_arena("dyad", (CHN, JPN), LIBRARY["stag_hunt"]), bloc, forum))

    def moves(share):
        standing = replace(table.position.standing, dependency={CHN: {JPN: share}})
        return [*Hedger().moves(type(see(table))(table.position.but(standing=standing), CHN))]

    assert moves(0.35) == [Move(MoveKind.DIVERSIFY, "forum")]
    assert moves(0.34) == []
    assert [*Hedger().moves(see(table))] == []


def two_arenas(first: str, second: str, **changes: Any):
    """CHN and JPN in two games at once."""
    games = [an_arena(name, (CHN, JPN), LIBRARY[name]) for name in (first, second)]
    return a_dyad(arenas=tuple(games), **changes)


def test_a_diplomat_links_arenas_where_that_carries_a_bargain():
    """δ* is 1/2 alone and 1/3 linked: at 2/5 only the link is enough."""
    table = two_arenas("prisoners_dilemma", "stag_hunt", continuation=0.4)
    link = Move(MoveKind.LINK, "prisoners_dilemma", "stag_hunt")
    assert [*Diplomat().moves(see(table))] == [link]
    assert not [*Diplomat().moves(see(two_arenas("prisoners_dilemma", "stag_hunt")))]
    assert not [
        *Diplomat().moves(see(two_arenas("prisoners_dilemma", "stag_hunt", continuation=0.3)))
    ]
    linked = replace(in_force(MoveKind.LINK, CHN, other="stag_hunt"), arena="prisoners_dilemma")
    assert not [*Diplomat().moves(see(table, effects=(linked,)))]


def test_a_deadlock_alone_has_no_discount_that_is_enough():
    """Linked to a Stag Hunt it needs 2/(2 − 1 + 2), which is δ where the length is fixed."""
    table = two_arenas("deadlock", "stag_hunt")
    assert [*Diplomat().moves(see(table))] == [Move(MoveKind.LINK, "deadlock", "stag_hunt")]
    assert not [*Diplomat().moves(see(two_arenas("deadlock", "zero_sum")))]


@pytest.mark.parametrize("game", ["chicken", "battle_of_the_sexes"])
def test_a_diplomat_asks_for_a_mediator_where_no_word_binds_it(game: str):
    table = a_dyad(game)
    assert [*Diplomat().moves(see(table))] == [Move(MoveKind.MEDIATION, "dyad")]
    assert not [*Diplomat().moves(see(table, pacts=(terms(CHN, JPN),)))]
    assert not [*Diplomat().moves(see(a_dyad("stag_hunt")))]


def test_advice_is_heeded_by_those_who_believe_in_institutions():
    table = a_dyad("chicken")
    for advice in (C, D):
        told = see(table, recommendations={CHN: {"dyad": advice}})
        assert Diplomat().choose(told, told.arenas[0], 0.5) is advice
        assert Liberal().choose(told, told.arenas[0], 0.5) is advice
    certain = see(a_dyad("harmony"), recommendations={CHN: {"dyad": D}})
    assert Realist().choose(certain, certain.arenas[0], 0.5) is C
    bound = see(table, pacts=(terms(CHN, JPN),), recommendations={CHN: {"dyad": D}})
    assert Diplomat().choose(bound, bound.arenas[0], 0.5) is C


def test_a_bot_makes_one_move_a_round_that_is_allowed():
    table = a_dyad("chicken")
    bot = Negotiator(CHN, "diplomat", "7")
    move = bot.move(table.position)
    assert move == MakeMove(1, Move(MoveKind.MEDIATION, "dyad"))
    assert bot.move(table.position.but(moves={CHN: move.move})) is None
    still = replace(table.position.scenario, moves=NO_MOVES)
    assert bot.move(table.position.but(scenario=still)) is None
    some = replace(still, moves=MoveRules(allowed=(MoveKind.EXERCISE,)))
    assert bot.move(table.position.but(scenario=some)) is None
    assert Negotiator(CHN, "tit_for_tat", "7").move(table.position) is None


@pytest.mark.parametrize(("version", "seed"), [(1, "7"), (2, "2")])
def test_moves_are_in_the_log_of_a_match_of_bots(version: int, seed: str):
    """A mediator of rules 2 speaks only after a round that brought less than it can."""
    scenario = load_scenario("chicken")
    bots = dict.fromkeys(scenario.seats, "diplomat")
    log = play_bot_match(scenario, bots, seed, version)
    made = [event for event in log if isinstance(event, e.MoveMade)]
    assert {event.move.kind for event in made} == {MoveKind.MEDIATION}
    told = [event for event in log if isinstance(event, e.RecommendationGiven)]
    assert told
    played = {x.round: x.results[0].actions for x in log if isinstance(x, e.RoundResolved)}
    assert all(played[event.round][event.seat] is event.action for event in told)


def test_in_rules_1_a_seat_leans_on_its_main_supplier():
    table = a_dyad(version=1)
    rules = ruleset_of(table.position)
    assert rules.leans_on(table.position, CHN) is None
    rows = {CHN: {JPN: 0.2, PHL: 0.4}}
    standing = replace(table.position.standing, dependency=rows)
    assert rules.leans_on(table.position.but(standing=standing), CHN) == PHL
