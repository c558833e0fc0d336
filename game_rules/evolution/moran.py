"""The Moran process: one birth and one death per step, in a finite population, on any graph.

Source: Moran 1958; on graphs Lieberman, Hauert & Nowak 2005.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from game_rules.errors import InvalidInput
from game_rules.evolution.graphs import Neighbours
from game_rules.strategies.kit.draws import word_at

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Kinds = NDArray[np.int64]


class Update(StrEnum):
    """The order of a step: birth (by fitness) first, or death (at random) first."""

    BIRTH_DEATH = "birth_death"
    DEATH_BIRTH = "death_birth"


@dataclass(frozen=True, eq=False)
class Process:
    """A population and the parameters of its process.

    matrix: points, by strategy and opponent. kinds: the strategy of each node at the start.
    neighbours: the graph of meetings and of replacements. mutation: the probability that a newborn
    has a random other kind. selection: fitness is 1 − selection + selection · points, with the
    mean points over neighbours. No fitness may be below 0; if all are 0 the choice is uniform.
    Source: Moran 1958; Nowak et al. 2004, Nature 428 (selection); Lieberman, Hauert & Nowak 2005,
    Nature 433 (graphs); Ohtsuki et al. 2006, Nature 441 (death-birth).
    """

    matrix: "Floats"
    kinds: "Kinds"
    neighbours: Neighbours
    mutation: float = 0.0
    selection: float = 1.0
    update: Update = Update.BIRTH_DEATH

    def __post_init__(self) -> None:
        if len(self.kinds) != self.neighbours.size:
            count = len(self.kinds)
            raise InvalidInput(f"{count} inhabitants for {self.neighbours.size} places")
        if not 0 <= self.mutation <= 1:
            raise InvalidInput(f"mutation {self.mutation}; it is a chance, from 0 to 1")
        if not 0 <= self.selection <= 1:
            raise InvalidInput(f"selection {self.selection}; it goes from 0 to 1")
        least = 1 - self.selection + self.selection * float(self.matrix.min())
        if least < 0:
            raise InvalidInput(
                f"fitness can fall to {least:g}; add a constant to the payoffs, or lower selection"
            )


def run(process: Process, key: int, steps: int) -> "Kinds":
    """Simulate the process; return the number of each kind in steps + 1 rows.

    key: of all random numbers.
    """
    import numpy as np

    from game_rules.evolution.moran_kernel import simulate

    counts = np.zeros((steps + 1, len(process.matrix)), np.int64)
    simulate(*_arguments(process), np.uint64(key), steps, False, counts)
    return counts


def fixation(process: Process, key: int, runs: int, most_steps: int) -> "Floats":
    """Estimate fixation probabilities: the share of runs in which each kind took over.

    Runs without fixation after most_steps count for no kind. Raises InvalidInput if mutation is
    above 0, because then no kind is fixed.
    """
    import numpy as np

    from game_rules.evolution.moran_kernel import simulate

    if process.mutation > 0:
        raise InvalidInput(f"mutation {process.mutation}; nobody wins permanently unless it is 0")
    won = np.zeros(len(process.matrix))
    none = np.zeros((0, len(process.matrix)), np.int64)
    for number in range(1, runs + 1):
        winner = simulate(
            *_arguments(process), np.uint64(word_at(key, number)), most_steps, True, none
        )
        if winner >= 0:
            won[winner] += 1
    return won / runs


def _arguments(process: Process) -> tuple:
    import numpy as np

    return (
        np.asarray(process.matrix, np.float64),
        np.array(process.kinds, np.int64),
        process.neighbours.first,
        process.neighbours.others,
        process.mutation,
        process.selection,
        process.update is Update.BIRTH_DEATH,
    )
