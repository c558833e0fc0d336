"""Texts that many ask for at once are worked out once."""

import asyncio
import threading

import pytest

from server.hosting.extracts import Extracts


class Writer:
    """Writes a text when it is let to; counts how often."""

    def __init__(self) -> None:
        self.times = 0
        self.may_write = threading.Event()

    def write(self) -> str:
        self.times += 1
        assert self.may_write.wait(5)
        return f"text {self.times}"


@pytest.fixture
def writer() -> Writer:
    return Writer()


async def test_who_asks_meanwhile_or_afterwards_is_given_the_same(writer: Writer):
    extracts = Extracts()
    asked = [asyncio.create_task(extracts.text("log", writer.write)) for _ in range(3)]
    await asyncio.sleep(0.01)
    asked[0].cancel()  # who goes away takes nothing from the others
    await asyncio.sleep(0)
    writer.may_write.set()
    assert await asyncio.gather(*asked[1:]) == ["text 1"] * 2
    assert await extracts.text("log", writer.write) == "text 1"
    assert await extracts.text("record", writer.write) == "text 2"


async def test_one_text_is_written_at_a_time(writer: Writer):
    extracts = Extracts()
    asked = [asyncio.create_task(extracts.text(name, writer.write)) for name in "ab"]
    await asyncio.sleep(0.05)
    assert writer.times == 1
    writer.may_write.set()
    assert await asyncio.gather(*asked) == ["text 1", "text 2"]


async def test_the_text_that_was_asked_for_longest_ago_is_forgotten(writer: Writer):
    extracts = Extracts(most_kept=2)
    writer.may_write.set()
    for name in "abac":
        await extracts.text(name, writer.write)
    assert writer.times == 3
    await extracts.text("a", writer.write)
    assert writer.times == 3
    await extracts.text("b", writer.write)
    assert writer.times == 4


async def test_what_failed_is_tried_again(writer: Writer):
    extracts = Extracts()

    def fail() -> str:
        raise RuntimeError("broken")

    with pytest.raises(RuntimeError):
        await extracts.text("log", fail)
    writer.may_write.set()
    assert await extracts.text("log", writer.write) == "text 1"
