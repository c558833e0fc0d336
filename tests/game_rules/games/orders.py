"""Every way in which four payoffs can be ordered, ties included."""

from itertools import product

from game_rules.games.corners import Corners

EVERY_ORDER = tuple(
    Corners(*map(float, four))
    for four in product(range(4), repeat=4)
    if set(four) == set(range(len(set(four))))
)
"""75 weak orders of T, R, P and S: all sign patterns of their six differences that can be."""
