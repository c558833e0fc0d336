"""What restraint, exercises and confidence-building do from the next round on.

The laws of both rules; those of one are under rulesets/first and rulesets/second.
"""

import pytest

from game_rules.games.stage_games import Collective
from game_rules.roles import Seat
from game_rules.rulesets.chosen import RULESETS
from game_rules.scenario.moves import Effect, MoveKind
from tests.game_rules.moves.played import (
    MOVES,
    ROUNDS,
    a_table,
    arena,
    move,
    play,
    tension,
)
from tests.game_rules.scenes import CHN, JPN, PHL, Table, a_scenario

both_rules = pytest.mark.parametrize("version", RULESETS)


def terms(table: Table, name: str, parameter: str) -> list[float]:
    """Give a parameter of every member of an arena as it is in force."""
    game = arena(table, name).game
    assert isinstance(game, Collective)
    return [getattr(each, parameter) for each in game.terms]


# --- restraint: visibly lowers one's own g for two rounds ---------------------------------------


@both_rules
def test_restraint_lowers_ones_own_temptation_for_two_rounds(version: int):
    table = a_table(version)
    move(table, CHN, "restraint", "forum")
    play(table)
    for _ in range(2):
        assert terms(table, "forum", "g") == [0.0, 1.0, 1.0]
        play(table)
    assert terms(table, "forum", "g") == [1.0, 1.0, 1.0]


@both_rules
def test_restraint_made_again_lasts_longer_and_goes_no_deeper(version: int):
    table = a_table(version)
    move(table, CHN, "restraint", "trade")
    play(table)
    move(table, CHN, "restraint", "trade")
    play(table)
    assert terms(table, "trade", "g") == [0.0, 1.0]
    (effect,) = table.position.effects
    assert (effect.first_round, effect.last_round) == (3, 4)


# --- joint exercise: b + 1 in an exclusive arena, and rivals outside worry unless invited -------


@both_rules
def test_an_exercise_raises_the_benefit_of_all_members_for_two_rounds(version: int):
    table = a_table(version)
    move(table, PHL, "exercise", "treaty")
    play(table)
    for _ in range(2):
        assert terms(table, "treaty", "b") == [7.0, 7.0]
        play(table)
    assert terms(table, "treaty", "b") == [6.0, 6.0]


def after(seats: tuple[Seat, ...] | None) -> Table:
    """Two rounds in the first of which JPN exercises, if at all, and invites some seats."""
    table = a_table(tension=0.3)
    if seats is not None:
        move(table, JPN, "exercise", "treaty", None, seats)
    play(table)
    play(table)
    return table


def test_an_exercise_worries_the_rival_outside_by_a_larger_shadow_unless_it_is_invited():
    """The treaty's exclusivity of 0.2 counts half as much again: 0.06 * 0.1 more tension."""
    quiet, loud, invited = after(None), after(()), after((CHN,))
    assert tension(loud) == pytest.approx(tension(quiet) + 0.006)
    assert tension(invited) == tension(quiet)


@both_rules
def test_rivals_inside_or_outside_together_are_not_worried(version: int):
    table, quiet = (a_table(version, 0.3, rivals=((JPN, PHL),)) for _ in range(2))
    move(table, JPN, "exercise", "treaty")
    for each in (table, quiet):
        play(each)
        play(each)
    assert tension(table) == tension(quiet)


# --- confidence-building: q to 0.97 in an arena for two rounds ----------------------------------


def errors_in(version: int, name: str, kind: str | None, rounds: int = 60) -> int:
    """Count what was seen wrongly in an arena over many seeds, in the round after a move."""
    wrong = 0
    for seed in range(rounds):
        plain = a_scenario(seconds=ROUNDS, monitoring=0.6, moves=MOVES[version])
        table = Table(plain, str(seed), version=version).bots(CHN, JPN, PHL).start()
        if kind is not None:
            move(table, CHN, kind, name)
        play(table)
        wrong += sum(
            seen != truth
            for sighting in play(table).sightings
            if sighting.result.arena == name
            for seen, truth in zip(sighting.result.actions.values(), "CCC", strict=False)
        )
    return wrong


@pytest.mark.parametrize(("version", "missed"), [(1, 0.4), (2, 0.364)])
def test_confidence_clears_the_fog_of_its_arena_alone(version: int, missed: float):
    """Seven looks a round at the forum: two others each for three members, and the public's.

    In rules 2 an institution of 0.18 clears the forum by 9 % already.
    """
    looks = 60 * (3 * 2 + 3)
    foggy, clear = errors_in(version, "forum", None), errors_in(version, "forum", "confidence")
    assert foggy / looks == pytest.approx(missed, abs=0.06)
    assert clear / looks == pytest.approx(0.03, abs=0.025)
    strait = errors_in(version, "strait", "confidence")
    assert strait < errors_in(version, "strait", None)


@both_rules
def test_confidence_lasts_two_rounds(version: int):
    table = a_table(version, monitoring=0.6)
    move(table, PHL, "confidence", "forum")
    play(table)
    (effect,) = table.position.effects
    assert effect == Effect(MoveKind.CONFIDENCE, (PHL,), "forum", 2, 3)
    play(table)
    assert table.position.effects == (effect,)
    play(table)
    assert table.position.effects == ()
