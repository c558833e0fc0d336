"""Tournaments in the database: specs, progress and results.

Each function here returns the body of one transaction, which tables run. The command line opens the
file itself (`FileTables`); a server sends the transaction to its writer thread (`ServerTables`),
from any thread except the event loop's.
"""

import asyncio
import json
import logging
import typing
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from typing import Annotated, Any, Literal, Protocol, TypeVar

from sqlalchemy import Engine, delete, select, update
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, col
from sqlmodel import select as rows_of

from server.database import schema_of
from server.store.event_store import REMEDY, StoreDamaged
from server.store.queries import AsyncTables
from server.store.tables import HeartbeatRow, TournamentPieceRow, TournamentRow
from server.tournaments.documents import MOST_WHOLE, matrices_text
from server.tournaments.specs.settings import TournamentKind
from server.tournaments.specs.spec import TournamentSpec
from server.version import SOFTWARE_VERSION
from server.wire.fields import Written

T = TypeVar("T")

Progress = Literal["running", "stopped", "finished", "failed"]
RUNNING, STOPPED, FINISHED, FAILED = typing.get_args(Progress)
MOST_LISTED = 200
SHORTEST_PREFIX = 4


@dataclass(frozen=True, slots=True)
class TournamentCard:
    """A tournament as lists show it."""

    id: str
    kind: Annotated[str, Written(TournamentKind)]
    game: str
    entrants: int
    progress: Progress
    problem: str | None
    is_hosted: bool
    pieces: int
    pieces_played: int
    created_at_ms: int
    finished_at_ms: int | None


DEAD_AFTER_MS = 60_000
"""Whoever plays a tournament says so every few seconds; after so much silence nobody plays it."""
_CARD: list[Any] = [getattr(TournamentRow, field.name) for field in fields(TournamentCard)]
_ALIVE: tuple[Any, ...] = (
    TournamentRow.alive_at_ms,
    select(col(HeartbeatRow.at_ms)).scalar_subquery(),
)
"""When the program that plays a tournament was last alive, and when the server was."""


class BlockingTables(Protocol):
    """Transactions over the tables, one at a time; blocks the caller."""

    def change(self, make: Callable[[Session], T]) -> T:
        """Run a function that writes, then commit; nothing changes if it raises."""
        ...

    def view(self, look: Callable[[Session], T]) -> T:
        """Run a function that only reads."""
        ...


class FileTables:
    """A migrated database. Raises StoreUnavailable if it cannot be used."""

    def __init__(self, url: str) -> None:
        self._schema = schema_of(url)
        self._engine: Engine = self._schema.engine()
        # Ctrl-C while a connection closes: the command itself reports it, in one line.
        logging.getLogger("sqlalchemy.pool").setLevel(logging.CRITICAL)

    def change(self, make: Callable[[Session], T]) -> T:
        """Run a function that writes, then commit."""
        try:
            with Session(self._engine, expire_on_commit=False) as session:
                made = make(session)
                session.commit()
        except DBAPIError as error:
            raise self._schema.refusal(f"cannot write {self._schema.name}", error.orig) from error
        return made

    def view(self, look: Callable[[Session], T]) -> T:
        """Run a function that only reads."""
        try:
            with Session(self._engine) as session:
                return look(session)
        except DBAPIError as error:
            raise self._schema.refusal(f"cannot read {self._schema.name}", error.orig) from error


class ServerTables:
    """A running server's tables, for threads other than the event loop's."""

    def __init__(self, tables: AsyncTables, loop: asyncio.AbstractEventLoop) -> None:
        self._tables, self._loop = tables, loop

    def change(self, make: Callable[[Session], T]) -> T:
        """Run a function that writes, then commit."""
        return asyncio.run_coroutine_threadsafe(self._tables.change(make), self._loop).result()

    def view(self, look: Callable[[Session], T]) -> T:
        """Run a function that only reads."""
        return asyncio.run_coroutine_threadsafe(self._tables.view(look), self._loop).result()


def enter(
    spec: TournamentSpec, pieces: int, now_ms: int, *, is_hosted: bool = False
) -> Callable[[Session], dict[int, bytes]]:
    """Insert a tournament, or resume a stopped one; return the pieces that are stored."""

    def work(session: Session) -> dict[int, bytes]:
        row = session.get(TournamentRow, spec.id)
        if row is None or row.progress in (FINISHED, FAILED):
            session.merge(_new_row(spec, pieces, now_ms, is_hosted=is_hosted))
            session.exec(delete(TournamentPieceRow).where(_of(spec.id)))
            return {}
        row.progress, row.problem, row.is_hosted = RUNNING, None, is_hosted
        row.pieces, row.alive_at_ms = pieces, now_ms
        session.add(row)
        kept = session.exec(rows_of(TournamentPieceRow).where(_of(spec.id)))
        return {piece.number: piece.played for piece in kept}

    return work


