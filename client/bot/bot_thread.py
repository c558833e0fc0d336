"""A separate thread for a bot's code, so that an endless call blocks nothing else."""

import asyncio
import sys
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from queue import SimpleQueue
from threading import Thread
from typing import Any


class BotThread:
    """Runs one job after another, on a daemon thread, which does not delay the process's end."""

    def __init__(self) -> None:
        self._jobs: SimpleQueue[tuple[Callable[[], Any], Future[Any]]] = SimpleQueue()
        self._thread = Thread(target=self._run, name="bot", daemon=True)

    async def do(self, job: Callable[[], Any], within_s: float) -> Any:
        """Run a job. Raises TimeoutError if it, or one before it, does not end in time."""
        async with asyncio.timeout(within_s):
            return await asyncio.wrap_future(self._submit(job))

    def wait(self, job: Callable[[], Any], within_s: float) -> Any:
        """Do the same where no loop runs; the caller waits."""
        done = self._submit(job)
        try:
            return done.result(within_s)
        finally:
            done.cancel()

    def place_in(self, file: str | None) -> str:
        """Say at which line of a file the thread is; empty where it is in none of its lines."""
        if file is None:
            return ""
        path, frame = Path(file).resolve(), sys._current_frames().get(self._thread.ident or 0)
        while frame is not None and Path(frame.f_code.co_filename) != path:
            frame = frame.f_back
        return "" if frame is None else f" (line {frame.f_lineno} of {path.name})"

    def _submit(self, job: Callable[[], Any]) -> Future[Any]:
        if not self._thread.is_alive():
            self._thread.start()
        done: Future[Any] = Future()
        self._jobs.put((job, done))
        return done

    def _run(self) -> None:
        while True:
            job, done = self._jobs.get()
            if not done.set_running_or_notify_cancel():  # its turn is over; nothing waits for it
                continue
            try:
                done.set_result(job())
            except BaseException as raised:
                done.set_exception(raised)
