"""A guest at a server that keeps to a script: what a real one does too seldom to wait for."""

import asyncio
import json
import time
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from websockets.asyncio.server import ServerConnection, serve

from client.bot.remote import BotSettings, RemoteBot
from client.bot.session import SessionOutcome
from game_rules.records.codec import CodecError
from tests.client.bot.bots import Reciprocal
from tests.client.bot.test_conversation import LOG, NOW_MS, events, welcome
from tests.live_server import HOST

Script = Callable[[ServerConnection], Awaitable[None]]
PONG = {"type": "pong", "sent_ms": 0, "server_now_ms": NOW_MS}


async def play(script: Script) -> SessionOutcome:
    """Let a guest come to a server that keeps to a script."""
    async with serve(script, HOST, 0) as server:
        address = f"ws://{HOST}:{server.sockets[0].getsockname()[1]}"
        settings = BotSettings("me", "7")
        guest = RemoteBot(Reciprocal(), settings, "token", address, _quiet, time.monotonic)
        async with asyncio.timeout(10):
            return await guest.play()


def _quiet(line: str) -> None:
    """Tell nobody."""


async def say(socket: ServerConnection, *frames: dict[str, Any]) -> None:
    await socket.send(json.dumps(frames))


async def frame(socket: ServerConnection, kind: str) -> dict[str, Any]:
    """Read on to the next frame of a kind."""
    while (read := json.loads(await socket.recv()))["type"] != kind:
        pass
    return read


async def test_a_server_that_sends_a_guest_away_tells_why():
    async def send_away(socket: ServerConnection) -> None:
        await socket.close(4009, "opened in a newer window; go on there")

    outcome = await play(send_away)
    assert outcome.trouble == "the server ended it: opened in a newer window; go on there"


async def test_an_event_that_these_rules_do_not_know_ends_it_with_its_path():
    async def speak_another_tongue(socket: ServerConnection) -> None:
        await say(socket, welcome(1), {"type": "events", "seq": 1, "events": [{"type": "moon"}]})
        await socket.wait_closed()

    with pytest.raises(CodecError, match="type 'moon' is unknown; "):
        await play(speak_another_tongue)


async def test_what_could_not_be_stored_is_sent_again_after_a_moment():
    ids: list[str] = []

    async def refuse_once(socket: ServerConnection) -> None:
        await say(socket, welcome(1, "observer", None), events(1, 1), PONG)
        ids.append((await frame(socket, "command"))["id"])
        again = {"type": "refused", "id": ids[0], "code": "try_again", "message": "not now"}
        await say(socket, again)
        ids.append((await frame(socket, "command"))["id"])
        await say(socket, welcome(1), events(1, len(LOG)))
        await socket.wait_closed()

    outcome = await play(refuse_once)
    assert ids[0] == ids[1]
    assert outcome.trouble is None
    assert outcome.position is not None
    assert outcome.position.is_over


async def test_nothing_is_said_on_a_new_line_before_hello():
    """The line is lost while a command waits for its answer."""
    first: list[list[str]] = []

    async def lose(socket: ServerConnection) -> None:
        heard = [json.loads(await socket.recv())["type"] for _ in range(2)]
        first.append(heard)
        if len(first) == 1:
            await say(socket, welcome(1, "observer", None), events(1, 1), PONG)
            await frame(socket, "command")
            await socket.close(1012, "restart")
        else:
            heard.append(json.loads(await socket.recv())["type"])
            await socket.close(4001, "enough")

    await play(lose)
    assert first == [["hello", "ping"], ["hello", "ping", "command"]]
