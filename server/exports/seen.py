"""A log as somebody saw it, as JSON: what a reader of a finished match is sent."""

from collections.abc import Iterable

from game_rules.log.events import Event
from game_rules.log.people import Names, known_in
from game_rules.match.visibility import redact
from game_rules.records.codec import dumps
from game_rules.roles import Viewer
from game_rules.scenario.scenario import Scenario


def seen_log(log: Iterable[Event], viewer: Viewer, scenario: Scenario, names: Names) -> str:
    """Write what a viewer may see of some of a match's events, with the names that they need."""
    shown = (redact(event, viewer, scenario) for event in log)
    seen = [event for event in shown if event is not None]
    known = known_in(seen, names)
    more = f',"names":{dumps(known)}' if known else ""
    return f'{{"events":[{",".join(map(dumps, seen))}]{more}}}'
