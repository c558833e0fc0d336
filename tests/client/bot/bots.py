"""Bots that the tests play."""

import threading
import time
from queue import SimpleQueue

from client.bot import ArenaView, Bot, C, D, MessageSaid, RoundResolved, Say
from game_rules.strategies import strategy


class Forgiving(Bot):
    """The bot of docs/bots.md: forgives one defection in three."""

    def choose(self, view: ArenaView):
        is_hurt = bool(view.others) and view.others[-1] is D
        return D if is_hurt and view.chance() >= 1 / 3 else C


class Reciprocal(Bot):
    """Tit for tat; keeps what it was told, to be asked about it."""

    def __init__(self) -> None:
        self.heard: list[MessageSaid] = []
        self.revealed: list[int] = []
        self.views: list[ArenaView] = []

    def choose(self, view: ArenaView):
        self.views.append(view)
        return view.others[-1] if view.others else C

    def on_message(self, message: MessageSaid):
        self.heard.append(message)

    def on_reveal(self, resolved: RoundResolved):
        self.revealed.append(resolved.round)


class Talkative(Reciprocal):
    """Greets everyone, and answers whoever speaks to it."""

    def say(self):
        return f"Round: I am {self.seat}."

    def on_message(self, message: MessageSaid):
        super().on_message(message)
        return None if message.sender is None else Say((message.sender,), "I heard you.")


class Broken(Bot):
    """Raises."""

    def choose(self, view: ArenaView):
        raise LookupError("no idea")


class BrokenOnce(Bot):
    """Raises in its second round only; cooperates else."""

    def choose(self, view: ArenaView):
        if view.round == 2:
            raise LookupError("no idea")
        return C


class Sleepy(Bot):
    """Does not come back before it is woken."""

    woken = threading.Event()

    def choose(self, view: ArenaView):
        self.woken.wait(30)
        return C


class Slow(Bot):
    """Comes back after 0.2 s."""

    def choose(self, view: ArenaView):
        time.sleep(0.2)
        return C


class Thoughtful(Forgiving):
    """Does not answer in one of its rounds before it may. seen: the seats that think there."""

    number: int
    seen: SimpleQueue[str]
    may_answer: threading.Event

    def choose(self, view: ArenaView):
        if view.round == self.number:
            self.seen.put(self.seat)
            assert self.may_answer.wait(30)
        return super().choose(view)


def stops_to_think(number: int) -> type[Thoughtful]:
    """Make a bot that waits in a round until it is told to go on."""
    ways = {"number": number, "seen": SimpleQueue(), "may_answer": threading.Event()}
    return type("Thoughtful", (Thoughtful,), ways)


def as_bot(name: str) -> type[Bot]:
    """Put a built-in strategy into a bot of one's own."""

    class Wrapped(Bot):
        def choose(self, view: ArenaView):
            return strategy(name).choose(view)

    return Wrapped
