"""A match is written as a text and read back: the same orders, pacts, moves, messages, results."""

import re
from collections.abc import Iterable
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from game_rules.log import events as e
from game_rules.log.evolve import fold
from game_rules.match.decide import create_match
from game_rules.notation.heading import FORMAT
from game_rules.notation.notation import LARGEST_NOTATION, read_notation, write_notation
from game_rules.notation.words import NotationError
from game_rules.records.record import Record, verify
from game_rules.scenario_files.scenarios import shipped_scenario
from tests.game_rules.drawn import logs
from tests.golden import matches
from tests.quick import few_quick

ROOT = Path(__file__).parents[3]
HEAD = f"{FORMAT}\nscenario: chicken\nseed: 7\n"
SEA_OFFER = (
    f"{FORMAT}\nscenario: south_china_sea\n1. CHN offers #1 treaty for 1 round among CHN, VNM: "
    "CHN fisheries C"
)

UNTOLD = (
    e.ReadySet,
    e.DeadlineMoved,
    e.FacilitatorActed,
)
"""What a text leaves out: readiness, the clock, and who of several facilitators acted."""


def told(log: Iterable[e.Event]) -> list[e.Event]:
    """Give what a text tells of a log: its events without times, and without what it leaves out."""
    return [_timeless(event) for event in log if not isinstance(event, UNTOLD)]


def _timeless(event: e.Event) -> e.Event:
    known = {field.name for field in fields(event)}
    blank: dict[str, Any] = {"at_ms": 0, "deadline_ms": None, "pace": None, "ready_in": None}
    return replace(event, **{x: y for x, y in blank.items() if x in known})


def require_round_trip(log: Iterable[e.Event]) -> None:
    again = read_notation(write_notation(tuple(log)))
    assert told(again) == told(log)


@pytest.mark.parametrize("name", few_quick(matches.names()))
def test_every_stored_match_comes_back(name: str):
    require_round_trip(matches.log_of(name))


@pytest.mark.slow
@settings(max_examples=60)
@given(logs())
def test_every_drawn_match_comes_back(log: list[e.Event]):
    require_round_trip(log)


def test_what_is_read_holds_as_a_record():
    log = read_notation(f"{HEAD}1. ROW C; COLUMN D\n2. ROW C; COLUMN C\n")
    position = verify(Record("v", log))
    assert [dict(x.results[0].actions) for x in position.history] == [
        {"ROW": "C", "COLUMN": "D"},
        {"ROW": "C", "COLUMN": "C"},
    ]


def test_the_example_of_the_page_is_a_match_and_every_item_of_its_table_is_read():
    page = (ROOT / "docs/notation.md").read_text()
    example = page.split("```\n")[1]
    position = fold(read_notation(example))
    assert [len(resolved.pacts) for resolved in position.history] == [0, 0, 1, 0]
    assert position.phase is e.Phase.REVEAL
    table = page.split("## Items")[1]
    for item in (x for row in table.split("\n") if row.startswith("|") for x in ITEM.findall(row)):
        items = f"{ALL_OTHERS}; {item}" if "#1" in item and "offers #1" not in item else item
        text = f"{FORMAT}\nscenario: south_china_sea\nlobby: CHN held by p3\n1. {items} |"
        assert not UNREAD.search(_problem_of(text)), item


def _problem_of(text: str) -> str:
    """Say why a text is refused, by what can be read or by the rules; nothing if it is not."""
    try:
        read_notation(text)
    except NotationError as error:
        return str(error)
    return ""


ITEM = re.compile(r"`([A-Za-z][^`]+)`")
ALL_OTHERS = "CHN offers #1 treaty for 1 round among CHN, VNM: CHN fisheries C"
UNREAD = re.compile("left over|should;|is no|is not|nothing that|does not begin")


def test_one_line_per_round():
    text = write_notation(matches.log_of("rules2_bots_chicken"))
    rounds = [line for line in text.split("\n") if line[:1].isdigit()]
    assert len(rounds) == len(fold(matches.log_of("rules2_bots_chicken")).history)


