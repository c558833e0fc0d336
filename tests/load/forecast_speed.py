"""Measure what continuations cost: a forecast, the moments of a match, and one *what if*.

    python -m tests.load.forecast_speed [--runs 100] [--from 4] [--whole 10000]

South China Sea, eight rounds, a doctrine on every seat, one core, in processor time. Prints the
milliseconds of one run of a forecast with and without talk, and from them the seconds that 10,000
runs take on two cores; then the seconds for the moments, and the milliseconds for the median
*what if* of one order. Reading the match comes first and is printed apart. --whole plays so many
runs without talk as the command does, in two processes, and prints the seconds that pass from
their start to the last run, and the processor time that both spent: half of it passes on a quiet
machine.
"""

import argparse
import time
from collections.abc import Callable
from dataclasses import replace
from resource import RUSAGE_CHILDREN, getrusage
from statistics import median

from game_rules.bots.bot_match import play_bot_match
from game_rules.bots.casts import DOCTRINES
from game_rules.continuations.choices import choices_of, judged, judged_choice, moments
from game_rules.continuations.forecast import outset_of, runs_of
from game_rules.continuations.trunk import trunk_of
from game_rules.scenario_files.scenarios import load_scenario
from server.cli.match.forecast import play_runs
from server.engines import processes

CORES, MANY = 2, 10_000


def spent_ms(work: Callable[[], object]) -> float:
    """Return the processor time of a piece of work."""
    began = time.process_time_ns()
    work()
    return (time.process_time_ns() - began) / 1e6


def main() -> None:
    """Measure, and print a line a figure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=100)
    parser.add_argument("--from", dest="number", type=int, default=4)
    parser.add_argument("--whole", type=int, default=0)
    asked = parser.parse_args()
    scenario = replace(load_scenario("south_china_sea"), continuation=0.9, least_rounds=8)
    cast = {x: DOCTRINES[n % len(DOCTRINES)] for n, x in enumerate(scenario.seats)}
    log = play_bot_match(scenario, cast, "7")
    trunk = trunk_of(log)
    print(f"reading the match: {spent_ms(lambda: trunk_of(log)):.0f} ms, {trunk.rounds} rounds")
    for has_talk in (True, False):
        outset = outset_of(trunk, asked.number, {}, has_talk=has_talk)
        runs_of(outset, "warm", 1, 5)
        each = spent_ms(lambda outset=outset: runs_of(outset, "7", 1, asked.runs)) / asked.runs
        words = "with talk" if has_talk else "without talk"
        whole = each * MANY / CORES / 1000
        print(f"a run from round {asked.number} {words}: {each:.1f} ms; {MANY:,}: {whole:.0f} s")
    if asked.whole:
        began = time.perf_counter()
        play_runs(outset, "7", asked.whole, processes(CORES), lambda _: None)
        passed, own = time.perf_counter() - began, getrusage(RUSAGE_CHILDREN)
        spent = own.ru_utime + own.ru_stime
        print(f"{asked.whole:,} runs in two processes: {passed:.1f} s passed, {spent:.1f} s spent")
        return
    every = [*choices_of(trunk)]
    print(f"moments: {spent_ms(lambda: moments(judged(trunk))) / 1000:.2f} s, {len(every)} choices")
    some = every[:: max(1, len(every) // 20)]
    asked_ms = [spent_ms(lambda each=each: judged_choice(trunk, each)) for each in some]
    print(f"one what if: {median(asked_ms):.0f} ms, at most {max(asked_ms):.0f} ms")


if __name__ == "__main__":
    main()
