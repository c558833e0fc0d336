"""Fuzz what reads text from outside, guided by the code that is reached.

    uv run --with atheris python -m tests.fuzz.guided [frames records scenarios notation]
        [--seconds 300]

Each target runs in a process of its own. An input that ends in anything but a refusal in the
product's own words, or takes over 20 s, is written to the folder that is printed; the exit code
is 1.
"""

import argparse
import subprocess
import sys
import tempfile
from importlib import import_module
from pathlib import Path

INSTRUMENTED = ["game_rules", "server.wire", "tests.fuzz.targets"]
SLOWEST_S, MOST_MIB = 20, 2_000


def fuzz(target: str, options: list[str]) -> None:
    """Fuzz a target in this process, until the time is up."""
    atheris = import_module("atheris")
    with atheris.instrument_imports(include=INSTRUMENTED):
        targets = import_module("tests.fuzz.targets")
    atheris.Setup([sys.argv[0], *options], targets.TARGETS[target])
    atheris.Fuzz()


def begin(target: str, seconds: int, folder: Path) -> int:
    """Fuzz a target in a process of its own; return its exit code."""
    from tests.fuzz.targets import LARGEST, seeds

    corpus = folder / target
    corpus.mkdir()
    for number, seed in enumerate(seeds(target)):
        (corpus / str(number)).write_bytes(seed)
    options = [f"-max_total_time={seconds}", f"-timeout={SLOWEST_S}", f"-rss_limit_mb={MOST_MIB}"]
    options += [f"-max_len={LARGEST}", f"-artifact_prefix={folder}/{target}-", "-verbosity=0"]
    options += ["-print_final_stats=1", str(corpus)]
    command = [sys.executable, "-m", "tests.fuzz.guided", "--inside", target, "--", *options]
    return subprocess.run(command, check=False).returncode


def main() -> int:
    """Read the arguments, and fuzz one target after the other."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "targets", nargs="*", default=["frames", "records", "scenarios", "notation"]
    )
    parser.add_argument("--seconds", type=int, default=300)
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.inside:
        fuzz(given.targets[0], given.targets[1:])
    folder = Path(tempfile.mkdtemp(prefix="detente-fuzz-"))
    failed = [target for target in given.targets if begin(target, given.seconds, folder)]
    print(f"failed: {', '.join(failed)}; inputs in {folder}" if failed else "nothing was found")
    return bool(failed)


if __name__ == "__main__":
    sys.exit(main())
