"""Chance is a hash: nothing is consumed, and every question has its own luck."""

from math import nextafter

from hypothesis import given
from hypothesis import strategies as st

from game_rules.chance import chance, ending, reaching

parts = st.lists(st.text(max_size=6) | st.integers(0, 99), max_size=4)


@given(st.text(max_size=8), parts)
def test_a_question_has_one_answer_from_0_up_to_1(seed: str, question: list[str | int]):
    answer = chance(seed, *question)
    assert 0 <= answer < 1
    assert chance(seed, *question) == answer


def test_the_answers_are_the_same_on_every_machine():
    assert chance("7", "end", 1) == ANCHOR


ANCHOR = 0.20623234172965987


@given(st.text(max_size=8), st.lists(st.text(max_size=6), max_size=4), st.floats(0, 1))
def test_which_answers_reach_a_share_is_as_if_each_was_asked(
    seed: str, whom: list[str], share: float
):
    answers = [chance(seed, "sight", 3, each) for each in whom]
    reached, questions = reaching(seed, "sight", 3), [ending(each) for each in whom]
    edges = [x for each in answers for x in (nextafter(each, 0), each, nextafter(each, 1))]
    for least in (0.0, share, *edges, 1.0):
        wanted = [place for place, answer in enumerate(answers) if answer >= least]
        assert reached(least, questions) == wanted


def test_the_answers_are_spread_evenly():
    tenths = [0] * 10
    for number in range(10_000):
        tenths[int(chance("7", "end", number) * 10)] += 1
    assert all(850 < count < 1150 for count in tenths)  # five standard deviations are 150


def test_seeds_and_questions_do_not_run_into_each_other():
    questions = [("a", "bc"), ("ab", "c"), ("abc",), ("a", "b", "c"), ("", "abc")]
    assert len({chance(*question) for question in questions}) == len(questions)
