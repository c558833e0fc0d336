"""Texts from outside that are nearly right are read, or refused in words; nothing else happens.

The long form is `tests/fuzz/guided.py`, which follows the code that is reached.
"""

import random

import pytest

from tests.fuzz.targets import TARGETS, mutated, seeds

TEXTS = {"frames": 400, "records": 12, "scenarios": 12, "notation": 20}


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.slow
def test_a_text_that_is_nearly_right_is_read_or_refused(target: str) -> None:
    luck, known = random.Random(7), seeds(target)
    for _ in range(TEXTS[target]):
        TARGETS[target](mutated(luck.choice(known), luck.choice(known), luck))
