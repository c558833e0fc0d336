"""Every error is one line on standard error that names the value and the remedy; exit code 2."""

from pathlib import Path

import pytest

from tests.server.cli.conftest import Run

BROKEN = 'title = "Mine"\nrounds = 0\n'

WRONG = [
    # what was typed, and words that the answer must hold: the value and the limit or remedy
    (["plya"], ["'plya'", "did you mean play"]),
    (["nonsense"], ["'nonsense'", "known: serve, play"]),
    (["--colour"], ["--colour", "known: --version"]),
    (["play"], ["SCENARIO is missing", "detente play --help"]),
    (["play", "chikcen"], ["chikcen", "did you mean chicken"]),
    (["play", "chicken", "harmony"], ["(harmony)", "detente play --help"]),
    (["play", "chicken", "--sede", "7"], ["--sede", "did you mean --seed"]),
    (["play", "chicken", "--seed"], ["--seed needs a value"]),
    (["play", "chicken", "--seed", ""], ["''", "1 to 64"]),
    (["play", "chicken", "--seed", "x" * 65], ["x" * 65, "1 to 64"]),
    (["play", "chicken", "--seed", "a\nb"], [r"'a\nb'", "printable"]),
    (["play", "chicken", "--seed", "\udcff"], ["1 to 64 printable"]),
    (["play", "chicken", "--rounds", "0"], ["--rounds: 0", "1 to 200"]),
    (["play", "chicken", "--rounds", "201"], ["--rounds: 201", "1 to 200"]),
    (["play", "chicken", "--rounds", "many"], ["'many'", "whole number from 1 to 200"]),
    (["play", "chicken", "--rounds", "1.5"], ["'1.5'", "whole number"]),
    (["play", "chicken", "--bots", "ROW"], ["'ROW'", "SEAT=STRATEGY"]),
    (["play", "chicken", "--bots", "=grudger"], ["'=grudger'", "SEAT=STRATEGY"]),
    (["play", "chicken", "--bots", "ROW=grudger,ROW=random"], ["ROW is there twice"]),
    (["play", "chicken", "--bots", "ROV=grudger"], ["'ROV'", "did you mean ROW"]),
    (["play", "south_china_sea", "--bots", "Japan=random"], ["'Japan'", "no seat", "CHN"]),
    (["play", "south_china_sea", "--bots", "China=random"], ["'China'", "did you mean CHN"]),
    (["play", "chicken", "--bots", "ROW=gruger"], ["--bots ROW", "'gruger'", "grudger"]),
    (["play", "chicken", "--default-bot", "tat"], ["--default-bot", "'tat'"]),
    (["play", "chicken", "--record", "no/such/m.jsonl"], ["no/such/m.jsonl", "name a file"]),
    (["play", "no/such.toml"], ["no/such.toml", "check the path"]),
    (["play", "broken.toml"], ["broken.toml", "players", "missing"]),
    (["replay"], ["RECORD|MATCH_ID is missing"]),
    (["replay", "no.jsonl"], ["no.jsonl", "check the path"]),
    (["replay", "no/such"], ["no/such", "check the path"]),
    (["replay", "xyz"], ["none.sqlite3", "--database"]),
    (["replay", "xyz", "--database", "mysql://x"], ["'mysql'", "sqlite:///FILE"]),
    (["replay", "broken.toml"], ["broken.toml", "line 1"]),
    (["replay", "broken.toml", "--round", "-1"], ["-1", "0 to 10000"]),
    (["verify"], ["RECORD is missing"]),
    (["verify", "no.jsonl"], ["no.jsonl", "check the path"]),
    (["verify", "."], [".", "cannot be read", "check the path"]),
    (["export", "xyz"], ["--format is missing"]),
    (["export", "xyz", "--format", "cvs"], ["'cvs'", "did you mean csv"]),
    (["scenario", "shwo"], ["'shwo'", "did you mean show"]),
    (["scenario", "show", "sea"], ["sea", "known"]),
    (["scenario", "show", "chicken", "--power", "gdp"], ["--power: 'gdp'", "known: cinc, lowy"]),
    (["scenario", "show", "seato_1954_1977", "--power", "lowy"], ["USA has no figure for lowy"]),
    (["scenario", "check", "notes.md"], ["notes.md", ".toml"]),
    (["scenario", "check", "chicken"], ["chicken", "ends in .toml"]),
    (["scenario", "check", "no.toml"], ["no.toml", "check the path"]),
    (["scenario", "check", "broken.toml"], ["broken.toml", "players", "missing"]),
    (["advise"], ["neither given", "GAME or SCENARIO", "--payoffs"]),
    (["advise", "chicken", "--payoffs", "1,1 1,1;1,1 1,1"], ["both given", "not both"]),
    (["advise", "chikcen"], ["'chikcen'", "did you mean chicken"]),
    (["advise", "xyzzy"], ["'xyzzy'", "no game and no scenario", "known"]),
    (["advise", "no.toml"], ["no.toml", "check the path"]),
    (["advise", "broken.toml"], ["broken.toml", "players", "missing"]),
    (["advise", "--payoffs", ""], ["--payoffs: 1 rows, not 2", "3,3 0,5; 5,0 1,1"]),
    (["advise", "--payoffs", "3,3 0,5 5,0 1,1"], ["--payoffs: 1 rows, not 2"]),
    (["advise", "--payoffs", "3,3 0,5; 5,0"], ["row 2 has 1 cells, not 2"]),
    (["advise", "--payoffs", "3,3 0,5; 5 1,1"], ["row 2: '5' is no pair mine,theirs"]),
    (["advise", "--payoffs", "3,3 0,5; 5,0 1,x"], ["row 2: 'x' is no number", "1/3"]),
    (["advise", "--payoffs", "nan,3 0,5; 5,0 1,1"], ["row 1: 'nan' is no number"]),
    (["advise", "--payoffs", "1/0,3 0,5; 5,0 1,1"], ["row 1: '1/0' is no number"]),
    (["advise", "--payoffs", "1e30,3 0,5; 5,0 1,1"], ["row 1: '1e30'", "at most 1e+09"]),
    (["advise", "--payoffs", "9" * 5000], ["--payoffs: 1 rows"]),
    (["advise", "chicken", "--seat", "CHN"], ["--seat: 'CHN'", "known: row, column"]),
    (["advise", "chicken", "--arena", "x"], ["--arena x", "only a scenario has any"]),
    (["advise", "chicken", "--power", "lowy"], ["--power lowy", "only a scenario"]),
    (["advise", "chicken", "--lens", "realsm"], ["--lens: 'realsm'", "did you mean realism"]),
    (["advise", "south_china_sea", "--seat", "China"], ["--seat: 'China'", "did you mean CHN"]),
    (["advise", "south_china_sea", "--arena", "code"], ["--arena: 'code'", "code_of_conduct"]),
    (
        ["advise", "south_china_sea", "--seat", "VNM", "--arena", "us_philippines_treaty"],
        ["of VNM"],
    ),
    (["advise", "south_china_sea", "--power", "gdp"], ["--power: 'gdp'", "cinc, lowy"]),
    (["advise", "seato_1954_1977", "--power", "lowy"], ["USA has no figure for lowy"]),
    (["strategies", "--family", "gradul"], ["'gradul'", "did you mean gradual"]),
    (["serve", "--port", "65536"], ["--port: 65536", "0 to 65535"]),
    (["serve", "--database", "mysql://x"], ["'mysql'", "sqlite:///FILE"]),
    (["serve", "--database", "sqlite://"], ["names no file", "sqlite:///FILE"]),
    (["serve", "--scenarios", "no/such"], ["'no/such'", "is no folder"]),
    (["serve", "--host", "192.0.2.77"], ["'192.0.2.77'", "127.0.0.1"]),
    (["serve", "--host", "no.such.invalid"], ["'no.such.invalid'", "127.0.0.1"]),
]


