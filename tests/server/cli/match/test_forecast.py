"""`detente forecast`: figures that no engine changes, and errors of one line."""

import contextlib
import json
from collections.abc import Generator
from concurrent.futures import Executor, ThreadPoolExecutor
from pathlib import Path

import pytest

from game_rules.continuations.forecast import outset_in, runs_of
from game_rules.log.events import Event
from game_rules.log.evolve import fold
from game_rules.records.record import write_record
from game_rules.scenario_files.scenarios import load_scenario
from server.cli.match.forecast import play_runs
from server.engines import Engine, EngineError, processes
from tests.golden import matches
from tests.server.cli.conftest import Run


@pytest.fixture
def record(log: tuple[Event, ...], tmp_path: Path) -> str:
    path = tmp_path / "match.jsonl"
    path.write_text(write_record(log, "0.1.0"), encoding="utf-8")
    return str(path)


def test_it_shows_a_fan_and_chances(detente: Run, record: str) -> None:
    ran = detente("forecast", record, "--from", "4", "--runs", "3", "--engine", "local")
    assert (ran.code, ran.err) == (0, "")
    assert "round runs mean   5%  25%  50%  75%  95%" in ran.out
    assert "  pessimistic" in ran.out


def test_a_crisis_that_is_open_already_is_no_chance(detente: Run, tmp_path: Path) -> None:
    log = matches.log_of("rules2_all_defector")
    path = tmp_path / "crisis.jsonl"
    path.write_text(write_record(log, "0.1.0"), encoding="utf-8")
    last = str(len(fold(log).history))
    asked = ("forecast", str(path), "--runs", "2", "--engine", "local", "--from")
    assert "  crisis      already open\n" in detente(*asked, last).out
    assert "already open" not in detente(*asked, "1").out
    told = [json.loads(detente(*asked, number, "--json").out) for number in (last, "1")]
    assert ["crisis" in each["chances"] for each in told] == [False, True]
    assert [each["is_crisis_open"] for each in told] == [True, False]


def test_it_prints_one_document(detente: Run, record: str) -> None:
    asked = ("forecast", record, "--from", "7", "--runs", "3", "--engine", "local", "--json")
    document = json.loads(detente(*asked, "--policy", "USA=as_played,CHN=defector").out)
    assert document["runs"] == 3
    assert document["fans"][0]["round"] == 7
    assert set(document["chances"]) == {"optimistic", "contested", "pessimistic", "crisis"}


@pytest.mark.slow
def test_processes_come_to_the_same_as_this_process() -> None:
    outset = outset_in(load_scenario("chicken"), {})
    told: list[int] = []
    played = play_runs(outset, "7", 60, processes(2), told.append)
    assert played == [*runs_of(outset, "7", 1, 60)]
    assert sum(told) == 60


class Died(Exception):
    """What a worker's death looks like here."""


def mortal(deaths: int) -> Engine:
    """Make an engine that dies so many times."""
    left = [deaths]

    @contextlib.contextmanager
    def opened() -> Generator[Executor]:
        if left[0]:
            left[0] -= 1
            raise Died
        with ThreadPoolExecutor(1) as executor:
            yield executor

    return Engine(opened, lambda: 1, (Died,))


def test_a_worker_that_dies_is_replaced_and_too_many_are_one_line() -> None:
    outset = outset_in(load_scenario("chicken"), {})
    assert len(play_runs(outset, "7", 2, mortal(2), lambda more: None)) == 2
    with pytest.raises(EngineError, match="workers died 3 times"):
        play_runs(outset, "7", 2, mortal(3), lambda more: None)


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (
            ("chicken", "--from", "3"),
            "--from: 3 is for a match; a scenario is forecast from round 1",
        ),
        (("chicken", "--policy", "ROW=nobody"), "no strategy 'nobody'"),
        (("chicken", "--engine", "cloud"), "engine 'cloud' is not known"),
        (("nowhere",), "check --database, or give a record file"),
        (("chiken",), "'chiken' is no scenario (did you mean chicken?), and there is no database"),
    ],
)
def test_what_is_wrong_is_one_line(detente: Run, asked: tuple[str, ...], told: str) -> None:
    ran = detente("forecast", *asked)
    assert (ran.code, ran.out) == (2, "")
    assert told in ran.err
    assert ran.err.count("\n") == 1
