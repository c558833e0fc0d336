"""A rehearsing bot's view: what it keeps of real logs, and that what it does is allowed."""

import random
from dataclasses import replace
from typing import Any, Union

from client.rehearsal.seat import RehearsedSeat
from game_rules.games.stage_games import C
from game_rules.log.events import Phase
from game_rules.log.evolve import fold
from game_rules.log.sentences import Arguments, Sentence
from game_rules.match import commands as c
from game_rules.match.decide import create_match, decide
from game_rules.match.visibility import redact
from game_rules.records.codec import from_json, to_json
from game_rules.roles import THE_CLOCK, THE_FACILITATOR, Actor, PersonId, Role, Seat, seated
from game_rules.scenario.pacts import Binding, PactTerms, Pledge
from game_rules.scenario.pairings import Pairing
from game_rules.scenario.populations import population
from game_rules.scenario.scenario import Scenario
from game_rules.scenario_files.scenarios import load_scenario

ANN = PersonId("ann")


class Match:
    """A match in which Ann rehearses and bots hold the other seats."""

    def __init__(self, scenario: Scenario, place: int = 0) -> None:
        self.log = list(create_match(scenario, "7", None, 0))
        self.ann = RehearsedSeat(ANN, random.Random(7))
        self.seen = 0
        self.refused: list[str] = []
        own = scenario.seats[place]
        self.do(c.TakeSeat(own, "Ann"), Actor(Role.PLAYER, None, ANN))
        for seat in scenario.seats:
            if seat != own:
                self.do(c.SeatBot(seat, "random"), THE_FACILITATOR)

    def do(self, command: c.Command, actor: Actor) -> None:
        """Carry a command out."""
        self.log += decide(fold(self.log), command, actor, 0)

    def answer(self) -> list[dict[str, Any]]:
        """Show Ann what is new to her seat, and carry out what she does."""
        asked = list(self.ann.moves()) if self.look() else []
        seat = fold(self.log).seat_of(ANN)
        for document in asked:
            self.do(from_json(Union[c.COMMANDS], document), Actor(Role.PLAYER, seat, ANN))  # noqa: UP007
        return asked

    def look(self) -> bool:
        """Show Ann what is new to her seat, and tell whether it calls her."""
        position = fold(self.log)
        viewer = seated(position.seat_of(ANN) or Seat("none"))
        is_called = False
        for event in self.log[self.seen :]:
            shown = redact(event, viewer, position.scenario)
            if shown is not None:
                self.ann.heed(to_json(shown))
                is_called |= self.ann.is_called_by(to_json(shown))
        self.seen = len(self.log)
        return is_called


def test_it_plays_a_scenario_with_talk_to_the_end_by_allowed_commands_alone():
    match = Match(load_scenario("south_china_sea"))
    match.do(c.StartMatch(), THE_FACILITATOR)
    types = set()
    for _ in range(200):
        asked = match.answer()
        types |= {command["type"] for command in asked}
        position = fold(match.log)
        if position.is_over:
            break
        if not asked:
            _move_on(match)
    match.answer()
    assert match.ann.is_over
    assert types == {"set_ready", "save_order", "say_sentence"}


SEA = load_scenario("south_china_sea")
LIBERAL = 1
"""The place of a seat that a liberal has, who proposes."""


def negotiating(place: int) -> tuple[Match, list[dict[str, Any]]]:
    """Open a negotiation, and let Ann do what she does unasked."""
    match = Match(SEA, place)
    match.do(c.StartMatch(), THE_FACILITATOR)
    _move_on(match)
    done: list[dict[str, Any]] = []
    while asked := match.answer():
        done += asked
    return match, done


def kinds(asked: list[dict[str, Any]]) -> list[str]:
    """Name the commands, sentences by what they say."""
    return [x.get("sentence", x["type"]) for x in asked]


def test_it_proposes_and_says_so_and_is_ready_once_it_is_answered():
    match, done = negotiating(LIBERAL)
    assert kinds(done)[:2] == ["propose", "propose"]
    assert "set_ready" not in kinds(done)
    first, second = fold(match.log).proposals
    for proposal in (first, second):
        assert match.answer() == []
        declines = c.AnswerProposal(1, proposal.number, accepts=False)
        other = next(seat for seat in proposal.terms.parties if seat != SEA.seats[LIBERAL])
        match.do(declines, Actor(Role.PLAYER, other))
    assert kinds(match.answer()) == ["set_ready"]
    assert kinds(match.answer()) == ["save_order"]


