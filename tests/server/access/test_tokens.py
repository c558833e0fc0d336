"""Tokens: unguessable, unreadable once issued, revocable at once."""

import asyncio
import contextlib
import sqlite3
from collections.abc import AsyncGenerator, Callable
from pathlib import Path
from typing import TypeVar

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from game_rules.roles import Role
from server.access import tokens as access_module
from server.access.grants import Grant
from server.access.tokens import Access
from server.database import sqlite_path, store_for
from server.store.event_store import MatchId, StoreUnavailable
from server.store.queries import Queries
from server.store.threaded import ThreadedStore
from tests.fakes import ManualClock, fresh_database

T = TypeVar("T")
MATCH, OTHER = MatchId("match"), MatchId("other")


@pytest.fixture
def url(any_database: str) -> str:
    return any_database


@pytest.fixture
async def store(url: str) -> AsyncGenerator[ThreadedStore]:
    store = store_for(url)
    await store.open()
    for match in MATCH, OTHER:
        await Queries(store).create_match(match, "chicken", "Chicken", 7, 1)
    yield store
    await store.close()


@pytest.fixture
def access(store: ThreadedStore) -> Access:
    return Access(store, ManualClock())


async def test_a_token_grants_what_it_was_issued_for(access: Access, store: ThreadedStore) -> None:
    token = await access.issue(Role.PLAYER, MATCH, person="p1", name="Aylin")
    grant = Grant(Role.PLAYER, MATCH, "p1", "Aylin")
    assert await access.authenticate(token) == grant
    assert await access.authenticate(token) == grant
    assert await Access(store, ManualClock()).authenticate(token) == grant


async def test_a_host_token_is_for_no_match(access: Access) -> None:
    token = await access.issue(Role.FACILITATOR)
    assert await access.authenticate(token) == Grant(Role.FACILITATOR)


async def test_a_token_for_a_match_that_does_not_exist_is_not_issued(access: Access) -> None:
    with pytest.raises(IntegrityError):
        await access.issue(Role.PLAYER, MatchId("nowhere"))


@pytest.mark.parametrize("token", ["", "x", "x" * 43, "é" * 43, "\ud800" * 43, "x" * 100_000])
async def test_what_was_never_issued_grants_nothing(access: Access, token: str) -> None:
    await access.issue(Role.FACILITATOR)
    assert await access.authenticate(token) is None


async def test_tokens_are_long_and_differ(access: Access) -> None:
    tokens = {await access.issue(Role.OBSERVER, MATCH) for _ in range(50)}
    assert len(tokens) == 50
    assert {len(token) for token in tokens} == {43}  # 32 bytes in base 64


async def test_the_database_does_not_hold_the_token(tmp_path: Path) -> None:
    url = fresh_database(tmp_path)
    store = store_for(url)
    await store.open()
    token = await Access(store, ManualClock()).issue(Role.FACILITATOR)
    await store.close()
    path = sqlite_path(url)
    with contextlib.closing(sqlite3.connect(path)) as connection:
        ((token_hash,),) = connection.execute("SELECT token_hash FROM tokens")
    assert len(token_hash) == 64
    for file in path.parent.iterdir():
        assert token.encode() not in file.read_bytes()


async def test_a_revoked_token_grants_nothing_from_then_on(
    access: Access, store: ThreadedStore
) -> None:
    kept, revoked = (
        await access.issue(Role.OBSERVER, MATCH),
        await access.issue(Role.OBSERVER, MATCH),
    )
    await access.authenticate(kept)
    await access.authenticate(revoked)
    await access.revoke(revoked)
    for each in access, Access(store, ManualClock()):
        assert await each.authenticate(revoked) is None
        assert await each.authenticate(kept) is not None


async def test_a_person_is_revoked_at_one_match_only(access: Access) -> None:
    here = [await access.issue(Role.PLAYER, MATCH, "p1") for _ in range(2)]
    there = await access.issue(Role.PLAYER, OTHER, "p1")
    neighbour = await access.issue(Role.PLAYER, MATCH, "p2")
    for token in (*here, there, neighbour):
        await access.authenticate(token)
    await access.revoke_person(MATCH, "p1")
    assert [await access.authenticate(token) for token in here] == [None, None]
    assert await access.authenticate(there) is not None
    assert await access.authenticate(neighbour) is not None


class SlowTables:
    """Tables whose views are answered late, as when the disk is busy."""

    def __init__(self, store: ThreadedStore) -> None:
        self._store = store
        self.asked = asyncio.Event()
        self.may_answer = asyncio.Event()

    async def change(self, make: Callable[[Session], T]) -> T:
        return await self._store.change(make)

    async def view(self, look: Callable[[Session], T]) -> T:
        answer = await self._store.view(look)
        self.asked.set()
        await self.may_answer.wait()
        return answer


async def test_an_answer_older_than_a_revocation_is_not_believed(store: ThreadedStore) -> None:
    tables = SlowTables(store)
    access = Access(tables, ManualClock())
    token = await access.issue(Role.OBSERVER, MATCH)
    looking = asyncio.create_task(access.authenticate(token))
    await tables.asked.wait()
    await access.revoke(token)
    tables.may_answer.set()
    assert await looking is None
    assert await access.authenticate(token) is None


async def test_the_grant_not_used_longest_is_forgotten_first(
    access: Access, store: ThreadedStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(access_module, "MOST_REMEMBERED", 2)
    first, second, third = [await access.issue(Role.OBSERVER, MATCH) for _ in range(3)]
    for token in first, second, first, third:
        await access.authenticate(token)
    await store.close()
    assert await access.authenticate(first) == await access.authenticate(third)
    with pytest.raises(StoreUnavailable):
        await access.authenticate(second)
