"""Nash equilibria and best responses, exact, including ties.

Common floating-point solvers miss equilibria of degenerate games; these use fractions.
Source of the statements on collective arenas: Olson & Zeckhauser 1966; rules section 2.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

from game_rules.errors import InvalidInput
from game_rules.games.exact import MOST_MEMBERS, Matrix, Playable, TwoByTwo, profiles, two_by_two
from game_rules.games.stage_games import Action, C, Collective, D, Profile

ONE, ZERO = Fraction(1), Fraction(0)

_ROUNDING = 1e-12
"""What a sum of floats may be off by: who gains no more by leaving an equilibrium stays."""


@dataclass(frozen=True, slots=True)
class Equilibrium:
    """A Nash equilibrium of a two-player game: each side's probabilities of (C, D)."""

    row: tuple[Fraction, Fraction]
    column: tuple[Fraction, Fraction]


@dataclass(frozen=True, slots=True)
class NashSet:
    """A maximal set of equilibria: any of these rows with any of these columns.

    rows, columns: the lowest and the highest chance of C; equal where there is no freedom.
    """

    rows: tuple[Fraction, Fraction]
    columns: tuple[Fraction, Fraction]


def equilibria(game: Playable) -> tuple[Equilibrium, ...]:
    """Find every extreme equilibrium of a two-player game, including degenerate games.

    Extreme: all equilibria of the game are mixtures of these (see `nash_sets`). Ordered by
    row's chance of C, then column's, highest first. Raises InvalidInput for another size.

    >>> from game_rules.games.stage_games import LIBRARY
    >>> [str(e.row[0]) for e in equilibria(LIBRARY["chicken"])]
    ['1', '2/3', '0']
    """
    table = two_by_two(game)
    rows, columns = _vertices(table)
    return tuple(
        Equilibrium((p, 1 - p), (q, 1 - q))
        for p in rows
        for q in columns
        if _is_equilibrium(table, p, q)
    )


def nash_sets(game: Playable) -> tuple[NashSet, ...]:
    """Find the maximal Nash sets; only degenerate games have sets of more than one point.

    Every equilibrium lies in one of them; two that touch belong to one component.

    >>> from game_rules.games.stage_games import symmetric
    >>> [str(x) for x in nash_sets(symmetric(0, 0, 0, 0))[0].rows]
    ['0', '1']
    """
    table = two_by_two(game)
    rows, columns = _vertices(table)
    found: dict[tuple[tuple[Fraction, ...], tuple[Fraction, ...]], NashSet] = {}
    for size in range(len(columns), 0, -1):
        for some in combinations(columns, size):
            fitting = tuple(p for p in rows if all(_is_equilibrium(table, p, q) for q in some))
            if fitting:
                every = tuple(q for q in columns if _all_fit(table, fitting, q))
                found[fitting, every] = NashSet(_span(fitting), _span(every))
    return tuple(found.values())


def values(game: Playable, equilibrium: Equilibrium) -> tuple[Fraction, Fraction]:
    """Return the expected payoff of each side in an equilibrium.

    >>> from game_rules.games.stage_games import LIBRARY
    >>> mixed = equilibria(LIBRARY["battle_of_the_sexes"])[1]
    >>> [str(value) for value in values(LIBRARY["battle_of_the_sexes"], mixed)]
    ['6/5', '6/5']
    """
    table = two_by_two(game)
    return _expected(table.row, equilibrium), _expected(table.column, equilibrium)


def pure_equilibria(game: Playable) -> tuple[tuple[Action, ...], ...]:
    """Find every pure equilibrium of an arena, all C first and all D last.

    Raises InvalidInput for more members than can be tried (`exact.MOST_MEMBERS`).

    >>> from game_rules.games.stage_games import LIBRARY
    >>> ["".join(profile) for profile in pure_equilibria(LIBRARY["stag_hunt"])]
    ['CC', 'DD']
    """
    paid = {profile: game.payoffs(profile) for profile in profiles(game.size)}
    least = _ROUNDING if isinstance(game, Collective) else 0.0
    return tuple(profile for profile in paid if not _tempted(paid, profile, least))


def replies_by_gain(gain: float) -> tuple[Action, ...]:
    """Return the best actions for a gain of C over D; both if it is 0."""
    if gain == 0:
        return (C, D)
    return (C,) if gain > 0 else (D,)


