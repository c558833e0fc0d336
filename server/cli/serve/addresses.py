"""Under which address a server can be reached, and that address as a code to scan."""

import ipaddress
import socket
import sys
from shutil import get_terminal_size

ANYWHERE = ("0.0.0.0", "::", "")  # noqa: S104 (compared with, not bound to)
THIS_MACHINE = "127.0.0.1"
_ELSEWHERE = ("192.0.2.1", 9)
"""An address of RFC 5737 that nobody has: asking for the way there sends nothing."""


def is_reachable(host: str) -> bool:
    """Tell whether other machines can reach a server that listens on this host."""
    return (host in ANYWHERE and address_here(host) != THIS_MACHINE) or _is_of_the_network(host)


def address_here(host: str) -> str:
    """Give the address to put into links, for a host that a server listens on."""
    if host in ANYWHERE:
        return network_address() or THIS_MACHINE
    return f"[{host}]" if ":" in host else host


def network_address() -> str | None:
    """Find this machine's address in its network; None without a network."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(_ELSEWHERE)
        except OSError:
            return None
        return probe.getsockname()[0]


def qr(page: str) -> str:
    """Draw a page's address for a phone's camera; empty where it cannot be seen or drawn."""
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


def _is_of_the_network(host: str) -> bool:
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host not in ("localhost", *ANYWHERE)
    return not address.is_loopback and not address.is_unspecified
