"""The frames of the socket, both ways, and the table of close codes.

JSON text frames. Input is validated here, strictly and once; inside the server, types are trusted.
Events and positions are written as the rules write them (`game_rules.records.codec`).
"""

from enum import IntEnum
from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field, TypeAdapter

from game_rules.log.events import Event
from server.wire.commands import WireCommand
from server.wire.fields import Frame, Id, Written

PROTOCOL = 1
LONGEST_REASON = 123
"""Bytes of a close reason: a control frame holds 125, two of them the code (RFC 6455)."""


class CloseCode(IntEnum):
    """Reasons for closing a connection. Clients reconnect by themselves after 1012 and 4008."""

    NORMAL = 1000
    POLICY = 1008
    TOO_BIG = 1009
    BUG = 1011
    RESTART = 1012
    SIGN_IN = 4001
    NOT_YOUR_MATCH = 4003
    TOO_SLOW = 4008
    REPLACED = 4009
    PROTOCOL_TOO_OLD = 4010
    DAMAGED = 4011


class ProtocolViolation(Exception):
    """A frame or a client that violates the protocol; the connection closes with the code."""

    def __init__(self, code: CloseCode, reason: str) -> None:
        super().__init__(reason)
        self.code, self.reason = code, reason


class Hello(Frame):
    """The first frame: the token, and what the client has (audience and its last seq)."""

    type: Literal["hello"]
    protocol: int
    token: Annotated[str, Field(min_length=1, max_length=128)]
    audience: Annotated[str | None, Field(max_length=64)] = None
    seq: Annotated[int, Field(ge=0)] = 0


class CommandFrame(Frame):
    """A command under an id that its client made; a repeated id gets the same answer."""

    type: Literal["command"]
    id: Id
    command: WireCommand


class Ping(Frame):
    """Asks for the server's time; sent_ms is the client's time and is returned unchanged."""

    type: Literal["ping"]
    sent_ms: Annotated[float, Field(allow_inf_nan=False)]


LATER = ConfigDict(defer_build=True)

ClientFrame = Annotated[Hello | CommandFrame | Ping, Field(discriminator="type")]
CLIENT_FRAME: TypeAdapter[Hello | CommandFrame | Ping] = TypeAdapter(ClientFrame, config=LATER)


class You(Frame):
    """The role of this connection at the match."""

    role: Literal["player", "facilitator", "observer"]
    seat: str | None
    person: str | None
    name: str | None


class Welcome(Frame):
    """The reply to hello, repeated whenever the audience changes.

    seq: the number of the first event that follows. If the audience is new, or seq is 1, the client
    discards what it has.
    """

    type: Literal["welcome"] = "welcome"
    protocol: int = PROTOCOL
    match: str
    audience: str
    you: You
    seq: int
    server_now_ms: int


class Events(Frame):
    """Consecutive events of the audience; seq is the number of the first."""

    type: Literal["events"] = "events"
    seq: int
    events: list[Annotated[dict[str, Any], Written(Event)]]


class Ack(Frame):
    """The command is stored; its events are within the audience's first `seq`."""

    type: Literal["ack"] = "ack"
    id: str
    seq: int


class Refused(Frame):
    """The command did nothing. Code `try_again`: send the same one again."""

    type: Literal["refused"] = "refused"
    id: str
    code: str
    message: str


class Pong(Frame):
    """The server's time."""

    type: Literal["pong"] = "pong"
    sent_ms: float
    server_now_ms: int


class People(Frame):
    """What the people are called whom the events name; whoever is not here is forgotten.

    Only in matches whose events hold ids alone. It replaces the one before.
    """

    type: Literal["people"] = "people"
    names: dict[str, str]


class Presence(Frame):
    """The people who are connected now; not part of the log."""

    type: Literal["presence"] = "presence"
    seats: list[str]
    observers: int


class TablesWaitedFor(Frame):
    """The tables of the class for which this one waits before its next round; none: it goes on.

    Sent only at a table of a class that stays together; not part of the log.
    """

    type: Literal["class_waits"] = "class_waits"
    tables: list[int]


ServerFrame = Annotated[
    Welcome | Events | Ack | Refused | Pong | People | Presence | TablesWaitedFor,
    Field(discriminator="type"),
]


def ack_text(command_id: str, seq: int) -> str:
    """Write an `ack` frame; an id is letters and digits, as `Id` says."""
    return f'{{"type":"ack","id":"{command_id}","seq":{seq}}}'


def events_text(seq: int, payloads: list[str]) -> str:
    """Write an `events` frame from texts that are already JSON."""
    return f'{{"type":"events","seq":{seq},"events":[{",".join(payloads)}]}}'
