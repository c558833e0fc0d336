"""A contest that strangers try to break ends with the honest ones in their right order, and names
whoever tried.

DETENTE_LONG_CONTEST=1 plays the whole contest on Dask too, and more of it (minutes).
"""

import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from client.bot.bot_file import load_bot
from game_rules.strategies import Strategy, strategy
from game_rules.strategies.own import own_strategy
from server.engines import processes, threads
from server.tournaments.guests import sandbox
from server.tournaments.run import Run
from server.tournaments.specs import spec as specs
from server.tournaments.specs.kinds import document_of
from server.tournaments.specs.own_bots import OwnBotFile
from server.tournaments.specs.reading import read_spec
from server.tournaments.specs.spec import TournamentSpec
from tests.server.tournament_scenes import played
from tests.server.tournaments.guests.hostile import (
    HOSTILE,
    NEVER_AT_FAULT,
    write_honest,
    write_hostile,
)
from tests.server.tournaments.test_cluster import cluster, patiently

IS_LONG = "DETENTE_LONG_CONTEST" in os.environ
LIMITS = {"move_time": 1, "time_bank": 3}
TOLD = {
    "loops": "took longer than 1 s (",
    "loops_at_import": "took longer than 1 s (",
    "exits": "os._exit(3) would end the process of a contest (line 10 of exits.py)",
    "forks": "may not start a process (line 10 of forks.py)",
    "eats_memory": "MemoryError (line 10 of eats_memory.py)",
    "floods": "printed more than 1048576 bytes in one turn",
    "talks_junk": "choose gave 'cooperate, of course'; give C or D of client.bot",
    "reads_others": "FileNotFoundError: ",
    "sleeps": "took longer than 1 s (",
}


def a_contest(folder: Path, honest: int) -> TournamentSpec:
    entrants = [write_honest(folder, number) for number in range(honest)]
    entrants += [write_hostile(folder, name) for name in HOSTILE]
    given = {"turns": 20 if IS_LONG else 4, "repetitions": 2 if IS_LONG else 1, "seed": "7"}
    settings = {**given, **LIMITS, "self_play": False}
    return read_spec({"entrants": entrants, **settings}, takes_files=True)


def in_one_process(monkeypatch: pytest.MonkeyPatch, spec: TournamentSpec) -> dict[str, Any]:
    """Play the same without processes: those who mean harm just defect."""
    mine: dict[str, Strategy] = {}
    for bot in spec.own:
        assert isinstance(bot, OwnBotFile)
        is_honest = bot.bot == "Honest"
        made = own_strategy(bot.name, load_bot(f"{bot.path}:Honest")) if is_honest else None
        mine[bot.name] = made or strategy("defector")
    monkeypatch.setattr(specs, "guests_of", lambda own, limits: mine)
    return played(replace(spec, own=()), threads(1))


def judge(spec: TournamentSpec, run: Run, expected: dict[str, Any]) -> None:
    document = document_of(spec, run.results)
    assert document["payoff_matrix"] == expected["payoff_matrix"]
    order = [row["place"] for row in document["standings"]]
    assert order == [row["place"] for row in expected["standings"]]
    told = {fault["strategy"].removesuffix(".py:Bad"): fault for fault in document["faults"]}
    unseen = () if sandbox.is_offered() else ("reads_others",)
    assert sorted(told) == sorted({*HOSTILE} - {*NEVER_AT_FAULT} - {*unseen})
    for name, fault in told.items():
        assert TOLD[name] in fault["problem"], name
        assert f" of {name}.py)" in fault["problem"]
        assert (fault["turn"], fault["matches"]) == (1, len(spec.entrants) - 1), name


@pytest.mark.slow
def test_forty_bots_ten_of_them_hostile_end_in_their_right_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spec = a_contest(tmp_path, honest=30)
    run = Run(spec)
    run.play(processes(2), lambda piece, packed: None)
    judge(spec, run, in_one_process(monkeypatch, spec))


@pytest.mark.slow
def test_on_a_cluster_they_end_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    spec = a_contest(tmp_path, honest=30 if IS_LONG else 4)
    with cluster(2) as (name, _):
        run = Run(spec)
        patiently(name, run, lambda piece, packed: None)
    judge(spec, run, in_one_process(monkeypatch, spec))
