"""Round robins without sampling: what to expect of each meeting, by the joint chain."""

from collections.abc import Iterator, Sequence
from typing import Any

from game_rules.contests.exact import ExactResults, Expectation, Lengths, expect_pair
from server.tournaments.pieces import Piece, pack_json, unpack_json
from server.tournaments.plan import Plan
from server.tournaments.round_robin import finalists

PIECE_STEPS = 30_000_000
"""Joint states times turns in a piece: about a second's work."""


def pieces(plan: Plan) -> tuple[Piece, ...]:
    """Cut the meetings into pieces of about a second each."""
    turns = len(Lengths.of(plan.contest).lasting)
    ranges = enumerate(_ranges(plan, turns))
    return tuple(Piece(n, first, last, (last - first) * turns) for n, (first, last) in ranges)


def play(plan: Plan, piece: Piece) -> bytes:
    """Work out the meetings of a piece."""
    contest = plan.contest
    lengths = Lengths.of(contest)
    rows, columns = _machines(plan)
    known: dict[Any, Expectation] = {}
    for i, j in contest.meetings[piece.first : piece.last]:
        pair = rows[i], columns[j]
        if pair not in known:
            known[pair] = expect_pair(*pair, contest.noise, lengths)
    met = (known[rows[i], columns[j]] for i, j in contest.meetings[piece.first : piece.last])
    return pack_json([[expected.in_all, expected.per_turn] for expected in met])


def results_of(plan: Plan, played: Sequence[bytes]) -> ExactResults:
    """Put the pieces together, in order."""
    meetings = tuple(
        Expectation(tuple(in_all), tuple(per_turn))
        for packed in played
        for in_all, per_turn in unpack_json(packed)
    )
    return ExactResults(plan.contest, meetings)


def document(plan: Plan, played: Sequence[bytes]) -> dict[str, Any]:
    """Say what is to be expected: points a turn and a match, standings, the finalists."""
    from game_rules.contests.report import exact_document

    results = results_of(plan, played)
    made = exact_document(results)
    return {**made, "finalists": finalists(results.payoff_matrix, made["standings"])}


def expected_matches(plan: Plan, played: Sequence[bytes]) -> list[dict[str, Any]]:
    """List every meeting with both sides' expected points in all; there are no actions."""
    results = results_of(plan, played)
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


def _machines(plan: Plan) -> tuple[list[Any], list[Any]]:
    game = plan.contest.game
    rows, columns = (
        [entrant.table(side) for entrant in plan.strategies if entrant.table]
        for side in (game.row, game.column)
    )
    return rows, columns


def _ranges(plan: Plan, turns: int) -> Iterator[tuple[int, int]]:
    rows, columns = _machines(plan)
    meetings = plan.contest.meetings
    first, steps = 0, 0
    for number, (i, j) in enumerate(meetings):
        steps += rows[i].size * columns[j].size * turns
        if steps >= PIECE_STEPS or number == len(meetings) - 1:
            yield first, number + 1
            first, steps = number + 1, 0
