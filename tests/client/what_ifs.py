"""What the other choice of a seat would have brought, by the engine: vectors for the browser."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from game_rules.bots.bot_match import play_bot_match
from game_rules.log.events import Event, MatchCreated, OrderSource, RoundResolved
from game_rules.log.evolve import evolve
from game_rules.log.gains import GainLine
from game_rules.log.position import Position
from game_rules.match.visibility import redact
from game_rules.roles import ARCHIVE, Role, Seat, Viewer, seated
from game_rules.rounds.resolution import resolve_round
from game_rules.scenario_files.scenarios import scenario_names, shipped_scenario
from tests.client.random_pacts import pact_log
from tests.game_rules.rulesets.second.regions import border, quad

BOTS = ("realist", "diplomat", "random", "alternator", "liberal", "defector", "cooperator")
PACT_LOGS = 6


def what_if_vectors() -> Iterator[dict[str, Any]]:
    """Every shipped scenario, as the archive and as one seat have it, and matches with stakes."""
    for name in scenario_names():
        log = _played(shipped_scenario(name))
        yield _vector(log, ARCHIVE)
        yield _vector(log, seated(_first(log).scenario.seats[-1]))
    for made in (quad(), border()):
        yield _vector(_played(made), ARCHIVE)
    for seed in range(PACT_LOGS):
        yield _vector(pact_log(seed, 2), ARCHIVE)


def _played(scenario: Any) -> tuple[Event, ...]:
    bots = {seat: BOTS[place % len(BOTS)] for place, seat in enumerate(scenario.seats)}
    return play_bot_match(scenario, bots, "what if", version=2)


def _first(log: tuple[Event, ...]) -> MatchCreated:
    assert isinstance(log[0], MatchCreated)
    return log[0]


def _vector(log: tuple[Event, ...], viewer: Viewer) -> dict[str, Any]:
    scenario = _first(log).scenario
    seen = tuple(x for x in (redact(event, viewer, scenario) for event in log) if x is not None)
    seats = scenario.seats if viewer.role is Role.ARCHIVE else (viewer.seat,)
    return {"viewer": viewer.key, "events": seen, "others": tuple(_others(log, viewer, seats))}


def _others(
    log: tuple[Event, ...], viewer: Viewer, seats: Iterable[Seat | None]
) -> Iterator[dict[str, Any]]:
    position: Position | None = None
    for event in log:
        if isinstance(event, RoundResolved):
            assert position is not None
            for seat in filter(None, seats):
                yield from _of_seat(position, event, viewer, seat)
        position = evolve(position, event)


def _of_seat(
    position: Position, event: RoundResolved, viewer: Viewer, seat: Seat
) -> Iterator[dict[str, Any]]:
    for result in event.results:
        if result.sources.get(seat) not in (None, OrderSource.EXECUTED):
            orders = dict(position.orders.get(seat, {}))
            orders[result.arena] = result.actions[seat].other
            at = replace(position, orders={**position.orders, seat: orders})
            gain = _seen_gain(position, resolve_round(at, event.at_ms), event, viewer, seat)
            yield {"round": event.round, "seat": seat, "arena": result.arena, "gain": gain}


def _seen_gain(
    position: Position, other: RoundResolved, event: RoundResolved, viewer: Viewer, seat: Seat
) -> float:
    """Return a gain as a viewer is told it; a seat in fog knows what its own commitments cost."""
    told = redact(other, viewer, position.scenario)
    assert isinstance(told, RoundResolved)
    if told.lines == other.lines:
        return told.gains[seat]
    return told.gains[seat] + _stretch(other.lines, seat) - _stretch(event.lines, seat)


def _stretch(lines: Mapping[GainLine, Mapping[Seat, float]], seat: Seat) -> float:
    return lines.get(GainLine.STRETCH, {}).get(seat, 0.0)
