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
from game_rules.scenario.pacts import Binding

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
    PROPOSE = "propose"
    ACCEPT = "accept"
    DECLINE = "decline"
    COUNTER = "counter"
    REACT = "react"
    HEARD = "heard"


class Voice(StrEnum):
    """The school whose words a sentence is said in; what it says stays the same."""

    REALIST = "realist"
    LIBERAL = "liberal"
    CONSTRUCTIVIST = "constructivist"


@dataclass(frozen=True, slots=True)
class Arguments:
    """What a sentence is about; each sentence takes some of these, and all that it takes.

    seat: who is spoken to. number: points. binding: the level of the pact that is spoken of. voice:
    any sentence may have one. Nothing here is a secret of the match: seats, arenas and rounds are
    known to all, and actions, points and levels are what the sender claims.
    """

    seat: SeatCode | None = field(default=None, metadata=LATER)
    arena: ArenaName | None = field(default=None, metadata=LATER)
    action: Action | None = field(default=None, metadata=LATER)
    round: RoundNumber | None = field(default=None, metadata=LATER)
    number: Annotated[float, Limit(least=0, most=MOST_POINTS)] | None = field(
        default=None, metadata=LATER
    )
    binding: Binding | None = field(default=None, metadata=LATER)
    voice: Voice | None = field(default=None, metadata=LATER)

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

    voices: the same in the words of each school. act: what saying it does, for the audit of
    promises.
    """

    english: str
    voices: Mapping[Voice, str]
    act: Act | None = None

    @property
    def takes(self) -> tuple[str, ...]:
        """The names of its arguments; a voice is none of them."""
        return tuple(x.name for x in fields(Arguments) if f"{{{x.name}}}" in self.english)

    def words(self, voice: Voice | None) -> str:
        """Return the English words in a voice."""
        return self.english if voice is None else self.voices[voice]


def _form(
    english: str, realist: str, liberal: str, constructivist: str, act: Act | None = None
) -> Form:
    """Make a form: plain words, then those of the three schools."""
    return Form(english, dict(zip(Voice, (realist, liberal, constructivist), strict=True)), act)


FORMS: Mapping[Sentence, Form] = {
    Sentence.GREET: _form(
        "Greetings, {seat}. We look forward to working with you.",
        "{seat}, we judge neighbours by what they do. The record starts now.",
        "Good to meet you, {seat}. We both gain more from trade than from quarrels.",
        "{seat}, we come as partners. Let this table decide what that means.",
    ),
    Sentence.ASK: _form(
        "{arena}: {seat}, what will you do?",
        "{arena}: what will you do, {seat}? Plans, please, not principles.",
        "{arena}: what do you need from us to cooperate, {seat}?",
        "{arena}: what do you expect of us, {seat}? And what may we expect of you?",
    ),
    Sentence.ANSWER: _form(
        "{arena}: our choice in round {round}: {action}.",
        "{arena}, round {round}: {action}. Our interest asks for it.",
        "{arena}, round {round}: {action}. We say so openly.",
        "{arena}, round {round}: {action}. You will know us by it.",
    ),
    Sentence.PROMISE: _form(
        "{arena}: our promise for round {round}: {action}.",
        "{arena}: our promise for round {round}: {action}. It suits us; no favour is meant.",
        "{arena}: our promise for round {round}: {action}. Check it at the reveal.",
        "{arena}: our promise for round {round}: {action}. That is who we are.",
        Act.PROMISE,
    ),
    Sentence.PROMISE_IF: _form(
        "{arena}: {seat}, if you cooperate, so do we.",
        "{arena}: cooperate, {seat}, and we match it. Not before.",
        "{arena}: as long as you cooperate, {seat}, so do we.",
        "{arena}: treat us as a friend, {seat}, and you will find one.",
        Act.PROMISE,
    ),
    Sentence.OFFER: _form(
        "{arena}: {seat}, our offer for your cooperation, in points: {number}.",
        "{arena}: {seat}, our price for your cooperation, in points: {number}. Take it or not.",
        "{arena}: {seat}, your share of the gain if you cooperate, in points: {number}.",
        "{arena}: {seat}, cooperate, and take this as a sign of good will, in points: {number}.",
        Act.PROPOSE,
    ),
    Sentence.THREATEN: _form(
        "{arena}: {seat}, if you defect, so do we.",
        "{arena}: defect, {seat}, and we defect until it costs you more.",
        "{arena}: defect, {seat}, and we stop cooperating here too.",
        "{arena}: defect, {seat}, and nobody here will call you a partner.",
        Act.THREATEN,
    ),
    Sentence.ASSURE: _form(
        "{arena}: {seat}, this is not aimed at you.",
        "{arena}: our posture is defensive, {seat}. Check the figures yourself.",
        "{arena}: send observers, {seat}. We have nothing to hide here.",
        "{arena}: this is not aimed at you, {seat}. We have no quarrel.",
        Act.ASSURE,
    ),
    Sentence.WARN: _form(
        "{arena}: {seat}, keep your word in round {round}.",
        "{arena}: round {round} is the test, {seat}. We are ready either way.",
        "{arena}: break your word in round {round}, {seat}, and your next pact costs you more.",
        "{arena}: you gave your word, {seat}. This table will remember round {round}.",
    ),
    Sentence.ACCUSE: _form(
        "{arena}: {seat}, you broke your word in round {round}.",
        "{arena}: {seat}, you broke your word in round {round}. We expected that.",
        "{arena}: {seat}, you broke your word in round {round}. Repair it; we both lose.",
        "{arena}: {seat}, in round {round} you did not keep your word. Explain yourself here.",
    ),
    Sentence.THANK: _form(
        "{arena}: {seat}, thank you for your cooperation in round {round}.",
        "{arena}: {seat}, we noted your cooperation in round {round}. Stay with it.",
        "{arena}: thank you for round {round}, {seat}. Let us do it again.",
        "{arena}: thank you for round {round}, {seat}. You acted as a partner does.",
    ),
    Sentence.EXPLAIN: _form(
        "{arena}: {seat}, our choice answers what you did in round {round}: {action}.",
        "{arena}: {seat}, you chose this in round {round}: {action}. We answer in kind.",
        "{arena}: {seat}, we answered your choice of round {round}: {action}. The next is open.",
        "{arena}: {seat}, your choice of round {round} set the rule: {action}. We followed it.",
    ),
    Sentence.CALL: _form(
        "{seat}, stand with us in round {round}.",
        "{seat}, our alliance was made for this. Stand with us in round {round}.",
        "{seat}, you signed to stand with us. We ask for it in round {round}.",
        "{seat}, you call us an ally. Round {round} shows what you mean.",
    ),
    Sentence.REFUSE: _form(
        "{arena}: {seat}, not this time.",
        "{arena}: no, {seat}. Our interest does not ask for it.",
        "{arena}: not now, {seat}. Let us go on talking about it.",
        "{arena}: no, {seat}. It does not fit what we are to each other.",
    ),
    Sentence.FAREWELL: _form(
        "Farewell, {seat}, and thank you.",
        "{seat}, the rounds are over. Our interests will meet again.",
        "Thank you, {seat}. There is more to gain together.",
        "Farewell, {seat}. We know each other better now.",
    ),
    Sentence.PROPOSE: _form(
        "{binding}, {arena}, to round {round}: this is our offer.",
        "{binding}, {arena}, to round {round}: our offer. Sign if you mean it.",
        "{binding}, {arena}, to round {round}: our offer. Those who keep it gain.",
        "{binding}, {arena}, to round {round}: our offer. Let it become the rule between us.",
        Act.PROPOSE,
    ),
    Sentence.ACCEPT: _form(
        "{binding}, to round {round}: agreed, {seat}.",
        "{binding}, to round {round}: agreed, {seat}. We watch what you do.",
        "{binding}, to round {round}: agreed, {seat}. Both sides gain.",
        "{binding}, to round {round}: agreed, {seat}. So partners deal with each other.",
    ),
    Sentence.DECLINE: _form(
        "{binding}, to round {round}: no, {seat}.",
        "{binding}, to round {round}: no, {seat}. It does not serve us.",
        "{binding}, to round {round}: not yet, {seat}. The gain is too small for us.",
        "{binding}, to round {round}: no, {seat}. It does not fit what we are to each other.",
    ),
    Sentence.COUNTER: _form(
        "{binding}, to round {round}: these are our terms, {seat}.",
        "{binding}, to round {round}: we do not sign yours, {seat}. Here are our terms.",
        "{binding}, to round {round}: nearly, {seat}. One change, and both sides gain.",
        "{binding}, to round {round}: the idea is right, {seat}. These words would be ours too.",
        Act.PROPOSE,
    ),
    Sentence.REACT: _form(
        "{arena}: after the news of round {round}, we think again.",
        "{arena}: the news of round {round} changes who is exposed. We count again.",
        "{arena}: the news of round {round} touches all of us. Let us answer together.",
        "{arena}: the news of round {round} can be read two ways. Let us choose the calmer one.",
    ),
    Sentence.HEARD: _form(
        "{seat}, we have heard you.",
        "{seat}, we have heard you. Deeds will tell.",
        "{seat}, thank you for telling us. Let us go on talking.",
        "{seat}, we have heard you. Words shape what we are to each other.",
    ),
}
"""All sentences. To add one: a name above, its form here, its words in the browser's languages."""


def in_english(
    sentence: Sentence,
    arguments: Arguments,
    name_of: Callable[[str], str],
    title_of: Callable[[str], str],
) -> str:
    """Say a sentence in English, with the names of seats and the titles of arenas, in its voice.

    >>> promised = Arguments(arena="strait", action=C, round=2)
    >>> in_english(Sentence.PROMISE, promised, str.title, str.title)
    'Strait: our promise for round 2: cooperate.'
    """
    words = dict(_in_words(arguments, name_of, title_of))
    return FORMS[sentence].words(arguments.voice).format(**words)


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
    if arguments.binding is not None:
        yield "binding", _BINDINGS[arguments.binding]


_BINDINGS: Mapping[Binding, str] = {
    Binding.COMMUNIQUE: "Communiqué",
    Binding.TREATY: "Treaty",
    Binding.ESCROW: "Treaty with a stake",
    Binding.EXECUTED: "Executed",
}
