"""Moves as rules 1 has them: games of two have terms too, exercises add tension, funds cost 1."""

from dataclasses import replace
from typing import Any

import pytest

from game_rules.errors import MoveNotAllowed
from game_rules.games.corners import GameClass
from game_rules.games.stage_games import LIBRARY
from game_rules.scenario.moves import MoveRules
from tests.game_rules.moves.played import ROUNDS, a_table, arena, move, play, tension
from tests.game_rules.rulesets.first.shipped import shipped
from tests.game_rules.scenes import CHN, JPN, PHL, Table, a_scenario, an_arena


def first(**changes: Any) -> Table:
    """A match of rules 1 in the decision of round 1."""
    return a_table(1, **changes)


def test_restraint_in_a_dilemma_makes_it_an_assurance_game():
    """The library's Prisoner's Dilemma has greed 2; Jervis 1978: lowering g is a way out."""
    table = first(moves=MoveRules(restraint_temptation=2.5))
    move(table, CHN, "restraint", "strait")
    play(table)
    classes = [arena(table, "strait").game.corners(i).game_class for i in (0, 1)]
    assert classes == [GameClass.STAG_HUNT, GameClass.PRISONERS_DILEMMA]


def test_an_exercise_worries_the_rival_outside_unless_it_is_invited():
    quiet, loud, invited = (first(tension=0.3) for _ in range(3))
    move(loud, JPN, "exercise", "treaty")
    move(invited, JPN, "exercise", "treaty", None, (CHN,))
    for table in (quiet, loud, invited):
        play(table)
    assert tension(loud) == pytest.approx(tension(quiet) + 0.1)
    assert tension(invited) == tension(quiet)


def test_two_exercises_in_one_arena_are_one_and_an_invitation_of_either_counts():
    once, twice, half = (first(tension=0.3) for _ in range(3))
    move(once, JPN, "exercise", "treaty")
    for seat in (JPN, PHL):
        move(twice, seat, "exercise", "treaty")
    move(half, JPN, "exercise", "treaty")
    move(half, PHL, "exercise", "treaty", None, (CHN,))
    for table in (once, twice, half):
        play(table)
    assert tension(twice) == tension(once)
    assert arena(twice, "treaty") == arena(once, "treaty")
    assert tension(half) == pytest.approx(tension(once) - 0.1)
    assert twice.position.effects[0].makers == (JPN, PHL)


def test_an_exercise_in_a_game_of_two_raises_what_both_get_together():
    alliance = replace(an_arena("alliance", (JPN, PHL), LIBRARY["stag_hunt"]), exclusive=0.1)
    table = first(arenas=(*a_scenario().arenas, alliance))
    move(table, JPN, "exercise", "alliance")
    play(table)
    assert [arena(table, "alliance").game.corners(i).R for i in (0, 1)] == [5.0, 5.0]


def test_funding_strengthens_the_institution_by_the_share_of_members_that_pay():
    """I ← 0.8 I + 0.2·(share), from 0.3: two of three members pay, then nobody."""
    table = first()
    for seat in (CHN, PHL):
        move(table, seat, "fund", "forum")
    assert [x.cost for x in play(table).moves] == [1.0, 1.0]
    strength = table.position.standing.institutions
    assert strength["forum"] == pytest.approx(0.8 * 0.3 + 0.2 * 2 / 3)
    assert strength["strait"] == pytest.approx(0.8 * 0.3)
    assert table.position.effects == ()
    play(table)
    assert table.position.standing.institutions["forum"] == pytest.approx(
        0.8 * (0.8 * 0.3 + 0.4 / 3)
    )


@pytest.mark.parametrize(
    ("kind", "about", "problem"),
    [
        ("exercise", ("strait",), "strait is open to all; an exercise is for an exclusive arena"),
        ("confidence", ("strait",), "monitoring is 1, and confidence lifts it to 0.97"),
        (
            "diversify",
            ("strait",),
            "CHN is in strait already; join another arena, or name",
        ),
    ],
)
def test_a_move_that_makes_no_sense_is_refused(kind: str, about: tuple[Any, ...], problem: str):
    with pytest.raises(MoveNotAllowed, match=problem):
        move(first(), CHN, kind, *about)


def test_large_arenas_have_no_mediator():
    sea = Table(replace(shipped("south_china_sea"), seconds=ROUNDS), version=1).bots(CHN).start()
    with pytest.raises(MoveNotAllowed, match="code_of_conduct has 5 members; a mediator takes 3"):
        move(sea, CHN, "mediation", "code_of_conduct")
