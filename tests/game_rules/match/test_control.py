"""Autopilots, injects, orders by the facilitator, and branches."""

from dataclasses import replace

import pytest

from game_rules.errors import (
    ArenaNotYours,
    InjectNotAllowed,
    NotNow,
    NotYours,
    OnAutopilot,
    RuleViolation,
    SeatUnavailable,
    Superseded,
)
from game_rules.games.stage_games import Bimatrix, C, Collective, D
from game_rules.log import events as e
from game_rules.log.events import AutopilotReason, OrderSource, Phase
from game_rules.log.evolve import fold
from game_rules.log.position import OpenedInject
from game_rules.match import commands as c
from game_rules.match.visibility import redact
from game_rules.records.record import read_record, verify, write_record
from game_rules.roles import THE_CLOCK, Actor, Role, Seat
from game_rules.scenario.injects import MOST_OPENED, Inject, InjectEffect
from tests.game_rules.scenes import (
    CHN,
    JPN,
    PHL,
    QUICK,
    START_MS,
    Table,
    a_scenario,
    deadline_of,
    person,
    viewers,
)

STORM = Inject("storm", "A storm", "It rains.", 2, (InjectEffect("strait", "T", -1.5, CHN),))


def deciding(**changes: object) -> Table:
    """Everybody seated, in the decision of round 1."""
    return Table(a_scenario(**changes)).seat(CHN, JPN, PHL).start().skip_to(Phase.DECISION)


def corners(table: Table, arena: str = "strait") -> tuple[float, ...]:
    """Give T, R, P, S of both members of an arena as it is played now."""
    game = next(x.game for x in table.position.arenas if x.name == arena)
    assert isinstance(game, Bimatrix)
    return tuple(getattr(side, x) for side in (game.row, game.column) for x in "TRPS")


PLAIN = (5, 3, 1, 0, 5, 3, 1, 0)


# Autopilots


def test_an_autopilot_is_announced_with_its_strategy_and_on_whose_word():
    table = deciding(autopilot="grudger")
    assert table.do(c.EngageAutopilot(CHN), THE_CLOCK) == (
        e.AutopilotEngaged(CHN, "grudger", AutopilotReason.ABSENT, START_MS),
    )
    assert table.do(c.EngageAutopilot(JPN)) == (
        e.AutopilotEngaged(JPN, "grudger", AutopilotReason.FACILITATOR, START_MS),
    )
    assert table.position.holders[CHN].person == "CHN"


@pytest.mark.parametrize(
    ("actor", "reason"),
    [
        (person("CHN"), AutopilotReason.RETURNED),
        (THE_CLOCK, AutopilotReason.RETURNED),
        (Actor(Role.FACILITATOR), AutopilotReason.FACILITATOR),
    ],
)
def test_a_seat_is_taken_back(actor: Actor, reason: AutopilotReason):
    table = deciding()
    table.do(c.EngageAutopilot(CHN), THE_CLOCK)
    released = table.do(c.ReleaseAutopilot(CHN), actor)
    assert released == (e.AutopilotReleased(CHN, reason, START_MS),)
    assert not table.position.holders[CHN].is_automatic


def test_people_on_autopilot_act_when_they_have_taken_their_seat_back():
    table = deciding()
    table.do(c.EngageAutopilot(CHN))
    order = c.SaveOrder(1, {"strait": C})
    with pytest.raises(OnAutopilot, match="CHN is on autopilot; take it back first"):
        table.do(order, person("CHN"))
    table.do(c.ReleaseAutopilot(CHN), person("CHN"))
    assert table.do(order, person("CHN"))


def test_what_an_autopilot_orders_is_marked_and_may_be_chosen_again():
    table = deciding()
    table.do(c.EngageAutopilot(CHN))
    (saved,) = table.order(CHN, strait="C", forum="C")
    assert isinstance(saved, e.OrderSaved)
    assert saved.sources == {"strait": OrderSource.AUTOPILOT, "forum": OrderSource.AUTOPILOT}
    table.do(c.ReleaseAutopilot(CHN))
    table.do(c.SaveOrder(1, {"forum": D}), person("CHN"))
    table.skip_to(Phase.REVEAL)
    (resolved,) = table.position.history
    assert [x.sources[CHN] for x in resolved.results] == ["autopilot", "ordered"]


