"""Stage games: the library, the classes, and the four facts of the rules on random arenas.

The facts are held against an oracle in exact fractions, written from the rules and not from the
engine.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from game_rules.errors import InvalidInput
from game_rules.games.corners import Corners, GameClass
from game_rules.games.stage_games import (
    LIBRARY,
    Action,
    Bimatrix,
    ProfileShapeError,
    Terms,
    collective,
    payoffs,
    symmetric,
)

C, D = Action.C, Action.D
NEAR = 1e-9


@dataclass(frozen=True)
class ExactArena:
    """A collective arena in fractions: the formulas of the rules, letter by letter."""

    weights: tuple[Fraction, ...]
    terms: tuple[dict[str, Fraction], ...]
    theta: Fraction

    @property
    def size(self) -> int:
        return len(self.weights)

    def game(self):
        """The same arena as the engine has it."""
        floats = [Terms(**{name: float(x) for name, x in own.items()}) for own in self.terms]
        return collective([float(w) for w in self.weights], floats, float(self.theta))

    def payoff(self, member: int, profile: tuple[Action, ...]) -> Fraction:
        own = self.terms[member]
        cooperating = sum(
            (w for w, a in zip(self.weights, profile, strict=True) if a is C), Fraction()
        )
        produced = cooperating if cooperating >= self.theta else Fraction()
        others = cooperating - (self.weights[member] if profile[member] is C else 0)
        f = others / (1 - self.weights[member])
        if profile[member] is C:
            return own["b"] * produced - own["c"] - own["e"] * (1 - f)
        return own["sigma"] * own["b"] * produced + own["g"] * f - own["d"] * (1 - f)

    def corner(self, member: int, own: Action, others: Action) -> Fraction:
        profile = [others] * self.size
        profile[member] = own
        return self.payoff(member, tuple(profile))

    def greed(self, member: int) -> Fraction:
        return self.corner(member, D, C) - self.corner(member, C, C)

    def fear(self, member: int) -> Fraction:
        return self.corner(member, D, D) - self.corner(member, C, D)

    def gain(self, member: int, profile: tuple[Action, ...]) -> Fraction:
        """What a member gains by C over D, the others standing."""
        return self.payoff(member, _with(profile, member, C)) - self.payoff(
            member, _with(profile, member, D)
        )

    def is_equilibrium(self, profile: tuple[Action, ...]) -> bool:
        signs = [1 if action is C else -1 for action in profile]
        return all(sign * self.gain(i, profile) >= 0 for i, sign in enumerate(signs))

    def faith(self, member: int, profile: tuple[Action, ...]) -> Fraction:
        others = [
            w
            for i, (w, a) in enumerate(zip(self.weights, profile, strict=True))
            if a is C and i != member
        ]
        return sum(others, Fraction()) / (1 - self.weights[member])


def _with(profile: tuple[Action, ...], member: int, action: Action) -> tuple[Action, ...]:
    return (*profile[:member], action, *profile[member + 1 :])


def profiles(size: int):
    """Every profile of an arena."""
    return product((C, D), repeat=size)


def near(found: Sequence[float], exact: Sequence[float]) -> bool:
    """Tell whether floats are right but for rounding."""
    return all(abs(x - y) <= NEAR for x, y in zip(found, exact, strict=True))


_member = st.binary(min_size=7, max_size=7)
_members = st.lists(_member, min_size=2, max_size=5)
_thetas = st.integers(0, 20)
arenas = st.builds(lambda members, theta: _arena(members, Fraction(theta, 20)), _members, _thetas)


def _arena(members: list[bytes], theta: Fraction) -> ExactArena:
    """Seven bytes a member: its raw weight, five terms in quarters of a point, and sigma."""
    raw = [1 + member[0] % 100 for member in members]
    return ExactArena(
        weights=tuple(Fraction(weight, sum(raw)) for weight in raw),
        terms=tuple(_terms(member) for member in members),
        theta=theta,
    )


def _terms(member: bytes) -> dict[str, Fraction]:
    points = {name: Fraction(byte % 41, 4) for name, byte in zip("bcegd", member[1:6], strict=True)}
    return {**points, "sigma": Fraction(member[6] % 9, 8)}


def alike(arena: ExactArena) -> ExactArena:
    """The same arena with the first member's terms for all."""
    return replace(arena, terms=arena.terms[:1] * arena.size)


def the_engine_pays_what_the_formulas_say(arena: ExactArena) -> None:
    game = arena.game()
    for profile in profiles(arena.size):
        exact = [float(arena.payoff(i, profile)) for i in range(arena.size)]
        assert near(payoffs(game, profile), exact)


def greed_and_fear_are_what_the_formulas_say(arena: ExactArena) -> None:
    game = arena.game()
    for member in range(arena.size):
        corners = game.corners(member)
        exact = (float(arena.greed(member)), float(arena.fear(member)))
        assert near((corners.greed, corners.fear), exact)


