"""What the clients of one match did and saw, and whether one log can explain it.

A command's fate is acked (with its place), refused, or unknown: an unanswered one may be stored
or not, but never twice. The check is linear in the log (Elle's list-append idea: a single
append-only list needs no search). What an audience may see of the log is computed here, from the
rules, and compared with what it was shown.
"""

import json
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import inf
from typing import Any

from game_rules.log.events import (
    DeadlineMoved,
    Event,
    MatchCreated,
    MatchEnded,
    MatchPaused,
    MatchResumed,
    PhaseOpened,
)
from game_rules.match.visibility import redact
from game_rules.records.codec import dumps, loads
from game_rules.roles import FACILITATOR, PUBLIC, Seat, Viewer, seated
from game_rules.scenario.scenario import Scenario
from server.store.event_store import StoredEvent

Shown = Mapping[str, Any]


@dataclass
class Log:
    """A log as it is stored, and what every audience may see of it; it is read bit by bit."""

    seq: int = 0
    stored: list[str] = field(default_factory=list)
    """The ids of the clients' commands, in order."""
    last_seqs: dict[str, int] = field(default_factory=dict)
    """The last event of every command."""
    visible: dict[str, list[Shown]] = field(default_factory=dict)
    log_seqs: dict[str, list[int]] = field(default_factory=dict)
    scenario: Scenario | None = None
    deadline_ms: int | None = None
    """The open deadline, while its clock runs."""
    _open: str | None = None

    def read(self, rows: Iterable[StoredEvent], audiences: Iterable[str]) -> None:
        """Take further rows. audiences: everybody who watches; the same at every call."""
        for row in rows:
            self.seq += 1
            assert row.seq == self.seq, "a log has no gap"
            event = loads(Event, row.payload)
            self._note_time(event)
            self._note_command(row)
            for name in audiences:
                self._show(name, event)

    def place(self, audience: str, command_id: str) -> int:
        """Count what an audience may see up to the end of a command."""
        return bisect_right(self.log_seqs[audience], self.last_seqs[command_id])

    def _note_time(self, event: Event) -> None:
        if isinstance(event, MatchCreated):
            self.scenario = event.scenario
        elif isinstance(event, PhaseOpened | DeadlineMoved | MatchResumed):
            self.deadline_ms = event.deadline_ms
        elif isinstance(event, MatchPaused | MatchEnded):
            self.deadline_ms = None

    def _note_command(self, row: StoredEvent) -> None:
        if row.actor is not None:
            self._open = row.command_id
            if row.command_id is not None:
                self.stored.append(row.command_id)
        if self._open is not None:
            self.last_seqs[self._open] = self.seq

    def _show(self, name: str, event: Event) -> None:
        assert self.scenario is not None, "a log begins with its scenario"
        seen = redact(event, viewer_of(name), self.scenario)
        shown, seqs = self.visible.setdefault(name, []), self.log_seqs.setdefault(name, [])
        if seen is not None:
            shown.append(json.loads(dumps(seen)))
            seqs.append(self.seq)


@dataclass
class History:
    """Everything the clients of one match did and saw."""

    invoked_ns: dict[str, int] = field(default_factory=dict)
    acked_ns: dict[str, int] = field(default_factory=dict)
    places: dict[str, tuple[str, int]] = field(default_factory=dict)
    """The audience of whoever was acked, and the place that was told."""
    refused: set[str] = field(default_factory=set)
    """What was refused, and of which no copy can come later."""
    refused_ns: dict[str, int] = field(default_factory=dict)
    sent_ns: dict[str, int] = field(default_factory=dict)
    """When a command was last sent."""
    seen: dict[str, list[Shown]] = field(default_factory=dict)
    """What each audience was shown, to whomever of it first."""
    faults: Counter[str] = field(default_factory=Counter)

    def see(self, audience: str, seq: int, first_seq: int, events: Sequence[Shown]) -> None:
        """Note what one client was shown, which has seen `seq` events of its audience."""
        self.faults["gap or repeat"] += first_seq != seq + 1
        seen = self.seen.setdefault(audience, [])
        known = seen[first_seq - 1 : first_seq - 1 + len(events)]
        self.faults["audience differs"] += list(events[: len(known)]) != known
        seen.extend(events[len(known) :])

    def ack(self, command_id: str, audience: str, seq: int, place: int, at_ns: int) -> None:
        """Note an ack with its place, come to a client that has seen `seq` events."""
        self.faults["acked before shown"] += place > seq
        self.faults["acked twice, at two places"] += self.places.get(
            command_id, (audience, place)
        ) != (audience, place)
        self.acked_ns.setdefault(command_id, at_ns)
        self.places[command_id] = (audience, place)

    def first_answer_ns(self, since_ns: int) -> int | None:
        """Return when a command that was sent after a time, or again, was first decided."""
        decided = (*self.acked_ns.items(), *self.refused_ns.items())
        return min((at for x, at in decided if self.sent_ns.get(x, 0) > since_ns), default=None)

    def check(self, log: Log) -> Mapping[str, int]:
        """Count the ways in which a log at rest and the history disagree."""
        faults = Counter(self.faults)
        known = set(log.stored)
        faults["stored twice"] += len(log.stored) - len(known)
        faults["phantom"] += len(known - self.invoked_ns.keys())
        faults["acked but lost"] += len(self.acked_ns.keys() - known)
        faults["refused but stored"] += len(self.refused & known)
        for audience, seen in self.seen.items():
            faults["different history"] += seen != log.visible[audience]
        for command_id, (audience, place) in self.places.items():
            is_known = command_id in known
            faults["wrong place"] += is_known and place != log.place(audience, command_id)
        faults["real-time order"] += self._out_of_order(log.stored)
        return +faults

    def _out_of_order(self, stored: Sequence[str]) -> int:
        count, earliest_later_ack = 0, inf
        for command_id in reversed(stored):
            count += earliest_later_ack < self.invoked_ns.get(command_id, 0)
            earliest_later_ack = min(earliest_later_ack, self.acked_ns.get(command_id, inf))
        return count


def viewer_of(audience: str) -> Viewer:
    """Return the viewer that an audience is named after."""
    if audience.startswith("seat:"):
        return seated(Seat(audience.removeprefix("seat:")))
    return FACILITATOR if audience == FACILITATOR.key else PUBLIC
