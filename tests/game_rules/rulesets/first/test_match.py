"""A match by rules 1: what its events hold, what incidents cost, and that doctrines play it."""

from game_rules.bots.bot_match import play_bot_match
from game_rules.log import events as e
from game_rules.log.events import Phase
from game_rules.log.evolve import fold
from game_rules.records.record import read_record, verify, write_record
from game_rules.rulesets.first.rules import FIRST
from game_rules.scenario.pairings import Pairing
from game_rules.scenario.parameters import StandingParameters
from game_rules.scenario.populations import LARGEST_WITH_MEMORY, population
from game_rules.scenario_files.scenarios import load_scenario
from tests.game_rules.drawn import DOCTRINES
from tests.game_rules.moves.played import a_table, play
from tests.game_rules.rulesets.first.shipped import shipped
from tests.game_rules.scenes import CHN, JPN, PHL, Table, a_scenario


def test_an_order_that_is_ready_at_once_is_two_events():
    table = Table(version=1).seat(CHN, JPN).start().skip_to(Phase.DECISION)
    saved, ready = table.order(CHN, is_ready=True, strait="C")
    assert saved.type == "order_saved"
    assert ready == e.ReadySet(1, Phase.DECISION, CHN, True, table.now_ms)


def test_what_an_incident_costs_is_taken_from_the_gains():
    leaning = StandingParameters(supplier_share=0.01, letdown_cost=2.0)
    table = Table(a_scenario(standing=leaning, rivals=()), version=1).seat(CHN, JPN, PHL)
    table.start().skip_to(Phase.DECISION)
    for seat in (CHN, JPN, PHL):
        table.order(seat, False, **{arena.name: "C" for arena in table.position.arenas_of(seat)})
    table.skip_to(Phase.DECISION, 2)
    table.order(JPN, strait="D", forum="D")
    table.skip_to(Phase.REVEAL, 2)
    resolved = table.position.history[-1]
    (abandoned, *_) = [each for each in resolved.incidents if each.seats == (CHN, JPN)]
    assert abandoned.cost > 0
    paid = sum(result.payoffs[CHN] for result in resolved.results)
    assert resolved.gains[CHN] == paid - abandoned.cost
    assert table.position.totals[CHN] == sum(row.gains[CHN] for row in table.position.history)


def test_doctrines_play_a_region_and_its_record_holds():
    scenario = shipped("south_china_sea")
    cast = dict(zip(scenario.seats, DOCTRINES * 2, strict=False))
    log = play_bot_match(scenario, cast, "7", 1)
    assert [x.move.kind for r in fold(log).history for x in r.moves]
    record = read_record(write_record(log, "test").encode())
    assert verify(record) == fold(log)


def test_a_large_population_keeps_only_those_who_met():
    size = LARGEST_WITH_MEMORY + 2
    many = population(load_scenario("chicken"), size, Pairing.ROUND_ROBIN, "7")
    log = play_bot_match(many, dict.fromkeys(many.seats, "tit_for_tat"), "7", 1)
    assert {len(row) for row in fold(log).standing.faith.values()} == {1}


def test_a_seat_leans_on_its_main_supplier_and_at_first_on_nobody():
    table = a_table(1)
    assert FIRST.leans_on(table.position, CHN) is None
    play(table)
    assert FIRST.leans_on(table.position, CHN) == JPN
