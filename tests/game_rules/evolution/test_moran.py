"""The Moran process, against its known chances of fixation."""

from dataclasses import replace

import networkx as nx
import numpy as np
import pytest

from game_rules.errors import InvalidInput
from game_rules.evolution.graphs import KINDS, Neighbours, graph_of
from game_rules.evolution.moran import Process, Update, fixation, run

DILEMMA = np.array([[3.0, 0.0], [5.0, 1.0]])


def one_invader(size: int) -> np.ndarray:
    return np.array([0] + [1] * (size - 1))


def complete(size: int) -> Neighbours:
    return Neighbours.of(graph_of("complete", [size]))


def known_fixation(matrix: np.ndarray, size: int) -> float:
    """1 / (1 + Σ_k Π_j g_j / f_j), of one first-kind invader. Source: Nowak et al. 2004."""
    total, product = 1.0, 1.0
    for i in range(1, size):
        f = (matrix[0, 0] * (i - 1) + matrix[0, 1] * (size - i)) / (size - 1)
        g = (matrix[1, 0] * i + matrix[1, 1] * (size - i - 1)) / (size - 1)
        product *= g / f
        total += product
    return 1 / total


@pytest.mark.parametrize(
    "matrix",
    [
        np.array([[2.0, 2.0], [1.0, 1.0]]),
        np.array([[1.0, 1.0], [1.0, 1.0]]),
        np.array([[3.0, 1.0], [2.0, 2.0]]),
    ],
    ids=["fitter", "neutral", "stag_hunt"],
)
def test_an_invader_takes_over_as_often_as_theory_says(matrix):
    process = Process(matrix, one_invader(8), complete(8))
    runs = 8_000
    won = fixation(process, 1, runs, 10**6)
    chance = known_fixation(matrix, 8)
    assert won[0] == pytest.approx(chance, abs=4.5 * (chance * (1 - chance) / runs) ** 0.5)
    assert won.sum() == 1


@pytest.mark.parametrize("update", Update)
def test_where_nobody_is_fit_chance_alone_chooses(update):
    process = Process(np.zeros((2, 2)), one_invader(8), complete(8), update=update)
    runs = 8_000
    won = fixation(process, 3, runs, 10**6)
    assert won[0] == pytest.approx(1 / 8, abs=4.5 * (1 / 8 * 7 / 8 / runs) ** 0.5)


def test_who_alone_is_unfit_never_breeds():
    """A cooperator among defectors gets the sucker's 0 wherever it stands."""
    won = fixation(Process(DILEMMA, one_invader(8), complete(8)), 3, 500, 10**6)
    assert won.tolist() == [0, 1]


def test_a_ring_is_isothermal():
    """On a regular graph a constant advantage fixates as in the well-mixed case."""
    matrix = np.array([[1.5, 1.5], [1.0, 1.0]])
    ring = Neighbours.of(graph_of("ring", [8]))
    won = fixation(Process(matrix, one_invader(8), ring), 5, 8_000, 10**6)
    chance = (1 - 1 / 1.5) / (1 - 1 / 1.5**8)
    assert won[0] == pytest.approx(chance, abs=0.025)


def test_all_in_a_star_know_only_the_one_in_its_middle():
    assert sorted(count for _, count in graph_of("star", [5]).degree) == [1, 1, 1, 1, 4]


@pytest.mark.slow
def test_a_star_amplifies_selection():
    matrix = np.array([[1.5, 1.5], [1.0, 1.0]])
    kinds = np.array([1] * 15 + [0])
    star = fixation(Process(matrix, kinds, Neighbours.of(graph_of("star", [16]))), 5, 8000, 10**6)
    well_mixed = (1 - 1 / 1.5) / (1 - 1 / 1.5**16)
    assert star[0] > well_mixed + 0.05


@pytest.mark.slow
def test_death_birth_lets_cooperation_through_where_neighbours_are_few():
    """b/c > k (Ohtsuki et al. 2006): on a ring, k = 2, a donation game of b/c = 6 favours C."""
    donation = np.array([[5.0, -1.0], [6.0, 0.0]])
    size = 20
    ring, kinds, runs = Neighbours.of(graph_of("ring", [size])), one_invader(size), 20_000
    slow = Process(donation, kinds, ring, selection=0.02)
    kept = fixation(replace(slow, update=Update.DEATH_BIRTH), 9, runs, 10**6)
    lost = fixation(slow, 9, runs, 10**6)
    assert kept[0] > 1 / size + 2 * (0.05 / runs) ** 0.5
    assert lost[0] < 1 / size


def test_the_same_key_lives_the_same_life():
    process = Process(DILEMMA + 1, np.array([0] * 5 + [1] * 5), complete(10), mutation=0.1)
    one, again, other = (run(process, key, 500) for key in (3, 3, 4))
    assert np.array_equal(one, again)
    assert not np.array_equal(one, other)
    assert (one.sum(axis=1) == 10).all()
    assert np.abs(np.diff(one, axis=0)).max() <= 1


def test_mutation_brings_kinds_back():
    process = Process(np.ones((3, 3)), np.zeros(6, int), complete(6), mutation=0.5)
    counts = run(process, 1, 2000)
    assert (counts.mean(axis=0) > 1).all()


def test_a_run_nobody_won_counts_for_nobody():
    won = fixation(Process(np.ones((2, 2)), one_invader(50), complete(50)), 1, 20, 1)
    assert won.sum() == 0


@pytest.mark.parametrize(
    ("settings", "problem"),
    [
        ({"mutation": 2}, "mutation 2"),
        ({"selection": -1}, "selection -1"),
        ({"kinds": [0, 1]}, "2 inhabitants"),
        ({"matrix": DILEMMA - 1}, "fitness can fall to -1"),
    ],
)
def test_what_cannot_live_is_refused(settings, problem):
    usual = Process(DILEMMA + 1, one_invader(4), complete(4))
    with pytest.raises(InvalidInput, match=problem):
        replace(usual, **settings)


def test_nobody_wins_for_good_while_there_is_mutation():
    process = Process(DILEMMA + 1, one_invader(4), complete(4), mutation=0.1)
    with pytest.raises(InvalidInput, match=r"mutation 0\.1"):
        fixation(process, 1, 1, 1)


@pytest.mark.parametrize(
    ("kind", "sizes", "degree"),
    [("complete", [5], 4), ("ring", [6], 2), ("lattice", [4, 5], 4), ("lattice_8", [4, 5], 8)],
)
def test_usual_graphs_are_regular(kind, sizes, degree):
    neighbours = Neighbours.of(graph_of(kind, sizes))
    assert neighbours.size == np.prod(sizes)
    assert set(np.diff(neighbours.first)) == {degree}


@pytest.mark.parametrize(
    ("kind", "sizes", "problem"),
    [("cube", [3], "'cube'"), ("ring", [1], "ring needs 1"), ("lattice", [5], "lattice needs 2")],
)
def test_other_graphs_are_refused(kind, sizes, problem):
    assert kind not in KINDS or sizes
    with pytest.raises(InvalidInput, match=problem):
        graph_of(kind, sizes)


def test_nobody_may_be_without_neighbours():
    with pytest.raises(InvalidInput, match="node 2"):
        Neighbours.of(nx.Graph({0: [1], 2: []}))
