"""Levers: each change does what it says, a smaller one does not, and no other way is shorter."""

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from game_rules.advice.levers import Lever, levers
from game_rules.games.corners import Corners, GameClass
from game_rules.games.stage_games import LIBRARY, Bimatrix, Collective, Terms, collective, symmetric
from game_rules.lenses.lensed_games import bare_lensed_game
from game_rules.lenses.lenses import Lens

tenths = st.integers(0, 60).map(lambda x: x / 10)
terms = st.builds(Terms, *[tenths] * 5, st.integers(0, 10).map(lambda x: x / 10))
arenas = st.builds(
    collective,
    st.lists(st.integers(1, 9), min_size=2, max_size=5),
    terms,
    st.sampled_from((0.0, 0.3, 0.5, 0.7, 1.0)),
)
quarters = st.integers(-20, 20).map(lambda x: x / 4)
bimatrices = st.builds(
    Bimatrix,
    st.builds(Corners, quarters, quarters, quarters, quarters),
    st.builds(Corners, *[quarters] * 4),
)
TINY = 1e-6


def changed(game: Bimatrix | Collective, member: int, parameter: str, value: float) -> GameClass:
    """Set a parameter, in the plainest way, and look at the class."""
    if isinstance(game, Bimatrix):
        side = "row" if member == 0 else "column"
        moved = replace(getattr(game, side), **{parameter: value})
        return replace(game, **{side: moved}).corners(member).game_class
    if parameter == "theta":
        return replace(game, theta=value).corners(member).game_class
    own = list(game.terms)
    own[member] = replace(own[member], **{parameter: value})
    return replace(game, terms=tuple(own)).corners(member).game_class


def holds(game: Bimatrix | Collective, member: int, lever: Lever) -> bool:
    """Tell whether a step beyond the change reaches the class, and a step short of it does not."""
    start = game.corners(member).game_class
    way = 1 if lever.is_up else -1
    past, short = (
        changed(game, member, lever.parameter, lever.now + lever.change + way * step)
        for step in (TINY, -TINY)
    )
    is_short_enough = lever.change == 0 or short is start
    return lever.game_class is past is not start and is_short_enough


@given(bimatrices, st.integers(0, 1))
def test_a_payoff_moved_as_far_as_the_lever_says_changes_the_class(game, member):
    assert all(holds(game, member, lever) for lever in levers(game, member))


@given(arenas, st.data())
def test_a_term_moved_as_far_as_the_lever_says_changes_the_class(game, data):
    member = data.draw(st.integers(0, game.size - 1))
    corners = game.corners(member)
    near = (corners.greed, corners.fear, corners.R - corners.P, corners.R - corners.S)
    assume(all(abs(x) > 1e-3 for x in near))
    for lever in levers(game, member):
        if lever.parameter == "theta" or lever.now + lever.change < TINY:
            continue
        assert holds(game, member, lever)


@given(arenas, st.data())
def test_no_smaller_change_of_a_parameter_does_it(game, data):
    member = data.draw(st.integers(0, game.size - 1))
    start = game.corners(member).game_class
    found = {lever.parameter: lever for lever in levers(game, member)}
    for parameter in ("b", "c", "e", "g", "d", "sigma"):
        now = getattr(game.terms[member], parameter)
        reach = abs(found[parameter].change) if parameter in found else 10.0
        top = 1.0 if parameter == "sigma" else now + reach
        for part in (0.1, 0.5, 0.9, 0.999):
            for value in (now - part * reach, now + part * reach):
                if 0 <= value <= top:
                    assert changed(game, member, parameter, value) is start


@given(arenas, st.data())
def test_no_smaller_change_of_theta_does_it(game, data):
    member = data.draw(st.integers(0, game.size - 1))
    start = game.corners(member).game_class
    lever = next((x for x in levers(game, member) if x.parameter == "theta"), None)
    reach = 1.0 if lever is None else abs(lever.change)
    for part in (0.1, 0.5, 0.9, 0.999):
        for value in (game.theta - part * reach, game.theta + part * reach):
            if 0 <= value <= 1:
                assert changed(game, member, "theta", value) is start
    if lever is not None:
        step = TINY if lever.is_beyond else 0
        assert changed(game, member, "theta", lever.now + lever.change + step) is lever.game_class


def test_the_best_lever_moves_a_payoff_least():
    for name, game in LIBRARY.items():
        shifts = [lever.shift for lever in levers(game, 0)]
        assert all(a <= b for a, b in pairwise(shifts)), name


def test_a_dilemma_turns_to_chicken_as_hostility_costs_more():
    best = levers(LIBRARY["prisoners_dilemma"], 0)[0]
    assert best == Lever("P", 1, -1.0, True, False, 1.0, GameClass.CHICKEN)


