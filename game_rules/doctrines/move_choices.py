"""Move choices: the conditions under which doctrines make each kind of move."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import combinations

from game_rules.doctrines.seat_view import SeatView
from game_rules.games.stage_games import Collective
from game_rules.games.supergame import critical_discount, linked_discount
from game_rules.roles import Seat
from game_rules.scenario.moves import Move, MoveKind
from game_rules.scenario.scenario import CRISIS, Arena
from game_rules.scenario.terms import Cause
from game_rules.standing.standing import main_supplier

STRONG_ENOUGH = 0.5
"""I from which an institution needs no more money. Assumption."""

FREE_ENOUGH = 0.9
"""Autonomy from which no other source is sought: a leaning of a tenth, from which a second source
can be found in rules 2. Assumption."""

BELIEVED = 0.5
"""The share of a bloc's weight, as believed, above which a realist exercises. Assumption."""


def is_lasting(view: SeatView, kind: MoveKind, arena: str, maker: Seat | None = None) -> bool:
    """Tell whether an effect of a kind is in force in an arena after this round, too."""
    for effect in view.position.effects:
        is_there = effect.kind is kind and arena in (effect.arena, effect.other_arena)
        is_makers = maker is None or maker in effect.makers
        if is_there and is_makers and effect.outlasts(view.round):
            return True
    return False


def in_turn(moves: Iterable[Move], is_allowed: Callable[[Move], bool], number: int) -> Move | None:
    """Choose among the first allowed moves of each kind, another kind each round.

    Assumption: a seat has one move a round, and no order of merit among the recommendations.

    >>> fund, link = Move(MoveKind.FUND, "a"), Move(MoveKind.LINK, "a", "b")
    >>> [in_turn([fund, link, link], lambda _: True, number).kind.value for number in (1, 2, 3)]
    ['fund', 'link', 'fund']
    """
    firsts: dict[MoveKind, Move] = {}
    for move in moves:
        if move.kind not in firsts and is_allowed(move):
            firsts[move.kind] = move
    listed = list(firsts.values())
    return listed[(number - 1) % len(listed)] if listed else None


def exercises(view: SeatView, arena: Arena, belief: float) -> Iterator[Move]:
    """Exercise in an exclusive arena where the benefit, as far as it is believed, beats the cost.

    benefit·f·rounds > cost, with f for the weight that cooperates (Assumption), and none that
    lasts. Nobody outside is invited. Source: Walt 1987 (balancing); rules section 5.
    """
    rules = view.position.scenario.moves
    worth = rules.exercise_benefit * belief * rules.exercise_rounds
    if worth > rules.exercise_cost:
        yield from _exercises_due(view, arena)


def balances(view: SeatView, arena: Arena, belief: float) -> Iterator[Move]:
    """Exercise in an exclusive arena of which it believes that most of the weight stands by it.

    In rules 2 no maker earns its price back: it is paid for partners, and against rivals outside.
    Source: Walt 1987 (balancing); the half is an assumption.
    """
    if belief > BELIEVED:
        yield from _exercises_due(view, arena)


def _exercises_due(view: SeatView, arena: Arena) -> Iterator[Move]:
    if arena.exclusive > 0 and not is_lasting(view, MoveKind.EXERCISE, arena.name):
        yield Move(MoveKind.EXERCISE, arena.name)


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

    s_ij ≥ the supplier share. Source: Hirschman 1945; Kuik 2008; rules sections 4 and 5.
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


def confidences(view: SeatView) -> Iterator[Move]:
    """Build confidence: open the doors of a bloc that worries a rival, else clear an arena's fog.

    The members take turns, so that one pays. Source: Khan 2025 (recommendation 1: trust, and
    blocs that include); Kydd 2005; the turns are an assumption.
    """
    is_bloc = {arena.name: arena.exclusive > 0 for arena in view.arenas}
    for arena in sorted(view.arenas, key=lambda each: not is_bloc[each.name]):
        is_turn = arena.members[view.round % len(arena.members)] == view.seat
        is_due = is_turn and not is_lasting(view, MoveKind.CONFIDENCE, arena.name)
        if is_due and (not is_bloc[arena.name] or _worries_a_rival(view, arena)):
            yield Move(MoveKind.CONFIDENCE, arena.name)


