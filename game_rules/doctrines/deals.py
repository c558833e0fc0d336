"""Deals: the terms that doctrines propose, and when they propose them."""

from collections.abc import Iterator, Sequence

from game_rules.doctrines.seat_view import SeatView
from game_rules.games.corners import Corners
from game_rules.games.stage_games import Action, C, D
from game_rules.roles import Seat
from game_rules.scenario.pacts import LARGEST_STAKE, MOST_PARTIES, Binding, PactTerms, Pledge
from game_rules.scenario.scenario import Arena

STAKE_MARGIN = 1.25
"""How far a stake lies above the largest z* of the parties, as a factor. Assumption."""


def is_time(number: int, every: int) -> bool:
    """Tell whether offers are due: in round 1 and every `every` rounds after it.

    Declined terms are not proposed again in between.

    >>> [number for number in range(1, 9) if is_time(number, 3)]
    [1, 4, 7]
    """
    return (number - 1) % every == 0


def unsettled(view: SeatView) -> Iterator[Arena]:
    """Yield the seat's arenas in which no pact or open offer binds it this round.

    So a concluded or an open deal is not proposed again.
    """
    own = view.seat
    open_offers = {
        pledge.arena
        for proposal in view.position.proposals
        for pledge in proposal.terms.pledges
        if pledge.seat == own
    }
    for arena in view.arenas:
        if arena.name not in open_offers and view.pledge(arena.name, own) is None:
            yield arena


def has_common_gain(corners: Corners) -> bool:
    """Tell whether all-C is better for a member than all-D: R > P."""
    return corners.R > corners.P


def joint(
    view: SeatView,
    arena: Arena,
    others: Sequence[Seat],
    binding: Binding,
    rounds: int,
    *,
    stake: float = 0.0,
    is_conditional: bool = False,
) -> PactTerms:
    """Make terms by which the seat and some others (one or more) all pledge C in an arena.

    At most as many parties as a pact may have, the heaviest first.
    """
    by_weight = sorted(others, key=lambda seat: -arena.game.weight(arena.member(seat)))
    chosen = {view.seat, *by_weight[: MOST_PARTIES - 1]}
    parties = tuple(seat for seat in arena.members if seat in chosen)
    pledges = tuple(Pledge(seat, arena.name, C) for seat in parties)
    return PactTerms(parties, pledges, (), rounds, binding, stake, is_conditional)


def turns(view: SeatView, arena: Arena, binding: Binding) -> PactTerms | None:
    """Make terms for taking turns where two want different things: one round, my agenda or yours.

    The first member's agenda in odd rounds, the second's in even ones. None for other games.
    Source: the correlated equilibrium of Battle of the Sexes (Aumann 1974), by alternation.
    """
    corners = arena.game.corners(arena.member(view.seat))
    is_battle = corners.is_contested and corners.R < corners.S
    if len(arena.members) != 2 or not is_battle:
        return None
    actions: tuple[Action, Action] = (D, C) if view.round % 2 else (C, D)
    pledges = tuple(
        Pledge(seat, arena.name, action)
        for seat, action in zip(arena.members, actions, strict=True)
    )
    return PactTerms(arena.members, pledges, (), 1, binding)


def deposit(view: SeatView, arena: Arena, parties: Sequence[Seat]) -> float:
    """Return a stake above z* = max(G, F, 0) of every party, rounded up to half a point.

    Source: rules section 5 (binding ladder).
    """
    largest = max(view.escrow(arena, seat) for seat in parties)
    return min(LARGEST_STAKE, (int(2.0 * STAKE_MARGIN * largest) + 1) / 2.0)
