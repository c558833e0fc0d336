"""What people did in laboratories: measures of risk, the curve fitted to them, and its misses."""

from collections.abc import Sequence
from fractions import Fraction
from math import lcm
from random import Random
from statistics import mean

import pytest

from game_rules.games.corners import Corners
from game_rules.games.laboratory import (
    BASE,
    MARGIN,
    REPLIES,
    SLOPE,
    first_cooperation,
    replies,
)
from game_rules.games.supergame import (
    basin_of_defection,
    critical_discount,
    risk_dominant_discount,
)
from tests.tools.laboratory import (
    Treatment,
    fitted,
    left_out,
    margin,
    replies_by_noise,
    treatments,
)

ROWS = treatments()
SCORED = [row for row in ROWS if row.is_scored]
FIRST_SEEN = [row for row in ROWS if 0 < row.continuation < 1 and row.ends != "single"]
DAL_BO_FRECHETTE = [
    # δ, R, δ*, δ^RD, basin: Dal Bó & Fréchette 2011, with T 50, P 25, S 12
    (0.50, 32, 0.72, 0.82, 1.00),
    (0.50, 40, 0.40, 0.61, 0.72),
    (0.50, 48, 0.08, 0.39, 0.38),
    (0.75, 32, 0.72, 0.82, 0.81),
    (0.75, 40, 0.40, 0.61, 0.27),
    (0.75, 48, 0.08, 0.39, 0.16),
]


def any_corners(luck: Random) -> Corners:
    return Corners(*(luck.randint(-20, 20) for _ in range(4)))


def dilemma(luck: Random) -> Corners:
    s, p, r, t = sorted(luck.sample(range(-50, 51), 4))
    return Corners(t, r, p, s)


def discounted(payoffs: Sequence[float], after: float, continuation: Fraction) -> Fraction:
    """The worth of some first rounds and of one payoff in each round from then on."""
    worth, weight = Fraction(0), Fraction(1)
    for payoff in payoffs:
        worth += weight * Fraction(payoff)
        weight *= continuation
    return worth + weight * Fraction(after) / (1 - continuation)


def advantage(c: Corners, continuation: Fraction, belief: Fraction) -> Fraction:
    """What grim trigger is expected to earn over always defect, played out against either."""
    with_grim = discounted((), c.R, continuation) - discounted((c.T,), c.P, continuation)
    with_defector = discounted((c.S,), c.P, continuation) - discounted((), c.P, continuation)
    return belief * with_grim + (1 - belief) * with_defector


@pytest.mark.slow
def test_the_basin_is_the_share_of_beliefs_that_speak_for_defection():
    """Of 3,000 games: the share of 200 beliefs at which always defect earns more, counted."""
    luck = Random(1)
    for number in range(3000):
        corners = dilemma(luck) if number % 2 else any_corners(luck)
        continuation = Fraction(luck.randint(0, 19), 20)
        # the advantage is a straight line in the belief, so two values give all
        ends = [advantage(corners, continuation, Fraction(x)) for x in (0, 1)]
        none, full = (int(x * lcm(*(y.denominator for y in ends))) for x in ends)
        against = sum((400 - x) * none + x * full < 0 for x in range(1, 400, 2))
        if none == full == 0:
            continue  # the two earn the same at every belief, so no belief decides
        share = basin_of_defection(corners, float(continuation))
        assert share == pytest.approx(against / 200, abs=1 / 200), (corners, continuation)


@pytest.mark.slow
def test_the_basin_has_its_closed_form_in_every_dilemma():
    luck = Random(2)
    for _ in range(10_000):
        c, continuation = dilemma(luck), luck.randint(0, 99) / 100
        g, fear = c.greed / (c.R - c.P), c.fear / (c.R - c.P)
        ends = 1 - continuation
        patience = critical_discount(c)
        assert patience is not None
        assert patience == pytest.approx(g / (1 + g))
        form = 1.0
        if continuation > patience:
            form = ends * fear / (1 - ends * (1 + g - fear))
        assert basin_of_defection(c, continuation) == pytest.approx(form, abs=1e-9)
        assert risk_dominant_discount(c) == pytest.approx((g + fear) / (1 + g + fear))


