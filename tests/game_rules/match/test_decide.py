"""What each command may do, and when it is refused."""

from dataclasses import fields
from typing import Any

import pytest

from game_rules.errors import (
    ArenaNotYours,
    MatchPaused,
    NotNow,
    NotYours,
    SeatUnavailable,
    TalkNotAllowed,
    TooLate,
    UnknownStrategy,
    WrongRound,
)
from game_rules.games.stage_games import C, D
from game_rules.log import events as e
from game_rules.log.events import Phase
from game_rules.log.position import Holder
from game_rules.log.sentences import Arguments, Sentence
from game_rules.match import commands as c
from game_rules.match.clock import LONGEST_EXTENSION_MS
from game_rules.match.decide import create_match, decide
from game_rules.match.seating import LONGEST_NAME
from game_rules.match.talk import LONGEST_MESSAGE
from game_rules.roles import THE_CLOCK, THE_FACILITATOR, Actor, PersonId, Role, Seat
from game_rules.scenario.injects import Inject
from game_rules.scenario.moves import Move, MoveKind
from game_rules.scenario.pacts import Binding, PactTerms, Pledge
from game_rules.scenario.scenario import Press
from game_rules.standing.standing import first_standing
from tests.game_rules.scenes import (
    CHN,
    JPN,
    PHL,
    START_MS,
    Table,
    a_scenario,
    deadline_of,
    person,
)

ONE_OF_EACH = (
    c.TakeSeat(PHL, "Ann"),
    c.LeaveSeat(),
    c.SeatBot(CHN, "tit_for_tat"),
    c.ClearSeat(CHN),
    c.PassPen(PersonId("aide")),
    c.Reseat(PersonId("aide"), PHL),
    c.RemovePerson(PersonId("aide")),
    c.EngageAutopilot(CHN),
    c.ReleaseAutopilot(CHN),
    c.OpenInject(Inject("storm", "A storm", "It rains.", 1)),
    c.CloseInject("calm"),
    c.OrderFor(CHN, 1, {"strait": C}),
    c.BranchMatch("trunk", 9),
    c.SupersedeMatch("branch"),
    c.StartMatch(),
    c.Say((), "Hello", None),
    c.SaySentence((), Sentence.GREET, Arguments(JPN)),
    c.Propose(1, PactTerms((CHN, JPN), (Pledge(CHN, "strait", C),), (), 1, Binding.TREATY)),
    c.CounterProposal(1, 7, PactTerms((CHN, JPN), (), (), 1, Binding.TREATY)),
    c.AnswerProposal(1, 7, True),
    c.SaveOrder(1, {}),
    c.MakeMove(1, Move(MoveKind.RESTRAINT, "strait")),
    c.TakeBackMove(1),
    c.SaveForecast(1, "strait", {JPN: C}),
    c.SetReady(1, Phase.DECISION, True),
    c.PauseMatch(),
    c.ResumeMatch(),
    c.ExtendDeadline(1000),
    c.SkipPhase(1, Phase.DECISION),
    c.EndMatch(),
    c.PassDeadline(1, Phase.DECISION),
    c.MakeUpOutage(1000),
)


def asker(command: c.Command) -> Actor:
    """Give somebody who may ask for a command: a newcomer who sits down, or CHN's holder."""
    if isinstance(command, c.TakeSeat):
        return person("ann")
    role = command.by[0]
    return {Role.FACILITATOR: THE_FACILITATOR, Role.CLOCK: THE_CLOCK}.get(role, person("CHN"))


def deciding() -> Table:
    """A match in the decision of round 1: people on CHN and JPN, PHL free."""
    return Table().seat(CHN, JPN).start().skip_to(Phase.DECISION)


def test_a_match_begins_with_all_that_is_fixed():
    (created,) = create_match(a_scenario(), "seed", 0.5, START_MS)
    standing = first_standing(a_scenario())
    assert created == e.MatchCreated(1, a_scenario(), "seed", 0.5, START_MS, standing)


def test_every_command_is_listed_here_and_has_its_roles():
    assert {type(command) for command in ONE_OF_EACH} == set(c.COMMANDS)
    assert all(kind.by for kind in c.COMMANDS)


