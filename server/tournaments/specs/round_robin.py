"""Round robins by sampling: every entrant meets every other; the seed drives chance."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from game_rules.contests.chunks import Chunk, play_chunk, split
from game_rules.contests.contest import Contest
from game_rules.contests.results import Results
from server.tournaments.specs.pieces import Piece, pack_counts, unpack_counts
from server.tournaments.specs.spec import TournamentSpec

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

FOREIGN_TURNS = 20_000
"""A foreign bot may think for any time: its pieces are short, so that progress shows."""
FINALISTS = 8
MOST_FAULTS = 100
GENERATIONS, SHOWN_EVERY = 200, 5


def pieces(spec: TournamentSpec) -> tuple[Piece, ...]:
    """Cut the contest into pieces, always in the same way."""
    contest = spec.contest
    turns = contest.expected_turns()
    ranges = (part for chunk in split(contest) for part in _parts(contest, chunk))
    return tuple(
        Piece(number, first, last, (last - first) * turns)
        for number, (first, last) in enumerate(ranges)
    )


def play(spec: TournamentSpec, piece: Piece) -> bytes:
    """Play the matches of a piece."""
    result = play_chunk(spec.contest, Chunk(piece.number, piece.first, piece.last))
    return pack_counts(result.counts, result.faults)


def results_of(spec: TournamentSpec, played: Sequence[bytes]) -> Results:
    """Combine the pieces, in order."""
    import numpy as np

    parts = [unpack_counts(packed) for packed in played]
    counts = np.concatenate([counts for counts, _ in parts])
    return Results(spec.contest, counts, tuple(fault for _, faults in parts for fault in faults))


def document(spec: TournamentSpec, played: Sequence[bytes]) -> dict[str, Any]:
    """Return matrices, standings, ratings, and the best entrants as a population."""
    import numpy as np

    from game_rules.contests.ratings import bradley_terry
    from game_rules.contests.report import document as report

    results = results_of(spec, played)
    made = report(results)
    return {
        **made,
        "wins_matrix": results.wins.tolist(),
        "bradley_terry": np.round(bradley_terry(results.wins), 9).tolist(),
        "quartiles": quartiles(results),
        "finalists": finalists(results.payoff_matrix, made["standings"]),
        "faults": faults_of(spec, results),
    }


def quartiles(results: Results) -> list[list[float]]:
    """Return each entrant's minimum, quartiles and maximum of points per turn.

    Over repetitions; each value is the mean over all opponents.
    """
    import numpy as np

    by_repetition = np.nanmean(results.payoffs, axis=1)
    return np.quantile(by_repetition, (0, 0.25, 0.5, 0.75, 1), axis=1).T.tolist()


def finalists(
    matrix: "NDArray[np.float64]", standings: Sequence[dict[str, Any]]
) -> dict[str, Any] | None:
    """Let the best entrants evolve as a population, in which a share grows with its payoff.

    Payoffs are shifted so that the least is 0. None if some of them never met (or themselves).
    """
    import numpy as np

    from game_rules.evolution.dynamics import ecology

    places = [row["place"] for row in standings[:FINALISTS]]
    among = matrix[np.ix_(places, places)]
    if np.isnan(among).any():
        return None
    shares = np.full(len(places), 1 / len(places))
    path = ecology(among - min(float(among.min()), 0.0), shares, GENERATIONS)
    generations = list(range(0, GENERATIONS + 1, SHOWN_EVERY))
    shown = np.round(path[generations], 6).tolist()
    return {"places": places, "generations": generations, "shares": shown}


def faults_of(spec: TournamentSpec, results: Results) -> list[dict[str, Any]]:
    """List bots that raised: the first error of each, and in how many matches."""
    told: dict[int, dict[str, Any]] = {}
    for fault in results.faults:
        first = {
            "strategy": spec.entrants[fault.place],
            "place": fault.place,
            "match": fault.match,
            "turn": fault.turn,
            "problem": fault.problem,
            "matches": 0,
        }
        told.setdefault(fault.place, first)["matches"] += 1
    return list(told.values())[:MOST_FAULTS]


def _parts(contest: Contest, chunk: Chunk) -> Iterator[tuple[int, int]]:
    """Return a piece as it is, or in short parts if foreign bots play."""
    step = chunk.last - chunk.first
    if any(entrant.is_foreign for entrant in contest.entrants):
        step = max(1, int(FOREIGN_TURNS / contest.expected_turns()))
    for first in range(chunk.first, chunk.last, step):
        yield first, min(first + step, chunk.last)
