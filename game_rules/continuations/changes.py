"""Changes: the one thing that is otherwise in a continuation.

An order and a move are sealed, so nobody can react before the round is resolved. An answer, a
proposal and news are seen at once.
"""

from abc import ABC, abstractmethod
from dataclasses import dataclass, replace
from typing import ClassVar

from game_rules.games.stage_games import Action
from game_rules.log.events import InjectOpened, ProposalMade
from game_rules.log.position import Position
from game_rules.match.command import Command
from game_rules.match.control import OpenInject, OrderFor
from game_rules.match.orders import MakeMove, SaveOrder, TakeBackMove
from game_rules.match.pacts import AnswerProposal, CounterProposal, Propose
from game_rules.records.retrace import Retraced
from game_rules.roles import THE_FACILITATOR, Actor, Role, Seat
from game_rules.scenario.injects import Inject
from game_rules.scenario.moves import Move
from game_rules.scenario.pacts import PactTerms

Asked = tuple[Command, Actor]


@dataclass(frozen=True, slots=True)
class Counterfactual(ABC):
    """What is otherwise in one round.

    is_sealed: whether nobody sees it before the round's end. is_news: whether it may be as early as
    the round's opening.
    """

    is_sealed: ClassVar[bool] = False
    is_news: ClassVar[bool] = False
    round: int

    @abstractmethod
    def is_of(self, act: Retraced) -> bool:
        """Tell whether an act of the round is what changes."""

    @abstractmethod
    def turned(self, act: Retraced) -> Command | None:
        """Return what the act that changes becomes: another command, or none."""

    def added(self) -> Asked | None:
        """Return what is done where no act of the round is what changes; None if nothing is."""
        return None

    def withheld_by(self, act: Retraced) -> Seat | None:
        """Return who withholds a proposal, and may not make it a moment later. act: the last."""
        return None

    def prepared(self, position: Position) -> Position:
        """Return the position from which the continuation starts."""
        return position


@dataclass(frozen=True, slots=True)
class OrderChange(Counterfactual):
    """A seat plays another action in an arena."""

    is_sealed = True
    seat: Seat
    arena: str
    action: Action

    def is_of(self, act: Retraced) -> bool:
        match act.command:
            case SaveOrder(actions=actions):
                return act.actor.seat == self.seat and self.arena in actions
            case OrderFor(seat=seat, actions=actions):
                return seat == self.seat and self.arena in actions
        return False

    def turned(self, act: Retraced) -> Command:
        command = act.command
        assert isinstance(command, SaveOrder | OrderFor), "is_of has said so"
        return replace(command, actions={**command.actions, self.arena: self.action})

    def added(self) -> Asked:
        return SaveOrder(self.round, {self.arena: self.action}), Actor(Role.PLAYER, self.seat)


@dataclass(frozen=True, slots=True)
class MoveChange(Counterfactual):
    """A seat makes another move beside its orders, or none."""

    is_sealed = True
    seat: Seat
    move: Move | None

    def is_of(self, act: Retraced) -> bool:
        return act.actor.seat == self.seat and isinstance(act.command, MakeMove | TakeBackMove)

    def turned(self, act: Retraced) -> Command | None:
        is_made = isinstance(act.command, MakeMove)
        return MakeMove(self.round, self.move) if is_made and self.move is not None else None

    def added(self) -> Asked | None:
        if self.move is None:
            return None
        return MakeMove(self.round, self.move), Actor(Role.PLAYER, self.seat)


@dataclass(frozen=True, slots=True)
class AnswerChange(Counterfactual):
    """A seat accepts a proposal that it declined or answered with another, or declines it."""

    seat: Seat
    number: int
    accepts: bool

    def is_of(self, act: Retraced) -> bool:
        match act.command:
            case AnswerProposal(number=number) | CounterProposal(number=number):
                return (act.actor.seat, number) == (self.seat, self.number)
        return False

    def turned(self, act: Retraced) -> Command:
        return AnswerProposal(self.round, self.number, self.accepts)


@dataclass(frozen=True, slots=True)
class ProposalChange(Counterfactual):
    """A proposal has other terms, or is not made at all. number: what it went by."""

    number: int
    terms: PactTerms | None

    def is_of(self, act: Retraced) -> bool:
        return any(isinstance(x, ProposalMade) and x.number == self.number for x in act.events)

    def turned(self, act: Retraced) -> Command | None:
        command = act.command
        assert isinstance(command, Propose | CounterProposal), "nothing else makes a proposal"
        return None if self.terms is None else replace(command, terms=self.terms)

    def withheld_by(self, act: Retraced) -> Seat | None:
        return act.actor.seat if self.terms is None else None


@dataclass(frozen=True, slots=True)
class NewsOpened(Counterfactual):
    """An item of news is opened when a round begins."""

    inject: Inject

    def is_of(self, act: Retraced) -> bool:
        return False

    def turned(self, act: Retraced) -> Command:
        return act.command

    def added(self) -> Asked:
        return OpenInject(self.inject), THE_FACILITATOR


@dataclass(frozen=True, slots=True)
class NewsLeftOut(Counterfactual):
    """An item of news is not opened, by the deck or by the facilitator."""

    is_news = True
    name: str

    def is_of(self, act: Retraced) -> bool:
        return any(isinstance(x, InjectOpened) and x.inject.name == self.name for x in act.events)

    def turned(self, act: Retraced) -> Command | None:
        return None if isinstance(act.command, OpenInject) else act.command

    def prepared(self, position: Position) -> Position:
        scenario = position.scenario
        deck = tuple(each for each in scenario.deck if each.name != self.name)
        return position.but(scenario=replace(scenario, deck=deck))
