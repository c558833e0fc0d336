"""Tournaments in the database: entered, taken up again, finished, and kept as little as will do."""

import asyncio
from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from server.database import store_for
from server.store.event_store import StoreUnavailable
from server.store.threaded import ThreadedStore
from server.tournaments import store
from server.tournaments.store import BlockingTables, FileTables, ServerTables
from tests.server.tournament_scenes import a_spec, played

SPEC = a_spec(turns=4)
OTHER = a_spec(turns=5)
NOW = 3_000


@pytest.fixture
def url(any_database: str) -> str:
    return any_database


@pytest.fixture
def tables(url: str) -> BlockingTables:
    return FileTables(url)


def test_a_new_tournament_is_running_and_has_nothing(tables: BlockingTables) -> None:
    assert tables.change(store.enter(SPEC, 3, 1_000)) == {}
    card = tables.view(store.card(SPEC.id, NOW))
    assert card is not None
    assert (card.id, card.kind, card.game) == (SPEC.id, "round_robin", "prisoners_dilemma")
    assert (card.entrants, card.pieces, card.pieces_played) == (4, 3, 0)
    assert (card.progress, card.created_at_ms, card.finished_at_ms) == (store.RUNNING, 1_000, None)
    assert tables.view(store.document(SPEC.id)) is None
    assert tables.view(store.description(SPEC.id)) == SPEC.description


def test_pieces_are_there_when_it_is_taken_up_again(tables: BlockingTables) -> None:
    tables.change(store.enter(SPEC, 3, 1_000))
    tables.change(store.enter(OTHER, 3, 1_000))
    tables.change(store.keep_piece(OTHER.id, 0, b"other", 1, NOW))
    for _ in range(2):
        tables.change(store.keep_piece(SPEC.id, 2, b"two", 1, NOW))
    tables.change(store.keep_piece(SPEC.id, 0, b"zero", 2, NOW))
    tables.change(store.halt(SPEC.id, store.STOPPED))
    card = tables.view(store.card(SPEC.id, NOW))
    assert card is not None
    assert (card.progress, card.pieces_played) == (store.STOPPED, 2)
    assert tables.change(store.enter(SPEC, 3, 2_000)) == {0: b"zero", 2: b"two"}
    card = tables.view(store.card(SPEC.id, NOW))
    assert card is not None
    assert (card.progress, card.created_at_ms) == (store.RUNNING, 1_000)


def test_what_came_out_is_kept_and_the_pieces_are_not(tables: BlockingTables) -> None:
    document = played(SPEC)
    tables.change(store.enter(SPEC, 2, 1_000))
    tables.change(store.keep_piece(SPEC.id, 0, b"zero", 2, NOW))
    tables.change(store.finish(SPEC.id, document, 3_000))
    assert tables.view(store.document(SPEC.id)) == document
    card = tables.view(store.card(SPEC.id, NOW))
    assert card is not None
    assert (card.progress, card.pieces_played, card.finished_at_ms) == (store.FINISHED, 2, 3_000)
    assert tables.view(store.piece_with(SPEC.id, 99)) is None


@pytest.mark.parametrize("progress", [store.FINISHED, store.FAILED])
def test_one_that_is_over_begins_from_nothing(tables: BlockingTables, progress: str) -> None:
    tables.change(store.enter(SPEC, 3, 1_000))
    tables.change(store.keep_piece(SPEC.id, 0, b"zero", 2, NOW))
    tables.change(store.halt(SPEC.id, progress, "why"))
    assert tables.change(store.enter(SPEC, 3, 2_000)) == {}
    card = tables.view(store.card(SPEC.id, NOW))
    assert card is not None
    assert (card.created_at_ms, card.pieces_played, card.problem) == (2_000, 0, None)


def test_lists_begin_with_the_newest(tables: BlockingTables) -> None:
    specs = [a_spec(turns=turns) for turns in range(1, 6)]
    for at_ms, spec in enumerate(specs):
        tables.change(store.enter(spec, 1, at_ms))
    listed = [card.id for card in tables.view(store.cards(NOW))]
    assert listed == [spec.id for spec in reversed(specs)]
    assert [card.id for card in tables.view(store.cards(NOW, 2))] == listed[:2]


def test_ids_are_found_by_how_they_begin(tables: BlockingTables) -> None:
    tables.change(store.enter(SPEC, 1, 0))
    assert tables.view(store.ids_like(SPEC.id[:6])) == [SPEC.id]
    assert tables.view(store.ids_like("%")) == []
    assert tables.view(store.card("nothing", NOW)) is None
    assert tables.view(store.description("nothing")) is None


def test_only_a_servers_own_are_its_to_go_on_with(tables: BlockingTables) -> None:
    tables.change(store.enter(SPEC, 1, 0))
    assert tables.view(store.running_here()) == []
    tables.change(store.enter(OTHER, 1, 0, is_hosted=True))
    assert tables.view(store.running_here()) == [OTHER.id]
    tables.change(store.halt(OTHER.id, store.STOPPED))
    assert tables.view(store.running_here()) == []


def test_a_file_that_cannot_be_used_says_so(tmp_path: Path) -> None:
    (tmp_path / "no.sqlite3").write_text("Dear diary " * 100)
    tables = FileTables(f"sqlite:///{tmp_path}/no.sqlite3")
    with pytest.raises(StoreUnavailable, match=r"cannot read .*not a database"):
        tables.view(store.cards(NOW))
    with pytest.raises(StoreUnavailable, match=r"cannot write .*not a database"):
        tables.change(store.enter(SPEC, 1, 0))


@pytest.fixture
async def async_tables(url: str) -> AsyncGenerator[ThreadedStore]:
    async_tables = store_for(url)
    await async_tables.open()
    yield async_tables
    await async_tables.close()


async def test_a_thread_beside_a_server_uses_the_same_tables(
    async_tables: ThreadedStore, tables: BlockingTables
) -> None:
    beside = ServerTables(async_tables, asyncio.get_running_loop())
    await asyncio.to_thread(beside.change, store.enter(SPEC, 1, 0))
    cards = await asyncio.to_thread(lambda: beside.view(store.cards(NOW)))
    assert [card.id for card in cards] == [SPEC.id]
    assert [card.id for card in tables.view(store.cards(NOW))] == [SPEC.id]
