"""However the line breaks, every event is told once and in order, and every command is answered."""

import json
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from client.bot.conversation import (
    Answered,
    CaughtUp,
    Conversation,
    Happened,
    Notice,
    Postponed,
    Welcomed,
)
from game_rules.bots.bot_match import play_bot_match
from game_rules.log.events import Event, MatchPaused, MatchResumed, Phase
from game_rules.log.evolve import fold
from game_rules.match.clock import SetReady
from game_rules.match.seating import LeaveSeat
from game_rules.records.codec import to_json
from game_rules.scenario_files.scenarios import load_scenario
from server.wire.frames import CLIENT_FRAME, CommandFrame, Hello
from tests.game_rules.scenes import CHN, Table

PD = load_scenario("prisoners_dilemma")
LOG = play_bot_match(PD, dict.fromkeys(PD.seats, "alternator"), "7")
NOW_MS = 1_700_000_000_000


def welcome(seq: int, audience: str = "seat:ROW", seat: str | None = "ROW") -> dict[str, Any]:
    """The server's answer to hello."""
    you = {"role": "player", "seat": seat, "person": "p", "name": "n"}
    return {
        "type": "welcome",
        "protocol": 1,
        "audience": audience,
        "you": you,
        "seq": seq,
        "server_now_ms": NOW_MS,
    }


def events(first: int, last: int, log: Sequence[Event] = LOG) -> dict[str, Any]:
    """Events of a log by number, from 1, both ends included."""
    return {"type": "events", "seq": first, "events": [to_json(e) for e in log[first - 1 : last]]}


def hear(conversation: Conversation, *frames: dict[str, Any]) -> list[Notice]:
    """Let frames come, each as a message."""
    return [n for frame in frames for n in conversation.hear(json.dumps(frame))]


def sent(conversation: Conversation) -> list[Any]:
    """Take what was sent, read as the server would read it."""
    frames = [CLIENT_FRAME.validate_json(text) for text in conversation.outgoing]
    conversation.outgoing.clear()
    return frames


def begun() -> Conversation:
    """A conversation that has been welcomed and has sent nothing else."""
    conversation = Conversation("token")
    conversation.begin()
    hear(conversation, welcome(1))
    conversation.outgoing.clear()
    return conversation


def told(notices: Sequence[Notice]) -> list[Event]:
    return [event for notice in notices if isinstance(notice, Happened) for event in notice.events]


def hellos(conversation: Conversation) -> list[tuple[str | None, int]]:
    return [(f.audience, f.seq) for f in sent(conversation) if isinstance(f, Hello)]


def test_a_line_begins_with_hello_and_a_ping_behind_it():
    conversation = Conversation("token")
    conversation.begin()
    first, second = sent(conversation)
    assert isinstance(first, Hello)
    assert (first.protocol, first.token, first.audience, first.seq) == (1, "token", None, 0)
    assert second.type == "ping"
    assert hear(conversation, {"type": "pong", "sent_ms": 0, "server_now_ms": 1}) == [CaughtUp()]


def test_a_message_may_hold_several_frames():
    conversation = Conversation("token")
    conversation.begin()
    notices = list(conversation.hear(json.dumps([welcome(1), events(1, 3)])))
    assert notices == [Welcomed("ROW", NOW_MS), Happened(LOG[:3], fold(LOG[:3]))]


@given(st.lists(st.integers(1, len(LOG)), max_size=8), st.integers(1, 5))
def test_every_event_is_told_once_whatever_is_cut_and_said_again(cuts: list[int], chunk: int):
    """Each cut ends a line; the server goes on from what the hello says, or a little before."""
    conversation, notices = Conversation("token"), []
    for end in [*cuts, len(LOG)]:
        conversation.begin()
        ((_, held),) = hellos(conversation)
        notices += hear(conversation, welcome(held + 1))
        for first in range(max(1, held - 1), end + 1, chunk):
            notices += hear(conversation, events(first, min(first + chunk - 1, end)))
    assert told(notices) == list(LOG)
    assert [n.position for n in notices if isinstance(n, Happened)][-1] == fold(LOG)


