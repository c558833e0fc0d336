"""Regions for the laws of standing: seats, arenas, rivals, and rounds played in them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from game_rules.games.stage_games import Action, StageGame, Terms, collective
from game_rules.log.events import ArenaResult, OrderSource
from game_rules.roles import Seat
from game_rules.rulesets.first.aftermath import next_standing
from game_rules.scenario.scenario import Arena, Player, Scenario
from game_rules.standing.incidents import Incident
from game_rules.standing.integration import Integration
from game_rules.standing.round_effects import RoundEffects
from game_rules.standing.standing import Pair, Standing, StandingParameters, first_standing
from tests.game_rules.scenes import a_scenario, an_arena

C, D = Action.C, Action.D
TERMS = Terms(b=6, c=2, e=1, g=2, d=0.5, sigma=0.5)


def seats(count: int) -> tuple[Seat, ...]:
    """Name so many seats A, B, C, ..."""
    return tuple(Seat(chr(ord("A") + place)) for place in range(count))


def a_forum(
    name: str,
    members: Sequence[Seat],
    exclusive: float = 0.0,
    theta: float = 0.0,
    weights: Sequence[float] = (),
) -> Arena:
    """Make a collective arena."""
    game = collective(weights or [1.0] * len(members), TERMS, theta)
    return replace(an_arena(name, tuple(members), game), exclusive=exclusive)


def a_dyad(name: str, first: Seat, second: Seat, game: StageGame | None = None) -> Arena:
    """Make an arena of two; without a game a collective one of equals."""
    return an_arena(name, (first, second), game or collective((1, 1), TERMS))


def a_region(arenas: Sequence[Arena], rivals: Sequence[Pair] = ()) -> Scenario:
    """Make a scenario of all the seats that the arenas and the rivals name."""
    named = {seat: None for arena in arenas for seat in arena.members}
    named |= {seat: None for pair in rivals for seat in pair}
    players = tuple(Player(seat, f"Country {seat}", "", {}) for seat in named)
    return a_scenario(players=players, arenas=tuple(arenas), rivals=tuple(rivals))


def played(arena: Arena, actions: Sequence[str]) -> ArenaResult:
    """Make a result from actions in member order, e.g. "CCD"."""
    chosen = dict(zip(arena.members, (Action(action) for action in actions), strict=True))
    paid = arena.game.payoffs(tuple(chosen.values()))
    return ArenaResult(
        arena=arena.name,
        actions=chosen,
        sources=dict.fromkeys(chosen, OrderSource.ORDERED),
        payoffs=dict(zip(arena.members, paid, strict=True)),
    )


def after(
    scenario: Scenario,
    actions: Mapping[str, str] | str,
    *,
    rounds: int = 1,
    start: Standing | None = None,
    effects: RoundEffects | None = None,
    parameters: StandingParameters | None = None,
) -> tuple[Standing, tuple[Incident, ...]]:
    """Play the same actions for some rounds; the last round's standing and incidents.

    actions: by arena's name; or one letter, which everybody plays everywhere.
    """
    standing, incidents = start or first_standing(scenario, parameters), ()
    for _ in range(rounds):
        results = [played(arena, _of(arena, actions)) for arena in scenario.arenas]
        standing, incidents = next_standing(standing, scenario, results, effects, parameters)
    return standing, incidents


def the_index(standing: Standing) -> Integration:
    """Give the index of a standing that has a round behind it."""
    assert standing.integration is not None
    return standing.integration


def _of(arena: Arena, actions: Mapping[str, str] | str) -> str:
    return actions * len(arena.members) if isinstance(actions, str) else actions[arena.name]
