"""A seminar, its matches and its people, as the rest of the server knows them."""

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
    """Nobody of this seminar is known by this id."""


class NoSuchSeminarMatch(Exception):
    """The match is none of this seminar's."""


class AlreadyPlaying(Exception):
    """A match of the seminar has been started, so that people cannot be dealt anew."""


class NoPlace(Exception):
    """People cannot be dealt, or moved, as was asked."""


@dataclass(frozen=True, slots=True)
class Treatment:
    """The conditions of some matches. changes: what they change in the scenario, by setting."""

    name: str
    changes: Annotated[Mapping[str, Any], Written(Changes)]


@dataclass(frozen=True, slots=True)
class Seminar:
    """One class with one code. pace None: no clock. pairing: how dyads are drawn, if they are.

    bot: the strategy in seats that nobody has.
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


@dataclass(frozen=True, slots=True)
class SeminarMatch:
    """A match of a seminar. number: from 1, as the class calls it. code: to watch it by."""

    match: MatchId
    code: str
    number: int
    treatment: str | None


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody of the class. match: where they play; None while they wait."""

    person: PersonId
    name: str
    match: MatchId | None
    joined_at_ms: int

    @property
    def grant(self) -> Grant:
        """What a token of theirs allows in a match."""
        return Grant(Role.PLAYER, self.match, self.person, self.name)


def key_hash(seminar: SeminarId, person: PersonId, key: str) -> str:
    """Hash a person's key to come in again; rationed tries are what guards it, not its length."""
    return hashlib.sha256(f"{seminar}\x1f{person}\x1f{key}".encode()).hexdigest()


def same_name(name: str) -> str:
    """Write a name so that those that look alike are alike."""
    return " ".join(name.split()).casefold()
