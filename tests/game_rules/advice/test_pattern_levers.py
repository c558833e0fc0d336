"""Levers by the whole pattern, against every value of every term tried one by one."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game_rules.advice.levers import Lever
from game_rules.advice.pattern_levers import pattern_levers
from game_rules.games.replies import ReplyClass, reply_class
from game_rules.games.stage_games import Collective, Terms, collective
from game_rules.lenses.lensed_games import LensedGame, bare_lensed_game
from game_rules.lenses.lenses import Lens

TERMS = ("b", "c", "e", "g", "d", "sigma")
TINY, REACH = 1e-6, 9.0

points = st.floats(0, 6).map(lambda x: round(x, 3))
a_term = st.builds(Terms, *[points] * 4, points, st.floats(0, 1).map(lambda x: round(x, 3)))


@st.composite
def arenas(draw: st.DrawFn) -> Collective:
    """Draw an arena of two to five whose terms differ."""
    weights = draw(st.lists(st.floats(1, 4), min_size=2, max_size=5))
    each = draw(st.lists(a_term, min_size=len(weights), max_size=len(weights)))
    return collective(weights, each, draw(st.sampled_from((0.0, 0.3, 0.5, 0.7, 1.0))))


def named(game: Collective | LensedGame, member: int, term: str, value: float) -> ReplyClass:
    """Set a term, in the plainest way, and name what comes out."""
    if isinstance(game, LensedGame):
        assert isinstance(game.material, Collective)
        return reply_class(
            replace(game, material=moved(game.material, member, term, value)), member
        )
    return reply_class(moved(game, member, term, value), member)


def moved(game: Collective, member: int, term: str, value: float) -> Collective:
    """Set a term of a member, or theta."""
    if term == "theta":
        return replace(game, theta=value)
    own = replace(game.terms[member], **{term: value})
    return replace(game, terms=(*game.terms[:member], own, *game.terms[member + 1 :]))


def values(game: Collective, member: int, term: str, within: float) -> list[float]:
    """Return values of a term all over its range, none farther than so much."""
    now = game.theta if term == "theta" else getattr(game.terms[member], term)
    top = 1.0 if term in {"theta", "sigma"} else now + REACH
    tried = [now + way * within * part / 97.3 for part in range(1, 98) for way in (1, -1)]
    return [x for x in tried if 0.0 < x < top and abs(x - now) < within - TINY]


def test_the_step_that_a_reader_missed_is_told():
    """The code of conduct of the South China Sea in round 2, as a reader recomputed it."""
    code = collective(
        (1, 1, 1, 1, 1), Terms(b=5.09, c=0.97, e=2.9, g=0.5, d=1.5, sigma=0.5), theta=0.7
    )
    costs = {x.parameter: x for x in pattern_levers(code, 0)}["c"]
    assert reply_class(code, 0) is ReplyClass.STAG_HUNT
    assert costs.change > 0
    assert costs.game_class is ReplyClass.VOLUNTEERS_DILEMMA


@pytest.mark.slow
@given(arenas(), st.data())
def test_no_smaller_change_of_a_term_gives_another_name(game, data):
    member = data.draw(st.integers(0, game.size - 1))
    start = reply_class(game, member)
    found = {lever.parameter: lever for lever in pattern_levers(game, member)}
    for term in (*TERMS, "theta"):
        reach = abs(found[term].change) if term in found else REACH
        for value in values(game, member, term, reach):
            assert named(game, member, term, value) is start, (term, value)


@given(arenas(), st.data())
def test_each_lever_gives_the_name_that_it_says(game, data):
    member = data.draw(st.integers(0, game.size - 1))
    for lever in pattern_levers(game, member):
        assert leads_where_it_says(game, member, lever)


def leads_where_it_says(game: Collective | LensedGame, member: int, lever: Lever) -> bool:
    """Go as far as the lever says, and name what comes out."""
    way = (1 if lever.is_up else -1) * TINY * lever.is_beyond
    return named(game, member, lever.parameter, lever.now + lever.change + way) is lever.game_class


@pytest.mark.parametrize("lens", Lens)
def test_through_a_lens_the_material_terms_are_moved(lens):
    arena = collective((1, 2, 3), Terms(b=5, c=1, e=2, g=1, d=1, sigma=0.5), theta=0.6)
    seen = bare_lensed_game(lens, arena)
    found = pattern_levers(seen, 1)
    assert found
    assert all(leads_where_it_says(seen, 1, lever) for lever in found)


def test_on_a_knife_edge_any_change_does():
    edge = collective((1, 1), Terms(b=4, c=2, e=0, g=0, d=0, sigma=1), theta=0.0)
    best = pattern_levers(edge, 0)[0]
    assert (reply_class(edge, 0), best.change) == (ReplyClass.INDIFFERENT, 0.0)


def test_a_threshold_that_moves_no_corner_is_not_taken_for_the_smallest_change():
    arena = collective((1,) * 5, Terms(b=8, c=0, e=6, g=3, d=6, sigma=0.5), theta=0.3)
    theta = next(x for x in pattern_levers(arena, 0) if x.parameter == "theta")
    past = replace(arena, theta=theta.now + theta.change + TINY)
    assert past.corners(0) == arena.corners(0)
    assert (theta.game_class, theta.shift > 3) == (ReplyClass.STAG_HUNT, True)


def test_of_more_than_twelve_members_none_is_told():
    assert pattern_levers(collective((1,) * 13, Terms(9, 2, 1, 1, 1, 0), theta=0.5), 0) == ()
