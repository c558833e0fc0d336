"""Roles, viewers and actors."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NewType

Seat = NewType("Seat", str)
PersonId = NewType("PersonId", str)


class Role(StrEnum):
    """A role in a match."""

    PLAYER = "player"
    FACILITATOR = "facilitator"
    OBSERVER = "observer"
    HOST = "host"
    CLOCK = "clock"
    ARCHIVE = "archive"


@dataclass(frozen=True, slots=True)
class Viewer:
    """A viewer: a seat, the facilitator, the public, or the archive.

    The archive sees everything and exists only for matches that have ended.
    """

    role: Role
    seat: Seat | None = None

    def owns(self, seat: Seat) -> bool:
        """Tell whether this viewer is that seat's."""
        return self.role is Role.PLAYER and self.seat == seat

    @property
    def key(self) -> str:
        """The audience of this viewer: all viewers who see exactly the same."""
        return f"seat:{self.seat}" if self.role is Role.PLAYER else self.role.value


PUBLIC = Viewer(Role.OBSERVER)
FACILITATOR = Viewer(Role.FACILITATOR)
ARCHIVE = Viewer(Role.ARCHIVE)


def seated(seat: Seat) -> Viewer:
    """Return the viewer of a seat."""
    return Viewer(Role.PLAYER, seat)


@dataclass(frozen=True, slots=True)
class Actor:
    """The sender of a command: a role, and if needed the seat and the person.

    A facilitator with a person is a co-facilitator, whose acts are signed with the name.
    """

    role: Role
    seat: Seat | None = None
    person: PersonId | None = None
    name: str = ""


THE_CLOCK = Actor(Role.CLOCK)
THE_FACILITATOR = Actor(Role.FACILITATOR)
