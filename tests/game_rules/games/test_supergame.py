"""Repetition, linkage and deposits: δ*, the linked example, z*."""

from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from game_rules.games.corners import Corners, GameClass
from game_rules.games.stage_games import LIBRARY
from game_rules.games.supergame import (
    critical_discount,
    critical_escrow,
    linked_discount,
)
from tests.game_rules.drawn import corners

DILEMMA, HUNT = LIBRARY["prisoners_dilemma"].row, LIBRARY["stag_hunt"].row


def worth(stream_start: float, after: float, delta: float) -> float:
    """Add up a payoff now and another for ever after."""
    return stream_start + delta * after / (1 - delta)


def test_the_librarys_dilemma_needs_one_half():
    assert critical_discount(DILEMMA) == 0.5


def test_linkage_to_three_stag_hunts_lowers_delta_from_a_half_to_a_fifth():
    """A breaker still takes only what tempts, and loses in all four (Bernheim & Whinston 1990)."""
    assert linked_discount((DILEMMA,)) == 0.5
    assert linked_discount((DILEMMA, HUNT)) == pytest.approx(1 / 3)
    assert linked_discount((DILEMMA, HUNT, HUNT, HUNT)) == 0.2


def test_a_package_of_dilemma_and_hunt_lowers_delta_from_a_half_to_a_fifth():
    """One decision for both: the corners add up (Oye 1985)."""
    deal = Corners(*(getattr(DILEMMA, x) + getattr(HUNT, x) for x in "TRPS"))
    assert (deal.T, deal.R, deal.P, deal.S) == (8, 7, 3, 0)
    assert deal.game_class is GameClass.PRISONERS_DILEMMA
    assert critical_discount(deal) == 0.2


@given(corners(), st.floats(0.001, 0.999))
def test_cooperation_holds_from_the_critical_discount_on(drawn, delta):
    critical = critical_discount(drawn)
    threat = drawn.P if drawn.fear >= 0 else drawn.S
    loyal, breaking = worth(drawn.R, drawn.R, delta), worth(drawn.T, threat, delta)
    assume(abs(loyal - breaking) > 1e-6)
    if drawn.greed > 0:
        assert (critical is not None and delta >= critical) == (loyal > breaking)
    else:
        assert critical == 0


def that_can_hold(drawn: Corners) -> Corners:
    """Exchange T and R where no patience is enough: without greed, any is."""
    can_hold = critical_discount(drawn) is not None
    return drawn if can_hold else replace(drawn, T=drawn.R, R=drawn.T)


@given(st.lists(corners().map(that_can_hold), min_size=1, max_size=4))
def test_linking_never_asks_for_more_patience_than_the_hardest_arena(arenas):
    alone = [critical_discount(each) for each in arenas]
    linked = linked_discount(arenas)
    assert linked is not None
    assert linked <= max(x for x in alone if x is not None) + 1e-12


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("chicken", 0.5),  # the threat is to hold on: the breaker must yield for good
        ("stag_hunt", 0),
        ("harmony", 0),
        ("deadlock", None),
        ("zero_sum", None),
        ("battle_of_the_sexes", None),
    ],
)
def test_the_other_games_of_the_library(name, expected):
    assert critical_discount(LIBRARY[name].row) == expected


def test_a_harmony_lends_a_link_no_threat():
    assert linked_discount((DILEMMA, LIBRARY["harmony"].row)) == 0.5


def is_c_dominant(drawn: Corners, escrow: float) -> bool:
    """Tell whether C is better whatever the others do, if whoever defects forfeits the escrow."""
    kept = Corners(drawn.T - escrow, drawn.R, drawn.P - escrow, drawn.S)
    return kept.R > kept.T and kept.S > kept.P


@given(corners(), st.floats(0.001, 10))
def test_more_than_z_star_in_escrow_makes_c_dominant(drawn, extra):
    z = critical_escrow(drawn)
    assert is_c_dominant(drawn, z + extra)
    assert z == 0 or not is_c_dominant(drawn, z - extra)


def test_z_star_is_the_larger_of_greed_and_fear():
    assert critical_escrow(Corners(T=5, R=3, P=1, S=0)) == 2
    assert critical_escrow(Corners(T=3, R=4, P=2, S=0)) == 2
    assert critical_escrow(Corners(T=3, R=4, P=1, S=2)) == 0
