"""`detente export --all` and rehearsals: left out and told, or added and marked."""

import asyncio
import csv
from dataclasses import replace
from pathlib import Path

import pytest

from game_rules.log.events import Event
from game_rules.records.codec import dumps
from server.access.grants import SeminarId
from server.database import store_for
from server.seminars.seminar import Seminar, SeminarMatch
from server.seminars.store import SeminarStore
from server.store.event_store import MatchId, NewEvent
from server.store.queries import MatchProgress, Queries
from tests.fakes import fresh_database
from tests.server.cli.conftest import Run

ALL = ("export", "--all", "--format", "csv", "--output", "out", "--database")


@pytest.fixture
def url(tmp_path: Path, log: tuple[Event, ...]) -> str:
    """A match of a class that was a rehearsal, and one of no class."""
    made = fresh_database(tmp_path)
    keep_match(made, "trial", log, "Trial")
    keep_match(made, "played", log)
    return made


def keep_match(url: str, name: str, log: tuple[Event, ...], rehearsal: str | None = None) -> None:
    """Store a match that has ended."""

    async def keep() -> None:
        store = store_for(url)
        await store.open()
        queries, match = Queries(store), MatchId(name)
        await queries.create_match(match, "south_china_sea", "Sea", 7, 1_000)
        await store.append(match, 0, [NewEvent(dumps(event)) for event in log])
        await queries.update_summaries([MatchProgress(match, "debrief", 8, 6, True)])
        if rehearsal is not None:
            of = Seminar(SeminarId(rehearsal), "", rehearsal, "sea", None, "s", None, "x", (), 1)
            seminars = SeminarStore(store)
            await seminars.create(replace(of, is_rehearsal=True))
            await seminars.add_matches(of.id, [SeminarMatch(match, "", 1, None)])
        await store.close()

    asyncio.run(keep())


def exported() -> dict[str, str]:
    """Give which matches were written, and whether each is marked as of a rehearsal."""
    with Path("out/matches.csv").open(encoding="utf8") as file:
        return {row["match"]: row["is_rehearsal"] for row in csv.DictReader(file)}


def test_all_is_without_rehearsals_and_says_so(detente: Run, url: str) -> None:
    ran = detente(*ALL, url)
    assert (ran.code, exported()) == (0, {"played": "0"})
    told = "detente: 1 match is of a rehearsal, and left out; add --rehearsals to export it too"
    assert told in ran.err.splitlines()


def test_rehearsals_are_added_and_marked(detente: Run, url: str) -> None:
    ran = detente(*ALL, url, "--rehearsals")
    assert (ran.code, exported()) == (0, {"played": "0", "trial": "1"})
    assert "rehearsal" not in ran.err


@pytest.mark.parametrize("named", [("--seminar", "Trial"), ("--match", "trial")])
def test_what_is_named_is_exported(detente: Run, url: str, named: tuple[str, str]) -> None:
    arguments = ("--format", "csv", "--output", "out", "--database", url)
    assert detente("export", *named, *arguments).code == 0
    assert exported() == {"trial": "1"}
    ran = detente("export", *named, *arguments, "--overwrite", "--rehearsals")
    assert (ran.code, "--rehearsals: it adds to --all" in ran.err) == (2, True)


def test_where_there_are_rehearsals_alone_the_switch_is_named(
    detente: Run, tmp_path: Path, log: tuple[Event, ...]
) -> None:
    alone = fresh_database(tmp_path)
    keep_match(alone, "trial", log, "Trial")
    ran = detente(*ALL, alone)
    assert (ran.code, ran.err.count("\n")) == (2, 1)
    assert "only matches of rehearsals have ended; add --rehearsals" in ran.err
