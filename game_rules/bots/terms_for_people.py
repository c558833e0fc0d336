"""Terms for people: counter-proposals, and deals in which points change hands.

Bots among themselves bargain as docs/experiments.md measures it. With a person they haggle, too.
"""

from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from math import ceil, floor

from game_rules.doctrines.deals import deposit, joint, unsettled
from game_rules.doctrines.doctrine import Doctrine
from game_rules.doctrines.seat_view import SeatView
from game_rules.errors import InvalidInput
from game_rules.log.position import Position
from game_rules.roles import Seat
from game_rules.scenario.pact_checks import check_terms
from game_rules.scenario.pacts import Binding, PactTerms, Transfer
from game_rules.scenario.scenario import Arena

MOST_POINTS = 3.0
"""The most that a bot pays or asks for in a round. Assumption."""

EVERY = 3
"""In one round of so many a bot makes an offer to a person, each in its turn. Assumption."""

SHORTER = (2, 1)
ASKED = (0.0, 1.0, 2.0)


def has_people(position: Position, seats: tuple[Seat, ...]) -> bool:
    """Tell whether a person holds one of some seats."""
    held = (position.holders.get(seat) for seat in seats)
    return any(holder is not None and not holder.is_bot for holder in held)


def countered(
    view: SeatView, doctrine: Doctrine, terms: PactTerms, proposer: Seat
) -> PactTerms | None:
    """Return the terms nearest to some that the doctrine would sign, between the same two.

    It leaves out what it should pay, shortens, changes the level, and asks for points, in this
    order. None where nothing helps.
    """
    own = view.seat
    if set(terms.parties) != {own, proposer}:
        return None
    kept = tuple(each for each in terms.transfers if each.giver != own)
    shorter = dict.fromkeys((terms.rounds, *(x for x in SHORTER if x < terms.rounds)))
    for points, level, rounds in product(ASKED, _levels(view, terms), shorter):
        asked = (Transfer(proposer, own, points),) if points and not kept else ()
        changed = replace(terms, **level, rounds=rounds, transfers=(*kept, *asked))
        if changed != terms and _is_signed(view, doctrine, changed):
            return changed
    return None


def _levels(view: SeatView, terms: PactTerms) -> Iterator[dict[str, object]]:
    """Yield the level that was proposed, then looser ones, then a stake above z*."""
    yield {}
    for binding in (Binding.TREATY, Binding.COMMUNIQUE):
        yield {"binding": binding, "stake": 0.0}
    known = {arena.name: arena for arena in view.arenas}
    arenas = [known[x.arena] for x in terms.pledges if x.arena in known]
    if arenas:
        stake = max(deposit(view, arena, terms.parties) for arena in arenas)
        yield {"binding": Binding.ESCROW, "stake": stake}


def offers_to_people(view: SeatView, doctrine: Doctrine) -> Iterator[PactTerms]:
    """Offer a person a round of cooperation: for points, where it is worth that to either.

    It pays half of what it gains to a person whom it trusts little, and asks for what it would
    lose. Source: Schelling 1960 (side payments); the figures are assumptions.
    """
    seats = view.position.scenario.seats
    if (view.round + seats.index(view.seat)) % EVERY:
        return
    for arena in unsettled(view):
        for other in view.others(arena):
            if has_people(view.position, (other,)):
                yield from _offers(view, doctrine, arena, other)


def _offers(view: SeatView, doctrine: Doctrine, arena: Arena, other: Seat) -> Iterator[PactTerms]:
    stake = deposit(view, arena, (view.seat, other))
    treaty = joint(view, arena, (other,), Binding.TREATY, 1)
    for plain in (treaty, replace(treaty, binding=Binding.ESCROW, stake=stake)):
        if doctrine.signs(view, plain):
            terms = _with_points(view, plain, doctrine.surplus(view, plain), other)
            if _is_signed(view, doctrine, terms):
                yield terms
                return


def _with_points(view: SeatView, terms: PactTerms, worth: float, other: Seat) -> PactTerms:
    paid = min(MOST_POINTS, floor(worth) / 2.0)
    asked = min(MOST_POINTS, ceil(-worth * 2.0) / 2.0)
    if paid > 0.0 and view.trust(other) <= 0.5:
        return replace(terms, transfers=(Transfer(view.seat, other, paid),))
    return terms if worth >= 0.0 else replace(terms, transfers=(Transfer(other, view.seat, asked),))


def _is_signed(view: SeatView, doctrine: Doctrine, terms: PactTerms) -> bool:
    try:
        check_terms(terms, view.position.arenas)
    except InvalidInput:
        return False
    return doctrine.accepts(view, terms)
