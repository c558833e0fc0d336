"""How late this machine is by itself, whoever keeps it busy: what tests allow beyond a limit."""

import subprocess
import sys
from types import TracebackType

BEATS = """
import select, sys, time
late_s = 0.0
while not select.select([sys.stdin], [], [], 0)[0]:
    began_s, worked_s = time.monotonic(), time.thread_time()
    time.sleep(0.04)
    while time.thread_time() - worked_s < 0.004:
        pass
    late_s = max(late_s, time.monotonic() - began_s - 0.044)
print(late_s)
"""
"""Sleeps a little and works a little, as a server does between two deadlines."""


class Metronome:
    """A process beside the test that only notes how late it is. late_ms: the worst, at the end."""

    def __init__(self) -> None:
        self.late_ms = 0.0

    def __enter__(self) -> "Metronome":
        command = [sys.executable, "-c", BEATS]
        self._beats = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        told, _ = self._beats.communicate("stop")
        self.late_ms = 1000 * float(told)
