"""Advice and legal moves for one seat, computed from what that seat sees.

Advice is an experimental treatment: a scenario can switch it off (rules section 5).
"""

from functools import lru_cache

from game_rules.advice.advice_json import AdviceDocument, advice_json
from game_rules.advice.advisor import advise, beliefs_of
from game_rules.advice.move_offers import MoveOffer, moves_open_to
from game_rules.games.stage_games import StageGame
from game_rules.log.position import Position
from game_rules.roles import Seat
from game_rules.standing.standing import trusts


class ArenaAdvice(AdviceDocument):
    """Advice on an arena."""

    arena: str


def advice_for(position: Position, seat: Seat) -> list[ArenaAdvice]:
    """Advise a seat on each of its arenas. position: what the seat sees.

    Each entry is what `detente advise --json` prints of the arena, with its name.
    """
    held = trusts(position.standing)
    return [
        {
            "arena": arena.name,
            **_advice(arena.game, arena.member(seat), beliefs_of(arena, seat, held)),
        }
        for arena in position.arenas_of(seat)
    ]


def moves_for(position: Position, seat: Seat) -> tuple[MoveOffer, ...]:
    """List the moves that a seat may make now, with cost and effect; none during a pause."""
    return moves_open_to(position, seat)


@lru_cache(maxsize=512)
def _advice(game: StageGame, member: int, beliefs: tuple[float, ...]) -> AdviceDocument:
    """Cached, because the same game and beliefs are asked for by every seat, repeatedly."""
    return advice_json(advise(game, member, beliefs, has_mediation=False))