def test_an_order_saved_before_its_people_left_counts():
    table = deciding()
    table.order(CHN, strait="C", forum="C")
    table.do(c.EngageAutopilot(CHN), THE_CLOCK)
    table.skip_to(Phase.REVEAL)
    assert table.position.history[0].results[0].sources[CHN] is OrderSource.ORDERED


def test_a_phase_does_not_wait_for_seats_on_autopilot():
    table = Table().seat(CHN, JPN).start()
    table.ready(CHN)
    assert table.position.phase is Phase.BRIEFING
    table.do(c.EngageAutopilot(JPN), THE_CLOCK)
    assert table.position.phase is Phase.NEGOTIATION


def test_a_match_that_all_people_have_left_is_not_hurried_through():
    table = Table().seat(CHN, JPN).bots(PHL).start()
    for seat in (CHN, JPN):
        table.do(c.EngageAutopilot(seat))
    assert table.position.phase is Phase.BRIEFING
    table.now_ms = deadline_of(table)
    table.pass_deadline()
    assert table.position.phase is Phase.NEGOTIATION


@pytest.mark.parametrize(
    ("command", "actor", "refusal", "told"),
    [
        (c.EngageAutopilot(PHL), THE_CLOCK, SeatUnavailable, "nobody holds PHL; seat a bot"),
        (c.EngageAutopilot(Seat("IND")), THE_CLOCK, SeatUnavailable, "no seat here"),
        (c.EngageAutopilot(JPN), THE_CLOCK, OnAutopilot, "JPN is on autopilot already"),
        (c.ReleaseAutopilot(CHN), THE_CLOCK, OnAutopilot, "CHN is not on autopilot"),
        (c.ReleaseAutopilot(PHL), THE_CLOCK, OnAutopilot, "PHL is not on autopilot"),
        (c.ReleaseAutopilot(JPN), person("CHN"), NotYours, "JPN is not your seat"),
        (c.ReleaseAutopilot(JPN), person("ann"), NotYours, "you hold no seat"),
    ],
)
def test_an_autopilot_that_cannot_be_is_refused(command, actor, refusal, told):
    table = Table().seat(CHN, JPN)
    table.do(c.EngageAutopilot(JPN))
    with pytest.raises(refusal, match=told):
        table.do(command, actor)


def test_a_bots_seat_needs_no_autopilot():
    with pytest.raises(SeatUnavailable, match="nobody holds CHN"):
        Table().bots(CHN).do(c.EngageAutopilot(CHN))


# Injects


def test_an_inject_changes_payoffs_at_once_while_orders_are_open_and_is_undone_afterwards():
    table = deciding()
    news, changed = table.do(c.OpenInject(STORM))
    assert news == e.InjectOpened(1, STORM, 1, 2, START_MS)
    assert isinstance(changed, e.ArenaChanged)
    assert corners(table) == (3.5, 3, 1, 0, 5, 3, 1, 0)
    table.skip_to(Phase.DECISION, 2)
    assert corners(table) == (3.5, 3, 1, 0, 5, 3, 1, 0)
    table.skip_to(Phase.REVEAL, 2)
    events = table.do(c.SkipPhase(2, Phase.REVEAL))
    assert [x.type for x in events] == ["inject_closed", "arena_changed", "phase_opened"]
    assert corners(table) == PLAIN
    assert table.position.injects == (OpenedInject(STORM, 1, 2, is_closed=True),)


