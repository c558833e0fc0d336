"""Advice in words."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from game_rules.advice.advisor import Advice
from game_rules.advice.levers import Lever
from game_rules.advice.patterns import Effort, TermStep
from game_rules.advice.people import NoPeople, PeopleDid
from game_rules.advice.reply_patterns import Horizon, Pattern
from game_rules.games.clauses import Clause
from game_rules.games.correlated import CorrelatedEquilibrium
from game_rules.games.replies import ReplyClass
from game_rules.games.sensitivity import RANGE
from game_rules.games.stage_games import Action, C
from game_rules.scenario.terms import Cause
from server.cli.shared.words import CLASS_NAMES, situation_words

CLAUSES: Mapping[Clause, str] = {
    Clause.DEFECTING_ALWAYS: "defecting is better whatever the others do",
    Clause.DEFECTING_ON_COOPERATORS: "defecting is better if the others cooperate, "
    "and makes no difference if they defect",
    Clause.DEFECTING_ON_DEFECTORS: "defecting is better if the others defect, "
    "and makes no difference if they cooperate",
    Clause.COOPERATING_ALWAYS: "cooperating is better whatever the others do",
    Clause.COOPERATING_WITH_COOPERATORS: "cooperating is better if the others do, "
    "and makes no difference if they defect",
    Clause.COOPERATING_WITH_DEFECTORS: "cooperating is better if the others defect, "
    "and makes no difference if they cooperate",
    Clause.NO_DIFFERENCE: "cooperating and defecting are worth the same whatever the others do",
    Clause.MATCHING: "cooperating is best if the others do, and unsafe if they may not",
    Clause.PRESSING: "best to press while the others yield, and worst if nobody yields",
    Clause.OPPOSING: "best to do the opposite of the others",
}

TOGETHER: Mapping[Clause, tuple[str, str]] = {
    Clause.PEACE_PAYS: (
        "all would be better off if nobody did",
        "its own side would be better off if nobody did",
    ),
    Clause.WAR_SUITS: ("all defecting suits too", "all defecting suits this side too"),
    Clause.PEACE_ADDS_NOTHING: (
        "cooperating together brings nothing more",
        "cooperating together brings this side nothing more",
    ),
    Clause.WAR_PAYS: (
        "yet all would be better off if nobody did",
        "yet its own side would be better off if nobody did",
    ),
    Clause.LEADING: ("each would rather lead", "this side would rather lead"),
    Clause.FOLLOWING: ("each would rather follow", "this side would rather follow"),
    Clause.EITHER_ROLE: (
        "each gets the same in either role",
        "this side gets the same in either role",
    ),
}
"""What is true of all members, and what is true of the advised one alone."""

PARAMETERS: Mapping[str, str] = {
    "b": "the benefit b",
    "c": "the cost c",
    "e": "the exposure e",
    "g": "the temptation g",
    "d": "the cost of hostility d",
    "sigma": "the spillover sigma",
    "theta": "the threshold theta",
    "T": "the temptation T",
    "R": "the reward R",
    "P": "the punishment P",
    "S": "the sucker's payoff S",
}

HORIZONS: Mapping[Horizon, str] = {
    Horizon.UNRAVELS: "the number of rounds is known and there is one equilibrium, so theory "
    "expects it in every round",
    Horizon.CAN_HOLD: "the number of rounds is known; there are several equilibria, so cooperation "
    "can hold until near the end",
    Horizon.NO_EQUILIBRIUM: "the number of rounds is known, and there is no equilibrium in pure "
    "actions",
}

CAUSES: Mapping[Cause, str] = {
    Cause.INSTITUTION: "the institution",
    Cause.CONFIDENCE: "confidence building",
    Cause.RESTRAINT: "restraint",
    Cause.EXERCISE: "an exercise",
    Cause.SECOND_SOURCE: "a second source",
    Cause.LINK: "a link",
    Cause.SHADOW: "a bloc of rivals",
    Cause.WARY: "strained rivals",
    Cause.ALLY_IN_CRISIS: "an ally in a crisis",
    Cause.IN_CRISIS: "a crisis of its own",
}

_MANY = "not known: too many members to try every case"
_CASES_OF_TWO = 2

LARGEST_DENOMINATOR = 10_000
"""Fractions with a larger denominator are shown as decimals."""


def number(value: float | Fraction) -> str:
    """Write points: whole, as a fraction that stays small, or with two decimals at most.

    >>> number(2.0), number(Fraction(-1, 3)), number(0.123), number(-0.001)
    ('2', '-1/3', '0.12', '0')
    """
    if isinstance(value, Fraction) and value.denominator <= LARGEST_DENOMINATOR:
        return str(value)
    text = f"{float(value):.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def chance(value: Fraction) -> str:
    """Write a chance as the fraction it is, or as a decimal where shares were rounded.

    >>> chance(Fraction(2, 3)), chance(Fraction(0.8249))
    ('2/3', '0.82')
    """
    return str(value) if value.denominator <= LARGEST_DENOMINATOR else f"{float(value):.2f}"


def profile(actions: Sequence[Action], names: Sequence[str]) -> str:
    """Say who cooperates.

    >>> profile((Action.C, Action.D), ("Japan", "India"))
    'only Japan cooperates'
    """
    who = [name for name, action in zip(names, actions, strict=True) if action is C]
    if not who:
        return "all defect"
    if len(who) == len(names):
        return "all cooperate"
    return f"only {' and '.join(who)} cooperate{'s' if len(who) == 1 else ''}"


def mediation(advice: Advice, names: Sequence[str]) -> str:
    """Say what a mediator can reach that is worth obeying."""
    found = advice.mediation
    if found is None:
        return ""
    advised = "; ".join(
        f"{profile(each.profile, names)} ({'always' if each.chance == 1 else chance(each.chance)})"
        for each in found.recommendations
    )
    rounded = "" if found.is_exact else " (rounded)"
    return f"worth {_worth(found, names)}{rounded}, if told in private: {advised}"


def _worth(found: CorrelatedEquilibrium, names: Sequence[str]) -> str:
    if len(set(found.values)) == 1:
        return f"{number(found.mean)} to each"
    if len(names) == 2:
        return " and ".join(
            f"{number(value)} to {name}" for value, name in zip(found.values, names, strict=True)
        )
    return f"{number(found.mean)} on average"


def tipping(advice: Advice) -> str:
    """Say from which trust cooperation pays."""
    if advice.pattern is not None:
        return _tipping_of(advice.pattern)
    if Clause.PRESSING in advice.clauses or Clause.OPPOSING in advice.clauses:
        return "none: the less the others cooperate, the more C is worth beside D"
    if advice.tipping_point is None:
        return "trust does not decide here"
    return f"{chance(advice.tipping_point)}: cooperate if the others are at least so likely to"


def _tipping_of(pattern: Pattern) -> str:
    if pattern.tipping_points is None:
        return _MANY
    if not pattern.tipping_points:
        return "trust does not decide here"
    return "; ".join(
        f"{x.belief:.2f}: {'cooperate' if x.is_c_above else 'defect'} "
        "if you trust each of the others more than that"
        for x in pattern.tipping_points
    )


def patience(advice: Advice) -> str:
    """Say how long the shadow of the future must be for the advised."""
    pattern = advice.pattern
    if pattern is None or pattern.horizon is Horizon.BY_CHANCE:
        first = 0 if pattern is None else pattern.circumstances.no_end_before
        later = f"; the match cannot end before round {first}, and it counts from then on"
        return _patience(advice) + (later if first and advice.discount else "")
    return _MANY if pattern.horizon is None else HORIZONS[pattern.horizon]


def _patience(advice: Advice) -> str:
    if advice.discount is None:
        return "no patience is enough: breaking off would be no threat"
    if advice.discount == 0:
        return "0: there is no greed to hold back"
    return f"{chance(advice.discount)}: the chance of a next round from which breaking off deters"


def common_patience(advice: Advice) -> str:
    """Say the same of everybody, where it differs."""
    if advice.common_discount == advice.discount:
        return ""
    if advice.common_discount is None:
        return "for somebody else no patience is enough"
    return f"{chance(advice.common_discount)} for the member that needs the most patience"


NO_PEOPLE: Mapping[NoPeople, str] = {
    NoPeople.NOT_A_PAIR: "",
    NoPeople.NOT_A_DILEMMA: "",
    NoPeople.NOT_SYMMETRIC: "what people did is known only where both sides' payoffs are equal",
    NoPeople.KNOWN_LENGTH: "what people did is known only where chance ends the match",
    NoPeople.NO_CONTINUATION: "give --continue to see what people did in laboratories",
}
"""Why nothing is told of people; nothing where the question does not arise."""


def people_did(told: PeopleDid | NoPeople) -> str:
    """Say how many people cooperated at first in laboratories."""
    if isinstance(told, NoPeople):
        return NO_PEOPLE[told]
    share, low, high = told.first
    return (
        f"about {share:.0%} cooperated in round 1 in laboratories, in 9 of 10 cases "
        f"{low:.0%} to {high:.0%} (data of Nay & Vorobeychik 2016)"
    )


def risk(told: PeopleDid | NoPeople) -> str:
    """Say how risky cooperation is: the basin of always defect, and delta^RD."""
    if isinstance(told, NoPeople):
        return ""
    return (
        f"always defecting pays more than grim trigger at {told.basin:.0%} of beliefs; "
        f"at less than half from delta^RD {told.risk_discount:.2f}"
    )


def best_reply(advice: Advice) -> str:
    """Say what is best at the beliefs held, and what it gains."""
    if advice.gain is None:
        return "too many members to weigh every outcome"
    trusts = {round(x, 2) for i, x in enumerate(advice.beliefs) if i != advice.member}
    held = " and ".join(f"{trust:.0%}" for trust in sorted(trusts))
    if len(advice.best_reply) > 1:
        return f"C or D: they are worth the same if others are trusted by {held}"
    other = advice.best_reply[0].other
    gain = number(abs(advice.gain))
    return f"{advice.best_reply[0]}, by {gain} over {other} if others are trusted by {held}"


def situation(advice: Advice) -> str:
    """Name what the advised is in.

    A game by a matrix goes by greed and fear, as C and D are labelled.
    """
    found = advice.situation
    if found is None or isinstance(found, ReplyClass):
        return situation_words(found)
    return CLASS_NAMES[advice.game_class]


def fragility(advice: Advice) -> str:
    """Say where a little other points would give the situation another name; else nothing."""
    found = None if advice.pattern is None else advice.pattern.fragility
    if found is None:
        return ""
    changed = f"with points up to {RANGE:.0%} higher or lower"
    return f"{changed} it is {situation_words(found.instead)} in {found.share:.0%} of cases"


def story(advice: Advice) -> str:
    """Say what the payoffs mean for the advised, and for all where it is true of all."""
    pattern = advice.pattern
    if pattern is not None and pattern.cases > _CASES_OF_TWO:
        if pattern.best_in is None:
            return _MANY
        return f"cooperating is best in {pattern.best_in} of {pattern.cases} cases"
    best, *more = advice.clauses
    return ", and ".join([CLAUSES[best], *(TOGETHER[each][not advice.is_shared] for each in more)])


def lever(advice: Advice) -> str:
    """Say which smallest change would make it another game."""
    found = advice.lever
    if found is None:
        return "no single change makes it another game"
    return f"{_move(found)}: then it is {situation_words(found.game_class)}"


def deposit(advice: Advice) -> str:
    """Say what in escrow makes cooperation best."""
    pattern = advice.pattern
    if pattern is not None and pattern.is_bound:
        return f"{number(advice.escrow)}: with more in escrow C is best in any case; less may do"
    if pattern is not None and pattern.best_in == pattern.cases:
        return "0: C is best as it is"
    if pattern is None and advice.corners.greed < 0 and advice.corners.fear < 0:
        return "0: C is best as it is"
    return f"{number(advice.escrow)}: with more in escrow C is best whatever the others do"


def terms(steps: Sequence[TermStep]) -> Iterator[str]:
    """Say how the terms of the advised came to be other than those of the scenario."""
    for step in steps:
        name, why = PARAMETERS[step.parameter], CAUSES[step.cause]
        because = f" ({', '.join(step.because)})" if step.because else ""
        yield f"{name} from {number(step.before)} to {number(step.after)}: {why}{because}"


def effort(found: Effort | None) -> str:
    """Say what one more commitment costs; nothing where it is free."""
    if found is None or found.price == 0:
        return ""
    price = f"{number(found.price)} beside what is best elsewhere"
    return f"{price}; give up this one" if found.is_given_up else price


def discount_figure(advice: Advice) -> str:
    """Write delta* for a table: a dash where the end is known, or nothing is."""
    pattern = advice.pattern
    if pattern is not None and pattern.horizon is not Horizon.BY_CHANCE:
        return "-"
    return "none" if advice.discount is None else f"{float(advice.discount):.2f}"


def _move(found: Lever) -> str:
    way = "up" if found.is_up else "down"
    name = PARAMETERS[found.parameter]
    if found.change == 0:
        return f"{name} {way} from {number(found.now)}, by however little"
    beyond = "past" if found.is_beyond else "to"
    return f"{name} {way} from {number(found.now)} {beyond} {number(found.now + found.change)}"
