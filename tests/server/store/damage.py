"""Databases with matches, and pages of them that are overwritten."""

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from random import Random

from game_rules.bots.bot_match import play_bot_match
from game_rules.records.codec import dumps
from game_rules.scenario_files.scenarios import load_scenario
from server.database import sqlite_path, store_for
from server.store.event_store import MatchId, NewEvent
from server.store.queries import MatchProgress, Queries
from tests.fakes import fresh_database

PAGE = 4096
MATCHES = 12
CHUNK = 7
"""Events of one match that are appended at a time, so that pages hold events of several."""

Logs = Mapping[MatchId, list[str]]


async def many_matches(folder: Path) -> tuple[Path, Logs]:
    """Store matches that were played beside each other; every second one is not over."""
    url = fresh_database(folder)
    logs = {MatchId(f"match-{number:02}"): _log(number) for number in range(MATCHES)}
    store = store_for(url)
    await store.open()
    queries = Queries(store)
    for number, match in enumerate(logs):
        await queries.create_match(match, "stag_hunt", "Stag hunt", 3, 1000 + number)
    for start in range(0, max(map(len, logs.values())), CHUNK):
        for match, log in logs.items():
            if chunk := log[start : start + CHUNK]:
                first = NewEvent(chunk[0], "bot", f"c{start}")
                await store.append(match, start, [first, *map(NewEvent, chunk[1:])])
    progress = (MatchProgress(match, "decision", 1, 2, _is_over(match)) for match in logs)
    await queries.update_summaries(progress)
    await queries.write_heartbeat(5000)
    await store.close()
    return sqlite_path(url), logs


def _log(number: int) -> list[str]:
    """Play a match of bots; its first event, with the scenario, fills several pages."""
    scenario = load_scenario(("stag_hunt", "chicken", "south_china_sea")[number % 3])
    scenario = replace(scenario, rounds=3)
    log = play_bot_match(scenario, dict.fromkeys(scenario.seats, "tit_for_tat"), str(number))
    return [dumps(event) for event in (log[: len(log) * 2 // 3] if number % 2 else log)]


def _is_over(match: MatchId) -> bool:
    return int(match[-2:]) % 2 == 0


def damaged(whole: bytes, page: int, kind: str) -> bytes:
    """Overwrite a page, from 0, or a part of it. kind: of DAMAGES."""
    start, draw = page * PAGE, Random(f"{page} {kind}")
    old = whole[start : start + PAGE]
    new = {
        "zeros": bytes(PAGE),
        "ones": b"\xff" * PAGE,
        "random": draw.randbytes(PAGE),
        "half": old[: PAGE // 2] + draw.randbytes(PAGE // 2),
        "sector": old[:3072] + bytes(512) + old[3584:],
    }[kind]
    return whole[:start] + new + whole[start + PAGE :]


DAMAGES = ("zeros", "ones", "random", "half", "sector")


def overflow_pages(whole: bytes) -> list[int]:
    """Find the pages that hold what is too long for one page."""
    pages = range(1, len(whole) // PAGE)
    return [page for page in pages if whole[page * PAGE] not in (2, 5, 10, 13)]


def pages_of(path: Path, name: str) -> list[int]:
    """Find the root page of a table or an index, from 0, and those that it points to."""
    with closing(sqlite3.connect(path)) as connection:
        query = "SELECT rootpage FROM sqlite_master WHERE name = ?"
        (root,) = connection.execute(query, (name,)).fetchone()
    whole = path.read_bytes()
    return [root - 1, *_children(whole, root - 1)]


def _children(whole: bytes, page: int) -> list[int]:
    """Read the pages that an interior page points to, as SQLite's file format says."""
    start = page * PAGE
    if whole[start] not in (2, 5):
        return []
    cells = int.from_bytes(whole[start + 3 : start + 5])
    places = [start + 12 + 2 * cell for cell in range(cells)]
    left = [start + int.from_bytes(whole[place : place + 2]) for place in places]
    return [int.from_bytes(whole[place : place + 4]) - 1 for place in (*left, start + 8)]
