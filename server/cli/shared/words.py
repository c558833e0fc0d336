"""Words for values of the rules."""

from collections.abc import Iterator, Mapping, Sequence

from game_rules.games.corners import GameClass
from game_rules.games.replies import (
    ReplyClass,
)
from game_rules.games.tipping_points import TippingPoint
from game_rules.log.events import EndReason
from game_rules.log.gains import GainLine
from game_rules.records.lineage import Lineage
from game_rules.scenario.moves import MoveKind, OpenedMove
from game_rules.standing.incidents import Concept, Incident

CLASS_NAMES: Mapping[GameClass, str] = {
    GameClass.PRISONERS_DILEMMA: "Prisoner's Dilemma",
    GameClass.DEADLOCK: "Deadlock",
    GameClass.CONSTANT_SUM: "Constant-sum",
    GameClass.STAG_HUNT: "Stag Hunt",
    GameClass.CHICKEN: "Chicken",
    GameClass.BATTLE_OF_THE_SEXES: "Battle of the Sexes",
    GameClass.HARMONY: "Harmony",
    GameClass.WEAK_DILEMMA: "Weak Prisoner's Dilemma",
    GameClass.WEAK_DEADLOCK: "Weak Deadlock",
    GameClass.WEAK_HARMONY: "Weak Harmony",
    GameClass.INDIFFERENCE: "Indifference",
}

REPLY_NAMES: Mapping[ReplyClass, str] = {
    ReplyClass.INDIFFERENT: "Indifference",
    ReplyClass.PRISONERS_DILEMMA: "Prisoner's Dilemma",
    ReplyClass.CONSTANT_SUM: "Constant-sum",
    ReplyClass.DEFECT_DOMINATES: "Defecting dominates",
    ReplyClass.DEADLOCK: "Deadlock",
    ReplyClass.HARMONY: "Harmony",
    ReplyClass.VOLUNTEERS_DILEMMA: "Volunteer's Dilemma",
    ReplyClass.STAG_HUNT: "Stag Hunt",
    ReplyClass.CHICKEN: "Chicken",
    ReplyClass.BATTLE_OF_THE_SEXES: "Battle of the Sexes",
    ReplyClass.HARMONY_WITH_A_GAP: "Harmony with a gap",
}

ENDINGS: Mapping[EndReason, str] = {
    EndReason.ROUNDS_PLAYED: "all rounds were played",
    EndReason.CHANCE: "chance ended it",
    EndReason.FACILITATOR: "the facilitator ended it",
}


INCIDENTS: Mapping[Concept, str] = {
    Concept.ABANDONMENT: "{0} cooperated; {1}, on whom it leans, did not",
    Concept.ENTRAPMENT: "{0} cooperated; {1}, on whom it leans, is in crisis with {2}",
    Concept.CRISIS: "the tension between {0} and {1} is a crisis",
    Concept.BRINK: "{0} and {1} both press on in their crisis",
    Concept.LEVERAGE: "{0} leans on {1}, who defects",
    Concept.SPIRAL: "{0} and {1} keep defecting while their tension rises",
    Concept.FRAGMENTATION: "the blocs cooperate inside and no longer across",
}


AMONG_ALLIES: Mapping[Concept, str] = {
    Concept.ABANDONMENT: "{0}, in crisis with {2}, kept the alliance; {1}, its ally, did not",
    Concept.ENTRAPMENT: "{0} stood by {1}, its ally, which is in crisis with {2}",
}
"""What rules 2 means by them; the rung of the crisis is among their figures."""

LINE_NAMES: Mapping[GainLine, str] = {
    GainLine.INCIDENTS: "Incidents",
    GainLine.SHADOW: "Shadow",
    GainLine.STRETCH: "Overstretch",
    GainLine.LEVERAGE: "Leverage",
    GainLine.MOVES: "Moves",
    GainLine.PACTS: "Pacts",
}
"""The lines of points beside what arenas pay, in the order in which they are shown."""


