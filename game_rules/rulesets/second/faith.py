"""Trust and affinity in rules 2: they move only where C always helps the other.

Where it does not, as in Battle of the Sexes, an action says nothing of faith, and only public
pledges kept or broken do. Source: docs/theory.md; Kydd 2005 (trust is about motives).
"""

from collections.abc import Mapping
from dataclasses import replace

from game_rules.games.stage_games import Action, Bimatrix, C, D, StageGame
from game_rules.roles import Seat
from game_rules.scenario.scenario import Arena, Scenario
from game_rules.standing.impressions import Affinity, TrustTable, impressions
from game_rules.standing.meetings import Meetings
from game_rules.standing.round_effects import PlayedArenas, RoundEffects
from game_rules.standing.standing import Standing


def helps_always(game: StageGame) -> bool:
    """Tell whether C is never worse for the other: R ≥ S and T ≥ P for both sides.

    >>> from game_rules.games.stage_games import LIBRARY
    >>> [name for name, game in LIBRARY.items() if not helps_always(game)]
    ['battle_of_the_sexes']
    """
    if not isinstance(game, Bimatrix):
        return True
    one, other = game.row, game.column
    return one.R >= one.S and one.T >= one.P and other.R >= other.S and other.T >= other.P


def faith_after(
    standing: Standing,
    scenario: Scenario,
    met: Meetings,
    played: PlayedArenas,
    effects: RoundEffects,
) -> tuple[TrustTable, Affinity]:
    """Return trust counts and affinities after a round. Source: rules section 4."""
    written = _written(scenario)
    silent = [
        not (written[x.name] if x.name in written else helps_always(x.game)) for x, _ in played
    ]
    if not any(silent):
        return impressions(standing, met, played, effects, scenario.standing)
    shown = [
        (arena, _by_pledges(arena, acted, effects) if is_silent else acted)
        for is_silent, (arena, acted) in zip(silent, played, strict=True)
    ]
    names = {arena.name for is_silent, (arena, _) in zip(silent, played, strict=True) if is_silent}
    seen = {name: rows for name, rows in effects.sightings.items() if name not in names}
    told = replace(met, ties=_ties(met, silent, played, effects))
    return impressions(standing, told, shown, replace(effects, sightings=seen), scenario.standing)


def _written(scenario: Scenario) -> Mapping[str, bool]:
    """Tell of each arena as the scenario has it whether C always helps the other."""
    known = scenario.memory.get(_HELPS)
    if known is None:
        known = {arena.name: helps_always(arena.game) for arena in scenario.arenas}
        scenario.memory[_HELPS] = known
    return known


_HELPS = "helps always"


def _by_pledges(
    arena: Arena, acted: Mapping[Seat, Action], effects: RoundEffects
) -> Mapping[Seat, Action]:
    return {seat: C if (arena.name, seat) in effects.kept else D for seat in acted}


def _ties(
    met: Meetings, silent: list[bool], played: PlayedArenas, effects: RoundEffects
) -> tuple[tuple[Seat, tuple[tuple[Seat, tuple[int, ...]], ...]], ...]:
    """Leave out the meetings that say nothing."""
    said = {*effects.kept, *effects.breaches, *effects.linked}

    def speaking(other: Seat, places: tuple[int, ...]) -> tuple[int, ...]:
        return tuple(x for x in places if not silent[x] or (played[x][0].name, other) in said)

    rows = (
        (seat, tuple((j, some) for j, places in others if (some := speaking(j, places))))
        for seat, others in met.ties
    )
    return tuple((seat, others) for seat, others in rows if others)
