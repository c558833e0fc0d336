"""Why a sender's command is not even put to the rules."""

from game_rules.errors import NotYours, RuleViolation, SeatFixed
from game_rules.log.position import Position
from game_rules.match.seating import LeaveSeat, TakeSeat
from game_rules.roles import Actor, Role
from server.hosting.requests import Request


def objection(request: Request, actor: Actor, position: Position) -> RuleViolation | None:
    """Return what stands against a command, whatever the rules say of it; None: nothing does."""
    if _is_overtaken(actor, position):
        return NotYours(f"a person plays {actor.seat} by now")
    if _leaves_fixed_seat(request, actor):
        return SeatFixed(f"you were dealt {actor.seat}; ask the facilitator to move you")
    return None


def _is_overtaken(actor: Actor, position: Position) -> bool:
    """Tell whether people took over a seat for which a program sent this command."""
    if actor.role is not Role.PLAYER or actor.person is not None or actor.seat is None:
        return False
    holder = position.holders.get(actor.seat)
    return holder is not None and not holder.is_automatic


def _leaves_fixed_seat(request: Request, actor: Actor) -> bool:
    """Tell whether a person would change or leave a seat that was dealt."""
    if not request.sender.has_fixed_seat or actor.seat is None:
        return False
    return isinstance(request.command, (TakeSeat, LeaveSeat))
