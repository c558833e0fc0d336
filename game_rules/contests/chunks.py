"""Chunks of a contest: ranges of matches that a pure function plays on any worker.

The result of a chunk depends only on the contest and the range. Threads, processes, other
machines and a resumed run therefore all give the same contest.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from game_rules.contests.contest import Contest
from game_rules.contests.loop import NO_LIMIT, Fault, replay, replay_all
from game_rules.contests.randomness import flip_threshold, powers
from game_rules.contests.tables import tables_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    CountsArray = NDArray[np.int32]

CHUNK_TURNS = {"table": 20_000_000, "python": 400_000}
"""Turns that take about a tenth of a second, by engine."""
_FEW_TURNS = 300_000
"""Below this number of turns Python is used: to load the compiler would take longer."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """Matches first to last - 1 of a contest."""

    number: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class ChunkResult:
    """The result of a chunk. counts: one row per match, the number of CC, CD, DC and DD."""

    chunk: Chunk
    counts: "CountsArray"
    faults: tuple[Fault, ...] = ()


def split(contest: Contest) -> tuple[Chunk, ...]:
    """Split a contest into chunks of about a tenth of a second each, always the same way."""
    ranges = enumerate(pairwise(_edges(contest)))
    return tuple(Chunk(number, first, last) for number, (first, last) in ranges)


def play_chunk(contest: Contest, chunk: Chunk) -> ChunkResult:
    """Play the matches of a chunk; pure, and safe on any thread or process."""
    import numpy as np

    counts = np.zeros((chunk.last - chunk.first, 4), np.int32)
    is_short = contest.match_count * contest.expected_turns() < _FEW_TURNS
    faults: list[Fault] = []
    kernel = None
    for row, column, first, last in _meetings_of(contest, chunk):
        rows = counts[first - chunk.first : last - chunk.first]
        if is_short or not _is_by_table(contest, row, column):
            faults.extend(_play_in_python(contest, first, rows))
            continue
        kernel = kernel or _kernel(contest)
        kernel(row, column, first, rows)
    return ChunkResult(chunk, counts, tuple(faults))


def _edges(contest: Contest) -> Iterator[int]:
    """Yield the matches at which chunks begin and end."""
    turns, weight = contest.expected_turns(), 0.0
    yield 0
    for meeting, (row, column) in enumerate(contest.meetings):
        engine = "table" if _is_by_table(contest, row, column) else "python"
        share = turns / CHUNK_TURNS[engine]
        first = meeting * contest.repetitions
        left = contest.repetitions
        while left:
            step = min(left, max(int((1 - weight) / share), 1))
            left -= step
            weight += step * share
            is_last = meeting == len(contest.meetings) - 1 and not left
            if weight >= 1 or is_last:
                yield first + contest.repetitions - left
                weight = 0.0


def _meetings_of(contest: Contest, chunk: Chunk) -> Iterator[tuple[int, int, int, int]]:
    """Yield each meeting of a chunk: row, column, its first match and its last match + 1."""
    match = chunk.first
    while match < chunk.last:
        row, column = contest.seats_of(match)
        end = min((match // contest.repetitions + 1) * contest.repetitions, chunk.last)
        yield row, column, match, end
        match = end


def _is_by_table(contest: Contest, row: int, column: int) -> bool:
    return all(contest.entrants[place].table is not None for place in (row, column))


def _play_in_python(contest: Contest, first: int, rows: "CountsArray") -> tuple[Fault, ...]:
    row, column = contest.seats_of(first)
    is_varied = contest.noise > 0 or contest.continuation < 1
    entrants = (contest.entrants[row], contest.entrants[column])
    if not is_varied and not any(entrant.is_stochastic for entrant in entrants):
        played = replay(contest, first)
        rows[:] = played.counts
        return played.faults
    faults: list[Fault] = []
    for played in replay_all(contest, range(first, first + len(rows))):
        rows[played.match - first] = played.counts
        faults.extend(played.faults)
    return tuple(faults)


def _kernel(contest: Contest) -> "Callable[[int, int, int, CountsArray], None]":
    """Prepare the kernel for a contest: a function of row, column, first match and counts."""
    import numpy as np

    from game_rules.contests.kernels import play_meeting

    tables = tables_of(contest)
    settings = (
        np.uint64(contest.key),
        NO_LIMIT if contest.turns is None else contest.turns,
        np.array(powers(contest.continuation) if contest.continuation < 1 else (), np.float64),
        np.uint64(flip_threshold(contest.noise)),
        contest.expected_turns(),
    )

    def play(row: int, column: int, first: int, rows: "CountsArray") -> None:
        play_meeting(tables.row[row], tables.column[column], first, *settings, tables.arrays, rows)

    return play
