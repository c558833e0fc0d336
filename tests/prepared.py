"""What each process of a run would work out for itself in a fresh clone, worked out by one.

To compile the kernels takes 7 s of a core, and to find the constants of our code that hypothesis
draws takes one. Both are kept in the tree. `tests.workers` runs `python -m tests.prepared`
while its workers collect, where they are missing.
"""

import sys
from pathlib import Path
from types import ModuleType

KEPT = (".hypothesis/constants/*", "game_rules/*/__pycache__/*_kernel.*.nbi")
"""What is there once this has been done."""


def is_prepared(root: Path) -> bool:
    """Tell whether nothing is left to do."""
    return all(any(root.glob(pattern)) for pattern in KEPT)


def find_constants(root: Path) -> None:
    """Have hypothesis look at the source of all modules, without importing them."""
    from hypothesis import given
    from hypothesis import strategies as st

    for package in ("game_rules", "server"):
        for path in (root / package).rglob("*.py"):
            module = sys.modules[f"source of {path}"] = ModuleType(path.stem)
            module.__file__ = str(path)
    given(st.integers())(lambda number: None)()


def compile_kernels() -> None:
    """Call the kernels that many tests call."""
    import numpy as np

    from game_rules.contests.results import play
    from game_rules.evolution.graphs import Neighbours, graph_of
    from game_rules.evolution.moran import Process, fixation
    from tests.game_rules.contests.fakes import contest

    play(contest("gtft", "random", turns=60_000, noise=0.05, repetitions=3))
    all_know_all = Neighbours.of(graph_of("complete", [3]))
    fixation(Process(np.ones((2, 2)), np.array([0, 1, 1]), all_know_all), 1, 2, 100)


if __name__ == "__main__":
    find_constants(Path.cwd())
    compile_kernels()
