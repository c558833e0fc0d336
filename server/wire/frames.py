"""The frames of the socket, both ways, and the one table of close codes.

JSON text frames. What comes in is checked here, strictly and once; inside, types are trusted.
Events and positions go out as the rules write them (`game_rules.records.codec`).
"""

from enum import IntEnum
from typing import Annotated, Any, Literal

from pydantic import Field, TypeAdapter

from game_rules.log import commands as c
from game_rules.log.events import Act
from game_rules.match.decide import LONGEST_EXTENSION_MS, LONGEST_MESSAGE, LONGEST_NAME
from game_rules.roles import Seat
from game_rules.scenario.pacts import (
    LARGEST_STAKE,
    MOST_PARTIES,
    MOST_PLEDGES,
    MOST_ROUNDS,
    MOST_TRANSFERS,
    Binding,
    PactTerms,
    Pledge,
    Transfer,
)
from server.wire.control import (
    CloseInject,
    EngageAutopilot,
    OpenInject,
    OrderFor,
    PassPen,
    ReleaseAutopilot,
    RemovePerson,
    Reseat,
)
from server.wire.fields import (
    ArenaName,
    Frame,
    Id,
    RoundNumber,
    SeatCode,
    WireAction,
    WireActions,
    WirePhase,
)
from server.wire.moves import MakeMove, SaveForecast, TakeBackMove

PROTOCOL = 1
LONGEST_REASON = 123
"""Bytes of a close reason: a control frame holds 125, two of them the code (RFC 6455)."""


class CloseCode(IntEnum):
    """Why the server ends a connection. The client comes back by itself after 1012 and 4008."""

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


class ProtocolViolation(Exception):
    """A frame or a client that breaks the protocol; the connection ends with the code."""

    def __init__(self, code: CloseCode, reason: str) -> None:
        super().__init__(reason)
        self.code, self.reason = code, reason


ProposalNumber = Annotated[int, Field(ge=0, lt=2**53)]
Points = Annotated[float, Field(ge=0, le=LARGEST_STAKE, allow_inf_nan=False)]


class TakeSeat(Frame):
    type: Literal["take_seat"]
    seat: SeatCode
    name: Annotated[str, Field(min_length=1, max_length=LONGEST_NAME)]

    def to_rules(self) -> c.Command:
        return c.TakeSeat(Seat(self.seat), self.name)


class LeaveSeat(Frame):
    type: Literal["leave_seat"]

    def to_rules(self) -> c.Command:
        return c.LeaveSeat()


class SeatBot(Frame):
    type: Literal["seat_bot"]
    seat: SeatCode
    strategy: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,63}$")]

    def to_rules(self) -> c.Command:
        return c.SeatBot(Seat(self.seat), self.strategy)


class ClearSeat(Frame):
    type: Literal["clear_seat"]
    seat: SeatCode

    def to_rules(self) -> c.Command:
        return c.ClearSeat(Seat(self.seat))


class StartMatch(Frame):
    type: Literal["start_match"]

    def to_rules(self) -> c.Command:
        return c.StartMatch()


class Say(Frame):
    type: Literal["say"]
    room: Annotated[list[SeatCode], Field(max_length=64)]
    text: Annotated[str, Field(min_length=1, max_length=LONGEST_MESSAGE)]
    act: Annotated[Act | None, Field(strict=False)] = None

    def to_rules(self) -> c.Command:
        return c.Say(tuple(Seat(seat) for seat in self.room), self.text, self.act)


class WirePledge(Frame):
    seat: SeatCode
    arena: ArenaName
    action: WireAction


class WireTransfer(Frame):
    giver: SeatCode
    taker: SeatCode
    points: Points


class WireTerms(Frame):
    """The terms of a pact; stake is for escrow alone."""

    parties: Annotated[list[SeatCode], Field(max_length=MOST_PARTIES)]
    pledges: Annotated[list[WirePledge], Field(max_length=MOST_PLEDGES)]
    transfers: Annotated[list[WireTransfer], Field(max_length=MOST_TRANSFERS)]
    rounds: Annotated[int, Field(ge=1, le=MOST_ROUNDS)]
    binding: Annotated[Binding, Field(strict=False)]
    stake: Points = 0.0
    is_conditional: bool = False

    def to_rules(self) -> PactTerms:
        return PactTerms(
            parties=tuple(Seat(seat) for seat in self.parties),
            pledges=tuple(Pledge(Seat(x.seat), x.arena, x.action) for x in self.pledges),
            transfers=tuple(
                Transfer(Seat(x.giver), Seat(x.taker), float(x.points)) for x in self.transfers
            ),
            rounds=self.rounds,
            binding=self.binding,
            stake=float(self.stake),
            is_conditional=self.is_conditional,
        )


