"""The lineage of a match: its trunk and its branches."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from game_rules.later import LATER
from game_rules.log.events import Branched, Event, MatchSuperseded
from game_rules.log.position import Model


@dataclass(frozen=True, slots=True)
class Lineage:
    """The branches in a log.

    trunk: the match that the first `shared` events of this log come from.
    superseded_by: the branch in which the match goes on. model: what it is a model of.
    """

    trunk: str | None = None
    shared: int = 0
    superseded_by: str | None = None
    model: Model | None = field(default=None, metadata=LATER)

    @property
    def replaced(self) -> str | None:
        """The match whose place it took; None for a model, whose trunk stays what it was."""
        is_model = self.model is not None and self.model.trunk == self.trunk
        return None if is_model else self.trunk


def lineage(log: Sequence[Event]) -> Lineage:
    """Read the lineage from a whole log.

    >>> lineage([Branched("m1", 12, None, 0), MatchSuperseded("m3", 9)])
    Lineage(trunk='m1', shared=12, superseded_by='m3', model=None)
    """
    found = Lineage()
    for event in log:
        match event:
            case Branched(trunk=trunk, seq=seq, model_from=None):
                found = Lineage(trunk, seq, model=found.model)
            case Branched(trunk=trunk, seq=seq, model_from=number) if number is not None:
                found = Lineage(trunk, seq, model=Model(trunk, number))
            case MatchSuperseded(branch=branch):
                found = replace(found, superseded_by=branch)
    return found