def situation_words(situation: GameClass | ReplyClass | None) -> str:
    """Name a member's situation; None: of more members than can be tried.

    >>> situation_words(ReplyClass.VOLUNTEERS_DILEMMA), situation_words(None)
    ("Volunteer's Dilemma", 'Not known')
    """
    names: Mapping[str, str] = {**CLASS_NAMES, **REPLY_NAMES}
    return "Not known" if situation is None else names[situation]


def tipping_figures(points: Sequence[TippingPoint] | None) -> str:
    """Write the trust at which C and D pay alike for a table: after < C pays below it.

    >>> tipping_figures((TippingPoint(0.71, False),)), tipping_figures(())
    ('<0.71', '-')
    """
    told = (f"{'' if x.is_c_above else '<'}{x.belief:.2f}" for x in points or ())
    return " ".join(told) or "-"


def incident_words(incident: Incident) -> str:
    """Say what an incident was, whom it concerned, and what it cost the first of them in points.

    >>> incident_words(Incident(Concept.SPIRAL, 3, ("CHN", "USA"), None, {}, "incident.spiral"))
    'round 3, spiral: CHN and USA keep defecting while their tension rises'
    """
    words = AMONG_ALLIES if "rung" in incident.figures else INCIDENTS
    sentence = words.get(incident.concept, INCIDENTS[incident.concept]).format(*incident.seats)
    cost = f" ({-incident.cost:.1f})" if incident.cost else ""
    return f"round {incident.round}, {incident.concept.value}: {sentence}{cost}"


def move_words(number: int, opened: OpenedMove, *, founds_arenas: bool = True) -> str:
    """Say which move a seat made in a round, and what it cost in points.

    founds_arenas: whether who diversifies may found an arena, as in rules 1; in rules 2 it finds
    a second source beside a partner.

    >>> from game_rules.scenario.moves import Move
    >>> move_words(2, OpenedMove("CHN", Move(MoveKind.LINK, "trade", "sea"), 1.5, True))
    'round 2, link: CHN, trade and sea (-1.5)'
    """
    move = opened.move
    places = " and ".join(name for name in (move.arena, move.other_arena) if name)
    is_beside = move.kind is MoveKind.DIVERSIFY and not founds_arenas
    preposition = "beside" if is_beside else "with"
    company = f" {preposition} {', '.join(move.seats)}" if move.seats else ""
    cost = f" ({-opened.cost:.1f})" if opened.cost else ""
    failed = "" if opened.takes_effect else ", which not all of them wanted"
    return f"round {number}, {move.kind}: {opened.seat}, {places}{company}{failed}{cost}"


def lineage_words(found: Lineage) -> Iterator[str]:
    """Say which match a branch or a model comes from, and where one goes on that was given up.

    >>> [*lineage_words(Lineage("m1", 12, "m3"))]
    ['a branch of match m1, whose first 12 events it shares', 'it continues in match m3']
    >>> from game_rules.log.position import Model
    >>> [*lineage_words(Lineage("m1", 12, model=Model("m1", 3)))]
    ['a model: what might have happened in m1 from round 3 on']
    """
    if found.model is not None:
        comes = f"what might have happened in {found.model.trunk} from round {found.model.round} on"
        yield f"a model: {comes}"
    if found.replaced is not None:
        events = count(found.shared, "event")
        yield f"a branch of match {found.replaced}, whose first {events} it shares"
    if found.superseded_by is not None:
        yield f"it continues in match {found.superseded_by}"


def count(number: int, noun: str, more: str = "") -> str:
    """Write how many there are of something; `more` is the noun for several, if not with an s.

    >>> count(1, "seat"), count(2, "seat"), count(2, "match", "matches")
    ('1 seat', '2 seats', '2 matches')
    """
    return f"{number} {noun if number == 1 else more or f'{noun}s'}"
