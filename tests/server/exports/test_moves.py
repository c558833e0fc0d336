"""Moves and forecasts as CSV: what was sealed beside orders, once its round has opened it."""

import csv
from collections.abc import Sequence
from io import StringIO

import pytest

from game_rules.games.stage_games import C, D
from game_rules.log.events import Event, Phase
from game_rules.log.evolve import fold
from game_rules.match import commands as c
from game_rules.roles import THE_CLOCK, Actor, Role, Seat
from game_rules.scenario.moves import Move, MoveKind
from server.exports.catalogue import TABLES, table_named
from tests.game_rules.scenes import CHN, JPN, PHL, START_MS, Table
from tests.server.exports.written import write_table

RESTRAINT = Move(MoveKind.RESTRAINT, "forum")
FUND = Move(MoveKind.FUND, "forum")


def by(table: Table, seat: Seat, command: c.Command) -> None:
    """Ask as a seat, one second after the last time."""
    table.now_ms += 1000
    table.do(command, Actor(Role.PLAYER, seat))


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(text)))


@pytest.fixture
def table() -> Table:
    """CHN changes its mind about its move and its forecast; JPN takes its move back; PHL is a bot.

    In round 2 moves and forecasts are sealed, and the match ends before they are opened.
    """
    table = Table().seat(CHN, JPN).bots(PHL).start().skip_to(Phase.DECISION)
    by(table, CHN, c.MakeMove(1, FUND))
    by(table, CHN, c.MakeMove(1, RESTRAINT))
    by(table, JPN, c.MakeMove(1, FUND))
    by(table, JPN, c.TakeBackMove(1))
    by(table, PHL, c.MakeMove(1, FUND))
    by(table, CHN, c.SaveForecast(1, "strait", {CHN: C, JPN: C}))
    by(table, CHN, c.SaveForecast(1, "strait", {CHN: D, JPN: C}))
    by(table, JPN, c.SaveForecast(1, "forum", {PHL: C}))
    by(table, JPN, c.SaveForecast(1, "forum", {}))
    table.order(CHN, strait="C", forum="C")
    table.order(JPN, strait="C", forum="D")
    table.skip_to(Phase.DECISION, 2)
    by(table, JPN, c.MakeMove(2, FUND))
    by(table, JPN, c.SaveForecast(2, "strait", {CHN: C}))
    table.do(c.EndMatch())
    return table


def test_a_move_that_a_round_opened_has_a_row_and_no_other_has(table: Table) -> None:
    made = rows(write_table(table.log, "moves"))
    assert list(made[0]) == list(table_named("moves").header)
    told = [
        (x["round"], x["seat"], x["holder"], x["strategy"], x["move"], x["arena"]) for x in made
    ]
    assert told == [
        ("1", "CHN", "person", "", "restraint", "forum"),
        ("1", "PHL", "bot", "tit_for_tat", "fund", "forum"),
    ]
    assert [(x["cost"], x["takes_effect"], x["seats"], x["told_to"]) for x in made] == [
        ("0.0", "1", "", ""),
        ("1.0", "1", "", ""),
    ]
    assert [int(x["move_saved_ms"]) - START_MS for x in made] == [2000, 5000]


def test_a_forecast_as_it_stood_is_held_against_what_was_played(table: Table) -> None:
    noted = rows(write_table(table.log, "forecasts"))
    assert list(noted[0]) == list(table_named("forecasts").header)
    told = [
        (x["round"], x["seat"], x["arena"], x["about"], x["is_intent"], x["forecast"], x["played"])
        for x in noted
    ]
    assert told == [
        ("1", "CHN", "strait", "CHN", "1", "D", "C"),
        ("1", "CHN", "strait", "JPN", "0", "C", "C"),
    ]
    assert [x["is_right"] for x in noted] == ["0", "1"]
    assert {int(x["forecast_saved_ms"]) - START_MS for x in noted} == {7000}


def test_what_was_sealed_when_the_match_ended_is_in_no_table(table: Table) -> None:
    for what in ("moves", "forecasts"):
        assert {row["round"] for row in rows(write_table(table.log, what))} == {"1"}


@pytest.mark.parametrize("what", TABLES)
def test_every_table_leaves_names_out_and_is_the_same_bytes(table: Table, what: str) -> None:
    text = write_table(table.log, what)
    assert "Ms CHN" not in text
    assert text == write_table(table.log, what)


def branched(trunk: Table) -> Sequence[Event]:
    """Let it go on from the end of round 1, and end in round 2."""
    seq = next(place for place, event in enumerate(trunk.log) if getattr(event, "round", 0) == 2)
    trunk.do(c.SupersedeMatch("later"))
    branch = Table(trunk.position.scenario)
    branch.log, branch.now_ms = trunk.log[:seq], trunk.now_ms
    branch.position = fold(branch.log)
    branch.do(c.BranchMatch("first", seq, "other"), THE_CLOCK)
    branch.do(c.ResumeMatch())
    branch.skip_to(Phase.DECISION, 2)
    by(branch, CHN, c.MakeMove(2, FUND))
    branch.skip_to(Phase.REVEAL, 2)
    branch.do(c.EndMatch())
    return branch.log


def test_a_row_says_whether_the_trunk_has_it_too(table: Table) -> None:
    log = branched(table)
    said = [
        (x["round"], x["trunk"], x["is_shared"], x["superseded_by"])
        for x in rows(write_table(log, "moves"))
    ]
    assert said == [("1", "first", "1", ""), ("1", "first", "1", ""), ("2", "first", "0", "")]
    assert [x["round"] for x in rows(write_table(log, "forecasts"))] == ["1", "1"], "each told once"
    trunk = rows(write_table(table.log, "decisions"))
    assert {(x["trunk"], x["is_shared"], x["superseded_by"]) for x in trunk} == {("", "0", "later")}
