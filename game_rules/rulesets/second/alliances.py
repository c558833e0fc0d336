"""Allies: who is called upon, who is dragged along and who is left alone.

Only alliance arenas count, in both directions; never two rivals. What it costs is in the terms in
force, an incident only names it. Source: Snyder 1984; Christensen & Snyder 1990 (chain-ganging).
"""

from collections.abc import Iterator, Mapping, Sequence

from game_rules.games.stage_games import C
from game_rules.roles import Seat
from game_rules.scenario.scenario import Arena
from game_rules.standing.incidents import Concept, Incident
from game_rules.standing.round_effects import PlayedArenas
from game_rules.standing.standing import RivalPair, Standing


def crises_outside(
    rivals: Sequence[RivalPair], members: Sequence[Seat]
) -> Iterator[tuple[Seat, Seat, int]]:
    """Yield every crisis of a member with somebody outside: the member, the other, the rung."""
    for pair in rivals:
        if pair.is_in_crisis:
            for one, other in (pair.seats, pair.seats[::-1]):
                if one in members and other not in members:
                    yield one, other, pair.rung


def worst_crises(rivals: Sequence[RivalPair], members: Sequence[Seat]) -> Mapping[Seat, int]:
    """Return the highest rung of each member that is in crisis with somebody outside."""
    worst: dict[Seat, int] = {}
    for member, _, rung in crises_outside(rivals, members):
        worst[member] = max(worst.get(member, 0), rung)
    return worst


def calls(before: Standing, played: PlayedArenas) -> Iterator[Incident]:
    """Find entrapment and abandonment, one of a pair in crisis.

    Entrapment: a seat played C in an alliance whose other member is in crisis with an outsider.
    Abandonment: a seat in such a crisis played C, and its ally D. before: as the round opened.
    Source: Snyder 1984.
    """
    for arena, acted in played if before.rivals else ():
        if arena.is_alliance:
            for member, outsider, rung in crises_outside(before.rivals, arena.members):
                for ally in arena.members:
                    if ally == member:
                        continue
                    if acted[ally] is C:
                        seats = (ally, member, outsider)
                        yield _named(Concept.ENTRAPMENT, before, seats, arena, rung)
                    elif acted[member] is C:
                        seats = (member, ally, outsider)
                        yield _named(Concept.ABANDONMENT, before, seats, arena, rung)


def is_supported(
    seat: Seat, opponent: Seat, arenas: Sequence[Arena], held: Mapping[str, float]
) -> bool:
    """Tell whether an alliance without the opponent held last round, and so backs a seat."""
    for arena in arenas:
        is_backing = arena.is_alliance and seat in arena.members and opponent not in arena.members
        if is_backing and held.get(arena.name, 0.0) > 0:
            return True
    return False


def _named(
    concept: Concept, before: Standing, seats: tuple[Seat, ...], arena: Arena, rung: int
) -> Incident:
    key = f"incident.{concept}"
    return Incident(concept, before.rounds + 1, seats, arena.name, {"rung": float(rung)}, key)
