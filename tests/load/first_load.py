"""How long a phone in a slow room takes to join and to play a round, and how long it is deaf.

    uv run python -m tests.load.first_load [--runs 5] [--locale ur-PK] [--busy]

Chromium at 390 × 844 with an empty cache. First the line gives 400 kbit/s and answers after 400 ms,
from the join link to the name field. Then the processor is four times as slow, from the join link
to the seats, and from the home page through a match alone to its second round. Prints medians in
seconds, and for each step the longest task of the main thread, in milliseconds, beside what it may
take: for that long the page answers nobody. Run it when nothing else runs; or with `--busy`, which
counts the processor's time of each task, four times, and leaves the slow line and the seconds out.
"""

import argparse
import asyncio
import json
import os
import statistics
import tempfile
import time
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, CDPSession, Locator, Page, async_playwright, expect

from tests.e2e.chromium import FLAGS, chromium
from tests.e2e.unhurried import UnhurriedServer
from tests.live_server import ServerProcess

KBITS, DELAY_MS, TIMES_SLOWER = 400, 400, 4
LONGEST_TASK_MS, NAME_FIELD_S = 200, 3
PATIENCE_MS = 60_000
REVEAL_MS = 7_000
"""A reveal is staged for six seconds at most."""
LANGUAGES = Path("client/web/src/i18n/languages")
TRACED, MARK = ["toplevel", "blink.user_timing"], "step: "
LONG_TASKS = """
window.longTasks = [];
new PerformanceObserver((list) => {
  for (const task of list.getEntries()) window.longTasks.push(task.duration);
}).observe({ type: "longtask", buffered: true });
"""
Figures = dict[str, float]
Way = Callable[[Page], AsyncGenerator[str]]


@asynccontextmanager
async def a_phone(
    browser: Browser, url: str, locale: str
) -> AsyncGenerator[tuple[Page, CDPSession]]:
    """Open a page with an empty cache that counts its long tasks."""
    context = await browser.new_context(
        base_url=url, viewport={"width": 390, "height": 844}, locale=locale, has_touch=True
    )
    context.set_default_timeout(PATIENCE_MS)
    page = await context.new_page()
    await page.add_init_script(LONG_TASKS)
    yield page, await context.new_cdp_session(page)
    await context.close()


async def on_a_slow_line(browser: Browser, server: ServerProcess, locale: str) -> Figures:
    """Time the way from the join link to the name field."""
    link = await a_join_link(server)
    async with a_phone(browser, server.url, locale) as (page, line):
        await line.send("Network.enable")
        bytes_a_second = KBITS * 1000 / 8
        limits = {"offline": False, "latency": DELAY_MS}
        rates = {"downloadThroughput": bytes_a_second, "uploadThroughput": bytes_a_second}
        await line.send("Network.emulateNetworkConditions", {**limits, **rates})
        began = time.perf_counter()
        await page.goto(link, wait_until="commit")
        await page.get_by_label(word(locale, "join.name")).wait_for()
        return {"name field, slow line, s": time.perf_counter() - began}


async def on_a_slow_processor(browser: Browser, server: ServerProcess, locale: str) -> Figures:
    """Time joining and playing a round, and find the longest task of each step."""
    figures: Figures = {}
    for way in await ways(server, locale):
        async with a_phone(browser, server.url, locale) as (page, line):
            await line.send("Emulation.setCPUThrottlingRate", {"rate": TIMES_SLOWER})
            began = time.perf_counter()
            async for step in way(page):
                figures[f"{step}, slow processor, s"] = time.perf_counter() - began
                figures[f"{step}: longest task, ms"] = await longest_task(page)
    return figures


async def on_a_busy_machine(browser: Browser, server: ServerProcess, locale: str) -> Figures:
    """Find the task of each step that would cost a processor four times as slow most."""
    figures: Figures = {}
    for way in await ways(server, locale):
        async with a_phone(browser, server.url, locale) as (page, _):
            await browser.start_tracing(page=page, categories=TRACED)
            async for step in way(page):
                await page.evaluate("(mark) => void performance.mark(mark)", MARK + step)
            trace = json.loads(await browser.stop_tracing())["traceEvents"]
        for step, cost in costs_by_step(trace).items():
            figures[f"{step}: longest task, ms"] = TIMES_SLOWER * cost
    return figures


