"""All live matches: opened when needed, moved on by the clock, let go when nobody is left."""

import asyncio
import random
from collections.abc import Sequence
from typing import Any
from weakref import ref

import pytest
from structlog.testing import capture_logs

from game_rules.games.stage_games import C
from game_rules.log.events import DeadlineMoved, DeadlineReason, Event, OrderSource, Phase
from game_rules.match import commands as c
from game_rules.match.decide import create_match
from game_rules.records.codec import dumps
from game_rules.roles import PUBLIC, THE_FACILITATOR, Actor, PersonId, Role
from server.hosting.match_host import GRACE_MS, MatchHost, NoSuchMatch, Sender, TryAgain
from server.hosting.registry import IDLE_MS, MOST_WOKEN, RETRY_MS, Registry
from server.hosting.sleepers import sleeper
from server.store.event_store import MatchId, NewEvent, StoredEvent, StoreUnavailable
from tests.fakes import ManualClock, MemoryStore
from tests.game_rules.scenes import CHN, JPN, PHL, START_MS, Table, a_scenario, deadline_of
from tests.server.stage import let_go

HOST = Sender("facilitator", THE_FACILITATOR)
CHINA = Sender("person:china", Actor(Role.PLAYER, person=PersonId("CHN")))
A, B = MatchId("a"), MatchId("b")


@pytest.fixture
async def store() -> MemoryStore:
    store = MemoryStore()
    await store.open()
    return store


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(START_MS)


@pytest.fixture
def registry(store: MemoryStore, clock: ManualClock) -> Registry:
    return Registry(store, clock)


async def keep(store: MemoryStore, match_id: MatchId, table: Table) -> None:
    """Store a match that was under way."""
    await store.append(match_id, 0, [NewEvent(dumps(event)) for event in table.log])


def deciding() -> Table:
    """A match in the decision of round 1, one person seated."""
    return Table().seat(CHN).start().skip_to(Phase.DECISION)


async def started(registry: Registry, match_id: MatchId = A) -> MatchHost:
    """Create a match and open its briefing."""
    host = await registry.create(match_id, a_scenario(), "7", 1.0)
    await host.ask(c.StartMatch(), HOST)
    return host


async def ordering(registry: Registry) -> MatchHost:
    """Create a match, and come to the decision of round 1, which is 20 s long."""
    host = await registry.create(A, a_scenario(), "7", 1.0)
    await host.ask(c.TakeSeat(CHN, "Ms Chen"), CHINA)
    await host.ask(c.StartMatch(), HOST)
    while host.position.phase is not Phase.DECISION:
        await host.ask(c.SkipPhase(host.position.round, host.position.phase), HOST)
    return host


# Opening and letting go


