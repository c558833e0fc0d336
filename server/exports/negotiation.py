"""The tables of messages and pledges: one row per message, one per pledge and round.

docs/exports.md explains the columns. Names of people are left out; the record has them.
"""

from collections.abc import Iterator, Sequence

from game_rules.log import events as e
from game_rules.log.events import OrderSource
from game_rules.match.talk import text_of
from game_rules.scenario.pacts import Pact, Pledge
from server.exports.pages import Row, columns, moments

TALK_COLUMNS = columns("round phase said_ms sender room seats act text")
PLEDGE_COLUMNS = columns(
    "round pact binding stake is_conditional parties first_round last_round seat arena "
    "pledged played outcome forfeited"
)


def talk(log: Sequence[e.Event]) -> Iterator[Row]:
    """Yield a row per message."""
    for event, position, about in moments(log):
        if isinstance(event, e.MessageSaid):
            yield {
                **about,
                "round": event.round,
                "phase": position.phase.value,
                "said_ms": event.at_ms,
                "sender": event.sender or "facilitator",
                "room": _room(event),
                "seats": " ".join(event.room),
                "act": event.act,
                "text": text_of(event, position),
            }


def _room(said: e.MessageSaid) -> str:
    """Name the kind of room: who could read it besides the facilitator, who reads all."""
    kinds = {0: "public", 1: "facilitator", 2: "bilateral"}
    return kinds.get(len(said.room), "group")


def pledges(log: Sequence[e.Event]) -> Iterator[Row]:
    """Yield a row per pledge and round in which it was binding."""
    for event, position, about in moments(log):
        if isinstance(event, e.RoundResolved):
            for pact in position.pacts:
                yield from _of_pact(pact, event, about)


def _of_pact(pact: Pact, resolved: e.RoundResolved, about: Row) -> Iterator[Row]:
    for pledge in pact.terms.pledges:
        result = next((x for x in resolved.results if x.arena == pledge.arena), None)
        is_due = pact.binds(pledge.seat, resolved.round)
        if result is None or not is_due or pledge.seat not in result.actions:
            continue
        yield {
            **about,
            **_terms(pact),
            "round": resolved.round,
            "seat": pledge.seat,
            "arena": pledge.arena,
            "pledged": pledge.action.value,
            "played": result.actions[pledge.seat].value,
            **_outcome(pact, pledge, resolved, result.sources[pledge.seat]),
        }


def _outcome(pact: Pact, pledge: Pledge, resolved: e.RoundResolved, source: OrderSource) -> Row:
    for breach in resolved.breaches:
        if (breach.pact, breach.seat, breach.arena) == (pact.number, pledge.seat, pledge.arena):
            return {"outcome": "broken", "forfeited": breach.forfeited}
    outcome = "executed" if source is OrderSource.EXECUTED else "kept"
    return {"outcome": outcome, "forfeited": 0.0}


def _terms(pact: Pact) -> Row:
    return {
        "pact": pact.number,
        "binding": pact.terms.binding.value,
        "stake": pact.terms.stake,
        "is_conditional": int(pact.terms.is_conditional),
        "parties": " ".join(pact.terms.parties),
        "first_round": pact.first_round,
        "last_round": pact.last_round,
    }
