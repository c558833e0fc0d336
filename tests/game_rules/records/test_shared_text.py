"""What many viewers are shown is written once, and nobody gets the text of another round."""

import sys
from types import FrameType

from game_rules.log.events import Event, RoundResolved
from game_rules.match.visibility import redact
from game_rules.records.codec import dumps, loads
from game_rules.roles import seated
from tests.game_rules.rulesets.second.regions import CHN, USA, SecondTable, quad


def two_rounds_as_two_seats_see_them() -> list[Event]:
    table = SecondTable(quad())
    table.round("C")
    table.round("D")
    resolved = [event for event in table.log if isinstance(event, RoundResolved)]
    scenario = table.position.scenario
    seen = [redact(event, seated(seat), scenario) for event in resolved for seat in (USA, CHN)]
    return [event for event in seen if event is not None]


def calls_to_write(event: Event) -> int:
    """Count the calls that writing an event takes."""
    counted = 0

    def count(frame: FrameType, what: str, _: object) -> None:
        nonlocal counted
        counted += what == "call"

    before = sys.getprofile()
    sys.setprofile(count)
    dumps(event)
    sys.setprofile(before)
    return counted


def test_a_second_viewer_of_a_round_costs_half_of_the_first():
    other_round, _, first, second = two_rounds_as_two_seats_see_them()
    dumps(other_round)
    alone = calls_to_write(first)
    assert calls_to_write(second) < alone / 2


def test_each_viewer_of_each_round_gets_its_own_text():
    events = two_rounds_as_two_seats_see_them()
    texts = [dumps(event) for event in (*events, *reversed(events))]
    assert texts[:4] == texts[:3:-1]
    assert len({*texts}) == 4
    assert [loads(RoundResolved, text) for text in texts[:4]] == events
