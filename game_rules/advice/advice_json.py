"""Advice as one JSON document: the output of `detente advise --json`.

Probabilities are exact strings, "1/2", in the order (C, D). If a figure depends on rounded weight
shares they are decimals, "0.8249". Points are numbers.
"""

from fractions import Fraction
from typing import Literal, NotRequired, TypedDict

from game_rules.advice.advisor import Advice, SituationClass
from game_rules.advice.levers import Lever
from game_rules.advice.people import NoPeople, PeopleDid
from game_rules.advice.reply_patterns import Horizon, Pattern
from game_rules.games.best_responses import BestResponseClass
from game_rules.games.corners import GameClass
from game_rules.games.correlated import CorrelatedEquilibrium
from game_rules.games.equilibria import Equilibrium, NashSet
from game_rules.games.ordinal_types import Family, OrdinalType
from game_rules.games.replies import ReplyClass
from game_rules.games.stage_games import Action

LARGEST_DENOMINATOR = 10**15
"""Beyond it a fraction is the trace of a rounded float."""

MOST_EQUILIBRIA = 64
"""The most equilibria listed for a large arena; `equilibria_found` counts them all."""

_DIGITS = 6

Chance = str


class PairChances(TypedDict):
    """Probabilities in a two-player game, by side: of C and D, or the range of C."""

    row: list[Chance]
    column: list[Chance]


class MemberChances(TypedDict):
    """Probabilities in a larger game, by member: of C and D."""

    members: list[list[Chance]]


class Recommended(TypedDict):
    """A profile that a mediator recommends, and its probability."""

    profile: list[Action]
    chance: Chance


class MediationDocument(TypedDict):
    """The best correlated equilibrium."""

    recommendations: list[Recommended]
    values: list[Chance]
    mean: Chance
    is_exact: bool


class BestReply(TypedDict):
    """The best action at some beliefs; both actions if C gains nothing."""

    actions: list[Action]
    gain: float | None
    beliefs: list[float]


_Class = TypedDict("_Class", {"class": GameClass | ReplyClass})
_Situation = TypedDict("_Situation", {"class": SituationClass | None})


class LeverDocument(_Class):
    """The smallest change of a parameter that changes the class of the game.

    direction: there where change is 0, so that any change that way is enough.
    """

    parameter: str
    now: float
    change: float
    is_beyond: bool
    direction: NotRequired[Literal["up", "down"]]


class TippingDocument(TypedDict):
    """A belief in each of the others at which C and D pay alike."""

    belief: float
    is_c_above: bool


class FragileDocument(TypedDict):
    """A name that comes out otherwise in a share of draws of a little other points."""

    share: float
    instead: ReplyClass


class PatternDocument(TypedDict):
    """A member's whole reply pattern, in matches of rules 2.

    best_in, cases: C is best in so many of all sets of cooperating others. curve: the gain of C at
    beliefs 0, 1/20, … 1 in each of them. z_is_bound: of more than 12 members, of whom what needs
    every case is null. worst: the least payoff in a pure equilibrium. quality: q. no_end_before: a
    round, 0 where the end may come at once. fragile: null where the name of the class holds.
    """

    best_in: int | None
    cases: int
    curve: list[float] | None
    tipping_points: list[TippingDocument] | None
    z_is_bound: bool
    worst: float | None
    horizon: Horizon | None
    quality: float
    continuation: float
    no_end_before: int
    fragile: FragileDocument | None


class AdviceDocument(_Situation):
    """Advice on one game to one member.

    class: the situation in one word; labelled_class: greed and fear alone, as C and D are labelled.
    row_type and column_type are the two sides' of a game of two; of a larger arena row_type is
    the member's own and column_type null.
    """

    labelled_class: GameClass
    row_type: OrdinalType | None
    column_type: OrdinalType | None
    name: str | None
    abbreviation: str | None
    familiar: str | None
    family: Family | None
    best_response_class: BestResponseClass | None
    greed: float
    fear: float
    equilibria: list[PairChances] | list[MemberChances] | None
    equilibria_found: int | None
    equilibrium_sets: list[PairChances]
    correlated: MediationDocument | None
    f_star: Chance | None
    delta_star: Chance | None
    delta_star_of_all: Chance | None
    z_star: float
    best_reply: BestReply
    lever: LeverDocument | None
    levers: list[LeverDocument]
    pattern: NotRequired[PatternDocument]


class PeopleDocument(TypedDict):
    """How many people cooperated at first in laboratories, in games like this one.

    low, high: the interval that holds the share with chance 0.9. basin: the share of beliefs at
    which always defect pays more than grim trigger. delta_rd: the chance of another round at which
    that is one half.
    """

    first_round: float
    low: float
    high: float
    basin: float
    delta_rd: float


class PeopleFields(TypedDict):
    """What people did, or why that is not known: one of the two is null."""

    people: PeopleDocument | None
    people_reason: NoPeople | None


