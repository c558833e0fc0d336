"""One server and two are killed, paused, deployed and cut off under many matches.

`DETENTE_OUTAGES=25 uv run pytest tests/faults/test_outages.py` is the long form: 25 kills, 25
pauses, 5 deploys and 10 cut connections of one server on a file, one on PostgreSQL, and two, until
40,000 commands were acked on each. It prints how soon somebody was answered again in a match whose
server had been killed or paused.
"""

import os
import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.crowd import Crowd
from tests.faults.site import Site, running_site
from tests.postgres import Postgres, running_postgres

pytestmark = pytest.mark.slow

OUTAGES = int(os.environ.get("DETENTE_OUTAGES", "1"))
IS_LONG = OUTAGES > 1
MATCHES, FEWEST_ACKS, AT_ONCE = (20, 1_600 * OUTAGES, 10) if IS_LONG else (4, 300, 4)
"""AT_ONCE: how many faults the same matches go through; then new ones begin."""
TAKEN_OVER_WITHIN_S = 3.0 if IS_LONG else 6.0
"""In the suite others use the processor too."""
MOST_STOPS = 8
"""Until a bug that was put in is seen; most are after the first."""
TOPOLOGIES = ("file", "one", "two") if IS_LONG else ("two",)
"""What others test on one server is left out of the short form."""


@pytest.fixture(scope="module")
def postgres() -> Iterator[Postgres]:
    with running_postgres() as running:
        yield running


def schedule() -> list[str]:
    """Draw the order of the faults."""
    most = {"kill": OUTAGES, "stop": OUTAGES, "deploy": OUTAGES // 5, "cut": OUTAGES * 2 // 5}
    faults = [fault for fault, count in most.items() for _ in range(max(1, count))]
    return random.Random(7).sample(faults, len(faults)) if IS_LONG else faults


async def endure(site: Site, faults: list[str], fewest_acks: int) -> int:
    """Let new matches go through some faults; return how many commands were acked."""
    crowd = await Crowd(site.servers, MATCHES, site.doors).begin()
    for number, fault in enumerate(faults, 1):
        while crowd.acks < fewest_acks * number / len(faults):
            await crowd.act(0.2)
        await site.suffer(fault, crowd)
        print(f"{fault}: {crowd.acks} acks, {crowd.check()}", flush=True)
        assert crowd.check() == {}
    await crowd.leave()
    return crowd.acks


async def test_leases_that_are_not_fenced_are_seen(postgres: Postgres, tmp_path: Path) -> None:
    async with running_site(tmp_path, postgres.fresh(), 2, "tests.faults.unfenced") as site:
        crowd = await Crowd(site.servers, 4, site.doors).begin()
        for _ in range(MOST_STOPS):
            await site.suffer("stop", crowd, rest_s=5)
            if crowd.check():
                break
        await crowd.leave()
    assert crowd.check().keys() & {"stale copy", "different history", "acked but lost"}


@pytest.mark.parametrize("topology", TOPOLOGIES)
async def test_no_outage_of_a_server_loses_doubles_or_invents_anything(
    topology: str, postgres: Postgres, tmp_path: Path
) -> None:
    faults, acks = schedule(), 0
    database = None if topology == "file" else postgres.fresh()
    async with running_site(tmp_path, database, 2 if topology == "two" else 1) as site:
        for first in range(0, len(faults), AT_ONCE):
            some = faults[first : first + AT_ONCE]
            acks += await endure(site, some, FEWEST_ACKS * len(some) // len(faults) + 1)
    assert acks >= FEWEST_ACKS, "unknown: too little happened to prove anything"
    for fault, took in site.took_s.items():
        p50, p95 = (sorted(took)[int(part * (len(took) - 1))] for part in (0.5, 0.95))
        print(f"{topology}, {fault}: answered again after {p50:.1f} s, p95 {p95:.1f} s")
        assert p95 < TAKEN_OVER_WITHIN_S
