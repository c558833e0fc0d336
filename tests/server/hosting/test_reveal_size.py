"""What a reveal of the largest rooms is for one person, in bytes: phones share one network."""

from collections.abc import Callable

import pytest

from game_rules.games.stage_games import C
from game_rules.log.events import Event, Phase
from game_rules.log.evolve import fold
from game_rules.match import commands as c
from game_rules.match.command import Command
from game_rules.match.decide import create_match, step
from game_rules.records.codec import dumps
from game_rules.roles import THE_FACILITATOR, Actor, PersonId, Role, seated
from game_rules.scenario.pairings import Pairing
from game_rules.scenario.populations import LARGEST_POPULATION, population
from game_rules.scenario.scenario import Scenario
from game_rules.scenario_files.players import MOST_PLAYERS
from game_rules.scenario_files.scenarios import parse_scenario
from server.hosting.fanout import Fanout, LoggedEvent
from tests.server.edge.test_large_rooms import crowd, pair

ROUNDS = 3
MOST_BYTES = 60_000


def one_arena() -> Scenario:
    """Build the largest arena."""
    seats = [f"S{number:02}" for number in range(1, MOST_PLAYERS + 1)]
    return parse_scenario(crowd(seats, ROUNDS), "crowd.toml", "crowd")


def in_pairs() -> Scenario:
    """Build the largest class in pairs that are drawn again every round."""
    scenario = parse_scenario(pair(ROUNDS), "pair.toml", "pair")
    return population(scenario, LARGEST_POPULATION, Pairing.RANDOM, "7")


class Played:
    """A match of a scenario, in which everybody cooperates."""

    def __init__(self, scenario: Scenario) -> None:
        self.log: list[Event] = [*create_match(scenario, "7", 1.0, 0)]
        self.position = fold(self.log)
        for seat in scenario.seats:
            self._do(c.TakeSeat(seat, seat), Actor(Role.PLAYER, person=PersonId(seat)))
        self._do(c.StartMatch(), THE_FACILITATOR)

    def play(self) -> None:
        """Play a round, and open the next."""
        number = self.position.round
        for seat in self.position.scenario.seats:
            chosen = {arena.name: C for arena in self.position.arenas_of(seat)}
            order = c.SaveOrder(number, chosen, is_ready=True)
            self._do(order, Actor(Role.PLAYER, seat, PersonId(seat)))

    def _do(self, command: Command, actor: Actor) -> None:
        events, self.position = step(self.position, command, actor, 0)
        self.log += events

    def shown(self) -> list[LoggedEvent]:
        """Number the log as a host does."""
        return [LoggedEvent(n, event, dumps(event)) for n, event in enumerate(self.log, 1)]


@pytest.mark.slow
@pytest.mark.parametrize("build", [one_arena, in_pairs])
def test_a_reveal_of_the_largest_room_is_short_for_everybody(build: Callable[[], Scenario]):
    scenario = build()
    match, fanout = Played(scenario), Fanout(scenario)
    for _ in range(ROUNDS - 1):
        before = match.shown()
        match.play()
        assert match.position.phase is Phase.DECISION
        after = match.shown()
        for seat in scenario.seats[:3]:
            told = len(fanout.audience(seated(seat), before).payloads)
            texts = fanout.audience(seated(seat), after).payloads[told:]
            assert 1_000 < sum(map(len, texts)) < MOST_BYTES
