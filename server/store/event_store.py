"""The port of the event store: one append-only list of events per match.

`append` is the only way to write. It returns once the events are synced to disk, so its caller may
then publish and acknowledge. The adapters (`store/sqlite`, and `tests/fakes.py` in memory) pass the
same contract tests; nothing here depends on a database.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NewType, Protocol

from game_rules.log.people import Names
from game_rules.roles import PersonId

MatchId = NewType("MatchId", str)

GUEST = "guest-"
"""How the id of a guest's match begins; the day of its database follows, as YYYYMMDD and a dash."""


def is_of_guest(match_id: MatchId) -> bool:
    """Tell whether a match is a guest's own, which is kept for a day beside the main database."""
    return match_id.startswith(GUEST)


class StoreError(Exception):
    """Nothing may be published or acknowledged; the message is one line for people."""


class SeqConflict(StoreError):
    """Another writer was first: read the log from expected_seq and decide again."""

    def __init__(self, match_id: MatchId, expected_seq: int, last_seq: int) -> None:
        super().__init__(
            f"match {match_id} stands at event {last_seq}, not {expected_seq}; "
            "read the log again and decide again"
        )
        self.match_id, self.expected_seq, self.last_seq = match_id, expected_seq, last_seq


class CommandRepeated(StoreError):
    """The log already holds this command of this actor; its receipt is in the log."""

    def __init__(self, match_id: MatchId) -> None:
        super().__init__(f"match {match_id} holds this command already; answer from its log")
        self.match_id = match_id


class StoreUnavailable(StoreError):
    """The events could not be made durable: disk full, database locked or closed.

    After a failed sync a database cannot always tell whether the events survive, so the log is the
    truth: the same append either succeeds or raises SeqConflict.
    """


class LeaseLost(StoreUnavailable):
    """This server may not write to the match now: its lease has lapsed, or another one has it.

    What it knows of the match may be old. Whoever sends the command again reaches the owner.
    """

    def __init__(self, match_id: MatchId) -> None:
        super().__init__(f"match {match_id} is not this server's to write; send the command again")
        self.match_id = match_id


class StoreRefused(StoreUnavailable):
    """The database answers, and must not be used as it is; the message ends with the remedy."""


REMEDY = "stop the server and put a backup in its place, as docs/operators.md says"
"""For damage."""


class StoreDamaged(StoreUnavailable):
    """What was asked for lies in a damaged part of the database; trying again does not help.

    What lies elsewhere can still be read and written.
    """


@dataclass(frozen=True, slots=True)
class NewEvent:
    """An event to append.

    payload: the event as `codec.dumps` writes it. actor and command_id belong to the first event of
    a command: its sender, and the id that its client made. A command_id needs an actor; the pair is
    unique in its match. names: of people of whom it speaks, which are kept beside the log; None for
    a person who is forgotten, and stays so.
    """

    payload: str
    actor: str | None = None
    command_id: str | None = None
    names: Names = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.command_id is not None and self.actor is None:
            raise ValueError(f"command {self.command_id} has no actor; name who sent it")


@dataclass(frozen=True, slots=True)
class StoredEvent:
    """One row of a log; seq counts from 1 without gaps in its match."""

    seq: int
    payload: str
    actor: str | None
    command_id: str | None


class EventStore(Protocol):
    """Stores the logs of all matches."""

    @property
    def is_shared(self) -> bool:
        """Whether another program may append to the same logs; what was read may then be old."""
        ...

    async def open(self) -> None:
        """Open the store on the running loop. Raises StoreUnavailable."""
        ...

    async def append(self, match_id: MatchId, expected_seq: int, events: Sequence[NewEvent]) -> int:
        """Add events to a log, all or none; return its last seq once they are synced.

        expected_seq: how many events the log holds, 0 for a new match. events: at least one. Raises
        SeqConflict, CommandRepeated, LeaseLost, StoreUnavailable or StoreDamaged. After a cancelled
        call, only reading the log shows whether it took effect.
        """
        ...

    async def read(self, match_id: MatchId, after_seq: int = 0) -> list[StoredEvent]:
        """Return the events after a seq, in order; none for a match without a log.

        Raises StoreUnavailable; StoreDamaged if they lie in a damaged part of the database.
        """
        ...

    async def names(self, match_id: MatchId) -> dict[PersonId, str | None]:
        """Return what the people of a match are called, beside its log; None: forgotten.

        Raises as `read`.
        """
        ...

    def require_writable(self) -> None:
        """Raise the StoreUnavailable of the last write, if that one failed."""
        ...

    async def close(self) -> None:
        """Store the accepted events and refuse later ones; harmless when repeated."""
        ...
