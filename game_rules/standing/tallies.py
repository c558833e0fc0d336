"""Sums over the arenas of a round that every version of the rules needs.

`sum` of floats rounds differently from Python 3.12 on, so figures are added one by one.
"""

from collections.abc import Collection, Mapping, Sequence

from game_rules.games.stage_games import Action, C
from game_rules.roles import Seat
from game_rules.scenario.scenario import Arena
from game_rules.standing.meetings import Shares
from game_rules.standing.round_effects import PlayedArenas
from game_rules.standing.standing import Standing, StandingParameters


def cooperation(arena: Arena, actions: Mapping[Seat, Action]) -> float:
    """Return X, the weight that cooperates. Source: rules section 2."""
    share = 0.0
    for member, seat in enumerate(arena.members):
        if actions[seat] is C:
            share += arena.game.weight(member)
    return share


def weighed(shares: Sequence[Shares], played: PlayedArenas) -> float:
    """Return the share of cooperation among the pairs that count. Source: rules section 4."""
    whole = 0.0
    if not any(shares):
        return whole
    for counted, (_, actions) in zip(shares, played, strict=True):
        for seat, share in counted:
            if actions[seat] is C:
                whole += share
    return whole


def mean(figures: Collection[float]) -> float:
    """Return the mean of some figures, 0 of none. Source: rules section 4 (index).

    >>> mean([0.25, 0.75]), mean([])
    (0.5, 0.0)
    """
    whole = 0.0
    for figure in figures:
        whole += figure
    return whole / len(figures) if figures else 0.0


def faded(old: float, new: float, memory: float) -> float:
    """Move an old figure toward a new one. Source: rules section 4."""
    return memory * old + (1.0 - memory) * new


def norms_after(
    standing: Standing, played: PlayedArenas, shares: Sequence[float], p: StandingParameters
) -> Mapping[str, float]:
    """N ← 0.8 N + 0.2 X, the running norm of C. Source: Wendt 1999; the memory is an assumption."""
    norms = dict(standing.norms)
    for (arena, _), share in zip(played, shares, strict=True):
        norms[arena.name] = faded(norms.get(arena.name, p.norm_at_start), share, p.norm_memory)
    return norms