def all_cooperate_is_an_equilibrium_iff_nobody_is_greedy(arena: ExactArena) -> None:
    """Fact 1, first half; Jervis 1978."""
    game = arena.game()
    is_stable = arena.is_equilibrium((C,) * arena.size)
    assert is_stable == all(arena.greed(i) <= 0 for i in range(arena.size))
    assert is_stable == all(game.corners(i).greed <= NEAR for i in range(arena.size))


def all_defect_is_an_equilibrium_iff_everybody_fears(arena: ExactArena) -> None:
    """Fact 1, second half; Jervis 1978."""
    game = arena.game()
    is_stable = arena.is_equilibrium((D,) * arena.size)
    assert is_stable == all(arena.fear(i) >= 0 for i in range(arena.size))
    assert is_stable == all(game.corners(i).fear >= -NEAR for i in range(arena.size))


def without_a_threshold_the_gain_from_cooperating_is_affine_in_faith(arena: ExactArena) -> None:
    """Fact 2: from minus fear, when none cooperates, to minus greed, when all do."""
    arena = replace(arena, theta=Fraction())
    game, member = arena.game(), 0
    greed, fear = arena.greed(member), arena.fear(member)
    for others in profiles(arena.size - 1):
        cooperating, defecting = (C, *others), (D, *others)
        line = -fear + arena.faith(member, cooperating) * (fear - greed)
        assert arena.gain(member, cooperating) == line
        gain = game.payoffs(cooperating)[member] - game.payoffs(defecting)[member]
        assert near((gain,), (float(line),))


def a_stag_hunter_cooperates_iff_its_faith_reaches_the_tipping_point(arena: ExactArena) -> None:
    """Fact 2: f* = F / (F − G)."""
    arena = replace(arena, theta=Fraction())
    tipping = arena.game().corners(0).tipping_point
    if tipping is None:
        return
    for others in profiles(arena.size - 1):
        faith = float(arena.faith(0, (C, *others)))
        if abs(faith - tipping) > NEAR:
            assert (arena.gain(0, (C, *others)) >= 0) == (faith > tipping)


def where_everyone_is_needed_greed_and_fear_have_short_forms(arena: ExactArena) -> None:
    """Fact 3: G = g − (b − c), F = (c + e) − d."""
    arena = replace(arena, theta=Fraction(1))
    game = arena.game()
    for member, own in enumerate(arena.terms):
        corners = game.corners(member)
        greed, fear = own["g"] - (own["b"] - own["c"]), own["c"] + own["e"] - own["d"]
        assert (arena.greed(member), arena.fear(member)) == (greed, fear)
        assert near((corners.greed, corners.fear), (float(greed), float(fear)))


def raising_hostility_alone_turns_a_dilemma_into_chicken(arena: ExactArena) -> None:
    """Fact 3: what nuclear weapons do; Jervis 1978."""
    arena = replace(alike(arena), theta=Fraction(1))
    if arena.game().corners(0).game_class is not GameClass.PRISONERS_DILEMMA:
        return
    own = arena.terms[0]
    hostile = {**own, "d": own["c"] + own["e"] + Fraction(1, 4)}
    worse = replace(arena, terms=(hostile,) * arena.size)
    assert worse.game().corners(0).game_class is GameClass.CHICKEN


def without_a_threshold_greed_and_fear_fall_as_weight_grows(arena: ExactArena) -> None:
    """Fact 4: the strong pay, the small ride free; Olson & Zeckhauser 1966."""
    arena = replace(alike(arena), theta=Fraction())
    game, own = arena.game(), arena.terms[0]
    lighter_first = sorted(range(arena.size), key=lambda i: arena.weights[i])
    for light, heavy in pairwise(lighter_first):
        assert game.corners(light).greed >= game.corners(heavy).greed - NEAR
        assert game.corners(light).fear >= game.corners(heavy).fear - NEAR
        is_heavier = arena.weights[heavy] > arena.weights[light]
        if is_heavier and own["b"] > 0:
            assert arena.fear(light) > arena.fear(heavy)
        if is_heavier and own["b"] * own["sigma"] > 0:
            assert arena.greed(light) > arena.greed(heavy)


def corners_are_to_the_last_digit_what_the_profiles_pay(arena: ExactArena) -> None:
    game, size = arena.game(), arena.size
    for i in range(size):
        alone = [tuple(one if x == i else other for x in range(size)) for one, other in ENDS]
        paid = [game.payoffs(profile)[i] for profile in alone]
        assert [getattr(game.corners(i), letter) for letter in "TRPS"] == paid


ENDS = ((D, C), (C, C), (D, D), (C, D))


