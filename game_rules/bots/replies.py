"""Replies: what a bot answers to a sentence, to a tagged text, and says with its bargaining."""

from collections.abc import Iterator

from game_rules.bots.manners import Talk
from game_rules.bots.terms_for_people import has_people
from game_rules.games.stage_games import C, D
from game_rules.log.events import MessageSaid, ProposalMade
from game_rules.log.sentences import Sentence
from game_rules.match.talk import SaySentence
from game_rules.roles import Seat
from game_rules.scenario.pacts import PactTerms
from game_rules.scenario.scenario import Press

S = Sentence

ANSWERED_OF_BOTS = frozenset({S.ASK, S.CALL})
"""What bots answer each other, so that no answer is answered."""


def is_put_to(talk: Talk, said: MessageSaid) -> bool:
    """Tell whether a bot is the one to answer.

    It is who is named, or the only one who was told; of all others the heaviest bot of the arena.
    """
    own, sender, about = talk.view.seat, said.sender, said.arguments
    holder = talk.position.holders.get(sender) if sender is not None else None
    if holder is None or (holder.is_bot and said.sentence not in ANSWERED_OF_BOTS):
        return False
    if about.seat is not None:
        return about.seat == own
    if len(said.room) == 2 or said.sentence is None:
        return len(said.room) == 2
    return _heaviest(talk, said) == own


def _heaviest(talk: Talk, said: MessageSaid) -> Seat | None:
    """Find the heaviest bot that was told, of the arena that is spoken of."""
    arena = next((x for x in talk.position.arenas if x.name == said.arguments.arena), None)
    if arena is None:
        return None
    holders, room = talk.position.holders, said.room or arena.members
    bots = [x for x in arena.members if x in room and x in holders and holders[x].is_bot]
    return max(bots, key=lambda seat: arena.game.weight(arena.member(seat)), default=None)


def replies(talk: Talk, said: MessageSaid) -> Iterator[SaySentence]:
    """Yield what may be answered, the best first; it is said where the question was."""
    assert said.sender is not None, "the facilitator is not answered"
    room = tuple(seat for seat in said.room if seat != talk.view.seat)
    yield from _fitting(talk, said, said.sender, room)
    for voice in dict.fromkeys((talk.manner.voice, None)):
        about = {"seat": said.sender, "voice": voice}
        yield talk.line(S.HEARD, room, **about)
        for arena in talk.view.arenas:
            if said.sender in arena.members:
                yield talk.line(S.ASK, room, arena=arena.name, **about)


def _fitting(
    talk: Talk, said: MessageSaid, sender: Seat, room: tuple[Seat, ...]
) -> Iterator[SaySentence]:
    about, arena = said.arguments, said.arguments.arena
    claim, to = talk.claim(arena), {"arena": arena, "seat": sender}
    match said.sentence:
        case S.GREET | S.FAREWELL:
            yield talk.line(said.sentence, room, seat=sender)
        case S.ASK | S.PROMISE_IF | S.OFFER | S.WARN:
            yield from _pledged(talk, arena, sender, room)
        case S.PROMISE | S.ANSWER | S.THANK if about.action is not D:
            if claim is C:
                yield talk.line(S.PROMISE_IF, room, **to)
        case S.PROMISE | S.ANSWER | S.THREATEN:
            if claim is C and said.sentence is S.THREATEN:
                yield talk.line(S.PROMISE_IF, room, **to)
            if claim is not None:
                yield talk.line(S.THREATEN, room, **to)
        case S.ASSURE:
            if claim is C:
                yield talk.line(S.ASSURE, room, **to)
        case S.ACCUSE:
            yield from _explained(talk, said, sender, room)
        case S.CALL:
            for shared in talk.view.arenas:
                if shared.is_alliance and sender in shared.members:
                    yield from _pledged(talk, shared.name, sender, room)


def _pledged(
    talk: Talk, arena: str | None, sender: Seat, room: tuple[Seat, ...]
) -> Iterator[SaySentence]:
    """Say what it will play; who bluffs does not say that it defects, but that it will not say."""
    claim = talk.claim(arena)
    if claim is not None and (claim is C or not talk.manner.bluffs):
        yield talk.line(S.ANSWER, room, arena=arena, round=talk.round, action=claim)
    if arena is not None and claim is not C:
        yield talk.line(S.REFUSE, room, arena=arena, seat=sender)


def _explained(
    talk: Talk, said: MessageSaid, sender: Seat, room: tuple[Seat, ...]
) -> Iterator[SaySentence]:
    """Explain what it is accused of by what the other did in the round before."""
    about = said.arguments
    for resolved in talk.position.history:
        for result in resolved.results if resolved.round + 1 == about.round else ():
            if result.arena == about.arena and result.actions.get(sender) is D:
                told = {"arena": about.arena, "seat": sender, "round": resolved.round, "action": D}
                yield talk.line(S.EXPLAIN, room, **told)


def proposed(talk: Talk, made: ProposalMade, *, is_first: bool) -> Iterator[SaySentence]:
    """Say what is proposed; an offer of points by who gets them.

    A second proposal of a round is put in words to people alone, so that a bot speaks to all, too.
    """
    own, terms = talk.view.seat, made.terms
    if not is_first and not has_people(talk.position, terms.parties):
        return
    room, arena = _parties(talk, terms.parties), terms.pledges[0].arena
    for transfer in terms.transfers:
        if transfer.giver == own:
            about = {"arena": arena, "seat": transfer.taker, "number": transfer.points}
            yield talk.line(S.OFFER, room, **about)
    yield talk.line(S.PROPOSE, room, arena=arena, **_pact(talk, terms))


def answered(
    talk: Talk, sentence: Sentence, proposer: Seat, terms: PactTerms
) -> Iterator[SaySentence]:
    """Say with an answer what it is, to who proposed; plainly where it was said so lately."""
    room = _parties(talk, (proposer,))
    for voice in dict.fromkeys((talk.manner.voice, None)):
        yield talk.line(sentence, room, seat=proposer, voice=voice, **_pact(talk, terms))


def _pact(talk: Talk, terms: PactTerms) -> dict[str, object]:
    last = min(talk.position.scenario.rounds, talk.round + terms.rounds - 1)
    return {"binding": terms.binding, "round": last}


def _parties(talk: Talk, parties: tuple[Seat, ...]) -> tuple[Seat, ...]:
    if talk.position.scenario.press is Press.PUBLIC:
        return ()
    return tuple(seat for seat in parties if seat != talk.view.seat)
