"""What holds for a person holds at every server: presence, removals, limits, the class."""

import asyncio

import httpx
import pytest

from server.access.limits import TokenBuckets
from server.guests.play import TooManyGuests
from server.store.event_store import MatchId
from server.wire.frames import CloseCode
from tests.server.running import without_waiting
from tests.server.seminar_scenes import bearer
from tests.server.test_two_servers import Server, begin, seen, sit, two, url

__all__ = ["two", "url"]
pytestmark = pytest.mark.slow(measured=True)

Two = tuple[Server, Server]
WRONG = "ZZZZZ"


async def know_each_other(servers: Two) -> None:
    """Let both find out that there are two."""
    for server in servers:
        await server.beat()


async def test_who_hangs_up_at_one_is_away_for_all(two: Two) -> None:
    a, b = two
    made = await begin(a)
    match = MatchId(made["match"])
    here, beyond = await sit(a, made["code"], "Ann", "CHN"), await sit(b, made["code"], "Bo", "JPN")
    present = a.services.presences
    assert len(present.people(match)) == 2
    await beyond.close()
    async with asyncio.timeout(5):
        while len(present.people(match)) == 2:  # noqa: ASYNC110 (the other server tells it)
            await asyncio.sleep(0.01)
    present.announce()
    await seen(here, '"seats":["CHN"]')
    await here.close()


async def test_who_is_removed_through_one_is_refused_by_both_at_once(two: Two) -> None:
    a, b = two
    made = await begin(a)
    joined = await a.done("/api/join", code=made["code"], name="Ann")
    asked = {"path": f"/api/matches/{made['match']}/advice", "token": joined["token"]}
    for server in two:  # now both know the token
        assert (await ask(server, **asked)).status_code not in (401, 403)
    wires = [await server.line.join(joined["token"]) for server in two]
    lead = await b.line.join(made["token"])
    removal = {"type": "remove_person", "person": joined["person"]}
    assert (await lead.do(removal, "remove"))["type"] == "ack"
    for wire in wires:
        assert (await wire.closed())[0] == CloseCode.SIGN_IN
    await a.services.housekeeping.removals.withdraw()
    for server in two:
        assert (await ask(server, **asked)).status_code in (401, 403)
        wire = await server.line.socket()
        await wire.send({"type": "hello", "protocol": 1, "token": joined["token"]})
        assert (await wire.closed())[0] == CloseCode.SIGN_IN
    await lead.close()


async def ask(server: Server, path: str, token: str) -> httpx.Response:
    """Ask for a page of a match."""
    return await server.client.get(path, headers=bearer(token))


async def test_a_class_that_is_dealt_at_both_at_once_is_dealt_once(two: Two) -> None:
    a, b = two
    led = await a.seminar(scenario="chicken", pairing="fixed")
    for name, server in zip("ABCD", (a, b, a, b), strict=True):
        await server.done("/api/join", code=led.code, name=name)
    await asyncio.gather(*(server.post(f"{led.path}/deal", led.token) for server in two))
    roster = await led.roster()
    assert len(roster.matches) == 2
    placed = [str(member.match) for member in roster.people]
    assert sorted(placed) == sorted(2 * list(roster.match_ids))


async def test_who_waits_and_the_wall_see_at_one_what_happens_at_the_other(two: Two) -> None:
    a, b = two
    led = await a.seminar(scenario="chicken", pairing="fixed")
    first = (await led.come("Amna"))[0]
    waiting = await b.line.socket("/api/seminars/live")
    await waiting.send({"type": "hello", "protocol": 1, "token": first["seminar"]["token"]})
    await seen(waiting, '"waiting"')
    wall = await b.done(f"{led.path}/wall", led.token)
    screen = await b.line.socket("/api/seminars/live")
    await screen.send({"type": "hello", "protocol": 1, "token": wall["token"]})
    await b.done("/api/join", code=led.code, name="Bashir")
    await b.done(f"{led.path}/deal", led.token)
    await seen(waiting, '"placed"')
    await seen(screen, "Bashir")
    for wire in (waiting, screen):
        await wire.close()


async def test_wrong_codes_are_counted_over_all_servers(two: Two) -> None:
    await know_each_other(two)
    waits = [without_waiting(server.services) for server in two]
    for server in two:
        server.services.failed_tries.buckets = TokenBuckets(server.clock, 10 / 60, 20)
    for server in 10 * two:
        assert (await server.post("/api/join", code=WRONG, name="Ann")).status_code == 404
    assert waits == [[], []]
    for server in two:
        await server.post("/api/join", code=WRONG, name="Ann")
    assert [len(each) for each in waits] == [1, 1]


async def test_matches_of_guests_are_counted_over_all_servers(two: Two) -> None:
    await know_each_other(two)
    for number in range(30):
        await two[number % 2].services.guests.require_room("192.0.2.7", "phone")
    for server in two:
        with pytest.raises(TooManyGuests, match="within an hour"):
            await server.services.guests.require_room("192.0.2.7", "phone")


async def test_who_comes_is_counted_where_the_room_is_played(two: Two) -> None:
    a, _ = two
    led = await a.seminar(scenario="chicken", pairing="fixed")
    await led.come("Amna")
    made = await begin(a)
    for server in two:
        await server.done("/api/join", code=made["code"], name=server.line.authority)
        await server.done("/api/join", code=led.code, name=server.line.authority)
    assert [len(list(server.services.joins.buckets)) for server in two] == [2, 0]


async def test_who_sends_through_both_has_one_limit(two: Two) -> None:
    a, b = two
    made = await begin(a)
    here, beyond = [await server.line.join(made["token"]) for server in (a, b)]
    most = a.services.settings.message_burst
    for _ in range(most // 2):
        await here.send({"type": "ping", "sent_ms": 1})
        await here.until("pong")
    for _ in range(most // 2):
        await beyond.send({"type": "ping", "sent_ms": 1})
    code, reason = await beyond.closed()
    assert code == CloseCode.POLICY, reason
    await here.close()
