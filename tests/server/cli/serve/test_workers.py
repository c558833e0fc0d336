"""`detente serve --workers N`: several servers behind one port, on PostgreSQL alone."""

import asyncio
import multiprocessing
import os
import signal
import time
from itertools import chain, repeat
from multiprocessing.process import BaseProcess

import psycopg
import pytest

from server.cli.serve import workers
from server.settings import Settings
from tests.live_server import Line, ServerProcess
from tests.postgres import Postgres
from tests.server.cli.conftest import Run


def test_a_file_has_one_worker(detente: Run) -> None:
    ran = detente("serve", "--workers", "3", "--port", "0")
    assert (ran.code, ran.err.count("\n")) == (2, 1)
    assert "--workers 3: a file has one server, which writes it alone; give --database" in ran.err


@pytest.mark.parametrize(("given", "host"), [(None, "127.0.0.1"), ("127.0.0.2:0", "127.0.0.2")])
def test_a_worker_is_reached_at_a_port_of_its_own_and_believes_the_others(
    given: str | None, host: str
) -> None:
    settings = Settings(port=8000, peer_address=given, trusted_proxies=("10.0.0.7",))
    with workers.inner_door(settings) as door:
        reached = workers.reached_at(settings, door)
        assert reached.peer == f"{host}:{door.getsockname()[1]}"
    assert reached.trusted_proxies == ("10.0.0.7", host)


def test_a_worker_that_fails_is_replaced_and_one_that_was_stopped_is_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(workers, "AGAIN_S", 0.01)
    context = multiprocessing.get_context("fork")
    kinds = chain([(os._exit, 1), (os._exit, 0)], repeat((time.sleep, 60)))
    made: list[BaseProcess] = []

    def make() -> BaseProcess:
        target, value = next(kinds)
        made.append(context.Process(target=target, args=(value,)))
        return made[-1]

    with workers.kept(make, 2):
        while len(made) < 3 or made[2].pid is None or made[1].exitcode is None:
            time.sleep(0.01)
        time.sleep(0.1)  # so long it looks several times
    assert [one.exitcode for one in made] == [1, 0, -signal.SIGTERM]


def there(url: str) -> int:
    """Count the servers that are there."""
    query = "SELECT count(*) FROM servers WHERE expires_ms > extract(epoch FROM now()) * 1000"
    with psycopg.connect(url) as connection:
        ((count,),) = connection.execute(query).fetchall()
    return count


async def has(url: str, servers: int) -> None:
    """Wait until so many servers are there."""
    async with asyncio.timeout(30):
        while await asyncio.to_thread(there, url) != servers:  # noqa: ASYNC110 (another process)
            await asyncio.sleep(0.1)


@pytest.mark.slow
async def test_two_workers_are_two_servers_behind_one_port(
    postgres: Postgres, tmp_path_factory: pytest.TempPathFactory
) -> None:
    url = postgres.fresh()
    server = ServerProcess(
        tmp_path_factory.mktemp("workers"), database=url, options=("--workers", "2")
    )
    async with server:
        await has(url, 2)
        wanted = {"scenario": "chicken", "pace": None}
        made = await server.post("/api/matches", wanted, await server.host_token())
        lines = [Line(server, made["token"]) for _ in range(5)]
        for line in lines:
            await line.open()
        assert (await lines[0].do({"type": "say", "room": [], "text": "to all"}))["type"] == "ack"
        for line in lines[1:]:
            await line.until("to all")
        for line in lines:
            await line.close()
        server.child.send_signal(signal.SIGTERM)
        assert await server.child.wait() == 0
    assert there(url) == 0
