"""What a bot of one's own sees in a contest is what the view of a match shows."""

from copy import copy, deepcopy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game_rules.games.corners import Corners
from game_rules.games.stage_games import Action
from game_rules.roles import Seat
from game_rules.strategies import ArenaView, Conditions, MemberView
from game_rules.strategies.kit.pair_view import PairRecord, PairView

MINE, THEIRS = Corners(T=5, R=3, P=1, S=0), Corners(T=2, R=7, P=4, S=6)
ACTIONS = st.lists(st.sampled_from(list(Action)), max_size=12)


def draw(turn: int, nth: int = 0) -> float:
    return turn / 100 + nth


def expected(own: list[Action], others: list[Action], theirs: Corners | None) -> ArenaView:
    """The same view, written out."""
    gains = {"CC": "R", "CD": "S", "DC": "T", "DD": "P"}
    pairs = list(zip(own, others, strict=True))
    won = tuple(getattr(theirs or MINE, gains[other + mine]) for mine, other in pairs)
    return ArenaView(
        round=len(own) + 1,
        rounds=50,
        own=tuple(own),
        payoffs=tuple(getattr(MINE, gains[mine + other]) for mine, other in pairs),
        others=tuple(others),
        members=(MemberView(Seat("other"), 0.5, tuple(others), won),),
        weight=0.5,
        corners=MINE,
        draw=draw,
    )


def record(theirs: Corners | None = THEIRS) -> PairRecord:
    return PairRecord(Conditions(MINE, 50, draw, theirs))


@given(ACTIONS, st.sampled_from([THEIRS, None]))
def test_a_view_shows_what_one_written_out_shows(own, theirs):
    others, seen = own[::-1], record(theirs)
    seen.own.extend(own)
    seen.others.extend(others)
    view, plain = seen.view(), expected(own, others, theirs)
    assert (copy(view), view.draw) == (plain, plain.draw)
    assert (view.turn, view.chance(), view.chance("x")) == (
        plain.turn,
        plain.chance(),
        plain.chance("x"),
    )


def test_a_view_that_is_kept_stays_as_it_was():
    seen = record()
    kept = []
    for action in "CDDCD":
        kept.append((seen.view(), deepcopy(seen.view())))
        seen.own.append(Action(action))
        seen.others.append(Action.C)
    for turns, (view, then) in enumerate(kept):
        assert type(then) is ArenaView
        assert deepcopy(view) == then
        assert view.own == tuple("CDDCD")[:turns]


@pytest.mark.parametrize("name", ["own", "round", "draw", "corners", "anything"])
def test_a_view_cannot_be_changed(name):
    view = record().view()
    assert isinstance(view, PairView)
    with pytest.raises((AttributeError, TypeError)):
        setattr(view, name, 1)