def gain_from_cooperation(game: Playable, member: int, chances: Sequence[float]) -> float:
    """Return a member's expected gain of C over D.

    chances: for every member in order, how likely it is to play C, each apart from the others
    (the member's own entry is not read). At theta 0 this is affine in the belief, from −fear to
    −greed (rules section 2, fact 2). Raises InvalidInput for a wrong number of chances.

    >>> from game_rules.games.stage_games import LIBRARY
    >>> gain_from_cooperation(LIBRARY["stag_hunt"], 0, (0, 0.5))
    -0.5
    """
    if len(chances) != game.size:
        raise InvalidInput(f"{len(chances)} chances for {game.size} members; give one per member")
    others = (*chances[:member], *chances[member + 1 :])
    if isinstance(game, Collective):
        return _collective_gain(game, member, others)
    gain = 0.0
    for profile in profiles(game.size - 1):
        likely = _likelihood(profile, others)
        if likely:
            whole = (*profile[:member], C, *profile[member:])
            gain += likely * _gain(game, member, whole)
    return gain


def _vertices(table: TwoByTwo) -> tuple[tuple[Fraction, ...], tuple[Fraction, ...]]:
    """Return the probabilities of C at which an extreme equilibrium can lie."""
    (rcc, rcd), (rdc, rdd) = table.row
    (ccc, ccd), (cdc, cdd) = table.column
    return _ends_and_root(ccc - ccd, cdc - cdd), _ends_and_root(rcc - rdc, rcd - rdd)


def _ends_and_root(at_one: Fraction, at_zero: Fraction) -> tuple[Fraction, ...]:
    """Return both ends, and the zero in between if the signs of the gain differ."""
    if at_one * at_zero >= 0:
        return ONE, ZERO
    return ONE, at_zero / (at_zero - at_one), ZERO


def _is_equilibrium(table: TwoByTwo, p: Fraction, q: Fraction) -> bool:
    (rcc, rcd), (rdc, rdd) = table.row
    (ccc, ccd), (cdc, cdd) = table.column
    row_gain = q * (rcc - rdc) + (1 - q) * (rcd - rdd)
    column_gain = p * (ccc - ccd) + (1 - p) * (cdc - cdd)
    return _is_best(p, row_gain) and _is_best(q, column_gain)


def _is_best(chance: Fraction, gain: Fraction) -> bool:
    return gain == 0 or chance == (1 if gain > 0 else 0)


def _all_fit(table: TwoByTwo, rows: tuple[Fraction, ...], q: Fraction) -> bool:
    return all(_is_equilibrium(table, p, q) for p in rows)


def _span(chances: tuple[Fraction, ...]) -> tuple[Fraction, Fraction]:
    return min(chances), max(chances)


def _expected(matrix: Matrix, equilibrium: Equilibrium) -> Fraction:
    total = ZERO
    for p, line in zip(equilibrium.row, matrix, strict=True):
        for q, payoff in zip(equilibrium.column, line, strict=True):
            total += p * q * payoff
    return total


def _tempted(
    paid: dict[tuple[Action, ...], tuple[float, ...]], profile: Profile, least: float
) -> bool:
    """Tell whether somebody gains more than least by leaving a profile."""
    for member, action in enumerate(profile):
        alone = (*profile[:member], action.other, *profile[member + 1 :])
        if paid[alone][member] > paid[tuple(profile)][member] + least:
            return True
    return False


def _gain(game: Playable, member: int, profile: Profile) -> float:
    cooperating, defecting = (
        (*profile[:member], action, *profile[member + 1 :]) for action in (C, D)
    )
    return game.payoffs(cooperating)[member] - game.payoffs(defecting)[member]


def _collective_gain(game: Collective, member: int, chances: Sequence[float]) -> float:
    """Only the weight that cooperates matters, so sums stand for profiles."""
    if len(chances) >= MOST_MEMBERS:
        raise InvalidInput(f"{game.size} members; beliefs are weighed for up to {MOST_MEMBERS}")
    weights = (*game.weights[:member], *game.weights[member + 1 :])
    sums = [(0.0, 1.0)]
    for weight, chance in zip(weights, chances, strict=True):
        joined = [(total + weight, likely * chance) for total, likely in sums] if chance else []
        apart = [(total, likely * (1.0 - chance)) for total, likely in sums] if chance < 1 else []
        sums = joined + apart
    own, gain = game.weights[member], 0.0
    for total, likely in sums:
        with_c, with_d = game.payoff(member, C, total + own), game.payoff(member, D, total)
        gain += likely * (with_c - with_d)
    return gain


def _likelihood(others: Profile, chances: Sequence[float]) -> float:
    likely = 1.0
    for action, chance in zip(others, chances, strict=True):
        likely *= chance if action is C else 1.0 - chance
    return likely
