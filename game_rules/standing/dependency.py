"""Dependency: the shares of a seat's benefits that come from each other seat."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from game_rules.games.stage_games import Action, Bimatrix, C, Collective, D
from game_rules.roles import Seat
from game_rules.scenario.scenario import Arena
from game_rules.standing.round_effects import PlayedArenas
from game_rules.standing.standing import Standing, StandingParameters
from game_rules.standing.tallies import cooperation
from game_rules.swift import swift

Shares = dict[Seat, float]

Factors = Mapping[tuple[str, Seat, Seat], float]
"""By arena, seat and giver: what share of a giver's part is put down to it."""

NO_FACTORS: Factors = {}


@swift
@dataclass(frozen=True, slots=True)
class Yield:
    """What the cooperation in an arena was worth to each member, and who made what share of it.

    contributed, produced: X and its output Q(X), which is X where there is no threshold. worths: in
    points, by member. makers: the members who cooperated, and their shares of X.
    """

    contributed: float
    produced: float
    worths: tuple[float, ...]
    makers: tuple[tuple[int, float], ...]


NO_YIELD = Yield(0.0, 0.0, (), ())


def dependencies(
    standing: Standing,
    played: PlayedArenas,
    yields: Sequence[Yield],
    p: StandingParameters,
    factors: Factors = NO_FACTORS,
) -> Mapping[Seat, Mapping[Seat, float]]:
    """Return every seat's dependency on the others after a round.

    s_ij ← 0.8 s_ij + 0.2·(share of i's benefits that j's contribution made). A benefit is
    credited to those who cooperated, by weight, oneself included. yields: of each arena, NO_YIELD
    of one that does not count. factors: of what some are credited with.
    Source: Hirschman 1945; rules section 4.
    """
    wholes: Shares = {}
    parts: dict[Seat, Shares] = {}
    for (arena, _), made in zip(played, yields, strict=True):
        if made.makers:
            _credit(arena, made, wholes, parts, factors)
    return {
        seat: _faded(row, parts.get(seat, {}), wholes.get(seat, 0.0), p.dependency_memory)
        for seat, row in standing.dependency.items()
    }


def benefit(arena: Arena, member: int, actions: Mapping[Seat, Action], contributed: float) -> float:
    """Return the worth of the cooperation in an arena to a member, in points, not below 0.

    Collective: b·Q(X), or σ·b·Q(X) to one who defected. Two members: what the other's C added to
    one's own payoff. Source: rules sections 2 and 4; of two members an assumption.
    """
    game, mine = arena.game, actions[arena.members[member]]
    if isinstance(game, Bimatrix):
        theirs, corners = actions[arena.members[1 - member]], game.corners(member)
        if theirs is D:
            return 0.0
        return max(0.0, corners.R - corners.S if mine is C else corners.T - corners.P)
    terms = game.terms[member]
    share = 1.0 if mine is C else terms.sigma
    return max(0.0, share * terms.b * game.produced(contributed))


def yield_of(arena: Arena, actions: Mapping[Seat, Action]) -> Yield:
    """Return what the cooperation of a round yielded; the game remembers it by the actions.

    Source: Hirschman 1945; rules section 4.
    """
    memory = arena.game.memory
    key = _YIELD, *map(actions.__getitem__, arena.members)
    found = memory.get(key)
    if found is None:
        found = memory[key] = _yield_of(arena, actions)
    return found


_YIELD = "yield"


def _yield_of(arena: Arena, actions: Mapping[Seat, Action]) -> Yield:
    members, contributed = range(len(arena.members)), cooperation(arena, actions)
    worths = [benefit(arena, member, actions, contributed) for member in members]
    makers = [
        (member, arena.game.weight(member) / contributed)
        for member in members
        if actions[arena.members[member]] is C
    ]
    game = arena.game
    produced = game.produced(contributed) if isinstance(game, Collective) else contributed
    return Yield(contributed, produced, tuple(worths), tuple(makers))


def _credit(
    arena: Arena,
    made: Yield,
    wholes: Shares,
    parts: dict[Seat, Shares],
    factors: Factors,
) -> None:
    givers = [(arena.members[member], share) for member, share in made.makers]
    for seat, worth in zip(arena.members, made.worths, strict=True):
        if worth:
            wholes[seat] = wholes.get(seat, 0.0) + worth
            row = parts.setdefault(seat, {})
            for giver, share in givers:
                if giver == seat:
                    continue
                part = worth * share
                if factors:
                    part *= factors.get((arena.name, seat, giver), 1.0)
                row[giver] = row.get(giver, 0.0) + part


def _faded(row: Mapping[Seat, float], made: Shares, whole: float, memory: float) -> Shares:
    faded = {}
    for other, share in row.items():
        faded[other] = memory * share
    for other, part in made.items():
        faded[other] = faded.get(other, 0.0) + (1.0 - memory) * (part / whole)
    return faded
