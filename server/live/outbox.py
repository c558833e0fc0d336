"""What waits to be sent to one socket. Bounded: a slow reader hurts only itself."""

import asyncio
from collections import deque
from collections.abc import Callable
from typing import Protocol

from server.wire.frames import LONGEST_REASON, CloseCode

FRAMES_A_MESSAGE = 16


class DirectSender(Protocol):
    """A way to the reader that needs no waiting, while it is clear."""

    @property
    def is_clear(self) -> bool: ...

    def send_now(self, message: str) -> None: ...


class Outbox:
    """Frames in order, then perhaps a close code. Never waits for the reader.

    on_close: called once, when the end is decided; what is queued may still have to be sent.
    line: where messages go as soon as the turn ends, while it is clear; else they wait to be taken.
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
        self._is_due = False
        self._frames: deque[tuple[str, int]] = deque()
        self._waiting = self._bytes = 0
        self._filled = asyncio.Event()
        self.close_code: CloseCode | None = None
        self.close_reason = ""

    def put(self, frame: str) -> None:
        """Queue a frame; too much waiting, and the connection ends with TOO_SLOW.

        A frame that nothing waits before is taken whatever its size: its reader is not slow.
        """
        if self.close_code is not None:
            return
        size = len(frame) if frame.isascii() else len(frame.encode())
        is_full = self._waiting >= self._most_frames or self._bytes + size > self._most_bytes
        if self._waiting and is_full:
            self.clear()
            self.close(CloseCode.TOO_SLOW, "frames were not read in time; connect again")
        else:
            self._add(frame, size)

    def put_backlog(self, frame: str) -> None:
        """Queue a frame of the past, which the reader asked for; it does not count as waiting."""
        if self.close_code is None:
            self._add(frame, 0)

    def close(self, code: CloseCode, reason: str) -> None:
        """End the connection after what is queued."""
        if self.close_code is None:
            cut = reason.encode(errors="replace")[:LONGEST_REASON].decode(errors="ignore")
            self.close_code, self.close_reason = code, cut
            self._filled.set()
            self._on_close()

    def forget_backlog(self) -> None:
        """Forget what waits of the past, which is about to be told anew."""
        self._frames = deque(entry for entry in self._frames if entry[1])

    def clear(self) -> None:
        """Forget what waits."""
        self._frames.clear()
        self._waiting = self._bytes = 0

    async def take(self) -> str | None:
        """Wait for the next message that could not be sent at once.

        None once everything is sent and the end has come. A message is one frame, or an array of
        frames where several wait. What is put in the same turn of the loop travels together, as an
        answer does with the events that it confirms.
        """
        while not self._frames:
            if self.close_code is not None:
                return None
            self._filled.clear()
            await self._filled.wait()
        self._filled.set()  # until everything is taken, nothing may overtake on the line
        return self._next()

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
        if self._direct is None:
            self._filled.set()
        elif not self._is_due:
            self._is_due = True
            asyncio.get_running_loop().call_soon(self._deliver, self._direct)

    def _deliver(self, direct: DirectSender) -> None:
        """Send what was put in this turn; behind a taker that is at work, leave it to the taker."""
        self._is_due = False
        while self._frames and not self._filled.is_set():
            if direct.is_clear:
                direct.send_now(self._next())
            else:
                self._filled.set()
