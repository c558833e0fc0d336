"""Openings: what a bot says of itself when a round is open to talk.

Everything that is true of what the seat sees is weighed; its own chance chooses among that.
"""

from collections.abc import Iterator

from game_rules.bots.manners import Talk
from game_rules.games.stage_games import C, D
from game_rules.log.events import ArenaResult
from game_rules.log.sentences import Sentence
from game_rules.match.talk import SaySentence
from game_rules.roles import Seat
from game_rules.scenario.pacts import Pact
from game_rules.scenario.scenario import CRISIS, Arena, Press

Weighed = tuple[float, SaySentence]

URGENT, NEWS, FIRST, USUAL, RARE = 9.0, 4.0, 3.0, 1.0, 0.3
"""How much what happened weighs against what is always true. Assumptions."""

LIKED = 2.0
DOUBTED = 0.7
"""The trust below which a party is reminded of its pledge. Assumption."""


def openings(talk: Talk) -> Iterator[SaySentence]:
    """Yield what a bot may say of itself, what it wants to say most first."""
    ranked = sorted(_ranked(talk), key=lambda each: -each[0])
    return (line for _, line in ranked)


def _ranked(talk: Talk) -> Iterator[Weighed]:
    for weight, line in _candidates(talk):
        liked = LIKED if line.sentence in talk.manner.likes else 1.0
        about = line.arguments
        luck = talk.draw(line.sentence, about.arena or "", about.seat or "")
        yield weight * liked * (0.2 + luck), line


def _candidates(talk: Talk) -> Iterator[Weighed]:
    yield from _accusations(talk)
    yield from _calls(talk)
    for arena in talk.view.arenas:
        yield from _news(talk, arena)
        yield from _plans(talk, arena)
        yield from _past(talk, arena)
        for other in talk.view.others(arena):
            yield from _to(talk, arena, other)
    for pact in talk.view.pacts:
        yield from _reminders(talk, pact)


def _accusations(talk: Talk) -> Iterator[Weighed]:
    """Accuse who broke its word last round, before those who know of it."""
    for resolved in talk.position.history[-1:]:
        for breach in resolved.breaches:
            if breach.seat != talk.view.seat and talk.view.seat in breach.parties:
                room = () if breach.is_public else _room(talk, breach.parties)
                about = {"arena": breach.arena, "seat": breach.seat, "round": resolved.round}
                yield URGENT, talk.line(Sentence.ACCUSE, room, **about)


def _calls(talk: Talk) -> Iterator[Weighed]:
    """Call on allies in an own crisis. Source: Snyder 1984."""
    arenas = talk.view.arenas
    if any(arena.name.startswith(CRISIS) for arena in arenas):
        for ally in (x for arena in arenas if arena.is_alliance for x in talk.view.others(arena)):
            yield URGENT, talk.line(Sentence.CALL, seat=ally, round=talk.round)


def _news(talk: Talk, arena: Arena) -> Iterator[Weighed]:
    if any(x.first_round == talk.round and not x.is_closed for x in talk.position.injects):
        yield NEWS, talk.line(Sentence.REACT, arena=arena.name, round=talk.round)


def _plans(talk: Talk, arena: Arena) -> Iterator[Weighed]:
    """Promise C where it says it will play it; else it may say openly what it plays."""
    claim, about = talk.claim(arena.name), {"arena": arena.name, "round": talk.round}
    if claim is C:
        yield FIRST, talk.line(Sentence.PROMISE, action=C, **about)
    elif claim is D:
        yield RARE, talk.line(Sentence.ANSWER, action=D, **about)


def _to(talk: Talk, arena: Arena, other: Seat) -> Iterator[Weighed]:
    """Say what is true of another in an arena in every round."""
    about = {"arena": arena.name, "seat": other}
    if talk.round == 1:
        yield FIRST, talk.line(Sentence.GREET, seat=other)
    yield USUAL, talk.line(Sentence.ASK, **about)
    yield USUAL, talk.line(Sentence.THREATEN, **about)
    if talk.claim(arena.name) is C:
        yield USUAL, talk.line(Sentence.PROMISE_IF, **about)
        if talk.view.is_rival(other):
            yield FIRST, talk.line(Sentence.ASSURE, **about)


def _past(talk: Talk, arena: Arena) -> Iterator[Weighed]:
    """Thank for cooperation of last round; explain an own defection that answered one."""
    own, history = talk.view.seat, talk.position.history
    last = _result(talk, arena, 1)
    if last is None or own not in last.actions:
        return
    before = _result(talk, arena, 2)
    for other in talk.view.others(arena):
        about = {"arena": arena.name, "seat": other}
        if last.actions[own] is C and last.actions.get(other) is C:
            yield USUAL, talk.line(Sentence.THANK, **about, round=history[-1].round)
        if last.actions[own] is D and before is not None and before.actions.get(other) is D:
            told = {**about, "round": history[-2].round, "action": D}
            yield FIRST, talk.line(Sentence.EXPLAIN, **told)


def _reminders(talk: Talk, pact: Pact) -> Iterator[Weighed]:
    """Warn parties that are trusted little to keep a pact that binds them now."""
    view = talk.view
    if view.seat not in pact.terms.parties:
        return
    room = () if pact.terms.binding.is_public else _room(talk, pact.terms.parties)
    for pledge in pact.terms.pledges:
        is_due = pledge.seat != view.seat and pact.binds(pledge.seat, talk.round)
        if is_due and view.trust(pledge.seat) < DOUBTED:
            about = {"arena": pledge.arena, "seat": pledge.seat, "round": talk.round}
            yield FIRST, talk.line(Sentence.WARN, room, **about)


def _result(talk: Talk, arena: Arena, ago: int) -> ArenaResult | None:
    """Find what was seen in an arena some rounds ago."""
    history = talk.position.history
    results = history[-ago].results if len(history) >= ago else ()
    return next((result for result in results if result.arena == arena.name), None)


def _room(talk: Talk, parties: tuple[Seat, ...]) -> tuple[Seat, ...]:
    """Return the others of some parties; everybody where all talk is public."""
    if talk.position.scenario.press is Press.PUBLIC:
        return ()
    return tuple(seat for seat in parties if seat != talk.view.seat)
