"""`detente scenario table`: who plays, and what comes of it."""

import json
from pathlib import Path

import pytest

from game_rules.bots.outcomes import SEATINGS, outcomes, summarise
from game_rules.scenario_files.scenarios import load_scenario
from server.cli.scenario.outcome_table import PIECE, cells, matches_of, play_all
from server.cli.shared.progress import shown_progress
from tests.server.cli.conftest import Run

DILEMMA = load_scenario("prisoners_dilemma")


def test_the_table_fits_80_columns_and_names_every_seating(detente: Run) -> None:
    ran = detente("scenario", "table", "prisoners_dilemma", "--runs", "2")
    assert (ran.code, ran.err) == (0, "")
    lines = ran.out.splitlines()
    assert max(map(len, lines)) <= 80
    assert lines[0].split() == ["Prisoner's", "Dilemma", "prisoners_dilemma"]
    assert len([line for line in lines if "%" in line]) == len(SEATINGS)


def test_the_table_as_json_has_the_index_its_parts_and_the_outlooks(detente: Run) -> None:
    ran = detente("scenario", "table", "chicken", "--runs", "3", "--json")
    document = json.loads(ran.out)
    assert document["runs"] == 3
    (table,) = document["scenarios"]
    assert table["scenario"] == "chicken"
    first = table["seatings"][0]
    assert first["seating"] == "all_c"
    assert list(first["parts"]) == ["cooperation", "cross_bloc", "trust", "autonomy", "calm"]
    assert first["outlooks"] == {"optimistic": 1.0, "contested": 0.0, "pessimistic": 0.0}
    assert {"index", "pacts", "breaches", "incidents"} <= set(first)


def test_the_page_is_written_and_says_how_it_was_made(detente: Run, tmp_path: Path) -> None:
    ran = detente("scenario", "table", "chicken", "--runs", "2", "--page", "page.md")
    assert ran.code == 0
    page = (tmp_path / "page.md").read_text(encoding="utf-8")
    assert "means over 2 matches" in page
    row = next(line for line in page.splitlines() if line.startswith("| all D |"))
    assert row.split(" | ")[1:3] == ["16.6", "0.05"], "no part of the index falls below 0.05"


def test_an_unknown_scenario_is_refused(detente: Run) -> None:
    ran = detente("scenario", "table", "chikcen", "--runs", "1")
    assert ran.code != 0
    assert "chicken" in ran.err


def test_where_no_chance_enters_one_match_is_played() -> None:
    told: list[int] = []
    play_all([DILEMMA], 3, 1, told.append)
    assert sum(told) == matches_of([DILEMMA], 3) == 3 * (len(SEATINGS) - 3) + 3


def test_figures_are_written_alike() -> None:
    (all_d,) = (seating for seating in SEATINGS if seating.name == "all_d")
    assert cells("all_d", summarise(outcomes(DILEMMA, all_d, 1, 1))) == [
        "all D", "16.6", "0.05", "0.05", "0.05", "1.00", "1.00", "0%", "0%", "100%",
        "0.0", "0.0", "0.0",
    ]  # fmt: skip


def test_progress_is_told_to_a_terminal(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    with shown_progress(4) as told:
        told(4)
    assert capsys.readouterr().out == ""


@pytest.mark.slow
def test_the_number_of_workers_changes_nothing() -> None:
    runs = PIECE + 3
    told: list[int] = []
    apart = play_all([DILEMMA], runs, 2, told.append)
    assert apart == play_all([DILEMMA], runs, 1, lambda matches: None)
    assert sum(told) == matches_of([DILEMMA], runs)
