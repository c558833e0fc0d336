"""`detente rehearse` at a real server: to the end, in words and as one document."""

import asyncio
import json
import sys
from asyncio.subprocess import PIPE
from collections.abc import AsyncGenerator

import pytest

from client.rehearsal.rehearsal import Script, rehearse
from game_rules.log.events import MessageSaid, PactConcluded
from game_rules.log.sentences import Sentence
from tests.client.bot.hosting import host
from tests.live_server import HOST, ServerProcess, free_port
from tests.server.cli.conftest import Run

QUICK = ("--think", "0", "--seed", "7")


def test_a_link_that_is_none_is_told_in_a_line(detente: Run):
    ran = detente("rehearse", "hello/world")
    assert (ran.code, ran.out) == (2, "")
    assert "give a link like http://HOST:8000/#/join/CODE" in ran.err


@pytest.mark.parametrize("screen", ["host", "join"])
def test_a_server_that_is_not_there_is_told_in_a_line(detente: Run, screen: str):
    ran = detente("rehearse", f"http://{HOST}:{free_port()}/#/{screen}/ABCD-EFGH")
    assert ran.code == 2
    assert "is the server running there?" in ran.err


@pytest.fixture(scope="module")
async def server(tmp_path_factory: pytest.TempPathFactory) -> AsyncGenerator[ServerProcess]:
    async with ServerProcess(tmp_path_factory.mktemp("rehearsals")) as running:
        yield running


async def ran(*arguments: str) -> tuple[int, str, str]:
    """Run the command beside the server."""
    started = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "server.cli", "rehearse", *arguments, stdout=PIPE, stderr=PIPE
    )
    out, err = await started.communicate()
    assert started.returncode is not None
    return started.returncode, out.decode(), err.decode()


@pytest.mark.slow
async def test_a_class_of_bots_plays_a_seminar_of_its_own(server: ServerProcess):
    link = f"{server.url}/#/host/{server.secret}"
    code, out, err = await ran(
        link, "--bots", "13", "--scenario", "taiwan_strait", *QUICK, "--json"
    )
    report = json.loads(out)
    assert (report["problems"], report["lost_lines"]) == ([], 0)
    assert set(report["refusals"]) <= {"pact_not_allowed"}
    assert (report["finished"], report["matches"]) == (13, 3)
    assert report["choice_to_reveal_ms"]["count"] == 13 * report["rounds"] / 3
    assert (code == 0) == report["is_good"]
    assert err == ""
    seminars = await server.get("/api/seminars", await server.host_token())
    assert [(x["is_rehearsal"], x["is_archived"]) for x in seminars] == [(True, True)]


@pytest.mark.slow
async def test_it_is_told_in_plain_words(server: ServerProcess):
    link = f"{server.url}/#/host/{server.secret}"
    _, out, _ = await ran(link, "--bots", "2", "--scenario", "chicken", *QUICK)
    assert "2 bots, 1 match, " in out
    assert "its reveal" in out
    assert "Refused: nothing. Lines lost: 0." in out
    assert "of the last choice" in out.splitlines()[-1]


@pytest.mark.slow
async def test_it_plays_what_another_seminar_plays(server: ServerProcess):
    token = await server.host_token()
    body = {"name": "Real", "scenario": "chicken", "pairing": "round_robin", "bot": "grudger"}
    real = await server.post("/api/seminars", body, token)
    link, like = f"{server.url}/#/host/{server.secret}", real["code"].lower()
    report = await rehearse(link, Script(5, "7", think_s=0, like=like), lambda line: None)
    assert (report.tally.problems, report.tally.finished) == ([], 5)
    newest = (await server.get("/api/seminars", token))[0]
    assert (newest["scenario"], newest["pairing"], newest["bot"]) == (
        "chicken",
        "round_robin",
        "grudger",
    )


@pytest.mark.slow
async def test_a_code_that_no_seminar_has_is_told(server: ServerProcess):
    code, _, err = await ran(f"{server.url}/#/host/{server.secret}", "--like", "0000-0000")
    assert (code, "no seminar has the code" in err) == (2, True)


@pytest.mark.slow
async def test_bots_are_guests_of_a_match_whose_facilitator_leads(server: ServerProcess):
    hosted = await host(server, "taiwan_strait")
    playing = rehearse(hosted.link, Script(4, "7", think_s=0), lambda line: None)
    async with asyncio.timeout(30):
        report, _ = await asyncio.gather(playing, hosted.start_with(4))
    assert (report.tally.problems, report.tally.finished) == ([], 4)
    assert set(report.tally.refusals) <= {"seat_unavailable", "pact_not_allowed"}
    log, _ = await hosted.record()
    assert any(isinstance(event, PactConcluded) for event in log)
    said = {event.sentence for event in log if isinstance(event, MessageSaid)}
    assert said >= {Sentence.PROPOSE, Sentence.ACCEPT, Sentence.PROMISE}


@pytest.mark.slow
async def test_bots_are_guests_of_a_seminar_whose_facilitator_leads(server: ServerProcess):
    body = {"name": "Real", "scenario": "chicken"}
    real = await server.post("/api/seminars", body, await server.host_token())
    told: asyncio.Queue[str] = asyncio.Queue()
    link = f"{server.url}/#/join/{real['code']}"
    playing = asyncio.create_task(rehearse(link, Script(3, "7", think_s=0), told.put_nowait))
    async with asyncio.timeout(30):
        await _until(told, "3 of 3 have come")
        path = f"/api/seminars/{real['seminar']}"
        assert (await server.post(f"{path}/deal", {}, real["token"]))["bots"] == 1
        await _until(told, "3 of 3 have a place")
        await _start_all(server, path, real["token"])
        report = await playing
    assert (report.tally.problems, report.tally.finished) == ([], 3)


@pytest.mark.slow
async def test_what_takes_too_long_is_given_up(server: ServerProcess):
    body = {"name": "Real", "scenario": "chicken"}
    real = await server.post("/api/seminars", body, await server.host_token())
    script = Script(1, "7", think_s=0, longest_s=0.5)
    report = await rehearse(f"{server.url}/#/join/{real['code']}", script, lambda line: None)
    assert report.verdict.startswith("Not ready: failures: 1, the first: not over after")


async def _until(told: asyncio.Queue[str], words: str) -> None:
    while words not in await told.get():
        pass


async def _start_all(server: ServerProcess, path: str, token: str) -> None:
    from websockets.asyncio.client import connect

    url = f"ws://{HOST}:{server.port}/api/seminars/live"
    matches: list[str] = []
    async with connect(url) as socket:
        await socket.send(json.dumps({"type": "hello", "protocol": 1, "token": token}))
        while len(matches) < 2:
            message = json.loads(await socket.recv())
            frames = message if isinstance(message, list) else [message]
            matches += [x["card"]["match"] for x in frames if x["type"] == "match"]
    commands = [{"match": x, "id": "s", "command": {"type": "start_match"}} for x in matches]
    await server.post(f"{path}/commands", {"commands": commands}, token)
