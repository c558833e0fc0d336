"""The lineage of a match: its trunk and its branches."""

from collections.abc import Sequence
from dataclasses import dataclass

from game_rules.log.events import Branched, Event, MatchSuperseded


@dataclass(frozen=True, slots=True)
class Lineage:
    """The branches in a log.

    trunk: the match that the first `shared` events of this log come from.
    superseded_by: the branch in which the match goes on.
    """

    trunk: str | None = None
    shared: int = 0
    superseded_by: str | None = None


def lineage(log: Sequence[Event]) -> Lineage:
    """Read the lineage from a whole log.

    >>> lineage([Branched("m1", 12, None, 0), MatchSuperseded("m3", 9)])
    Lineage(trunk='m1', shared=12, superseded_by='m3')
    """
    found = Lineage()
    for event in log:
        match event:
            case Branched(trunk=trunk, seq=seq):
                found = Lineage(trunk, seq)
            case MatchSuperseded(branch=branch):
                found = Lineage(found.trunk, found.shared, branch)
    return found
