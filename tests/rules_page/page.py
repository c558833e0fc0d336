"""What the page of the rules prints: its examples, their input and results.

An example's input stands as `name = value`, its results in bold. Both are read from the page, so a
number that is changed on either side alone is found.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "rules.md").read_text("utf-8")

Results = Sequence[float | str | None]
Example = Callable[..., Results]


class Examples(dict[str, Example]):
    """What computes each example of the page, by its number."""

    def example(self, number: str) -> Callable[[Example], Example]:
        """Note what computes an example."""

        def noted(compute: Example) -> Example:
            self[number] = compute
            return compute

        return noted


def told() -> Mapping[str, str]:
    """Give the examples of the page by their numbers."""
    found = re.findall(r"^\*Example (\d\.\d+)\.\* (.+?)\n(?=\n|\Z)", PAGE, re.MULTILINE | re.DOTALL)
    assert len(found) == PAGE.count("*Example ")
    return dict(found)


def inputs(text: str) -> Mapping[str, Any]:
    """Read what an example takes, by names in small letters: a number, several, or a profile."""
    return {name.lower(): _value(value) for name, value in re.findall(r"`(\w+) = ([^`]+)`", text)}


def _value(text: str) -> float | tuple[float, ...] | str:
    if set(text) <= {"C", "D"}:
        return text
    numbers = tuple(float(Fraction(each)) for each in text.split(", "))
    return numbers if len(numbers) > 1 else numbers[0]


def agrees(printed: str, found: float | str | None) -> bool:
    """Tell whether a printed result is what was found, to its last digit."""
    if found is None or isinstance(found, str):
        plain = printed.lower().replace("'", "").replace(" ", "_")
        return plain == (found or "none")
    number = Fraction(printed.replace("−", "-"))
    _, _, decimals = printed.partition(".")
    slack = 0.5 * 10 ** -len(decimals) if decimals else 0.0
    return abs(float(number) - found) <= slack + 1e-9
