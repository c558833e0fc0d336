"""Round robins without sampling: the expected result of each pair, by the joint chain.

Entrants may be the same machine; each pair of machines is computed once.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from game_rules.contests.exact import ExactResults, Expectation, Lengths, expect_pair
from game_rules.strategies.kit.machine import Machine
from server.tournaments.specs.pieces import Piece, pack_json, unpack_json
from server.tournaments.specs.round_robin import finalists
from server.tournaments.specs.spec import TournamentSpec

PIECE_STEPS = 30_000_000
"""Joint states times turns in a piece: about one second of work."""

Pair = tuple[Machine, Machine]


def pieces(spec: TournamentSpec) -> tuple[Piece, ...]:
    """Cut the pairs of machines into pieces of about one second each."""
    turns = len(Lengths.of(spec.contest).lasting)
    pairs, _ = _pairs(spec)
    ranges = enumerate(_ranges(pairs, turns))
    return tuple(Piece(n, first, last, (last - first) * turns) for n, (first, last) in ranges)


def play(spec: TournamentSpec, piece: Piece) -> bytes:
    """Compute the pairs of a piece."""
    lengths = Lengths.of(spec.contest)
    pairs, _ = _pairs(spec)
    noise = spec.contest.noise
    met = [expect_pair(*pair, noise, lengths) for pair in pairs[piece.first : piece.last]]
    return pack_json([[expected.in_all, expected.per_turn] for expected in met])


def results_of(spec: TournamentSpec, played: Sequence[bytes]) -> ExactResults:
    """Combine the pieces, in order."""
    expected = [
        Expectation(tuple(in_all), tuple(per_turn))
        for packed in played
        for in_all, per_turn in unpack_json(packed)
    ]
    _, numbers = _pairs(spec)
    return ExactResults(spec.contest, tuple(expected[number] for number in numbers))


def document(spec: TournamentSpec, played: Sequence[bytes]) -> dict[str, Any]:
    """Return expected points per turn and match, standings, and the finalists."""
    from game_rules.contests.report import exact_document

    results = results_of(spec, played)
    made = exact_document(results)
    return {**made, "finalists": finalists(results.payoff_matrix, made["standings"])}


def expected_matches(spec: TournamentSpec, played: Sequence[bytes]) -> list[dict[str, Any]]:
    """List every meeting with both sides' expected total points; there are no actions."""
    results = results_of(spec, played)
    contest = results.contest
    game = contest.game
    return [
        {
            "a": contest.entrants[i].name,
            "b": contest.entrants[j].name,
            "repetition": 0,
            "actions_a": None,
            "actions_b": None,
            "score_a": met.score(game.row),
            "score_b": met.turned.score(game.column),
        }
        for (i, j), met in zip(contest.meetings, results.meetings, strict=True)
    ]


def _pairs(spec: TournamentSpec) -> tuple[list[Pair], list[int]]:
    """List the pairs of machines, each once, and for each meeting the number of its pair."""
    game, contest = spec.contest.game, spec.contest
    sides = [
        [entrant.table(corners) for entrant in spec.strategies if entrant.table]
        for corners in (game.row, game.column)
    ]
    known: dict[Machine, int] = {}
    rows, columns = ([known.setdefault(m, len(known)) for m in side] for side in sides)
    machines = list(known)
    numbers: dict[tuple[int, int], int] = {}
    met = [numbers.setdefault((rows[i], columns[j]), len(numbers)) for i, j in contest.meetings]
    return [(machines[row], machines[column]) for row, column in numbers], met


def _ranges(pairs: Sequence[Pair], turns: int) -> Iterator[tuple[int, int]]:
    first, steps = 0, 0
    for number, (row, column) in enumerate(pairs):
        steps += row.size * column.size * turns
        if steps >= PIECE_STEPS or number == len(pairs) - 1:
            yield first, number + 1
            first, steps = number + 1, 0
