"""A data set: every table in each form, with keys that join, and a codebook of them.

The slow tests import the programs that read it; to import all of them takes seconds.
"""

import csv
import json
import os
import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from pyarrow import parquet

from game_rules.games.stage_games import C, D
from game_rules.log.events import Act, Phase
from game_rules.match import commands as c
from game_rules.records.codec import dumps
from game_rules.records.record import write_record
from game_rules.roles import THE_FACILITATOR, Actor, Role, Seat
from game_rules.scenario.injects import Inject, InjectEffect
from game_rules.scenario.moves import Move, MoveKind
from game_rules.scenario.pacts import Binding, PactTerms, Pledge
from server.exports.catalogue import LONG, TABLES
from server.exports.columns import KEYS, whole_rows
from server.exports.dataset import data_set, part_of
from server.exports.forms import FORMS, form_named
from server.exports.reading import Stored, part_of_stored
from server.exports.story import About, Story
from server.exports.wide import OWN
from tests.game_rules.scenes import CHN, JPN, PHL, Table, a_tense_scenario, person
from tests.golden import matches
from tests.server.exports.written import write_table

ROOT = Path(__file__).parents[3]
FORMULA = "=HYPERLINK('x')"
EVERY = ("wide", *TABLES)


def eventful() -> Table:
    """Play a match in which every table has something to tell."""
    table = Table(a_tense_scenario(0.9, delegates=2)).seat(CHN, JPN).bots(PHL)
    table.do(c.TakeSeat(CHN, "Second"), person("second"))
    table.start().skip_to(Phase.NEGOTIATION)
    by(table, CHN, c.Say((), FORMULA, Act.PROMISE))
    by(table, CHN, c.Say((JPN,), "سلام", None))
    table.do(c.Say((CHN,), "From control.", None), THE_FACILITATOR)
    propose(table, Binding.ESCROW)
    by(table, JPN, c.AnswerProposal(1, table.position.proposals[0].number, True))
    propose(table, Binding.TREATY)
    by(table, JPN, c.AnswerProposal(1, table.position.proposals[0].number, False))
    propose(table, Binding.COMMUNIQUE)
    news = Inject("storm", "Storm", "It blows.", 1, (InjectEffect("forum", "b", 1.0),))
    table.do(c.OpenInject(news))
    table.skip_to(Phase.DECISION)
    table.do(c.PauseMatch())
    table.now_ms += 4_000
    table.do(c.ResumeMatch())
    by(table, CHN, c.MakeMove(1, Move(MoveKind.FUND, "forum")))
    by(table, CHN, c.SaveForecast(1, "strait", {CHN: D, JPN: C}))
    table.order(CHN, strait="C", forum="C")
    table.order(CHN, strait="D", forum="C")
    table.order(JPN, strait="C", forum="D", is_ready=True)
    table.skip_to(Phase.REVEAL)
    table.do(c.EndMatch())
    return table


def by(table: Table, seat: Seat, command: c.Command) -> None:
    """Ask as a seat, one second after the last time."""
    table.now_ms += 1000
    table.do(command, Actor(Role.PLAYER, seat))


def propose(table: Table, binding: Binding) -> None:
    pledges = (Pledge(CHN, "strait", C), Pledge(JPN, "strait", C))
    stake = 2.5 if binding is Binding.ESCROW else 0.0
    by(table, CHN, c.Propose(1, PactTerms((CHN, JPN), pledges, (), 2, binding, stake)))


@pytest.fixture(scope="module")
def stories() -> list[Story]:
    """Two matches of one class, played alike with one seed."""
    log = eventful().log
    about = {"seminar": "s1", "secret": b"s", "is_rehearsal": False}
    return [
        Story(About("m1", treatment="fog", number=1, **about), log),
        Story(About("m2", treatment=None, number=2, **about), log),
    ]