def test_half_of_all_beliefs_speak_for_defection_where_cooperation_becomes_risk_dominant():
    luck = Random(3)
    for _ in range(1000):
        c = dilemma(luck)
        assert basin_of_defection(c, risk_dominant_discount(c)) == pytest.approx(0.5)


def test_the_basin_falls_as_the_future_grows_longer():
    luck = Random(4)
    for _ in range(500):
        c = dilemma(luck)
        shares = [basin_of_defection(c, step / 50) for step in range(51)]
        assert shares == sorted(shares, reverse=True)
        assert (shares[0], shares[-1]) == (1.0, 0.0)


@pytest.mark.parametrize(("continuation", "r", "patience", "risk", "basin"), DAL_BO_FRECHETTE)
def test_measures_of_risk_are_those_of_the_study(continuation, r, patience, risk, basin):
    c = Corners(T=50, R=r, P=25, S=12)
    assert critical_discount(c) == pytest.approx(patience, abs=0.005)
    assert risk_dominant_discount(c) == pytest.approx(risk, abs=0.005)
    assert basin_of_defection(c, continuation) == pytest.approx(basin, abs=0.005)


def misses(rows: list[Treatment]) -> list[float]:
    return [x - row.first_round for x, row in zip(left_out(rows), rows, strict=True)]


@pytest.mark.parametrize(
    ("rows", "count"),
    [(SCORED, 19), ([x for x in SCORED if x.ends == "chance"], 15), (FIRST_SEEN, 23)],
    ids=["as shipped", "ended by chance", "with known ends"],
)
def test_a_treatment_is_foretold_from_the_others_within_8_points(rows, count):
    assert len(rows) == count
    grand = mean(row.first_round for row in rows)
    found = mean(map(abs, misses(rows)))
    assert found <= (0.08 if "known" not in {x.ends for x in rows} else 0.11)
    assert found < 0.6 * mean(abs(row.first_round - grand) for row in rows)


def test_the_treatments_of_known_length_with_a_continuation_are_within_8_points_too():
    """The data give δ = 1 − 1/rounds of four short games; those of 9 rounds have none."""
    rows = [row for row in FIRST_SEEN if row.ends == "chance" or (row.rounds or 0) < 9]
    assert len(rows) == 19
    assert mean(map(abs, misses(rows))) <= 0.08


def test_what_is_shipped_is_what_the_rows_give():
    base, slope = fitted(SCORED)
    assert pytest.approx((base, slope), abs=0.0006) == (BASE, SLOPE)
    assert margin(misses(SCORED)) == pytest.approx(MARGIN, abs=0.0006)
    for noise, told in REPLIES:
        readings = replies_by_noise(ROWS, noise)
        halfway = [mean(pair) for pair in zip(*readings, strict=True)]
        assert list(told) == pytest.approx(halfway, abs=0.0051)


def test_replies_are_within_5_points_of_either_reading_of_the_data():
    for noise, told in REPLIES:
        for reading in replies_by_noise(ROWS, noise):
            assert list(told) == pytest.approx(list(reading), abs=0.05)


def test_the_interval_holds_nine_of_ten_treatments_that_it_was_not_fitted_to():
    held = [abs(miss) <= MARGIN + 0.001 for miss in misses(SCORED)]
    assert sum(held) >= 0.9 * len(held)


def test_the_curve_is_sensible_everywhere():
    luck = Random(5)
    for _ in range(2000):
        c = dilemma(luck) if luck.random() < 0.8 else any_corners(luck)
        continuation, noise = luck.random(), luck.random()
        found = first_cooperation(c, continuation, noise)
        assert 0 <= found.low <= found.share <= found.high <= 1
        longer = first_cooperation(c, continuation + (1 - continuation) / 2, noise)
        assert longer.share >= found.share - 1e-12 or c.R <= c.P
        assert first_cooperation(c, continuation, noise / 2).share >= found.share - 1e-12
        assert all(0 <= each <= 1 for each in replies(noise))


def test_replies_pass_through_what_was_seen_without_a_jump():
    for noise, told in REPLIES:
        assert replies(noise) == pytest.approx(told)
        assert replies(noise + 1e-9) == pytest.approx(told, abs=1e-6)