def keep_piece(
    tournament: str, number: int, played: bytes, size_played: int, now_ms: int
) -> Callable[[Session], None]:
    """Store the result of a piece. size_played: how many pieces or matches are played with it."""
    row = TournamentPieceRow(tournament_id=tournament, number=number, played=played)
    change = _update(tournament).values(pieces_played=size_played, alive_at_ms=now_ms)

    def work(session: Session) -> None:
        session.merge(row)
        session.exec(change)

    return work


def stay_alive(tournament: str, now_ms: int) -> Callable[[Session], None]:
    """Say that a tournament is still being played."""
    change = _update(tournament).values(alive_at_ms=now_ms)

    def work(session: Session) -> None:
        session.exec(change)

    return work


def finish(
    tournament: str, document: Mapping[str, Any], now_ms: int, *, keeps_pieces: bool = False
) -> Callable[[Session], None]:
    """Store the result of a tournament, and delete its pieces unless matches are read from them."""
    packed = _pack(document)

    def work(session: Session) -> None:
        if not keeps_pieces:
            session.exec(delete(TournamentPieceRow).where(_of(tournament)))
        done = {"progress": FINISHED, "problem": None, "finished_at_ms": now_ms, "document": packed}
        change = _update(tournament).values(**done, pieces_played=TournamentRow.pieces)
        session.exec(change)

    return work


def halt(tournament: str, progress: str, problem: str | None = None) -> Callable[[Session], None]:
    """Mark a tournament as not running, with a reason; its pieces stay."""
    change = _update(tournament).values(progress=progress, problem=problem)

    def work(session: Session) -> None:
        session.exec(change)

    return work


def cards(now_ms: int, most: int = MOST_LISTED) -> Callable[[Session], list[TournamentCard]]:
    """List tournaments, newest first."""
    newest_first = col(TournamentRow.created_at_ms).desc(), col(TournamentRow.id).desc()
    query = select(*_CARD, *_ALIVE).order_by(*newest_first).limit(most)
    return lambda session: [_card(row, now_ms) for row in session.exec(query)]


def card(tournament: str, now_ms: int) -> Callable[[Session], TournamentCard | None]:
    """Find a tournament by its whole id."""
    query = select(*_CARD, *_ALIVE).where(col(TournamentRow.id) == tournament)

    def look(session: Session) -> TournamentCard | None:
        row = session.exec(query).first()
        return None if row is None else _card(row, now_ms)

    return look


def _card(row: Any, now_ms: int) -> TournamentCard:
    """Build a card; one whose player has been silent for long is stopped, whatever it left."""
    *told, alive_at_ms, server_at_ms = row
    found = TournamentCard(*told)
    heard_ms = max(alive_at_ms or 0, server_at_ms or 0) if found.is_hosted else alive_at_ms or 0
    is_silent = now_ms - heard_ms > DEAD_AFTER_MS
    is_dead = found.progress == RUNNING and is_silent
    return replace(found, progress=STOPPED) if is_dead else found


def ids_like(prefix: str) -> Callable[[Session], list[str]]:
    """Return the ids that begin with a prefix."""
    query = rows_of(TournamentRow.id).where(
        col(TournamentRow.id).startswith(prefix, autoescape=True)
    )
    return lambda session: list(session.exec(query.order_by(col(TournamentRow.id)).limit(9)))


def running_here() -> Callable[[Session], list[str]]:
    """Return the tournaments that a server was playing when it stopped, oldest first."""
    query = rows_of(TournamentRow.id).where(
        col(TournamentRow.progress) == RUNNING, col(TournamentRow.is_hosted).is_(True)
    )
    return lambda session: list(session.exec(query.order_by(col(TournamentRow.created_at_ms))))


def piece_with(tournament: str, match: int) -> Callable[[Session], tuple[int, bytes] | None]:
    """Read the piece in which a match was played, and its number, which is its first match."""
    query = rows_of(TournamentPieceRow).where(
        _of(tournament), col(TournamentPieceRow.number) <= match
    )
    last = query.order_by(col(TournamentPieceRow.number).desc()).limit(1)

    def look(session: Session) -> tuple[int, bytes] | None:
        row = session.exec(last).first()
        return None if row is None else (row.number, row.played)

    return look


