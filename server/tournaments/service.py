"""A server's tournaments: one after another, in a process with a lower priority or on a cluster.

A tournament is stored before it starts, and every piece when it is done, so a server that stops
resumes it at the next start. Only built-in bots play here.
"""

import asyncio
import json
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from typing import Any

from game_rules.errors import InvalidInput
from server.clock import Clock
from server.engines import POLITE, Engine, lasting, processes
from server.logs import log
from server.store.event_store import StoreDamaged, StoreError
from server.store.queries import AsyncTables
from server.tournaments import store
from server.tournaments.documents import without_figures
from server.tournaments.run import Run
from server.tournaments.runner import Runner
from server.tournaments.specs.kinds import pieces_of
from server.tournaments.specs.limits import MOST_SHOWN_TURNS, require_small
from server.tournaments.specs.matches import ShownMatch, find_match
from server.tournaments.specs.own_bots import stand_in
from server.tournaments.specs.spec import TournamentSpec, spec_of
from server.tournaments.store import ServerTables, TournamentCard

MOST_WAITING = 20
ROOM = "contests"
"""The lease of the server that resumes what others left."""


class Busy(InvalidInput):
    """Too many tournaments are waiting."""


class NoSuchTournament(LookupError):
    """No tournament has this id."""


class _Stopped(Exception):
    """The server stops; the tournament resumes at its next start."""


class Tournaments:
    """Starts tournaments, plays them in the background, and returns their results."""

    def __init__(self, tables: AsyncTables, clock: Clock, engine: Engine | None = None) -> None:
        self._tables, self._clock = tables, clock
        self._engine = engine or processes(1, POLITE)
        self._line = ThreadPoolExecutor(1, "tournaments")
        self._waiting: dict[str, Future[None]] = {}
        self._is_stopping = False

    async def open(self) -> None:
        """Get ready; `resume` follows, on the one server that plays what others left."""
        self._blocking_tables = ServerTables(self._tables, asyncio.get_running_loop())

    async def resume(self) -> None:
        """Resume the tournaments that were unfinished when a server stopped."""
        try:
            await self._resume()
        except StoreDamaged as error:  # matches can be played without them
            log.warning("tournaments_not_resumed", reason=str(error))

    async def _resume(self) -> None:
        for tournament in await self._tables.view(store.running_here()):
            if tournament not in self._waiting:
                await self._tables.change(store.stay_alive(tournament, self._clock.now_ms()))
                self._submit(tournament)

    async def close(self) -> None:
        """Stop once a piece has ended, or soon; results are kept, and the rest is played later."""
        self._is_stopping = True
        await asyncio.to_thread(self._line.shutdown, wait=True, cancel_futures=True)

    async def start(self, spec: TournamentSpec) -> TournamentCard:
        """Store a tournament and queue it; return it as it was before any of it was played.

        Raises InvalidInput, or Busy.
        """
        pieces = await asyncio.to_thread(_counted, spec)
        if spec.id in self._waiting:
            return await self.card(spec.id)
        if len(self._waiting) >= MOST_WAITING:
            raise Busy(f"{MOST_WAITING} tournaments wait already; try again when some are over")
        entry = store.enter(spec, pieces, self._clock.now_ms(), is_hosted=True)
        await self._tables.change(entry)
        card = await self.card(spec.id)
        if spec.id not in self._waiting:  # nobody else has asked for the same meanwhile
            self._submit(spec.id)
        return card

    async def cards(self) -> list[TournamentCard]:
        """List tournaments, newest first."""
        return await self._tables.view(store.cards(self._clock.now_ms()))

    async def card(self, tournament: str) -> TournamentCard:
        """Return the card of one tournament. Raises NoSuchTournament."""
        found = await self._tables.view(store.card(tournament, self._clock.now_ms()))
        if found is None:
            raise NoSuchTournament(f"no tournament {tournament}; check the link")
        return found

    async def document(self, tournament: str, *, has_figures: bool = True) -> dict[str, Any] | None:
        """Return the result, with or without its matrices; None while there is none."""
        read = json.loads if has_figures else without_figures
        return await self._tables.view(store.read_document(tournament, read))

    async def matrices(self, tournament: str) -> str | None:
        """Return the matrices of a result as JSON; None where there are none."""
        return await self._tables.view(store.matrices(tournament))

    async def match(self, tournament: str, a: int, b: int, repetition: int) -> ShownMatch:
        """Replay the match of two places.

        Nobody's own bot runs here: its matches were kept. Raises NoSuchTournament, and InvalidInput
        if there was no such match, or it is too long to show.
        """
        await self.card(tournament)
        described = await self._tables.view(store.description(tournament))
        assert described is not None, "the card was there"
        spec = await asyncio.to_thread(_spec, described)
        for place in (a, b):
            if not 0 <= place < len(spec.entrants):
                raise InvalidInput(f"place {place}; they go from 0 to {len(spec.entrants) - 1}")
        tables = self._blocking_tables
        kept = lambda match: tables.view(store.piece_with(tournament, match))  # noqa: E731
        return await asyncio.to_thread(find_match, spec, a, b, repetition, MOST_SHOWN_TURNS, kept)

    def _submit(self, tournament: str) -> None:
        future = self._line.submit(self._play, tournament)
        self._waiting[tournament] = future
        future.add_done_callback(lambda _: self._waiting.pop(tournament, None))

    def _play(self, tournament: str) -> None:
        """Play one tournament, on the queue's thread; no error ends the queue."""
        try:
            self._play_through(tournament)
        except (_Stopped, StoreError) as error:
            log.info("tournament_interrupted", tournament=tournament, reason=str(error))
        except Exception as error:
            log.exception("tournament_failed", tournament=tournament)
            problem = str(error) if isinstance(error, InvalidInput) else "it failed on the server"
            self._blocking_tables.change(store.halt(tournament, store.FAILED, problem))

    def _play_through(self, tournament: str) -> None:
        described = self._blocking_tables.view(store.description(tournament))
        assert described is not None, "it was entered"
        runner = Runner(spec_of(described, ()), self._blocking_tables, self._clock, is_hosted=True)
        with lasting(self._engine) as engine:
            check = partial(self._check_stop, runner.run)
            runner.play(engine, lambda piece: check(), check)
            runner.finish(lambda run: run.document_by(engine))

    def _check_stop(self, run: Run) -> None:
        if self._is_stopping and len(run.played) < len(run.pieces):
            raise _Stopped("the server stops")


def _counted(spec: TournamentSpec) -> int:
    """Count the pieces of a spec that is small enough. Raises InvalidInput."""
    require_small(spec)
    return len(pieces_of(spec))


def _spec(described: dict[str, Any]) -> TournamentSpec:
    return spec_of(described, tuple(map(stand_in, described["own"])))
