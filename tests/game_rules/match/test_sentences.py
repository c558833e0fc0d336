"""Sentences in place of text: what may be said, who hears it, and how the record has it."""

import json
from dataclasses import replace

import pytest

from game_rules.errors import TalkNotAllowed
from game_rules.games.stage_games import C
from game_rules.log.events import Act, Event, MessageSaid, Phase
from game_rules.log.sentences import FORMS, Arguments, Sentence, Voice
from game_rules.match.clock import EndMatch
from game_rules.match.command import Command
from game_rules.match.seating import TakeSeat
from game_rules.match.talk import Say, SaySentence, text_of
from game_rules.match.visibility import redact
from game_rules.records.codec import dumps, loads
from game_rules.records.record import read_record, verify, write_record
from game_rules.roles import FACILITATOR, PUBLIC, THE_FACILITATOR, Role, Seat, seated
from game_rules.scenario.pacts import Binding
from game_rules.scenario.scenario import Press
from tests.game_rules.scenes import CHN, JPN, PHL, Table, a_scenario, person

PROMISED = Arguments(arena="strait", action=C, round=1)
PROMISE = SaySentence((JPN,), Sentence.PROMISE, PROMISED)
FULL = Arguments(JPN, "strait", C, 1, 0.5, Binding.TREATY)


def a_table(version: int = 2, **changes: object) -> Table:
    """Come to the negotiation of round 1, with a person on each seat."""
    table = Table(a_scenario(**{"rivals": (), **changes}), version=version)
    return table.seat(CHN, JPN, PHL).start().skip_to(Phase.NEGOTIATION)


def said(table: Table, command: Command, seat: Seat = CHN) -> MessageSaid:
    """Say something for a seat."""
    (event,) = table.do(command, person(seat))
    assert isinstance(event, MessageSaid)
    return event


def test_a_sentence_is_a_message_without_text_whose_act_is_its_own():
    event = said(a_table(), PROMISE)
    assert (event.text, event.sentence, event.arguments) == ("", Sentence.PROMISE, PROMISED)
    assert (event.room, event.sender, event.act) == ((CHN, JPN), CHN, Act.PROMISE)


def test_a_sentence_is_shown_to_whom_a_text_would_be():
    table = a_table()
    for room in ((JPN,), (), (CHN,)):
        text = said(table, Say(room, "Hello."))
        sentence = said(table, SaySentence(room, Sentence.GREET, Arguments(JPN)))
        for viewer in (PUBLIC, FACILITATOR, *map(seated, (CHN, JPN, PHL))):
            seen = [redact(x, viewer, table.position.scenario) for x in (text, sentence)]
            assert [x is not None for x in seen] in ([True, True], [False, False])
            assert seen[1] in (sentence, None)


def test_rules_1_refuse_a_sentence_in_one_line():
    with pytest.raises(TalkNotAllowed, match=r"^the match is played by rules 1, .*; write a text$"):
        said(a_table(1), PROMISE)


@pytest.mark.parametrize("sentence", Sentence)
def test_every_sentence_takes_its_arguments_and_no_others(sentence: Sentence):
    table, form = a_table(), FORMS[sentence]
    given = FULL.given()
    right = Arguments(**{name: given[name] for name in form.takes})
    event = said(table, SaySentence((), sentence, right))
    words = text_of(event, table.position)
    assert "{" not in words
    assert words.endswith((".", "?"))
    for name in given:
        wrong = {**right.given(), name: given[name]} if name not in form.takes else right.given()
        if name in form.takes:
            del wrong[name]
        with pytest.raises(TalkNotAllowed, match=rf"^{sentence} takes .*; (add|leave out) {name}$"):
            said(table, SaySentence((), sentence, Arguments(**wrong)))


