"""The writer thread of a PostgreSQL database.

A batch is one statement, and so one commit. Other servers may write to the same database: the
primary key (match, seq) decides who was first. A server's statement locks the leases under which
its appends were decided, and stores only what is under a lease that it has and that has not lapsed;
whoever takes a lease over waits for that lock. Where a row of a batch is refused, the batch is
halved until the refused append stands alone, so that its neighbours are stored.
"""

from collections.abc import Sequence
from typing import Any

import psycopg
from psycopg import sql
from psycopg.errors import UniqueViolation
from sqlalchemy import text
from sqlmodel import Session

from server.store.event_store import (
    CommandRepeated,
    LeaseLost,
    MatchId,
    SeqConflict,
    StoreUnavailable,
)
from server.store.postgres.connections import CHANGES, Claim, connect, engine_of, place, refusal
from server.store.postgres.leases import NOW, PostgresLeases
from server.store.writing import Append, Outcome, TableChange, Tell, WriterThread, rows_of

MOST_KNOWN = 10_000
"""For how many logs the writer remembers the last seq."""

_NEW = """
    SELECT * FROM unnest(%(match_id)s::text[], %(seq)s::int[], %(payload)s::text[],
        %(actor)s::text[], %(command_id)s::text[], %(room)s::text[], %(epoch)s::bigint[])
    AS new (match_id, seq, payload, actor, command_id, room, epoch)
"""
_NAMED = """
    SELECT * FROM unnest(%(named_match)s::text[], %(person)s::text[], %(name)s::text[],
        %(named_room)s::text[], %(named_epoch)s::bigint[])
    AS named (match_id, person, name, room, epoch)
"""
_HELD = """
    SELECT room, epoch FROM unnest(%(rooms)s::text[], %(epochs)s::bigint[]) AS mine (room, epoch)
    JOIN {schema}.leases USING (room, epoch) JOIN {schema}.servers ON servers.id = leases.owner
    WHERE leases.owner = %(me)s AND servers.expires_ms > {now} FOR SHARE OF leases
"""
_ALL = """
    SELECT * FROM unnest(%(rooms)s::text[], %(epochs)s::bigint[]) AS mine (room, epoch)
    WHERE %(me)s = ''
"""
_STORE = """
    WITH held AS ({held}), new AS ({new}), named AS ({named}),
    stored AS (
        INSERT INTO events (match_id, seq, payload, actor, command_id)
        SELECT match_id, seq, payload, actor, command_id FROM new JOIN held USING (room, epoch)
        ORDER BY match_id, seq
    ), called AS (
        INSERT INTO people (match_id, person, name)
        SELECT match_id, person, name FROM named JOIN held USING (room, epoch)
        ORDER BY match_id, person
        ON CONFLICT (match_id, person) DO UPDATE SET name = excluded.name
        WHERE people.name IS NOT NULL
    ) SELECT room, epoch FROM held
"""
"""Whoever is forgotten stays so. In order, so that two programs never wait in a circle."""
_COLUMNS = "match_id", "seq", "payload", "actor", "command_id", "room", "epoch"
_COLUMNS_OF_NAMED = "named_match", "person", "name", "named_room", "named_epoch"
_IS_THERE = "SELECT 1 FROM {schema}.servers WHERE id = :me AND expires_ms > {now}"
_LASTS = "SELECT match_id, max(seq) FROM events WHERE match_id = ANY(%s) GROUP BY match_id"
_NO_ROW = "SELECT 1 FROM events LIMIT 0"

_OF_ONE_APPEND = psycopg.IntegrityError, psycopg.DataError, UnicodeEncodeError
"""Errors of what an append holds, not of the database."""


