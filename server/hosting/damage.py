"""A match whose part of the database is damaged: it is set aside, and the others go on."""

from game_rules.errors import InvalidInput, RuleViolation
from game_rules.log.events import Event
from game_rules.records.codec import loads
from server.hosting.fanout import LoggedEvent
from server.store.event_store import MatchId, StoredEvent

REMEDY = "restore a backup, or replay its record"
UNREADABLE = "a page of the database cannot be read"
UNWRITABLE = "a page of the database cannot be written"
UNFOLDED = "its events do not fit together"


class MatchDamaged(RuleViolation):
    """The match cannot be read, or cannot be written; others of the database can.

    problem: what is damaged, without the remedy.
    """

    code = "match_damaged"

    def __init__(self, match_id: MatchId, problem: str) -> None:
        super().__init__(f"match {match_id} is damaged: {problem}; {REMEDY}")
        self.problem = problem


def logged(match_id: MatchId, seq: int, row: StoredEvent) -> LoggedEvent:
    """Decode a row of a log. seq: the number that it must have. Raises MatchDamaged."""
    if row.seq != seq:
        raise MatchDamaged(match_id, f"its event {seq} is missing")
    try:
        return LoggedEvent(seq, loads(Event, row.payload), row.payload)
    except (InvalidInput, TypeError) as error:  # damage may have made a number of a text
        raise MatchDamaged(match_id, f"its event {seq} cannot be read") from error
