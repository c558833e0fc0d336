"""A contest says who meets whom, numbers the matches, and refuses what cannot be played."""

import pickle

import pytest

from game_rules.errors import InvalidInput, UnknownStrategy
from tests.game_rules.contests.fakes import LOPSIDED, contest


def test_everybody_meets_everybody_and_itself():
    played = contest("cooperator", "defector", "alternator")
    assert played.meetings == ((0, 0), (0, 1), (0, 2), (1, 1), (1, 2), (2, 2))


def test_self_play_can_be_left_out():
    played = contest("cooperator", "defector", "alternator", has_self_play=False)
    assert played.meetings == ((0, 1), (0, 2), (1, 2))


def test_an_asymmetric_game_is_played_from_both_sides():
    played = contest("cooperator", "defector", game=LOPSIDED)
    assert played.meetings == ((0, 0), (0, 1), (1, 0), (1, 1))


def test_only_chosen_pairs_meet():
    played = contest("cooperator", "defector", "alternator", pairs=((2, 0), (1, 1)))
    assert played.meetings == ((2, 0), (1, 1))


def test_matches_are_numbered_meeting_by_meeting():
    played = contest("cooperator", "defector", repetitions=3)
    assert played.match_count == 9
    assert [played.seats_of(match) for match in (0, 2, 3, 8)] == [(0, 0), (0, 0), (0, 1), (1, 1)]
    assert [played.repetition_of(match) for match in (0, 2, 3, 8)] == [0, 2, 0, 2]


def test_the_number_of_rounds_is_known_only_where_chance_does_not_end_a_match():
    assert contest("cooperator").rounds == 10
    assert contest("cooperator", continuation=0.9).rounds is None


def test_the_expected_length_is_that_of_a_geometric_law():
    assert contest("cooperator").expected_turns() == 10
    assert contest("cooperator", turns=None, continuation=0.9).expected_turns() == pytest.approx(10)
    capped = contest("cooperator", turns=3, continuation=0.5).expected_turns()
    assert capped == pytest.approx(1 + 0.5 + 0.25)


@pytest.mark.parametrize(
    ("settings", "problem"),
    [
        ({"noise": 1.2}, "noise 1.2"),
        ({"noise": -0.1}, "noise -0.1"),
        ({"turns": 0}, "0 turns"),
        ({"repetitions": 0}, "0 repetitions"),
        ({"continuation": 1.5}, "continuation 1.5"),
        ({"turns": None}, "continuation 1.0 without turns"),
        ({"pairs": ((0, 7),)}, "entrant 7"),
        ({"pairs": ()}, "nobody meets anybody"),
    ],
)
def test_what_cannot_be_played_is_refused_in_one_line(settings, problem):
    with pytest.raises(InvalidInput, match=problem) as refusal:
        contest("cooperator", "defector", **settings)
    assert "\n" not in str(refusal.value)


def test_a_contest_needs_entrants():
    with pytest.raises(InvalidInput, match="0 entrants"):
        contest()


def test_an_unknown_entrant_is_refused():
    with pytest.raises(UnknownStrategy, match="tit_for_tat"):
        contest("tit_for_tet")


def test_a_contest_can_be_sent_abroad():
    sent = contest("tit_for_tat", "gradual", "gtft", noise=0.1, seed="abroad")
    assert sent.meetings
    received = pickle.loads(pickle.dumps(sent))  # noqa: S301 - our own bytes
    assert received == sent
    assert "meetings" not in vars(received)
    assert received.key == sent.key
