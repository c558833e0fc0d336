"""`detente bot`: a bot of one's own, here and there; every mistake is one line."""

import asyncio
import signal
import sys
from asyncio.subprocess import PIPE, Process
from pathlib import Path

import pytest

from tests.client.bot.hosting import Hosted, host
from tests.live_server import HOST, ServerProcess, free_port
from tests.server.cli.conftest import Run

FILE = """
from client.bot import Bot, C

class Kind(Bot):
    def choose(self, view):
        return C

class Broken(Bot):
    def choose(self, view):
        raise LookupError("no idea")

class Endless(Bot):
    def choose(self, view):
        while True:
            pass
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "my_bot.py"
    path.write_text(FILE)
    return path


def test_a_bot_plays_here_and_the_match_is_shown(detente: Run, file: Path):
    ran = detente("bot", "my_bot.py:Kind", "--opponent", "defector", "--seed", "7")
    assert (ran.code, ran.err) == (0, "")
    assert "Kind (person)" in ran.out
    assert "defector" in ran.out
    assert "seed 7" in ran.out


def test_a_bot_plays_any_scenario_on_any_seat_here(detente: Run, file: Path):
    ran = detente("bot", "my_bot.py:Kind", "--scenario", "south_china_sea", "--seat", "PHL")
    assert ran.code == 0
    assert "Philippines PHL" in " ".join(ran.out.split())


def test_what_went_wrong_here_is_told_below_the_match(detente: Run, file: Path):
    ran = detente("bot", "my_bot.py:Broken")
    assert ran.code == 1
    assert ran.out.count("choose raised LookupError: no idea (line 10 of my_bot.py)") == 3


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["nothing.py:Kind"], "nothing.py: there is no such Python file"),
        (["my_bot.py:Kid"], "my_bot.py has no class 'Kid'; did you mean Kind?"),
        (["my_bot.py:C"], "my_bot.py has no class 'C'; known: Bot, Kind, Broken, Endless"),
        (["my_bot.py"], "my_bot.py has 3 bots (Kind, Broken, Endless); name one"),
        (["my_bot.py:Kind", "--seat", "X"], "'X' is no seat of prisoners_dilemma"),
        (["my_bot.py:Kind", "--opponent", "tit_for_tad"], "did you mean tit_for_tat"),
        (["my_bot.py:Kind", "--scenario", "chiken"], "did you mean chicken?"),
        (
            ["my_bot.py:Kind", "--join", "http://x/"],
            "give a link like http://HOST:8000/#/join/CODE",
        ),
        (
            ["my_bot.py:Kind", "--join", "AAAA-BBBB", "--name", " "],
            "--name: 0 letters; give 1 to 40",
        ),
        (["my_bot.py:Kind", "--join", "AAAA-BBBB", "--opponent", "x"], "leave out --join"),
        (["my_bot.py:Kind", "--move-time", "0"], "a whole number from 1 to 3600"),
    ],
)
def test_every_mistake_is_one_line_and_code_2(
    detente: Run, file: Path, arguments: list[str], told: str
):
    ran = detente("bot", *arguments)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("detente: ")
    assert ran.err.count("\n") == 1
    assert told in ran.err


def test_a_server_that_does_not_answer_is_told_in_a_line(detente: Run, file: Path):
    server = f"http://{HOST}:{free_port()}"
    ran = detente("bot", "my_bot.py:Kind", "--join", f"{server}/#/join/ABCD-EFGH")
    assert ran.code == 2
    assert ran.err.startswith(f"detente: {server} does not answer (")


async def start(file: Path, name: str, link: str, *options: str) -> Process:
    """Run `detente bot` as a process of its own."""
    arguments = ["-m", "server.cli", "bot", f"{file}:{name}", "--join", link, *options]
    return await asyncio.create_subprocess_exec(
        sys.executable, *arguments, stdout=PIPE, stderr=PIPE
    )


async def ending(process: Process) -> tuple[int | None, str, str]:
    async with asyncio.timeout(30):
        out, err = await process.communicate()
    return process.returncode, out.decode(), err.decode()


@pytest.mark.slow
async def test_bots_come_play_and_go_with_the_code_that_says_how_it_went(
    file: Path, tmp_path: Path
):
    async with ServerProcess(tmp_path) as server:
        both, against = {}, {"COLUMN": "cooperator"}
        matches: list[Hosted] = [
            await host(server, "prisoners_dilemma", bots) for bots in (both, against, against)
        ]
        kind = [await start(file, "Kind", matches[0].link) for _ in range(2)]
        broken = await start(file, "Broken", matches[1].link)
        quick = "--move-time", "1", "--time-bank", "0"
        endless = await start(file, "Endless", matches[2].link, *quick)
        stray = await start(file, "Kind", f"{server.url}/#/join/0000-0000")
        for hosted, guests in zip(matches, (2, 1, 1), strict=True):
            await hosted.start_with(guests)

        for bot in kind:
            code, out, err = await ending(bot)
            assert (code, err) == (0, "")
            assert "round 10: prisoners_dilemma C: +3 points" in out
        gave_up = "detente bot: it gave up its seat after 3 faulty turns\n"
        code, out, err = await ending(broken)
        assert (code, err) == (1, gave_up)
        assert "choose raised LookupError: no idea (line 10 of my_bot.py)" in out
        code, out, err = await ending(endless)
        assert (code, err) == (1, gave_up)
        assert "no answer within 1.0 s" in out
        code, out, err = await ending(stray)
        assert (code, err) == (
            2,
            "detente: no match has the code 0000-0000; check it with your facilitator\n",
        )


@pytest.mark.slow
async def test_ctrl_c_frees_the_seat(file: Path, tmp_path: Path):
    async with ServerProcess(tmp_path) as server:
        hosted = await host(server, "prisoners_dilemma")
        bot = await start(file, "Kind", hosted.link)
        await hosted.until("seat_taken")
        bot.send_signal(signal.SIGINT)
        assert (await ending(bot))[0] == 130
        async with asyncio.timeout(10):
            await hosted.until("seat_vacated")
