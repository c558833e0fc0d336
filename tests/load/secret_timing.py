"""Does the time of an answer tell a secret? What others could measure while it is saved.

    uv run python tests/load/secret_timing.py                     every secret, 2,000 pairs each
    uv run python tests/load/secret_timing.py --pairs 10000 --folder /dev/shm

In a match on a real server, one seat saves a secret in one of two forms, over and over: C or D, a
draft for one arena or for two, a proposal to one seat or to another, private words of 1 letter or
of 1,000. Right behind it another seat speaks to all. Two times are measured: from the sending of
the secret until it is acknowledged, which its owner alone sees, and from the sending of the words
until a projector shows them, which everybody can see. The two forms come in pairs, in an order
that is drawn for each pair, so that other work on the machine is in both.

For each time it prints the medians, the median of the differences within pairs with its 95%
interval, and in how many pairs the second form took longer, with its 95% interval. A blind guess
gives 50%. The verdict on what everybody can see: `holds` if that interval lies within 47 to 53%,
`TELLS` if it lies outside, `open` if more pairs are needed. A folder in memory (`--folder`) takes
away the noise of the disk.
"""

import argparse
import asyncio
import random
import re
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from pathlib import Path
from statistics import median
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.live_server import Line, ServerProcess
from tests.load.rooms import NO_LIMIT, seat

OWNER, SPEAKER = "PHL", "IDN"
LISTENERS = ("CHN", "VNM")
FORUM, TREATY = "code_of_conduct", "us_philippines_treaty"
PAIRS, BAR = 2_000, 0.03
Command = dict[str, Any]


def order(**actions: str) -> Command:
    """Make an order or a draft."""
    return {"type": "save_order", "round": 1, "actions": actions}


def proposal(to: str) -> Command:
    """Make a proposal to a seat."""
    pledge = {"seat": OWNER, "arena": FORUM, "action": "C"}
    terms = {"parties": [OWNER, to], "pledges": [pledge], "transfers": [], "rounds": 1}
    return {"type": "propose", "round": 1, "terms": {**terms, "binding": "treaty"}}


def words(letters: int) -> Command:
    """Make private words of so many letters."""
    return {"type": "say", "room": [LISTENERS[0]], "text": "x" * letters}


SECRETS = {
    "order: C or D": (order(**{FORUM: "C"}), order(**{FORUM: "D"})),
    "draft: one arena or two": (order(**{FORUM: "C"}), order(**{FORUM: "C", TREATY: "C"})),
    "proposal: to one seat or another": tuple(map(proposal, LISTENERS)),
    "private words: 1 letter or 1,000": (words(1), words(1000)),
}


@dataclass(frozen=True)
class Table:
    """Who matters at a table: the seat with the secret, one that speaks to all, a projector."""

    owner: Line
    speaker: Line
    projector: Line

    async def look(self, secret: Command, number: int) -> tuple[float, float]:
        """Save a secret and speak; give the ms until it was acknowledged, and the words shown."""
        frame_id, said = f"c{number}", {"type": "say", "room": [], "text": f"word {number}"}
        began = time.perf_counter()
        await self.owner.send(secret, frame_id)
        spoke = time.perf_counter()
        await self.speaker.send(said, frame_id)
        acked, shown, _ = await asyncio.gather(
            _heard(self.owner, f'"id":"{frame_id}"'),
            _heard(self.projector, f'"word {number}"'),
            _heard(self.speaker, f'"id":"{frame_id}"'),
        )
        if secret["type"] == "propose":  # only so many may be open
            await self._withdraw(acked[1])
        return 1000 * (acked[0] - began), 1000 * (shown[0] - spoke)

    async def _withdraw(self, message: str) -> None:
        made = re.search(r'"number":(\d+)', message)
        assert made is not None, message
        answer = {"type": "answer_proposal", "round": 1, "number": int(made[1])}
        assert (await self.owner.do({**answer, "accepts": False}))["type"] == "ack"


async def _heard(line: Line, text: str) -> tuple[float, str]:
    """Wait for a message; give when it came, in seconds, and what it says."""
    message = await line.until(text)
    return time.perf_counter(), message


async def a_table(server: ServerProcess, token: str) -> Table:
    """Bring a match to its first decision."""
    body = {"scenario": "south_china_sea", "pace": None, "seed": "7", "is_repeatable": True}
    match = await server.post("/api/matches", body, token)
    owner, speaker, *_ = [await seat(server, match, x) for x in (OWNER, SPEAKER, *LISTENERS)]
    seen = await server.post("/api/watch", {"code": match["code"]})
    host, projector = Line(server, match["token"]), Line(server, seen["token"])
    await host.open()
    await host.do({"type": "start_match"})
    for number, phase in ((0, "briefing"), (1, "negotiation")):
        await host.do({"type": "skip_phase", "round": number, "phase": phase})
    await projector.open()
    await projector.until('"phase":"decision"')
    return Table(owner, speaker, projector)


async def measure(table: Table, forms: Sequence[Command], pairs: int) -> list[list[float]]:
    """Save both forms in pairs; give four series: both times of the one form, then of the other."""
    draw, series = random.Random(7), [list[float]() for _ in range(4)]
    for number in range(pairs):
        for place in draw.sample((0, 1), 2):
            times = await table.look(forms[place], 2 * number + place)
            for kind, taken in enumerate(times):
                series[2 * place + kind].append(taken)
    return series


def report(what: str, one: Sequence[float], other: Sequence[float], *, is_public: bool) -> str:
    """Write a line of the table."""
    later = sorted(y - x for x, y in zip(one, other, strict=True))
    count = len(later)
    reach = round(0.98 * sqrt(count))  # a binomial interval of the median: its ranks
    low, high = later[max(0, count // 2 - reach)], later[min(count - 1, count // 2 + reach)]
    share = sum(x > 0 for x in later) / count
    error = 0.98 / sqrt(count)
    verdict = _verdict(share - 0.5, error) if is_public else ""
    medians = f"{median(one):8.3f} {median(other):8.3f}"
    difference = f"{1000 * median(later):+8.1f} ({1000 * low:+.1f} to {1000 * high:+.1f})"
    longer = f"{100 * share:.1f} ({100 * (share - error):.1f} to {100 * (share + error):.1f})"
    return f"  {what:<13} {medians} {difference:>30} {longer:>22}  {verdict}"


def _verdict(off: float, error: float) -> str:
    if abs(off) + error <= BAR:
        return "holds"
    return "TELLS" if abs(off) - error > BAR else "open"


async def run(pairs: int, folder: Path | None) -> None:
    """Print the table."""
    heads = "one ms", "other ms", "difference us (95%)", "other longer % (95%)"
    print("  {:<13} {:>8} {:>8} {:>30} {:>22}".format("until", *heads))
    with tempfile.TemporaryDirectory(dir=folder) as place:
        async with ServerProcess(Path(place), environment=NO_LIMIT) as server:
            token = await server.host_token()
            for name, forms in SECRETS.items():
                table = await a_table(server, token)
                acked, shown, other_acked, other_shown = await measure(table, forms, pairs)
                print(f"{name}, {pairs:,} pairs")
                print(report("acknowledged", acked, other_acked, is_public=False))
                print(report("words shown", shown, other_shown, is_public=True), flush=True)


def main(arguments: list[str]) -> None:
    """Read the command line and run."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pairs", type=int, default=PAIRS)
    parser.add_argument("--folder", type=Path)
    given = parser.parse_args(arguments)
    asyncio.run(run(given.pairs, given.folder))


if __name__ == "__main__":
    main(sys.argv[1:])
