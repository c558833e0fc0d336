"""The `detente` command itself: help, version, imports, Ctrl-C."""

import os
import subprocess
import sys
from ast import literal_eval
from pathlib import Path

import click
import pytest

import server.cli
from server.cli.commands import PLACES
from server.cli.commands import detente as group
from server.version import SOFTWARE_VERSION
from tests.server.cli.conftest import Run

ROOT = Path(__file__).parents[3]
LIGHT = {"click", "game_rules", "server"}
"""What any command loads beside the standard library; all else is loaded when it is needed."""
IMPORTED = """
import sys
before = set(sys.modules)
from server.cli import main
main(sys.argv[1:])
print({name.split(".")[0] for name in set(sys.modules) - before})
"""


def test_without_a_command_help_is_shown(detente: Run) -> None:
    ran = detente()
    assert (ran.code, ran.err) == (0, "")
    assert all(name in ran.out for name in PLACES)
    assert ran.out == detente("--help").out


def test_the_version_names_software_and_rules(detente: Run) -> None:
    assert detente("--version").out == f"detente {SOFTWARE_VERSION} (rules 2)\n"


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


def test_ctrl_c_that_python_has_wrapped_ends_a_command_with_130(
    detente: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def wrapped(self: click.Command, context: click.Context) -> None:
        raise RuntimeError("Error calling __set_name__") from KeyboardInterrupt()

    monkeypatch.setattr(type(group), "invoke", wrapped)
    ran = detente("strategies")
    assert (ran.code, ran.err) == (130, "")


IN_GENERATED_CODE = """
import click, server.cli
click.Group.invoke = lambda *given: exec("raise KeyboardInterrupt")
server.cli.program()
"""


def test_ctrl_c_while_a_dataclass_is_made_ends_a_command_with_130(tmp_path: Path) -> None:
    """CPython ends a module by the signal if a text was just compiled and run when it came."""
    (tmp_path / "stopped.py").write_text(IN_GENERATED_CODE)
    command = [sys.executable, "-m", "stopped", "strategies"]
    paths = os.pathsep.join((str(tmp_path), str(ROOT)))
    ran = subprocess.run(command, env={**os.environ, "PYTHONPATH": paths})
    assert ran.returncode == server.cli.INTERRUPTED


@pytest.mark.parametrize("arguments", [["--version"], ["--help"], ["serve", "--help"], ["plya"]])
def test_nothing_heavy_is_imported_before_it_is_needed(arguments: list[str]) -> None:
    """How long a start takes is measured by `tests/load/start_speed.py`."""
    command = [sys.executable, "-c", IMPORTED, *arguments]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    imported = literal_eval(ran.stdout.splitlines()[-1])
    assert imported - sys.stdlib_module_names <= LIGHT
    assert "asyncio" not in imported


def test_a_server_loads_neither_rich_nor_the_drivers_of_other_databases() -> None:
    """They took a tenth of its start."""
    code = "import sys, server.app; print('rich' in sys.modules, *sorted(sys.modules))"
    ran = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    has_rich, *loaded = ran.stdout.split()
    assert has_rich == "False"
    assert [x for x in loaded if x.startswith("sqlalchemy.dialects.postgresql")] == []
