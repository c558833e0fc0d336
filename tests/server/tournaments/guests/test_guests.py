"""Guests in processes of their own: how they play, how they fail, and what they can reach."""

import contextlib
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from game_rules.contests.contest import Contest
from game_rules.contests.loop import PlayedMatch, replay
from game_rules.errors import InvalidInput
from game_rules.games.corners import Corners
from game_rules.games.stage_games import LIBRARY, Bimatrix
from game_rules.strategies import Strategy, strategy
from game_rules.strategies.own import foreign_strategy, own_strategy
from server.tournaments.guests import process, table
from server.tournaments.guests.limits import GuestLimits
from server.tournaments.guests.process import GuestProcess, Program
from server.tournaments.guests.table import GuestRoutine, playing
from tests.server.tournaments.guests.walls import require_sandbox, without_sandbox

pytestmark = pytest.mark.slow

HEAD = "import os, sys, time\nfrom client.bot import Bot, C, D\n"
EVERYWHERE = """
for pipe in range(3, 64):
    try:
        os.write(pipe, {})
    except OSError:
        pass
time.sleep(9)
""".strip()
"""Writes into every pipe that it can find."""
SHORT = GuestLimits(move_s=0.5, bank_s=30)
LOPSIDED = Bimatrix(Corners(5, 3, 1, 0), Corners(6, 4, 2, -1.5))


@pytest.fixture(params=["sandbox", "no sandbox"])
def _walls(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Play with walls and without; what waits from before must not be taken."""
    if request.param == "sandbox":
        require_sandbox()
    else:
        without_sandbox(monkeypatch)
    new_workers(monkeypatch)


def a_guest(source: str, limits: GuestLimits = SHORT, file: str = "/nowhere/bot.py") -> Strategy:
    program = Program("bot.py:Mine", file, "Mine", HEAD + source)
    return foreign_strategy("bot.py:Mine", GuestRoutine(program, limits))


def a_bot(choose: str) -> Strategy:
    """Make a guest of the body of its choose, which begins at line 5."""
    body = "".join(f"        {line}\n" for line in choose.splitlines())
    return a_guest(f"class Mine(Bot):\n    def choose(self, view):\n{body}")


def play(guest: Strategy, turns: int = 6, opponent: str = "tit_for_tat") -> PlayedMatch:
    contest = Contest(
        LIBRARY["prisoners_dilemma"],
        (guest, strategy(opponent)),
        turns=turns,
        has_self_play=False,
        seed="7",
    )
    with playing({}):
        return replay(contest, 0)


def problem_of(guest: Strategy) -> str:
    played = play(guest)
    assert played.actions_row == "DDDDDD"
    (fault,) = played.faults
    assert (fault.turn, fault.place) == (1, 0)
    return fault.problem


def new_workers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let nothing wait that was started before."""
    monkeypatch.delattr(table._here, "table", raising=False)


@pytest.mark.parametrize(
    ("choose", "told"),
    [
        ("while True: pass", "took longer than 0.5 s (line 5 of bot.py)"),
        ("time.sleep(9)", "took longer than 0.5 s (line 5 of bot.py)"),
        ("raise ValueError('a  b')", "ValueError: a b (line 5 of bot.py)"),
        ("return 7", "choose gave 7; give C or D of client.bot (line 4 of bot.py)"),
        ("sys.exit(3)", "SystemExit: 3 (line 5 of bot.py)"),
        ("os._exit(3)", "os._exit(3) would end the process of a contest (line 5 of bot.py)"),
        ("os.kill(os.getpid(), 9)", "its process has ended (SIGKILL) (choose is at line 4 of"),
        ("import ctypes\nctypes.string_at(0)", "its process has ended (SIGSEGV) (line 6 of"),
        ("os.fork()\nreturn D", "os.fork: a bot of a contest may not start a process (line 5"),
        ("os.system('ls')", "os.system: a bot of a contest may not start a process (line 5 of"),
        ("bytearray(4 * 1024**3)", "MemoryError (line 5 of bot.py)"),
        ("while True: print('x' * 9999)", "printed more than 1048576 bytes in one turn"),
        (EVERYWHERE.format("b'x' * 9999"), "gave a line of more than 4096 bytes"),
        (EVERYWHERE.format("b'D\\nD\\n'"), "gave more than one line: "),
        (EVERYWHERE.format("b'[1]\\n'"), "gave [1]; give C or D (choose is at line 4 of bot.py)"),
    ],
)
@pytest.mark.usefixtures("_walls")
def test_every_way_to_fail_is_a_forfeit_with_file_and_line(choose: str, told: str) -> None:
    assert told in problem_of(a_bot(choose))


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("while True: pass", "took longer than 0.5 s (line 3 of bot.py)"),
        ("1 / 0", "ZeroDivisionError: division by zero (line 3 of bot.py)"),
        ("Mine = 3", "BadBot: Mine is no Bot; begin it with: class Mine(Bot)"),
        ("class Mine(Bot): pass", "BadBot: Mine has no choose(self, view)"),
        (
            "class Mine(Bot):\n    async def choose(self, view): return C",
            "BadBot: Mine has an async choose; write def, not async def",
        ),
        ("import os, signal; os.kill(os.getpid(), 9)", "its process has ended (exit code "),
        (
            "class Mine(Bot):\n    def __init__(self, name): 0\n    def choose(self, view): 0",
            "TypeError: Mine.__init__() missing 1 required positional argument: 'name'",
        ),
    ],
)
def test_a_file_that_cannot_be_imported_forfeits_too(source: str, told: str) -> None:
    assert told in problem_of(a_guest(source))


