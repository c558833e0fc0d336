"""The `detente` command itself: help, version, speed, Ctrl-C."""

import os
import subprocess
import sys
from pathlib import Path

import click
import pytest

import server.cli
from server.cli.commands import PLACES
from server.cli.commands import detente as group
from server.version import SOFTWARE_VERSION
from tests.server.cli.conftest import Run

ROOT = Path(__file__).parents[3]
HEAVY = ("rich", "fastapi", "uvicorn", "sqlalchemy", "sqlmodel", "pydantic", "numpy", "asyncio")


def test_without_a_command_help_is_shown(detente: Run) -> None:
    ran = detente()
    assert (ran.code, ran.err) == (0, "")
    assert all(name in ran.out for name in PLACES)
    assert ran.out == detente("--help").out


def test_the_version_names_software_and_rules(detente: Run) -> None:
    assert detente("--version").out == f"detente {SOFTWARE_VERSION} (rules 1)\n"


@pytest.mark.parametrize("name", PLACES)
def test_every_command_explains_itself_with_examples(detente: Run, name: str) -> None:
    ran = detente(name, "--help")
    assert (ran.code, ran.err) == (0, "")
    assert f"  detente {name}" in ran.out
    assert "Examples:" in ran.out


def test_a_bare_group_of_commands_shows_its_help(detente: Run) -> None:
    assert detente("scenario").out == detente("scenario", "--help").out


def test_ctrl_c_ends_a_command_with_130(detente: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(self: click.Command, context: click.Context) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(type(group), "invoke", interrupted)
    assert detente("strategies").code == server.cli.INTERRUPTED == 130


@pytest.mark.parametrize("arguments", [["--version"], ["--help"], ["serve", "--help"], ["plya"]])
def test_nothing_heavy_is_imported_before_it_is_needed(arguments: list[str]) -> None:
    code = (
        "import sys; from server.cli import main; main(sys.argv[2:]); "
        "print([name for name in sys.argv[1].split() if name in sys.modules])"
    )
    command = [sys.executable, "-c", code, " ".join(HEAVY), *arguments]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert ran.stdout.splitlines()[-1] == "[]"


@pytest.mark.slow
def test_it_starts_in_under_three_tenths_of_a_second() -> None:
    """Processor time, the least of several starts: others may be using the machine."""

    def spent() -> float:
        times = os.times()
        return times.children_user + times.children_system

    def start() -> float:
        begun = spent()
        command = [sys.executable, "-m", "server.cli", "--version"]
        subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
        return spent() - begun

    assert min(start() for _ in range(5)) < 0.3
