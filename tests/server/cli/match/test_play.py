"""`detente play`: whole bot matches, as a table or as JSON."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from game_rules.games.stage_games import C
from game_rules.roles import Seat
from game_rules.standing.incidents import Concept, Incident
from server.cli.match.play import CAST
from server.cli.shared.values import write_json
from server.cli.shared.words import incident_words
from tests.server.cli.conftest import Run

KEYS = [
    "rules_version",
    "software_version",
    "scenario",
    "seed",
    "bots",
    "rounds",
    "totals",
    "integration",
    "cooperation",
]
ROOT = Path(__file__).parents[4]


def play_json(detente: Run, *arguments: str) -> dict:
    ran = detente("play", *arguments, "--json")
    assert (ran.code, ran.err, ran.out.count("\n")) == (0, "", 1)
    return json.loads(ran.out)


def test_json_holds_all_that_makes_the_match_again(detente: Run) -> None:
    document = play_json(detente, "south_china_sea", "--seed", "7")
    assert list(document) == KEYS
    assert (document["scenario"], document["seed"]) == ("south_china_sea", "7")
    assert [row["round"] for row in document["rounds"]] == list(range(1, 9))
    lineup = ",".join(f"{seat}={bot}" for seat, bot in document["bots"].items())
    assert play_json(detente, "south_china_sea", "--seed", "7", "--bots", lineup) == document


@pytest.mark.parametrize("scenario", ["south_china_sea", "seato_1954_1977"])
def test_json_sums_are_those_of_its_rounds(detente: Run, scenario: str) -> None:
    document = play_json(detente, scenario, "--seed", "7", "--default-bot", "random")
    for seat, total in document["totals"].items():
        assert total == pytest.approx(sum(row["gains"][seat] for row in document["rounds"]))
    for row in document["rounds"]:
        for seat, gain in row["gains"].items():
            paid = [arena["payoffs"].get(seat, 0) for arena in row["arenas"].values()]
            beside = [line.get(seat, 0) for line in row["lines"].values()]
            assert gain == pytest.approx(sum(paid) + sum(beside))
    lines = {line for row in document["rounds"] for line in row["lines"]}
    assert {"shadow", "stretch", "leverage"} & lines


def test_cooperation_is_the_share_of_c(detente: Run) -> None:
    document = play_json(detente, "south_china_sea", "--seed", "7", "--default-bot", "prober")
    actions = [
        [action for arena in row["arenas"].values() for action in arena["actions"].values()]
        for row in document["rounds"]
    ]
    by_round = [played.count(C) / len(played) for played in actions]
    assert document["cooperation"]["by_round"] == by_round
    every = [action for played in actions for action in played]  # a crisis adds to a round's
    assert document["cooperation"]["overall"] == pytest.approx(every.count(C) / len(every))


def test_the_same_seed_gives_the_same_bytes(detente: Run) -> None:
    outputs = {detente("play", "south_china_sea", "--seed", "7", "--json").out for _ in range(3)}
    assert len(outputs) == 1


def test_another_seed_casts_other_bots(detente: Run) -> None:
    casts = {str(play_json(detente, "south_china_sea", "--seed", s)["bots"]) for s in "12345"}
    assert len(casts) > 1


def test_without_a_seed_one_is_drawn_and_told(detente: Run) -> None:
    first, second = play_json(detente, "chicken"), play_json(detente, "chicken")
    assert first["seed"] != second["seed"]
    assert play_json(detente, "chicken", "--seed", first["seed"]) == first


def test_named_bots_sit_where_they_are_told(detente: Run) -> None:
    named = "CHN=prober, PHL=WinStayLoseShift"
    bots = play_json(detente, "south_china_sea", "--bots", named, "--default-bot", "grudger")[
        "bots"
    ]
    assert (bots["CHN"], bots["PHL"]) == ("prober", "win_stay_lose_shift")
    assert {bots[seat] for seat in ("VNM", "MYS", "IDN", "USA")} == {"grudger"}


def test_the_cast_is_of_known_strategies(detente: Run) -> None:
    for name in CAST:
        assert play_json(detente, "chicken", "--default-bot", name)["bots"]["ROW"] == name


def test_rounds_can_be_fewer_or_more(detente: Run) -> None:
    assert len(play_json(detente, "chicken", "--rounds", "3")["rounds"]) == 3
    assert len(play_json(detente, "chicken", "--rounds", "40")["rounds"]) == 40


def test_a_file_can_be_played(detente: Run, tmp_path: Path) -> None:
    source = ROOT / "game_rules" / "scenarios" / "chicken.toml"
    shutil.copy(source, tmp_path / "mine.toml")
    assert play_json(detente, "mine.toml")["scenario"] == "mine"


def test_a_record_of_it_holds(detente: Run) -> None:
    ran = detente("play", "south_china_sea", "--seed", "7", "--record", "m.jsonl")
    assert "detente verify m.jsonl" in ran.out
    assert detente("verify", "m.jsonl").code == 0


def test_json_with_a_record_prints_nothing_else(detente: Run) -> None:
    play_json(detente, "chicken", "--record", "m.jsonl")
    assert detente("verify", "m.jsonl").code == 0


@pytest.mark.parametrize("scenario", ["south_china_sea", "seato_1954_1977", "chicken"])
def test_the_table_fits_80_columns(detente: Run, scenario: str) -> None:
    arguments = (scenario, "--seed", "7", "--rounds", "12")
    ran = detente("play", *arguments)
    assert (ran.code, ran.err) == (0, "")
    assert max(map(len, ran.out.splitlines())) <= 80
    assert "…" not in ran.out
    rounds = play_json(detente, *arguments)["rounds"]
    played = [list(a["actions"].values()) for row in rounds for a in row["arenas"].values()]
    in_legend = 1
    assert ran.out.count("●") == sum(actions.count("C") for actions in played) + in_legend
    assert ran.out.count("◆") == sum(actions.count("D") for actions in played) + in_legend


def test_the_table_tells_the_whole_match(detente: Run) -> None:
    arguments = ("south_china_sea", "--seed", "7")
    shown, document = detente("play", *arguments).out, play_json(detente, *arguments)
    for words in ("Code of Conduct", "Stag Hunt", "Fisheries", "United States", "seed 7"):
        assert words in shown
    for seat, bot in document["bots"].items():
        assert f"{seat} " in shown
        assert bot in shown
        assert f"{document['totals'][seat]:.1f}" in shown
    assert f"cooperation {document['cooperation']['overall']:.0%}" in shown


def test_an_arena_that_a_crisis_opens_is_shown_from_its_round_on(detente: Run) -> None:
    arguments = ("taiwan_strait", "--default-bot", "defector", "--rounds", "14")
    lines = detente("play", *arguments).out.splitlines()
    title = next(place for place, line in enumerate(lines) if "Crisis: China – Japan" in line)
    assert lines[title + 1].split() == ["Country", "Class", *"45678901234", "Points"]
    assert lines[title + 2].split() == ["China", "Chicken", *"◆" * 11, "-192"]


def test_incidents_are_told_with_their_cost(detente: Run) -> None:
    arguments = ("seato_1954_1977", "--default-bot", "random", "--seed", "7")
    shown = detente("play", *arguments).out
    rounds = play_json(detente, *arguments)["rounds"]
    incidents = [incident for row in rounds for incident in row["incidents"]]
    assert incidents
    for incident in incidents:
        begin = f"round {incident['round']}, {incident['concept']}: {incident['seats'][0]} "
        line = next(line for line in shown.splitlines() if line.startswith(begin))
        assert line.rstrip().endswith(f"({-incident['cost']:.1f})")


def test_a_members_game_is_named_from_all_profiles(detente: Run) -> None:
    """By the corners alone it would be a Prisoner's Dilemma."""
    shown = detente("play", "south_china_sea", "--default-bot", "cooperator", "--rounds", "1").out
    assert re.search(r"^Philippines +Volunteer's Dilemma", shown, re.MULTILINE)


