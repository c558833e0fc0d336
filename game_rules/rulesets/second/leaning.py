"""Dependence in rules 2: it is asymmetry that gives power.

Source: Hirschman 1945; Keohane & Nye 1977.
"""

from collections.abc import Iterable, Mapping, Sequence

from game_rules.games.stage_games import Collective, D
from game_rules.log.events import RoundResolved
from game_rules.log.position import Position
from game_rules.memory import summed
from game_rules.roles import Seat
from game_rules.scenario.parameters import Consequences
from game_rules.scenario.scenario import CRISIS, Arena
from game_rules.standing.dependency import Shares, yield_of
from game_rules.standing.round_effects import PlayedArenas
from game_rules.standing.standing import Standing

_NEAR = 1e-9

Dependency = Mapping[Seat, Mapping[Seat, float]]

_NOTHING: Mapping[Seat, float] = {}


def leaning(dependency: Dependency, seat: Seat, seats: Iterable[Seat]) -> tuple[Seat | None, float]:
    """Find the partner that a seat leans on most: max(0, s_ij − s_ji), and how much.

    seats: in the scenario's order; the first of equals counts. Source: Hirschman 1945.
    """
    row, found, most = dependency.get(seat, _NOTHING), None, 0.0
    for other in seats if row else ():
        lent = row.get(other)
        if lent is not None:
            lean = lent - dependency.get(other, _NOTHING).get(seat, 0.0)
            if lean > most + _NEAR:
                found, most = other, lean
    return found, most


def autonomy_of(dependency: Dependency, seat: Seat) -> float:
    """Return 1 − min(1, 2·largest leaning): half of one's benefits, unreturned, leaves none.

    Source: Keohane & Nye 1977; the factor is an assumption.
    """
    return 1.0 - min(1.0, 2.0 * leaning(dependency, seat, dependency)[1])


def independence(position: Position, seat: Seat) -> float:
    """Return 1 − the largest leaning, as far as the seat can know it: what bots count.

    Source: Hirschman 1945.
    """
    return 1.0 - leaning_known(position, seat)[1]


def leans_on(position: Position, seat: Seat) -> Seat | None:
    """Return the partner that a seat leans on most, as far as the seat can know it."""
    return leaning_known(position, seat)[0]


def leaning_known(position: Position, seat: Seat) -> tuple[Seat | None, float]:
    """Find the partner that a seat leans on most, and how much, as far as the seat can know it.

    In fog it is what the seat makes out from what it saw: what it leans on in truth would tell it
    what was played. Source: Hirschman 1945.
    """
    known, key = position.weighed, (_LEANING, seat)
    if key not in known:
        known[key] = _leaning_known(position, seat)
    return known[key]


_LEANING = "leaning"


def _leaning_known(position: Position, seat: Seat) -> tuple[Seat | None, float]:
    scenario = position.scenario
    if scenario.monitoring >= 1:
        return leaning(position.standing.dependency, seat, scenario.seats)
    found, most = None, 0.0
    for other, lean in _made_out(position, seat):
        if lean > most + _NEAR:
            found, most = other, lean
    return found, most


def _made_out(position: Position, seat: Seat) -> Iterable[tuple[Seat, float]]:
    """Return s_ij − s_ji of a seat by the results that it saw, on the terms that are in force."""
    arenas = {x.name: x for x in position.arenas if not x.name.startswith(CRISIS)}
    memory = position.scenario.standing.dependency_memory
    others = [x for x in position.scenario.seats if x != seat]
    new = 1.0 - memory

    def faded(leans: Sequence[float], resolved: RoundResolved) -> Sequence[float]:
        lent, owed = _shares_seen(_seen(resolved, seat, arenas), seat)
        return [
            memory * old + new * (lent.get(other, 0.0) - owed.get(other, 0.0))
            for old, other in zip(leans, others, strict=True)
        ]

    key = _LEANING, seat, memory, *[_benefits(arena) for arena in arenas.values()]
    leans = summed(position.history, key, [0.0] * len(others), faded)
    return zip(others, leans, strict=True)


def _benefits(arena: Arena) -> str:
    """Write what of an arena decides who benefits from whom: its costs and temptations do not.

    As a text, of which Python remembers the hash.
    """
    game, memory = arena.game, arena.memory
    found = memory.get(_LEANING)
    if found is None:
        terms: object = game
        if isinstance(game, Collective):
            terms = game.weights, game.theta, [(x.b, x.sigma) for x in game.terms]
        found = memory[_LEANING] = repr((arena.name, arena.members, terms))
    return found


def _seen(resolved: RoundResolved, seat: Seat, arenas: Mapping[str, Arena]) -> PlayedArenas:
    """Return what a seat saw played: its own arenas with its own eyes, others with the public's."""
    wrong = {(x.observer, x.result.arena): x.result for x in resolved.sightings}
    played = []
    for result in resolved.results:
        arena = arenas.get(result.arena)
        if arena is not None:
            acted = result.actions
            if wrong:
                eyes = seat if seat in acted else None
                acted = wrong.get((eyes, result.arena), result).actions
            is_same = tuple(acted) == arena.members  # or somebody has joined since
            all_acted = acted if is_same else {x: acted.get(x, D) for x in arena.members}
            played.append((arena, all_acted))
    return played


def _shares_seen(played: PlayedArenas, seat: Seat) -> tuple[Shares, Shares]:
    """Return the shares of a seat's benefits that others made, and of theirs that it made."""
    wholes: Shares = {}
    lent: Shares = {}
    owed: Shares = {}
    for arena, acted in played:
        members, found = arena.members, yield_of(arena, acted)
        if not found.makers:
            continue
        worths = found.worths
        for other, worth in zip(members, worths, strict=True):
            wholes[other] = wholes.get(other, 0.0) + worth
        if seat not in acted:
            continue
        own = members.index(seat)
        for member, share in found.makers:
            if member == own:
                for other, worth in zip(members, worths, strict=True):
                    if other != seat:
                        owed[other] = owed.get(other, 0.0) + worth * share
            else:
                other = members[member]
                lent[other] = lent.get(other, 0.0) + worths[own] * share
    own_whole = wholes.get(seat, 0.0)
    return (
        {other: part / own_whole for other, part in lent.items()} if own_whole else {},
        {other: part / wholes[other] for other, part in owed.items() if part},
    )


def leverage(
    before: Standing, seats: Sequence[Seat], played: PlayedArenas, c: Consequences
) -> Mapping[Seat, tuple[Seat, float]]:
    """Find who is made to feel its dependence: the partner, and the points that it loses.

    The largest leaning is at least the supplier's share, and that partner played D in a shared
    arena that is no alliance and no crisis: 2·leaning. Nobody, where it costs nothing.
    Source: Hirschman 1945; Keohane & Nye 1977.
    """
    if not c.leverage_cost:
        return {}
    felt: dict[Seat, tuple[Seat, float]] = {}
    for seat in seats:
        other, lean = leaning(before.dependency, seat, seats)
        if other is None or lean < c.supplier_share - _NEAR:
            continue
        if _lets_down(other, seat, played):
            felt[seat] = (other, c.leverage_cost * lean)
    return felt


def _lets_down(other: Seat, seat: Seat, played: PlayedArenas) -> bool:
    """Tell whether a seat played D beside another, in an arena that is no alliance or crisis."""
    for arena, acted in played:
        is_bound = arena.is_alliance or arena.name.startswith(CRISIS)
        if seat in acted and acted.get(other) is D and not is_bound:
            return True
    return False
