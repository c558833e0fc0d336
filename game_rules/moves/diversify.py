"""Diversification: a seat joins an arena, or founds one with partners.

Source: rules section 5.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from game_rules.errors import InvalidInput
from game_rules.games.stage_games import Collective
from game_rules.log.position import Position
from game_rules.moves.founding import (
    MOST_PARTNERS,
    founded_arena,
    founded_name,
    joined_arena,
)
from game_rules.moves.kind import Kind
from game_rules.moves.preview import Attempt, Change, Changed, MovePreview
from game_rules.roles import Seat
from game_rules.scenario.moves import Effect, Move, MoveKind, MoveRules
from game_rules.scenario.scenario import Arena, Scenario


class Diversify(Kind):
    """arena: the one to join, or whose terms the new one takes over; seats: the partners."""

    name = MoveKind.DIVERSIFY
    names_seats = True

    def cost(self, rules: MoveRules) -> float:
        return rules.diversify_cost

    def rounds(self, rules: MoveRules) -> None:
        return None

    def check(self, attempt: Attempt) -> str | None:
        return self._why_not_found(attempt) if attempt.move.seats else why_not_join(attempt)

    def options(self, position: Position, seat: Seat) -> Iterator[Move]:
        """List arenas to join, and own ones whose terms one partner may share.

        An arena can be founded with up to MOST_PARTNERS others; the list has those with one.
        """
        yield from (Move(self.name, arena.name) for arena in position.arenas)
        others = [other for other in position.scenario.seats if other != seat]
        own = [arena.name for arena in position.arenas_of(seat)]
        yield from (Move(self.name, name, None, (other,)) for name in own for other in others)

    def partners(self, move: Move) -> tuple[Seat, ...]:
        return move.seats

    def takes_effect(self, attempt: Attempt) -> bool:
        """Tell whether all partners made the same move: the same founders, the same terms."""
        position, founders = attempt.position, _founders(attempt)
        return all(
            theirs is not None
            and theirs.kind is self.name
            and theirs.arena == attempt.move.arena
            and _founders(Attempt(position, other, theirs)) == founders
            and self.objection(Attempt(position, other, theirs)) is None
            for other in attempt.move.seats
            for theirs in (position.moves.get(other),)
        )

    def effect(self, attempt: Attempt) -> Effect | None:
        effect = super().effect(attempt)
        if effect is None or not attempt.move.seats:
            return effect
        founders = _founders(attempt)
        name = founded_name(founders)
        return replace(
            effect, makers=founders, arena=name, other_arena=effect.arena, members=founders
        )

    def is_own(self, effect: Effect) -> bool:
        return not effect.members

    def changes(self, preview: MovePreview) -> Iterator[Change]:
        move = preview.move
        name = founded_name(_founders(preview)) if move.seats else move.arena
        arena = preview.with_it[name]
        weight = arena.game.weight(arena.member(preview.seat))
        yield Change(Changed.WEIGHT, name, (preview.seat,), 0.0, weight)

    def _why_not_found(self, attempt: Attempt) -> str | None:
        position, arena, partners = attempt.position, attempt.arena, attempt.move.seats
        if len(partners) > MOST_PARTNERS:
            return f"{len(partners)} partners; found an arena with 1 to {MOST_PARTNERS}"
        for other in partners:
            if other == attempt.seat or other not in position.scenario.seats:
                return f"{other} is no other seat; found an arena with others of this match"
        if not isinstance(arena.game, Collective):
            return f"{arena.name} is a game of two; take over the terms of an arena that has some"
        founders = _founders(attempt)
        if founded_name(founders) in [each.name for each in position.arenas]:
            return f"{', '.join(founders)} have founded an arena already; choose other partners"
        try:
            founded_arena(position.scenario, arena, founders)
        except InvalidInput as problem:
            return str(problem)
        return super().check(attempt)


def with_founded(
    scenario: Scenario, arenas: Sequence[Arena], effects: Sequence[Effect]
) -> tuple[Arena, ...]:
    """Return arenas together with the founded ones, in the order of founding."""
    found = {arena.name: arena for arena in arenas}
    for effect in effects:
        if effect.members and effect.other_arena is not None:
            model = found[effect.other_arena]
            found[effect.arena] = founded_arena(scenario, model, effect.members)
    return tuple(found.values())


def with_joiners(scenario: Scenario, arena: Arena, effects: Sequence[Effect]) -> Arena:
    """Return an arena together with the seats that joined it."""
    joiners = [x.makers[0] for x in effects if x.kind is MoveKind.DIVERSIFY and not x.members]
    return joined_arena(scenario, arena, joiners) if joiners else arena


def why_not_join(attempt: Attempt, instead: str = "name partners to found one") -> str | None:
    """Say in one line why a seat may not join an arena; None if it may.

    instead: what a member of the arena may do in it.
    """
    seat, arena = attempt.seat, attempt.arena
    if seat in arena.members:
        return f"{seat} is in {arena.name} already; join another arena, or {instead}"
    if arena.exclusive > 0:
        return f"{arena.name} is exclusive; join an arena that is open to all"
    if not isinstance(arena.game, Collective):
        return f"{arena.name} is a game of two; join an arena with terms"
    try:
        joined_arena(attempt.position.scenario, arena, (seat,))
    except InvalidInput as problem:
        return str(problem)
    return None


def _founders(attempt: Attempt) -> tuple[Seat, ...]:
    """Return a founder and its partners, in the scenario's order."""
    everyone = (attempt.seat, *attempt.move.seats)
    return tuple(seat for seat in attempt.position.scenario.seats if seat in everyone)


KIND = Diversify()
