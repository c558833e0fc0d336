"""Treatments: variants of one scenario for parallel matches that a class compares.

A treated scenario is an ordinary scenario. The first event of its match contains it, so a record
can be verified without the other matches.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from game_rules.errors import InvalidInput
from game_rules.scenario.masks import masked
from game_rules.scenario.moves import MoveKind
from game_rules.scenario.scenario import PowerMeasure, Press, Scenario
from game_rules.scenario_files.scenarios import LOWEST_MONITORING, with_power


@dataclass(frozen=True, slots=True)
class Treatment:
    """The settings of a match that differ from its scenario; None keeps a setting.

    press: who may talk to whom. monitoring: q, 1 is no fog. continuation: δ, the chance that
    another round follows. has_advisor: whether seats are advised. moves: which are allowed, ()
    for none. power: what weights in arenas follow. is_masked: whether countries go by letters.
    """

    press: Press | None = None
    monitoring: float | None = None
    continuation: float | None = None
    has_advisor: bool | None = None
    moves: tuple[MoveKind, ...] | None = None
    power: PowerMeasure | None = None
    is_masked: bool = False


def with_treatment(scenario: Scenario, treatment: Treatment) -> Scenario:
    """Return the scenario of a match under a treatment.

    Raises InvalidInput naming the setting, the value, what is allowed and the remedy; a
    ScenarioError if a member has no figure for the measure of power.

    >>> from game_rules.scenario_files.scenarios import load_scenario
    >>> sea = load_scenario("south_china_sea")
    >>> foggy = with_treatment(sea, Treatment(monitoring=0.8, moves=(), is_masked=True))
    >>> foggy.monitoring, foggy.moves.allowed, foggy.seats[0]
    (0.8, (), 'XA')
    """
    _check(treatment)
    given = {name: value for name, value in _settings(treatment) if value is not None}
    treated = replace(scenario, **given) if given else scenario
    if treatment.moves is not None:
        treated = replace(treated, moves=replace(treated.moves, allowed=treatment.moves))
    if treatment.power is not None:
        treated = with_power(treated, treatment.power)
    return masked(treated) if treatment.is_masked else treated


def _settings(treatment: Treatment) -> Iterator[tuple[str, object]]:
    """Yield the settings that a scenario has under the same name."""
    for name in ("press", "monitoring", "continuation", "has_advisor"):
        yield name, getattr(treatment, name)


def _check(treatment: Treatment) -> None:
    q, delta, moves = treatment.monitoring, treatment.continuation, treatment.moves
    if q is not None and not LOWEST_MONITORING <= q <= 1:
        raise InvalidInput(f"monitoring {q}; give a number from {LOWEST_MONITORING:g} to 1")
    if delta is not None and not 0 < delta <= 1:
        raise InvalidInput(f"continuation {delta}; give a number above 0, at most 1")
    if moves is not None and len(set(moves)) < len(moves):
        twice = next(kind for place, kind in enumerate(moves) if kind in moves[:place])
        raise InvalidInput(f"moves has {twice} twice; keep one")
