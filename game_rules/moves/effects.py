"""What moves do: opened with a round's orders, they change the rounds that follow.

Each reading of rules section 5 is given, with its reasons, in docs/theory.md. All of it is
arithmetic on what is public, but for mediation, which the members of its arena alone are told.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from game_rules.log.position import Position
from game_rules.moves.checks import founders_of, objection
from game_rules.moves.founding import founded_name
from game_rules.roles import Seat
from game_rules.scenario.moves import Effect, Move, MoveKind, OpenedMove
from game_rules.scenario.pacts import Breach, Pact
from game_rules.standing.standing import Pair

Opened = Sequence[OpenedMove]


def opened_moves(position: Position) -> tuple[OpenedMove, ...]:
    """Open the moves of a round, in the scenario's order; one that fits no more is dropped."""
    if not position.moves:
        return ()
    sealed = ((seat, position.moves.get(seat)) for seat in position.scenario.seats)
    return tuple(
        _opened(position, seat, move)
        for seat, move in sealed
        if move is not None and objection(position, seat, move) is None
    )


def effects_after(position: Position, opened: Opened) -> tuple[Effect, ...]:
    """Give the effects in force from the next round on: those that last, and the new ones.

    The same thing done twice is in force once, for as long as the later one says.
    """
    merged = {_key(each): each for each in position.effects if lasts(each, position.round)}
    for each in opened:
        if each.takes_effect:
            effect = effect_of(position, each)
            if effect is not None:
                merged[_key(effect)] = _merged(merged.get(_key(effect)), effect)
    return tuple(merged.values())


def monitoring_of(position: Position, arena: str) -> float:
    """Give q in an arena: the scenario's, or what confidence has lifted it to."""
    scenario = position.scenario
    lifted = any(x.kind is MoveKind.CONFIDENCE and x.arena == arena for x in position.effects)
    quality = scenario.moves.confidence_quality if lifted else 0.0
    return max(scenario.monitoring, quality)


def funders(opened: Opened) -> Mapping[str, tuple[Seat, ...]]:
    """Name who funds which arena's institution this round."""
    paid: dict[str, tuple[Seat, ...]] = {}
    for each in opened:
        if each.move.kind is MoveKind.FUND:
            paid[each.move.arena] = (*paid.get(each.move.arena, ()), each.seat)
    return paid


def strains(position: Position, opened: Opened) -> Mapping[Pair, float]:
    """Give what joint exercises add to the tension of rivals, one of whom is in the arena.

    Once an arena and round; a rival whom anybody invited to it is not worried.
    """
    added: dict[Pair, float] = {}
    if not opened:
        return added
    for name, invited in _exercises(opened).items():
        members = next(arena.members for arena in position.arenas if arena.name == name)
        for pair in position.scenario.rivals:
            outside = [seat for seat in pair if seat not in members]
            if len(outside) == 1 and outside[0] not in invited:
                more = position.scenario.moves.exercise_tension
                added[pair] = added.get(pair, 0.0) + more
    return added


def links_of(position: Position) -> tuple[tuple[str, str], ...]:
    """Give the pairs of arenas that are linked this round: by the scenario, and by moves."""
    made = (
        (effect.arena, effect.other_arena)
        for effect in position.effects
        if effect.kind is MoveKind.LINK and effect.other_arena is not None
    )
    return (*position.scenario.links, *made)


def counted_elsewhere(
    links: Iterable[tuple[str, str]], breaches: Iterable[Breach]
) -> frozenset[tuple[str, Seat]]:
    """Name, as (arena, seat), where public breaches count beside the arena they were made in.

    A link joins two arenas and goes no further: a chain of links is not followed.
    """
    ways = [way for link in links for way in (link, link[::-1])]
    return frozenset(
        (there, breach.seat)
        for breach in breaches
        if breach.is_public
        for here, there in ways
        if here == breach.arena
    )


def with_linked_breakers(
    pacts: Sequence[Pact], counted: Iterable[tuple[str, Seat]]
) -> tuple[Pact, ...]:
    """Let breaches in linked arenas free the other parties of conditional pacts, too."""
    elsewhere = frozenset(counted)
    if not elsewhere:
        return tuple(pacts)
    return tuple(_with_breakers(pact, elsewhere) for pact in pacts)


