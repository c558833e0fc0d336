"""A sequence that grows is a tuple to whoever reads it, and costs no more the longer it is."""

import gc
import pickle
from statistics import median
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game_rules.log.events import MessageSaid
from game_rules.log.grown import Grown
from game_rules.match.decide import create_match
from game_rules.records.record import Record, verify
from tests.game_rules.scenes import a_scenario


@given(st.lists(st.integers()), st.lists(st.integers()), st.lists(st.integers()))
def test_what_follows_one_of_two_is_not_seen_by_the_other(
    first: list[int], left: list[int], right: list[int]
):
    trunk = Grown(first)
    one = other = trunk
    for entry in left:
        one = one.then(entry)
    for entry in right:
        other = other.then(entry)
    assert (tuple(trunk), one, other) == (
        tuple(first),
        (*first, *left),
        (*first, *right),
    )


@given(st.lists(st.integers(), min_size=1))
def test_it_reads_as_a_tuple(entries: list[int]):
    grown, like = Grown(entries[:-1]).then(entries[-1]), tuple(entries)
    assert len(grown) == len(like)
    assert (grown[0], grown[-1], grown[1:], repr(grown)) == (
        like[0],
        like[-1],
        like[1:],
        repr(like),
    )
    assert hash(grown) == hash(like)
    assert like == grown
    assert grown != entries
    assert pickle.loads(pickle.dumps(grown)) == grown  # noqa: S301
    with pytest.raises(IndexError):
        grown[len(like)]
    longer = grown.then(0)
    with pytest.raises(IndexError):
        grown[len(like)]
    assert longer[len(like)] == 0


def seconds_of(messages: int) -> float:
    """Verify a match with so much talk, in seconds of the processor."""
    log = create_match(a_scenario(), "7", None, 1000)
    said = MessageSaid(0, None, (), "x", None, 1000)
    record = Record("x", (*log, *[said] * messages))
    gc.collect()
    start = process_time()
    assert len(verify(record).messages) == messages
    return process_time() - start


@pytest.mark.slow
def test_twice_the_talk_takes_twice_the_time():
    """The most that a record holds is 40,000 messages; tuples took four times for twice."""
    ratios = [seconds_of(24_000) / seconds_of(12_000) for _ in range(5)]
    assert median(ratios) <= 2.5, ratios


def test_another_thread_that_is_a_moment_earlier_changes_nothing() -> None:
    class Hurried(list[int]):
        def append(self, entry: int) -> None:
            super().append(99)
            super().append(entry)

    short = Grown((1, 2))
    short._entries = Hurried((1, 2))
    assert short.then(3) == (1, 2, 3)
    assert short == (1, 2)
