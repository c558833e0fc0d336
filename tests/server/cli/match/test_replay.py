"""`detente replay`, `verify` and `export`: stored matches, whole or as a seat saw them."""

import json
import os
from dataclasses import replace
from pathlib import Path

import pytest

from game_rules.log.sentences import Arguments, Sentence
from game_rules.match import commands as c
from game_rules.records.record import read_record, write_record
from game_rules.roles import THE_FACILITATOR, Actor, Role, Seat
from game_rules.scenario.moves import Move, MoveKind
from game_rules.scenario_files.scenarios import load_scenario
from server.cli.match import export
from server.cli.shared.screen import parts, short
from server.exports.catalogue import TABLES
from server.exports.wide import wide_table
from tests.game_rules.rulesets.second.regions import SecondTable
from tests.game_rules.scenes import CHN, JPN, Table, a_scenario
from tests.server.cli.conftest import Run


def replay_json(detente: Run, *arguments: str) -> dict:
    ran = detente("replay", *arguments, "--json")
    assert (ran.code, ran.err, ran.out.count("\n")) == (0, "", 1)
    return json.loads(ran.out)


def test_a_replay_shows_what_was_played(detente: Run) -> None:
    played = json.loads(
        detente("play", "chicken", "--seed", "7", "--record", "m.jsonl", "--json").out
    )
    shown = replay_json(detente, "m.jsonl")
    assert {key: shown[key] for key in played} == played
    assert (shown["as"], shown["phase"], shown["people"]) == ("archive", "debrief", {})


def test_the_table_of_a_replay_is_that_of_the_match(detente: Run) -> None:
    played = detente("play", "chicken", "--seed", "7", "--record", "m.jsonl").out
    shown = detente("replay", "m.jsonl").out
    assert played.startswith(shown.rstrip())


@pytest.mark.parametrize("number", range(9))
def test_a_round_is_replayed_from_the_log_up_to_it(detente: Run, record: str, number: int) -> None:
    whole, part = replay_json(detente, record), replay_json(detente, record, "--round", str(number))
    assert part["rounds"] == whole["rounds"][:number]
    for seat, total in part["totals"].items():
        assert total == pytest.approx(sum(row["gains"][seat] for row in part["rounds"]))


def test_a_round_that_was_not_played_is_refused(detente: Run, record: str) -> None:
    ran = detente("replay", record, "--round", "9")
    assert (ran.code, ran.err) == (2, "detente: --round: 9 was not played; give 0 to 8\n")


@pytest.mark.parametrize("view", ["PHL", "public"])
def test_a_seat_sees_no_bot_and_no_seed_before_the_end(
    detente: Run, record: str, view: str
) -> None:
    shown = replay_json(detente, record, "--round", "3", "--as", view)
    assert shown["seed"] is None
    assert set(shown["bots"].values()) == {None}
    assert replay_json(detente, record, "--as", view)["seed"] == "7"


@pytest.mark.slow(measured=True)
@pytest.mark.parametrize("view", ["PHL", "public"])
def test_a_round_in_fog_is_shown_as_a_seat_saw_it(detente: Run, record: str, view: str) -> None:
    """Whether others gave an order is not known before the end."""
    ran = detente("replay", record, "--round", "3", "--as", view)
    assert (ran.code, ran.err) == (0, "")
    assert "Code of Conduct" in ran.out
    assert "no order was given" not in ran.out


def test_a_seat_of_another_scenario_is_refused_with_the_nearest(detente: Run, record: str) -> None:
    ran = detente("replay", record, "--as", "Phillipines")
    assert (ran.code, "did you mean PHL" in ran.err) == (2, True)


def test_a_match_is_replayed_from_the_database(detente: Run, record: str, database: str) -> None:
    from_file = replay_json(detente, record)
    from_database = replay_json(detente, "finished", "--database", database)
    del from_file["software_version"], from_database["software_version"]
    assert from_database == from_file


@pytest.mark.parametrize("command", [["replay"], ["export", "--format", "jsonl"]])
def test_a_running_match_is_not_opened(detente: Run, database: str, command: list[str]) -> None:
    ran = detente(*command, "running", "--database", database)
    assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1)
    assert "still being played" in ran.err


def test_a_match_that_is_not_there_is_named(detente: Run, database: str) -> None:
    ran = detente("replay", "nobody", "--database", database)
    assert (ran.code, "'nobody'" in ran.err, database in ran.err) == (2, True, True)


def test_a_file_that_is_no_database_is_named(detente: Run, record: str) -> None:
    ran = detente("replay", "finished", "--database", f"sqlite:///{record}")
    assert (ran.code, ran.err.count("\n"), "--database" in ran.err) == (2, 1, True)


def test_what_was_said_is_shown(detente: Run, talked: str) -> None:
    shown = detente("replay", talked).out
    assert "round 0  facilitator to everyone: Welcome" in shown
    assert "round 1  ROW to COLUMN (promise): I will yield" in shown
    assert "Ann (person)" in shown
    assert "I will yield" not in detente("replay", talked, "--as", "public").out


def test_a_line_to_the_facilitator_says_to_whom_it_went(detente: Run, tmp_path: Path) -> None:
    table = Table(a_scenario(rivals=())).seat(CHN).start()
    table.do(c.Say((CHN,), "May I ask?"), Actor(Role.PLAYER, CHN))
    table.do(c.EndMatch())
    (tmp_path / "m.jsonl").write_text(write_record(table.log, "test"))
    assert "CHN to facilitator: May I ask?" in detente("replay", "m.jsonl").out


