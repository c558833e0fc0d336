"""docker-compose.yml as processes: people who know the proxy alone play on, whichever ends."""

import asyncio
import json
import signal
from collections.abc import AsyncGenerator
from pathlib import Path
from typing import Any
from urllib.error import HTTPError

import httpx
import psycopg
import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.typing import Origin

from server.wire.frames import CloseCode
from tests.live_server import HOST, Line, Reached
from tests.load.rooms import NO_LIMIT, SCENARIOS
from tests.topology import CLUSTER, CONTESTS, Server, Topology, running_topology

pytestmark = pytest.mark.slow

ESTABLISHED = "01"
ROUNDS = 15
"""How many are played while a server ends."""
PATIENCE_S = 30
PAUSE_S = 0.05


@pytest.fixture(scope="module")
async def topology() -> AsyncGenerator[Topology]:
    offered = {"DETENTE_SCENARIO_FOLDER": str(SCENARIOS), **NO_LIMIT}
    async with running_topology(CONTESTS, settings=offered, more=CLUSTER) as running:
        yield running


def connected(server: Server) -> int:
    """Count the connections to a server, whoever has them."""
    rows = [row.split() for row in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    here = f":{server.port:04X}"
    return sum(1 for row in rows if row[1].endswith(here) and row[3] == ESTABLISHED)


async def settled(owner: Server, other: Server) -> tuple[int, int]:
    """Wait until two people are connected, and count the connections to their two servers."""
    while (count := (connected(owner), connected(other))) not in ((2, 0), (2, 1), (2, 2)):  # noqa: ASYNC110
        await asyncio.sleep(0.02)
    return count


class Player:
    """One person with a seat, who connects again as our client does, and notes how it was cut."""

    def __init__(self, proxy: Reached, token: str, seat: str, room: str = "") -> None:
        self.line, self.seat = Line(proxy, token, room), seat
        self.cuts: list[int | None] = []
        self.acked: list[int] = []
        self._is_open = False

    async def do(self, command: dict[str, Any], command_id: str) -> None:
        """Ask until it is acknowledged, over one connection after another."""
        async with asyncio.timeout(PATIENCE_S):
            while not await self._is_acked(command, command_id):  # noqa: ASYNC110
                await asyncio.sleep(0.02)

    async def order(self, number: int) -> None:
        """Choose in a round, and be ready."""
        order = {"round": number, "actions": {"dilemma": "C"}, "is_ready": True}
        await self.do({"type": "save_order", **order}, f"{self.seat}-{number}")
        self.acked.append(number)

    async def _is_acked(self, command: dict[str, Any], command_id: str) -> bool:
        try:
            if not self._is_open:
                await self.line.open()
                self._is_open = True
            await self.line.send(command, command_id)
            while True:
                frame = await self.line.frame()
                if frame["type"] in ("ack", "refused") and frame["id"] == command_id:
                    assert frame["type"] == "ack" or frame["code"] == "try_again", frame
                    return frame["type"] == "ack"
        except ConnectionClosed as cut:
            self.cuts.append(cut.rcvd.code if cut.rcvd else None)
            self._is_open = False
            return False


class Table:
    """Two people at a table, who know the proxy alone."""

    def __init__(self, topology: Topology, match: dict[str, str], players: list[Player]) -> None:
        self.match, self.players, self.round = match, players, 0
        self._topology = topology

    @classmethod
    async def begin(cls, topology: Topology, *, is_named: bool = False) -> "Table":
        """Sit down, and come to the first decision. is_named: whether addresses name the room."""
        proxy = topology.proxy
        secret = {"secret": topology.servers[0].secret}
        token = (await proxy.post("/api/host", secret))["token"]
        wanted = {"scenario": "rooms", "pace": 1, "seed": "7"}
        match = await proxy.post("/api/matches", wanted, token)
        players, room = [], match["match"] if is_named else ""
        for seat in ("ROW", "COLUMN"):
            joined = await proxy.post("/api/join", {"code": match["code"], "name": seat})
            players.append(Player(proxy, joined["token"], seat, room))
            await players[-1].do({"type": "take_seat", "seat": seat, "name": seat}, f"sit-{seat}")
        lead = Player(proxy, match["token"], "lead", room)
        await lead.do({"type": "start_match"}, "start")
        await lead.line.close()
        return cls(topology, match, players)

    async def part(self, owner: Server, other: Server) -> None:
        """Connect one of them again until the two are at different servers."""
        async with asyncio.timeout(PATIENCE_S):
            # Of the owner's two connections, one is the other's.
            while await settled(owner, other) != (2, 1):
                await self.players[0].line.close()
                await self.players[0].line.open()

    async def play(self, rounds: int = ROUNDS) -> None:
        """Play some rounds."""
        for _ in range(rounds):
            self.round += 1
            await asyncio.gather(*(player.order(self.round) for player in self.players))

    async def play_until(self, is_over: asyncio.Event) -> None:
        """Play as people do, with pauses."""
        while not is_over.is_set():
            await self.play(1)
            await asyncio.sleep(PAUSE_S)

    async def sees(self, owner: Server) -> None:
        """Wait until both have been answered by an owner, since it is one."""
        before = self.round
        async with asyncio.timeout(PATIENCE_S):
            while self.owner() is not owner or self.round < before + 5:  # noqa: ASYNC110
                await asyncio.sleep(0.02)

    def owner(self) -> Server:
        """Find the server that plays it."""
        query = "SELECT address FROM leases JOIN servers ON servers.id = owner WHERE room = %s"
        with psycopg.connect(self._topology.postgres.url("detente")) as connection:
            ((address,),) = connection.execute(query, (self.match["match"],))
        return next(x for x in self._topology.servers if address == f"{HOST}:{x.port}")

    def stored(self) -> list[tuple[int, str]]:
        """Read which orders are in the log, by round and seat."""
        query = "SELECT payload FROM events WHERE match_id = %s ORDER BY seq"
        with psycopg.connect(self._topology.postgres.url("detente")) as connection:
            rows = connection.execute(query, (self.match["match"],))
            events = [json.loads(text) for (text,) in rows]
        return [(x["round"], x["seat"]) for x in events if x["type"] == "order_saved"]

    async def close(self) -> None:
        """Hang up."""
        for player in self.players:
            await player.line.close()


async def ask_on(proxy: Reached, code: str, is_over: asyncio.Event) -> list[int]:
    """Ask for pages and for the match, one request after another; give the statuses."""
    statuses = []
    while not is_over.is_set():
        for ask in (proxy.get("/api/play"), proxy.post("/api/find", {"code": code})):
            try:
                await ask
            except HTTPError as refused:
                statuses.append(refused.code)
            else:
                statuses.append(200)
    return statuses


async def test_the_proxy_shows_servers_the_page_and_believes_nobody_from_outside(
    topology: Topology,
) -> None:
    table = await Table.begin(topology)
    live = f"{topology.proxy.url.replace('http', 'ws')}/api/live"
    await (await connect(live, origin=Origin(topology.proxy.url))).close()
    with pytest.raises(InvalidStatus) as refused:
        await connect(live, origin=Origin("https://elsewhere.example"))
    assert refused.value.response.status_code == 403

    async with httpx.AsyncClient(base_url=topology.proxy.url) as stranger:
        said = {"x-detente-passed-on": "1"}  # whoever says so is not passed on to the owner
        for _ in topology.servers * 2:
            found = await stranger.post(
                "/api/find", json={"code": table.match["code"]}, headers=said
            )
            assert found.status_code == 200, found.text
    await table.close()


async def test_all_of_a_room_are_sent_to_the_server_that_plays_it(topology: Topology) -> None:
    owners: set[int] = set()
    async with asyncio.timeout(PATIENCE_S):
        while len(owners) < len(topology.servers):
            table = await Table.begin(topology, is_named=True)
            owner = table.owner()
            (other,) = (server for server in topology.servers if server is not owner)
            assert await settled(owner, other) == (2, 0)
            await table.close()
            owners.add(owner.port)


async def test_a_tournament_is_played_by_the_worker(topology: Topology) -> None:
    from distributed import Client

    proxy = topology.proxy
    token = (await proxy.post("/api/host", {"secret": topology.servers[0].secret}))["token"]
    entrants = {"entrants": ["tit_for_tat", "random"], "turns": 10, "seed": "7"}
    scheduler = f"tcp://{topology.place('scheduler', '8786')}"
    async with asyncio.timeout(PATIENCE_S), Client(scheduler, asynchronous=True) as client:

        async def done() -> int:
            return await client.run_on_scheduler(
                lambda dask_scheduler: len(dask_scheduler.transition_log)
            )

        before = await done()
        card = await proxy.post("/api/tournaments", entrants, token)
        while card["progress"] == "running":
            await asyncio.sleep(0.05)
            card = (await proxy.get(f"/api/tournaments/{card['id']}"))["card"]
        assert card["progress"] == "finished"
        assert await done() > before


async def test_people_at_two_servers_play_on_whichever_ends(topology: Topology) -> None:
    table = await Table.begin(topology)
    await table.play()
    owner = table.owner()
    (other,) = (server for server in topology.servers if server is not owner)
    await table.part(owner, other)

    playing = asyncio.create_task(table.play())
    await owner.kill()
    await playing
    assert [len(player.cuts) for player in table.players] == [1, 1]
    assert table.owner() is other
    await owner.start()

    for player in table.players:
        player.cuts.clear()
    is_over = asyncio.Event()
    asking = asyncio.create_task(ask_on(topology.proxy, table.match["code"], is_over))
    playing = asyncio.create_task(table.play_until(is_over))
    other.child.send_signal(signal.SIGTERM)
    assert await other.child.wait() == 0
    await table.sees(owner)
    is_over.set()
    await playing
    assert {200} <= {*await asking} <= {200, 503}  # 503: "try again", and no other way to fail
    assert [player.cuts for player in table.players] == [[CloseCode.RESTART]] * 2
    assert table.owner() is owner
    orders = [(number, x.seat) for x in table.players for number in x.acked]
    assert sorted(table.stored()) == sorted(orders)
    await table.close()
