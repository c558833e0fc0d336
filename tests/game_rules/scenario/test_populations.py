"""Populations: pairs that are drawn anew each round of one match, by its log alone."""

from dataclasses import replace

import pytest

from game_rules import RULES_VERSION
from game_rules.bots.bot_match import play_bot_match
from game_rules.errors import ArenaNotYours, InjectNotAllowed, InvalidInput
from game_rules.games.changes import parameter_of
from game_rules.games.stage_games import Bimatrix, C, StageGame
from game_rules.log import events as e
from game_rules.log.evolve import fold
from game_rules.log.gains import GainLine
from game_rules.log.position import Position
from game_rules.match import commands as c
from game_rules.match.decide import create_match, decide
from game_rules.records.codec import dumps
from game_rules.records.record import Record, verify
from game_rules.roles import THE_FACILITATOR, Actor, Role, Seat
from game_rules.scenario.injects import Inject, InjectEffect, parameters_of
from game_rules.scenario.pairings import Pairing
from game_rules.scenario.populations import LARGEST_POPULATION, is_even_sided, model_of, population
from game_rules.scenario.scenario import Arena, Scenario
from game_rules.scenario.terms import Cause
from game_rules.scenario_files.scenarios import load_scenario, scenario_names
from game_rules.standing.standing import Standing
from tests.game_rules.scenario.pairs import region_of_two

CHICKEN, RIVALS = load_scenario("chicken"), region_of_two()


def played(
    scenario: Scenario, bot: str = "tit_for_tat", version: int = RULES_VERSION
) -> tuple[e.Event, ...]:
    return play_bot_match(scenario, dict.fromkeys(scenario.seats, bot), "7", version)


def meetings(log: tuple[e.Event, ...]) -> list[set[frozenset[Seat]]]:
    """Who met whom in each round, as its results have it."""
    rounds = [event.results for event in log if isinstance(event, e.RoundResolved)]
    return [{frozenset(result.actions) for result in results} for results in rounds]


@pytest.mark.parametrize("pairing", Pairing)
def test_a_population_plays_whole_matches_that_can_be_verified(pairing: Pairing):
    log = played(population(CHICKEN, 6, pairing, "7"))
    assert verify(Record("1.2.3", log)).is_over
    assert all(len(pairs) == 3 for pairs in meetings(log))


def test_in_a_round_robin_everybody_meets_everybody():
    met = meetings(played(population(CHICKEN, 6, Pairing.ROUND_ROBIN, "7")))
    assert len(set.union(*met[:5])) == 15
    assert met[5] == met[0]


def test_fixed_pairs_stay_and_no_arena_opens_or_closes():
    log = played(population(CHICKEN, 6, Pairing.FIXED, "7"))
    assert len({frozenset(pairs) for pairs in meetings(log)}) == 1
    assert not any(isinstance(event, (e.ArenaOpened, e.ArenaClosed)) for event in log)


def test_two_who_meet_again_find_their_history():
    log = played(population(CHICKEN, 4, Pairing.ROUND_ROBIN, "7"), "grudger")
    names = [r.arena for event in log if isinstance(event, e.RoundResolved) for r in event.results]
    assert len(set(names)) == 6, "a pair's arena has the same name whenever they meet"


def test_an_order_goes_to_the_arena_of_this_rounds_pair():
    log = played(population(CHICKEN, 4, Pairing.ROUND_ROBIN, "7"))
    at = next(i for i, x in enumerate(log) if isinstance(x, e.PhaseOpened) and x.round == 2)
    position, first = fold(log[: at + 1]), Actor(Role.PLAYER, Seat("P1"))
    assert [arena.name for arena in position.arenas_of(Seat("P1"))] == ["chicken_p1_p2"]
    with pytest.raises(ArenaNotYours):
        decide(position, c.SaveOrder(2, {"chicken_p1_p4": C}), first, 0)
    (saved,) = decide(position, c.SaveOrder(2, {"chicken_p1_p2": C}), first, 0)[:1]
    assert isinstance(saved, e.OrderSaved)


def test_different_countries_meet_the_other_side_with_their_own_payoffs():
    many = population(RIVALS, 6, Pairing.ROUND_ROBIN, "7")
    assert many.population is not None
    first, second = many.population.sides
    assert (len(first), len(second)) == (3, 3)
    for arena in many.arenas:
        assert arena.members[0] in first
        assert arena.members[1] in second
    for pairs in meetings(played(many)):
        assert all(len(pair & set(first)) == 1 for pair in pairs)
    games = {arena.game for arena in many.arenas}
    assert games == {arena.game for arena in RIVALS.arenas}


