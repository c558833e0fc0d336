"""Advice on drawn arenas of 2 to 12 members, against every profile in exact numbers.

The long form is `DETENTE_ARENAS=2000 uv run pytest -n 0 -s` and the name of this file.
"""

import os
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from random import Random

import pytest

from game_rules.advice.patterns import pattern_of
from game_rules.advice.reply_patterns import Circumstances
from game_rules.errors import InvalidInput
from game_rules.games.equilibria import pure_equilibria
from game_rules.games.replies import (
    cases,
    critical_discount_in_fog,
    critical_escrow_of_all,
    reply_class,
    worst_equilibrium,
)
from game_rules.games.stage_games import C, Collective, D, Terms, collective
from game_rules.games.tipping_points import tipping_points
from tests.game_rules.games.by_brute_force import Exact, crossings, value

ARENAS = int(os.environ.get("DETENTE_ARENAS", "90"))
SHORT_SIZES, LONG_SIZES = (2, 3, 3, 4, 4, 5, 5, 6, 7), tuple(range(2, 13))
IS_LONG = ARENAS >= 1000
NARROW = Fraction(1, 10**11)
QUALITIES = tuple(Fraction(x, 100) for x in (100, 97, 95, 90, 80, 76))

Rows = tuple[tuple[Fraction, ...], ...]


def points(chance: Random, low: int = 0, high: int = 600) -> Fraction:
    return Fraction(chance.randint(low, high), 100)


def rows_of(chance: Random, size: int, low: int = 0, high: int = 600) -> Rows:
    return tuple(
        (*(points(chance, low, high) for _ in range(5)), Fraction(chance.randint(0, 100), 100))
        for _ in range(size)
    )


def whole_weights(chance: Random, size: int, most: int = 40) -> tuple[int, ...]:
    return tuple(chance.randint(1, most) for _ in range(size))


def plain(chance: Random, size: int) -> Exact:
    theta = Fraction(chance.randint(0, 100), 100)
    return Exact(whole_weights(chance, size), rows_of(chance, size), theta)


def on_a_sum(chance: Random, size: int) -> Exact:
    """The threshold is exactly what some members hold together."""
    weights = whole_weights(chance, size)
    held = sum(x for x in weights if chance.random() < 0.5)
    return Exact(weights, rows_of(chance, size), Fraction(held, sum(weights)))


def at_an_end(chance: Random, size: int) -> Exact:
    """Nobody is needed, or everybody."""
    return Exact(whole_weights(chance, size), rows_of(chance, size), Fraction(chance.randint(0, 1)))


def with_ties(chance: Random, size: int) -> Exact:
    """Few whole points and equal weights, so that much is paid alike."""
    rows = tuple(
        (*(Fraction(chance.randint(0, 2)) for _ in range(5)), Fraction(chance.randint(0, 2), 2))
        for _ in range(size)
    )
    return Exact((1,) * size, rows, Fraction(chance.randint(0, size), size))


def with_ties_and_weights(chance: Random, size: int) -> Exact:
    """As above, one row for all, signs of any kind, and weights that are not equal."""
    row = (
        *(Fraction(chance.randint(-2, 2)) for _ in range(5)),
        Fraction(chance.randint(0, 2), 2),
    )
    weights = whole_weights(chance, size, 3)
    held = sum(x for x in weights if chance.random() < 0.5)
    return Exact(weights, (row,) * size, Fraction(held, sum(weights)))


def below_zero(chance: Random, size: int) -> Exact:
    theta = Fraction(chance.randint(0, 100), 100)
    return Exact(whole_weights(chance, size), rows_of(chance, size, -600), theta)


def lopsided(chance: Random, size: int) -> Exact:
    """Weights from one to a hundred thousand."""
    weights = tuple(10 ** chance.randint(0, 5) for _ in range(size))
    return Exact(weights, rows_of(chance, size), Fraction(chance.randint(0, 100), 100))


def with_large_points(chance: Random, size: int) -> Exact:
    """Up to the most that a scenario may have."""
    theta = Fraction(chance.randint(0, 100), 100)
    return Exact(whole_weights(chance, size), rows_of(chance, size, 0, 100_000), theta)


def with_a_root_on_the_grid(chance: Random, size: int) -> Exact:
    """The first member's cost is such that at k/1000 C and D pay alike."""
    drawn, p = on_a_sum(chance, size), Fraction(chance.randint(1, 999), 1000)
    return _dearer(drawn, value(drawn.gain_by_belief(0), p))


def with_roots_side_by_side(chance: Random, size: int) -> Exact:
    """The first member's curve dips below nothing, or rises above it, between two near roots."""
    drawn = on_a_sum(chance, size)
    curve = drawn.gain_by_belief(0)
    heights = [value(curve, Fraction(k, 200)) for k in range(201)]
    turn = next(
        (
            x
            for k, x in enumerate(heights[1:-1], 1)
            if (x - heights[k - 1]) * (x - heights[k + 1]) > 0
        ),
        heights[100],
    )
    return _dearer(drawn, turn + Fraction(chance.choice((-1, 1)), 10**7))


def _dearer(arena: Exact, more: Fraction) -> Exact:
    b, c, *rest = arena.rows[0]
    return Exact(arena.weights, ((b, c + more, *rest), *arena.rows[1:]), arena.theta)


