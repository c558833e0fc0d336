"""Lens views: the games and scores of a match, live or in replay, through a lens.

Works on any position, also a viewer's, and changes nothing that is stored. Source: rules
section 3.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from game_rules.games.corners import Corners
from game_rules.lenses.contexts import lens_context
from game_rules.lenses.lensed_games import lensed_corners
from game_rules.lenses.lenses import Lens, LensContext, regard_among, utility
from game_rules.log.events import ArenaResult
from game_rules.log.position import Position
from game_rules.roles import Seat
from game_rules.rulesets.chosen import ruleset_of
from game_rules.scenario.scenario import PowerMeasure
from game_rules.scenario_files.scenarios import with_power


@dataclass(frozen=True, slots=True)
class LensView:
    """One arena through a lens, for one member.

    material: its payoffs when the others move as one; seen: the same as utilities, with greed,
    fear and class. utility: what the last round it was played in was worth, None before any.
    """

    lens: Lens
    arena: str
    seat: Seat
    material: Corners
    seen: Corners
    utility: float | None

    @property
    def is_another_game(self) -> bool:
        """Tell whether the lens changes the class of the game for this seat."""
        return self.seen.game_class is not self.material.game_class


def lens_view(
    position: Position, lens: Lens, seat: Seat, arena: str, measure: PowerMeasure | None = None
) -> LensView:
    """Return an arena in force through a lens, for one of its members.

    measure: weighs power otherwise than the scenario does. Raises KeyError for an arena that is
    not in force, ValueError if the seat is no member, and InvalidInput for a missing figure.
    """
    chosen = _weighed(position, measure)
    found = next((each for each in chosen.arenas if each.name == arena), None)
    if found is None:
        raise KeyError(arena)
    context = lens_context(chosen.scenario, chosen.standing)
    scores = (
        _score(lens, result, seat, before)
        for result, before in _past(chosen)
        if result.arena == arena
    )
    return LensView(
        lens=lens,
        arena=arena,
        seat=seat,
        material=found.game.corners(found.member(seat)),
        seen=lensed_corners(lens, found, seat, context),
        utility=next(scores, None),
    )


def lens_totals(position: Position, lens: Lens) -> Mapping[Seat, float]:
    """Sum the utilities of all rounds so far, by seat.

    Each round is seen as it stood before it; what incidents cost is material and stays out.
    """
    totals = dict.fromkeys(position.scenario.seats, 0.0)
    for result, before in reversed(tuple(_past(position))):
        for seat in result.actions:
            totals[seat] += _score(lens, result, seat, before)
    return totals


def _weighed(position: Position, measure: PowerMeasure | None) -> Position:
    if measure is None:
        return position
    present = with_power(replace(position.scenario, arenas=position.arenas), measure)
    return position.but(scenario=present, arenas=present.arenas)


def _past(position: Position) -> Iterator[tuple[ArenaResult, LensContext]]:
    """Yield every result with the lens data before it, the latest first."""
    scenario, rounds = position.scenario, position.history
    first_standing = ruleset_of(position).first_standing
    for number in range(len(rounds) - 1, -1, -1):
        before = rounds[number - 1].standing if number else first_standing(scenario)
        context = lens_context(scenario, before)
        for result in reversed(rounds[number].results):
            yield result, context


def _score(lens: Lens, result: ArenaResult, seat: Seat, context: LensContext) -> float:
    members = tuple(result.actions)
    own = regard_among(lens, result.arena, members, seat, context)
    paid = tuple(result.payoffs[member] for member in members)
    return utility(own, members.index(seat), paid, result.actions[seat])
