"""The ladder of tension: four rungs, and what moves a pair of rivals up and down.

Source: Kahn 1965 (ladder); Schelling 1966 (the brink as risk taken together); Osgood 1962
(relief by small steps). Numbers are assumptions, in `Consequences`.
"""

from collections.abc import Iterator, Mapping, Sequence

from game_rules.games.stage_games import D
from game_rules.rulesets.second.blocs import exclusivity
from game_rules.scenario.moves import Effect, MoveKind, MoveRules
from game_rules.scenario.parameters import Consequences
from game_rules.scenario.scenario import CRISIS, Scenario
from game_rules.standing.incidents import Concept, Incident, found
from game_rules.standing.round_effects import PlayedArenas
from game_rules.standing.standing import RivalPair, Standing, StandingParameters

CALM, STRAINED, IN_CRISIS, BRINK = range(4)

_NEAR = 1e-9


def rung_of(tension: float, c: Consequences) -> int:
    """Return the rung of a tension; only what is played in a crisis leads to the brink.

    >>> [rung_of(x, Consequences()) for x in (0.49, 0.5, 0.8)]
    [0, 1, 2]
    """
    if tension >= c.crisis_tension - _NEAR:
        return IN_CRISIS
    return STRAINED if tension >= c.strained_tension - _NEAR else CALM


def at_rung(pair: RivalPair, c: Consequences) -> RivalPair:
    """Return a pair at the rung of its tension, before any round."""
    rung = rung_of(pair.tension, c)
    return RivalPair(pair.seats, pair.tension, rung >= IN_CRISIS, pair.arming_rounds, rung)


def rivals_after(
    standing: Standing,
    played: PlayedArenas,
    produced: Mapping[str, float],
    effects: Sequence[Effect],
    scenario: Scenario,
) -> tuple[tuple[RivalPair, ...], tuple[Incident, ...]]:
    """Move every pair of rivals on the ladder; find the crises, brinks and spirals of the round.

    T ← T + 0.18·μ − 0.06·(1 − μ) + 0.06·min(1, Σ x·Q) + strain, within [0, 1]: μ the share of D
    among what the two played where they met, blocs those that hold one of them, strain what
    confidence building and seats that are no states do. A crisis in which both pressed is a brink.
    produced: Q of each arena. effects: of moves, in force. Source: Kahn 1965; Schelling 1966.
    """
    pairs, incidents = [], []
    for before in standing.rivals:
        after = _after(before, played, produced, effects, scenario)
        pairs.append(after)
        incidents += _incidents(before, after, standing.rounds + 1, scenario.standing)
    return tuple(pairs), tuple(incidents)


def _after(
    before: RivalPair,
    played: PlayedArenas,
    produced: Mapping[str, float],
    effects: Sequence[Effect],
    scenario: Scenario,
) -> RivalPair:
    c = scenario.consequences
    first, second = before.seats
    met = [(arena, acted) for arena, acted in played if first in acted and second in acted]
    hostile = _share_of_d([acted[seat] for _, acted in met for seat in before.seats])
    pressure = _pressure(before, played, produced, effects, scenario.moves)
    tension = before.tension + c.tension_of_blocs * pressure
    if hostile is not None:
        tension += c.tension_of_defection * hostile - c.relief_of_cooperation * (1.0 - hostile)
    for strain in _strains(before, played, effects, scenario):
        tension += strain
    tension = min(1.0, max(0.0, tension))
    rung = rung_of(tension, c)
    both = [arena for arena, acted in met if acted[first] is D is acted[second]]
    if rung == IN_CRISIS and any(arena.name.startswith(CRISIS) for arena in both):
        rung = BRINK
    arming = before.arming_rounds + 1 if both and tension > before.tension + _NEAR else 0
    return RivalPair(before.seats, tension, rung >= IN_CRISIS, arming, rung)


def _share_of_d(actions: Sequence[object]) -> float | None:
    return sum([action is D for action in actions]) / len(actions) if actions else None


def _pressure(
    pair: RivalPair,
    played: PlayedArenas,
    produced: Mapping[str, float],
    effects: Sequence[Effect],
    rules: MoveRules,
) -> float:
    """Return min(1, Σ x·Q) over the blocs that hold one of two rivals."""
    whole = 0.0
    for arena, _ in played:
        if arena.exclusive > 0:
            outside = [seat for seat in pair.seats if seat not in arena.members]
            if len(outside) == 1:
                whole += exclusivity(arena, outside[0], effects, rules) * produced[arena.name]
    return min(1.0, whole)


def _strains(
    pair: RivalPair,
    played: PlayedArenas,
    effects: Sequence[Effect],
    scenario: Scenario,
) -> Iterator[float]:
    """Yield what seats that are no states do to a pair, and what confidence building takes off."""
    for player in scenario.players:
        influence = player.influence
        if influence is not None and set(influence.pair) == set(pair.seats):
            share = _share_of_d([acted[player.seat] for _, acted in played if player.seat in acted])
            if share is not None:
                yield influence.of_d * share - influence.of_c * (1.0 - share)
    clear = {x.arena for x in effects if x.kind is MoveKind.CONFIDENCE}
    for arena, acted in played if clear else ():
        if arena.name in clear and all(seat in acted for seat in pair.seats):
            yield -scenario.moves.confidence_relief


def _incidents(
    before: RivalPair, after: RivalPair, number: int, p: StandingParameters
) -> Iterator[Incident]:
    figures = {"before": before.tension, "tension": after.tension}
    if after.is_in_crisis and not before.is_in_crisis:
        yield found(Concept.CRISIS, number, after.seats, figures)
    if after.rung == BRINK:
        yield found(Concept.BRINK, number, after.seats, figures)
    if after.arming_rounds == p.spiral_rounds:
        yield found(Concept.SPIRAL, number, after.seats, figures)
