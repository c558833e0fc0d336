"""An open ladder: every tournament that is kept moves its entrants, in the order they were over."""

from collections.abc import Iterable, Mapping
from typing import Any

from game_rules.contests.ratings import Rating, climb


def ladder(documents: Iterable[Mapping[str, Any]]) -> list[tuple[str, Rating, int]]:
    """Rate strategies by all tournaments they took part in: name, rating, how many; best first.

    documents: what came out of tournaments, oldest first. Each is one match of all its entrants,
    ranked by score; one that took part twice counts with the mean of its scores. Tournaments of
    one alone, or without standings, tell nothing. Best is by the level that is surely reached.
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
