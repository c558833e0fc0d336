"""What the tests of the command line share: running it, and matches to look at."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from game_rules.bots.bot_match import play_bot_match
from game_rules.games.stage_games import D
from game_rules.log.events import Act, Event, Phase
from game_rules.log.evolve import fold
from game_rules.match import commands as c
from game_rules.match.decide import create_match, decide
from game_rules.records.codec import dumps
from game_rules.records.record import write_record
from game_rules.roles import THE_CLOCK, THE_FACILITATOR, Actor, PersonId, Role, Seat
from game_rules.scenario.scenario import PhaseSeconds, Press
from game_rules.scenario_files.scenarios import load_scenario
from server.cli import main
from server.database import migrate, store_for
from server.store.event_store import MatchId, NewEvent


@dataclass(frozen=True, slots=True)
class Ran:
    """What a command left behind."""

    code: int
    out: str
    err: str


Run = Callable[..., Ran]


@pytest.fixture
def detente(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Run:
    """Run `detente` in this process, in an empty folder, with an 80-column terminal."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("DETENTE_DATABASE", f"sqlite:///{tmp_path}/none.sqlite3")

    def run(*arguments: str) -> Ran:
        capsys.readouterr()
        code = main(arguments)
        return Ran(code, *capsys.readouterr())

    return run


@pytest.fixture(scope="session")
def log() -> tuple[Event, ...]:
    """A whole match of bots."""
    scenario = load_scenario("south_china_sea")
    bots = dict.fromkeys(scenario.seats, "tit_for_tat")
    return play_bot_match(scenario, {**bots, Seat("PHL"): "detective", Seat("USA"): "prober"}, "7")


@pytest.fixture
def record(tmp_path: Path, log: tuple[Event, ...]) -> str:
    """The record of that match, in a file."""
    path = tmp_path / "match.jsonl"
    path.write_text(write_record(log, "1.2.3"), encoding="utf-8")
    return str(path)


@pytest.fixture
def database(tmp_path: Path, log: tuple[Event, ...]) -> str:
    """A database that holds that match as `finished`, and half of it as `running`."""
    url = f"sqlite:///{tmp_path}/matches.sqlite3"

    async def fill() -> None:
        await migrate(url)
        store = store_for(url)
        await store.open()
        events = [NewEvent(dumps(event)) for event in log]
        await store.append(MatchId("finished"), 0, events)
        await store.append(MatchId("running"), 0, events[: len(events) // 2])
        await store.close()

    asyncio.run(fill())
    return url


@pytest.fixture(scope="session")
def talked_log() -> tuple[Event, ...]:
    """Two rounds of Chicken with talk: Ann defects, then is late; the bot never orders.

    Round 1 opens at second 10; Ann orders at 20, again at 50; it is resolved at 70.
    """
    scenario = replace(
        load_scenario("chicken"), press=Press.FULL, rounds=2, seconds=PhaseSeconds(0, 30, 30, 0)
    )
    row, column = Seat("ROW"), Seat("COLUMN")
    ann = Actor(Role.PLAYER, row, PersonId("p1"))
    steps = (
        (0, c.TakeSeat(row, "Ann"), Actor(Role.PLAYER, None, PersonId("p1"))),
        (0, c.SeatBot(column, "grudger"), THE_FACILITATOR),
        (5, c.Say((), "Welcome", None), THE_FACILITATOR),
        (10, c.StartMatch(), THE_FACILITATOR),
        (15, c.Say((column,), "I will yield", Act.PROMISE), ann),
        (20, c.SaveOrder(1, {"chicken": D}), ann),
        (40, c.PassDeadline(1, Phase.NEGOTIATION), THE_CLOCK),
        (50, c.SaveOrder(1, {"chicken": D}), ann),
        (70, c.PassDeadline(1, Phase.DECISION), THE_CLOCK),
        (100, c.PassDeadline(2, Phase.NEGOTIATION), THE_CLOCK),
        (130, c.PassDeadline(2, Phase.DECISION), THE_CLOCK),
    )
    events = list(create_match(scenario, "7", 1.0, 0))
    for second, command, actor in steps:
        events += decide(fold(events), command, actor, second * 1000)
    return tuple(events)


@pytest.fixture
def talked(tmp_path: Path, talked_log: tuple[Event, ...]) -> str:
    """The record of that match, in a file."""
    path = tmp_path / "talked.jsonl"
    text = write_record(talked_log, "1.2.3", {PersonId("p1"): "Ann"})
    path.write_text(text, encoding="utf-8")
    return str(path)