@pytest.mark.parametrize(
    ("text", "line", "problem"),
    [
        ("", 1, "begin with detente-notation/1"),
        ("chess", 1, "'chess' is no heading; begin with detente-notation/1"),
        (FORMAT, 2, "names no scenario; add a line such as `scenario: chicken`"),
        (f"{FORMAT}\nscenario: chiken", 2, "'chiken' is no scenario; did you mean chicken?"),
        (f"{FORMAT}\nscenario: chicken [1]", 2, "write an object of JSON"),
        (f'{FORMAT}\nscenario: chicken {{"round":1}}', 2, "did you mean rounds?"),
        (f"{HEAD}seed: 8", 4, "'seed' comes twice; leave one out"),
        (f"{HEAD}rules: 9", 4, "rules 9 are unknown; write 1, 2"),
        (f"{HEAD}rules: two", 4, "rules: 'two' is not of type int"),
        (f"{HEAD}rules: 2 3", 4, "'3' is left over"),
        (f"{HEAD}\nROW C", 5, "write `1. ...` or `lobby: ...`"),
        (f"{HEAD}loby: ROW plays bully", 4, "'loby' names no phase; did you mean lobby?"),
        (f"{HEAD}2. ROW C", 4, "round 2 does not come next; write `1. ...`"),
        (f"{HEAD}1. ROW X", 4, "'X' is nothing that ROW can do"),
        (f"{HEAD}1. ROW X", 4, "; write C or D"),
        (f"{HEAD}1. ROW sayz hello", 4, "that ROW can do; did you mean say or says?"),
        (f"{HEAD}1. ROW chicken X", 4, "that ROW can do; write C or D after chicken"),
        (f"{SEA_OFFER}; VNM declines #1; VNM accepts #1 | ", 3, "proposal #1 is not open any more"),
        (
            f"{SEA_OFFER}; PHL accepts #1 | ",
            3,
            "proposal #1 is among CHN, VNM; one of these can answer",
        ),
        (f"{HEAD}1. ROW C\nstop: 1", 5, "comes where a phase should; known: lobby, briefing,"),
        (f"{HEAD}1. RAW C", 4, "'RAW C' does not begin with a seat; did you mean ROW?"),
        (f"{HEAD}1. ROW C COLUMN D", 4, "'COLUMN D' is left over; leave it out, or write `;`"),
        (f"{HEAD}1. ROW C | | | |", 4, "round 1 has 5 parts; write at most 3"),
        (f"{HEAD}1. ROW says hello", 4, "'hello' is not a sentence"),
        (f'{HEAD}1. ROW says "hello" | ROW C', 4, "round 1 is not in negotiation here"),
        (f"{HEAD}1. ROW accepts #1", 4, "there is no proposal #1 yet; offer one first"),
        (f"{HEAD}1. ROW offers #2 treaty", 4, "write #1"),
        (f"{HEAD}1. ROW offers #1 trety", 4, "did you mean treaty?"),
        (f"{HEAD}1. ROW offers #1 treaty 3", 4, "'3' comes where 'for' should; write 'for'"),
        (f"{HEAD}1. ROW offers #1 treaty for x", 4, "'x' is no number"),
        (f"{HEAD}1. ROW expects chicken COLUMN C", 4, "write ':'"),
        (f"{HEAD}1. ROW expects", 4, "the end of the line comes where an arena should"),
        (f"{HEAD}1. ROW set_ready phase", 4, "write '='"),
        (f"{HEAD}1. ROW set_ready phase={{", 4, "is no value for phase"),
        (f"{HEAD}1. ROW set_ready phase=lunch", 4, "phase: 'lunch' is none of"),
        (f"{HEAD}1. ROW order_for seat=ROW actions={{}}", 4, "order_for is for the facilitator"),
        (f"{HEAD}1. ROW C\nend:", 5, "the match does not end after round 1; write round 2"),
        (f"{HEAD}1. ROW C\nstop: 1 lunch", 5, "'lunch' is not a phase"),
        (f"{HEAD}1. ROW C\nstop: 1 reveal\n2. ROW C", 6, "comes after the end; leave it out"),
        (f"{HEAD}1. facilitator pause_match", 4, "the match is paused"),
    ],
)
def test_an_error_is_one_line_with_its_place_and_a_remedy(text: str, line: int, problem: str):
    with pytest.raises(NotationError) as found:
        read_notation(text)
    assert found.value.line == line
    assert problem in str(found.value)
    assert "\n" not in str(found.value)


def test_a_text_that_is_too_long_is_refused():
    with pytest.raises(NotationError, match="more than"):
        read_notation(FORMAT + "\n" * LARGEST_NOTATION)


@pytest.mark.slow
@pytest.mark.parametrize(
    "name", ["rules2_bots_chicken", "rules2_all_realist", "rules2_people_chicken"]
)
def test_a_text_that_is_cut_after_any_line_is_a_match_that_holds(name: str):
    lines = write_notation(matches.log_of(name)).splitlines(keepends=True)
    for count in range(2, len(lines)):
        verify(Record("", read_notation("".join(lines[:count]))))


def test_a_match_of_bots_alone_does_not_stop_where_nobody_is_waited_for():
    bots = f"{HEAD}lobby: ROW plays bully; COLUMN plays bully\n1. ROW C; COLUMN D\nstop: 1 reveal"
    with pytest.raises(NotationError, match=r"line 6: .* write `stop: 2 ") as found:
        read_notation(bots)
    stop = str(found.value).split("`")[1]
    verify(Record("", read_notation(bots.replace("stop: 1 reveal", stop))))


def test_a_match_stops_where_the_text_says():
    log = read_notation(f"{HEAD}1. ROW C\nstop: 1 decision")
    assert fold(log).history == ()


def test_a_scenario_of_ones_own_is_written_out():
    created = matches.log_of("rules2_bots_chicken")[0]
    assert isinstance(created, e.MatchCreated)
    scenario = replace(created.scenario, name="my_chicken", rounds=1)
    log = read_notation(f"{HEAD}1. ROW C")
    own = read_notation(write_notation(_with(log, scenario)))
    assert fold(own).scenario == scenario


def _with(log: tuple[e.Event, ...], scenario: Any) -> tuple[e.Event, ...]:
    created = log[0]
    assert isinstance(created, e.MatchCreated)
    return (replace(created, scenario=scenario),)


def test_a_scenario_without_a_key_of_the_built_in_one_is_written_out():
    scenario = replace(shipped_scenario("south_china_sea"), starts=())
    log = create_match(scenario, "7", None, 0, version=1)
    assert fold(read_notation(write_notation(log))).scenario == scenario


def test_a_match_whose_last_round_is_written_is_over():
    text = f'{FORMAT}\nscenario: chicken {{"rounds":1}}\n1. ROW C; COLUMN C'
    assert fold(read_notation(text)).is_over


def test_an_arena_may_be_called_like_a_verb():
    created = matches.log_of("rules2_bots_chicken")[0]
    assert isinstance(created, e.MatchCreated)
    arena = replace(created.scenario.arenas[0], name="says")
    scenario = replace(created.scenario, name="odd", arenas=(arena,), rounds=1)
    head = write_notation(create_match(scenario, "7", None, 0)).split("stop")[0]
    log = read_notation(f'{head}1. ROW save_order actions={{"says":"C"}}')
    assert [x.actions for x in log if isinstance(x, e.OrderSaved)] == [{"says": "C"}]
    require_round_trip(log)
