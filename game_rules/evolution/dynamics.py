"""Population dynamics of shares: the replicator equation and Axelrod's ecological model."""

from typing import TYPE_CHECKING

from game_rules.errors import InvalidInput

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


def replicator(matrix: "Floats", shares: "Floats", duration: float, samples: int = 200) -> "Floats":
    """Solve the replicator equation: a share grows with its payoff minus the mean payoff.

    matrix: points per turn, by strategy and opponent. shares: at the start; they sum to 1.
    Returns one row of shares for each of `samples` evenly spaced times from 0 to duration.
    Source: Taylor & Jonker 1978, Evolutionarily stable strategies and game dynamics.
    """
    import numpy as np
    from scipy.integrate import solve_ivp

    start = _checked(matrix, shares)

    def change(_: float, now: "Floats") -> "Floats":
        payoffs = matrix @ now
        return now * (payoffs - now @ payoffs)

    times = np.linspace(0.0, duration, samples)
    path = solve_ivp(change, (0.0, duration), start, t_eval=times, rtol=1e-8, atol=1e-10).y.T
    path = np.clip(path, 0.0, None)
    return path / path.sum(axis=1, keepdims=True)


def ecology(matrix: "Floats", shares: "Floats", generations: int) -> "Floats":
    """Compute generations in which each share is multiplied by its payoff (ecological model).

    matrix: points per turn, none below 0, by strategy and opponent. Returns generations + 1 rows.
    Raises InvalidInput for a payoff below 0, which has no meaning here.
    Source: Axelrod 1984, The Evolution of Cooperation, chapter 2.
    """
    import numpy as np

    now = _checked(matrix, shares)
    if matrix.min() < 0:
        raise InvalidInput(f"payoff {matrix.min():g}; add a constant so that none is below 0")
    path = [now]
    for _ in range(generations):
        grown = now * (matrix @ now)
        now = grown / grown.sum() if grown.sum() > 0 else now
        path.append(now)
    return np.array(path)


def _checked(matrix: "Floats", shares: "Floats") -> "Floats":
    import numpy as np

    start = np.asarray(shares, float)
    if matrix.shape != (len(start), len(start)):
        raise InvalidInput(f"{len(start)} shares for a matrix of {matrix.shape}; give one a row")
    if np.isnan(matrix).any():
        raise InvalidInput("a pair has no payoff; let all meet all, themselves too")
    if start.min() < 0 or abs(start.sum() - 1) > 1e-9:
        raise InvalidInput(f"shares sum to {start.sum():g}; give shares from 0 that sum to 1")
    return start
