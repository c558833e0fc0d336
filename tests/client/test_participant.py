"""A bot of a rehearsal whose connection is cut sends all that it had to say on the next one."""

import json
from typing import Any, cast

from websockets.asyncio.client import ClientConnection
from websockets.exceptions import ConnectionClosedError

from client.bot.joining import JoinLink, JoinResult
from client.rehearsal.participant import Participant
from client.rehearsal.tally import Tally


class Cut:
    """A connection that is gone."""

    async def send(self, text: str) -> None:
        raise ConnectionClosedError(None, None)


class Kept:
    """A connection that keeps what is sent."""

    def __init__(self) -> None:
        self.sent: list[dict[str, Any]] = []

    async def send(self, text: str) -> None:
        self.sent.append(json.loads(text))


def socket(of: Cut | Kept) -> ClientConnection:
    return cast("ClientConnection", of)


async def test_every_command_of_a_turn_survives_a_cut_between_them() -> None:
    bot = Participant("Bot", cast("JoinLink", None), Tally(), 0.0, "7")
    bot._joined = cast("JoinResult", type("Joined", (), {"person": "p"}))
    bot._socket, kept = socket(Cut()), Kept()
    for kind in ("say", "set_ready"):
        await bot._send({"type": kind, "round": 1})
    await bot._hello(socket(kept), "token")
    await bot._send({"type": "withdraw", "round": 1})
    told = [frame.get("command", frame)["type"] for frame in kept.sent]
    assert told == ["hello", "say", "set_ready", "withdraw"]
