"""`detente export --all` that ends before its end: Ctrl-C leaves nothing half written."""

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import psycopg
import pytest
from sqlmodel import Session

from game_rules.bots.bot_match import play_bot_match
from game_rules.log.events import Phase
from game_rules.records.codec import dumps
from game_rules.scenario_files.scenarios import load_scenario
from server.database import migration_engine
from server.exports.dataset import UNFINISHED
from server.store.tables import EventRow, MatchRow
from tests.postgres import Postgres

ROOT = Path(__file__).parents[4]


def store_a_match(url: str) -> None:
    """Store a match of bots that has ended."""
    match = MatchRow(
        id="m1",
        code="m1",
        scenario="chicken",
        title="Chicken",
        created_at_ms=0,
        rounds=1,
        round=1,
        phase=Phase.DEBRIEF.value,
        seats_held=2,
        is_over=True,
    )
    scenario = load_scenario("chicken")
    log = play_bot_match(scenario, dict.fromkeys(scenario.seats, "tit_for_tat"), "1")
    with Session(migration_engine(url)) as session:
        session.add(match)
        session.flush()
        for seq, event in enumerate(log, start=1):
            session.add(EventRow(match_id="m1", seq=seq, payload=dumps(event)))
        session.commit()


@pytest.mark.slow
def test_ctrl_c_leaves_neither_a_folder_nor_half_a_file(postgres: Postgres, tmp_path: Path) -> None:
    """It cannot end before: a lock holds the logs back until Ctrl-C is on its way."""
    url, folder = postgres.fresh(), tmp_path / "out"
    store_a_match(url)
    asked = ["export", "--all", "--format", "parquet", "--output", str(folder)]
    environment = {**os.environ, "DETENTE_DATABASE": url}
    command = [sys.executable, "-m", "server.cli", *asked, "--key", str(tmp_path / "key.csv")]
    with psycopg.connect(url) as gate:
        gate.execute("LOCK TABLE events IN ACCESS EXCLUSIVE MODE")
        program = subprocess.Popen(
            command,
            cwd=ROOT,
            env=environment,
            stderr=subprocess.PIPE,
            text=True,
        )
        wait_for_a_file(program, folder)
        program.send_signal(signal.SIGINT)
    _, told = program.communicate()
    assert program.returncode == 130, told
    assert "Traceback" not in told
    assert list(tmp_path.iterdir()) == []
    assert subprocess.run(
        command, cwd=ROOT, env={**os.environ, "DETENTE_DATABASE": url}, check=True
    )
    assert (folder / "decisions.parquet").is_file()
    assert list(folder.glob(f"{UNFINISHED}*")) == []


def wait_for_a_file(program: subprocess.Popen[str], folder: Path) -> None:
    patience = threading.Event()
    while not list(folder.glob(f"{UNFINISHED}*/*")):
        assert program.poll() is None, "it ended before it could be stopped"
        patience.wait(0.05)
