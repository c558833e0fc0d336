"""Lists of matches, and the heartbeat."""

from collections.abc import AsyncGenerator, Iterator
from pathlib import Path

import pytest

from game_rules.roles import PersonId
from server.access.tokens import Access
from server.codes import normalise_code
from server.database import store_for
from server.store.event_store import MatchId, NewEvent, StoreUnavailable
from server.store.queries import MOST_DRAWS, MatchProgress, MatchSummary, Queries
from server.store.threaded import ThreadedStore
from tests.fakes import ManualClock, fresh_database

ONE, TWO = MatchId("one"), MatchId("two")


@pytest.fixture
async def store(any_database: str) -> AsyncGenerator[ThreadedStore]:
    store = store_for(any_database)
    await store.open()
    yield store
    await store.close()


@pytest.fixture
def queries(store: ThreadedStore) -> Queries:
    return Queries(store)


async def create(store: ThreadedStore, match: MatchId, at_ms: int = 1_000) -> str:
    """Create a match and begin its log."""
    code = await Queries(store).create_match(match, "chicken", "Chicken", 7, at_ms)
    await store.append(match, 0, [NewEvent("{}")])
    return code


async def test_a_new_match_waits_in_its_lobby(store: ThreadedStore, queries: Queries) -> None:
    code = await create(store, ONE)
    expected = MatchSummary(ONE, code, "chicken", "Chicken", 1_000, 7, 0, "lobby", 0, False, False)
    assert await queries.match_by_id(ONE) == expected
    assert await queries.match_by_code(code) == expected
    assert await queries.list_matches() == [expected]


async def test_a_code_is_found_as_it_is_typed(store: ThreadedStore, queries: Queries) -> None:
    code = await create(store, ONE)
    found = await queries.match_by_code(normalise_code(code.lower().replace("-", " ")))
    assert found is not None
    assert found.match == ONE


async def test_unknown_matches_are_not_found(store: ThreadedStore, queries: Queries) -> None:
    await create(store, ONE)
    assert await queries.match_by_id(TWO) is None
    assert await queries.match_by_code("0000-0000") is None
    assert await queries.match_by_code("' OR 1=1 --") is None


async def test_a_summary_for_everyone_has_no_code(store: ThreadedStore, queries: Queries) -> None:
    await create(store, ONE)
    summary = await queries.match_by_id(ONE)
    assert summary is not None
    assert summary.without_code().code is None
    assert summary.without_code().title == "Chicken"


async def test_lists_begin_with_the_newest(store: ThreadedStore, queries: Queries) -> None:
    for number in range(5):
        await create(store, MatchId(str(number)), at_ms=number)
    assert [match.match for match in await queries.list_matches()] == ["4", "3", "2", "1", "0"]
    assert [match.match for match in await queries.list_matches(most=2)] == ["4", "3"]
    assert await queries.live_match_ids() == ["0", "1", "2", "3", "4"]


async def test_a_match_whose_log_never_began_is_not_listed(
    store: ThreadedStore, queries: Queries
) -> None:
    await create(store, ONE)
    await queries.create_match(TWO, "chicken", "Chicken", 7, 2_000)
    assert [match.match for match in await queries.list_matches()] == [ONE]
    assert await queries.live_match_ids() == [ONE]


async def test_summaries_follow_the_matches(store: ThreadedStore, queries: Queries) -> None:
    await create(store, ONE)
    await create(store, TWO)
    await queries.update_summaries(
        [MatchProgress(ONE, "decision", 3, 6, False), MatchProgress(TWO, "debrief", 7, 2, True)]
    )
    one, two = await queries.match_by_id(ONE), await queries.match_by_id(TWO)
    assert one is not None
    assert two is not None
    assert (one.phase, one.round, one.seats_held, one.is_over) == ("decision", 3, 6, False)
    assert (two.phase, two.round, two.seats_held, two.is_over) == ("debrief", 7, 2, True)
    assert await queries.live_match_ids() == [ONE]


async def test_a_summary_of_no_known_match_does_no_harm(
    store: ThreadedStore, queries: Queries
) -> None:
    await create(store, ONE)
    before = await queries.match_by_id(ONE)
    await queries.update_summaries([MatchProgress(TWO, "decision", 3, 6, False)])
    await queries.update_summaries([])
    assert await queries.match_by_id(ONE) == before
    assert await queries.match_by_id(TWO) is None


async def test_a_taken_code_is_drawn_again(store: ThreadedStore) -> None:
    draws: Iterator[str] = iter(["AAAA-AAAA", "AAAA-AAAA", "BBBB-BBBB"])
    queries = Queries(store, lambda: next(draws))
    assert await queries.create_match(ONE, "chicken", "Chicken", 7, 1) == "AAAA-AAAA"
    assert await queries.create_match(TWO, "chicken", "Chicken", 7, 1) == "BBBB-BBBB"


async def test_codes_that_never_differ_are_a_bug_that_is_told(store: ThreadedStore) -> None:
    queries = Queries(store, lambda: "AAAA-AAAA")
    await queries.create_match(ONE, "chicken", "Chicken", 7, 1)
    with pytest.raises(RuntimeError, match=f"{MOST_DRAWS} codes in a row"):
        await queries.create_match(TWO, "chicken", "Chicken", 7, 1)
    assert await queries.match_by_id(TWO) is None


async def test_the_heartbeat_is_the_last_one(queries: Queries) -> None:
    assert await queries.read_heartbeat() is None
    for at_ms in (1_795_400_000_000, 1_795_400_001_000):
        await queries.write_heartbeat(at_ms)
        assert await queries.read_heartbeat() == at_ms


async def test_the_check_fails_when_the_store_is_closed(
    store: ThreadedStore, queries: Queries
) -> None:
    await queries.check()
    await store.close()
    with pytest.raises(StoreUnavailable):
        await queries.check()


async def test_a_forgotten_name_is_on_no_page_of_the_closed_file(tmp_path: Path) -> None:
    store = store_for(fresh_database(tmp_path))
    await store.open()
    await create(store, ONE)
    person, name = PersonId("p1"), "Amna Khan"
    await store.append(ONE, 1, [NewEvent("{}", names={person: name, PersonId("p2"): "Bashir"})])
    await Access(store, ManualClock()).admit(ONE, name, is_numbered=True)
    assert await Queries(store).forget_person([ONE], person)
    assert await store.names(ONE) == {"p1": None, "p2": "Bashir"}
    await store.close()
    raw = _files(tmp_path)
    assert name.encode() not in raw
    assert b"Bashir" in raw


async def test_nobody_is_forgotten_where_nobody_is_known(queries: Queries) -> None:
    assert not await queries.forget_person([ONE], PersonId("p1"))


def _files(folder: Path) -> bytes:
    """Read all files of a folder: the database, and its write-ahead log if it is there."""
    return b"".join(path.read_bytes() for path in folder.iterdir())
