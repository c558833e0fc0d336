"""Expected utilities of C and of D over all profiles of an arena, at a belief in each member.

Others are believed to play each apart from the others. Where a threshold decides what is produced,
every set of cooperating others counts, not the straight line between the corners; without one the
expectation is a closed form. Source: Palfrey & Rosenthal 1984; docs/theory.md.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum
from operator import add, mul

from game_rules.errors import InvalidInput
from game_rules.games.exact import MOST_MEMBERS, Playable
from game_rules.games.stage_games import Bimatrix, Collective
from game_rules.lenses.lensed_games import LensedGame
from game_rules.lenses.lenses import Regard
from game_rules.swift import swift

GRID = 256
"""Steps in which the weight of the others is counted where there are too many sets of them."""

_NO_THRESHOLD = 1e-12


@swift
@dataclass(frozen=True, slots=True)
class Expected:
    """The expected utility of each action of one member."""

    with_c: float
    with_d: float

    @property
    def gain(self) -> float:
        """Return what C is expected to gain over D. Source: Palfrey & Rosenthal 1984."""
        return self.with_c - self.with_d


@swift
@dataclass(frozen=True, slots=True)
class WeightChances:
    """How likely each weight of cooperating others is: one entry a set, or a step of a grid.

    A set comes before the same one without its last member, so that halves can be added.
    """

    weights: list[float]
    chances: list[float]


def expected(
    game: Playable, member: int, beliefs: Sequence[float], own: Regard | None = None
) -> Expected:
    """Return the expected utility of C and of D for one member.

    beliefs: for every member in order, how likely it is to play C (the member's own entry is not
    read). own: the member's weights for an outcome; None takes its payoff alone, or of a game
    through a lens what that says. Of more than 12 members with a threshold the others' weight is
    counted on a grid, with its mean exact. Raises InvalidInput for a wrong number of beliefs.
    Source: Palfrey & Rosenthal 1984; rules section 3 for the weights.

    >>> from game_rules.games.stage_games import LIBRARY
    >>> expected(LIBRARY["stag_hunt"], 0, (0, 0.5))
    Expected(with_c=2.0, with_d=2.5)
    """
    if len(beliefs) != game.size:
        raise InvalidInput(f"{len(beliefs)} beliefs for {game.size} members; give one per member")
    if isinstance(game, LensedGame):
        return expected(game.material, member, beliefs, game.regards[member])
    weighed = own or Regard(1.0, (0.0,) * game.size)
    if isinstance(game, Collective):
        return _of_collective(game, member, beliefs, weighed)
    assert isinstance(game, Bimatrix)
    return _of_pair(game, member, beliefs[1 - member], weighed)


def spread(game: Collective, member: int, beliefs: Sequence[float]) -> WeightChances:
    """Return how likely each weight of cooperating others is. Source: Palfrey & Rosenthal 1984."""
    if game.size > MOST_MEMBERS:
        others = [x for x in range(game.size) if x != member]
        return _on_a_grid([(game.weights[x], beliefs[x]) for x in others])
    chances = [1.0]
    for other, p in enumerate(beliefs):
        if other != member:
            q = 1.0 - p
            chances = [x * p for x in chances] + [x * q for x in chances]
    return WeightChances(_sets_of(game, member).weights, chances)


@dataclass(frozen=True, slots=True)
class _Sets:
    """The weight of each set of others, and what is produced with the member's C and its D."""

    weights: list[float]
    made_with: list[float]
    made_without: list[float]


def _sets_of(game: Collective, member: int) -> _Sets:
    """List the sets of others in the order of `spread`; the game remembers them."""
    key = _SETS, member
    found = game.memory.get(key)
    if found is None:
        weights = [0.0]
        for other, weight in enumerate(game.weights):
            if other != member:
                weights = [x + weight for x in weights] + weights
        with_it = [x + game.weights[member] for x in weights]
        found = game.memory[key] = _Sets(weights, _made(game, with_it), _made(game, weights))
    return found


_SETS = "sets"


def _made(game: Collective, weights: Sequence[float]) -> list[float]:
    """Return Q of many weights at once, as `game.produced` does."""
    least = game.least_weight
    return [x if x >= least else 0.0 for x in weights]


def _of_pair(game: Bimatrix, member: int, p: float, own: Regard) -> Expected:
    mine, theirs = game.corners(member), game.corners(1 - member)
    weight, q = own.toward[1 - member], 1.0 - p
    with_c = own.own * (p * mine.R + q * mine.S) + own.for_c
    with_d = own.own * (p * mine.T + q * mine.P) + own.for_d
    if weight:
        with_c += weight * (p * theirs.R + q * theirs.T)
        with_d += weight * (p * theirs.S + q * theirs.P)
    return Expected(with_c, with_d)


