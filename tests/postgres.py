"""A PostgreSQL of the tests' own: on loopback, in a folder that is deleted, gone when they end.

Debian's package `postgresql` brings the programs; nothing of what it sets up is used.
"""

import asyncio
import contextlib
import itertools
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Generator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import MappingProxyType

import psycopg
import pytest
from psycopg import sql

from server.database import migrate
from tests.live_server import HOST, free_port
from tests.workers import MEMORY

REQUIRED = "DETENTE_POSTGRES_TESTS"
"""Set by continuous integration, which installs PostgreSQL: its tests must not be skipped there."""
LONGEST_S = 5_400
"""After so long it ends by itself, if nobody was left to stop it."""
PATIENCE_S = 30
_LIGHT = {"shared_buffers": "16MB", "max_connections": "60", "max_wal_size": "128MB"}


def programs() -> Path | None:
    """Find the folder of the newest PostgreSQL on this machine."""
    debian = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    newest = max(debian, key=lambda path: int(path.parts[-3]), default=None)
    found = newest or shutil.which("initdb")
    return Path(found).parent if found else None


def require_postgres() -> Path:
    """Skip a test, with the reason, where there is no PostgreSQL; else give its programs."""
    found = programs()
    if found is None:
        assert REQUIRED not in os.environ, "no PostgreSQL here; install postgresql"
        pytest.skip("no PostgreSQL here: apt-get install postgresql")
    return found


class Postgres:
    """A running PostgreSQL. settings: of its configuration, beside what makes it small.

    port: None: a free one. password: what everybody is asked for; None: everybody may come in.
    """

    def __init__(
        self,
        folder: Path,
        settings: Mapping[str, str] = MappingProxyType({}),
        port: int | None = None,
        password: str | None = None,
    ) -> None:
        self.port, self._password = port or free_port(), password
        self._folder, self._settings = folder, {**_LIGHT, **settings}
        self._programs = require_postgres()
        # It refuses to run as root.
        self._user = "postgres" if os.geteuid() == 0 else None
        self._numbers = itertools.count(1)
        self._has_template = False
        self._process: subprocess.Popen[bytes]

    def create(self) -> None:
        """Make its files."""
        (secret := self._folder / "password").write_text(self._password or "none")
        if self._user is not None:
            for path in (self._folder, secret):
                shutil.chown(path, self._user)
        make = [self._programs / "initdb", "-D", self._folder / "data", "-U", "detente"]
        make += ["-A", "scram-sha-256" if self._password else "trust", "--pwfile", secret]
        make += ["-E", "UTF8", "--locale=C.UTF-8", "--no-sync", "--no-instructions"]
        subprocess.run(make, check=True, user=self._user, cwd="/", stdout=subprocess.DEVNULL)

    def start(self) -> None:
        """Start it, and wait until it answers."""
        run = ["timeout", "--signal=INT", str(LONGEST_S), self._programs / "postgres"]
        run += ["-D", self._folder / "data", "-p", str(self.port), "-k", ""]
        for name, value in {**self._settings, "listen_addresses": HOST}.items():
            run += ["-c", f"{name}={value}"]
        with (self._folder / "log").open("ab") as log:
            self._process = subprocess.Popen(run, user=self._user, cwd="/", stdout=log, stderr=log)
        until = time.monotonic() + PATIENCE_S
        while True:
            try:
                psycopg.connect(self.url("postgres")).close()
            except psycopg.OperationalError:
                is_late = time.monotonic() > until or self._process.poll() is not None
                assert not is_late, (self._folder / "log").read_text()
                time.sleep(0.05)
            else:
                return

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """Stop it by its process id. how: SIGINT in order, SIGQUIT as in a crash."""
        self._process.send_signal(how)
        try:
            self._process.wait(PATIENCE_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def kill(self) -> None:
        """Kill the process that the others of it are children of; they notice, and end."""
        left = [Path(f"/proc/{pid}") for pid in _children(self.pid)]
        os.kill(self.pid, signal.SIGKILL)
        self._process.wait()
        until = time.monotonic() + PATIENCE_S
        while any(path.exists() for path in left):
            assert time.monotonic() < until, "a process of PostgreSQL does not end"
            time.sleep(0.02)

    @property
    def pid(self) -> int:
        """The process that the others of it are children of: `timeout` runs it."""
        (child,) = _children(self._process.pid)
        return child

    def url(self, name: str) -> str:
        """Give the URL of a database."""
        known = f"detente:{self._password}" if self._password else "detente"
        return f"postgresql://{known}@{HOST}:{self.port}/{name}"

    def run(self, statement: str, name: str = "postgres") -> None:
        """Run a statement as the owner of everything."""
        with psycopg.connect(self.url(name), autocommit=True) as connection:
            connection.execute(statement.encode())

    def empty(self) -> str:
        """Make a database without tables."""
        name = f"empty_{next(self._numbers)}"
        self._create(name, "template0")
        return self.url(name)

    def fresh(self) -> str:
        """Make a database with the tables of now."""
        number = next(self._numbers)
        if not self._has_template:
            self._create("migrated", "template0")
            # A thread of its own, for the caller may be inside a running loop.
            with ThreadPoolExecutor(1) as pool:
                pool.submit(asyncio.run, migrate(self.url("migrated"))).result()
            self._has_template = True
        self._create(f"fresh_{number}", "migrated")
        return self.url(f"fresh_{number}")

    def _create(self, name: str, template: str) -> None:
        # The way for small templates writes each page to the log, for half as much again.
        statement = sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY")
        named = statement.format(sql.Identifier(name), sql.Identifier(template))
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(named)


def _children(pid: int) -> list[int]:
    return [*map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split())]


@contextlib.contextmanager
def folder_for_postgres() -> Generator[Path]:
    """Make a folder that the user that it runs as can reach."""
    within = MEMORY if MEMORY.is_dir() else None
    with tempfile.TemporaryDirectory(prefix="detente-postgres-", dir=within) as folder:
        yield Path(folder)


@contextlib.contextmanager
def running_postgres(**settings: str) -> Generator[Postgres]:
    """Run a PostgreSQL in a new folder."""
    require_postgres()
    with folder_for_postgres() as folder:
        made = Postgres(folder, settings)
        made.create()
        made.start()
        try:
            yield made
        finally:
            made.stop()
