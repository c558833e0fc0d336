"""The digest of a match: what a library of many matches is searched by, read from the log alone."""

from collections.abc import Iterable
from dataclasses import dataclass

from game_rules.log.events import Event, MatchCreated, MatchEnded, RoundResolved
from game_rules.standing.incidents import Concept
from game_rules.standing.integration import Outlook

DIGEST_VERSION = 1
"""Goes up when `digest_of` finds something else; stored digests are then made again."""

DIGESTED = (MatchCreated.type, RoundResolved.type, MatchEnded.type)
"""The types of the events that a digest is made of; others change nothing."""


@dataclass(frozen=True, slots=True)
class Digest:
    """What a match came to. It tells how the rounds went, so it is for a match that has ended.

    outlook: after the last round; None where no index is computed. incidents: each concept once, in
    the order of `Concept`. breaches: broken pledges. ended_at_ms: None for a match in progress.
    """

    seats: int
    ended_at_ms: int | None
    outlook: Outlook | None
    incidents: tuple[Concept, ...]
    breaches: int


def digest_of(log: Iterable[Event]) -> Digest:
    """Digest the log of a match. Events whose type is not in `DIGESTED` may be left out.

    >>> from game_rules.log.events import EndReason
    >>> digest_of([MatchEnded(EndReason.FACILITATOR, "seed", 70)])
    Digest(seats=0, ended_at_ms=70, outlook=None, incidents=(), breaches=0)
    """
    seats, ended_at_ms, outlook = 0, None, None
    found, breaches = set[Concept](), 0
    for event in log:
        match event:
            case MatchCreated(scenario=scenario):
                seats = len(scenario.seats)
            case RoundResolved():
                outlook = _outlook(event)
                found.update(incident.concept for incident in event.incidents)
                breaches += len(event.breaches)
            case MatchEnded(at_ms=ended_at_ms):
                pass
    incidents = tuple(concept for concept in Concept if concept in found)
    return Digest(seats, ended_at_ms, outlook, incidents, breaches)


def _outlook(resolved: RoundResolved) -> Outlook | None:
    """Return the outlook after a round, which rules 2 write as a change of the standing."""
    after = resolved.standing if resolved.change is None else resolved.change
    return None if after.integration is None else after.integration.outlook
