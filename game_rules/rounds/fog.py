"""Fog: what each observer sees of a round, and how little else it is shown until the end.

An action is seen as it was played with probability q (monitoring quality, which a
confidence-building measure lifts in its arena), drawn from the seed for each observer and each
observed member apart. Nobody is wrong about itself; who is not in an arena sees it through the
public's eyes. Misperception changes what is seen, never what was played.
Source: rules sections 4 and 7; Jervis 1976 on misperception.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from game_rules.chance import ending, reaching
from game_rules.games.stage_games import Action
from game_rules.log.events import ArenaResult, OrderSource, RoundResolved, Sighting
from game_rules.log.gains import GainLine
from game_rules.log.position import Position
from game_rules.moves.kinds import costs_of
from game_rules.roles import Seat
from game_rules.rulesets.chosen import ruleset_of
from game_rules.scenario.scenario import Arena
from game_rules.standing.change import as_impressions
from game_rules.standing.incidents import Concept, Incident
from game_rules.standing.round_effects import Sightings
from game_rules.standing.standing import BLANK, Standing

PUBLIC_EYES = "public"

SEEN_IN_FOG = (GainLine.MOVES, GainLine.PACTS)
"""The lines of gains that tell nothing of what was played."""

OWN_IN_FOG = (GainLine.STRETCH,)
"""The lines that a seat's own choices alone decide, and that it knows of itself."""


def sightings(position: Position, results: Sequence[ArenaResult]) -> tuple[Sighting, ...]:
    """Draw what observers see incorrectly in a round; empty without fog.

    results: of the arenas in force, in their order.
    """
    if position.scenario.monitoring >= 1:
        return ()
    assert position.seed is not None
    monitoring = ruleset_of(position).monitoring
    unlike = reaching(position.seed, "sight", position.round)
    wrong: list[Sighting] = []
    for arena, result in zip(position.arenas, results, strict=True):
        looks, questions = _looks(arena.name, arena.members)
        mistaken: dict[Seat | None, list[Seat]] = {}
        for place in unlike(monitoring(position, arena.name), questions):
            observer, seat = looks[place]
            mistaken.setdefault(observer, []).append(seat)
        for observer, seats in mistaken.items():
            wrong.append(Sighting(observer, _as_if(arena, result, seats)))
    return tuple(wrong)


@lru_cache(maxsize=256)
def _looks(
    arena: str, members: tuple[Seat, ...]
) -> tuple[list[tuple[Seat | None, Seat]], list[bytes]]:
    """List each observer and whom it looks at, and what chance is asked of it every round."""
    looks = [(x, seat) for x in (*members, None) for seat in members if seat != x]
    return looks, [ending(arena, observer or PUBLIC_EYES, seat) for observer, seat in looks]


def seen_by_members(wrong: Sequence[Sighting]) -> Sightings:
    """Arrange the incorrect sightings of members for the standing."""
    seen: dict[str, dict[Seat, Mapping[Seat, Action]]] = {}
    for sighting in wrong:
        if sighting.observer is not None:
            actions = sighting.result.actions
            seen.setdefault(sighting.result.arena, {})[sighting.observer] = actions
    return seen


def in_fog(event: RoundResolved, seat: Seat | None) -> RoundResolved:
    """Reduce a round to what a seat (None: the public) sees in fog.

    What it saw, and what that would have paid, in place of what was played; of sources and of what
    its commitments cost its own alone; of incidents the crises, which nobody can overlook; of
    standing its own impressions.
    """
    known = _known(event)
    results = tuple([_made_out(result, seat, known) for result in event.results])
    gains = dict.fromkeys(event.gains, 0.0)
    for result in results:
        for member, payoff in result.payoffs.items():
            gains[member] += payoff
    for member, cost in known.costs.items():
        gains[member] -= cost
    for member, points in event.settlements.items():
        gains[member] += points
    own = _own_lines(event, seat)
    for line in own.values():
        for member, points in line.items():
            gains[member] += points
    return RoundResolved(
        round=event.round,
        results=results,
        gains=gains,
        at_ms=event.at_ms,
        incidents=known.crises,
        standing=BLANK if event.standing is BLANK else _impressions(event.standing, seat),
        sightings=(),
        breaches=event.breaches,
        settlements=event.settlements,
        pacts=event.pacts,
        moves=event.moves,
        effects=event.effects,
        lines={**known.lines, **own},
        change=None if event.change is None else as_impressions(event.change, seat),
    )


def _own_lines(event: RoundResolved, seat: Seat | None) -> Mapping[GainLine, Mapping[Seat, float]]:
    """Return what its own choices alone cost a seat, as the round charged it."""
    if seat is None:
        return {}
    charged = {line: event.lines.get(line, {}) for line in OWN_IN_FOG}
    return {line: {seat: x[seat]} for line, x in charged.items() if seat in x}


def _as_if(arena: Arena, result: ArenaResult, mistaken: Sequence[Seat]) -> ArenaResult:
    """Return a result in which the actions of some seats were the other one."""
    seen = dict(result.actions)
    for seat in mistaken:
        seen[seat] = seen[seat].other
    paid = map(float, arena.game.payoffs(tuple(seen.values())))
    payoffs = dict(zip(arena.members, paid, strict=True))
    return ArenaResult(result.arena, seen, result.sources, payoffs)


@dataclass(frozen=True, slots=True)
class _Known:
    """What is the same for all who are shown a round in fog. outside: by arena, to no member."""

    seen: Mapping[tuple[Seat | None, str], ArenaResult]
    outside: Mapping[str, ArenaResult]
    crises: tuple[Incident, ...]
    costs: Mapping[Seat, float]
    lines: Mapping[GainLine, Mapping[Seat, float]]


def _known(event: RoundResolved) -> _Known:
    """Reduce a round as far as it is the same for all; the round remembers it."""
    found = event.memory.get(_FOG)
    if found is None:
        seen = {(x.observer, x.result.arena): x.result for x in event.sightings}
        found = event.memory[_FOG] = _Known(
            seen,
            {x.arena: _as_shown(seen.get((None, x.arena), x), {}) for x in event.results},
            tuple([_bare(x) for x in event.incidents if x.concept is Concept.CRISIS]),
            costs_of(event.moves),
            {line: points for line, points in event.lines.items() if line in SEEN_IN_FOG},
        )
    return found


_FOG = "fog"


def _made_out(result: ArenaResult, seat: Seat | None, known: _Known) -> ArenaResult:
    if seat is None or seat not in result.actions:
        return known.outside[result.arena]
    shown = known.seen.get((seat, result.arena), result)
    return _as_shown(shown, {seat: shown.sources[seat]})


def _as_shown(result: ArenaResult, sources: Mapping[Seat, OrderSource]) -> ArenaResult:
    return ArenaResult(result.arena, result.actions, sources, result.payoffs)


def _bare(incident: Incident) -> Incident:
    """Remove the figures of a crisis: its tension would reveal the actions."""
    return replace(incident, figures={})


def _impressions(standing: Standing, seat: Seat | None) -> Standing:
    """Return a seat's own impressions, and institutions, whose funding is public."""
    return Standing(
        rounds=standing.rounds,
        faith={i: row for i, row in standing.faith.items() if i == seat},
        affinity={i: row for i, row in standing.affinity.items() if i == seat},
        dependency={},
        rivals=(),
        institutions=standing.institutions,
        norms={},
    )
