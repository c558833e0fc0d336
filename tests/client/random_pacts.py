"""Matches in which pacts are concluded every round, and then kept or broken at random."""

import random
from dataclasses import replace

from game_rules.games.stage_games import Action
from game_rules.log.events import Event, Phase
from game_rules.log.evolve import fold
from game_rules.match import commands as c
from game_rules.match.decide import create_match
from game_rules.roles import THE_FACILITATOR, Actor, PersonId, Role, Seat
from game_rules.scenario.scenario import MissingOrder, PhaseSeconds, Press
from tests.client.random_matches import random_scenario_of, random_terms, tried


def pact_log(seed: int, version: int = 1) -> tuple[Event, ...]:
    """Play a match to its end. People hold the seats; what they ask for is drawn."""
    played = _Match(random.Random(seed), f"pacts {seed}", version)
    while not played.position.is_over:
        if played.position.phase is Phase.NEGOTIATION:
            for _ in range(played.draw.randint(0, 3)):
                played.conclude_a_pact()
        elif played.position.phase is Phase.DECISION:
            played.give_orders()
        played.go_on()
    return tuple(played.log)


class _Match:
    def __init__(self, draw: random.Random, seed: str, version: int) -> None:
        scenario = replace(
            random_scenario_of(version, draw),
            rounds=6,
            seconds=PhaseSeconds(20, 20, 20, 20),
            continuation=1.0,
            press=draw.choice((Press.FULL, Press.PUBLIC)),
            missing_order=tuple(MissingOrder),
        )
        self.draw = draw
        self.log = list(create_match(scenario, seed, None, 0, version))
        self.position = fold(self.log)
        for seat in scenario.seats:
            self._ask(c.TakeSeat(seat, seat.title()), _holder(seat))
        self._ask(c.StartMatch(), THE_FACILITATOR)

    def conclude_a_pact(self) -> None:
        """Propose what is drawn, and have all parties accept; some terms are refused."""
        terms = random_terms(
            self.draw, self.position, self.draw.choice(self.position.scenario.seats)
        )
        self._ask(c.Propose(self.position.round, terms), _holder(terms.parties[0]))
        for proposal in self.position.proposals:
            for party in proposal.terms.parties[1:]:
                answer = c.AnswerProposal(self.position.round, proposal.number, accepts=True)
                self._ask(answer, _holder(party))

    def give_orders(self) -> None:
        """Order anything everywhere."""
        for seat in self.position.scenario.seats:
            arenas = self.position.arenas_of(seat)
            actions = {arena.name: self.draw.choice(tuple(Action)) for arena in arenas}
            self._ask(c.SaveOrder(self.position.round, actions), _holder(seat))

    def go_on(self) -> None:
        """Open the next phase."""
        self._ask(c.SkipPhase(self.position.round, self.position.phase), THE_FACILITATOR)

    def _ask(self, command: c.Command, actor: Actor) -> None:
        events = tried(self.position, command, actor, 0)
        self.log += events
        self.position = fold(events, self.position)


def _holder(seat: Seat) -> Actor:
    return Actor(Role.PLAYER, seat, PersonId(f"person_{seat}"))
