"""Expected utilities over all profiles, against the plain sum over every profile."""

from math import prod
from random import Random
from typing import Any

import pytest

from game_rules.errors import InvalidInput
from game_rules.games.corners import Corners
from game_rules.games.equilibria import gain_from_cooperation
from game_rules.games.exact import Playable, profiles
from game_rules.games.replies import gain_at_weight
from game_rules.games.stage_games import (
    LIBRARY,
    Action,
    Bimatrix,
    C,
    Collective,
    D,
    Terms,
    collective,
)
from game_rules.lenses.expected import expected, spread
from game_rules.lenses.lensed_games import LensedGame
from game_rules.lenses.lenses import Regard, utility


def drawn(chance: Random, size: int, theta: float | None = None) -> Collective:
    terms = [
        Terms(*(chance.uniform(-2, 8) for _ in range(5)), chance.random()) for _ in range(size)
    ]
    weights = [chance.uniform(0.2, 5) for _ in range(size)]
    return collective(weights, terms, chance.random() if theta is None else theta)


def a_regard(chance: Random, size: int) -> Regard:
    toward = tuple(chance.choice((0.0, chance.uniform(-1, 1))) for _ in range(size))
    return Regard(chance.uniform(0.5, 2), toward, chance.random(), -chance.random())


def by_hand(game: Playable, member: int, beliefs: list[float], own: Regard, mine: Action) -> float:
    """The sum over every profile of the others."""
    whole, held = 0.0, [p for j, p in enumerate(beliefs) if j != member]
    for others in profiles(game.size - 1):
        likely = prod(p if x is C else 1 - p for x, p in zip(others, held, strict=True))
        played = (*others[:member], mine, *others[member:])
        whole += likely * utility(own, member, game.payoffs(played), mine)
    return whole


@pytest.mark.parametrize("seed", range(60))
def test_they_are_the_sum_over_every_profile(seed: int):
    chance = Random(seed)
    size = chance.randint(2, 7)
    game = drawn(chance, size, 0.0 if seed % 3 == 0 else None)
    member, own = chance.randrange(size), a_regard(chance, size)
    own = Regard(own.own, tuple(0.0 if j == member else x for j, x in enumerate(own.toward)), 0.3)
    beliefs = [chance.choice((0.0, 1.0, chance.random(), chance.random())) for _ in range(size)]
    found = expected(game, member, beliefs, own)
    assert found.with_c == pytest.approx(by_hand(game, member, beliefs, own, C), abs=1e-9)
    assert found.with_d == pytest.approx(by_hand(game, member, beliefs, own, D), abs=1e-9)


@pytest.mark.parametrize("name", LIBRARY)
@pytest.mark.parametrize("member", [0, 1])
def test_a_game_of_two_is_weighed_cell_by_cell(name: str, member: int):
    game = Bimatrix(LIBRARY[name].row, Corners(4, 2, -1, 0.5))
    toward = (0.0, 0.4) if member == 0 else (0.4, 0.0)
    own, beliefs = Regard(1.5, toward, 0.1, -0.2), [0.3, 0.8]
    found = expected(game, member, beliefs, own)
    assert found.with_c == pytest.approx(by_hand(game, member, beliefs, own, C))
    assert found.with_d == pytest.approx(by_hand(game, member, beliefs, own, D))
    seen = LensedGame(game, (own, own))
    assert expected(seen, member, beliefs) == found


def test_without_a_lens_the_gain_is_the_advisors():
    chance = Random(5)
    game, beliefs = drawn(chance, 6), [chance.random() for _ in range(6)]
    for member in range(6):
        told = gain_from_cooperation(game, member, beliefs)
        assert expected(game, member, beliefs).gain == pytest.approx(told, abs=1e-9)


def test_a_spread_lists_every_set_of_the_others_by_its_weight():
    game = drawn(Random(3), 4, 0.5)
    found = spread(game, 1, [0.2, 0.0, 1.0, 0.5])
    assert len(found.weights) == 8
    assert sum(found.chances) == pytest.approx(1)
    assert found.weights[0] == pytest.approx(1 - game.weights[1])
    assert found.weights[-1] == 0.0


@pytest.mark.parametrize("size", [13, 40])
def test_of_many_members_the_weight_is_counted_on_a_grid_with_its_mean_exact(size: int):
    chance = Random(size)
    game = drawn(chance, size, 0.4)
    beliefs = [chance.choice((0.0, 1.0, chance.random())) for _ in range(size)]
    found = spread(game, 0, beliefs)
    mean = sum(x * p for x, p in zip(found.weights, found.chances, strict=True))
    held = sum(w * p for w, p in zip(game.weights[1:], beliefs[1:], strict=True))
    assert (mean, sum(found.chances)) == (pytest.approx(held, abs=1e-12), pytest.approx(1))


def sampled(game: Collective, beliefs: list[float], own: Regard, times: int) -> float:
    """What the first member gains by C, over drawn profiles."""
    chance, whole = Random(1), 0.0
    for _ in range(times):
        others = [C if chance.random() < p else D for p in beliefs[1:]]
        with_c, with_d = (game.payoffs([mine, *others]) for mine in (C, D))
        whole += utility(own, 0, with_c, C) - utility(own, 0, with_d, D)
    return whole / times


@pytest.mark.slow(measured=True)
@pytest.mark.parametrize("theta", [0.0, 0.45])
def test_the_gain_among_many_is_near_what_drawn_profiles_give(theta: float):
    chance = Random(8)
    same: Any = Terms(6, 1, 1, 1, 0.5, 0.3)
    game = collective([chance.uniform(1, 3) for _ in range(20)], same, theta)
    beliefs = [chance.random() for _ in range(20)]
    own = Regard(1.5, tuple(0.0 if j == 0 else -0.5 / 19 for j in range(20)))
    found = expected(game, 0, beliefs, own).gain
    assert found == pytest.approx(sampled(game, beliefs, own, 4000), abs=0.05)


def test_among_many_what_is_sure_is_counted_as_it_is():
    game = drawn(Random(2), 14, 1.0)
    for belief, whole in ((1.0, C), (0.0, D)):
        told = expected(game, 3, [belief] * 14)
        all_alike = [whole] * 14
        for mine, found in ((C, told.with_c), (D, told.with_d)):
            all_alike[3] = mine
            assert found == pytest.approx(game.payoffs(all_alike)[3])


def test_the_gain_at_a_weight_is_that_of_a_set_of_such_a_weight():
    game = drawn(Random(4), 3, 0.5)
    paid = [game.payoffs((mine, C, D))[0] for mine in (C, D)]
    assert gain_at_weight(game, 0, game.weights[1]) == pytest.approx(paid[0] - paid[1])


def test_there_is_a_belief_for_every_member():
    with pytest.raises(InvalidInput, match="2 members"):
        expected(LIBRARY["chicken"], 0, (0.5,))