@pytest.mark.parametrize("continuation", [1.0, 0.9])
def test_a_guest_sees_what_it_sees_in_one_process(continuation: float) -> None:
    """Every name of the view has the same value, with noise, on both sides of a lopsided game."""
    source = """
class Mine(Bot):
    def choose(self, view):
        seen = (view.round, view.turn, view.rounds, view.continuation, view.own, view.others,
                view.payoffs, view.members, view.weight, view.corners,
                view.chance(), view.chance("a", 1))
        print(repr([str(x) for x in seen]).replace("MemberView", "OtherMember"), file=sys.stderr)
        return C if view.chance() < 0.5 else D
"""
    spaces: dict[str, object] = {}
    exec(HEAD + source, spaces)  # noqa: S102 (the text above)
    here = own_strategy("bot.py:Mine", spaces["Mine"])  # ty: ignore[invalid-argument-type]
    said: list[str] = []

    def all_of(guest: Strategy) -> list[str]:
        said.clear()
        entrants = (guest, strategy("random"))
        contest = Contest(
            LOPSIDED,
            entrants,
            turns=9,
            continuation=continuation,
            noise=0.2,
            has_self_play=False,
            seed="7",
        )
        with playing({}):
            return [str(replay(contest, match)) for match in range(contest.match_count)]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "stderr", Recorder(said))
        patch.setattr(process, "MOST_SHOWN", 10**6)
        apart = all_of(a_guest(source)), "".join(said)
        together = all_of(here), "".join(said)
    assert apart == together


class Recorder:
    """A stream that keeps what it is told."""

    def __init__(self, said: list[str]) -> None:
        self.said = said

    def write(self, text: str) -> int:
        self.said.append(text)
        return len(text)


def test_no_match_knows_of_another() -> None:
    """Class attributes, modules and random numbers begin anew, whatever was played before."""
    guest = a_guest(
        "import random\nclass Mine(Bot):\n    seen = []\n    def choose(self, view):\n"
        "        self.seen.append(1)\n"
        "        return D if random.random() < len(self.seen) / 9 else C"
    )
    contest = Contest(LIBRARY["prisoners_dilemma"], (guest,), turns=7, repetitions=3, seed="7")
    with playing({}):
        forth = [replay(contest, match) for match in (0, 1, 2)]
        back = [replay(contest, match) for match in (2, 1, 0)][::-1]
    assert forth == back
    assert len({match.actions_row for match in forth}) > 1


