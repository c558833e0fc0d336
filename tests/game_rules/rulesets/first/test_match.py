"""A match by rules 1: what its events hold, and what incidents cost."""

from game_rules.log import events as e
from game_rules.log.events import Phase
from game_rules.scenario.parameters import StandingParameters
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
