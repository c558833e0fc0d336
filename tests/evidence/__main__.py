"""Show that rules 2 does what it promises: counts and differences of whole matches of bots.

    uv run python -m tests.evidence
    uv run python -m tests.evidence crises taiwan --file artefacts/evidence.jsonl

Without a name, every part. Results are kept in the file, so that a run that was stopped goes on
where it was, and only what a change of the rules or of a scenario concerns is played again. Ends
with 1 if a bar does not hold. What each part says is told in docs/evidence.md.
"""

import argparse
import sys
import time
from pathlib import Path

from server.engines import cores
from tests.evidence.mechanisms import mechanisms
from tests.evidence.parts import (
    Bar,
    blocs,
    conditions,
    crises,
    entrapments,
    recommendations,
    repeated,
    taiwan,
)
from tests.evidence.profiles import ladders, profiles, reply
from tests.evidence.runs import Runs
from tests.evidence.sensitivity import sensitivity

PARTS = {
    "crises": crises,
    "entrapments": entrapments,
    "recommendations": recommendations,
    "conditions": conditions,
    "repeated": repeated,
    "taiwan": taiwan,
    "blocs": blocs,
    "ladders": ladders,
    "reply": reply,
    "profiles": profiles,
    "sensitivity": sensitivity,
    "mechanisms": mechanisms,
}


def main(arguments: list[str]) -> int:
    """Print the parts that are asked for, and whether their bars hold."""
    parser = argparse.ArgumentParser(prog="python -m tests.evidence")
    parser.add_argument("parts", nargs="*", metavar="PART", help=", ".join(PARTS))
    parser.add_argument("--file", type=Path, default=Path("artefacts/evidence.jsonl"))
    parser.add_argument("--workers", type=int, default=cores())
    parser.add_argument("--share", type=float, default=1.0, help="of the seeds, for a quick look")
    given = parser.parse_args(arguments)
    if unknown := [name for name in given.parts if name not in PARTS]:
        parser.error(f"no part {', '.join(unknown)}; choose among {', '.join(PARTS)}")
    given.file.parent.mkdir(parents=True, exist_ok=True)
    runs, bars = Runs(given.file, given.workers, given.share), list[Bar]()
    for name in given.parts or PARTS:
        began = time.monotonic()
        print(f"\n## {name}\n", flush=True)
        bars += PARTS[name](runs)
        print(f"\n{time.monotonic() - began:.0f} s", flush=True)
    print("\n## bars\n\n| what | figure | holds |\n| --- | --- | --- |")
    for bar in bars:
        print(f"| {bar.what} | {bar.figure} | {'yes' if bar.holds else 'NO'} |")
    return 0 if all(bar.holds for bar in bars) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