def payoffs_do_not_depend_on_seat_labels(arena: ExactArena) -> None:
    relabelled = ExactArena(arena.weights[::-1], arena.terms[::-1], arena.theta)
    game, mirrored = arena.game(), relabelled.game()
    for profile in profiles(arena.size):
        assert near(game.payoffs(profile)[::-1], mirrored.payoffs(profile[::-1]))


def only_the_ratio_of_raw_weights_counts(arena: ExactArena) -> None:
    raw = [float(1000 * weight) for weight in arena.weights]
    terms = Terms(b=1, c=1, e=1, g=1, d=1, sigma=0.5)
    game = collective(raw, terms)
    assert near(game.weights, [float(weight) for weight in arena.weights])
    assert [game.weight(i) for i in range(game.size)] == list(game.weights)


LAWS = [
    the_engine_pays_what_the_formulas_say,
    greed_and_fear_are_what_the_formulas_say,
    all_cooperate_is_an_equilibrium_iff_nobody_is_greedy,
    all_defect_is_an_equilibrium_iff_everybody_fears,
    without_a_threshold_the_gain_from_cooperating_is_affine_in_faith,
    a_stag_hunter_cooperates_iff_its_faith_reaches_the_tipping_point,
    where_everyone_is_needed_greed_and_fear_have_short_forms,
    raising_hostility_alone_turns_a_dilemma_into_chicken,
    without_a_threshold_greed_and_fear_fall_as_weight_grows,
    corners_are_to_the_last_digit_what_the_profiles_pay,
    payoffs_do_not_depend_on_seat_labels,
    only_the_ratio_of_raw_weights_counts,
]


@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.__name__)
@given(arenas)
def test_law_of_arenas(law, arena):
    law(arena)


@pytest.mark.slow
@settings(max_examples=1000)
@given(arenas)
def test_every_law_holds_of_a_thousand_arenas(arena):
    for law in LAWS:
        law(arena)


CLASSES = {
    "zero_sum": GameClass.CONSTANT_SUM,
    "harmony": GameClass.HARMONY,
    "prisoners_dilemma": GameClass.PRISONERS_DILEMMA,
    "stag_hunt": GameClass.STAG_HUNT,
    "chicken": GameClass.CHICKEN,
    "battle_of_the_sexes": GameClass.BATTLE_OF_THE_SEXES,
    "deadlock": GameClass.DEADLOCK,
}
EQUILIBRIA = {
    GameClass.PRISONERS_DILEMMA: {(D, D)},
    GameClass.DEADLOCK: {(D, D)},
    GameClass.CONSTANT_SUM: {(D, D)},
    GameClass.WEAK_DEADLOCK: {(D, D)},  # where R = P is the only tie
    GameClass.STAG_HUNT: {(C, C), (D, D)},
    GameClass.CHICKEN: {(C, D), (D, C)},
    GameClass.BATTLE_OF_THE_SEXES: {(C, D), (D, C)},
    GameClass.HARMONY: {(C, C)},
}


def test_the_library_holds_the_papers_seven_games():
    assert set(CLASSES) <= set(LIBRARY)


@pytest.mark.parametrize("name", CLASSES)
def test_library_games_have_their_class(name):
    game = LIBRARY[name]
    assert [game.corners(i).game_class for i in (0, 1)] == [CLASSES[name]] * 2
    assert game.size == 2
    assert game.weight(0) == game.weight(1) == 0.5


@pytest.mark.parametrize("name", CLASSES)
def test_library_games_have_the_equilibria_of_their_class(name):
    assert pure_equilibria(LIBRARY[name]) == EQUILIBRIA[CLASSES[name]]


def pure_equilibria(game: Bimatrix) -> set[tuple[Action, Action]]:
    return {(a, b) for a, b in product((C, D), repeat=2) if is_stable(game, a, b)}


def is_stable(game: Bimatrix, a: Action, b: Action) -> bool:
    here = game.payoffs((a, b))
    is_best_for_row = here[0] >= game.payoffs((a.other, b))[0]
    return is_best_for_row and here[1] >= game.payoffs((a, b.other))[1]


def test_every_strict_symmetric_game_has_the_equilibria_of_its_class():
    for t, r, p, s in product(range(4), repeat=4):
        game = symmetric(t, r, p, s)
        corners = game.corners(0)
        if corners.greed != 0 and corners.fear != 0:
            assert pure_equilibria(game) == EQUILIBRIA[corners.game_class]


