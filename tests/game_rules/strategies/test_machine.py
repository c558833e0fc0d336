"""Machines: one table, folded over a history or tossed through by a coin."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game_rules.errors import InvalidInput
from game_rules.games.corners import Corners
from game_rules.games.stage_games import C, D
from game_rules.strategies import Conditions, strategy
from game_rules.strategies.kit.draws import GAMMA, draw, mix, seat_key
from game_rules.strategies.kit.machine import Machine, cycle, memory_one
from game_rules.strategies.kit.play import next_action

STANDARD = Corners(T=5, R=3, P=1, S=0)
ACTIONS = st.sampled_from((C, D))
PASTS = st.lists(st.tuples(ACTIONS, ACTIONS), max_size=30)


def conditions(luck: float = 0.5, corners: Corners = STANDARD) -> Conditions:
    return Conditions(corners, None, lambda turn, nth=0: luck)


@given(PASTS)
def test_a_memory_one_machine_looks_at_the_last_outcome_alone(past):
    chances = {(C, C): 0.9, (C, D): 0.1, (D, C): 0.6, (D, D): 0.4}
    machine = memory_one(1, *chances.values())
    action = next_action(machine.play(conditions(0.5)), past)
    assert action is (C if not past or chances[past[-1]] > 0.5 else D)


@given(st.integers(0, 40))
def test_a_cycle_repeats_whatever_happens(rounds):
    action = next_action(cycle("CCDD").play(conditions()), [(D, D)] * rounds)
    assert action is (C, C, D, D)[rounds % 4]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("random", (0.5, 0.5, 0.5, 0.5)),
        ("gtft", (1, 1 / 3, 1, 1 / 3)),
        ("firm_but_fair", (1, 0, 1, 2 / 3)),
        ("stochastic_wsls", (0.95, 0.05, 0.05, 0.95)),
        ("first_by_grofman", (1, 2 / 7, 2 / 7, 1)),
        ("zd_extort_2", (8 / 9, 1 / 2, 1 / 3, 0)),
        ("zd_extort_3", (11 / 13, 1 / 2, 7 / 26, 0)),
        ("zd_gtft_2", (1, 1 / 8, 1, 1 / 4)),
        ("zd_set_2", (3 / 4, 1 / 4, 1 / 2, 1 / 4)),
    ],
)
def test_memory_one_strategies_have_the_chances_of_the_literature(name, expected):
    """Press & Dyson 2012 (Extort 3), Stewart & Plotkin 2012 (Extort 2, ZDGTFT 2)."""
    table = strategy(name).table
    assert table is not None
    machine = table(STANDARD)
    outcomes = ((C, C), (C, D), (D, C), (D, D))
    assert [chance_after(machine, outcome) for outcome in outcomes] == pytest.approx(expected)


def chance_after(machine: Machine, outcome) -> float:
    """The chance to cooperate after an outcome, read from the table."""
    own, other = outcome
    state = machine.after[machine.start][2 * (own is D) + (other is D)]
    heads, (on_heads, on_tails) = machine.heads[state], machine.actions[state]
    return heads * (on_heads is C) + (1 - heads) * (on_tails is C)


def test_a_game_that_allows_no_such_line_gets_the_standard_one():
    table = strategy("zd_extort_2").table
    assert table is not None
    deadlock, zero_sum = Corners(T=4, R=2, P=3, S=1), Corners(T=2, R=0, P=0, S=-2)
    assert table(deadlock) == table(STANDARD)
    assert table(zero_sum) != table(STANDARD)


@pytest.mark.parametrize(
    ("machine", "problem"),
    [
        (lambda: Machine(0, (1.5,), ((C, C),), ((0,) * 8,)), "chance 1.5"),
        (lambda: Machine(0, (1.0,), ((C, C),), ((0,) * 7,)), "7 moves"),
        (lambda: Machine(0, (1.0,), ((C, C),), ((1,) * 8,)), "state 1"),
        (lambda: Machine(2, (1.0,), ((C, C),), ((0,) * 8,)), "state 2"),
        (lambda: Machine(0, (1.0, 1.0), ((C, C),), ((0,) * 8,)), "two actions"),
    ],
)
def test_a_malformed_machine_is_refused(machine, problem):
    with pytest.raises(InvalidInput, match=problem):
        machine()


def test_words_are_those_of_splitmix64():
    """The first outputs of the reference generator for seed 1234567."""
    words = [mix((1234567 + GAMMA * turn) % 2**64) for turn in range(1, 6)]
    assert words == [
        6457827717110365317,
        3203168211198807973,
        9817491932198370423,
        4593380528125082431,
        16408922859458223821,
    ]


@given(st.integers(0, 2**64 - 1), st.integers(1, 10**6), st.integers(0, 9))
def test_draws_are_numbers_from_zero_to_one(key, turn, nth):
    assert 0 <= draw(key, turn, nth) < 1


def test_draws_are_spread_evenly():
    key = seat_key("7", "JPN", "forum")
    draws = [draw(key, turn) for turn in range(1, 10_001)]
    assert sum(draws) / len(draws) == pytest.approx(0.5, abs=0.01)
    tenths = [
        sum(tenth / 10 <= number < (tenth + 1) / 10 for number in draws) for tenth in range(10)
    ]
    assert min(tenths) > 900
    assert max(tenths) < 1100
