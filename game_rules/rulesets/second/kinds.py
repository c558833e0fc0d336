"""The kinds of moves in rules 2, and the changes of terms that each has in force.

What is not said otherwise here is as in rules 1. Source: Khan 2025 (the five recommendations).
"""

from abc import abstractmethod
from collections.abc import Iterator, Mapping

from game_rules.games.stage_games import Collective
from game_rules.log.position import Position
from game_rules.moves.confidence import Confidence
from game_rules.moves.diversify import Diversify, why_not_join
from game_rules.moves.exercise import Exercise
from game_rules.moves.fund import Fund
from game_rules.moves.kind import Kind
from game_rules.moves.kinds import Kinds
from game_rules.moves.link import Link
from game_rules.moves.preview import Attempt, Change, Changed, MovePreview
from game_rules.moves.restraint import Restraint
from game_rules.roles import Seat
from game_rules.rulesets.second.leaning import leaning_known
from game_rules.rulesets.second.mediation import LotteryMediation
from game_rules.rulesets.second.sight import monitoring
from game_rules.rulesets.second.terms import Surroundings
from game_rules.scenario.moves import Effect, Move, MoveKind, MoveRules
from game_rules.scenario.scenario import Arena
from game_rules.scenario.terms import Cause, TermChange


class Altering(Kind):
    """A kind whose effect changes the terms of an arena; games by a matrix have none to change."""

    @abstractmethod
    def alters(self, around: Surroundings, arena: Arena, effect: Effect) -> Iterator[TermChange]:
        """Yield the changes of terms that an effect has in force."""

    def check(self, attempt: Attempt) -> str | None:
        return _why_no_terms(attempt.arena) or super().check(attempt)


class Clearing(Confidence):
    """Confidence: clearer sight and less tension; in a bloc it opens the doors, at a price."""

    def check(self, attempt: Attempt) -> str | None:
        arena, scenario = attempt.arena, attempt.position.scenario
        has_rivals = any(set(pair) <= set(arena.members) for pair in scenario.rivals)
        is_clear = scenario.monitoring >= scenario.moves.confidence_quality
        if is_clear and not has_rivals and arena.exclusive == 0:
            told = "nothing is hidden and nobody is a rival"
            return f"{told} in {arena.name}; make another move"
        return Kind.check(self, attempt)

    def changes(self, preview: MovePreview) -> Iterator[Change]:
        position, arena = preview.position, preview.arena
        before = monitoring(position, arena.name)
        after = max(before, position.scenario.moves.confidence_quality)
        yield Change(Changed.MONITORING, arena.name, (), before, after)
        if arena.exclusive > 0 and isinstance(arena.game, Collective):
            yield preview.parameter("b", preview.seat)

    def alters(self, around: Surroundings, arena: Arena, effect: Effect) -> Iterator[TermChange]:
        price = around.scenario.moves.open_price
        if arena.exclusive > 0 and price:
            yield TermChange("b", Cause.CONFIDENCE, added=-price, because=effect.makers)


class Restraining(Altering, Restraint):
    def alters(self, around: Surroundings, arena: Arena, effect: Effect) -> Iterator[TermChange]:
        """Lower one's own g by 1, not below 0. Source: Jervis 1978."""
        assert isinstance(arena.game, Collective)
        seat = effect.makers[0]
        tempted = arena.game.terms[arena.member(seat)].g
        less = min(around.scenario.moves.restraint_temptation, max(0.0, tempted))
        if less:
            yield TermChange("g", Cause.RESTRAINT, (seat,), added=-less)


class Exercising(Altering, Exercise):
    """An exercise worries more by a larger shadow, and not by tension of its own."""

    def effect(self, attempt: Attempt) -> Effect | None:
        effect = super().effect(attempt)
        return None if effect is None else with_members(effect, attempt.move.seats)

    def alters(self, around: Surroundings, arena: Arena, effect: Effect) -> Iterator[TermChange]:
        more = around.scenario.moves.exercise_benefit
        yield TermChange("b", Cause.EXERCISE, added=more, because=effect.makers)

    def changes(self, preview: MovePreview) -> Iterator[Change]:
        yield from (preview.parameter("b", member) for member in preview.arena.members)


