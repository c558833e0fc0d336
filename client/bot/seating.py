"""The choice of a seat for a remote bot."""

from collections.abc import Collection

from client.bot.errors import CannotJoin
from game_rules.log.position import Position
from game_rules.nearest import nearest
from game_rules.roles import Seat


def seat_to_take(position: Position, wanted: str | None, refused: Collection[Seat] = ()) -> Seat:
    """Choose the wanted seat, or else the first free one that plays in some arena.

    wanted may be held by a built-in bot, which makes room. refused: seats that were asked for
    without success. Raises CannotJoin if there is none.
    """
    if position.is_over:
        raise CannotJoin("this match is over; ask the facilitator for the code of another one")
    if wanted is not None:
        return _wanted(position, wanted)
    seats = sorted(position.scenario.seats, key=lambda s: not position.scenario.arenas_of(s))
    free = [seat for seat in seats if seat not in position.holders and seat not in refused]
    if not free:
        bots = ", ".join(seat for seat, holder in position.holders.items() if holder.is_bot)
        remedy = f"give --seat to replace a built-in bot: {bots}" if bots else "ask for a seat"
        raise CannotJoin(f"all {len(seats)} seats are held; {remedy}")
    return free[0]


def _wanted(position: Position, wanted: str) -> Seat:
    countries = {player.name: player.seat for player in position.scenario.players}
    seat = Seat(wanted)
    if seat not in position.scenario.seats:
        hint = nearest(wanted, position.scenario.seats, countries)
        raise CannotJoin(f"{wanted!r} is no seat of {position.scenario.name}; {hint}")
    holder = position.holders.get(seat)
    if holder is not None and not holder.is_bot:
        raise CannotJoin(f"{seat} is held by {holder.name}; choose another seat, or none")
    return seat