def test_overrides_follow_their_member():
    many = population(RIVALS, 4, Pairing.FIXED, "7")
    given = [len(arena.overrides) for arena in RIVALS.arenas]
    assert [len(arena.overrides) for arena in many.arenas] == given * 2
    assert all(x.member in a.members for a in many.arenas for x in a.overrides)


@pytest.mark.parametrize("version", [1, 2])
def test_a_population_has_no_rivals_and_so_no_crises(version: int):
    many = population(RIVALS, 4, Pairing.RANDOM, "7")
    assert (many.rivals, many.starts) == ((), ())
    log = played(many, "defector", version)
    assert not any(standing.rivals for standing in standings(log))
    assert {cause for arena in arenas(log) for cause in causes(arena)} <= {Cause.INSTITUTION}


@pytest.mark.parametrize("is_allied", [False, True])
def test_a_population_has_neither_alliances_nor_anybody_who_moves_rivals(is_allied: bool):
    scenario = region_of_two(is_allied=is_allied)
    assert [arena.is_alliance for arena in scenario.arenas] == [False, is_allied]
    many = population(scenario, 4, Pairing.ROUND_ROBIN, "7")
    assert not any(arena.is_alliance for log in [played(many)] for arena in arenas(log))
    assert {player.influence for player in many.players} == {None}
    first = fold(create_match(many, "7", 1.0, 0)).standing
    assert {counts for row in first.faith.values() for counts in row.values()} <= {(1.0, 1.0)}


def test_new_pairs_meet_on_the_terms_in_force_of_a_new_institution():
    """Every pair has arenas of its own, so each begins with an institution of the same strength."""
    many = population(RIVALS, 6, Pairing.ROUND_ROBIN, "7")
    first = {arena.name: arena for arena in reversed(arenas(played(many)))}
    assert len(first) > len(many.arenas)
    for arena in first.values():
        assert [(x.parameter, round(x.factor, 6)) for x in arena.changes] == [
            ("e", 0.9),
            ("c", 0.95),
        ]


def test_each_of_a_side_has_its_capacity_and_what_more_than_that_costs():
    many = population(RIVALS, 6, Pairing.ROUND_ROBIN, "7")
    assert [player.capacity for player in many.players] == [1, 1, 1, 3, 3, 3]
    assert {player.goals for player in many.players[:3]} == {("Calm.",)}
    for resolved in fold(played(many, "cooperator")).history:
        assert resolved.lines[GainLine.STRETCH] == {Seat(f"IND{n}"): -1.5 for n in (1, 2, 3)}


def test_alike_are_bare_games_whose_sides_are_the_same():
    alike = [x for x in map(load_scenario, scenario_names()) if len(x.players) == 2]
    names = {x.name for x in alike if is_even_sided(x)}
    assert {"chicken", "stag_hunt", "prisoners_dilemma"} <= names
    assert not is_even_sided(RIVALS)


def standings(log: tuple[e.Event, ...]) -> list[Standing]:
    """What every round left behind."""
    return [resolved.standing for resolved in fold(log).history]


def arenas(log: tuple[e.Event, ...]) -> list[Arena]:
    """Every arena in force that was told of, from the first round on."""
    told = (e.ArenaOpened, e.ArenaChanged)
    return [event.arena for event in log if isinstance(event, told)]


def causes(arena: Arena) -> set[Cause]:
    return {change.cause for change in arena.changes}


def test_a_small_population_remembers_everybody_it_met():
    last = standings(played(population(CHICKEN, 24, Pairing.ROUND_ROBIN, "7")))[-1]
    assert {len(row) for row in last.faith.values()} == {CHICKEN.rounds}


def test_a_large_population_is_as_large_after_many_rounds_as_after_one():
    """Whom one has just met is remembered; a round's event does not grow with the rounds."""
    many = population(CHICKEN, LARGEST_POPULATION, Pairing.ROUND_ROBIN, "7")
    log = played(many)
    for standing in standings(log):
        assert {len(row) for row in standing.faith.values()} == {1}
        assert len(standing.norms) == len(standing.institutions) == LARGEST_POPULATION // 2
    sizes = [len(dumps(event)) for event in log if isinstance(event, e.RoundResolved)]
    assert max(sizes) < 1.1 * sizes[0]
    assert max(sizes) < 32_000
    assert verify(Record("1.2.3", log)).is_over