class Diversifying(Altering, Diversify):
    """Become freer of the partner that one leans on: join an arena without it, or find a second
    source beside it in an arena of one's own.

    To join others by its side is no diversification: one leans on it the more. Source: Khan 2025
    (recommendation 2); Hirschman 1945.
    """

    def check(self, attempt: Attempt) -> str | None:
        if not attempt.move.seats:
            return self._why_not_join(attempt)
        here = _why_no_terms(attempt.arena) or Kind.check(self, attempt)
        return here or self._why_no_source(attempt)

    def options(self, position: Position, seat: Seat) -> Iterator[Move]:
        yield from (Move(self.name, arena.name) for arena in position.arenas)
        for arena in position.arenas_of(seat):
            yield from (Move(self.name, arena.name, None, (x,)) for x in arena.members if x != seat)

    def partners(self, move: Move) -> tuple[Seat, ...]:
        return ()

    def takes_effect(self, attempt: Attempt) -> bool:
        return True

    def effect(self, attempt: Attempt) -> Effect | None:
        effect = Kind.effect(self, attempt)
        return None if effect is None else with_members(effect, attempt.move.seats)

    def identity(self, effect: Effect) -> tuple[object, ...]:
        return effect.arena, effect.makers, effect.members

    def price(self, rules: MoveRules, move: Move) -> float:
        return rules.second_cost if move.seats else self.cost(rules)

    def alters(self, around: Surroundings, arena: Arena, effect: Effect) -> Iterator[TermChange]:
        """Take a tenth of one's own b for a second source: a resilience bought."""
        factor = around.scenario.moves.second_benefit
        for partner in effect.members:
            because = (partner,)
            seats = (effect.makers[0],)
            yield TermChange("b", Cause.SECOND_SOURCE, seats, factor, because=because)

    def changes(self, preview: MovePreview) -> Iterator[Change]:
        if preview.move.seats:
            yield preview.parameter("b", preview.seat)
        else:
            arena = preview.with_it[preview.move.arena]
            weight = arena.game.weight(arena.member(preview.seat))
            yield Change(Changed.WEIGHT, arena.name, (preview.seat,), 0.0, weight)

    def _why_not_join(self, attempt: Attempt) -> str | None:
        instead = "name the partner beside whom you want a second source"
        if (problem := why_not_join(attempt, instead)) is not None:
            return problem
        seat, arena = attempt.seat, attempt.arena
        partner, needed = _leaned_on(attempt)
        if partner is None:
            return f"{seat} leans on nobody by {needed:g} or more; it has no need of another source"
        if partner in arena.members:
            return f"{seat} leans on {partner}, who is in {arena.name}; join an arena without it"
        return None

    def _why_no_source(self, attempt: Attempt) -> str | None:
        position, seat, arena = attempt.position, attempt.seat, attempt.arena
        partner, *more = attempt.move.seats
        if more:
            return f"{len(more) + 1} partners; a second source is found beside one"
        if partner == seat or partner not in arena.members:
            others = ", ".join(x for x in arena.members if x != seat)
            return f"{partner} is no partner in {arena.name}; choose among {others}"
        known = [x for x in position.effects if x.kind is self.name and x.members == (partner,)]
        if any(x.makers == (seat,) and x.arena == arena.name for x in known):
            return f"{seat} has a second source beside {partner} in {arena.name} already"
        leaned_on, needed = _leaned_on(attempt)
        if leaned_on != partner:
            return f"{seat} does not lean on {partner} by {needed:g} or more; nothing to replace"
        return None


