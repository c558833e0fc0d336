"""Measure what one round of each scenario costs with all dynamics, in processor time.

    python -m tests.load.round_speed [--rounds 300]
    python -m tests.load.round_speed --beside FOLDER [--turns 6]

All dynamics: fog at q = 0.9, drawn for every observer and observed; an escrow pact with a transfer
in every arena; the whole deck of injects in force; every rival pair in crisis at first, with its
arena; incidents, standing and the index. Orders are drawn from a seed. Prints a line a scenario,
with the medians of its rounds in microseconds: to resolve a round, which is to score all orders at
once, and the whole way from the last order to the next round's opening: resolve, fold, open. The
largest scenario comes last.

beside: the bare round of two here and in another checkout, which may be as old as a66fe294: a
process of its own each, in turns. Prints the medians of all turns, and their ratio.
"""

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from statistics import median

from game_rules import RULES_VERSION
from game_rules.chance import chance
from game_rules.games.stage_games import LIBRARY, Action
from game_rules.log.evolve import fold
from game_rules.log.position import Position
from game_rules.match.control import StartMatch
from game_rules.match.decide import create_match, decide
from game_rules.match.flow import end_phase
from game_rules.roles import THE_FACILITATOR
from game_rules.rounds.resolution import resolve_round
from game_rules.rulesets.chosen import RULESETS
from game_rules.scenario.pacts import Binding, Pact, PactTerms, Pledge, Transfer
from game_rules.scenario.scenario import Arena, PhaseSeconds, Scenario
from game_rules.scenario_files.scenarios import load_scenario, scenario_names
from tests.game_rules.rulesets.second.regions import CHN, USA, a_second
from tests.game_rules.scenes import an_arena

ROUNDS, FOG = 300, 0.9
TURNS, BARE_ROUNDS = 6, 2000
HERE = Path(__file__).parents[2]


def size(scenario: Scenario) -> int:
    """Count places at tables: what a round has to decide, pay and remember."""
    return sum(len(arena.members) for arena in scenario.arenas)


def costs(scenario: Scenario, rounds: int, version: int) -> Iterator[tuple[float, float]]:
    """Play rounds; give what each cost, in microseconds: to resolve, and all the way."""
    position = a_match(scenario, rounds, version)
    for number in range(1, rounds + 1):
        ordered = position.but(orders=orders(position, number), history=position.history[-12:])
        began = time.process_time_ns()
        resolve_round(ordered, 0)
        resolved = time.process_time_ns()
        _, position = end_phase(ordered, 0)
        yield (resolved - began) / 1000, (time.process_time_ns() - resolved) / 1000


def a_match(scenario: Scenario, rounds: int, version: int) -> Position:
    """Stand at the decision of round 1 of a scenario with all that can happen in it."""
    eventful = replace(
        scenario,
        rounds=rounds + 1,
        continuation=1.0,
        monitoring=FOG,
        seconds=PhaseSeconds(briefing=0, negotiation=0, decision=60, reveal=0),
        standing=replace(scenario.standing, tension_at_start=0.85),
        starts=tuple(replace(start, tension=0.85) for start in scenario.starts),
        deck=tuple(replace(inject, round=1, rounds=0) for inject in scenario.deck),
        pacts=tuple(pacts(scenario)),
    )
    lobby = fold(create_match(eventful, "7", None, 0, version))
    return fold(decide(lobby, StartMatch(), THE_FACILITATOR, 0), lobby)


def pacts(scenario: Scenario) -> Iterator[Pact]:
    """Make a pact of all members in every arena that lasts through every round."""
    for number, arena in enumerate(scenario.arenas, start=1):
        yield Pact(number, _terms(arena), 1, 10**6)


def _terms(arena: Arena) -> PactTerms:
    first, second, *_ = arena.members
    return PactTerms(
        parties=arena.members,
        pledges=tuple(Pledge(seat, arena.name, Action.C) for seat in arena.members),
        transfers=(Transfer(first, second, 0.5),),
        rounds=200,
        binding=Binding.ESCROW,
        stake=1.0,
    )


def orders(position: Position, number: int) -> dict:
    """Draw everybody's actions; two of three are C."""
    return {
        seat: {
            arena.name: Action.D if chance("7", seat, arena.name, number) < 1 / 3 else Action.C
            for arena in position.arenas_of(seat)
        }
        for seat in position.scenario.seats
    }


def bare() -> Scenario:
    """Make a game of two with nothing beside it, which every version of the rules plays alike."""
    return a_second((an_arena("dilemma", (USA, CHN), LIBRARY["prisoners_dilemma"]),), {})


def cases() -> Iterator[tuple[str, Scenario, int]]:
    """Yield what is measured: its name, the scenario, and the version of the rules."""
    for version in sorted(RULESETS):
        yield f"bare, rules {version}", bare(), version
    for name in sorted(scenario_names(), key=lambda each: size(load_scenario(each))):
        yield name, load_scenario(name), RULES_VERSION


def compare(there: Path, turns: int) -> None:
    """Print what the bare rounds cost in another checkout and in this one."""
    pairs = [(bare_costs(there), bare_costs(HERE)) for _ in range(turns)]
    each_there, each_here = (list(zip(*costs, strict=True)) for costs in zip(*pairs, strict=True))
    print(f"{'bare round of two':28} {'there':>8} {'here':>8} {'ratio':>8}")
    for name, then, now in zip(("fog and a pact", "neither"), each_there, each_here, strict=True):
        ratio = median(now) / median(then)
        print(f"{name:28} {median(then):>8.1f} {median(now):>8.1f} {ratio:>8.3f}")


def bare_costs(checkout: Path) -> list[float]:
    """Measure the bare rounds of a checkout in a process of its own, in microseconds."""
    script = str(HERE / "tests" / "load" / "bare_round.py")
    played = subprocess.run(
        [sys.executable, "-P", script, str(BARE_ROUNDS)],
        env={**os.environ, "PYTHONPATH": str(checkout)},
        capture_output=True,
        text=True,
        check=True,
    )
    return [float(line) for line in played.stdout.split()]


def main(arguments: list[str]) -> None:
    """Print the table, or the comparison."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--beside", type=Path, metavar="FOLDER", help="another checkout")
    parser.add_argument("--turns", type=int, default=TURNS)
    asked = parser.parse_args(arguments)
    if asked.beside is None:
        table(asked.rounds)
    elif (asked.beside / "game_rules").is_dir():
        compare(asked.beside.resolve(), asked.turns)
    else:
        parser.error(f"{asked.beside} is no checkout: it has no folder game_rules")


def table(rounds: int) -> None:
    """Print what a round costs, a line a scenario."""
    print(f"{'scenario':28} {'places':>6} {'resolve':>8} {'whole':>8}")
    for name, scenario, version in cases():
        resolve, whole = map(median, zip(*costs(scenario, rounds, version), strict=True))
        print(f"{name:28} {size(scenario):>6} {resolve:>8.0f} {whole:>8.0f}")


if __name__ == "__main__":
    main(sys.argv[1:])
