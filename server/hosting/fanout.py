"""Fan-out of events: one audience per point of view, each with its own gapless sequence.

An audience keeps the text of every event it may see, serialised once and shared by all its sockets;
if nothing is hidden, it is the stored text itself. An audience without listeners catches up when it
gets one.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

from game_rules.log.events import Event
from game_rules.log.people import person_of
from game_rules.match.visibility import redact
from game_rules.records.codec import dumps
from game_rules.roles import PersonId, Viewer
from game_rules.scenario.scenario import Scenario


class LoggedEvent(NamedTuple):
    """A stored event: its seq in the log, and its text as stored."""

    seq: int
    event: Event
    payload: str


class Listener(Protocol):
    """A receiver of new events, e.g. a session."""

    def tell(self, first_seq: int, payloads: Sequence[str]) -> None:
        """Take the audience's next events; must neither wait nor fail."""
        ...


@dataclass(slots=True, eq=False)
class Audience:
    """All viewers with the same point of view. Sequence numbers count from 1."""

    viewer: Viewer
    scenario: Scenario
    payloads: list[str] = field(default_factory=list)
    log_seqs: list[int] = field(default_factory=list)
    listeners: set[Listener] = field(default_factory=set)
    people: set[PersonId] = field(default_factory=set)
    """Whom its events name: whose names it may be told."""
    log_seq: int = 0
    """How much of the log this audience has processed."""

    @property
    def seq(self) -> int:
        """The sequence number of the last event of this audience; 0 before any."""
        return len(self.payloads)

    def seq_after(self, log_seq: int) -> int:
        """Count the audience's events up to a seq of the log."""
        return bisect_right(self.log_seqs, log_seq)

    def show(self, logged: Sequence[LoggedEvent]) -> None:
        """Keep what this audience may see, and send it to its listeners."""
        first_seq, payloads = self.seq + 1, []
        self.log_seq += len(logged)
        for seq, event, payload in logged:
            seen = redact(event, self.viewer, self.scenario)
            if seen is not None:
                payloads.append(payload if seen is event else dumps(seen))
                self.log_seqs.append(seq)
                if (person := person_of(seen)) is not None:
                    self.people.add(person)
        if payloads:
            self.payloads += payloads
            for listener in tuple(self.listeners):
                listener.tell(first_seq, payloads)


class Fanout:
    """The audiences of one match."""

    def __init__(self, scenario: Scenario) -> None:
        self._scenario = scenario
        self._audiences: dict[Viewer, Audience] = {}

    def audience(self, viewer: Viewer, log: Sequence[LoggedEvent]) -> Audience:
        """Find a viewer's audience, up to date with the log."""
        audience = self._audiences.get(viewer)
        if audience is None:
            audience = self._audiences[viewer] = Audience(viewer, self._scenario)
        if audience.log_seq < len(log):
            audience.show(log[audience.log_seq :])
        return audience

    def publish(self, log: Sequence[LoggedEvent]) -> None:
        """Send the log's new events to every audience that has listeners."""
        for audience in tuple(self._audiences.values()):
            if audience.listeners and audience.log_seq < len(log):
                audience.show(log[audience.log_seq :])

    @property
    def has_listeners(self) -> bool:
        """Tell whether any audience has listeners."""
        return any(audience.listeners for audience in self._audiences.values())
