"""How fast contests are played: in the kernel, in Python, exactly, and a whole big one.

    uv run python tests/load/contest_speed.py            everything, five runs each, under a minute
    uv run python tests/load/contest_speed.py --runs 3 --only kernel

Turns count once, whoever plays. `per core` is by the processor's clock of one thread, so that it
says little of what else the machine is doing; whole contests are by the clock on the wall, in a
process of their own, from start to stored result. Medians over the runs.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from game_rules.contests.chunks import play_chunk, split
from game_rules.contests.contest import Contest, round_robin
from game_rules.contests.exact import expect
from game_rules.contests.loop import replay_all
from game_rules.games.stage_games import LIBRARY
from game_rules.strategies import strategies

ROOT = Path(__file__).parents[2]
STEADY = ("tit_for_tat", "grudger", "win_stay_lose_shift", "alternator", "cooperator", "prober")
TOSSING = ("random", "first_by_joss", "gtft", "zd_extort_2", "firm_but_fair", "naive_prober")
SIXTEEN = (
    *("tit_for_tat", "tit_for_2_tats", "two_tits_for_tat", "suspicious_tit_for_tat", "grudger"),
    *("soft_grudger", "win_stay_lose_shift", "alternator", "cycler_ccd", "cooperator", "defector"),
    *("prober", "go_by_majority_5", "random", "first_by_joss", "gtft"),
)
CHEAP = ("gradual", "forgiver", "go_by_majority", "very_bad")
TURNS = 200


def contest(names: tuple[str, ...], **settings) -> Contest:
    """A round robin of the usual prisoner's dilemma."""
    return round_robin(LIBRARY["prisoners_dilemma"], names, **{"turns": TURNS, **settings})


def median(times: int, work: Callable[[], float]) -> float:
    """The median of what some work gives, after once for warmth."""
    work()
    return statistics.median(work() for _ in range(times))


def turns_in(played: Contest) -> float:
    """All turns of a contest."""
    return played.match_count * played.expected_turns()


def kernel_rate(played: Contest) -> float:
    """Turns a second of one core, by its own clock."""
    chunks, start = split(played), time.thread_time()
    for chunk in chunks:
        play_chunk(played, chunk)
    return turns_in(played) / (time.thread_time() - start)


def on_threads(played: Contest, threads: int) -> tuple[float, float]:
    """Turns a second on so many threads, by the clock on the wall and by the processor's."""
    chunks, wall, busy = split(played), time.perf_counter(), time.process_time()
    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(play_chunk, [played] * len(chunks), chunks))
    turns = turns_in(played)
    return turns / (time.perf_counter() - wall), turns / (time.process_time() - busy)


def python_rate(played: Contest) -> float:
    """Turns a second of Python bots, by one core's clock."""
    start = time.thread_time()
    for match in replay_all(played, range(played.match_count)):
        assert sum(match.counts) == TURNS
    return turns_in(played) / (time.thread_time() - start)


def exact_seconds() -> float:
    """Seconds on the wall for all expectations of sixteen table bots with noise."""
    start = time.perf_counter()
    expect(contest(SIXTEEN, noise=0.05))
    return time.perf_counter() - start


def big_contest() -> None:
    """Two hundred table bots, 100 repetitions, all statistics, stored; in a fresh process."""
    import numpy as np

    from game_rules.contests.ratings import bradley_terry
    from game_rules.contests.results import merge
    from game_rules.contests.standings import standings
    from game_rules.evolution.dynamics import replicator

    corners = LIBRARY["prisoners_dilemma"].row
    tables = [s.name for s in strategies() if s.table and s.table(corners).size <= 256]
    played = contest(tuple((tables * 3)[:200]), noise=0.01, repetitions=100, seed="big")
    chunks = split(played)
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        results = merge(played, pool.map(play_chunk, [played] * len(chunks), chunks))
    ranked = standings(results)
    strengths = bradley_terry(results.wins)
    finalists = [row.place for row in ranked[:8]]
    path = replicator(results.payoff_matrix[np.ix_(finalists, finalists)], np.full(8, 1 / 8), 100)
    with tempfile.TemporaryFile() as file:
        np.savez(
            file,
            counts=results.counts,
            payoffs=results.payoff_matrix,
            cooperation=results.cooperation_matrix,
            strengths=strengths,
            path=path,
        )
        os.fsync(file.fileno())
    print(f"{turns_in(played) / 1e6:.0f} million turns; first: {ranked[0].strategy}")


def wall_of(argument: str) -> float:
    """Seconds on the wall for this script's work in a process of its own."""
    start = time.perf_counter()
    command = [sys.executable, __file__, argument]
    subprocess.run(command, check=True, cwd=ROOT, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


def report_kernel(runs: int) -> None:
    for what, names, times in (
        ("table bots without coins, 1% noise", STEADY, 4000),
        ("table bots that toss coins, 1% noise", TOSSING, 2000),
        ("sixteen table bots, 1% noise", SIXTEEN, 600),
    ):
        played = contest(names, noise=0.01, repetitions=times)
        rate = median(runs, lambda played=played: kernel_rate(played))
        print(f"{what:45} {rate / 1e6:8.0f} million turns/s per core")
    report_threads(runs)


def report_threads(runs: int) -> None:
    """Scaling, twice: by the wall, which others' work spoils, and by what a turn costs."""
    played = contest(STEADY, noise=0.01, repetitions=40_000)
    on_threads(played, 2)
    one, two = ([on_threads(played, n) for _ in range(runs)] for n in (1, 2))
    (wall_1, cost_1), (wall_2, cost_2) = (
        (statistics.median(column) for column in zip(*runs_of, strict=True))
        for runs_of in (one, two)
    )
    print(f"{'one thread, on the wall':45} {wall_1 / 1e6:8.0f} million turns/s")
    scale = f"{wall_2 / wall_1:.2f} times one; by processor time {2 * cost_2 / cost_1:.2f}"
    print(f"{'two threads, on the wall':45} {wall_2 / 1e6:8.0f} million turns/s, {scale}")


def report_python(runs: int) -> None:
    for noise in (0.0, 0.01):
        played = contest(CHEAP, noise=noise, repetitions=200)
        rate = median(runs, lambda played=played: python_rate(played))
        print(f"{f'cheap Python bots, {noise:.0%} noise':45} {rate / 1e6:8.2f} million turns/s")


def report_exact(runs: int) -> None:
    seconds = median(runs, exact_seconds)
    print(f"{'sixteen table bots exactly, 5% noise':45} {seconds:8.3f} s for 136 pairs")


def report_big(runs: int) -> None:
    seconds = median(runs, lambda: wall_of("--big"))
    print(f"{'200 entrants, 100 repetitions, whole process':45} {seconds:8.2f} s")


REPORTS = {
    "kernel": report_kernel,
    "python": report_python,
    "exact": report_exact,
    "big": report_big,
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--only", choices=REPORTS)
    parser.add_argument("--big", action="store_true", help="play the big contest once, here")
    arguments = parser.parse_args()
    if arguments.big:
        big_contest()
        return
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, medians of {arguments.runs}")
    for name, report in REPORTS.items():
        if arguments.only in (None, name):
            report(arguments.runs)


if __name__ == "__main__":
    main()
