"""The standing after a round of rules 2, from the standing before it and the results.

Figures use only + − × ÷ in a fixed order, so they are the same on every machine. What is not said
otherwise here is as in rules 1. Source: docs/theory.md.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from game_rules.games.joint import efficiency
from game_rules.log.events import ArenaResult
from game_rules.roles import Seat
from game_rules.rulesets.second.alliances import calls
from game_rules.rulesets.second.checks import require_playable
from game_rules.rulesets.second.faith import faith_after
from game_rules.rulesets.second.index import coordination, integration
from game_rules.rulesets.second.ladder import at_rung, rivals_after
from game_rules.rulesets.second.leaning import autonomy_of, leverage
from game_rules.scenario.moves import Effect, MoveKind, MoveRules
from game_rules.scenario.populations import has_memory
from game_rules.scenario.scenario import CRISIS, Arena, Scenario
from game_rules.standing.dependency import (
    NO_FACTORS,
    NO_YIELD,
    Factors,
    Yield,
    dependencies,
    yield_of,
)
from game_rules.standing.incidents import Concept, Incident, found
from game_rules.standing.meetings import Meetings, meetings
from game_rules.standing.round_effects import PlayedArenas, RoundEffects
from game_rules.standing.standing import (
    Standing,
    TrustCounts,
    first_standing,
    of_those_who_met,
)
from game_rules.standing.tallies import norms_after, weighed


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


def next_standing(
    standing: Standing,
    scenario: Scenario,
    results: Sequence[ArenaResult],
    effects: RoundEffects,
    *,
    arenas: Iterable[Arena],
) -> tuple[Standing, tuple[Incident, ...]]:
    """Return the standing after a round, and the round's incidents.

    arenas: those that were played, with the terms that were in force. results: theirs, in the
    same order.
    """
    p, c = scenario.standing, scenario.consequences
    played, outline, yields, shares, scored, produced = [], [], [], [], [], {}
    for arena, result in zip(arenas, results, strict=True):
        actions = result.actions
        made = yield_of(arena, actions)
        played.append((arena, actions))
        outline.append((arena.members, arena.exclusive))
        yields.append(made)
        shares.append(made.contributed)
        scored.append((efficiency(arena.game, result.payoffs.values()), actions))
        produced[arena.name] = made.produced
    shape = tuple(outline)
    met = meetings(shape)

    faith, affinity = faith_after(standing, scenario, met, played, effects)
    rivals, risen = rivals_after(standing, played, produced, effects.moves, scenario)
    dependency = _dependency(standing, played, yields, effects, scenario)
    is_split = any(met.inside) and _is_split(met, played, p.fragmented_share)
    is_calm = not (rivals and any(pair.is_in_crisis for pair in rivals))
    calm_rounds = standing.calm_rounds + 1 if is_calm else 0
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
            coordination(shape, scored),
            [a / (a + b) for row in faith.values() for a, b in row.values()],
            [autonomy_of(dependency, seat) for seat in dependency],
            [pair.tension for pair in rivals],
            calm_rounds,
            p.calm_rounds,
            c,
        ),
        produced=produced,
    )
    if not has_memory(scenario):
        after = of_those_who_met(after, [(arena.name, arena.members) for arena, _ in played])
    incidents = [*calls(standing, played), *_leverage(standing, scenario, played), *risen]
    if after.fragmented_rounds == p.fragmented_rounds:
        figures = {"across": weighed(met.across, played), "inside": weighed(met.inside, played)}
        incidents.append(found(Concept.FRAGMENTATION, after.rounds, (), figures))
    return after, tuple(incidents)


def _is_split(met: Meetings, played: PlayedArenas, share: float) -> bool:
    """Tell whether blocs cooperate inside, and across by less than a share of that."""
    return any(met.across) and weighed(met.across, played) < share * weighed(met.inside, played)


def _dependency(
    standing: Standing,
    played: PlayedArenas,
    yields: Sequence[Yield],
    effects: RoundEffects,
    scenario: Scenario,
) -> Mapping[Seat, Mapping[Seat, float]]:
    """Credit benefits as rules 1 does, but for crises, which have none, and second sources."""
    if standing.rivals:
        yields = [
            NO_YIELD if arena.name.startswith(CRISIS) else made
            for (arena, _), made in zip(played, yields, strict=True)
        ]
    factors = _second_sources(effects.moves, scenario.moves) if effects.moves else NO_FACTORS
    return dependencies(standing, played, yields, scenario.standing, factors)


def _second_sources(moves: Iterable[Effect], rules: MoveRules) -> Factors:
    return {
        (effect.arena, effect.makers[0], partner): rules.second_credit
        for effect in moves
        if effect.kind is MoveKind.DIVERSIFY
        for partner in effect.members
    }


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
    if not felt:
        return []
    number = before.rounds + 1
    return [
        Incident(Concept.LEVERAGE, number, (seat, other), None, {"cost": cost}, _EXPLAINED, cost)
        for seat, (other, cost) in felt.items()
    ]


_EXPLAINED = f"incident.{Concept.LEVERAGE}"
