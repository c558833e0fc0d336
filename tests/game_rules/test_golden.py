"""The same scenario, seed and bots give the same bytes: in every process, on every Python."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from hashlib import sha256
from pathlib import Path

import pytest

from game_rules.bots.bot_match import play_bot_match
from game_rules.records.record import write_record
from game_rules.rulesets.chosen import RULESETS
from game_rules.scenario_files.scenarios import load_scenario
from tests.game_rules.rulesets.first.shipped import FOLDER
from tests.game_rules.rulesets.second.shipped import NAMES
from tests.game_rules.scenes import SEATS, a_scenario

ROOT = Path(__file__).parents[2]
SCENARIOS = (
    ("prisoners_dilemma", 1),
    (str(FOLDER / "south_china_sea.toml"), 1),
    *((name, 2) for name in NAMES),
)
"""Scenarios, and the rules that they are played by: under rules 2 the files of all regions."""

DOCTRINES = ("diplomat", "realist", "liberal", "hedger", "constructivist")
BOTS = (
    "tit_for_tat",
    "random",
    "grudger",
    "win_stay_lose_shift",
    "soft_joss",
    "prober",
    "bully",
)
PYTHONS = ("3.11", "3.12", "3.13")

PROGRAM = f"""
from hashlib import sha256
from game_rules.bots.bot_match import play_bot_match
from game_rules.records.record import write_record
from game_rules.scenario_files.scenarios import load_scenario
for name, version in {SCENARIOS!r}:
    scenario = load_scenario(name, version)
    bots = ({BOTS!r} if version == 1 else {DOCTRINES!r}) * len(scenario.seats)
    log = play_bot_match(scenario, dict(zip(scenario.seats, bots)), "7", version)
    print(sha256(write_record(log, "golden").encode()).hexdigest())
"""
"""What a fresh process runs; `record_of` says the same here."""


@cache
def record_of(name: str, version: int) -> str:
    """Play a scenario with seed 7 and mixed bots; give its record."""
    return _record_of(name, version)


def _record_of(name: str, version: int) -> str:
    scenario = load_scenario(name, version)
    names = (BOTS if version == 1 else DOCTRINES) * len(scenario.seats)
    bots = dict(zip(scenario.seats, names, strict=False))
    return write_record(play_bot_match(scenario, bots, "7", version), "golden")


def digests() -> list[str]:
    """Give what this process makes of the golden matches."""
    return [sha256(record_of(*played).encode()).hexdigest() for played in SCENARIOS]


def digests_of(python: str, hash_seed: str) -> list[str]:
    """Give what a fresh process makes of them; the rules need no package of others."""
    environment = {**os.environ, "PYTHONHASHSEED": hash_seed, "PYTHONPATH": str(ROOT)}
    finished = subprocess.run(
        [python, "-S", "-c", PROGRAM],
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert finished.returncode == 0, finished.stderr[-2000:]
    return finished.stdout.split()


def python_of(version: str) -> str | None:
    """Find a Python of a version that runs here: on the path, or among pyenv's."""
    return next((p for p in _pythons(version) if _is_version(p, version)), None)


def _pythons(version: str) -> Iterator[str]:
    if found := shutil.which(f"python{version}"):
        yield found
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"))
    yield from map(str, pyenv.glob(f"versions/{version}.*/bin/python"))


def _is_version(python: str, version: str) -> bool:
    asked = subprocess.run(
        [python, "-c", "import sys; print('%d.%d' % sys.version_info[:2])"],
        capture_output=True,
        text=True,
        check=False,
    )
    return asked.stdout.strip() == version


@pytest.mark.parametrize(("name", "version"), SCENARIOS)
def test_a_bot_match_gives_the_same_bytes_again(name: str, version: int):
    assert _record_of(name, version) == record_of(name, version)


@pytest.mark.slow
@pytest.mark.parametrize("hash_seed", ["0", "1", "4294967295"])
def test_a_fresh_process_gives_the_same_bytes_whatever_its_hash_seed(hash_seed: str):
    assert digests_of(sys.executable, hash_seed) == digests()


@pytest.mark.slow
def test_every_python_here_gives_the_same_bytes():
    found = [python for version in PYTHONS if (python := python_of(version))]
    assert found, f"none of Python {', '.join(PYTHONS)} was found; is this process one of them?"
    assert [digests_of(python, "random") for python in found] == [digests()] * len(found)


GOLDEN = {
    1: "a18f69f6db0a4f38926193edb7cd80f8add708a49fe6b49befde8d578ec8a0ef",
    2: "d7ab954cd3aa34373341c1886ca159810c15e0f34334393a9241b3f224649ea3",
}
"""By rules version. Another digest under the same version means that old matches change."""


@pytest.mark.parametrize("version", RULESETS)
def test_what_was_played_once_is_played_the_same_for_good(version: int):
    scenario = a_scenario(rounds=12)
    if version == 1:
        scenario = replace(scenario, starts=())  # which rules 1 does not know
    bots = dict(zip(SEATS, ("tit_for_tat", "random", "grudger"), strict=False))
    record = write_record(play_bot_match(scenario, bots, "7", version), "golden")
    assert sha256(record.encode()).hexdigest() == GOLDEN[version]
