"""Whatever is sent over a socket: no traceback, no bug, and only the close codes of the manual.

`DETENTE_FRAMES=50000 uv run pytest tests/fuzz/test_hostile_frames.py` is the long form.
"""

import asyncio
import os
import random
import re
from pathlib import Path

import pytest

from tests.faults.crowd import NO_LIMIT
from tests.fuzz.hostile_frames import Hostile
from tests.live_server import ServerProcess

FRAMES = int(os.environ.get("DETENTE_FRAMES", "1500"))
CONNECTIONS = 20
BOTS = Path(__file__).parents[2] / "docs" / "bots.md"
CALM = {"DETENTE_HELLO_WITHIN_S": "0.3", "DETENTE_FAILED_TRIES_BURST": "100000000"}
A_BUG, TO_A_CLOSE_WITHOUT_A_CODE = 1011, 1005


def documented() -> set[int]:
    """Read the close codes in the manual; that of a bug is none that may come."""
    rows = re.findall(r"^\| ([\d, ]+) \| (?:reconnect|do not|stop)", BOTS.read_text(), re.MULTILINE)
    return {int(code) for row in rows for code in row.split(",")} - {A_BUG}


@pytest.mark.slow
async def test_no_frame_breaks_the_server(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    async with ServerProcess(tmp_path, None, {**NO_LIMIT, **CALM}) as server:
        wanted = {"scenario": "south_china_sea", "pace": None}
        made = await server.post("/api/matches", wanted, await server.host_token())
        joined = await server.post("/api/join", {"code": made["code"], "name": "Ann"})
        watching = await server.post("/api/watch", {"code": made["code"]})
        tokens = [made["token"], joined["token"], watching["token"], "nobody"]
        sent = [Hostile(server, tokens, random.Random(n)) for n in range(CONNECTIONS)]
        await asyncio.gather(*(one.act(FRAMES // CONNECTIONS) for one in sent))
        assert (await server.get("/api/health/ready"))["status"] == "ok"
    closes = {code for one in sent for code in one.closes}
    assert closes <= documented() | {TO_A_CLOSE_WITHOUT_A_CODE}
    assert len(closes) >= 4, "unknown: too little happened to prove anything"
    assert "internal_error" not in {code for one in sent for code in one.refused}
    assert "Traceback" not in capfd.readouterr().err