def costs_of(opened: Opened) -> Mapping[Seat, float]:
    """Give what each seat paid for its move."""
    return {each.seat: each.cost for each in opened if each.cost}


def _opened(position: Position, seat: Seat, move: Move) -> OpenedMove:
    takes_effect = not move.seats or move.kind is not MoveKind.DIVERSIFY
    takes_effect = takes_effect or _is_founded(position, seat, move)
    cost = position.scenario.moves.cost(move.kind) if takes_effect else 0.0
    audience: tuple[Seat, ...] = ()
    if move.kind is MoveKind.MEDIATION:
        audience = next(x.members for x in position.arenas if x.name == move.arena)
    return OpenedMove(seat, move, cost, takes_effect, audience)


def _is_founded(position: Position, seat: Seat, move: Move) -> bool:
    """Whether all partners made the same move: the same founders, the same terms."""
    founders = founders_of(position, seat, move)
    return all(
        theirs is not None
        and theirs.kind is MoveKind.DIVERSIFY
        and theirs.arena == move.arena
        and founders_of(position, other, theirs) == founders
        and objection(position, other, theirs) is None
        for other in move.seats
        for theirs in (position.moves.get(other),)
    )


def effect_of(position: Position, opened: OpenedMove) -> Effect | None:
    """Give what a move leaves in force; funding leaves nothing but a stronger institution."""
    move, rules, number = opened.move, position.scenario.moves, position.round
    if move.kind is MoveKind.FUND:
        return None
    rounds = rules.rounds(move.kind)
    effect = Effect(
        kind=move.kind,
        makers=(opened.seat,),
        arena=move.arena,
        first_round=number + 1,
        last_round=None if rounds is None else number + rounds,
        other_arena=move.other_arena,
        audience=opened.audience,
    )
    if move.kind is not MoveKind.DIVERSIFY or not move.seats:
        return effect
    return _founding(effect, founders_of(position, opened.seat, move))


def _founding(effect: Effect, founders: tuple[Seat, ...]) -> Effect:
    return replace(
        effect,
        makers=founders,
        arena=founded_name(founders),
        other_arena=effect.arena,
        members=founders,
    )


def _key(effect: Effect) -> tuple[object, ...]:
    """What makes two effects the same one."""
    is_own = effect.kind is MoveKind.RESTRAINT or (
        effect.kind is MoveKind.DIVERSIFY and not effect.members
    )
    makers = effect.makers if is_own else ()
    places = frozenset((effect.arena, effect.other_arena))
    return effect.kind, effect.arena if effect.other_arena is None else places, makers


def is_same(effect: Effect, other: Effect) -> bool:
    """Tell whether two effects are the same one, made twice."""
    return _key(effect) == _key(other)


def _merged(known: Effect | None, effect: Effect) -> Effect:
    """Both makers are named where both acted in the same round; else the later one stands."""
    if known is None or known.first_round != effect.first_round:
        return effect
    return replace(known, makers=tuple(dict.fromkeys((*known.makers, *effect.makers))))


def lasts(effect: Effect, number: int) -> bool:
    """Tell whether an effect goes on beyond a round."""
    return effect.last_round is None or effect.last_round > number


def _exercises(opened: Opened) -> Mapping[str, frozenset[Seat]]:
    """The arenas that exercise, and who is invited to each."""
    invited: dict[str, frozenset[Seat]] = {}
    for each in opened:
        if each.move.kind is MoveKind.EXERCISE:
            known = invited.get(each.move.arena, frozenset())
            invited[each.move.arena] = known | frozenset(each.move.seats)
    return invited


def _with_breakers(pact: Pact, elsewhere: frozenset[tuple[str, Seat]]) -> Pact:
    terms = pact.terms
    arenas = {pledge.arena for pledge in terms.pledges}
    also = (seat for seat in terms.parties if any((x, seat) in elsewhere for x in arenas))
    breakers = tuple(dict.fromkeys((*pact.breakers, *also)))
    return pact if breakers == pact.breakers else replace(pact, breakers=breakers)
