"""How long `detente serve` takes from its start to its first page, and `detente --help` to its end.

    uv run python tests/load/start_speed.py [--runs 5]

A first start has a new database and no code that Python has compiled before. A later one has both;
it is also measured where Python may keep no compiled code (PYTHONDONTWRITEBYTECODE=1), so that it
compiles all it imports every time. Every start is a process of its own; compiled code is kept in a
folder of this program's own. Medians: seconds on the wall, and of the processor.
"""

import argparse
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.live_server import HOST, free_port

DETENTE = [sys.executable, "-m", "server.cli"]
PATIENCE_S = 120
Seconds = tuple[float, float]
"""On the wall, and of the processor."""


def environment(cache: Path, is_kept: bool) -> dict[str, str]:
    """Let Python find compiled code in a folder, and perhaps keep it there."""
    mine = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    forbidden = {} if is_kept else {"PYTHONDONTWRITEBYTECODE": "1"}
    return {**mine, **forbidden, "PYTHONPYCACHEPREFIX": str(cache)}


def serve(folder: Path, env: dict[str, str]) -> Seconds:
    """Start a server, wait for its first page, and stop it."""
    port = free_port()
    arguments = ["serve", "--host", HOST, "--port", str(port)]
    arguments += ["--database", f"sqlite:///{folder}/detente.sqlite3"]
    busy, begun = _children_s(), time.perf_counter()
    with subprocess.Popen([*DETENTE, *arguments], env=env, stdout=subprocess.DEVNULL) as server:
        took = _until_first_page(port) - begun
        server.terminate()
    return took, _children_s() - busy


def show_help(env: dict[str, str]) -> Seconds:
    """Run `detente --help`."""
    busy, begun = _children_s(), time.perf_counter()
    subprocess.run([*DETENTE, "--help"], env=env, stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - begun, _children_s() - busy


def _until_first_page(port: int) -> float:
    while True:
        try:
            with urllib.request.urlopen(f"http://{HOST}:{port}/", timeout=PATIENCE_S) as page:
                assert page.status == 200
                return time.perf_counter()
        except urllib.error.URLError:
            time.sleep(0.005)


def _children_s() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _print_medians(what: str, runs: int, run: Callable[[int], Seconds]) -> None:
    walls, busies = zip(*map(run, range(runs)), strict=True)
    print(f"{what:40} {statistics.median(walls):6.2f} {statistics.median(busies):6.2f}", flush=True)


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=5)
    runs = parser.parse_args().runs
    with tempfile.TemporaryDirectory() as temporary:
        root = Path(temporary)
        kept, never = environment(root / "kept", True), environment(root / "never", False)
        serve(root, kept)
        print(f"{'':40} {'wall':>6} {'CPU':>6}")
        _print_medians(
            "first start",
            runs,
            lambda n: serve(root / f"new{n}", environment(root / f"cache{n}", True)),
        )
        _print_medians("later start", runs, lambda n: serve(root, kept))
        _print_medians("later start, no compiled code kept", runs, lambda n: serve(root, never))
        _print_medians("detente --help", runs, lambda n: show_help(kept))
        _print_medians("detente --help, no compiled code kept", runs, lambda n: show_help(never))


if __name__ == "__main__":
    main()
