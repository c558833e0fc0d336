"""Two hosts of one match, as two servers have them: nothing is refused from an old position."""

from collections.abc import AsyncGenerator, Iterator
from itertools import cycle

import pytest

from game_rules.errors import RuleViolation
from game_rules.log.evolve import fold
from game_rules.match import commands as c
from game_rules.match.decide import create_match
from game_rules.records.codec import dumps
from game_rules.roles import THE_FACILITATOR, Actor, PersonId, Role
from server.database import store_for
from server.hosting.match_host import MatchHost
from server.hosting.requests import Sender
from server.store.event_store import EventStore, MatchId, NewEvent
from tests.fakes import ManualClock, MemoryStore
from tests.game_rules.scenes import CHN, JPN, PHL, QUICK, a_scenario
from tests.postgres import Postgres

MATCH = MatchId("match")
HOST = Sender("facilitator", THE_FACILITATOR)
SEATS = {"ann": CHN, "bob": JPN, "cem": PHL}


def person(name: str) -> Sender:
    return Sender(f"person:{name}", Actor(Role.PLAYER, person=PersonId(name)))


class SharedMemory(MemoryStore):
    """A store to which another server writes."""

    is_shared = True


@pytest.fixture(params=["memory", "postgresql"])
async def stores(request: pytest.FixtureRequest) -> AsyncGenerator[tuple[EventStore, EventStore]]:
    """Give the stores of two servers, which hold the same."""
    if request.param == "memory":
        memory = SharedMemory()
        stores: tuple[EventStore, EventStore] = memory, memory
    else:
        postgres: Postgres = request.getfixturevalue("postgres")
        url = postgres.fresh()
        stores = store_for(url), store_for(url)
    for store in stores:
        await store.open()
    yield stores
    for store in stores:
        await store.close()


@pytest.fixture
async def hosts(stores: tuple[EventStore, EventStore]) -> tuple[MatchHost, MatchHost]:
    """Open a match of twenty rounds at both."""
    events = create_match(a_scenario(rounds=20, seconds=QUICK), "7", None, 0)
    await stores[0].append(MATCH, 0, [NewEvent(dumps(event)) for event in events])
    a, b = (MatchHost(MATCH, store, ManualClock()) for store in stores)
    await a.open()
    await b.open()
    return a, b


def in_turn(hosts: tuple[MatchHost, MatchHost]) -> Iterator[MatchHost]:
    """Give the hosts one after the other, so that each has an old position when it is asked."""
    return cycle(hosts)


@pytest.mark.slow(measured=True)
async def test_a_match_is_played_by_turns_at_two_servers_without_a_refusal(
    hosts: tuple[MatchHost, MatchHost],
) -> None:
    turn = in_turn(hosts)
    for name, seat in SEATS.items():
        await next(turn).ask(c.TakeSeat(seat, name), person(name))
    await next(turn).ask(c.StartMatch(), HOST)
    commands = 4
    position = fold(hosts[1].events)
    while not position.is_over:
        for name in SEATS:
            host = next(turn)
            ready = c.SetReady(position.round, position.phase, True)
            await host.ask(ready, person(name), str(commands))
            commands += 1
        position = fold(host.events)
    assert commands > 60
    for host in hosts:  # whoever heard the last of it late is right at the next command
        with pytest.raises(RuleViolation):
            await host.ask(c.StartMatch(), HOST)
        assert fold(host.events) == position == host.position
    assert hosts[0].events == hosts[1].events


async def test_a_repeat_at_the_other_server_gets_the_first_answer(
    hosts: tuple[MatchHost, MatchHost],
) -> None:
    first = await hosts[0].ask(c.TakeSeat(CHN, "Ann"), person("ann"), "c1")
    assert await hosts[1].ask(c.TakeSeat(CHN, "Ann"), person("ann"), "c1") == first
    assert len(hosts[1].events) == first


async def test_where_nobody_else_writes_a_refusal_reads_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    alone = MemoryStore()
    await alone.open()
    events = create_match(a_scenario(), "7", None, 0)
    await alone.append(MATCH, 0, [NewEvent(dumps(event)) for event in events])
    host = MatchHost(MATCH, alone, ManualClock())
    await host.open()
    monkeypatch.setattr(alone, "read", None)
    with pytest.raises(RuleViolation):
        await host.ask(c.SetReady(3, host.position.phase, True), person("ann"))
