"""The services of docker-compose.yml as processes on loopback, where there are no containers.

    python -m tests.topology [--contests] [--minutes 60]

PostgreSQL and the proxy are those of Debian's packages `postgresql` and `caddy`. Settings,
commands, order and health checks are those of docker-compose.yml. Only places differ: a service
listens at a free port of this machine. Everything ends after the minutes, or with Ctrl-C.
"""

import argparse
import asyncio
import contextlib
import dataclasses
import os
import re
import secrets
import shutil
import sys
import urllib.error
import urllib.request
from collections.abc import AsyncGenerator, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

import pytest

from tests.compose import Service, networks, services
from tests.live_server import HOST, Reached, ServerProcess, free_port
from tests.postgres import LONGEST_S, Postgres, folder_for_postgres, programs, require_postgres

REQUIRED = "DETENTE_PROXY_TESTS"
"""Set by continuous integration, which installs the proxy: its tests must not be skipped there."""
READY_WITHIN_S = 30
ENDED_WITHIN_S = 10
CONTESTS = "contests"
CLUSTER = MappingProxyType({"DETENTE_TOURNAMENT_ENGINE": "dask://scheduler:8786"})
"""What an operator sets to have tournaments played by the services of that profile."""
NOTHING: Mapping[str, str] = MappingProxyType({})
_OWN = re.compile(r"(?<=127\.0\.0\.1:)\d+|(?<=127\.0\.0\.1', )\d+|^\d{4,5}$")
"""A port of a service's own, in its commands."""


def require_proxy() -> str:
    """Skip a test, with the reason, where there is no Caddy; else give its program."""
    found = shutil.which("caddy")
    if found is None:
        assert REQUIRED not in os.environ, "no proxy here; install caddy"
        pytest.skip("no proxy here: apt-get install caddy")
    return found


class Places:
    """Where services listen on this machine, in place of NAME:PORT of the file."""

    def __init__(self, names: Iterator[str]) -> None:
        self._ports: dict[tuple[str, str], int] = {}
        self._place = re.compile(rf"\b({'|'.join(names)}):(\d+)\b")

    def port(self, name: str, port: str) -> int:
        """Give the port here of a service's port there."""
        return self._ports.setdefault((name, port), free_port())

    def put(self, text: str) -> str:
        """Write a setting with the places of this machine."""
        for network in networks():
            text = text.replace(network, HOST)
        return self._place.sub(lambda at: f"{HOST}:{self.port(at[1], at[2])}", text)

    def put_own(self, service: Service, text: str) -> str:
        """Write a part of a service's command, in which its own files and ports stand, too."""
        text = service.files.get(text, text)
        return self.put(_OWN.sub(lambda at: str(self.port(service.name, at[0])), text))


class Server(ServerProcess):
    """A server as a service of the file describes it."""

    def __init__(self, service: Service, port: int, environment: Mapping[str, str]) -> None:
        self.port, self.secret, self._module = port, "", "server.cli"
        self.database = environment["DETENTE_DATABASE"]
        rest = {name: x for name, x in os.environ.items() if not name.startswith("DETENTE_")}
        here = {"DETENTE_HOST": HOST, "DETENTE_PORT": str(port)}
        self._environment = {**rest, **environment, **here}
        self._arguments = list(service.command)


class Proxy(Reached):
    """The proxy, through which people reach any server."""

    def __init__(self) -> None:
        self.port = free_port()


