"""What a server takes for itself before it starts: a port and a database."""

import asyncio
import contextlib
import errno
import socket
from collections.abc import Generator
from pathlib import Path

from filelock import FileLock, Timeout

from server.cli.shared.errors import WrongInput
from server.database import migrate, sqlite_path
from server.store.event_store import StoreUnavailable

WAITING = 2048
"""Connections that may wait to be accepted: a class that reconnects all at once."""


def listen(host: str, port: int) -> socket.socket:
    """Open the port. Raises WrongInput if it cannot be had."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=WAITING)
    except OSError as error:
        raise WrongInput(_why_not(host, port, error)) from error


@contextlib.contextmanager
def claim_database(url: str) -> Generator[None]:
    """Hold a database for one server. Raises WrongInput while another one holds it.

    The system takes the claim back when the process ends, however it ends.
    """
    path = sqlite_path(url)
    claim = FileLock(_claim_path(path), timeout=0)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        claim.acquire()
    except Timeout as error:
        problem = f"{path} is in use by another server; stop that one or give another --database"
        raise WrongInput(problem) from error
    except OSError as error:
        problem = f"{path}: cannot be written ({error.strerror}); give another --database"
        raise WrongInput(problem) from error
    try:
        yield
    finally:
        claim.release()


def prepare_database(url: str) -> Path:
    """Make the tables, or bring them up to date; return the file. Raises WrongInput."""
    try:
        asyncio.run(migrate(url))
    except StoreUnavailable as error:
        raise WrongInput(f"{error}; give another --database") from error
    return sqlite_path(url)


def _claim_path(path: Path) -> Path:
    return path.with_name(f"{path.name}.lock")


def _why_not(host: str, port: int, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"port {port} is in use; stop what uses it, or give another --port (0: any free one)"
    if error.errno == errno.EACCES:
        return f"port {port} is not for everybody; give a --port from 1024 to 65535"
    reason = str(error.strerror).partition(" (while")[0]  # Python adds what is said here already
    return f"--host: {host!r} cannot be listened on ({reason}); give 0.0.0.0 or 127.0.0.1"
