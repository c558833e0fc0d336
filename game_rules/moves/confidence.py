"""Confidence building: clearer monitoring of all actions in an arena.

Source: rules section 5.
"""

from collections.abc import Iterator

from game_rules.log.position import Position
from game_rules.moves.kind import Kind
from game_rules.moves.preview import Attempt, Change, Changed, MovePreview
from game_rules.scenario.moves import MoveKind, MoveRules


class Confidence(Kind):
    name = MoveKind.CONFIDENCE

    def cost(self, rules: MoveRules) -> float:
        return rules.confidence_cost

    def rounds(self, rules: MoveRules) -> int:
        return rules.confidence_rounds

    def check(self, attempt: Attempt) -> str | None:
        scenario = attempt.position.scenario
        q, lifted = scenario.monitoring, scenario.moves.confidence_quality
        if q >= lifted:
            return f"monitoring is {q:g}, and confidence lifts it to {lifted:g}; make another move"
        return super().check(attempt)

    def changes(self, preview: MovePreview) -> Iterator[Change]:
        scenario = preview.position.scenario
        q, lifted = scenario.monitoring, scenario.moves.confidence_quality
        yield Change(Changed.MONITORING, preview.arena.name, (), q, lifted)


def monitoring_of(position: Position, arena: str) -> float:
    """Return q in an arena: the scenario's, or the level that confidence raised it to."""
    scenario = position.scenario
    lifted = any(x.kind is MoveKind.CONFIDENCE and x.arena == arena for x in position.effects)
    quality = scenario.moves.confidence_quality if lifted else 0.0
    return max(scenario.monitoring, quality)


KIND = Confidence()
