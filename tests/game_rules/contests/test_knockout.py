"""Knock-outs: byes, the draw, and lots."""

import pytest

from game_rules.contests.knockout import knock_out
from game_rules.errors import InvalidInput
from tests.game_rules.contests.fakes import contest


def test_the_better_goes_on():
    bracket = knock_out(contest("tit_for_tat", "defector", "cooperator", "alternator"))
    assert [[(tie.first, tie.second) for tie in ties] for ties in bracket.rounds] == [
        [(0, 3), (1, 2)],
        [(bracket.rounds[0][0].winner, 1)],
    ]
    assert bracket.winner == 1


def test_first_named_have_byes():
    bracket = knock_out(contest("defector", "cooperator", "cooperator", "cooperator", "cooperator"))
    byes = [tie.first for tie in bracket.rounds[0] if tie.second is None]
    assert sorted(byes) == [0, 1, 2]
    assert bracket.winner == 0


def test_even_ties_are_decided_by_lot_the_same_way_every_time():
    winners = {
        knock_out(contest("tit_for_tat", "grudger", seed=str(seed))).winner for seed in range(20)
    }
    assert winners == {0, 1}
    bracket = knock_out(contest("tit_for_tat", "grudger", seed="3"))
    assert bracket.rounds[0][0].is_by_lot
    assert bracket == knock_out(contest("tit_for_tat", "grudger", seed="3"))


def test_one_cannot_knock_itself_out():
    with pytest.raises(InvalidInput, match="1 entrant"):
        knock_out(contest("tit_for_tat"))
