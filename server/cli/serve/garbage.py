"""Python's search for garbage that refers to itself, without long pauses.

Matches are many small values that live long. To look at 400,000 of them again, which found nothing,
stopped a busy server for 150 ms every few seconds.
"""

import gc
import sys
from typing import Any

SEARCHES = 20_000, 0, 1_000
"""After how many new values that last the youngest are looked at; then what is older, and all."""


def spare_survivors() -> None:
    """Look at a value once; at all only after 40 million new ones, when many have come to stay."""
    gc.set_threshold(*SEARCHES)
    if sys.version_info < (3, 14):  # from there on no search looks at all values of its own accord
        gc.callbacks.append(_spare)


def _spare(phase: str, info: dict[str, Any]) -> None:
    """Set aside what a search has left; a search of all takes it back first."""
    if phase == "stop":
        gc.freeze()
    elif info["generation"] == len(SEARCHES) - 1:
        gc.unfreeze()