class Topology:
    """All services, as processes.

    settings: what an operator adds to those of the servers. more: the same, of the whole file.
    """

    def __init__(self, folder: Path, settings: Mapping[str, str], more: Mapping[str, str]) -> None:
        self.proxy, self._folder, self._settings = Proxy(), folder, settings
        given = {"POSTGRES_PASSWORD": secrets.token_hex(8), "DETENTE_PUBLIC_URL": self.proxy.url}
        self._services = services({**given, **more})
        self._places = Places(iter(self._services))
        self.servers: list[Server] = []
        self.processes: dict[str, asyncio.subprocess.Process] = {}
        self._stack = contextlib.AsyncExitStack()

    async def start(self, profiles: tuple[str, ...]) -> None:
        """Start all services of the profiles; each waits until what it needs is healthy."""
        wanted = [x for x in self._services.values() if {*x.profiles} <= {*profiles}]
        begun = {service.name: asyncio.Event() for service in wanted}

        async def start_in_turn(service: Service) -> None:
            for name in service.needs:
                await begun[name].wait()
            await self._start(service)
            await self._wait_until_healthy(service)
            begun[service.name].set()

        async with asyncio.timeout(2 * READY_WITHIN_S), asyncio.TaskGroup() as starting:
            for service in wanted:
                starting.create_task(start_in_turn(service))

    async def start_proxy_of(self, server: Server) -> Reached:
        """Start another proxy, which knows one of the servers alone."""
        alone, service = Proxy(), self._services["proxy"]
        places = {"SITE": alone.url, "SERVERS": f"{HOST}:{server.port}"}
        said = dataclasses.replace(service, name="proxy-1", environment=places)
        await self._start_program(said)
        await self._wait_until_healthy(said)
        return alone

    async def stop(self) -> None:
        """Stop everything, what was started last first."""
        await self._stack.aclose()

    async def _start(self, service: Service) -> None:
        if service.name == "database":
            await self._start_postgres(service)
        elif service.is_server:
            await self._start_server(service)
        else:
            await self._start_program(service)

    async def _start_postgres(self, service: Service) -> None:
        said, port = service.environment, self._places.port(service.name, "5432")
        assert said["POSTGRES_USER"] == said["POSTGRES_DB"] == "detente"
        self.postgres = Postgres(self._folder, port=port, password=said["POSTGRES_PASSWORD"])
        self._stack.push_async_callback(asyncio.to_thread, self.postgres.stop)
        await asyncio.to_thread(self.postgres.create)
        await asyncio.to_thread(self.postgres.start)
        await asyncio.to_thread(self.postgres.run, f"CREATE DATABASE {said['POSTGRES_DB']}")

    async def _start_server(self, service: Service) -> None:
        port = self._places.port(service.name, "8000")
        server = Server(service, port, {**self._environment(service), **self._settings})
        await self._stack.enter_async_context(server)
        self.servers.append(server)

    async def _start_program(self, service: Service) -> None:
        """Start a program, which ends by itself if nobody is left to stop it."""
        said = [self._places.put_own(service, x) for x in (*service.entrypoint, *service.command)]
        here = {"BIND": HOST, "HEALTH_PORT": str(self._places.port(service.name, "8080"))}
        here |= {"XDG_DATA_HOME": str(self._folder), "XDG_CONFIG_HOME": str(self._folder)}
        environment = {**os.environ, **here, **self._environment(service)}
        if said[0] == "dask":
            said = [sys.executable, "-m", *said, "--host", HOST]
        with (self._folder / service.name).open("wb") as log:
            process = await asyncio.create_subprocess_exec(
                *("timeout", str(LONGEST_S), *said), env=environment, stdout=log, stderr=log
            )
        self.processes[service.name] = process
        self._stack.push_async_callback(_end, process)

    def place(self, name: str, port: str) -> str:
        """Give where a service listens on this machine."""
        return f"{HOST}:{self._places.port(name, port)}"

    def _environment(self, service: Service) -> dict[str, str]:
        return {name: self._places.put(x) for name, x in service.environment.items()}

    async def _wait_until_healthy(self, service: Service) -> None:
        async with asyncio.timeout(READY_WITHIN_S):
            while service.health and not await self.is_healthy(service):  # noqa: ASYNC110
                await asyncio.sleep(0.05)

    async def is_healthy(self, service: Service) -> bool:
        """Do a service's health check: what it asks for if it is a page, else its command."""
        if service.health_url is not None:
            page = self._places.put_own(service, service.health_url)
            return await asyncio.to_thread(_answers, page)
        command = [self._places.put_own(service, argument) for argument in service.health]
        asking = await asyncio.create_subprocess_exec(
            *(_program(command[0]), *command[1:]),
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.DEVNULL,
        )
        return await asking.wait() == 0


def _program(name: str) -> str:
    """Find a program of a container on this machine."""
    if name == "python":
        return sys.executable
    beside = (programs() or Path()) / name
    return str(beside) if beside.is_file() else name


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:  # noqa: S310
            return answer.status == 200
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return False


async def _end(process: asyncio.subprocess.Process) -> None:
    """End a process by its id."""
    with contextlib.suppress(ProcessLookupError):
        process.terminate()
    try:
        async with asyncio.timeout(ENDED_WITHIN_S):
            await process.wait()
    except TimeoutError:
        process.kill()
        await process.wait()


@contextlib.asynccontextmanager
async def running_topology(
    *profiles: str, settings: Mapping[str, str] = NOTHING, more: Mapping[str, str] = NOTHING
) -> AsyncGenerator[Topology]:
    """Run all services of the profiles. settings, more: see `Topology`."""
    require_proxy()
    require_postgres()
    with folder_for_postgres() as folder:
        topology = Topology(folder, settings, more)
        try:
            await topology.start(profiles)
            yield topology
        finally:
            await topology.stop()


async def _main(minutes: float, *, has_contests: bool) -> None:
    profiles = (CONTESTS,) if has_contests else ()
    engine = CLUSTER if has_contests else NOTHING
    async with running_topology(*profiles, more=engine) as topology:
        link = f"{topology.proxy.url}/#/host/{topology.servers[0].secret}"
        print(f"facilitator: {link}", *(f"server: {x.url}" for x in topology.servers), sep="\n")
        await asyncio.sleep(60 * minutes)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--contests", action="store_true")
    told = parser.parse_args()
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(_main(told.minutes, has_contests=told.contests))