@pytest.mark.parametrize(("phase", "number"), [(Phase.BRIEFING, 0), (Phase.REVEAL, 1)])
def test_between_rounds_an_inject_counts_from_the_next_round_on(phase: Phase, number: int):
    table = Table().seat(CHN, JPN).start().skip_to(phase, number)
    (news,) = table.do(c.OpenInject(STORM))
    assert news == e.InjectOpened(number, STORM, number + 1, number + 2, START_MS)
    assert corners(table) == PLAIN
    table.skip_to(Phase.NEGOTIATION, number + 1)
    assert corners(table)[0] == 3.5


def test_what_an_inject_does_is_in_the_payoffs_of_its_rounds():
    table = deciding()
    table.do(c.OpenInject(STORM))
    table.order(CHN, strait="D")
    table.order(JPN, strait="C")
    table.skip_to(Phase.REVEAL)
    assert table.position.history[0].results[0].payoffs == {CHN: 3.5, JPN: 0.0}


def test_an_inject_of_no_rounds_lasts_for_good():
    table = deciding(rounds=3)
    table.do(c.OpenInject(replace(STORM, rounds=0)))
    table.skip_to(Phase.DECISION, 3)
    assert corners(table)[0] == 3.5
    assert table.position.injects[0].last_round is None


@pytest.mark.parametrize("phase", [Phase.DECISION, Phase.REVEAL])
def test_an_inject_is_closed_before_its_time(phase: Phase):
    table = deciding()
    table.do(c.OpenInject(STORM))
    table.skip_to(phase)
    events = table.do(c.CloseInject("storm"))
    assert events[0] == e.InjectClosed(1, "storm", START_MS)
    table.skip_to(Phase.DECISION, 1 if phase is Phase.DECISION else 2)
    assert corners(table) == PLAIN
    with pytest.raises(InjectNotAllowed, match="no inject 'storm' is open"):
        table.do(c.CloseInject("storm"))
    table.do(c.OpenInject(STORM))


def test_an_inject_of_the_deck_opens_by_itself_at_its_round_and_only_once():
    due, early = replace(STORM, round=2), replace(STORM, name="early", round=2)
    table = deciding(deck=(due, early, replace(STORM, name="never")))
    table.do(c.OpenInject(early))
    table.skip_to(Phase.REVEAL)
    events = table.do(c.SkipPhase(1, Phase.REVEAL))
    assert events[0] == e.InjectOpened(2, due, 2, 3, START_MS)
    assert corners(table)[0] == 2.0
    assert [x.inject.name for x in table.position.injects] == ["early", "storm"]


def test_every_parameter_of_a_collective_game_can_be_changed_within_its_bounds():
    effects = (
        InjectEffect("forum", "b", 1.0),
        InjectEffect("forum", "g", 2.0, JPN),
        InjectEffect("forum", "d", -50.0),
        InjectEffect("forum", "sigma", 5.0, CHN),
        InjectEffect("forum", "theta", 0.25),
    )
    table = deciding()
    table.do(c.OpenInject(replace(STORM, effects=effects)))
    forum = table.position.arenas[1].game
    assert isinstance(forum, Collective)
    assert forum.theta == 0.75
    assert [x.b for x in forum.terms] == [7.0] * 3
    assert [x.g for x in forum.terms] == [1.0, 3.0, 1.0]
    assert [x.d for x in forum.terms] == [0.0] * 3
    assert [x.sigma for x in forum.terms] == [1.0, 0.5, 0.5]


