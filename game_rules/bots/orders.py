"""Orders of bots: what a strategy plays in all arenas of a seat."""

from game_rules.doctrines.seat_view import SeatView
from game_rules.log.position import Position
from game_rules.match.orders import SaveOrder
from game_rules.roles import Seat
from game_rules.strategies import arena_view, coin, strategy


def order_of_bot(position: Position, seat: Seat, name: str, seed: str) -> SaveOrder:
    """Return a bot's order for all its arenas in the open round.

    position: what the seat may know, no more. name: a built-in strategy. seed: the match's,
    from which the bot's own chance is drawn.
    """
    bot, arenas = strategy(name), position.arenas_of(seat)
    if bot.doctrine is None:
        views = {arena.name: arena_view(position, seat, arena, seed) for arena in arenas}
        return SaveOrder(position.round, {arena: bot.choose(view) for arena, view in views.items()})
    view = SeatView(position, seat)
    actions = bot.doctrine.order(view, lambda arena: coin(position, seat, arena, seed))
    return SaveOrder(position.round, actions)
