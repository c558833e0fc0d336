"""Whoever may not know of a secret gets the same bytes whatever it is: over real sockets and HTTP.

Every socket's messages in their order, and every answer: twins are played beside each other on one
server, at the same clock, so nothing differs but ids, which get names of the same length.
"""

from pathlib import Path

import pytest

from tests.leaks.pairs import KINDS, Pair, draw_pair
from tests.leaks.scripts import LEAKS
from tests.leaks.tables import NO_LIMITS, Heard, play
from tests.live_server import ServerProcess

ROUNDS = max(1, LEAKS // 5)
"""How many pairs of each kind are played, one of each at a time."""


def differing(pair: Pair, one: Heard, other: Heard) -> list[str]:
    """Name what tells the two runs apart to people outside."""
    assert one.keys() == other.keys()
    told = [way for way in one if one[way] != other[way]]
    outside = [way for way in told if not pair.is_inside(way.split()[0])]
    assert told != outside, f"{pair.kind}: the twins are no twins"
    return outside


@pytest.mark.slow
async def test_no_byte_on_any_wire_tells_a_secret(tmp_path: Path):
    server = ServerProcess(tmp_path, environment=NO_LIMITS, module="tests.leaks.metronome")
    async with server:
        for number in range(ROUNDS):
            pairs = [draw_pair(kind, number) for kind in KINDS]
            heard = await play(server, [run for pair in pairs for run in (pair.one, pair.other)])
            twins = zip(pairs, heard[::2], heard[1::2], strict=True)
            assert {pair.kind: differing(pair, *both) for pair, *both in twins} == {
                kind: [] for kind in KINDS
            }, number