@pytest.mark.parametrize(
    ("arguments", "words"), WRONG, ids=[" ".join(typed)[:50] for typed, _ in WRONG]
)
def test_wrong_input_is_answered_in_one_line_with_exit_code_2(
    detente: Run, tmp_path: Path, arguments: list[str], words: list[str]
) -> None:
    (tmp_path / "broken.toml").write_text(BROKEN)
    ran = detente(*arguments)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("detente: ")
    assert ran.err.count("\n") == 1
    assert ran.err.endswith("\n")
    assert [word for word in words if word not in ran.err] == []


def test_a_bad_setting_is_named_with_its_variable(
    detente: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DETENTE_PORT", "eight")
    ran = detente("serve")
    assert (ran.code, ran.err.count("\n")) == (2, 1)
    assert "DETENTE_PORT=eight" in ran.err


def test_an_error_cannot_write_to_the_terminal_what_a_file_name_holds(detente: Run) -> None:
    ran = detente("replay", "\x1b[2Jno.jsonl")
    assert ran.err == "detente: ?[2Jno.jsonl: there is no such file; check the path\n"


def test_an_endless_value_does_not_make_an_endless_line(detente: Run) -> None:
    ran = detente("x" * 100_000)
    assert ran.code == 2
    assert len(ran.err) < 700