def test_what_is_spent_is_spent_for_the_rest_of_the_contest(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    guest = a_guest(
        "class Mine(Bot):\n    def choose(self, view):\n        time.sleep(0.2)\n        return C",
        GuestLimits(move_s=0.5, bank_s=1),
    )
    contest = Contest(LIBRARY["chicken"], (guest, strategy("cooperator")), turns=6)
    with playing({"bot.py:Mine": (0.1, 0.4)}) as here:
        played = replay(contest, 1)
    (fault,) = played.faults
    assert 1 <= played.actions_row.count("C") <= 3, "half a second was left"
    assert "took longer than 0." in fault.problem or "are spent" in fault.problem
    assert 0.4 < here["bot.py:Mine"][1] < 0.8
    monkeypatch.setattr(table, "GuestProcess", None)  # no process is started for a spent one
    with playing({"bot.py:Mine": (0.1, 1.0)}) as here:
        (fault,) = replay(contest, 1).faults
    assert (fault.turn, fault.problem) == (
        1,
        "its 1 s for the contest are spent; give time_bank more",
    )
    assert here["bot.py:Mine"] == (0.1, 0)


def test_an_import_is_charged_once_however_many_workers_make_it() -> None:
    guest = a_guest("time.sleep(0.2)\nclass Mine(Bot):\n    def choose(self, view): return C")
    contest = Contest(LIBRARY["chicken"], (guest, strategy("cooperator")), turns=2)
    with playing({}) as here:
        for _ in range(2):
            replay(contest, 1)
            table._table()._waiting.clear()
    assert 0.2 <= here["bot.py:Mine"][0] < 0.4


@pytest.mark.usefixtures("_walls")
def test_all_that_a_guest_starts_ends_with_it() -> None:
    """A process that left its session and its parent is ended too."""
    mark = f"left-{os.getpid()}-{time.monotonic_ns()}"
    runaway = f"import time; time.sleep(60) # {mark}"
    guest = a_guest(
        "import ctypes\nclass Mine(Bot):\n    def choose(self, view):\n"
        "        system = ctypes.CDLL(None)\n"
        "        if not system.fork():\n            os.setsid()\n"
        "            if not system.fork():\n"
        f"                system.execl({sys.executable.encode()!r},"
        f" b'python', b'-c', {runaway.encode()!r}, None)\n"
        "            time.sleep(0.2)\n"
        "        time.sleep(9)"
    )
    seen: list[bool] = []
    kill = GuestProcess.kill

    def look(self: GuestProcess) -> None:
        seen.append(is_running(mark))
        kill(self)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(GuestProcess, "kill", look)
        problem_of(guest)
    assert seen[0], "it had started"
    until(lambda: not is_running(mark))


def is_running(mark: str) -> bool:
    """Tell whether a process on this machine has a mark in its command."""
    for entry in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if mark.encode() in (entry / "cmdline").read_bytes():
                return True
    return False


def until(is_so: Callable[[], bool], within_s: float = 10) -> None:
    end = time.monotonic() + within_s
    while not is_so():
        assert time.monotonic() < end, "it took too long"
        time.sleep(0.05)


def test_in_a_sandbox_nobody_reads_anothers_files_or_the_network(tmp_path: Path) -> None:
    require_sandbox()
    secret = tmp_path / "theirs.py"
    secret.write_text("mine alone")
    guest = a_bot(f"open({str(secret)!r}).read()")
    assert "FileNotFoundError" in problem_of(guest)
    guest = a_bot("import socket\nsocket.create_connection(('192.0.2.1', 9), 1)")
    assert "OSError: [Errno 101] Network is unreachable" in problem_of(guest)


def test_a_guest_gets_none_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DETENTE_SECRET", "key")
    monkeypatch.setenv("GUEST_KEY", "given")
    wanted = "C if os.environ.get('GUEST_KEY') and not os.environ.get('DETENTE_SECRET') else D"
    assert play(a_bot(f"return {wanted}")).actions_row == "CCCCCC"


def test_what_a_guest_prints_is_shown_up_to_a_bound(capsys: pytest.CaptureFixture[str]) -> None:
    guest = a_bot("print('y\\x1b' * 9000)\nreturn C")
    assert play(guest, turns=2).actions_row == "CC"
    said = capsys.readouterr().err
    assert said.startswith("y?y?")
    assert len(said) == process.MOST_SHOWN


def test_where_no_guest_can_be_started_the_contest_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(GuestProcess, "_command", lambda self, trace: ["false"])
    with pytest.raises(InvalidInput, match="guests cannot be started here: its process has ended"):
        GuestProcess(Program("x", "/nowhere/bot.py", "X"), SHORT).begin()


def test_more_guests_than_may_wait_are_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table, "MOST_PROCESSES", 1)
    new_workers(monkeypatch)
    for number in (1, 2):
        assert play(a_bot(f"return C  # {number}")).actions_row == "CCCCCC"
    assert sum(map(len, table._table()._waiting.values())) == 1
