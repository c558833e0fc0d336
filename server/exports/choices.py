"""The tables of orders: every decision, the drafts before it, and who said that it was done."""

from collections.abc import Iterator, Mapping

from game_rules.log import events as e
from game_rules.log.position import Position
from game_rules.roles import Seat
from server.exports.columns import DataTable, Row, flag, moment, number, text
from server.exports.story import Instant, Story, holder_of

Saved = dict[tuple[int, Seat, str], tuple[int, str]]
"""When each action was first saved as it is now, and whether a person or a bot saved it."""

_HOLDERS = (
    text("holder", "Who held the seat when the round was resolved: person, bot or nobody"),
    text("strategy", "The strategy of the bot"),
)

_SOURCE = (
    "ordered; repeated (no choice, so the last action again); kept (no choice, so what a pact "
    "requires); defaulted (no choice, so D); executed (by a pact, over the order); autopilot; "
    "facilitator"
)


def decisions(story: Story) -> Iterator[Row]:
    """Yield a row per round, arena and member."""
    opened = {(each.event.round, each.event.phase): each for each in story.of(e.PhaseOpened)}
    saved = _first_saved(story)
    for each in story.of(e.RoundResolved):
        resolved, position = each.event, each.before
        began = opened.get((resolved.round, e.Phase.DECISION))
        decision_ms = began.event.at_ms if began else None
        talk = opened.get((resolved.round, e.Phase.NEGOTIATION))
        round_ms = talk.event.at_ms if talk else decision_ms
        for result in resolved.results:
            for seat, action in result.actions.items():
                at_ms, who = saved.get((resolved.round, seat, result.arena), (None, None))
                source = result.sources[seat]
                yield {
                    **story.at(each, resolved.round, seat),
                    **holder_of(position, seat),
                    "arena": result.arena,
                    "action": action.value,
                    "source": source.value,
                    "decided_by": _decider(position, seat, source) or who,
                    "payoff": result.payoffs[seat],
                    "round_opened_ms": round_ms,
                    "decision_opened_ms": decision_ms,
                    "order_saved_ms": at_ms,
                    "resolved_ms": resolved.at_ms,
                }


def drafts(story: Story) -> Iterator[Row]:
    """Yield a row for each time an action was chosen or changed."""
    changes = story.of(e.OrderSaved)
    last = {
        (each.event.round, each.event.seat, arena): each.place
        for each in changes
        for arena, _ in _chosen(each)
    }
    for each in changes:
        saved = each.event
        for arena, before in _chosen(each):
            source = saved.sources.get(arena, e.OrderSource.ORDERED)
            yield {
                **story.at(each, saved.round, saved.seat),
                "arena": arena,
                "action": saved.actions[arena].value,
                "action_before": before,
                "saved_by": _decider(each.before, saved.seat, source) or _kind(each, saved.seat),
                "is_last": int(last[saved.round, saved.seat, arena] == each.place),
                "saved_ms": saved.at_ms,
            }


def ready(story: Story) -> Iterator[Row]:
    """Yield a row for each time that a seat said it was done, or took that back."""
    for each in story.of(e.ReadySet):
        told = each.event
        yield _ready(story, each, told.round, told.phase, told.seat, told.is_ready)
    for each in story.of(e.OrderSaved):
        saved = each.event
        if saved.ready_in is not None:
            yield _ready(story, each, saved.round, saved.ready_in, saved.seat, True)


def _ready(
    story: Story, each: Instant, number: int, phase: e.Phase, seat: Seat, is_ready: bool
) -> Row:
    return {
        **story.at(each, number, seat),
        "phase": phase.value,
        "is_ready": int(is_ready),
        "said_ms": each.event.at_ms,
    }


def _first_saved(story: Story) -> Saved:
    """Find when each action of each round was first saved as it stood at the end."""
    saved: Saved = {}
    for each in story.of(e.OrderSaved):
        who = _kind(each, each.event.seat)
        for arena, _ in _chosen(each):
            saved[each.event.round, each.event.seat, arena] = (each.event.at_ms, who)
    return saved


def _chosen(each: Instant[e.OrderSaved]) -> Iterator[tuple[str, str | None]]:
    """Return the arenas whose action an order sets or changes, with the one before."""
    before: Mapping = each.before.orders.get(each.event.seat, {})
    for arena, action in each.event.actions.items():
        if before.get(arena) != action:
            yield arena, before[arena].value if arena in before else None


def _kind(each: Instant, seat: Seat) -> str:
    holder = each.before.holders.get(seat)
    return "bot" if holder is not None and holder.is_bot else "person"


def _decider(position: Position, seat: Seat, source: e.OrderSource) -> str | None:
    """Name who decided in place of the holder of the seat; None if the holder did."""
    if source in _MISSING:
        return "time_out" if seat in position.holders else "nobody"
    return _OTHERS.get(source)


_MISSING = {e.OrderSource.REPEATED, e.OrderSource.DEFAULTED, e.OrderSource.KEPT}
_OTHERS = {
    e.OrderSource.EXECUTED: "pact",
    e.OrderSource.AUTOPILOT: "autopilot",
    e.OrderSource.FACILITATOR: "facilitator",
}

DECISIONS = DataTable(
    "decisions",
    "one member of one arena in one round",
    (
        *_HOLDERS,
        text("action", "The action played: C (cooperate) or D (defect)"),
        text("source", f"Where the action came from: {_SOURCE}"),
        text(
            "decided_by",
            "Who decided: person, bot, autopilot, facilitator, pact, time_out (the holder chose "
            "nothing) or nobody (the seat had no holder)",
        ),
        number(
            "payoff",
            "The material points from this arena in this round; the table points has the rest",
            "points",
        ),
        moment("round_opened_ms", "When the round began"),
        moment("decision_opened_ms", "When the decision phase began"),
        moment("order_saved_ms", "When the action was first saved as it was played"),
        moment("resolved_ms", "When all orders were revealed"),
    ),
    decisions,
)

DRAFTS = DataTable(
    "drafts",
    "one change of an order that was not revealed yet",
    (
        text("action", "The action that was saved: C or D"),
        text("action_before", "The action that it replaced; empty for the first"),
        text("saved_by", "Who saved it, as decided_by of the decisions"),
        flag("is_last", "1 if nothing replaced it in this round"),
        moment("saved_ms", "When it was saved"),
    ),
    drafts,
)

READY = DataTable(
    "ready",
    "one time that a seat said it was done, or took that back",
    (
        text("phase", "The phase that it was done with"),
        flag("is_ready", "1: done; 0: taken back"),
        moment("said_ms", "When it said so"),
    ),
    ready,
)
