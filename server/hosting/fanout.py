"""Fan-out of events: one audience per point of view, each with its own gapless sequence.

An audience keeps the text of every event it may see, serialised once and shared by all its sockets;
if nothing is hidden, it is the stored text itself. An audience without listeners catches up when it
gets one.
"""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
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


class Seen(NamedTuple):
    """An event as an audience sees it: its seq in the log, its text, and whom it names."""

    seq: int
    text: str
    person: PersonId | None


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

    def sight_of(self, logged: Sequence[LoggedEvent]) -> list[Seen]:
        """Write what this audience may see of some events."""
        sight = []
        for seq, event, payload in logged:
            seen = redact(event, self.viewer, self.scenario)
            if seen is not None:
                text = payload if seen is event else dumps(seen)
                sight.append(Seen(seq, text, person_of(seen)))
        return sight

    def show(self, sight: Sequence[Seen], up_to: int) -> None:
        """Keep what this audience sees of the events after `log_seq`; send it to its listeners."""
        first_seq = self.seq + 1
        self.log_seq = up_to
        if not sight:
            return
        payloads = [text for _, text, _ in sight]
        self.payloads += payloads
        self.log_seqs += [seq for seq, _, _ in sight]
        self.people.update(person for _, _, person in sight if person is not None)
        for listener in tuple(self.listeners):
            listener.tell(first_seq, payloads)


Sights = Mapping[Audience, Sequence[Seen]]
"""What audiences see of events that may not be stored yet."""
NOT_WRITTEN: Sights = {}


class Parts:
    """Some events, parted by who may see them, so that a seat need not look at all of them."""

    def __init__(self, logged: Sequence[LoggedEvent], scenario: Scenario) -> None:
        self._all = logged
        self._common: list[LoggedEvent] = []
        self._own: dict[Seat, list[LoggedEvent]] = {}
        for entry in logged:
            seat = owner(entry.event, scenario)
            part = self._common if seat is None else self._own.setdefault(seat, [])
            part.append(entry)

    def of(self, viewer: Viewer) -> Sequence[LoggedEvent]:
        """Return, in order, what is not for other seats alone; for a viewer without one, all."""
        if viewer.seat is None:
            return self._all
        own = self._own.get(viewer.seat)
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
            audience.show(audience.sight_of(log[audience.log_seq :]), len(log))
        return audience

    def sights(self, logged: Sequence[LoggedEvent]) -> Sights:
        """Write what those who listen will see of events that follow what they have seen.

        For before the events are stored: what many see is written once while it is fresh.
        """
        begin = logged[0].seq - 1
        waiting = [x for x in self._audiences.values() if x.listeners and x.log_seq == begin]
        parts = Parts(logged, self._scenario) if len(logged) >= MANY else None
        return {x: x.sight_of(parts.of(x.viewer) if parts else logged) for x in waiting}

    def publish(self, log: Sequence[LoggedEvent], sights: Sights = NOT_WRITTEN) -> None:
        """Send the log's new events to every audience that has listeners. sights: as written."""
        end = len(log)
        for audience in tuple(self._audiences.values()):
            if audience.listeners and audience.log_seq < end:
                sight = sights.get(audience)
                if sight is None:
                    sight = audience.sight_of(log[audience.log_seq :])
                audience.show(sight, end)

    @property
    def has_listeners(self) -> bool:
        """Tell whether any audience has listeners."""
        return any(audience.listeners for audience in self._audiences.values())
