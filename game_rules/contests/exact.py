"""Exact expected results of table bots, from the joint Markov chain of each pair.

Two machines, their coins and the noise form a Markov chain over pairs of states. Its distribution
at each turn gives the probability of each outcome; weighted by the probability that a match lasts
so long, this is the expectation of every sampled figure.
Source for the method: Nowak, Sigmund & El-Sedy 1995, Automata, repeated games and noise, J. Math.
Biology 33, for two-state automata; the same holds for any number of states.
"""

from dataclasses import dataclass
from functools import cached_property
from itertools import product
from typing import TYPE_CHECKING

from game_rules.contests.contest import Contest
from game_rules.contests.standings import StandingsRow, rank
from game_rules.errors import InvalidInput
from game_rules.games.corners import Corners
from game_rules.games.stage_games import D
from game_rules.strategies.kit.machine import Machine

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

MOST_JOINT_STATES = 1 << 24
_MOST_AS_MATRIX, _MOST_AS_LIST = 40, 1 << 16
"""Joint states up to which matrix squaring is fastest, and then a list of transitions."""
_BLOCK = 4096
_ENOUGH = 1e-15
"""Turns that are played with a smaller probability are left out."""


@dataclass(frozen=True, slots=True)
class Expectation:
    """The expectation of one meeting. Outcomes: CC, CD, DC, DD, from the row's side.

    in_all: expected number of turns with each outcome. per_turn: expected share of a match's
    turns with each outcome, which is what the mean over sampled matches estimates.
    """

    in_all: tuple[float, float, float, float]
    per_turn: tuple[float, float, float, float]

    def score(self, corners: Corners) -> float:
        """Return the expected total points of the row, whose payoffs are given."""
        return _weigh(self.in_all, corners)

    def score_per_turn(self, corners: Corners) -> float:
        """Return the expected points per turn of the row."""
        return _weigh(self.per_turn, corners)

    @property
    def turned(self) -> "Expectation":
        """The same meeting from the column's side."""
        return Expectation(_turn(self.in_all), _turn(self.per_turn))


@dataclass(frozen=True, eq=False)
class ExactResults:
    """The expectations of a contest, by meeting."""

    contest: Contest
    meetings: tuple[Expectation, ...]

    @cached_property
    def payoff_matrix(self) -> "Floats":
        """Expected points per turn, by entrant and opponent; NaN if they do not meet."""
        game = self.contest.game
        return self._matrix(
            [met.score_per_turn(game.row) for met in self.meetings],
            [met.turned.score_per_turn(game.column) for met in self.meetings],
        )

    @cached_property
    def score_matrix(self) -> "Floats":
        """Expected points per match, by entrant and opponent."""
        game = self.contest.game
        return self._matrix(
            [met.score(game.row) for met in self.meetings],
            [met.turned.score(game.column) for met in self.meetings],
        )

    @cached_property
    def cooperation_matrix(self) -> "Floats":
        """The expected share of C among an entrant's actions, by entrant and opponent."""
        cooperative = Corners(R=1, S=1, T=0, P=0)
        return self._matrix(
            [met.score_per_turn(cooperative) for met in self.meetings],
            [met.turned.score_per_turn(cooperative) for met in self.meetings],
        )

    def standings(self) -> tuple[StandingsRow, ...]:
        """Rank the entrants by expected score; intervals have width 0."""
        import numpy as np

        matrix = self.payoff_matrix
        scores = np.nanmean(matrix, axis=1)
        others = matrix.copy()
        if len(matrix) > 1:
            np.fill_diagonal(others, np.nan)
        is_alone = np.isnan(others).all(axis=1)
        others[is_alone] = matrix[is_alone]
        near = np.abs(scores[:, None] - scores[None, :]) <= 1e-9
        gaps = np.nan_to_num(self.score_matrix - self.score_matrix.T)
        return rank(
            [entrant.name for entrant in self.contest.entrants],
            scores,
            np.zeros(len(scores)),
            near,
            np.nanmean(others, axis=1),
            np.nanmean(self.cooperation_matrix, axis=1),
            (gaps > 1e-9).sum(axis=1).astype(float),
        )

    def _matrix(self, row: list[float], column: list[float]) -> "Floats":
        import numpy as np

        size = len(self.contest.entrants)
        sums, seats = np.zeros((size, size)), np.zeros((size, size))
        for (i, j), mine, theirs in zip(self.contest.meetings, row, column, strict=True):
            sums[i, j] += mine
            sums[j, i] += theirs
            seats[i, j] += 1
            seats[j, i] += 1
        with np.errstate(invalid="ignore"):
            return sums / seats


