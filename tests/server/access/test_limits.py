"""A client may send so much and no more."""

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.access.limits import Hurry, LoopTime, Patience, TokenBucket, TokenBuckets
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
    assert bucket.has_token() is is_let
    assert bucket.take() is is_let


@pytest.mark.parametrize(("servers", "let"), [(1, 6), (2, 3), (4, 1), (9, 1)])
def test_several_servers_let_through_a_part_each_and_one_at_least(servers: int, let: int):
    bucket = TokenBucket(ManualClock(), per_second=1, burst=6)
    assert [bucket.take(servers) for _ in range(7)] == [True] * let + [False] * (7 - let)
    debts = TokenBucket(ManualClock(), per_second=1, burst=6)
    owed = [debts.owe(servers) for _ in range(let + 1)]
    assert [late_s > 0 for late_s in owed] == [False] * let + [True]


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
    assert [bucket.has_token(), bucket.has_token(), bucket.take()] == [True, True, True]


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


@pytest.mark.parametrize(("burst", "most_s"), [(2, 10), (30, 15)])
def test_a_token_that_is_not_there_yet_is_owed_and_no_more_than_ten_seconds_or_a_burst(
    burst: int, most_s: int
):
    clock = ManualClock()
    bucket = TokenBucket(clock, per_second=2, burst=burst)
    owed = [bucket.owe() for _ in range(100)]
    assert owed[: burst + 3] == [0] * burst + [0.5, 1, 1.5]
    assert (owed[-1], max(owed)) == (most_s, most_s)
    clock.advance(1000)
    assert bucket.owe() == most_s - 0.5


def test_of_too_many_clients_who_all_owe_the_older_half_is_forgotten():
    buckets = TokenBuckets(ManualClock(), per_second=1, burst=2)
    for number in range(TokenBuckets.most_kept + 1):
        buckets.of(str(number)).take()
    assert len(set(buckets)) == TokenBuckets.most_kept // 2 + 1
    assert {"999", "1000"} <= set(buckets)


async def test_patience_puts_off_up_to_its_longest_wait():
    waits: list[float] = []

    async def pause(seconds: float) -> None:
        waits.append(seconds)

    patience = Patience(TokenBuckets(ManualClock(), 1, 3), longest_s=2)
    patience.pause = pause
    assert {await patience.wait("a") for _ in range(6)} == {True}
    assert await patience.wait("b")
    assert waits == [1, 2, 2]


async def test_patience_waits_and_no_longer_once_the_server_stops():
    patience = Patience(TokenBuckets(ManualClock(), 1000, 1), longest_s=60)
    assert [await patience.wait("a"), await patience.wait("a")] == [True, True]
    endless = Patience(TokenBuckets(ManualClock(), 0.001, 1), longest_s=60)
    assert await endless.wait("a")
    waiting = asyncio.create_task(endless.wait("a"))
    await asyncio.sleep(0)
    endless.close()
    async with asyncio.timeout(2):
        assert not await waiting


async def test_who_is_slow_passes_and_who_hurries_waits_for_a_turn_of_all():
    clock, waits = ManualClock(), []

    async def pause(seconds: float) -> None:
        waits.append(seconds)

    hurry = Hurry(TokenBuckets(clock, 2, 4), TokenBucket(clock, 10, 2), pause)
    assert [hurry.may_pass("a") for _ in range(8)] == [True] * 6 + [False] * 2
    await hurry.wait("a")
    await hurry.wait("a")
    assert waits == [0.1, 0.2]
    assert hurry.may_pass("b")
    await hurry.wait("b")
    assert waits == [0.1, 0.2]


def test_the_time_of_the_loop_passes():
    now_s = iter([1.0, 1.5])
    time = LoopTime(lambda: next(now_s))
    assert (time.now_ms(), time.now_ms()) == (1000, 1500)


def test_however_many_wait_each_has_its_own_turn():
    """Else whoever opens many connections gets more than the pace."""
    bucket = TokenBucket(ManualClock(), per_second=10, burst=2)
    assert [bucket.owe() for _ in range(32)] == pytest.approx(
        [0, 0, *(n / 10 for n in range(1, 31))]
    )
