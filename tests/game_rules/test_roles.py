"""Pairs of eyes: who looks from where, and who sees the same."""

import pytest

from game_rules.roles import ARCHIVE, FACILITATOR, PUBLIC, Role, Seat, Viewer, seated

PAK, IND = Seat("PAK"), Seat("IND")


def test_only_the_seats_own_player_looks_from_it():
    assert seated(PAK).owns(PAK)
    assert not seated(PAK).owns(IND)
    for viewer in (PUBLIC, FACILITATOR, ARCHIVE, Viewer(Role.FACILITATOR, PAK)):
        assert not viewer.owns(PAK)


@pytest.mark.parametrize(
    ("viewer", "key"),
    [
        (seated(PAK), "seat:PAK"),
        (PUBLIC, "observer"),
        (FACILITATOR, "facilitator"),
        (ARCHIVE, "archive"),
    ],
)
def test_those_who_see_the_same_share_a_key(viewer, key):
    assert viewer.key == key
