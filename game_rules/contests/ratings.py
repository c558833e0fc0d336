"""Ratings: Bradley-Terry for a closed contest, openskill for an open ladder."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from game_rules.errors import InvalidInput

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_DRAW_EACH = 0.5
"""Half a win for each side is added to every pair, so that an unbeaten entrant has a finite
strength."""
_MOST_STEPS, _LONGEST_STEP, _NEAR = 200, 1.0, 1e-10


def bradley_terry(wins: "NDArray[np.float64]") -> "NDArray[np.float64]":
    """Estimate strengths from wins[i, j], how often i beat j (a draw is half a win for both).

    Returns log-odds with mean 0: i beats j with chance 1 / (1 + exp(s_j − s_i)). Fitted by
    maximum likelihood with one drawn match added to each pair: the likelihood is concave, and
    Newton's method, in steps that are not too long, climbs it in a dozen of them.
    Source: Bradley & Terry 1952; Hunter 2004, MM algorithms for generalized Bradley-Terry models,
    section 5 (Newton's method).
    """
    import numpy as np

    strengths = np.zeros(len(wins))
    if len(wins) < 2:
        return strengths
    evened = wins + _DRAW_EACH
    np.fill_diagonal(evened, 0.0)
    met, won = evened + evened.T, evened.sum(axis=1)
    for _ in range(_MOST_STEPS):  # pragma: no branch (concave: it arrives long before)
        chance = 1 / (1 + np.exp(strengths[None, :] - strengths[:, None]))
        weight = met * chance * (1 - chance)
        # Strengths are known up to a constant; the mean is held at 0.
        slope = np.diag(weight.sum(axis=1)) - weight + weight.mean()
        step = np.linalg.solve(slope, won - (met * chance).sum(axis=1))
        longest = float(np.abs(step).max())
        strengths = strengths + step * min(1.0, _LONGEST_STEP / max(longest, _LONGEST_STEP))
        if longest < _NEAR:
            break
    return strengths - strengths.mean()


@dataclass(frozen=True, slots=True)
class Rating:
    """A rating and its standard deviation, on openskill's scale."""

    level: float = 25.0
    doubt: float = 25.0 / 3

    @property
    def sure_level(self) -> float:
        """The conservative rating: three standard deviations below (Weng & Lin 2011)."""
        return self.level - 3 * self.doubt


def climb(
    ratings: Mapping[str, Rating], matches: Iterable[Mapping[str, float]]
) -> dict[str, Rating]:
    """Update the ratings of a ladder after matches, in their order.

    matches: the points of each, by name; equal points share a rank. New names start at the default.
    Raises InvalidInput for a match of fewer than two.
    Source: Weng & Lin 2011, A Bayesian Approximation Method for Online Ranking, JMLR 12
    (Plackett-Luce), by openskill.
    """
    from openskill.models import PlackettLuce

    model = PlackettLuce()
    now = dict(ratings)
    for points in matches:
        names = list(points)
        if len(names) < 2:
            raise InvalidInput(f"a match of {len(names)}; a ladder needs at least 2 in each")
        teams = [[model.create_rating([r.level, r.doubt])] for r in _found(now, names)]
        rated = model.rate(teams, scores=[points[name] for name in names])
        for name, (rating,) in zip(names, rated, strict=True):
            now[name] = Rating(rating.mu, rating.sigma)
    return now


def _found(ratings: Mapping[str, Rating], names: Sequence[str]) -> list[Rating]:
    return [ratings.get(name, Rating()) for name in names]
