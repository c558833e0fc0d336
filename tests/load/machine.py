"""What processes take of the machine, as Linux counts it."""

from collections.abc import Sequence
from pathlib import Path

KIB = 1024


def busy_s(pid: int) -> float:
    """Return the seconds of processor that a process's threads have taken."""
    return sum(map(_ran_s, Path(f"/proc/{pid}/task").iterdir()))


def loop_s(pid: int) -> float:
    """Return the seconds of processor that the first thread has taken, which is the loop's."""
    return _ran_s(Path(f"/proc/{pid}/task/{pid}"))


def resident_mib(pid: int) -> float:
    """Return how much memory a process has now."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / KIB
    raise RuntimeError(f"process {pid} has no memory")


def percentile(values: Sequence[float], part: float) -> float:
    """Return the value below which a part of all values is."""
    return sorted(values)[min(len(values) - 1, int(part * len(values)))]


def _ran_s(thread: Path) -> float:
    return int((thread / "schedstat").read_text().split()[0]) / 1e9
