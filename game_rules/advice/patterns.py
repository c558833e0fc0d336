"""Advice from a member's whole reply pattern, as rules 2 gives it.

Between the corners a member of an arena with a threshold may be needed or not. So class, tipping
points, z*, δ* and the best reply are read from every set of cooperating others, on the terms in
force; what nothing is known of is not told. Source: Taylor & Ward 1982; docs/theory.md.
"""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from fractions import Fraction
from functools import lru_cache

from game_rules.advice.advisor import Advice, advise, beliefs_of
from game_rules.advice.levers import Lever
from game_rules.advice.pattern_levers import pattern_levers
from game_rules.advice.people import NoPeople, PeopleDid, people_in
from game_rules.advice.reply_patterns import Circumstances, Horizon, Pattern
from game_rules.doctrines.commitments import given_up
from game_rules.games.correlated import MOST_MEMBERS as MOST_MEDIATED
from game_rules.games.correlated import CorrelatedEquilibrium, Recommendation
from game_rules.games.equilibria import replies_by_gain
from game_rules.games.exact import Playable, exact
from game_rules.games.replies import (
    cases,
    critical_discount_in_fog,
    critical_escrow_of_all,
    curve,
    gain_at,
    reply_class,
    worst_equilibrium,
)
from game_rules.games.sensitivity import Fragility, fragility
from game_rules.games.stage_games import Bimatrix, Collective, StageGame
from game_rules.games.tipping_points import tipping_points
from game_rules.lenses.contexts import lens_context
from game_rules.lenses.expected import expected
from game_rules.lenses.lensed_games import LensedGame, lensed_game
from game_rules.lenses.lenses import Lens
from game_rules.log.position import Position
from game_rules.moves.diversify import with_joiners
from game_rules.roles import Seat
from game_rules.rulesets.chosen import ruleset_of
from game_rules.rulesets.ruleset import Ruleset
from game_rules.scenario.scenario import CRISIS, Arena
from game_rules.scenario.terms import Cause
from game_rules.standing.standing import trusts

CURVE_STEPS = 20
"""Steps of belief in which the curve of gain is told."""

_LARGEST_DENOMINATOR = 10**6
_NOTHING = 1e-12


@dataclass(frozen=True, slots=True)
class TermStep:
    """One change of a term of the seat's own: before, after, and why."""

    parameter: str
    before: float
    after: float
    cause: Cause
    because: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Effort:
    """What C costs beside the arena itself.

    price: of this commitment as one more beside those that are best elsewhere. is_given_up: whether
    it is one of those that gain less than they cost together.
    """

    price: float
    is_given_up: bool


@dataclass(frozen=True, slots=True)
class ArenaAdvised:
    """The advice of one arena: advice has a pattern in rules 2, where steps and effort are told.

    people: what people did in laboratories in a game like it, at the match's continuation.
    """

    arena: str
    advice: Advice
    people: PeopleDid | NoPeople
    steps: tuple[TermStep, ...] = ()
    effort: Effort | None = None


def advise_on(
    position: Position, seat: Seat, lens: Lens | None = None, *, has_mediation: bool = False
) -> tuple[ArenaAdvised, ...]:
    """Advise a seat on each of its arenas, by the rules of the match and its present trust.

    position: what the seat sees. has_mediation: whether to tell what a mediator of these rules can
    reach, in what the lens makes of points.
    """
    held = trusts(position.standing)
    rules, arenas = ruleset_of(position), position.arenas_of(seat)
    told: dict[str, Advice] = {}
    for arena in arenas:
        around = circumstances(position, arena) if rules.reads_all_profiles else None
        game, member = _seen(position, arena, lens), arena.member(seat)
        advice = _advised(game, member, beliefs_of(arena, seat, held), around)
        found = mediation(rules, arena.game, game) if has_mediation else None
        told[arena.name] = advice if found is None else replace(advice, mediation=found)
    continuation = position.scenario.continuation
    people = {arena.name: people_in(arena.game, continuation) for arena in arenas}
    if not rules.reads_all_profiles:
        return tuple(ArenaAdvised(x.name, told[x.name], people[x.name]) for x in arenas)
    efforts = _efforts(position, seat, told)
    return tuple(
        ArenaAdvised(
            arena=x.name,
            advice=told[x.name],
            people=people[x.name],
            steps=steps(position, x, seat),
            effort=efforts.get(x.name),
        )
        for x in arenas
    )