def expect(contest: Contest) -> ExactResults:
    """Compute the expected results of a contest of table bots without playing it.

    Raises InvalidInput for an entrant that is not a table bot, or for a pair that is too large.
    """
    if others := [entrant.name for entrant in contest.entrants if entrant.table is None]:
        raise InvalidInput(f"{others[0]} is no table bot; play it with repetitions instead")
    lengths = Lengths.of(contest)
    sides = (contest.game.row, contest.game.column)
    numbers: dict[Machine, int] = {}
    rows, columns = (
        [numbers.setdefault(e.table(side), len(numbers)) for e in contest.entrants if e.table]
        for side in sides
    )
    machines = tuple(numbers)
    known: dict[tuple[int, int], Expectation] = {}
    meetings = []
    for i, j in contest.meetings:
        a, b = rows[i], columns[j]
        if (a, b) not in known:
            known[a, b] = expect_pair(machines[a], machines[b], contest.noise, lengths)
        meetings.append(known[a, b])
    return ExactResults(contest, tuple(meetings))


@dataclass(frozen=True)
class Lengths:
    """The distribution of match lengths. lasting: by turn, the probability that it is played.

    share: by turn, its expected weight in the mean of a match.
    """

    lasting: "Floats"
    share: "Floats"

    @classmethod
    def of(cls, contest: Contest) -> "Lengths":
        """Compute the distribution for a contest."""
        import numpy as np

        if contest.continuation == 1:
            assert contest.turns is not None, "checked when made"
            return cls(np.ones(contest.turns), np.full(contest.turns, 1 / contest.turns))
        most = _turns_that_matter(contest)
        lasting = contest.continuation ** np.arange(most, dtype=float)
        ends_at = lasting - np.append(lasting[1:], 0.0)
        per_turn = ends_at / np.arange(1, most + 1)
        return cls(lasting, np.cumsum(per_turn[::-1])[::-1])


def expect_pair(row: Machine, column: Machine, noise: float, lengths: Lengths) -> Expectation:
    """Compute the joint chain of two machines. noise: the probability of a flipped action.

    Raises InvalidInput if there are too many joint states.
    """
    joint = row.size * column.size
    if joint > MOST_JOINT_STATES:
        raise InvalidInput(
            f"{joint} joint states of two machines; the most to follow is {MOST_JOINT_STATES}: "
            "play them with repetitions instead"
        )
    follow = _by_matrix if joint <= _MOST_AS_MATRIX else _by_list
    if joint > _MOST_AS_LIST:
        follow = _by_kernel
    by_turn = follow(_Branches(row, column, noise), len(lengths.lasting))
    in_all, per_turn = lengths.lasting @ by_turn, lengths.share @ by_turn
    return Expectation(tuple(in_all.tolist()), tuple(per_turn.tolist()))


