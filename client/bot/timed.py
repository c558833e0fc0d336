"""A bot's code within limits of time, where no server's clock runs: a turn, and all of a match."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from client.bot.bot import Bot
from client.bot.bot_file import load_bot, make_bot
from client.bot.bot_thread import BotThread
from client.bot.clocks import BANK_S, MOVE_S, Clock
from client.bot.errors import BadBot
from client.bot.turn import Answer, Thinking, Turn, file_of
from game_rules.roles import Seat

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class BotLimits:
    """move_s: for a turn, and for the import of a file. bank_s: for all turns of a match."""

    move_s: float = MOVE_S
    bank_s: float = BANK_S


def load_in_time(place: str, limits: BotLimits) -> type[Bot]:
    """Find a bot's class as `load_bot` does. Raises BadBot, also if its file takes too long."""
    file = place if place.endswith(".py") else place.rpartition(":")[0]
    return _in_time(partial(load_bot, place), file, file, limits)


class TimedThinking:
    """A bot and its turns. One that takes too long is a fault, and tells where the bot is."""

    def __init__(
        self,
        bot: type[Bot],
        seat: Seat,
        seed: str,
        limits: BotLimits,
        clock: Clock = time.monotonic,
    ) -> None:
        """Make the bot. Raises BadBot if that fails, or takes too long."""
        self._bot, self._limits, self._clock = bot, limits, clock
        made = _in_time(partial(make_bot, bot), f"{bot.__name__}()", file_of(bot), limits)
        self._thinking, self._thread = Thinking(made, seat, seed), BotThread()
        self._left_s = limits.bank_s

    def think(self, turn: Turn) -> Answer:
        """Answer a turn."""
        name = self._bot.__name__
        if self._left_s <= 0:
            return Answer(problem=f"the {self._limits.bank_s:g} s of {name} are spent")
        limit_s, began_s = min(self._limits.move_s, self._left_s), self._clock()
        try:
            return self._thread.wait(partial(self._thinking.think, turn), limit_s)
        except TimeoutError:
            where = self._thread.place_in(file_of(self._bot))
            return Answer(problem=f"{name} took longer than {limit_s:.3g} s{where}")
        finally:
            self._left_s -= self._clock() - began_s


def _in_time(job: Callable[[], T], what: str, file: str | None, limits: BotLimits) -> T:
    thread = BotThread()
    try:
        return thread.wait(job, limits.move_s)
    except TimeoutError as error:
        where = thread.place_in(file)
        problem = f"{what} took longer than {limits.move_s:g} s{where}"
        raise BadBot(f"{problem}; mend it, or allow more: --move-time") from error
