"""Execution of a tournament's pieces on an engine, with retries for dead workers."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any

from server.engines import Engine, EngineError
from server.tournaments.specs.kinds import (
    SerialisedSpec,
    document_from,
    pieces_of,
    play_piece,
    seated,
)
from server.tournaments.specs.pieces import Piece, played_to, unpack_counts
from server.tournaments.specs.spec import TournamentSpec

MOST_DEATHS = 5
BEAT_S = 1
AHEAD = 2
"""How many pieces wait per worker: none is idle, and few are lost at a stop."""

Keep = Callable[[Piece, bytes], None]


@dataclass
class Run:
    """A tournament in progress. played: results by the number of the piece."""

    spec: TournamentSpec
    played: dict[int, bytes] = field(default_factory=dict)

    def __post_init__(self) -> None:
        fixed = pieces_of(self.spec)
        self._serialised = SerialisedSpec.of(self.spec)
        self._spent: dict[str, tuple[float, float]] = {}
        self.pieces = _cut_again(fixed, self.played) if self.spec.is_cut_by_time else list(fixed)
        numbers = {piece.number for piece in self.pieces}
        self.played = {n: packed for n, packed in self.played.items() if n in numbers}
        for packed in self.played.values() if self.spec.is_cut_by_time else ():
            self._charge(packed)

    @property
    def size(self) -> int:
        """The number of pieces; of matches, where pieces are cut by time."""
        if not self.spec.is_cut_by_time:
            return len(self.pieces)
        return sum(piece.last - piece.first for piece in self.pieces)

    @property
    def size_played(self) -> int:
        """The part of it that has been played."""
        if not self.spec.is_cut_by_time:
            return len(self.played)
        return sum(p.last - p.first for p in self.pieces if p.number in self.played)

    @property
    def is_whole(self) -> bool:
        """Tell whether nothing is missing."""
        return len(self.played) == len(self.pieces)

    @property
    def turns(self) -> float:
        """An estimate of the turns of all pieces."""
        return sum(piece.turns for piece in self.pieces)

    @property
    def turns_played(self) -> float:
        """An estimate of the turns played so far."""
        return sum(piece.turns for piece in self.pieces if piece.number in self.played)

    @property
    def results(self) -> list[bytes]:
        """All results, in the order of the matches, once none is missing."""
        return self._results_of(self.pieces)

    def play(self, engine: Engine, keep: Keep, beat: Callable[[], None] = lambda: None) -> None:
        """Play the missing pieces; keep is called with every piece when it is done.

        beat: called every few seconds meanwhile; what it raises ends it.

        A piece whose worker died is played again. Raises EngineError when workers die one after
        another without any result; an error of a piece itself passes through.
        """
        for stage in sorted({piece.stage for piece in self.pieces}):
            self._play_stage(stage, engine, keep, beat)

    def document_by(self, engine: Engine) -> dict[str, Any]:
        """Put the result together on a worker."""
        with engine.open() as executor:
            return executor.submit(document_from, self._serialised, self.results).result()

    def _results_of(self, pieces: Iterable[Piece]) -> list[bytes]:
        return [self.played[piece.number] for piece in sorted(pieces, key=_first)]

    def _play_stage(self, stage: int, engine: Engine, keep: Keep, beat: Callable[[], None]) -> None:
        """Play the missing pieces of a stage; nothing of the stages before is missing."""
        missing = [p for p in self.pieces if p.stage == stage and p.number not in self.played]
        before = self._results_of(p for p in self.pieces if p.stage < stage)
        waiting = deque(seated(self.spec, missing, before))
        deaths = 0
        while waiting:
            before = len(waiting)
            try:
                with engine.open() as executor:
                    for piece, packed in self._played(executor, engine, waiting, beat):
                        done = self._settle(piece, packed, waiting, engine.workers())
                        self.played[done.number] = packed
                        keep(done, packed)
            except engine.deaths as error:
                deaths = 1 if len(waiting) < before else deaths + 1
                if deaths >= MOST_DEATHS:
                    raise EngineError(
                        f"workers died {deaths} times with nothing played between; "
                        "give fewer --workers, or another --engine"
                    ) from error

    def _played(
        self,
        executor: Executor,
        engine: Engine,
        waiting: deque[Piece],
        beat: Callable[[], None],
    ) -> Iterator[tuple[Piece, bytes]]:
        """Play the waiting pieces; a piece leaves the queue only when its result is there."""
        under_way: dict[Future[bytes], Piece] = {}
        try:
            while waiting or under_way:
                while waiting and len(under_way) < engine.workers() * AHEAD:
                    piece = waiting.popleft()
                    asked = replace(piece, spent=dict(self._spent))
                    under_way[executor.submit(play_piece, self._serialised, asked)] = piece
                done, _ = wait(under_way, BEAT_S, FIRST_COMPLETED)
                for future in sorted(done, key=lambda future: under_way[future].number):
                    packed = future.result()
                    yield under_way.pop(future), packed
                beat()
        finally:
            waiting.extendleft(sorted(under_way.values(), key=lambda piece: -piece.number))
            for future in under_way:
                future.cancel()

    def _settle(self, piece: Piece, packed: bytes, waiting: deque[Piece], workers: int) -> Piece:
        """Take a result in; what a worker handed back is split among all, and waits again."""
        if not self.spec.is_cut_by_time:
            return piece
        self._charge(packed)
        last = played_to(piece, packed)
        if last == piece.last:
            return piece
        done, rest = piece.part(piece.first, last), _split(piece.part(last, piece.last), workers)
        place = self.pieces.index(piece)
        self.pieces[place : place + 1] = [done, *rest]
        waiting.extendleft(reversed(rest))
        return done

    def _charge(self, packed: bytes) -> None:
        """Take in what guests spent: each worker imports a file once, so imports do not add up."""
        for name, (load_s, waited_s) in unpack_counts(packed).spent.items():
            load_before_s, waited_before_s = self._spent.get(name, (0.0, 0.0))
            self._spent[name] = max(load_s, load_before_s), waited_s + waited_before_s


def _first(piece: Piece) -> int:
    return piece.first


def _split(piece: Piece, parts: int) -> list[Piece]:
    """Split a piece into so many parts, or one a match."""
    count = piece.last - piece.first
    edges = sorted({piece.first + count * part // parts for part in range(parts + 1)})
    return [piece.part(first, last) for first, last in pairwise(edges)]


def _cut_again(fixed: Iterable[Piece], played: Mapping[int, bytes]) -> list[Piece]:
    """Cut pieces where they were cut before the stop: around every part that was played."""
    pieces: list[Piece] = []
    for piece in fixed:
        at = piece.first
        for first in sorted(n for n in played if piece.first <= n < piece.last):
            last = min(played_to(piece.part(first, piece.last), played[first]), piece.last)
            pieces += [
                piece.part(*ends) for ends in ((at, first), (first, last)) if ends[0] < ends[1]
            ]
            at = last
        pieces += [piece.part(at, piece.last)] if at < piece.last else []
    return pieces
