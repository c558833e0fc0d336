"""Means with 95% intervals, paired over seeds."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

WIDTH = 1.96


@dataclass(frozen=True, slots=True)
class Interval:
    """A mean, and by how much it may be off at 95%."""

    mean: float
    width: float

    @property
    def is_above(self) -> bool:
        """Tell whether all of it lies above 0."""
        return self.mean - self.width > 0

    @property
    def is_below(self) -> bool:
        """Tell whether all of it lies below 0."""
        return self.mean + self.width < 0

    @property
    def excludes_zero(self) -> bool:
        """Tell whether it says on which side of 0 the mean lies."""
        return self.is_above or self.is_below

    def told(self, digits: int = 2) -> str:
        """Write it with a star where it excludes 0."""
        star = "*" if self.excludes_zero else ""
        return f"{self.mean:+.{digits}f} ± {self.width:.{digits}f}{star}"


def interval(figures: Sequence[float]) -> Interval:
    """Return the mean of figures and half its 95% interval, by the normal distribution.

    >>> interval([1.0, 1.0]).told()
    '+1.00 ± 0.00*'
    """
    count = len(figures)
    mean = sum(figures) / count
    spread = sum((x - mean) ** 2 for x in figures) / max(1, count - 1)
    return Interval(mean, WIDTH * sqrt(spread / count))
