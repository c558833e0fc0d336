"""Everything that users read in English, by the place where it stands."""

import ast
import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import click

from game_rules.scenario_files.scenarios import scenario_names, shipped_scenario
from server.cli.commands import detente
from tests.client.translations import texts_of, words

ROOT = Path(__file__).parents[2]


class Passage(NamedTuple):
    """A text. kind: words, help, pages, scenarios or messages. place: where to mend it."""

    kind: str
    place: str
    text: str


@cache
def passages() -> tuple[Passage, ...]:
    """Give all texts that users read."""
    return (*labels(), *helps(), *pages(), *stories(), *messages())


def labels() -> Iterator[Passage]:
    """Yield the browser's words; a plural has a text for each form."""
    for key, text in (*words("en").items(), *of_the_debrief("en").items()):
        for form in forms(text):
            yield Passage("words", key, form)


def of_the_debrief(language: str) -> dict[str, str]:
    """Give the words of the debrief page in a language, by key."""
    path = ROOT / "server" / "debrief" / "languages" / f"{language}.json"
    return json.loads(path.read_text("utf-8"))


def forms(text: Any) -> list[str]:
    """Give the forms of a word of a catalogue: one, or those of a plural."""
    return [text] if isinstance(text, str) else list(text.values())


def helps() -> Iterator[Passage]:
    """Yield what `--help` says of each command, without its examples."""
    for name, command in _commands(detente, "detente"):
        parts = (command.help or "").split("Examples:")[0], command.epilog or ""
        yield Passage("help", name, flowing("\n".join(parts)))
        for parameter in command.params:
            if isinstance(parameter, click.Option):
                yield Passage("help", f"{name} {parameter.opts[-1]}", parameter.help or "")


def pages() -> Iterator[Passage]:
    """Yield the paragraphs of the pages, without their code."""
    for path in (*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").glob("*.md"))):
        prose = re.sub(
            r"^```.*?^ *```", "", path.read_text("utf-8"), flags=re.DOTALL | re.MULTILINE
        )
        prose = re.sub(r"`[^`\n]*`", "`…`", prose)
        for paragraph in re.split(r"\n\s*\n|\n(?=\s*[|*-] |\s*\d+\. )", prose):
            if text := flowing(paragraph):
                yield Passage("pages", path.name, text)


def stories() -> Iterator[Passage]:
    """Yield the texts of the built-in scenarios."""
    for scenario in map(shipped_scenario, scenario_names()):
        for text in (scenario.title, scenario.summary, *texts_of(scenario)):
            yield Passage("scenarios", scenario.name, text)


def messages() -> Iterator[Passage]:
    """Yield what the code raises, which users read as a line, and what commands print."""
    for package in ("game_rules", "server", "client"):
        for path in sorted((ROOT / package).rglob("*.py")):
            for node in _spoken(path):
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    yield Passage("messages", f"{path.relative_to(ROOT)}:{node.lineno}", node.value)


def flowing(text: str) -> str:
    """Give a wrapped text on one line."""
    return " ".join(text.split())


def _commands(command: click.Command, name: str) -> Iterator[tuple[str, click.Command]]:
    yield name, command
    if isinstance(command, click.Group):
        with click.Context(command, info_name=name) as context:
            for below in command.list_commands(context):
                found = command.get_command(context, below)
                if found is not None:
                    yield from _commands(found, f"{name} {below}")


def _spoken(path: Path) -> Iterator[ast.AST]:
    """Yield what may be read of a module: what it raises, and of a command all but docstrings."""
    is_command = path.is_relative_to(ROOT / "server" / "cli")
    for node in _without_docstrings(ast.parse(path.read_text("utf-8"))):
        if is_command:
            yield node
        elif isinstance(node, ast.Raise):
            yield from ast.walk(node)


def _without_docstrings(node: ast.AST) -> Iterator[ast.AST]:
    if not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)):
        yield node
        for below in ast.iter_child_nodes(node):
            yield from _without_docstrings(below)
