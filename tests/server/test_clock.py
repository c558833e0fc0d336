"""Time never runs back."""

from collections.abc import Iterator

from hypothesis import given
from hypothesis import strategies as st

from server.clock import SystemClock
from tests.fakes import ManualClock


@given(st.lists(st.integers(0, 10**19), min_size=1))
def test_time_stands_while_the_wall_clock_is_set_back(walls_ns: list[int]) -> None:
    wall: Iterator[int] = iter(walls_ns)
    clock = SystemClock(lambda: next(wall))
    told = [clock.now_ms() for _ in walls_ns]
    assert told == sorted(told)
    assert told == [max(walls_ns[: n + 1]) // 1_000_000 for n in range(len(walls_ns))]


def test_the_system_clock_tells_this_century() -> None:
    assert 1_700_000_000_000 < SystemClock().now_ms() < 4_100_000_000_000


def test_a_manual_clock_moves_when_told() -> None:
    clock = ManualClock(5)
    clock.advance(7)
    assert (clock.now_ms(), clock.now_ms()) == (12, 12)
