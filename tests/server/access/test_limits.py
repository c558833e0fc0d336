"""A client may send so much and no more."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.access.limits import TokenBucket, TokenBuckets
from tests.fakes import ManualClock


def test_a_burst_is_let_through_and_no_more():
    bucket = TokenBucket(ManualClock(), per_second=20, burst=40)
    assert [bucket.take() for _ in range(41)] == [True] * 40 + [False]


@pytest.mark.parametrize(("waited_ms", "is_let"), [(49, False), (50, True)])
def test_a_token_comes_back_at_its_millisecond(waited_ms: int, is_let: bool):
    clock = ManualClock()
    bucket = TokenBucket(clock, per_second=20, burst=1)
    bucket.take()
    clock.advance(waited_ms)
    assert bucket.has_token is is_let
    assert bucket.take() is is_let


def test_no_more_than_a_burst_is_saved_up():
    clock = ManualClock()
    bucket = TokenBucket(clock, per_second=20, burst=2)
    clock.advance(10**9)
    assert [bucket.take() for _ in range(3)] == [True, True, False]


def test_a_bucket_is_full_again_once_everything_came_back():
    clock = ManualClock()
    bucket = TokenBucket(clock, per_second=1, burst=2)
    assert bucket.is_full
    bucket.take()
    clock.advance(999)
    assert not bucket.is_full
    clock.advance(1)
    assert bucket.is_full


def test_looking_takes_nothing():
    bucket = TokenBucket(ManualClock(), per_second=1, burst=1)
    assert [bucket.has_token, bucket.has_token, bucket.take()] == [True, True, True]


@given(st.lists(st.integers(0, 300), max_size=60), st.integers(1, 10), st.integers(1, 30))
def test_over_any_time_no_more_than_the_rate_and_a_burst_get_through(
    waits_ms: list[int], per_second: int, burst: int
):
    clock = ManualClock()
    bucket = TokenBucket(clock, per_second, burst)
    through = 0
    for wait_ms in waits_ms:
        clock.advance(wait_ms)
        through += bucket.take()
    assert through <= burst + per_second * sum(waits_ms) / 1000 + 1e-6


def test_whoever_comes_back_finds_the_bucket_as_it_was_left():
    buckets = TokenBuckets(ManualClock(), per_second=1, burst=1)
    assert buckets.of("a").take()
    assert not buckets.of("a").take()
    assert buckets.of("b").take()


def test_only_full_buckets_are_forgotten():
    clock = ManualClock()
    buckets = TokenBuckets(clock, per_second=1, burst=2)
    for number in range(TokenBuckets.most_kept):
        buckets.of(str(number)).take()
    clock.advance(1000)
    buckets.of("0").take()
    buckets.of("new")
    assert set(buckets) == {"0", "new"}
