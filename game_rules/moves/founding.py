"""Arenas that seats join or found, on the terms of an existing arena.

Source: rules section 5 (diversify); Khan 2025, recommendation 2. Morrow 1991 on what an ally
gives up of its own policy.
"""

from collections.abc import Sequence
from dataclasses import replace

from game_rules.errors import InvalidInput
from game_rules.games.stage_games import Collective, Terms, collective
from game_rules.roles import Seat
from game_rules.scenario.scenario import FOUNDED, Arena, Scenario
from game_rules.scenario.weights import weights

MOST_PARTNERS = 3
SMALLEST_SHARE = 1e-6
"""Nobody may weigh less after a single seat has joined, so that no number of them is too many."""

_PARAMETERS = ("b", "c", "e", "g", "d", "sigma")


def founded_name(founders: Sequence[Seat]) -> str:
    """Name the arena of some founders, given in the scenario's order; always the same.

    >>> founded_name((Seat("JPN"), Seat("PHL")))
    'founded_jpn_phl'
    """
    return FOUNDED + "_".join(founders).lower()


def founded_arena(scenario: Scenario, model: Arena, founders: Sequence[Seat]) -> Arena:
    """Found an arena among some seats, open to others, on the common terms of another arena.

    founders: in the scenario's order. Raises InvalidInput if one has no figure for the scenario's
    measure of power, or weighs too little beside the others.
    """
    assert isinstance(model.game, Collective)
    names = ", ".join(scenario.player(seat).name for seat in founders)
    raw = weights([scenario.player(seat) for seat in founders], scenario.power)
    return Arena(
        name=founded_name(founders),
        title=names,
        about=model.about,
        domain=model.domain,
        members=tuple(founders),
        game=collective(raw, common_terms(model), model.game.theta),
        exclusive=0.0,
        overrides=(),
        grounds=model.grounds,
    )


def joined_arena(scenario: Scenario, arena: Arena, joiners: Sequence[Seat]) -> Arena:
    """Add members to an arena on its common terms; weights are computed again.

    Raises InvalidInput as `founded_arena` does.
    """
    assert isinstance(arena.game, Collective)
    members = (*arena.members, *joiners)
    raw = weights([scenario.player(seat) for seat in members], scenario.power, arena.weights)
    terms = (*arena.game.terms, *(common_terms(arena) for _ in joiners))
    game = collective(raw, terms, arena.game.theta)
    if min(game.weights) < SMALLEST_SHARE:
        raise InvalidInput(
            f"{arena.name} would have a member of {min(game.weights):.1g}; too light"
        )
    return replace(arena, members=members, game=game)


def common_terms(arena: Arena) -> Terms:
    """Return the terms of members without an override.

    Each parameter is that of the first member without an override of it, or else of the first.
    """
    assert isinstance(arena.game, Collective)
    own = {(each.member, each.parameter) for each in arena.overrides}
    common = {}
    for parameter in _PARAMETERS:
        plain = (i for i, seat in enumerate(arena.members) if (seat, parameter) not in own)
        common[parameter] = getattr(arena.game.terms[next(plain, 0)], parameter)
    return Terms(**common)
