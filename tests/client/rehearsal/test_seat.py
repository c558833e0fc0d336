"""A rehearsing bot's view: what it keeps of real logs, and that what it does is allowed."""

import random
from dataclasses import replace
from typing import Any, Union

from client.rehearsal.seat import RehearsedSeat
from game_rules.log.events import Phase
from game_rules.log.evolve import fold
from game_rules.match import commands as c
from game_rules.match.decide import create_match, decide
from game_rules.match.visibility import redact
from game_rules.records.codec import from_json, to_json
from game_rules.roles import THE_CLOCK, THE_FACILITATOR, Actor, PersonId, Role, Seat, seated
from game_rules.scenario.pairings import Pairing
from game_rules.scenario.populations import population
from game_rules.scenario.scenario import Scenario
from game_rules.scenario_files.scenarios import load_scenario

ANN = PersonId("ann")


class Match:
    """A match in which Ann rehearses and bots hold the other seats."""

    def __init__(self, scenario: Scenario) -> None:
        self.log = list(create_match(scenario, "7", None, 0))
        self.ann = RehearsedSeat(ANN, random.Random(7))
        self.seen = 0
        self.refused: list[str] = []
        first, *others = scenario.seats
        self.do(c.TakeSeat(first, "Ann"), Actor(Role.PLAYER, None, ANN))
        for seat in others:
            self.do(c.SeatBot(seat, "random"), THE_FACILITATOR)

    def do(self, command: c.Command, actor: Actor) -> None:
        """Carry a command out."""
        self.log += decide(fold(self.log), command, actor, 0)

    def answer(self) -> list[dict[str, Any]]:
        """Show Ann what is new to her seat, and carry out what she does."""
        position = fold(self.log)
        seat = position.seat_of(ANN)
        viewer = seated(seat or Seat("none"))
        asked: list[dict[str, Any]] = []
        for event in self.log[self.seen :]:
            shown = redact(event, viewer, position.scenario)
            if shown is not None:
                self.ann.heed(to_json(shown))
                asked = list(self.ann.moves(to_json(shown))) or asked
        self.seen = len(self.log)
        for document in asked:
            self.do(from_json(Union[c.COMMANDS], document), Actor(Role.PLAYER, seat, ANN))  # noqa: UP007
        return asked


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
    assert types == {"set_ready", "save_order", "say"}


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
    asked: list[dict[str, Any]] = []
    for event in match.log[match.seen :]:
        match.ann.heed(to_json(event))
        asked += match.ann.moves(to_json(event))
    match.seen = len(match.log)
    return asked