class _Branches:
    """The branches of one turn of a pair: up to 16 results of its two coins and two flips."""

    def __init__(self, row: Machine, column: Machine, noise: float) -> None:
        self.columns = column.size
        self.joint = row.size * column.size
        self.start = row.start * column.size + column.start
        self.noise = noise
        self.sides = (*_arrays(row), *_arrays(column))
        flips = ((0, 1 - noise), (1, noise))
        pairs = [pair for pair in product(flips, flips) if pair[0][1] * pair[1][1] > 0]
        self.ways = [(faces, *pair) for faces in product((0, 1), (0, 1)) for pair in pairs]

    def follow(self, live: "NDArray") -> "list[tuple[NDArray, NDArray, NDArray]]":
        """Return for each branch, from each live state: its probability, next state, outcome."""
        heads_a, acts_a, after_a, heads_b, acts_b, after_b = self.sides
        a, b = live // self.columns, live % self.columns
        followed = []
        for (face_a, face_b), (flip_a, chance_a), (flip_b, chance_b) in self.ways:
            chance = heads_a[a, face_a] * heads_b[b, face_b] * (chance_a * chance_b)
            if not chance.any():
                continue
            done_a, done_b = acts_a[a, face_a] ^ flip_a, acts_b[b, face_b] ^ flip_b
            next_a = after_a[a, 4 * face_a + 2 * done_a + done_b]
            next_b = after_b[b, 4 * face_b + 2 * done_b + done_a]
            followed.append((chance, next_a * self.columns + next_b, 2 * done_a + done_b))
        return followed


def _arrays(machine: Machine) -> "tuple[NDArray, NDArray, NDArray]":
    import numpy as np

    heads = np.array(machine.heads)
    actions = np.array([[int(action is D) for action in faces] for faces in machine.actions])
    return np.stack([heads, 1 - heads], axis=1), actions, np.array(machine.after)


def _by_matrix(branches: _Branches, turns: int) -> "Floats":
    """Return the outcome probabilities by turn, from powers of the transition matrix."""
    import numpy as np

    states = np.arange(branches.joint)
    chain, outcomes = np.zeros((branches.joint, branches.joint)), np.zeros((branches.joint, 4))
    for chance, after, outcome in branches.follow(states):
        np.add.at(chain, (states, after), chance)
        np.add.at(outcomes, (states, outcome), chance)
    path = np.zeros((1, branches.joint))
    path[0, branches.start] = 1.0
    while len(path) < min(turns, _BLOCK):
        path = np.concatenate([path, path @ chain])
        chain = chain @ chain
    by_turn = [path @ outcomes]
    for _ in range((turns - 1) // len(path)):
        path = path @ chain
        by_turn.append(path @ outcomes)
    return np.concatenate(by_turn)[:turns]


def _by_list(branches: _Branches, turns: int) -> "Floats":
    """Return the outcome probabilities by turn, from a list of transitions."""
    import numpy as np

    states = np.arange(branches.joint)
    ways = branches.follow(states)
    chance, after, outcome = (np.concatenate(column) for column in zip(*ways, strict=True))
    states = np.tile(states, len(ways))
    is_possible = chance > 0
    chance, after, states = chance[is_possible], after[is_possible], states[is_possible]
    outcomes = np.zeros((branches.joint, 4))
    np.add.at(outcomes, (states, outcome[is_possible]), chance)
    where = np.zeros(branches.joint)
    where[branches.start] = 1.0
    by_turn = np.empty((turns, 4))
    for turn in range(turns):
        by_turn[turn] = where @ outcomes
        where = np.bincount(after, where[states] * chance, minlength=branches.joint)
    return by_turn


def _by_kernel(branches: _Branches, turns: int) -> "Floats":
    """Return the outcome probabilities by turn, compiled, for chains too large for a list."""
    from game_rules.contests.chain_kernel import follow_chain

    return follow_chain(*branches.sides, branches.start, branches.noise, turns)


def _turns_that_matter(contest: Contest) -> int:
    """Return the number of turns to compute if the length of a match is random."""
    from math import ceil, log

    if contest.continuation == 0:
        return 1
    endless = ceil(log(_ENOUGH * (1 - contest.continuation)) / log(contest.continuation))
    return endless if contest.turns is None else min(endless, contest.turns)


def _weigh(outcomes: tuple[float, float, float, float], corners: Corners) -> float:
    cc, cd, dc, dd = outcomes
    return cc * corners.R + cd * corners.S + dc * corners.T + dd * corners.P


def _turn(outcomes: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    cc, cd, dc, dd = outcomes
    return cc, dc, cd, dd
