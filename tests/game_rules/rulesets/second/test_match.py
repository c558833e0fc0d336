"""Whole matches of rules 2: played, verified, and computed again with other code."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from game_rules.bots.bot_match import play_bot_match
from game_rules.log import events as e
from game_rules.log.evolve import fold
from game_rules.records.record import read_record, verify, write_record
from game_rules.scenario.pairings import Pairing
from game_rules.scenario.populations import LARGEST_WITH_MEMORY, population
from game_rules.scenario_files.scenarios import load_scenario
from game_rules.standing.incidents import Concept
from tests.game_rules.rulesets.second.recomputed import differences
from tests.game_rules.rulesets.second.regions import SecondTable, border, quad

DOCTRINES = ("realist", "liberal", "constructivist", "hedger", "diplomat", "random", "grudger")
REGIONS = {"quad": quad, "border": border}


def match_of(region: str, bots: list[str], seed: str, monitoring: float = 1.0):
    scenario = REGIONS[region](monitoring=monitoring)
    cast = dict(zip(scenario.seats, bots, strict=False))
    return play_bot_match(scenario, cast, seed, version=2)


casts = st.lists(st.sampled_from(DOCTRINES), min_size=7, max_size=7)


@settings(deadline=None, max_examples=12)
@given(st.sampled_from(sorted(REGIONS)), casts, st.integers(0, 9), st.sampled_from((1.0, 0.9)))
@pytest.mark.slow
def test_every_number_of_a_match_comes_out_the_same_in_other_code(region, bots, seed, monitoring):
    log = match_of(region, bots, str(seed), monitoring)
    assert differences(write_record(log, "test")) == []


@pytest.mark.slow
@pytest.mark.parametrize("region", REGIONS)
def test_a_record_of_rules_2_verifies_and_is_written_as_it_was_read(region):
    log = match_of(region, ["diplomat", "realist", "liberal", "hedger", "random"] * 2, "3")
    text = write_record(log, "test")
    record = read_record(text.encode())
    assert verify(record).rules_version == 2
    assert write_record(record.log, "test") == text


def test_a_large_population_keeps_only_those_who_met():
    size = LARGEST_WITH_MEMORY + 2
    many = population(load_scenario("chicken"), size, Pairing.ROUND_ROBIN, "7")
    bots = dict.fromkeys(many.seats, "tit_for_tat")
    log = play_bot_match(many, bots, "7", version=2)
    assert {len(row) for row in fold(log).standing.faith.values()} == {1}


def test_closed_ranks_and_little_across_are_fragmentation():
    table = SecondTable(quad())
    for _ in range(2):
        table.round("C", east_asia_summit="DDDDDD", disaster_relief="DDDDDDD")
    found = [x.concept for x in table.position.history[-1].incidents]
    assert Concept.FRAGMENTATION in found


def test_arenas_in_force_are_told_with_their_reasons():
    log = match_of("quad", ["cooperator"] * 7, "1")
    told = [x.arena for x in log if isinstance(x, e.ArenaChanged)]
    assert all(arena.changes for arena in told)
