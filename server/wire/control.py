"""The commands around the table: delegations, autopilots, injects. A part of `frames`."""

from typing import Annotated, Literal

from pydantic import Field

from game_rules.log import commands as c
from game_rules.match.seating import LONGEST_NAME
from game_rules.roles import PersonId, Seat
from game_rules.rounds.inject_effects import (
    LARGEST_PARAMETER,
    LONGEST_TEXT,
    LONGEST_TITLE,
    MOST_EFFECTS,
    MOST_INJECT_ROUNDS,
)
from game_rules.scenario.injects import (
    BIMATRIX_PARAMETERS,
    COLLECTIVE_PARAMETERS,
    Inject,
    InjectEffect,
)
from server.wire.fields import ArenaName, Frame, Id, RoundNumber, SeatCode, WireActions

InjectName = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
_PARAMETERS = "|".join((*COLLECTIVE_PARAMETERS, *BIMATRIX_PARAMETERS))


class PassPen(Frame):
    type: Literal["pass_pen"]
    person: Id

    def to_rules(self) -> c.Command:
        return c.PassPen(PersonId(self.person))


class Reseat(Frame):
    type: Literal["reseat"]
    person: Id
    seat: SeatCode
    name: Annotated[str, Field(max_length=LONGEST_NAME)] = ""

    def to_rules(self) -> c.Command:
        return c.Reseat(PersonId(self.person), Seat(self.seat), self.name)


class RemovePerson(Frame):
    type: Literal["remove_person"]
    person: Id

    def to_rules(self) -> c.Command:
        return c.RemovePerson(PersonId(self.person))


class EngageAutopilot(Frame):
    type: Literal["engage_autopilot"]
    seat: SeatCode

    def to_rules(self) -> c.Command:
        return c.EngageAutopilot(Seat(self.seat))


class ReleaseAutopilot(Frame):
    type: Literal["release_autopilot"]
    seat: SeatCode

    def to_rules(self) -> c.Command:
        return c.ReleaseAutopilot(Seat(self.seat))


class WireEffect(Frame):
    arena: ArenaName
    parameter: Annotated[str, Field(pattern=f"^({_PARAMETERS})$")]
    change: Annotated[
        float, Field(ge=-LARGEST_PARAMETER, le=LARGEST_PARAMETER, allow_inf_nan=False)
    ]
    member: SeatCode | None = None

    def to_rules(self) -> InjectEffect:
        member = None if self.member is None else Seat(self.member)
        return InjectEffect(self.arena, self.parameter, float(self.change), member)


class WireInject(Frame):
    """News, from the deck as it stands there or written on the spot."""

    name: InjectName
    title: Annotated[str, Field(min_length=1, max_length=LONGEST_TITLE)]
    text: Annotated[str, Field(min_length=1, max_length=LONGEST_TEXT)]
    rounds: Annotated[int, Field(ge=0, le=MOST_INJECT_ROUNDS)]
    effects: Annotated[tuple[WireEffect, ...], Field(strict=False, max_length=MOST_EFFECTS)] = ()
    round: RoundNumber | None = None

    def to_rules(self) -> Inject:
        effects = tuple(effect.to_rules() for effect in self.effects)
        return Inject(self.name, self.title, self.text, self.rounds, effects, self.round)


class OpenInject(Frame):
    type: Literal["open_inject"]
    inject: WireInject

    def to_rules(self) -> c.Command:
        return c.OpenInject(self.inject.to_rules())


class CloseInject(Frame):
    type: Literal["close_inject"]
    name: InjectName

    def to_rules(self) -> c.Command:
        return c.CloseInject(self.name)


class OrderFor(Frame):
    type: Literal["order_for"]
    seat: SeatCode
    round: RoundNumber
    actions: WireActions

    def to_rules(self) -> c.Command:
        return c.OrderFor(Seat(self.seat), self.round, self.actions)
