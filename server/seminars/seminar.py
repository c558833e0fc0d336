"""The values of a seminar: its matches, its people and their errors."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from game_rules.roles import PersonId, Role
from game_rules.scenario.pairings import Pairing
from server.access.grants import Grant, SeminarId
from server.seminars.changes import Changes
from server.store.event_store import MatchId
from server.wire.fields import Written

MOST_MATCHES = 50
MOST_PEOPLE = 200
MOST_TREATMENTS = 8
LONGEST_TITLE = 80


class NoSuchSeminar(Exception):
    """No seminar has this id."""


class NoSuchMember(Exception):
    """No member of this seminar has this id."""


class NoSuchSeminarMatch(Exception):
    """The match does not belong to this seminar."""


class AlreadyPlaying(Exception):
    """A match of the seminar has started, so people cannot be assigned again."""


class NoPlace(Exception):
    """People cannot be assigned, or moved, as requested."""


@dataclass(frozen=True, slots=True)
class Treatment:
    """The conditions of some matches. changes: to the scenario, by setting."""

    name: str
    changes: Annotated[Mapping[str, Any], Written(Changes)]


@dataclass(frozen=True, slots=True)
class Seminar:
    """One class with one code. pace None: no clock. pairing: how pairs are drawn, if at all.

    bot: the strategy of empty seats. is_open_to_link: whether whoever has the link of one of its
    matches may read it once it has ended. is_together: whether no table is ever a round ahead.
    is_waiting_named: whether its wall names whom a table waits for.
    """

    id: SeminarId
    code: str
    name: str
    scenario: str
    pace: float | None
    seed: str
    pairing: Pairing | None
    bot: str
    treatments: tuple[Treatment, ...]
    created_at_ms: int
    is_archived: bool = False
    is_rehearsal: bool = False
    is_open_to_link: bool = False
    is_together: bool = False
    is_waiting_named: bool = False

    @property
    def hides_names(self) -> bool:
        """Tell whether some tables play under neutral names, so that no member knows what it is."""
        return any(treatment.changes.get("is_masked") for treatment in self.treatments)


@dataclass(frozen=True, slots=True)
class SeminarMatch:
    """A match of a seminar. number: from 1, as shown to the class. code: for observers."""

    match: MatchId
    code: str
    number: int
    treatment: str | None


@dataclass(frozen=True, slots=True)
class Member:
    """A person of the class. match: None while the person waits."""

    person: PersonId
    name: str
    match: MatchId | None
    joined_at_ms: int

    @property
    def grant(self) -> Grant:
        """The grant of the person's token for a match."""
        return Grant(Role.PLAYER, self.match, self.person, self.name)


@dataclass(frozen=True, slots=True)
class Arrival:
    """A person who has joined. key: restores the membership from another device."""

    person: PersonId
    name: str
    key: str
    token: str


@dataclass(frozen=True, slots=True)
class Placement:
    """A person's match, and the token for it."""

    match: MatchId
    token: str


@dataclass(frozen=True, slots=True)
class Assignment:
    """Sizes of the matches of an assignment. sizes: people per match. bots: empty seats."""

    sizes: tuple[int, ...]
    seats: tuple[int, ...]

    @property
    def bots(self) -> int:
        """The number of seats for bots."""
        pairs = zip(self.sizes, self.seats, strict=True)
        return sum(max(seats - size, 0) for size, seats in pairs)


def key_hash(seminar: SeminarId, person: PersonId, key: str) -> str:
    """Hash the key with which a person rejoins; the rate limit protects it, not its length."""
    return hashlib.sha256(f"{seminar}\x1f{person}\x1f{key}".encode()).hexdigest()