async def ways(server: ServerProcess, locale: str) -> tuple[Way, Way]:
    """Give what a phone does: join a match, and play a round alone."""
    link = await a_join_link(server)

    def button(page: Page, key: str) -> Locator:
        return page.get_by_role("button", name=word(locale, key), exact=True)

    async def join(page: Page) -> AsyncGenerator[str]:
        await page.goto(link)
        field = page.get_by_label(word(locale, "join.name"))
        await field.wait_for()
        yield "name field"
        await field.fill("Ada")
        await page.keyboard.press("Enter")
        await page.locator("li button, article button").first.wait_for()
        yield "seats"

    async def play(page: Page) -> AsyncGenerator[str]:
        await page.goto("/")
        await button(page, "home.play.now").wait_for()
        yield "home"
        await button(page, "home.play.now").tap()
        await page.locator("button.choice").first.wait_for(state="attached")
        await page.wait_for_load_state("networkidle")
        yield "match"
        await button(page, "ready.done").tap()
        await button(page, "ready.locked").wait_for()
        yield "decision"
        await _choose(page, by_touch=True)
        yield "first choice"
        for _ in range(await page.locator("[data-choice]").count() - 1):
            await page.keyboard.press("n")
            await _choose(page, by_touch=False)
        yield "other choices"
        await button(page, "ready.locked").tap()
        await button(page, "ready.next.round").wait_for()
        await page.wait_for_timeout(REVEAL_MS)
        yield "reveal"
        await button(page, "ready.next.round").tap()
        await button(page, "ready.done").wait_for()
        yield "next round"

    return join, play


async def _choose(page: Page, *, by_touch: bool) -> None:
    """Cooperate on the card in sight."""
    here = page.locator("[data-choice][aria-current=true]")
    arena = await here.get_attribute("data-choice")
    choice = page.locator(f"[data-arena='{arena}'] .choice.cooperate")
    await (choice.tap() if by_touch else page.keyboard.press("c"))
    await expect(choice).to_have_attribute("aria-pressed", "true", timeout=PATIENCE_MS)
    await expect(choice).not_to_have_attribute("aria-busy", "true", timeout=PATIENCE_MS)


def word(locale: str, key: str) -> str:
    """Give what the interface says in a language."""
    file = LANGUAGES / f"{locale.partition('-')[0]}.json"
    return str(json.loads(file.read_text(encoding="utf-8"))["words"][key])


async def longest_task(page: Page) -> float:
    """Give the longest task since the last asking; tasks under 50 ms count as none."""
    return float(await page.evaluate("Math.max(0, ...window.longTasks.splice(0))"))


def costs_by_step(trace: list[dict[str, Any]]) -> Figures:
    """Give the most processor time of a task before each mark, in milliseconds, from a trace."""
    marks = [event for event in trace if event["name"].startswith(MARK)]
    thread = (marks[0]["pid"], marks[0]["tid"])
    tasks = [
        event
        for event in trace
        if event["name"].endswith("RunTask") and (event["pid"], event["tid"]) == thread
    ]
    costs, since = {}, 0
    for mark in sorted(marks, key=lambda event: event["ts"]):
        during = [task.get("tdur", 0) for task in tasks if since <= task["ts"] < mark["ts"]]
        costs[mark["name"].removeprefix(MARK)], since = max(during, default=0) / 1000, mark["ts"]
    return costs


async def a_join_link(server: ServerProcess) -> str:
    """Make a match and give the way to its join page."""
    asked: dict[str, Any] = {"scenario": "south_china_sea"}
    match = await server.post("/api/matches", asked, await server.host_token())
    return f"/#/join/{match['code']}"


async def measure(runs: int, locale: str, *, is_busy: bool) -> None:
    """Print the medians of some runs, and whether each holds its bar."""
    path, environment = chromium()
    ways = [on_a_busy_machine] if is_busy else [on_a_slow_line, on_a_slow_processor]
    taken: list[Figures] = []
    with tempfile.TemporaryDirectory() as folder:
        async with UnhurriedServer(Path(folder)) as server, async_playwright() as playwright:
            browser = await playwright.chromium.launch(
                executable_path=path, args=list(FLAGS), env={**os.environ, **environment}
            )
            for _ in range(runs):
                parts = [await way(browser, server, locale) for way in ways]
                taken.append({name: value for part in parts for name, value in part.items()})
            await browser.close()
    for name in taken[0]:
        print(line_of(name, statistics.median(run[name] for run in taken)))


def line_of(name: str, median: float) -> str:
    """Write a figure with its bar, where it has one, and whether it holds."""
    bars = {"name field, slow line, s": NAME_FIELD_S}
    bar = LONGEST_TASK_MS if name.endswith("longest task, ms") else bars.get(name)
    verdict = "" if bar is None else f" of {bar:3}  {'holds' if median <= bar else 'TOO LONG'}"
    return f"{name:30} {median:8.2f}{verdict}"


def main() -> None:
    """Read the arguments and measure."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--locale", default="en-GB")
    parser.add_argument("--busy", action="store_true")
    asked = parser.parse_args()
    asyncio.run(measure(asked.runs, asked.locale, is_busy=asked.busy))


if __name__ == "__main__":
    main()