def _seen(position: Position, arena: Arena, lens: Lens | None) -> Playable:
    if lens is None:
        return arena.game
    return lensed_game(lens, arena, lens_context(position.scenario, position.standing))


def mediation(rules: Ruleset, game: StageGame, seen: Playable) -> CorrelatedEquilibrium | None:
    """Return what a mediator of these rules can reach; None of more members than it takes.

    seen: the game in which what it reaches is counted.

    >>> from game_rules.games.stage_games import LIBRARY
    >>> from game_rules.rulesets.chosen import ruleset
    >>> chicken = LIBRARY["chicken"]
    >>> str(mediation(ruleset(), chicken, chicken).mean)
    '3'
    """
    drawn = rules.lottery(game) if game.size <= MOST_MEDIATED else ()
    if not drawn:
        return None
    told = tuple(Recommendation(profile, _small(chance)) for profile, chance in drawn)
    paid = [[exact(x) * each.chance for x in seen.payoffs(each.profile)] for each in told]
    values = tuple(sum(column, Fraction(0)) for column in zip(*paid, strict=True))
    return CorrelatedEquilibrium(told, values, is_exact=True)


def _small(chance: float) -> Fraction:
    """Return the fraction that a mediator draws with, from the float nearest to it."""
    return Fraction(chance).limit_denominator(_LARGEST_DENOMINATOR)


@lru_cache(maxsize=512)
def _advised(
    game: Playable, member: int, beliefs: tuple[float, ...], around: Circumstances | None
) -> Advice:
    """Cached, because the same game and beliefs are asked for by every seat, repeatedly."""
    if around is None:
        return advise(game, member, beliefs, has_mediation=False)
    return advise_by_pattern(game, member, beliefs, around)


def circumstances(position: Position, arena: Arena) -> Circumstances:
    """Collect what advice on an arena depends on besides the game and beliefs."""
    scenario = position.scenario
    is_open = scenario.continuation < 1 and position.round < scenario.least_rounds
    return Circumstances(
        quality=ruleset_of(position).monitoring(position, arena.name),
        continuation=scenario.continuation,
        no_end_before=scenario.least_rounds if is_open else 0,
    )


def advise_by_pattern(
    game: Playable,
    member: int,
    beliefs: tuple[float, ...],
    around: Circumstances,
) -> Advice:
    """Advise one member from its whole reply pattern.

    What rules 1 reads from the corners is replaced: f* is the one belief from which C is better,
    None unless it is the only tipping point; levers change the name by the whole pattern.
    Raises InvalidInput for a wrong number of beliefs.

    >>> from game_rules.games.stage_games import LIBRARY
    >>> advice = advise_by_pattern(LIBRARY["stag_hunt"], 0, (1.0, 0.7), Circumstances())
    >>> round(float(advice.tipping_point), 6), [str(action) for action in advice.best_reply]
    (0.666667, ['C'])
    """
    plain = advise(game, member, beliefs, has_mediation=False)
    found = None if plain.pure is None else len(plain.pure)
    gain, seen = expected(game, member, beliefs).gain, pattern_of(game, member, around, found)
    return replace(
        plain,
        situation=plain.situation if _is_pair(game) else seen.reply_class,
        tipping_point=_only_rise(seen),
        discount=None if seen.discount is None else Fraction(seen.discount),
        common_discount=_discount_of_all(game, around, seen),
        escrow=Fraction(critical_escrow_of_all(game, member)),
        gain=gain,
        best_reply=replies_by_gain(gain),
        levers=_levers(game, member, plain),
        pattern=seen,
    )


