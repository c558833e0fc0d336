"""Bradley-Terry strengths are written the same on every machine."""

import numpy as np
import pytest

from server.tournaments.specs.round_robin import strengths


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 0, 1), (1, 2, 0)])
def test_no_strength_is_minus_zero(order):
    wins = np.array([[0, 12, 10], [8, 0, 10], [10, 10, 0]], dtype=float)[np.ix_(order, order)]
    assert "-0.0" not in map(str, strengths(wins))
