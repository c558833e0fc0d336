"""Folders are layers: none import each other in a circle, and each contract can break."""

import shutil
import subprocess
import sys
import tomllib
from collections import defaultdict
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import NamedTuple

import grimp
import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ("game_rules", "server", "client")
LINTER = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"][
    "importlinter"
]


@cache
def graph() -> grimp.ImportGraph:
    """Give who imports whom."""
    return grimp.build_graph(*PACKAGES, cache_dir=None)


def circle(graph: grimp.ImportGraph) -> list[str]:
    """Give folders that import each other in a circle, directly or through files beside them."""
    inside: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for importer in graph.modules:
        for imported in graph.find_modules_directly_imported_by(importer):
            folder, one, other = parted(importer, imported)
            parts = [f"{folder}.{part}".strip(".") for part in (one, other) if part]
            if len(parts) == 2 and any(graph.find_children(part) for part in parts):
                inside[folder][one].add(other)
    for folder, imports in inside.items():
        try:
            TopologicalSorter(imports).prepare()
        except CycleError as found:
            return [f"{folder}.{name}" for name in found.args[1]]
    return []


def parted(importer: str, imported: str) -> tuple[str, str, str]:
    """Give the innermost folder that holds both, and the two parts of it that they are in.

    >>> parted("server.store.sqlite.writer", "server.store.tables")
    ('server.store', 'sqlite', 'tables')
    """
    here, there = importer.split("."), imported.split(".")
    same = 0
    while same < min(len(here), len(there)) and here[same] == there[same]:
        same += 1
    return ".".join(here[:same]), "".join(here[same : same + 1]), "".join(there[same : same + 1])


def test_no_folders_import_each_other_in_a_circle() -> None:
    assert circle(graph()) == []


@pytest.mark.parametrize(
    ("importer", "imported"),
    [
        ("game_rules.lenses.lenses", "game_rules.match.decide"),
        ("game_rules.strategies.kit.machine", "game_rules.strategies.registry"),
        ("server.store.queries", "server.live.session"),
        ("server.cli.shared.screen", "server.cli.tournament.run"),
        ("client.bot.http", "client.rehearsal.tally"),
    ],
)
def test_a_circle_is_found_when_one_is_made(importer: str, imported: str) -> None:
    planted = grimp.ImportGraph()
    for module in graph().modules:
        planted.add_module(module)
        for name in graph().find_modules_directly_imported_by(module):
            planted.add_import(importer=module, imported=name)
    assert {importer, imported} <= planted.modules
    planted.add_import(importer=importer, imported=imported)
    folder, one, other = parted(importer, imported)
    assert {f"{folder}.{one}", f"{folder}.{other}"} <= set(circle(planted))


class Planted(NamedTuple):
    """A line that one file gets, and the contract that it breaks."""

    file: str
    line: str
    contract: str


PLANTED = (
    Planted(
        "game_rules/games/stage_games.py",
        "import pydantic",
        "Rules know nothing of the server, the client or the web",
    ),
    Planted(
        "game_rules/chance.py",
        "import random",
        "Rules have no clock, no running chance and no I/O of their own",
    ),
    Planted(
        "game_rules/lenses/lenses.py",
        "import game_rules.match.decide",
        "The rules are built in this order",
    ),
    Planted("game_rules/attic/__init__.py", "", "The rules are built in this order"),
    Planted(
        "game_rules/rounds/resolution.py",
        "import game_rules.rulesets.first.aftermath",
        "What differs between versions of the rules is asked of the ruleset of the match",
    ),
    Planted(
        "game_rules/strategies/kit/machine.py",
        "import game_rules.strategies.registry",
        "Strategies: the registry over the classics over the kit",
    ),
    Planted(
        "server/hosting/fanout.py",
        "import server.live.session",
        "The server is built in this order",
    ),
    Planted("server/attic/__init__.py", "", "The server is built in this order"),
    Planted(
        "server/store/tables.py",
        "import server.store.queries",
        "The store: adapters over the queries over the tables and the port",
    ),
    Planted(
        "server/cli/shared/screen.py",
        "import server.cli.match.play",
        "The command line: groups of commands over what they share",
    ),
    Planted(
        "server/tournaments/specs/spec.py",
        "import server.tournaments.store",
        "Tournament specs do not know how tournaments are kept or shown",
    ),
    Planted(
        "server/tournaments/guests/limits.py",
        "import server.tournaments.specs.spec",
        "Guests of a contest know nothing of the tournament around it",
    ),
    Planted(
        "server/api/health.py",
        "import server.store.tables",
        "Tables are touched where they are kept, nowhere else",
    ),
    Planted(
        "server/hosting/registry.py",
        "import fastapi",
        "Hosting is neither a web framework nor a database",
    ),
    Planted(
        "server/edge/pages.py",
        "import fastapi",
        "A server starts without the routes of its API",
    ),
    Planted(
        "client/bot/http.py",
        "import server.clock",
        "Remote bots are guests: they see the rules, never the server",
    ),
)


def test_every_contract_is_seen_to_break() -> None:
    assert {one.contract for one in PLANTED} == {one["name"] for one in LINTER["contracts"]}


@pytest.mark.slow
@pytest.mark.parametrize("planted", PLANTED, ids=lambda one: f"{one.file}-{one.line}")
def test_an_import_that_breaks_a_contract_is_found(planted: Planted, tmp_path: Path) -> None:
    for package in PACKAGES:
        only_python = shutil.ignore_patterns("web", "__pycache__", "scenarios")
        shutil.copytree(ROOT / package, tmp_path / package, ignore=only_python)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    file = tmp_path / planted.file
    assert file.exists() == bool(planted.line)  # without a line: a new folder that has no place
    file.parent.mkdir(exist_ok=True)
    with file.open("a", encoding="utf-8") as source:
        source.write(f"\n{planted.line}\n")
    lint = "from importlinter.cli import lint_imports_command as lint; lint()"
    command = [sys.executable, "-c", lint, "--no-cache"]
    ran = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert ran.returncode == 1
    assert f"{planted.contract} BROKEN" in " ".join(ran.stdout.split())
