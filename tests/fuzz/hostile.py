"""Guests who mean no good. Each has a seat at a table and does its worst until it is told."""

import asyncio
import itertools
import json
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field

from websockets.exceptions import ConnectionClosed

from game_rules.roles import Seat
from tests.fuzz.raw_line import RawLine, command, hello, text_frame, torn_frame
from tests.live_server import Line, ServerProcess

SEAT, GOOD_SEAT = Seat("CHN"), Seat("IND")
TINY_BUFFER = 4096
MOST_LINES = 5
LARGEST_MESSAGE = 16_384
PING = '{"type":"ping","sent_ms":0}'


@dataclass
class Villain:
    """A person with a seat, another match's token, and what was seen meanwhile.

    answers: acks and refusals' codes. closes: close codes. is_over: the others have finished.
    """

    server: ServerProcess
    token: str
    other_token: str
    answers: Counter[str] = field(default_factory=Counter)
    closes: Counter[int] = field(default_factory=Counter)
    events: list[dict] = field(default_factory=list)
    held: list[RawLine] = field(default_factory=list)
    is_over: bool = False

    async def say(self, *frames: str, token: str | None = None) -> None:
        """Send frames on a line of its own; note what comes until all is answered, or closed."""
        line = Line(self.server, token or self.token)
        try:
            await line.open()
            for frame in (*frames, PING):
                await line.socket.send(frame)
            owed = 1 + sum('"command"' in frame for frame in frames)
            while owed:
                owed -= self._note(await line.frame())
        except ConnectionClosed as closed:
            self.closes[closed.rcvd.code if closed.rcvd else 1006] += 1
        finally:
            line.socket.transport.abort()

    def _note(self, frame: dict) -> bool:
        """Keep a frame; tell whether it is an answer."""
        if frame["type"] == "events":
            self.events += frame["events"]
        if frame["type"] in ("ack", "refused"):
            self.answers[frame.get("code", "ack")] += 1
        return frame["type"] in ("ack", "refused", "pong")


async def stall(villain: Villain) -> None:
    """Hold the seat, and do nothing."""


async def spam(villain: Villain) -> None:
    """Order this and that as fast as can be, and come back at once when thrown out."""
    for number in itertools.count():
        if villain.is_over:
            return
        await villain.say(*(_order(f"{number}-{n}", round=1, actions={}) for n in range(60)))


async def forge(villain: Villain) -> None:
    """Speak for others: their arena, their round, their role, their match, their eyes."""
    for number in itertools.count():
        if villain.is_over:
            return
        await villain.say(
            _order(f"{number}-1", round=1, actions={"border": "C"}),
            _order(f"{number}-2", round=9, actions={"all": "C"}),
            _frame(f"{number}-3", type="end_match"),
            _frame(f"{number}-4", type="take_seat", seat=GOOD_SEAT, name="me"),
        )
        for audience in (f"seat:{GOOD_SEAT}", "facilitator", "archive"):
            await villain.say(json.dumps(hello(villain.token, audience=audience)))
        await villain.say(json.dumps(hello(villain.other_token)))
        await villain.say(_frame(f"{number}-5", type="save_order", seat=GOOD_SEAT, round=1))
        await asyncio.sleep(0.5)


async def oversize(villain: Villain) -> None:
    """Send one byte more than a message may have."""
    while not villain.is_over:
        await villain.say(" " * (LARGEST_MESSAGE + 1))
        await asyncio.sleep(0.1)


async def flood(villain: Villain) -> None:
    """Send ten thousand frames a second, whatever comes back."""
    await _in_thread(villain, _flood)


async def die(villain: Villain) -> None:
    """Hang up in the middle of a frame, and again, now politely and now not."""
    await _in_thread(villain, _die)


async def never_read(villain: Villain) -> None:
    """Ask for the past again and again, and read none of it."""
    await _in_thread(villain, _never_read)


async def crowd(villain: Villain) -> None:
    """Open many lines and say nothing on them."""
    await _in_thread(villain, _crowd)


def _flood(villain: Villain) -> None:
    line = RawLine(villain.server.port, villain.token)
    hundred = text_frame({"type": "ping", "sent_ms": 0}) * 100
    while not villain.is_over:
        line.socket.sendall(hundred)
        time.sleep(0.01)


def _die(villain: Villain) -> None:
    line = RawLine(villain.server.port, villain.token)
    line.socket.sendall(torn_frame())
    line.reset()
    line = RawLine(villain.server.port, villain.token)
    line.socket.sendall(torn_frame())
    line.socket.close()


def _never_read(villain: Villain) -> None:
    """At the match with the longer past, on more lines than a person may have."""
    for _ in range(MOST_LINES + 3):
        villain.held.append(RawLine(villain.server.port, villain.other_token, TINY_BUFFER))
        villain.held[-1].send(*[hello(villain.other_token)] * 4)
    while not villain.is_over:
        time.sleep(0.05)


def _crowd(villain: Villain) -> None:
    lines = [RawLine(villain.server.port) for _ in range(40)]
    while not villain.is_over:
        time.sleep(0.05)
    for line in lines:
        line.socket.close()


async def _in_thread(villain: Villain, misdeed: Callable[[Villain], None]) -> None:
    """Do a misdeed again and again; whoever is thrown out comes back."""

    def again_and_again() -> None:
        while not villain.is_over:
            with suppress(OSError):
                misdeed(villain)

    await asyncio.to_thread(again_and_again)


def _order(command_id: str, **fields: object) -> str:
    return _frame(command_id, type="save_order", **fields)


def _frame(command_id: str, **fields: object) -> str:
    return json.dumps(command(command_id, **fields))