@pytest.mark.parametrize("kind", [kind for kind in c.COMMANDS if kind.makes])
def test_an_event_gives_back_every_field_of_the_command_that_makes_it(kind: Any):
    known = {field.name for field in fields(kind.makes)}
    assert {field.name for field in fields(kind)} <= known
    assert kind.by != c.PLAYER or "seat" in known


@pytest.mark.parametrize("command", ONE_OF_EACH, ids=lambda command: command.type)
@pytest.mark.parametrize("role", Role)
def test_a_command_is_only_for_its_roles(command: c.Command, role: Role):
    position = deciding().position
    if role in command.by:
        return
    with pytest.raises(NotYours, match=f"{command.type} is for the .*; you are {role.value}"):
        decide(position, command, Actor(role, CHN), START_MS)


# Seats


def test_a_person_takes_a_free_seat_under_a_tidy_name():
    events = Table().do(c.TakeSeat(CHN, "  Ann \n  of  Fu "), person("ann"))
    assert events == (e.SeatTaken(CHN, PersonId("ann"), "Ann of Fu", START_MS),)


@pytest.mark.parametrize("length", [0, LONGEST_NAME + 1])
def test_a_name_of_no_or_too_many_letters_is_refused(length: int):
    with pytest.raises(SeatUnavailable, match=f"1 to {LONGEST_NAME} letters, this one {length}"):
        Table().do(c.TakeSeat(CHN, "x" * length), person("ann"))


def test_the_longest_name_is_taken():
    assert Table().do(c.TakeSeat(CHN, "x" * LONGEST_NAME), person("ann"))


def test_only_a_person_takes_a_seat():
    with pytest.raises(NotYours, match="join with the code"):
        Table().do(c.TakeSeat(CHN, "Ann"), Actor(Role.PLAYER))


def test_a_seat_that_is_not_in_the_scenario_is_refused_with_the_choice():
    with pytest.raises(SeatUnavailable, match="XXX is no seat here; choose among CHN, JPN, PHL"):
        Table().do(c.TakeSeat(Seat("XXX"), "Ann"), person("ann"))


def test_a_seat_that_a_person_holds_is_refused():
    with pytest.raises(SeatUnavailable, match="CHN is held by Ms CHN"):
        Table().seat(CHN).do(c.TakeSeat(CHN, "Bo"), person("bo"))


def test_a_person_takes_a_seat_from_a_bot_at_any_time():
    table = deciding().bots(PHL)
    table.do(c.TakeSeat(PHL, "Bo"), person("bo"))
    assert table.position.holders[PHL] == Holder(person=PersonId("bo"), name="Bo")


@pytest.mark.parametrize("has_started", [False, True])
def test_until_the_first_round_a_person_may_change_seats(has_started: bool):
    table = Table().seat(CHN)
    if has_started:
        table.start()
    events = table.do(c.TakeSeat(JPN, "Ms CHN"), person("CHN"))
    assert [event.type for event in events] == ["seat_vacated", "seat_taken"]
    assert set(table.position.holders) == {JPN}


@pytest.mark.parametrize("phase", [Phase.NEGOTIATION, Phase.DECISION, Phase.REVEAL])
def test_after_the_briefing_a_person_who_holds_a_seat_cannot_hop(phase: Phase):
    table = Table().seat(CHN, JPN).start().skip_to(phase)
    with pytest.raises(SeatUnavailable, match="you hold CHN; after the briefing"):
        table.do(c.TakeSeat(PHL, "Ms CHN"), person("CHN"))


def test_a_person_gets_up():
    table = deciding()
    assert table.do(c.LeaveSeat(), person("JPN")) == (e.SeatVacated(JPN, table.now_ms),)


def test_who_holds_no_seat_cannot_get_up():
    with pytest.raises(NotYours, match="you hold no seat"):
        Table().do(c.LeaveSeat(), person("ann"))


def test_the_facilitator_seats_a_bot_under_its_canonical_name():
    (seated,) = Table().do(c.SeatBot(CHN, "Tit For Tat"))
    assert seated == e.BotSeated(CHN, "tit_for_tat", START_MS)


def test_a_bot_may_take_the_place_of_a_person():
    table = deciding()
    table.do(c.SeatBot(JPN, "grudger"))
    assert table.position.holders[JPN] == Holder(is_bot=True, strategy="grudger")
    assert table.position.seat_of(PersonId("JPN")) is None


