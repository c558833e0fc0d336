"""Stored matches of rules 1 hold for good: they verify, and come again to the byte."""

from enum import Enum
from typing import get_args, get_type_hints

import pytest

from game_rules.log.gains import GainLine
from game_rules.log.sentences import Sentence
from tests.golden import matches
from tests.golden.features import features
from tests.golden.project import (
    Binding,
    MoveKind,
    commands,
    events,
    read_record,
    scenario_names,
    verify,
    write_record,
)

NAMES = matches.names()
OF_BOTS = [name for name in NAMES if matches.is_of_bots(name)]
OF_PEOPLE = [name for name in NAMES if not matches.is_of_bots(name)]
RULES = 1


@pytest.mark.parametrize("name", NAMES)
def test_a_stored_match_verifies_and_is_written_as_it_was_read(name: str):
    raw = matches.record_of(name)
    record = read_record(raw)
    created = record.log[0]
    assert isinstance(created, events.MatchCreated)
    assert created.rules_version == RULES
    verify(record)
    assert write_record(record.log, record.software_version).encode() == raw


@pytest.mark.parametrize("name", OF_BOTS)
def test_bots_play_a_stored_match_again_to_the_byte(name: str):
    again = matches.play_again(matches.log_of(name))
    assert matches.written(again) == matches.record_of(name)


@pytest.mark.parametrize("name", OF_PEOPLE)
def test_what_people_asked_for_gives_the_same_events_and_refusals(name: str):
    begin, count, log, asked = matches.ask_again(name)
    assert matches.written(log) == matches.record_of(name)
    stored = matches.unpacked(matches.COMMANDS / f"{name}.jsonl.gz")
    assert matches.commands_text(begin, count, asked) == stored


def test_there_are_enough_of_both():
    assert (len(OF_BOTS) >= 20, len(OF_PEOPLE) >= 20) == (True, True)


def test_every_scenario_is_played_by_bots_and_by_people():
    for kind in ("bots", "people"):
        assert {f"{kind}_{name}" for name in scenario_names()} <= set(NAMES)


@pytest.mark.slow
def test_they_hold_every_event_and_value_and_every_command_granted_and_refused():
    found = _found()
    kinds = [x.__name__ for x in get_args(events.Event)]
    missing = [name for name in kinds if name not in found and name not in LATER]
    assert not missing, f"{missing}: store a record with them, or name them in LATER"
    for kind in commands.COMMANDS:
        if kind.__name__ in LATER:
            continue
        answers = {x.split(": ")[1] for x in found if x.startswith(f"{kind.__name__} by ")}
        assert "granted" in answers, kind
        assert len(answers) > 1, kind
    wanted = [
        *_enumerations(),
        *(("PactTerms.binding", binding) for binding in Binding),
        *(("Move.kind", kind) for kind in MoveKind if kind.value not in LATER),
        *(("ArenaResult.sources", source) for source in events.OrderSource),
    ]
    assert [x for x in wanted if f"{x[0]} is {x[1].value}" not in found] == []


def _enumerations() -> list[tuple[str, Enum]]:
    """Give every value of every enumeration that an event's own fields hold."""
    found = []
    for kind in get_args(events.Event):
        for field, hint in get_type_hints(kind).items():
            for each in (hint, *get_args(hint)):
                if isinstance(each, type) and issubclass(each, Enum):
                    found += [(f"{kind.__name__}.{field}", value) for value in each]
    return [(place, value) for place, value in found if value not in NEVER.get(place, ())]


LATER = frozenset({"SaySentence"})
"""Events, commands and kinds of moves that came after rules 1: no record of rules 1 holds them."""

NEVER = {
    "AutopilotEngaged.reason": (events.AutopilotReason.RETURNED,),
    "AutopilotReleased.reason": (events.AutopilotReason.ABSENT,),
    "PhaseOpened.phase": (events.Phase.LOBBY, events.Phase.DEBRIEF),
    "ReadySet.phase": (events.Phase.LOBBY, events.Phase.DEBRIEF),
    "OrderSaved.ready_in": tuple(events.Phase),  # of rules 2, as the next one
    "MessageSaid.sentence": tuple(Sentence),
    "RoundResolved.lines": tuple(GainLine),
    "OrderSaved.sources": tuple(
        set(events.OrderSource) - {events.OrderSource.AUTOPILOT, events.OrderSource.FACILITATOR}
    ),
}
"""What the rules write at no time."""


def _found() -> set[str]:
    found = set[str]()
    for name in NAMES:
        asked = [] if matches.is_of_bots(name) else matches.asked_in(name)
        found |= features(matches.log_of(name), asked)
    return found
