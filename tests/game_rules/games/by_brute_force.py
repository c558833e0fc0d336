"""What an arena's advice must be, by every profile and in exact numbers; no code of the engine.

Written from docs/rules.md alone. Weights are whole numbers and points fractions, so that a
threshold that a set of members reaches exactly, a tie, and a root on a grid are what they are.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import pairwise
from math import ceil, comb, lcm

Polynomial = list[Fraction]
"""Coefficients of p⁰, p¹, …"""


@dataclass(frozen=True)
class Exact:
    """An arena in exact numbers: whole weights, the rows b, c, e, g, d, σ, and the threshold."""

    weights: tuple[int, ...]
    rows: tuple[tuple[Fraction, ...], ...]
    theta: Fraction

    @cached_property
    def size(self) -> int:
        return len(self.weights)

    @cached_property
    def held(self) -> list[int]:
        """The weight that cooperates, by profile; bit i of a profile: whether member i does."""
        sums = [0]
        for weight in self.weights:
            sums += [x + weight for x in sums]
        return sums

    @cached_property
    def units(self) -> list[int]:
        """By member the unit of its points: each is a whole number of 1/unit."""
        whole = self.held[-1]
        return [
            whole * (whole - weight) * lcm(*(x.denominator for x in (*row, row[0] * row[5])))
            for weight, row in zip(self.weights, self.rows, strict=True)
        ]

    @cached_property
    def paid(self) -> list[tuple[int, ...]]:
        """What each member is paid, by profile, in its unit."""
        least = ceil(self.theta * self.held[-1])
        columns = [list(self._column(i, least)) for i in range(self.size)]
        return list(zip(*columns, strict=True))

    def _column(self, i: int, least: int) -> Iterator[int]:
        b, c, e, g, d, sigma = self.rows[i]
        own, whole, unit = self.weights[i], self.held[-1], self.units[i]
        others = whole - own
        made_c, made_d = int(b * unit / whole), int(sigma * b * unit / whole)
        cost, exposed = int(c * unit), int(e * unit / others)
        tempted, hostile = int(g * unit / others), int(d * unit / others)
        for mask, x in enumerate(self.held):
            made = x if x >= least else 0
            if mask >> i & 1:
                yield made_c * made - cost - exposed * (whole - x)
            else:
                yield made_d * made + tempted * x - hostile * (others - x)

    def points(self, i: int, units: int) -> Fraction:
        """Turn a member's units into points."""
        return Fraction(units, self.units[i])

    def gains(self, i: int) -> list[tuple[int, int]]:
        """How many others cooperate, and what C then gains over D: every set of others."""
        bit = 1 << i
        return [
            (mask.bit_count(), self.paid[mask | bit][i] - row[i])
            for mask, row in enumerate(self.paid)
            if not mask & bit
        ]

    def corners(self, i: int) -> tuple[Fraction, Fraction, Fraction, Fraction]:
        """T, R, P, S."""
        everybody, bit = 2**self.size - 1, 1 << i
        places = (everybody ^ bit, everybody, 0, bit)
        t, r, p, s = (self.points(i, self.paid[place][i]) for place in places)
        return t, r, p, s

    def name(self, i: int) -> str:
        """The name by the table of section 2, read from above."""
        gains = [gain for _, gain in self.gains(i)]
        t, r, p, s = self.corners(i)
        greed, fear = t - r, p - s
        has_up, has_down = max(gains) > 0, min(gains) < 0
        if not has_up and not has_down:
            return "indifferent"
        if not has_up:
            members = range(self.size)
            sums = {sum(self.points(i, row[i]) for i in members) for row in self.paid}
            equal = "constant_sum" if len(sums) == 1 else "defect_dominates"
            return equal if r == p else ("prisoners_dilemma" if r > p else "deadlock")
        if not has_down:
            return "harmony"
        if greed <= 0 <= fear:
            return "stag_hunt"
        if fear <= 0 <= greed:
            return "chicken" if r >= s else "battle_of_the_sexes"
        return "volunteers_dilemma" if greed > 0 else "harmony_with_a_gap"

    def escrow(self, i: int) -> Fraction:
        """z*."""
        return self.points(i, max(0, *(-gain for _, gain in self.gains(i))))

    @cached_property
    def equilibria(self) -> list[int]:
        """Profiles that nobody gains by leaving."""
        return [
            mask
            for mask in range(2**self.size)
            if all(self.paid[mask ^ (1 << i)][i] <= self.paid[mask][i] for i in range(self.size))
        ]

    def worst(self, i: int) -> Fraction | None:
        """V."""
        found = [self.paid[mask][i] for mask in self.equilibria]
        return self.points(i, min(found)) if found else None

    def discount(self, i: int, q: Fraction) -> Fraction | None:
        """δ* in fog."""
        t, r, _, _ = self.corners(i)
        greed, worst = t - r, self.worst(i)
        if greed <= 0:
            return Fraction(0)
        if worst is None or worst >= r:
            return None
        whole = q ** (self.size - 1) * (q * greed + (2 * q - 1) * (r - worst))
        return greed / whole if 0 < greed <= whole else None

    def gain_by_belief(self, i: int) -> Polynomial:
        """What C gains where each other is believed to cooperate with chance p, in powers of p."""
        most, sums, whole = self.size - 1, [0] * self.size, [0] * self.size
        for k, gain in self.gains(i):
            sums[k] += gain
        for k, gain in enumerate(sums):
            for more in range(most - k + 1):  # p^k (1 − p)^(n − 1 − k)
                whole[k + more] += gain * comb(most - k, more) * (-1) ** more
        return [self.points(i, each) for each in whole]