def test_who_is_not_answered_is_ready_in_the_end():
    match, _ = negotiating(LIBERAL)
    assert kinds(list(match.ann.moves())) == []
    assert kinds(list(match.ann.moves(is_patient=False))) == ["set_ready"]


def test_what_it_did_in_a_phase_that_ended_meanwhile_is_not_done_in_the_next():
    match = Match(SEA, LIBERAL)
    match.do(c.StartMatch(), THE_FACILITATOR)
    _move_on(match)
    match.look()
    slow = match.ann.moves(is_patient=False)
    assert next(slow)["type"] == "propose"
    _move_on(match)
    match.look()
    assert kinds(list(slow))[-1] != "set_ready"
    assert kinds(list(match.ann.moves()))[-1] == "save_order"


def test_it_answers_a_proposal_and_a_question_but_not_each_sentence():
    match, _ = negotiating(0)
    china, vietnam = SEA.seats[:2]
    hands, arena = Actor(Role.PLAYER, vietnam), SEA.arenas[0].name
    about = Arguments(china, arena)
    match.do(c.SaySentence((china,), Sentence.ASSURE, about), hands)
    assert match.answer() == []
    match.do(c.SaySentence((china,), Sentence.ASK, about), hands)
    assert kinds(match.answer()) in (["answer"], ["refuse"])
    pledges = (Pledge(china, arena, C), Pledge(vietnam, arena, C))
    terms = PactTerms((china, vietnam), pledges, (), 2, Binding.EXECUTED)
    match.do(c.Propose(1, terms), hands)
    assert kinds(match.answer()) == ["answer_proposal"]
    assert kinds(match.answer()) == ["decline"]


def test_who_takes_a_seat_over_knows_what_was_said_for_it():
    match, _ = negotiating(LIBERAL)
    anew = RehearsedSeat(ANN, random.Random(8))
    match.ann, match.seen = anew, 0
    assert match.answer() == []


def _move_on(match: Match) -> None:
    position = fold(match.log)
    match.do(c.SkipPhase(position.round, position.phase), THE_FACILITATOR)


def test_it_follows_the_pairs_of_a_population():
    many = population(load_scenario("chicken"), 4, Pairing.ROUND_ROBIN, "7")
    match = Match(many)
    match.do(c.StartMatch(), THE_FACILITATOR)
    ordered = []
    for _ in range(20):
        asked = match.answer()
        ordered += [name for x in asked if x["type"] == "save_order" for name in x["actions"]]
        if not asked:
            _move_on(match)
    assert ordered[:3] == ["chicken_p1_p4", "chicken_p1_p2", "chicken_p1_p3"]


def test_a_delegate_without_the_pen_leaves_the_choice_to_the_other():
    match = Match(replace(load_scenario("chicken"), delegates=2))
    ben = Actor(Role.PLAYER, None, PersonId("ben"))
    match.do(c.TakeSeat(Seat("ROW"), "Ben"), ben)
    match.answer()
    assert match.ann.people == {ANN}
    match.do(c.PassPen(PersonId("ben")), THE_FACILITATOR)
    match.do(c.StartMatch(), THE_FACILITATOR)
    assert (match.answer(), match.ann.seat, match.ann.people) == ([], None, {"ben"})


def test_a_seat_on_autopilot_is_waited_for_by_nobody():
    match = Match(load_scenario("chicken"))
    match.do(c.EngageAutopilot(Seat("ROW")), THE_FACILITATOR)
    match.answer()
    assert match.ann.people == frozenset()
    match.do(c.ReleaseAutopilot(Seat("ROW")), THE_CLOCK)
    match.answer()
    assert match.ann.people == {ANN}


def test_a_seat_that_was_given_away_is_played_no_more():
    match = Match(load_scenario("chicken"))
    match.do(c.SeatBot(Seat("ROW"), "random"), THE_FACILITATOR)
    match.do(c.StartMatch(), THE_FACILITATOR)
    assert match.answer() == []
    assert fold(match.log).phase is not Phase.LOBBY


def test_what_a_pause_kept_it_from_is_done_when_the_match_goes_on():
    match = Match(load_scenario("south_china_sea"))
    match.do(c.StartMatch(), THE_FACILITATOR)
    match.do(c.PauseMatch(), THE_FACILITATOR)
    asked = _shown(match)
    match.do(c.ResumeMatch(), THE_FACILITATOR)
    assert _shown(match) == asked != []


def _shown(match: Match) -> list[dict[str, Any]]:
    """Show Ann what is new, and say what she would do; a pause refuses it."""
    for event in match.log[match.seen :]:
        match.ann.heed(to_json(event))
    asked = list(match.ann.moves())
    match.seen = len(match.log)
    return asked
