"""One bot of a rehearsal, which acts as a browser does: join, wait, play to the end."""

import asyncio
import contextlib
import json
import random
import time
from collections.abc import Coroutine
from contextlib import aclosing
from typing import Any
from uuid import uuid4

from websockets.asyncio.client import ClientConnection
from websockets.exceptions import ConnectionClosed

from client.bot.connection import Connection, ConnectionLost
from client.bot.conversation import PROTOCOL
from client.bot.joining import JoinLink, JoinResult, MatchTicket, find_ticket, join
from client.bot.remote import TRY_AGAIN_S
from client.rehearsal.seat import CALLS, Command, RehearsedSeat
from client.rehearsal.tally import Tally

_HARMLESS = {
    "not_now",
    "wrong_round",
    "too_late",
    "match_paused",
    "superseded",
    "pact_not_allowed",
}
"""Refusals caused by a facilitator's action or by a short delay: another's no ends a proposal."""
PATIENCE_S = 2.0
"""How long a bot waits for answers to its proposals before it is ready. Assumption."""
BREATH_S = 0.06
"""Between two sentences; a server sends away who writes more than 20 frames a second for long."""


class Participant:
    """One bot. think_s: the longest wait before it acts, as people do."""

    def __init__(self, name: str, link: JoinLink, tally: Tally, think_s: float, seed: str) -> None:
        self.name = name
        self._link, self._tally, self._think_s = link, tally, think_s
        self._chance = random.Random(f"{seed}:{name}")  # noqa: S311 (no secret hangs on it)
        self._joined: JoinResult
        self._seat: RehearsedSeat
        self._match = ""
        self._socket: ClientConnection
        self._seq = 0
        self._audience: str | None = None
        self._sent: dict[str, tuple[Command, float]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._is_sitting_down = False
        self._hand = asyncio.Lock()

    async def come(self) -> None:
        """Join by the code. Raises CannotJoin."""
        self._joined = await asyncio.to_thread(join, self._link, self.name)
        self._seat = RehearsedSeat(self._joined.person, self._chance)
        self._tally.came += 1

    async def play(self) -> None:
        """Wait for a match, then play it to the end; record problems."""
        try:
            ticket = self._joined.ticket or await self._wait_for_ticket()
            self._match = ticket.match
            self._tally.note_place(ticket.match)
            await self._follow(ticket.token)
            self._tally.finished += 1
        except ConnectionLost as lost:
            self._tally.note_problem(f"{self.name}: {lost}")
        finally:
            for task in self._tasks:
                task.cancel()
            await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _wait_for_ticket(self) -> MatchTicket:
        """Wait in the waiting room until called, as a browser does."""
        hello = {"type": "hello", "protocol": PROTOCOL, "token": self._joined.seminar_token}
        address = self._link.seminar_socket(self._joined.room)
        connection = Connection(address, self._note_connection, time.monotonic)
        async with aclosing(connection.read()) as messages:
            async for item in messages:
                if isinstance(item, ClientConnection):
                    await item.send(json.dumps(hello))
                elif any(frame["type"] == "placed" for frame in _frames(item)):
                    break
        ticket = await asyncio.to_thread(find_ticket, self._link, self._joined)
        assert ticket is not None, "who is called has a place"
        return ticket

    async def _follow(self, token: str) -> None:
        address = self._link.socket(self._joined.room)
        connection = Connection(address, self._note_connection, time.monotonic)
        async with aclosing(connection.read()) as messages:
            async for item in messages:
                if isinstance(item, ClientConnection):
                    await self._hello(item, token)
                    continue
                at_s = time.perf_counter()
                for frame in _frames(item):
                    self._heed(frame, at_s)
                if self._seat.is_over:
                    return

    async def _hello(self, socket: ClientConnection, token: str) -> None:
        """Begin on a new connection with what is unanswered; later commands go there too."""
        hello = {"type": "hello", "protocol": PROTOCOL, "token": token}
        with contextlib.suppress(ConnectionClosed):
            await socket.send(json.dumps({**hello, "audience": self._audience, "seq": self._seq}))
            self._socket = socket
            for command_id, (command, _) in list(self._sent.items()):
                await socket.send(_command(command_id, command))

    def _heed(self, frame: dict[str, Any], at_s: float) -> None:
        match frame["type"]:
            case "welcome":
                self._welcomed(frame)
            case "events":
                self._take(frame, at_s)
                if self._audience == "observer" and not self._sent and not self._seat.is_over:
                    self._choose_seat()
            case "ack" | "refused":
                self._answered(frame, at_s)

    def _welcomed(self, frame: dict[str, Any]) -> None:
        """Continue, or start again if the server does, e.g. after a change of seat."""
        self._audience, self._seq = frame["audience"], frame["seq"] - 1
        if self._seq == 0:
            self._seat = RehearsedSeat(self._joined.person, self._chance)

    def _choose_seat(self) -> None:
        """Ask for a seat once, if none was assigned; more frames may arrive before the answer."""
        if not self._is_sitting_down:
            self._is_sitting_down = True
            self._spawn(self._sit_down())

    async def _sit_down(self) -> None:
        """Take a seat: in a separate match, people choose theirs."""
        free = self._seat.free
        if not free:
            self._tally.note_problem(f"{self.name}: all seats are held")
            return
        await self._send({"type": "take_seat", "seat": free[0], "name": self.name})

    def _take(self, frame: dict[str, Any], at_s: float) -> None:
        for number, event in enumerate(frame["events"], start=frame["seq"]):
            if number != self._seq + 1:
                self._tally.note_problem(f"{self.name}: event {number} follows {self._seq}")
            self._seq = number
            self._seat.heed(event)
            if event["type"] == "round_resolved":
                people = self._seat.people
                self._tally.note_reveal(self._match, event["round"], people, at_s)
        called = [event["type"] for event in frame["events"] if self._seat.is_called_by(event)]
        if called:
            self._spawn(self._act(is_new=not set(called).isdisjoint(CALLS)))

    async def _try_again(self, command: Command) -> None:
        await asyncio.sleep(TRY_AGAIN_S)
        await self._send(command)

    def _spawn(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _act(self, *, is_new: bool) -> None:
        """Think, then act. is_new: whether a phase began, in which it is ready at some time."""
        if self._think_s > 0:
            await asyncio.sleep(self._chance.random() * self._think_s)
        await self._move(is_patient=True)
        asked = self._seat.asked
        if is_new:
            await asyncio.sleep(PATIENCE_S)
            if self._seat.asked == asked:
                await self._move(is_patient=False)

    async def _move(self, *, is_patient: bool) -> None:
        """Do what is due, one thing after another, no faster than a server lets a person."""
        async with self._hand:
            for command in self._seat.moves(is_patient=is_patient):
                await self._send(command)
                if command["type"] not in ("save_order", "set_ready"):
                    await asyncio.sleep(BREATH_S)

    async def _send(self, command: Command) -> None:
        """Send a command; where the connection is gone, the next one begins with it."""
        command_id, at_s = uuid4().hex, time.perf_counter()
        self._sent[command_id] = command, at_s
        if command["type"] == "save_order" or command.get("phase") == "decision":
            person = self._joined.person
            self._tally.note_choice(self._match, command["round"], person, at_s)
        with contextlib.suppress(ConnectionClosed):
            await self._socket.send(_command(command_id, command))

    def _answered(self, frame: dict[str, Any], at_s: float) -> None:
        sent = self._sent.pop(frame["id"], None)
        if sent is None:
            return
        command, sent_s = sent
        if command["type"] == "take_seat":
            self._is_sitting_down = False
        if frame["type"] == "ack":
            if command["type"] == "save_order":
                self._tally.answers_ms.append((at_s - sent_s) * 1000)
            return
        self._tally.refusals[frame["code"]] += 1
        if frame["code"] == "try_again":
            self._spawn(self._try_again(command))
            return
        if frame["code"] == "seat_unavailable" and self._audience == "observer":
            self._choose_seat()  # another participant was faster
        elif frame["code"] not in _HARMLESS:
            self._tally.note_problem(f"{self.name}: {command['type']}: {frame['message']}")

    def _note_connection(self, told: str) -> None:
        if told.startswith("line lost"):
            self._tally.lost_lines += 1


def _frames(message: str | bytes) -> list[dict[str, Any]]:
    document = json.loads(message)
    return document if isinstance(document, list) else [document]


def _command(command_id: str, command: Command) -> str:
    return json.dumps({"type": "command", "id": command_id, "command": command})