@pytest.fixture(scope="module")
def data(stories: list[Story], tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Write the data set in a form, once."""

    def folder(form: str) -> Path:
        place = tmp_path_factory.getbasetemp() / f"data_{form}"
        if not place.exists():
            place.mkdir()
            with data_set(place, form_named(form)) as whole:
                for story in stories:
                    whole.add(part_of([(story, {})], form_named(form)))
        return place

    return folder


def test_every_table_has_rows_and_no_cell_is_undeclared(stories: list[Story]) -> None:
    for table in LONG:
        rows = list(whole_rows([stories[0].rows(table)]))
        assert rows, table.name
        assert {name for row in rows for name in row} <= set(table.header), table.name


@pytest.mark.slow(measured=True)
@pytest.mark.parametrize("form", FORMS)
def test_the_codebook_has_each_column_and_no_other(data: Callable[[str], Path], form: str) -> None:
    book = json.loads((data(form) / "codebook.json").read_text())
    told = {table["name"]: [x["name"] for x in table["columns"]] for table in book["tables"]}
    assert told == columns(data(form), form)
    assert all(x["meaning"] and x["type"] for table in book["tables"] for x in table["columns"])
    page = (data(form) / "codebook.md").read_text()
    named = set(re.findall(r"^\| `(.+?)` \|", page, re.MULTILINE))
    assert named == {name for names in told.values() for name in names}


def columns(folder: Path, form: str) -> dict[str, list[str]]:
    """Read the columns of all tables, as another program finds them."""
    if form == "xlsx":
        import pandas as pd

        sheets = pd.read_excel(folder / "detente.xlsx", sheet_name=None)
        return {str(name): list(map(str, sheet.columns)) for name, sheet in sheets.items()}
    readers = {
        "csv": lambda path: next(csv.reader(path.open(newline=""))),
        "jsonl": lambda path: list(json.loads(path.open().readline())),
        "parquet": lambda path: parquet.read_schema(path).names,
    }
    return {name: readers[form](folder / f"{name}.{form}") for name in EVERY}


@pytest.mark.slow
def test_all_tables_join_by_their_keys_in_pandas_polars_and_duckdb(
    data: Callable[[str], Path],
) -> None:
    import duckdb
    import pandas as pd
    import polars as pl

    folder = data("parquet")
    keys = [key.name for key in KEYS]
    for name in EVERY:
        path = folder / f"{name}.parquet"
        frame, lazy = pd.read_parquet(path), pl.read_parquet(path)
        assert list(frame.columns[: len(keys)]) == keys == lazy.columns[: len(keys)]
        joined = frame.merge(pd.read_parquet(folder / "matches.parquet"), on="match")
        assert len(joined) == len(frame) == len(lazy) > 0
        asked = f"SELECT count(*) FROM '{path}' JOIN '{folder}/matches.parquet' USING (match)"  # noqa: S608
        assert duckdb.execute(asked).fetchall() == [(len(frame),)]
        assert set(frame["match"]) == {"m1", "m2"}, "two matches of one seed are told apart"


def test_people_are_pseudonyms_that_are_the_same_in_a_class(data: Callable[[str], Path]) -> None:
    everybody = parquet.read_table(data("parquet") / "people.parquet").to_pylist()
    people = [row for row in everybody if row["holder"] == "person"]
    known = {(row["seat"], row["had_pen"], row["person"]) for row in people}
    assert len(known) == len({who[:2] for who in known}), "one name in each role of both matches"
    assert len({row["person"] for row in people}) == 3
    for path in data("csv").iterdir():
        assert "Ms CHN" not in path.read_text()
        assert "Second" not in path.read_text()


def test_what_was_played_is_the_same_in_every_table(stories: list[Story]) -> None:
    told = {table.name: list(table.rows(stories[0])) for table in LONG}
    china = {x["arena"]: x for x in told["decisions"] if x["seat"] == CHN}
    assert (china["strait"]["action"], china["strait"]["decided_by"]) == ("D", "person")
    strait = [x for x in told["drafts"] if (x["seat"], x["arena"]) == (CHN, "strait")]
    assert [(x["action_before"], x["action"], x["is_last"]) for x in strait] == [
        (None, "C", 0),
        ("C", "D", 1),
    ]
    assert [(x["proposal"], x["outcome"]) for x in told["proposals"]] == [
        (1, "concluded"),
        (2, "declined"),
        (3, "lapsed"),
    ]
    assert [x["answer"] for x in told["answers"]] == ["accepted", "declined"]
    assert [(x["pact"], x["breaches"]) for x in told["pacts"]] == [(1, 1)]
    assert {x["pact"] for x in told["pledges"]} == {1}
    assert [x["room"] for x in told["talk"]] == ["public", "bilateral", "facilitator"]
    assert [x["message"] for x in told["talk"]] == [1, 2, 3]
    decision = next(x for x in told["phases"] if x["phase"] == "decision")
    assert decision["paused_ms"] == 4_000
    assert decision["last_deadline_ms"] - decision["first_deadline_ms"] == 4_000
    gains = {x["seat"]: x["gain"] for x in told["points"]}
    paid = sum(x["payoff"] for x in told["decisions"] if x["seat"] == CHN)
    lines = next(x for x in told["points"] if x["seat"] == CHN)
    assert lines["arenas"] == pytest.approx(paid)
    beside = sum(lines[x] for x in ("incidents", "shadow", "stretch", "leverage", "moves", "pacts"))
    assert gains[CHN] == pytest.approx(paid + beside)


def test_the_wide_table_has_a_row_a_seat_and_a_column_a_round(data: Callable[[str], Path]) -> None:
    rows = parquet.read_table(data("parquet") / "wide.parquet").to_pylist()
    wide = {(row["match"], row["seat"]): row for row in rows}
    assert len(rows) == len(wide) == 6
    assert {column.name for column in OWN} <= set(rows[0])
    assert wide["m1", "CHN"]["plain.1.player.strait"] == "D"
    assert wide["m1", "PHL"]["participant._is_bot"] == 1
    assert wide["m1", "PHL"]["plain.1.player.strait"] is None


@pytest.mark.slow(measured=True)
def test_a_workbook_holds_text_and_no_formula(data: Callable[[str], Path]) -> None:
    import openpyxl

    sheet = openpyxl.load_workbook(data("xlsx") / "detente.xlsx")["talk"]
    rows = list(sheet.iter_rows())
    place = [cell.value for cell in rows[0]].index("text")
    assert [row[place].value for row in rows[1:3]] == [FORMULA, "سلام"]
    assert {row[place].data_type for row in rows[1:]} == {"s"}


def test_what_workers_read_is_what_the_whole_log_tells(stories: list[Story]) -> None:
    about, log = stories[0].about, stories[0].log
    texts = [dumps(event) for event in log]
    read = part_of_stored([Stored(about, texts, {}), Stored(about, ["{"], {})], "csv", True)
    whole = part_of([(stories[0], {})], form_named("csv", is_for_spreadsheet=True))
    assert read == replace(whole, unread=1)
    assert "'" + FORMULA in read.pieces["talk"]


@pytest.mark.parametrize("form", FORMS)
def test_an_export_that_fails_leaves_the_folder_as_it_was(
    stories: list[Story], tmp_path: Path, form: str
) -> None:
    older = tmp_path / f"decisions.{form}"
    older.write_text("older")

    def fail() -> None:
        with data_set(tmp_path, form_named(form)) as whole:
            whole.add(part_of([(stories[0], {})], form_named(form)))
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail()
    assert [path.read_text() for path in tmp_path.iterdir()] == ["older"]


SNIPPETS = re.findall(r"```(python|sql|r)\n(.*?)```", (ROOT / "docs/exports.md").read_text(), re.S)


@pytest.mark.slow(measured=True)
@pytest.mark.parametrize(("language", "code"), SNIPPETS)
def test_what_the_pages_say_of_reading_works(
    data: Callable[[str], Path], language: str, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = code.replace("data/", f"{data('csv' if language == 'r' else 'parquet')}/")
    if language == "python":
        exec(code, {})  # noqa: S102
    elif language == "sql":
        import duckdb

        assert len(duckdb.execute(code).fetchall()) == 6
    elif (program := shutil.which("Rscript")) is None:
        assert "DETENTE_R_TESTS" not in os.environ, "no R here; install r-base-core"
        pytest.skip("no R here; install r-base-core")
    else:
        ran = subprocess.run([program, "-e", code], capture_output=True, text=True, check=True)
        assert ran.stdout.strip()


def cells(path: str | Path, column: str) -> set[str]:
    """Read the different cells of a column."""
    with Path(path).open(encoding="utf-8", newline="") as file:
        return {row[column] for row in csv.DictReader(file)}


def test_a_record_that_is_exported_twice_is_two_matches(tmp_path: Path) -> None:
    from server.cli import main

    log = eventful().log
    paths = [tmp_path / "a.jsonl", tmp_path / "b.jsonl"]
    for path in paths:
        path.write_text(write_record(tuple(log), "0", {}))
    out = str(tmp_path / "out")
    named = [x for path in paths for x in ("--match", str(path))]
    key = ["--key", str(tmp_path / "key.csv")]
    assert main(["export", *named, "--format", "csv", "--output", out, *key]) == 0
    assert cells(f"{out}/decisions.csv", "match") == {"a", "b"}
    assert cells(f"{out}/people.csv", "person") - {""} == cells(tmp_path / "key.csv", "person")
    assert main(["export", *named, "--format", "csv", "--output", out]) == 2, "it is not empty"


def test_a_match_that_is_named_twice_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from server.cli import main

    path, out = tmp_path / "a.jsonl", tmp_path / "out"
    path.write_text(write_record(tuple(eventful().log), "0", {}))
    named = ["--match", str(path)] * 2
    assert main(["export", *named, "--format", "csv", "--output", str(out)]) == 2
    assert f"--match: {path} is given twice; leave one out" in capsys.readouterr().err
    assert not out.exists()


@pytest.mark.parametrize(
    ("name", "heeded", "idle"),
    [
        (
            "rules2_bots_taiwan_strait",
            {"consequences.tension_of_defection", "capacity"},
            {
                "standing.tension_of_defection",
                "moves.exercise_tension",
                "standing.tension_at_start",
            },
        ),
        (
            "bots_taiwan_strait",
            {"standing.tension_of_defection", "moves.exercise_tension"},
            {"consequences.tension_of_defection", "capacity", "least_rounds", "stakes.T"},
        ),
    ],
)
def test_the_parameters_are_those_that_the_rules_of_the_match_heed(
    name: str, heeded: set[str], idle: set[str]
) -> None:
    rows = csv.DictReader(write_table(matches.log_of(name), "parameters").splitlines())
    told = {row["parameter"] for row in rows}
    assert heeded <= told
    assert not idle & told