def people_json(told: PeopleDid | NoPeople) -> PeopleFields:
    """Convert what people did into the fields that go with advice."""
    if isinstance(told, NoPeople):
        return {"people": None, "people_reason": told}
    share, low, high = (round(x, _DIGITS) for x in told.first)
    document: PeopleDocument = {
        "first_round": share,
        "low": low,
        "high": high,
        "basin": round(told.basin, _DIGITS),
        "delta_rd": round(told.risk_discount, _DIGITS),
    }
    return {"people": document, "people_reason": None}


def advice_json(advice: Advice) -> AdviceDocument:
    """Convert advice into a JSON document; keys and order are the same for every game."""
    name, lever = advice.name, advice.lever
    row_type = name.row_type if name else advice.own_type
    return {
        "class": advice.situation,
        "labelled_class": advice.game_class,
        "row_type": row_type,
        "column_type": name.column_type if name else None,
        "name": name.full_name if name else None,
        "abbreviation": name.abbreviation if name else None,
        "familiar": name.familiar.full_name if name and name.familiar else None,
        "family": name.family if name else None,
        "best_response_class": name.best_response if name else None,
        "greed": _points(advice.corners.greed),
        "fear": _points(advice.corners.fear),
        "equilibria": _equilibria(advice),
        "equilibria_found": _found(advice),
        "equilibrium_sets": [_set_json(each) for each in advice.sets],
        "correlated": _mediation_json(advice.mediation) if advice.mediation else None,
        "f_star": _chance_or_none(advice.tipping_point),
        "delta_star": _chance_or_none(advice.discount),
        "delta_star_of_all": _chance_or_none(advice.common_discount),
        "z_star": _points(advice.escrow),
        "best_reply": {
            "actions": list(advice.best_reply),
            "gain": advice.gain,
            "beliefs": list(advice.beliefs),
        },
        "lever": _lever_json(lever) if lever else None,
        "levers": [_lever_json(each) for each in advice.levers],
        **({} if advice.pattern is None else {"pattern": _pattern_json(advice.pattern)}),
    }


def _pattern_json(seen: Pattern) -> PatternDocument:
    points, around = seen.tipping_points, seen.circumstances
    return {
        "best_in": seen.best_in,
        "cases": seen.cases,
        "curve": None if seen.curve is None else list(seen.curve),
        "tipping_points": None
        if points is None
        else [{"belief": x.belief, "is_c_above": x.is_c_above} for x in points],
        "z_is_bound": seen.is_bound,
        "worst": seen.worst,
        "horizon": seen.horizon,
        "quality": around.quality,
        "continuation": around.continuation,
        "no_end_before": around.no_end_before,
        "fragile": None
        if seen.fragility is None
        else {"share": seen.fragility.share, "instead": seen.fragility.instead},
    }


def _equilibria(advice: Advice) -> list[PairChances] | list[MemberChances] | None:
    if advice.mixed:
        return [_equilibrium_json(each) for each in advice.mixed]
    if advice.pure is None:
        return None
    return [_profile_json(profile) for profile in advice.pure[:MOST_EQUILIBRIA]]


def _found(advice: Advice) -> int | None:
    listed = advice.mixed or advice.pure
    return None if listed is None else len(listed)


def _equilibrium_json(equilibrium: Equilibrium) -> PairChances:
    return {
        "row": [_chance(x) for x in equilibrium.row],
        "column": [_chance(x) for x in equilibrium.column],
    }


def _profile_json(profile: tuple[Action, ...]) -> MemberChances:
    return {"members": [["1", "0"] if action is Action.C else ["0", "1"] for action in profile]}


def _set_json(found: NashSet) -> PairChances:
    """Return the lowest and the highest probability of C."""
    return {
        "row": [_chance(x) for x in found.rows],
        "column": [_chance(x) for x in found.columns],
    }


def _mediation_json(mediation: CorrelatedEquilibrium) -> MediationDocument:
    return {
        "recommendations": [
            {"profile": list(each.profile), "chance": _chance(each.chance)}
            for each in mediation.recommendations
        ],
        "values": [_chance(value) for value in mediation.values],
        "mean": _chance(mediation.mean),
        "is_exact": mediation.is_exact,
    }


def _lever_json(lever: Lever) -> LeverDocument:
    return {
        "parameter": lever.parameter,
        "now": _points(lever.now),
        "change": _points(lever.change),
        "is_beyond": lever.is_beyond,
        **({} if lever.change else {"direction": "up" if lever.is_up else "down"}),
        "class": lever.game_class,
    }


def _chance_or_none(x: Fraction | None) -> Chance | None:
    return None if x is None else _chance(x)


def _chance(x: Fraction) -> Chance:
    return str(x) if x.denominator <= LARGEST_DENOMINATOR else repr(float(x))


def _points(x: float | Fraction) -> float | int:
    return int(x) if x == int(x) else float(x)
