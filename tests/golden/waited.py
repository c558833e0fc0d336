"""A match that waited for the other tables of its class, and goes on once they have caught up."""

from tests.golden.matches import Table
from tests.golden.playing import START_MS
from tests.golden.project import (
    THE_CLOCK,
    THE_FACILITATOR,
    Scenario,
    commands,
    create_match,
)


def waited_match(scenario: Scenario, version: int) -> Table:
    """Be told to go on too early, and again when the time of the first phase is over."""
    table = Table(create_match(scenario, "waited", 1.0, START_MS, version))
    for seat in scenario.seats:
        table.ask(commands.SeatBot(seat, "diplomat"), THE_FACILITATOR, START_MS)
    table.ask(commands.StartMatch(), THE_FACILITATOR, START_MS)
    go_on = commands.GoOn(table.position.round, table.position.phase)
    for now_ms in (START_MS, table.position.deadline_ms or START_MS):
        table.ask(go_on, THE_CLOCK, now_ms)
    table.ask(commands.EndMatch(), THE_FACILITATOR, now_ms)
    return table
