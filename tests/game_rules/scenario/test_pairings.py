"""Pairs of a round: everybody once, everybody in time, and by the seed alone."""

from itertools import combinations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game_rules.errors import InvalidInput
from game_rules.scenario.pairings import Pairing, pairs_across, pairs_of

EVEN = st.integers(1, 50).map(lambda half: 2 * half)
ROUNDS = st.integers(1, 200)
SEEDS = st.text(max_size=8)
DRAWS = [pairs_of, pairs_across]


@pytest.mark.parametrize("draw", DRAWS)
@given(players=EVEN, pairing=st.sampled_from(Pairing), seed=SEEDS, number=ROUNDS)
def test_everybody_is_paired_once_a_round(draw, players, pairing, seed, number):
    pairs = draw(players, pairing, seed, number)
    assert sorted(player for pair in pairs for player in pair) == [*range(players)]
    assert all(one < other for one, other in pairs)
    assert list(pairs) == sorted(pairs)


@given(players=EVEN, pairing=st.sampled_from(Pairing), seed=SEEDS, number=ROUNDS)
def test_two_sides_meet_across_only(players, pairing, seed, number):
    half = players // 2
    assert all(one < half <= other for one, other in pairs_across(players, pairing, seed, number))


@pytest.mark.parametrize("players", range(2, 26, 2))
def test_a_round_robin_has_all_meet_all_once(players: int):
    rounds = [pairs_of(players, Pairing.ROUND_ROBIN, "", r) for r in range(1, players)]
    assert sorted(pair for pairs in rounds for pair in pairs) == [*combinations(range(players), 2)]
    assert pairs_of(players, Pairing.ROUND_ROBIN, "", players) == rounds[0]


@pytest.mark.parametrize("players", range(2, 26, 2))
def test_a_round_robin_across_has_everybody_meet_the_other_side_once(players: int):
    half = players // 2
    rounds = [pairs_across(players, Pairing.ROUND_ROBIN, "", r) for r in range(1, half + 1)]
    met = sorted(pair for pairs in rounds for pair in pairs)
    assert met == [*product(range(half), range(half, players))]


@pytest.mark.parametrize("draw", DRAWS)
@given(players=EVEN, seed=SEEDS, number=ROUNDS)
def test_fixed_pairs_never_change(draw, players, seed, number):
    assert draw(players, Pairing.FIXED, seed, number) == draw(players, Pairing.FIXED, "", 1)


@pytest.mark.parametrize("draw", DRAWS)
def test_random_pairs_are_drawn_from_the_seed_anew_each_round(draw):
    def drawn(seed: str) -> list:
        return [draw(12, Pairing.RANDOM, seed, number) for number in range(1, 9)]

    assert drawn("7") == drawn("7")
    assert drawn("7") != drawn("8")
    assert len(set(drawn("7"))) > 4


def test_random_pairs_are_fair():
    """Of 3 ways to pair 4 players each comes up a third of the time: 600 draws, 5 sigma."""
    drawn = [pairs_of(4, Pairing.RANDOM, "7", number) for number in range(1, 601)]
    counts = [drawn.count(ways) for ways in set(drawn)]
    assert len(counts) == 3
    assert all(abs(count - 200) < 58 for count in counts)


@pytest.mark.parametrize("draw", DRAWS)
@pytest.mark.parametrize("players", [-2, 0, 1, 7])
def test_an_odd_one_is_refused(draw, players: int):
    with pytest.raises(InvalidInput, match=f"^{players} players do not make pairs; give an even"):
        draw(players, Pairing.RANDOM, "7", 1)
