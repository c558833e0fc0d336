"""The base class of commands. Each command is declared once, with its answer, in this folder.

A declaration has the command's fields and their limits, the roles that may send it, whether it
works while the match is paused, and its answer. Permissions, the accepted frames and the
verification of records all derive from it.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar, TypeVar, dataclass_transform

from game_rules.log.events import Event, EventTuple
from game_rules.log.position import Position
from game_rules.roles import Actor, Role

EventKind = type[Event]
Roles = tuple[Role, ...]

PLAYER: Roles = (Role.PLAYER,)
FACILITATOR: Roles = (Role.FACILITATOR,)
CLOCK: Roles = (Role.CLOCK,)


class Command(ABC):
    """A request to a match.

    type: its name in a frame. by: who may ask; whose seat is checked where it matters.
    while_paused: which of them may while the match is paused. on_wire: whether a connection may.
    makes: the event that repeats every field of the command; a log gives the command back by it.
    """

    __slots__ = ()

    type: ClassVar[str]
    by: ClassVar[Roles]
    while_paused: ClassVar[Roles]
    on_wire: ClassVar[bool]
    makes: ClassVar[EventKind | None]

    @abstractmethod
    def answer(self, position: Position, actor: Actor, now_ms: int) -> EventTuple:
        """Return the command's own events; their consequences follow later.

        Raises RuleViolation if the command is not allowed; then nothing has happened.
        """


C = TypeVar("C", bound=Command)


@dataclass_transform(frozen_default=True)
def command(
    name: str,
    *,
    by: Roles,
    while_paused: Roles = (),
    on_wire: bool = True,
    makes: EventKind | None = None,
) -> Callable[[type[C]], type[C]]:
    """Declare a command: a frozen dataclass with its name, its senders and its conditions."""

    def declare(declared: type[C]) -> type[C]:
        kind: Any = dataclass(frozen=True, slots=True)(declared)
        kind.type, kind.by, kind.while_paused = name, by, while_paused
        kind.on_wire, kind.makes = on_wire, makes
        return kind

    return declare
