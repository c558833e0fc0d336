"""Stored matches of all rules hold for good: they verify, and come again to the byte."""

from enum import Enum
from typing import get_args, get_type_hints

import pytest

from game_rules.log.gains import GainLine
from game_rules.log.sentences import Sentence
from tests.golden import matches
from tests.golden.features import features
from tests.golden.project import (
    RULESETS,
    Binding,
    MoveKind,
    commands,
    events,
    read_record,
    scenario_names,
    verify,
    write_record,
)
from tests.quick import few_quick

NAMES = matches.names()
OF_BOTS = [name for name in NAMES if matches.is_of_bots(name)]
OF_PEOPLE = [name for name in NAMES if not matches.is_of_bots(name)]
ORDERING = {events.Phase.NEGOTIATION, events.Phase.DECISION}
VERSIONS = sorted({matches.rules_of(name) for name in NAMES})


@pytest.mark.parametrize("name", few_quick(NAMES))
def test_a_stored_match_verifies_and_is_written_as_it_was_read(name: str):
    raw = matches.record_of(name)
    record = read_record(raw)
    created = record.log[0]
    assert isinstance(created, events.MatchCreated)
    assert created.rules_version == matches.rules_of(name)
    verify(record)
    again = write_record(record.log, record.software_version, record.names)
    assert again.encode() == raw


@pytest.mark.parametrize("name", few_quick(OF_BOTS))
def test_bots_play_a_stored_match_again_to_the_byte(name: str):
    again = matches.play_again(matches.log_of(name))
    assert matches.written(again) == matches.record_of(name)


@pytest.mark.parametrize("name", few_quick(OF_PEOPLE))
def test_what_people_asked_for_gives_the_same_events_and_refusals(name: str):
    begin, count, table = matches.ask_again(name)
    assert matches.written(table.log, table.names) == matches.record_of(name)
    stored = matches.unpacked(matches.COMMANDS / f"{name}.jsonl.gz")
    assert matches.commands_text(begin, count, table.asked) == stored


def test_there_are_records_of_all_rules():
    assert sorted(RULESETS) == VERSIONS


@pytest.mark.parametrize("version", VERSIONS)
def test_there_are_enough_of_both(version: int):
    for names in (OF_BOTS, OF_PEOPLE):
        assert sum(matches.rules_of(name) == version for name in names) >= 20


@pytest.mark.parametrize("version", VERSIONS)
def test_every_scenario_is_played_by_bots_and_by_people(version: int):
    for kind in ("bots", "people"):
        for name in scenario_names():
            assert matches.stored_name(f"{kind}_{name}", version) in NAMES


@pytest.mark.slow
@pytest.mark.parametrize("version", VERSIONS)
def test_they_hold_every_event_and_value_and_every_command_granted_and_refused(version: int):
    found, lacks = _found(version), LACKS[version]
    kinds = [x.__name__ for x in get_args(events.Event)]
    missing = [name for name in kinds if name not in found]
    assert not missing, f"{missing}: store a record with them"
    for kind in commands.COMMANDS:
        if kind.__name__ in lacks:
            continue
        answers = {x.split(": ")[1] for x in found if x.startswith(f"{kind.__name__} by ")}
        assert "granted" in answers, kind
        assert len(answers) > 1, kind
    wanted = [
        *_enumerations(version),
        *(("PactTerms.binding", binding) for binding in Binding),
        *(("Move.kind", kind) for kind in MoveKind),
        *(("ArenaResult.sources", source) for source in events.OrderSource),
    ]
    assert [x for x in wanted if f"{x[0]} is {x[1].value}" not in found] == []


def _enumerations(version: int) -> list[tuple[str, Enum]]:
    """Give every value of every enumeration that an event's own fields hold."""
    found = []
    for kind in get_args(events.Event):
        for field, hint in get_type_hints(kind).items():
            for each in (hint, *get_args(hint)):
                if isinstance(each, type) and issubclass(each, Enum):
                    found += [(f"{kind.__name__}.{field}", value) for value in each]
    never = {**NEVER, **NEVER_OF[version]}
    return [(place, value) for place, value in found if value not in never.get(place, ())]


LACKS: dict[int, frozenset[str]] = {1: frozenset({"SaySentence"}), 2: frozenset()}
"""The commands that rules do not have."""

NEVER = {
    "AutopilotEngaged.reason": (events.AutopilotReason.RETURNED,),
    "AutopilotReleased.reason": (events.AutopilotReason.ABSENT,),
    "PhaseOpened.phase": (events.Phase.LOBBY, events.Phase.DEBRIEF),
    "ReadySet.phase": (events.Phase.LOBBY, events.Phase.DEBRIEF),
    "OrderSaved.sources": tuple(
        set(events.OrderSource) - {events.OrderSource.AUTOPILOT, events.OrderSource.FACILITATOR}
    ),
}
"""What no rules write at any time."""

NEVER_OF: dict[int, dict[str, tuple[Enum, ...]]] = {
    1: {
        "OrderSaved.ready_in": tuple(events.Phase),
        "MessageSaid.sentence": tuple(Sentence),
        "RoundResolved.lines": tuple(GainLine),
    },
    2: {
        "OrderSaved.ready_in": tuple(set(events.Phase) - ORDERING),
        "RoundResolved.lines": (GainLine.ARENAS, GainLine.INCIDENTS),
    },
}
"""What rules of one version write at no time."""


def _found(version: int) -> set[str]:
    found = set[str]()
    for name in NAMES:
        if matches.rules_of(name) != version:
            continue
        asked = [] if matches.is_of_bots(name) else matches.asked_in(name)
        found |= features(matches.log_of(name), asked)
    return found
