"""One round: what was ordered, what stands in for what was not, and what it pays."""

from hypothesis import given
from hypothesis import strategies as st

from game_rules.games.stage_games import C, D
from game_rules.log import events as e
from game_rules.log.events import Phase
from game_rules.log.evolve import fold
from game_rules.roles import Seat
from game_rules.rounds.resolution import last_actions, resolve_round
from game_rules.rulesets.chosen import RULESETS
from game_rules.scenario.parameters import Consequences
from game_rules.scenario.scenario import MissingOrder
from tests.game_rules.drawn import orders, scenarios
from tests.game_rules.scenes import CHN, JPN, PHL, START_MS, Table, a_scenario


def deciding(**changes: object) -> Table:
    """A match in the decision of round 1, with people on all seats."""
    return Table(a_scenario(**changes)).seat(CHN, JPN, PHL).start().skip_to(Phase.DECISION)


def test_orders_are_paid_by_the_games():
    table = deciding(consequences=Consequences(institution_at_start=0.0))
    table.order(CHN, strait="D", forum="C")
    table.order(JPN, strait="C", forum="C")
    table.order(PHL, forum="D")
    strait, forum = resolve_round(table.position, START_MS).results
    assert strait == e.ArenaResult(
        arena="strait",
        actions={CHN: D, JPN: C},
        sources={CHN: e.OrderSource.ORDERED, JPN: e.OrderSource.ORDERED},
        payoffs={CHN: 5.0, JPN: 0.0},
    )
    # b Q - c - e (1 - f): 6 * 6/7 - 2 - 1/3 and 6 * 6/7 - 2 - 1/5; sigma b Q + g f: 3 * 6/7 + 1
    assert [round(x, 9) for x in forum.payoffs.values()] == [
        round(36 / 7 - 2 - 1 / 3, 9),
        round(36 / 7 - 2 - 1 / 5, 9),
        round(18 / 7 + 1, 9),
    ]


def test_gains_are_summed_over_arenas_and_totals_over_rounds():
    table = deciding()
    for number in (1, 2):
        table.skip_to(Phase.DECISION, number)
        table.order(CHN, strait="C", forum="C")
        table.order(JPN, strait="C", forum="C")
        table.skip_to(Phase.REVEAL, number)
    first, second = table.position.history
    assert first.gains[CHN] == sum(result.payoffs[CHN] for result in first.results)
    assert table.position.totals[CHN] == first.gains[CHN] + second.gains[CHN]


def test_a_seat_in_no_arena_gains_nothing():
    scenario = a_scenario()
    table = Table(a_scenario(arenas=scenario.arenas[:1])).start().skip_to(Phase.DECISION)
    assert resolve_round(table.position, START_MS).gains[PHL] == 0.0


def test_what_was_never_ordered_is_defection_and_marked():
    resolved = resolve_round(deciding().position, START_MS)
    for result in resolved.results:
        assert set(result.actions.values()) == {D}
        assert set(result.sources.values()) == {e.OrderSource.DEFAULTED}


def test_a_missing_order_repeats_the_last_and_is_marked():
    table = deciding()
    table.order(CHN, strait="C", forum="C")
    table.skip_to(Phase.DECISION, 2)
    strait, _ = resolve_round(table.position, START_MS).results
    assert (strait.actions[CHN], strait.sources[CHN]) == (C, e.OrderSource.REPEATED)
    assert (strait.actions[JPN], strait.sources[JPN]) == (D, e.OrderSource.REPEATED)


def test_a_scenario_may_not_repeat():
    table = deciding(missing_order=(MissingOrder.DEFECT,))
    table.order(CHN, strait="C", forum="C")
    table.skip_to(Phase.DECISION, 2)
    strait, _ = resolve_round(table.position, START_MS).results
    assert (strait.actions[CHN], strait.sources[CHN]) == (D, e.OrderSource.DEFAULTED)


def test_what_an_order_leaves_open_is_filled_arena_by_arena():
    table = deciding()
    table.order(CHN, forum="C")
    strait, forum = resolve_round(table.position, START_MS).results
    assert strait.sources[CHN] is e.OrderSource.DEFAULTED
    assert forum.sources[CHN] is e.OrderSource.ORDERED


def test_an_arena_that_was_not_played_last_round_has_no_last_actions():
    scenario = a_scenario()
    table = deciding(arenas=scenario.arenas[:1])
    assert last_actions(table.position, scenario.arenas[0]) == {}
    table.skip_to(Phase.REVEAL)
    assert last_actions(table.position, scenario.arenas[0]) == {CHN: D, JPN: D}
    assert last_actions(table.position, scenario.arenas[1]) == {}


@given(st.data())
def test_every_member_of_every_arena_gets_an_action_and_what_the_game_pays(data: st.DataObject):
    """Beside what arenas pay, rules 2 charge by their lines; rules 1 nothing in a first round."""
    scenario, version = data.draw(scenarios()), data.draw(st.sampled_from(sorted(RULESETS)))
    log = list(Table(scenario, version=version).log)
    log.append(e.PhaseOpened(1, Phase.DECISION, START_MS, None))
    opened = fold(log)
    chosen = {seat: data.draw(orders(opened, seat)) for seat in scenario.seats}
    log += [e.OrderSaved(1, seat, actions, START_MS) for seat, actions in chosen.items()]
    resolved = resolve_round(fold(log), START_MS)
    gains: dict[Seat, float] = dict.fromkeys(scenario.seats, 0.0)
    for arena, result in zip(opened.arenas, resolved.results, strict=True):
        assert tuple(result.actions) == arena.members
        for seat, action in chosen.items():
            if arena.name in action:
                assert result.actions[seat] is action[arena.name]
        profile = tuple(result.actions.values())
        assert tuple(result.payoffs.values()) == arena.game.payoffs(profile)
        for seat, payoff in result.payoffs.items():
            gains[seat] += payoff
    for charged in resolved.lines.values():
        for seat, points in charged.items():
            gains[seat] += points
    assert resolved.gains == gains
