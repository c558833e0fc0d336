"""The bounded queue of frames for one socket; a slow reader affects only itself."""

import asyncio
from collections import deque
from collections.abc import Callable
from typing import Protocol

from server.wire.frames import LONGEST_REASON, CloseCode

FRAMES_A_MESSAGE = 16


class DirectSender(Protocol):
    """A direct way to the socket, usable without waiting while it is clear."""

    @property
    def is_clear(self) -> bool: ...

    def send_now(self, message: str) -> None: ...


class Outbox:
    """Frames in order, then possibly a close code. Never waits for the reader.

    The frames of a turn of the loop are offered to the socket when the turn ends. Only what a busy
    socket leaves counts against the limits: `most_frames`, and `most_bytes` beside the largest.

    on_close: called once, when the close is decided; queued frames may still have to be sent.
    direct: sends messages at the end of the turn while it is clear; otherwise they wait for `take`.
    """

    def __init__(
        self,
        most_frames: int,
        most_bytes: int,
        on_close: Callable[[], None] = lambda: None,
        direct: DirectSender | None = None,
    ) -> None:
        self._most_frames, self._most_bytes = most_frames, most_bytes
        self._on_close, self._direct = on_close, direct
        self._is_due = self._is_awaited = False
        self._frames: deque[tuple[str, int]] = deque()
        self._waiting = self._bytes = 0
        self._filled = asyncio.Event()
        self.close_code: CloseCode | None = None
        self.close_reason = ""

    def put(self, frame: str) -> None:
        """Queue a frame; if the socket leaves too much, the turn ends with TOO_SLOW."""
        if self.close_code is None:
            self._add(frame, len(frame) if frame.isascii() else len(frame.encode()))

    def put_backlog(self, frame: str) -> None:
        """Queue a past frame that the reader asked for; it does not count against the limits."""
        if self.close_code is None:
            self._add(frame, 0)

    def close(self, code: CloseCode, reason: str) -> None:
        """Close the connection after the queued frames."""
        if self.close_code is None:
            cut = reason.encode(errors="replace")[:LONGEST_REASON].decode(errors="ignore")
            self.close_code, self.close_reason = code, cut
            self._filled.set()
            self._on_close()

    def forget_backlog(self) -> None:
        """Drop queued past frames, which will be sent again."""
        self._frames = deque(entry for entry in self._frames if entry[1])

    def clear(self) -> None:
        """Drop all queued frames."""
        self._frames.clear()
        self._waiting = self._bytes = 0

    async def take(self) -> str | None:
        """Wait for the next message that could not be sent directly.

        Returns None once everything is sent and a close is decided. A message is one frame, or an
        array of frames if several wait. Frames of the same turn of the loop travel together, as a
        reply does with the events that it confirms.
        """
        while not self._frames:
            if self.close_code is not None:
                return None
            await self._wait()
        self._filled.set()  # until everything is taken, nothing may bypass the queue
        return self._next()

    async def _wait(self) -> None:
        """Wait until frames are to be taken; whoever waits is not busy with earlier ones."""
        self._filled.clear()
        self._is_awaited = True
        try:
            await self._filled.wait()
        finally:
            self._is_awaited = False

    def _next(self) -> str:
        if len(self._frames) == 1:
            return self._pop()
        frames = [self._pop()]
        while self._frames and len(frames) < FRAMES_A_MESSAGE:
            frames.append(self._pop())
        return f"[{','.join(frames)}]"

    def _pop(self) -> str:
        frame, size = self._frames.popleft()
        self._waiting -= size > 0
        self._bytes -= size
        return frame

    def _add(self, frame: str, size: int) -> None:
        self._frames.append((frame, size))
        self._waiting += size > 0
        self._bytes += size
        if not self._is_due:
            self._is_due = True
            asyncio.get_running_loop().call_soon(self._end_turn)

    def _end_turn(self) -> None:
        """Offer this turn's frames to the socket, and close if it leaves too much."""
        self._is_due = False
        if self._direct is not None:
            self._deliver(self._direct)
        if self._frames:
            self._filled.set()
        is_busy = self.close_code is None and not self._is_awaited
        if is_busy and self._is_full:
            self.clear()
            self.close(CloseCode.TOO_SLOW, "frames were not read in time; connect again")

    def _deliver(self, direct: DirectSender) -> None:
        """Send frames directly while it is clear; leave them to `take` if it is active."""
        while self._frames and not self._filled.is_set() and direct.is_clear:
            direct.send_now(self._next())

    @property
    def _is_full(self) -> bool:
        """Tell whether too much waits. The largest frame does not count: one may be of any size."""
        if self._waiting > self._most_frames:
            return True
        is_long = self._waiting > 1 and self._bytes > self._most_bytes
        return is_long and self._bytes - max(s for _, s in self._frames) > self._most_bytes
