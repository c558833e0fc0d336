"""What waits to be sent to one socket."""

import asyncio
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.live.outbox import FRAMES_A_MESSAGE, Outbox
from server.wire.frames import CloseCode


def frame(number: int, size: int = 0) -> str:
    """Give a frame that can be told from others."""
    return json.dumps({"n": number, "x": "x" * size})


async def end_turn() -> None:
    """Let the turn of the loop end, in which frames were put."""
    await asyncio.sleep(0)


async def drain(outbox: Outbox) -> list[dict]:
    """Take everything that waits, in order, until the outbox ends; messages may be arrays."""
    outbox.close(CloseCode.NORMAL, "")
    frames = []
    while (message := await outbox.take()) is not None:
        document = json.loads(message)
        frames += document if isinstance(document, list) else [document]
    return frames


async def test_frames_come_out_in_order():
    outbox = Outbox(100, 10_000)
    for number in range(40):
        outbox.put(frame(number))
    assert [x["n"] for x in await drain(outbox)] == list(range(40))


async def test_one_frame_is_a_message_of_its_own_and_several_share_an_array():
    outbox = Outbox(100, 10_000)
    outbox.put(frame(1))
    assert await outbox.take() == frame(1)
    for number in range(FRAMES_A_MESSAGE + 1):
        outbox.put(frame(number))
    message = await outbox.take()
    assert message is not None
    assert len(json.loads(message)) == FRAMES_A_MESSAGE
    assert await outbox.take() == frame(FRAMES_A_MESSAGE)


async def test_taking_waits_for_the_next_frame():
    outbox = Outbox(10, 1000)
    taken = asyncio.create_task(outbox.take())
    await asyncio.sleep(0)
    assert not taken.done()
    outbox.put(frame(1))
    assert await taken == frame(1)


async def test_what_is_put_in_one_turn_travels_together():
    outbox = Outbox(10, 1000)
    taken = asyncio.create_task(outbox.take())
    await asyncio.sleep(0)
    outbox.put(frame(1))
    outbox.put(frame(2))
    assert await taken == f"[{frame(1)},{frame(2)}]"


async def test_too_many_frames_end_the_connection_and_none_of_them_is_sent():
    outbox = Outbox(most_frames=3, most_bytes=10_000)
    for number in range(3):
        outbox.put(frame(number))
    await end_turn()
    assert outbox.close_code is None
    outbox.put(frame(3))
    await end_turn()
    assert outbox.close_code is CloseCode.TOO_SLOW
    assert await outbox.take() is None


async def test_too_many_bytes_end_the_connection():
    outbox = Outbox(most_frames=100, most_bytes=100)
    for _ in range(2):
        outbox.put("x" * 100)
    await end_turn()
    assert outbox.close_code is None
    outbox.put("x")
    await end_turn()
    assert outbox.close_code is CloseCode.TOO_SLOW


async def test_bytes_are_counted_as_they_are_sent():
    """Urdu takes two bytes a letter; the limit is one of memory, not of letters."""
    outbox = Outbox(most_frames=100, most_bytes=100)
    outbox.put("x" * 1000)
    outbox.put("د" * 50)
    await end_turn()
    assert outbox.close_code is None
    outbox.put("x")
    await end_turn()
    assert outbox.close_code is CloseCode.TOO_SLOW


@pytest.mark.parametrize("most_frames", [2, 100])
async def test_one_large_frame_is_no_sign_of_a_slow_reader(most_frames: int):
    """A reveal of 64 is longer than the limit; its ack follows, and the reader is one behind."""
    outbox = Outbox(most_frames, most_bytes=100)
    outbox.put("x" * 1000)
    outbox.put("x")
    await end_turn()
    assert outbox.close_code is None
    assert await outbox.take() == f"[{'x' * 1000},x]"
    outbox.put("x" * 1000)
    outbox.put("x" * 101)
    await end_turn()
    assert outbox.close_code is CloseCode.TOO_SLOW


async def test_nobody_is_slow_before_the_socket_was_offered_what_a_turn_sends():
    outbox = Outbox(most_frames=2, most_bytes=100)
    taken = asyncio.create_task(outbox.take())
    await end_turn()
    for number in range(FRAMES_A_MESSAGE):
        outbox.put(frame(number, 200))
    await end_turn()
    assert outbox.close_code is None
    assert len(json.loads(await taken or "")) == FRAMES_A_MESSAGE
    for number in range(3):  # the socket is still busy with those
        outbox.put(frame(number))
    await end_turn()
    assert outbox.close_code is CloseCode.TOO_SLOW


