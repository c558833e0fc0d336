"""Lenses: the thresholds of rules section 3, as examples and as laws."""

from dataclasses import replace
from fractions import Fraction
from itertools import pairwise, product
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game_rules.errors import InvalidInput
from game_rules.games.corners import Corners, GameClass
from game_rules.games.stage_games import LIBRARY, Action, Bimatrix, Terms, collective
from game_rules.lenses.lensed_games import (
    LensedGame,
    bare_lensed_game,
    lensed_corners,
    lensed_game,
    utilities,
)
from game_rules.lenses.lenses import (
    Lens,
    LensContext,
    LensParameters,
    Regard,
    lens_named,
    liberal,
    realist,
    regard,
    utility,
)
from game_rules.roles import Seat
from tests.game_rules.drawn import corners, games_of
from tests.game_rules.scenes import CHN, JPN, PHL, an_arena

C, D = Action.C, Action.D
shares = st.floats(0, 1)
fractions = st.fractions(-9, 9, max_denominator=20)


def exact_corners() -> st.SearchStrategy[Corners]:
    """Draw corners in fractions, so that laws hold to the last digit."""
    some = fractions.map(lambda x: cast("float", x))
    return st.builds(Corners, some, some, some, some)


def as_regarded(own: Corners, toward: Regard) -> Corners:
    """See a symmetric game through one member's weights."""
    return LensedGame(Bimatrix(own, own), (toward, toward)).corners(0)


def pro_social(q: float | Fraction) -> Regard:
    """Weigh the other's payoff by q, in whatever numbers q is."""
    return Regard(1, (0, cast("float", q)), for_c=0, for_d=0)


def grudging(k: float | Fraction) -> Regard:
    """Weigh relative gains by k, as a realist of two does."""
    return Regard(cast("float", 1 + k), (0, cast("float", -k)), for_c=0, for_d=0)


def a_context(**changes: Any) -> LensContext:
    seats = (CHN, JPN, PHL)
    plain = LensContext(
        power={CHN: 4.0, JPN: 2.0, PHL: 1.0},
        trust={i: {j: 0.5 for j in seats if j != i} for i in seats},
        affinity={CHN: {JPN: -1.0, PHL: 0.5}},
        institutions={"forum": 0.4},
        norms={"forum": 0.25},
        trade={CHN: {JPN: 0.06, PHL: 0.01}},
    )
    return replace(plain, **changes)


FORUM = an_arena(
    "forum",
    (CHN, JPN, PHL),
    collective((4.0, 2.0, 1.0), Terms(b=6, c=2, e=1, g=1, d=1, sigma=0.5)),
)


@given(exact_corners(), st.fractions(0, 5))
def test_a_realist_adds_k_times_t_less_s_to_greed_and_to_fear(own, k):
    seen = as_regarded(own, grudging(k))
    assert seen.greed - own.greed == k * (own.T - own.S)
    assert seen.fear - own.fear == k * (own.T - own.S)


@given(exact_corners(), st.fractions(-2, 2))
def test_a_pro_social_weight_adds_q_s_less_r_to_greed_and_q_p_less_t_to_fear(own, q):
    seen = as_regarded(own, pro_social(q))
    assert seen.greed - own.greed == q * (own.S - own.R)
    assert seen.fear - own.fear == q * (own.P - own.T)


@given(st.fractions(0, 3))
def test_the_stag_hunt_is_a_prisoners_dilemma_to_realists_with_k_above_a_third(k):
    seen = as_regarded(LIBRARY["stag_hunt"].row, grudging(k)).game_class
    is_dilemma = k > Fraction(1, 3)
    assert seen is (GameClass.PRISONERS_DILEMMA if is_dilemma else GameClass.STAG_HUNT)


@given(st.fractions(0, 1))
def test_pro_social_weights_turn_the_dilemma_into_chicken_and_then_harmony(q):
    seen = as_regarded(LIBRARY["prisoners_dilemma"].row, pro_social(q))
    assert (seen.fear > 0) == (q < Fraction(1, 4))
    assert (seen.greed > 0) == (q < Fraction(2, 3))
    if Fraction(1, 4) < q < Fraction(2, 3):
        assert seen.game_class is GameClass.CHICKEN
    if q > Fraction(2, 3):
        assert seen.game_class is GameClass.HARMONY


def test_realists_see_a_dilemma_where_liberals_see_a_stag_hunt():
    seen = {
        lens: bare_lensed_game(lens, LIBRARY["stag_hunt"]).corners(0).game_class for lens in Lens
    }
    assert seen == {
        Lens.REALISM: GameClass.PRISONERS_DILEMMA,
        Lens.LIBERALISM: GameClass.STAG_HUNT,
        Lens.CONSTRUCTIVISM: GameClass.STAG_HUNT,
    }


def relative_push(terms: Terms, size: int, k: float) -> tuple[float, float]:
    """What others' payoffs alone add to a realist's greed and fear, n equal members."""
    game = collective([1.0] * size, terms)
    whole = bare_lensed_game(Lens.REALISM, game, LensParameters(k=k)).corners(0)
    own = game.corners(0)
    return whole.greed - (1 + k) * own.greed, whole.fear - (1 + k) * own.fear


positive = st.floats(0.1, 9)


@given(st.builds(Terms, *[positive] * 5, st.floats(0.01, 0.99)), st.floats(0.05, 2))
def test_relative_gains_push_less_the_more_members_there_are(terms, k):
    """Snidal 1991: each rival's loss weighs 1/(n − 1), and one defection costs it about 1/n."""
    pushes = [relative_push(terms, size, k) for size in range(2, 13)]
    for few, more in pairwise(pushes):
        assert 0 < more[0] < few[0]
        assert 0 < more[1] < few[1]
    assert pushes[-1][0] < pushes[0][0] / 5


