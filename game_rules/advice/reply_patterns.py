"""What a whole reply pattern tells of a member's situation: the values, without the working out.

Source: Taylor & Ward 1982; docs/theory.md.
"""

from dataclasses import dataclass
from enum import StrEnum

from game_rules.games.replies import (
    ReplyClass,
)
from game_rules.games.sensitivity import Fragility
from game_rules.games.tipping_points import TippingPoint


class Horizon(StrEnum):
    """What is known of the end, and so of cooperation that lives by what is to come.

    by_chance: another round follows with chance δ. unravels: the last round is known and there is
    one equilibrium, so that only it is consistent. can_hold: there are several, and cooperation can
    hold until near the end (Benoit & Krishna 1985). no_equilibrium: in pure strategies.
    """

    BY_CHANCE = "by_chance"
    UNRAVELS = "unravels"
    CAN_HOLD = "can_hold"
    NO_EQUILIBRIUM = "no_equilibrium"


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What advice depends on besides the game and beliefs.

    quality: q, the chance that an action is seen as it was played. continuation: δ; 1 where all
    rounds are played. no_end_before: the round before which chance ends no match, 0 if that is
    past.
    """

    quality: float = 1.0
    continuation: float = 1.0
    no_end_before: int = 0


@dataclass(frozen=True, slots=True)
class Pattern:
    """A member's whole reply pattern.

    reply_class: None of more than 12 members, as all that needs every case. best_in, cases: C is
    best in so many of all cases. curve: the gain of C at beliefs 0, 1/20, … 1 in each other.
    tipping_points: f*, all of them. is_bound: whether z* is an upper bound. worst: V. horizon,
    discount, circumstances: δ* is None at a known end, and where no patience is enough. fragility:
    of the name, where a little other points would give it another one.
    """

    reply_class: ReplyClass | None
    best_in: int | None
    cases: int
    curve: tuple[float, ...] | None
    tipping_points: tuple[TippingPoint, ...] | None
    is_bound: bool
    worst: float | None
    horizon: Horizon | None
    discount: float | None
    circumstances: Circumstances
    fragility: Fragility | None = None
