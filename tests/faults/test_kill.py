"""The server is killed again and again under many matches: what was acked is in the log, once.

`DETENTE_KILLS=25 uv run pytest tests/faults/test_kill.py` is the long form: 25 kills of 20 matches
beside two processes that burn the processor, until 40,000 commands were acked.
"""

import os
import random
import subprocess
import sys
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.faults.crowd import NO_LIMIT, Crowd, sea
from tests.faults.history import History, Log, Shown
from tests.live_server import ServerProcess

KILLS = int(os.environ.get("DETENTE_KILLS", "2"))
IS_LONG = KILLS > 2
MATCHES, BURNERS, FEWEST_ACKS = (20, 2, 1_600 * KILLS) if IS_LONG else (4, 0, 150 * KILLS)
PLAYERS_KINDS = {
    *("say", "save_order", "set_ready", "save_forecast", "make_move", "take_back_move"),
    *("propose", "answer_proposal", "counter_proposal", "resume_match", "engage_autopilot"),
}


@contextmanager
def burning(processes: int) -> Generator[None]:
    """Keep the processors busy."""
    burn = [sys.executable, "-c", "while True: pass"]
    burners = [subprocess.Popen(burn) for _ in range(processes)]
    try:
        yield
    finally:
        for burner in burners:
            burner.kill()
            burner.wait()


@pytest.mark.slow
async def test_what_was_acked_survives_every_kill_exactly_once(tmp_path: Path) -> None:
    luck = random.Random(7)
    with burning(BURNERS):
        async with ServerProcess(tmp_path, sea(tmp_path), NO_LIMIT) as server:
            crowd = await Crowd([server], MATCHES).begin()
            for kill in range(1, KILLS + 1):
                await crowd.act(0.3 + 0.5 * luck.random())
                while IS_LONG and crowd.acks < FEWEST_ACKS * kill / KILLS:
                    await crowd.act(0.2)
                await server.kill()
                await server.start()
                await crowd.act(0.3)
                await crowd.rest()
                print(f"kill {kill}: {crowd.acks} acks, {crowd.check()}", flush=True)
            await crowd.leave()
    assert crowd.check() == {}
    assert crowd.acks >= FEWEST_ACKS, "unknown: too little happened to prove anything"
    if IS_LONG:
        assert crowd.kinds >= PLAYERS_KINDS


def good() -> tuple[History, Log]:
    """Two clients of one audience, who said a thing each."""
    shown: list[Shown] = [{"text": "A"}, {"text": "B"}]
    history = History({"a": 1, "b": 3}, {"a": 2, "b": 4}, {"a": ("all", 1), "b": ("all", 2)})
    history.see("all", 0, 1, shown)
    log = Log(2, ["a", "b"], {"a": 1, "b": 2}, {"all": shown}, {"all": [1, 2]})
    return history, log


def test_the_check_finds_nothing_in_a_good_history() -> None:
    history, log = good()
    history.see("all", 0, 1, [{"text": "A"}])
    history.see("all", 1, 2, [{"text": "B"}])
    history.ack("a", "all", 1, 1, 5)
    assert history.check(log) == {}


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"stored": ["a", "b", "b"]}, "stored twice"),
        ({"stored": ["a", "b", "c"]}, "phantom"),
        ({"stored": ["a"]}, "acked but lost"),
        ({"stored": ["b", "a"]}, "real-time order"),
        ({"visible": {"all": [{"text": "B"}, {"text": "A"}]}}, "different history"),
        ({"visible": {"all": [{"text": "A"}]}}, "different history"),
        ({"log_seqs": {"all": [1, 3]}}, "wrong place"),
    ],
)
def test_the_check_finds_what_is_wrong_in_the_log(change: dict[str, Any], fault: str) -> None:
    history, log = good()
    assert history.check(replace(log, **change)) == {fault: 1}


@pytest.mark.parametrize(
    ("see", "fault"),
    [
        (lambda x: x.see("all", 0, 2, [{"text": "B"}]), "gap or repeat"),
        (lambda x: x.see("all", 1, 1, [{"text": "A"}]), "gap or repeat"),
        (lambda x: x.see("all", 0, 1, [{"text": "B"}]), "audience differs"),
        (lambda x: x.ack("b", "all", 1, 2, 5), "acked before shown"),
        (lambda x: x.refused.add("a"), "refused but stored"),
    ],
)
def test_the_check_finds_what_a_client_was_shown_wrongly(
    see: Callable[[History], None], fault: str
) -> None:
    history, log = good()
    see(history)
    assert history.check(log) == {fault: 1}