def _leaned_on(attempt: Attempt) -> tuple[Seat | None, float]:
    """Find the partner on whom a seat leans by enough to seek another, and how much that is."""
    partner, lean = leaning_known(attempt.position, attempt.seat)
    needed = attempt.position.scenario.consequences.second_share
    return (partner if lean >= needed else None), needed


class Linking(Altering, Link):
    """A link of two domains: who defects in one is paid less there by what the other yields."""

    def check(self, attempt: Attempt) -> str | None:
        if (problem := Link.check(self, attempt)) is not None:
            return problem
        arenas = {each.name: each for each in attempt.position.arenas}
        both = [arenas[name] for name in (attempt.move.arena, attempt.move.other_arena or "")]
        for each in both:
            if not isinstance(each.game, Collective):
                return f"{each.name} is a game by a matrix; link arenas with terms"
        first, second = both
        if first.domain is second.domain:
            return f"{first.name} and {second.name} are both {first.domain}; link two domains"
        return None

    def changes(self, preview: MovePreview) -> Iterator[Change]:
        """Tell one's own g, where it is known what the other arena produced: not in fog."""
        standing = preview.position.standing
        if standing.produced or standing.rounds == 0:
            yield preview.parameter("g", preview.seat)

    def alters(self, around: Surroundings, arena: Arena, effect: Effect) -> Iterator[TermChange]:
        """g − ½·b·Q of the other arena, as written and as of last round. Source: Oye 1985."""
        names = {effect.arena, effect.other_arena} - {arena.name}
        for other in around.scenario.arenas:
            if other.name in names and isinstance(other.game, Collective):
                share = around.scenario.moves.link_share
                made = share * around.standing.produced.get(other.name, 0.0)
                for member, seat in enumerate(other.members):
                    less = made * other.game.terms[member].b
                    if less and seat in arena.members:
                        because = (other.name,)
                        yield TermChange("g", Cause.LINK, (seat,), added=-less, because=because)


class Funding(Fund):
    def changes(self, preview: MovePreview) -> Iterator[Change]:
        """Tell the strength after this round, should nobody else fund it."""
        c, name = preview.position.scenario.consequences, preview.arena.name
        strengths = preview.position.standing.institutions
        without = c.institution_memory * strengths.get(name, c.institution_at_start)
        more = c.institution_gain / len(preview.without[name].members)
        yield Change(Changed.INSTITUTION, name, (), without, min(1.0, without + more))


def _why_no_terms(arena: Arena) -> str | None:
    if isinstance(arena.game, Collective):
        return None
    return f"{arena.name} is a game by a matrix; choose an arena with terms"


def with_members(effect: Effect, members: tuple[Seat, ...]) -> Effect:
    """Note whom an effect is about besides its makers."""
    return Effect(
        kind=effect.kind,
        makers=effect.makers,
        arena=effect.arena,
        first_round=effect.first_round,
        last_round=effect.last_round,
        members=members,
    )


def of_moves(around: Surroundings, arena: Arena) -> Iterator[TermChange]:
    """Yield the changes of an arena's terms by the moves in force, in their order."""
    for effect in around.effects:
        if arena.name in (effect.arena, effect.other_arena):
            kind = ALTERING.get(effect.kind)
            if kind is not None and isinstance(arena.game, Collective):
                yield from kind.alters(around, arena, effect)


ALTERING: Mapping[MoveKind, Altering | Clearing] = {
    MoveKind.CONFIDENCE: Clearing(),
    MoveKind.RESTRAINT: Restraining(),
    MoveKind.EXERCISE: Exercising(),
    MoveKind.DIVERSIFY: Diversifying(),
    MoveKind.LINK: Linking(),
}

KINDS_OF_SECOND = Kinds(
    {
        **ALTERING,
        MoveKind.FUND: Funding(),
        MoveKind.MEDIATION: LotteryMediation(),
    }
)
"""The kinds of rules version 2."""
