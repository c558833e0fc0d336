"""The machines of a contest as flat arrays, the input of the kernels."""

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from game_rules.contests.contest import Contest
from game_rules.contests.randomness import HALF_WORDS, threshold
from game_rules.games.stage_games import D
from game_rules.strategies.kit.machine import Machine

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Integers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Tables:
    """All machines, concatenated; a machine is identified by its index.

    row, column: by entrant, the index of its machine on either side of the game, -1 if it has
    none. first: by machine, the index of its first state. size, start: by machine; start counts
    within the machine. rank: by state, the number of cuts of its machine that a coin must reach to
    show tails. cuts: by machine, the sorted thresholds of its coins, without repeats; cut_count
    has their number. heads: by state, how many of the 2³² half words mean heads. actions: by
    state and face, 1 for D. after: by state, the eight next states, counted within the machine,
    as in `Machine`. A state without a coin has two equal faces.
    """

    row: "Integers"
    column: "Integers"
    first: "Integers"
    size: "Integers"
    start: "Integers"
    rank: "Integers"
    cuts: "Integers"
    cut_count: "Integers"
    heads: "NDArray[np.uint64]"
    actions: "NDArray[np.uint8]"
    after: "NDArray[np.int32]"

    @property
    def arrays(self) -> tuple:
        """The arrays by machine and by state, in the order of the kernels' arguments."""
        return (
            *(self.first, self.size, self.start, self.rank),
            *(self.cuts, self.cut_count, self.heads, self.actions, self.after),
        )


@lru_cache(maxsize=4)
def tables_of(contest: Contest) -> Tables:
    """Build the tables of a contest's entrants."""
    numbers: dict[Machine, int] = {}
    sides = (contest.game.row, contest.game.column)
    named = [
        [
            -1 if entrant.table is None else numbers.setdefault(entrant.table(side), len(numbers))
            for entrant in contest.entrants
        ]
        for side in sides
    ]
    return _lay_out(tuple(numbers), *named)


def _lay_out(machines: tuple[Machine, ...], row: list[int], column: list[int]) -> Tables:
    import numpy as np

    sizes = np.array([machine.size for machine in machines], np.int64)
    cuts = [_cuts(machine) for machine in machines]
    ranks = [
        rank for machine, own in zip(machines, cuts, strict=True) for rank in _ranks(machine, own)
    ]
    most = max(map(len, cuts), default=0)
    return Tables(
        row=np.array(row, np.int64),
        column=np.array(column, np.int64),
        first=np.cumsum(sizes) - sizes,
        size=sizes,
        start=np.array([machine.start for machine in machines], np.int64),
        rank=np.array(ranks, np.int64),
        cuts=np.array([own + [0] * (most - len(own)) for own in cuts], np.int64).reshape(
            len(cuts), most
        ),
        cut_count=np.array([len(own) for own in cuts], np.int64),
        heads=np.array([halves for machine in machines for halves in _heads(machine)], np.uint64),
        actions=np.array([faces for m in machines for faces in _faces(m)], np.uint8).reshape(-1, 2),
        after=np.array([moves for m in machines for moves in _moves(m)], np.int32).reshape(-1, 8),
    )


def _heads(machine: Machine) -> list[int]:
    """Return the half words that mean heads; a coin that always shows heads needs no number."""
    return [threshold(chance) % HALF_WORDS for chance in machine.heads]


def _cuts(machine: Machine) -> list[int]:
    """Return the thresholds between heads and tails of a machine's coins, sorted."""
    return sorted({halves for halves in _heads(machine) if halves > 0})


def _ranks(machine: Machine, cuts: list[int]) -> list[int]:
    """Return how many cuts a number must reach to show tails; without a coin, any number."""
    return [cuts.index(halves) + 1 if halves > 0 else 0 for halves in _heads(machine)]


def _faces(machine: Machine) -> list[tuple[int, int]]:
    letters = [(int(heads is D), int(tails is D)) for heads, tails in machine.actions]
    return [
        (faces[0], faces[0]) if threshold(chance) == HALF_WORDS else faces
        for faces, chance in zip(letters, machine.heads, strict=True)
    ]


def _moves(machine: Machine) -> list[tuple[int, ...]]:
    return [
        moves[:4] * 2 if threshold(chance) == HALF_WORDS else moves
        for moves, chance in zip(machine.after, machine.heads, strict=True)
    ]
