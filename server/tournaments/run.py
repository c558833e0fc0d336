"""Execution of a tournament's pieces on an engine, with retries for dead workers."""

from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from dataclasses import dataclass, field
from typing import Any

from server.engines import Engine, EngineError
from server.tournaments.specs.kinds import SerialisedSpec, document_from, pieces_of, play_piece
from server.tournaments.specs.pieces import Piece
from server.tournaments.specs.spec import TournamentSpec

MOST_DEATHS = 5
AHEAD = 2
"""How many pieces wait per worker: none is idle, and few are lost at a stop."""

Keep = Callable[[Piece, bytes], None]


@dataclass
class Run:
    """A tournament in progress. played: results by the number of the piece."""

    spec: TournamentSpec
    played: dict[int, bytes] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.pieces = pieces_of(self.spec)
        self._serialised = SerialisedSpec.of(self.spec)
        numbers = {piece.number for piece in self.pieces}
        self.played = {n: packed for n, packed in self.played.items() if n in numbers}

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
        """All results, in the order of the pieces, once none is missing."""
        return [self.played[piece.number] for piece in self.pieces]

    def play(self, engine: Engine, keep: Keep) -> None:
        """Play the missing pieces; keep is called with every piece when it is done.

        A piece whose worker died is played again. Raises EngineError when workers die one after
        another without any result; an error of a piece itself passes through.
        """
        waiting = deque(piece for piece in self.pieces if piece.number not in self.played)
        deaths = 0
        while waiting:
            before = len(waiting)
            try:
                with engine.open() as executor:
                    for piece, packed in _played(executor, engine, self._serialised, waiting):
                        self.played[piece.number] = packed
                        keep(piece, packed)
            except engine.deaths as error:
                deaths = 1 if len(waiting) < before else deaths + 1
                if deaths >= MOST_DEATHS:
                    raise EngineError(
                        f"workers died {deaths} times with nothing played between; "
                        "give fewer --workers, or another --engine"
                    ) from error

    def document_by(self, engine: Engine) -> dict[str, Any]:
        """Put the result together on a worker."""
        with engine.open() as executor:
            return executor.submit(document_from, self._serialised, self.results).result()


def _played(
    executor: Executor, engine: Engine, serialised: SerialisedSpec, waiting: deque[Piece]
) -> Iterator[tuple[Piece, bytes]]:
    """Play the waiting pieces; a piece leaves the queue only when its result is there."""
    under_way: dict[Future[bytes], Piece] = {}
    try:
        while waiting or under_way:
            while waiting and len(under_way) < engine.workers() * AHEAD:
                piece = waiting.popleft()
                under_way[executor.submit(play_piece, serialised, piece)] = piece
            done, _ = wait(under_way, return_when=FIRST_COMPLETED)
            for future in sorted(done, key=lambda future: under_way[future].number):
                packed = future.result()
                yield under_way.pop(future), packed
    finally:
        waiting.extendleft(sorted(under_way.values(), key=lambda piece: -piece.number))
        for future in under_way:
            future.cancel()
