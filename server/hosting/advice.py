"""Advice and legal moves for one seat, computed from what that seat sees.

Advice is an experimental treatment: a scenario can switch it off (rules section 5).
"""

from typing import NotRequired, TypedDict

from game_rules.advice.advice_json import (
    AdviceDocument,
    PeopleFields,
    advice_json,
    people_json,
)
from game_rules.advice.move_offers import MoveOffer, moves_open_to
from game_rules.advice.patterns import ArenaAdvised, advise_on
from game_rules.log.position import Position
from game_rules.roles import Seat
from game_rules.scenario.terms import Cause


class StepDocument(TypedDict):
    """One change of a term of the seat's own, with its reason."""

    parameter: str
    before: float
    after: float
    cause: Cause
    because: list[str]


class EffortDocument(TypedDict):
    """What C costs as one more commitment, and whether it is the one to give up."""

    price: float
    is_given_up: bool


class ArenaAdvice(AdviceDocument, PeopleFields):
    """Advice on an arena; in matches of rules 2 with changes of terms and the price of effort."""

    arena: str
    steps: NotRequired[list[StepDocument]]
    effort: NotRequired[EffortDocument]


def advice_for(position: Position, seat: Seat) -> list[ArenaAdvice]:
    """Advise a seat on each of its arenas. position: what the seat sees.

    Each entry is what `detente advise --json` prints of the arena, with its name.
    """
    return [advice_document(each) for each in advise_on(position, seat)]


def advice_document(told: ArenaAdvised) -> ArenaAdvice:
    """Write the advice on an arena as JSON."""
    document: ArenaAdvice = {
        "arena": told.arena,
        **advice_json(told.advice),
        **people_json(told.people),
    }
    if told.advice.pattern is not None:
        document["steps"] = [
            {
                "parameter": step.parameter,
                "before": step.before,
                "after": step.after,
                "cause": step.cause,
                "because": list(step.because),
            }
            for step in told.steps
        ]
    if told.effort is not None:
        document["effort"] = {
            "price": told.effort.price,
            "is_given_up": told.effort.is_given_up,
        }
    return document


def moves_for(position: Position, seat: Seat) -> tuple[MoveOffer, ...]:
    """List the moves that a seat may make now, with cost and effect; none during a pause."""
    return moves_open_to(position, seat)
