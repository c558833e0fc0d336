"""A bot that never returns ends neither a match that is played here, nor the program."""

import re
import time
from pathlib import Path

import pytest

from client.bot import Bot, C, run_locally
from client.bot.bot_file import load_bot
from client.bot.errors import BadBot
from client.bot.timed import BotLimits, load_in_time
from game_rules.log.events import SeatVacated

SHORT = BotLimits(0.2, 60)
HANGS = """
import time
from client.bot import Bot, C
END = time.monotonic() + 2  # for the tests that follow, in the same process

class Hangs(Bot):
    def choose(self, view):
        while view.round == 2 and time.monotonic() < END:
            pass
        return C


class Slow(Bot):
    def choose(self, view):
        time.sleep(0.05)
        return C


class NeverMade(Bot):
    def __init__(self):
        time.sleep(2)

    def choose(self, view):
        return C
"""


def a_bot(folder: Path, name: str) -> type[Bot]:
    (folder / "mine.py").write_text(HANGS)
    return load_bot(f"{folder}/mine.py:{name}")


@pytest.mark.slow
def test_a_turn_without_end_is_a_fault_that_names_bot_round_file_and_line(tmp_path: Path) -> None:
    began_s = time.monotonic()
    played = run_locally(a_bot(tmp_path, "Hangs"), "cooperator", limits=SHORT)
    assert time.monotonic() - began_s < 10
    assert played.problems[0] in {
        f"ROW: round 2: Hangs took longer than 0.2 s (line {line} of mine.py)" for line in (8, 9)
    }
    assert len(played.problems) == 3, "the thread is still in that turn, and so are the next ones"
    assert [e.seat for e in played.log if isinstance(e, SeatVacated)] == [played.seat]
    assert played.position.is_over


def test_all_turns_together_have_a_limit(tmp_path: Path) -> None:
    played = run_locally(a_bot(tmp_path, "Slow"), "cooperator", limits=BotLimits(5, 0.12))
    late = r"Slow took longer than 0.\d+ s( \(line 15 of mine.py\))?"
    spent = r"the 0.12 s of Slow are spent"
    for problem in played.problems:
        assert re.fullmatch(rf"ROW: round \d: ({late}|{spent})", problem)
    assert re.search(spent, played.problems[-1])


@pytest.mark.slow
def test_limits_that_are_kept_change_nothing(tmp_path: Path) -> None:
    bot = a_bot(tmp_path, "Slow")
    played = run_locally(bot, "cooperator")
    assert played.problems == ()
    assert {*played.actions["prisoners_dilemma"].values()} == {C * len(played.history)}


@pytest.mark.slow
def test_making_a_bot_and_importing_its_file_have_a_limit(tmp_path: Path) -> None:
    told = r"NeverMade\(\) took longer than 0.2 s \(line 21 of mine.py\); mend it, or allow more: "
    with pytest.raises(BadBot, match=f"{told}--move-time"):
        run_locally(a_bot(tmp_path, "NeverMade"), limits=SHORT)
    text = "import time\nEND = time.monotonic() + 2\nwhile time.monotonic() < END:\n    pass\n"
    (tmp_path / "endless.py").write_text(text)
    told = r"endless.py took longer than 0.2 s \(line [34] of endless.py\); mend it"
    for place in ("endless.py", "endless.py:Mine"):
        with pytest.raises(BadBot, match=told):
            load_in_time(f"{tmp_path}/{place}", SHORT)
