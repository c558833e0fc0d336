"""Standings: mean payoffs, confidence intervals and statistical ties."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from game_rules.contests.contest import Contest
from game_rules.contests.results import Results

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

_ALIKE = 1e-9
"""Scores that differ by less are equal up to rounding."""


@dataclass(frozen=True, slots=True)
class StandingsRow:
    """One entrant's row of the standings.

    place: its index among the entrants, because names may repeat. score: mean points per turn over
    all opponents (with self-play also itself), with equal weights. interval: the 95% confidence
    interval of the mean over repetitions; None after one repetition of a random contest. rank: one
    more than the number of entrants with a higher score. tied_with: indices of entrants whose
    score is equal, or does not differ at 5% in a paired t-test over repetitions. median: of the
    repetitions' scores without self-play, by which Axelrod-Python ranks.
    """

    place: int
    strategy: str
    score: float
    interval: tuple[float, float] | None
    rank: int
    tied_with: tuple[int, ...]
    median: float
    median_rank: int
    cooperation: float
    wins: float


def standings(results: Results) -> tuple[StandingsRow, ...]:
    """Rank the entrants of a contest by score, best first."""
    import numpy as np

    contest = results.contest
    by_repetition = np.nanmean(results.payoffs, axis=1)
    medians = np.median(_without_self(results), axis=1)
    reach, near = _uncertainty(contest, by_repetition)
    return rank(
        [entrant.name for entrant in contest.entrants],
        by_repetition.mean(axis=1),
        reach,
        near,
        medians,
        np.nanmean(results.cooperation_matrix, axis=1),
        results.wins.sum(axis=1),
    )


def rank(
    names: list[str],
    scores: "Floats",
    reach: "Floats | None",
    near: "NDArray[np.bool_]",
    medians: "Floats",
    cooperation: "Floats",
    wins: "Floats",
) -> tuple[StandingsRow, ...]:
    """Sort entrants by score into rows of the standings.

    reach: half the width of each interval, None if unknown. near: pairs that are statistical ties.
    """
    import numpy as np

    places = range(len(names))
    order = np.argsort(-scores, kind="stable")
    return tuple(
        StandingsRow(
            place=int(i),
            strategy=names[i],
            score=float(scores[i]),
            interval=None
            if reach is None
            else (float(scores[i] - reach[i]), float(scores[i] + reach[i])),
            rank=1 + int((scores > scores[i] + _ALIKE).sum()),
            tied_with=tuple(j for j in places if j != i and near[i, j]),
            median=float(medians[i]),
            median_rank=1 + int((medians > medians[i] + _ALIKE).sum()),
            cooperation=float(cooperation[i]),
            wins=float(wins[i]),
        )
        for i in order
    )


def _without_self(results: Results) -> "Floats":
    """Return scores by repetition without self-play, unless an entrant met nobody else."""
    import numpy as np

    payoffs = results.payoffs.copy()
    own = np.arange(len(payoffs))
    payoffs[own, own] = np.nan
    is_alone = np.isnan(payoffs).all(axis=(1, 2))
    payoffs[own[is_alone], own[is_alone]] = results.payoffs[own[is_alone], own[is_alone]]
    return np.nanmean(payoffs, axis=1)


def _uncertainty(
    contest: Contest, by_repetition: "Floats"
) -> "tuple[Floats | None, NDArray[np.bool_]]":
    """Return half-widths of 95% intervals, and the pairs that are statistical ties."""
    import numpy as np

    means, times = by_repetition.mean(axis=1), contest.repetitions
    gaps = np.abs(means[:, None] - means[None, :])
    if times == 1:
        return (None if is_random(contest) else np.zeros(len(means))), gaps <= _ALIKE
    covariance = np.atleast_2d(np.cov(by_repetition))
    variances = np.diag(covariance)
    spread = np.sqrt(np.clip(variances[:, None] + variances[None, :] - 2 * covariance, 0, None))
    reach = _student_95(times - 1) / np.sqrt(times)
    return reach * np.sqrt(variances), gaps <= reach * spread + _ALIKE


def is_random(contest: Contest) -> bool:
    """Tell whether a contest uses random numbers, so that repetitions may differ."""
    has_coins = any(entrant.is_stochastic for entrant in contest.entrants)
    return has_coins or contest.noise > 0 or contest.continuation < 1


def _student_95(freedom: int) -> float:
    from scipy.special import stdtrit

    return float(stdtrit(freedom, 0.975))