KINDS: Mapping[str, Callable[[Random, int], Exact]] = {
    "plain": plain,
    "on a sum of weights": on_a_sum,
    "nobody or everybody needed": at_an_end,
    "ties": with_ties,
    "ties and weights": with_ties_and_weights,
    "below zero": below_zero,
    "lopsided": lopsided,
    "large points": with_large_points,
    "a root on the grid": with_a_root_on_the_grid,
    "roots side by side": with_roots_side_by_side,
}


def drawn_arenas(count: int, seed: int = 16) -> Iterator[tuple[str, Exact]]:
    chance, sizes = Random(seed), LONG_SIZES if IS_LONG else SHORT_SIZES
    for number in range(count):
        kind = tuple(KINDS)[number % len(KINDS)]
        yield kind, KINDS[kind](chance, sizes[number // len(KINDS) % len(sizes)])


def in_floats(arena: Exact) -> Collective:
    terms = [Terms(*map(float, row)) for row in arena.rows]
    return collective([float(x) for x in arena.weights], terms, float(arena.theta))


def close(found: float | Fraction, exact: Fraction, scale: float) -> bool:
    return abs(float(found) - float(exact)) <= 1e-9 * scale


def faults(arena: Exact, chance: Random) -> Iterator[str]:
    """Yield what the engine says otherwise than every profile does."""
    game, q = in_floats(arena), chance.choice(QUALITIES)
    scale = 1 + max(float(abs(x)) for row in arena.rows for x in row)
    listed = {sum(1 << i for i, x in enumerate(p) if x is C) for p in pure_equilibria(game)}
    if listed != set(arena.equilibria):
        yield f"equilibria {sorted(listed)} for {sorted(arena.equilibria)}"
    for i in range(arena.size):
        gains = arena.gains(i)
        if (name := reply_class(game, i).value) != arena.name(i):
            yield f"{i}: class {name} for {arena.name(i)}"
        if not close(critical_escrow_of_all(game, i), arena.escrow(i), scale):
            yield f"{i}: z* {critical_escrow_of_all(game, i)} for {float(arena.escrow(i))}"
        told = pattern_of(game, i, Circumstances(), len(listed))
        best_in = sum(gain > 0 for _, gain in gains)
        if (told.best_in, told.cases) != (best_in, len(gains)):
            yield f"{i}: best in {told.best_in} for {best_in}"
        if sorted(x.cooperating for x in cases(game, i)) != sorted(k for k, _ in gains):
            yield f"{i}: cases"
        worst, found = arena.worst(i), worst_equilibrium(game, i)
        if (found is None) != (worst is None) or (
            found is not None and worst is not None and not close(found, worst, scale)
        ):
            yield f"{i}: V {found} for {worst}"
        discount, expected = critical_discount_in_fog(game, i, float(q)), arena.discount(i, q)
        if (discount is None) != (expected is None) or (
            discount is not None and expected is not None and not close(discount, expected, 1e3)
        ):
            yield f"{i}: discount {discount} for {expected} at {q}"
        curve = arena.gain_by_belief(i)
        roots = list(crossings(curve, NARROW))
        points = tipping_points(game, i)
        if [x.is_c_above for x in points] != [is_up for _, is_up in roots]:
            yield f"{i}: f* {points} for {[(float(x), up) for x, up in roots]}"
        elif any(
            abs(x.belief - float(exact)) > 1e-6
            or abs(float(value(curve, Fraction(x.belief)))) > 1e-9 * scale
            for x, (exact, _) in zip(points, roots, strict=True)
        ):
            yield f"{i}: f* {points} for {[float(x) for x, _ in roots]}"


@pytest.mark.slow
def test_drawn_arenas_are_told_as_every_profile_has_them():
    chance, found, members = Random(1), Counter[str](), 0
    for kind, arena in drawn_arenas(ARENAS):
        for fault in faults(arena, chance):
            found[kind] += 1
            print(f"{kind} {arena}\n  {fault}")
        members += arena.size
    print(f"{ARENAS} arenas, {members} members")
    assert found == Counter()


def test_two_tipping_points_between_two_steps_of_the_grid_are_both_found():
    """Δ is 1, −1.1 and 1.21 where none, one and both of two others cooperate, but for a trifle."""
    game = collective((1, 1, 1), Terms(b=4.41 + 2e-8, c=0, e=0, g=3.2 + 2e-8, d=1, sigma=0), 1)
    low, high = tipping_points(game, 0)
    assert (low.is_c_above, high.is_c_above) == (False, True)
    assert low.belief < 1 / 2.1 < high.belief
    assert high.belief - low.belief < 1 / 1000
    touching = collective((1, 1, 1), Terms(b=4.41 - 2e-8, c=0, e=0, g=3.2 - 2e-8, d=1, sigma=0), 1)
    assert tipping_points(touching, 0) == ()


def test_a_weight_of_nothing_is_refused():
    with pytest.raises(InvalidInput, match="weight 0"):
        collective((1, 0, 1), Terms(4, 1, 1, 1, 1, 0.5))


def test_rounding_hides_no_equilibrium_in_which_somebody_gains_nothing_by_leaving():
    """The first is needed by nobody and gains nothing by joining the other two."""
    row = tuple(map(Fraction, (-2, -2, 2, 1, 2, 1)))
    arena = Exact((3, 2, 1), (row,) * 3, Fraction(1, 6))
    assert arena.equilibria == [0b110, 0b111]
    assert pure_equilibria(in_floats(arena)) == ((C, C, C), (D, C, C))
