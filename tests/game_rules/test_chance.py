"""Chance is a hash: the same everywhere, fair, and nothing is consumed."""

from itertools import pairwise, product

from hypothesis import given
from hypothesis import strategies as st

from game_rules.chance import chance

questions = st.lists(st.text(max_size=5) | st.integers(0, 300), max_size=4)


@given(st.text(max_size=8), questions)
def test_an_answer_is_in_the_half_open_unit_interval_and_stays(seed, question):
    answer = chance(seed, *question)
    assert 0 <= answer < 1
    assert chance(seed, *question) == answer


def test_answers_are_these_for_good():
    """Raise RULES_VERSION before changing any of them."""
    assert chance("7", "end", 3) == 0.21468284562803397
    assert chance("", "") == 0.044882159036067404
    assert chance("\u0627", "bot", "PAK", 200) == 0.1662321568046844


def test_seed_and_question_both_matter():
    asked = [
        chance(seed, what, number)
        for seed, what, number in product(("1", "2"), ("end", "bot"), range(50))
    ]
    assert len(set(asked)) == len(asked)


def test_answers_are_spread_evenly():
    answers = [chance("fair", "round", number) for number in range(10_000)]
    tenths = [sum(1 for x in answers if tenth <= 10 * x < tenth + 1) for tenth in range(10)]
    assert all(880 <= count <= 1120 for count in tenths)  # four standard deviations
    both = sum(1 for one, next_one in pairwise(answers) if one < next_one)
    assert 4850 <= both <= 5150


def test_parts_of_a_question_do_not_run_together():
    assert chance("s", "ab", "c") != chance("s", "a", "bc")
    assert chance("s", "a", 12) != chance("s", "a", 1, 2)
