"""A contest that strangers try to break, and how it must end on every engine."""

import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from client.bot.bot_file import load_bot
from game_rules.strategies import Strategy, strategy
from game_rules.strategies.own import own_strategy
from server.engines import threads
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

IS_LONG = "DETENTE_LONG_CONTEST" in os.environ
HONEST = 30 if IS_LONG else 4
LENGTH = {"turns": 20, "repetitions": 2} if IS_LONG else {"turns": 3, "repetitions": 1}
LIMITS = {"move_time": 1, "time_bank": 3} if IS_LONG else {"move_time": 0.75, "time_bank": 2}
_SLOW = f"took longer than {LIMITS['move_time']:g} s ("
TOLD = {
    "loops": _SLOW,
    "loops_at_import": _SLOW,
    "exits": "os._exit(3) would end the process of a contest (line 10 of exits.py)",
    "forks": "may not start a process (line 10 of forks.py)",
    "eats_memory": "MemoryError (line 10 of eats_memory.py)",
    "floods": "printed more than 1048576 bytes in one turn",
    "talks_junk": "choose gave 'cooperate, of course'; give C or D of client.bot",
    "reads_others": "FileNotFoundError: ",
    "sleeps": _SLOW,
}


def a_contest(folder: Path) -> TournamentSpec:
    """Let all hostile bots and as many honest ones meet each other."""
    entrants = [write_honest(folder, number) for number in range(HONEST)]
    entrants += [write_hostile(folder, name) for name in HOSTILE]
    settings = {**LENGTH, **LIMITS, "seed": "7", "self_play": False}
    return read_spec({"entrants": entrants, **settings}, takes_files=True)


def judge(monkeypatch: pytest.MonkeyPatch, spec: TournamentSpec, run: Run) -> None:
    """See that all points and places are as if the hostile ones just defected, and each is named.

    But for the rewriter: it changes other bots' classes, and finds none in its own process. It
    reaches nobody, and has done nothing that could be told; so its proof is the others' points.
    """
    expected = _in_one_process(monkeypatch, spec)
    document = document_of(spec, run.results)
    assert document["payoff_matrix"] == expected["payoff_matrix"]
    order = [row["place"] for row in document["standings"]]
    assert order == [row["place"] for row in expected["standings"]]
    told = {fault["strategy"].removesuffix(".py:Bad"): fault for fault in document["faults"]}
    unseen = () if sandbox.is_offered() else ("reads_others",)
    assert sorted(told) == sorted({*HOSTILE} - {*NEVER_AT_FAULT} - {*unseen})
    matches = (len(spec.entrants) - 1) * spec.repetitions
    for name, fault in told.items():
        assert TOLD[name] in fault["problem"], name
        assert f" of {name}.py)" in fault["problem"]
        assert (fault["turn"], fault["matches"]) == (1, matches), name


def _in_one_process(monkeypatch: pytest.MonkeyPatch, spec: TournamentSpec) -> dict[str, Any]:
    """Play the same without processes: those who mean harm just defect."""
    mine: dict[str, Strategy] = {}
    for bot in spec.own:
        assert isinstance(bot, OwnBotFile)
        is_honest = bot.bot == "Honest"
        made = own_strategy(bot.name, load_bot(f"{bot.path}:Honest")) if is_honest else None
        mine[bot.name] = made or strategy("defector")
    monkeypatch.setattr(specs, "guests_of", lambda own, limits: mine)
    return played(replace(spec, own=()), threads(1))
