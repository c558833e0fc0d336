"""Knockout tournaments: single elimination, seeded in the order of the entrants."""

from collections.abc import Sequence
from dataclasses import dataclass

from game_rules.chance import chance
from game_rules.contests.contest import Contest
from game_rules.contests.results import Results, play
from game_rules.errors import InvalidInput

Pair = tuple[int, int | None]
"""Who meets in a tie; a bye has nobody second."""


@dataclass(frozen=True, slots=True)
class Tie:
    """One tie: the indices of both sides, their points per turn, and the winner.

    second is None for a bye. is_by_lot: whether points were equal and the winner drawn at random.
    """

    first: int
    second: int | None
    points_first: float
    points_second: float
    winner: int
    is_by_lot: bool


@dataclass(frozen=True, slots=True)
class Bracket:
    """All rounds of a knockout, the final last."""

    rounds: tuple[tuple[Tie, ...], ...]

    @property
    def winner(self) -> int:
        """The index of the winner of the final."""
        return self.rounds[-1][0].winner


def knock_out(contest: Contest) -> Bracket:
    """Play a contest's entrants as a knockout, seeded in their order.

    Each tie has `repetitions` matches. If the number of entrants is not a power of two, the top
    seeds get byes. Raises InvalidInput for fewer than two entrants.
    """
    count = len(contest.entrants)
    if count < 2:
        raise InvalidInput(f"{count} entrant; a knock-out needs at least 2")
    rounds: list[tuple[Tie, ...]] = []
    while pairs := next_pairs(count, rounds):
        rounds.append(tuple(_played(contest, len(rounds) + 1, *pair) for pair in pairs))
    return Bracket(tuple(rounds))


def next_pairs(count: int, rounds: Sequence[Sequence[Tie]]) -> tuple[Pair, ...]:
    """Return who meets after the rounds that were played; nobody once there is a winner."""
    if rounds:
        left: list[int | None] = [tie.winner for tie in rounds[-1]]
    else:
        left = [place if place < count else None for place in _draw(count)]
    pairs = zip(left[::2], left[1::2], strict=False)
    return tuple((first, second) for first, second in pairs if first is not None)


def meeting_point(count: int, a: int, b: int) -> tuple[int, int, tuple[int, int]]:
    """Return where two of the entrants meet, if both come so far: round, tie, and in which order.

    The round counts from 1, the tie from 0, byes included.
    """
    draw = list(_draw(count))
    first, second = sorted((a, b), key=draw.index)
    number = (draw.index(first) ^ draw.index(second)).bit_length()
    return number, draw.index(first) >> number, (first, second)


def tie_contest(contest: Contest, number: int, first: int, second: int) -> Contest:
    """Return the contest of one tie of a round, from 1; it has a seed of its own."""
    return Contest(
        game=contest.game,
        entrants=(contest.entrants[first], contest.entrants[second]),
        turns=contest.turns,
        continuation=contest.continuation,
        noise=contest.noise,
        repetitions=contest.repetitions,
        seed=f"{contest.seed}/tie/{number}/{first}/{second}",
        has_self_play=False,
    )


def bye(place: int) -> Tie:
    """Return the tie of a top seed that meets nobody."""
    return Tie(place, None, 0.0, 0.0, place, is_by_lot=False)


def settled(contest: Contest, number: int, first: int, second: int, results: Results) -> Tie:
    """Return how a tie of a round went. results: of its own contest."""
    mine, theirs = results.payoff_matrix[0, 1], results.payoff_matrix[1, 0]
    is_even = abs(mine - theirs) <= 1e-9
    wins = chance(contest.seed, "lot", number, first, second) < 0.5 if is_even else mine > theirs
    return Tie(first, second, float(mine), float(theirs), first if wins else second, bool(is_even))


def _draw(count: int) -> Sequence[int]:
    """Return the seeds in bracket order: the top two can only meet in the final, and so on."""
    order = [0]
    while len(order) < count:
        order = [place for top in order for place in (top, 2 * len(order) - 1 - top)]
    return order


def _played(contest: Contest, number: int, first: int, second: int | None) -> Tie:
    if second is None:
        return bye(first)
    results = play(tie_contest(contest, number, first, second))
    return settled(contest, number, first, second, results)
