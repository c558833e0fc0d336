"""Trust and affinity: updated from the actions that each seat saw."""

from collections.abc import Mapping, Sequence

from game_rules.games.stage_games import Action, C
from game_rules.roles import Seat
from game_rules.standing.meetings import Meetings
from game_rules.standing.round_effects import PlayedArenas, RoundEffects
from game_rules.standing.standing import Standing, StandingParameters, TrustCounts

TrustTable = Mapping[Seat, Mapping[Seat, TrustCounts]]
Affinity = Mapping[Seat, Mapping[Seat, float]]


def impressions(
    standing: Standing,
    met: Meetings,
    played: PlayedArenas,
    effects: RoundEffects,
    p: StandingParameters,
) -> tuple[TrustTable, Affinity]:
    """Return all trust counts (α, β) and affinities after a round.

    α ← 0.9α + share of meetings seen as C, β ← 0.9β + 2 × share seen as D (4 × for a breach).
    Where a link lets a breach in another arena count, whatever was played counts as a breach.
    Affinity + 0.05 after mutual C, − 0.10 if the other was seen to betray; over several shared
    arenas a betrayal outweighs. Pairs that did not meet stay as they are.
    Source: rules sections 3 to 5; Wendt 1999 for affinity.
    """
    start = (p.count_at_start, p.count_at_start)
    memory, weight = p.trust_memory, p.defection_weight
    faith, affinity = dict(standing.faith), dict(standing.affinity)
    truth = [acted for _, acted in played]
    for seat, others in met.ties:
        seen = effects.seen_by(seat, played) if effects.sightings else truth
        counts, liking = dict(faith.get(seat, {})), dict(affinity.get(seat, {}))
        for other, places in others:
            good, bad, step = _look(seat, other, places, played, seen, effects, p)
            alpha, beta = counts.get(other, start)
            counts[other] = (memory * alpha + good, memory * beta + weight * bad)
            liking[other] = min(1.0, max(-1.0, liking.get(other, 0.0) + step))
        faith[seat], affinity[seat] = counts, liking
    return faith, affinity


def _look(
    seat: Seat,
    other: Seat,
    places: tuple[int, ...],
    played: PlayedArenas,
    seen: Sequence[Mapping[Seat, Action]],
    effects: RoundEffects,
    p: StandingParameters,
) -> tuple[float, float, float]:
    """Return what a seat saw of another: shares of C and of D, and the change of affinity."""
    good, bad, linked = 0.0, 0.0, effects.linked
    is_mutual = is_betrayed = False
    for place in places:
        arena, actions = played[place]
        action = seen[place][other]
        is_linked = linked and (arena.name, other) in linked
        if action is C and not is_linked:
            good += 1.0
            is_mutual = is_mutual or actions[seat] is C
            continue
        is_breach = is_linked or (arena.name, other) in effects.breaches
        bad += p.breach_weight if is_breach else 1.0
        is_betrayed = is_betrayed or actions[seat] is C
    mutual = p.affinity_of_mutual if is_mutual else 0.0
    step = -p.affinity_of_betrayal if is_betrayed else mutual
    return good / len(places), bad / len(places), step
