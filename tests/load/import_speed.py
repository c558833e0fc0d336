"""What `import server.app` takes, and which packages take most of it.

    python -m tests.load.import_speed [--runs 9]

Every import is a process of its own, with code that Python has compiled before; the median of the
processor's ms, with those that Python itself takes. Then what the packages take that are imported
first where they stand, as `python -X importtime` counts it, for those over 2 %.
"""

import argparse
import collections
import os
import resource
import statistics
import subprocess
import sys
import tempfile

IMPORT = "import server.app"
LEAST = 0.02


def cost_ms(code: str, env: dict[str, str]) -> float:
    """Return the processor's ms of a process that runs some code."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-c", code], env=env, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime) * 1000


def parts(env: dict[str, str]) -> collections.Counter[str]:
    """Return the µs that each package's own modules take."""
    command = [sys.executable, "-X", "importtime", "-c", IMPORT]
    told = subprocess.run(command, env=env, check=True, capture_output=True, text=True).stderr
    found: collections.Counter[str] = collections.Counter()
    for line in told.splitlines()[1:]:
        own, _, name = line.removeprefix("import time:").split("|")
        words = name.strip().split(".")
        package = ".".join(words[: 2 if words[0] in ("server", "game_rules") else 1])
        found[package] += int(own)
    return found


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=9)
    runs = parser.parse_args().runs
    with tempfile.TemporaryDirectory() as cache:
        kept = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
        env = {**kept, "PYTHONPYCACHEPREFIX": cache}
        cost_ms(IMPORT, env)
        for code in "pass", IMPORT:
            took = statistics.median(cost_ms(code, env) for _ in range(runs))
            print(f"{code:20} {took:6.0f} ms")
        found = parts(env)
    whole = sum(found.values())
    for name, own in found.most_common():
        if own > LEAST * whole:
            print(f"{name:28} {own / 1000:6.0f} ms {own / whole:5.0%}")


if __name__ == "__main__":
    main()