BOUNDARIES = [
    ((5, 3, 1, 0), GameClass.PRISONERS_DILEMMA),
    ((4, 2, 2, 0), GameClass.CONSTANT_SUM),
    ((4, 2, 2, 1), GameClass.WEAK_DEADLOCK),  # R = P, and the sums differ
    ((4, 2, 3, 1), GameClass.DEADLOCK),
    ((3, 3, 1, 0), GameClass.WEAK_DILEMMA),  # no greed, fear
    ((5, 3, 0, 0), GameClass.WEAK_DILEMMA),  # greed, no fear
    ((5, 3, 4, 4), GameClass.WEAK_DEADLOCK),
    ((2, 3, 0, 0), GameClass.WEAK_HARMONY),  # no fear, shuns greed
    ((3, 3, 0, 1), GameClass.WEAK_HARMONY),  # no greed, welcomes exposure
    ((1, 1, 0, 2), GameClass.WEAK_HARMONY),
    ((1, 1, 1, 1), GameClass.INDIFFERENCE),
    ((3, 3, 0, 0), GameClass.INDIFFERENCE),
    ((5, 1, 0, 1), GameClass.CHICKEN),  # R = S
    ((5, 1, 0, 2), GameClass.BATTLE_OF_THE_SEXES),
    ((3, 4, 1, 2), GameClass.HARMONY),
    ((0.3, 0.1, 0.1, 0), GameClass.WEAK_DEADLOCK),
    ((0.3, 0.1, 0.1, -0.1), GameClass.CONSTANT_SUM),
]


@pytest.mark.parametrize(("corners", "expected"), BOUNDARIES)
def test_classes_meet_at_the_boundaries_of_the_rules(corners, expected):
    assert Corners(*map(float, corners)).game_class is expected


def test_only_a_stag_hunt_has_a_tipping_point():
    assert symmetric(3, 4, 2, 0).corners(0).tipping_point == pytest.approx(2 / 3)
    assert symmetric(5, 3, 1, 0).corners(0).tipping_point is None
    assert symmetric(1, 1, 1, 1).corners(0).tipping_point is None


def test_each_side_of_a_bimatrix_has_its_own_corners():
    game = Bimatrix(Corners(T=4, R=3, P=2, S=1), Corners(T=40, R=30, P=20, S=10))
    assert game.payoffs((C, C)) == (3, 30)
    assert game.payoffs((D, C)) == (4, 10)
    assert game.payoffs((C, D)) == (1, 40)
    assert game.payoffs((D, D)) == (2, 20)
    assert game.corners(1).T == 40


def test_the_other_action_is_the_other_one():
    assert (C.other, D.other) == (D, C)


@pytest.mark.parametrize("game", [LIBRARY["chicken"], collective([1, 1], Terms(1, 1, 1, 1, 1, 1))])
@pytest.mark.parametrize("profile", [(), (C,), (C, D, C)])
def test_a_profile_of_the_wrong_length_is_refused(game, profile):
    with pytest.raises(ProfileShapeError, match=f"{len(profile)} actions for 2 members"):
        payoffs(game, profile)


PLAIN = Terms(b=4, c=1, e=1, g=1, d=1, sigma=0.5)


@pytest.mark.parametrize(
    ("weights", "terms", "theta", "problem"),
    [
        ([1], PLAIN, 0, "1 members; an arena needs at least 2"),
        ([1, 0], PLAIN, 0, "weight 0; give one above 0"),
        ([1, -2], PLAIN, 0, "weight -2; give one above 0"),
        ([1, float("inf")], PLAIN, 0, "weight inf; give one above 0"),
        ([1, float("nan")], PLAIN, 0, "weight nan; give one above 0"),
        ([1e12, 1], PLAIN, 0, "give each at least a billionth"),
        ([1, 1], PLAIN, 1.1, "theta 1.1; it is a share of the weight, from 0 to 1"),
        ([1, 1], PLAIN, -0.1, "theta -0.1; it is a share of the weight, from 0 to 1"),
        ([1, 1], [PLAIN], 0, "1 terms for 2 members; give one per member"),
    ],
)
def test_a_collective_game_that_cannot_be_is_refused(weights, terms, theta, problem):
    with pytest.raises(InvalidInput, match=problem):
        collective(weights, terms, theta)


def test_a_threshold_that_is_just_reached_counts_as_reached():
    """0.1 + 0.2 + 0.3 is above 0.6 in floats, and 0.7 − 0.1 is below it."""
    game = collective([1, 2, 3, 4], PLAIN, theta=0.6)
    assert game.payoffs((C, C, C, D))[3] > PLAIN.g * 1.0
    tenth = collective([3, 3, 1, 3], PLAIN, theta=0.7)
    assert tenth.payoffs((C, C, C, D))[0] == pytest.approx(4 * 0.7 - 1 - 1 * (3 / 7))


@pytest.mark.parametrize("light", [1, 2, 3])
def test_the_last_share_of_the_others_is_exactly_none_or_all(light):
    """Rounding must not leave a trace of exposure when all others cooperate."""
    game = collective([light * 0.1, 0.2, 0.3, 0.4], PLAIN)
    assert PLAIN.sigma * PLAIN.b * (1 - game.weight(0)) + PLAIN.g == game.corners(0).T
    assert -PLAIN.d == game.corners(0).P