def _of_collective(
    game: Collective, member: int, beliefs: Sequence[float], own: Regard
) -> Expected:
    weights = game.weights
    held = fsum([weights[j] * p for j, p in enumerate(beliefs) if j != member])
    regarded = [j for j, each in enumerate(own.toward) if each and j != member]
    made_c, made_d = _outputs(game, member, beliefs, held, regarded)
    t, faith = game.terms[member], held / (1.0 - game.weights[member])
    with_c = own.own * (t.b * made_c.whole - t.c - t.e * (1.0 - faith)) + own.for_c
    with_d = t.sigma * t.b * made_d.whole + t.g * faith - t.d * (1.0 - faith)
    with_d = own.own * with_d + own.for_d
    for j in regarded:
        seen = held - game.weights[j] * beliefs[j]
        with_c += own.toward[j] * _paid(game, j, beliefs[j], made_c, seen + game.weights[member])
        with_d += own.toward[j] * _paid(game, j, beliefs[j], made_d, seen)
    return Expected(with_c, with_d)


@swift
@dataclass(frozen=True, slots=True)
class _Output:
    """What is expected to be produced, and of that what while each member cooperates."""

    whole: float
    by_member: dict[int, float]


def _paid(game: Collective, j: int, p: float, made: _Output, others: float) -> float:
    """Return what another member is expected to be paid, of whose others so much weight does C."""
    t, faith, during = game.terms[j], others / (1.0 - game.weights[j]), made.by_member[j]
    with_c = t.b * during - p * (t.c + t.e * (1.0 - faith))
    with_d = t.sigma * t.b * (made.whole - during)
    return with_c + with_d + (1.0 - p) * (t.g * faith - t.d * (1.0 - faith))


def _outputs(
    game: Collective, member: int, beliefs: Sequence[float], held: float, regarded: Sequence[int]
) -> tuple[_Output, _Output]:
    """Return what is produced with the member's C and with its D."""
    own = game.weights[member]
    if game.theta <= _NO_THRESHOLD:
        alone = {j: held + game.weights[j] * (1.0 - beliefs[j]) for j in regarded}
        return (
            _Output(held + own, {j: beliefs[j] * (x + own) for j, x in alone.items()}),
            _Output(held, {j: beliefs[j] * x for j, x in alone.items()}),
        )
    found = spread(game, member, beliefs)
    if game.size > MOST_MEMBERS:
        made_with = [game.produced(x + own) for x in found.weights]
        made_without = [game.produced(x) for x in found.weights]
    else:
        sets = _sets_of(game, member)
        made_with, made_without = sets.made_with, sets.made_without
    with_c, with_d = [
        _Output(fsum(made), _by_member(game, member, beliefs, made, regarded))
        for made in (
            list(map(mul, made_with, found.chances)),
            list(map(mul, made_without, found.chances)),
        )
    ]
    return with_c, with_d


def _by_member(
    game: Collective,
    member: int,
    beliefs: Sequence[float],
    made: list[float],
    regarded: Sequence[int],
) -> dict[int, float]:
    """Return what is produced while each other cooperates.

    The first half of the sets holds the last of the others; then both halves are one. On a grid
    one of so many is taken to do C whatever is produced.
    """
    if not regarded:
        return {}
    if game.size > MOST_MEMBERS:
        whole = fsum(made)
        return {j: beliefs[j] * whole for j in regarded}
    during = {}
    for j in reversed(range(game.size)):
        if j != member:
            half = len(made) // 2
            with_it = made[:half]
            during[j] = fsum(with_it)
            made = list(map(add, with_it, made[half:]))
    return during


def _on_a_grid(others: Sequence[tuple[float, float]]) -> WeightChances:
    """Count the weight of many others in steps; what falls between two is split between them.

    Those of whom it is sure what they play are counted as they are.
    """
    sure = fsum(weight for weight, p in others if p >= 1.0)
    open_to_doubt = [(weight, p) for weight, p in others if 0.0 < p < 1.0]
    step = fsum(weight for weight, _ in open_to_doubt) / GRID
    chances = [1.0]
    for weight, p in open_to_doubt:
        whole, part = divmod(weight / step, 1.0)
        near, far, stays = p * (1.0 - part), p * part, 1.0 - p
        gap = [0.0] * int(whole)
        rows = [*chances, *gap, 0.0], [*gap, *chances, 0.0], [*gap, 0.0, *chances]
        chances = [stays * x + near * y + far * z for x, y, z in zip(*rows, strict=True)]
    return WeightChances([sure + place * step for place in range(len(chances))], chances)
