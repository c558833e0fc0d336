"""Levers by the whole reply pattern: the smallest change that gives an arena another name.

Between the corners a member of an arena with a threshold may be needed or not, so its name may
change where greed and fear alone keep theirs, and the other way round. Source: Jervis 1978 (what
eases or worsens the security dilemma); Taylor & Ward 1982 for the pattern.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from game_rules.advice.levers import Lever, parameters_of, room, shift_of, varied
from game_rules.games.exact import MOST_MEMBERS, Playable, profiles
from game_rules.games.replies import ReplyClass, cases, reply_class
from game_rules.games.stage_games import Collective
from game_rules.lenses.lensed_games import LensedGame

_NOISE = 1e-9

MOST_THRESHOLDS = 256
"""Of more places where theta counts, these nearest are tried: every set of eight members."""

_Line = tuple[float, float]
"""A quantity that is linear in how far a parameter is moved: now, and by how much a step."""


def pattern_levers(game: Playable, member: int) -> tuple[Lever, ...]:
    """Find for each term of a collective arena the smallest change of a member's name, best first.

    Of b, c, e, g, d, sigma (the member's own) and theta. Terms that cannot change the name are left
    out; of more than 12 members there are none, for their name is not known.

    >>> from game_rules.games.stage_games import Terms, collective
    >>> hunt = collective((1, 1), Terms(b=4, c=1, e=2, g=0, d=0, sigma=0), theta=1)
    >>> [(x.parameter, x.change, x.game_class.value) for x in pattern_levers(hunt, 0)][:2]
    [('b', -3.0, 'deadlock'), ('c', 3.0, 'deadlock')]
    """
    if game.size > MOST_MEMBERS:
        return ()
    start = reply_class(game, member)
    found = [*_term_levers(game, member, start), *_theta_lever(game, member, start)]
    return tuple(sorted(found, key=lambda lever: lever.shift))


def _term_levers(game: Playable, member: int, start: ReplyClass) -> Iterator[Lever]:
    for parameter in parameters_of(game, member):
        ways = (_first_change(game, member, parameter, way, start) for way in (1, -1))
        found = [lever for lever in ways if lever is not None]
        if found:
            yield min(found, key=lambda lever: lever.shift)


def _first_change(
    game: Playable, member: int, parameter: str, way: int, start: ReplyClass
) -> Lever | None:
    """Search the places where the name may change, the nearest first."""
    now = parameters_of(game, member)[parameter]
    for near, far in _stretches(game, member, parameter, way):
        after = reply_class(varied(game, member, parameter, now + way * (near + far) / 2), member)
        if after is start:
            continue
        reached = varied(game, member, parameter, now + way * near)
        return Lever(
            parameter=parameter,
            now=now,
            change=way * near,
            is_beyond=reply_class(reached, member) is not after,
            is_up=way > 0,
            shift=shift_of(game.corners(member), reached.corners(member)),
            game_class=after,
        )
    return None


def _stretches(
    game: Playable, member: int, parameter: str, way: int
) -> Iterator[tuple[float, float]]:
    """Yield the stretches between which alone the name may change, by how far each end is away."""
    now = parameters_of(game, member)[parameter]
    ahead = varied(game, member, parameter, now + way)
    gains = _lines(*([x.gain for x in cases(each, member)] for each in (game, ahead)))
    corners = _lines(*(_beside_gains(each, member) for each in (game, ahead)))
    up_to = room(parameter, now, way)
    places = {0.0 if abs(x) < _NOISE else x for x in _places(gains, corners) if x > -_NOISE}
    reachable = _apart([x for x in places if x <= up_to])
    if reachable:
        yield from pairwise([*reachable, min(up_to, reachable[-1] + 1.0)])


def _lines(now: Sequence[float], ahead: Sequence[float]) -> list[_Line]:
    return [(x, y - x) for x, y in zip(now, ahead, strict=True)]


def _beside_gains(game: Playable, member: int) -> tuple[float, float, float, float]:
    """Return what a name depends on beside the best and the worst gain of C."""
    corners = game.corners(member)
    return corners.greed, corners.fear, corners.R - corners.P, corners.R - corners.S


def _places(gains: Sequence[_Line], corners: Sequence[_Line]) -> Iterator[float]:
    """Yield how far away a corner's sign turns, or C comes to pay nowhere or everywhere."""
    yield from (-x / slope for x, slope in corners if abs(slope) > _NOISE)
    yield from _ends_of_none_above(gains)
    yield from _ends_of_none_above([(-x, -slope) for x, slope in gains])


def _ends_of_none_above(lines: Sequence[_Line]) -> Iterator[float]:
    """Yield both ends of where none of some quantities is above 0, as far as there are any."""
    falling = [-x / slope for x, slope in lines if slope < -_NOISE]
    rising = [-x / slope for x, slope in lines if slope > _NOISE]
    if falling:
        yield max(falling)
    if rising:
        yield min(rising)


def _apart(places: Sequence[float]) -> list[float]:
    """Sort places, those nearer than rounding as one."""
    kept: list[float] = []
    for place in sorted(places):
        if not kept or place - kept[-1] > _NOISE:
            kept.append(place)
    return kept


def _theta_lever(game: Playable, member: int, start: ReplyClass) -> Iterator[Lever]:
    """Yield the lever of theta, which acts in steps: where a set of members just reaches it."""
    material = game.material if isinstance(game, LensedGame) else game
    assert isinstance(material, Collective)  # a game by a matrix has other levers
    now = material.theta
    for step, value in _thresholds(material):
        changed = varied(game, member, "theta", value)
        after = reply_class(changed, member)
        if after is not start:
            is_up, moved = step >= now, _shift_anywhere(game, changed, member)
            yield Lever("theta", now, step - now, is_up, is_up, moved, after)
            return


def _thresholds(game: Collective) -> list[tuple[float, float]]:
    """List the steps of theta, the nearest first, each with a value between it and the next.

    A lower theta need only reach what a set of members holds, a higher one has to exceed it.
    """
    sums = [0.0]
    for weight in game.weights:
        sums += [x + weight for x in sums]
    steps, now = _apart([x for x in sums if _NOISE < x < 1.0 - _NOISE] + [1.0]), game.least_weight
    lower = [(x, x) for x in steps if x < now]
    higher = [(x, (x + above) / 2) for x, above in pairwise(steps) if x >= now]
    return sorted(lower + higher, key=lambda way: abs(way[0] - now))[:MOST_THRESHOLDS]


def _shift_anywhere(before: Playable, after: Playable, member: int) -> float:
    """Return the largest change of a member's payoff in any outcome: corners need not change."""
    return max(
        abs(before.payoffs(profile)[member] - after.payoffs(profile)[member])
        for profile in profiles(before.size)
    )
