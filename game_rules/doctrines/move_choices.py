"""Move choices: the conditions under which doctrines make each kind of move."""

from collections.abc import Iterator
from itertools import combinations

from game_rules.doctrines.seat_view import SeatView
from game_rules.games.supergame import critical_discount, linked_discount
from game_rules.roles import Seat
from game_rules.scenario.moves import Move, MoveKind
from game_rules.scenario.scenario import Arena
from game_rules.standing.standing import main_supplier


def is_lasting(view: SeatView, kind: MoveKind, arena: str, maker: Seat | None = None) -> bool:
    """Tell whether an effect of a kind is in force in an arena after this round, too."""
    return any(
        effect.kind is kind
        and arena in (effect.arena, effect.other_arena)
        and (maker is None or maker in effect.makers)
        and effect.outlasts(view.round)
        for effect in view.position.effects
    )


def exercises(view: SeatView, arena: Arena, belief: float) -> Iterator[Move]:
    """Exercise in an exclusive arena where the benefit, as far as it is believed, beats the cost.

    benefit·f·rounds > cost, with f for the weight that cooperates (Assumption), and none that
    lasts. Nobody outside is invited. Source: Walt 1987 (balancing); rules section 5.
    """
    rules, kind = view.position.scenario.moves, MoveKind.EXERCISE
    worth = rules.exercise_benefit * belief * rules.exercise_rounds
    is_due = arena.exclusive > 0 and not is_lasting(view, kind, arena.name)
    if is_due and worth > rules.exercise_cost:
        yield Move(kind, arena.name)


def fundings(view: SeatView, enough: float) -> Iterator[Move]:
    """Fund the weakest institution of an open arena that is weaker than enough, if β ≥ cost.

    What a payment adds to I in all rounds to come is 1/n; counted for all n members at β it is
    worth β. Source: Keohane 1984 (regimes as goods of all); rules sections 4 and 5.
    """
    scenario, strengths = view.position.scenario, view.position.standing.institutions
    if scenario.lenses.beta < scenario.moves.fund_cost:
        return
    start = scenario.standing.institution_at_start
    open_arenas = [arena for arena in view.arenas if arena.exclusive == 0]
    for arena in sorted(open_arenas, key=lambda each: strengths.get(each.name, start)):
        if strengths.get(arena.name, start) < enough:
            yield Move(MoveKind.FUND, arena.name)


def restraints(view: SeatView, arena: Arena) -> Iterator[Move]:
    """Show restraint in an arena where it is tempted (G > 0) and shows none that lasts.

    Source: Kydd 2005 (reassurance by costly signals); rules section 5.
    """
    is_shown = is_lasting(view, MoveKind.RESTRAINT, arena.name, view.seat)
    if view.corners(arena, None).greed > 0 and not is_shown:
        yield Move(MoveKind.RESTRAINT, arena.name)


def diversions(view: SeatView) -> Iterator[Move]:
    """Join an open arena where the seat is no member, if it leans on a main supplier.

    s_ij ≥ the supplier share. Source: Morrow 1991; Kuik 2008; rules sections 4 and 5.
    """
    supplier = main_supplier(view.position.standing, view.seat)
    if supplier is None or supplier[1] < view.position.scenario.standing.supplier_share:
        return
    for arena in view.position.arenas:
        if arena.exclusive == 0 and view.seat not in arena.members:
            yield Move(MoveKind.DIVERSIFY, arena.name)


def links(view: SeatView) -> Iterator[Move]:
    """Link two arenas where δ is enough for both together and too little for one alone.

    δ*(both) ≤ δ < δ*(one), or one alone has none. Source: Oye 1985; Bernheim & Whinston 1990.
    """
    for first, second in combinations(view.arenas, 2):
        own = [view.corners(arena, None) for arena in (first, second)]
        alone, linked = [critical_discount(corners) for corners in own], linked_discount(own)
        is_short = any(each is None or each > view.discount for each in alone)
        is_enough = linked is not None and linked <= view.discount
        if is_short and is_enough and not is_lasting(view, MoveKind.LINK, first.name):
            yield Move(MoveKind.LINK, first.name, second.name)


def mediations(view: SeatView) -> Iterator[Move]:
    """Ask for a mediator in a Chicken or Battle of the Sexes in which no pledge binds the seat.

    Source: Aumann 1974; rules section 5.
    """
    for arena in view.arenas:
        is_contested = view.corners(arena, None).is_contested
        if is_contested and view.pledge(arena.name, view.seat) is None:
            yield Move(MoveKind.MEDIATION, arena.name)
