"""A tournament played from its entry to its result, as the command line and as a server do it."""

from pathlib import Path
from typing import Any

import pytest

from game_rules.errors import InvalidInput
from server.engines import threads
from server.tournaments import store
from server.tournaments.run import Run
from server.tournaments.runner import Runner
from server.tournaments.specs.kinds import document_of
from server.tournaments.specs.pieces import Piece
from server.tournaments.store import BlockingTables, FileTables
from tests.fakes import ManualClock, fresh_database
from tests.server.tournament_scenes import a_spec, in_pieces, played

SPEC = a_spec(turns=400, noise=0.1, repetitions=20)


@pytest.fixture(autouse=True)
def _small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    in_pieces(monkeypatch)


@pytest.fixture
def tables(tmp_path: Path) -> BlockingTables:
    return FileTables(fresh_database(tmp_path))


def a_runner(tables: BlockingTables | None, *, is_hosted: bool = False) -> Runner:
    return Runner(SPEC, tables, ManualClock(), is_hosted=is_hosted)


def breaks_at(runner: Runner, pieces: int, error: BaseException) -> Any:
    """Raise an error once so many pieces are kept."""

    def on_piece(piece: Piece) -> None:
        if len(runner.run.played) == pieces:
            raise error

    return on_piece


def finished(runner: Runner) -> Any:
    runner.play(threads(1), lambda piece: None)
    return runner.finish(lambda run: document_of(run.spec, run.results))


def card(tables: BlockingTables) -> store.TournamentCard:
    found = tables.view(store.card(SPEC.id, ManualClock().now_ms()))
    assert found is not None
    return found


@pytest.mark.slow
def test_without_tables_the_result_is_the_same(tables: BlockingTables) -> None:
    assert finished(a_runner(None)) == finished(a_runner(tables)) == played(SPEC)
    assert card(tables).progress == store.FINISHED
    assert tables.view(store.document(SPEC.id)) == played(SPEC)


@pytest.mark.slow
def test_what_is_kept_is_not_played_again(tables: BlockingTables) -> None:
    first = a_runner(tables)
    with pytest.raises(KeyboardInterrupt):
        first.play(threads(1), breaks_at(first, 2, KeyboardInterrupt()))
    first.stop()
    assert (card(tables).progress, card(tables).pieces_played) == (store.STOPPED, 2)
    again = a_runner(tables)
    assert set(again.run.played) == set(first.run.played)
    assert finished(again) == played(SPEC)


@pytest.mark.parametrize(("is_hosted", "progress"), [(False, store.STOPPED), (True, store.FAILED)])
def test_invalid_input_halts_the_play(
    tables: BlockingTables, is_hosted: bool, progress: str
) -> None:
    runner = a_runner(tables, is_hosted=is_hosted)
    with pytest.raises(InvalidInput):
        runner.play(threads(1), breaks_at(runner, 1, InvalidInput("no worker is left")))
    assert (card(tables).progress, card(tables).problem) == (
        progress,
        "no worker is left",
    )


@pytest.mark.slow
def test_a_result_that_cannot_be_put_together_is_a_failure(tables: BlockingTables) -> None:
    def fails(run: Run) -> dict[str, Any]:
        raise InvalidInput("a payoff is below 0")

    runner = a_runner(tables)
    runner.play(threads(1), lambda piece: None)
    with pytest.raises(InvalidInput):
        runner.finish(fails)
    assert (card(tables).progress, card(tables).problem) == (
        store.FAILED,
        "a payoff is below 0",
    )


@pytest.mark.slow
@pytest.mark.parametrize(("is_hosted", "missing"), [(False, 1), (True, 0)])
def test_only_a_server_keeps_the_last_piece_by_itself(
    tables: BlockingTables, is_hosted: bool, missing: int
) -> None:
    runner = a_runner(tables, is_hosted=is_hosted)
    runner.play(threads(1), lambda piece: None)
    assert card(tables).pieces_played == len(runner.run.pieces) - missing
