"""A socket that reconnects by itself, unless the server forbids it."""

import asyncio
import random
from collections.abc import AsyncGenerator, Callable

from websockets.asyncio.client import ClientConnection, connect, process_exception
from websockets.exceptions import ConnectionClosed, WebSocketException

from client.bot.clocks import Clock

GIVE_UP_S = 600
"""A restart takes seconds, a reboot minutes; after this time, in seconds, it gives up."""
PING_EVERY_S, SILENT_FOR_S = 5, 10
LARGEST_MESSAGE = 64 * 2**20

FINAL = {1008, 1009, 4001, 4003, 4009, 4010, 4011}
"""Close codes after which a retry is useless; twins of `CloseCode` in server/wire/frames.py."""

_SHORTEST_S, _LONGEST_S = 0.25, 10.0


class ConnectionLost(Exception):
    """There will be no further connection; the message says why."""


class Connection:
    """The connection to an address, opened again whenever it is lost."""

    def __init__(self, address: str, tell: Callable[[str], None], clock: Clock) -> None:
        self._address, self._tell, self._clock = address, tell, clock
        self._losses = 0
        self._lost_at_s: float | None = None

    async def read(self) -> AsyncGenerator[ClientConnection | str | bytes]:
        """Yield each new connection, then its messages. Raises ConnectionLost at the end."""
        while True:
            try:
                async with self._connect() as socket:
                    yield socket
                    async for message in socket:
                        self._note_heard()
                        yield message
                reason = "the server hung up"
            except (OSError, WebSocketException) as error:
                reason = _reason(error)
            await self._wait(reason)

    def _connect(self) -> connect:
        return connect(
            self._address,
            ping_interval=PING_EVERY_S,
            ping_timeout=SILENT_FOR_S,
            close_timeout=1,
            max_size=LARGEST_MESSAGE,
        )

    def _note_heard(self) -> None:
        if self._lost_at_s is not None:
            self._tell("back at the table")
        self._losses, self._lost_at_s = 0, None

    async def _wait(self, reason: str) -> None:
        """Wait before the next try, longer each time, with random jitter."""
        now_s = self._clock()
        if self._lost_at_s is None:
            self._lost_at_s = now_s
            self._tell(f"line lost ({reason}); trying again")
        if now_s - self._lost_at_s > GIVE_UP_S:
            raise ConnectionLost(
                f"no line for {GIVE_UP_S // 60} minutes ({reason}); join again later"
            )
        ceiling_s = min(_SHORTEST_S * 2**self._losses, _LONGEST_S)
        self._losses += 1
        await asyncio.sleep(max(random.random() * ceiling_s, _SHORTEST_S / 5))  # noqa: S311


def _reason(error: Exception) -> str:
    """Say why a connection was lost. Raises ConnectionLost if the next would be lost too."""
    if isinstance(error, ConnectionClosed):
        code = error.rcvd.code if error.rcvd else 1006
        reason = (error.rcvd.reason if error.rcvd else "") or f"close code {code}"
        if code in FINAL:
            raise ConnectionLost(f"the server ended it: {reason}") from error
        return reason
    if process_exception(error) is not None:
        raise ConnectionLost(f"the server takes no socket here: {error}") from error
    return str(error) or type(error).__name__
