"""A bot at a live match: one inbox for its connection and its thread."""

import asyncio
import contextlib
import time
from collections.abc import Coroutine
from contextlib import aclosing
from dataclasses import dataclass, replace
from functools import partial

from websockets.asyncio.client import ClientConnection
from websockets.exceptions import ConnectionClosed

from client.bot.bot import Bot
from client.bot.bot_file import make_bot
from client.bot.bot_thread import BotThread
from client.bot.clocks import BANK_S, MOVE_S, Clock, Pace, TimeBank
from client.bot.connection import Connection, ConnectionLost
from client.bot.conversation import Conversation
from client.bot.joining import JoinLink, find_ticket, join, join_numbered
from client.bot.session import BotSession, SessionOutcome, Tell
from client.bot.turn import Answer, Thinking, Turn, file_of

TRY_AGAIN_S, GOODBYE_S = 0.5, 1.0
PLACE_EVERY_S = 1.0


@dataclass(frozen=True, slots=True)
class BotSettings:
    """Settings of a remote bot. seat None: any free one. seed: of the bot's random numbers.

    move_s: time per turn. bank_s: extra time for the whole match. is_named: whether somebody chose
    the name; a name that nobody chose gets a number if it is taken.
    """

    name: str
    seed: str
    seat: str | None = None
    move_s: float = MOVE_S
    bank_s: float = BANK_S
    is_named: bool = True


@dataclass(frozen=True, slots=True)
class _Thought:
    turn: Turn
    answer: Answer


class _Retry:
    """Send commands again that could not be stored."""


_Item = ClientConnection | str | bytes | _Thought | _Retry | Exception


async def play_remotely(
    bot: type[Bot],
    link: JoinLink,
    settings: BotSettings,
    tell: Tell = print,
    clock: Clock = time.monotonic,
) -> SessionOutcome:
    """Take a seat at a live match, or the one a seminar assigns, and play it to its end.

    tell: takes progress messages, one line each. Raises BadBot, or CannotJoin.
    """
    player = make_bot(bot)
    if settings.is_named:
        joined = await asyncio.to_thread(join, link, settings.name)
    else:
        name, joined = await asyncio.to_thread(join_numbered, link, settings.name)
        settings = replace(settings, name=name)
    ticket = joined.ticket
    if ticket is None:
        tell("in the seminar; waiting for a match")
    while ticket is None:
        await asyncio.sleep(PLACE_EVERY_S)
        ticket = await asyncio.to_thread(find_ticket, link, joined)
    socket = link.socket(joined.room)
    return await RemoteBot(player, settings, ticket.token, socket, tell, clock).play()


class RemoteBot:
    """One bot at a live match, from its first hello to the end of the match."""

    def __init__(
        self, bot: Bot, settings: BotSettings, token: str, address: str, tell: Tell, clock: Clock
    ) -> None:
        self._bot, self._seed, self._clock = bot, settings.seed, clock
        self._conversation = Conversation(token)
        self._session = BotSession(self._conversation, settings.name, settings.seat, tell, clock)
        self._connection, self._pace, self._thread = (
            Connection(address, tell, clock),
            Pace(clock),
            BotThread(),
        )
        self._bank = TimeBank(settings.move_s, settings.bank_s)
        self._inbox: asyncio.Queue[_Item] = asyncio.Queue()
        self._tasks: set[asyncio.Task[None]] = set()
        self._socket: ClientConnection | None = None
        self._is_thinking = False

    async def play(self) -> SessionOutcome:
        """Play until the session is over. Raises CannotJoin if no seat is available."""
        self._start(self._read())
        try:
            while self._session.outcome is None:
                self._take(await self._inbox.get())
                self._consider()
                await self._flush()
        except ConnectionLost as lost:
            return SessionOutcome(None, self._session.seat, str(lost))
        except asyncio.CancelledError:
            await self._get_up()
            raise
        finally:
            for task in self._tasks:
                task.cancel()
            await asyncio.gather(*self._tasks, return_exceptions=True)
        return self._session.outcome

    def _take(self, item: _Item) -> None:
        match item:
            case Exception():
                raise item
            case ClientConnection():
                self._socket = item
                self._conversation.begin()
            case _Thought():
                self._is_thinking = False
                self._session.settle(item.turn, item.answer)
            case _Retry():
                self._conversation.retry()
            case _:
                self._session.hear(item)

    def _consider(self) -> None:
        """Start the bot's next turn, if there is one and no other is in progress."""
        if self._session.is_postponed:
            self._session.is_postponed = False
            asyncio.get_running_loop().call_later(TRY_AGAIN_S, self._inbox.put_nowait, _Retry())
        turn = self._session.turn
        if self._is_thinking:
            return
        if turn is None:
            self._session.look_around()
        else:
            self._is_thinking = True
            self._start(self._think(turn))

    async def _think(self, turn: Turn) -> None:
        assert self._session.seat is not None
        thinking = Thinking(self._bot, self._session.seat, self._seed)
        limit_s = self._bank.limit_s(self._session.left_s if turn.is_asked else None)
        began_s = self._clock()
        try:
            answer = await self._thread.do(partial(thinking.think, turn), limit_s)
        except TimeoutError:
            where = self._thread.place_in(file_of(type(self._bot)))
            answer = Answer(problem=f"no answer within {limit_s:.1f} s{where}")
        self._bank.spend(self._clock() - began_s)
        self._inbox.put_nowait(_Thought(turn, answer))

    async def _read(self) -> None:
        async with aclosing(self._connection.read()) as connection:
            async for item in connection:
                self._inbox.put_nowait(item)

    async def _get_up(self) -> None:
        """Free the seat before leaving, so that nobody waits and the author can return."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(GOODBYE_S):
                self._session.leave()
                await self._flush()

    async def _flush(self) -> None:
        """Send queued frames within the server's limit; the reader notices a lost connection."""
        with contextlib.suppress(ConnectionClosed):
            while self._socket is not None and self._conversation.outgoing:
                await asyncio.sleep(self._pace.wait_s())
                await self._socket.send(self._conversation.outgoing.pop(0))

    def _start(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            assert isinstance(error, Exception)
            self._inbox.put_nowait(error)
