"""What a token allows."""

from dataclasses import dataclass
from typing import NewType

from game_rules.roles import Role
from server.store.event_store import MatchId

SeminarId = NewType("SeminarId", str)


@dataclass(frozen=True, slots=True)
class Grant:
    """What a token allows: a role at a match or a seminar, for players as a person.

    The host, who may create and list matches, is at neither, and leads none by that.
    """

    role: Role
    match_id: MatchId | None = None
    person: str | None = None
    name: str | None = None
    seminar_id: SeminarId | None = None

    @property
    def is_host(self) -> bool:
        """Tell whether this is the host's own grant."""
        return self.role is Role.HOST

    @property
    def is_creator(self) -> bool:
        """Tell whether this leads by its own right: the host, or who has the creator's token.

        Who was invited leads too, but neither invites others nor puts a seminar away.
        """
        return self.is_host or (self.role is Role.FACILITATOR and self.person is None)
