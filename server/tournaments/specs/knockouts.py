"""Knockouts: the loser of a tie is eliminated.

A round is a stage of pieces: who meets in it is known once the round before is played. Ties are
numbered through all rounds, without byes, and matches through all ties.
"""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from functools import lru_cache
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Any

from game_rules.contests.chunks import CHUNK_TURNS
from game_rules.contests.knockout import (
    Tie,
    bye,
    meeting_point,
    next_pairs,
    settled,
    tie_contest,
)
from game_rules.contests.loop import Fault
from game_rules.contests.results import Results
from game_rules.errors import InvalidInput
from server.tournaments.specs.pieces import Piece, PlayedPiece, Table, pack_counts, unpack_counts
from server.tournaments.specs.round_robin import faults_of, play_matches
from server.tournaments.specs.spec import TournamentSpec

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


def pieces(spec: TournamentSpec) -> tuple[Piece, ...]:
    """Cut every round into pieces of whole ties, called by their first match; with guests, of one.

    Who plays in them is for `seated` to say.
    """
    turns, each = spec.contest.expected_turns(), _matches_of_a_tie(spec)
    at_once = 1 if spec.own else max(1, int(CHUNK_TURNS["python"] / (each * turns)))
    edges = [0, *accumulate(map(len, _slots(len(spec.entrants))))]
    return tuple(
        Piece(tie * each, tie * each, last * each, (last - tie) * each * turns, stage=stage)
        for stage, (begin, end) in enumerate(pairwise(edges))
        for tie in range(begin, end, at_once)
        for last in (min(tie + at_once, end),)
    )


def seated(spec: TournamentSpec, waiting: Sequence[Piece], played: Sequence[bytes]) -> list[Piece]:
    """Say who meets in the pieces of a round. played: the results of all rounds before."""
    rounds = _bracket(spec, [unpack_counts(packed) for packed in played])
    following = next_pairs(len(spec.entrants), rounds)
    meeting = [(first, second) for first, second in following if second is not None]
    each = _matches_of_a_tie(spec)
    before = sum(tie.second is not None for ties in rounds for tie in ties)

    def pairs(piece: Piece) -> tuple[tuple[int, int], ...]:
        first, last = piece.first // each, -(-piece.last // each)
        return tuple(meeting[first - before : last - before])

    return [replace(piece, pairs=pairs(piece)) for piece in waiting]


