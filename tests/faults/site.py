"""Servers on one database, the ways to them, and what can happen to them under a crowd."""

import contextlib
import random
import signal
import time
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from pathlib import Path

import psycopg

from tests.faults.crowd import NO_LIMIT, REST_S, Crowd, sea
from tests.faults.link import Link
from tests.live_server import HOST, Reached, ServerProcess, free_port

LAPSE_S = 2.0
"""How long a lease lasts without a word."""
LATE_S = 0.05


class Site:
    """One server or more, each behind a link, which the other servers use too.

    took_s: how long it took, after each fault, until somebody in a match was answered again.
    """

    def __init__(
        self, servers: list[ServerProcess], links: list[Link], luck: random.Random
    ) -> None:
        self.servers, self._links, self._luck = servers, links, luck
        self.took_s: dict[str, list[float]] = {}

    @property
    def doors(self) -> list[Reached]:
        """The ways in, one at each server in turn, with its link and without."""
        pairs = zip(self.servers, self._links, strict=True)
        ways = [pair[:: -1 if number % 2 else 1] for number, pair in enumerate(pairs)]
        return [way[n] for n in range(2) for way in ways]

    async def suffer(self, fault: str, crowd: Crowd, rest_s: float = REST_S) -> None:
        """Let something happen to one of the servers while people act; then let all end well.

        rest_s: how long that may take.
        """
        await crowd.act(self._luck.uniform(0.3, 0.8))
        server = self._luck.choice([x for x in self.servers if self._played_by(x)] or self.servers)
        played = self._played_by(server)
        began_ns = time.monotonic_ns()
        await FAULTS[fault](self, server, crowd)
        await crowd.act(0.3)
        await crowd.rest(rest_s)
        for game in crowd.games:
            answered = game.history.first_answer_ns(began_ns) if game.match in played else None
            if answered is not None:  # after a short stop, what was sent before it is answered
                self.took_s.setdefault(fault, []).append((answered - began_ns) / 1e9)

    def _played_by(self, server: ServerProcess) -> set[str]:
        """Name the matches that a server plays, if others could take them over."""
        if len(self.servers) == 1:
            return set()
        query = "SELECT room FROM leases JOIN servers ON servers.id = owner WHERE address = %s"
        link = self._links[self.servers.index(server)]
        with psycopg.connect(server.database) as connection:
            rows = connection.execute(query, (f"{HOST}:{link.port}",))
            return {room for (room,) in rows}

    async def _kill(self, server: ServerProcess, crowd: Crowd) -> None:
        await server.kill()
        if len(self.servers) > 1:
            await crowd.act(LAPSE_S + self._luck.uniform(0, 1.5))
        await server.start()

    async def _stop(self, server: ServerProcess, crowd: Crowd) -> None:
        server.child.send_signal(signal.SIGSTOP)
        await crowd.act(LAPSE_S + self._luck.uniform(-0.5, 2))
        server.child.send_signal(signal.SIGCONT)
        await crowd.act(0.5)

    async def _deploy(self, server: ServerProcess, crowd: Crowd) -> None:
        await server.stop()
        await crowd.act(0.3)
        await server.start()

    async def _cut(self, server: ServerProcess, crowd: Crowd) -> None:
        link = self._links[self.servers.index(server)]
        link.late_s = LATE_S
        await crowd.act(0.5)
        await link.cut()
        await crowd.act(0.3)
        link.late_s, link.is_mute = 0.0, True
        await crowd.act(0.5)
        link.is_mute = False
        await link.cut()


FAULTS: Mapping[str, Callable[[Site, ServerProcess, Crowd], Awaitable[None]]] = {
    "kill": Site._kill,
    "stop": Site._stop,
    "deploy": Site._deploy,
    "cut": Site._cut,
}


@contextlib.asynccontextmanager
async def running_site(
    folder: Path, database: str | None, servers: int, module: str = "server.cli"
) -> AsyncGenerator[Site]:
    """Run servers on one database. database: its URL; None: a file, which has one server.

    module: the program that is run.
    """
    luck, offered = random.Random(7), sea(folder)
    async with contextlib.AsyncExitStack() as stack:
        running, links = [], []
        for _ in range(servers):
            port = free_port()
            link = await stack.enter_async_context(Link(port, luck))
            reached = {**NO_LIMIT, "DETENTE_PEER_ADDRESS": f"{HOST}:{link.port}"}
            server = ServerProcess(folder, offered, reached, module, database, port=port)
            running.append(await stack.enter_async_context(server))
            links.append(link)
        yield Site(running, links, luck)
