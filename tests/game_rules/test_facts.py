"""Facts of the rules that no other file holds: levers, exact pushes, one round of standing, bands.

docs/theory.md lists every numbered fact, threshold and formula with the test that holds it.
"""

from dataclasses import asdict
from fractions import Fraction
from math import prod

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game_rules.bots.bot_match import play_bot_match
from game_rules.games.corners import GameClass
from game_rules.games.stage_games import LIBRARY, Action, Terms, collective, symmetric
from game_rules.lenses.lensed_games import bare_lensed_game
from game_rules.lenses.lenses import Lens
from game_rules.log.evolve import fold
from game_rules.roles import Seat
from game_rules.rulesets.first.aftermath import next_standing
from game_rules.scenario.parameters import LensParameters, StandingParameters
from game_rules.standing.integration import Outlook, index_of
from game_rules.standing.round_effects import RoundEffects
from game_rules.standing.standing import first_standing, trust
from tests.game_rules.regions import a_dyad, a_forum, a_region, after, played, seats, the_index
from tests.game_rules.scenes import CHN, JPN, PHL, QUICK, a_scenario

C, D = Action.C, Action.D
A, B, E = Seat("A"), Seat("B"), Seat("C")

points = st.integers(1, 40).map(lambda quarters: quarters / 4)
terms = st.builds(
    Terms, points, points, points, points, points, st.integers(0, 7).map(lambda x: x / 8)
)


@given(terms, points, st.integers(2, 6), st.sampled_from((0.0, 0.5, 1.0)))
def test_raising_b_and_lowering_g_and_e_are_the_other_levers(own, step, size, theta):
    """Jervis 1978: more to gain together, less to gain or lose alone; rules section 2, fact 3."""

    def corners(**changes):
        return collective([1] * size, Terms(**{**asdict(own), **changes}), theta).corners(0)

    usual = corners()
    assert corners(b=own.b + step).greed < usual.greed
    assert corners(g=own.g - step).greed < usual.greed
    assert corners(e=own.e - step).fear < usual.fear
    assert corners(d=own.d + step).fear < usual.fear
    assert corners(d=own.d + step).greed == usual.greed


@given(terms, st.integers(2, 9), st.integers(1, 8).map(lambda x: x / 4))
def test_others_gains_push_a_realist_by_k_b_over_n_and_e_over_the_rest(own, n, k):
    """Snidal 1991: k(b/n + e/(n − 1)) to greed, k(σb/n + (g + d)/(n − 1)) to fear."""
    game = collective([1] * n, own)
    seen = bare_lensed_game(Lens.REALISM, game, LensParameters(k=k)).corners(0)
    plain = game.corners(0)
    greed = k * (own.b / n + own.e / (n - 1))
    fear = k * (own.sigma * own.b / n + (own.g + own.d) / (n - 1))
    assert seen.greed == pytest.approx((1 + k) * plain.greed + greed)
    assert seen.fear == pytest.approx((1 + k) * plain.fear + fear)


ranked = st.permutations(range(1, 5))


@given(ranked, st.integers(0, 12).map(lambda x: Fraction(x, 4)))
def test_escrow_takes_the_stake_from_greed_and_from_fear(order, z):
    t, r, p, s = order
    usual, staked = symmetric(t, r, p, s).row, symmetric(t - z, r, p - z, s).row
    assert (usual.greed - staked.greed, usual.fear - staked.fear) == (z, z)
    is_dominant = staked.greed < 0 and staked.fear < 0
    assert is_dominant == (z > max(usual.greed, usual.fear))


def test_the_defaults_are_the_numbers_of_the_rules():
    """Rules sections 3 to 5; those that the rules leave open are assumptions and not listed."""
    stated = {
        "trust_memory": 0.9,
        "defection_weight": 2,
        "breach_weight": 2,
        "dependency_memory": 0.8,
        "supplier_share": 0.35,
        "letdown_cost": 2,
        "tension_memory": 0.9,
        "tension_of_defection": 0.10,
        "relief_of_cooperation": 0.12,
        "crisis_tension": 0.8,
        "spiral_rounds": 3,
        "fragmented_share": 0.5,
        "fragmented_rounds": 2,
        "institution_memory": 0.8,
        "affinity_of_mutual": 0.05,
        "affinity_of_betrayal": 0.10,
        "optimistic_index": 65,
        "pessimistic_index": 30,
        "calm_rounds": 2,
    }
    assert stated.items() <= asdict(StandingParameters()).items()


@given(st.lists(st.sampled_from("CD"), min_size=1, max_size=30))
def test_trust_is_alpha_over_alpha_plus_beta(actions):
    """α ← 0.9α + [C], β ← 0.9β + 2·[D], from 1 and 1."""
    region = a_region((a_dyad("pair", A, B),))
    alpha = beta = Fraction(1)
    standing = first_standing(region)
    for action in actions:
        result = played(region.arenas[0], ["C", action])
        standing, _ = next_standing(standing, region, [result])
        alpha = Fraction(9, 10) * alpha + (action == "C")
        beta = Fraction(9, 10) * beta + 2 * (action == "D")
    assert trust(standing, A, B) == pytest.approx(float(alpha / (alpha + beta)))


profiles = st.lists(st.sampled_from("CD"), min_size=3, max_size=3).map("".join)


