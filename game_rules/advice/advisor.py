"""The advisor: the class of an arena's game for one seat, and its consequences.

A scenario can switch the advisor off, as an experimental treatment. Source: rules section 5.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import cast

from game_rules.advice.levers import Lever, levers
from game_rules.advice.reply_patterns import Pattern
from game_rules.games import correlated, exact
from game_rules.games.best_responses import BestResponseClass
from game_rules.games.clauses import Clause, clauses, holds_for_all
from game_rules.games.corners import Corners, GameClass, class_among
from game_rules.games.correlated import CorrelatedEquilibrium, mediate
from game_rules.games.equilibria import (
    Equilibrium,
    NashSet,
    equilibria,
    gain_from_cooperation,
    nash_sets,
    pure_equilibria,
    replies_by_gain,
)
from game_rules.games.exact import Playable
from game_rules.games.names import GameName, classify, side_of
from game_rules.games.ordinal_types import KINDS, Familiar, OrdinalType
from game_rules.games.replies import ReplyClass
from game_rules.games.stage_games import Action
from game_rules.games.supergame import critical_discount, critical_escrow
from game_rules.roles import Seat
from game_rules.scenario.scenario import Arena

SituationClass = GameClass | Familiar | BestResponseClass | ReplyClass
"""What a member is in, as one word."""


@dataclass(frozen=True, slots=True)
class Advice:
    """The advice on one arena for one member.

    game_class: by greed and fear, with C and D as they are labelled. situation: the same, but
    for a game of two that differ, which is named whole (see `_situation`). clauses: what is true
    of its payoffs; is_shared: whether the last is true of every member. name: of a game of two;
    None of a larger one, where own_type is read from the member's four payoffs. pure, mixed: the
    equilibria; mixed holds every extreme one of a game of two, and pure is None where there are
    too many members to try. mediation: None if not asked for or too large.
    tipping_point f*, discount δ*, escrow z*: None where they do not exist. common_discount: the
    δ* of whoever needs the most patience, None if no patience is enough. gain: what C
    is expected to gain over D at these beliefs; best_reply: both actions where it gains nothing.
    pattern: the whole reply pattern, where the rules of the match go by it; situation is then None
    of more members than can be tried.
    """

    member: int
    corners: Corners
    game_class: GameClass
    situation: SituationClass | None
    clauses: tuple[Clause, ...]
    is_shared: bool
    name: GameName | None
    own_type: OrdinalType | None
    pure: tuple[tuple[Action, ...], ...] | None
    mixed: tuple[Equilibrium, ...]
    sets: tuple[NashSet, ...]
    mediation: CorrelatedEquilibrium | None
    tipping_point: Fraction | None
    discount: Fraction | None
    common_discount: Fraction | None
    escrow: Fraction
    beliefs: tuple[float, ...]
    gain: float | None
    best_reply: tuple[Action, ...]
    levers: tuple[Lever, ...]
    pattern: Pattern | None = None

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

    >>> from game_rules.games.stage_games import LIBRARY
    >>> advice = advise(LIBRARY["stag_hunt"], has_mediation=False)
    >>> str(advice.tipping_point), [str(action) for action in advice.best_reply]
    ('2/3', ['D'])
    """
    is_pair = game.size == 2
    sides = tuple(_exactly(game.corners(each)) for each in range(game.size))
    corners, fractions = game.corners(member), sides[member]
    own_class, told = class_among(sides, member), clauses(fractions)
    held = (0.5,) * game.size if beliefs is None else tuple(beliefs)
    is_small = game.size <= exact.MOST_MEMBERS
    gain = gain_from_cooperation(game, member, held) if is_small else None
    name = classify(game) if is_pair else None
    return Advice(
        member=member,
        corners=corners,
        game_class=own_class,
        situation=_situation(game, name, member, own_class),
        clauses=told,
        is_shared=holds_for_all(told[-1], sides),
        name=name,
        own_type=_own_type(name, member, corners),
        pure=pure_equilibria(game) if is_small else None,
        mixed=equilibria(game) if is_pair else (),
        sets=nash_sets(game) if is_pair else (),
        mediation=mediate(game) if has_mediation and game.size <= correlated.MOST_MEMBERS else None,
        tipping_point=_fraction(fractions.tipping_point),
        discount=_fraction(critical_discount(fractions)),
        common_discount=_common_discount(game),
        escrow=Fraction(critical_escrow(fractions)),
        beliefs=held,
        gain=gain,
        best_reply=() if gain is None else replies_by_gain(gain),
        levers=levers(game, member),
    )


