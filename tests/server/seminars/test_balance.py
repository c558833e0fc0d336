"""Who goes where: everybody once, matches and seats alike full, and by the seed alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game_rules.roles import PersonId, Seat
from server.seminars.balance import Occupancy, late_seat, matches_for, seats_for_pairs, split

A, B, C = map(Seat, "ABC")


def class_of(count: int) -> list[PersonId]:
    return [PersonId(f"p{number}") for number in range(count)]


@given(st.integers(1, 200), st.integers(2, 24), st.data())
def test_everybody_is_dealt_once_and_nobody_much_better(people: int, seats: int, data):
    matches = data.draw(st.integers(1, min(people, 50)))
    split_people = split(class_of(people), seats, matches, data.draw(st.text(max_size=4)))
    everyone = [person for match in split_people for delegation in match for person in delegation]
    assert sorted(everyone) == sorted(class_of(people))
    assert (len(split_people), {len(match) for match in split_people}) == (matches, {seats})
    sizes = [sum(map(len, match)) for match in split_people]
    assert max(sizes) - min(sizes) <= 1
    for match in split_people:
        shares = [len(delegation) for delegation in match]
        assert max(shares) - min(shares) <= 1
        assert shares == sorted(shares, reverse=True), "the first seats are filled first"


@given(st.integers(5, 100), st.integers(2, 24), st.integers(0, 8))
def test_a_class_gets_a_seat_each_and_a_match_a_treatment(people: int, seats: int, treatments: int):
    matches = matches_for(people, seats, treatments)
    assert matches * seats >= people
    assert matches >= min(treatments, people)
    fewer = matches - 1
    assert fewer * seats < people or fewer < treatments, "and no more matches than that"


def test_a_split_is_random_and_depends_on_the_seed():
    people = class_of(24)
    assert split(people, 8, 3, "7") == split(people[::-1], 8, 3, "7")
    assert split(people, 8, 3, "7") != split(people, 8, 3, "8")


def test_nobody_makes_one_empty_match():
    assert matches_for(0, 8, 4) == 1


@given(st.integers(1, 100))
def test_pairs_have_an_even_number_of_seats_with_a_bot_for_an_odd_one(people: int):
    seats = seats_for_pairs(people)
    assert seats % 2 == 0
    assert 0 <= seats - people <= 1


@pytest.mark.parametrize(
    ("occupancies", "found"),
    [
        ([], None),
        ([Occupancy({A: 0}, is_open=False)], None),
        ([Occupancy({A: 1, B: 0}), Occupancy({A: 0, B: 0})], (1, A)),
        ([Occupancy({A: 1, B: 1}), Occupancy({A: 1, B: 1, C: 0})], (1, C)),
        ([Occupancy({A: 2, B: 1}), Occupancy({A: 2, B: 2})], (0, B)),
        ([Occupancy({A: 0}, is_open=False), Occupancy({A: 1, B: 0})], (1, B)),
    ],
)
def test_a_late_arrival_takes_a_free_seat_where_most_are_free_or_joins_the_fewest(
    occupancies, found
):
    assert late_seat(occupancies) == found
