"""Shares of a population, against what theory says of them."""

import numpy as np
import pytest

from game_rules.errors import InvalidInput
from game_rules.evolution.dynamics import ecology, replicator

DILEMMA = np.array([[3.0, 0.0], [5.0, 1.0]])
HAWK_DOVE = np.array([[3.0, 1.0], [5.0, 0.0]])


def test_defectors_take_over_a_prisoners_dilemma():
    for path in (
        replicator(DILEMMA, np.array([0.99, 0.01]), 40),
        ecology(DILEMMA, np.array([0.99, 0.01]), 200),
    ):
        assert path[0] == pytest.approx([0.99, 0.01])
        assert path[-1] == pytest.approx([0, 1], abs=1e-3)
        assert path.sum(axis=1) == pytest.approx(1)


def test_chicken_settles_at_its_mixed_equilibrium():
    """3x + (1 − x) = 5x: one third cooperates."""
    for path in (
        replicator(HAWK_DOVE, np.array([0.9, 0.1]), 60),
        ecology(HAWK_DOVE, np.array([0.9, 0.1]), 400),
    ):
        assert path[-1] == pytest.approx([1 / 3, 2 / 3], abs=1e-4)


def test_the_replicator_follows_the_logistic_law():
    """With a constant advantage s, x / (1 − x) grows by exp(s t)."""
    matrix = np.array([[1.5, 1.5], [1.0, 1.0]])
    path = replicator(matrix, np.array([0.1, 0.9]), 4, samples=9)
    odds = path[:, 0] / path[:, 1]
    assert odds == pytest.approx(np.exp(0.5 * np.linspace(0, 4, 9)) / 9, rel=1e-5)


def test_nothing_grows_where_nothing_is_earned():
    path = ecology(np.zeros((2, 2)), np.array([0.5, 0.5]), 3)
    assert path[-1].tolist() == [0.5, 0.5]


@pytest.mark.parametrize(
    ("matrix", "shares", "problem"),
    [
        (DILEMMA, [0.5, 0.6], "sum to 1.1"),
        (DILEMMA, [1.5, -0.5], "sum to 1"),
        (DILEMMA, [1.0], "1 shares"),
        (np.array([[np.nan, 1], [1, 1]]), [0.5, 0.5], "no payoff"),
        (DILEMMA - 2, [0.5, 0.5], "payoff -2"),
    ],
)
def test_what_makes_no_population_is_refused(matrix, shares, problem):
    with pytest.raises(InvalidInput, match=problem):
        ecology(matrix, np.array(shares), 3)