def by_its_equilibria(game: Playable, advice: Advice) -> Advice:
    """Tell δ* by the game's own pure equilibria, where two sides differ; see `Advice`.

    (T − R)/(T − V), with V a member's least payoff in one of them; None where that is no threat.
    Rules 1 takes the other side's payoffs for its own. Source: Friedman 1971.

    >>> from game_rules.games.stage_games import LIBRARY, Bimatrix
    >>> game = Bimatrix(LIBRARY["prisoners_dilemma"].row, LIBRARY["harmony"].row)
    >>> advice = advise(game, has_mediation=False)
    >>> str(advice.discount), by_its_equilibria(game, advice).discount
    ('1/2', None)
    """
    each = [_discount_of(game, member, advice.pure or ()) for member in range(game.size)]
    found = [discount for discount in each if discount is not None]
    common = max(found) if len(found) == len(each) else None
    return replace(advice, discount=each[advice.member], common_discount=common)


def _discount_of(
    game: Playable, member: int, pure: Sequence[tuple[Action, ...]]
) -> Fraction | None:
    corners = _exactly(game.corners(member))
    if corners.greed <= 0:
        return Fraction(0)
    paid = [exact.exact(game.payoffs(profile)[member]) for profile in pure]
    worst = min(paid, default=None)
    if worst is None or worst >= corners.R:
        return None
    return Fraction(corners.greed) / (exact.exact(corners.T) - worst)


def beliefs_of(
    arena: Arena, seat: Seat, trusts: Mapping[Seat, Mapping[Seat, float]]
) -> tuple[float, ...]:
    """Convert a seat's present trust into beliefs about an arena's members."""
    row = trusts.get(seat, {})
    return tuple(1.0 if other == seat else row.get(other, 0.5) for other in arena.members)


def _own_type(name: GameName | None, member: int, corners: Corners) -> OrdinalType | None:
    if name is None:
        return side_of(corners)
    return (name.row_type, name.column_type)[member]


def _situation(
    game: Playable, name: GameName | None, member: int, own: GameClass
) -> SituationClass:
    """Name a member's situation in one word.

    Two numbers name a symmetric situation (rules section 2). Where two sides differ, labels may
    mislead: then it is the name in common use, else the member's own type in a strict game, else
    the class by best replies (Bruns 2015; Marris et al. 2023).
    """
    if name is None or game.corners(0) == game.corners(1):
        return own
    if name.familiar is not None:
        return name.familiar
    side = (name.row_type, name.column_type)[member]
    if side is None or name.family is None:
        return name.best_response
    return next(kind for kind, sides in KINDS.items() if side in sides)


def _common_discount(game: Playable) -> Fraction | None:
    each = [critical_discount(_exactly(game.corners(member))) for member in range(game.size)]
    found = [discount for discount in each if discount is not None]
    return Fraction(max(found)) if len(found) == len(each) else None


def _exactly(corners: Corners) -> Corners:
    """Return the same corners as fractions, which lose no precision."""
    four = (corners.T, corners.R, corners.P, corners.S)
    return Corners(*(cast("float", exact.exact(x)) for x in four))


def _fraction(x: float | None) -> Fraction | None:
    return None if x is None else Fraction(x)
