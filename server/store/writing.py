"""The single writer thread of a store, without the database behind it.

Everything that waits is stored in one transaction (group commit), so one sync serves hundreds of
appends, and a single append does not wait. All writes of this server run on this thread, one after
the other.
"""

import asyncio
import queue
import threading
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlmodel import Session

from server.store.event_store import MatchId, NewEvent, StoreUnavailable
from server.store.leases import Hold

MOST_AT_ONCE = 512


@dataclass(frozen=True, slots=True)
class Append:
    """Events that wait to be stored, and the future of their outcome.

    hold: the lease under which they were decided; None where a server has its database to itself.
    """

    match_id: MatchId
    expected_seq: int
    events: Sequence[NewEvent]
    answer: asyncio.Future[int]
    hold: Hold | None = None


@dataclass(frozen=True, slots=True)
class TableChange:
    """Any other change, in a separate transaction."""

    make: Callable[[Session], Any]
    answer: asyncio.Future[Any]


@dataclass(frozen=True, slots=True)
class Stop:
    """Tells the writer to stop, after everything before it."""

    answer: asyncio.Future[None]


Outcome = tuple[asyncio.Future[Any], Any]
Tell = Callable[[Sequence[Outcome]], None]


class WriterThread(threading.Thread, ABC):
    """Stores what is passed to `accept`, in order, until it meets a Stop.

    tell: takes the outcomes of a whole batch, on this thread. An outcome is a future and its
    result, which may be an exception. No error in a batch ends the thread.
    """

    def __init__(self, tell: Tell) -> None:
        super().__init__(name="store-writer", daemon=True)
        self._queue: queue.SimpleQueue[Sequence[Append | TableChange | Stop]] = queue.SimpleQueue()
        self._tell = tell
        self._engine: Engine
        """For changes; `_store` has a connection of its own or shares this one's."""

    def accept(self, work: Sequence[Append | TableChange | Stop]) -> None:
        """Queue some work; returns at once. A Stop is the last of it."""
        for at in range(0, len(work), MOST_AT_ONCE):
            self._queue.put(work[at : at + MOST_AT_ONCE])

    def run(self) -> None:
        """Store until a Stop comes."""
        while True:
            batch = self._take_waiting()
            appends = [work for work in batch if isinstance(work, Append)]
            if appends:
                self._tell(self._store(appends))
            for work in batch:
                if isinstance(work, TableChange):
                    self._tell([(work.answer, self._change(work))])
            if isinstance(last := batch[-1], Stop):
                self._disconnect()
                self._tell([(last.answer, None)])
                return

    def _take_waiting(self) -> list[Append | TableChange | Stop]:
        batch = [*self._queue.get()]
        while len(batch) < MOST_AT_ONCE and not isinstance(batch[-1], Stop):
            try:
                batch += self._queue.get_nowait()
            except queue.Empty:
                break
        return batch

    def _change(self, change: TableChange) -> Any:
        try:
            with Session(self._engine, expire_on_commit=False) as session:
                result = change.make(session)
                session.commit()
        except IntegrityError as error:
            return error
        except DBAPIError as error:
            return self._refusal("the database refused a change", error.orig)
        except Exception as error:  # reported to the caller of the change
            return error
        return result

    @abstractmethod
    def _store(self, appends: Sequence[Append]) -> list[Outcome]:
        """Store appends, synced, with as few commits as possible; return what became of each."""

    @abstractmethod
    def _refusal(self, what: str, error: BaseException | None) -> StoreUnavailable:
        """Build the refusal for an error of the database."""

    @abstractmethod
    def _disconnect(self) -> None:
        """Close the connections, on this thread."""


def rows_of(append: Append) -> list[tuple[Any, ...]]:
    """Return the rows of an append in the order of the table's columns."""
    return [
        (append.match_id, seq, new.payload, new.actor, new.command_id)
        for seq, new in enumerate(append.events, start=append.expected_seq + 1)
    ]
