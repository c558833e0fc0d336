"""Dependence in rules 2: it is asymmetry that gives power.

Source: Hirschman 1945; Keohane & Nye 1977.
"""

from collections.abc import Iterable, Mapping, Sequence

from game_rules.games.stage_games import D
from game_rules.roles import Seat
from game_rules.scenario.parameters import Consequences
from game_rules.scenario.scenario import CRISIS
from game_rules.standing.round_effects import PlayedArenas
from game_rules.standing.standing import Standing

_NEAR = 1e-9

Dependency = Mapping[Seat, Mapping[Seat, float]]


def leaning(dependency: Dependency, seat: Seat, seats: Iterable[Seat]) -> tuple[Seat | None, float]:
    """Find the partner that a seat leans on most: max(0, s_ij − s_ji), and how much.

    seats: in the scenario's order; the first of equals counts. Source: Hirschman 1945.
    """
    row, found, most = dependency.get(seat, {}), None, 0.0
    for other in seats:
        if other in row:
            lean = row[other] - dependency.get(other, {}).get(seat, 0.0)
            if lean > most + _NEAR:
                found, most = other, lean
    return found, most


def autonomy_of(dependency: Dependency, seat: Seat) -> float:
    """Return 1 − min(1, 2·largest leaning): half of one's benefits, unreturned, leaves none.

    Source: Keohane & Nye 1977; the factor is an assumption.
    """
    return 1.0 - min(1.0, 2.0 * leaning(dependency, seat, dependency)[1])


def autonomy(standing: Standing, seat: Seat) -> float:
    """Return the autonomy of a seat. Source: Keohane & Nye 1977."""
    return autonomy_of(standing.dependency, seat)


def leverage(
    before: Standing, seats: Sequence[Seat], played: PlayedArenas, c: Consequences
) -> Mapping[Seat, tuple[Seat, float]]:
    """Find who is made to feel its dependence: the partner, and the points that it loses.

    The largest leaning is at least the supplier's share, and that partner played D in a shared
    arena that is no alliance and no crisis: 2·leaning. Source: Hirschman 1945; Keohane & Nye 1977.
    """
    common = [
        (arena, acted)
        for arena, acted in played
        if not arena.is_alliance and not arena.name.startswith(CRISIS)
    ]
    felt: dict[Seat, tuple[Seat, float]] = {}
    for seat in seats:
        other, lean = leaning(before.dependency, seat, seats)
        if other is None or lean < c.supplier_share - _NEAR:
            continue
        if any(seat in acted and acted.get(other) is D for _, acted in common):
            felt[seat] = (other, c.leverage_cost * lean)
    return felt
