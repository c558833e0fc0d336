"""Names that hold only at the very figures are told to be fragile, and no others."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game_rules.games.replies import reply_class
from game_rules.games.sensitivity import DRAWS, MOST_SHAKEN, RANGE, factors, fragility, scaled
from game_rules.games.stage_games import LIBRARY, Collective, Terms, collective

EDGE = Terms(b=4, c=2, e=0, g=0, d=0, sigma=0)
"""With two equals a C is worth b/2 to its player and costs c: all of it is a tie."""


@pytest.mark.parametrize("name", sorted(LIBRARY))
def test_the_classic_games_hold_their_names(name: str):
    is_tied = name == "zero_sum"  # any other points are no longer constant-sum
    assert (fragility(LIBRARY[name], 0) is not None) is is_tied


@given(st.floats(0.5, 3.2))
def test_a_name_is_fragile_where_the_line_between_two_lies_within_reach(cost: float):
    """Without g, d, e and spill-over Δ = b/2 − c in every case: Harmony or a dilemma.

    Near c = b it would become Deadlock.
    """
    found = fragility(collective((1, 1), replace(EDGE, c=cost)), 0)
    lowest, highest = cost * (1 - RANGE), cost * (1 + RANGE)
    if highest < 2 * (1 - RANGE) or lowest > 2 * (1 + RANGE):
        assert found is None
    if abs(cost - 2) < 0.02:
        assert found is not None
        assert 0.3 < found.share <= 1


def test_the_share_is_that_of_its_draws():
    game = collective((3, 2, 2), Terms(4, 1.2, 0.4, 0.5, 0.2, 0.5), theta=0.5)
    named = reply_class(game, 1)
    others = [reply_class(scaled(game, factors(str(x))), 1) for x in range(DRAWS)]
    changed = [each for each in others if each is not named]
    found = fragility(game, 1)
    share = len(changed) / DRAWS
    assert (found.share if found else share) == share
    assert (found is None) == (share <= 0.05)


def test_of_many_members_it_is_not_tried():
    assert fragility(collective([1.0] * (MOST_SHAKEN + 1), EDGE), 0) is None


def test_factors_leave_weights_and_the_threshold_alone():
    game = collective((3, 1), EDGE, theta=0.5)
    shaken = scaled(game, factors("1"))
    assert isinstance(shaken, Collective)
    assert (shaken.weights, shaken.theta) == (game.weights, game.theta)
    assert shaken.terms != game.terms
