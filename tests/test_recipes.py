"""Each recipe of docs/recipes.md works: its edits, then its commands, in a copy of the tree."""

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from textwrap import dedent

import pytest

from client.run import install_tools
from game_rules.games.corners import GameClass
from game_rules.scenario_files.scenarios import parse_scenario

ROOT = Path(__file__).parents[1]
RECIPES = {
    heading: text
    for part in (ROOT / "docs/recipes.md").read_text(encoding="utf-8").split("\n## ")[1:]
    for heading, text in [part.split("\n", 1)]
}
COMPILED = {".pyc", ".nbi", ".nbc"}
EDIT = re.compile(r"^`(\S+)`:\n\n```(\w+)\n(.*?)^```", re.MULTILINE | re.DOTALL)
COMMANDS = re.compile(r"^```sh\n(.*?)^```", re.MULTILINE | re.DOTALL)
SAID = {
    "A stage game": ["Stag Hunt", "passed"],
    "A strategy": ["patient_tit_for_tat", "Row", "passed"],
    "A scenario": ["can be played; 2 seats", "seed 7", "en.json: missing: arena.border"],
    "A language": ["fr.json, words: missing: app.name: Détente"],
    "A screen": [],
    "A move": ["passed", "South China Sea"],
    "A command": ["passed"],
    "An event": ["passed"],
}
"""What a reader of each recipe should see."""


def copied(folder: Path) -> Path:
    """Copy what git keeps, with its times; the browser's packages are the ones that are installed.

    A lock file that looks newer than the packages would have them installed again, for all.
    """
    install_tools()
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--", ":!docs/images", ":!tests/golden"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    names = [name for name in listed.stdout.split("\0") if name]
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / name, folder / name)
    for package in {Path(name).parent for name in names if name.endswith(".py")}:
        copy_compiled(package, folder)
    packages = Path("client/web/node_modules")
    (folder / packages).symlink_to(ROOT / packages, target_is_directory=True)
    return folder


def copy_compiled(package: Path, folder: Path) -> None:
    """Copy what Python and numba have compiled: both use it while a source keeps its time.

    Python keeps it beside the sources or where it is told to, numba always beside them.
    """
    copies = {ROOT / package / "__pycache__": folder / package / "__pycache__"}
    if prefix := sys.pycache_prefix:
        copies[Path(f"{prefix}{ROOT / package}")] = Path(f"{prefix}{folder / package}")
    for at, to in copies.items():
        for compiled in at.glob("*.*"):
            if compiled.suffix in COMPILED:
                to.mkdir(parents=True, exist_ok=True)
                shutil.copy2(compiled, to)


def edit(file: Path, kind: str, text: str) -> None:
    """Write a new file, or put a block of added and removed lines in its place."""
    if kind != "diff":
        assert not file.exists()
        file.write_text(text, encoding="utf-8")
        return
    lines = text.splitlines(keepends=True)
    before = "".join(line[1:] or "\n" for line in lines if line[0] != "+")
    after = "".join(line[1:] or "\n" for line in lines if line[0] != "-")
    old = file.read_text(encoding="utf-8")
    assert old.count(before) == 1, f"{file.name} does not have these lines once:\n{before}"
    file.write_text(old.replace(before, after), encoding="utf-8")


def ran(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a line of a recipe in the copy, with this Python and without other cores.

    Of tests those that a quick run has: the same properties are tried longer in the tree itself.
    """
    python = shlex.quote(sys.executable)
    for typed, meant in {
        "uv run detente": f"{python} -m server.cli",
        "uv run pytest": f"{python} -m pytest -n0 -p no:cacheprovider -m 'not slow'",
        "uv run python": python,
    }.items():
        command = command.replace(typed, meant)
    return subprocess.run(
        ["sh", "-c", command], cwd=folder, capture_output=True, text=True, check=False
    )


def test_every_recipe_says_what_to_expect() -> None:
    assert set(SAID) == set(RECIPES)


def test_the_first_change_of_a_contributor_changes_the_class_of_the_game() -> None:
    page = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    [indented] = re.findall(r"^   ```toml\n(.*?)^   ```", page, re.MULTILINE | re.DOTALL)
    text = dedent(indented)
    changed = text.replace("P = 1\n", "P = -1\n")
    arenas = [parse_scenario(each, "my.toml", "my").arenas[0] for each in (text, changed)]
    assert [arena.game.corners(0).game_class for arena in arenas] == [
        GameClass.PRISONERS_DILEMMA,
        GameClass.CHICKEN,
    ]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("recipe", "told"),
    [
        ("A strategy", ["docs/strategies.md lacks this row", "add what they play to PLAYS"]),
        ("A move", ["move.standdown", "server.typescript > client/web/src/wire/wire.ts"]),
    ],
)
def test_a_recipe_left_half_done_is_told_what_is_missing(
    recipe: str, told: list[str], tmp_path: Path
) -> None:
    folder = copied(tmp_path)
    for name, kind, block in EDIT.findall(RECIPES[recipe]):
        if name.startswith("game_rules"):
            edit(folder / name, kind, block)
    commands = "".join(COMMANDS.findall(RECIPES[recipe])).splitlines()
    [tests] = [command for command in commands if "pytest" in command]
    done = ran(tests, folder)
    assert done.returncode == 1
    assert [words for words in told if words not in done.stdout] == []


@pytest.mark.slow
@pytest.mark.parametrize("recipe", RECIPES)
def test_a_recipe_works_when_it_is_followed(recipe: str, tmp_path: Path) -> None:
    text, folder = RECIPES[recipe], copied(tmp_path)
    for name, kind, block in EDIT.findall(text):
        edit(folder / name, kind, block)
    commands = "".join(COMMANDS.findall(text)).splitlines()
    assert commands
    said = ""
    for command in commands:
        done = ran(command, folder)
        said += done.stdout
        assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"
    assert [words for words in SAID[recipe] if words not in said] == []
