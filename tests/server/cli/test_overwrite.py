"""No command overwrites a file that is there, unless it is told to."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import click
import pytest

from server.cli import main
from server.cli.commands import detente
from server.cli.shared.output_file import OutputFile

ROOT = Path(__file__).parents[3]
KEPT = "what a user wrote"
WRITES = re.compile(r"^(Write|Draw)\b|: write\b")
"""How the help of an option begins that names a file to write."""
WRITERS = {
    "server/cli/shared/values.py",
    "server/exports/dataset.py",
    "server/exports/forms.py",
    "server/tournaments/exports.py",
}
"""The modules that write a file which the user named; matplotlib and pyarrow write the others."""


class Output(NamedTuple):
    """An option of a command that names a file to be written."""

    words: tuple[str, ...]
    command: click.Command
    option: click.Option


def commands(
    group: click.Command = detente, words: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """Walk every command."""
    if not isinstance(group, click.Group):
        yield words, group
        return
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        yield from commands(command, (*words, name))


def options(command: click.Command) -> Iterator[click.Option]:
    yield from (option for option in command.params if isinstance(option, click.Option))


OUTPUTS = [
    Output(words, command, option)
    for words, command in commands()
    for option in options(command)
    if isinstance(option.type, OutputFile)
]


def filled(output: Output) -> list[str]:
    """Name the command, with something for each argument and option that it needs."""
    needed = [x for x in output.command.params if x.required and x is not output.option]
    arguments = ["x" for x in needed if isinstance(x, click.Argument)]
    given = [word for x in needed if isinstance(x, click.Option) for word in (x.opts[0], "x")]
    return [*output.words, *arguments, *given]


def test_the_outputs_are_those_that_are_known():
    known = {f"{' '.join(output.words)} {output.option.opts[0]}" for output in OUTPUTS}
    assert known == {
        "play --record",
        "export --output",
        "export --key",
        "debrief --output",
        "scenario table --page",
        "tournament match --record",
        *(
            f"{command} {option}"
            for command in ("tournament run", "tournament show", "evolve")
            for option in ("--csv", "--parquet", "--plot")
        ),
    }


def test_every_option_that_names_a_file_to_write_is_an_output():
    for words, command in commands():
        for option in options(command):
            is_path = "FILE" in (option.metavar or "")
            if is_path and WRITES.search(option.help or ""):
                assert isinstance(option.type, OutputFile), (words, option.opts)


@pytest.mark.slow
def test_a_file_is_opened_for_writing_in_few_places():
    found = set()
    for path in sorted([*ROOT.glob("server/**/*.py"), *ROOT.glob("client/bot/**/*.py")]):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and _writes(node):
                found.add(str(path.relative_to(ROOT)))
    assert found == WRITERS


def _writes(call: ast.Call) -> bool:
    """Tell whether a call opens a file for writing, or writes one."""
    name = getattr(call.func, "attr", getattr(call.func, "id", ""))
    if name in ("write_bytes", "write_text") and isinstance(call.func, ast.Attribute):
        return True
    values = [*call.args, *(x.value for x in call.keywords if x.arg == "mode")]
    modes = [x.value for x in values if isinstance(x, ast.Constant) and isinstance(x.value, str)]
    return name == "open" and any(re.fullmatch(r"[wax]\+?[bt]?\+?", mode) for mode in modes)


@pytest.mark.parametrize("output", OUTPUTS, ids=lambda x: f"{'-'.join(x.words)}{x.option.opts[0]}")
def test_an_existing_file_is_refused_before_anything_is_done(
    output: Output, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    path = tmp_path / "theirs.png"
    path.write_text(KEPT)
    assert main([*filled(output), output.option.opts[0], str(path)]) == 2
    told = capsys.readouterr()
    assert (told.out, told.err.count("\n")) == ("", 1)
    assert f"{output.option.opts[0]}: {path} exists already" in told.err
    assert "--overwrite" in told.err
    assert path.read_text() == KEPT


@pytest.mark.parametrize("before", [True, False])
def test_a_file_is_overwritten_when_that_is_asked(tmp_path: Path, before: bool):
    path = tmp_path / "match.jsonl"
    path.write_text(KEPT)
    words = ["--record", str(path)]
    words = ["--overwrite", *words] if before else [*words, "--overwrite"]
    assert main(["play", "chicken", "--seed", "7", "--json", *words]) == 0
    assert path.read_text().startswith('{"format":')


def test_a_new_file_a_folder_and_a_device_are_left_to_the_writer(tmp_path: Path):
    for path in (tmp_path / "new.jsonl", Path("/dev/null")):
        assert main(["play", "chicken", "--seed", "7", "--json", "--record", str(path)]) == 0
    assert main(["play", "chicken", "--seed", "7", "--json", "--record", str(tmp_path)]) == 2
