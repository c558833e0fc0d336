"""Which cases of a test are run in the quick part."""

from collections.abc import Iterable
from typing import Any

import pytest

EVERY = 8


def few_quick(cases: Iterable[Any], **measured: bool) -> list[Any]:
    """Call all cases slow but every eighth; each runs the same code on another match.

    measured=True: the slow ones count for coverage too.
    """
    slow = pytest.mark.slow(**measured) if measured else pytest.mark.slow
    return [
        case if number % EVERY == 0 else pytest.param(case, marks=slow)
        for number, case in enumerate(cases)
    ]
