"""The program of a guest in a contest: a bot that answers one line of JSON a turn, over pipes.

`python -m client.bot.guest SETTINGS` makes three processes, each the child of the one before: the
keeper, which ends whatever the guest started; the guest, which runs its file once; and a copy of it
for every match, so that no match knows of another. Another language's program takes the guest's
place. Nothing here protects anybody: the bounds are the system's (docs/bots.md).
"""

import contextlib
import faulthandler
import gc
import json
import os
import resource
import select
import signal
import sys
import traceback
from collections.abc import Callable, Iterator, Mapping
from io import TextIOWrapper
from pathlib import Path
from types import CodeType, ModuleType
from typing import Any, NoReturn

from client.bot.bot import Bot
from client.bot.errors import BadBot
from client.bot.guest_view import GuestRecord, GuestView
from game_rules.games.stage_games import Action

MOST_PROCESSES = 64
"""Processes and threads that a guest may have, beside those that its user has already."""
MOST_OPEN_FILES = 256
LARGEST_FILE = 64 * 1024 * 1024
LONGEST_WAIT_S = 300
"""A guest to whom nobody speaks for so long ends itself."""
TOLD_AT = 0.8
"""After this share of its time a bot that is still thinking is asked for its line."""

_END_WITH_PARENT, _TAKE_ORPHANS = 1, 36
"""PR_SET_PDEATHSIG and PR_SET_CHILD_SUBREAPER of prctl(2)."""
_PROCESS_EVENTS = frozenset(
    {"os.fork", "os.forkpty", "os.exec", "os.posix_spawn", "os.system", "subprocess.Popen"}
)
_ASYNC = 0x80
"""CO_COROUTINE: the flag of a function that is `async def`."""
_end_at_once = os._exit
_ACTIONS = {action.value: action for action in Action}


class _Lines:
    """Reads lines of JSON. A copy of this process goes on where it stood."""

    def __init__(self, reading: int) -> None:
        self._reading, self._held = reading, b""

    def __iter__(self) -> Iterator[Any]:
        while True:
            line, end, rest = self._held.partition(b"\n")
            if end:
                self._held = rest
                yield json.loads(line)
                continue
            is_ready, _, _ = select.select((self._reading,), (), (), LONGEST_WAIT_S)
            more = os.read(self._reading, 65_536) if is_ready else b""
            if not more:
                return
            self._held += more

    def forget(self) -> None:
        """Drop what a copy of this process has read."""
        self._held = b""


class _Watch:
    """Writes down where a bot is when most of its time has gone. trace: where to write."""

    def __init__(self, trace: int) -> None:
        self._limit_s = 0.0
        faulthandler.enable(trace, all_threads=False)
        faulthandler.register(signal.SIGALRM, trace, all_threads=False)

    def __call__(self, limit_s: float) -> "_Watch":
        """Watch what takes so long at the most."""
        self._limit_s = limit_s
        return self

    def __enter__(self) -> None:
        signal.setitimer(signal.ITIMER_REAL, TOLD_AT * self._limit_s)

    def __exit__(self, *_: object) -> None:
        signal.setitimer(signal.ITIMER_REAL, 0)


class _Processes:
    """Names the line that starts a process; a bot that goes round this is ended with its match."""

    are_allowed = False

    @classmethod
    def refuse(cls, event: str, arguments: tuple[Any, ...]) -> None:
        """Refuse to start a process (an audit hook)."""
        if event in _PROCESS_EVENTS and not cls.are_allowed:
            raise PermissionError(f"{event}: a bot of a contest may not start a process")


def main() -> NoReturn:
    """Become a keeper, and let its child be the guest."""
    settings = json.loads(sys.argv[1])
    _ask_the_system(_TAKE_ORPHANS, 1)
    _ask_the_system(_END_WITH_PARENT, signal.SIGTERM)
    child = os.fork()
    if child:
        _keep(child)
    _ask_the_system(_END_WITH_PARENT, signal.SIGKILL)
    _bound(settings["memory_bytes"])
    command = settings["command"]
    if command is None:
        _serve(settings["trace"])
    try:
        os.execvp(command[0], command)  # noqa: S606 (its author's program; nothing reads a shell)
    except OSError as error:
        sys.exit(f"{command[0]}: {error.strerror}")


