"""The authority over one live match: a serial inbox.

Take commands, decide, append (synced), publish, answer: always in that order. Commands that wait
together are decided one after the other and appended in one transaction. The log is the truth:
after a failed append the host reads it again before it continues.
"""

import asyncio
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import structlog

from game_rules.errors import NotYours, RuleViolation
from game_rules.log.events import Event
from game_rules.log.evolve import fold
from game_rules.log.position import Holder, Position
from game_rules.match.command import Command
from game_rules.match.decide import step
from game_rules.records.codec import dumps, loads
from game_rules.roles import Actor, PersonId, Role, Seat, Viewer
from server.access.grants import Grant
from server.clock import Clock
from server.hosting.bot_runner import BotRunner
from server.hosting.fanout import Audience, Fanout, LoggedEvent
from server.store.event_store import (
    CommandRepeated,
    EventStore,
    MatchId,
    NewEvent,
    SeqConflict,
    StoredEvent,
    StoreError,
)

log = structlog.get_logger()

MOST_TRIES = 5


class TryAgain(Exception):
    """The command was not stored; nothing happened, and it may be sent again."""


class NoSuchMatch(Exception):
    """There is no log with this id."""


@dataclass(frozen=True, slots=True)
class Sender:
    """The origin of a command; `key` names it in the log, so that a repeat is recognised."""

    key: str
    actor: Actor

    @classmethod
    def of(cls, grant: Grant) -> "Sender":
        """Build the sender of a grant; the host leads, and a co-facilitator's name is recorded."""
        person = None if grant.person is None else PersonId(grant.person)
        if grant.role is Role.PLAYER and person is not None:
            return cls(f"person:{person}", Actor(Role.PLAYER, person=person))
        if grant.role in (Role.FACILITATOR, Role.HOST):
            key = "facilitator" if person is None else f"facilitator:{person}"
            return cls(key, Actor(Role.FACILITATOR, None, person, grant.name or ""))
        return cls(grant.role.value, Actor(grant.role))


Answer = int | Exception
"""The log's seq after the command; or RuleViolation or TryAgain (nothing happened), or a bug."""


@dataclass(slots=True)
class _Request:
    command: Command
    sender: Sender
    command_id: str | None
    reply: Callable[[Answer], None]
    is_answered: bool = False
    is_bots_word: bool = False

    def answer(self, answer: Answer) -> None:
        """Reply once; later calls do nothing."""
        if not self.is_answered:
            self.is_answered = True
            self.reply(answer)

    @property
    def receipt_key(self) -> tuple[str, str] | None:
        return None if self.command_id is None else (self.sender.key, self.command_id)


class _Batch:
    """Commands that were decided one after the other, to be appended together."""

    def __init__(self, position: Position, seq: int) -> None:
        self.position, self._seq = position, seq
        self.accepted: list[tuple[_Request, int]] = []
        self.drafts: list[NewEvent] = []
        self.entries: list[LoggedEvent] = []

    def holds(self, request: _Request) -> bool:
        """Tell whether the same command is in the batch already; it then shares the answer."""
        key = request.receipt_key
        for other, seq in self.accepted if key else ():
            if other.receipt_key == key:
                self.accepted.append((request, seq))
                return True
        return False

    def add(self, request: _Request, events: Sequence[Event], position: Position) -> None:
        """Add a command's events, and the position after them."""
        for number, event in enumerate(events):
            self._seq += 1
            payload = dumps(event)
            head = (request.sender.key, request.command_id) if number == 0 else ()
            self.drafts.append(NewEvent(payload, *head))
            self.entries.append(LoggedEvent(self._seq, event, payload))
        self.position = position
        self.accepted.append((request, self._seq))


