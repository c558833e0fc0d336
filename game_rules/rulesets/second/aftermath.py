"""The standing after a round of rules 2, from the standing before it and the results.

Figures use only + − × ÷ in a fixed order, so they are the same on every machine. What is not said
otherwise here is as in rules 1. Source: docs/theory.md.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from game_rules.games.stage_games import Collective
from game_rules.log.events import ArenaResult
from game_rules.roles import Seat
from game_rules.rulesets.second.alliances import calls
from game_rules.rulesets.second.checks import require_playable
from game_rules.rulesets.second.faith import faith_after
from game_rules.rulesets.second.index import ScoredArena, coordination, integration
from game_rules.rulesets.second.ladder import at_rung, rivals_after
from game_rules.rulesets.second.leaning import autonomy_of, leverage
from game_rules.scenario.moves import MoveKind
from game_rules.scenario.populations import has_memory
from game_rules.scenario.scenario import CRISIS, Arena, Scenario
from game_rules.standing.dependency import dependencies
from game_rules.standing.incidents import Concept, Incident, found
from game_rules.standing.meetings import meetings
from game_rules.standing.round_effects import PlayedArenas, RoundEffects
from game_rules.standing.standing import (
    Standing,
    TrustCounts,
    first_standing,
    of_those_who_met,
)
from game_rules.standing.tallies import cooperation, norms_after, weighed


def begin(scenario: Scenario) -> Standing:
    """Return the standing before the first round.

    Every pair of rivals has a start of its own, and allies begin with trust in each other. Raises
    InvalidInput for what rules 2 cannot play. Source: docs/theory.md.
    """
    require_playable(scenario)
    c, plain = scenario.consequences, first_standing(scenario)
    starts = {frozenset(each.seats): each.tension for each in scenario.starts}
    pairs = (replace(x, tension=starts[frozenset(x.seats)]) for x in plain.rivals)
    allies = {frozenset(x.members) for x in scenario.arenas if x.is_alliance}
    faithful: TrustCounts = (c.faith_of_allies, scenario.standing.count_at_start)
    return replace(
        plain,
        faith={
            i: {j: faithful if {i, j} in allies else counts for j, counts in row.items()}
            for i, row in plain.faith.items()
        },
        rivals=tuple(at_rung(pair, c) for pair in pairs),
        institutions=dict.fromkeys(plain.institutions, c.institution_at_start),
    )


def output(arena: Arena, contributed: float) -> float:
    """Return what an arena produced: Q(X), or X where it has no threshold. Source: section 2."""
    game = arena.game
    return game.produced(contributed) if isinstance(game, Collective) else contributed


def next_standing(
    standing: Standing,
    scenario: Scenario,
    results: Sequence[ArenaResult],
    effects: RoundEffects,
    *,
    arenas: Iterable[Arena],
) -> tuple[Standing, tuple[Incident, ...]]:
    """Return the standing after a round, and the round's incidents.

    results: of every arena that was played. arenas: with the terms that were in force.
    """
    p, c = scenario.standing, scenario.consequences
    known = {arena.name: arena for arena in arenas}
    played = [(known[result.arena], result.actions) for result in results]
    met = meetings(tuple([(arena.members, arena.exclusive) for arena, _ in played]))
    shares = [cooperation(arena, acted) for arena, acted in played]
    made = [output(arena, share) for (arena, _), share in zip(played, shares, strict=True)]

    faith, affinity = faith_after(standing, scenario, met, played, effects)
    rivals, risen = rivals_after(standing, played, made, effects.moves, scenario)
    dependency = _dependency(standing, played, shares, effects, scenario)
    inside, across = weighed(met.inside, played), weighed(met.across, played)
    is_split = any(met.across) and across < p.fragmented_share * inside
    calm_rounds = 0 if any(x.is_in_crisis for x in rivals) else standing.calm_rounds + 1
    scored = [
        ScoredArena(arena, result.actions, result.payoffs)
        for (arena, _), result in zip(played, results, strict=True)
    ]
    after = Standing(
        rounds=standing.rounds + 1,
        faith=faith,
        affinity=affinity,
        dependency=dependency,
        rivals=rivals,
        institutions=_institutions(standing, played, effects, scenario),
        norms=norms_after(standing, played, shares, p),
        calm_rounds=calm_rounds,
        fragmented_rounds=standing.fragmented_rounds + 1 if is_split else 0,
        integration=integration(
            coordination(scored),
            [a / (a + b) for row in faith.values() for a, b in row.values()],
            [autonomy_of(dependency, seat) for seat in dependency],
            [pair.tension for pair in rivals],
            calm_rounds,
            p.calm_rounds,
            c,
        ),
        produced={arena.name: x for (arena, _), x in zip(played, made, strict=True)},
    )
    if not has_memory(scenario):
        after = of_those_who_met(after, [(arena.name, arena.members) for arena, _ in played])
    incidents = [*calls(standing, played), *_leverage(standing, scenario, played), *risen]
    if after.fragmented_rounds == p.fragmented_rounds:
        figures = {"across": across, "inside": inside}
        incidents.append(found(Concept.FRAGMENTATION, after.rounds, (), figures))
    return after, tuple(incidents)


def _dependency(
    standing: Standing,
    played: PlayedArenas,
    shares: Sequence[float],
    effects: RoundEffects,
    scenario: Scenario,
) -> Mapping[Seat, Mapping[Seat, float]]:
    """Credit benefits as rules 1 does, but for crises, which have none, and second sources."""
    weights = [
        0.0 if arena.name.startswith(CRISIS) else share
        for (arena, _), share in zip(played, shares, strict=True)
    ]
    factors = {
        (effect.arena, effect.makers[0], partner): scenario.moves.second_credit
        for effect in effects.moves
        if effect.kind is MoveKind.DIVERSIFY
        for partner in effect.members
    }
    return dependencies(standing, played, weights, scenario.standing, factors)


def _institutions(
    standing: Standing, played: PlayedArenas, effects: RoundEffects, scenario: Scenario
) -> Mapping[str, float]:
    """I ← min(1, 0.9 I + 0.3·(share of members that fund it)). Source: Keohane 1984."""
    c, strengths = scenario.consequences, dict(standing.institutions)
    for arena, _ in played:
        if not arena.name.startswith(CRISIS):
            funding = effects.funders.get(arena.name, ())
            paid = sum([seat in funding for seat in arena.members]) if funding else 0
            share = paid / len(arena.members)
            old = strengths.get(arena.name, c.institution_at_start)
            strengths[arena.name] = min(
                1.0, c.institution_memory * old + c.institution_gain * share
            )
    return strengths


def _leverage(before: Standing, scenario: Scenario, played: PlayedArenas) -> list[Incident]:
    felt = leverage(before, scenario.seats, played, scenario.consequences)
    number, key = before.rounds + 1, f"incident.{Concept.LEVERAGE.value}"
    return [
        Incident(Concept.LEVERAGE, number, (seat, other), None, {"cost": cost}, key, cost)
        for seat, (other, cost) in felt.items()
    ]
