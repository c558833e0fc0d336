"""What becomes of scenarios: means over matches, and when one match stands for all."""

from dataclasses import replace

import pytest

from game_rules.bots.outcomes import (
    SEATINGS,
    Outcome,
    Seating,
    has_chance,
    outcome,
    outcomes,
    summarise,
)
from game_rules.errors import InvalidInput
from game_rules.scenario_files.scenarios import load_scenario
from game_rules.standing.integration import Integration, Outlook

SEATING = {seating.name: seating for seating in SEATINGS}
DILEMMA, SEA = load_scenario("prisoners_dilemma"), load_scenario("south_china_sea")
CLEAR = replace(SEA, monitoring=1.0, continuation=1.0)


def ended(index: float, outlook: Outlook, pacts: int = 0) -> Outcome:
    """A match that ended so, with all its parts at the index."""
    return Outcome(Integration(index, outlook, *([index / 100] * 5)), pacts, 2 * pacts, 0)


def test_all_c_and_all_d_are_the_two_futures():
    best, worst = (outcome(DILEMMA, SEATING[name], "1") for name in ("all_c", "all_d"))
    assert best.integration.outlook is Outlook.OPTIMISTIC
    assert worst.integration.outlook is Outlook.PESSIMISTIC
    floor, free_and_calm = 0.05**3, 1.0
    assert worst.integration.index == pytest.approx(100 * (floor * free_and_calm) ** 0.2)


def test_pacts_breaches_and_incidents_are_counted():
    found = outcome(SEA, SEATING["realist"], "7")
    assert (found.pacts > 0, found.breaches > 0, found.incidents > 0) == (True, True, True)
    kept = outcome(SEA, SEATING["diplomat"], "7")
    assert (kept.pacts, kept.breaches) == (3 * len(SEA.arenas), 0), "a treaty lasts three rounds"


def test_one_match_stands_for_all_where_no_chance_enters():
    calm = [seating.name for seating in SEATINGS if not has_chance(CLEAR, seating)]
    assert calm == ["all_c", "reciprocity", "all_d"]
    for name in calm:
        first, other = outcomes(CLEAR, SEATING[name], 1, 2)
        assert first == other


@pytest.mark.parametrize("changed", [{"monitoring": 0.9}, {"continuation": 0.9}])
def test_fog_and_an_open_end_are_chance(changed: dict[str, float]):
    assert has_chance(replace(CLEAR, **changed), SEATING["all_c"])


def test_a_mixed_table_has_a_doctrine_a_seat_by_the_seed():
    mixed = SEATING["mixed"]
    casts = [mixed.cast(SEA, str(seed)) for seed in range(40)]
    assert {bot for cast in casts for bot in cast.values()} == set(mixed.bots)
    assert casts[0] == mixed.cast(SEA, "0")
    assert len({tuple(cast.values()) for cast in casts}) > 30


def test_seeds_are_the_numbers_from_first_to_last():
    random = SEATING["random"]
    both = outcomes(DILEMMA, random, 3, 5)
    assert both == tuple(outcome(DILEMMA, random, seed) for seed in ("3", "4", "5"))


def test_a_summary_is_the_mean_of_its_matches():
    played = [ended(80.0, Outlook.OPTIMISTIC, 4), ended(20.0, Outlook.PESSIMISTIC)]
    summary = summarise(played)
    assert (summary.runs, summary.index) == (2, 50.0)
    assert summary.parts == (0.5,) * 5
    assert summary.shares == (0.5, 0.0, 0.5)
    assert (summary.pacts, summary.breaches, summary.incidents) == (2.0, 4.0, 0.0)


def test_nothing_played_is_refused():
    with pytest.raises(InvalidInput, match="play one or more"):
        summarise([])


def test_a_seating_of_several_is_drawn_evenly():
    pair = Seating("pair", ("cooperator", "defector"))
    drawn = [pair.cast(DILEMMA, str(seed))[DILEMMA.seats[0]] for seed in range(400)]
    assert 160 < drawn.count("defector") < 240
