"""The tables of moves and forecasts, which seats seal beside their orders.

docs/exports.md explains the columns. Names of people are left out; the record has them.
"""

from collections.abc import Iterator, Sequence

from game_rules.log import events as e
from game_rules.roles import Seat
from server.exports.pages import Row, columns, holder_columns, moments

MOVE_COLUMNS = columns(
    "round seat holder strategy move arena other_arena seats cost takes_effect told_to "
    "move_saved_ms resolved_ms"
)
FORECAST_COLUMNS = columns(
    "round seat holder strategy arena about is_intent forecast played is_right "
    "forecast_saved_ms resolved_ms"
)


def moves(log: Sequence[e.Event]) -> Iterator[Row]:
    """Yield a row per move that a round revealed."""
    saved: dict[Seat, int] = {}
    for event, position, about in moments(log):
        match event:
            case e.MoveMade(seat=seat, at_ms=at_ms):
                saved[seat] = at_ms
            case e.RoundResolved(round=number):
                for opened in event.moves:
                    move = opened.move
                    yield {
                        **about,
                        **holder_columns(position, opened.seat),
                        "round": number,
                        "seat": opened.seat,
                        "move": move.kind.value,
                        "arena": move.arena,
                        "other_arena": move.other_arena,
                        "seats": " ".join(move.seats),
                        "cost": opened.cost,
                        "takes_effect": int(opened.takes_effect),
                        "told_to": " ".join(opened.audience),
                        "move_saved_ms": saved.get(opened.seat),
                        "resolved_ms": event.at_ms,
                    }
                saved = {}


def forecasts(log: Sequence[e.Event]) -> Iterator[Row]:
    """Yield a row per member that a seat forecast, for rounds that were resolved."""
    for event, position, about in moments(log):
        if not isinstance(event, e.RoundResolved):
            continue
        played = {result.arena: result.actions for result in event.results}
        for forecast in position.forecasts:
            if forecast.round != event.round or forecast.arena not in played:
                continue
            for seat, expected in forecast.actions.items():
                action = played[forecast.arena][seat]
                yield {
                    **about,
                    **holder_columns(position, forecast.seat),
                    "round": event.round,
                    "seat": forecast.seat,
                    "arena": forecast.arena,
                    "about": seat,
                    "is_intent": int(seat == forecast.seat),
                    "forecast": expected.value,
                    "played": action.value,
                    "is_right": int(action is expected),
                    "forecast_saved_ms": forecast.at_ms,
                    "resolved_ms": event.at_ms,
                }
