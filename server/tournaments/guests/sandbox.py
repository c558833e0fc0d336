"""A sandbox around a guest, where the system offers one without privileges: bubblewrap.

Inside, a guest sees the system's programs, Python, this program and its own files, all read-only;
an empty folder for itself; its own processes, and no network. Source: bwrap(1).
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

import client
import game_rules

SCRATCH_BYTES = 64 * 1024 * 1024
_PROBE_S = 10
_SYSTEM = ("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32")
_SETTINGS = (
    "/etc/alternatives", "/etc/ca-certificates", "/etc/hosts", "/etc/ld.so.cache",
    "/etc/localtime", "/etc/nsswitch.conf", "/etc/resolv.conf", "/etc/ssl",
)  # fmt: skip


@cache
def is_offered() -> bool:
    """Tell whether a sandbox can be made here; tried once."""
    if shutil.which("bwrap") is None:
        return False
    tried = [*walls((), has_network=False), sys.executable, "-c", ""]
    try:
        done = subprocess.run(tried, capture_output=True, timeout=_PROBE_S, check=False)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def walls(
    shown: Sequence[Path],
    *,
    has_network: bool,
    folder: Path = Path("/tmp"),  # noqa: S108
) -> list[str]:
    """Return the command that runs another one inside a sandbox.

    shown: files and folders that the guest may read, beside the system's. folder: where it begins;
    the usual one is empty, and its own.
    """
    apart = ["--unshare-user", "--unshare-pid", "--unshare-ipc", "--unshare-uts"]
    apart += [] if has_network else ["--unshare-net"]
    places = [*_SYSTEM, *_SETTINGS, *map(str, _of_python())]
    return [
        "bwrap", *apart, "--die-with-parent", "--cap-drop", "ALL",
        "--proc", "/proc", "--dev", "/dev", "--size", str(SCRATCH_BYTES), "--tmpfs", "/tmp",  # noqa: S108
        *(word for place in places for word in ("--ro-bind-try", place, place)),
        *(word for place in _not_within(places, shown) for word in ("--ro-bind-try", place, place)),
        "--chdir", str(folder),
    ]  # fmt: skip


def _not_within(places: Sequence[str], shown: Iterable[Path]) -> list[str]:
    """Leave out what is in a folder that is shown anyway: a place cannot be put into it."""
    kept: list[Path] = []
    for place in sorted(shown):
        if not any(place.is_relative_to(other) for other in (*places, *kept)):
            kept.append(place)
    return list(map(str, kept))


def _of_python() -> Sequence[Path]:
    """List the folders of Python, of its packages, and of the parts of this program it needs."""
    parts = [Path(os.fspath(package.__path__[0])) for package in (client, game_rules)]
    roots = {Path(sys.prefix), Path(sys.base_prefix), *parts}
    return sorted(root for root in roots if not root.is_relative_to("/usr"))