def test_an_unknown_strategy_is_refused():
    with pytest.raises(UnknownStrategy, match="no_such_bot"):
        Table().do(c.SeatBot(CHN, "no_such_bot"))


def test_who_follows_a_bot_or_a_person_has_not_said_ready():
    table = deciding()
    table.ready(JPN)
    table.bots(JPN).do(c.TakeSeat(JPN, "Bo"), person("bo"))
    table.ready(CHN)
    assert table.position.phase is Phase.DECISION


def test_the_facilitator_frees_a_seat_whoever_holds_it():
    table = deciding().bots(PHL)
    for seat in (PHL, JPN):
        assert table.do(c.ClearSeat(seat)) == (e.SeatVacated(seat, START_MS),)


def test_a_free_seat_cannot_be_freed():
    with pytest.raises(SeatUnavailable, match="PHL is free already"):
        deciding().do(c.ClearSeat(PHL))


# Orders


def test_an_order_holds_what_was_chosen_in_the_scenarios_order():
    table = deciding()
    assert table.order(CHN, forum="C", strait="D") == (
        e.OrderSaved(1, CHN, {"strait": D, "forum": C}, table.now_ms),
    )
    assert list(table.position.orders[CHN]) == ["strait", "forum"]


def test_a_later_choice_replaces_the_earlier_one_and_keeps_the_rest():
    table = deciding()
    table.order(CHN, strait="C", forum="C")
    table.order(CHN, forum="D")
    assert table.position.orders[CHN] == {"strait": C, "forum": D}


def test_an_order_may_say_ready_at_once():
    table = deciding()
    saved, ready = table.order(CHN, is_ready=True, strait="C")
    assert saved.type == "order_saved"
    assert ready == e.ReadySet(1, Phase.DECISION, CHN, True, table.now_ms)


@pytest.mark.parametrize("early_ms", [1, 1000])
def test_an_order_before_the_deadline_is_saved(early_ms: int):
    table = deciding()
    table.now_ms = deadline_of(table) - early_ms
    assert table.order(CHN, strait="C")


@pytest.mark.parametrize("late_ms", [0, 1])
def test_a_late_order_is_refused(late_ms: int):
    table = deciding()
    table.now_ms = deadline_of(table) + late_ms
    with pytest.raises(TooLate, match=f"{late_ms} ms after the deadline"):
        table.order(CHN, strait="C")


def test_a_draft_is_never_late_for_the_decision_is_still_to_come():
    table = Table().seat(CHN, JPN).start().skip_to(Phase.NEGOTIATION)
    table.now_ms = deadline_of(table)
    assert table.order(CHN, strait="C")


def test_without_a_clock_no_order_is_late():
    table = Table(pace=None).seat(CHN, JPN).start().skip_to(Phase.DECISION)
    table.now_ms += 10**9
    assert table.order(CHN, strait="C")


@pytest.mark.parametrize("phase", [Phase.BRIEFING, Phase.REVEAL])
def test_no_order_outside_of_negotiation_and_decision(phase: Phase):
    table = Table().seat(CHN, JPN).start()
    if phase is Phase.REVEAL:
        table.skip_to(phase)
    with pytest.raises(NotNow, match=f"it is {phase.value}"):
        table.order(CHN, strait="C")


def test_an_order_names_its_round():
    table = deciding()
    with pytest.raises(WrongRound, match="round 2 is not open; it is round 1"):
        table.do(c.SaveOrder(2, {"strait": C}), Actor(Role.PLAYER, CHN))


def test_an_order_in_an_arena_of_others_is_refused_with_the_choice():
    with pytest.raises(ArenaNotYours, match="strait is no arena of PHL; choose among forum"):
        deciding().bots(PHL).order(PHL, strait="C")


def test_an_order_needs_a_seat():
    with pytest.raises(NotYours, match="you hold no seat"):
        deciding().do(c.SaveOrder(1, {}), person("nobody"))


@pytest.mark.parametrize(
    "command",
    [
        c.LeaveSeat(),
        c.Say((), "Hello", None),
        c.SaveOrder(1, {}),
        c.SetReady(1, Phase.DECISION, True),
    ],
    ids=lambda command: command.type,
)
def test_nobody_acts_for_a_seat_that_nobody_holds(command: c.Command):
    """E.g. a bot whose seat was cleared in the moment before its order."""
    with pytest.raises(NotYours, match="you hold no seat"):
        deciding().do(command, Actor(Role.PLAYER, PHL))


