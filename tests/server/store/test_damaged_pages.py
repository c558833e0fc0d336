"""A damaged page costs the matches that lie on it, and no other; a server says so and starts."""

import asyncio
import os
from collections.abc import Iterator
from contextlib import AsyncExitStack
from pathlib import Path
from random import Random

import pytest
from structlog.testing import capture_logs

from game_rules.match.commands import PauseMatch
from game_rules.records.codec import dumps
from game_rules.roles import THE_FACILITATOR
from server.app import create_app
from server.database import sqlite_path
from server.hosting.damage import MatchDamaged
from server.hosting.match_host import Sender
from server.services import Services
from server.settings import Settings
from server.store.event_store import MatchId, NewEvent, StoreDamaged, StoreError
from server.store.sqlite.store import SqliteStore
from tests.fakes import ManualClock
from tests.server.running import services_of
from tests.server.store.damage import (
    DAMAGES,
    PAGE,
    Logs,
    damaged,
    many_matches,
    overflow_pages,
    pages_of,
)

EVENTS, EVENTS_KEY = "events", "sqlite_autoindex_events_1"
LEADER = Sender("facilitator", THE_FACILITATOR)
IS_LONG = os.environ.get("DETENTE_PAGES") == "all"


class Archive:
    """A database with many matches, and copies of it that are damaged."""

    def __init__(self, path: Path, logs: Logs) -> None:
        self.logs, self._path, self._whole = logs, path, path.read_bytes()
        self.pages = range(len(self._whole) // PAGE)

    def copy(self, folder: Path, page: int, kind: str) -> str:
        """Write a damaged copy, and give its URL."""
        path = folder / "copy.sqlite3"
        path.write_bytes(damaged(self._whole, page, kind))
        for rest in ("-wal", "-shm"):
            path.with_name(path.name + rest).unlink(missing_ok=True)
        return f"sqlite:///{path}"

    def of(self, name: str) -> list[int]:
        """Find the pages of a table or an index, its root first."""
        return pages_of(self._path, name)

    @property
    def overflow(self) -> list[int]:
        """Find the pages with the rest of long events."""
        return overflow_pages(self._whole)


@pytest.fixture(scope="module")
async def archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    return Archive(*await many_matches(tmp_path_factory.mktemp("archive")))


class Started:
    """What came of a start: the services while they run, or the one line that it ended with."""

    def __init__(self, url: str) -> None:
        self.app = create_app(Settings(database=url), ManualClock(6000), {})
        self.refusal: str | None = None
        self._stack = AsyncExitStack()

    async def __aenter__(self) -> Services | None:
        try:
            await self._stack.enter_async_context(self.app.router.lifespan_context(self.app))
        except StoreError as error:
            self.refusal = str(error)
            return None
        return services_of(self.app)

    async def __aexit__(self, *exc: object) -> None:
        try:
            await self._stack.aclose()
        except StoreError as error:  # e.g. the heartbeat lies on the damaged page
            self.refusal = str(error)


async def read(services: Services, match: MatchId) -> list[str] | str:
    """Read a match, or give the refusal."""
    try:
        host = await services.registry.host(match)
    except MatchDamaged as damage:
        return str(damage)
    return [dumps(event) for event in host.events]


async def losses(services: Services, logs: Logs) -> set[MatchId]:
    """Open every match: each is whole, or is named with a remedy. Return the lost ones."""
    lost = set()
    for match, log in logs.items():
        answer = await read(services, match)
        if isinstance(answer, str):
            assert is_one_line(answer)
            assert match in answer
            assert "restore a backup" in answer
            assert services.registry.damage_of(match)
            lost.add(match)
        else:
            assert answer[: len(log)] == log, f"{match} was changed"
    listed = {summary.match for summary in await services.queries.list_matches()}
    assert listed == set(logs)
    return lost


def is_one_line(text: str) -> bool:
    return "\n" not in text and "Traceback" not in text


def cases(archive: Archive) -> Iterator[tuple[int, str]]:
    """Draw a kind of damage for every page, or in the long form take all kinds."""
    draw = Random(7)
    for page in archive.pages:
        yield from ((page, kind) for kind in (DAMAGES if IS_LONG else [draw.choice(DAMAGES)]))


@pytest.mark.slow
async def test_any_damaged_page_is_survived_or_told_in_one_line(archive: Archive, tmp_path: Path):
    started = 0
    for page, kind in cases(archive):
        with capture_logs() as logs:
            start = Started(archive.copy(tmp_path, page, kind))
            async with start as services:
                if services is not None:
                    started += 1
                    await losses(services, archive.logs)
        told = f"{page} {kind}: {logs}"
        assert start.refusal is None or is_one_line(start.refusal), told
        assert not [entry for entry in logs if entry.get("exc_info")], told
    assert started > len(archive.pages) * 0.7


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["zeros", "random"])
async def test_a_damaged_leaf_of_the_events_costs_its_matches_only(
    archive: Archive, tmp_path: Path, kind: str
):
    page = Random(kind).choice(archive.of(EVENTS)[1:])
    async with Started(archive.copy(tmp_path, page, kind)) as services:
        assert services is not None
        assert 1 <= len(await losses(services, archive.logs)) <= 5


