"""The authority over one live match: a serial inbox.

Take commands, decide, append (synced), publish, answer: always in that order. Commands that wait
together are decided one after the other and appended in one transaction. The log is the truth:
after a failed append the host reads it again before it continues.
"""

import asyncio
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from functools import partial

from game_rules.errors import RuleViolation
from game_rules.log.events import Event
from game_rules.log.evolve import fold
from game_rules.log.people import Names, named
from game_rules.log.position import Holder, Position
from game_rules.match.clock import MakeUpOutage
from game_rules.match.command import Command
from game_rules.match.decide import step
from game_rules.match.seating import introduced
from game_rules.roles import Actor, PersonId, Role, Seat, Viewer
from game_rules.rulesets.chosen import ruleset_of
from server.clock import Clock
from server.hosting.bot_runner import BotRunner
from server.hosting.damage import UNREADABLE, UNWRITABLE, MatchDamaged, logged
from server.hosting.fanout import Audience, Fanout, LoggedEvent, Sights
from server.hosting.objections import objection
from server.hosting.requests import CLOCK, Answer, Batch, LastRound, Request, Sender
from server.logs import log
from server.store.event_store import (
    CommandRepeated,
    EventStore,
    MatchId,
    SeqConflict,
    StoreDamaged,
    StoredEvent,
    StoreError,
)

MOST_TRIES = 5
GRACE_MS = 10_000
"""The least time that an open phase has after an outage, so that clients can reconnect."""


class TryAgain(Exception):
    """The command was not stored; nothing happened, and it may be sent again."""


class NoSuchMatch(Exception):
    """There is no log with this id."""


