"""A match as a table for statistics: one row a decision. docs/exports.md explains the columns."""

import csv
from collections.abc import Iterator, Sequence
from io import StringIO

from game_rules import events as e
from game_rules.evolve import evolve
from game_rules.position import Position
from game_rules.roles import Seat
from server.negotiation_exports import write_pledges_csv, write_talk_csv

COLUMNS = (
    "scenario",
    "rules_version",
    "seed",
    "round",
    "arena",
    "seat",
    "holder",
    "strategy",
    "action",
    "source",
    "decided_by",
    "payoff",
    "round_opened_ms",
    "decision_opened_ms",
    "order_saved_ms",
    "resolved_ms",
)

Row = dict[str, object]
Saved = dict[tuple[Seat, str], tuple[int, str]]
"""When each action was first saved as it stands, and whether a human or a bot did."""


def write_csv(log: Sequence[e.Event]) -> str:
    """Write a whole log as CSV: a header, then one row a round, arena and member.

    Times are ms on the server's clock. The same log gives the same bytes.
    """
    page = StringIO()
    writer = csv.DictWriter(page, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(_rows(log))
    return page.getvalue()


def write_table(log: Sequence[e.Event], what: str) -> str:
    """Write one of a log's tables as CSV: decisions, talk or pledges.

    Raises KeyError for any other.
    """
    writers = {"decisions": write_csv, "talk": write_talk_csv, "pledges": write_pledges_csv}
    return writers[what](log)


def _rows(log: Sequence[e.Event]) -> Iterator[Row]:
    position: Position | None = None
    opened: dict[e.Phase, int] = {}
    saved: Saved = {}
    for event in log:
        match event:
            case e.PhaseOpened(phase=phase, round=number, at_ms=at_ms):
                if position is None or position.round != number:
                    opened, saved = {}, {}
                opened[phase] = at_ms
            case e.OrderSaved():
                assert position is not None
                who = _kind(position, event.seat)
                saved |= {(event.seat, x): (event.at_ms, who) for x in _chosen(position, event)}
            case e.RoundResolved():
                assert position is not None
                yield from _round(position, event, opened, saved)
        position = evolve(position, event)


def _chosen(position: Position, saved: e.OrderSaved) -> Iterator[str]:
    """Name the arenas whose action this order sets or changes; it repeats the others."""
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
                **_match(position),
                **_holder(position, seat),
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


def _match(position: Position) -> Row:
    return {
        "scenario": position.scenario.name,
        "rules_version": position.rules_version,
        "seed": position.seed,
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


def _holder(position: Position, seat: Seat) -> Row:
    holder = position.holders.get(seat)
    if holder is None:
        return {"holder": "nobody", "strategy": None}
    return {"holder": "bot" if holder.is_bot else "person", "strategy": holder.strategy}