def play(spec: TournamentSpec, piece: Piece) -> bytes:
    """Play the matches of a piece; with guests, as many of its tie as a second allows."""
    each = _matches_of_a_tie(spec)
    parts = []
    for tie, pair in enumerate(piece.pairs, piece.first // each):
        first, last = max(piece.first, tie * each), min(piece.last, (tie + 1) * each)
        inside = replace(piece, first=first - tie * each, last=last - tie * each)
        contest = tie_contest(spec.contest, piece.stage + 1, *pair)
        parts.append(_outside(play_matches(contest, inside), tie * each, pair))
    return pack_counts(_joined(parts, piece.pairs))


def document(spec: TournamentSpec, played: Sequence[bytes]) -> dict[str, Any]:
    """Return every tie of every round, the final last; the round reached is the rank."""
    contest = spec.contest
    parts = [unpack_counts(packed) for packed in played]
    rounds = [[asdict(tie) for tie in ties] for ties in _bracket(spec, parts)]
    return {
        "rules_version": spec.rules_version,
        "seed": spec.seed,
        "turns": contest.turns,
        "continuation": contest.continuation,
        "noise": contest.noise,
        "repetitions": contest.repetitions,
        "entrants": list(spec.entrants),
        "rounds": rounds,
        "standings": _standings(spec, rounds),
        "faults": faults_of(spec, (fault for part in parts for fault in part.faults)),
    }


def match_count(spec: TournamentSpec) -> int:
    """Return the number of matches."""
    return (len(spec.entrants) - 1) * _matches_of_a_tie(spec)


def tie_of(spec: TournamentSpec, a: int, b: int) -> Table:
    """Return the table of two entrants, should they meet. Raises InvalidInput for one alone."""
    if a == b:
        raise InvalidInput(f"{spec.entrants[a]} did not meet itself; in a knock-out nobody does")
    number, index, places = meeting_point(len(spec.entrants), a, b)
    slots = _slots(len(spec.entrants))
    tie = sum(map(len, slots[: number - 1])) + slots[number - 1].index(index)
    contest = tie_contest(spec.contest, number, *places)
    return Table(contest, places, tie * contest.match_count)


@lru_cache(maxsize=4)
def _slots(count: int) -> tuple[tuple[int, ...], ...]:
    """List the ties of every round by their place in it; byes are left out."""
    rounds: list[tuple[Tie, ...]] = []
    slots = []
    while pairs := next_pairs(count, rounds):
        slots.append(tuple(i for i, (_, second) in enumerate(pairs) if second is not None))
        rounds.append(tuple(bye(first) for first, _ in pairs))
    return tuple(slots)


def _matches_of_a_tie(spec: TournamentSpec) -> int:
    return spec.repetitions * (1 if spec.contest.is_symmetric else 2)


def _outside(played: PlayedPiece, first: int, pair: tuple[int, int]) -> PlayedPiece:
    """Number the matches and entrants of a tie as the whole tournament does."""
    return replace(
        played,
        faults=tuple(
            Fault(first + fault.match, pair[fault.place], fault.turn, fault.problem)
            for fault in played.faults
        ),
        actions={first + match: sides for match, sides in played.actions.items()},
    )


def _joined(parts: Sequence[PlayedPiece], pairs: tuple[tuple[int, int], ...]) -> PlayedPiece:
    """Join the ties of a piece; guests play in pieces of one tie alone."""
    import numpy as np

    return replace(
        parts[0],
        counts=np.concatenate([part.counts for part in parts]),
        faults=tuple(fault for part in parts for fault in part.faults),
        pairs=pairs,
    )


def _bracket(spec: TournamentSpec, parts: Sequence[PlayedPiece]) -> list[tuple[Tie, ...]]:
    """Settle all whole rounds that were played. parts: in the order of the matches."""
    rows = _by_tie(parts, _matches_of_a_tie(spec))
    rounds: list[tuple[Tie, ...]] = []
    for slots in _slots(len(spec.entrants)):
        given = [counts for _, counts in zip(slots, rows, strict=False)]
        if len(given) < len(slots):
            break
        rounds.append(_round(spec, rounds, iter(given)))
    return rounds


def _by_tie(parts: Sequence[PlayedPiece], each: int) -> "Iterator[NDArray[np.int32]]":
    import numpy as np

    counts = np.concatenate([part.counts for part in parts]) if parts else np.zeros((0, 4))
    return iter(counts.reshape(-1, each, 4))


def _round(
    spec: TournamentSpec, before: Sequence[Sequence[Tie]], rows: "Iterator[NDArray[np.int32]]"
) -> tuple[Tie, ...]:
    contest, number = spec.contest, len(before) + 1

    def tie(first: int, second: int | None) -> Tie:
        if second is None:
            return bye(first)
        results = Results(tie_contest(contest, number, first, second), next(rows))
        return settled(contest, number, first, second, results)

    return tuple(tie(*pair) for pair in next_pairs(len(spec.entrants), before))


def _standings(spec: TournamentSpec, rounds: list[list[dict[str, Any]]]) -> list[dict[str, Any]]:
    """Rank entrants; those eliminated in the same round share a rank."""
    wins = [0] * len(spec.entrants)
    for tie in (tie for ties in rounds for tie in ties):
        wins[tie["winner"]] += 1
    order = sorted(range(len(wins)), key=lambda place: -wins[place])
    return [
        {
            "strategy": spec.entrants[place],
            "score": wins[place],
            "ci95": None,
            "rank": 1 + sum(other > wins[place] for other in wins),
            "tied_with": [p for p in order if p != place and wins[p] == wins[place]],
            "place": place,
        }
        for place in order
    ]