@pytest.mark.slow
def test_points_that_no_arena_paid_are_shown_by_line(detente: Run) -> None:
    arguments = ("taiwan_strait", "--default-bot", "diplomat", "--seed", "7")
    lines = detente("play", *arguments).out.splitlines()
    rows = play_json(detente, *arguments)["rounds"]
    head = lines.index(next(x for x in lines if x.startswith("Other points"))) + 1
    names, china = lines[head].split()[1:], lines[head + 1].split()[1:]
    assert ("Shadow" in names, "Overstretch" in names, "Incidents" in names) == (True, True, False)
    for name, shown in zip(names, china, strict=True):
        line = {"Overstretch": "stretch"}.get(name, name.lower())
        paid = sum(row["lines"].get(line, {}).get("CHN", 0) for row in rows)
        assert float(shown) == pytest.approx(paid, abs=0.06)


def test_rules_2_name_allies_who_are_dragged_along_and_left_alone() -> None:
    """Of rules 1 the same words are of a main supplier."""
    figures, seats = {"rung": 2.0}, tuple(map(Seat, ("JPN", "USA", "CHN")))
    told = [
        incident_words(Incident(concept, 3, seats, "pact", figures, ""))
        for concept in (Concept.ENTRAPMENT, Concept.ABANDONMENT)
    ]
    assert told == [
        "round 3, entrapment: JPN stood by USA, its ally, which is in crisis with CHN",
        "round 3, abandonment: JPN, in crisis with CHN, kept the alliance; USA, its ally, did not",
    ]


