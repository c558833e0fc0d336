"""Who meets whom: every pair of every arena, and shares that add up."""

from hypothesis import given
from hypothesis import strategies as st

from game_rules.standing.meetings import meetings
from tests.game_rules.regions import seats

A, B, C, D = seats(4)


@given(
    st.lists(
        st.tuples(
            st.lists(st.sampled_from(seats(6)), min_size=2, unique=True).map(tuple),
            st.sampled_from((0.0, 0.1)),
        ),
        min_size=1,
        max_size=4,
    ).map(tuple)
)
def test_shares_inside_and_across_add_up_or_are_empty(shape):
    met = meetings(shape)
    for shares in (met.inside, met.across):
        whole = sum(share for arena in shares for _, share in arena)
        assert abs(whole - 1) < 1e-12 or not any(shares)
    for seat, others in met.ties:
        for other, places in others:
            assert places == tuple(i for i, (m, _) in enumerate(shape) if seat in m and other in m)


def test_seats_that_a_bloc_unites_do_not_cross_lines_in_a_forum():
    met = meetings((((A, B), 0.1), ((A, B, C), 0.0)))
    assert met.inside == (((A, 0.5), (B, 0.5)), ())
    assert met.across == ((), ((A, 0.25), (B, 0.25), (C, 0.5)))


def test_any_two_of_a_larger_bloc_are_united():
    met = meetings((((A, B, C), 0.1), ((A, B, D), 0.0)))
    assert met.across == ((), ((A, 0.25), (B, 0.25), (D, 0.5)))


def test_without_blocs_every_meeting_crosses():
    met = meetings((((A, B), 0.0), ((C, D), 0.0)))
    assert met.inside == ((), ())
    assert met.across == (((A, 0.25), (B, 0.25)), ((C, 0.25), (D, 0.25)))
