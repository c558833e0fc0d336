"""Pauses, more time, phases that are ended, deadlines and outages."""

import pytest

from game_rules.errors import (
    NotNow,
    WrongRound,
)
from game_rules.log import events as e
from game_rules.log.events import Phase
from game_rules.match import commands as c
from game_rules.match.clock import LONGEST_EXTENSION_MS
from game_rules.roles import THE_CLOCK
from tests.game_rules.match.asked import deciding
from tests.game_rules.scenes import (
    CHN,
    JPN,
    START_MS,
    Table,
    deadline_of,
)


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
