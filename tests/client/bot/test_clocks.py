"""How long a bot may think, and how fast its frames follow each other."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from client.bot.clocks import FRAMES_A_SECOND, FRAMES_AT_ONCE, Pace, TimeBank
from server.access.limits import TokenBucket
from server.settings import Settings
from tests.fakes import ManualClock


@pytest.mark.parametrize(
    ("left_s", "limit_s"),
    [(None, 65.0), (1000.0, 65.0), (30.0, 29.5), (1.0, 0.8), (0.0, 0.1), (-5.0, 0.1)],
)
def test_a_turn_ends_before_the_servers_deadline(left_s: float | None, limit_s: float):
    assert TimeBank(5.0, 60.0).limit_s(left_s) == pytest.approx(limit_s)


def test_only_what_a_turn_takes_too_long_comes_out_of_the_bank():
    bank = TimeBank(5.0, 60.0)
    bank.spend(5.0)
    assert bank.bank_s == 60.0
    bank.spend(15.0)
    assert bank.bank_s == 50.0
    bank.spend(100.0)
    assert bank.limit_s(None) == 5.0


@given(st.lists(st.integers(0, 2000), max_size=200))
def test_no_server_ever_closes_on_a_guest_that_keeps_the_pace(waits_ms: list[int]):
    """Whatever the bot does between frames, the server's bucket has a token for each."""
    clock, settings = ManualClock(), Settings(database="sqlite:///x.sqlite3")
    bucket = TokenBucket(clock, settings.messages_per_second, settings.message_burst)
    pace = Pace(lambda: clock.now_ms() / 1000)
    for wait_ms in waits_ms:
        clock.advance(wait_ms if wait_ms > 1900 else wait_ms % 7)
        clock.advance(int(pace.wait_s() * 1000))  # a little early, as timers may be
        assert bucket.take()


def test_a_rested_guest_sends_some_at_once_and_then_waits():
    clock = ManualClock()
    pace = Pace(lambda: clock.now_ms() / 1000)
    waits_s = [pace.wait_s() for _ in range(FRAMES_AT_ONCE + 2)]
    assert waits_s[:FRAMES_AT_ONCE] == pytest.approx([0.0] * FRAMES_AT_ONCE, abs=1e-3)
    assert waits_s[-2:] == pytest.approx([1 / FRAMES_A_SECOND, 2 / FRAMES_A_SECOND], abs=1e-3)
