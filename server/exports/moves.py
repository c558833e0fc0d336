"""The tables of moves and forecasts, which seats seal beside their orders."""

from collections.abc import Iterator

from game_rules.log import events as e
from game_rules.roles import Seat
from server.exports.columns import DataTable, Row, flag, moment, number, text, words
from server.exports.story import Story, holder_of, resolved_rounds

_HOLDERS = (
    text("holder", "Who held the seat when the round was resolved: person, bot or nobody"),
    text("strategy", "The strategy of the bot"),
)


def moves(story: Story) -> Iterator[Row]:
    """Yield a row per move that a round revealed."""
    saved: dict[tuple[int, Seat], int] = {}
    for each in story.of(e.MoveMade):
        saved[each.event.round, each.event.seat] = each.event.at_ms
    for each, resolved in resolved_rounds(story):
        for opened in resolved.moves:
            move = opened.move
            yield {
                **story.at(each, resolved.round, opened.seat),
                **holder_of(each.before, opened.seat),
                "arena": move.arena,
                "move": move.kind.value,
                "other_arena": move.other_arena,
                "seats": " ".join(move.seats),
                "cost": opened.cost,
                "takes_effect": int(opened.takes_effect),
                "told_to": " ".join(opened.audience),
                "move_saved_ms": saved.get((resolved.round, opened.seat)),
                "resolved_ms": resolved.at_ms,
            }


def forecasts(story: Story) -> Iterator[Row]:
    """Yield a row per member that a seat forecast, for rounds that were resolved."""
    for each, resolved in resolved_rounds(story):
        played = {result.arena: result.actions for result in resolved.results}
        for forecast in each.before.forecasts:
            if forecast.round != resolved.round or forecast.arena not in played:
                continue
            for seat, expected in forecast.actions.items():
                action = played[forecast.arena][seat]
                yield {
                    **story.at(each, resolved.round, forecast.seat),
                    **holder_of(each.before, forecast.seat),
                    "arena": forecast.arena,
                    "about": seat,
                    "is_intent": int(seat == forecast.seat),
                    "forecast": expected.value,
                    "played": action.value,
                    "is_right": int(action is expected),
                    "forecast_saved_ms": forecast.at_ms,
                    "resolved_ms": resolved.at_ms,
                }


MOVES = DataTable(
    "moves",
    "one move that was revealed; withdrawn and replaced moves have no row",
    (
        *_HOLDERS,
        text("move", "confidence, restraint, exercise, diversify, link, fund or mediation"),
        text("other_arena", "The second arena of a link"),
        words("seats", "Rivals invited to an exercise, or partners founding an arena"),
        number("cost", "What the seat paid", "points"),
        flag("takes_effect", "0 if not all partners agreed to found the arena"),
        words("told_to", "The seats that saw the move at the reveal; empty for everyone"),
        moment("move_saved_ms", "When its final version was saved"),
        moment("resolved_ms", "When it was revealed"),
    ),
    moves,
)

FORECASTS = DataTable(
    "forecasts",
    "one action that a seat expected, as saved when the round was resolved",
    (
        *_HOLDERS,
        text("about", "The seat that the forecast is about"),
        flag("is_intent", "1 if the forecast is about the seat itself (its intention)"),
        text("forecast", "The action that was expected: C or D"),
        text("played", "The action that was played: C or D"),
        flag("is_right", "1 if they are the same"),
        moment("forecast_saved_ms", "When its final version was saved"),
        moment("resolved_ms", "When the round was revealed"),
    ),
    forecasts,
)
