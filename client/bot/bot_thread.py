"""A separate thread for a bot's code, so that an endless call blocks nothing else."""

import asyncio
import contextlib
from collections.abc import Callable
from queue import SimpleQueue
from threading import Thread
from typing import Any


class BotThread:
    """Runs one job after another, on a daemon thread, which does not delay the process's end."""

    def __init__(self) -> None:
        self._jobs: SimpleQueue[tuple[Callable[[], Any], asyncio.Future[Any]]] = SimpleQueue()
        self._thread = Thread(target=self._run, name="bot", daemon=True)

    async def do(self, job: Callable[[], Any], within_s: float) -> Any:
        """Run a job. Raises TimeoutError if it, or one before it, does not end in time."""
        if not self._thread.is_alive():
            self._thread.start()
        done = asyncio.get_running_loop().create_future()
        self._jobs.put((job, done))
        async with asyncio.timeout(within_s):
            return await done

    def _run(self) -> None:
        while True:
            job, done = self._jobs.get()
            if done.cancelled():  # its turn is over; nothing waits for it
                continue
            try:
                result, error = job(), None
            except Exception as raised:
                result, error = None, raised
            with contextlib.suppress(RuntimeError):  # the loop has ended, and with it the match
                done.get_loop().call_soon_threadsafe(_finish, done, result, error)


def _finish(done: asyncio.Future[Any], result: Any, error: Exception | None) -> None:
    if done.done():
        return
    if error is not None:
        done.set_exception(error)
    else:
        done.set_result(result)
