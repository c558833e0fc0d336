"""What all members of an arena can earn together: the range that efficiency is measured in.

Each member's payoff is linear in the output Q(X) and in the weight X that cooperates, so the joint
payoff of a profile is Q(X)·B + K + X·L with B, K and L summed over members: one walk over the
profiles, without a payoff function in it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from game_rules.games.exact import MOST_MEMBERS
from game_rules.games.stage_games import Action, Bimatrix, Collective, StageGame

Part = tuple[float, float, float, float]
"""What a member's action adds to X, B, K and L."""


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


def efficiency(game: StageGame, payoffs: Sequence[float]) -> float | None:
    """Return the share of the joint gain that was reached, in [0, 1]; None where there is none.

    (W − W₀)/(W* − W₀): W₀ the worse of all C and all D, W* the best profile's. Source: the joint
    payoff as a yardstick, Ostrom, Gardner & Walker 1994.

    >>> from game_rules.games.stage_games import LIBRARY
    >>> efficiency(LIBRARY["battle_of_the_sexes"], (3, 2)), efficiency(LIBRARY["zero_sum"], (0, 0))
    (1.0, None)
    """
    span = joint_range(game)
    room = span.best - span.corner
    if room < _NOTHING:
        return None
    return min(1.0, max(0.0, (_sum(payoffs) - span.corner) / room))


_NOTHING = 1e-12


def _joint(game: Collective) -> list[float]:
    """List the joint payoffs of profiles, all C first and all D last."""
    parts = [_parts(game, member) for member in range(game.size)]
    rows = _all(parts) if game.size <= MOST_MEMBERS else _ordered(game, parts)
    least = game.least_weight
    return [(x if x >= least else 0.0) * b + k + x * slope for x, b, k, slope in rows]


def _parts(game: Collective, member: int) -> tuple[Part, Part]:
    """Return the parts of a member's C and of its D. e·(1 − f) is e·(1 − X)/(1 − w) for C."""
    t, weight = game.terms[member], game.weights[member]
    others = 1.0 - weight
    exposed, tempted = t.e / others, (t.g + t.d) / others
    return (weight, t.b, -t.c - exposed, exposed), (0.0, t.sigma * t.b, -t.d, tempted)


def _all(parts: Sequence[tuple[Part, Part]]) -> Iterator[Part]:
    """Walk over every profile, one column of sums for each of the four."""
    x, b, k, slope = (tuple([(c[i], d[i]) for c, d in parts]) for i in range(4))
    return zip(_steady_sums(x), _steady_sums(b), _sums(k), _sums(slope), strict=True)


def _sums(choices: Sequence[tuple[float, float]]) -> Sequence[float]:
    sums = [0.0]
    for of_c, of_d in reversed(choices):
        sums = [of_c + each for each in sums] + [of_d + each for each in sums]
    return sums


@lru_cache(maxsize=64)
def _steady_sums(choices: tuple[tuple[float, float], ...]) -> Sequence[float]:
    """Remember the sums of weights and benefits, which few rounds change."""
    return _sums(choices)


def _ordered(game: Collective, parts: Sequence[tuple[Part, Part]]) -> Iterator[Part]:
    """Yield the profiles in which the heaviest or the lightest cooperate, from all C to none."""
    heavy = sorted(range(game.size), key=lambda member: -game.weights[member])
    for order in (heavy, heavy[::-1]):
        for count in range(game.size, -1, -1):
            among = set(order[:count])
            yield _whole([of_c if i in among else of_d for i, (of_c, of_d) in enumerate(parts)])


def _whole(parts: Sequence[Part]) -> Part:
    x = b = k = slope = 0.0
    for each in parts:
        x, b, k, slope = x + each[0], b + each[1], k + each[2], slope + each[3]
    return x, b, k, slope


def _sum(points: Sequence[float]) -> float:
    whole = 0.0
    for each in points:
        whole += each
    return whole