class MatchHost:
    """One live match."""

    def __init__(
        self,
        match_id: MatchId,
        store: EventStore,
        clock: Clock,
        on_change: Callable[["MatchHost", Sequence[Event]], None] = lambda host, events: None,
        last_round: LastRound = lambda match_id: None,
    ) -> None:
        self._last_round = last_round
        self.match_id = match_id
        self.position: Position
        self._store, self._clock, self._on_change = store, clock, on_change
        self.names: Names = {}
        """What its people are called, where its events hold ids alone; None: forgotten."""
        self._log: list[LoggedEvent] = []
        self._receipts: dict[tuple[str, str], int] = {}
        self._fanout: Fanout
        self._bot_runner = BotRunner()
        self._holders: Mapping[Seat, Holder] = {}
        self._seated: dict[PersonId, Actor] = {}
        self._inbox: deque[Request] = deque()
        self._worker: asyncio.Task[None] | None = None
        self._is_stale = False
        self._made_up_ms = clock.lost_ms
        self._failing_since_ms: int | None = None
        self.damage: str | None = None
        """Why nothing more can be stored; what is loaded can still be shown."""

    async def open(self) -> None:
        """Read the log and fold it. Raises NoSuchMatch, MatchDamaged or StoreError."""
        try:
            stored = await self._store.read(self.match_id)
        except StoreDamaged as error:
            raise MatchDamaged(self.match_id, UNREADABLE) from error
        if not stored:
            raise NoSuchMatch(f"no match {self.match_id}; check the link")
        self.position = await asyncio.to_thread(self._fold, stored)  # a long log takes a second
        await self.refresh_names()
        self._fanout = Fanout(self.position.scenario)
        self._bot_runner.follow(lambda: self.events, (), self.position)

    async def refresh_names(self) -> None:
        """Read the names again: another program may have made somebody forgotten."""
        if not ruleset_of(self.position).names_people:
            self.names = await self._store.names(self.match_id)

    def _fold(self, stored: Sequence[StoredEvent]) -> Position:
        return fold(entry.event for entry in self._keep(stored))

    def wake(self) -> None:
        """Give back the time that nobody had, and let bots act that still owe an order.

        For after a restart, a stand-still or a failed append, when perhaps no command comes.
        """
        if self.is_at_rest and self.damage is None:
            self._ask_bots()
            if self._inbox or self._owed(self._clock.now_ms(), self._clock.lost_ms):
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
        return self.is_at_rest and not self._fanout.has_listeners

    @property
    def is_at_rest(self) -> bool:
        """Tell whether nothing is in progress."""
        return self._worker is None and not self._inbox

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
        self._inbox.append(Request(command, sender, command_id, reply))
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
        """Begin to work in the next turn: commands of the same turn are stored together."""
        if self._worker is None:
            self._worker = asyncio.create_task(self._work(), name=f"host {self.match_id}")

    async def _work(self) -> None:
        try:
            await self._serve(self._waiting())
            while self._inbox:
                await self._serve(self._waiting())
        finally:
            self._worker = None

    def _waiting(self) -> Sequence[Request]:
        """Empty the inbox."""
        requests = tuple(self._inbox)
        self._inbox.clear()
        return requests

    async def _serve(self, requests: Sequence[Request]) -> None:
        for _ in range(MOST_TRIES):
            if self.damage is not None:
                _refuse(requests, MatchDamaged(self.match_id, self.damage))
                return
            try:
                if self._is_stale:
                    await self._catch_up()
                await self._take(requests)
            except (SeqConflict, CommandRepeated):
                self._is_stale = True
            except StoreDamaged as error:
                self._note_damage(UNWRITABLE, error)
            except MatchDamaged as error:
                self._note_damage(error.problem, error)
            except StoreError as error:
                self._is_stale = True
                self._failing_since_ms = self._failing_since_ms or self._clock.now_ms()
                log.warning("append_failed", match=self.match_id, reason=str(error))
                break
            except Exception:  # a bug, perhaps after the append: no sender may wait for ever
                self._is_stale = True
                log.exception("serve_failed", match=self.match_id)
                break
            else:
                return
        _refuse(requests, TryAgain("the match could not be saved just now; send it again"))

    async def _take(self, requests: Sequence[Request]) -> None:
        """Decide all waiting commands, store them together, publish, answer.

        All are decided at one look at the clock. Time in which the server stood still, or could
        not store, is given back first, so that no command and no deadline is measured by it. Where
        others write too, nothing is refused from an old position.
        """
        batch, lost_ms = self._decided(requests)
        while batch.refused and self._store.is_shared and await self._catch_up():
            batch, lost_ms = self._decided(requests)
        for request, reason in batch.refused:
            request.answer(reason)
        if not batch.drafts:
            self._made_up_ms = lost_ms
            if any(request.is_bots_word for request in requests):
                self._ask_bots()  # refused once; the next commands are due now
            return
        sights = self._fanout.sights(batch.entries)
        await self._store.append(self.match_id, self.seq, batch.drafts)
        self._made_up_ms, self._failing_since_ms = lost_ms, None
        self._log += batch.entries
        self.names = batch.names
        for request, seq in batch.accepted:
            if (key := request.receipt_key) is not None:
                self._receipts[key] = seq
        self._move_to(batch.position, batch.entries, sights)
        for request, seq in batch.accepted:
            request.answer(seq)

    def _decided(self, requests: Sequence[Request]) -> tuple[Batch, int]:
        """Decide what is not answered yet; return it, and the time that was lost by then."""
        last_round = self._last_round(self.match_id)
        batch = Batch(self.position, self.seq, self.names, last_round)
        now_ms, lost_ms = self._clock.now_ms(), self._clock.lost_ms
        for request in (*self._owed(now_ms, lost_ms), *requests):
            if not self._is_answered(request) and not batch.holds(request):
                self._decide(request, batch, now_ms)
        return batch, lost_ms

    def _owed(self, now_ms: int, lost_ms: int) -> Sequence[Request]:
        """Return what gives back to an open deadline the time that nobody had since the last batch.

        lost_ms: how long the server has stood still, in all.
        """
        failing_ms = now_ms - (self._failing_since_ms or now_ms)
        owed_ms = max(lost_ms - self._made_up_ms, failing_ms)
        if owed_ms <= 0 or not is_running(self.position):
            return ()
        return (Request(MakeUpOutage(owed_ms, GRACE_MS), CLOCK, None, _log_refusal),)

    def _note_damage(self, problem: str, error: Exception) -> None:
        """Take no command from now on: each would meet the same damage."""
        self.damage = problem
        log.error("match_damaged", match=self.match_id, reason=str(error))

    def _is_answered(self, request: Request) -> bool:
        key = request.receipt_key
        known = None if key is None else self._receipts.get(key)
        if known is not None:
            request.answer(known)
        return request.is_answered

    def _decide(self, request: Request, batch: Batch, now_ms: int) -> None:
        """Decide one command into the batch, as accepted or as refused."""
        actor = self._in_seat(request.sender.actor, batch.position)
        if (told := objection(request, actor, batch.position)) is not None:
            batch.refused.append((request, told))
            return
        try:
            decided = step(batch.position, request.command, actor, now_ms, batch.last_round)
            batch.add(request, *decided, introduced(request.command, actor))
        except RuleViolation as violation:
            told = _by_name(violation, batch, request.command, actor, now_ms)
            batch.refused.append((request, told))
        except Exception as bug:  # an error in one command must not stop the match for others
            log.exception("decide_failed", match=self.match_id, command=request.command.type)
            batch.refused.append((request, bug))

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

    def _move_to(self, position: Position, entries: Sequence[LoggedEvent], sights: Sights) -> None:
        """Adopt a stored position, publish its events, and let the bots act."""
        self.position = position
        self._fanout.publish(self._log, sights)
        events = [entry.event for entry in entries]
        self._bot_runner.follow(lambda: self.events, events, position)
        self._on_change(self, events)
        self._ask_bots()

    async def _catch_up(self) -> bool:
        """Read what others have stored since; tell whether there was anything."""
        stored = await self._store.read(self.match_id, self.seq)
        await self.refresh_names()
        entries = self._keep(stored)
        self._is_stale = False
        if entries:
            position = fold((e.event for e in entries), self.position)
            self._move_to(position, entries, self._fanout.sights(entries))
        return bool(entries)

    def _keep(self, stored: Sequence[StoredEvent]) -> list[LoggedEvent]:
        """Decode stored rows into the log and the receipts. Raises MatchDamaged."""
        numbered = enumerate(stored, self.seq + 1)
        entries = [logged(self.match_id, seq, row) for seq, row in numbered]
        self._log += entries
        open_key: tuple[str, str] | None = None
        for row in stored:
            if row.actor is not None:
                open_key = (row.actor, row.command_id) if row.command_id else None
            if open_key is not None:
                self._receipts[open_key] = row.seq
        return entries

    def _ask_bots(self) -> None:
        """Let bots negotiate and speak; once none has a message, let them order."""
        terms = self._bot_runner.due_words(self.position)
        talk = self._bot_runner.due_talk(self.position, is_bargaining_done=not terms)
        words = (*talk, *terms)
        due = words or self._bot_runner.due_orders(self.position)
        for seat, command in due:
            sender = Sender(f"bot:{seat}", Actor(Role.PLAYER, seat))
            request = Request(command, sender, None, partial(self._note_bot_failure, seat))
            request.is_bots_word = bool(words)
            self._inbox.append(request)

    def _note_bot_failure(self, seat: Seat, answer: Answer) -> None:
        if isinstance(answer, Exception):
            log.info("bot_refused", reason=str(answer))
        if isinstance(answer, TryAgain):
            self._bot_runner.forget(seat)


def is_running(position: Position) -> bool:
    """Tell whether a match has an open deadline that comes nearer."""
    is_still = position.paused_at_ms is not None or position.is_over
    return position.deadline_ms is not None and not is_still


def _by_name(
    violation: RuleViolation, batch: Batch, command: Command, actor: Actor, now_ms: int
) -> RuleViolation:
    """Give a refusal as it reads where the position holds names; where the log has none, ids do."""
    if not batch.names:
        return violation
    try:
        step(named(batch.position, batch.names), command, actor, now_ms, batch.last_round)
    except RuleViolation as told:
        return told
    return violation


def _refuse(requests: Sequence[Request], reason: Exception) -> None:
    for request in requests:
        request.answer(reason)


def _log_refusal(answer: Answer) -> None:
    if isinstance(answer, Exception):
        log.warning("outage_not_made_up", reason=str(answer))
    else:
        log.info("outage_made_up", seq=answer)


def _resolve(result: asyncio.Future[int], answer: Answer) -> None:
    if result.done():  # the sender no longer waits
        return
    if isinstance(answer, Exception):
        result.set_exception(answer)
    else:
        result.set_result(answer)
