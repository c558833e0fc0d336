"""Bots in seats: what they are asked, what they may know, and matches of bots alone."""

import inspect

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from game_rules.bots.bot_match import play_bot_match
from game_rules.bots.orders import order_of_bot
from game_rules.errors import SeatUnavailable, UnknownStrategy
from game_rules.games.stage_games import LIBRARY, Action, C, D
from game_rules.log import events as e
from game_rules.log.events import Phase
from game_rules.log.evolve import fold
from game_rules.match.orders import SaveOrder
from game_rules.match.visibility import redact
from game_rules.roles import Seat, seated
from game_rules.scenario.scenario import Scenario
from tests.game_rules.drawn import BOTS, scenarios
from tests.game_rules.scenes import CHN, JPN, PHL, Table, a_scenario, an_arena

ALL = (CHN, JPN, PHL)


def played(log: tuple[e.Event, ...]) -> list[e.RoundResolved]:
    """Give the rounds of a log."""
    return [event for event in log if isinstance(event, e.RoundResolved)]


def dyad(name: str = "prisoners_dilemma", **changes: object) -> Scenario:
    """A scenario of one two-by-two game; PHL sits beside it."""
    return a_scenario(arenas=(an_arena("dyad", (CHN, JPN), LIBRARY[name]),), **changes)


def test_a_bot_orders_in_all_its_arenas_and_no_other():
    position = Table().start().skip_to(Phase.DECISION).position
    assert order_of_bot(position, CHN, "cooperator", "7") == SaveOrder(1, {"strait": C, "forum": C})
    assert order_of_bot(position, PHL, "defector", "7") == SaveOrder(1, {"forum": D})


def test_an_unknown_bot_is_refused():
    with pytest.raises(UnknownStrategy):
        order_of_bot(Table().position, CHN, "no_such_bot", "7")


def test_a_match_of_bots_plays_every_round_and_ends():
    log = play_bot_match(a_scenario(), dict.fromkeys(ALL, "tit_for_tat"), "7")
    assert [resolved.round for resolved in played(log)] == [1, 2, 3]
    assert log[-1] == e.MatchEnded(e.EndReason.ROUNDS_PLAYED, "7", 0)
    assert {event.at_ms for event in log} == {0}


def test_two_defectors_meet_in_the_papers_dilemma():
    log = play_bot_match(dyad(), {CHN: "defector", JPN: "cooperator"}, "7")
    assert [x.gains for x in played(log)] == [{CHN: 5.0, JPN: 0.0, PHL: 0.0}] * 3


def test_tit_for_tat_answers_what_it_saw_the_round_before():
    log = play_bot_match(dyad(), {CHN: "alternator", JPN: "tit_for_tat"}, "7")
    actions = [tuple(x.results[0].actions.values()) for x in played(log)]
    assert actions == [(C, C), (D, C), (C, D)]


def test_a_bot_beside_all_arenas_stops_nobody():
    log = play_bot_match(dyad(), dict.fromkeys(ALL, "grudger"), "7")
    assert len(played(log)) == 3


@pytest.mark.parametrize(
    ("bots", "error"),
    [({Seat("XXX"): "grudger"}, SeatUnavailable), ({CHN: "no_such_bot"}, UnknownStrategy)],
)
def test_a_wrong_seat_or_strategy_is_refused(bots: dict[Seat, str], error: type[Exception]):
    with pytest.raises(error):
        play_bot_match(a_scenario(), bots, "7")


@settings(max_examples=50)
@given(st.data())
def test_every_scenario_can_be_played_by_bots(data: st.DataObject):
    scenario = data.draw(scenarios())
    bots = {seat: data.draw(st.sampled_from(BOTS)) for seat in scenario.seats}
    log = play_bot_match(scenario, bots, "7")
    assert fold(log).is_over
    assert play_bot_match(scenario, bots, "7") == log
    assert all(
        source is e.OrderSource.ORDERED
        for resolved in played(log)
        for result in resolved.results
        for source in result.sources.values()
    )


@pytest.mark.parametrize("other", [C, D])
def test_a_bot_cannot_know_the_order_of_another(other: Action, monkeypatch: pytest.MonkeyPatch):
    """Whatever the others chose, the position that a bot is asked with is the same."""
    shown = []

    def spy(position: object, *rest: object) -> SaveOrder:
        shown.append(position)
        return order_of_bot(position, *rest)  # ty: ignore[invalid-argument-type]

    monkeypatch.setattr("game_rules.bots.bot_match.order_of_bot", spy)
    name = "cooperator" if other is C else "defector"
    log = play_bot_match(dyad(rounds=1), {CHN: name, JPN: "grudger"}, "7")
    opened = next(n for n, x in enumerate(log) if isinstance(x, e.OrderSaved))
    seen = [redact(x, seated(JPN), dyad(rounds=1)) for x in log[:opened]]
    assert shown[1] == fold(x for x in seen if x is not None)


def test_the_seed_reaches_a_bot_only_through_its_chance():
    """A position that a bot is shown has no seed; `order_of_bot` takes it apart from it."""
    assert "seed" in inspect.signature(order_of_bot).parameters
    log = play_bot_match(dyad(), dict.fromkeys(ALL, "random"), "7")
    other = play_bot_match(dyad(), dict.fromkeys(ALL, "random"), "8")
    assert [x.results for x in played(log)] != [x.results for x in played(other)]