# Ready


def test_ready_can_be_taken_back():
    table = deciding()
    table.ready(CHN)
    table.ready(CHN, is_ready=False)
    table.ready(JPN)
    assert table.position.phase is Phase.DECISION


def test_ready_for_another_phase_is_refused():
    with pytest.raises(NotNow, match="negotiation is not open; it is decision"):
        deciding().do(c.SetReady(1, Phase.NEGOTIATION, True), Actor(Role.PLAYER, CHN))


def test_ready_for_another_round_is_refused():
    with pytest.raises(WrongRound):
        deciding().do(c.SetReady(2, Phase.DECISION, True), Actor(Role.PLAYER, CHN))


def test_nobody_waits_for_ready_in_the_lobby_or_the_debriefing():
    table = Table().seat(CHN)
    with pytest.raises(NotNow, match="lobby"):
        table.ready(CHN)
    table.do(c.EndMatch())
    with pytest.raises(NotNow, match="debrief"):
        table.ready(CHN)


# Talk


@pytest.mark.parametrize("press", [Press.PUBLIC, Press.FULL])
def test_what_is_said_to_everyone_has_an_empty_room(press: Press):
    table = Table(a_scenario(press=press)).seat(CHN)
    (said,) = table.do(c.Say((), " Peace? ", e.Act.PROPOSE), person("CHN"))
    assert said == e.MessageSaid(0, CHN, (), "Peace?", e.Act.PROPOSE, START_MS)


def test_a_room_holds_the_sender_and_stands_in_seat_order():
    table = Table().seat(JPN)
    (said,) = table.do(c.Say((PHL, CHN), "We three.", None), person("JPN"))
    assert isinstance(said, e.MessageSaid)
    assert said.room == (CHN, JPN, PHL)


def test_one_set_of_seats_is_one_room_however_it_is_named():
    table = Table().seat(CHN)
    rooms = {
        said.room
        for room in ((JPN,), (JPN, CHN), (CHN, JPN, JPN))
        for said in table.do(c.Say(room, "Hello", None), person("CHN"))
        if isinstance(said, e.MessageSaid)
    }
    assert rooms == {(CHN, JPN)}


@pytest.mark.parametrize("press", Press)
def test_a_room_of_ones_own_seat_is_its_line_with_the_facilitator(press: Press):
    table = Table(a_scenario(press=press)).seat(CHN)
    (said,) = table.do(c.Say((CHN,), "May we step out?", None), person("CHN"))
    assert said == e.MessageSaid(0, CHN, (CHN,), "May we step out?", None, START_MS)
    (answer,) = table.do(c.Say((CHN,), "Yes.", None))
    assert answer == e.MessageSaid(0, None, (CHN,), "Yes.", None, START_MS)


def test_public_press_allows_no_rooms():
    table = Table(a_scenario(press=Press.PUBLIC)).seat(CHN)
    with pytest.raises(TalkNotAllowed, match="public talk only"):
        table.do(c.Say((JPN,), "Psst.", None), person("CHN"))


@pytest.mark.parametrize("room", [(), (JPN,)])
def test_without_press_there_is_no_talk_until_the_end(room: tuple[Seat, ...]):
    table = Table(a_scenario(press=Press.NONE)).seat(CHN)
    with pytest.raises(TalkNotAllowed, match="without talk"):
        table.do(c.Say(room, "Hello", None), person("CHN"))
    table.do(c.EndMatch())
    assert table.do(c.Say(room, "Well played.", None), person("CHN"))


@pytest.mark.parametrize("length", [0, LONGEST_MESSAGE + 1])
def test_a_message_of_no_or_too_many_letters_is_refused(length: int):
    with pytest.raises(TalkNotAllowed, match=f"1 to {LONGEST_MESSAGE} letters, this one {length}"):
        Table().do(c.Say((), " " + "x" * length, None))


def test_the_longest_message_is_said():
    assert Table().do(c.Say((), "x" * LONGEST_MESSAGE, None))


def test_a_room_names_seats_of_the_scenario():
    with pytest.raises(SeatUnavailable, match="XXX is no seat here"):
        Table().do(c.Say((Seat("XXX"),), "Hello", None))


