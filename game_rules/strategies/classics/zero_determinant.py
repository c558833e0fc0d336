"""Zero-determinant strategies: memory-one, and they enforce a linear relation of the payoffs."""

from collections.abc import Callable

from game_rules.games.corners import Corners
from game_rules.strategies.kit.family import StrategyFamily
from game_rules.strategies.kit.machine import Machine, memory_one
from game_rules.strategies.kit.sources import (
    KUHN_2017,
    PRESS_2012,
    ROEMHELD_2013,
    STEWART_2012,
    library,
)

zero_determinant = StrategyFamily("zero determinant")

_STANDARD = Corners(T=5, R=3, P=1, S=0)


@zero_determinant.table_by_game("ZD Extortion", ROEMHELD_2013, memory=1, is_stochastic=True)
def zd_extortion(corners: Corners) -> Machine:
    """Extorts: keeps nine tenths of what both gain over a baseline of 1."""
    return _line(corners, phi=0.2, slope=0.1, baseline=lambda game: 1)


@zero_determinant.table_by_game("ZD Extort 2", STEWART_2012, memory=1, is_stochastic=True)
def zd_extort_2(corners: Corners) -> Machine:
    """Extorts: gains twice what the other gains over mutual defection."""
    return _line(corners, phi=1 / 9, slope=0.5, baseline=lambda game: game.P)


@zero_determinant.table_by_game("ZD Extort 2 v2", KUHN_2017, memory=1, is_stochastic=True)
def zd_extort_2_v_2(corners: Corners) -> Machine:
    """Extorts: gains twice what the other gains over a baseline of 1."""
    return _line(corners, phi=1 / 8, slope=0.5, baseline=lambda game: 1)


@zero_determinant.table_by_game("ZD Extort 3", PRESS_2012, memory=1, is_stochastic=True)
def zd_extort_3(corners: Corners) -> Machine:
    """Extorts: gains three times what the other gains over a baseline of 1."""
    return _line(corners, phi=3 / 26, slope=1 / 3, baseline=lambda game: 1)


@zero_determinant.table_by_game("ZD Extort 4", library("Marc Harper"), memory=1, is_stochastic=True)
def zd_extort_4(corners: Corners) -> Machine:
    """Extorts: gains four times what the other gains over a baseline of 1."""
    return _line(corners, phi=4 / 17, slope=0.25, baseline=lambda game: 1)


@zero_determinant.table_by_game("ZD Generous 2", KUHN_2017, memory=1, is_stochastic=True)
def zd_gen_2(corners: Corners) -> Machine:
    """Generous: falls twice as far short of 3 as the other does."""
    return _line(corners, phi=1 / 8, slope=0.5, baseline=lambda game: 3)


@zero_determinant.table_by_game("ZD GTFT 2", STEWART_2012, memory=1, is_stochastic=True)
def zd_gtft_2(corners: Corners) -> Machine:
    """Generous: falls twice as far short of mutual cooperation as the other does."""
    return _line(corners, phi=0.25, slope=0.5, baseline=lambda game: game.R)


@zero_determinant.table_by_game("ZD Mischief", ROEMHELD_2013, memory=1, is_stochastic=True)
def zd_mischief(corners: Corners) -> Machine:
    """Sets the other's payoff to 1, whatever the other does."""
    return _line(corners, phi=0.1, slope=0.0, baseline=lambda game: 1)


@zero_determinant.table_by_game("ZD Set 2", KUHN_2017, memory=1, is_stochastic=True)
def zd_set_2(corners: Corners) -> Machine:
    """Sets the other's payoff to 2, whatever the other does."""
    return _line(corners, phi=0.25, slope=0.0, baseline=lambda game: 2)


def _line(
    corners: Corners, phi: float, slope: float, baseline: Callable[[Corners], float]
) -> Machine:
    """The memory-one machine of a line; that of the standard game where this game allows none.

    Source: Hilbe, Nowak & Traulsen 2013, equation 14.
    """
    chances = _chances(corners, phi, slope, baseline)
    if not all(0 <= chance <= 1 for chance in chances):
        chances = _chances(_STANDARD, phi, slope, baseline)
    return memory_one(1, *chances)


def _chances(
    corners: Corners, phi: float, slope: float, baseline: Callable[[Corners], float]
) -> tuple[float, float, float, float]:
    """Cooperation after CC, CD, DC, DD that enforces slope·(own − l) = other − l."""
    level = baseline(corners)
    t, r, p, s = corners.T, corners.R, corners.P, corners.S
    return (
        1 - phi * (1 - slope) * (r - level),
        1 - phi * (slope * (level - s) + (t - level)),
        phi * ((level - s) + slope * (t - level)),
        phi * (1 - slope) * (level - p),
    )
