"""Taking a seat, playing it, leaving: what a guest asks for, and when it is over."""

import json
from collections.abc import Sequence
from typing import Any

import pytest

from client.bot.conversation import Conversation
from client.bot.errors import CannotJoin
from client.bot.session import BotSession
from client.bot.turn import Answer
from game_rules.log.events import (
    BotSeated,
    EndReason,
    Event,
    MatchCreated,
    MatchEnded,
    Phase,
    PhaseOpened,
    SeatTaken,
)
from game_rules.records.codec import to_json
from game_rules.roles import PersonId
from tests.client.bot.test_conversation import NOW_MS, sent, welcome
from tests.game_rules.scenes import CHN, JPN, PHL, a_scenario

PONG = {"type": "pong", "sent_ms": 0, "server_now_ms": NOW_MS}
CREATED = MatchCreated(1, a_scenario(), None, 1.0, NOW_MS)


class Table:
    """A visit, and the server's side of it."""

    def __init__(self, wanted: str | None = None) -> None:
        self.told: list[str] = []
        self.now_s = 100.0
        self.conversation = Conversation("token")
        self.session = BotSession(
            self.conversation, "me", wanted, self.told.append, lambda: self.now_s
        )
        self.conversation.begin()
        self.conversation.outgoing.clear()

    def hear(self, *frames: dict[str, Any]) -> None:
        for frame in frames:
            self.session.hear(json.dumps(frame))

    def come(self, *events: Event) -> None:
        """Come in as somebody without a seat, and learn what has happened."""
        self.hear(welcome(1, "observer", None), happened(1, (CREATED, *events)), PONG)

    def sit(self, *events: Event) -> None:
        """Get the seat CHN, and learn what has happened."""
        asked = self.asked()
        taken = SeatTaken(CHN, PersonId("p"), "me", NOW_MS)
        self.hear(
            welcome(1, "seat:CHN", "CHN"),
            happened(1, (CREATED, taken, *events)),
            {"type": "ack", "id": asked["id"], "seq": 2},
        )

    def asked(self) -> dict[str, Any]:
        """Give the one command that was sent."""
        (frame,) = sent(self.conversation)
        return {"id": frame.id, "command": to_json(frame.command)}

    def refuse(self, command_id: str, code: str = "seat_unavailable") -> None:
        self.hear({"type": "refused", "id": command_id, "code": code, "message": "no, because"})


def happened(first: int, events: Sequence[Event]) -> dict[str, Any]:
    return {"type": "events", "seq": first, "events": [to_json(event) for event in events]}


def test_the_first_free_seat_is_asked_for_once():
    table = Table()
    table.come(SeatTaken(CHN, PersonId("q"), "other", NOW_MS))
    assert table.asked()["command"] == {"type": "take_seat", "seat": "JPN", "name": "me"}
    table.hear(PONG)
    assert sent(table.conversation) == []


def test_a_seat_that_somebody_else_got_first_is_followed_by_the_next():
    table = Table()
    table.come()
    for seat in (CHN, JPN, PHL):
        asked = table.asked()
        assert asked["command"]["seat"] == seat
        if seat != PHL:
            table.refuse(asked["id"])
    with pytest.raises(CannotJoin, match="all 3 seats are held; ask for a seat"):
        table.refuse(asked["id"])


def test_a_seat_that_was_wanted_and_refused_is_not_replaced_by_another():
    table = Table("JPN")
    table.come()
    with pytest.raises(CannotJoin, match="no, because"):
        table.refuse(table.asked()["id"])


def test_whoever_comes_after_the_end_is_told_so_in_however_many_messages_it_comes():
    table = Table()
    ended = (
        PhaseOpened(0, Phase.DEBRIEF, NOW_MS, None),
        MatchEnded(EndReason.FACILITATOR, "7", NOW_MS),
    )
    table.hear(welcome(1, "observer", None), happened(1, (CREATED, *ended)))
    table.session.look_around()
    assert table.session.outcome is None
    with pytest.raises(CannotJoin, match="this match is over"):
        table.hear(PONG)


def test_a_seat_without_an_arena_is_the_last_that_is_taken():
    scenario = a_scenario(arenas=a_scenario().arenas[:1])
    table = Table()
    created = MatchCreated(1, scenario, None, 1.0, NOW_MS)
    held = [BotSeated(seat, None, NOW_MS) for seat in (CHN, JPN)]
    table.hear(welcome(1, "observer", None), happened(1, (created, *held)), PONG)
    assert table.asked()["command"]["seat"] == "PHL"


def test_a_seat_that_is_taken_is_told_and_has_turns():
    table = Table()
    table.come()
    table.sit(PhaseOpened(0, Phase.BRIEFING, NOW_MS, NOW_MS + 60_000))
    assert table.told == ["on the seat CHN (Chn) of Plain, 3 rounds"]
    assert table.session.turn is not None
    assert table.session.turn.is_asked
    table.session.look_around()
    assert table.session.outcome is None


def test_the_time_left_is_the_servers():
    table = Table()
    assert table.session.left_s is None
    table.come()
    assert table.session.left_s is None, "no clock runs in the lobby"
    table.sit(PhaseOpened(0, Phase.BRIEFING, NOW_MS, NOW_MS + 60_000))
    table.now_s += 15
    assert table.session.left_s == pytest.approx(45)


def test_a_refusal_is_told_and_the_match_goes_on():
    table = Table()
    table.come()
    table.sit(PhaseOpened(0, Phase.BRIEFING, NOW_MS, None))
    turn = table.session.turn
    assert turn is not None
    table.session.settle(turn, Answer())
    table.refuse(table.asked()["id"], "not_now")
    assert table.told[-1] == "set_ready was refused: no, because"
    assert table.session.outcome is None


def test_what_could_not_be_stored_has_to_be_tried_again():
    table = Table()
    table.come()
    asked = table.asked()
    table.refuse(asked["id"], "try_again")
    assert table.session.is_postponed
    table.conversation.retry()
    assert table.asked() == asked


def test_the_visit_is_over_when_the_match_is_and_all_is_heard():
    table = Table()
    table.come()
    table.sit(MatchEnded(EndReason.FACILITATOR, "7", NOW_MS))
    table.session.look_around()
    outcome = table.session.outcome
    assert outcome is not None
    assert (outcome.seat, outcome.trouble) == (CHN, None)
    assert table.told[-1] == "the match is over: CHN 0, JPN 0, PHL 0"


def test_a_seat_that_is_taken_away_ends_the_visit():
    table = Table()
    table.come()
    table.sit()
    table.hear(welcome(1, "observer", None))
    assert table.session.outcome is not None
    assert table.session.outcome.trouble == "the facilitator gave the seat away"


def test_who_leaves_asks_for_it_only_if_there_was_a_seat():
    table = Table()
    table.session.leave()
    assert sent(table.conversation) == []
    table.come()
    table.sit()
    table.session.leave()
    assert table.asked()["command"] == {"type": "leave_seat"}
