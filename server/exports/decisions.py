"""The decisions table: one row per decision. docs/exports.md explains the columns."""

from collections.abc import Iterator, Sequence

from game_rules.log import events as e
from game_rules.log.position import Position
from game_rules.roles import Seat
from server.exports.moves import FORECAST_COLUMNS, MOVE_COLUMNS, forecasts, moves
from server.exports.negotiation import PLEDGE_COLUMNS, TALK_COLUMNS, pledges, talk
from server.exports.pages import Row, columns, holder_columns, moments, page

COLUMNS = columns(
    "round arena seat holder strategy action source decided_by payoff round_opened_ms "
    "decision_opened_ms order_saved_ms resolved_ms"
)

Saved = dict[tuple[Seat, str], tuple[int, str]]
"""When each action was first saved as it is now, and whether a human or a bot saved it."""


def write_table(log: Sequence[e.Event], what: str) -> str:
    """Write one of a whole log's tables as CSV, by its name in TABLES: a header, then rows.

    Times are ms on the server's clock. The same log gives the same bytes. Raises KeyError for any
    other name.
    """
    named, rows = _TABLES[what]
    return page(named, rows(log))


def decisions(log: Sequence[e.Event]) -> Iterator[Row]:
    """Yield a row per round, arena and member."""
    opened: dict[e.Phase, int] = {}
    saved: Saved = {}
    for event, position, about in moments(log):
        match event:
            case e.PhaseOpened(phase=phase, round=number, at_ms=at_ms):
                if position.round != number:
                    opened, saved = {}, {}
                opened[phase] = at_ms
            case e.OrderSaved():
                who = _kind(position, event.seat)
                saved |= {(event.seat, x): (event.at_ms, who) for x in _chosen(position, event)}
            case e.RoundResolved():
                for row in _round(position, event, opened, saved):
                    yield {**about, **row}


def _chosen(position: Position, saved: e.OrderSaved) -> Iterator[str]:
    """Return the arenas whose action this order sets or changes; it repeats the others."""
    before = position.orders.get(saved.seat, {})
    return (arena for arena, action in saved.actions.items() if before.get(arena) != action)


def _round(
    position: Position,
    resolved: e.RoundResolved,
    opened: dict[e.Phase, int],
    saved: Saved,
) -> Iterator[Row]:
    decision_ms = opened.get(e.Phase.DECISION)
    for result in resolved.results:
        for seat, action in result.actions.items():
            at_ms, who = saved.get((seat, result.arena), (None, None))
            yield {
                **holder_columns(position, seat),
                "round": resolved.round,
                "arena": result.arena,
                "seat": seat,
                "action": action.value,
                "source": result.sources[seat].value,
                "decided_by": _DECIDED_BY.get(result.sources[seat]) or who,
                "payoff": result.payoffs[seat],
                "round_opened_ms": opened.get(e.Phase.NEGOTIATION, decision_ms),
                "decision_opened_ms": decision_ms,
                "order_saved_ms": at_ms,
                "resolved_ms": resolved.at_ms,
            }


def _kind(position: Position, seat: Seat) -> str:
    holder = position.holders.get(seat)
    return "bot" if holder is not None and holder.is_bot else "human"


_DECIDED_BY = {
    e.OrderSource.REPEATED: "deadline_policy",
    e.OrderSource.DEFAULTED: "deadline_policy",
    e.OrderSource.KEPT: "deadline_policy",
    e.OrderSource.EXECUTED: "pact",
    e.OrderSource.AUTOPILOT: "autopilot",
    e.OrderSource.FACILITATOR: "facilitator",
}

_TABLES = {
    "decisions": (COLUMNS, decisions),
    "talk": (TALK_COLUMNS, talk),
    "pledges": (PLEDGE_COLUMNS, pledges),
    "moves": (MOVE_COLUMNS, moves),
    "forecasts": (FORECAST_COLUMNS, forecasts),
}

TABLES = tuple(_TABLES)
"""The names of the tables that a match has."""