class Propose(Frame):
    type: Literal["propose"]
    round: RoundNumber
    terms: WireTerms

    def to_rules(self) -> c.Command:
        return c.Propose(self.round, self.terms.to_rules())


class CounterProposal(Frame):
    type: Literal["counter_proposal"]
    round: RoundNumber
    number: ProposalNumber
    terms: WireTerms

    def to_rules(self) -> c.Command:
        return c.CounterProposal(self.round, self.number, self.terms.to_rules())


class AnswerProposal(Frame):
    type: Literal["answer_proposal"]
    round: RoundNumber
    number: ProposalNumber
    accepts: bool

    def to_rules(self) -> c.Command:
        return c.AnswerProposal(self.round, self.number, self.accepts)


class SaveOrder(Frame):
    type: Literal["save_order"]
    round: RoundNumber
    actions: WireActions
    is_ready: bool = False

    def to_rules(self) -> c.Command:
        return c.SaveOrder(self.round, self.actions, self.is_ready)


class SetReady(Frame):
    type: Literal["set_ready"]
    round: RoundNumber
    phase: WirePhase
    is_ready: bool

    def to_rules(self) -> c.Command:
        return c.SetReady(self.round, self.phase, self.is_ready)


class PauseMatch(Frame):
    type: Literal["pause_match"]

    def to_rules(self) -> c.Command:
        return c.PauseMatch()


class ResumeMatch(Frame):
    type: Literal["resume_match"]

    def to_rules(self) -> c.Command:
        return c.ResumeMatch()


class ExtendDeadline(Frame):
    type: Literal["extend_deadline"]
    by_ms: Annotated[int, Field(gt=0, le=LONGEST_EXTENSION_MS)]

    def to_rules(self) -> c.Command:
        return c.ExtendDeadline(self.by_ms)


class SkipPhase(Frame):
    type: Literal["skip_phase"]
    round: RoundNumber
    phase: WirePhase

    def to_rules(self) -> c.Command:
        return c.SkipPhase(self.round, self.phase)


class EndMatch(Frame):
    type: Literal["end_match"]

    def to_rules(self) -> c.Command:
        return c.EndMatch()


WireCommand = Annotated[
    TakeSeat
    | LeaveSeat
    | SeatBot
    | ClearSeat
    | PassPen
    | Reseat
    | RemovePerson
    | EngageAutopilot
    | ReleaseAutopilot
    | OpenInject
    | CloseInject
    | OrderFor
    | StartMatch
    | Say
    | Propose
    | CounterProposal
    | AnswerProposal
    | SaveOrder
    | MakeMove
    | TakeBackMove
    | SaveForecast
    | SetReady
    | PauseMatch
    | ResumeMatch
    | ExtendDeadline
    | SkipPhase
    | EndMatch,
    Field(discriminator="type"),
]


class Hello(Frame):
    """The first frame: who I am, and what I hold already (audience and its last seq)."""

    type: Literal["hello"]
    protocol: int
    token: Annotated[str, Field(min_length=1, max_length=128)]
    audience: Annotated[str | None, Field(max_length=64)] = None
    seq: Annotated[int, Field(ge=0)] = 0


class CommandFrame(Frame):
    """A command under an id that its client made; the same id again gets the same answer."""

    type: Literal["command"]
    id: Id
    command: WireCommand


class Ping(Frame):
    """Asks for the server's time; sent_ms is the client's own and comes back as it is."""

    type: Literal["ping"]
    sent_ms: Annotated[float, Field(allow_inf_nan=False)]


ClientFrame = Annotated[Hello | CommandFrame | Ping, Field(discriminator="type")]
CLIENT_FRAME: TypeAdapter[Hello | CommandFrame | Ping] = TypeAdapter(ClientFrame)


class You(Frame):
    """What this connection is to the match."""

    role: Literal["player", "facilitator", "observer"]
    seat: str | None
    person: str | None
    name: str | None


class Welcome(Frame):
    """The answer to hello, and again whenever the audience changes.

    seq: the number of the first event that follows. A client whose audience is another one, or
    who gets seq 1, begins anew.
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
    events: list[dict[str, Any]]


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


class Presence(Frame):
    """Who is connected now; not part of the log."""

    type: Literal["presence"] = "presence"
    seats: list[str]
    observers: int


ServerFrame = Annotated[
    Welcome | Events | Ack | Refused | Pong | Presence, Field(discriminator="type")
]


def ack_text(command_id: str, seq: int) -> str:
    """Write an `ack` frame; an id is letters and digits, as `Id` says."""
    return f'{{"type":"ack","id":"{command_id}","seq":{seq}}}'


def events_text(seq: int, payloads: list[str]) -> str:
    """Write an `events` frame from texts that are JSON already."""
    return f'{{"type":"events","seq":{seq},"events":[{",".join(payloads)}]}}'
