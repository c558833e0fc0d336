"""The data that lenses use, from a scenario and the standing of a match."""

from collections.abc import Mapping

from game_rules.lenses.lenses import LensContext, LensParameters, Toward
from game_rules.roles import Seat
from game_rules.scenario.scenario import PowerMeasure, Scenario
from game_rules.scenario.weights import power_of
from game_rules.standing.standing import Standing, trusts


def lens_context(
    scenario: Scenario,
    standing: Standing,
    *,
    trade: Toward | None = None,
    proximity: Toward | None = None,
    measure: PowerMeasure | None = None,
    parameters: LensParameters | None = None,
) -> LensContext:
    """Collect the data for the lenses, before or after any round.

    trade, measure, parameters: None takes the scenario's. proximity: None makes everybody equally
    near. Raises InvalidInput if a player lacks the power figure.
    """
    return LensContext(
        power=_power(scenario, measure or scenario.power),
        trust=trusts(standing),
        affinity=standing.affinity,
        institutions=standing.institutions,
        norms=standing.norms,
        trade=scenario.trade.values if trade is None else trade,
        proximity=proximity or {},
        parameters=parameters or scenario.lenses,
        allies=_allies(scenario),
    )


def _power(scenario: Scenario, measure: PowerMeasure) -> Mapping[Seat, float]:
    """Return the power of every seat; the scenario remembers it."""
    memory, key = scenario.memory, (_POWER, measure)
    found = memory.get(key)
    if found is None:
        found = {player.seat: power_of(player, measure).value for player in scenario.players}
        memory[key] = found
    return found


_POWER, _ALLIES = "power", "allies"


def _allies(scenario: Scenario) -> Mapping[Seat, frozenset[Seat]]:
    """Return the members of each seat's alliances, itself left out; the scenario remembers them."""
    found = scenario.memory.get(_ALLIES)
    if found is None:
        found = scenario.memory[_ALLIES] = _found_allies(scenario)
    return found


def _found_allies(scenario: Scenario) -> Mapping[Seat, frozenset[Seat]]:
    allies: dict[Seat, frozenset[Seat]] = {}
    for arena in scenario.arenas:
        for seat in arena.members if arena.is_alliance else ():
            others = frozenset(arena.members) - {seat}
            allies[seat] = allies.get(seat, frozenset()) | others
    return allies
