"""The Moran process: one birth and one death at a time, in a finite population, on any graph.

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
    """Who goes first: the one that breeds (by fitness), or the one that dies (by chance)."""

    BIRTH_DEATH = "birth_death"
    DEATH_BIRTH = "death_birth"


@dataclass(frozen=True, eq=False)
class Process:
    """A population and how it changes.

    matrix: points, by strategy and opponent. kinds: everybody's strategy at the start.
    neighbours: who meets whom, and who may take whose place. mutation: the chance that a newborn
    is of a random other kind. selection: fitness is 1 − selection + selection · points, points
    being the mean over neighbours; none may fall below 0, and where all are 0 chance alone chooses.
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
    """Follow the number of each kind for so many steps: steps + 1 rows.

    key: the word all luck is derived from.
    """
    import numpy as np

    from game_rules.evolution.moran_kernel import live

    counts = np.zeros((steps + 1, len(process.matrix)), np.int64)
    live(*_arguments(process), np.uint64(key), steps, False, counts)
    return counts


def fixation(process: Process, key: int, runs: int, most_steps: int) -> "Floats":
    """Estimate which kind takes over: the share of runs that each kind won, by kind.

    Runs that nobody has won after most_steps count for nobody. Raises InvalidInput where mutation
    keeps anybody from winning for good.
    """
    import numpy as np

    from game_rules.evolution.moran_kernel import live

    if process.mutation > 0:
        raise InvalidInput(f"mutation {process.mutation}; nobody wins for good unless it is 0")
    won = np.zeros(len(process.matrix))
    none = np.zeros((0, len(process.matrix)), np.int64)
    for number in range(1, runs + 1):
        winner = live(*_arguments(process), np.uint64(word_at(key, number)), most_steps, True, none)
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