async def test_a_close_that_was_decided_first_keeps_what_waits():
    outbox = Outbox(most_frames=2, most_bytes=100)
    for number in range(5):
        outbox.put(frame(number))
    outbox.close(CloseCode.RESTART, "back soon")
    await end_turn()
    assert [x["n"] for x in await drain(outbox)] == list(range(5))


async def test_what_was_read_counts_no_more():
    outbox = Outbox(most_frames=2, most_bytes=100)
    for number in range(50):
        outbox.put("x" * 90)
        await end_turn()
        assert outbox.close_code is None, number
        await outbox.take()


async def test_the_past_that_was_asked_for_does_not_count_as_waiting():
    outbox = Outbox(most_frames=2, most_bytes=100)
    for number in range(50):
        outbox.put_backlog(frame(number, 90))
    outbox.put(frame(50))
    await end_turn()
    assert outbox.close_code is None
    assert [x["n"] for x in await drain(outbox)] == list(range(51))


async def test_the_first_reason_to_close_stands_and_what_waits_is_sent_before():
    outbox = Outbox(10, 1000)
    outbox.put(frame(1))
    outbox.close(CloseCode.RESTART, "back soon")
    outbox.close(CloseCode.NORMAL, "")
    outbox.put(frame(2))
    outbox.put_backlog(frame(3))
    assert (outbox.close_code, outbox.close_reason) == (CloseCode.RESTART, "back soon")
    assert await outbox.take() == frame(1)
    assert await outbox.take() is None


async def test_closing_wakes_whoever_waits():
    outbox = Outbox(10, 1000)
    taken = asyncio.create_task(outbox.take())
    await asyncio.sleep(0)
    outbox.close(CloseCode.NORMAL, "")
    assert await taken is None


class FakeLine:
    """A way to a reader who reads, or not. sent: what went there, in order."""

    def __init__(self) -> None:
        self.is_clear = True
        self.sent: list[str] = []

    def send_now(self, message: str) -> None:
        assert self.is_clear
        self.sent.append(message)


async def test_over_a_clear_line_what_one_turn_put_goes_when_it_ends():
    outbox = Outbox(10, 1000, direct=(direct := FakeLine()))
    outbox.put(frame(1))
    outbox.put(frame(2))
    assert direct.sent == []
    await asyncio.sleep(0)
    outbox.put(frame(3))
    await asyncio.sleep(0)
    assert direct.sent == [f"[{frame(1)},{frame(2)}]", frame(3)]


async def test_what_a_line_does_not_take_is_taken_and_nothing_overtakes_it():
    outbox = Outbox(10, 1000, direct=(direct := FakeLine()))
    taken = asyncio.create_task(outbox.take())
    direct.is_clear = False
    outbox.put(frame(1))
    assert await taken == frame(1)  # and is being sent from here on
    direct.is_clear = True
    outbox.put(frame(2))
    await asyncio.sleep(0)
    assert direct.sent == []
    assert await outbox.take() == frame(2)
    taken = asyncio.create_task(outbox.take())
    await asyncio.sleep(0)
    outbox.put(frame(3))
    await asyncio.sleep(0)
    assert direct.sent == [frame(3)]
    taken.cancel()


async def test_over_a_clear_line_any_number_of_frames_goes():
    outbox = Outbox(most_frames=2, most_bytes=100, direct=(direct := FakeLine()))
    for number in range(5):
        outbox.put(frame(number, 100))
    await end_turn()
    assert outbox.close_code is None
    assert [x["n"] for x in json.loads(direct.sent[0])] == list(range(5))


async def test_a_slow_reader_is_found_out_behind_a_line_too():
    outbox = Outbox(most_frames=2, most_bytes=1000, direct=(direct := FakeLine()))
    direct.is_clear = False
    for number in range(3):
        outbox.put(frame(number))
        await asyncio.sleep(0)
    assert outbox.close_code is CloseCode.TOO_SLOW
    assert await outbox.take() is None
    assert direct.sent == []


@pytest.mark.parametrize("most_frames", [1, 16, 256])
@given(sizes=st.lists(st.integers(0, 200), max_size=40))
def test_nothing_is_lost_unless_the_connection_ends(most_frames: int, sizes: list[int]):
    async def run() -> None:
        outbox = Outbox(most_frames, 4000)
        for number, size in enumerate(sizes):
            outbox.put(frame(number, size))
            await end_turn()
        if outbox.close_code is None:
            assert [x["n"] for x in await drain(outbox)] == list(range(len(sizes)))

    asyncio.run(run())
