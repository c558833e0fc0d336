"""Matches in which everything happens: every kind of move and pact, news, an early end."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from game_rules.bots.bot_match import BotTable
from game_rules.bots.negotiators import Negotiator
from game_rules.chance import chance
from game_rules.games.stage_games import C, D
from game_rules.log.events import Event
from game_rules.log.position import Position
from game_rules.match.clock import EndMatch
from game_rules.match.control import CloseInject, OpenInject
from game_rules.match.orders import MakeMove, SaveOrder
from game_rules.match.pacts import AnswerProposal, Propose
from game_rules.roles import THE_FACILITATOR, Actor, Role, Seat
from game_rules.rulesets.chosen import ruleset_of
from game_rules.scenario.moves import Move, MoveKind
from game_rules.scenario.pacts import Binding, PactTerms, Pledge, Transfer
from game_rules.scenario.scenario import Scenario

CASTS = ("realist", "liberal", "constructivist", "hedger", "diplomat", "random", "grudger")
WAYWARD, MOVING, DEALING, ENDING = 0.15, 0.7, 0.8, 0.02
OPENING, CLOSING = 0.3, 0.15

Thing = TypeVar("Thing")


NEAR_A_CRISIS = 0.75


def wild_match(scenario: Scenario, seed: int) -> tuple[Event, ...]:
    """Play a match of mixed bots, of whom chance makes more than they would do.

    With an odd seed all rivals begin just below a crisis.
    """
    if seed % 2:
        tense = tuple(replace(start, tension=NEAR_A_CRISIS) for start in scenario.starts)
        scenario = replace(scenario, starts=tense)
    return WildTable(scenario, str(seed)).play()


class WildTable(BotTable):
    """Bots that move, sign and stray by chance, and a facilitator with news."""

    def __init__(self, scenario: Scenario, seed: str) -> None:
        size = len(CASTS)
        cast = {seat: CASTS[int(chance(seed, "cast", seat) * size)] for seat in scenario.seats}
        super().__init__(scenario, cast, seed, version=2)

    def bargain(self) -> None:
        shown = len(self.log)
        self._tell_news()
        for place in range(2):
            if self._luck("deal", place) < DEALING:
                self._conclude(place)
        self.show(shown)
        super().bargain()

    def decide(self) -> None:
        is_first = self.position.round == 1
        super().decide()
        if not self.position.is_over and not is_first and self._luck("stop") < ENDING:
            self.do(EndMatch(), THE_FACILITATOR)

    def order(self, negotiator: Negotiator, seen: Position) -> SaveOrder:
        order = super().order(negotiator, seen)
        strayed = {
            arena: D if action is C else C
            for arena, action in order.actions.items()
            if self._luck("stray", negotiator.seat, arena) < WAYWARD
        }
        return replace(order, actions={**order.actions, **strayed})

    def move(self, negotiator: Negotiator, seen: Position) -> MakeMove | None:
        if self._luck("move", negotiator.seat) > MOVING:
            return super().move(negotiator, seen)
        seat = negotiator.seat
        joins = [x for x in self._open_to(seat, MoveKind.DIVERSIFY) if not x.seats]
        options = joins or self._open_to(seat, self._one(list(MoveKind), "kind", seat))
        return MakeMove(seen.round, self._one(options, "which", seat)) if options else None

    def _open_to(self, seat: Seat, name: MoveKind) -> list[Move]:
        """List a seat's moves of a kind; few may ever join an arena, so who may does."""
        kinds = ruleset_of(self.position).kinds
        options = kinds[name].options(self.position, seat)
        return [x for x in options if kinds.objection(self.position, seat, x) is None]

    def _tell_news(self) -> None:
        for inject in self.position.scenario.deck:
            known = {x.inject.name: x.is_closed for x in self.position.injects}
            if inject.name not in known and self._luck("open", inject.name) < OPENING:
                names = [arena.name for arena in self.position.arenas]
                if all(effect.arena in names for effect in inject.effects):
                    self.do(OpenInject(inject), THE_FACILITATOR)
            elif known.get(inject.name) is False and self._luck("close", inject.name) < CLOSING:
                self.do(CloseInject(inject.name), THE_FACILITATOR)

    def _conclude(self, place: int) -> None:
        """Let some members of an arena conclude a pact."""
        terms = self._terms(place)
        self.do(Propose(self.position.round, terms), Actor(Role.PLAYER, terms.parties[0]))
        number = self.position.proposals[-1].number
        for seat in terms.parties[1:]:
            answer = AnswerProposal(self.position.round, number, accepts=True)
            self.do(answer, Actor(Role.PLAYER, seat))

    def _terms(self, place: int) -> PactTerms:
        arena = self._one(self.position.arenas, "arena", place)
        left = [x for x in arena.members if self._luck("party", place, x) < 0.5]
        parties = tuple(left if len(left) > 1 else arena.members[:2])
        binding = self._one(list(Binding), "binding", place)
        pledges = tuple(
            Pledge(x, arena.name, D if self._luck("pledge", place, x) < 0.2 else C) for x in parties
        )
        gift = Transfer(parties[0], parties[1], 0.25 + self._luck("gift", place))
        return PactTerms(
            parties=parties,
            pledges=pledges,
            transfers=(gift,) if self._luck("gives", place) < 0.3 else (),
            rounds=1 + int(3 * self._luck("rounds", place)),
            binding=binding,
            stake=1.0 + self._luck("stake", place) if binding is Binding.ESCROW else 0.0,
            is_conditional=self._luck("conditional", place) < 0.5,
        )

    def _one(self, things: Sequence[Thing], *question: str | int) -> Thing:
        return things[int(self._luck("one", *question) * len(things))]

    def _luck(self, *question: str | int | Seat) -> float:
        return chance(self._seed, "wild", self.position.round, *question)
