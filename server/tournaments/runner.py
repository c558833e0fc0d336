"""The life of one tournament: insert, play, store, stop, resume, finish."""

from collections.abc import Callable, Mapping
from functools import partial
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

BEAT_MS = 10_000


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
        self._beaten_ms = clock.now_ms()
        if tables is not None:
            entry = store.enter(spec, self.run.size, clock.now_ms(), is_hosted=is_hosted)
            self.run = Run(spec, tables.change(entry))

    def play(
        self,
        engine: Engine,
        on_piece: Callable[[Piece], None],
        on_beat: Callable[[], None] = lambda: None,
    ) -> None:
        """Play the missing pieces; on_piece is called with each piece once it is stored.

        on_beat: called every few seconds meanwhile. Raises EngineError, and any error of a piece,
        of on_piece or of on_beat. InvalidInput halts it.
        """

        def beat() -> None:
            self._beat()
            on_beat()

        try:
            keep = partial(self._keep, on_piece=on_piece)
            self.run.play(engine, keep, beat)
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
        keeps_pieces = self.run.spec.keeps_pieces
        now_ms = self._clock.now_ms()
        self._change(store.finish(self._id, document, now_ms, keeps_pieces=keeps_pieces))
        return document

    def stop(self) -> None:
        """Mark it as stopped; its pieces stay."""
        self._halt(store.STOPPED)

    def _halt(self, progress: str, problem: str | None = None) -> None:
        self._change(store.halt(self._id, progress, problem))

    def _keep(self, piece: Piece, packed: bytes, on_piece: Callable[[Piece], None]) -> None:
        stays = self._is_hosted or self.run.spec.keeps_pieces
        if stays or not self.run.is_whole:  # else the last one is stored with the result
            now_ms, played = self._clock.now_ms(), self.run.size_played
            self._change(store.keep_piece(self._id, piece.number, packed, played, now_ms))
        on_piece(piece)

    def _beat(self) -> None:
        """Say now and then that somebody plays it."""
        now_ms = self._clock.now_ms()
        if now_ms - self._beaten_ms >= BEAT_MS:
            self._beaten_ms = now_ms
            self._change(store.stay_alive(self._id, now_ms))

    def _change(self, make: Callable[[Session], None]) -> None:
        if self._tables is not None:
            self._tables.change(make)
