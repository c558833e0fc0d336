"""Spatial games: nodes of a graph play their neighbours, then imitate successful ones."""

from typing import TYPE_CHECKING

from game_rules.contests.randomness import half_words
from game_rules.errors import InvalidInput
from game_rules.evolution.graphs import Neighbours
from game_rules.strategies.kit.draws import word_at

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Kinds = NDArray[np.int64]


def imitate_the_best(
    matrix: "Floats", kinds: "Kinds", neighbours: Neighbours, steps: int, *, plays_itself: bool
) -> "Kinds":
    """Let all nodes at once copy the best strategy among their own and their neighbours'.

    matrix: points, by strategy and opponent. kinds: the strategy of each node at the start, as a
    row of the matrix. plays_itself: whether a node also plays itself. In a tie a node keeps its
    own strategy, or else copies the first neighbour. Returns steps + 1 rows of kinds.
    Source: Nowak & May 1992, Evolutionary games and spatial chaos, Nature 359.
    """
    import numpy as np

    now = _checked(matrix, kinds, neighbours)
    owners = _owners(neighbours)
    path = [now]
    for _ in range(steps):
        points = _points(matrix, now, neighbours, owners, plays_itself)
        theirs = points[neighbours.others]
        most = np.maximum.reduceat(theirs, neighbours.first[:-1])
        is_best = theirs == most[owners]
        place = np.where(is_best, np.arange(len(owners)), len(owners))
        model = neighbours.others[np.minimum.reduceat(place, neighbours.first[:-1])]
        now = np.where(most > points, now[model], now)
        path.append(now)
    return np.array(path)


def imitate_by_chance(
    matrix: "Floats", kinds: "Kinds", neighbours: Neighbours, steps: int, key: int, caution: float
) -> "Kinds":
    """Let all nodes at once compare themselves with a random neighbour, and imitate it by chance.

    The probability is 1 / (1 + exp((own − other's points) / caution)), caution above 0. key: of
    all random numbers. Returns steps + 1 rows of kinds.
    Source: Szabó & Tőke 1998, Evolutionary prisoner's dilemma game on a square lattice, Physical
    Review E 58 (there one at a time).
    """
    import numpy as np

    if not caution > 0:
        raise InvalidInput(f"caution {caution}; it must be above 0")
    now = _checked(matrix, kinds, neighbours)
    owners = _owners(neighbours)
    degrees = np.diff(neighbours.first)
    path = [now]
    for step in range(1, steps + 1):
        low, high = half_words(word_at(key, step), neighbours.size)
        chosen = neighbours.first[:-1] + (low * 2.0**-32 * degrees).astype(np.int64)
        model = neighbours.others[chosen]
        points = _points(matrix, now, neighbours, owners, plays_itself=False)
        with np.errstate(over="ignore"):
            chance = 1 / (1 + np.exp((points - points[model]) / caution))
        now = np.where(high * 2.0**-32 < chance, now[model], now)
        path.append(now)
    return np.array(path)


def _points(
    matrix: "Floats", kinds: "Kinds", neighbours: Neighbours, owners: "Kinds", plays_itself: bool
) -> "Floats":
    import numpy as np

    points = np.add.reduceat(matrix[kinds[owners], kinds[neighbours.others]], neighbours.first[:-1])
    return points + matrix[kinds, kinds] if plays_itself else points


def _owners(neighbours: Neighbours) -> "Kinds":
    import numpy as np

    return np.repeat(np.arange(neighbours.size), np.diff(neighbours.first))


def _checked(matrix: "Floats", kinds: "Kinds", neighbours: Neighbours) -> "Kinds":
    import numpy as np

    start = np.asarray(kinds, np.int64)
    if len(start) != neighbours.size:
        raise InvalidInput(f"{len(start)} inhabitants for {neighbours.size} places; give one each")
    if bad := [kind for kind in start.tolist() if not 0 <= kind < len(matrix)]:
        raise InvalidInput(f"strategy {bad[0]}; rows go from 0 to {len(matrix) - 1}")
    return start
