"""What restraint, exercises, confidence-building and funding do from the next round on."""

from dataclasses import replace

import pytest

from game_rules.games.stage_games import LIBRARY, GameClass
from game_rules.scenario.moves import Effect, MoveKind, MoveRules
from tests.game_rules.moves.played import (
    ROUNDS,
    TREATY,
    a_table,
    arena,
    move,
    play,
    tension,
)
from tests.game_rules.scenes import CHN, JPN, PHL, Table, a_scenario, an_arena

# --- restraint: visibly lowers one's own g for two rounds ---------------------------------------


def test_restraint_lowers_ones_own_temptation_for_two_rounds():
    table = a_table()
    move(table, CHN, "restraint", "forum")
    play(table)
    for _ in range(2):
        assert [x.g for x in arena(table, "forum").game.terms] == [0.0, 1.0, 1.0]
        play(table)
    assert arena(table, "forum") == table.position.scenario.arenas[1]


def test_restraint_in_a_dilemma_makes_it_an_assurance_game():
    """The library's Prisoner's Dilemma has greed 2; Jervis 1978: lowering g is a way out."""
    table = a_table(moves=MoveRules(restraint_temptation=2.5))
    move(table, CHN, "restraint", "strait")
    play(table)
    classes = [arena(table, "strait").game.corners(i).game_class for i in (0, 1)]
    assert classes == [GameClass.STAG_HUNT, GameClass.PRISONERS_DILEMMA]


def test_restraint_made_again_lasts_longer_and_goes_no_deeper():
    table = a_table()
    move(table, CHN, "restraint", "strait")
    play(table)
    move(table, CHN, "restraint", "strait")
    play(table)
    assert arena(table, "strait").game.corners(0).T == 4.0
    (effect,) = table.position.effects
    assert (effect.first_round, effect.last_round) == (3, 4)


def test_an_exercise_raises_the_benefit_of_all_members_for_two_rounds():
    table = a_table()
    move(table, PHL, "exercise", "treaty")
    play(table)
    for _ in range(2):
        assert [x.b for x in arena(table, "treaty").game.terms] == [7.0, 7.0]
        play(table)
    assert arena(table, "treaty") == TREATY


def test_an_exercise_worries_the_rival_outside_unless_it_is_invited():
    quiet, loud, invited = a_table(), a_table(), a_table()
    move(loud, JPN, "exercise", "treaty")
    move(invited, JPN, "exercise", "treaty", None, (CHN,))
    for table in (quiet, loud, invited):
        play(table)
    assert tension(loud) == pytest.approx(tension(quiet) + 0.1)
    assert tension(invited) == tension(quiet)


def test_two_exercises_in_one_arena_are_one_and_an_invitation_of_either_counts():
    once, twice, half = a_table(), a_table(), a_table()
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
    table = a_table(arenas=(*a_scenario().arenas, alliance))
    move(table, JPN, "exercise", "alliance")
    play(table)
    assert [arena(table, "alliance").game.corners(i).R for i in (0, 1)] == [5.0, 5.0]


def test_rivals_inside_or_outside_together_are_not_worried():
    table, quiet = a_table(rivals=((JPN, PHL),)), a_table(rivals=((JPN, PHL),))
    move(table, JPN, "exercise", "treaty")
    play(table)
    play(quiet)
    assert tension(table) == tension(quiet)


# --- confidence-building: q to 0.97 in an arena for two rounds ----------------------------------


def errors_in(name: str, monitoring: float, kind: str | None, rounds: int = 60) -> int:
    """Count what was seen wrongly in an arena over many seeds, in the round after a move."""
    wrong = 0
    for seed in range(rounds):
        plain = a_scenario(seconds=ROUNDS, monitoring=monitoring)
        table = Table(plain, seed=str(seed)).bots(CHN, JPN, PHL).start()
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


def test_confidence_clears_the_fog_of_its_arena_alone():
    """Seven looks a round at the forum: two others each for three members, and the public's."""
    looks = 60 * (3 * 2 + 3)
    foggy, clear = errors_in("forum", 0.6, None), errors_in("forum", 0.6, "confidence")
    assert foggy / looks == pytest.approx(0.4, abs=0.06)
    assert clear / looks == pytest.approx(0.03, abs=0.025)
    assert errors_in("strait", 0.6, "confidence") < errors_in("strait", 0.6, None)


def test_confidence_lasts_two_rounds():
    table = a_table(monitoring=0.6)
    move(table, PHL, "confidence", "forum")
    play(table)
    (effect,) = table.position.effects
    assert effect == Effect(MoveKind.CONFIDENCE, (PHL,), "forum", 2, 3)
    play(table)
    assert table.position.effects == (effect,)
    play(table)
    assert table.position.effects == ()


# --- fund the institution -----------------------------------------------------------------------


def test_funding_strengthens_the_institution_by_the_share_of_members_that_pay():
    """I ← 0.8 I + 0.2·(share), from 0.3: two of three members pay, then nobody."""
    table = a_table()
    for seat in (CHN, PHL):
        move(table, seat, "fund", "forum")
    play(table)
    strength = table.position.standing.institutions
    assert strength["forum"] == pytest.approx(0.8 * 0.3 + 0.2 * 2 / 3)
    assert strength["strait"] == pytest.approx(0.8 * 0.3)
    assert table.position.effects == ()
    play(table)
    assert table.position.standing.institutions["forum"] == pytest.approx(
        0.8 * (0.8 * 0.3 + 0.4 / 3)
    )