def _keep(child: int) -> NoReturn:
    """Wait for the guest, then end all that it left. SIGTERM ends all at once."""
    signal.signal(signal.SIGTERM, lambda *_: _end_all(child))
    _, status = os.waitpid(child, 0)
    _end_all(child, os.waitstatus_to_exitcode(status) & 0xFF)


def _end_all(child: int, code: int = 1) -> NoReturn:
    """Kill every descendant: one whose parent has died becomes a child of this process."""
    with contextlib.suppress(ChildProcessError):
        while True:
            for process in _children() or (child,):
                with contextlib.suppress(ProcessLookupError):
                    os.kill(process, signal.SIGKILL)
            os.waitpid(-1, 0)
    _end_at_once(code)


def _children() -> list[int]:
    """List this process's children, where the system tells."""
    try:
        listed = Path(f"/proc/self/task/{os.getpid()}/children").read_text()
    except OSError:
        return []
    return [int(process) for process in listed.split()]


def _ask_the_system(what: int, value: int) -> None:
    """Call prctl(2), which only Linux has."""
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(what, value, 0, 0, 0)


def _bound(memory_bytes: int) -> None:
    """Set limits that the guest cannot raise again."""
    _limit(resource.RLIMIT_DATA, memory_bytes)
    _limit(resource.RLIMIT_CORE, 0)
    _limit(resource.RLIMIT_FSIZE, LARGEST_FILE)
    _limit(resource.RLIMIT_NOFILE, MOST_OPEN_FILES)
    if os.getuid() != 0:  # the system counts none of root's
        _limit(resource.RLIMIT_NPROC, _tasks_of(os.getuid()) + MOST_PROCESSES)


def _limit(what: int, value: int) -> None:
    _, highest = resource.getrlimit(what)
    lowest = value if highest == resource.RLIM_INFINITY else min(value, highest)
    resource.setrlimit(what, (lowest, lowest))


def _tasks_of(user: int) -> int:
    """Count the threads of a user, for the system's limit is on all of them."""
    count = 0
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if process.stat().st_uid == user:
                count += sum(1 for _ in (process / "task").iterdir())
    return count


def _serve(trace: int) -> NoReturn:
    """Load a bot as the first line says, then play a match for each line that begins one."""
    lines, answers = _private_pipes()
    answer = _writer(answers)
    answer({"type": "here"})
    order = next(iter(lines))
    watch = _Watch(trace)
    try:
        with watch(order["limit_s"]):
            bot = _load(order["file"], order["bot"], order["source"])
    except BaseException as error:
        answer({"type": "problem", "problem": _told(error, order["file"])})
        _end_at_once(0)
    answer({"type": "ready", "choose_line": _code_of(bot).co_firstlineno})
    gc.collect()
    gc.freeze()
    for begun in lines:
        answer(_play_apart(bot, begun, lines, answer, watch, order["file"]))
    _end_at_once(0)


def _play_apart(
    bot: type[Bot],
    begun: Mapping[str, Any],
    lines: _Lines,
    answer: Callable[[Any], None],
    watch: _Watch,
    file: str,
) -> dict[str, Any]:
    """Play a match in a copy of this process; tell how the copy ended."""
    _Processes.are_allowed = True
    child = os.fork()
    _Processes.are_allowed = False
    if not child:
        _ask_the_system(_END_WITH_PARENT, signal.SIGKILL)
        _seed(begun["seed"])
        _play(bot, GuestRecord(begun), lines, answer, watch, file)
    _, status = os.waitpid(child, 0)
    lines.forget()
    code = os.waitstatus_to_exitcode(status)
    return {"type": "over"} if code == 0 else {"type": "died", "code": code}


