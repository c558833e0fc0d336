"""The open ladder: a rating of strategies over all stored tournaments."""

from collections.abc import Iterable, Mapping
from typing import Any

from game_rules.contests.ratings import Rating, climb


def ladder(documents: Iterable[Mapping[str, Any]]) -> list[tuple[str, Rating, int]]:
    """Rate strategies by all their tournaments: name, rating, count; best first.

    documents: results of tournaments, oldest first. Each counts as one match of all its entrants,
    ranked by score; an entrant with two places counts with the mean of its scores. Tournaments with
    one entrant, or without standings, are ignored. Best is the highest lower bound of the level.
    """
    ratings: dict[str, Rating] = {}
    times: dict[str, int] = {}
    for document in documents:
        scores = _scores(document)
        if len(scores) < 2:
            continue
        ratings = climb(ratings, [scores])
        for name in scores:
            times[name] = times.get(name, 0) + 1
    order = sorted(ratings, key=lambda name: (-ratings[name].sure_level, name))
    return [(name, ratings[name], times[name]) for name in order]


def _scores(document: Mapping[str, Any]) -> dict[str, float]:
    gathered: dict[str, list[float]] = {}
    for row in document.get("standings", ()):
        gathered.setdefault(row["strategy"], []).append(row["score"])
    return {name: sum(scores) / len(scores) for name, scores in gathered.items()}
