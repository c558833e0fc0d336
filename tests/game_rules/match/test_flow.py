"""Which phase follows which, when one ends early, and when it is all over."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game_rules.chance import chance
from game_rules.errors import NotNow, TooLate
from game_rules.games.stage_games import LIBRARY
from game_rules.log import events as e
from game_rules.log.events import Phase
from game_rules.match import commands as c
from game_rules.match import flow
from game_rules.scenario.scenario import PhaseSeconds
from tests.game_rules.scenes import (
    CHN,
    JPN,
    PHL,
    QUICK,
    START_MS,
    Table,
    a_scenario,
    an_arena,
    deadline_of,
    person,
)


def phases(table: Table) -> list[str]:
    """Give the phases that were opened, e.g. "1 decision"."""
    return [f"{x.round} {x.phase.value}" for x in table.log if isinstance(x, e.PhaseOpened)]


def play_out(table: Table) -> Table:
    """Let every deadline pass until the match is over."""
    while not table.position.is_over:
        table.now_ms = deadline_of(table)
        table.pass_deadline()
    return table


def test_a_match_runs_from_briefing_through_its_rounds_to_the_end():
    table = play_out(Table(a_scenario(rounds=2)).start())
    rounds = [f"{n} {phase}" for n in (1, 2) for phase in ("negotiation", "decision", "reveal")]
    assert phases(table) == ["0 briefing", *rounds]
    ended = e.MatchEnded(e.EndReason.ROUNDS_PLAYED, "7", table.now_ms)
    assert table.log[-1] == ended


def test_every_phase_lasts_as_long_as_the_scenario_says():
    table = play_out(Table(a_scenario(rounds=1)).start())
    assert table.now_ms - START_MS == (60 + 30 + 20 + 10) * 1000


@given(st.floats(0.1, 10))
def test_the_pace_stretches_every_phase(pace: float):
    table = Table(pace=pace).start()
    assert deadline_of(table) == START_MS + round(60_000 * pace)


def test_without_pace_no_clock_runs():
    assert Table(pace=None).start().position.deadline_ms is None


@given(st.tuples(*[st.sampled_from((0, 5))] * 3))
def test_phases_of_no_time_are_left_out_but_for_decision(seconds: tuple[int, int, int]):
    briefing, negotiation, reveal = seconds
    scenario = a_scenario(rounds=1, seconds=PhaseSeconds(briefing, negotiation, 20, reveal))
    table = play_out(Table(scenario).start())
    kept = [
        *(["1 negotiation"] if negotiation else []),
        "1 decision",
        *(["1 reveal"] if reveal else []),
    ]
    assert phases(table) == ["0 briefing", *kept]


# Ending early


@pytest.mark.parametrize("phase", [Phase.BRIEFING, Phase.NEGOTIATION, Phase.DECISION, Phase.REVEAL])
def test_a_phase_ends_as_soon_as_everyone_is_ready(phase: Phase):
    table = Table().seat(CHN, JPN).start()
    table.skip_to(phase, 0 if phase is Phase.BRIEFING else 1)
    table.ready(CHN)
    assert table.position.phase is phase
    table.ready(JPN)
    assert table.position.phase is not phase


def test_ready_ends_one_phase_only():
    table = Table().seat(CHN, JPN).start()
    table.ready(CHN)
    table.ready(JPN)
    assert table.position.phase is Phase.NEGOTIATION
    assert table.position.ready == {}


def test_a_match_without_anybody_waits_for_its_clock():
    table = Table().start()
    assert table.position.phase is Phase.BRIEFING


def test_a_phase_ends_when_the_last_one_it_waited_for_gets_up():
    table = Table().seat(CHN, JPN).start().skip_to(Phase.DECISION)
    table.ready(CHN)
    table.do(c.LeaveSeat(), person("JPN"))
    assert table.position.phase is Phase.REVEAL


def test_a_phase_does_not_end_when_the_last_of_all_gets_up():
    table = Table().seat(CHN).start().skip_to(Phase.DECISION)
    table.do(c.LeaveSeat(), person("CHN"))
    assert table.position.phase is Phase.DECISION


def test_bots_are_waited_for_only_for_orders():
    table = Table().seat(CHN).bots(JPN, PHL).start()
    table.ready(CHN)
    assert table.position.phase is Phase.NEGOTIATION
    table.ready(CHN)
    assert table.position.phase is Phase.DECISION
    table.ready(CHN)
    assert table.position.phase is Phase.DECISION
    table.order(JPN, strait="C", forum="C")
    assert table.position.phase is Phase.DECISION
    table.order(PHL, forum="C")
    assert table.position.phase is Phase.REVEAL


def test_a_bot_without_an_arena_is_not_waited_for():
    scenario = a_scenario(arenas=(an_arena("strait", (CHN, JPN), LIBRARY["chicken"]),))
    table = Table(scenario).seat(CHN).bots(PHL).start().skip_to(Phase.DECISION)
    table.ready(CHN)
    assert table.position.phase is Phase.REVEAL


def test_nobody_is_waited_for_on_a_free_seat():
    position = Table().seat(CHN).start().position
    assert flow.is_waited_for(position, CHN)
    assert not flow.is_waited_for(position, PHL)


def test_a_table_of_bots_goes_straight_to_the_decision():
    table = Table().bots(CHN, JPN, PHL).start()
    assert phases(table) == ["0 briefing", "1 negotiation", "1 decision"]


# Orders and deadlines


def test_a_saved_order_counts_without_ready():
    table = Table().seat(CHN, JPN).start().skip_to(Phase.DECISION)
    table.order(CHN, strait="C", forum="C")
    table.now_ms = deadline_of(table)
    resolved, _ = table.pass_deadline()
    assert isinstance(resolved, e.RoundResolved)
    assert resolved.results[0].sources[CHN] is e.OrderSource.ORDERED


def test_a_draft_from_negotiation_counts():
    table = Table().seat(CHN, JPN).start().skip_to(Phase.NEGOTIATION)
    table.order(CHN, strait="C", forum="D")
    table.skip_to(Phase.REVEAL)
    assert [r.sources[CHN] for r in table.position.history[0].results] == ["ordered", "ordered"]


def test_nothing_of_an_order_is_left_for_the_next_round():
    table = Table().seat(CHN, JPN).start().skip_to(Phase.DECISION)
    table.order(CHN, strait="C")
    table.skip_to(Phase.NEGOTIATION, 2)
    assert table.position.orders == {}


def test_skipping_the_decision_resolves_the_round():
    table = Table().seat(CHN, JPN).start().skip_to(Phase.DECISION)
    table.do(c.SkipPhase(1, Phase.DECISION))
    assert len(table.position.history) == 1


# Pause


def test_a_pause_stops_every_clock():
    table = Table().seat(CHN, JPN).start().skip_to(Phase.DECISION)
    deadline_ms = deadline_of(table)
    table.do(c.PauseMatch())
    table.now_ms = deadline_ms + 5000
    table.do(c.ResumeMatch())
    with pytest.raises(NotNow, match="wait for it"):
        table.pass_deadline()
    assert table.order(CHN, strait="C")
    table.now_ms = deadline_of(table)
    with pytest.raises(TooLate):
        table.order(JPN, strait="C")
    assert table.pass_deadline()


def test_a_paused_phase_does_not_end_early_until_it_is_resumed():
    table = Table().seat(CHN, JPN).start().skip_to(Phase.DECISION)
    table.ready(CHN)
    table.do(c.PauseMatch())
    table.do(c.LeaveSeat(), person("JPN"))
    assert table.position.phase is Phase.DECISION
    table.do(c.ResumeMatch())
    assert table.position.phase is Phase.REVEAL


# The end


@given(st.text(max_size=8), st.floats(0, 1))
def test_a_continuation_ends_by_chance_from_the_seed(seed: str, continuation: float):
    scenario = a_scenario(rounds=12, continuation=continuation, seconds=QUICK)
    table = play_out(Table(scenario, seed=seed).start())
    rounds = len(table.position.history)
    survived = [chance(seed, "end", number) < continuation for number in range(1, rounds)]
    assert all(survived)
    ended = table.log[-1]
    assert isinstance(ended, e.MatchEnded)
    if rounds < 12:
        assert chance(seed, "end", rounds) >= continuation
        assert ended.reason is e.EndReason.CHANCE
    else:
        assert ended.reason is e.EndReason.ROUNDS_PLAYED


def test_without_a_future_one_round_is_played():
    table = play_out(Table(a_scenario(continuation=0.0)).start())
    assert len(table.position.history) == 1


def test_the_seed_is_told_at_the_end():
    table = play_out(Table(a_scenario(rounds=1), seed="the seed").start())
    assert table.log[-1] == e.MatchEnded(e.EndReason.ROUNDS_PLAYED, "the seed", table.now_ms)