def test_raising_d_alone_turns_a_dilemma_into_chicken():
    """Fact 3 of rules section 2: nuclear weapons (Jervis 1978)."""
    game = collective([1, 1], Terms(b=5, c=2, e=3, g=5, d=1, sigma=0.5), theta=1.0)
    assert game.corners(0).game_class is GameClass.PRISONERS_DILEMMA
    hostility = next(lever for lever in levers(game, 0) if lever.parameter == "d")
    assert hostility.game_class is GameClass.CHICKEN
    assert hostility.change == pytest.approx(4.0)


def test_a_boundary_that_the_class_includes_need_only_be_reached():
    found = {lever.parameter: lever for lever in levers(LIBRARY["stag_hunt"], 0)}
    assert (found["T"].change, found["T"].is_beyond) == (1.0, True)
    found = {lever.parameter: lever for lever in levers(LIBRARY["battle_of_the_sexes"], 0)}
    assert (found["R"].change, found["R"].is_beyond) == (2.0, False)
    assert found["R"].game_class is GameClass.CHICKEN


def test_on_a_knife_edge_any_change_does():
    edge = levers(LIBRARY["zero_sum"], 0)[0]
    assert (edge.change, edge.is_beyond) == (0.0, True)


def test_of_two_ways_to_move_theta_the_nearer_is_told():
    game = collective([1, 3], Terms(b=0.4, c=0.1, e=0, g=0.2, d=0, sigma=0.4), theta=0.7)
    threshold = next(lever for lever in levers(game, 0) if lever.parameter == "theta")
    assert (threshold.change, threshold.is_beyond) == (pytest.approx(0.05), True)
    assert threshold.game_class is GameClass.STAG_HUNT


def test_boundaries_that_coincide_are_passed_together():
    """At b = 0.3 greed, fear and R − P all vanish: what lies beyond is Harmony."""
    game = collective([1, 2], Terms(b=0.2, c=0.2, e=0.1, g=0.1, d=0.1, sigma=0))
    benefit = next(lever for lever in levers(game, 1) if lever.parameter == "b")
    assert benefit.change == pytest.approx(0.1)
    assert benefit.game_class is changed(game, 1, "b", 0.3 + TINY)


@given(arenas, st.data())
def test_no_term_is_taken_below_nothing_and_no_share_above_one(game, data):
    for lever in levers(game, data.draw(st.integers(0, game.size - 1))):
        reached = lever.now + lever.change
        assert reached >= -TINY
        assert lever.parameter not in ("sigma", "theta") or reached <= 1 + TINY


def test_a_term_may_be_taken_to_nothing():
    game = collective([1, 1], Terms(b=4, c=1, e=2, g=4, d=4, sigma=0), theta=1.0)
    assert game.corners(0).game_class is GameClass.CHICKEN
    exposure = next(lever for lever in levers(game, 0) if lever.parameter == "d")
    assert exposure.change == pytest.approx(-1.0)
    cost = collective([1, 1], Terms(b=3, c=1, e=0, g=3, d=0, sigma=0), theta=1.0)
    reduced = next(lever for lever in levers(cost, 0) if lever.parameter == "c")
    assert (reduced.change, reduced.game_class) == (-1.0, GameClass.INDIFFERENCE)


def test_a_negative_term_may_fall_further():
    game = collective([1, 1], Terms(b=6, c=1, e=1, g=-1, d=3, sigma=0.5))
    found = {lever.parameter: lever for lever in levers(game, 0)}
    assert found["g"].change > 0


def test_through_a_lens_the_material_terms_are_moved():
    lensed = bare_lensed_game(Lens.REALISM, LIBRARY["stag_hunt"])
    best = levers(lensed, 1)[0]
    assert lensed.corners(1).game_class is GameClass.PRISONERS_DILEMMA
    moved = symmetric(3, 4, 2, 0)
    moved = Bimatrix(
        moved.row, replace(moved.column, **{best.parameter: best.now + 1.01 * best.change})
    )
    seen = bare_lensed_game(Lens.REALISM, moved).corners(1)
    assert seen.game_class is best.game_class is not GameClass.PRISONERS_DILEMMA


def test_through_a_lens_theta_can_be_moved_too():
    arena = collective([1, 1, 1], Terms(b=9, c=1, e=0, g=1, d=0, sigma=0.1), theta=0.9)
    lensed = bare_lensed_game(Lens.LIBERALISM, arena)
    assert "theta" in {lever.parameter for lever in levers(lensed, 0)}


class Toy:
    """A game that only looks like one."""

    size = 2

    def payoffs(self, profile):
        return (0.0, 0.0)

    def corners(self, member):
        return Corners(5, 3, 1, 0)


def test_a_game_of_an_unknown_kind_has_no_levers():
    with pytest.raises(TypeError, match="Toy has no parameters to vary"):
        levers(Toy(), 0)
