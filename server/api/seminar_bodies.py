"""Request and response bodies of the seminar routes."""

from typing import Annotated, ClassVar

from pydantic import BaseModel, FailFast, Field

from game_rules.bots.casts import DOCTRINE_MIX
from game_rules.scenario.pairings import Pairing
from server.seminars.changes import Changes
from server.seminars.seminar import LONGEST_TITLE, MOST_MATCHES, MOST_TREATMENTS
from server.wire.commands import WireCommand
from server.wire.fields import CLEAN_NAME, Body, Id, SeatCode

Title = Annotated[str, Field(min_length=1, max_length=LONGEST_TITLE), CLEAN_NAME]
AnId = Annotated[str, Field(min_length=1, max_length=64)]


class NewTreatment(Body):
    """The conditions of some matches: their changes to the scenario."""

    name: Title
    changes: Changes


class NewSeminar(Body):
    """pace multiplies every phase's time; null runs no clock.

    pairing: how a scenario for two draws pairs; null or "fixed" gives each pair its own match. bot:
    the strategy of empty seats, or a mix of doctrines. is_open_to_link: whether whoever has the
    link of a match may read it once it has ended. is_together: no table opens a round before all
    have resolved the last one. is_waiting_named: its wall names whom a table waits for, whatever
    the scenario shows the table.
    """

    largest: ClassVar[int] = 16 * 1024

    name: Title
    scenario: Annotated[str, Field(max_length=64)]
    pace: Annotated[float | None, Field(ge=0.1, le=10)] = 1.0
    pairing: Annotated[Pairing | None, Field(strict=False)] = None
    bot: Annotated[str, Field(max_length=64)] = DOCTRINE_MIX
    treatments: Annotated[
        list[NewTreatment],
        FailFast(),
        Field(max_length=MOST_TREATMENTS, default_factory=list),
    ]
    is_rehearsal: bool = False
    is_open_to_link: bool = False
    is_together: bool = False
    is_waiting_named: bool = False


class SeminarChanges(Body):
    """Changes to a seminar; null keeps a value."""

    name: Title | None = None
    is_archived: bool | None = None
    is_open_to_link: bool | None = None
    is_together: bool | None = None
    is_waiting_named: bool | None = None


class Luck(BaseModel):
    """How the seeds of a seminar's matches came about. key: in hexadecimals."""

    derivation: str
    key: str


class Led(BaseModel):
    """A seminar, its code to show, and a facilitator's token for it."""

    seminar: str
    code: str
    token: str


class Deal(Body):
    """matches: null proposes a number. is_preview: report only, change nothing."""

    matches: Annotated[int | None, Field(ge=1, le=MOST_MATCHES)] = None
    is_preview: bool = False


class Dealt(BaseModel):
    """People and seats of every match, and the number of seats for bots."""

    sizes: list[int]
    seats: list[int]
    bots: int


class Placed(BaseModel):
    """A person's match and the token for it; null while the person waits."""

    match: str | None
    token: str | None


class Key(BaseModel):
    """A key with which the person can rejoin under the same name."""

    key: str


class MovePerson(Body):
    """The person's new match; seat null: a seat with room."""

    match: AnId
    seat: SeatCode | None = None


class WallToken(BaseModel):
    """A token for the wall of a seminar."""

    token: str


class MatchLed(BaseModel):
    """A facilitator's token for one match."""

    match: str
    code: str
    token: str


class MatchCommand(Body):
    """A facilitator's command to one match, under an id that the client made."""

    match: AnId
    id: Id
    command: WireCommand


class Commands(Body):
    """Commands to several matches, carried out concurrently."""

    largest: ClassVar[int] = 256 * 1024

    commands: Annotated[
        list[MatchCommand], FailFast(), Field(min_length=1, max_length=MOST_MATCHES)
    ]


class CommandOutcome(BaseModel):
    """The outcome of a command; code and message are set for a refusal only.

    is_noted: accepted, but done later: the phase ends when the other tables have caught up.
    """

    match: str
    ok: bool
    is_noted: bool = False
    code: str | None = None
    message: str | None = None
