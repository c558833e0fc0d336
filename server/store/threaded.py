"""A store that writes on one thread and reads on others, without the database behind it.

Reads use separate connections and see what was committed when they began.
"""

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from sqlalchemy import Engine, select
from sqlmodel import Session, col

from game_rules.roles import PersonId
from server.store.event_store import MatchId, NewEvent, StoredEvent, StoreUnavailable
from server.store.leases import Hold
from server.store.tables import PersonRow
from server.store.writing import Append, Outcome, Stop, TableChange, Tell, WriterThread

T = TypeVar("T")

READERS = 2
CLOSED = "the store is closed; nothing was saved"


class ThreadedStore(ABC):
    """An `EventStore`, and the `AsyncTables` of `queries`.

    is_shared: as `EventStore` says. most_waiting: how many writes may wait for the disk at once;
    further ones wait for room.
    """

    is_shared = False

    def __init__(self, most_waiting: int = 4_096) -> None:
        self._room = asyncio.Semaphore(most_waiting)
        self._is_open = False
        self._waiting: list[Append | TableChange | Stop] = []
        """What goes to the writer when this turn of the loop ends."""
        self._write_failure: StoreUnavailable | None = None
        self._engine: Engine
        """For reading only."""

    async def open(self) -> None:
        """Start the writer. Raises StoreUnavailable if this is not a migrated database."""
        self._loop = asyncio.get_running_loop()
        self._writer = await asyncio.to_thread(self._new_writer, self._tell)
        self._writer.start()
        self._reading = ThreadPoolExecutor(READERS, "store-reader")
        self._engine = self._reading_engine()
        self._is_open = True

    async def append(self, match_id: MatchId, expected_seq: int, events: Sequence[NewEvent]) -> int:
        """Add events to a log, all or none; return its last seq once they are synced.

        Raises SeqConflict, CommandRepeated, LeaseLost or StoreUnavailable, as `EventStore` says;
        ValueError for no events, or for text that cannot be stored.
        """
        if not events:
            raise ValueError("an append of no events; append at least one")
        hold = self._hold_of(match_id)
        return await self._submit(
            lambda answer: Append(match_id, expected_seq, events, answer, hold)
        )

    async def read(self, match_id: MatchId, after_seq: int = 0) -> list[StoredEvent]:
        """Return the events after a seq, in order; none for a match without a log."""
        return await self._look(lambda: self._rows(match_id, after_seq))

    async def read_each(self, matches: Sequence[MatchId]) -> list[list[StoredEvent]]:
        """Return the events of some matches, as `read` does, in one visit to a thread."""
        return await self._look(lambda: [self._rows(match, 0) for match in matches])

    async def names(self, match_id: MatchId) -> dict[PersonId, str | None]:
        """Return what the people of a match are called, beside its log; None: forgotten."""
        query = select(col(PersonRow.person), col(PersonRow.name)).where(
            col(PersonRow.match_id) == match_id
        )

        def look(session: Session) -> dict[PersonId, str | None]:
            rows = session.connection().execute(query)
            return {PersonId(person): name for person, name in rows}

        return await self.view(look)

    async def change(self, make: Callable[[Session], T]) -> T:
        """Run a function in a separate transaction on the writer thread, and commit.

        Raises what the function raises, after a rollback; StoreUnavailable if the database refuses.
        """
        return await self._submit(lambda answer: TableChange(make, answer))

    async def view(self, look: Callable[[Session], T]) -> T:
        """Run a function that only reads, on a thread that does not wait for writes."""

        def run() -> T:
            with Session(self._engine) as session:
                return look(session)

        return await self._look(run)

    def require_writable(self) -> None:
        """Raise the StoreUnavailable of the last write, if that one failed."""
        if self._write_failure is not None:
            raise self._write_failure

    async def close(self) -> None:
        """Store the accepted writes and refuse later ones; harmless when repeated."""
        if not self._is_open:
            return
        self._is_open = False
        stopped = self._loop.create_future()
        self._pass_on(Stop(stopped))
        await stopped
        await asyncio.to_thread(self._reading.shutdown)
        self._engine.dispose()

    async def _submit(self, work: Callable[[asyncio.Future[Any]], Append | TableChange]) -> Any:
        async with self._room:
            if not self._is_open:
                raise StoreUnavailable(CLOSED)
            answer = self._loop.create_future()
            self._pass_on(work(answer))
            try:
                result = await answer
            except StoreUnavailable as failure:
                self._write_failure = failure
                raise
            self._write_failure = None
            return result

    def _pass_on(self, work: Append | TableChange | Stop) -> None:
        """Give the writer all work of a turn at once, so that it does not fight for the turn."""
        if not self._waiting:
            self._loop.call_soon(self._end_turn)
        self._waiting.append(work)

    def _end_turn(self) -> None:
        waiting, self._waiting = self._waiting, []
        self._writer.accept(waiting)

    async def _look(self, run: Callable[[], T]) -> T:
        if not self._is_open:
            raise StoreUnavailable(CLOSED)
        return await self._loop.run_in_executor(self._reading, self._read, run)

    def _tell(self, outcomes: Sequence[Outcome]) -> None:
        # If the loop ended without closing the store, nothing waits for the outcome.
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(_answer, outcomes)

    def _hold_of(self, match_id: MatchId) -> Hold | None:
        """Return the lease that an append to a match carries. Raises LeaseLost."""
        return None

    @abstractmethod
    def _new_writer(self, tell: Tell) -> WriterThread:
        """Connect the writer; it is not started. Raises StoreUnavailable."""

    @abstractmethod
    def _reading_engine(self) -> Engine:
        """Create the engine of the readers, whose transactions see one moment."""

    @abstractmethod
    def _rows(self, match_id: MatchId, after_seq: int) -> list[StoredEvent]:
        """Read a log, on a reader's thread."""

    @abstractmethod
    def _read(self, run: Callable[[], T]) -> T:
        """Run what reads, on a reader's thread. Raises StoreUnavailable for a database's error."""


def _answer(outcomes: Sequence[Outcome]) -> None:
    for answer, result in outcomes:
        if answer.done():
            continue
        if isinstance(result, Exception):
            answer.set_exception(result)
        else:
            answer.set_result(result)
