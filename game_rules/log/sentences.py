"""Sentences: messages that programs can read, and that every reader is shown in their language.

A message of rules 2 may hold a sentence of this closed catalogue and its arguments in place of
text. The browser has the words of each language by the same names; the English ones stand here.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from enum import StrEnum
from typing import Annotated, Any

from game_rules.games.stage_games import Action, C
from game_rules.later import LATER
from game_rules.limits import ArenaName, Limit, RoundNumber, SeatCode

MOST_POINTS = 1000.0


class Act(StrEnum):
    """The speech act of a message."""

    PROPOSE = "propose"
    PROMISE = "promise"
    THREATEN = "threaten"
    ASSURE = "assure"


class Sentence(StrEnum):
    """What a message can say without text."""

    GREET = "greet"
    ASK = "ask"
    ANSWER = "answer"
    PROMISE = "promise"
    PROMISE_IF = "promise_if"
    OFFER = "offer"
    THREATEN = "threaten"
    ASSURE = "assure"
    WARN = "warn"
    ACCUSE = "accuse"
    THANK = "thank"
    EXPLAIN = "explain"
    CALL = "call"
    REFUSE = "refuse"
    FAREWELL = "farewell"


@dataclass(frozen=True, slots=True)
class Arguments:
    """What a sentence is about; each sentence takes some of these, and all that it takes.

    seat: who is spoken to. number: points. Nothing here is a secret of the match: seats, arenas and
    rounds are known to all, and actions and points are what the sender claims.
    """

    seat: SeatCode | None = field(default=None, metadata=LATER)
    arena: ArenaName | None = field(default=None, metadata=LATER)
    action: Action | None = field(default=None, metadata=LATER)
    round: RoundNumber | None = field(default=None, metadata=LATER)
    number: Annotated[float, Limit(least=0, most=MOST_POINTS)] | None = field(
        default=None, metadata=LATER
    )

    def given(self) -> dict[str, Any]:
        """Return the arguments that are there, by name.

        >>> Arguments(arena="strait", round=2).given()
        {'arena': 'strait', 'round': 2}
        """
        each = ((x.name, getattr(self, x.name)) for x in fields(self))
        return {name: value for name, value in each if value is not None}


NO_ARGUMENTS = Arguments()


@dataclass(frozen=True, slots=True)
class Form:
    """The form of a sentence: its English words, with the arguments that it takes in braces.

    act: what saying it does, for the audit of promises.
    """

    english: str
    act: Act | None = None

    @property
    def takes(self) -> tuple[str, ...]:
        """The names of its arguments."""
        return tuple(x.name for x in fields(Arguments) if f"{{{x.name}}}" in self.english)


FORMS: Mapping[Sentence, Form] = {
    Sentence.GREET: Form("Greetings, {seat}. We look forward to working with you."),
    Sentence.ASK: Form("{arena}: {seat}, what will you do?"),
    Sentence.ANSWER: Form("{arena}: our choice in round {round}: {action}."),
    Sentence.PROMISE: Form("{arena}: our promise for round {round}: {action}.", Act.PROMISE),
    Sentence.PROMISE_IF: Form("{arena}: {seat}, if you cooperate, so do we.", Act.PROMISE),
    Sentence.OFFER: Form(
        "{arena}: {seat}, our offer for your cooperation, in points: {number}.", Act.PROPOSE
    ),
    Sentence.THREATEN: Form("{arena}: {seat}, if you defect, so do we.", Act.THREATEN),
    Sentence.ASSURE: Form("{arena}: {seat}, this is not aimed at you.", Act.ASSURE),
    Sentence.WARN: Form("{arena}: {seat}, keep your word in round {round}."),
    Sentence.ACCUSE: Form("{arena}: {seat}, you broke your word in round {round}."),
    Sentence.THANK: Form("{arena}: {seat}, thank you for your cooperation in round {round}."),
    Sentence.EXPLAIN: Form(
        "{arena}: {seat}, our choice answers what you did in round {round}: {action}."
    ),
    Sentence.CALL: Form("{seat}, stand with us in round {round}."),
    Sentence.REFUSE: Form("{arena}: {seat}, not this time."),
    Sentence.FAREWELL: Form("Farewell, {seat}, and thank you."),
}
"""All sentences. To add one: a name above, its form here, its words in the browser's languages."""


def in_english(
    sentence: Sentence,
    arguments: Arguments,
    name_of: Callable[[str], str],
    title_of: Callable[[str], str],
) -> str:
    """Say a sentence in English, with the names of seats and the titles of arenas.

    >>> promised = Arguments(arena="strait", action=C, round=2)
    >>> in_english(Sentence.PROMISE, promised, str.title, str.title)
    'Strait: our promise for round 2: cooperate.'
    """
    words = dict(_in_words(arguments, name_of, title_of))
    return FORMS[sentence].english.format(**words)


def _in_words(
    arguments: Arguments, name_of: Callable[[str], str], title_of: Callable[[str], str]
) -> Iterator[tuple[str, str]]:
    if arguments.seat is not None:
        yield "seat", name_of(arguments.seat)
    if arguments.arena is not None:
        yield "arena", title_of(arguments.arena)
    if arguments.action is not None:
        yield "action", "cooperate" if arguments.action is C else "defect"
    if arguments.round is not None:
        yield "round", str(arguments.round)
    if arguments.number is not None:
        yield "number", f"{arguments.number:g}"