def description(tournament: str) -> Callable[[Session], dict[str, Any] | None]:
    """Read the description of a tournament."""
    query = rows_of(TournamentRow.description).where(col(TournamentRow.id) == tournament)

    def look(session: Session) -> dict[str, Any] | None:
        text = session.exec(query).first()
        return None if text is None else _read(tournament, text, json.loads)

    return look


def document(tournament: str) -> Callable[[Session], dict[str, Any] | None]:
    """Read the result of a tournament; None while there is none."""
    return read_document(tournament, json.loads)


def read_document(tournament: str, read: Callable[[str], T]) -> Callable[[Session], T | None]:
    """Read something out of the text of a tournament's result; None while there is none."""
    query = rows_of(TournamentRow.document).where(col(TournamentRow.id) == tournament)

    def look(session: Session) -> T | None:
        packed = session.exec(query).first()
        return None if packed is None else _unpack(tournament, packed, read)

    return look


def matrices(tournament: str) -> Callable[[Session], str | None]:
    """Read the matrices of a result as JSON; None while there are none."""
    query = rows_of(TournamentRow.document).where(col(TournamentRow.id) == tournament)

    def look(session: Session) -> str | None:
        packed = session.exec(query).first()
        return None if packed is None else _matrices(tournament, packed)

    return look


def finished_documents(game: str | None) -> Callable[[Session], list[dict[str, Any]]]:
    """Read all results (of one game), in the order in which they were finished."""
    is_wanted = col(TournamentRow.document).is_not(None)
    if game is not None:
        is_wanted &= col(TournamentRow.game) == game
    order = col(TournamentRow.finished_at_ms), col(TournamentRow.id)
    columns: list[Any] = [TournamentRow.id, TournamentRow.document]
    query = select(*columns).where(is_wanted)

    def look(session: Session) -> list[dict[str, Any]]:
        found = session.exec(query.order_by(*order))
        return [_unpack(tournament, packed, json.loads) for tournament, packed in found]

    return look


def _pack(document: Mapping[str, Any]) -> bytes:
    """Write a result; of a large one, the matrices as a page gets them are put behind it.

    To round a million figures takes longer than a page should take to open.
    """
    text = json.dumps(document, separators=(",", ":"))
    shown = matrices_text(text) if len(document.get("entrants", ())) > MOST_WHOLE else None
    behind = b"" if shown is None else zlib.compress(shown.encode())
    return zlib.compress(text.encode()) + behind


def _matrices(tournament: str, packed: bytes) -> str | None:
    """Read the matrices of a result. Raises StoreDamaged."""
    result = zlib.decompressobj()
    try:
        text = result.decompress(packed)
        behind = result.unused_data
        return zlib.decompress(behind).decode() if behind else matrices_text(text.decode())
    except (zlib.error, ValueError) as error:
        raise _damaged(tournament) from error


def _unpack(tournament: str, packed: bytes, read: Callable[[str], T]) -> T:
    """Read a result. Raises StoreDamaged."""
    try:
        return _read(tournament, zlib.decompress(packed).decode(), read)
    except (zlib.error, UnicodeDecodeError) as error:
        raise _damaged(tournament) from error


def _read(tournament: str, text: str, read: Callable[[str], T]) -> T:
    """Read what was written of a tournament. Raises StoreDamaged."""
    try:
        return read(text)
    except ValueError as error:
        raise _damaged(tournament) from error


def _damaged(tournament: str) -> StoreDamaged:
    return StoreDamaged(f"tournament {tournament} is damaged; {REMEDY}")


def _new_row(spec: TournamentSpec, pieces: int, now_ms: int, *, is_hosted: bool) -> TournamentRow:
    return TournamentRow(
        id=spec.id,
        kind=spec.kind.value,
        game=spec.game,
        entrants=len(spec.entrants),
        description=json.dumps(spec.description, separators=(",", ":")),
        rules_version=spec.description["rules_version"],
        software_version=SOFTWARE_VERSION,
        progress=RUNNING,
        is_hosted=is_hosted,
        pieces=pieces,
        created_at_ms=now_ms,
        alive_at_ms=now_ms,
    )


def _of(tournament: str) -> Any:
    return col(TournamentPieceRow.tournament_id) == tournament


def _update(tournament: str) -> Any:
    return update(TournamentRow).where(col(TournamentRow.id) == tournament)
