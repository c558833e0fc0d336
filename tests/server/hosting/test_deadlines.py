"""Which match has to move on next."""

from hypothesis import given
from hypothesis import strategies as st

from server.hosting.deadlines import Deadlines
from server.store.event_store import MatchId

A, B, C = MatchId("a"), MatchId("b"), MatchId("c")


def test_nothing_is_due_where_no_clock_runs():
    deadlines = Deadlines()
    assert deadlines.next_ms() is None
    assert deadlines.pop_due(10**15) == []


def test_a_deadline_is_due_from_its_very_millisecond():
    deadlines = Deadlines()
    deadlines.set(A, 100)
    assert deadlines.pop_due(99) == []
    assert deadlines.pop_due(100) == [A]


def test_a_deadline_is_given_once():
    deadlines = Deadlines()
    deadlines.set(A, 100)
    deadlines.set(A, 100)
    assert deadlines.pop_due(100) == [A]
    assert deadlines.pop_due(100) == []


def test_a_moved_deadline_counts_alone():
    deadlines = Deadlines()
    deadlines.set(A, 100)
    deadlines.set(A, 200)
    assert deadlines.next_ms() == 200
    assert deadlines.pop_due(150) == []
    deadlines.set(A, 120)
    assert deadlines.pop_due(150) == [A]


def test_a_match_that_stops_its_clock_is_not_due():
    deadlines = Deadlines()
    deadlines.set(A, 100)
    deadlines.set(A, None)
    deadlines.set(B, None)
    assert deadlines.pop_due(100) == []


def test_what_is_due_comes_in_the_order_of_the_deadlines():
    deadlines = Deadlines()
    for match, at_ms in ((A, 30), (B, 10), (C, 20)):
        deadlines.set(match, at_ms)
    assert deadlines.pop_due(30) == [B, C, A]


def test_deadlines_that_were_overtaken_do_not_heap_up():
    deadlines = Deadlines()
    deadlines.set(A, 5)
    for number in range(10_000):
        deadlines.set(B, 1_000_000 + number)
    assert deadlines.entries < 100
    assert deadlines.pop_due(10) == [A]
    assert deadlines.next_ms() == 1_009_999


changes = st.tuples(st.sampled_from((A, B, C)), st.none() | st.integers(0, 20))


@given(st.lists(changes | st.integers(0, 20), max_size=30))
def test_the_heap_agrees_with_a_plain_table(steps: list[tuple[MatchId, int | None] | int]):
    deadlines, table = Deadlines(), dict[MatchId, int]()
    for step in steps:
        if isinstance(step, int):
            due = {match for match, at_ms in table.items() if at_ms <= step}
            assert set(deadlines.pop_due(step)) == due
            table = {match: at_ms for match, at_ms in table.items() if match not in due}
            continue
        match, at_ms = step
        deadlines.set(match, at_ms)
        table.pop(match, None)
        if at_ms is not None:
            table[match] = at_ms
        assert deadlines.next_ms() == min(table.values(), default=None)
