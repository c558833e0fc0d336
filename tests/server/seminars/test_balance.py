"""Who goes where: everybody once, matches and seats alike full, and by the seed alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game_rules.roles import PersonId, Seat
from server.seminars.balance import Table, deal, late_seat, matches_for, seats_for_pairs

A, B, C = map(Seat, "ABC")


def class_of(count: int) -> list[PersonId]:
    return [PersonId(f"p{number}") for number in range(count)]


@given(st.integers(1, 200), st.integers(2, 24), st.data())
def test_everybody_is_dealt_once_and_nobody_much_better(people: int, seats: int, data):
    matches = data.draw(st.integers(1, min(people, 50)))
    dealt = deal(class_of(people), seats, matches, data.draw(st.text(max_size=4)))
    everyone = [person for match in dealt for delegation in match for person in delegation]
    assert sorted(everyone) == sorted(class_of(people))
    assert (len(dealt), {len(match) for match in dealt}) == (matches, {seats})
    sizes = [sum(map(len, match)) for match in dealt]
    assert max(sizes) - min(sizes) <= 1
    for match in dealt:
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


def test_a_deal_is_by_lot_and_the_seed_says_which():
    people = class_of(24)
    assert deal(people, 8, 3, "7") == deal(people[::-1], 8, 3, "7")
    assert deal(people, 8, 3, "7") != deal(people, 8, 3, "8")


def test_nobody_makes_one_empty_match():
    assert matches_for(0, 8, 4) == 1


@given(st.integers(1, 100))
def test_pairs_have_an_even_number_of_seats_with_a_bot_for_an_odd_one(people: int):
    seats = seats_for_pairs(people)
    assert seats % 2 == 0
    assert 0 <= seats - people <= 1


@pytest.mark.parametrize(
    ("tables", "found"),
    [
        ([], None),
        ([Table({A: 0}, is_open=False)], None),
        ([Table({A: 1, B: 0}), Table({A: 0, B: 0})], (1, A)),
        ([Table({A: 1, B: 1}), Table({A: 1, B: 1, C: 0})], (1, C)),
        ([Table({A: 2, B: 1}), Table({A: 2, B: 2})], (0, B)),
        ([Table({A: 0}, is_open=False), Table({A: 1, B: 0})], (1, B)),
    ],
)
def test_who_comes_late_takes_a_free_seat_where_most_are_free_or_joins_the_fewest(tables, found):
    assert late_seat(tables) == found