def test_a_gap_is_answered_with_hello_and_what_comes_before_the_welcome_is_passed_over():
    conversation = begun()
    hear(conversation, events(1, 3))
    assert hear(conversation, events(5, 6)) == []
    assert hellos(conversation) == [(None, 0)]
    assert hear(conversation, events(7, 7)) == []
    assert hellos(conversation) == []
    notices = hear(conversation, welcome(1), events(1, 6))
    assert told(notices) == list(LOG[3:6]), "what was told is not told again"


def test_a_server_that_goes_on_from_elsewhere_is_asked_for_everything():
    conversation = begun()
    hear(conversation, events(1, 3))
    conversation.begin()
    conversation.outgoing.clear()
    assert hear(conversation, welcome(9)) == []
    assert hellos(conversation) == [(None, 0)]


def test_another_audience_begins_anew():
    conversation = Conversation("token")
    conversation.begin()
    hear(conversation, welcome(1, "observer", None), events(1, 3))
    notices = hear(conversation, welcome(1), events(1, 4))
    assert notices[0] == Welcomed("ROW", NOW_MS)
    assert told(notices) == list(LOG[:4])


def test_a_command_keeps_its_id_over_every_line_until_it_is_answered():
    conversation = begun()
    conversation.ask(LeaveSeat())
    (asked,) = sent(conversation)
    conversation.begin()
    assert [f for f in sent(conversation) if isinstance(f, CommandFrame)] == [asked]
    notices = hear(conversation, welcome(1), {"type": "ack", "id": asked.id, "seq": 1})
    assert notices[-1] == Answered(LeaveSeat())
    assert hear(conversation, {"type": "ack", "id": asked.id, "seq": 1}) == []
    conversation.begin()
    assert not [f for f in sent(conversation) if isinstance(f, CommandFrame)]


def refuse(conversation: Conversation, code: str) -> list[Notice]:
    """Ask for something, and refuse it."""
    conversation.ask(SetReady(1, Phase.DECISION, True))
    (asked,) = sent(conversation)
    return hear(
        conversation, {"type": "refused", "id": asked.id, "code": code, "message": "no, because"}
    )


def test_a_refusal_is_an_answer():
    command = SetReady(1, Phase.DECISION, True)
    assert refuse(begun(), "wrong_round") == [Answered(command, "wrong_round", "no, because")]


def test_what_could_not_be_stored_is_tried_again():
    conversation = begun()
    assert refuse(conversation, "try_again") == [Postponed()]
    conversation.retry()
    assert len(sent(conversation)) == 1


def test_what_a_pause_refused_is_sent_when_the_match_goes_on():
    conversation = begun()
    log = (*LOG[:4], MatchPaused(0), MatchResumed(None, 0))
    hear(conversation, events(1, 5, log))
    assert refuse(conversation, "match_paused") == []
    hear(conversation, events(6, 6, log))
    assert [frame.command.type for frame in sent(conversation)] == ["set_ready"]


def test_presence_is_nobodys_news():
    assert hear(begun(), {"type": "presence", "seats": ["ROW"], "observers": 1}) == []


@pytest.mark.parametrize("last", [1, len(LOG)])
def test_events_that_are_known_are_passed_over(last: int):
    conversation = begun()
    hear(conversation, events(1, last))
    assert hear(conversation, events(1, last)) == []


def test_names_come_beside_the_events_and_stand_in_the_position():
    log = Table().seat(CHN).log
    people = {"type": "people", "names": {"CHN": "Amna"}}
    notices = hear(begun(), people, events(1, len(log), log))
    (holder,) = [n.position.holders[CHN] for n in notices if isinstance(n, Happened)]
    assert holder.name == "Amna"
