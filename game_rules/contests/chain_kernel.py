"""The joint Markov chain of two machines, compiled; see `exact`, which alone imports it."""

import numpy as np
from numba import njit


@njit(nogil=True, cache=True)
def follow_chain(heads_a, acts_a, after_a, heads_b, acts_b, after_b, start, noise, turns):
    """Return the probabilities of CC, CD, DC and DD, by turn, of two machines' joint chain.

    The arrays are those of `exact`: by state, the probabilities of both faces of the coin, the
    actions on both, and the eight next states. start: the first joint state. noise: the
    probability that an action is flipped.
    """
    columns = len(heads_b)
    where, after = np.zeros(len(heads_a) * columns), np.zeros(len(heads_a) * columns)
    by_turn = np.zeros((turns, 4))
    where[start] = 1.0
    for turn in range(turns):
        after[:] = 0.0
        for state in range(len(where)):
            if where[state] > 0.0:
                _spread(
                    state,
                    where[state],
                    heads_a,
                    acts_a,
                    after_a,
                    heads_b,
                    acts_b,
                    after_b,
                    columns,
                    noise,
                    after,
                    by_turn[turn],
                )
        where, after = after, where
    return by_turn


@njit
def _spread(
    state,
    weight,
    heads_a,
    acts_a,
    after_a,
    heads_b,
    acts_b,
    after_b,
    columns,
    noise,
    after,
    outcomes,
):
    """Distribute the weight of a joint state over its successors."""
    a, b = state // columns, state % columns
    for draw in range(16):
        face_a, face_b, flip_a, flip_b = draw >> 3, draw >> 2 & 1, draw >> 1 & 1, draw & 1
        chance = weight * heads_a[a, face_a] * heads_b[b, face_b]
        chance *= (noise if flip_a else 1 - noise) * (noise if flip_b else 1 - noise)
        if chance == 0.0:
            continue
        done_a, done_b = acts_a[a, face_a] ^ flip_a, acts_b[b, face_b] ^ flip_b
        next_a = after_a[a, 4 * face_a + 2 * done_a + done_b]
        next_b = after_b[b, 4 * face_b + 2 * done_b + done_a]
        after[next_a * columns + next_b] += chance
        outcomes[2 * done_a + done_b] += chance