def _play(
    bot: type[Bot],
    record: GuestRecord,
    lines: _Lines,
    answer: Callable[[Any], None],
    watch: _Watch,
    file: str,
) -> NoReturn:
    """Answer each turn until the match ends."""
    made: Bot | None = None
    for line in lines:
        if line["type"] == "end":
            break
        if last := line["last"]:
            record.own.append(_ACTIONS[last[0]])
            record.others.append(_ACTIONS[last[1]])
        try:
            with watch(line["limit_s"]):
                made = made or bot()
                action = made.choose(GuestView(record, line["chance"]))  # ty: ignore[invalid-argument-type]
        except BaseException as error:
            answer({"type": "problem", "problem": _told(error, file)})
            continue
        answer(_answered(action, bot, file))
    _end_at_once(0)


def _answered(action: Any, bot: type[Bot], file: str) -> Any:
    if action is Action.C or action is Action.D:
        return action.value
    shown = _short(repr(action))
    where = f"line {_code_of(bot).co_firstlineno} of {Path(file).name}"
    problem = f"choose gave {shown}; give C or D of client.bot ({where})"
    return {"type": "problem", "problem": problem}


def _load(file: str, name: str, source: str) -> type[Bot]:
    """Run a file's text as Python would run the file, and find the bot in it."""
    path = Path(file)
    module = ModuleType(f"bot_in_{path.stem}")
    module.__file__ = file
    sys.modules[module.__name__] = module
    sys.path.insert(0, str(path.parent))
    exec(compile(source, file, "exec"), module.__dict__)  # noqa: S102 (in a process of its own)
    bot = vars(module).get(name)
    if not isinstance(bot, type) or not issubclass(bot, Bot):
        raise BadBot(f"{name} is no Bot; begin it with: class {name}(Bot)")
    if bot.choose is Bot.choose:
        raise BadBot(f"{name} has no choose(self, view); write that method")
    if _code_of(bot).co_flags & _ASYNC:
        raise BadBot(f"{name} has an async choose; write def, not async def")
    return bot


def _code_of(bot: type[Bot]) -> CodeType:
    """Find the code of a bot's choose; its class's own where it is no plain function."""
    return getattr(bot.choose, "__code__", Bot.choose.__code__)


def _seed(seed: int) -> None:
    """Seed the generators that the bot has loaded, so that the same match gives the same luck."""
    if "random" in sys.modules:
        sys.modules["random"].seed(seed)
    if "numpy" in sys.modules:
        sys.modules["numpy"].random.seed(seed)


def _private_pipes() -> tuple[_Lines, int]:
    """Take the contest's pipes out of the bot's way: it reads nothing, and prints elsewhere."""
    reading, writing = os.dup(0), os.dup(1)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.dup2(2, 1)
    for out in (sys.stdout, sys.stderr):
        if isinstance(out, TextIOWrapper):
            out.reconfigure(line_buffering=True)
    os._exit = _refuse_to_end  # ty: ignore[invalid-assignment]
    sys.addaudithook(_Processes.refuse)
    return _Lines(reading), writing


def _refuse_to_end(code: int) -> None:
    raise PermissionError(f"os._exit({code!r}) would end the process of a contest")


def _writer(writing: int) -> Callable[[Any], None]:
    def write(answer: Any) -> None:
        line = json.dumps(answer).encode() + b"\n"
        while line:
            line = line[os.write(writing, line) :]

    return write


def _told(error: BaseException, file: str) -> str:
    """Describe an error in one line, with the last line of the bot's file that led to it."""
    name = Path(file).name
    if isinstance(error, SyntaxError) and error.filename == file:
        return f"{type(error).__name__}: {error.msg} (line {error.lineno} of {name})"
    frames = traceback.extract_tb(error.__traceback__)
    lines = [frame.lineno for frame in frames if frame.filename == file]
    where = f" (line {lines[-1]} of {name})" if lines else f" ({name})"
    words = " ".join(str(error).split())
    colon = f": {_short(words)}" if words else ""
    return f"{type(error).__name__}{colon}{where}"


def _short(text: str, most: int = 200) -> str:
    return text if len(text) <= most else f"{text[: most - 3]}..."


if __name__ == "__main__":
    main()
