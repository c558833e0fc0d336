"""A match that goes on from an earlier moment."""

import pytest

from game_rules.errors import (
    NotNow,
    Superseded,
)
from game_rules.games.stage_games import C
from game_rules.log import events as e
from game_rules.log.events import Phase
from game_rules.log.evolve import fold
from game_rules.log.position import Model
from game_rules.match import commands as c
from game_rules.match.visibility import redact
from game_rules.records.codec import dumps
from game_rules.records.record import read_record, verify, write_record
from game_rules.roles import THE_CLOCK, Actor, Role
from tests.game_rules.match.controlled import deciding
from tests.game_rules.scenes import (
    CHN,
    JPN,
    PHL,
    QUICK,
    START_MS,
    Table,
    a_scenario,
    person,
    viewers,
)

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
        with pytest.raises(Superseded, match="continues in a branch"):
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


def test_a_model_has_the_luck_of_its_trunk_and_no_clock_and_says_what_it_is():
    trunk = Table(a_scenario(seconds=QUICK, monitoring=0.6, rounds=4)).bots(CHN, JPN, PHL)
    trunk.start().skip_to(Phase.DECISION, 2)
    seq = len(trunk.log)
    trunk.skip_to(Phase.DECISION, 4)
    model = Table(trunk.position.scenario)
    model.log, model.now_ms = trunk.log[:seq], trunk.now_ms
    model.position = fold(model.log)
    model.do(c.BranchMatch("trunk", seq, None, 2), THE_CLOCK)
    model.do(c.ResumeMatch())
    model.skip_to(Phase.DECISION, 4)
    position = model.position
    assert (position.model, position.deadline_ms) == (Model("trunk", 2), None)
    assert position.history == trunk.position.history
    assert verify(read_record(write_record(model.log, "v").encode())) == position
    model.do(c.BranchMatch("model", len(model.log)), THE_CLOCK)  # a facilitator goes back
    assert (model.position.model, model.position.trunk) == (Model("trunk", 2), "model")
    assert '"model_from":2' in dumps(model.log[seq])
    assert "model_from" not in dumps(model.log[-1])