@pytest.mark.slow(measured=True)
@pytest.mark.parametrize("kind", ["zeros", "random"])
async def test_a_damaged_overflow_page_costs_one_match(archive: Archive, tmp_path: Path, kind: str):
    page = Random(kind).choice(archive.overflow)
    async with Started(archive.copy(tmp_path, page, kind)) as services:
        assert services is not None
        assert len(await losses(services, archive.logs)) == 1


@pytest.mark.slow
async def test_a_damaged_leaf_of_the_index_costs_its_matches_only(archive: Archive, tmp_path: Path):
    page = archive.of(EVENTS_KEY)[1]
    async with Started(archive.copy(tmp_path, page, "random")) as services:
        assert services is not None
        assert 1 <= len(await losses(services, archive.logs)) < len(archive.logs)


@pytest.mark.parametrize("name", [EVENTS, EVENTS_KEY])
async def test_a_damaged_root_sets_every_match_aside(archive: Archive, tmp_path: Path, name: str):
    async with Started(archive.copy(tmp_path, archive.of(name)[0], "random")) as services:
        assert services is not None
        assert await losses(services, archive.logs) == set(archive.logs)


@pytest.mark.parametrize("page", [0, "matches"])
async def test_a_database_without_its_lists_is_refused_in_one_line(
    archive: Archive, tmp_path: Path, page: int | str
):
    number = page if isinstance(page, int) else archive.of(page)[0]
    start = Started(archive.copy(tmp_path, number, "random"))
    async with start as services:
        assert services is None
    assert start.refusal is not None
    assert is_one_line(start.refusal)
    assert "put a backup in its place" in start.refusal


@pytest.mark.slow
async def test_a_refusal_holds_nothing_of_what_was_said(archive: Archive, tmp_path: Path):
    """SQLite's own words for a text that it cannot decode repeat the text."""
    for page in archive.overflow[:8]:
        with capture_logs() as logs:
            async with Started(archive.copy(tmp_path, page, "random")) as services:
                assert services is not None
                await losses(services, archive.logs)
        assert "match_damaged" in str(logs)
        assert '"type"' not in str(logs)


async def test_other_matches_go_on_beside_a_damaged_page(archive: Archive, tmp_path: Path):
    """Appends that are stored together are told apart once one of them meets the damage."""
    page = archive.of(EVENTS_KEY)[1]
    url = archive.copy(tmp_path, page, "zeros")
    async with Started(url) as services:
        assert services is not None
        whole = set(archive.logs) - await losses(services, archive.logs)
    store = SqliteStore(sqlite_path(archive.copy(tmp_path, page, "zeros")))
    await store.open()
    new = [NewEvent("{}")]
    appends = (store.append(match, len(log), new) for match, log in archive.logs.items())
    answers = await asyncio.gather(*appends, return_exceptions=True)
    for (match, log), answer in zip(archive.logs.items(), answers, strict=True):
        if match in whole:
            assert answer == len(log) + 1
            assert [row.payload for row in await store.read(match)] == [*log, "{}"]
        else:
            assert isinstance(answer, StoreDamaged | int)
    assert any(isinstance(answer, StoreDamaged) for answer in answers)
    await store.close()


async def test_commands_beside_a_damaged_page_are_stored_or_refused(
    archive: Archive, tmp_path: Path
):
    """The last leaf of the events takes every append; nothing is lost, and nothing hangs."""
    page = archive.of(EVENTS)[-1]
    async with Started(archive.copy(tmp_path, page, "random")) as services:
        assert services is not None
        lost = await losses(services, archive.logs)
        for match in set(archive.logs) - lost:
            host = await services.registry.host(match)
            if not host.position.is_over:
                answer = await asyncio.gather(
                    host.ask(PauseMatch(), LEADER), return_exceptions=True
                )
                assert isinstance(answer[0], int | MatchDamaged), answer
