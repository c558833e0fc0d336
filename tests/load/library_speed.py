"""How long lists take with 100,000 stored matches: the library and its filters, and other lists.

    uv run python -m tests.load.library_speed [--matches N] [--runs N] [--postgres] [--browser]
                                              [--pairs]

A database is filled with rows: matches of 16 scenarios over two years, three in four in classes of
25, one of 20 a rehearsal, the last 20 in progress, with tags. Then `detente serve` answers each
list so many times. Milliseconds on the wall: median and the 90th percentile. --postgres: also on
a PostgreSQL of its own. --browser: the pages in Chromium, from going there until the rows of the
list are drawn, and from a change of a filter. --pairs: also each two filters together; the slowest
are printed.
"""

import argparse
import asyncio
import random
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator, Mapping
from itertools import combinations, product
from pathlib import Path
from typing import Any

import httpx
from playwright.async_api import Page, async_playwright
from sqlalchemy import Connection, insert
from sqlmodel import SQLModel

from game_rules.records.digest import DIGEST_VERSION
from game_rules.standing.incidents import Concept
from game_rules.standing.integration import Outlook
from server.database import migration_engine
from server.store import tables
from server.tournaments import store
from server.tournaments.store import FileTables
from tests.e2e.chromium import FLAGS, chromium
from tests.fakes import fresh_database
from tests.live_server import ServerProcess
from tests.postgres import running_postgres
from tests.server.tournament_scenes import a_spec

SCENARIOS, CLASS, REHEARSALS, IN_PROGRESS, TOURNAMENTS, AT_ONCE = 16, 25, 20, 20, 200, 5_000
NOW_MS, TWO_YEARS_MS = 1_795_000_000_000, 2 * 365 * 24 * 3_600_000
LISTS = {
    "start page": "/api/matches?most=10",
    "all matches that are listed": "/api/matches",
    "seminars": "/api/seminars",
    "tournaments": "/api/tournaments",
    "what there is to filter by": "/api/library/filters",
    "library": "/api/library",
    "library, a late page": "/api/library?after={late}",
}
FILTERED = {
    "scenario": "scenario=scenario_3",
    "a scenario that nobody played": "scenario=none",
    "date": "since_ms=1760000000000&until_ms=1765000000000",
    "seats": "seats=6",
    "outlook": "outlook=pessimistic",
    "incident": "incident=brink",
    "breach": "breach=true",
    "in progress": "standing=in_progress",
    "class": "class=Class 17",
    "a part of every class": "class=class",
    "one seminar": "seminar=s17",
    "rehearsals included": "rehearsals=with",
    "rehearsals alone": "rehearsals=only",
    "tag of a third of all": "tag=common",
    "tag of ten": "tag=rare",
    "no tag": "tag=none",
    "several": "scenario=scenario_3&outlook=optimistic&incident=crisis&breach=false&seats=6",
    "several that no match is": "outlook=optimistic&incident=leverage&seats=99&tag=common",
}

FACETS = {
    "scenario": ("scenario=scenario_3", "scenario=none"),
    "since": ("since_ms=1760000000000", "since_ms=1794990000000"),
    "until": ("until_ms=1765000000000", "until_ms=1"),
    "seats": ("seats=6", "seats=99"),
    "standing": ("standing=in_progress", "standing=ended"),
    "outlook": ("outlook=pessimistic",),
    "incident": ("incident=brink", "incident=leverage"),
    "breach": ("breach=true", "breach=false"),
    "class": ("class=Class 17", "class=class", "class=nobody"),
    "seminar": ("seminar=s17", "seminar=s0"),
    "rehearsals": ("rehearsals=with", "rehearsals=only"),
    "tag": ("tag=common", "tag=tag 7", "tag=rare", "tag=none"),
}
"""Of each filter what many matches are, few, and none; two of them together are a pair."""
SLOWEST, RUNS_OF_A_PAIR = 8, 5


