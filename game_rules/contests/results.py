"""Results of a contest: payoffs, cooperation and wins, by pair and repetition."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from game_rules.contests.chunks import ChunkResult, play_chunk, split
from game_rules.contests.contest import Contest
from game_rules.contests.loop import Fault
from game_rules.errors import InvalidInput
from game_rules.games.corners import Corners

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Results:
    """A finished contest. counts: one row per match, the number of CC, CD, DC and DD."""

    contest: Contest
    counts: "NDArray[np.int32]"
    faults: tuple[Fault, ...] = ()

    @cached_property
    def turns(self) -> "NDArray[np.int64]":
        """The number of turns of each match."""
        return self.counts.sum(axis=1, dtype="int64")

    @cached_property
    def payoffs(self) -> "Floats":
        """Points per turn, by entrant, opponent and repetition; NaN if they did not meet.

        Self-play counts the mean of both sides. In an asymmetric game every pair does, because
        each entrant plays both sides.
        """
        game = self.contest.game
        return self._cube(
            _points(self.counts, game.row), _points(_turned(self.counts), game.column)
        )

    @cached_property
    def cooperation(self) -> "Floats":
        """The share of C among actions, by entrant, opponent and repetition."""
        cc, cd, dc, _ = self.counts.T
        return self._cube(cc + cd, cc + dc)

    @cached_property
    def payoff_matrix(self) -> "Floats":
        """Mean points per turn, by entrant and opponent."""
        return self.payoffs.mean(axis=2)

    @cached_property
    def cooperation_matrix(self) -> "Floats":
        """The mean share of C, by entrant and opponent."""
        return self.cooperation.mean(axis=2)

    @cached_property
    def wins(self) -> "Floats":
        """Matches won by entrant against opponent; a draw is half a win for both."""
        import numpy as np

        row, column = self._scores
        won = np.where(row > column, 1.0, np.where(row == column, 0.5, 0.0))
        won = won.reshape(-1, self.contest.repetitions).sum(axis=1)
        size = len(self.contest.entrants)
        wins = np.zeros((size, size))
        rows, columns = self._places
        others = rows != columns
        np.add.at(wins, (rows[others], columns[others]), won[others])
        np.add.at(wins, (columns[others], rows[others]), self.contest.repetitions - won[others])
        return wins

    @cached_property
    def _places(self) -> "tuple[NDArray[np.int64], NDArray[np.int64]]":
        import numpy as np

        rows, columns = np.array(self.contest.meetings, np.int64).T
        return rows, columns

    @cached_property
    def _scores(self) -> "tuple[Floats, Floats]":
        """The total points of the row and the column in each match."""
        game = self.contest.game
        return _points(self.counts, game.row), _points(_turned(self.counts), game.column)

    def _cube(self, row: "NDArray", column: "NDArray") -> "Floats":
        """Assign the points of both sides of each match to entrants, per turn."""
        import numpy as np

        size, repetitions = len(self.contest.entrants), self.contest.repetitions
        rows, columns = self._places
        cube = np.zeros((size, size, repetitions))
        seats = np.zeros((size, size, 1))
        for mine, theirs, got in ((rows, columns, row), (columns, rows, column)):
            np.add.at(cube, (mine, theirs), (got / self.turns).reshape(-1, repetitions))
            np.add.at(seats, (mine, theirs), 1)
        with np.errstate(invalid="ignore"):
            return cube / seats


def play(contest: Contest) -> Results:
    """Play a contest on this thread."""
    return merge(contest, (play_chunk(contest, chunk) for chunk in split(contest)))


def merge(contest: Contest, played: Iterable[ChunkResult]) -> Results:
    """Merge the chunks of a contest, in any order.

    Raises InvalidInput if one is missing.
    """
    import numpy as np

    chunks = sorted(played, key=lambda result: result.chunk.first)
    if [result.chunk for result in chunks] != list(split(contest)):
        raise InvalidInput(f"{len(chunks)} chunks, not the {len(split(contest))} of the contest")
    counts = np.concatenate([result.counts for result in chunks])
    return Results(contest, counts, tuple(f for result in chunks for f in result.faults))


def _points(counts: "NDArray", corners: Corners) -> "Floats":
    """Compute points from outcome counts, term by term, so that every machine rounds alike."""
    cc, cd, dc, dd = counts.T
    return (
        cc * float(corners.R)
        + cd * float(corners.S)
        + dc * float(corners.T)
        + dd * float(corners.P)
    )


def _turned(counts: "NDArray") -> "NDArray":
    return counts[:, [0, 2, 1, 3]]
