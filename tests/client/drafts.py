"""What the composer of pacts begins with: asked of the browser, and put to the rules."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from game_rules.bots.bot_match import play_bot_match
from game_rules.log.events import Event, Phase, PhaseOpened
from game_rules.log.evolve import fold
from game_rules.log.position import Position
from game_rules.match import commands as c
from game_rules.match.decide import decide
from game_rules.match.visibility import redact
from game_rules.records.codec import loads
from game_rules.roles import Actor, Role, Seat, seated
from game_rules.scenario.pacts import PactTerms
from game_rules.scenario.scenario import Press
from game_rules.scenario_files.scenarios import scenario_names, shipped_scenario

CAST = "diplomat", "liberal", "realist", "constructivist", "hedger"

Opening = tuple[Seat, Position, Position]
"""A seat, what it sees as a negotiation opens, and how the match stands."""


def openings() -> tuple[Opening, ...]:
    """Give the first and the last negotiation of every shipped scenario, for each of its seats."""
    found = (shipped_scenario(name) for name in scenario_names())
    return tuple(x for made in found if made.press is not Press.NONE for x in _of(made))


def draft_vectors(found: tuple[Opening, ...]) -> Iterator[dict[str, Any]]:
    """What each seat sees, for the browser."""
    for seat, seen, _ in found:
        yield {"seat": seat, "position": seen}


def refusals(found: tuple[Opening, ...], drafts: Path) -> Mapping[str, str]:
    """Propose what the browser wrote, a line for each opening; return why the rules refused it."""
    lines = drafts.read_text(encoding="utf8").splitlines()
    refused = {}
    for (seat, _, position), line in zip(found, lines, strict=True):
        for draft in loads(tuple[PactTerms, ...], line):
            command = c.Propose(position.round, draft)
            try:
                decide(position, command, Actor(Role.PLAYER, seat), position.opened_at_ms)
            except Exception as problem:
                refused[f"{position.scenario.name} {seat} round {position.round}"] = str(problem)
    return refused


def _of(scenario: Any) -> Iterator[Opening]:
    bots = {seat: CAST[place % len(CAST)] for place, seat in enumerate(scenario.seats)}
    log = play_bot_match(scenario, bots, "drafts")
    opened = [at for at, event in enumerate(log, 1) if _is_negotiation(event)]
    for length in (opened[0], opened[-1]):
        position = fold(log[:length])
        for seat in scenario.seats:
            told = (redact(event, seated(seat), scenario) for event in log[:length])
            yield seat, fold(event for event in told if event is not None), position


def _is_negotiation(event: Event) -> bool:
    return isinstance(event, PhaseOpened) and event.phase is Phase.NEGOTIATION
