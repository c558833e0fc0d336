"""Who acts and who looks on."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NewType

Seat = NewType("Seat", str)
PersonId = NewType("PersonId", str)


class Role(StrEnum):
    """What somebody is to a match."""

    PLAYER = "player"
    FACILITATOR = "facilitator"
    OBSERVER = "observer"
    HOST = "host"
    CLOCK = "clock"
    ARCHIVE = "archive"


@dataclass(frozen=True, slots=True)
class Viewer:
    """One pair of eyes: a seat's, the facilitator's, the public's, or the archive's.

    The archive sees everything and exists only for matches that have ended.
    """

    role: Role
    seat: Seat | None = None

    def owns(self, seat: Seat) -> bool:
        """Tell whether this viewer looks from that seat."""
        return self.role is Role.PLAYER and self.seat == seat

    @property
    def key(self) -> str:
        """Name the audience this viewer belongs to: all who see exactly the same."""
        return f"seat:{self.seat}" if self.role is Role.PLAYER else self.role.value


PUBLIC = Viewer(Role.OBSERVER)
FACILITATOR = Viewer(Role.FACILITATOR)
ARCHIVE = Viewer(Role.ARCHIVE)


def seated(seat: Seat) -> Viewer:
    """Give the viewer that looks from a seat."""
    return Viewer(Role.PLAYER, seat)


@dataclass(frozen=True, slots=True)
class Actor:
    """One pair of hands: the role, and where it matters the seat held and the person.

    A facilitator with a person is a co-facilitator, whose acts are signed with the name.
    """

    role: Role
    seat: Seat | None = None
    person: PersonId | None = None
    name: str = ""


THE_CLOCK = Actor(Role.CLOCK)
THE_FACILITATOR = Actor(Role.FACILITATOR)