def test_c_and_d_differ_without_colour(detente: Run) -> None:
    ran = detente("play", "chicken", "--bots", "ROW=cooperator,COLUMN=defector", "--rounds", "3")
    row = next(line for line in ran.out.splitlines() if line.startswith("Row"))
    column = next(line for line in ran.out.splitlines() if line.startswith("Column"))
    assert ("● ● ●" in row, "◆ ◆ ◆" in column) == (True, True)


def test_a_wide_terminal_shows_arenas_side_by_side(
    detente: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "160")
    lines = detente("play", "south_china_sea", "--seed", "7").out.splitlines()
    assert any("Code of Conduct" in line and "treaty" in line for line in lines)


def test_a_terminal_without_unicode_gets_letters() -> None:
    environment = {**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    command = [sys.executable, "-m", "server.cli", "play", "taiwan_strait", "--rounds", "14"]
    ran = subprocess.run(
        [*command, "--default-bot", "defector"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        check=True,
    )
    shown = ran.stdout.decode("ascii")
    assert "D D D D D D D D D D" in shown
    assert "Crisis: China ? Japan" in shown


def _interpreters() -> Iterator[tuple[str, str]]:
    """Find the Pythons of this machine: their versions and paths."""
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    for version in ("3.11", "3.12", "3.13"):
        places = [*pyenv.glob(f"{version}.*/bin/python"), shutil.which(f"python{version}")]
        for place in filter(None, places):
            ran = subprocess.run([place, "--version"], capture_output=True, text=True, check=False)
            if ran.stdout.startswith(f"Python {version}."):
                yield version, str(place)
                break


INTERPRETERS = dict(_interpreters())


def _play_with(python: str, folder: Path) -> bytes:
    """Only the rules and click are needed, so any bare interpreter can be asked."""
    (folder / "click").symlink_to(Path(click.__file__).parent)
    ran = subprocess.run(
        [python, "-m", "server.cli", "play", "south_china_sea", "--seed", "7", "--json"],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{folder}"},
        capture_output=True,
        check=True,
    )
    return ran.stdout


@pytest.mark.slow
@pytest.mark.parametrize("version", INTERPRETERS)
def test_every_python_gives_the_same_bytes(detente: Run, tmp_path: Path, version: str) -> None:
    here = json.loads(detente("play", "south_china_sea", "--seed", "7", "--json").out)
    there = _play_with(INTERPRETERS[version], tmp_path)
    # Only an installed package has a version.
    installed = f'"software_version":"{here["software_version"]}"'.encode()
    assert (
        re.sub(rb'"software_version":"[^"]*"', installed, there)
        == write_json(here).encode() + b"\n"
    )
