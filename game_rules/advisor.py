"""The advisor: what kind of game an arena is for one seat, and what follows from that.

A scenario can switch it off; it is an experimental treatment. Source: rules section 5.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import cast

from game_rules import correlated, exact
from game_rules.correlated import Mediation, mediate
from game_rules.equilibria import (
    Equilibrium,
    NashSet,
    equilibria,
    gain_from_cooperation,
    nash_sets,
    pure_equilibria,
    replies_by_gain,
)
from game_rules.exact import Playable
from game_rules.games import Action, Corners, GameClass
from game_rules.levers import Lever, levers
from game_rules.names_of_games import GameName, classify, side_of
from game_rules.ordinal_types import OrdinalType
from game_rules.roles import Seat
from game_rules.scenario import Arena
from game_rules.supergame import critical_discount, critical_escrow


@dataclass(frozen=True, slots=True)
class Advice:
    """What the advisor says of one arena to one member.

    name: of a game of two; None of a larger one, where own_type is read from the member's four
    payoffs. pure, mixed: the equilibria; mixed holds every extreme one of a game of two, and pure
    is None where there are too many members to try. mediation: None if not asked for or too
    large. tipping_point f*, discount δ*, escrow z*: None where they do not exist. gain: what C
    is expected to gain over D at these beliefs; best_reply: both actions where it gains nothing.
    """

    member: int
    corners: Corners
    game_class: GameClass
    name: GameName | None
    own_type: OrdinalType | None
    pure: tuple[tuple[Action, ...], ...] | None
    mixed: tuple[Equilibrium, ...]
    sets: tuple[NashSet, ...]
    mediation: Mediation | None
    tipping_point: Fraction | None
    discount: Fraction | None
    escrow: Fraction
    beliefs: tuple[float, ...]
    gain: float | None
    best_reply: tuple[Action, ...]
    levers: tuple[Lever, ...]

    @property
    def lever(self) -> Lever | None:
        """The lever whose smallest change would change the class."""
        return self.levers[0] if self.levers else None


def advise(
    game: Playable,
    member: int = 0,
    beliefs: Sequence[float] | None = None,
    *,
    has_mediation: bool = True,
) -> Advice:
    """Advise one member of a game.

    beliefs: for every member in order, how likely it is to play C (present trust; the member's
    own entry is not read); None takes one half of each. has_mediation: whether to work out the
    mediation, which loads a solver. Raises InvalidInput for a wrong number of beliefs.

    >>> from game_rules.games import LIBRARY
    >>> advice = advise(LIBRARY["stag_hunt"], has_mediation=False)
    >>> str(advice.tipping_point), [str(action) for action in advice.best_reply]
    ('2/3', ['D'])
    """
    corners, is_pair = game.corners(member), game.size == 2
    fractions = _exactly(corners)
    held = (0.5,) * game.size if beliefs is None else tuple(beliefs)
    is_small = game.size <= exact.MOST_MEMBERS
    gain = gain_from_cooperation(game, member, held) if is_small else None
    name = classify(game) if is_pair else None
    return Advice(
        member=member,
        corners=corners,
        game_class=fractions.game_class,
        name=name,
        own_type=_own_type(name, member, corners),
        pure=pure_equilibria(game) if is_small else None,
        mixed=equilibria(game) if is_pair else (),
        sets=nash_sets(game) if is_pair else (),
        mediation=mediate(game) if has_mediation and game.size <= correlated.MOST_MEMBERS else None,
        tipping_point=_fraction(fractions.tipping_point),
        discount=_fraction(critical_discount(fractions)),
        escrow=Fraction(critical_escrow(fractions)),
        beliefs=held,
        gain=gain,
        best_reply=() if gain is None else replies_by_gain(gain),
        levers=levers(game, member),
    )


def beliefs_of(
    arena: Arena, seat: Seat, trusts: Mapping[Seat, Mapping[Seat, float]]
) -> tuple[float, ...]:
    """Turn a seat's present trust into beliefs about an arena's members; one half of strangers."""
    row = trusts.get(seat, {})
    return tuple(1.0 if other == seat else row.get(other, 0.5) for other in arena.members)


def _own_type(name: GameName | None, member: int, corners: Corners) -> OrdinalType | None:
    if name is None:
        return side_of(corners)
    return (name.row_type, name.column_type)[member]


def _exactly(corners: Corners) -> Corners:
    """The same corners in fractions, which calculate like floats and lose nothing."""
    four = (corners.T, corners.R, corners.P, corners.S)
    return Corners(*(cast("float", exact.exact(x)) for x in four))


def _fraction(x: float | None) -> Fraction | None:
    return None if x is None else Fraction(x)
