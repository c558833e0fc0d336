"""Standing before the first round, what is read from it, and who may see which part."""

from game_rules.records.codec import dumps, loads
from game_rules.standing.standing import (
    Standing,
    StandingParameters,
    as_seen_by,
    autonomy,
    concentration,
    first_standing,
    main_supplier,
    pairs_in_crisis,
    trust,
    trusts,
)
from tests.game_rules.regions import a_forum, a_region, after, seats

A, B, C, D = seats(4)
BLOC, FORUM = a_forum("bloc", (A, B), exclusive=0.1), a_forum("forum", (A, B, C))
REGION = a_region((BLOC, FORUM), rivals=((A, C), (B, D)))


def test_everybody_who_meets_is_trusted_by_half():
    standing = first_standing(REGION)
    assert trusts(standing) == {
        A: {B: 0.5, C: 0.5},
        B: {A: 0.5, C: 0.5},
        C: {A: 0.5, B: 0.5},
    }


def test_strangers_are_trusted_by_half():
    assert trust(first_standing(REGION), A, D) == 0.5


def test_rivals_start_hostile_and_partners_friendly():
    affinity = first_standing(REGION).affinity
    assert (affinity[A][B], affinity[A][C], affinity[B][C]) == (0.5, -0.5, 0.0)


def test_nobody_depends_on_anybody_at_first():
    standing = first_standing(REGION)
    assert main_supplier(standing, A) is None
    assert (concentration(standing, A), autonomy(standing, A)) == (0.0, 1.0)


def test_tensions_start_where_they_are_given():
    standing = first_standing(REGION, tensions={(A, C): 0.85})
    assert [pair.tension for pair in standing.rivals] == [0.85, 0.3]
    assert pairs_in_crisis(standing) == ((A, C),)


def test_starts_are_parameters():
    parameters = StandingParameters(tension_at_start=0.1, institution_at_start=0.9)
    standing = first_standing(REGION, parameters)
    assert standing.rivals[0].tension == 0.1
    assert standing.institutions == {"bloc": 0.9, "forum": 0.9}


def test_dependency_is_concentrated_by_its_squares():
    standing, _ = after(REGION, "C", rounds=3)
    row = standing.dependency[A]
    assert concentration(standing, A) == row[B] ** 2 + row[C] ** 2
    assert main_supplier(standing, A) == (B, row[B])


def test_a_standing_reads_back_as_it_was_written():
    standing, _ = after(REGION, "C", rounds=2)
    assert loads(Standing, dumps(standing)) == standing


def test_a_seat_sees_its_own_impressions_and_no_others():
    standing, _ = after(REGION, "C")
    seen = as_seen_by(standing, A)
    assert set(seen.faith) == set(seen.affinity) == {A}
    assert seen.dependency == standing.dependency


def test_the_public_sees_no_impressions():
    assert as_seen_by(first_standing(REGION), None).faith == {}
