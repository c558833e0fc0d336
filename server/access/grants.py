"""The grant that a token carries: a role at a match or a seminar."""

from dataclasses import dataclass
from typing import NewType

from game_rules.roles import Role
from server.store.event_store import MatchId

SeminarId = NewType("SeminarId", str)


@dataclass(frozen=True, slots=True)
class Grant:
    """A role at a match or a seminar; for players it names a person.

    The host may create and list matches. The host's grant names no match and leads none.
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
        """Tell whether this is the host's or the creator's grant.

        Invited facilitators lead too, but they may not invite others or archive a seminar.
        """
        return self.is_host or (self.role is Role.FACILITATOR and self.person is None)
