"""Guests at play: a worker's processes, the time that each bot has used, and a match of one side.

A worker is a thread, in this process or another. Each has processes of its own, for a guest's
process ends with the thread that began it.
"""

import contextlib
import json
import threading
import time
from collections import OrderedDict
from collections.abc import Generator, Mapping
from dataclasses import dataclass
from typing import Any

from game_rules.contests.loop import Forfeited
from game_rules.games.corners import Corners
from game_rules.games.stage_games import Action
from game_rules.strategies.kit.play import Conditions, Play, payoff
from server.tournaments.guests.limits import FREE_AT_ENDS_S, FREE_S, Account, GuestLimits
from server.tournaments.guests.process import GuestProcess, Program, how_it_ended

MOST_PROCESSES = 48
"""Guests that wait for their next match; the one that waits longest is ended for another."""
SEEDS = 2**32

Spent = Mapping[str, tuple[float, float]]
"""By the name of a guest: seconds of its slowest import, and of all other waiting."""

_here = threading.local()


@dataclass(frozen=True)
class GuestRoutine:
    """The routine of a guest: it plays a side of a match over its pipes."""

    program: Program
    limits: GuestLimits

    def __call__(self, conditions: Conditions) -> Play:
        """Play one match. Raises Forfeited, with the guest's process killed."""
        return _play(self, conditions)


class _Worker:
    """What one worker holds: guests that wait, and accounts of the contest at hand."""

    def __init__(self) -> None:
        self.accounts: dict[str, Account] = {}
        self._waiting: OrderedDict[tuple[Program, GuestLimits], list[GuestProcess]] = OrderedDict()

    def take(self, routine: GuestRoutine) -> GuestProcess:
        """Find a guest that waits, or start one; none is started once its time is spent.

        Its import is charged.
        """
        account = self.account(routine.program.name)
        if account.refused is not None:
            raise Forfeited(account.refused)
        self.limit_s(routine.program.name, routine.limits)
        held = self._waiting.get((routine.program, routine.limits), [])
        while held:
            guest = held.pop()
            if guest.is_there():
                return guest
        guest = GuestProcess(routine.program, routine.limits)
        guest.begin()
        if routine.program.command is None:
            self._load(guest, routine)
        return guest

    def give_back(self, guest: GuestProcess, limits: GuestLimits) -> None:
        """Let a guest wait for its next match."""
        if not guest.is_alive:
            return
        key = guest.program, limits
        self._waiting.setdefault(key, []).append(guest)
        self._waiting.move_to_end(key)
        while sum(map(len, self._waiting.values())) > MOST_PROCESSES:
            _, oldest = self._waiting.popitem(last=False)
            for process in oldest:
                process.kill()

    def ask(self, guest: GuestProcess, line: str, limits: GuestLimits, free_s: float) -> Any:
        """Ask a guest within its limits; the time beyond the free part is charged."""
        account = self.account(guest.program.name)
        began = time.monotonic()
        try:
            return guest.hear(line.encode(), self.limit_s(guest.program.name, limits))
        finally:
            account.waited_s += max(0.0, time.monotonic() - began - free_s)

    def limit_s(self, name: str, limits: GuestLimits) -> float:
        """Return how long a guest may think now. Raises Forfeited once its time is spent."""
        left_s = self.account(name).left_s(limits)
        if left_s <= 0:
            raise Forfeited(
                f"its {limits.bank_s:g} s for the contest are spent; give time_bank more"
            )
        return min(limits.move_s, left_s)

    def account(self, name: str) -> Account:
        """Find the account of a guest."""
        return self.accounts.setdefault(name, Account())

    def _load(self, guest: GuestProcess, routine: GuestRoutine) -> None:
        program, account = routine.program, self.account(routine.program.name)
        limit_s = self.limit_s(program.name, routine.limits)
        order = {
            "type": "load",
            "file": program.file,
            "bot": program.bot,
            "source": program.source,
            "limit_s": round(limit_s, 3),
        }
        began = time.monotonic()
        try:
            answer = guest.hear(f"{json.dumps(order)}\n".encode(), limit_s)
            guest.choose_line = _expect(guest, answer, "ready")["choose_line"]
        except Forfeited as error:
            account.refused = str(error)
            account.waited_s += time.monotonic() - began
            raise
        account.load_s = max(account.load_s, time.monotonic() - began)


@contextlib.contextmanager
def playing(spent: Spent) -> Generator[dict[str, tuple[float, float]]]:
    """Play with guests of which so much time is spent; gives what they spent here in the end."""
    table = _table()
    table.accounts = {name: Account(*seconds) for name, seconds in spent.items()}
    here: dict[str, tuple[float, float]] = {}
    yield here
    for name, account in table.accounts.items():
        _, before_s = spent.get(name, (0.0, 0.0))
        here[name] = round(account.load_s, 4), round(account.waited_s - before_s, 4)


def _table() -> _Worker:
    if not hasattr(_here, "table"):
        _here.table = _Worker()
    return _here.table