def rows(matches: int) -> Iterator[tuple[type[SQLModel], dict[str, Any]]]:
    """Make the rows of a database, the same every time."""
    draw = random.Random(18)
    for number in range(matches // CLASS):
        yield tables.SeminarRow, _seminar(number)
    for number in range(matches):
        name, is_over = f"m{number:07}", number < matches - IN_PROGRESS
        yield tables.MatchRow, _match(draw, name, number, matches, is_over=is_over)
        yield tables.EventRow, {"match_id": name, "seq": 1, "payload": "{}"}
        if number % 4:
            of = f"s{number // CLASS}"
            yield tables.SeminarMatchRow, {"match_id": name, "seminar_id": of, "number": number}
        tags = ["common"] if number % 3 == 0 else [f"tag {number % 150}"]
        for tag in [*tags, *(["rare"] if number % (matches // 10) == 0 else [])]:
            yield tables.TagRow, {"match_id": name, "tag": tag}


def _seminar(number: int) -> dict[str, Any]:
    return {
        "id": f"s{number}",
        "code": f"s{number}",
        "name": f"Class {number}",
        "scenario": "south_china_sea",
        "seed": "0" * 64,
        "bot": "random",
        "treatments": "[]",
        "created_at_ms": NOW_MS - number * 1_000,
        "is_rehearsal": number % REHEARSALS == 1,
    }


def _match(
    draw: random.Random, name: str, number: int, of: int, *, is_over: bool
) -> dict[str, Any]:
    scenario, seats = draw.randrange(SCENARIOS), draw.choice((2, 2, 4, 6, 6, 8))
    incidents = " ".join(x for x in Concept if draw.random() < 0.2)
    digest = {
        "ended_at_ms": NOW_MS,
        "outlook": draw.choice([x.value for x in Outlook]),
        "incidents": f" {incidents} " if incidents else "",
        "breaches": draw.choice((0, 0, 1, 4)),
        "digest_version": DIGEST_VERSION,
    }
    known = digest if is_over else {**dict.fromkeys(digest), "digest_version": 0}
    return {
        "id": name,
        "code": name,
        "scenario": f"scenario_{scenario}",
        "title": f"Scenario {scenario}",
        "created_at_ms": NOW_MS - TWO_YEARS_MS + number * (TWO_YEARS_MS // of),
        "rounds": 8,
        "round": 8 if is_over else 2,
        "phase": "debrief" if is_over else "decision",
        "seats_held": seats,
        "seminar_id": f"s{number // CLASS}" if number % 4 else None,
        "is_over": is_over,
        "seats": seats,
        **known,
    }


def fill(url: str, matches: int) -> None:
    """Fill a migrated database."""
    with migration_engine(url).begin() as connection:
        waiting: dict[type[SQLModel], list[dict[str, Any]]] = {}
        for kind, row in rows(matches):
            waiting.setdefault(kind, []).append(row)
            if len(waiting[kind]) >= AT_ONCE:
                _write(connection, waiting)
        _write(connection, waiting)
    kept = FileTables(url)
    for number in range(TOURNAMENTS):
        kept.change(store.enter(a_spec(seed=str(number)), 1, number))
        kept.change(store.halt(a_spec(seed=str(number)).id, store.STOPPED))


def _write(connection: Connection, waiting: dict[type[SQLModel], list[dict[str, Any]]]) -> None:
    """Write what waits, each table after those to which it refers."""
    for table in SQLModel.metadata.sorted_tables:
        for kind, found in waiting.items():
            if kind.__tablename__ == table.name and found:
                connection.execute(insert(kind), found)
                found.clear()


async def timed(runs: int, work: Callable[[], Awaitable[object]]) -> list[float]:
    """Do something so often, and once before; give the milliseconds of each."""
    await work()
    took = []
    for _ in range(runs):
        begun = time.perf_counter()
        await work()
        took.append(1000 * (time.perf_counter() - begun))
    return took


def told(what: str, took: list[float]) -> None:
    """Print a line of the table."""
    late = sorted(took)[int(0.9 * (len(took) - 1))]
    print(f"{what:44} {statistics.median(took):7.1f} {late:7.1f}", flush=True)


def pairs() -> Iterator[str]:
    """Yield each two filters together."""
    for one, other in combinations(FACETS.values(), 2):
        yield from ("&".join(both) for both in product(one, other))


async def measure(server: ServerProcess, asked: argparse.Namespace) -> None:
    """Ask a server for each list."""
    async with httpx.AsyncClient(base_url=server.url, timeout=60) as client:
        answer = await client.post("/api/host", json={"secret": server.secret})
        client.headers["authorization"] = f"Bearer {answer.json()['token']}"
        late = f"{NOW_MS - TWO_YEARS_MS + 1_000_000_000}-m"
        filtered = {f"library by {x}": f"/api/library?{y}" for x, y in FILTERED.items()}
        print(f"{'over HTTP':44} {'median':>7} {'p90':>7}  ms")
        for what, path in {**LISTS, **filtered}.items():
            told(what, await timed(asked.runs, _asking(client, path.format(late=late))))
        if asked.pairs:
            await measure_pairs(client)
    if asked.browser:
        await measure_pages(server, asked.runs)


def _asking(client: httpx.AsyncClient, path: str) -> Callable[[], Awaitable[object]]:
    async def ask() -> None:
        (await client.get(path)).raise_for_status()

    return ask


async def measure_pairs(client: httpx.AsyncClient) -> None:
    """Ask for each pair of filters, and print the slowest."""
    took = {
        pair: await timed(RUNS_OF_A_PAIR, _asking(client, f"/api/library?{pair}"))
        for pair in pairs()
    }
    print(f"the slowest of {len(took)} pairs of filters")
    for pair in sorted(took, key=lambda x: statistics.median(took[x]))[-SLOWEST:]:
        told(pair, took[pair])


PAGES: Mapping[str, str] = {
    "library": "#/library",
    "library by outlook": "#/library?outlook=contested",
    "library by class and tag": "#/library?class=class&tag=common",
    "library by five filters": "#/library?scenario=scenario_3&outlook=optimistic&seats=6"
    "&incident=crisis&breach=false",
    "seminars": "#/seminars",
    "tournaments": "#/tournaments",
    "start page": "#/",
}
DRAWN = """([hash, row]) => new Promise((done) => {
  const main = document.querySelector("main"), begun = performance.now();
  const look = () => main.querySelector(row) && requestAnimationFrame(() =>
    setTimeout(() => { watch.disconnect(); done(performance.now() - begun); }));
  const watch = new MutationObserver(look);
  watch.observe(main, { subtree: true, childList: true });
  location.hash = hash;
})"""
"""Go to a page, and wait until it is drawn with a row of its list; give the milliseconds."""
CHOSEN = """([name, value]) => new Promise((done) => {
  const field = [...document.querySelectorAll("form.filters select")].find((each) =>
    [...each.options].some((x) => x.value === name));
  const main = document.querySelector("main");
  const first = () => main.querySelector(".things > li")?.textContent;
  const before = first(), begun = performance.now();
  const look = () => first() && first() !== before && requestAnimationFrame(() =>
    setTimeout(() => { watch.disconnect(); done(performance.now() - begun); }));
  const watch = new MutationObserver(look);
  watch.observe(main, { subtree: true, childList: true, characterData: true });
  field.value = value;
  field.dispatchEvent(new Event("change", { bubbles: true }));
})"""
"""Choose a value of the field that offers it, or nothing, and wait for other rows; give the ms."""
CHOICES = ("ended", "contested", "brink", "true", "rare")
ROW = ".things > li, tbody tr"
ROWS: Mapping[str, str] = {"#/seminars": ".things > li", "#/": "#past ~ * tbody tr"}


async def measure_pages(server: ServerProcess, runs: int) -> None:
    """Go to each page in Chromium, whose code is loaded already."""
    program, environment = chromium()
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=program, env={**environment}, args=FLAGS
        )
        page = await browser.new_page()
        await page.goto(f"{server.url}/#/host/{server.secret}")
        await page.wait_for_selector("#past")
        print(f"{'in Chromium':44} {'median':>7} {'p90':>7}  ms")
        for what, address in PAGES.items():
            told(what, await _visits(page, address, runs))
        await page.evaluate(DRAWN, ["#/library", ROW])
        for value in CHOICES:
            told(f"library, {value} is chosen", await _choices(page, value, runs))
        await browser.close()


async def _choices(page: Page, value: str, runs: int) -> list[float]:
    took = []
    for _ in range(runs + 1):
        took.append(await page.evaluate(CHOSEN, [value, value]))
        await page.evaluate(CHOSEN, [value, ""])
    return took[1:]


async def _visits(page: Page, address: str, runs: int) -> list[float]:
    row = ROWS.get(address, ROW)
    took = []
    for _ in range(runs + 1):
        await page.evaluate("location.hash = '#/learn-nothing'")
        await page.wait_for_function("() => !document.querySelector('main :is(.things, tbody)')")
        took.append(await page.evaluate(DRAWN, [address, row]))
    return took[1:]


async def main() -> None:
    """Fill, serve, measure, and print tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--matches", type=int, default=100_000)
    parser.add_argument("--runs", type=int, default=15)
    parser.add_argument("--postgres", action="store_true")
    parser.add_argument("--browser", action="store_true")
    parser.add_argument("--pairs", action="store_true")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        await _on(fresh_database(Path(place)), Path(place), asked)
    if asked.postgres:
        with running_postgres() as postgres, tempfile.TemporaryDirectory() as place:
            url = await asyncio.to_thread(postgres.fresh)
            await _on(url, Path(place), asked)


async def _on(url: str, folder: Path, asked: argparse.Namespace) -> None:
    begun = time.perf_counter()
    await asyncio.to_thread(fill, url, asked.matches)
    kind = url.partition(":")[0]
    print(f"{kind}: {asked.matches} matches, filled in {time.perf_counter() - begun:.0f} s")
    async with ServerProcess(folder, database=url) as server:
        await measure(server, asked)


if __name__ == "__main__":
    asyncio.run(main())
