"""Institution funding: a seat pays for an arena's institution.

Source: rules section 5.
"""

from collections.abc import Iterator, Mapping, Sequence

from game_rules.moves.kind import Kind
from game_rules.moves.preview import Attempt, Change, Changed, MovePreview
from game_rules.roles import Seat
from game_rules.scenario.moves import MoveKind, MoveRules, OpenedMove
from game_rules.scenario.scenario import CRISIS


class Fund(Kind):
    name = MoveKind.FUND

    def cost(self, rules: MoveRules) -> float:
        return rules.fund_cost

    def check(self, attempt: Attempt) -> str | None:
        if attempt.arena.name.startswith(CRISIS):
            return f"{attempt.arena.name} has no institution; fund another arena's"
        return super().check(attempt)

    def effect(self, attempt: Attempt) -> None:
        """Leave nothing in force but a stronger institution."""

    def changes(self, preview: MovePreview) -> Iterator[Change]:
        """Tell the strength after this round, should nobody else fund it."""
        p, name = preview.position.scenario.standing, preview.arena.name
        old = preview.position.standing.institutions.get(name, p.institution_at_start)
        without = p.institution_memory * old
        more = (1.0 - p.institution_memory) / len(preview.without[name].members)
        yield Change(Changed.INSTITUTION, name, (), without, without + more)


def funders(opened: Sequence[OpenedMove]) -> Mapping[str, tuple[Seat, ...]]:
    """Return the seats that fund each arena's institution this round."""
    paid: dict[str, tuple[Seat, ...]] = {}
    for each in opened:
        if each.move.kind is MoveKind.FUND:
            paid[each.move.arena] = (*paid.get(each.move.arena, ()), each.seat)
    return paid


KIND = Fund()
