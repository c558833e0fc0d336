"""Progress messages of a remote bot for its author, one line each."""

from collections.abc import Iterator

from game_rules.log.events import (
    Event,
    MatchEnded,
    MatchPaused,
    MatchResumed,
    OrderSource,
    RoundResolved,
    SeatTaken,
)
from game_rules.log.position import Position
from game_rules.roles import Seat


def progress_lines(event: Event, position: Position, seat: Seat) -> Iterator[str]:
    """Describe an event of the bot's match; most need no line."""
    match event:
        case SeatTaken(seat=taken) if taken == seat:
            scenario = position.scenario
            country = scenario.player(seat).name
            yield f"on the seat {seat} ({country}) of {scenario.title}, {scenario.rounds} rounds"
        case RoundResolved():
            yield _round(event, seat)
        case MatchPaused():
            yield "the facilitator has paused the match"
        case MatchResumed():
            yield "the match goes on"
        case MatchEnded():
            points = sorted(position.totals.items(), key=lambda entry: -entry[1])
            table = ", ".join(f"{name} {total:.4g}" for name, total in points)
            yield f"the match is over: {table}"


def _round(resolved: RoundResolved, seat: Seat) -> str:
    own = [result for result in resolved.results if seat in result.actions]
    shown = ", ".join(
        f"{result.arena} {result.actions[seat]}{_mark(result.sources[seat])}" for result in own
    )
    return f"round {resolved.round}: {shown}: {resolved.gains[seat]:+.4g} points"


def _mark(source: OrderSource) -> str:
    return "" if source is OrderSource.ORDERED else f" ({source.value}: no order came)"
