"""Sight in rules 2: institutions clear the fog, and confidence building more so.

Source: Keohane 1984 (regimes give information); Jervis 1976 on misperception.
"""

from game_rules.log.position import Position
from game_rules.scenario.moves import MoveKind


def monitoring(position: Position, arena: str) -> float:
    """Return q in an arena: q + (1 − q)·½·I, and with confidence building at least 0.97.

    Source: Keohane 1984; the half is an assumption.
    """
    scenario = position.scenario
    q, c = scenario.monitoring, scenario.consequences
    strength = position.standing.institutions.get(arena, c.institution_at_start)
    seen = q + (1.0 - q) * c.eased_fog * strength
    for effect in position.effects:
        if effect.kind is MoveKind.CONFIDENCE and effect.arena == arena:
            return max(seen, scenario.moves.confidence_quality)
    return seen