def test_an_effect_without_a_member_is_on_both_sides_of_a_dyad():
    table = deciding()
    table.do(c.OpenInject(replace(STORM, effects=(InjectEffect("strait", "R", 1.0),))))
    assert corners(table) == (5, 4, 1, 0, 5, 4, 1, 0)
    only = InjectEffect("strait", "S", -1.0, JPN)
    table.do(c.OpenInject(replace(STORM, name="two", effects=(only,))))
    assert corners(table) == (5, 4, 1, 0, 5, 4, 1, -1)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"title": " "}, "a title and a text"),
        ({"text": ""}, "a title and a text"),
        ({"title": "x" * 81}, "80 letters at most"),
        ({"text": "x" * 1201}, "a text 1200"),
        ({"rounds": -1}, "0 to 200 rounds"),
        ({"rounds": 201}, "0 to 200 rounds"),
        ({"effects": STORM.effects * 21}, "up to 20 effects"),
        ({"name": "open"}, "'open' is open already"),
        ({"effects": (InjectEffect("nowhere", "T", 1.0),)}, "choose among strait, forum"),
        ({"effects": (InjectEffect("strait", "b", 1.0),)}, "choose among T, R, P, S"),
        ({"effects": (InjectEffect("strait", "T", 1.0, PHL),)}, "PHL has no T of its own"),
        ({"effects": (InjectEffect("forum", "theta", 0.1, CHN),)}, "CHN has no theta"),
        ({"effects": (InjectEffect("strait", "T", 0.0),)}, "by nothing or too much"),
        ({"effects": (InjectEffect("strait", "T", 1001.0),)}, "up to 1000"),
        ({"effects": (InjectEffect("strait", "T", float("nan")),)}, "by nothing or too much"),
    ],
)
def test_an_inject_that_has_no_meaning_is_refused(change: dict, told: str):
    table = deciding()
    table.do(c.OpenInject(replace(STORM, name="open")))
    with pytest.raises(InjectNotAllowed, match=told):
        table.do(c.OpenInject(replace(STORM, **change)))


def test_only_so_much_news_is_opened_in_a_match():
    table = deciding()
    for _ in range(MOST_OPENED):
        table.do(c.OpenInject(STORM))
        table.do(c.CloseInject("storm"))
    with pytest.raises(InjectNotAllowed, match="200 items of news were opened, which is the most"):
        table.do(c.OpenInject(STORM))


@pytest.mark.parametrize("command", [c.OpenInject(STORM), c.CloseInject("storm")])
def test_there_are_no_injects_before_and_after_play(command: c.Command):
    table = Table().seat(CHN)
    with pytest.raises(NotNow, match="in lobby"):
        table.do(command)
    table.start().do(c.EndMatch())
    with pytest.raises(NotNow, match="in debrief"):
        table.do(command)


# Orders by the facilitator


def test_the_facilitator_chooses_for_a_seat_which_may_choose_again():
    table = deciding()
    table.order(CHN, strait="C", forum="C")
    (saved,) = table.do(c.OrderFor(CHN, 1, {"strait": D}))
    assert isinstance(saved, e.OrderSaved)
    assert saved.actions == {"strait": D, "forum": C}
    assert saved.sources == {"strait": OrderSource.FACILITATOR}
    table.do(c.OrderFor(JPN, 1, {"strait": D, "forum": D}))
    table.order(JPN, forum="C")
    table.skip_to(Phase.REVEAL)
    first, second = table.position.history[0].results
    assert [x.value for x in first.sources.values()] == ["facilitator", "facilitator"]
    assert second.sources[JPN] is OrderSource.ORDERED
    assert table.position.order_sources == {}


@pytest.mark.parametrize(
    ("command", "refusal"),
    [
        (c.OrderFor(CHN, 1, {}), ArenaNotYours),
        (c.OrderFor(PHL, 1, {"strait": C}), ArenaNotYours),
        (c.OrderFor(Seat("IND"), 1, {"strait": C}), SeatUnavailable),
    ],
)
def test_an_order_for_a_seat_names_arenas_of_that_seat(
    command: c.Command, refusal: type[RuleViolation]
):
    with pytest.raises(refusal):
        deciding().do(command)


# Branches


def branch_of(trunk: Table, seq: int, seed: str | None = None) -> Table:
    """Let a trunk go on from an earlier place."""
    branch = Table(trunk.position.scenario)
    branch.log, branch.now_ms = trunk.log[:seq], trunk.now_ms
    branch.position = fold(branch.log)
    branch.do(c.BranchMatch("trunk", seq, seed), THE_CLOCK)
    return branch


