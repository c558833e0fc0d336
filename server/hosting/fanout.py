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
from game_rules.match.visibility import owner, redact
from game_rules.records.codec import dumps
from game_rules.roles import PersonId, Seat, Viewer
from game_rules.scenario.scenario import Scenario

MANY = 16
"""From how many events at once on it pays to part them; a round of two has six."""


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

    def show(self, logged: Sequence[LoggedEvent], up_to: int) -> None:
        """Keep what this audience may see, and send it to its listeners.

        logged: the events after `log_seq`, up to a seq; those that only others see may be left out.
        """
        first_seq, payloads = self.seq + 1, []
        self.log_seq = up_to
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


class Parts:
    """Some events, parted by who may see them, so that a seat need not look at all of them."""

    def __init__(self, logged: Sequence[LoggedEvent], scenario: Scenario) -> None:
        self._common: list[LoggedEvent] = []
        self._own: dict[Seat, list[LoggedEvent]] = {}
        for entry in logged:
            seat = owner(entry.event, scenario)
            part = self._common if seat is None else self._own.setdefault(seat, [])
            part.append(entry)

    def of(self, seat: Seat) -> Sequence[LoggedEvent]:
        """Return, in order, what is not for other seats alone."""
        own = self._own.get(seat)
        return self._common if own is None else sorted(self._common + own, key=_seq_of)


def _seq_of(entry: LoggedEvent) -> int:
    return entry.seq


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
            audience.show(log[audience.log_seq :], len(log))
        return audience

    def publish(self, log: Sequence[LoggedEvent]) -> None:
        """Send the log's new events to every audience that has listeners."""
        end, parts = len(log), {}
        for audience in tuple(self._audiences.values()):
            begin = audience.log_seq
            if not audience.listeners or begin == end:
                continue
            logged = log[begin:]
            if audience.viewer.seat is not None and len(logged) >= MANY:
                if begin not in parts:
                    parts[begin] = Parts(logged, self._scenario)
                logged = parts[begin].of(audience.viewer.seat)
            audience.show(logged, end)

    @property
    def has_listeners(self) -> bool:
        """Tell whether any audience has listeners."""
        return any(audience.listeners for audience in self._audiences.values())
