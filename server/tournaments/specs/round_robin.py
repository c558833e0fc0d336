"""Round robins by sampling: every entrant meets every other; the seed drives chance."""

from collections.abc import Iterable, Iterator, Sequence
from time import monotonic
from typing import TYPE_CHECKING, Any

from game_rules.contests.chunks import Chunk, play_chunk, split
from game_rules.contests.contest import Contest
from game_rules.contests.loop import Fault, replay
from game_rules.contests.results import Results
from server.tournaments.guests.table import playing
from server.tournaments.specs.pieces import Piece, PlayedPiece, pack_counts, unpack_counts
from server.tournaments.specs.spec import TournamentSpec

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

GUEST_TURNS = 2_000
"""Turns in a piece in which guests play. They may think for any time: see `played_to`."""
PIECE_S = 1.0
"""After this time a worker hands back what it has played of such a piece, at the next match."""
FINALISTS = 8
MOST_FAULTS = 100
GENERATIONS, SHOWN_EVERY = 200, 5


def pieces(spec: TournamentSpec) -> tuple[Piece, ...]:
    """Cut the contest into pieces, always in the same way.

    With guests, a piece is called by its first match, for it may be played in parts.
    """
    contest = spec.contest
    turns = contest.expected_turns()
    ranges = (part for chunk in split(contest) for part in _parts(contest, chunk))
    return tuple(
        Piece(first if spec.own else number, first, last, (last - first) * turns)
        for number, (first, last) in enumerate(ranges)
    )


def play(spec: TournamentSpec, piece: Piece) -> bytes:
    """Play the matches of a piece, or some of them; see `play_matches`."""
    return pack_counts(play_matches(spec.contest, piece))


def play_matches(contest: Contest, piece: Piece) -> PlayedPiece:
    """Play matches of a contest; with guests, as many as a second allows, and one at least."""
    if any(entrant.is_foreign for entrant in contest.entrants):
        return _play_with_guests(contest, piece)
    result = play_chunk(contest, Chunk(piece.number, piece.first, piece.last))
    return PlayedPiece(result.counts, result.faults)


def _play_with_guests(contest: Contest, piece: Piece) -> PlayedPiece:
    import numpy as np

    end = monotonic() + PIECE_S
    counts, faults, actions = np.zeros((piece.last - piece.first, 4), np.int32), [], {}
    match = piece.first
    with playing(piece.spent) as spent_here:
        while match < piece.last and (match == piece.first or monotonic() < end):
            at = match - piece.first
            if not any(contest.entrants[place].is_foreign for place in contest.seats_of(match)):
                left = contest.repetitions - contest.repetition_of(match)
                last = min(match + left, piece.last)
                counts[at : last - piece.first] = play_chunk(contest, Chunk(0, match, last)).counts
                match = last
                continue
            played = replay(contest, match)
            counts[at] = played.counts
            faults += played.faults
            actions[match] = played.actions_row, played.actions_column
            match += 1
    return PlayedPiece(counts[: match - piece.first], tuple(faults), spent_here, actions)


def results_of(spec: TournamentSpec, played: Sequence[bytes]) -> Results:
    """Combine the pieces, in order."""
    import numpy as np

    parts = [unpack_counts(packed) for packed in played]
    counts = np.concatenate([part.counts for part in parts])
    return Results(spec.contest, counts, tuple(fault for part in parts for fault in part.faults))


def document(spec: TournamentSpec, played: Sequence[bytes]) -> dict[str, Any]:
    """Return matrices, standings, ratings, and the best entrants as a population."""
    from game_rules.contests.report import document as report

    results = results_of(spec, played)
    made = report(results)
    return {
        **made,
        "wins_matrix": results.wins.tolist(),
        "bradley_terry": strengths(results.wins),
        "quartiles": quartiles(results),
        "finalists": finalists(results.payoff_matrix, made["standings"]),
        "faults": faults_of(spec, results.faults),
    }


def strengths(wins: "NDArray[np.float64]") -> list[float]:
    """Return Bradley-Terry strengths to nine digits, which are the same on every machine.

    The sign of a zero is not: it hangs on the last bit of a sum, so it is left out.
    """
    import numpy as np

    from game_rules.contests.ratings import bradley_terry

    return (np.round(bradley_terry(wins), 9) + 0.0).tolist()


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


def faults_of(spec: TournamentSpec, faults: Iterable[Fault]) -> list[dict[str, Any]]:
    """List bots that raised: the first error of each, and in how many matches."""
    told: dict[int, dict[str, Any]] = {}
    for fault in faults:
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
    """Return a piece as it is; where guests play, in short parts, and the rest between them."""
    step = max(1, int(GUEST_TURNS / contest.expected_turns()))
    begun = match = chunk.first
    while match < chunk.last:
        left = contest.repetitions - contest.repetition_of(match)
        end = min(match + left, chunk.last)
        if any(contest.entrants[place].is_foreign for place in contest.seats_of(match)):
            if begun < match:
                yield begun, match
            for first in range(match, end, step):
                yield first, min(first + step, end)
            begun = end
        match = end
    if begun < chunk.last:
        yield begun, chunk.last
