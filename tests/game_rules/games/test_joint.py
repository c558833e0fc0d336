"""The joint range of an arena: against every profile, and where the arena is too large for that."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game_rules.games.exact import profiles
from game_rules.games.joint import efficiency, joint_range
from game_rules.games.stage_games import LIBRARY, Action, Terms, collective
from tests.game_rules.drawn import games_of

sizes = st.integers(2, 6)


@given(sizes.flatmap(games_of))
def test_the_walk_finds_what_trying_every_profile_finds(game):
    joint = {profile: sum(game.payoffs(profile)) for profile in profiles(game.size)}
    corners = [joint[(action,) * game.size] for action in Action]
    span, size = joint_range(game), 1 + max(map(abs, joint.values()))
    assert span.best == pytest.approx(max(joint.values()), abs=1e-9 * size)
    assert span.corner == pytest.approx(min(corners), abs=1e-9 * size)


@given(sizes.flatmap(games_of), st.data())
def test_efficiency_is_a_share_and_whole_at_the_best_profile(game, data):
    joint = {profile: game.payoffs(profile) for profile in profiles(game.size)}
    reached = efficiency(game, data.draw(st.sampled_from(list(joint.values()))))
    assert reached is None or 0 <= reached <= 1
    if reached is not None and joint_range(game).best - joint_range(game).corner > 1e-6:
        best = max(joint.values(), key=sum)
        assert efficiency(game, best) == pytest.approx(1)


@pytest.mark.parametrize(
    ("name", "all_c", "all_d"),
    [
        ("prisoners_dilemma", 1, 0),
        ("stag_hunt", 1, 0),
        ("chicken", 1, 0),
        ("battle_of_the_sexes", 0, 0),
        ("deadlock", 0, 1),
        ("zero_sum", None, None),
    ],
)
def test_of_the_library(name: str, all_c: float | None, all_d: float | None):
    game = LIBRARY[name]
    shares = [efficiency(game, game.payoffs((action, action))) for action in Action]
    assert shares == [all_c, all_d]


def test_of_many_members_only_the_heaviest_and_the_lightest_are_tried():
    terms = Terms(b=6, c=2, e=0, g=0, d=0, sigma=0)
    game = collective([*range(1, 41)], terms, theta=0.5)
    pays_all = sum(game.payoffs((Action.C,) * 40))
    span = joint_range(game)
    assert span.corner == 0
    assert span.best == pytest.approx(pays_all)
    costly = collective([*range(1, 41)], Terms(b=0.1, c=2, e=0, g=0, d=0, sigma=1), theta=0.5)
    few = next(k for k in range(41) if sum(range(40, 40 - k, -1)) >= 410)
    assert joint_range(costly).best == pytest.approx(
        max(0, 40 * 0.1 * sum(range(40, 40 - few, -1)) / 820 - 2 * few)
    )
