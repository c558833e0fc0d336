"""What clients saw, and whether one log can explain it.

A command's fate is acked (with its place), refused, or unknown: an unanswered one may be stored
or not, but never twice. The check is linear in the log (Elle's list-append idea: a single
append-only list needs no search).
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import inf


@dataclass
class History:
    """Everything the clients of one match did and saw."""

    invoked_ns: dict[str, int] = field(default_factory=dict)
    acked_ns: dict[str, int] = field(default_factory=dict)
    seen: dict[str, list[str]] = field(default_factory=dict)


def check(
    history: History, log: Sequence[str | None], expected: Sequence[str]
) -> Mapping[str, int]:
    """Count the ways in which a log at rest and a history disagree.

    log: for every event, the id of the command that it begins (None for the rest), in order.
    expected: the texts of all public events of the log, in order.
    """
    stored = [command_id for command_id in log if command_id is not None]
    places = {command_id: place for place, command_id in enumerate(stored)}
    faults: Counter[str] = Counter()
    faults["stored twice"] += len(stored) - len(places)
    faults["phantom"] += len(places.keys() - history.invoked_ns.keys())
    faults["acked but lost"] += len(history.acked_ns.keys() - places.keys())
    for seen in history.seen.values():
        faults["different history"] += seen != list(expected[: len(seen)])
        faults["missed the tail"] += len(seen) != len(expected)
    earliest_later_ack = inf
    for command_id in reversed(stored):
        invoked = history.invoked_ns.get(command_id, 0)
        faults["real-time order"] += earliest_later_ack < invoked
        earliest_later_ack = min(earliest_later_ack, history.acked_ns.get(command_id, inf))
    return +faults
