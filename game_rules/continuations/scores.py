"""Scores of forecasts: how good a stated probability was, once it is known what happened.

Each score is proper: whoever states what they believe expects the best one. Source: Brier 1950;
Good 1952 (logarithm); Gneiting & Raftery 2007 (proper scores).
"""

from collections.abc import Iterator, Mapping, Sequence
from math import fsum, inf, log

from game_rules.errors import InvalidInput
from game_rules.games.stage_games import C
from game_rules.log.position import Position
from game_rules.roles import Seat

BINS = 10
"""Into how many parts of equal width a calibration chart sorts probabilities."""

Stated = tuple[float, bool]
"""A probability, and whether it happened."""


def brier(probability: float, happened: bool) -> float:
    """Return the squared error: 0 is best, 1 is worst. Source: Brier 1950.

    >>> brier(0.75, True), brier(0.75, False)
    (0.0625, 0.5625)
    """
    return (_checked(probability) - happened) ** 2


def log_score(probability: float, happened: bool) -> float:
    """Return the logarithm of the probability of what happened: 0 is best. Source: Good 1952.

    >>> log_score(1.0, True), log_score(1.0, False)
    (0.0, -inf)
    """
    told = _checked(probability) if happened else 1.0 - _checked(probability)
    return log(told) if told > 0 else -inf


def peer_scores(probabilities: Sequence[float], happened: bool) -> tuple[float, ...]:
    """Return 100 times each log score less the mean of the others'; all add up to 0.

    Source: the peer score of Metaculus, by the geometric mean of the others. Raises InvalidInput
    for fewer than two, and for a probability of 0 of what happened, beside which none compares.

    >>> [round(x, 1) for x in peer_scores([0.5, 0.25], True)]
    [69.3, -69.3]
    """
    logs = [log_score(p, happened) for p in probabilities]
    if len(logs) < 2:
        raise InvalidInput(f"{len(logs)} forecasts; a peer score compares two or more")
    if -inf in logs:
        raise InvalidInput("what happened was given probability 0; state 0.01 to 0.99")
    whole, others = fsum(logs), len(logs) - 1
    return tuple(100.0 * (own - (whole - own) / others) for own in logs)


def calibration(stated: Sequence[Stated]) -> tuple[tuple[float, float, int], ...]:
    """Sort forecasts by probability: for each part that has some, both means, and how many.

    The means are of the probabilities, and of what happened. Source: Murphy & Winkler 1977.

    >>> calibration([(0.91, True), (0.99, False), (0.2, False)])
    ((0.2, 0.0, 1), (0.95, 0.5, 2))
    """
    parts: dict[int, list[Stated]] = {}
    for probability, happened in stated:
        place = min(BINS - 1, int(_checked(probability) * BINS))
        parts.setdefault(place, []).append((probability, happened))
    return tuple(
        (fsum(p for p, _ in part) / len(part), sum(x for _, x in part) / len(part), len(part))
        for _, part in sorted(parts.items())
    )


def brier_of_seats(position: Position) -> Mapping[Seat, float]:
    """Return the mean Brier score of what each seat expected of others, where it forecast any.

    A seat forecasts an action, which states it for sure. Source: Brier 1950.
    """
    found: dict[Seat, list[float]] = {}
    for seat, stated in stated_by_seats(position):
        found.setdefault(seat, []).append(brier(*stated))
    return {seat: fsum(scores) / len(scores) for seat, scores in found.items()}


def stated_by_seats(position: Position) -> Iterator[tuple[Seat, Stated]]:
    """List the forecasts of rounds that were resolved: that another cooperates, and whether it did.

    What a seat writes of itself is its plan, and no forecast.
    """
    played = {
        (resolved.round, result.arena): result.actions
        for resolved in position.history
        for result in resolved.results
    }
    for forecast in position.forecasts:
        actions = played.get((forecast.round, forecast.arena), {})
        for other, expected in forecast.actions.items():
            if other != forecast.seat and other in actions:
                yield forecast.seat, (float(expected is C), actions[other] is C)


def _checked(probability: float) -> float:
    if not 0.0 <= probability <= 1.0:
        raise InvalidInput(f"{probability} is no probability; give 0 to 1")
    return probability
