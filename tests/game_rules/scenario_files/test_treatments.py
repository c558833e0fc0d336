"""Treatments of one scenario: what differs, and that all else does not."""

from dataclasses import replace

import pytest

from game_rules.bots.bot_match import play_bot_match
from game_rules.errors import InvalidInput, ScenarioError
from game_rules.records.codec import dumps, loads
from game_rules.records.record import read_record, verify, write_record
from game_rules.scenario.moves import MoveKind
from game_rules.scenario.scenario import PowerMeasure, Press
from game_rules.scenario_files.scenarios import load_scenario
from game_rules.scenario_files.treatments import Treatment, with_treatment
from tests.game_rules.scenes import QUICK, a_scenario

SEA = load_scenario("south_china_sea")


def test_no_treatment_changes_nothing():
    assert with_treatment(SEA, Treatment()) is SEA


@pytest.mark.parametrize(
    ("treatment", "changes"),
    [
        (Treatment(press=Press.PUBLIC), {"press": Press.PUBLIC}),
        (Treatment(monitoring=0.8), {"monitoring": 0.8}),
        (Treatment(continuation=0.9), {"continuation": 0.9}),
        (Treatment(has_advisor=False), {"has_advisor": False}),
    ],
)
def test_a_treatment_changes_its_setting_alone(treatment: Treatment, changes: dict[str, object]):
    assert with_treatment(SEA, treatment) == replace(SEA, **changes)


def test_moves_are_switched_off_or_chosen_with_their_numbers_kept():
    off = with_treatment(SEA, Treatment(moves=()))
    assert off.moves == replace(SEA.moves, allowed=())
    one = with_treatment(SEA, Treatment(moves=(MoveKind.RESTRAINT,)))
    assert one.moves.allowed == (MoveKind.RESTRAINT,)


def test_the_measure_of_power_reweighs_the_arenas():
    equal = with_treatment(SEA, Treatment(power=PowerMeasure.EQUAL))
    assert equal.power is PowerMeasure.EQUAL
    assert equal.arenas[0].game.weight(0) == pytest.approx(1 / 5)


def test_a_mask_is_put_on_last():
    hidden = with_treatment(SEA, Treatment(power=PowerMeasure.CINC, is_masked=True))
    assert hidden.is_masked
    assert set(hidden.players[0].figures) == {"cinc"}


@pytest.mark.parametrize(
    ("treatment", "problem"),
    [
        (Treatment(monitoring=0.3), r"monitoring 0.3; give a number from 0.5 to 1"),
        (Treatment(monitoring=float("nan")), r"monitoring nan; give a number from 0.5 to 1"),
        (Treatment(continuation=0.0), r"continuation 0.0; give a number above 0, at most 1"),
        (Treatment(continuation=1.5), r"continuation 1.5; give a number above 0, at most 1"),
        (Treatment(moves=(MoveKind.FUND, MoveKind.FUND)), "moves has fund twice; keep one"),
    ],
)
def test_a_treatment_that_cannot_be_is_refused(treatment: Treatment, problem: str):
    with pytest.raises(InvalidInput, match=problem):
        with_treatment(SEA, treatment)


def test_a_measure_without_figures_is_refused():
    with pytest.raises(ScenarioError, match="has no figure for cinc"):
        with_treatment(a_scenario(), Treatment(power=PowerMeasure.CINC))


def test_a_treatment_is_written_and_read_back():
    given = Treatment(Press.NONE, 0.8, 0.9, False, (MoveKind.LINK,), PowerMeasure.LOWY, True)
    assert loads(Treatment, dumps(given)) == given
    assert loads(Treatment, "{}") == Treatment()


def test_the_record_of_a_treated_match_verifies():
    treatment = Treatment(Press.PUBLIC, 0.8, 0.9, False, (), None, is_masked=True)
    scenario = with_treatment(a_scenario(seconds=QUICK), treatment)
    log = play_bot_match(scenario, dict.fromkeys(scenario.seats, "random"), "7")
    text = write_record(log, "test")
    assert verify(read_record(text.encode())).scenario == scenario
    assert "CHN" not in text
