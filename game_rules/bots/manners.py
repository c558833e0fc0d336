"""Manners: who speaks at the table, in whose words, and whether it may bluff."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from game_rules.doctrines.seat_view import SeatView
from game_rules.games.stage_games import Action, C
from game_rules.log.position import Position
from game_rules.log.sentences import Arguments, Sentence, Voice
from game_rules.match.talk import SaySentence
from game_rules.roles import Seat

S = Sentence
BLUFFS = 0.5
"""How often who may bluff promises C where it means to play D. Assumption."""

MEMORY = 3
"""For how many rounds a sentence is not said again."""


@dataclass(frozen=True, slots=True)
class Manner:
    """How a bot speaks. bluffs: whether it may promise what it does not mean to do.

    likes: the sentences that it says more often than others.
    """

    voice: Voice | None = None
    bluffs: bool = False
    likes: tuple[Sentence, ...] = ()


MANNERS: Mapping[str, Manner] = {
    "realist": Manner(Voice.REALIST, bluffs=True, likes=(S.THREATEN, S.WARN, S.EXPLAIN)),
    "liberal": Manner(Voice.LIBERAL, likes=(S.PROMISE_IF, S.THANK, S.ASK)),
    "constructivist": Manner(Voice.CONSTRUCTIVIST, likes=(S.ASSURE, S.THANK, S.PROMISE)),
    "hedger": Manner(likes=(S.ASK, S.PROMISE_IF, S.ASSURE)),
    "diplomat": Manner(Voice.LIBERAL, likes=(S.PROMISE, S.WARN, S.ASK)),
    "tit_for_tat": Manner(likes=(S.PROMISE_IF, S.EXPLAIN)),
    "grudger": Manner(likes=(S.THREATEN, S.EXPLAIN)),
    "cooperator": Manner(likes=(S.PROMISE, S.THANK)),
}
"""Who speaks: the doctrines, of which only the realist bluffs, and three classics in plain words.

Source: Mearsheimer 2011 (why leaders lie); Sartori 2002 (honesty of diplomats); that a hedger does
not bluff is an assumption.
"""


@dataclass(frozen=True, slots=True)
class Talk:
    """What a bot speaks from: what it sees, what it means to play, its manner and its chance.

    plan: empty where no round is open to orders. draw: the seat's own number for a question.
    """

    view: SeatView
    plan: Mapping[str, Action]
    manner: Manner
    draw: Callable[..., float]

    @property
    def position(self) -> Position:
        """The position as the seat sees it."""
        return self.view.position

    @property
    def round(self) -> int:
        """The round that is open."""
        return self.view.round

    def claim(self, arena: str | None) -> Action | None:
        """Return what it says it will play in an arena: its plan, or C for a bluff.

        None where it has no plan. A bluff is one for the whole round.
        """
        planned = None if arena is None else self.plan.get(arena)
        if planned is None or planned is C or not self.manner.bluffs:
            return planned
        return C if self.draw("bluff", arena) < BLUFFS else planned

    def line(
        self, sentence: Sentence, room: tuple[Seat, ...] = (), /, **arguments: object
    ) -> SaySentence:
        """Make a sentence, in its own voice unless another is given."""
        about: dict[str, Any] = {"voice": self.manner.voice, **arguments}
        return SaySentence(room, sentence, Arguments(**about))


def lately(position: Position, seat: Seat) -> Iterator[tuple[Sentence, Arguments]]:
    """Yield the sentences that a seat said in this round and the few before (Assumption)."""
    for said in position.messages:
        if said.sender == seat and said.sentence and said.round >= position.round - MEMORY:
            yield said.sentence, said.arguments
