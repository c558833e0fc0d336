"""A bot out of a file, or one line that says what to mend."""

from pathlib import Path

import pytest

from client.bot import Bot, run_locally
from client.bot.bot_file import load_bot, make_bot
from client.bot.errors import BadBot

GOOD = """
from dataclasses import dataclass
from client.bot import Bot, C

@dataclass
class Kind(Bot):
    greeting: str = "hello"

    def choose(self, view):
        return C

class Plain:
    pass

class Empty(Bot):
    pass

class Needy(Bot):
    def __init__(self, name):
        self.name = name

    def choose(self, view):
        return C

class Kin(Kind):
    pass
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "my_bot.py"
    path.write_text(GOOD)
    return path


def refusal(place: str) -> str:
    """Give the line that tells why a bot was not loaded."""
    with pytest.raises(BadBot) as error:
        make_bot(load_bot(place))
    assert "\n" not in str(error.value)
    return str(error.value)


@pytest.mark.parametrize("name", ["Kind", "Kin"])
def test_a_class_is_found_by_its_name_and_plays(file: Path, name: str):
    bot = load_bot(f"{file}:{name}")
    assert bot.__name__ == name
    assert issubclass(bot, Bot)
    assert run_locally(bot).problems == ()


def test_a_file_with_one_bot_needs_no_name(tmp_path: Path):
    (tmp_path / "one.py").write_text(GOOD.split("class Plain")[0])
    assert load_bot(str(tmp_path / "one.py")).__name__ == "Kind"


def test_what_lies_beside_a_file_can_be_imported(tmp_path: Path):
    (tmp_path / "beside_my_bot.py").write_text("from client.bot import D as CHOICE\n")
    lines = GOOD.replace("import Bot, C", "import Bot").replace("return C", "return CHOICE")
    (tmp_path / "one.py").write_text("from beside_my_bot import CHOICE\n" + lines)
    assert run_locally(load_bot(f"{tmp_path}/one.py:Kind"), "cooperator").problems == ()


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("Kinds", "has no class 'Kinds'; did you mean Kind or Kin?"),
        ("Plain", "Plain in {file} is no Bot; begin it with: class Plain(Bot)"),
        ("Empty", "Empty in {file} has no choose(self, view); write that method"),
        ("Bot", "Bot in {file} has no choose(self, view); write that method"),
        ("Needy", "Needy() raised TypeError: "),
        ("", "{file} has 4 bots (Kind, Empty, Needy, Kin); name one: {file}:Class"),
    ],
)
def test_a_class_that_cannot_play_is_told_in_a_line(file: Path, name: str, told: str):
    place = f"{file}:{name}" if name else str(file)
    assert told.format(file=file) in refusal(place)


@pytest.mark.parametrize(
    "place", ["nothing.py:Bot", "nothing.py", "nothing", "bot.txt:Bot", ":", ""]
)
def test_a_file_that_is_not_there_is_told_in_a_line(place: str):
    assert "there is no such Python file; write FILE.py:Class" in refusal(place)


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("x = 1\ny = (\n", "line 2: '(' was never closed; mend the file"),
        ("\n\nopen('nowhere')\n", "line 3: FileNotFoundError: "),
        ("import nonesuch_at_all\n", "line 1: ModuleNotFoundError: No module named"),
        ("raise SystemExit(3)\n", "line 1: SystemExit: 3; mend the file"),
    ],
)
def test_a_file_that_does_not_run_is_told_by_its_line(tmp_path: Path, source: str, told: str):
    path = tmp_path / "bad.py"
    path.write_text(source)
    assert refusal(f"{path}:Any").startswith(f"{path}: {told}")


def test_the_line_of_an_error_is_told_wherever_the_program_was_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "bad.py").write_text("import os\n1 / 0\n")
    monkeypatch.chdir(tmp_path)
    assert refusal("bad.py") == "bad.py: line 2: ZeroDivisionError: division by zero; mend the file"
