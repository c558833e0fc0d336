"""How fast a replay opens and moves in Chromium: a long match on a phone, and a crowd.

    uv run python -m tests.load.replay_speed [--moves 200] [--busy]

Bots play SEATO (8 seats) for 40 rounds, in words too, and a hundred seats play Chicken for 10
rounds; each record is opened from its file. The long match is opened on a wide screen, from the
file to the slider, and scrubbed on a phone (390 × 844) with the processor four times as slow; the
crowd is scrubbed on a wide screen at full speed. A move is one step of the slider: its script, the
styles and the layout. Prints milliseconds beside what they may be. Run it when nothing else runs;
or with `--busy`, which counts the processor's time of the page and multiplies it, for a machine
that does other things too.
"""

import argparse
import asyncio
import os
import statistics
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from itertools import cycle
from pathlib import Path
from typing import NamedTuple

from playwright.async_api import Browser, CDPSession, Page, ViewportSize, async_playwright

from game_rules.bots.bot_match import play_bot_match
from game_rules.records.record import write_record
from game_rules.scenario.pairings import Pairing
from game_rules.scenario.populations import population
from game_rules.scenario.scenario import Scenario
from game_rules.scenario_files.scenarios import load_scenario
from game_rules.strategies import strategies
from tests.e2e.chromium import FLAGS, chromium
from tests.live_server import ServerProcess

ROUNDS, CROWD, CROWD_ROUNDS = 40, 100, 10
TIMES_SLOWER = 4
OPENING_MS, MOVE_MS, CROWD_MOVE_MS = 1_000, 50, 16
PATIENCE_MS = 120_000
PHONE: ViewportSize = {"width": 390, "height": 844}
WIDE: ViewportSize = {"width": 1366, "height": 768}
MOVE = """async (share) => {
  const slider = document.querySelector("input[type=range]");
  const began = performance.now();
  slider.valueAsNumber = Math.round(1 + share * (Number(slider.max) - 1));
  slider.dispatchEvent(new Event("input", { bubbles: true }));
  await new Promise((done) => queueMicrotask(() => queueMicrotask(done)));
  document.body.getBoundingClientRect();
  return performance.now() - began;
}"""
QUIET = "() => new Promise((done) => requestIdleCallback(done, { timeout: 2000 }))"


class Figure(NamedTuple):
    """What was measured, in milliseconds, and what it may be."""

    name: str
    value: float
    bar: float

    def __str__(self) -> str:
        """Write it with its verdict."""
        verdict = "holds" if self.value <= self.bar else "TOO LONG"
        return f"{self.name:44} {self.value:8.1f} of {self.bar:6.0f}  {verdict}"


def records(folder: Path) -> Iterator[Path]:
    """Play the two matches; give their files."""
    seato = replace(load_scenario("seato_1954_1977"), rounds=ROUNDS)
    yield _record(folder / "long.jsonl", seato)
    pair = replace(load_scenario("chicken"), rounds=CROWD_ROUNDS)
    yield _record(folder / "crowd.jsonl", population(pair, CROWD, Pairing.RANDOM, "7"))


def _record(file: Path, scenario: Scenario) -> Path:
    doctrines = cycle(bot.name for bot in strategies() if bot.doctrine is not None)
    cast = dict(zip(scenario.seats, doctrines, strict=False))
    file.write_text(write_record(play_bot_match(scenario, cast, "7", speak=True), "test"))
    return file


async def opened(page: Page, file: Path) -> float:
    """Open a record from its file; give the milliseconds until it can be walked through."""
    await page.goto("/#/replay/file")
    chooser = page.locator("input[type=file]")
    await chooser.wait_for(state="attached")
    began = time.perf_counter()
    await chooser.set_input_files(file)
    await page.locator("input[type=range]").wait_for()
    taken = 1000 * (time.perf_counter() - began)
    await page.evaluate(QUIET)
    return taken


async def scrubbed(page: Page, line: CDPSession | None, moves: int) -> list[float]:
    """Walk through a replay in so many moves; give the milliseconds of each.

    line: to the page; with it the processor's time is counted, without it the clock's.
    """
    costs = []
    for move in range(moves):
        before = await _spent_ms(line)
        clock = float(await page.evaluate(MOVE, move / (moves - 1)))
        costs.append(clock if line is None else await _spent_ms(line) - before)
        await page.evaluate(QUIET)
    return costs


async def _spent_ms(line: CDPSession | None) -> float:
    if line is None:
        return 0
    told = await line.send("Performance.getMetrics")
    return 1000 * next(x["value"] for x in told["metrics"] if x["name"] == "ThreadTime")


async def measure(browser: Browser, server: ServerProcess, moves: int, *, is_busy: bool) -> None:
    """Print what opening and scrubbing take."""
    with tempfile.TemporaryDirectory() as folder:
        long, crowd = records(Path(folder))
        for name, file, size, slower, bar in (
            ("40 rounds, 8 seats", long, WIDE, 1, MOVE_MS),
            ("40 rounds, 8 seats, slow phone", long, PHONE, TIMES_SLOWER, MOVE_MS),
            ("100 seats", crowd, WIDE, 1, CROWD_MOVE_MS),
        ):
            context = await browser.new_context(base_url=server.url, viewport=size)
            context.set_default_timeout(PATIENCE_MS)
            page = await context.new_page()
            line = await context.new_cdp_session(page)
            await line.send("Performance.enable", {"timeDomain": "threadTicks"})
            taken = await opened(page, file)
            if slower == 1:
                print(Figure(f"{name}: opened", taken, OPENING_MS))
            else:
                rate = 1 if is_busy else slower
                await line.send("Emulation.setCPUThrottlingRate", {"rate": rate})
            times = slower if is_busy else 1
            costs = [
                times * cost for cost in await scrubbed(page, line if is_busy else None, moves)
            ]
            costs.sort()
            print(Figure(f"{name}: a move, median", statistics.median(costs), bar))
            print(Figure(f"{name}: a move, 95 of 100", costs[int(0.95 * len(costs))], bar))
            await context.close()


async def run(moves: int, *, is_busy: bool) -> None:
    """Start a server and a browser, and measure."""
    path, environment = chromium()
    with tempfile.TemporaryDirectory() as folder:
        async with ServerProcess(Path(folder)) as server, async_playwright() as playwright:
            browser = await playwright.chromium.launch(
                executable_path=path, args=list(FLAGS), env={**os.environ, **environment}
            )
            await measure(browser, server, moves, is_busy=is_busy)
            await browser.close()


def main() -> None:
    """Read the arguments and measure."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--moves", type=int, default=200)
    parser.add_argument("--busy", action="store_true")
    asked = parser.parse_args()
    asyncio.run(run(asked.moves, is_busy=asked.busy))


if __name__ == "__main__":
    main()
