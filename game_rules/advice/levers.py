"""Levers: the smallest parameter change that moves an arena into another game class.

Source: Jervis 1978 (what eases or worsens the security dilemma); rules sections 2 and 5.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from game_rules.games.corners import Corners, GameClass, game_class
from game_rules.games.exact import Playable
from game_rules.games.replies import ReplyClass
from game_rules.games.stage_games import Bimatrix, Collective
from game_rules.lenses.lensed_games import LensedGame

_NOISE = 1e-9
"""A quantity this small beside the payoffs is 0: slopes are differences of floats."""


@dataclass(frozen=True, slots=True)
class Lever:
    """A change of one parameter of a member, and the class that it leads to.

    now: the parameter's value; change: how far it has to move; is_beyond: whether it has to move
    past that point, not just to it; is_up: which way, also where change is 0. shift: the largest
    change of one of the member's own four payoffs that goes with it, by which levers in different
    units are compared.
    """

    parameter: str
    now: float
    change: float
    is_beyond: bool
    is_up: bool
    shift: float
    game_class: GameClass | ReplyClass


def levers(game: Playable, member: int) -> tuple[Lever, ...]:
    """Find for each parameter the smallest change of a member's class, best first.

    Of a collective arena b, c, e, g, d, sigma (the member's own) and theta; of a game of two
    the member's T, R, P, S. Shares stay in [0, 1] and terms that are not negative stay so.
    Parameters that cannot change the class are left out.

    >>> from game_rules.games.stage_games import LIBRARY
    >>> best = levers(LIBRARY["prisoners_dilemma"], 0)[0]
    >>> best.parameter, best.change, best.game_class.value
    ('P', -1.0, 'chicken')
    """
    found, threshold = [*_affine_levers(game, member)], _theta_lever(game, member)
    if threshold is not None:
        found.append(threshold)
    return tuple(sorted(found, key=lambda lever: lever.shift))


def _affine_levers(game: Playable, member: int) -> Iterator[Lever]:
    for parameter, now in parameters_of(game, member).items():
        candidates = [
            lever
            for direction in (1, -1)
            if (lever := _first_change(game, member, parameter, now, direction)) is not None
        ]
        if candidates:
            yield min(candidates, key=lambda lever: lever.shift)


def _first_change(
    game: Playable, member: int, parameter: str, now: float, direction: int
) -> Lever | None:
    """Search the boundaries in order; the class is constant between two of them."""
    line = _Line(game, member, parameter, now, direction)
    for distance, next_distance in line.stretches():
        after = _settled(line.at((distance + next_distance) / 2)).game_class
        if after is line.start_class:
            continue
        reached = _settled(line.at(distance)).game_class
        return Lever(
            parameter=parameter,
            now=now,
            change=direction * distance,
            is_beyond=reached is not after,
            is_up=direction > 0,
            shift=shift_of(line.start, line.at(distance)),
            game_class=after,
        )
    return None


class _Line:
    """A member's corners as linear functions of one parameter."""

    def __init__(
        self, game: Playable, member: int, parameter: str, now: float, direction: int
    ) -> None:
        self.start = game.corners(member)
        self.start_class = game_class(game, member)
        ahead = varied(game, member, parameter, now + direction).corners(member)
        self.slope = tuple(b - a for a, b in zip(_four(self.start), _four(ahead), strict=True))
        self.room = room(parameter, now, direction)

    def at(self, distance: float) -> Corners:
        moved = zip(_four(self.start), self.slope, strict=True)
        return Corners(*(x + distance * slope for x, slope in moved))

    def stretches(self) -> Iterator[tuple[float, float]]:
        """Yield each zero of greed, fear, R − P, R − S or greed − fear, and the next such zero.

        Places nearer than rounding are one.
        """
        here, there = _boundaries(self.start), _boundaries(self.at(1.0))
        places = {
            0.0 if abs(x) < _NOISE else -x / (y - x)
            for x, y in zip(here, there, strict=True)
            if abs(y - x) > _NOISE and (abs(x) < _NOISE or -x / (y - x) > 0)
        }
        reachable: list[float] = []
        for place in sorted(place for place in places if place <= self.room):
            if not reachable or place - reachable[-1] > _NOISE:
                reachable.append(place)
        return pairwise([*reachable, min(self.room, reachable[-1] + 1.0)] if reachable else [])


def _theta_lever(game: Playable, member: int) -> Lever | None:
    """Find the lever of theta, which acts in steps: at the member's own weight and the others'."""
    material = game.material if isinstance(game, LensedGame) else game
    if not isinstance(material, Collective):
        return None
    now, own = material.theta, material.weight(member)
    steps = sorted({own, 1.0 - own})
    past = [(step, (step + end) / 2) for step, end in pairwise([*steps, 1.0])]
    ways = [(step, step) for step in steps if step < now] + [way for way in past if way[0] >= now]
    for step, value in sorted(ways, key=lambda way: abs(way[0] - now)):
        changed = varied(game, member, "theta", value)
        reached = game_class(changed, member)
        if reached is not game_class(game, member):
            shift, is_up = shift_of(game.corners(member), changed.corners(member)), step >= now
            return Lever("theta", now, step - now, is_up, is_up, shift, reached)
    return None


def parameters_of(game: Playable, member: int) -> dict[str, float]:
    """Return the member's own parameters, but for theta, which is of all."""
    match game:
        case LensedGame(material=material):
            return parameters_of(material, member)
        case Collective(terms=terms):
            own = terms[member]
            return {name: getattr(own, name) for name in ("b", "c", "e", "g", "d", "sigma")}
        case _:
            corners = game.corners(member)
            return {name: getattr(corners, name) for name in ("T", "R", "P", "S")}


def varied(game: Playable, member: int, parameter: str, value: float) -> Playable:
    """Return the game with one parameter of a member, or theta, set to a value."""
    match game:
        case LensedGame(material=material):
            return replace(game, material=varied(material, member, parameter, value))
        case Collective() if parameter == "theta":
            return replace(game, theta=value)
        case Collective(terms=terms):
            own = replace(terms[member], **{parameter: value})
            return replace(game, terms=(*terms[:member], own, *terms[member + 1 :]))
        case Bimatrix(row=row, column=column) if member == 0:
            return Bimatrix(replace(row, **{parameter: value}), column)
        case Bimatrix(row=row, column=column):
            return Bimatrix(row, replace(column, **{parameter: value}))
    raise TypeError(f"{type(game).__name__} has no parameters to vary")


def room(parameter: str, now: float, direction: int) -> float:
    """Return how far a parameter may move up (direction 1) or down (-1)."""
    if parameter in "TRPS":
        return float("inf")
    if direction > 0:
        return 1.0 - now if parameter == "sigma" else float("inf")
    return now if now >= 0 else float("inf")


def _four(corners: Corners) -> tuple[float, float, float, float]:
    return corners.T, corners.R, corners.P, corners.S


def _boundaries(corners: Corners) -> tuple[float, float, float, float, float]:
    greed, fear = corners.greed, corners.fear
    return greed, fear, corners.R - corners.P, corners.R - corners.S, greed - fear


def _settled(corners: Corners) -> Corners:
    """Remove rounding, so that a boundary that is reached is reached exactly."""
    greed, fear, over_p, *_ = (0.0 if abs(x) < _NOISE else x for x in _boundaries(corners))
    return Corners(T=greed, R=0.0, P=-over_p, S=-over_p - fear)


def shift_of(before: Corners, after: Corners) -> float:
    """Return the largest change of one of four payoffs."""
    return max(abs(b - a) for a, b in zip(_four(before), _four(after), strict=True))