def pattern_of(game: Playable, member: int, around: Circumstances, found: int | None) -> Pattern:
    """Read a member's whole reply pattern; of more than 12 members what can be computed.

    found: how many pure equilibria there are; None of too many members to try.
    Source: Taylor & Ward 1982; Green & Porter 1984 for the discount.
    """
    all_cases = 2 ** (game.size - 1)
    if found is None:
        return Pattern(None, None, all_cases, None, None, True, None, None, None, around)
    sums, horizon = curve(game, member), _horizon(around, found)
    is_by_chance = horizon is Horizon.BY_CHANCE
    quality = around.quality
    return Pattern(
        reply_class=reply_class(game, member),
        best_in=sum(case.gain > _NOTHING for case in cases(game, member)),
        cases=all_cases,
        curve=tuple(gain_at(sums, step / CURVE_STEPS) for step in range(CURVE_STEPS + 1)),
        tipping_points=tipping_points(game, member),
        is_bound=False,
        worst=worst_equilibrium(game, member),
        horizon=horizon,
        discount=critical_discount_in_fog(game, member, quality) if is_by_chance else None,
        circumstances=around,
        fragility=_fragility(game, member),
    )


def _fragility(game: Playable, member: int) -> Fragility | None:
    """Ask of stage games alone: what a lens makes of one has no parameters to change."""
    is_stage = isinstance(game, Bimatrix | Collective)
    return fragility(game, member) if is_stage else None


def steps(position: Position, arena: Arena, seat: Seat) -> tuple[TermStep, ...]:
    """List how the terms of a seat became those in force, from those that the scenario gives.

    News comes after them and is told by itself. None of an arena that the scenario does not name.
    """
    written = next((x for x in position.scenario.arenas if x.name == arena.name), None)
    return () if written is None else tuple(_steps(position, arena, seat, written))


def _steps(position: Position, arena: Arena, seat: Seat, written: Arena) -> Iterator[TermStep]:
    here = [effect for effect in position.effects if effect.arena == arena.name]
    placed = with_joiners(position.scenario, written, here)
    at: dict[str, float] = {}
    if isinstance(placed.game, Collective):
        at = asdict(placed.game.terms[placed.member(seat)])
    for change in arena.changes:
        if not change.seats or seat in change.seats:
            before = at[change.parameter]
            at[change.parameter] = after = before * change.factor + change.added
            yield TermStep(change.parameter, before, after, change.cause, change.because)


def _efforts(position: Position, seat: Seat, told: Mapping[str, Advice]) -> Mapping[str, Effort]:
    """Weigh the best replies together, for effort is of all; crises are no commitments.

    Source: Kennedy 1987.
    """
    effort, scenario = ruleset_of(position).effort, position.scenario

    def price_of_last(held: int) -> float:
        return effort(scenario, seat, held) - effort(scenario, seat, held - 1)

    gains = {
        name: advice.gain or 0.0 for name, advice in told.items() if not name.startswith(CRISIS)
    }
    best = {name: gain for name, gain in gains.items() if gain > 0}
    dropped = set(given_up(best, len(best), price_of_last))
    return {
        name: Effort(price_of_last(len(best.keys() - {name}) + 1), name in dropped)
        for name in gains
    }


def _is_pair(game: Playable) -> bool:
    return game.size == 2 and not isinstance(
        game.material if isinstance(game, LensedGame) else game, Collective
    )


def _only_rise(seen: Pattern) -> Fraction | None:
    """Return f* where there is one, and C is better above it."""
    match seen.tipping_points:
        case (point,) if point.is_c_above:
            return Fraction(point.belief)
        case _:
            return None


def _horizon(around: Circumstances, found: int) -> Horizon:
    """Say what is known of the end. Source: Benoit & Krishna 1985; Selten 1978 for unravelling."""
    if around.continuation < 1:
        return Horizon.BY_CHANCE
    if found == 0:
        return Horizon.NO_EQUILIBRIUM
    return Horizon.UNRAVELS if found == 1 else Horizon.CAN_HOLD


def _levers(game: Playable, member: int, plain: Advice) -> tuple[Lever, ...]:
    """Return the levers by the whole pattern; a game by a matrix is told whole by its corners."""
    material = game.material if isinstance(game, LensedGame) else game
    return pattern_levers(game, member) if isinstance(material, Collective) else plain.levers


def _discount_of_all(game: Playable, around: Circumstances, seen: Pattern) -> Fraction | None:
    """Return the δ* of whoever needs the most patience; None if no patience is enough."""
    if seen.horizon is not Horizon.BY_CHANCE:
        return None
    each = [critical_discount_in_fog(game, x, around.quality) for x in range(game.size)]
    found = [discount for discount in each if discount is not None]
    return Fraction(max(found)) if len(found) == len(each) else None