class MatchHost:
    """One live match."""

    def __init__(
        self,
        match_id: MatchId,
        store: EventStore,
        clock: Clock,
        on_change: Callable[["MatchHost", Sequence[Event]], None] = lambda host, events: None,
    ) -> None:
        self.match_id = match_id
        self.position: Position
        self._store, self._clock, self._on_change = store, clock, on_change
        self._log: list[LoggedEvent] = []
        self._receipts: dict[tuple[str, str], int] = {}
        self._fanout: Fanout
        self._bot_runner = BotRunner()
        self._holders: Mapping[Seat, Holder] = {}
        self._seated: dict[PersonId, Actor] = {}
        self._inbox: deque[_Request] = deque()
        self._worker: asyncio.Task[None] | None = None
        self._is_stale = False

    async def open(self) -> None:
        """Read the log and fold it. Raises NoSuchMatch or StoreError."""
        stored = await self._store.read(self.match_id)
        if not stored:
            raise NoSuchMatch(f"no match {self.match_id}; check the link")
        entries = self._keep(stored)
        self.position = fold(entry.event for entry in entries)
        self._fanout = Fanout(self.position.scenario)
        self._bot_runner.follow(lambda: self.events, (), self.position)

    def wake(self) -> None:
        """Let bots act that still owe an order, e.g. after a restart or a failed append."""
        if self._worker is None and not self._inbox:
            self._ask_bots()
            self._ensure_worker()

    @property
    def events(self) -> list[Event]:
        """The whole log, unredacted."""
        return [entry.event for entry in self._log]

    @property
    def seq(self) -> int:
        """The number of events in the log."""
        return len(self._log)

    @property
    def is_idle(self) -> bool:
        """Tell whether nobody listens and nothing is in progress."""
        return self._worker is None and not self._inbox and not self._fanout.has_listeners

    def audience(self, viewer: Viewer) -> Audience:
        """Find the audience of a viewer, up to date with the log."""
        return self._fanout.audience(viewer, self._log)

    def submit(
        self,
        command: Command,
        sender: Sender,
        command_id: str | None,
        reply: Callable[[Answer], None],
    ) -> None:
        """Have a command decided and stored, then answered; a reply must neither wait nor fail.

        A repeated command_id of the same sender gets the first answer.
        """
        self._inbox.append(_Request(command, sender, command_id, reply))
        self._ensure_worker()

    def ask(
        self, command: Command, sender: Sender, command_id: str | None = None
    ) -> asyncio.Future[int]:
        """Submit a command; the result is the log's seq after it. Raises as `Answer` says."""
        result: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        self.submit(command, sender, command_id, partial(_resolve, result))
        return result

    async def settle(self) -> None:
        """Wait until the inbox is empty."""
        while self._worker is not None:
            await self._worker

    def _ensure_worker(self) -> None:
        if self._worker is None and self._inbox:
            self._worker = asyncio.create_task(self._work(), name=f"host {self.match_id}")

    async def _work(self) -> None:
        try:
            await asyncio.sleep(0)  # commands that arrive in the same turn are stored together
            while self._inbox:
                requests = tuple(self._inbox)
                self._inbox.clear()
                await self._serve(requests)
        finally:
            self._worker = None

    async def _serve(self, requests: Sequence[_Request]) -> None:
        for _ in range(MOST_TRIES):
            try:
                if self._is_stale:
                    await self._catch_up()
                await self._take(requests)
            except (SeqConflict, CommandRepeated):
                self._is_stale = True
            except StoreError as error:
                self._is_stale = True
                log.warning("append_failed", match=self.match_id, reason=str(error))
                break
            except Exception:  # a bug, perhaps after the append: no sender may wait for ever
                self._is_stale = True
                log.exception("serve_failed", match=self.match_id)
                break
            else:
                return
        _refuse(requests, TryAgain("the match could not be saved just now; send it again"))

    async def _take(self, requests: Sequence[_Request]) -> None:
        """Decide all waiting commands, store them together, publish, answer."""
        batch = _Batch(self.position, self.seq)
        for request in requests:
            if not self._is_answered(request) and not batch.holds(request):
                self._decide(request, batch)
        if not batch.drafts:
            if any(request.is_bots_word for request in requests):
                self._ask_bots()  # refused once; the next commands are due now
            return
        await self._store.append(self.match_id, self.seq, batch.drafts)
        self._log += batch.entries
        for request, seq in batch.accepted:
            if request.receipt_key is not None:
                self._receipts[request.receipt_key] = seq
        self._move_to(batch.position, batch.entries)
        for request, seq in batch.accepted:
            request.answer(seq)

    def _is_answered(self, request: _Request) -> bool:
        known = self._receipts.get(request.receipt_key) if request.receipt_key else None
        if known is not None:
            request.answer(known)
        return request.is_answered

    def _decide(self, request: _Request, batch: _Batch) -> None:
        """Decide one command into the batch; a refusal is answered at once."""
        actor = self._in_seat(request.sender.actor, batch.position)
        if _is_overtaken(actor, batch.position):
            request.answer(NotYours(f"a person plays {actor.seat} by now"))
            return
        try:
            batch.add(request, *step(batch.position, request.command, actor, self._clock.now_ms()))
        except RuleViolation as violation:
            request.answer(violation)
        except Exception as bug:  # an error in one command must not stop the match for others
            log.exception("decide_failed", match=self.match_id, command=request.command.type)
            request.answer(bug)

    def _in_seat(self, actor: Actor, position: Position) -> Actor:
        """Return the seat of a person; cached until a seat changes hands."""
        if position.holders is not self._holders:
            self._holders = position.holders
            self._seated.clear()
        person = actor.person
        if person is None or actor.role is not Role.PLAYER:
            return actor
        known = self._seated.get(person)
        if known is None:
            known = self._seated[person] = Actor(actor.role, position.seat_of(person), person)
        return known

    def _move_to(self, position: Position, entries: Sequence[LoggedEvent]) -> None:
        """Adopt a stored position, publish its events, and let the bots act."""
        self.position = position
        self._fanout.publish(self._log)
        events = [entry.event for entry in entries]
        self._bot_runner.follow(lambda: self.events, events, position)
        self._on_change(self, events)
        self._ask_bots()

    async def _catch_up(self) -> None:
        stored = await self._store.read(self.match_id, self.seq)
        entries = self._keep(stored)
        self._is_stale = False
        if entries:
            self._move_to(fold((e.event for e in entries), self.position), entries)

    def _keep(self, stored: Sequence[StoredEvent]) -> list[LoggedEvent]:
        """Decode stored rows into the log and the receipts."""
        entries = [LoggedEvent(row.seq, loads(Event, row.payload), row.payload) for row in stored]
        self._log += entries
        open_key: tuple[str, str] | None = None
        for row in stored:
            if row.actor is not None:
                open_key = (row.actor, row.command_id) if row.command_id else None
            if open_key is not None:
                self._receipts[open_key] = row.seq
        return entries

    def _ask_bots(self) -> None:
        """Let bots negotiate; once none has a message, let them order."""
        words = self._bot_runner.due_words(self.position)
        due = words or self._bot_runner.due_orders(self.position)
        for seat, command in due:
            sender = Sender(f"bot:{seat}", Actor(Role.PLAYER, seat))
            request = _Request(command, sender, None, partial(self._note_bot_failure, seat))
            request.is_bots_word = bool(words)
            self._inbox.append(request)

    def _note_bot_failure(self, seat: Seat, answer: Answer) -> None:
        if isinstance(answer, Exception):
            log.info("bot_refused", reason=str(answer))
        if isinstance(answer, TryAgain):
            self._bot_runner.forget(seat)


def _is_overtaken(actor: Actor, position: Position) -> bool:
    """Tell whether people took over a seat for which a program sent this command."""
    if actor.role is not Role.PLAYER or actor.person is not None or actor.seat is None:
        return False
    holder = position.holders.get(actor.seat)
    return holder is not None and not holder.is_automatic


def _refuse(requests: Sequence[_Request], reason: Exception) -> None:
    for request in requests:
        request.answer(reason)


def _resolve(result: asyncio.Future[int], answer: Answer) -> None:
    if result.done():  # the sender no longer waits
        return
    if isinstance(answer, Exception):
        result.set_exception(answer)
    else:
        result.set_result(answer)
