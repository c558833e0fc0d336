"""Knockout tournaments: single elimination, seeded in the order of the entrants."""

from collections.abc import Sequence
from dataclasses import dataclass

from game_rules.chance import chance
from game_rules.contests.contest import Contest
from game_rules.contests.results import play
from game_rules.errors import InvalidInput


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
    left: list[int | None] = [place if place < count else None for place in _draw(count)]
    rounds = []
    while len(left) > 1:
        pairs = zip(left[::2], left[1::2], strict=True)
        ties = tuple(_tie(contest, len(rounds) + 1, *pair) for pair in pairs)
        rounds.append(ties)
        left = [tie.winner for tie in ties]
    return Bracket(tuple(rounds))


def _draw(count: int) -> Sequence[int]:
    """Return the seeds in bracket order: the top two can only meet in the final, and so on."""
    order = [0]
    while len(order) < count:
        order = [place for top in order for place in (top, 2 * len(order) - 1 - top)]
    return order


def _tie(contest: Contest, number: int, first: int | None, second: int | None) -> Tie:
    assert first is not None, "byes are drawn second, and fewer than half of the draw"
    if second is None:
        return Tie(first, None, 0.0, 0.0, first, is_by_lot=False)
    results = play(_between(contest, number, first, second))
    mine, theirs = results.payoff_matrix[0, 1], results.payoff_matrix[1, 0]
    is_even = abs(mine - theirs) <= 1e-9
    wins = chance(contest.seed, "lot", number, first, second) < 0.5 if is_even else mine > theirs
    return Tie(first, second, float(mine), float(theirs), first if wins else second, bool(is_even))


def _between(contest: Contest, number: int, first: int, second: int) -> Contest:
    """Return the contest of one tie, with its own seed."""
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