@given(st.integers(2, 4).flatmap(games_of), st.data())
def test_a_realists_threats_share_out_k(game, data):
    threats = data.draw(st.lists(shares, min_size=game.size, max_size=game.size))
    toward = realist((0.0, *threats[1:]), 0.5).toward
    assert sum(toward) == pytest.approx(-0.5 if any(threats[1:]) else 0)


def test_nobody_is_grudged_where_nobody_threatens():
    assert realist((0, 0, 0), 0.5).toward == (0.0, 0.0, 0.0)
    trusting = a_context(trust={CHN: {JPN: 1.0, PHL: 1.0}})
    assert regard(Lens.REALISM, FORUM, CHN, trusting) == Regard(1.5, (0.0, 0.0, 0.0))


def test_threat_is_power_times_proximity_times_distrust():
    context = a_context(
        trust={CHN: {JPN: 0.25, PHL: 0.5}},
        proximity={CHN: {JPN: 1.0, PHL: 2.0}},
    )
    seen = regard(Lens.REALISM, FORUM, CHN, context)
    japan, philippines = 2.0 * 1.0 * 0.75, 1.0 * 2.0 * 0.5
    assert seen.own == 1.5
    assert seen.toward == (
        0.0,
        pytest.approx(-0.5 * japan / (japan + philippines)),
        pytest.approx(-0.5 * philippines / (japan + philippines)),
    )


def test_strangers_are_trusted_by_half_and_equally_near():
    seen = regard(Lens.REALISM, FORUM, CHN, a_context(trust={}))
    assert seen.toward == (0.0, pytest.approx(-1 / 3), pytest.approx(-1 / 6))


def test_a_liberal_weighs_trade_and_institutions():
    seen = regard(Lens.LIBERALISM, FORUM, CHN, a_context())
    assert seen == Regard(1.0, (0.0, 0.03, 0.005), for_c=0.4)
    assert regard(Lens.LIBERALISM, FORUM, PHL, a_context()).toward == (0.0, 0.0, 0.0)


def test_a_constructivist_weighs_identity_over_the_others_and_the_norm_both_ways():
    seen = regard(Lens.CONSTRUCTIVISM, FORUM, CHN, a_context())
    assert seen == Regard(1.0, (0.0, -0.25, 0.125), for_c=0.125, for_d=-0.125)


def test_an_arena_without_institution_or_norm_adds_nothing():
    elsewhere = an_arena("elsewhere", (CHN, JPN), LIBRARY["chicken"])
    assert regard(Lens.LIBERALISM, elsewhere, CHN, a_context()).for_c == 0
    assert regard(Lens.CONSTRUCTIVISM, elsewhere, CHN, a_context()).for_d == 0


def test_utility_is_the_formula():
    own = Regard(1.5, (0.0, -0.25, 0.1), for_c=0.4, for_d=-0.2)
    assert utility(own, 0, (4, 2, 10), C) == pytest.approx(6 - 0.5 + 1 + 0.4)
    assert utility(own, 0, (4, 2, 10), D) == pytest.approx(6 - 0.5 + 1 - 0.2)


@given(st.integers(2, 4).flatmap(games_of), st.sampled_from(Lens))
def test_corners_are_the_utilities_at_the_corners(game, lens):
    seen = bare_lensed_game(lens, game)
    others_c, others_d = [C] * (game.size - 1), [D] * (game.size - 1)
    assert seen.corners(0) == Corners(
        T=seen.payoffs((D, *others_c))[0],
        R=seen.payoffs((C, *others_c))[0],
        P=seen.payoffs((D, *others_d))[0],
        S=seen.payoffs((C, *others_d))[0],
    )


@given(st.integers(2, 4).flatmap(games_of))
def test_weights_of_nothing_leave_a_game_as_it_is(game):
    plain = LensedGame(game, tuple(Regard(1.0, (0.0,) * game.size) for _ in range(game.size)))
    for profile in product(Action, repeat=game.size):
        assert plain.payoffs(profile) == game.payoffs(profile)


@given(corners(), st.sampled_from(Lens))
def test_a_lens_never_changes_what_was_paid(own, lens):
    game = Bimatrix(own, own)
    before = game.payoffs((C, D))
    bare_lensed_game(lens, game).payoffs((C, D))
    assert game.payoffs((C, D)) == before


@pytest.mark.parametrize("lens", Lens)
def test_a_resolved_arena_scores_as_the_lensed_game_pays(lens):
    profile = (C, D, C)
    paid = dict(zip(FORUM.members, FORUM.game.payoffs(profile), strict=True))
    actions = dict(zip(FORUM.members, profile, strict=True))
    scored = utilities(lens, FORUM, actions, paid, a_context())
    assert tuple(scored.values()) == lensed_game(lens, FORUM, a_context()).payoffs(profile)


def test_each_seat_has_its_own_corners_through_a_lens():
    seen = {seat: lensed_corners(Lens.REALISM, FORUM, seat, a_context()) for seat in FORUM.members}
    assert len({each.greed for each in seen.values()}) == 3


def test_liberalism_without_trade_or_institution_changes_nothing():
    assert liberal((0.0, 0.0), 0.0, LensParameters()) == Regard(1.0, (0.0, 0.0))


def test_a_lens_is_found_by_its_name():
    assert lens_named("constructivism") is Lens.CONSTRUCTIVISM


def test_an_unknown_lens_is_refused_with_the_ones_there_are():
    with pytest.raises(InvalidInput, match="'marxism' is no lens; known: realism, liberalism"):
        lens_named("marxism")


def test_a_seat_outside_an_arena_has_no_regard_for_it():
    with pytest.raises(ValueError, match="not in tuple"):
        regard(Lens.REALISM, FORUM, Seat("IND"), a_context())