def at_the_first_order(scenario: Scenario) -> Position:
    """Come to the first decision."""
    log = played(scenario)
    at = next(i for i, x in enumerate(log) if isinstance(x, e.PhaseOpened) and x.round == 1)
    return fold(log[: at + 1])


def opened(position: Position, *effects: InjectEffect) -> Position:
    """Bring news."""
    inject = Inject("storm", "A storm", "It rains.", 2, effects)
    return fold(decide(position, c.OpenInject(inject), THE_FACILITATOR, 0), position)


def corner(game: StageGame, name: str) -> tuple[float, float]:
    """One payoff of both members of a game of two."""
    assert isinstance(game, Bimatrix)
    return getattr(game.row, name), getattr(game.column, name)


def test_news_about_the_game_of_the_pair_is_about_every_pair():
    position = at_the_first_order(population(CHICKEN, 6, Pairing.RANDOM, "7"))
    after = opened(position, InjectEffect("chicken", "P", 1.5))
    assert [corner(arena.game, "P") for arena in after.arenas] == [
        tuple(p + 1.5 for p in corner(arena.game, "P")) for arena in position.arenas
    ]
    one = opened(position, InjectEffect(position.arenas[0].name, "P", 1.5))
    changed = [x != y for x, y in zip(one.arenas, position.arenas, strict=True)]
    assert changed == [True, False, False], "and news about one pair is about that one"


def test_news_lasts_through_new_pairs_and_ends():
    position = at_the_first_order(population(CHICKEN, 6, Pairing.ROUND_ROBIN, "7"))
    plain = corner(position.arenas[0].game, "P")
    position = opened(position, InjectEffect("chicken", "P", 1.5))
    seen = {}
    while position.round < 4:
        seen[position.round] = {corner(arena.game, "P") for arena in position.arenas}
        skip = c.SkipPhase(position.round, position.phase)
        position = fold(decide(position, skip, THE_FACILITATOR, 0), position)
    lifted = tuple(p + 1.5 for p in plain)
    assert seen == {1: {lifted}, 2: {lifted}, 3: {plain}}


def test_news_about_one_of_two_sides_is_about_all_of_that_side():
    position = at_the_first_order(population(RIVALS, 4, Pairing.RANDOM, "7"))
    (model, *_), (first, _) = RIVALS.arenas, RIVALS.seats
    parameter = parameters_of(model.game)[0]
    after = opened(position, InjectEffect(model.name, parameter, 0.5, first))
    mine = [
        (old, new)
        for old, new in zip(position.arenas, after.arenas, strict=True)
        if model_of(position.scenario, old) == model
    ]
    assert len(mine) == 2
    for old, new in mine:
        member = model.member(first)
        grown = parameter_of(new.game, parameter, member)
        assert grown == parameter_of(old.game, parameter, member) + 0.5
        other = parameter_of(new.game, parameter, 1 - member)
        assert other == parameter_of(old.game, parameter, 1 - member)


def test_where_all_are_alike_nobody_is_one_of_the_two():
    position = at_the_first_order(population(CHICKEN, 4, Pairing.RANDOM, "7"))
    with pytest.raises(InjectNotAllowed, match="ROW has no P of its own in chicken"):
        opened(position, InjectEffect("chicken", "P", 1.5, Seat("ROW")))


def test_the_deck_comes_along_but_for_news_about_one_of_those_who_are_alike():
    news = [
        Inject("all", "All", "All of us.", 1, (InjectEffect("chicken", "P", 1.0),), round=2),
        Inject("one", "One", "One of us.", 1, (InjectEffect("chicken", "P", 1.0, Seat("ROW")),)),
    ]
    many = population(replace(CHICKEN, deck=tuple(news)), 4, Pairing.RANDOM, "7")
    assert [inject.name for inject in many.deck] == ["all"]
    changed = [x for x in played(many) if isinstance(x, e.InjectOpened)]
    assert [(x.inject.name, x.round) for x in changed] == [("all", 2)]
    assert population(RIVALS, 4, Pairing.RANDOM, "7").deck == RIVALS.deck


@pytest.mark.parametrize("seats", [0, 3, LARGEST_POPULATION + 2])
def test_a_number_that_makes_no_pairs_is_refused(seats: int):
    with pytest.raises(InvalidInput, match=f"^{seats} seats make no population; give an even"):
        population(CHICKEN, seats, Pairing.RANDOM, "7")


def test_a_scenario_of_more_than_two_is_refused():
    with pytest.raises(InvalidInput, match="has 6 seats; pairs are drawn for scenarios of 2"):
        population(load_scenario("south_china_sea"), 6, Pairing.RANDOM, "7")
