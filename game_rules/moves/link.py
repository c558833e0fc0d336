"""Links: a public breach in one arena also counts in another.

Source: rules section 5.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from game_rules.games.supergame import critical_discount, linked_discount
from game_rules.log.position import Position
from game_rules.moves.kind import Kind
from game_rules.moves.preview import Attempt, Change, Changed, MovePreview
from game_rules.roles import Seat
from game_rules.scenario.moves import Move, MoveKind, MoveRules
from game_rules.scenario.pacts import Breach, Pact


class Link(Kind):
    name = MoveKind.LINK
    names_second_arena = True

    def cost(self, rules: MoveRules) -> float:
        return rules.link_cost

    def rounds(self, rules: MoveRules) -> int:
        return rules.link_rounds

    def check(self, attempt: Attempt) -> str | None:
        seat, move = attempt.seat, attempt.move
        own = [each.name for each in attempt.position.arenas_of(seat)]
        if move.other_arena == move.arena:
            return f"{move.arena} is linked to itself; name another arena"
        if move.other_arena not in own:
            return f"{move.other_arena} is no arena of {seat}; choose among {', '.join(own)}"
        return super().check(attempt)

    def options(self, position: Position, seat: Seat) -> Iterator[Move]:
        own = [arena.name for arena in position.arenas_of(seat)]
        return (Move(self.name, first, second) for first, second in combinations(own, 2))

    def changes(self, preview: MovePreview) -> Iterator[Change]:
        """Tell δ* of the arena that needs more, alone and linked."""
        both = (preview.move.arena, preview.move.other_arena)
        arenas = [preview.without[name] for name in both if name is not None]
        corners = [arena.game.corners(arena.member(preview.seat)) for arena in arenas]
        alone = [critical_discount(each) for each in corners]
        needed = [x for x in alone if x is not None]
        before = max(needed) if len(needed) == len(alone) else None
        yield preview.change(Changed.DISCOUNT, before, linked_discount(corners))


def links_of(position: Position) -> tuple[tuple[str, str], ...]:
    """Return the arenas that are linked this round, by the scenario or by moves."""
    if not position.effects:
        return position.scenario.links
    made = [
        (effect.arena, effect.other_arena)
        for effect in position.effects
        if effect.kind is MoveKind.LINK and effect.other_arena is not None
    ]
    return (*position.scenario.links, *made)


def counted_elsewhere(
    links: Sequence[tuple[str, str]], breaches: Iterable[Breach]
) -> frozenset[tuple[str, Seat]]:
    """Name, as (arena, seat), where public breaches count beside the arena they were made in.

    A link joins two arenas and goes no further: a chain of links is not followed.
    """
    if not links:
        return frozenset()
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
    """Release the other parties of conditional pacts after breaches in linked arenas."""
    elsewhere = frozenset(counted)
    return tuple(_with_breakers(pact, elsewhere) for pact in pacts)


def _with_breakers(pact: Pact, elsewhere: frozenset[tuple[str, Seat]]) -> Pact:
    terms = pact.terms
    arenas = {pledge.arena for pledge in terms.pledges}
    also = (seat for seat in terms.parties if any((x, seat) in elsewhere for x in arenas))
    breakers = tuple(dict.fromkeys((*pact.breakers, *also)))
    return pact if breakers == pact.breakers else pact.broken_by(breakers)


KIND = Link()
