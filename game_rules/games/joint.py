"""What all members of an arena can earn together: the range that efficiency is measured in.

Each member's payoff is linear in the output Q(X) and in the weight X that cooperates, so the joint
payoff of a profile is Q(X)·B + K + X·L with B, K and L summed over members: one walk over the
profiles, without a payoff function in it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from game_rules.games.exact import MOST_MEMBERS
from game_rules.games.stage_games import Action, Bimatrix, Collective, StageGame

Choices = Sequence[tuple[float, float]]
"""What each member's C and D add to X, B, K or L."""

Column = Sequence[float]
"""X, B, K or L of one profile after another."""


@dataclass(frozen=True, slots=True)
class JointRange:
    """corner: the worse of all C and all D. best: of all profiles, in points of all members."""

    corner: float
    best: float


@lru_cache(maxsize=1024)
def joint_range(game: StageGame) -> JointRange:
    """Find the joint payoffs that efficiency lies between.

    Of more than 12 members only those profiles are tried in which the k heaviest, or the k
    lightest, cooperate. Source: docs/theory.md; efficiency as welfare reached of what could be.

    >>> from game_rules.games.stage_games import LIBRARY
    >>> joint_range(LIBRARY["battle_of_the_sexes"])
    JointRange(corner=0.0, best=5.0)
    """
    if isinstance(game, Bimatrix):
        pairs = [_sum(game.payoffs((one, other))) for one in Action for other in Action]
        return JointRange(min(pairs[0], pairs[-1]), max(pairs))
    joint = _joint(game)
    return JointRange(min(joint[0], joint[-1]), max(joint))


def efficiency(game: StageGame, payoffs: Iterable[float]) -> float | None:
    """Return the share of the joint gain that was reached, in [0, 1]; None where there is none.

    (W − W₀)/(W* − W₀): W₀ the worse of all C and all D, W* the best profile's. Source: the joint
    payoff as a yardstick, Ostrom, Gardner & Walker 1994.

    >>> from game_rules.games.stage_games import LIBRARY
    >>> efficiency(LIBRARY["battle_of_the_sexes"], (3, 2)), efficiency(LIBRARY["zero_sum"], (0, 0))
    (1.0, None)
    """
    span = game.memory.get(_SPAN)
    if span is None:
        span = game.memory[_SPAN] = joint_range(game)
    room = span.best - span.corner
    if room < _NOTHING:
        return None
    return min(1.0, max(0.0, (_sum(payoffs) - span.corner) / room))


_NOTHING = 1e-12
_SPAN = "span"


def _joint(game: Collective) -> list[float]:
    """List the joint payoffs of profiles, all C first and all D last."""
    sums = _all if game.size <= MOST_MEMBERS else _ordered
    least = game.least_weight
    return [
        (x if x >= least else 0.0) * b + k + x * slope
        for x, b, k, slope in zip(*sums(game.weights, *_parts(game)), strict=True)
    ]


def _parts(game: Collective) -> tuple[Choices, Choices, Choices]:
    """Return what each member's C and D add to B, K and L. e·(1 − f) is e·(1 − X)/(1 − w) for C."""
    b, k, slope = [], [], []
    for t, weight in zip(game.terms, game.weights, strict=True):
        others = 1.0 - weight
        exposed = t.e / others
        b.append((t.b, t.sigma * t.b))
        k.append((-t.c - exposed, -t.d))
        slope.append((exposed, (t.g + t.d) / others))
    return b, k, slope


def _all(weights: tuple[float, ...], b: Choices, k: Choices, slope: Choices) -> list[Column]:
    """Walk over every profile, one column of sums for each of the four."""
    x = tuple([(weight, 0.0) for weight in weights])
    return [_steady_sums(x), _steady_sums(tuple(b)), _sums(k), _sums(slope)]


@lru_cache(maxsize=64)
def _steady_sums(choices: tuple[tuple[float, float], ...]) -> Column:
    """Remember the sums of weights and benefits, which few rounds change."""
    return _sums(choices)


def _sums(choices: Choices) -> Column:
    sums = [0.0]
    for of_c, of_d in reversed(choices):
        sums = [of_c + each for each in sums] + [of_d + each for each in sums]
    return sums


def _ordered(weights: tuple[float, ...], b: Choices, k: Choices, slope: Choices) -> list[Column]:
    """Take the profiles in which the heaviest or the lightest cooperate, from all C to none."""
    heavy = sorted(range(len(weights)), key=lambda member: -weights[member])
    cooperating = [
        set(order[:count])
        for order in (heavy, heavy[::-1])
        for count in range(len(weights), -1, -1)
    ]
    x = [(weight, 0.0) for weight in weights]
    return [
        [
            _sum([of_c if i in some else of_d for i, (of_c, of_d) in enumerate(choices)])
            for some in cooperating
        ]
        for choices in (x, b, k, slope)
    ]


def _sum(points: Iterable[float]) -> float:
    whole = 0.0
    for each in points:
        whole += each
    return whole
