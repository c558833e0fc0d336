"""Time passes as it does, whatever the wall clock is set to."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.access.limits import TokenBucket
from server.clock import STANDSTILL_MS, SystemClock, passed_ns
from tests.fakes import ManualClock

START_MS = 1_700_000_000_000
HOUR_MS = 3_600_000


class Machine:
    """A machine whose wall clock can be set, beside the time that passes."""

    def __init__(self) -> None:
        self.wall_ms, self.passed_ms = START_MS, 5_000
        self.clock = SystemClock(lambda: self.wall_ms * 10**6, lambda: self.passed_ms * 10**6)

    def wait(self, ms: int) -> None:
        """Let time pass between two looks."""
        self.wall_ms += ms
        self.passed_ms += ms
        self.clock.now_ms()


@given(st.lists(st.tuples(st.integers(0, 1000), st.integers(-(10**9), 10**9)), max_size=40))
def test_steps_of_the_wall_clock_forward_and_back_change_no_time(
    steps: list[tuple[int, int]],
) -> None:
    machine = Machine()
    for passed_ms, step_ms in steps:
        machine.wall_ms += step_ms
        machine.wait(passed_ms)
    assert machine.clock.now_ms() == START_MS + sum(passed_ms for passed_ms, _ in steps)
    assert machine.clock.lost_ms == 0


@given(st.lists(st.integers(-(10**9), 10**9), min_size=1))
def test_time_never_decreases(passed_ms: list[int]) -> None:
    machine, told = Machine(), []
    for machine.passed_ms in passed_ms:
        told.append(machine.clock.now_ms())
    assert told == sorted(told)


@pytest.mark.parametrize(
    ("gap_ms", "lost_ms"),
    [(50, 0), (STANDSTILL_MS, 0), (STANDSTILL_MS + 1, STANDSTILL_MS + 1), (60_000, 60_000)],
)
def test_a_gap_between_two_looks_is_time_lost(gap_ms: int, lost_ms: int) -> None:
    machine = Machine()
    machine.wait(100)
    machine.wait(gap_ms)
    machine.wait(100)
    assert machine.clock.lost_ms == lost_ms
    assert machine.clock.now_ms() == START_MS + 200 + gap_ms


def test_stand_stills_add_up() -> None:
    machine = Machine()
    for gap_ms in (3_000, 10, 4_000):
        machine.wait(gap_ms)
    assert machine.clock.lost_ms == 7_000


def test_a_step_forward_is_followed_as_time_lost_and_a_step_back_is_not() -> None:
    machine = Machine()
    machine.wall_ms += HOUR_MS
    machine.clock.follow_wall()
    assert (machine.clock.now_ms(), machine.clock.lost_ms) == (START_MS + HOUR_MS, HOUR_MS)
    machine.wall_ms -= 2 * HOUR_MS
    machine.clock.follow_wall()
    assert (machine.clock.now_ms(), machine.clock.lost_ms) == (START_MS + HOUR_MS, HOUR_MS)


def test_a_small_difference_of_the_wall_clock_is_not_followed() -> None:
    machine = Machine()
    machine.wall_ms += STANDSTILL_MS
    machine.clock.follow_wall()
    assert machine.clock.now_ms() == START_MS


def test_time_continues_where_the_last_server_left_it() -> None:
    machine = Machine()
    machine.clock.not_before(START_MS + 500)
    assert machine.clock.now_ms() == START_MS + 500
    machine.clock.not_before(START_MS)
    machine.wait(7)
    assert machine.clock.now_ms() == START_MS + 507


@pytest.mark.parametrize("step_ms", [-HOUR_MS, HOUR_MS])
def test_a_limit_goes_on_after_a_step_of_the_wall_clock(step_ms: int) -> None:
    """Forward and back again once shut everybody out until the wall clock caught up."""
    machine = Machine()
    bucket = TokenBucket(machine.clock, per_second=20, burst=1)
    for step in (step_ms, -step_ms):
        assert bucket.take()
        machine.wall_ms += step
        assert not bucket.take(), "a step is no time that has passed"
        machine.wait(50)


def test_the_system_clock_tells_this_century_and_goes_on() -> None:
    clock = SystemClock()
    assert 1_700_000_000_000 < clock.now_ms() < 4_100_000_000_000
    before_ns = passed_ns()
    assert 0 <= passed_ns() - before_ns < 10**12


def test_a_manual_clock_moves_when_told() -> None:
    clock = ManualClock(5)
    clock.advance(7)
    assert (clock.now_ms(), clock.now_ms()) == (12, 12)
    clock.stand_still(3)
    assert (clock.now_ms(), clock.lost_ms) == (15, 3)
