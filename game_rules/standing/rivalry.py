"""Tension between declared rivals: its change in a round, crises and spirals."""

from collections.abc import Sequence

from game_rules.games.stage_games import D
from game_rules.roles import Seat
from game_rules.standing.incidents import Concept, Incident, found
from game_rules.standing.round_effects import PlayedArenas, RoundEffects
from game_rules.standing.standing import Pair, RivalPair, Standing, StandingParameters


def rivals_after(
    standing: Standing,
    played: PlayedArenas,
    shares: Sequence[float],
    effects: RoundEffects,
    p: StandingParameters,
) -> tuple[tuple[RivalPair, ...], tuple[Incident, ...]]:
    """Update every rival pair's tension; find the crises that opened and the spirals.

    T ← 0.9T + 0.10·(mean defections between them) + exclusivity × (cooperation inside a bloc
    that holds one of them and not the other) − 0.12 if they cooperated, within [0, 1]; between
    them means in the arenas they share. T ≥ 0.8 is a crisis. Both defecting three rounds running
    while their tension rose is a spiral (Jervis 1976). shares: X of each arena.
    Source: rules section 4.
    """
    pairs: list[RivalPair] = []
    incidents: list[Incident] = []
    for before in standing.rivals:
        after = _after(before, played, shares, effects, p)
        pairs.append(after)
        figures = {"before": before.tension, "tension": after.tension}
        if after.is_in_crisis and not before.is_in_crisis:
            incidents.append(found(Concept.CRISIS, standing.rounds + 1, after.seats, figures))
        if after.arming_rounds == p.spiral_rounds:
            incidents.append(found(Concept.SPIRAL, standing.rounds + 1, after.seats, figures))
    return tuple(pairs), tuple(incidents)


def _after(
    before: RivalPair,
    played: PlayedArenas,
    shares: Sequence[float],
    effects: RoundEffects,
    p: StandingParameters,
) -> RivalPair:
    first, second = before.seats
    defections = meetings = 0
    is_arming = False
    tension = p.tension_memory * before.tension
    for (arena, actions), share in zip(played, shares, strict=True):
        is_first, is_second = first in actions, second in actions
        if is_first and is_second:
            meetings += 1
            defections += (actions[first] is D) + (actions[second] is D)
            is_arming = is_arming or actions[first] is D is actions[second]
        elif is_first or is_second:
            tension += arena.exclusive * share
    if meetings:
        tension += p.tension_of_defection * (defections / (2 * meetings))
        tension -= p.relief_of_cooperation if defections == 0 else 0.0
    tension = min(1.0, max(0.0, tension + _strain(before.seats, effects)))
    is_rising = is_arming and tension > before.tension
    return RivalPair(
        seats=before.seats,
        tension=tension,
        is_in_crisis=tension >= p.crisis_tension,
        arming_rounds=before.arming_rounds + 1 if is_rising else 0,
    )


def _strain(seats: tuple[Seat, Seat], effects: RoundEffects) -> float:
    if not effects.strains:
        return 0.0
    pair: Pair = (seats[1], seats[0])
    return effects.strains.get(seats, 0.0) + effects.strains.get(pair, 0.0)
