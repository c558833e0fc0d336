"""Reasons: why the other action would have brought more, in one sentence's worth of figures.

A reason is a kind and its arguments, from what the engine recorded of both continuations: the
words for it are elsewhere. Source: `ReasonKind` names that of each kind.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from math import fsum

from game_rules.games.stage_games import C, Collective, D
from game_rules.log.events import RoundResolved
from game_rules.log.gains import GainLine
from game_rules.log.position import Position
from game_rules.roles import Seat
from game_rules.scenario.scenario import Arena

_NOTHING = 1e-9


class ReasonKind(StrEnum):
    """Why the other action would have brought more.

    In the round itself. tipped: C would have reached the threshold (Taylor & Ward 1982). in_vain: C
    fell short of it. greed: D on those who cooperated pays more (Jervis 1978). fear: C stood alone
    against those who defected (Jervis 1978). support: C pays more beside the others as they played.
    stake: the word that was broken cost its stake (Schelling 1960). effort: one commitment beyond
    capacity (Kennedy 1987).

    After it. crisis: a crisis that would not have opened (Schelling 1966). answered: others would
    have cooperated more with the seat (Axelrod 1984). spared: it would have cooperated less, or at
    less cost. course: the rest of the match went otherwise, for no single reason.
    """

    TIPPED = "tipped"
    IN_VAIN = "in_vain"
    GREED = "greed"
    FEAR = "fear"
    SUPPORT = "support"
    STAKE = "stake"
    EFFORT = "effort"
    CRISIS = "crisis"
    ANSWERED = "answered"
    SPARED = "spared"
    COURSE = "course"


@dataclass(frozen=True, slots=True)
class Reason:
    """A reason and its arguments. points: what of the other action's worth it stands for.

    arena: where. seats: whom it comes from, or the pair in crisis. round: when, where it is not the
    round of the choice. count: of actions that would have been otherwise.
    """

    kind: ReasonKind
    points: float
    arena: str | None = None
    seats: tuple[Seat, ...] = ()
    round: int | None = None
    count: int = 0


def reason_for(
    arena: Arena, seat: Seat, number: int, base: Position, other: Position
) -> Reason | None:
    """Say why the other action brought more; None where it did not.

    arena: as it was in force in the round. base, other: at the end, as it fell and otherwise. The
    round or what came after it is told of, whichever made more of the difference.
    """
    fell, turned = base.history[number - 1], other.history[number - 1]
    at_once = turned.gains[seat] - fell.gains[seat]
    later = other.totals[seat] - base.totals[seat] - at_once
    if at_once + later <= _NOTHING:
        return None
    if at_once >= later:
        return _in_the_round(arena, seat, fell, turned)
    return _after_it(seat, number, later, base, other)


def _in_the_round(arena: Arena, seat: Seat, fell: RoundResolved, turned: RoundResolved) -> Reason:
    """Name the largest part of what the round itself would have brought more."""
    name = arena.name
    paid = _result(turned, name)[1][seat] - _result(fell, name)[1][seat]
    stake = turned.settlements.get(seat, 0.0) - fell.settlements.get(seat, 0.0)
    effort = _line(turned, GainLine.STRETCH, seat) - _line(fell, GainLine.STRETCH, seat)
    parts = [
        (paid, _of_payoffs(arena, seat, fell, paid)),
        (stake, Reason(ReasonKind.STAKE, stake, name)),
        (effort, Reason(ReasonKind.EFFORT, effort, name)),
    ]
    return max(parts, key=lambda part: part[0])[1]


def _of_payoffs(arena: Arena, seat: Seat, fell: RoundResolved, paid: float) -> Reason:
    """Say why the arena itself would have paid more. Source: Jervis 1978; Taylor & Ward 1982."""
    acted = _result(fell, arena.name)[0]
    others = [x for x in arena.members if x != seat]
    with_it = tuple(x for x in others if acted[x] is C)
    against = tuple(x for x in others if acted[x] is D)
    weight = fsum(arena.game.weight(arena.member(x)) for x in with_it)
    own = arena.game.weight(arena.member(seat))
    if acted[seat] is D:
        is_tipped = _output(arena, weight + own) > 0.0 == _output(arena, weight)
        kind = ReasonKind.TIPPED if is_tipped else ReasonKind.SUPPORT
        return Reason(kind, paid, arena.name, with_it, count=len(with_it))
    if _output(arena, weight + own) == 0.0:
        return Reason(ReasonKind.IN_VAIN, paid, arena.name, against, count=len(against))
    if weight >= (1.0 - own) / 2.0:
        return Reason(ReasonKind.GREED, paid, arena.name, with_it, count=len(with_it))
    return Reason(ReasonKind.FEAR, paid, arena.name, against, count=len(against))


def _output(arena: Arena, contributed: float) -> float:
    """Return what so much weight yields; where nothing is produced together, the weight itself."""
    game = arena.game
    return game.produced(contributed) if isinstance(game, Collective) else 1.0


def _after_it(seat: Seat, number: int, later: float, base: Position, other: Position) -> Reason:
    """Find what made the rest of the match better."""
    rounds, instead = base.history[number:], other.history[number:]
    known = {x for resolved in other.history for x in _crises(resolved, seat)}
    opened = ((x.round, pair) for x in base.history[number - 1 :] for pair in _crises(x, seat))
    crisis = next((found for found in opened if found[1] not in known), None)
    if crisis is not None:
        return Reason(ReasonKind.CRISIS, later, seats=crisis[1], round=crisis[0])
    more = Counter(dict(_favours(instead, seat)))
    more.subtract(dict(_favours(rounds, seat)))
    best = max(more.values(), default=0)
    if best > 0:
        seats = tuple(x for x in base.totals if more[x] == best)
        return Reason(ReasonKind.ANSWERED, later, seats=seats, count=best)
    own = _own_count(rounds, seat) - _own_count(instead, seat)
    if own > 0:
        return Reason(ReasonKind.SPARED, later, count=own)
    return Reason(ReasonKind.COURSE, later)


def _crises(resolved: RoundResolved, seat: Seat) -> Iterator[tuple[Seat, Seat]]:
    """Yield the pairs of a seat that are in crisis after a round."""
    for pair in resolved.standing.rivals:
        if pair.is_in_crisis and seat in pair.seats:
            yield pair.seats


def _favours(rounds: tuple[RoundResolved, ...], seat: Seat) -> Iterator[tuple[Seat, int]]:
    """Yield how often each other played C where it met a seat."""
    counts: Counter[Seat] = Counter()
    for resolved in rounds:
        for result in resolved.results:
            if seat in result.actions:
                counts.update(x for x, act in result.actions.items() if x != seat and act is C)
    yield from counts.items()


def _own_count(rounds: tuple[RoundResolved, ...], seat: Seat) -> int:
    """Count how often a seat played C."""
    return sum(x.actions.get(seat) is C for resolved in rounds for x in resolved.results)


def _result(
    resolved: RoundResolved, arena: str
) -> tuple[Mapping[Seat, object], Mapping[Seat, float]]:
    found = next(x for x in resolved.results if x.arena == arena)
    return found.actions, found.payoffs


def _line(resolved: RoundResolved, line: GainLine, seat: Seat) -> float:
    return resolved.lines.get(line, {}).get(seat, 0.0)
