"""The life of one tournament: insert, play, store, stop, resume, finish."""

from collections.abc import Callable, Mapping
from typing import Any

from sqlmodel import Session

from game_rules.errors import InvalidInput
from server.clock import Clock
from server.engines import Engine
from server.tournaments import store
from server.tournaments.run import Run
from server.tournaments.specs.pieces import Piece
from server.tournaments.specs.spec import TournamentSpec
from server.tournaments.store import BlockingTables


class Runner:
    """Plays a spec and stores its pieces, for a server or for the command line.

    tables: where the tournament is stored; None stores nothing. Stored pieces of a stopped
    tournament are not played again. is_hosted: whether a server plays it. A server resumes its
    tournaments at the next start; the command line resumes one when asked.
    """

    def __init__(
        self,
        spec: TournamentSpec,
        tables: BlockingTables | None,
        clock: Clock,
        *,
        is_hosted: bool = False,
    ) -> None:
        self.run = Run(spec)
        self._id, self._tables, self._clock, self._is_hosted = (
            spec.id,
            tables,
            clock,
            is_hosted,
        )
        if tables is not None:
            pieces = len(self.run.pieces)
            entry = store.enter(spec, pieces, clock.now_ms(), is_hosted=is_hosted)
            self.run = Run(spec, tables.change(entry))

    def play(self, engine: Engine, on_piece: Callable[[Piece], None]) -> None:
        """Play the missing pieces; on_piece is called with each piece once it is stored.

        Raises EngineError, and any error of a piece or of on_piece. InvalidInput halts it.
        """
        try:
            self.run.play(engine, lambda piece, packed: self._keep(piece, packed, on_piece))
        except InvalidInput as error:
            self._halt(store.FAILED if self._is_hosted else store.STOPPED, str(error))
            raise

    def finish(self, put_together: Callable[[Run], dict[str, Any]]) -> Mapping[str, Any]:
        """Put the result together from all pieces, and store it. InvalidInput halts it."""
        try:
            document = put_together(self.run)
        except InvalidInput as error:
            self._halt(store.FAILED, str(error))
            raise
        self._change(store.finish(self._id, document, self._clock.now_ms()))
        return document

    def stop(self) -> None:
        """Mark it as stopped; its pieces stay."""
        self._halt(store.STOPPED)

    def _halt(self, progress: str, problem: str | None = None) -> None:
        self._change(store.halt(self._id, progress, problem))

    def _keep(self, piece: Piece, packed: bytes, on_piece: Callable[[Piece], None]) -> None:
        is_last = len(self.run.played) == len(self.run.pieces)
        if self._is_hosted or not is_last:  # here, the last one is stored with the result
            self._change(store.keep_piece(self._id, piece.number, packed))
        on_piece(piece)

    def _change(self, make: Callable[[Session], None]) -> None:
        if self._tables is not None:
            self._tables.change(make)
