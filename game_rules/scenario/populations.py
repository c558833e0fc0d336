"""Populations: many seats that play a two-player scenario in pairs, with new pairs each round.

If the two players of the scenario differ in games or countries, each seat meets only the other
side; if not, any seat may meet any other. An inject about the pair's game applies to every pair.
Relations between particular countries (rivalries with their crises and who moves them, alliances,
trade, affinities, pacts, links, moves) are left out: assumptions made for play.
"""

from collections.abc import Sequence
from dataclasses import replace

from game_rules.errors import InvalidInput
from game_rules.games.stage_games import Bimatrix
from game_rules.roles import Seat
from game_rules.scenario.injects import Inject
from game_rules.scenario.moves import NO_MOVES
from game_rules.scenario.pairings import Pairing, pairs_across, pairs_of
from game_rules.scenario.scenario import NO_TIES, Arena, Player, Population, Scenario

LARGEST_POPULATION = 100
LARGEST_WITH_MEMORY = 24
"""Standing holds figures for every two seats that have met; beyond this many seats a round's would
grow past 100 KB, sent to everybody, so that it holds those who have just met, and no others."""


def population(scenario: Scenario, seats: int, pairing: Pairing, seed: str) -> Scenario:
    """Build a population's scenario from a two-player one; its arenas are those of round 1.

    seats: an even number up to LARGEST_POPULATION. seed: the match's, of which pairs are drawn.
    Raises InvalidInput for another number, or a scenario that is not of two.

    >>> from game_rules.scenario_files.scenarios import load_scenario
    >>> many = population(load_scenario("chicken"), 4, Pairing.ROUND_ROBIN, "7")
    >>> many.seats, [arena.name for arena in many.arenas]
    (('P1', 'P2', 'P3', 'P4'), ['chicken_p1_p4', 'chicken_p2_p3'])
    """
    if len(scenario.players) != 2:
        count = len(scenario.players)
        raise InvalidInput(f"{scenario.name} has {count} seats; pairs are drawn for scenarios of 2")
    if not 2 <= seats <= LARGEST_POPULATION or seats % 2:
        limit = f"an even number from 2 to {LARGEST_POPULATION}"
        raise InvalidInput(f"{seats} seats make no population; give {limit}")
    players, sides = _players(scenario, seats)
    models = tuple(replace(arena, is_alliance=False) for arena in scenario.arenas)
    drawn = Population(pairing, sides, models)
    return replace(
        scenario,
        players=players,
        arenas=_arenas(drawn, seed, 1),
        rivals=(),
        starts=(),
        trade=NO_TIES,
        affinity=NO_TIES,
        deck=tuple(x for x in scenario.deck if len(sides) == 2 or not _is_one_sided(x)),
        pacts=(),
        links=(),
        moves=NO_MOVES,
        population=drawn,
    )


def own_arenas(scenario: Scenario, seed: str | None, number: int) -> tuple[Arena, ...]:
    """Return a scenario's own arenas in a round, with new pairs in a population.

    number: the round, from 1. seed: the match's; only a population needs it.

    >>> from game_rules.scenario_files.scenarios import load_scenario
    >>> many = population(load_scenario("chicken"), 4, Pairing.ROUND_ROBIN, "7")
    >>> [arena.name for arena in own_arenas(many, "7", 2)]
    ['chicken_p1_p2', 'chicken_p3_p4']
    """
    if scenario.population is None:
        return scenario.arenas
    assert seed is not None, "a match that is played knows its seed"
    return _arenas(scenario.population, seed, number)


def model_of(scenario: Scenario, arena: Arena) -> Arena | None:
    """Find the two-player arena that a pair's arena was made from; None outside a population.

    >>> from game_rules.scenario_files.scenarios import load_scenario
    >>> many = population(load_scenario("chicken"), 4, Pairing.FIXED, "7")
    >>> [model_of(many, arena).name for arena in many.arenas]
    ['chicken', 'chicken']
    """
    if scenario.population is None:
        return None
    one, other = arena.members[:2]
    models = scenario.population.arenas
    return next((x for x in models if _name_between(x, one, other) == arena.name), None)


def has_memory(scenario: Scenario) -> bool:
    """Tell whether standing keeps figures of pairs that do not meet in a round."""
    return scenario.population is None or len(scenario.players) <= LARGEST_WITH_MEMORY


def is_even_sided(scenario: Scenario) -> bool:
    """Tell whether the two seats of a scenario are the same, so that any two may meet.

    >>> from game_rules.scenario_files.scenarios import load_scenario
    >>> is_even_sided(load_scenario("chicken"))
    True
    """
    is_bare = not any(player.figures for player in scenario.players)
    return is_bare and all(_is_even(arena) for arena in scenario.arenas)


def _is_one_sided(inject: Inject) -> bool:
    """Tell whether an inject is about one of the two players."""
    return any(effect.member is not None for effect in inject.effects)


def _is_even(arena: Arena) -> bool:
    game = arena.game
    return isinstance(game, Bimatrix) and game.row == game.column and not arena.overrides


def _players(
    scenario: Scenario, seats: int
) -> tuple[tuple[Player, ...], tuple[tuple[Seat, ...], ...]]:
    first, second = (replace(player, influence=None) for player in scenario.players)
    if is_even_sided(scenario):
        players = tuple(
            replace(first, seat=Seat(f"P{number}"), name=f"Player {number}")
            for number in range(1, seats + 1)
        )
        return players, (tuple(player.seat for player in players),)
    sides = _numbered(first, seats // 2), _numbered(second, seats // 2)
    return (*sides[0], *sides[1]), tuple(tuple(x.seat for x in side) for side in sides)


def _numbered(player: Player, count: int) -> tuple[Player, ...]:
    """Return numbered copies of a player; a seat's code has at most 12 characters."""
    return tuple(
        replace(player, seat=Seat(f"{player.seat[:10]}{number}"), name=f"{player.name} {number}")
        for number in range(1, count + 1)
    )


def _arenas(drawn: Population, seed: str, number: int) -> tuple[Arena, ...]:
    seats: Sequence[Seat] = [seat for side in drawn.sides for seat in side]
    draw = pairs_of if len(drawn.sides) == 1 else pairs_across
    pairs = draw(len(seats), drawn.pairing, seed, number)
    return tuple(
        _between(arena, seats[one], seats[other]) for one, other in pairs for arena in drawn.arenas
    )


def _between(arena: Arena, one: Seat, other: Seat) -> Arena:
    """Name an arena after its pair, so that each pair keeps its own history."""
    members = arena.members
    stand_for = {members[0]: one, members[1]: other}
    return replace(
        arena,
        name=_name_between(arena, one, other),
        members=(one, other),
        overrides=tuple(replace(x, member=stand_for[x.member]) for x in arena.overrides),
        weights={stand_for[seat]: weight for seat, weight in arena.weights.items()},
    )


def _name_between(arena: Arena, one: Seat, other: Seat) -> str:
    return f"{arena.name}_{one}_{other}".lower()
