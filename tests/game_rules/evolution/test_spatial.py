"""Imitation on a lattice."""

import numpy as np
import pytest

from game_rules.errors import InvalidInput
from game_rules.evolution.graphs import Neighbours, graph_of
from game_rules.evolution.spatial import imitate_by_chance, imitate_the_best

SIZE = 11
LATTICE = Neighbours.of(graph_of("lattice_8", [SIZE, SIZE]))


def nowak_may(b: float) -> np.ndarray:
    """R = 1, T = b, S = P = 0."""
    return np.array([[1.0, 0.0], [b, 0.0]])


def lone_defector() -> np.ndarray:
    kinds = np.zeros(SIZE * SIZE, int)
    kinds[SIZE * SIZE // 2] = 1
    return kinds


@pytest.mark.parametrize(
    ("b", "sizes"),
    [
        (1.05, [1, 1, 1]),  # 8b < 9: its neighbours rather take after theirs
        (1.3, [1, 9, 1]),  # 8b > 9: nine, but their corners earn 5b < 8 and are lost
        (1.7, [1, 9, 9]),  # 8 < 5b < 9: corners hold, and win nobody over
        (1.9, [1, 9, 25]),  # 5b > 9: the block grows
    ],
)
def test_a_lone_defector_spreads_as_nowak_and_may_reckon(b, sizes):
    path = imitate_the_best(nowak_may(b), lone_defector(), LATTICE, 2, plays_itself=True)
    assert path.sum(axis=1).tolist() == sizes


def test_ties_change_nothing():
    kinds = np.arange(SIZE * SIZE) % 2
    path = imitate_the_best(np.ones((2, 2)), kinds, LATTICE, 3, plays_itself=False)
    assert (path == kinds).all()


def test_chance_decides_by_the_difference_in_points():
    """With huge caution everybody tosses a coin; with none but a little, the better is copied."""
    kinds = np.array([0, 1] * 10)
    ring = Neighbours.of(graph_of("ring", [20]))
    better = np.array([[2.0, 2.0], [1.0, 1.0]])
    sure = imitate_by_chance(better, kinds, ring, 1, 7, caution=0.01)
    assert sure[1].tolist() == [0] * 20
    tossed = imitate_by_chance(better, np.tile(kinds, 1), ring, 400, 7, caution=1e9)
    assert set(np.unique(tossed)) <= {0, 1}
    assert np.array_equal(tossed, imitate_by_chance(better, kinds, ring, 400, 7, caution=1e9))


@pytest.mark.parametrize(
    ("kinds", "problem"), [([0, 1], "2 inhabitants"), ([5] * (SIZE * SIZE), "strategy 5")]
)
def test_inhabitants_must_fit(kinds, problem):
    with pytest.raises(InvalidInput, match=problem):
        imitate_the_best(nowak_may(1.5), np.array(kinds), LATTICE, 1, plays_itself=True)


def test_caution_must_be_above_nought():
    with pytest.raises(InvalidInput, match="caution 0"):
        imitate_by_chance(nowak_may(1.5), lone_defector(), LATTICE, 1, 1, caution=0)
