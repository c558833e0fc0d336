"""What a seat, the facilitator or the clock may ask for; `decide` answers with events."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from game_rules.games.stage_games import Action
from game_rules.log.events import Act, Phase
from game_rules.roles import PersonId, Seat
from game_rules.scenario.injects import Inject
from game_rules.scenario.moves import Move
from game_rules.scenario.pacts import PactTerms

Actions = Mapping[str, Action]
"""An action for each arena named."""


@dataclass(frozen=True, slots=True)
class TakeSeat:
    """A person sits down on a seat that is free or held by a bot."""

    type: ClassVar[str] = "take_seat"
    seat: Seat
    name: str


@dataclass(frozen=True, slots=True)
class LeaveSeat:
    """A person gets up."""

    type: ClassVar[str] = "leave_seat"


@dataclass(frozen=True, slots=True)
class SeatBot:
    """The facilitator gives a seat to a bot."""

    type: ClassVar[str] = "seat_bot"
    seat: Seat
    strategy: str


@dataclass(frozen=True, slots=True)
class ClearSeat:
    """The facilitator frees a seat, whoever holds it."""

    type: ClassVar[str] = "clear_seat"
    seat: Seat


@dataclass(frozen=True, slots=True)
class PassPen:
    """The holder of a seat's pen, or the facilitator, hands it to another delegate."""

    type: ClassVar[str] = "pass_pen"
    person: PersonId


@dataclass(frozen=True, slots=True)
class Reseat:
    """The facilitator sits a person down, wherever the person sat before.

    name: of a person who held no seat.
    """

    type: ClassVar[str] = "reseat"
    person: PersonId
    seat: Seat
    name: str = ""


@dataclass(frozen=True, slots=True)
class RemovePerson:
    """The facilitator sends a person away for good."""

    type: ClassVar[str] = "remove_person"
    person: PersonId


@dataclass(frozen=True, slots=True)
class EngageAutopilot:
    """A program plays for the people of a seat, who keep it."""

    type: ClassVar[str] = "engage_autopilot"
    seat: Seat


@dataclass(frozen=True, slots=True)
class ReleaseAutopilot:
    """The people of a seat play themselves again."""

    type: ClassVar[str] = "release_autopilot"
    seat: Seat


@dataclass(frozen=True, slots=True)
class OpenInject:
    """The facilitator brings news to the table, from the deck or written on the spot."""

    type: ClassVar[str] = "open_inject"
    inject: Inject


@dataclass(frozen=True, slots=True)
class CloseInject:
    """The facilitator undoes an inject before its time."""

    type: ClassVar[str] = "close_inject"
    name: str


@dataclass(frozen=True, slots=True)
class OrderFor:
    """The facilitator chooses for a seat, which is told; what it does not name stands."""

    type: ClassVar[str] = "order_for"
    seat: Seat
    round: int
    actions: Mapping[str, Action]


@dataclass(frozen=True, slots=True)
class StartMatch:
    """The facilitator opens the first phase."""

    type: ClassVar[str] = "start_match"


@dataclass(frozen=True, slots=True)
class Say:
    """A seat or the facilitator speaks. room: the seats addressed; empty is everyone.

    A room of nobody but the own seat is its line with the facilitator.
    """

    type: ClassVar[str] = "say"
    room: tuple[Seat, ...]
    text: str
    act: Act | None = None


@dataclass(frozen=True, slots=True)
class Propose:
    """A seat puts the terms of a pact to the other parties, and accepts them itself."""

    type: ClassVar[str] = "propose"
    round: int
    terms: PactTerms


@dataclass(frozen=True, slots=True)
class CounterProposal:
    """A party that has yet to answer puts other terms in a proposal's place, at once."""

    type: ClassVar[str] = "counter_proposal"
    round: int
    number: int
    terms: PactTerms


@dataclass(frozen=True, slots=True)
class AnswerProposal:
    """A party accepts or declines; the proposer withdraws by declining."""

    type: ClassVar[str] = "answer_proposal"
    round: int
    number: int
    accepts: bool


@dataclass(frozen=True, slots=True)
class SaveOrder:
    """A seat chooses in some or all of its arenas; later choices replace earlier ones."""

    type: ClassVar[str] = "save_order"
    round: int
    actions: Mapping[str, Action]
    is_ready: bool = False


@dataclass(frozen=True, slots=True)
class MakeMove:
    """A seat makes its one move of the round; a later one replaces it until the deadline."""

    type: ClassVar[str] = "make_move"
    round: int
    move: Move


@dataclass(frozen=True, slots=True)
class TakeBackMove:
    """A seat makes no move this round after all."""

    type: ClassVar[str] = "take_back_move"
    round: int


@dataclass(frozen=True, slots=True)
class SaveForecast:
    """A seat notes in private what it expects of an arena this round; nothing takes it back."""

    type: ClassVar[str] = "save_forecast"
    round: int
    arena: str
    actions: Mapping[Seat, Action]


@dataclass(frozen=True, slots=True)
class SetReady:
    """A seat says it is done with this phase, or takes that back."""

    type: ClassVar[str] = "set_ready"
    round: int
    phase: Phase
    is_ready: bool


@dataclass(frozen=True, slots=True)
class PauseMatch:
    """The facilitator stops every clock."""

    type: ClassVar[str] = "pause_match"


@dataclass(frozen=True, slots=True)
class ResumeMatch:
    """The facilitator lets the clock run again."""

    type: ClassVar[str] = "resume_match"


@dataclass(frozen=True, slots=True)
class ExtendDeadline:
    """The facilitator gives the open phase more time."""

    type: ClassVar[str] = "extend_deadline"
    by_ms: int


@dataclass(frozen=True, slots=True)
class SkipPhase:
    """The facilitator ends the phase now. It names the phase, so that two clicks skip one."""

    type: ClassVar[str] = "skip_phase"
    round: int
    phase: Phase


@dataclass(frozen=True, slots=True)
class EndMatch:
    """The facilitator ends the match; an open round is not scored."""

    type: ClassVar[str] = "end_match"


@dataclass(frozen=True, slots=True)
class PassDeadline:
    """The clock has reached the deadline of a phase."""

    type: ClassVar[str] = "pass_deadline"
    round: int
    phase: Phase


@dataclass(frozen=True, slots=True)
class MakeUpOutage:
    """The server was away; the open phase gets that time back, and `least_ms` at the least."""

    type: ClassVar[str] = "make_up_outage"
    by_ms: int
    least_ms: int = 0


@dataclass(frozen=True, slots=True)
class BranchMatch:
    """The server lets the first seq events of a trunk, which stand before, go on from here.

    seed: new luck, where the trunk's was told because it had ended.
    """

    type: ClassVar[str] = "branch_match"
    trunk: str
    seq: int
    seed: str | None = None


@dataclass(frozen=True, slots=True)
class SupersedeMatch:
    """The facilitator gives up a match for a branch of it; asked for over HTTP."""

    type: ClassVar[str] = "supersede_match"
    branch: str


Command = (
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
    | EndMatch
    | PassDeadline
    | MakeUpOutage
    | BranchMatch
    | SupersedeMatch
)
