"""What the lenses look at, taken from a scenario and from the standing of a match."""

from collections.abc import Mapping

from game_rules.countries import country_codes, trade_share
from game_rules.lenses import LensContext, LensParameters, Toward
from game_rules.roles import Seat
from game_rules.scenario import PowerMeasure, Scenario
from game_rules.scenario_players import power_of
from game_rules.standing import Standing, trusts


def lens_context(
    scenario: Scenario,
    standing: Standing,
    *,
    trade: Toward | None = None,
    proximity: Toward | None = None,
    measure: PowerMeasure | None = None,
    parameters: LensParameters | None = None,
) -> LensContext:
    """Gather what the lenses look at, before or after any round.

    trade: None takes the countries' own figures. proximity: None makes everybody equally near.
    measure: None is the scenario's. Raises InvalidInput if a player lacks the power figure.
    """
    power = {
        player.seat: power_of(player, measure or scenario.power).value
        for player in scenario.players
    }
    return LensContext(
        power=power,
        trust=trusts(standing),
        affinity=standing.affinity,
        institutions=standing.institutions,
        norms=standing.norms,
        trade=trade_among(scenario) if trade is None else trade,
        proximity=proximity or {},
        parameters=parameters or LensParameters(),
    )


def trade_among(scenario: Scenario) -> Mapping[Seat, Mapping[Seat, float]]:
    """Give each seat's trade shares with the others, by the figures of the countries.

    Seats that are no country trade with nobody.
    """
    known = set(country_codes())
    seats = [seat for seat in scenario.seats if seat in known]
    return {
        seat: {other: trade_share(seat, other).value for other in seats if other != seat}
        for seat in seats
    }
