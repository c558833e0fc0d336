"""The contract of the event store, held by every adapter and by the fake alike."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from pathlib import Path
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from game_rules.roles import PersonId
from server.database import store_for
from server.store.event_store import (
    CommandRepeated,
    EventStore,
    MatchId,
    NewEvent,
    SeqConflict,
    StoreUnavailable,
)
from tests.fakes import MemoryStore, fresh_database

MATCH = MatchId("match")
OTHER = MatchId("other")

Opener = Callable[[], Awaitable[EventStore]]


@pytest.fixture(params=["memory", "sqlite", "postgresql"])
async def open_store(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncGenerator[Opener]:
    """Give a function that opens the same store, again if it was closed."""
    opened: list[EventStore] = []
    memory = MemoryStore()
    url = ""
    if request.param == "sqlite":
        url = fresh_database(tmp_path)
    elif request.param == "postgresql":
        url = request.getfixturevalue("postgres").fresh()

    async def opener() -> EventStore:
        store = memory if request.param == "memory" else store_for(url)
        await store.open()
        opened.append(store)
        return store

    yield opener
    for store in opened:
        await store.close()


@pytest.fixture
async def store(open_store: Opener) -> EventStore:
    return await open_store()


def events(*payloads: str) -> tuple[NewEvent, ...]:
    return tuple(map(NewEvent, payloads))


def command(command_id: str, actor: str = "person:1") -> NewEvent:
    return NewEvent(f'{{"of":"{command_id}"}}', actor, command_id)


async def payloads(store: EventStore, match: MatchId = MATCH, after_seq: int = 0) -> list[str]:
    return [event.payload for event in await store.read(match, after_seq)]


async def test_a_log_reads_back_in_order_without_a_gap(store: EventStore) -> None:
    assert await store.append(MATCH, 0, events("a", "b")) == 2
    assert await store.append(MATCH, 2, events("c")) == 3
    stored = await store.read(MATCH)
    assert [(event.seq, event.payload) for event in stored] == [(1, "a"), (2, "b"), (3, "c")]


async def test_a_row_keeps_who_sent_the_command(store: EventStore) -> None:
    await store.append(MATCH, 0, [command("c1", "person:7"), NewEvent("{}")])
    first, second = await store.read(MATCH)
    assert (first.actor, first.command_id) == ("person:7", "c1")
    assert (second.actor, second.command_id) == (None, None)


async def test_reading_after_a_seq_gives_the_tail(store: EventStore) -> None:
    await store.append(MATCH, 0, events("a", "b", "c"))
    assert await payloads(store, after_seq=2) == ["c"]
    assert await payloads(store, after_seq=3) == []


async def test_a_match_without_a_log_has_no_events(store: EventStore) -> None:
    assert await store.read(MATCH) == []


@pytest.mark.parametrize("expected_seq", [0, 1, 3])
async def test_a_wrong_expected_seq_stores_nothing(store: EventStore, expected_seq: int) -> None:
    await store.append(MATCH, 0, events("a", "b"))
    with pytest.raises(SeqConflict) as refusal:
        await store.append(MATCH, expected_seq, events("x"))
    assert (refusal.value.expected_seq, refusal.value.last_seq) == (expected_seq, 2)
    assert await payloads(store) == ["a", "b"]


@pytest.mark.slow
async def test_of_racing_writers_one_wins_each_round(store: EventStore) -> None:
    for seq in range(300):
        racing = (store.append(MATCH, seq, events(f"{seq} by {n}")) for n in range(8))
        outcomes = await asyncio.gather(*racing, return_exceptions=True)
        assert [outcome for outcome in outcomes if not isinstance(outcome, SeqConflict)] == [
            seq + 1
        ]
    assert [event.seq for event in await store.read(MATCH)] == list(range(1, 301))


async def test_a_repeated_command_is_stored_once(store: EventStore) -> None:
    await store.append(MATCH, 0, [command("c1")])
    with pytest.raises(CommandRepeated):
        await store.append(MATCH, 1, [NewEvent("new"), command("c1")])
    assert len(await store.read(MATCH)) == 1


async def test_one_append_cannot_hold_a_command_twice(store: EventStore) -> None:
    with pytest.raises(CommandRepeated):
        await store.append(MATCH, 0, [command("c1"), command("c1")])
    assert await store.read(MATCH) == []


async def test_a_command_id_is_its_senders_own(store: EventStore) -> None:
    await store.append(MATCH, 0, [command("c1", "person:1"), command("c1", "person:2")])
    await store.append(OTHER, 0, [command("c1", "person:1")])
    assert len(await store.read(MATCH)) == 2


async def test_an_actor_may_act_without_a_command_id(store: EventStore) -> None:
    await store.append(MATCH, 0, [NewEvent("{}", "clock"), NewEvent("{}", "clock")])
    assert len(await store.read(MATCH)) == 2


def test_a_command_needs_an_actor() -> None:
    with pytest.raises(ValueError, match="c1"):
        NewEvent("{}", None, "c1")


async def test_a_failed_append_leaves_its_neighbours_alone(store: EventStore) -> None:
    await store.append(OTHER, 0, [command("c1")])
    outcomes = await asyncio.gather(
        store.append(MATCH, 0, events("first")),
        store.append(OTHER, 1, [NewEvent("gone"), command("c1")]),
        store.append(MATCH, 0, events("loser")),
        store.append(OTHER, 1, events("stays")),
        store.append(MATCH, 1, events("\ud800")),
        store.append(MATCH, 1, events("second")),
        return_exceptions=True,
    )
    kinds = [outcome if isinstance(outcome, int) else type(outcome) for outcome in outcomes]
    assert kinds == [1, CommandRepeated, SeqConflict, 2, UnicodeEncodeError, 2]
    assert await payloads(store) == ["first", "second"]
    assert (await payloads(store, OTHER))[1:] == ["stays"]


async def test_appends_that_build_on_each_other_may_wait_together(store: EventStore) -> None:
    waiting = (store.append(MATCH, seq, events(str(seq))) for seq in range(100))
    assert await asyncio.gather(*waiting) == list(range(1, 101))


async def test_what_was_answered_survives_reopening(open_store: Opener) -> None:
    store = await open_store()
    await store.append(MATCH, 0, [command("c1"), NewEvent("b")])
    before = await store.read(MATCH)
    await store.close()
    store = await open_store()
    assert await store.read(MATCH) == before
    with pytest.raises(SeqConflict):
        await store.append(MATCH, 0, events("x"))
    with pytest.raises(CommandRepeated):
        await store.append(MATCH, 2, [command("c1")])


async def test_closing_stores_what_was_accepted(open_store: Opener) -> None:
    store = await open_store()
    waiting = [asyncio.create_task(store.append(MATCH, n, events(str(n)))) for n in range(50)]
    await asyncio.sleep(0)
    await store.close()
    assert await asyncio.gather(*waiting) == list(range(1, 51))
    assert len(await (await open_store()).read(MATCH)) == 50


async def test_a_closed_store_refuses(store: EventStore) -> None:
    await store.close()
    await store.close()
    with pytest.raises(StoreUnavailable, match="closed"):
        await store.append(MATCH, 0, events("x"))
    with pytest.raises(StoreUnavailable, match="closed"):
        await store.read(MATCH)


async def test_an_append_of_nothing_is_refused(store: EventStore) -> None:
    with pytest.raises(ValueError, match="at least one"):
        await store.append(MATCH, 0, [])


@pytest.mark.parametrize(
    "text", ["معاہدہ", "e\u0301 is not \u00e9", "🕊️", "line\u2028end", 'it\'s "quoted" \\', "日本"]
)
async def test_text_comes_back_as_it_was(store: EventStore, text: str) -> None:
    await store.append(MATCH, 0, [NewEvent(text, text, text)])
    (event,) = await store.read(MATCH)
    assert (event.payload, event.actor, event.command_id) == (text, text, text)


async def test_matches_do_not_mix(store: EventStore) -> None:
    async def write(match: MatchId) -> None:
        for seq in range(20):
            await store.append(match, seq, events(f"{match} {seq}"))

    matches = [MatchId(f"match-{number}") for number in range(40)]
    await asyncio.gather(*map(write, matches))
    for match in matches:
        assert await payloads(store, match) == [f"{match} {seq}" for seq in range(20)]


async def test_a_long_log_reads_back_whole(store: EventStore) -> None:
    payload = '{"type":"message_said","text":"' + "x" * 150 + '"}'
    for seq in range(0, 10_000, 500):
        await store.append(MATCH, seq, events(payload) * 500)
    stored = await store.read(MATCH)
    assert [event.seq for event in stored] == list(range(1, 10_001))


async def test_a_cancelled_append_leaves_a_whole_log(store: EventStore) -> None:
    waiting = [asyncio.create_task(store.append(MATCH, 0, events("a", "b"))) for _ in range(4)]
    await asyncio.sleep(0)
    for task in waiting:
        task.cancel()
    await asyncio.gather(*waiting, return_exceptions=True)
    seq = len(await store.read(MATCH))
    while True:
        try:
            assert await store.append(MATCH, seq, events("c")) == seq + 1
            break
        except SeqConflict as conflict:
            seq = conflict.last_seq
    assert await payloads(store) in (["c"], ["a", "b", "c"])


Attempt = tuple[int, Sequence[int | None]]
attempts = st.lists(
    st.tuples(st.integers(-1, 1), st.lists(st.none() | st.integers(0, 5), min_size=1, max_size=4)),
    max_size=12,
)


@given(attempts=attempts)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
async def test_a_log_is_the_list_of_accepted_appends(
    store: EventStore, attempts: list[Attempt]
) -> None:
    match = MatchId(uuid4().hex)  # no chance of hypothesis's, which repeats
    log: list[int | None] = []
    for offset, ids in attempts:
        new = [
            NewEvent("{}", None if n is None else "p", None if n is None else str(n)) for n in ids
        ]
        given_ids = [n for n in ids if n is not None]
        repeats = len(set(given_ids)) < len(given_ids) or not set(log).isdisjoint(given_ids)
        try:
            await store.append(match, len(log) + offset, new)
        except SeqConflict:
            assert offset != 0
        except CommandRepeated:
            assert repeats
        else:
            assert not repeats
            log += ids
    stored = await store.read(match)
    assert [None if e.command_id is None else int(e.command_id) for e in stored] == log


# Names beside the log

P1, P2 = PersonId("p1"), PersonId("p2")


def naming(**names: str | None) -> NewEvent:
    """Give an event that brings names."""
    return NewEvent("{}", names={PersonId(person): name for person, name in names.items()})


async def test_names_come_with_events_and_stay_beside_the_log(
    store: EventStore, open_store: Opener
) -> None:
    assert await store.names(MATCH) == {}
    await store.append(MATCH, 0, [naming(p1="Amna"), naming(p2="Bashir")])
    await store.append(MATCH, 2, [naming(p2="Bashir Gul")])
    await store.append(OTHER, 0, [naming(p1="Chanda")])
    await store.close()
    again = await open_store()
    assert await again.names(MATCH) == {P1: "Amna", P2: "Bashir Gul"}
    assert await again.names(OTHER) == {P1: "Chanda"}
    assert await payloads(again) == ["{}"] * 3


async def test_an_append_that_fails_brings_no_name(store: EventStore) -> None:
    await store.append(MATCH, 0, events("a"))
    with pytest.raises(SeqConflict):
        await store.append(MATCH, 0, [naming(p1="Amna")])
    await store.append(MATCH, 1, [command("c1")])
    with pytest.raises(CommandRepeated):
        await store.append(MATCH, 2, [command("c1"), naming(p1="Amna")])
    assert await store.names(MATCH) == {}


async def test_who_is_forgotten_is_not_named_again(store: EventStore) -> None:
    await store.append(MATCH, 0, [naming(p1=None, p2="Bashir")])
    await store.append(MATCH, 1, [naming(p1="Amna")])
    assert await store.names(MATCH) == {P1: None, P2: "Bashir"}