class PostgresWriter(WriterThread):
    """Stores in a PostgreSQL database.

    claimed: as `connect` says. leases: of the server that writes; None: it has no leases.
    """

    def __init__(
        self, url: str, tell: Tell, claimed: Claim | None, leases: PostgresLeases | None
    ) -> None:
        super().__init__(tell)
        self._url, self._claimed, self._leases = url, claimed, leases
        self._statement = _statement(leases)
        self._connection = self._connect()
        self._connection.execute(_NO_ROW)
        self._engine = engine_of(url, CHANGES, pool_size=1, max_overflow=0, pool_pre_ping=True)
        self._lasts: dict[str, int] = {}

    def _connect(self) -> psycopg.Connection:
        return connect(self._url, self._claimed)

    def _disconnect(self) -> None:
        self._engine.dispose()
        self._connection.close()

    def _refusal(self, what: str, error: BaseException | None) -> StoreUnavailable:
        return refusal(what, error)

    def _store(self, appends: Sequence[Append]) -> list[Outcome]:
        try:
            try:
                return self._store_halves(appends)
            except psycopg.OperationalError:
                was_closed = self._connection.closed
                self._connection.close()  # one that failed is not used again
                if not was_closed:
                    raise
                # PostgreSQL has restarted, say. If the batch was committed, its seqs are taken.
                return self._store_halves(appends)
        except (psycopg.Error, StoreUnavailable) as error:
            refused = refusal(f"{place(self._url)} refused an append", error)
            return [(append.answer, refused) for append in appends]

    def _store_halves(self, appends: Sequence[Append]) -> list[Outcome]:
        """Store what can be stored together; halve the rest."""
        try:
            return self._store_together(appends)
        except _OF_ONE_APPEND as error:
            if len(appends) == 1:
                return [(appends[0].answer, self._reason(appends[0], error))]
            middle = len(appends) // 2
            return self._store_halves(appends[:middle]) + self._store_halves(appends[middle:])

    def _store_together(self, appends: Sequence[Append]) -> list[Outcome]:
        """Store a batch in one statement; whatever does not follow its log is a conflict."""
        lasts, outcomes = self._lasts_of(appends), list[Outcome]()
        follows = list[Append]()
        for append in appends:
            match_id, last = append.match_id, lasts[append.match_id]
            if last == append.expected_seq:
                follows.append(append)
                lasts[match_id] += len(append.events)
                continue
            conflict = SeqConflict(match_id, append.expected_seq, last)
            outcomes.append((append.answer, conflict))
        held = self._insert(follows) if follows else frozenset()
        for append in follows:
            is_held = _lease_of(append) in held
            stored = append.expected_seq + len(append.events)
            outcomes.append((append.answer, stored if is_held else self._lost(append, lasts)))
        self._lasts |= lasts
        return outcomes

    def _lost(self, append: Append, lasts: dict[str, int]) -> LeaseLost:
        """Refuse an append without a lease; what is known of its log may be old."""
        assert self._leases is not None
        self._leases.note_refusal()
        lasts[append.match_id] = 0
        return LeaseLost(append.match_id)

    def _lasts_of(self, appends: Sequence[Append]) -> dict[str, int]:
        """Return the last seq of each log, asked for where the first append does not follow it.

        What this writer knows may be less than what is there; then the primary key refuses.
        """
        if self._connection.closed:
            self._connection = self._connect()
            self._lasts.clear()
        if len(self._lasts) > MOST_KNOWN:
            self._lasts.clear()
        firsts = {append.match_id: append.expected_seq for append in reversed(appends)}
        lasts: dict[str, int] = {match: self._lasts.get(match, 0) for match in firsts}
        unsure = [match for match, first in firsts.items() if lasts[match] != first]
        if unsure:
            lasts.update(self._connection.execute(_LASTS, (unsure,)).fetchall())
        return lasts

    def _insert(self, appends: Sequence[Append]) -> frozenset[tuple[str, int]]:
        """Store what is under a lease that holds; return the leases that did."""
        rows, names = list[tuple[Any, ...]](), dict[tuple[str, str], tuple[Any, ...]]()
        leases = sorted({_lease_of(append) for append in appends})
        for append in appends:
            lease = _lease_of(append)
            rows += [(*row, *lease) for row in rows_of(append)]
            for person, name in ((x, n) for new in append.events for x, n in new.names.items()):
                names[append.match_id, person] = (name, *lease)
        given = _columns(_COLUMNS, rows) | {"me": self._leases.server if self._leases else ""}
        given |= _columns(_COLUMNS_OF_NAMED, [(*who, *more) for who, more in names.items()])
        given |= _columns(("rooms", "epochs"), leases)
        return frozenset(self._connection.execute(self._statement, given, prepare=True))

    def _change(self, change: TableChange) -> Any:
        """Change tables, but not as a server whose leases have lapsed: others go on without it."""
        if self._leases is None:
            return super()._change(change)
        query, me = text(_in_schema(_IS_THERE, self._leases)), self._leases.server

        def make(session: Session) -> Any:
            if session.connection().execute(query, {"me": me}).first() is None:
                raise StoreUnavailable("this server has stood still; it looks what others did")
            return change.make(session)

        return super()._change(TableChange(make, change.answer))

    def _reason(self, append: Append, error: Exception) -> Exception:
        """Tell why an append that stands alone was refused."""
        if not isinstance(error, UniqueViolation):
            return error
        match_id: MatchId = append.match_id
        last = dict(self._connection.execute(_LASTS, ([match_id],)).fetchall()).get(match_id, 0)
        self._lasts[match_id] = last
        if last != append.expected_seq:
            return SeqConflict(match_id, append.expected_seq, last)
        return CommandRepeated(match_id)


def _statement(leases: PostgresLeases | None) -> bytes:
    """Write the statement that stores a batch. leases: None stores it whoever has a lease."""
    held = _ALL if leases is None else _in_schema(_HELD, leases)
    return _STORE.format(held=held, new=_NEW, named=_NAMED).encode()


def _in_schema(query: str, leases: PostgresLeases) -> str:
    """Name the schema of the leases, which that of a day's guests is not."""
    return query.format(schema=sql.Identifier(leases.schema).as_string(None), now=NOW)


def _lease_of(append: Append) -> tuple[str, int]:
    return (append.hold.room, append.hold.epoch) if append.hold else ("", 0)


def _columns(names: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> dict[str, Any]:
    """Turn rows into lists, one a column."""
    columns = zip(*rows, strict=True) if rows else ((),) * len(names)
    return {name: list(column) for name, column in zip(names, columns, strict=True)}
