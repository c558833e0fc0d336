"""What is sent stays what it was: to the byte for every audience, to the word for a refusal."""

import json

import pytest

from tests.golden import refusals
from tests.golden.matches import log_of
from tests.golden.project import WIRE_COMMANDS, events
from tests.golden.wire import (
    AUDIENCES,
    IN_FULL,
    SESSIONS,
    WIRE,
    audiences_of,
    digests,
    payloads,
    session_again,
    texts_path,
    viewers,
)

pytestmark = pytest.mark.slow

SHOWN = json.loads(AUDIENCES.read_text())
PLAYED = json.loads(SESSIONS.read_text())


@pytest.mark.parametrize("name", SHOWN)
def test_every_audience_of_a_stored_match_is_shown_the_same_bytes(name: str):
    assert audiences_of(name) == SHOWN[name]


@pytest.mark.parametrize("name", IN_FULL)
def test_what_each_audience_of_some_matches_is_shown_can_be_read(name: str):
    log = log_of(name)
    created = log[0]
    assert isinstance(created, events.MatchCreated)
    for viewer in viewers(created.scenario):
        stored = texts_path(name, viewer.key).read_text()
        assert payloads(log, viewer) == stored.splitlines()


@pytest.mark.parametrize("name", PLAYED)
async def test_a_whole_session_sends_everybody_the_same_bytes(name: str):
    sent = await session_again(PLAYED[name])
    for who in sent:
        path = texts_path(f"session_{name}", who)
        if path.exists():
            assert sent[who] == path.read_text().splitlines()
    assert digests(sent) == PLAYED[name]["sent"]


def test_the_sessions_have_two_texts_to_read():
    assert len(list(WIRE.glob("session_*.txt"))) == 2


def test_every_frame_is_refused_in_the_same_words_or_read_as_the_same_command():
    stored = json.loads(refusals.PARSED.read_text())
    again = json.loads(json.dumps(refusals.parsed()))
    assert [x for x in zip(again, stored, strict=True) if x[0] != x[1]] == []


def test_every_type_of_command_is_read_in_the_table():
    read = [x[2] for x in json.loads(refusals.PARSED.read_text()) if x[1] == 0]
    assert set(refusals.EXAMPLES) == {kind.type for kind in WIRE_COMMANDS}
    assert set(refusals.EXAMPLES) <= {x["type"] for x in read}
    assert len(json.loads(refusals.PARSED.read_text())) - len(read) >= 150


def test_every_role_gets_the_same_answer_in_every_situation():
    stored = json.loads(refusals.DECIDED.read_text())
    again = refusals.decided()
    for case, answers in stored.items():
        assert again[case] == answers, case
    assert again.keys() == stored.keys()


async def test_connections_are_answered_and_closed_in_the_same_words():
    stored = json.loads(refusals.RECEIVED.read_text())
    again = json.loads(json.dumps(await refusals.received()))
    assert [x for x in zip(again, stored, strict=True) if x[0] != x[1]] == []