def test_a_branch_stands_paused_where_the_trunk_stood_with_the_phases_whole_time():
    trunk = deciding()
    trunk.order(CHN, strait="C", is_ready=True)
    seq = len(trunk.log)
    trunk.skip_to(Phase.REVEAL)
    trunk.now_ms += 5_000
    branch = branch_of(trunk, seq)
    position = branch.position
    assert (position.phase, position.round, position.trunk) == (Phase.DECISION, 1, "trunk")
    assert position.paused_at_ms == trunk.now_ms
    assert position.deadline_ms == trunk.now_ms + 20_000
    assert (position.orders[CHN], position.ready) == ({"strait": C}, {})


def test_a_branch_and_its_trunk_share_their_luck_and_both_verify():
    trunk = Table(a_scenario(seconds=QUICK, monitoring=0.6, rounds=4)).bots(CHN, JPN, PHL)
    trunk.start().skip_to(Phase.DECISION, 2)
    branch = branch_of(trunk, len(trunk.log))
    branch.do(c.ResumeMatch())
    for table in (trunk, branch):
        table.skip_to(Phase.DECISION, 3)
    assert trunk.position.history == branch.position.history
    trunk.do(c.SupersedeMatch("branch"))
    for table in (trunk, branch):
        assert verify(read_record(write_record(table.log, "v").encode())) == table.position


def test_where_no_clock_runs_a_branch_has_no_deadline():
    trunk = Table(pace=None).seat(CHN).start()
    assert branch_of(trunk, len(trunk.log)).position.deadline_ms is None


def test_a_match_that_was_given_up_takes_no_command_any_more():
    table = deciding()
    assert table.do(c.SupersedeMatch("b1")) == (e.MatchSuperseded("b1", START_MS),)
    assert table.position.is_over
    for command, actor in (
        (c.ResumeMatch(), Actor(Role.FACILITATOR)),
        (c.PassDeadline(1, Phase.DECISION), THE_CLOCK),
        (c.LeaveSeat(), person("CHN")),
    ):
        with pytest.raises(Superseded, match="goes on in a branch"):
            table.do(command, actor)


def test_a_match_that_was_not_begun_has_nothing_to_go_on_with():
    table = Table()
    with pytest.raises(NotNow, match="in lobby"):
        table.do(c.BranchMatch("t", 1), THE_CLOCK)
    with pytest.raises(NotNow, match="nothing was played"):
        table.do(c.SupersedeMatch("b"))


def test_a_branch_does_not_begin_where_a_match_is_over():
    table = Table().start()
    table.do(c.EndMatch())
    with pytest.raises(NotNow, match="in debrief"):
        table.do(c.BranchMatch("t", 3), THE_CLOCK)


def test_a_match_that_has_ended_can_be_given_up_for_a_branch_of_other_luck():
    trunk = Table(a_scenario(seconds=QUICK, monitoring=0.6, rounds=9)).bots(CHN, JPN, PHL)
    trunk.start().skip_to(Phase.DECISION, 2)
    seq = len(trunk.log)
    trunk.do(c.EndMatch())
    trunk.do(c.SupersedeMatch("branch"))
    branches = [branch_of(trunk, seq, seed) for seed in (None, "other")]
    for branch in branches:
        branch.do(c.ResumeMatch())
        branch.skip_to(Phase.DECISION, 9)
    for table in (trunk, *branches):
        assert verify(read_record(write_record(table.log, "v").encode())) == table.position
    same, other = (branch.position for branch in branches)
    assert (same.seed, other.seed) == ("7", "other")
    assert same.history[0] == other.history[0]
    assert same.history != other.history


def test_a_branchs_new_luck_is_told_when_it_ends():
    trunk = deciding()
    branch = branch_of(trunk, len(trunk.log), "other")
    told = branch.log[-1]
    for viewer in viewers(trunk.position.scenario):
        seen = redact(told, viewer, trunk.position.scenario)
        assert isinstance(seen, e.Branched)
        assert seen.seed is None
    (ended,) = branch.do(c.EndMatch())
    assert isinstance(ended, e.MatchEnded)
    assert ended.seed == "other"
