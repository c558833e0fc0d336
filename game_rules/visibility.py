"""What a viewer may see of an event. Nobody is shown a type that is not named here."""

from dataclasses import replace

from game_rules import events as e
from game_rules.fog import in_fog
from game_rules.pacts import Pact
from game_rules.roles import Role, Viewer
from game_rules.scenario import Press, Scenario


def redact(event: e.Event, viewer: Viewer, scenario: Scenario) -> e.Event | None:
    """Return what this viewer may see of an event, or None.

    The archive sees all; it is handed out for ended matches only.
    """
    if viewer.role is Role.ARCHIVE:
        return event
    match event:
        case e.MatchCreated():
            return replace(event, seed=None)
        case e.BotSeated():
            is_host = viewer.role is Role.FACILITATOR
            return event if is_host else replace(event, strategy=None)
        case e.OrderSaved(seat=seat):
            return event if viewer.owns(seat) else None
        case e.ReadySet(seat=seat):
            is_shown = scenario.shows_ready or viewer.role is Role.FACILITATOR
            return event if is_shown or viewer.owns(seat) else None
        case e.MessageSaid(room=room):
            return event if not room or _is_in(viewer, room) else None
        case e.RoundResolved():
            is_clear = scenario.monitoring >= 1 or viewer.role is Role.FACILITATOR
            seen = event if is_clear else in_fog(event, viewer.seat)
            return _with_own_pacts(seen, viewer, scenario)
        case e.ProposalMade(terms=terms):
            return event if _is_party(viewer, terms.parties, scenario) else None
        case e.ProposalAnswered(parties=parties):
            return event if _is_party(viewer, parties, scenario) else None
        case e.PactConcluded(pact=pact):
            return event if _knows(viewer, pact, scenario) else None
        case (
            e.SeatTaken()
            | e.SeatVacated()
            | e.ArenaOpened()
            | e.ArenaClosed()
            | e.PhaseOpened()
            | e.MatchPaused()
            | e.MatchResumed()
            | e.DeadlineMoved()
            | e.MatchEnded()
        ):
            return event
        case _:
            return None


def _with_own_pacts(event: e.RoundResolved, viewer: Viewer, scenario: Scenario) -> e.RoundResolved:
    """Leave out the pacts, and breaches of pacts, that are between others."""
    pacts = tuple(x for x in event.pacts if _knows(viewer, x, scenario))
    breaches = tuple(
        x for x in event.breaches if x.is_public or _is_party(viewer, x.parties, scenario)
    )
    if (pacts, breaches) == (event.pacts, event.breaches):
        return event
    return replace(event, pacts=pacts, breaches=breaches)


def _knows(viewer: Viewer, pact: Pact, scenario: Scenario) -> bool:
    terms = pact.terms
    return terms.binding.is_public or _is_party(viewer, terms.parties, scenario)


def _is_party(viewer: Viewer, parties: tuple[str, ...], scenario: Scenario) -> bool:
    """Where all talk is public, so are proposals and communiques."""
    return scenario.press is Press.PUBLIC or _is_in(viewer, parties)


def _is_in(viewer: Viewer, room: tuple[str, ...]) -> bool:
    return viewer.role is Role.FACILITATOR or viewer.seat in room
