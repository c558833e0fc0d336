"""A match as CSV: one row a decision, with its times."""

import csv
from io import StringIO

import pytest

from game_rules.bots.bot_match import play_bot_match
from game_rules.games.stage_games import C
from game_rules.log.events import BotSeated, Event, Phase, RoundResolved
from game_rules.match import commands as c
from game_rules.roles import Actor, Role
from game_rules.scenario.pacts import Binding, PactTerms, Pledge
from game_rules.scenario_files.scenarios import load_scenario
from server.exports.catalogue import table_named
from tests.game_rules.scenes import CHN, JPN, PHL, Table
from tests.server.cli.conftest import talked_log as talked_log
from tests.server.exports.written import write_table


def rows_of(log: tuple[Event, ...]) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(write_table(log, "decisions"))))


def test_a_decision_of_a_person_has_its_times(talked_log: tuple[Event, ...]) -> None:
    first = rows_of(talked_log)[0]
    assert list(first) == list(table_named("decisions").header)
    assert first.pop("person").startswith("P")
    assert {name: cell for name, cell in first.items() if cell} == {
        "match": "m1",
        "scenario": "chicken",
        "rules_version": "2",
        "seed": "7",
        "round": "1",
        "arena": "chicken",
        "seat": "ROW",
        "holder": "person",
        "action": "D",
        "source": "ordered",
        "decided_by": "person",
        "payoff": first["payoff"],
        "round_opened_ms": "10000",
        "decision_opened_ms": "40000",
        "order_saved_ms": "20000",
        "resolved_ms": "70000",
        "is_shared": "0",
    }


def test_an_order_that_is_saved_again_unchanged_keeps_its_time(
    talked_log: tuple[Event, ...],
) -> None:
    assert rows_of(talked_log)[0]["order_saved_ms"] == "20000"


def test_a_missing_order_has_no_time_and_says_what_stood_in(talked_log: tuple[Event, ...]) -> None:
    by_place = {(row["round"], row["seat"]): row for row in rows_of(talked_log)}
    told = {place: (row["source"], row["order_saved_ms"]) for place, row in by_place.items()}
    assert told == {
        ("1", "ROW"): ("ordered", "20000"),
        ("1", "COLUMN"): ("defaulted", ""),
        ("2", "ROW"): ("repeated", ""),
        ("2", "COLUMN"): ("repeated", ""),
    }


def test_names_of_people_are_left_out(talked_log: tuple[Event, ...]) -> None:
    assert "Ann" not in write_table(talked_log, "decisions")


def test_payoffs_and_what_is_beside_them_sum_to_the_gains() -> None:
    scenario = load_scenario("south_china_sea")
    log = play_bot_match(scenario, dict.fromkeys(scenario.seats, "random"), "7")
    resolved = [event for event in log if isinstance(event, RoundResolved)]
    for event in resolved:
        own = [row for row in rows_of(log) if row["round"] == str(event.round)]
        for seat, gain in event.gains.items():
            paid = sum(float(row["payoff"]) for row in own if row["seat"] == seat)
            beside = sum(line.get(seat, 0.0) for line in event.lines.values())
            assert paid + beside == pytest.approx(gain)


def test_a_seat_that_nobody_holds_is_said_so(talked_log: tuple[Event, ...]) -> None:
    unheld = tuple(event for event in talked_log if not isinstance(event, BotSeated))
    rows = rows_of(unheld)
    assert {row["holder"] for row in rows} == {"person", "nobody"}
    decided = {row["decided_by"] for row in rows if row["holder"] == "nobody"}
    assert decided == {"nobody"}


def test_every_decision_says_whose_it_was() -> None:
    seats = (CHN, JPN, PHL)
    table = Table().seat(*seats).start().skip_to(Phase.DECISION)
    table.order(CHN, strait="C")
    table.do(c.SeatBot(CHN, "grudger"))
    table.do(c.EngageAutopilot(JPN))
    table.order(JPN, strait="C", forum="C")
    table.do(c.OrderFor(PHL, 1, {"forum": C}))
    table.skip_to(Phase.REVEAL)
    rows = {(row["arena"], row["seat"]): row["decided_by"] for row in rows_of(tuple(table.log))}
    assert rows == {
        ("strait", "CHN"): "person",
        ("strait", "JPN"): "autopilot",
        ("forum", "CHN"): "time_out",
        ("forum", "JPN"): "autopilot",
        ("forum", "PHL"): "facilitator",
    }


def test_what_a_bot_chose_and_what_a_pact_executed_is_told_apart() -> None:
    table = Table().bots(CHN, JPN, PHL).start().skip_to(Phase.DECISION)
    pact = PactTerms((CHN, JPN), (Pledge(CHN, "strait", C),), (), 1, Binding.EXECUTED)
    table.do(c.Propose(1, pact), Actor(Role.PLAYER, JPN))
    number = table.position.proposals[0].number
    table.do(c.AnswerProposal(1, number, True), Actor(Role.PLAYER, CHN))
    table.order(CHN, strait="D", forum="D")
    table.do(c.SkipPhase(1, Phase.DECISION))
    played = [row for row in rows_of(tuple(table.log)) if row["round"] == "1"]
    rows = {(row["arena"], row["seat"]): row["decided_by"] for row in played}
    assert (rows["strait", "CHN"], rows["forum", "CHN"]) == ("pact", "bot")
