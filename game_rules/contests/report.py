"""Contest results as a JSON document, and as rows of a table."""

from typing import Any

from game_rules import RULES_VERSION
from game_rules.contests.contest import Contest
from game_rules.contests.exact import ExactResults
from game_rules.contests.loop import PlayedMatch, replay
from game_rules.contests.results import Results
from game_rules.contests.standings import StandingsRow, standings

MOST_LISTED = 100_000
"""The most matches that are listed with their actions."""


def document(results: Results | ExactResults) -> dict[str, Any]:
    """Build the document of a contest: its settings, both matrices, and the standings.

    Scores and matrix entries are points per turn; an entry is null if the two did not meet.
    """
    contest = results.contest
    ranked = results.standings() if isinstance(results, ExactResults) else standings(results)
    return {
        "rules_version": RULES_VERSION,
        "seed": contest.seed,
        "game": _game(contest),
        "turns": contest.turns,
        "continuation": contest.continuation,
        "noise": contest.noise,
        "repetitions": contest.repetitions,
        "is_exact": isinstance(results, ExactResults),
        "entrants": [entrant.name for entrant in contest.entrants],
        "payoff_matrix": _rows(results.payoff_matrix),
        "cooperation_matrix": _rows(results.cooperation_matrix),
        "standings": [_standing(row) for row in ranked],
    }


def exact_document(results: ExactResults) -> dict[str, Any]:
    """Build the same document, with expected points per match as well as per turn."""
    return {**document(results), "score_matrix": _rows(results.score_matrix)}


def matches(contest: Contest) -> list[dict[str, Any]]:
    """List every match of a contest with its actions, replayed from the seed."""
    return [_match(contest, replay(contest, match)) for match in range(contest.match_count)]


def _match(contest: Contest, played: PlayedMatch) -> dict[str, Any]:
    score_a, score_b = played.scores(contest)
    return {
        "a": contest.entrants[played.row].name,
        "b": contest.entrants[played.column].name,
        "repetition": played.repetition,
        "actions_a": played.actions_row,
        "actions_b": played.actions_column,
        "score_a": score_a,
        "score_b": score_b,
    }


def _standing(row: StandingsRow) -> dict[str, Any]:
    return {
        "strategy": row.strategy,
        "score": row.score,
        "ci95": None if row.interval is None else list(row.interval),
        "rank": row.rank,
        "tied_with": list(row.tied_with),
        "place": row.place,
        "median": row.median,
        "median_rank": row.median_rank,
        "cooperation": row.cooperation,
        "wins": row.wins,
    }


def _game(contest: Contest) -> dict[str, dict[str, float]]:
    sides = {"row": contest.game.row, "column": contest.game.column}
    return {
        side: {"T": float(c.T), "R": float(c.R), "P": float(c.P), "S": float(c.S)}
        for side, c in sides.items()
    }


def _rows(matrix) -> list[list[float | None]]:
    return [[None if entry != entry else entry for entry in row] for row in matrix.tolist()]
