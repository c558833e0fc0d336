"""Resolution of a round: all orders become results at once."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from game_rules.games.stage_games import Action
from game_rules.log.events import ArenaResult, OrderSource, RoundResolved, Sighting
from game_rules.log.gains import GainLine
from game_rules.log.position import Position
from game_rules.moves.exercise import strains
from game_rules.moves.fund import funders
from game_rules.moves.link import counted_elsewhere, links_of, with_linked_breakers
from game_rules.roles import Seat
from game_rules.rounds.fog import seen_by_members, sightings
from game_rules.rounds.reckoning import NO_RECKONING, Reckoning, executing, pledged, reckon
from game_rules.rulesets.chosen import ruleset_of
from game_rules.rulesets.ruleset import PlayedRound
from game_rules.scenario.moves import OpenedMove
from game_rules.scenario.pacts import Pact
from game_rules.scenario.scenario import Arena, MissingOrder
from game_rules.standing.round_effects import QUIET, RoundEffects
from game_rules.standing.standing import Standing


def resolve_round(position: Position, now_ms: int) -> RoundResolved:
    """Reveal all orders of the round, fill missing ones, and score every arena.

    Missing actions follow the scenario's policy and are marked. Payoffs are material, in points;
    what a round costs a seat besides is taken from its gains, and what pacts move is moved.
    """
    return resolution(position, now_ms)[0]


def resolution(position: Position, now_ms: int) -> tuple[RoundResolved, Standing]:
    """Return a round as `resolve_round` does, and the standing that it leaves behind."""
    rules = ruleset_of(position)
    strongest = executing(position.pacts) if position.pacts else ()
    results = tuple([_play_arena(position, arena, strongest) for arena in position.arenas])
    sights = sightings(position, results)
    reckoned = _reckoned(position, results) if position.pacts else NO_RECKONING
    opened = rules.kinds.opened(position)
    breaches = reckoned.breaches
    linked = counted_elsewhere(links_of(position), breaches) if breaches else _NOWHERE
    is_quiet = not (sights or opened or position.pacts or position.effects)
    effects = QUIET if is_quiet else _effects(position, sights, reckoned, linked, opened)
    standing, incidents = rules.aftermath(
        position.standing, position.scenario, results, effects, arenas=position.arenas
    )
    gains = dict.fromkeys(position.scenario.seats, 0.0)
    for result in results:
        for seat, payoff in result.payoffs.items():
            gains[seat] += payoff
    played_round = PlayedRound(position, results, incidents, opened)
    charged = (*rules.charges(played_round), (GainLine.PACTS, reckoned.gains))
    for _, charge in charged:
        for seat, points in charge.items():
            gains[seat] += points
    event = RoundResolved(
        round=position.round,
        results=results,
        gains=gains,
        at_ms=now_ms,
        incidents=incidents,
        sightings=sights,
        breaches=breaches,
        settlements=reckoned.gains,
        pacts=with_linked_breakers(reckoned.pacts, linked) if linked else reckoned.pacts,
        moves=opened,
        effects=rules.kinds.effects_after(position, opened),
        **rules.recorded(position, standing, charged),
    )
    return event, standing


_NOWHERE: frozenset[tuple[str, Seat]] = frozenset()


def _reckoned(position: Position, results: Iterable[ArenaResult]) -> Reckoning:
    played = {result.arena: result.actions for result in results}
    return reckon(position.pacts, position.round, played)


def _effects(
    position: Position,
    sights: Sequence[Sighting],
    reckoned: Reckoning,
    linked: Collection[tuple[str, Seat]],
    opened: Sequence[OpenedMove],
) -> RoundEffects:
    return RoundEffects(
        sightings=seen_by_members(sights),
        breaches=reckoned.distrusted,
        linked=linked,
        funders=funders(opened) if opened else {},
        strains=strains(position, [each.move for each in opened]) if opened else {},
        kept=reckoned.kept,
        moves=position.effects,
    )


def _play_arena(position: Position, arena: Arena, strongest: Sequence[Pact]) -> ArenaResult:
    actions: dict[Seat, Action] = {}
    sources: dict[Seat, OrderSource] = {}
    for seat in arena.members:
        actions[seat], sources[seat] = _action(position, arena, seat, strongest)
    paid = map(float, arena.game.payoffs(tuple(actions.values())))
    payoffs = dict(zip(arena.members, paid, strict=True))
    return ArenaResult(arena.name, actions, sources, payoffs)


def _action(
    position: Position, arena: Arena, seat: Seat, strongest: Sequence[Pact]
) -> tuple[Action, OrderSource]:
    if strongest:
        forced = pledged(strongest, position.round, seat, arena.name)
        if forced is not None:
            return forced.action, OrderSource.EXECUTED
    ordered = position.orders.get(seat, _NOTHING).get(arena.name)
    if ordered is not None:
        whose = position.order_sources.get(seat)
        return ordered, whose.get(arena.name, OrderSource.ORDERED) if whose else OrderSource.ORDERED
    if MissingOrder.KEEP_PACTS in position.scenario.missing_order:
        pledge = pledged(position.pacts, position.round, seat, arena.name)
        if pledge is not None:
            return pledge.action, OrderSource.KEPT
    last = last_actions(position, arena).get(seat)
    if last is not None and MissingOrder.REPEAT in position.scenario.missing_order:
        return last, OrderSource.REPEATED
    return Action.D, OrderSource.DEFAULTED


_NOTHING: Mapping[str, Action] = {}


def last_actions(position: Position, arena: Arena) -> Mapping[Seat, Action]:
    """Return the actions of an arena in the last resolved round; empty before any."""
    if not position.history:
        return {}
    results = position.history[-1].results
    return next((r.actions for r in results if r.arena == arena.name), {})
