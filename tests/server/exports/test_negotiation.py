"""Talk and pledges as CSV: what was said to whom, what was pledged and whether it was kept."""

import csv
from io import StringIO

import pytest

from game_rules.games.stage_games import C, D
from game_rules.log.events import Act, Event, Phase
from game_rules.log.evolve import fold
from game_rules.log.position import Position
from game_rules.log.sentences import Arguments, Sentence
from game_rules.match import commands as c
from game_rules.match.decide import create_match, decide
from game_rules.roles import THE_FACILITATOR, Actor, PersonId, Role, Seat
from game_rules.scenario.pacts import Binding, PactTerms, Pledge
from game_rules.scenario_files.scenarios import load_scenario
from server.exports.catalogue import table_named
from tests.game_rules.scenes import Table as SecondTable
from tests.game_rules.scenes import a_scenario
from tests.server.exports.written import write_table

CHN, PHL = Seat("CHN"), Seat("PHL")
CODE = "code_of_conduct"


class Table:
    """A match that is played by hand."""

    def __init__(self) -> None:
        self.log: list[Event] = list(
            create_match(load_scenario("south_china_sea"), "7", 1.0, 1_000)
        )
        self.position: Position = fold(self.log)
        for seat in (CHN, PHL):
            person = PersonId(f"person {seat}")
            self.do(c.TakeSeat(seat, "Ann"), Actor(Role.PLAYER, None, person))
        self.do(c.StartMatch(), THE_FACILITATOR)
        self.skip()

    def do(self, command: c.Command, actor: Actor) -> None:
        events = decide(self.position, command, actor, 2_000)
        self.log += events
        self.position = fold(events, self.position)

    def by(self, seat: Seat, command: c.Command) -> None:
        self.do(command, Actor(Role.PLAYER, seat, PersonId(f"person {seat}")))

    def skip(self) -> None:
        self.do(c.SkipPhase(self.position.round, self.position.phase), THE_FACILITATOR)


@pytest.fixture
def log() -> tuple[Event, ...]:
    """Talk in every kind of room, and an escrow that China breaks in its second round."""
    table = Table()
    table.by(CHN, c.Say((), "To all.", None))
    table.by(CHN, c.Say((PHL,), "To one, with a comma.", Act.PROMISE))
    table.do(c.Say((CHN,), "From control.", None), THE_FACILITATOR)
    pledges = (Pledge(CHN, CODE, C), Pledge(PHL, CODE, C))
    terms = PactTerms((CHN, PHL), pledges, (), 2, Binding.ESCROW, 2.5)
    table.by(CHN, c.Propose(1, terms))
    table.by(PHL, c.AnswerProposal(1, table.position.proposals[0].number, True))
    for number, action in ((1, C), (2, D)):
        if table.position.phase is Phase.NEGOTIATION:
            table.skip()
        for seat, chosen in ((CHN, action), (PHL, C)):
            table.by(seat, c.SaveOrder(number, {CODE: chosen}))
        table.skip()
        table.skip()
    return tuple(table.log)


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(text)))


def test_a_message_has_its_room_and_its_words(log: tuple[Event, ...]) -> None:
    said = rows(write_table(log, "talk"))
    assert list(said[0]) == list(table_named("talk").header)
    assert [(x["sender"], x["room"], x["seats"], x["act"], x["text"]) for x in said] == [
        ("CHN", "public", "", "", "To all."),
        ("CHN", "bilateral", "CHN PHL", "promise", "To one, with a comma."),
        ("facilitator", "facilitator", "CHN", "", "From control."),
    ]
    assert {(x["round"], x["phase"], x["said_ms"]) for x in said} == {("1", "negotiation", "2000")}


def test_a_pledge_has_a_row_for_every_round_in_which_it_bound(log: tuple[Event, ...]) -> None:
    due = rows(write_table(log, "pledges"))
    assert list(due[0]) == list(table_named("pledges").header)
    told = [(x["round"], x["seat"], x["played"], x["outcome"], x["forfeited"]) for x in due]
    assert told == [
        ("1", "CHN", "C", "kept", "0.0"),
        ("1", "PHL", "C", "kept", "0.0"),
        ("2", "CHN", "D", "broken", "2.5"),
        ("2", "PHL", "C", "kept", "0.0"),
    ]
    assert {(x["parties"], x["binding"], x["first_round"], x["last_round"]) for x in due} == {
        ("CHN PHL", "escrow", "1", "2")
    }


def test_names_of_people_are_left_out(log: tuple[Event, ...]) -> None:
    assert "Ann" not in write_table(log, "talk") + write_table(log, "pledges")


def test_the_same_log_gives_the_same_bytes(log: tuple[Event, ...]) -> None:
    assert write_table(log, "talk") == write_table(log, "talk")
    assert write_table(log, "pledges") == write_table(log, "pledges")


def test_a_sentence_stands_in_the_table_in_english() -> None:
    table = SecondTable(a_scenario(rivals=()), version=2).seat(CHN).start()
    about = Arguments(seat=Seat("JPN"), arena="strait")
    table.do(c.SaySentence((), Sentence.ASSURE, about), THE_FACILITATOR)
    (said,) = rows(write_table(table.log, "talk"))
    assert (said["act"], said["text"]) == ("assure", "Strait: Jpn, this is not aimed at you.")
