"""A person alone among bots, in this process: the bots do what they do on a server."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from game_rules.bots.casts import DOCTRINES
from game_rules.bots.orders import order_of_bot
from game_rules.chance import chance
from game_rules.errors import RuleViolation
from game_rules.games.stage_games import C
from game_rules.log.events import Event, MessageSaid, Phase
from game_rules.log.evolve import fold
from game_rules.log.position import Position
from game_rules.log.sentences import Arguments, Sentence
from game_rules.match import commands as c
from game_rules.match.decide import create_match, step
from game_rules.match.visibility import redact
from game_rules.roles import THE_FACILITATOR, Actor, PersonId, Role, Seat, seated
from game_rules.scenario.pacts import Binding, PactTerms, Pledge
from game_rules.scenario.scenario import Scenario
from server.hosting.bot_runner import BotRunner


@dataclass
class Solo:
    """A match under way. asks: whether the person puts a sentence to a bot in each round.

    whispers: what differs in a second run: the person chooses and says in secret something else.
    """

    scenario: Scenario
    seed: str
    asks: bool = True
    whispers: bool = False
    refused: list[str] = field(default_factory=list)
    unanswered: list[MessageSaid] = field(default_factory=list)

    def __post_init__(self) -> None:
        seats = self.scenario.seats
        self.mine = seats[int(chance(self.seed, "mine") * len(seats))]
        self.bots = {
            seat: DOCTRINES[int(chance(self.seed, "cast", seat) * len(DOCTRINES))]
            for seat in seats
            if seat != self.mine
        }
        self.log: list[Event] = list(create_match(self.scenario, self.seed, None, 0))
        self.position: Position = fold(self.log)
        self._runner, self._known = BotRunner(), 0
        self._do(c.TakeSeat(self.mine, "Ann"), Actor(Role.PLAYER, None, PersonId("ann")))
        for seat, name in self.bots.items():
            self._do(c.SeatBot(seat, name), THE_FACILITATOR)
        self._do(c.StartMatch(), THE_FACILITATOR)

    def play(self) -> "Solo":
        """Play to the end."""
        while not self.position.is_over:
            self.play_phase()
        return self

    def play_phase(self) -> None:
        """Do what the open phase is for, then be ready."""
        self.settle()
        position = self.position
        if position.phase is Phase.NEGOTIATION:
            self._negotiate()
        if position.phase is Phase.DECISION and position.arenas_of(self.mine):
            self._order()
            return
        self.say(c.SetReady(position.round, position.phase, True))
        self.settle()

    def settle(self) -> None:
        """Let the bots act until none of them does."""
        while self._known < len(self.log):
            new, self._known = self.log[self._known :], len(self.log)
            self._runner.follow(lambda: self.log, new, self.position)
            for seat, command in tuple(self._due()):
                self._do(command, Actor(Role.PLAYER, seat))

    def say(self, command: c.Command) -> None:
        """Do something for the person."""
        self._do(command, Actor(Role.PLAYER, self.mine, PersonId("ann")))

    def seen_by(self, seat: Seat) -> list[Event]:
        """Give what a seat was shown."""
        shown = (redact(event, seated(seat), self.scenario) for event in self.log)
        return [event for event in shown if event is not None]

    @property
    def words(self) -> list[MessageSaid]:
        """What bots said."""
        return [x for x in self.log if isinstance(x, MessageSaid) and x.sender in self.bots]

    def _negotiate(self) -> None:
        """Ask somebody, and accept what is proposed; a second run does it in secret elsewhere."""
        position = self.position
        for arena in position.arenas_of(self.mine)[:1] if self.asks else ():
            bot = next(seat for seat in arena.members if seat != self.mine)
            about = Arguments(bot, arena.name)
            self._ask(c.SaySentence((bot,), Sentence.ASK, about), bot)
            if self.whispers:
                self._ask(c.SaySentence((bot,), Sentence.THREATEN, about), bot)
            self._propose(arena.name, bot)
        for proposal in self.position.proposals:
            if self.mine in proposal.terms.parties and self.mine not in proposal.accepted:
                self.say(c.AnswerProposal(position.round, proposal.number, True))
                self.settle()

    def _propose(self, arena: str, bot: Seat) -> None:
        """Propose what a bot seldom signs as it is: the system plays both for four rounds."""
        pledges = tuple(Pledge(seat, arena, C) for seat in (self.mine, bot))
        terms = PactTerms((self.mine, bot), pledges, (), 4, Binding.EXECUTED)
        self.say(c.Propose(self.position.round, terms))
        self.settle()

    def _ask(self, command: c.SaySentence, bot: Seat) -> None:
        self.say(command)
        asked, start = self.log[-1], len(self.log)
        self.settle()
        answers = [x for x in self.log[start:] if isinstance(x, MessageSaid) and x.sender == bot]
        if not any(set(x.room) == {bot, self.mine} for x in answers):
            assert isinstance(asked, MessageSaid)
            self.unanswered.append(asked)

    def _order(self) -> None:
        name = "defector" if self.whispers else "liberal"
        order = order_of_bot(fold(self.seen_by(self.mine)), self.mine, name, self.seed)
        self.say(c.SaveOrder(order.round, order.actions, is_ready=True))
        self.settle()

    def _due(self) -> Iterator[tuple[Seat, c.Command]]:
        terms = self._runner.due_words(self.position)
        words = (*self._runner.due_talk(self.position, is_bargaining_done=not terms), *terms)
        return iter(words or self._runner.due_orders(self.position))

    def _do(self, command: c.Command, actor: Actor) -> None:
        try:
            events, self.position = step(self.position, command, actor, 0)
        except RuleViolation as refusal:
            self.refused.append(f"{command.type}: {refusal}")
            return
        self.log += events