@pytest.mark.parametrize("voice", Voice)
def test_every_sentence_may_be_said_in_a_voice(voice: Voice):
    table, given = a_table(), FULL.given()
    for sentence, form in FORMS.items():
        about = Arguments(**{name: given[name] for name in form.takes}, voice=voice)
        event = said(table, SaySentence((), sentence, about))
        plain = replace(event, arguments=replace(about, voice=None))
        assert text_of(event, table.position) != text_of(plain, table.position)
        assert event.act is plain.act


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (Arguments(Seat("XXX"), "strait", number=1), "no seat XXX; choose among CHN, JPN, PHL"),
        (Arguments(JPN, "moon", number=1), "no arena moon; choose among strait, forum"),
        (Arguments(JPN, "strait", number=1001), "1001 points; choose 0 to 1000"),
        (Arguments(JPN, "strait", number=-1), "-1 points; choose 0 to 1000"),
    ],
)
def test_an_argument_that_the_match_does_not_have_is_refused(arguments: Arguments, told: str):
    with pytest.raises(TalkNotAllowed) as refused:
        said(a_table(), SaySentence((), Sentence.OFFER, arguments))
    assert str(refused.value) == told


@pytest.mark.parametrize("number", [0, 4])
def test_a_round_that_the_match_does_not_have_is_refused(number: int):
    with pytest.raises(TalkNotAllowed, match=f"^no round {number}; choose 1 to 3$"):
        said(a_table(), SaySentence((), Sentence.CALL, Arguments(JPN, round=number)))


def test_sentences_are_talk_as_the_press_allows_it():
    with pytest.raises(TalkNotAllowed, match="without talk"):
        said(a_table(press=Press.NONE), PROMISE)
    with pytest.raises(TalkNotAllowed, match="public talk only"):
        said(a_table(press=Press.PUBLIC), PROMISE)
    assert said(a_table(press=Press.NONE), SaySentence((CHN,), Sentence.GREET, Arguments(JPN)))


def test_a_sentence_may_be_said_after_the_end_as_a_text_may():
    table = a_table()
    table.do(EndMatch())
    assert said(table, SaySentence((), Sentence.FAREWELL, Arguments(JPN)))


def test_the_facilitator_may_say_a_sentence():
    table = a_table()
    (event,) = table.do(SaySentence((), Sentence.GREET, Arguments(JPN)), THE_FACILITATOR)
    assert isinstance(event, MessageSaid)
    assert event.sender is None
    assert THE_FACILITATOR.role is Role.FACILITATOR


def test_a_sentence_is_written_without_what_it_does_not_hold_and_a_text_without_a_sentence():
    table = a_table()
    written = json.loads(dumps(said(table, PROMISE)))
    assert written["sentence"] == "promise"
    assert written["arguments"] == {"arena": "strait", "action": "C", "round": 1}
    assert loads(Event, dumps(said(table, PROMISE))) == said(table, PROMISE)
    assert not {"sentence", "arguments"} & set(json.loads(dumps(said(table, Say((), "Hi.")))))


def test_a_record_with_sentences_is_verified_and_a_forged_one_is_not():
    table = a_table(delegates=2)
    table.do(TakeSeat(CHN, "Bo"), person("bo"))
    table.do(PROMISE, person("bo"))
    table.do(SaySentence((), Sentence.FAREWELL, Arguments(CHN)), THE_FACILITATOR)
    table.do(EndMatch())
    record = read_record(write_record(table.log, "test").encode())
    assert verify(record) == table.position
    forged = write_record(table.log, "test").replace('"act":"promise"', '"act":"threaten"')
    with pytest.raises(Exception, match="hash"):
        read_record(forged.encode())


def test_in_english_seats_and_arenas_go_by_their_names():
    table = a_table()
    event = said(table, SaySentence((), Sentence.OFFER, Arguments(JPN, "strait", number=1.5)))
    words = "Strait: Jpn, our offer for your cooperation, in points: 1.5."
    assert text_of(event, table.position) == words
    assert text_of(said(table, Say((), "Hello.")), table.position) == "Hello."