class Held(MemoryStore):
    """A store that gives one log only when it is let, and notes which logs were asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.is_let = asyncio.Event()
        self.asked: list[MatchId] = []

    async def read(self, match_id: MatchId, after_seq: int = 0) -> list[StoredEvent]:
        """Read a log."""
        self.asked.append(match_id)
        if match_id == A:
            await self.is_let.wait()
        return await super().read(match_id, after_seq)


async def test_what_somebody_waits_for_is_opened_before_what_is_taken_over(
    clock: ManualClock,
) -> None:
    store = Held()
    await store.open()
    registry = Registry(store, clock)
    for match_id in (A, B):
        await keep(store, match_id, deciding())
    waiting = asyncio.create_task(registry.host(A))
    await asyncio.sleep(0)
    adopting = asyncio.create_task(registry.adopt([B]))
    for _ in range(10):
        await asyncio.sleep(0)
    assert store.asked == [A]
    store.is_let.set()
    await waiting
    assert [host.match_id for host in await adopting] == [B]


async def test_a_created_match_is_stored_and_open(registry: Registry, store: MemoryStore):
    host = await registry.create(A, a_scenario(), "7", 0.5)
    assert host.events == [*create_match(a_scenario(), "7", 0.5, START_MS)]
    assert len(await store.read(A)) == 1
    assert await registry.host(A) is host
    assert registry.take_stale() == {A}


async def test_a_match_that_cannot_be_stored_is_not_created(registry: Registry, store: MemoryStore):
    store.outage = StoreUnavailable("the disk is full")
    with pytest.raises(StoreUnavailable):
        await registry.create(A, a_scenario(), "7", None)
    assert registry.take_stale() == set()


async def test_a_sleeping_match_is_opened_once_for_all_who_ask(
    registry: Registry, store: MemoryStore
):
    await keep(store, A, deciding())
    first, second = await asyncio.gather(registry.host(A), registry.host(A))
    assert first is second


async def test_a_match_that_does_not_exist_is_told_to_all_who_ask(registry: Registry):
    for asked in await asyncio.gather(registry.host(A), registry.host(A), return_exceptions=True):
        assert isinstance(asked, NoSuchMatch)


async def test_whoever_stops_waiting_does_not_stop_the_opening_for_others(
    registry: Registry, store: MemoryStore
):
    await keep(store, A, deciding())
    gone, stays = (asyncio.create_task(registry.host(A)) for _ in range(2))
    await asyncio.sleep(0)
    gone.cancel()
    assert (await stays).match_id == A


async def test_an_outage_at_the_opening_is_no_lasting_harm(registry: Registry, store: MemoryStore):
    await keep(store, A, deciding())
    store.outage = StoreUnavailable("locked")
    with pytest.raises(StoreUnavailable):
        await registry.host(A)
    store.outage = None
    assert (await registry.host(A)).match_id == A


async def test_only_matches_without_listeners_and_clock_are_let_go(
    registry: Registry, clock: ManualClock
):
    lobby = ref(await registry.create(A, a_scenario(), "7", 1.0))
    timed = await started(registry, B)
    followed = await registry.create(MatchId("c"), a_scenario(), "7", 1.0)

    class Ear:
        def tell(self, first_seq: int, payloads: Sequence[str]) -> None:
            """Hear nothing."""

    followed.audience(PUBLIC).listeners.add(Ear())
    let_go(registry, clock)
    assert lobby() is None
    assert await registry.host(B) is timed
    assert await registry.host(MatchId("c")) is followed


async def test_a_match_that_is_over_is_let_go(registry: Registry, clock: ManualClock):
    host = await started(registry)
    await host.ask(c.EndMatch(), HOST)
    await registry.settle()
    ended = ref(host)
    del host
    let_go(registry, clock)
    assert ended() is None


async def test_a_match_is_let_go_after_minutes_and_not_while_it_is_asked_for(
    registry: Registry, clock: ManualClock
):
    await registry.create(A, a_scenario(), "7", 1.0)
    for is_asked_for in (True, False):
        registry.sweep()
        clock.advance(IDLE_MS - 1)
        registry.sweep()
        assert [host.match_id for host in registry.hosts] == [A]
        if is_asked_for:
            await registry.host(A)
    clock.advance(1)
    registry.sweep()
    assert registry.hosts == ()


@pytest.mark.slow
async def test_a_sweep_between_opening_and_use_makes_no_second_host(
    registry: Registry, store: MemoryStore, clock: ManualClock
):
    """Whoever waits for a match gets the host that everybody gets, however soon it is let go."""
    await keep(store, A, Table().seat(CHN))
    asked = asyncio.create_task(registry.host(A))
    while not asked.done():
        let_go(registry, clock)
        await asyncio.sleep(0)
    let_go(registry, clock)
    assert registry.hosts == ()
    assert await asked is await registry.host(A)


@pytest.mark.slow
async def test_a_match_that_somebody_holds_is_not_opened_twice(
    registry: Registry, clock: ManualClock
):
    host = await registry.create(A, a_scenario(), "7", 1.0)
    let_go(registry, clock)
    assert registry.hosts == ()
    again, also = await asyncio.gather(registry.host(A), registry.host(A))
    assert again is also is host
    await again.ask(c.StartMatch(), HOST)
    assert host.seq == (await registry.host(A)).seq


@pytest.mark.parametrize("seed", range(20))
async def test_one_host_a_match_whatever_the_order_of_asking_and_letting_go(
    registry: Registry, store: MemoryStore, clock: ManualClock, seed: int
):
    """Forty who ask, hold and drop three matches between sweeps that are always late."""
    luck = random.Random(seed)
    matches = [MatchId(name) for name in "abc"]
    for match_id in matches:
        await keep(store, match_id, Table().seat(CHN))
    held: dict[MatchId, list[MatchHost]] = {match_id: [] for match_id in matches}

    async def ask(match_id: MatchId) -> None:
        for _ in range(10):
            held[match_id].append(await registry.host(match_id))
            assert len({id(host) for host in held[match_id]}) == 1
            for _ in range(luck.randrange(4)):
                await asyncio.sleep(0)
            if luck.random() < 0.7:
                held[match_id].clear()

    asked = [asyncio.create_task(ask(luck.choice(matches))) for _ in range(40)]
    while not all(task.done() for task in asked):
        registry.sweep()
        clock.advance(luck.choice((0, IDLE_MS)))
        await asyncio.sleep(0)
    await asyncio.gather(*asked)


# The clock


async def test_a_deadline_passes_at_its_millisecond(registry: Registry, clock: ManualClock):
    host = await started(registry)
    clock.advance(59_999)
    await registry.tick()
    assert host.position.phase is Phase.BRIEFING
    clock.advance(1)
    await registry.tick()
    assert host.position.phase is Phase.NEGOTIATION


async def test_a_match_runs_to_its_end_by_the_clock_alone(registry: Registry, clock: ManualClock):
    host = await started(registry)
    for _ in range(2 + 3 * 3):
        clock.advance(60_000)
        await registry.tick()
    assert host.position.is_over
    assert not registry.has_deadlines


async def test_an_opened_match_is_driven_by_its_clock(
    registry: Registry, store: MemoryStore, clock: ManualClock
):
    await keep(store, A, deciding())
    host = await registry.host(A)
    assert registry.has_deadlines
    clock.advance(20_000)
    await registry.tick()
    assert host.position.phase is Phase.REVEAL


async def test_a_paused_match_has_no_deadline(registry: Registry, clock: ManualClock):
    host = await started(registry)
    await host.ask(c.PauseMatch(), HOST)
    assert not registry.has_deadlines
    clock.advance(10**6)
    await registry.tick()
    await host.ask(c.ResumeMatch(), HOST)
    clock.advance(59_999)
    await registry.tick()
    assert host.position.phase is Phase.BRIEFING


async def test_an_extension_in_the_last_moment_counts(registry: Registry, clock: ManualClock):
    host = await started(registry)
    clock.advance(60_000)
    extended = host.ask(c.ExtendDeadline(5_000), HOST)
    await registry.tick()
    await extended
    assert host.position.phase is Phase.BRIEFING
    clock.advance(5_000)
    await registry.tick()
    assert host.position.phase is Phase.NEGOTIATION


async def test_a_deadline_that_could_not_be_stored_is_tried_again_with_time_to_act(
    registry: Registry, clock: ManualClock, store: MemoryStore
):
    host = await started(registry)
    clock.advance(60_000)
    store.outage = StoreUnavailable("the disk is full")
    with capture_logs() as logs:
        await registry.tick()
    assert [x["event"] for x in logs] == ["append_failed", "deadline_postponed"]
    store.outage = None
    await registry.tick()
    assert host.position.phase is Phase.BRIEFING
    clock.advance(RETRY_MS)
    await registry.tick()
    await registry.settle()
    (made_up,) = moved(host.events)
    assert made_up.deadline_ms == clock.now_ms() + GRACE_MS
    clock.advance(GRACE_MS)
    await registry.tick()
    assert host.position.phase is Phase.NEGOTIATION


async def test_a_bug_in_one_match_stops_no_other_clock(
    registry: Registry, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
):
    broken, whole = await started(registry, A), await started(registry, B)

    def break_down(*asked: Any) -> Any:
        raise ZeroDivisionError

    monkeypatch.setattr(broken, "ask", break_down)
    clock.advance(60_000)
    with capture_logs() as logs:
        await registry.tick()
    assert whole.position.phase is Phase.NEGOTIATION
    assert [(x["event"], x["log_level"], x["match"]) for x in logs] == [
        ("deadline_failed", "error", "a")
    ]
    monkeypatch.undo()
    clock.advance(RETRY_MS)
    await registry.tick()
    assert broken.position.phase is Phase.NEGOTIATION


# After an outage and a stand-still


def moved(events: Sequence[Event]) -> list[DeadlineMoved]:
    """Give the deadlines that were moved."""
    return [event for event in events if isinstance(event, DeadlineMoved)]


@pytest.mark.parametrize(
    ("down_after_ms", "left_ms"), [(5_000, 15_000), (15_000, 10_000), (19_999, 10_000)]
)
async def test_an_open_deadline_gets_the_outage_back_and_time_to_come_back(
    registry: Registry,
    store: MemoryStore,
    clock: ManualClock,
    down_after_ms: int,
    left_ms: int,
):
    await keep(store, A, deciding())
    clock.advance(90_000)
    await registry.recover([A], START_MS + down_after_ms)
    host = await registry.host(A)
    (made_up,) = moved(host.events)
    assert made_up.reason is DeadlineReason.OUTAGE
    assert made_up.deadline_ms == clock.now_ms() + left_ms
    clock.advance(left_ms - 1)
    await registry.tick()
    assert host.position.phase is Phase.DECISION
    clock.advance(1)
    await registry.tick()
    assert host.position.phase is Phase.REVEAL


@pytest.mark.parametrize("down_since_ms", [None, 0, START_MS - 5_000, START_MS])
async def test_no_more_is_made_up_than_the_phase_was_open(
    registry: Registry, store: MemoryStore, clock: ManualClock, down_since_ms: int | None
):
    table = deciding()
    await keep(store, A, table)
    clock.advance(1_000)
    await registry.recover([A], down_since_ms)
    (made_up,) = moved((await registry.host(A)).events)
    assert made_up.deadline_ms == deadline_of(table) + 1_000


async def test_a_wall_clock_set_back_while_the_server_was_down_freezes_no_deadline(
    registry: Registry, store: MemoryStore, clock: ManualClock
):
    await keep(store, A, deciding())
    await registry.recover([A], START_MS + 3_600_000)
    host = await registry.host(A)
    assert clock.now_ms() == START_MS + 3_600_000
    assert [x.deadline_ms - x.at_ms for x in moved(host.events)] == [GRACE_MS]


async def test_without_unfinished_matches_the_wall_clock_is_believed(
    registry: Registry, clock: ManualClock
):
    await registry.recover([], START_MS + 3_600_000)
    assert clock.now_ms() == START_MS


async def test_what_has_no_clock_or_is_paused_is_only_opened(
    registry: Registry, store: MemoryStore, clock: ManualClock
):
    paused = deciding()
    paused.do(c.PauseMatch())
    await keep(store, A, paused)
    await keep(store, B, Table(pace=None).start())
    clock.advance(90_000)
    await registry.recover([A, B], START_MS)
    assert moved((await registry.host(A)).events) == []
    assert moved((await registry.host(B)).events) == []


# Sleeping


def left_to_sleep(registry: Registry, *tables: Table) -> list[MatchId]:
    """Let matches sleep that were stored as the tables are; return those that cannot."""
    known = {
        match: sleeper([dumps(event) for event in table.log])
        for match, table in zip((A, B), tables, strict=False)
    }
    return registry.let_sleep(known, START_MS)


async def test_nobody_opens_a_match_before_anybody_comes(registry: Registry, store: MemoryStore):
    await keep(store, A, deciding())
    assert left_to_sleep(registry, deciding()) == []
    await registry.tick()
    assert registry.hosts == ()


async def test_who_comes_to_a_sleeping_match_has_the_outage_back_but_no_more(
    registry: Registry, store: MemoryStore, clock: ManualClock
):
    table = deciding()
    await keep(store, A, table)
    clock.advance(90_000)
    left_to_sleep(registry, table)
    clock.advance(2_000)
    clock.stand_still(1_000)
    (made_up,) = moved((await registry.host(A)).events)
    assert made_up.deadline_ms == deadline_of(table) + 90_000 + 1_000


async def test_the_clock_of_a_sleeping_match_runs_and_wakes_it_in_time_to_come_back(
    registry: Registry, store: MemoryStore, clock: ManualClock
):
    table = deciding()
    await keep(store, A, table)
    clock.advance(90_000)
    left_to_sleep(registry, table)
    ends_ms = deadline_of(table) + 90_000
    clock.advance(ends_ms - GRACE_MS - 1 - clock.now_ms())
    await registry.tick()
    assert registry.hosts == ()
    clock.advance(1)
    await registry.tick()
    (host,) = registry.hosts
    assert host.position.deadline_ms == ends_ms
    clock.advance(GRACE_MS)
    await registry.tick()
    assert host.position.phase is Phase.REVEAL


async def test_a_match_without_a_running_clock_sleeps_until_somebody_comes(
    registry: Registry, store: MemoryStore, clock: ManualClock
):
    paused, untimed = deciding(), Table(pace=None).start()
    paused.do(c.PauseMatch())
    assert left_to_sleep(registry, paused, untimed) == []
    clock.advance(3_600_000)
    await registry.tick()
    assert (registry.hosts, registry.has_deadlines) == ((), False)


async def test_a_match_that_has_ended_unseen_is_opened_at_once(registry: Registry):
    over = deciding()
    over.do(c.EndMatch())
    assert left_to_sleep(registry, over, deciding()) == [A]


async def test_a_match_with_recent_news_is_opened_for_the_lists(registry: Registry):
    old, recent = deciding(), deciding()
    left_to_sleep(registry, old)
    assert registry.take_stale() == {A}
    registry.let_sleep({B: sleeper([dumps(x) for x in recent.log])}, START_MS + 3_600_000)
    assert registry.take_stale() == frozenset()


async def test_sleeping_matches_wake_a_few_at_a_time(
    registry: Registry, store: MemoryStore, clock: ManualClock
):
    table = deciding()
    many = [MatchId(f"m{number}") for number in range(MOST_WOKEN + 1)]
    for match in many:
        await keep(store, match, table)
    known = sleeper([dumps(event) for event in table.log])
    registry.let_sleep(dict.fromkeys(many, known), START_MS)
    clock.advance(3_600_000)
    await registry.tick()
    assert len(registry.hosts) == MOST_WOKEN
    await registry.tick()
    assert len(registry.hosts) == len(many)


async def test_a_damaged_match_that_sleeps_is_set_aside_when_its_time_comes(
    registry: Registry, store: MemoryStore, clock: ManualClock
):
    await store.append(A, 0, [NewEvent("no event")])
    left_to_sleep(registry, deciding())
    clock.advance(3_600_000)
    with capture_logs() as logs:
        await registry.tick()
        clock.advance(RETRY_MS)
        await registry.tick()
    assert [entry["event"] for entry in logs] == ["match_damaged"]
    assert registry.damage_of(A) is not None


@pytest.mark.parametrize(
    ("before_ms", "lost_ms", "left_ms"),
    [(5_000, 3_000, 15_000), (5_000, 600_000, 15_000), (19_999, 3_000, 10_000)],
)
async def test_a_stand_still_is_given_back_before_any_deadline(
    registry: Registry, clock: ManualClock, before_ms: int, lost_ms: int, left_ms: int
):
    """Whoever orders right after it is in time, and there are ten seconds to come back in."""
    host = await ordering(registry)
    clock.advance(before_ms)
    clock.stand_still(lost_ms)
    order = host.ask(c.SaveOrder(1, {"strait": C}), CHINA)
    await registry.tick()
    await order
    (made_up,) = moved(host.events)
    assert made_up.reason is DeadlineReason.OUTAGE
    assert made_up.deadline_ms == clock.now_ms() + left_ms
    clock.advance(left_ms - 1)
    await registry.tick()
    assert host.position.phase is Phase.DECISION
    clock.advance(1)
    await registry.tick()
    assert host.position.history[0].results[0].sources[CHN] is OrderSource.ORDERED


async def test_a_stand_still_is_told_though_nobody_sends_anything(
    registry: Registry, clock: ManualClock
):
    host = await ordering(registry)
    clock.stand_still(3_000)
    await registry.tick()
    await registry.settle()
    assert len(moved(host.events)) == 1
    await registry.tick()
    await registry.settle()
    assert len(moved(host.events)) == 1, "it is made up once"


async def test_a_pause_right_after_a_stand_still_keeps_the_time_that_was_left(
    registry: Registry, clock: ManualClock
):
    host = await ordering(registry)
    clock.advance(5_000)
    clock.stand_still(60_000)
    await host.ask(c.PauseMatch(), HOST)
    clock.stand_still(60_000)
    await host.ask(c.ResumeMatch(), HOST)
    assert len(moved(host.events)) == 1, "no time was lost during the pause"
    assert host.position.deadline_ms == clock.now_ms() + 15_000


async def test_time_in_which_nothing_could_be_stored_is_given_back(
    registry: Registry, clock: ManualClock, store: MemoryStore
):
    host = await ordering(registry)
    clock.advance(5_000)
    store.outage = StoreUnavailable("the disk is full")
    with pytest.raises(TryAgain):
        await host.ask(c.SaveOrder(1, {"strait": C}), CHINA)
    clock.advance(60_000)
    store.outage = None
    await host.ask(c.SaveOrder(1, {"strait": C}), CHINA)
    assert host.position.deadline_ms == clock.now_ms() + 15_000


async def test_a_step_of_the_wall_clock_is_followed_only_without_open_deadlines(
    registry: Registry, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
):
    followed: list[int] = []
    monkeypatch.setattr(clock, "follow_wall", lambda: followed.append(clock.now_ms()))
    host = await started(registry)
    registry.follow_wall()
    assert followed == []
    await host.ask(c.PauseMatch(), HOST)
    resumed = host.ask(c.ResumeMatch(), HOST)
    registry.follow_wall()
    assert followed == []
    await resumed
    await host.ask(c.EndMatch(), HOST)
    await registry.settle()
    registry.follow_wall()
    assert len(followed) == 1


async def test_a_match_without_a_log_does_not_stop_the_others(
    registry: Registry, store: MemoryStore, clock: ManualClock
):
    await keep(store, B, deciding())
    clock.advance(1_000)
    with capture_logs() as logs:
        await registry.recover([A, B], START_MS)
    assert [x["event"] for x in logs] == ["match_without_log", "outage_made_up"]


async def test_bots_that_end_the_match_meanwhile_do_not_stop_the_start(
    registry: Registry, store: MemoryStore, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
):
    """The last orders of bots are asked for at the opening, before time is given back."""
    append = store.append

    async def append_slowly(*asked: Any) -> int:
        for _ in range(20):
            await asyncio.sleep(0)
        return await append(*asked)

    monkeypatch.setattr(store, "append", append_slowly)
    last = Table(a_scenario(rounds=1)).bots(CHN, JPN, PHL)
    last.start()
    await keep(store, A, last)
    await keep(store, B, deciding())
    clock.advance(1_000)
    await registry.recover([A, B], START_MS)
    await registry.settle()
    assert (await registry.host(A)).position.is_over
    assert len(moved((await registry.host(B)).events)) == 1


async def test_a_log_that_cannot_be_read_does_not_stop_the_others(
    registry: Registry, store: MemoryStore, clock: ManualClock
):
    await store.append(A, 0, [NewEvent('{"type":"of another version"}')])
    await keep(store, B, deciding())
    clock.advance(1_000)
    with capture_logs() as logs:
        await registry.recover([A, B], START_MS)
    assert [x["event"] for x in logs] == ["match_damaged", "outage_made_up"]


async def test_an_outage_of_the_store_stops_the_start(registry: Registry, store: MemoryStore):
    await keep(store, A, deciding())
    store.outage = StoreUnavailable("locked")
    with pytest.raises(StoreUnavailable):
        await registry.recover([A], START_MS)


async def test_bots_that_owe_orders_are_asked_again(registry: Registry, store: MemoryStore):
    table = deciding().bots(JPN)
    await keep(store, A, table)
    host = await registry.host(A)
    await registry.settle()
    assert JPN in host.position.orders
    seq = host.seq
    registry.wake()
    await registry.settle()
    assert host.seq == seq


async def test_what_a_list_shows_is_noted_when_it_changes(registry: Registry):
    host = await registry.create(A, a_scenario(), "7", 1.0)
    registry.take_stale()
    await host.ask(c.Say((), "Hello", None), HOST)
    assert registry.take_stale() == set()
    await host.ask(c.SeatBot(CHN, "grudger"), HOST)
    assert registry.take_stale() == {A}