def test_talk_needs_a_seat():
    with pytest.raises(NotYours, match="you hold no seat"):
        Table().do(c.Say((), "Hello", None), person("ann"))


def test_the_facilitator_speaks_at_every_press_level_and_to_a_single_seat():
    table = Table(a_scenario(press=Press.NONE))
    (said,) = table.do(c.Say((PHL,), "A word.", None))
    assert said == e.MessageSaid(0, None, (PHL,), "A word.", None, START_MS)


# The facilitator's hand on the clock


def test_a_match_starts_once():
    table = Table().start()
    assert (table.position.phase, table.position.round) == (Phase.BRIEFING, 0)
    with pytest.raises(NotNow, match="has started; it is in briefing"):
        table.do(c.StartMatch())


ALLOWED_WHILE_PAUSED = {
    *(c.ResumeMatch, c.EndMatch, c.SeatBot, c.ClearSeat, c.TakeSeat, c.LeaveSeat),
    *(c.PassPen, c.Reseat, c.RemovePerson, c.EngageAutopilot, c.ReleaseAutopilot),
    *(c.OpenInject, c.CloseInject, c.BranchMatch, c.SupersedeMatch),
}


@pytest.mark.parametrize("command", ONE_OF_EACH, ids=lambda command: command.type)
def test_while_paused_only_seats_change_and_the_facilitator_acts(command: c.Command):
    table = Table(a_scenario(delegates=2)).seat(CHN, JPN).start().skip_to(Phase.DECISION)
    table.do(c.TakeSeat(CHN, "Aide"), person("aide"))
    table.do(c.OpenInject(Inject("calm", "A calm", "The sun shines.", 1)))
    if isinstance(command, c.ReleaseAutopilot):
        table.do(c.EngageAutopilot(CHN))
    table.do(c.PauseMatch())
    if type(command) in ALLOWED_WHILE_PAUSED:
        assert table.do(command, asker(command))
    else:
        with pytest.raises(MatchPaused, match="until the facilitator resumes"):
            table.do(command, asker(command))


def test_the_facilitator_speaks_while_paused():
    table = deciding()
    table.do(c.PauseMatch())
    assert table.do(c.Say((), "A short break.", None))


@pytest.mark.parametrize("away_ms", [0, 1, 3_600_000])
def test_resuming_moves_the_deadline_by_the_length_of_the_pause(away_ms: int):
    table = deciding()
    deadline_ms = deadline_of(table)
    table.do(c.PauseMatch())
    table.now_ms += away_ms
    assert table.do(c.ResumeMatch()) == (e.MatchResumed(deadline_ms + away_ms, table.now_ms),)
    assert deadline_of(table) == deadline_ms + away_ms
    assert table.position.paused_at_ms is None


def test_without_a_clock_a_pause_moves_nothing():
    table = Table(pace=None).start()
    table.do(c.PauseMatch())
    assert table.do(c.ResumeMatch()) == (e.MatchResumed(None, START_MS),)


def test_only_a_paused_match_resumes():
    with pytest.raises(NotNow, match="not paused"):
        deciding().do(c.ResumeMatch())


@pytest.mark.parametrize("command", [c.PauseMatch(), c.SkipPhase(0, Phase.LOBBY)])
def test_the_lobby_and_the_debriefing_are_neither_paused_nor_skipped(command: c.Command):
    table = Table()
    with pytest.raises(NotNow, match="no round is being played in lobby"):
        table.do(command)
    table.do(c.EndMatch())
    with pytest.raises(NotNow, match="no round is being played in debrief"):
        table.do(command)


@pytest.mark.parametrize("by_ms", [1, LONGEST_EXTENSION_MS])
def test_the_facilitator_gives_more_time(by_ms: int):
    table = deciding()
    deadline_ms = deadline_of(table)
    extended = e.DeadlineMoved(deadline_ms + by_ms, e.DeadlineReason.EXTENDED, table.now_ms)
    assert table.do(c.ExtendDeadline(by_ms)) == (extended,)


def test_time_given_after_the_deadline_counts_from_now():
    table = deciding()
    table.now_ms = deadline_of(table) + 70
    table.do(c.ExtendDeadline(1000))
    assert deadline_of(table) == table.now_ms + 1000