@given(st.lists(profiles, min_size=1, max_size=20), st.sampled_from((0.0, 0.05, 0.2)))
def test_tension_is_nine_tenths_plus_defections_and_blocs_less_relief(rounds, exclusive):
    """T ← 0.9T + 0.10·(mean defections) + exclusivity × X of a bloc of one − 0.12 if they kept."""
    bloc = a_forum("bloc", (A, E), exclusive=exclusive)
    region = a_region((a_dyad("pair", A, B), bloc), rivals=((A, B),))
    tension = Fraction(3, 10)
    standing = first_standing(region)
    for first, second, third in rounds:
        results = [played(region.arenas[0], (first, second)), played(bloc, (first, third))]
        standing, _ = next_standing(standing, region, results)
        defections = (first, second).count("D")
        share = Fraction((first, third).count("C"), 2)
        tension = Fraction(9, 10) * tension + Fraction(1, 10) * Fraction(defections, 2)
        tension += Fraction(str(exclusive)) * share - Fraction(12, 100) * (defections == 0)
        tension = min(Fraction(1), max(Fraction(0), tension))
    assert standing.rivals[0].tension == pytest.approx(float(tension))


@given(st.lists(profiles, min_size=1, max_size=20), st.tuples(*[st.integers(1, 9)] * 3))
def test_dependency_is_four_fifths_plus_a_fifth_of_what_others_made(rounds, weights):
    """s_ij ← 0.8 s_ij + 0.2·(share of i's benefits that j's contribution made); Hirschman 1945."""
    forum = a_forum("forum", (A, B, E), weights=weights)
    region = a_region((forum,))
    owed = {other: Fraction(0) for other in (B, E)}
    standing = first_standing(region)
    for profile in rounds:
        standing, _ = next_standing(standing, region, [played(forum, profile)])
        given_by = dict(zip((A, B, E), zip(weights, profile, strict=True), strict=True))
        made = sum(weight for weight, action in given_by.values() if action == "C")
        for other, before in owed.items():
            weight, action = given_by[other]
            share = Fraction(weight, made) if action == "C" else Fraction(0)
            owed[other] = Fraction(4, 5) * before + Fraction(1, 5) * share
    row = standing.dependency.get(A, {})
    assert {other: row.get(other, 0.0) for other in owed} == pytest.approx(
        {other: float(share) for other, share in owed.items()}
    )


@given(st.tuples(*[st.floats(0.001, 1)] * 5))
def test_the_index_is_a_hundred_times_the_geometric_mean(parts):
    assert index_of(parts) == pytest.approx(100 * prod(parts) ** 0.2)


@pytest.mark.parametrize(
    ("optimistic", "pessimistic", "outlook"),
    [(0, -1, "optimistic"), (1, -1, "contested"), (0, 0, "pessimistic"), (1, 1, "pessimistic")],
)
def test_bands_hold_at_their_ends(optimistic, pessimistic, outlook):
    """Optimistic from 65 on, pessimistic up to 31: both ends belong to the band."""
    region = a_region((a_dyad("pair", A, B),), rivals=((A, B),))
    index = the_index(after(region, "C", rounds=2)[0]).index
    bands = StandingParameters(
        optimistic_index=index + optimistic, pessimistic_index=index + pessimistic
    )
    standing, _ = after(region, "C", rounds=2, parameters=bands)
    assert the_index(standing).outlook is Outlook(outlook)


@given(st.integers(1, 10))
def test_institutions_move_a_fifth_of_the_way_to_who_funds_them(rounds):
    """I ← 0.8 I + 0.2·(share of members that fund it), from 0.3 (an assumption)."""
    four = seats(4)
    region = a_region((a_forum("forum", four),))
    funded = RoundEffects(funders={"forum": four[:3]})
    standing, _ = after(region, "D", rounds=rounds, effects=funded)
    expected = Fraction(3, 4) + Fraction(4, 5) ** rounds * (Fraction(3, 10) - Fraction(3, 4))
    assert standing.institutions["forum"] == pytest.approx(float(expected))


def test_a_branch_draws_the_random_numbers_of_its_trunk():
    """Chance is a hash of seed, round, arena, observer and observed: no order moves it."""
    fog = {"seconds": QUICK, "rounds": 20, "monitoring": 0.7, "rivals": ()}
    trunk, branch = (
        fold(play_bot_match(a_scenario(**fog), dict.fromkeys((CHN, JPN, PHL), bot), "7"))
        for bot in ("cooperator", "defector")
    )

    def mistaken(position):
        return [
            {
                (sighting.observer, sighting.result.arena, seat)
                for sighting in each.sightings
                for result in each.results
                if result.arena == sighting.result.arena
                for seat, action in result.actions.items()
                if sighting.result.actions[seat] is not action
            }
            for each in position.history
        ]

    assert mistaken(trunk) == mistaken(branch)
    assert any(mistaken(trunk))


@pytest.mark.parametrize(
    ("name", "family"),
    [
        ("zero_sum", GameClass.CONSTANT_SUM),
        ("harmony", GameClass.HARMONY),
        ("prisoners_dilemma", GameClass.PRISONERS_DILEMMA),
        ("stag_hunt", GameClass.STAG_HUNT),
        ("chicken", GameClass.CHICKEN),
        ("battle_of_the_sexes", GameClass.BATTLE_OF_THE_SEXES),
        ("deadlock", GameClass.DEADLOCK),
    ],
)
def test_through_every_lens_of_no_strength_a_game_keeps_its_class(name, family):
    none = LensParameters(k=0, lam=0, beta=0, alpha=0, nu=0)
    for lens in Lens:
        assert bare_lensed_game(lens, LIBRARY[name], none).corners(0).game_class is family
