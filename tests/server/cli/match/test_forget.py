"""`detente forget`: a name goes from a match and its branches, and its record still verifies."""

import asyncio
import sys
from pathlib import Path

import pytest

from game_rules.log.events import Phase
from game_rules.log.evolve import fold
from game_rules.match import commands as c
from game_rules.records.codec import dumps
from game_rules.roles import THE_CLOCK, PersonId
from server.database import migrate, store_for
from server.store.event_store import MatchId, NewEvent
from server.store.queries import Queries
from tests.game_rules.scenes import CHN, JPN, Table, a_scenario, person
from tests.live_server import Line, ServerProcess
from tests.server.cli.conftest import Run

P1, P2 = PersonId("p1"), PersonId("p2")
NAMES = {P1: "Amna Khan", P2: "Bashir Gul"}


def seated(version: int) -> Table:
    """Begin a match with two people."""
    table = Table(a_scenario(rivals=()), version=version)
    for one, seat in ((P1, CHN), (P2, JPN)):
        table.do(c.TakeSeat(seat, NAMES[one]), person(one))
    return table.start()


@pytest.fixture
def url(tmp_path: Path) -> str:
    """A match that goes on in a branch, and one of rules 1."""
    trunk = seated(2).skip_to(Phase.DECISION)
    shared = list(trunk.log)
    trunk.do(c.EndMatch())
    trunk.do(c.SupersedeMatch("later"))
    branch = Table(a_scenario(rivals=()), version=2)
    branch.log, branch.position = shared, fold(shared)
    branch.do(c.BranchMatch("first", len(shared), "other"), THE_CLOCK)
    branch.do(c.EndMatch())
    old = seated(1)
    old.do(c.EndMatch())
    made = f"sqlite:///{tmp_path}/people.sqlite3"

    async def fill() -> None:
        await migrate(made)
        store = store_for(made)
        await store.open()
        for match, table in (("first", trunk), ("later", branch), ("old", old)):
            names = {} if table is old else NAMES
            rows = [NewEvent(dumps(event)) for event in table.log[1:]]
            head = NewEvent(dumps(table.log[0]), names=names)
            await store.append(MatchId(match), 0, [head, *rows])
        await store.close()

    asyncio.run(fill())
    return made


@pytest.mark.slow(measured=True)
@pytest.mark.parametrize("given", ["p1", "Amna Khan", "amna khan"])
def test_a_name_goes_from_a_match_and_its_branches(detente: Run, url: str, given: str) -> None:
    at = ("--database", url)
    assert "Amna Khan (person)" in detente("replay", "later", *at).out
    before = detente("export", "later", "--format", "jsonl", *at).out
    ran = detente("forget", "first", given, *at)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == "p1 is Person 1 from now on, in match first and later\n"
    for match in ("first", "later"):
        shown = detente("replay", match, *at).out
        assert "Person 1 (person)" in shown
        assert "Bashir Gul (person)" in shown
        assert "Amna" not in shown
    after = detente("export", "later", "--format", "jsonl", *at).out
    assert "Amna" not in after
    assert before.splitlines()[:-1] == after.splitlines()[:-1]


@pytest.mark.slow
def test_the_record_verifies_before_and_after_and_without_names(
    detente: Run, url: str, tmp_path: Path
) -> None:
    at = ("--database", url)
    detente("export", "later", "--format", "jsonl", "--output", "before.jsonl", *at)
    detente("forget", "later", "p2", *at)
    detente("export", "later", "--format", "jsonl", "--output", "after.jsonl", *at)
    lines = (tmp_path / "after.jsonl").read_text().splitlines(keepends=True)
    (tmp_path / "bare.jsonl").write_text("".join(lines[:-1]))
    for name in ("before", "after", "bare"):
        assert detente("verify", f"{name}.jsonl").code == 0
    assert "Person 2 (person)" in detente("replay", "bare.jsonl").out


def test_nobody_and_rules_1_are_refused(detente: Run, url: str) -> None:
    at = ("--database", url)
    ran = detente("forget", "first", "Chanda", *at)
    known = "p1 (Amna Khan), p2 (Bashir Gul)"
    told = f"detente: 'Chanda' is nobody in this match; choose among {known}\n"
    assert (ran.code, ran.err) == (2, told)
    ran = detente("forget", "old", "p1", *at)
    assert ran.code == 2
    assert "whose log holds its people's names" in ran.err
    ran = detente("forget", "none", "p1", *at)
    assert "no match in" in ran.err


@pytest.mark.slow
async def test_a_running_server_forgets_over_a_real_socket(tmp_path: Path) -> None:
    """The command and the server are two programs on one database."""
    url = f"sqlite:///{tmp_path}/detente.sqlite3"
    await migrate(url)
    store = store_for(url)
    await store.open()
    code = await Queries(store).create_match(MatchId("live"), "plain", "Plain", 3, 1)
    begun = Table(a_scenario(rivals=()), version=2, pace=None).log
    await store.append(MatchId("live"), 0, [NewEvent(dumps(event)) for event in begun])
    await store.close()
    async with ServerProcess(tmp_path) as server:
        joined = await server.post("/api/join", {"code": code, "name": "Amna Khan"})
        assert joined["person"] == "p1"
        line = Line(server, joined["token"])
        await line.open()
        taken = await line.do({"type": "take_seat", "seat": "CHN", "name": "Amna Khan"})
        assert taken["type"] == "ack"
        assert '"names":{"p1":"Amna Khan"}' in await named(server, joined["token"])
        forget = ("-m", "server.cli", "forget", "live", "p1", "--database", url)
        ran = await asyncio.create_subprocess_exec(sys.executable, *forget)
        assert await ran.wait() == 0
        watcher = await server.post("/api/watch", {"code": code})
        seen = await named(server, watcher["token"])
        assert "Amna" not in seen
        assert '"person":"p1"' in seen
        await line.close()


async def named(server: ServerProcess, token: str) -> str:
    """Say hello; give all that is told up to the answer to a ping."""
    line = Line(server, token)
    await line.open()
    await line.socket.send('{"type":"ping","sent_ms":1}')
    told = []
    while (frame := await line.frame())["type"] != "pong":
        told.append(frame)
    await line.close()
    return dumps(told)
