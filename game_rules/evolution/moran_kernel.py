"""The Moran process, compiled (Moran 1958). Import it only when needed."""

import numpy as np
from numba import njit

from game_rules.contests.kernels import copy, word_at

_UNIT = 2.0**-53


@njit(nogil=True, cache=True)
def simulate(
    matrix, kinds, first, others, mutation, selection, breeds_first, key, steps, stops, counts
):
    """Simulate a population; return the kind that has taken over, or -1.

    Arguments: see `moran.Process`. key: of this run. stops: whether to stop at fixation. counts:
    one row for the start and for each step, or no rows.
    """
    kinds = kinds.copy()
    number = np.zeros(len(matrix), np.int64)
    fitness = np.empty(len(kinds))
    for place in range(len(kinds)):
        number[kinds[place]] += 1
        fitness[place] = _fitness(place, matrix, kinds, first, others, selection)
    if len(counts) > 0:
        copy(number, counts[0])
    for step in range(1, steps + 1):
        if stops and number.max() == len(kinds):
            break
        step_key = word_at(key, step)
        if breeds_first:
            parent = _chosen(fitness, 0, len(kinds), others, False, _uniform(step_key, 1))
            gone = others[_any_neighbour(parent, first, _uniform(step_key, 2))]
        else:
            gone = int(_uniform(step_key, 1) * len(kinds))
            parent = _chosen(
                fitness, first[gone], first[gone + 1], others, True, _uniform(step_key, 2)
            )
        newborn = kinds[parent]
        if mutation > 0 and _uniform(step_key, 3) < mutation:
            newborn = (newborn + 1 + int(_uniform(step_key, 4) * (len(matrix) - 1))) % len(matrix)
        if newborn != kinds[gone]:
            number[kinds[gone]] -= 1
            number[newborn] += 1
            kinds[gone] = newborn
            fitness[gone] = _fitness(gone, matrix, kinds, first, others, selection)
            for at in range(first[gone], first[gone + 1]):
                beside = others[at]
                fitness[beside] = _fitness(beside, matrix, kinds, first, others, selection)
        if len(counts) > 0:
            copy(number, counts[step])
    return number.argmax() if number.max() == len(kinds) else -1


@njit
def _uniform(key, nth):
    return np.float64(word_at(key, nth) >> np.uint64(11)) * _UNIT


@njit
def _fitness(place, matrix, kinds, first, others, selection):
    points = 0.0
    for at in range(first[place], first[place + 1]):
        points += matrix[kinds[place], kinds[others[at]]]
    return 1 - selection + selection * points / (first[place + 1] - first[place])


@njit
def _any_neighbour(place, first, number):
    return first[place] + int(number * (first[place + 1] - first[place]))


@njit
def _chosen(fitness, start, stop, others, is_among_neighbours, number):
    """Choose by fitness among nodes start to stop - 1, or among the neighbours listed there.

    If every fitness is 0 the choice is uniform.
    """
    total = 0.0
    for at in range(start, stop):
        total += fitness[others[at] if is_among_neighbours else at]
    if total == 0:
        at = start + int(number * (stop - start))
        return others[at] if is_among_neighbours else at
    left = number * total
    for at in range(start, stop):
        place = others[at] if is_among_neighbours else at
        left -= fitness[place]
        if left < 0:
            return place
    return others[stop - 1] if is_among_neighbours else stop - 1
