"""What each process of a run would work out for itself in a fresh clone, worked out by one.

To compile the kernels takes 14 s of a core, and to find the constants of our code that hypothesis
draws takes several. Both are kept in the tree. `tests.workers` runs `python -m tests.prepared`
while its workers collect, where they are missing.
"""

from pathlib import Path

KEPT = (".hypothesis/constants/*", "game_rules/*/__pycache__/*_kernel.*.nbi")
"""What is there once this has been done."""


def is_prepared(root: Path) -> bool:
    """Tell whether nothing is left to do."""
    return all(any(root.glob(pattern)) for pattern in KEPT)


def prepare() -> None:
    """Compile the kernels, and have hypothesis look at all modules."""
    import numpy as np
    from hypothesis import given
    from hypothesis import strategies as st

    from game_rules.contests.results import play
    from game_rules.evolution.graphs import Neighbours, graph_of
    from game_rules.evolution.moran import Process, fixation
    from tests.coverage_bars import BARS, import_all_of
    from tests.game_rules.contests.fakes import contest

    for package in BARS:
        import_all_of(package)
    given(st.integers())(lambda number: None)()
    play(contest("gtft", "random", turns=60_000, noise=0.05, repetitions=3))
    all_know_all = Neighbours.of(graph_of("complete", [3]))
    fixation(Process(np.ones((2, 2)), np.array([0, 1, 1]), all_know_all), 1, 2, 100)


if __name__ == "__main__":
    prepare()
