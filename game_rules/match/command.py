"""What a command is. Each is declared once, with its answer, in a file of this folder.

The declaration says what a command holds and within which limits, who may ask for it, whether it
works while the match is paused, and what it does. Who may do what, which frames a connection may
send, and how a record is decided again all follow from it.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar, TypeVar, dataclass_transform

from game_rules.log.events import Event
from game_rules.log.position import Position
from game_rules.roles import Actor, Role

Events = tuple[Event, ...]
EventKind = type[Event]
Roles = tuple[Role, ...]

PLAYER: Roles = (Role.PLAYER,)
FACILITATOR: Roles = (Role.FACILITATOR,)
CLOCK: Roles = (Role.CLOCK,)


class Command(ABC):
    """Something that may be asked of a match.

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
    def answer(self, position: Position, actor: Actor, now_ms: int) -> Events:
        """Return the events that the command makes here; what follows from them comes after.

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
    """Declare a command: a frozen dataclass that knows its name and who may ask for it when."""

    def declare(declared: type[C]) -> type[C]:
        kind: Any = dataclass(frozen=True, slots=True)(declared)
        kind.type, kind.by, kind.while_paused = name, by, while_paused
        kind.on_wire, kind.makes = on_wire, makes
        return kind

    return declare
