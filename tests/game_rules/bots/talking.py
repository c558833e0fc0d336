"""A bot's talk at a position that a test sets: what it sees and plans, and chance that is even."""

from collections.abc import Mapping
from typing import Any

from game_rules.bots.manners import MANNERS, Talk
from game_rules.doctrines.seat_view import SeatView
from game_rules.games.stage_games import Action
from game_rules.log.events import MessageSaid
from game_rules.log.position import Holder
from game_rules.log.sentences import Arguments, Sentence
from game_rules.match.talk import SaySentence
from game_rules.roles import PersonId, Seat
from tests.game_rules.scenes import CHN, JPN, PHL

PLAYED_BY_BOTS = {seat: Holder(is_bot=True, strategy="diplomat") for seat in (JPN, PHL)}
HOLDERS = {CHN: Holder(PersonId("ann"), "Ann"), **PLAYED_BY_BOTS}
"""A person in China, and bots beside."""


def talk_of(
    view: SeatView, plan: Mapping[str, Action] | None = None, name: str = "diplomat"
) -> Talk:
    """Let a bot talk of what it sees and plans; nothing is likelier by chance."""
    return Talk(view, plan or {}, MANNERS[name], lambda *_: 0.5)


def said_by(
    sender: Seat,
    sentence: Sentence | None,
    room: tuple[Seat, ...] = (CHN, JPN),
    **about: Any,
) -> MessageSaid:
    """Make a message of a sentence."""
    arguments = Arguments(**about)
    return MessageSaid(1, sender, room, "", None, 0, None, sentence, arguments)


def kinds(lines: tuple[SaySentence, ...]) -> list[Sentence]:
    """Name the sentences."""
    return [line.sentence for line in lines]
