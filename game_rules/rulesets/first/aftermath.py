"""The standing after a round of rules 1, from the standing before it and the results.

Figures use only + − × ÷ in a fixed order (`sum` of floats rounds differently from Python 3.12
on), so they are the same on every machine. Source: rules section 4.
"""

from collections.abc import Iterable, Mapping, Sequence

from game_rules.log.events import ArenaResult
from game_rules.scenario.populations import has_memory
from game_rules.scenario.scenario import Arena, Scenario
from game_rules.standing.dependency import dependencies, yield_of
from game_rules.standing.impressions import impressions
from game_rules.standing.incidents import Concept, Incident, found, letdowns
from game_rules.standing.integration import Integration, Outlook, Parts, index_of
from game_rules.standing.meetings import meetings
from game_rules.standing.rivalry import rivals_after
from game_rules.standing.round_effects import PlayedArenas, RoundEffects
from game_rules.standing.standing import (
    Standing,
    StandingParameters,
    concentration_of,
    of_those_who_met,
)
from game_rules.standing.tallies import faded, mean, norms_after, weighed


def next_standing(
    standing: Standing,
    scenario: Scenario,
    results: Sequence[ArenaResult],
    effects: RoundEffects | None = None,
    parameters: StandingParameters | None = None,
    arenas: Iterable[Arena] | None = None,
) -> tuple[Standing, tuple[Incident, ...]]:
    """Return the standing after a round, and the round's incidents.

    results: of every arena that was played. arenas: the arenas as they were played, if they are
    not the scenario's own (a crisis, a moved member). The costs of incidents are not taken from
    anybody here; see `incidents.costs`.
    """
    p, also = parameters or scenario.standing, effects or RoundEffects()
    known = {arena.name: arena for arena in (scenario.arenas if arenas is None else arenas)}
    played = [(known[result.arena], result.actions) for result in results]
    met = meetings(tuple((arena.members, arena.exclusive) for arena, _ in played))
    yields = [yield_of(arena, actions) for arena, actions in played]
    shares = [each.contributed for each in yields]

    faith, affinity = impressions(standing, met, played, also, p)
    rivals, risen = rivals_after(standing, played, shares, also, p)
    inside, across = weighed(met.inside, played), weighed(met.across, played)
    is_split = any(met.across) and across < p.fragmented_share * inside
    dependency = dependencies(standing, played, yields, p)
    calm_rounds = 0 if any(x.is_in_crisis for x in rivals) else standing.calm_rounds + 1
    whole = mean(shares)
    parts = (
        whole,
        across if any(met.across) else whole,
        mean([a / (a + b) for row in faith.values() for a, b in row.values()]),
        mean([1.0 - concentration_of(row) for row in dependency.values()]),
        1.0 - mean([pair.tension for pair in rivals]),
    )
    after = Standing(
        rounds=standing.rounds + 1,
        faith=faith,
        affinity=affinity,
        dependency=dependency,
        rivals=rivals,
        institutions=_institutions(standing, played, also, p),
        norms=norms_after(standing, played, shares, p),
        calm_rounds=calm_rounds,
        fragmented_rounds=standing.fragmented_rounds + 1 if is_split else 0,
        integration=_integration(parts, calm_rounds, p),
    )
    if not has_memory(scenario):
        after = of_those_who_met(after, [(arena.name, arena.members) for arena, _ in played])
    incidents = [*letdowns(standing, played, p), *risen]
    if after.fragmented_rounds == p.fragmented_rounds:
        figures = {"across": across, "inside": inside}
        incidents.append(found(Concept.FRAGMENTATION, after.rounds, (), figures))
    return after, tuple(incidents)


def _institutions(
    standing: Standing, played: PlayedArenas, effects: RoundEffects, p: StandingParameters
) -> Mapping[str, float]:
    """I ← 0.8 I + 0.2·(share of members that fund it). Source: Keohane 1984; rules section 4."""
    strengths = dict(standing.institutions)
    for arena, _ in played:
        funding = effects.funders.get(arena.name, ())
        share = sum(seat in funding for seat in arena.members) / len(arena.members)
        old = strengths.get(arena.name, p.institution_at_start)
        strengths[arena.name] = faded(old, share, p.institution_memory)
    return strengths


def _integration(parts: Parts, calm_rounds: int, p: StandingParameters) -> Integration:
    """Return the index, its outlook and its parts. Source: rules section 4."""
    index = index_of(parts)
    return Integration(index, _outlook(index, calm_rounds, p), *parts)


def _outlook(index: float, calm_rounds: int, p: StandingParameters) -> Outlook:
    if calm_rounds == 0 or index <= p.pessimistic_index:
        return Outlook.PESSIMISTIC
    if index >= p.optimistic_index and calm_rounds >= p.calm_rounds:
        return Outlook.OPTIMISTIC
    return Outlook.CONTESTED
