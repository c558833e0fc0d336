"""All live matches: opened on demand, driven by the clock, released when idle.

There is one host a match: `_open` knows every host that anybody refers to, and only a match whose
host nobody refers to any more is read again. Two hosts of one match would each miss what the other
stores, and their people would not see each other.
"""

import asyncio
import contextlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from weakref import WeakValueDictionary

from game_rules.errors import RuleViolation
from game_rules.log.events import Event
from game_rules.match.clock import MakeUpOutage, PassDeadline
from game_rules.match.decide import create_match
from game_rules.records.codec import dumps
from game_rules.records.lineage import lineage
from game_rules.scenario.scenario import Scenario
from server.clock import Clock
from server.hosting.damage import UNFOLDED, MatchDamaged
from server.hosting.deadlines import Deadlines
from server.hosting.match_host import (
    CLOCK,
    GRACE_MS,
    MatchHost,
    NoSuchMatch,
    TryAgain,
    is_running,
)
from server.hosting.requests import LastRound
from server.hosting.rooms import Rooms
from server.hosting.sleepers import Sleeper
from server.logs import log
from server.store.event_store import EventStore, MatchId, NewEvent, StoreError, is_of_guest
from server.store.leases import Elsewhere, SoleServer

RETRY_MS = 1000
LATEST_MS = 5_000  # before the last sign of life: what was stored since, lists may lack
MOST_WOKEN = 16  # sleeping matches that are opened in one turn of the clock
IDLE_MS = 5 * 60 * 1000
"""How long a match stays loaded that nobody follows, asks for, or plays by the clock."""


