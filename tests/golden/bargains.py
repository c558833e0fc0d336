"""Matches in which every kind of pact is kept and broken, and every kind of move is made."""

from itertools import cycle

from tests.golden.matches import Table
from tests.golden.playing import START_MS
from tests.golden.project import (
    THE_FACILITATOR,
    Action,
    Actor,
    Binding,
    Move,
    MoveKind,
    PactTerms,
    PersonId,
    Pledge,
    Role,
    Scenario,
    Seat,
    Transfer,
    commands,
    create_match,
    events,
    moves_open_to,
)

C, D = Action.C, Action.D


def bargained_match(scenario: Scenario, first: int) -> Table:
    """Play a scenario with a person in each seat, to its end. first: where the cycles begin."""
    match = _Bargains(scenario, first)
    while not match.table.position.is_over:
        match.play_phase()
    return match.table


class _Bargains:
    def __init__(self, scenario: Scenario, first: int) -> None:
        self.table = Table(create_match(scenario, f"bargains {first}", 1.0, START_MS))
        self._now_ms, self._first = START_MS, first
        self._bindings = cycle((*tuple(Binding)[first % 4 :], *tuple(Binding)[: first % 4]))
        for seat in scenario.seats:
            sit = commands.TakeSeat(seat, f"Ms {seat}")
            self._ask(sit, Actor(Role.PLAYER, None, PersonId(seat.lower())))
        self._ask(commands.StartMatch(), THE_FACILITATOR)

    def play_phase(self) -> None:
        """Do what the open phase is for, then have it skipped."""
        position = self.table.position
        if position.phase is events.Phase.NEGOTIATION:
            self._bargain()
            self._found()
        elif position.phase is events.Phase.DECISION:
            self._move()
            self._order()
        position = self.table.position
        self._ask(commands.SkipPhase(position.round, position.phase), THE_FACILITATOR)

    def _bargain(self) -> None:
        """Conclude a pact in each arena; another one is countered, and that one declined."""
        position = self.table.position
        for arena in position.arenas:
            for one, other in zip(arena.members, arena.members[1:], strict=False):
                terms = self._terms(arena.name, one, other, next(self._bindings))
                self._propose(terms, other, accepts=True)
        one, other = position.arenas[0].members[:2]
        terms = self._terms(position.arenas[0].name, other, one, next(self._bindings))
        number = self._propose(terms, one, accepts=None)
        counter = self._terms(position.arenas[0].name, one, other, Binding.TREATY)
        self._by(one, commands.CounterProposal(position.round, number, counter))
        countered = self.table.log[-1]
        assert isinstance(countered, events.ProposalMade)
        self._by(other, commands.AnswerProposal(position.round, countered.number, False))

    def _terms(self, arena: str, one: Seat, other: Seat, binding: Binding) -> PactTerms:
        number = self.table.position.round
        pledges = (Pledge(one, arena, C), Pledge(other, arena, C if number % 3 else D))
        transfers = (Transfer(one, other, 0.5),) if number % 2 else ()
        stake = 1.5 if binding is Binding.ESCROW else 0.0
        return PactTerms((one, other), pledges, transfers, 2, binding, stake, number % 2 == 0)

    def _propose(self, terms: PactTerms, other: Seat, accepts: bool | None) -> int:
        number = self.table.position.round
        self._by(terms.parties[0], commands.Propose(number, terms))
        made = self.table.log[-1]
        assert isinstance(made, events.ProposalMade)
        if accepts is not None:
            self._by(other, commands.AnswerProposal(number, made.number, accepts))
        return made.number

    def _found(self) -> None:
        """Have two seats found an arena in the first round, and one find no partner in the next."""
        position = self.table.position
        arena = position.arenas[0]
        one, other = arena.members[:2]
        if position.round == 1:
            self._make(one, Move(MoveKind.DIVERSIFY, arena.name, None, (other,)))
            self._make(other, Move(MoveKind.DIVERSIFY, arena.name, None, (one,)))
        elif position.round == 2:
            self._make(one, Move(MoveKind.DIVERSIFY, arena.name, None, (other,)))

    def _move(self) -> None:
        """Have every seat make a move of another kind, every round another one."""
        position = self.table.position
        kinds = list(MoveKind)
        for place, seat in enumerate(position.scenario.seats):
            kind = kinds[(place + position.round + self._first) % len(kinds)]
            offers = [x.move for x in moves_open_to(position, seat) if x.move.kind is kind]
            if offers and seat not in position.moves:
                self._make(seat, offers[position.round % len(offers)])
        if self.table.position.moves and position.round % 2 == 0:
            self._by(next(iter(self.table.position.moves)), commands.TakeBackMove(position.round))

    def _order(self) -> None:
        """Have everybody order, so that pledges are kept and broken; some forecast."""
        position = self.table.position
        for place, seat in enumerate(position.scenario.seats):
            arenas = position.arenas_of(seat)
            actions = {
                arena.name: D if (place + position.round + self._first) % 4 == 0 else C
                for arena in arenas
            }
            for arena in arenas[:1]:
                seen = dict.fromkeys(arena.members, actions[arena.name])
                self._by(seat, commands.SaveForecast(position.round, arena.name, seen))
            self._by(seat, commands.SaveOrder(position.round, actions))

    def _make(self, seat: Seat, move: Move) -> None:
        self._by(seat, commands.MakeMove(self.table.position.round, move))

    def _by(self, seat: Seat, command: commands.Command) -> None:
        self._ask(command, Actor(Role.PLAYER, seat, PersonId(seat.lower())))

    def _ask(self, command: commands.Command, actor: Actor) -> None:
        self._now_ms += 250
        self.table.ask(command, actor, self._now_ms)
