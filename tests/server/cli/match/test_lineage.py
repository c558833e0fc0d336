"""Replay, verify and export say where a match branched, and open a trunk with its last branch."""

import asyncio
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from game_rules.log.events import Event, Phase
from game_rules.log.evolve import fold
from game_rules.match import commands as c
from game_rules.records.codec import dumps
from game_rules.records.record import write_record
from game_rules.roles import THE_CLOCK
from server.database import migrate, store_for
from server.store.event_store import MatchId, NewEvent
from tests.game_rules.scenes import CHN, JPN, PHL, Table
from tests.server.cli.conftest import Run


def branches() -> tuple[Table, Table, int]:
    """A match that was ended by mistake, and the branch in which it goes on."""
    trunk = Table().bots(CHN, JPN, PHL).start()
    trunk.skip_to(Phase.DECISION, 2)
    seq = len(trunk.log)
    trunk.do(c.EndMatch())
    trunk.do(c.SupersedeMatch("later"))
    branch = Table()
    branch.log = trunk.log[:seq]
    branch.position = fold(branch.log)
    branch.do(c.BranchMatch("first", seq, "other"), THE_CLOCK)
    return trunk, branch, seq


def stored(folder: Path, logs: Mapping[str, Sequence[Event]]) -> str:
    """Keep logs in a database."""
    url = f"sqlite:///{folder}/branched.sqlite3"

    async def fill() -> None:
        await migrate(url)
        store = store_for(url)
        await store.open()
        for name, log in logs.items():
            await store.append(MatchId(name), 0, [NewEvent(dumps(event)) for event in log])
        await store.close()

    asyncio.run(fill())
    return url


def test_verify_and_replay_name_the_trunk_and_the_branch(detente: Run, tmp_path: Path) -> None:
    trunk, branch, seq = branches()
    branch.do(c.EndMatch())
    for name, table in (("first", trunk), ("later", branch)):
        Path(tmp_path / f"{name}.jsonl").write_text(write_record(table.log, "1"), encoding="utf-8")
    comes = f"a branch of match first, whose first {seq} events it shares"
    goes = "it continues in match later"
    for command in ("verify", "replay"):
        first, later = (detente(command, f"{name}.jsonl").out for name in ("first", "later"))
        assert (goes in first, comes in first) == (True, False)
        assert (goes in later, comes in later) == (False, True)
    shown = json.loads(detente("replay", "later.jsonl", "--as", "CHN", "--json").out)
    assert shown["lineage"] == {"trunk": "first", "shared": seq, "superseded_by": None}


@pytest.mark.parametrize("name", ["first", "later"])
def test_a_trunk_is_opened_when_its_branch_has_ended(
    detente: Run, tmp_path: Path, name: str
) -> None:
    trunk, branch, _ = branches()
    logs = {"first": trunk.log, "later": branch.log}
    playing = stored(tmp_path, logs)
    shut = detente("export", name, "--format", "csv", "--database", playing)
    assert (shut.code, "still being played" in shut.err, shut.out) == (2, True, "")
    branch.do(c.EndMatch())
    (tmp_path / "ended").mkdir()
    ended = stored(tmp_path / "ended", {**logs, "later": branch.log})
    assert detente("export", name, "--format", "csv", "--database", ended).code == 0