def test_an_order_that_was_missing_is_drawn_hollow(detente: Run, talked: str) -> None:
    lines = detente("replay", talked).out.splitlines()
    assert any("no order was given" in line for line in lines)
    signs = [line.split()[2:4] for line in lines if line.split()[1:2] == ["Chicken"]]
    assert signs == [["◆", "◇"], ["◇", "◇"]]


def test_verify_says_what_it_checked(detente: Run, record: str) -> None:
    ran = detente("verify", record)
    assert (ran.code, ran.err) == (0, "")
    assert "8 rounds of south_china_sea resolved again" in ran.out
    assert "rules 2, software 1.2.3" in ran.out


def test_one_flipped_character_fails_and_names_the_line(detente: Run, record: str) -> None:
    lines = Path(record).read_text().splitlines(keepends=True)
    for number in (1, 2, len(lines) // 2, len(lines) - 1, len(lines)):
        line = lines[number - 1]
        flipped = line[:10] + chr(ord(line[10]) ^ 1) + line[11:]
        Path("flipped.jsonl").write_text("".join((*lines[: number - 1], flipped, *lines[number:])))
        ran = detente("verify", "flipped.jsonl")
        assert (ran.code, ran.out, ran.err.count("\n")) == (1, "", 1)
        assert f"flipped.jsonl: line {number}:" in ran.err


def test_an_export_as_jsonl_is_the_record(detente: Run, record: str) -> None:
    ran = detente("export", record, "--format", "jsonl")
    assert ran.out == Path(record).read_text()


def test_an_export_from_the_database_holds(detente: Run, database: str) -> None:
    arguments = ("finished", "--database", database, "--output", "m.jsonl")
    ran = detente("export", *arguments, "--format", "jsonl")
    assert (ran.code, ran.out) == (0, "")
    assert detente("verify", "m.jsonl").code == 0
    assert read_record(Path("m.jsonl").read_bytes()).log


def test_an_export_as_text_is_the_replay_without_colour(detente: Run, record: str) -> None:
    shown = [line.rstrip() for line in detente("replay", record).out.splitlines()]
    assert detente("export", record, "--format", "text").out.splitlines() == shown


def test_an_export_as_csv_has_a_row_a_decision(detente: Run, record: str) -> None:
    rows = detente("export", record, "--format", "csv").out.splitlines()
    played = json.loads(detente("replay", record, "--json").out)["rounds"]
    actions = [one["actions"] for row in played for one in row["arenas"].values()]
    assert len(rows) == 1 + sum(map(len, actions))
    assert rows[1].startswith("match,,,south_china_sea,2,7,1,")


def test_rounds_are_cut_into_runs_that_fit() -> None:
    assert [*parts(range(5), 0)] == [range(i, i + 1) for i in range(5)]
    assert [*parts((), 3)] == []


def test_long_names_are_cut() -> None:
    assert (short("abcdef", 6), short("abcdefg", 6)) == ("abcdef", "abc...")


def test_moves_are_told_and_who_joins_later_played_nothing_before(
    detente: Run, tmp_path: Path
) -> None:
    table = SecondTable(replace(load_scenario("bri_corridors"), rounds=4))
    table.round("C")
    table.round("C")
    joining = c.MakeMove(3, Move(MoveKind.DIVERSIFY, "other_finance"))
    table.do(joining, Actor(Role.PLAYER, Seat("PAK")))
    table.round("C")
    table.round("C")
    (tmp_path / "moved.jsonl").write_text(write_record(table.log, "test"))
    ran = detente("replay", str(tmp_path / "moved.jsonl"))
    assert (ran.code, ran.err) == (0, "")
    assert "round 3, diversify: PAK, other_finance (-2.0)" in ran.out
    third = replay_json(detente, str(tmp_path / "moved.jsonl"))["rounds"][2]
    assert [(x["seat"], x["move"]["kind"], x["cost"]) for x in third["moves"]] == [
        ("PAK", "diversify", 2.0)
    ]


def test_every_table_is_offered_and_written(detente: Run, record: str) -> None:
    assert export.TABLES == TABLES
    told = " ".join(detente("export", "--help").out.split())
    assert f"the tables: {', '.join(TABLES)} and {wide_table({}).name}." in told
    for what in TABLES:
        ran = detente("export", record, "--format", "csv", "--what", what)
        assert (ran.code, ran.err) == (0, "")
        assert ran.out.startswith("match,seminar,treatment,scenario,")


@pytest.mark.slow
def test_a_file_of_any_size_is_refused_at_once(detente: Run, tmp_path: Path) -> None:
    """Four gigabytes that take no room on the disk; nobody reads more of them than a match has."""
    record = tmp_path / "large.jsonl"
    record.touch()
    os.truncate(record, 4 << 30)
    ran = detente("verify", str(record))
    assert (ran.code, ran.out, ran.err.count("\n")) == (1, "", 1)
    assert "no match has that" in ran.err


def test_a_sentence_is_shown_in_english(detente: Run, tmp_path: Path) -> None:
    table = Table(a_scenario(rivals=()), version=2).seat(CHN).start()
    about = Arguments(seat=JPN, arena="strait")
    table.do(c.SaySentence((), Sentence.ASSURE, about), THE_FACILITATOR)
    table.do(c.EndMatch())
    (tmp_path / "m.jsonl").write_text(write_record(table.log, "test"))
    for command in (("replay", "m.jsonl"), ("export", "m.jsonl", "--format", "text")):
        words = " ".join(detente(*command).out.split())
        assert "(assure): Strait: Jpn, this is not aimed at you." in words
