"""How long the page of a tournament of a thousand entrants takes in Chromium.

    uv run python -m tests.load.large_page [--runs 5]

A result with matrices of random figures and a hundred ties an entrant is kept, and `detente serve`
shows it. From going to the page until all standings are there, and until the picture of all pairs
is drawn: medians, in seconds on the wall, and of the processors of server and page. The first run
also loads what the server and the browser load once.
"""

import argparse
import asyncio
import os
import statistics
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np
from playwright.async_api import Page, async_playwright

from server.tournaments import store
from server.tournaments.store import FileTables
from tests.e2e.chromium import FLAGS, chromium
from tests.fakes import fresh_database
from tests.live_server import ServerProcess
from tests.server.tournament_scenes import a_spec, played

ENTRANTS, TIES = 1_000, 100
PATIENCE_MS = 120_000
DRAWN = """() => {
  const picture = document.querySelector("canvas");
  if (!picture || picture.width !== %d) return false;
  return new Set(picture.getContext("2d").getImageData(0, 0, 99, 99).data).size > 3;
}"""


def keep_a_large_one(folder: Path) -> str:
    """Keep a result of so many entrants; give the tournament's id."""
    few = played(a_spec(turns=5, repetitions=2))
    spec = a_spec(turns=5, repetitions=2, entrants=[*few["entrants"]] * (ENTRANTS // 4))
    draw = np.random.default_rng(1)
    shares = draw.random((ENTRANTS, ENTRANTS))
    document: dict[str, Any] = {
        **few,
        "id": spec.id,
        "entrants": list(spec.entrants),
        "payoff_matrix": (5 * shares).tolist(),
        "cooperation_matrix": shares.tolist(),
        "wins_matrix": (shares > 0.5).astype(float).tolist(),
        "standings": [_standing(few, rank, list(spec.entrants)) for rank in range(ENTRANTS)],
    }
    fresh_database(folder)
    tables = FileTables(f"sqlite:///{folder}/detente.sqlite3")
    tables.change(store.enter(spec, 1, 0))
    tables.change(store.finish(spec.id, document, 0))
    return spec.id


def _standing(few: dict[str, Any], rank: int, names: list[str]) -> dict[str, Any]:
    like = few["standings"][0]
    tied = {"tied_with": names[:TIES], "tied_places": [*range(rank % TIES)]}
    return {**like, "rank": rank + 1, "place": rank, **tied}


def processor_s(process: int) -> float:
    """Return the seconds of the processor that a process has used."""
    *_, told = Path(f"/proc/{process}/stat").read_text().rpartition(")")
    user, system = told.split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


async def open_once(page: Page, server: ServerProcess, tournament: str) -> tuple[float, ...]:
    """Open the page; give seconds to its standings and to its picture, and of the server."""
    await page.goto("about:blank")
    spent_s, began_s = processor_s(server.child.pid), time.monotonic()
    await page.goto(f"{server.url}/#/tournament/{tournament}")
    rows = f"() => document.querySelectorAll('tbody tr').length >= {ENTRANTS}"
    await page.wait_for_function(rows, timeout=PATIENCE_MS)
    standings_s = time.monotonic() - began_s
    await page.wait_for_function(DRAWN % ENTRANTS, timeout=PATIENCE_MS)
    return standings_s, time.monotonic() - began_s, processor_s(server.child.pid) - spent_s


async def measure(runs: int) -> None:
    """Print one line a run, and the medians."""
    path, environment = chromium()
    with tempfile.TemporaryDirectory() as name:
        tournament = keep_a_large_one(Path(name))
        async with async_playwright() as driver, ServerProcess(Path(name)) as server:
            browser = await driver.chromium.launch(
                executable_path=path, args=list(FLAGS), env={**os.environ, **environment}
            )
            page, seen = await browser.new_page(), []
            for run in range(1, runs + 1):
                seen.append(await open_once(page, server, tournament))
                print(f"run {run}", _line(seen[-1]), flush=True)
            print("median", _line(tuple(map(statistics.median, zip(*seen, strict=True)))))
            await browser.close()


def _line(seconds: tuple[float, ...]) -> str:
    standings_s, picture_s, server_s = seconds
    return f"standings {standings_s:.2f} s, picture {picture_s:.2f} s, server {server_s:.2f} s CPU"


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--runs", type=int, default=5)
    asyncio.run(measure(parser.parse_args().runs))