class Registry:
    """All matches that this server plays.

    watched: matches on a seminar's console. on_change: called with stored and published events.
    last_round: asked before anything is decided in a match.
    """

    def __init__(self, store: EventStore, clock: Clock, rooms: Rooms | None = None) -> None:
        self.clock = clock
        self.rooms = rooms or Rooms(SoleServer())
        self._born_here: set[MatchId] = set()
        """Branches that nobody else has played, and that are not open yet."""
        self.last_heartbeat_ms: int | None = None
        """When any server was last there, for rooms of which nobody knows who had them."""
        self._store = store
        self._open: WeakValueDictionary[MatchId, MatchHost] = WeakValueDictionary()
        self._kept: dict[MatchId, MatchHost] = {}
        self._idle_since_ms: dict[MatchId, int] = {}
        self._opening: dict[MatchId, asyncio.Task[MatchHost]] = {}
        self._deadlines = Deadlines()
        self._damaged: dict[MatchId, str] = {}
        self._stale: set[MatchId] = set()
        self._lost_ms = 0
        self._asleep: set[MatchId] = set()
        self._down_ms: tuple[int | None, int] = None, 0  # from when until when no server was there
        self.watched: set[MatchId] = set()
        self.on_change: Callable[[MatchHost, Sequence[Event]], None] = lambda host, events: None
        self.last_round: LastRound = lambda match_id: None

    async def create(
        self, match_id: MatchId, scenario: Scenario, seed: str, pace: float | None
    ) -> MatchHost:
        """Start a match's log and open it. Raises StoreError, or Elsewhere for a class's match."""
        created = create_match(scenario, seed, pace, self.clock.now_ms())
        return await self.begin(match_id, [NewEvent(dumps(event)) for event in created])

    async def begin(self, match_id: MatchId, events: Sequence[NewEvent]) -> MatchHost:
        """Start a match's log with some events and open it. Raises StoreError, or Elsewhere."""
        await self.rooms.enter(match_id)
        await self._store.append(match_id, 0, events)
        self.note_stale(match_id)
        return await self.host(match_id)

    def share_room(self, branch: MatchId, trunk: MatchId) -> None:
        """Play a branch, which is stored next, in the room of its trunk."""
        if self.rooms.is_shared:
            self.rooms.share(branch, trunk)
            self._born_here.add(branch)

    async def host(self, match_id: MatchId) -> MatchHost:
        """Find a match, opening it if it is not loaded.

        Raises Elsewhere, NoSuchMatch, StoreError, or MatchDamaged: a match that could not be read
        once is set aside until the next start.
        """
        host = self._open.get(match_id)
        if host is None and match_id in self._damaged:
            raise MatchDamaged(match_id, self._damaged[match_id])
        if host is None:
            await self._enter(match_id)
            host = self._open.get(match_id)  # others may have opened it meanwhile
        if host is None:
            host = await asyncio.shield(self._opening_of(match_id))
        self._kept[match_id] = host
        self._idle_since_ms.pop(match_id, None)
        return host

    async def _enter(self, match_id: MatchId) -> None:
        """Enter the room of a match. A guest's is in no list that tells whether there is one."""
        if self.rooms.hold_of(match_id) is None:
            if is_of_guest(match_id) and not await self._store.read(match_id):
                raise NoSuchMatch(f"no match {match_id}; check the link")
            await self.rooms.enter(match_id)

    async def adopt(self, match_ids: Iterable[MatchId]) -> list[MatchHost]:
        """Open unfinished matches that no other server plays; return those that were not open.

        One that cannot be opened is set aside and does not stop the others. Raises StoreError.
        """
        found = []
        for match_id in match_ids:
            while self._opening:  # somebody waits for those
                await asyncio.wait(tuple(self._opening.values()))
            try:
                if match_id not in self._open and match_id not in self._damaged:
                    found.append(await self.host(match_id))
            except StoreError:
                raise
            except (Elsewhere, MatchDamaged):  # another server was faster; logged when set aside
                continue
            except NoSuchMatch:
                log.warning("match_without_log", match=match_id)
        return found

    def loaded(self, match_id: MatchId) -> MatchHost | None:
        """Return a match that is loaded; None for any other, which nobody plays now."""
        return self._open.get(match_id)

    async def readable(self, match_ids: Iterable[MatchId]) -> list[MatchHost]:
        """Find matches, without those that are damaged. Raises NoSuchMatch or StoreError."""
        hosts = []
        for match_id in match_ids:
            with contextlib.suppress(MatchDamaged):  # logged when it was set aside
                hosts.append(await self.host(match_id))
        return hosts

    async def host_in_play(self, match_id: MatchId) -> MatchHost:
        """Find the match that continues: itself, or the last of its branches. Raises as `host`."""
        host = await self.host(match_id)
        while host.position.superseded_by is not None:
            host = await self.host(MatchId(host.position.superseded_by))
        return host

    async def family(self, match_id: MatchId) -> tuple[MatchHost, ...]:
        """Find a match, its trunks and its branches, the match first. Raises as `host`."""
        found = {match_id: await self.host(match_id)}
        waiting = [match_id]
        while waiting:
            told = lineage(found[waiting.pop()].events)
            for other in (told.replaced, told.superseded_by):
                if other is not None and MatchId(other) not in found:
                    waiting.append(MatchId(other))
                    found[waiting[-1]] = await self.host(waiting[-1])
        return tuple(found.values())

    def let_sleep(
        self, sleepers: Mapping[MatchId, Sleeper], down_since_ms: int | None
    ) -> list[MatchId]:
        """Leave unfinished matches closed until somebody comes, or their clock makes it necessary.

        Returns those that have to be opened at once. An open deadline gets the outage back when its
        match is opened. A match with news that lists may lack is opened for the next summaries.
        """
        if sleepers and down_since_ms is not None:
            self.clock.not_before(down_since_ms)
        self._down_ms = down_since_ms, self.clock.now_ms()
        sleeping = {match_id: x for match_id, x in sleepers.items() if not x.is_finishing}
        self._asleep |= sleeping.keys()
        for match_id, known in sleeping.items():
            self._deadlines.set(match_id, known.due_ms(*self._down_ms))
            if known.last_at_ms >= (down_since_ms or 0) - LATEST_MS:
                self.note_stale(match_id)
        return [match_id for match_id in sleepers if match_id not in sleeping]

    async def recover(self, match_ids: Sequence[MatchId], down_since_ms: int | None) -> None:
        """Open unfinished matches; extend open deadlines by the outage and a grace period.

        A match that cannot be opened is set aside and does not stop the others. If the wall clock
        was set back, time continues from the outage while matches are unfinished.

        Raises StoreError.
        """
        if match_ids and down_since_ms is not None:
            self.clock.not_before(down_since_ms)
        for match_id in match_ids:
            try:
                await self._make_up(await self.host(match_id), down_since_ms)
            except StoreError:
                raise
            except NoSuchMatch:
                log.warning("match_without_log", match=match_id)
            except MatchDamaged:  # logged when it was set aside
                continue
            except (RuleViolation, TryAgain) as error:  # e.g. its bots have ended it meanwhile
                log.warning("outage_not_made_up", match=match_id, reason=str(error))
            except Exception:  # an error in one match must not affect the others
                log.exception("match_not_recovered", match=match_id)

    async def tick(self) -> None:
        """Give back time in which the server stood still, then pass every deadline that has come.

        A host gives it back before it decides anything; here those are woken that nobody talks to.
        """
        now_ms = self.clock.now_ms()
        if self.clock.lost_ms > self._lost_ms:
            self._lost_ms = self.clock.lost_ms
            log.warning("stood_still", lost_ms=self._lost_ms)
            self.wake()
        due = sorted(self._deadlines.pop_due(now_ms), key=self._asleep.__contains__)
        most = len(due) - len(self._asleep.intersection(due)) + MOST_WOKEN
        for match_id in due[most:]:
            self._deadlines.set(match_id, now_ms)
        for match_id in due[:most]:
            await self._pass_deadline(match_id, now_ms)

    def follow_wall(self) -> None:
        """Take over a step of the wall clock, but only while it cannot move a deadline."""
        if not self.has_deadlines and all(host.is_at_rest for host in self._kept.values()):
            self.clock.follow_wall()

    def wake(self) -> None:
        """Wake matches that owe time, and bots that owe an order, e.g. after a failed append."""
        for host in self._kept.values():
            host.wake()

    def sweep(self) -> None:
        """Release matches that have been idle for minutes; whoever holds one still may use it."""
        now_ms = self.clock.now_ms()
        for match_id, host in tuple(self._kept.items()):
            if self._is_needed(host):
                self._idle_since_ms.pop(match_id, None)
            elif now_ms - self._idle_since_ms.setdefault(match_id, now_ms) >= IDLE_MS:
                del self._kept[match_id], self._idle_since_ms[match_id]

    def let_go(self, match_ids: Iterable[MatchId]) -> None:
        """Release matches at once, because what they are stored in is gone."""
        for match_id in match_ids:
            self._open.pop(match_id, None)
            self._kept.pop(match_id, None)
            self._idle_since_ms.pop(match_id, None)
            self._stale.discard(match_id)
            self._deadlines.set(match_id, None)

    def damage_of(self, match_id: MatchId) -> str | None:
        """Return why a match cannot be read or cannot go on; None as far as is known."""
        host = self._open.get(match_id)
        return self._damaged.get(match_id) if host is None else host.damage

    def note_stale(self, match_id: MatchId) -> None:
        """Note that the summary of a match is out of date."""
        self._stale.add(match_id)

    def take_stale(self) -> frozenset[MatchId]:
        """Return the matches whose summary is out of date; the caller updates them.

        Matches that change later are out of date again.
        """
        stale = frozenset(self._stale)
        self._stale.clear()
        return stale

    @property
    def hosts(self) -> tuple[MatchHost, ...]:
        """Every match that is loaded."""
        return tuple(self._kept.values())

    @property
    def has_deadlines(self) -> bool:
        """Tell whether any clock is running."""
        return self._deadlines.next_ms() is not None

    async def settle(self) -> None:
        """Wait until every inbox is empty."""
        for host in tuple(self._kept.values()):
            await host.settle()

    def _is_needed(self, host: MatchHost) -> bool:
        """Tell whether somebody follows a match or its clock runs."""
        is_timed = host.position.deadline_ms is not None and not host.position.is_over
        return is_timed or not host.is_idle or host.match_id in self.watched

    def _opening_of(self, match_id: MatchId) -> asyncio.Task[MatchHost]:
        """Return the one task that opens a match, for all who wait for it."""
        task = self._opening.get(match_id)
        if task is None:
            task = self._opening[match_id] = asyncio.create_task(self._read(match_id))
            task.add_done_callback(lambda _: self._opening.pop(match_id, None))
        return task

    async def _read(self, match_id: MatchId) -> MatchHost:
        host = MatchHost(
            match_id,
            self._store,
            self.clock,
            self._note_change,
            lambda asked: self.last_round(asked),
        )
        try:
            await host.open()
        except (NoSuchMatch, StoreError):
            raise
        except MatchDamaged as damage:
            self._set_aside(match_id, damage)
            raise
        except Exception as bug:
            self._damaged[match_id] = UNFOLDED
            log.exception("match_not_opened", match=match_id)
            raise MatchDamaged(match_id, UNFOLDED) from bug
        self._open[match_id] = self._kept[match_id] = host
        self._note_deadline(host)
        if self.rooms.is_shared or match_id in self._asleep:
            await self._make_up_missed(host)
        host.wake()
        return host

    async def _make_up_missed(self, host: MatchHost) -> None:
        """Give back the time in which nobody played a match: it slept, or was another server's.

        A match whose clock runs stays open here, so it was not this server's when it is opened.
        """
        match_id, hold = host.match_id, self.rooms.hold_of(host.match_id)
        if match_id in self._asleep:
            self._asleep.discard(match_id)
            since_ms, until_ms = self._down_ms[0], self._down_ms[1] + self.clock.lost_ms
        elif hold is None or match_id in self._born_here:
            self._born_here.discard(match_id)
            return
        else:
            since_ms, until_ms = hold.down_since_ms or self.last_heartbeat_ms, None
        try:
            await self._make_up(host, since_ms, until_ms)
        except (RuleViolation, TryAgain) as error:  # e.g. its bots have ended it meanwhile
            log.warning("outage_not_made_up", match=match_id, reason=str(error))

    def _set_aside(self, match_id: MatchId, damage: MatchDamaged) -> None:
        self._damaged[match_id] = damage.problem
        log.error("match_damaged", match=match_id, reason=str(damage))

    async def _make_up(
        self, host: MatchHost, down_since_ms: int | None, until_ms: int | None = None
    ) -> None:
        """Give an open deadline back an outage that ends now, or has ended."""
        position, now_ms = host.position, until_ms or self.clock.now_ms()
        if is_running(position):
            lost_ms = max(1, now_ms - max(down_since_ms or 0, position.opened_at_ms))
            await host.ask(MakeUpOutage(lost_ms, GRACE_MS), CLOCK)
            log.info("outage_made_up", match=host.match_id, lost_ms=lost_ms)

    async def _pass_deadline(self, match_id: MatchId, now_ms: int) -> None:
        is_asleep = match_id in self._asleep
        try:
            host = await self.host(match_id)
            if is_asleep:  # it has just got its outage back, so its deadline is another one
                return
            position = host.position
            await host.ask(PassDeadline(position.round, position.phase), CLOCK)
        except MatchDamaged:  # logged when it was set aside
            self._asleep.discard(match_id)
        except RuleViolation as refusal:  # the phase ended, or was extended, a moment before
            log.debug("deadline_moot", match=match_id, reason=str(refusal))
        except Elsewhere as away:
            log.debug("deadline_elsewhere", match=match_id, address=away.address)
        except (TryAgain, StoreError) as error:
            log.warning("deadline_postponed", match=match_id, reason=str(error))
            self._deadlines.set(match_id, now_ms + RETRY_MS)
        except Exception:  # an error in one match must not stop the clock of the others
            log.exception("deadline_failed", match=match_id)
            self._deadlines.set(match_id, now_ms + RETRY_MS)

    def _note_change(self, host: MatchHost, events: Sequence[Event]) -> None:
        self._note_deadline(host)
        self.on_change(host, events)
        if any(event.type in _SUMMARISED for event in events):
            self.note_stale(host.match_id)

    def _note_deadline(self, host: MatchHost) -> None:
        position = host.position
        is_open = is_running(position)
        self._deadlines.set(host.match_id, position.deadline_ms if is_open else None)


_SUMMARISED = {"phase_opened", "match_ended", "seat_taken", "bot_seated", "seat_vacated"}