def value(polynomial: Sequence[Fraction], p: Fraction) -> Fraction:
    """Give a polynomial's value."""
    whole = Fraction(0)
    for each in reversed(polynomial):
        whole = whole * p + each
    return whole


def crossings(polynomial: Polynomial, narrow: Fraction) -> Iterator[tuple[Fraction, bool]]:
    """Yield the beliefs between 0 and 1 at which the sign changes, and whether it is + above.

    Roots are counted by Sturm's theorem and parted by halving, so that none is lost however near
    another one it is; one that the curve only touches is none.
    """
    inside = _without_ends(_trimmed(polynomial))
    if len(inside) > 1:
        chain = _sturm(inside)
        for low, high in _parted(chain, Fraction(0), Fraction(1), narrow):
            before, after = value(inside, low) > 0, value(inside, high) > 0
            if before != after:
                yield (low + high) / 2, after


def _without_ends(polynomial: Polynomial) -> Polynomial:
    """Divide by p and by 1 − p as often as they divide, which changes no sign between 0 and 1."""
    while len(polynomial) > 1 and polynomial[0] == 0:
        polynomial = polynomial[1:]
    while len(polynomial) > 1 and sum(polynomial) == 0:
        so_far, divided = Fraction(0), []
        for each in polynomial[:-1]:
            so_far += each
            divided.append(so_far)
        polynomial = divided
    return polynomial


def _parted(
    chain: list[Polynomial], low: Fraction, high: Fraction, narrow: Fraction
) -> Iterator[tuple[Fraction, Fraction]]:
    """Yield narrow stretches with one root each, whose ends are no roots."""
    count = _changes(chain, low) - _changes(chain, high)
    if count == 0:
        return
    if count == 1 and high - low < narrow:
        yield low, high
        return
    middle = (low + high) / 2
    beside = Fraction(1, 3)
    while value(chain[0], middle) == 0:
        middle, beside = low + (high - low) * beside, beside / 2
    yield from _parted(chain, low, middle, narrow)
    yield from _parted(chain, middle, high, narrow)


def _changes(chain: list[Polynomial], p: Fraction) -> int:
    signs = [x for x in (value(each, p) for each in chain) if x]
    return sum((x > 0) != (y > 0) for x, y in pairwise(signs))


def _sturm(polynomial: Polynomial) -> list[Polynomial]:
    """Give Sturm's chain; a factor in common does no harm where an end is no root."""
    chain = [polynomial, _trimmed([k * x for k, x in enumerate(polynomial)][1:])]
    while chain[-1]:
        chain.append([-x for x in _rest(chain[-2], chain[-1])])
    return chain[:-1]


def _rest(one: Polynomial, other: Polynomial) -> Polynomial:
    left = list(one)
    while len(left) >= len(other):
        factor = left[-1] / other[-1]
        for k in range(1, len(other) + 1):
            left[-k] -= factor * other[-k]
        left.pop()
    left = _trimmed(left)
    return [x / abs(left[-1]) for x in left]


def _trimmed(polynomial: Polynomial) -> Polynomial:
    while polynomial and polynomial[-1] == 0:
        polynomial = polynomial[:-1]
    return polynomial
