"""Rules version 2 as one value."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from game_rules.chance import chance
from game_rules.games.stage_games import Collective
from game_rules.log.events import EventTuple, OrderSaved, Phase
from game_rules.log.gains import GainLine
from game_rules.log.position import Position
from game_rules.moves.diversify import with_joiners
from game_rules.moves.kinds import costs_of
from game_rules.roles import Seat
from game_rules.rulesets.ruleset import Charge, PlayedRound, Points, Recorded, Ruleset, taken
from game_rules.rulesets.second.aftermath import begin, next_standing
from game_rules.rulesets.second.blocs import shadows
from game_rules.rulesets.second.crises import crisis_arena
from game_rules.rulesets.second.effort import effort, least_capacity, overstretch
from game_rules.rulesets.second.kinds import KINDS_OF_SECOND, of_moves
from game_rules.rulesets.second.leaning import independence, leans_on
from game_rules.rulesets.second.mediation import lottery, recommendations
from game_rules.rulesets.second.sight import monitoring
from game_rules.rulesets.second.terms import OF_STANDING, Surroundings, in_order, with_changes
from game_rules.scenario.moves import Effect, MoveKind
from game_rules.scenario.populations import has_memory
from game_rules.scenario.scenario import Arena, Scenario
from game_rules.scenario.terms import Cause, TermChange
from game_rules.standing.change import difference, growth
from game_rules.standing.dependency import yield_of
from game_rules.standing.incidents import costs
from game_rules.standing.round_effects import PlayedArenas
from game_rules.standing.standing import Standing


def in_force(
    position: Position, arenas: Sequence[Arena], crises: Sequence[Arena], effects: Sequence[Effect]
) -> tuple[Arena, ...]:
    """Change the terms of a round's arenas by what the rounds before have left behind."""
    scenario, standing = position.scenario, position.standing
    placed = [_placed(position, x, effects) for x in arenas] if effects else arenas
    if not _has_terms(scenario):
        return (*placed, *crises)
    around = Surroundings(
        scenario=scenario,
        standing=standing,
        arenas={arena.name: arena for arena in placed},
        shadows=shadows(scenario, placed, effects, standing.produced),
        effects=effects,
    )
    told = _told(position, effects)
    changed = [with_changes(x, in_order(around, x, of_moves(around, x), told)) for x in placed]
    return (*changed, *crises)


def _has_terms(scenario: Scenario) -> bool:
    """Tell whether any arena has terms to change: games by a matrix take no changes."""
    found = scenario.memory.get(_TERMS)
    if found is None:
        found = any(isinstance(arena.game, Collective) for arena in scenario.arenas)
        scenario.memory[_TERMS] = found
    return found


_TERMS = "has terms"


def _told(position: Position, effects: Sequence[Effect]) -> Mapping[str, Sequence[TermChange]]:
    """Return what a seat in fog knows of standing by the arenas in force; else nothing.

    It is not told tensions and outputs, but all are told the terms that followed from them.
    """
    standing = position.standing
    if standing.produced or standing.rounds == 0:
        return {}
    linked = {x for each in effects if each.kind is MoveKind.LINK for x in _places(each)}
    return {
        arena.name: [
            change
            for change in arena.changes
            if change.cause in OF_STANDING or (change.cause is Cause.LINK and arena.name in linked)
        ]
        for arena in position.arenas
    }


def _places(effect: Effect) -> tuple[str | None, ...]:
    return effect.arena, effect.other_arena


def charges(played: PlayedRound) -> Sequence[Charge]:
    """Take what a shadow, overstretch, leverage and moves cost. Source: docs/theory.md."""
    position, scenario = played.position, played.position.scenario
    charged: list[Charge] = []
    if scenario.rivals:
        charged.append((GainLine.SHADOW, taken(losses_outside(position, played.acted))))
    if len(position.arenas) > least_capacity(scenario):
        charged.append((GainLine.STRETCH, taken(overstretch(scenario, played.acted))))
    if played.incidents:
        charged.append((GainLine.LEVERAGE, taken(costs(played.incidents))))
    if played.opened:
        charged.append((GainLine.MOVES, taken(costs_of(played.opened))))
    return charged


def losses_outside(position: Position, played: PlayedArenas) -> Points:
    """Return what seats lose by blocs that they stand outside of: ½h·Z, by this round's output.

    Source: Jervis 1978; the half is an assumption.
    """
    scenario = position.scenario
    half = scenario.consequences.shadow / 2.0
    if not half:
        return {}
    made = {
        arena.name: yield_of(arena, acted).produced
        for arena, acted in played
        if arena.exclusive > 0
    }
    over = shadows(scenario, position.arenas, position.effects, made)
    return {seat: half * shadow.z for seat, shadow in over.items()}


def _placed(position: Position, arena: Arena, effects: Sequence[Effect]) -> Arena:
    """Add who has joined, and halve the exclusivity of a bloc that has opened its doors."""
    here = [effect for effect in effects if effect.arena == arena.name]
    arena = with_joiners(position.scenario, arena, here)
    is_open = any(x.kind is MoveKind.CONFIDENCE for x in here)
    if not is_open or arena.exclusive == 0:
        return arena
    return replace(arena, exclusive=arena.exclusive * position.scenario.moves.open_factor)


def recorded(position: Position, after: Standing, charged: Sequence[Charge]) -> Recorded:
    """Record gains line by line, and of the standing what has changed."""
    told = growth if has_memory(position.scenario) else difference
    lines = {line: points for line, points in charged if points}
    return {"change": told(position.standing, after), "lines": lines}


def locked_in(order: OrderSaved, phase: Phase) -> EventTuple:
    """Record an order, and that its seat is done, in one event."""
    whose = order.sources
    return (OrderSaved(order.round, order.seat, order.actions, order.at_ms, whose, phase),)


def proposal_number(position: Position, seat: Seat) -> int:
    """Draw a number by the seat's own proposals alone, so that it tells nothing of others'.

    Assumption: any number would do.
    """
    assert position.seed is not None
    made = position.proposals_made.get(seat, 0)
    return int(chance(position.seed, "proposal", seat, made) * 2**53)


SECOND = Ruleset(
    version=2,
    first_standing=begin,
    in_force=in_force,
    crisis_arena=crisis_arena,
    kinds=KINDS_OF_SECOND,
    monitoring=monitoring,
    recommendations=recommendations,
    aftermath=next_standing,
    charges=charges,
    autonomy=independence,
    leans_on=leans_on,
    recorded=recorded,
    locked_in=locked_in,
    proposal_number=proposal_number,
    reads_all_profiles=True,
    effort=effort,
    has_sentences=True,
    lottery=lottery,
    plays_recommendations=True,
    names_people=False,
)
