"""Records whose hashes are in order, and whose events are not."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game_rules.bots.bot_match import play_bot_match
from game_rules.errors import RecordError
from game_rules.games.stage_games import C, D
from game_rules.log import events as e
from game_rules.log.events import Phase
from game_rules.match import commands as c
from game_rules.records.record import (
    Record,
    verify,
)
from game_rules.roles import Seat
from tests.game_rules.records.forged import (
    LINES,
    LOG,
    RAW,
    bodies_of,
    check,
    forge,
    place_of,
    rehash,
)
from tests.game_rules.scenes import (
    CHN,
    JPN,
    PHL,
    QUICK,
    Table,
    a_scenario,
)

JSONS = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=8,
)


@given(st.data())
def test_an_event_with_any_value_put_in_anywhere_is_named_or_harmless(data: st.DataObject):
    """Nothing but RecordError comes out, whatever stands in a line."""
    number = data.draw(st.integers(1, len(LOG)))
    bodies = bodies_of(RAW)
    _put_somewhere(bodies[number]["event"], data)
    try:
        check(rehash(bodies))
    except RecordError as error:
        line = error.line
    else:
        return
    earliest = number + 1 if number > 1 else 1  # the header states the rules of the first event
    assert earliest <= line <= len(LINES)


def _put_somewhere(node: Any, data: st.DataObject) -> None:
    keys = list(node) if isinstance(node, dict) else list(range(len(node)))
    while keys:
        key = data.draw(st.sampled_from(keys))
        inner = node[key]
        if not isinstance(inner, (dict, list)) or not inner or data.draw(st.booleans()):
            node[key] = data.draw(JSONS | st.sampled_from((0, -1, 10**400, 1e308, "C", "XXX")))
            return
        node, keys = inner, list(inner) if isinstance(inner, dict) else list(range(len(inner)))


def forged_payoff(event: Any) -> Any:
    first, *rest = event.results
    payoffs = {**first.payoffs, CHN: first.payoffs[CHN] + 1}
    return replace(event, results=(replace(first, payoffs=payoffs), *rest))


def forged_action(event: Any) -> Any:
    first, *rest = event.results
    return replace(event, results=(replace(first, actions={CHN: D, JPN: D}), *rest))


def forged_source(event: Any) -> Any:
    first, *rest = event.results
    sources = dict.fromkeys(first.sources, e.OrderSource.ORDERED)
    return replace(event, results=(replace(first, sources=sources), *rest))


FORGERIES: list[tuple[type, int, Callable[[Any], Any]]] = [
    (e.MatchCreated, 0, lambda x: replace(x, rules_version=99)),
    (e.MatchCreated, 0, lambda x: replace(x, seed=None)),
    (e.SeatTaken, 0, lambda x: replace(x, seat=Seat("XXX"))),
    (e.SeatTaken, 1, lambda x: replace(x, seat=CHN)),
    (e.SeatTaken, 0, lambda x: replace(x, name="Ann")),
    (e.BotSeated, 0, lambda x: replace(x, seat=Seat("XXX"))),
    (e.BotSeated, 0, lambda x: replace(x, strategy="no_such_bot")),
    (e.BotSeated, 0, lambda x: replace(x, strategy=None)),
    (e.SeatVacated, 0, lambda x: replace(x, seat=Seat("XXX"))),
    (e.PhaseOpened, 0, lambda x: replace(x, phase=Phase.DECISION)),
    (e.PhaseOpened, 0, lambda x: replace(x, round=3)),
    (e.PhaseOpened, 0, lambda x: replace(x, deadline_ms=x.deadline_ms + 1)),
    (e.PhaseOpened, 1, lambda x: replace(x, round=2)),
    (e.PhaseOpened, 3, lambda x: replace(x, deadline_ms=None)),
    (e.MessageSaid, 0, lambda x: replace(x, sender=PHL)),
    (e.MessageSaid, 0, lambda x: replace(x, room=(Seat("XXX"),))),
    (e.MessageSaid, 0, lambda x: replace(x, text=" ")),
    (e.MessageSaid, 0, lambda x: replace(x, round=2)),
    (e.OrderSaved, 0, lambda x: replace(x, actions={"nowhere": C})),
    (e.OrderSaved, 0, lambda x: replace(x, seat=Seat("XXX"))),
    (e.OrderSaved, 0, lambda x: replace(x, round=2)),
    (e.OrderSaved, 2, lambda x: replace(x, seat=PHL)),
    (e.OrderSaved, 1, lambda x: replace(x, at_ms=x.at_ms + 10**6)),
    (e.OrderSaved, 3, lambda x: replace(x, actions={"forum": C})),
    (e.ReadySet, 0, lambda x: replace(x, phase=Phase.REVEAL)),
    (e.RoundResolved, 0, forged_payoff),
    (e.RoundResolved, 0, forged_action),
    (e.RoundResolved, 0, forged_source),
    (e.RoundResolved, 1, lambda x: replace(x, gains={**x.gains, CHN: 99.0})),
    (e.RoundResolved, 1, lambda x: replace(x, results=())),
    (e.MatchResumed, 0, lambda x: replace(x, deadline_ms=x.deadline_ms - 1)),
    (e.DeadlineMoved, 0, lambda x: replace(x, deadline_ms=0)),
    (e.DeadlineMoved, 1, lambda x: replace(x, deadline_ms=0)),
    (e.MatchEnded, 0, lambda x: replace(x, seed="another")),
    (e.MatchEnded, 0, lambda x: replace(x, reason=e.EndReason.CHANCE)),
]


@pytest.mark.parametrize(("kind", "nth", "forgery"), FORGERIES)
def test_a_forged_event_is_named_though_every_hash_is_in_order(
    kind: type, nth: int, forgery: Callable[[Any], Any]
):
    place = place_of(kind, nth)
    forged = [*LOG[:place], forgery(LOG[place]), *LOG[place + 1 :]]
    with pytest.raises(RecordError) as found:
        check(forge(forged))
    assert found.value.line == place + 2


def test_in_rules_1_nobody_sits_down_without_a_name():
    table = Table(version=1).seat(CHN)
    forged = [*table.log[:-1], replace(table.log[-1], name="")]
    with pytest.raises(RecordError) as found:
        check(forge(forged))
    assert found.value.line == len(forged) + 1


def test_a_seed_changed_throughout_is_found_where_chance_decides():
    scenario = a_scenario(continuation=0.5, rounds=50, seconds=QUICK)
    log = play_bot_match(scenario, dict.fromkeys((CHN, JPN, PHL), "grudger"), "7")
    forged = [replace(x, seed="8") if hasattr(x, "seed") else x for x in log]
    with pytest.raises(RecordError):
        check(forge(forged))


def test_what_follows_by_itself_cannot_be_left_out():
    opened = place_of(e.PhaseOpened, 2)
    with pytest.raises(RecordError):
        check(forge(LOG[:opened] + LOG[opened + 1 :]))


def test_a_match_is_created_once():
    with pytest.raises(RecordError, match="created once") as found:
        check(forge([*LOG, LOG[0]]))
    assert found.value.line == len(LOG) + 2


def test_a_log_begins_with_its_match():
    with pytest.raises(RecordError) as found:
        verify(Record("v", tuple(LOG[1:])))
    assert found.value.line == 2


def test_a_host_cannot_end_a_match_under_another_seed():
    table = Table().start()
    table.do(c.EndMatch())
    forged = [*table.log[:-1], replace(table.log[-1], seed="another")]
    with pytest.raises(RecordError) as found:
        check(forge(forged))
    assert found.value.line == len(forged) + 1
