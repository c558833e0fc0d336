"""Commands that wait in the inbox of a match, and batches of those that were decided."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from game_rules.log.events import Event
from game_rules.log.people import Names
from game_rules.log.position import Position
from game_rules.match.command import Command
from game_rules.records.codec import dumps
from game_rules.roles import THE_CLOCK, Actor, PersonId, Role
from game_rules.rulesets.chosen import ruleset_of
from server.access.grants import Grant
from server.hosting.fanout import LoggedEvent
from server.store.event_store import MatchId, NewEvent


@dataclass(frozen=True, slots=True)
class Sender:
    """The origin of a command; `key` names it in the log, so that a repeat is recognised.

    has_fixed_seat: whether the person was dealt a seat, and may not change or leave it.
    """

    key: str
    actor: Actor
    has_fixed_seat: bool = False

    @classmethod
    def of(cls, grant: Grant) -> "Sender":
        """Build the sender of a grant; the host leads, and a co-facilitator's name is recorded."""
        person = None if grant.person is None else PersonId(grant.person)
        if grant.role is Role.PLAYER and person is not None:
            is_dealt = grant.seminar_id is not None
            return cls(f"person:{person}", Actor(Role.PLAYER, person=person), is_dealt)
        if grant.role in (Role.FACILITATOR, Role.HOST):
            key = "facilitator" if person is None else f"facilitator:{person}"
            return cls(key, Actor(Role.FACILITATOR, None, person, grant.name or ""))
        return cls(grant.role.value, Actor(grant.role))


CLOCK = Sender("clock", THE_CLOCK)

LastRound = Callable[[MatchId], int | None]
"""Tells the last round that a match may open now, because it waits for others; None: any."""

Answer = int | Exception
"""The log's seq after the command; or RuleViolation or TryAgain (nothing happened), or a bug."""


@dataclass(slots=True)
class Request:
    """A command that waits for its answer."""

    command: Command
    sender: Sender
    command_id: str | None
    reply: Callable[[Answer], None]
    is_answered: bool = False
    is_bots_word: bool = False

    def answer(self, answer: Answer) -> None:
        """Reply once; later calls do nothing."""
        if not self.is_answered:
            self.is_answered = True
            self.reply(answer)

    @property
    def receipt_key(self) -> tuple[str, str] | None:
        """The key by which a repeat of the command is recognised; None if it has no id."""
        return None if self.command_id is None else (self.sender.key, self.command_id)


class Batch:
    """Commands that were decided one after the other, to be appended together.

    last_round: the last round that they may open, because the table waits for others; None: any.
    """

    def __init__(
        self, position: Position, seq: int, names: Names, last_round: int | None = None
    ) -> None:
        self.last_round = last_round
        self.position, self.names, self._seq = position, names, seq
        self._holds_names = ruleset_of(position).names_people
        self.accepted: list[tuple[Request, int]] = []
        self.refused: list[tuple[Request, Exception]] = []
        self.drafts: list[NewEvent] = []
        self.entries: list[LoggedEvent] = []

    def holds(self, request: Request) -> bool:
        """Tell whether the same command is in the batch already; it then shares the answer."""
        if not self.accepted or (key := request.receipt_key) is None:
            return False
        for other, seq in self.accepted:
            if other.receipt_key == key:
                self.accepted.append((request, seq))
                return True
        return False

    def add(
        self,
        request: Request,
        events: Sequence[Event],
        position: Position,
        introduced: Mapping[PersonId, str],
    ) -> None:
        """Add a command's events, and the position after them.

        introduced: the names that the command brings. Where events hold none, they are kept beside.
        """
        names = {} if self._holds_names else self._new_names(introduced)
        for number, event in enumerate(events):
            self._seq += 1
            payload = dumps(event)
            head = (request.sender.key, request.command_id, names) if number == 0 else ()
            self.drafts.append(NewEvent(payload, *head))
            self.entries.append(LoggedEvent(self._seq, event, payload))
        self.position = position
        self.accepted.append((request, self._seq))

    def _new_names(self, introduced: Mapping[PersonId, str]) -> Names:
        """Keep the names that are not known yet; whoever is forgotten stays so."""
        new = {
            x: name for x, name in introduced.items() if self.names.get(x, "") not in (name, None)
        }
        if new:
            self.names = {**self.names, **new}
        return new