def resiliences(view: SeatView) -> Iterator[Move]:
    """Find other sources where the seat leans on one partner: beside it, or in another arena.

    A second source first in the arena that yields most; joining within the seat's capacity, and
    only where it leans. Source: Khan 2025 (recommendation 2); Hirschman 1945; Kuik 2008.
    """
    if view.autonomy >= FREE_ENOUGH:
        return
    kind = MoveKind.DIVERSIFY
    own = sorted(view.arenas, key=lambda each: -_benefit(each, view.seat))
    partner = view.rules.leans_on(view.position, view.seat)
    for arena in own:
        if partner is not None and partner in arena.members:
            yield Move(kind, arena.name, None, (partner,))
    if not view.price_of_last(1 + sum(not x.name.startswith(CRISIS) for x in own)):
        for arena in view.position.arenas:
            if arena.exclusive == 0 and view.seat not in arena.members:
                yield Move(kind, arena.name)


def domain_links(view: SeatView) -> Iterator[Move]:
    """Link two open domains, first those in which the others yield most to their common members.

    Source: Khan 2025 (recommendation 3); Oye 1985; Bernheim & Whinston 1990.
    """
    made = view.position.standing.produced
    open_arenas = [x for x in view.arenas if x.exclusive == 0 and isinstance(x.game, Collective)]
    pairs = [
        (one, other)
        for one, other in combinations(open_arenas, 2)
        if one.domain is not other.domain and not _are_linked(view, one, other)
    ]
    for one, other in sorted(pairs, key=lambda pair: -_hold(*pair, made)):
        yield Move(MoveKind.LINK, one.name, other.name)


def lotteries(view: SeatView) -> Iterator[Move]:
    """Ask for a mediator where somebody has to give way, or rivals are strained.

    Where no pledge binds the seat. Source: Khan 2025 (recommendation 4: game theory in policy);
    Aumann 1974, 1987.
    """
    for arena in view.arenas:
        if _wants_mediator(arena) and view.pledge(arena.name, view.seat) is None:
            yield Move(MoveKind.MEDIATION, arena.name)


def _wants_mediator(arena: Arena) -> bool:
    """Tell whether somebody has to give way, or rivals are strained; the arena remembers it."""
    found = arena.memory.get(_WANTS)
    if found is None:
        game = arena.game
        is_contested = any(game.corners(each).is_contested for each in range(game.size))
        is_strained = any(change.cause is Cause.WARY for change in arena.changes)
        found = arena.memory[_WANTS] = is_contested or is_strained
    return found


_WANTS = "wants a mediator"


def _worries_a_rival(view: SeatView, bloc: Arena) -> bool:
    inside = set(bloc.members)
    return any(len(inside & set(pair)) == 1 for pair in view.position.scenario.rivals)


def _benefit(arena: Arena, seat: Seat) -> float:
    game = arena.game
    return game.terms[arena.member(seat)].b if isinstance(game, Collective) else 0.0


def _are_linked(view: SeatView, one: Arena, other: Arena) -> bool:
    names = {one.name, other.name}
    for effect in view.position.effects:
        is_link = effect.kind is MoveKind.LINK and {effect.arena, effect.other_arena} == names
        if is_link and effect.outlasts(view.round):
            return True
    return False


def _hold(one: Arena, other: Arena, made: Mapping[str, float]) -> float:
    """Return what both arenas yielded to their common members: what a link can threaten."""
    whole = 0.0
    for seat in one.members:
        if seat in other.members:
            for arena in (one, other):
                whole += made.get(arena.name, 0.0) * _benefit(arena, seat)
    return whole


def mediations(view: SeatView) -> Iterator[Move]:
    """Ask for a mediator in a Chicken or Battle of the Sexes in which no pledge binds the seat.

    Source: Aumann 1974; rules section 5.
    """
    for arena in view.arenas:
        is_contested = view.corners(arena, None).is_contested
        if is_contested and view.pledge(arena.name, view.seat) is None:
            yield Move(MoveKind.MEDIATION, arena.name)
