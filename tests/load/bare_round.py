"""Print what a bare round of two costs in processor time: with fog and a pact, and with neither.

It is run by its path with a checkout's folder as PYTHONPATH, and plays whatever rules are there:
it uses only what every version since rules 1 has. `round_speed --beside` runs it in two checkouts.
"""

import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from statistics import median

from game_rules.chance import chance
from game_rules.games.stage_games import Action
from game_rules.log.evolve import fold
from game_rules.log.position import Position
from game_rules.match.control import StartMatch
from game_rules.match.decide import create_match, decide
from game_rules.match.flow import end_phase
from game_rules.roles import THE_FACILITATOR, Seat
from game_rules.scenario.pacts import Binding, Pact, PactTerms, Pledge, Transfer
from game_rules.scenario.scenario import PhaseSeconds, Scenario
from game_rules.scenario_files.scenarios import load_scenario

PARAMETERS = ("standing", "consequences")


def played(scenario: Scenario, rounds: int) -> Iterator[float]:
    """Play rounds; give what each cost from its last order to the next one's opening, in µs."""
    (arena,) = scenario.arenas
    position = begun(replace(scenario, rounds=rounds + 1))
    for number in range(rounds):
        orders = {seat: {arena.name: drawn(seat, number)} for seat in arena.members}
        ordered = position.but(orders=orders, history=position.history[-12:])
        began = time.process_time_ns()
        _, position = end_phase(ordered, 0)
        yield (time.process_time_ns() - began) / 1000


def drawn(seat: Seat, number: int) -> Action:
    """Draw an action; two of three are C."""
    return Action.D if chance("7", seat, number) < 1 / 3 else Action.C


def begun(scenario: Scenario) -> Position:
    """Stand at the decision of round 1."""
    lobby = fold(create_match(scenario, "7", None, 0))
    return fold(decide(lobby, StartMatch(), THE_FACILITATOR, 0), lobby)


def bare() -> Scenario:
    """Take the shipped dilemma with the rules' own parameters; without waiting, fog and pacts."""
    shipped = load_scenario("prisoners_dilemma")
    own = {name: type(getattr(shipped, name))() for name in PARAMETERS if hasattr(shipped, name)}
    seconds = PhaseSeconds(briefing=0, negotiation=0, decision=60, reveal=0)
    return replace(shipped, seconds=seconds, **own)


def with_fog_and_pact(scenario: Scenario) -> Scenario:
    """Let a tenth be seen wrongly, and both pledge C for a stake, with a transfer."""
    (arena,) = scenario.arenas
    pledges = tuple(Pledge(seat, arena.name, Action.C) for seat in arena.members)
    transfers = (Transfer(*arena.members, 0.5),)
    terms = PactTerms(arena.members, pledges, transfers, 200, Binding.ESCROW, 1.0)
    return replace(scenario, monitoring=0.9, pacts=(Pact(1, terms, 1, 10**6),))


if __name__ == "__main__":
    for case in (with_fog_and_pact(bare()), bare()):
        print(median(played(case, int(sys.argv[1]))))
