"""How long the largest records take to be read and verified, by the kind of event that fills them.

    uv run python tests/load/record_shapes.py                      every shape, as large as allowed
    uv run python tests/load/record_shapes.py --only injects --megabytes 2

South China Sea is played with one command again and again until the record has its largest size;
the record is then read and verified in a process of its own. The aim is 10 s and 500 MB for each.
Printed are the seconds of the processor, and the most memory that the process had.
"""

import argparse
import itertools
import multiprocessing
import resource
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from game_rules.games.stage_games import Action
from game_rules.log.events import Event, Phase
from game_rules.log.evolve import fold
from game_rules.log.position import Position
from game_rules.match import commands as c
from game_rules.match.decide import create_match, step
from game_rules.match.pacts import MOST_IN_FORCE
from game_rules.match.seating import MOST_REMOVED
from game_rules.records.codec import dumps
from game_rules.records.record import LARGEST_RECORD, read_record, verify, write_record
from game_rules.roles import THE_FACILITATOR, Actor, PersonId, Role, Seat
from game_rules.scenario.injects import MOST_EFFECTS, MOST_OPENED, Inject, InjectEffect
from game_rules.scenario.moves import Move, MoveKind
from game_rules.scenario.pacts import Binding, PactTerms, Pledge
from game_rules.scenario_files.scenarios import load_scenario

HASH_BYTES = 110
"""Of a line beside its event: place and hash."""
Asked = Iterator[tuple[c.Command | Callable[[Position], c.Command], Actor]]
"""Commands, or what gives one in a position, and who asks."""

CHN, PHL = Seat("CHN"), Seat("PHL")
ME, RIVAL = (Actor(Role.PLAYER, seat, PersonId(seat)) for seat in (PHL, CHN))
PLEDGES = tuple(Pledge(seat, "code_of_conduct", Action.C) for seat in (PHL, CHN))
TERMS = PactTerms((PHL, CHN), PLEDGES, (), 1, Binding.COMMUNIQUE)


def talk() -> Asked:
    """Say one letter."""
    yield from itertools.repeat((c.Say((), "x"), ME))


def long_talk() -> Asked:
    """Say the longest message."""
    yield from itertools.repeat((c.Say((), "x" * 1000), ME))


def orders() -> Asked:
    """Change one's mind."""
    for action in itertools.cycle(Action):
        yield c.SaveOrder(1, {"code_of_conduct": action}), ME


def proposals() -> Asked:
    """Propose and withdraw."""
    while True:
        yield c.Propose(1, TERMS), ME
        yield (lambda now: c.AnswerProposal(1, now.proposals[0].number, False)), ME


def injects() -> Asked:
    """Open as much news as a match may have, all for good and with all effects, and talk on."""
    effects = (InjectEffect("code_of_conduct", "b", 0.001, PHL),) * MOST_EFFECTS
    for number in range(MOST_OPENED):
        yield c.OpenInject(Inject(f"n{number}", "News", "x", 0, effects)), THE_FACILITATOR
    yield from talk()


def pacts() -> Asked:
    """Conclude as many pacts as may be in force, and change orders under them."""
    for _ in range(MOST_IN_FORCE):
        yield c.Propose(1, TERMS), ME
        yield (lambda now: c.AnswerProposal(1, now.proposals[0].number, True)), RIVAL
    yield from orders()


def removals() -> Asked:
    """Remove as many people as may be removed, and talk on."""
    for number in range(MOST_REMOVED):
        yield c.RemovePerson(PersonId(f"q{number}")), THE_FACILITATOR
    yield from talk()


def seats() -> Asked:
    """Seat bots, again and again."""
    for seat in itertools.cycle(("MYS", "VNM")):
        yield c.SeatBot(Seat(seat), "tit_for_tat"), THE_FACILITATOR


def autopilot() -> Asked:
    """Engage the autopilot and release it."""
    while True:
        yield c.EngageAutopilot(PHL), THE_FACILITATOR
        yield c.ReleaseAutopilot(PHL), THE_FACILITATOR


def pauses() -> Asked:
    """Pause and resume."""
    while True:
        yield c.PauseMatch(), THE_FACILITATOR
        yield c.ResumeMatch(), THE_FACILITATOR


def moves() -> Asked:
    """Make a move and take it back."""
    while True:
        yield c.MakeMove(1, Move(MoveKind.RESTRAINT, "code_of_conduct")), ME
        yield c.TakeBackMove(1), ME


def forecasts() -> Asked:
    """Expect something else."""
    for action in itertools.cycle(Action):
        yield c.SaveForecast(1, "code_of_conduct", {CHN: action}), ME


SHAPES: dict[str, Callable[[], Asked]] = {
    "talk": talk,
    "long talk": long_talk,
    "orders": orders,
    "proposals": proposals,
    "pacts": pacts,
    "injects": injects,
    "removals": removals,
    "seats": seats,
    "autopilot": autopilot,
    "pauses": pauses,
    "moves": moves,
    "forecasts": forecasts,
}


def filled(asked: Asked, most: int) -> list[Event]:
    """Play until the record would be larger than so many bytes."""
    scenario = load_scenario("south_china_sea")
    log = list(create_match(scenario, "7", None, 0))
    position = fold(tuple(log))
    size = sum(len(dumps(event)) + HASH_BYTES for event in log)
    opening = [
        *(
            (c.TakeSeat(seat, seat), Actor(Role.PLAYER, None, PersonId(seat)))
            for seat in (PHL, CHN)
        ),
        *(
            (c.SeatBot(seat, "tit_for_tat"), THE_FACILITATOR)
            for seat in scenario.seats
            if seat not in (PHL, CHN)
        ),
        (c.StartMatch(), THE_FACILITATOR),
        (c.SkipPhase(0, Phase.BRIEFING), THE_FACILITATOR),
    ]
    for one, actor in itertools.chain(opening, asked):
        command = one if isinstance(one, c.Command) else one(position)
        events, position = step(position, command, actor, 0)
        size += sum(len(dumps(event)) + HASH_BYTES for event in events)
        if size > most:
            return log
        log += events
    raise AssertionError("a shape has no end")


def told(text: bytes) -> str:
    """Read and verify a record; give what it took."""
    began = time.process_time()
    record = read_record(text)
    verify(record)
    took = time.process_time() - began
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return f"{took:8.1f} s{most:8.0f} MB{len(record.log):10,} events"


def main(names: list[str], most: int) -> None:
    """Measure and print every shape."""
    fresh = multiprocessing.get_context("spawn")
    for name in names:
        text = write_record(filled(SHAPES[name](), most), "measured").encode()
        with fresh.Pool(1) as pool:
            print(f"{name:16}{len(text) / 1024**2:6.1f} MB{pool.apply(told, (text,))}", flush=True)


if __name__ == "__main__":
    asks = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    asks.add_argument("--only", choices=[*SHAPES], action="append")
    asks.add_argument("--megabytes", type=float, default=LARGEST_RECORD / 1024**2)
    given = asks.parse_args()
    main(given.only or [*SHAPES], round(given.megabytes * 1024**2) - 200)
