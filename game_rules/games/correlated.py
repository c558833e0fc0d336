"""Mediation: a private recommendation to each member that no member gains by disobeying.

This is a correlated equilibrium. The one chosen has the highest total payoff; among those, the
highest lowest payoff; among those, the most cooperation. Source: rules section 5 (ask for
mediation).
"""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from game_rules.errors import InvalidInput
from game_rules.games.exact import Playable, payoff_table
from game_rules.games.linear_programs import FractionRow, LinearProgram, solve
from game_rules.games.stage_games import Action, C

MOST_MEMBERS = 8
"""2ⁿ recommendations are weighed against each other: a larger arena is refused."""

ONE, ZERO = Fraction(1), Fraction(0)

PayoffTable = dict[tuple[Action, ...], tuple[Fraction, ...]]
Solver = Callable[[LinearProgram], tuple[FractionRow, bool]]


@dataclass(frozen=True, slots=True)
class Recommendation:
    """A profile that the mediator may draw, and its probability."""

    profile: tuple[Action, ...]
    chance: Fraction


@dataclass(frozen=True, slots=True)
class CorrelatedEquilibrium:
    """A correlated equilibrium. values: the expected payoff of each member, in member order.

    is_exact: whether the fractions were checked; else they are a solver's rounded floats.
    """

    recommendations: tuple[Recommendation, ...]
    values: tuple[Fraction, ...]
    is_exact: bool

    @property
    def welfare(self) -> Fraction:
        """The expected total payoff."""
        return sum(self.values, ZERO)

    @property
    def mean(self) -> Fraction:
        """The mean expected payoff of a member."""
        return self.welfare / len(self.values)


def mediate(game: Playable, solver: Solver = solve) -> CorrelatedEquilibrium:
    """Find the welfare-best correlated equilibrium of an arena of up to MOST_MEMBERS members.

    Among the best for all together it takes the one with the highest lowest value, and among
    those the one with most cooperation. solver: what the linear programs are given to.
    Raises InvalidInput for a larger arena.

    >>> from game_rules.games.stage_games import LIBRARY
    >>> mediation = mediate(LIBRARY["battle_of_the_sexes"])
    >>> [("".join(r.profile), str(r.chance)) for r in mediation.recommendations]
    [('CD', '1/2'), ('DC', '1/2')]
    >>> str(mediation.mean)
    '5/2'
    """
    if game.size > MOST_MEMBERS:
        raise InvalidInput(f"{game.size} members; mediation is worked out for up to {MOST_MEMBERS}")
    table = payoff_table(game)
    scale = max(abs(x) for payoffs in table.values() for x in payoffs) or ONE
    scaled = {p: tuple(x / scale for x in payoffs) for p, payoffs in table.items()}
    chances, is_exact = _best(scaled, solver)
    drawn = [(p, x) for p, x in zip(table, chances, strict=True) if x]
    return CorrelatedEquilibrium(
        recommendations=tuple(Recommendation(p, x) for p, x in drawn),
        values=tuple(_expected(table, drawn, member) for member in range(game.size)),
        is_exact=is_exact,
    )


def obeys(game: Playable, recommendations: tuple[Recommendation, ...]) -> bool:
    """Tell whether no member gains by disobeying its own recommendation; exact.

    >>> from game_rules.games.stage_games import LIBRARY
    >>> obeys(LIBRARY["chicken"], (Recommendation((C, C), Fraction(1)),))
    False
    """
    table = payoff_table(game)
    chances = {r.profile: r.chance for r in recommendations}
    drawn = tuple(chances.get(profile, ZERO) for profile in table)
    return all(_dot(row, drawn) <= 0 for row in _temptations(table))


def _best(table: PayoffTable, solver: Solver) -> tuple[FractionRow, bool]:
    """Solve three programs, each with the results of the previous ones as constraints."""
    device = _Device(table)
    richest = solver(device.program(device.welfare))[0]
    device.keep_welfare(_dot(device.welfare, richest))
    floor = solver(device.program_of_the_worst_off())[0][-1]
    device.keep_floor(floor)
    return solver(device.program(tuple(Fraction(profile.count(C)) for profile in table)))


class _Device:
    """The constraints on a mediator; one variable per profile."""

    def __init__(self, table: PayoffTable) -> None:
        size = len(next(iter(table)))
        self.members = [tuple(payoffs[i] for payoffs in table.values()) for i in range(size)]
        self.welfare = tuple(sum(payoffs, ZERO) for payoffs in table.values())
        self.equal: list[tuple[FractionRow, Fraction]] = [((ONE,) * len(table), ONE)]
        self.at_most = [(row, ZERO) for row in _temptations(table)]

    def keep_welfare(self, welfare: Fraction) -> None:
        self.equal.append((self.welfare, welfare))

    def keep_floor(self, floor: Fraction) -> None:
        self.at_most += [(tuple(-x for x in row), -floor) for row in self.members]

    def program(self, objective: FractionRow) -> LinearProgram:
        return LinearProgram(objective, tuple(self.equal), tuple(self.at_most))

    def program_of_the_worst_off(self) -> LinearProgram:
        """Maximise one more variable, a lower bound of every member's value."""
        worse = [((*(-x for x in row), ONE), ZERO) for row in self.members]
        return LinearProgram(
            objective=(*(ZERO for _ in self.welfare), ONE),
            equal=tuple(((*row, ZERO), bound) for row, bound in self.equal),
            at_most=(*(((*row, ZERO), bound) for row, bound in self.at_most), *worse),
            free=1,
        )


def _temptations(table: PayoffTable) -> tuple[FractionRow, ...]:
    """Return, for each member and recommendation, the gain from the other action."""
    size = len(next(iter(table)))
    return tuple(
        tuple(_gain(table, profile, member, told) for profile in table)
        for member in range(size)
        for told in Action
    )


def _gain(table: PayoffTable, profile: tuple[Action, ...], member: int, told: Action) -> Fraction:
    if profile[member] is not told:
        return ZERO
    disobeyed = (*profile[:member], told.other, *profile[member + 1 :])
    return table[disobeyed][member] - table[profile][member]


def _expected(
    table: PayoffTable, drawn: list[tuple[tuple[Action, ...], Fraction]], member: int
) -> Fraction:
    return sum((chance * table[profile][member] for profile, chance in drawn), ZERO)


def _dot(row: FractionRow, chances: FractionRow) -> Fraction:
    return sum((a * x for a, x in zip(row, chances, strict=True)), ZERO)