@pytest.mark.parametrize("by_ms", [-1, 0, LONGEST_EXTENSION_MS + 1])
def test_no_or_too_much_time_is_refused(by_ms: int):
    with pytest.raises(NotNow, match=f"{by_ms} ms; extend by 1 to"):
        deciding().do(c.ExtendDeadline(by_ms))


def test_without_a_deadline_there_is_nothing_to_extend():
    with pytest.raises(NotNow, match="no deadline is open"):
        Table().do(c.ExtendDeadline(1000))


def test_two_clicks_skip_one_phase():
    table = Table().seat(CHN, JPN).start()
    click = c.SkipPhase(0, Phase.BRIEFING)
    table.do(click)
    with pytest.raises(WrongRound):
        table.do(click)
    click = c.SkipPhase(1, Phase.NEGOTIATION)
    table.do(click)
    with pytest.raises(NotNow, match="negotiation is not open"):
        table.do(click)
    assert table.position.phase is Phase.DECISION


@pytest.mark.parametrize("is_paused", [False, True])
def test_the_facilitator_ends_a_match_at_once_and_an_open_round_is_not_scored(is_paused: bool):
    table = deciding()
    table.order(CHN, strait="D")
    if is_paused:
        table.do(c.PauseMatch())
    ended = e.MatchEnded(e.EndReason.FACILITATOR, "7", START_MS)
    assert table.do(c.EndMatch()) == (ended,)
    assert table.position.history == ()
    assert table.position.is_over


ALLOWED_AFTER_THE_END = {c.Say, c.SupersedeMatch}


@pytest.mark.parametrize("command", ONE_OF_EACH, ids=lambda command: command.type)
def test_after_the_end_there_is_only_talk_and_a_way_back(command: c.Command):
    table = deciding()
    table.do(c.EndMatch())
    if type(command) in ALLOWED_AFTER_THE_END:
        assert table.do(command, asker(command))
    else:
        wanted = TalkNotAllowed if isinstance(command, c.SaySentence) else NotNow  # rules 1
        with pytest.raises(wanted):
            table.do(command, asker(command))


# The server's clock


@pytest.mark.parametrize("early_ms", [1, 1000])
def test_a_deadline_does_not_pass_early(early_ms: int):
    table = deciding()
    table.now_ms = deadline_of(table) - early_ms
    with pytest.raises(NotNow, match="wait for it"):
        table.pass_deadline()


@pytest.mark.parametrize("late_ms", [0, 1, 1000])
def test_a_deadline_passes_from_its_very_millisecond(late_ms: int):
    table = deciding()
    table.now_ms = deadline_of(table) + late_ms
    resolved, opened = table.pass_deadline()
    assert (resolved.type, opened.type) == ("round_resolved", "phase_opened")


def test_the_clock_names_the_phase_that_it_ends():
    table = deciding()
    table.now_ms = deadline_of(table)
    with pytest.raises(NotNow, match="negotiation is not open"):
        table.do(c.PassDeadline(1, Phase.NEGOTIATION), THE_CLOCK)


def test_without_a_clock_no_deadline_passes():
    with pytest.raises(NotNow, match="the deadline is None"):
        Table(pace=None).start().pass_deadline()


def test_an_outage_is_made_up():
    table = deciding()
    deadline_ms = deadline_of(table)
    moved = e.DeadlineMoved(deadline_ms + 700, e.DeadlineReason.OUTAGE, table.now_ms)
    assert table.do(c.MakeUpOutage(700), THE_CLOCK) == (moved,)
    table.now_ms = deadline_ms + 699
    assert table.order(CHN, strait="C")


def test_an_outage_leaves_time_at_the_least():
    table = deciding()
    table.now_ms = deadline_of(table) + 100
    moved = e.DeadlineMoved(table.now_ms + 5_000, e.DeadlineReason.OUTAGE, table.now_ms)
    assert table.do(c.MakeUpOutage(700, least_ms=5_000), THE_CLOCK) == (moved,)


@pytest.mark.parametrize("by_ms", [-1, 0])
def test_no_time_lost_is_not_made_up(by_ms: int):
    with pytest.raises(NotNow, match="nothing to make up"):
        deciding().do(c.MakeUpOutage(by_ms), THE_CLOCK)


def test_an_outage_without_a_deadline_cost_nothing():
    with pytest.raises(NotNow, match="nothing to make up"):
        Table().do(c.MakeUpOutage(700), THE_CLOCK)
