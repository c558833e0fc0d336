"""Whole matches of rules 2: played, verified, and computed again with other code."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from game_rules.bots.bot_match import play_bot_match
from game_rules.games.changes import with_change
from game_rules.log import events as e
from game_rules.log.evolve import fold
from game_rules.records.record import read_record, verify, write_record
from game_rules.scenario.pairings import Pairing
from game_rules.scenario.populations import LARGEST_WITH_MEMORY, population
from game_rules.scenario_files.scenarios import load_scenario
from game_rules.standing.incidents import Concept
from tests.game_rules.rulesets.second.recomputed import differences
from tests.game_rules.rulesets.second.regions import CHN, USA, SecondTable, border, quad

DOCTRINES = ("realist", "liberal", "constructivist", "hedger", "diplomat", "random", "grudger")
REGIONS = {"quad": quad, "border": border}


def match_of(region: str, bots: list[str], seed: str, monitoring: float = 1.0):
    scenario = REGIONS[region](monitoring=monitoring)
    cast = dict(zip(scenario.seats, bots, strict=False))
    return play_bot_match(scenario, cast, seed, version=2)


casts = st.lists(st.sampled_from(DOCTRINES), min_size=7, max_size=7)


@settings(deadline=None, max_examples=12)
@given(st.sampled_from(sorted(REGIONS)), casts, st.integers(0, 9), st.sampled_from((1.0, 0.9)))
def test_every_number_of_a_match_comes_out_the_same_in_other_code(region, bots, seed, monitoring):
    log = match_of(region, bots, str(seed), monitoring)
    assert differences(write_record(log, "test")) == []


@pytest.mark.parametrize("figure", ["tension", "gains", "index", "alpha", "terms"])
def test_the_other_code_finds_a_figure_that_is_wrong(figure):
    log = match_of("quad", ["cooperator"] * 7, "1")
    assert differences(write_record(log, "test")) == []
    assert differences(write_record([_wrong(x, figure) for x in log], "test")) != []


def _wrong(event, figure):
    if figure == "terms" and isinstance(event, e.ArenaChanged):
        worse = with_change(event.arena.game, "g", 0.001, 0)
        return replace(event, arena=replace(event.arena, game=worse))
    if not isinstance(event, e.RoundResolved):
        return event
    change = event.change
    assert change is not None
    if figure == "gains":
        return replace(event, gains={**event.gains, CHN: event.gains[CHN] + 1e-9})
    if figure == "tension":
        first, *rest = change.rivals
        moved = replace(first, tension=first.tension + 1e-9)
        return replace(event, change=replace(change, rivals=(moved, *rest)))
    if figure == "alpha":
        faith = {**change.faith, CHN: {**change.faith[CHN], USA: (1.5, 1.5)}}
        return replace(event, change=replace(change, faith=faith))
    if figure == "index" and change.integration:
        better = replace(change.integration, index=change.integration.index + 1e-6)
        return replace(event, change=replace(change, integration=better))
    return event


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