def _play(routine: GuestRoutine, conditions: Conditions) -> Play:
    with _seated(routine, conditions) as ask:
        last: tuple[Action, Action] | None = None
        while True:
            last = yield ask(last)


class _Turns:
    """Lines for a bot of a file: what is new in a turn."""

    def __init__(self, conditions: Conditions) -> None:
        self._draw, self._turn = conditions.draw, 0

    def line(self, last: tuple[Action, Action] | None, limit_s: float) -> str:
        """Write the next turn."""
        self._turn += 1
        happened = "" if last is None else last[0] + last[1]
        chance = self._draw(self._turn)
        return (
            f'{{"type":"turn","last":"{happened}","chance":{chance!r},"limit_s":{limit_s:.3f}}}\n'
        )


class _Views:
    """Lines for a command: a side's whole view of a match, for each turn."""

    def __init__(self, conditions: Conditions) -> None:
        self._conditions, self._turn = conditions, 0
        self._theirs = conditions.theirs or conditions.corners
        self._own = self._others = self._payoffs = self._gains = ""
        self._known = json.dumps(_length(conditions))[1:-1]
        self._corners = json.dumps(_written(conditions.corners))

    def line(self, last: tuple[Action, Action] | None, limit_s: float) -> str:
        """Write the view of the next turn."""
        if last is not None:
            self._add(*last)
        self._turn += 1
        turn, others = self._turn, self._others
        return (
            f'{{"type":"view","round":{turn},"turn":{turn},{self._known},"own":"{self._own}",'
            f'"others":"{others}","payoffs":[{self._payoffs}],"members":[{{"seat":"other",'
            f'"weight":0.5,"actions":"{others}","payoffs":[{self._gains}]}}],"weight":0.5,'
            f'"corners":{self._corners},"chance":{self._conditions.draw(turn)!r},'
            f'"limit_s":{limit_s:.3f}}}\n'
        )

    def _add(self, own: Action, other: Action) -> None:
        comma = "," if self._own else ""
        self._payoffs += f"{comma}{payoff(self._conditions.corners, own, other)}"
        self._gains += f"{comma}{payoff(self._theirs, other, own)}"
        self._own += own.value
        self._others += other.value


def _length(conditions: Conditions) -> dict[str, float | None]:
    return {"rounds": conditions.rounds, "continuation": conditions.continuation}


def _written(corners: Corners) -> dict[str, float]:
    return {"T": corners.T, "R": corners.R, "P": corners.P, "S": corners.S}


def _begun(conditions: Conditions) -> bytes:
    """Write the line that begins a match of a bot of a file."""
    line = {
        "type": "match",
        "seed": int(conditions.draw(1, 1) * SEEDS),
        **_length(conditions),
        "corners": _written(conditions.corners),
        "theirs": _written(conditions.theirs or conditions.corners),
    }
    return f"{json.dumps(line)}\n".encode()


@contextlib.contextmanager
def _seated(routine: GuestRoutine, conditions: Conditions) -> Generator[Any]:
    """Begin a match with a guest, and end it whatever happens; gives how it is asked."""
    table, limits, name = _table(), routine.limits, routine.program.name
    guest = table.take(routine)
    is_own = routine.program.command is None
    lines = _Turns(conditions) if is_own else _Views(conditions)

    def ask(last: tuple[Action, Action] | None) -> Action:
        line = lines.line(last, table.limit_s(name, limits))
        free_s = FREE_AT_ENDS_S if last is None else FREE_S
        return _action(guest, table.ask(guest, line, limits, free_s))

    try:
        if is_own:
            guest.tell(_begun(conditions))
        yield ask
    finally:
        if is_own and guest.is_alive:
            _end(table, guest, limits)
        table.give_back(guest, limits)


def _end(table: _Worker, guest: GuestProcess, limits: GuestLimits) -> None:
    """Let a match end. A guest that does not is ended itself; the match it played stands."""
    try:
        over = table.ask(guest, '{"type":"end"}\n', limits, FREE_AT_ENDS_S)
        _expect(guest, over, "over")
    except Forfeited:
        guest.kill()


def _action(guest: GuestProcess, answer: Any) -> Action:
    if answer in ("C", "D"):
        return Action(answer)
    match answer:
        case {"type": "problem", "problem": str(problem)}:
            raise Forfeited(problem)
        case {"type": "died", "code": int(code)}:
            raise guest.refuse(f"its process has ended ({how_it_ended(code)})")
    raise guest.refuse(f"gave {json.dumps(answer)[:80]}; give C or D")


def _expect(guest: GuestProcess, answer: Any, wanted: str) -> Any:
    if isinstance(answer, dict) and answer.get("type") == wanted:
        return answer
    if isinstance(answer, dict) and answer.get("type") == "problem":
        guest.kill()
        raise Forfeited(str(answer.get("problem")))
    raise guest.refuse(f"gave {json.dumps(answer)[:80]} where {wanted!r} was due")
