"""One guest's process, and the pipes to it: a line goes there, a line comes back in time."""

import contextlib
import json
import os
import re
import select
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import client
from game_rules.contests.loop import Forfeited
from game_rules.errors import InvalidInput
from server.tournaments.guests import sandbox
from server.tournaments.guests.limits import (
    LONGEST_ANSWER,
    MEMORY_BYTES,
    MOST_PRINTED,
    MOST_SHOWN,
    GuestLimits,
)

BEGIN_S = 60
"""For Python to start, before anything of the guest runs."""
_END_S = 5
_TRACE_S = 0.5
"""A bot whose time is up tells its line then, and later on a busy machine."""
_PASSED_ON = "GUEST_"
"""Variables of the environment that guests get begin so."""
_passed_on: Counter["Program"] = Counter()
_LETTERS_OF_TRACE = 65_536
_FRAME = re.compile(r'File "(?P<file>.*)", line (?P<line>\d+) in ')


@dataclass(frozen=True, slots=True)
class Program:
    """What a guest runs: the bot of a file's text, or a command in any language.

    shown: the files and folders that it may read in a sandbox.
    """

    name: str
    file: str
    bot: str = ""
    source: str = ""
    command: tuple[str, ...] | None = None
    shown: tuple[str, ...] = ()


class GuestProcess:
    """A running guest. Every failure kills it, and is told as `Forfeited`."""

    def __init__(self, program: Program, limits: GuestLimits) -> None:
        self.program, self._limits = program, limits
        self.choose_line: int | None = None
        self._heard = bytearray()
        self._untold = b""
        self._printed = 0
        self._trace, trace = os.pipe()
        os.set_blocking(self._trace, False)
        try:
            self._process = subprocess.Popen(  # noqa: S603 (a list of words, no shell)
                self._command(trace),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                env=_environment(),
                cwd=program.file if program.command else tempfile.gettempdir(),
                bufsize=0,
                start_new_session=True,
                pass_fds=(trace,),
            )
        finally:
            os.close(trace)
        pipes = self._process.stdin, self._process.stdout, self._process.stderr
        self._to, self._from, self._prints = (pipe.fileno() for pipe in pipes if pipe is not None)
        for pipe in (self._to, self._from, self._prints):
            os.set_blocking(pipe, False)
        self._poll = select.poll()
        for pipe in (self._from, self._prints):
            self._poll.register(pipe, select.POLLIN)
        self.is_alive = True

    def begin(self) -> None:
        """Wait until Python is there. Raises InvalidInput if guests cannot be started here."""
        if self.program.command is not None:
            return
        try:
            self.hear(b"", BEGIN_S)
        except Forfeited as error:
            raise InvalidInput(f"guests cannot be started here: {error}") from error

    def hear(self, line: bytes, within_s: float) -> Any:
        """Send a line, and return the one that answers it, read as JSON.

        Raises Forfeited, with everything killed, if none comes in time, or none that can be read.
        """
        if not self.is_alive:
            raise Forfeited(f"its process has ended{self._where_choose()}")
        if self._heard:
            raise self._killed(f"answered without being asked: {_shown(self._heard)}")
        line, self._untold = self._untold + line, b""
        answer = self._exchange(line, within_s)
        if self._heard:
            raise self._killed(f"gave more than one line: {_shown(answer + b' ' + self._heard)}")
        try:
            return json.loads(answer)
        except ValueError:
            return answer.decode(errors="replace").strip()

    def tell(self, line: bytes) -> None:
        """Send a line together with the next one that is answered."""
        self._untold += line

    def is_there(self) -> bool:
        """Tell whether the process still runs; one that waited for minutes has ended itself."""
        return self.is_alive and self._process.poll() is None

    def refuse(self, problem: str) -> Forfeited:
        """Kill it for an answer that is none."""
        return self._killed(problem)

    def kill(self) -> None:
        """End it and all that it started."""
        if not self.is_alive:
            return
        self.is_alive = False
        if not sandbox.is_offered():
            self._process.terminate()  # the keeper ends what the guest started
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(_END_S)
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout, self._process.stderr):
            assert pipe is not None
            pipe.close()
        os.close(self._trace)

    def __del__(self) -> None:
        """Leave nothing running when the worker that asked it ends."""
        if getattr(self, "is_alive", False):
            self.kill()

    def _command(self, trace: int) -> list[str]:
        settings = {
            "memory_bytes": MEMORY_BYTES,
            "trace": trace,
            "command": self.program.command,
        }
        run = [sys.executable, "-P", "-m", "client.bot.guest", json.dumps(settings)]
        if not sandbox.is_offered():
            return run
        shown = [Path(place) for place in self.program.shown]
        begins = {"folder": Path(self.program.file)} if self.program.command else {}
        has_network = self._limits.has_network
        return [*sandbox.walls(shown, has_network=has_network, **begins), *run]

    def _exchange(self, line: bytes, within_s: float) -> bytes:
        """Write and read until a line is there; what the guest prints meanwhile is passed on."""
        end, printed = time.monotonic() + within_s, self._printed
        unsent = self._write(line)
        while True:
            left_s = end - time.monotonic()
            if left_s <= 0:
                raise self._killed(f"took longer than {within_s:.3g} s", _TRACE_S)
            if unsent:
                self._poll.register(self._to, select.POLLOUT)
            ready = self._poll.poll(left_s * 1000)
            if unsent:
                self._poll.unregister(self._to)
                unsent = self._write(unsent)
            for pipe, _ in sorted(ready, key=lambda each: each[0] == self._from):  # prints first
                if pipe == self._prints and not self._pass_on():
                    self._poll.unregister(pipe)
                if pipe == self._from and self._read():
                    answer, _, rest = self._heard.partition(b"\n")
                    self._heard = rest
                    return bytes(answer)
            if self._printed - printed > MOST_PRINTED:
                raise self._killed(f"printed more than {MOST_PRINTED} bytes in one turn")

    def _write(self, line: bytes) -> bytes:
        try:
            return line[os.write(self._to, line) :] if line else b""
        except BlockingIOError:
            return line
        except BrokenPipeError:
            return b""  # its end is told by the other pipe

    def _read(self) -> bool:
        """Read what there is; tell whether a whole line is there."""
        more = os.read(self._from, 65_536)
        self._heard += more
        if b"\n" in more:
            return True
        if not more:
            raise self._ended()
        if len(self._heard) > LONGEST_ANSWER:
            raise self._killed(f"gave a line of more than {LONGEST_ANSWER} bytes")
        return False

    def _pass_on(self) -> bool:
        """Show the beginning of what a guest prints; tell whether it may print more."""
        said = os.read(self._prints, 65_536)
        room = MOST_SHOWN - _passed_on[self.program]
        if room > 0 and said:
            text = said[:room].decode(errors="replace")
            sys.stderr.write("".join(x if x.isprintable() or x == "\n" else "?" for x in text))
            _passed_on[self.program] += len(said)
        self._printed += len(said)
        return bool(said)

    def _ended(self) -> Forfeited:
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(_END_S)
        code = self._process.returncode
        how = "" if code is None else f" ({how_it_ended(code)})"
        return self._killed(f"its process has ended{how}")

    def _killed(self, problem: str, trace_s: float = 0) -> Forfeited:
        """Kill it. trace_s: how long it has to tell where it is."""
        where = self._where(trace_s)
        self.kill()
        return Forfeited(f"{problem}{where}")

    def _where(self, trace_s: float) -> str:
        """Name the line at which the bot is, as far as it tells that in time."""
        line = self._traced_line(trace_s) if self.is_alive else None
        name = Path(self.program.file).name
        return self._where_choose() if line is None else f" (line {line} of {name})"

    def _traced_line(self, within_s: float) -> str | None:
        """Read the last trace, piece by piece, up to the first line of the bot's file."""
        end, trace, name = time.monotonic() + within_s, "", Path(self.program.file).name
        while select.select([self._trace], [], [], max(0, end - time.monotonic()))[0]:
            piece = os.read(self._trace, _LETTERS_OF_TRACE)
            if not piece:
                return None
            trace += piece.decode(errors="replace")
            last = trace.rpartition("(most recent call first)")[2]
            for frame in _FRAME.finditer(last):
                if Path(frame["file"]).name == name:
                    return frame["line"]
        return None

    def _where_choose(self) -> str:
        if self.program.command:
            return ""
        name = Path(self.program.file).name
        if self.choose_line is None:
            return f" ({name})"
        return f" (choose is at line {self.choose_line} of {name})"


def how_it_ended(code: int) -> str:
    """Say how a process ended.

    >>> how_it_ended(3), how_it_ended(-9)
    ('exit code 3', 'SIGKILL')
    """
    return f"exit code {code}" if code >= 0 else signal.Signals(-code).name


def _environment() -> Mapping[str, str]:
    """Give a guest what it needs of the environment, and no secrets."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "TZ") if name in os.environ}
    passed = {name: value for name, value in os.environ.items() if name.startswith(_PASSED_ON)}
    one_thread = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    root = str(Path(os.fspath(client.__path__[0])).parent)
    fixed = {"HOME": "/tmp", "PYTHONPATH": root, "PYTHONHASHSEED": "0"}  # noqa: S108 (its own)
    return {**kept, **passed, **one_thread, **fixed, "PYTHONDONTWRITEBYTECODE": "1"}


def _shown(answer: bytes | bytearray) -> str:
    text = repr(bytes(answer[:60]).decode(errors="replace"))
    return text if len(answer) <= 60 else f"{text}..."
