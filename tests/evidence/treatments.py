"""What an experiment does to a match of mixed doctrines: moves, orders, blocs.

Every treatment of a region is played with the same seeds, so that differences are paired.
"""

from dataclasses import dataclass, replace
from typing import Any, Literal

from game_rules.games.sensitivity import factors, scaled
from game_rules.games.stage_games import Action, Collective, Terms
from game_rules.roles import Seat
from game_rules.scenario.moves import MoveKind
from game_rules.scenario.scenario import Arena, Press, Scenario

JOIN, SECOND = "join", "second source"

REPEATED = (
    MoveKind.CONFIDENCE.value,
    MoveKind.RESTRAINT.value,
    MoveKind.EXERCISE.value,
    JOIN,
    SECOND,
    MoveKind.LINK.value,
    MoveKind.FUND.value,
    MoveKind.MEDIATION.value,
)
"""Moves that a seat can make over and over; the two ways to diversify are told apart."""

Fixed = tuple[str, Seat, Action]


@dataclass(frozen=True, slots=True)
class Treatment:
    """What differs from a match as its scenario has it.

    name: by which a stored result is found again. moves: which are allowed; None as the scenario
    says. repeats: a seat, and the only move of the match, which it makes whenever it may. fixed:
    what seats play in an arena, whatever their doctrine says. without: arenas that are left out.
    is_open: whether blocs have their doors open all the time. by_line: whether doctrines
    reckon by the straight line between an arena's corners, as under rules 1. is_shaken: whether
    every term of an arena is up to a tenth higher or lower, drawn for each match. changed: fields
    of the scenario and what they are instead. blocs: whether members of all exclusive arenas
    cooperate there whatever they would do, or those arenas are not there at all.
    """

    name: str
    moves: tuple[MoveKind, ...] | None = None
    repeats: tuple[Seat, str] | None = None
    fixed: tuple[Fixed, ...] = ()
    without: tuple[str, ...] = ()
    is_open: bool = False
    by_line: bool = False
    is_shaken: bool = False
    changed: tuple[tuple[str, Any], ...] = ()
    blocs: Literal["held", "none"] | None = None

    def applied(self, scenario: Scenario, seed: str) -> Scenario:
        """Return the scenario that is played."""
        gone = (*self.without, *(blocs_of(scenario) if self.blocs == "none" else ()))
        arenas = tuple(
            _with_open_doors(arena, scenario) if self.is_open else arena
            for arena in scenario.arenas
            if arena.name not in gone
        )
        rules = scenario.moves
        if self.moves is not None:
            rules = replace(rules, allowed=self.moves)
        deck = tuple(
            inject
            for inject in scenario.deck
            if not any(effect.arena in gone for effect in inject.effects)
        )
        changed = dict(self.changed)
        played = replace(scenario, arenas=arenas, moves=rules, deck=deck, **changed)
        return with_terms_changed(played, seed) if self.is_shaken else played

    def fixed_in(self, scenario: Scenario) -> tuple[Fixed, ...]:
        """List what seats play whatever their doctrine says, blocs that are held included."""
        held = blocs_of(scenario) if self.blocs == "held" else ()
        return (
            *self.fixed,
            *(
                (x.name, seat, Action.C)
                for x in scenario.arenas
                for seat in x.members
                if x.name in held
            ),
        )


def blocs_of(scenario: Scenario) -> tuple[str, ...]:
    """Name the exclusive arenas of a scenario."""
    return tuple(arena.name for arena in scenario.arenas if arena.exclusive > 0)


def with_terms_changed(scenario: Scenario, draw: str) -> Scenario:
    """Multiply every term of every arena by a factor of its own, from .9 to 1.1."""
    return replace(
        scenario,
        arenas=tuple(
            replace(arena, game=scaled(arena.game, factors(f"{arena.name} {draw}")))
            for arena in scenario.arenas
        ),
    )


def _with_open_doors(arena: Arena, scenario: Scenario) -> Arena:
    """Make of a bloc what confidence building in it would: half as exclusive, b − 1."""
    if arena.exclusive == 0:
        return arena
    assert isinstance(arena.game, Collective)
    rules = scenario.moves
    terms = (Terms(t.b - rules.open_price, t.c, t.e, t.g, t.d, t.sigma) for t in arena.game.terms)
    game = replace(arena.game, terms=tuple(terms))
    return replace(arena, game=game, exclusive=arena.exclusive * rules.open_factor)


AS_IT_IS = Treatment("as it is")
NO_MOVES = Treatment("no moves", moves=())

SHAKEN = Treatment("terms shaken", is_shaken=True)

BY_LINE = Treatment("by the line", moves=(), by_line=True)

TRUST, MEDIATION = (MoveKind.CONFIDENCE, MoveKind.RESTRAINT), (MoveKind.FUND, MoveKind.MEDIATION)

CONDITIONS = {
    "no fog": Treatment("no fog", moves=(), changed=(("monitoring", 1.0),)),
    "thick fog, q .8": Treatment("thick fog", moves=(), changed=(("monitoring", 0.8),)),
    "no talk": Treatment("no talk", moves=(), changed=(("press", Press.NONE),)),
    "short shadow, δ .7": Treatment("short shadow", moves=(), changed=(("continuation", 0.7),)),
    "long shadow, δ .97": Treatment("long shadow", moves=(), changed=(("continuation", 0.97),)),
    "blocs held": Treatment("blocs held", moves=(), blocs="held"),
    "no blocs": Treatment("no blocs at all", moves=(), blocs="none"),
}
"""What surrounds a match, each alone against the same matches as the scenario has them."""

RECOMMENDED = {
    "1 trust": (Treatment("1 trust", moves=TRUST), NO_MOVES),
    "2 diversify": (Treatment("2 diversify", moves=(MoveKind.DIVERSIFY,)), NO_MOVES),
    "3 link": (Treatment("3 link", moves=(MoveKind.LINK,)), NO_MOVES),
    "4 game theory": (NO_MOVES, BY_LINE),
    "5 institutions": (Treatment("5 institutions", moves=MEDIATION), NO_MOVES),
}
"""The five recommendations of Khan 2025, each alone: what is compared with what.

The fourth is how doctrines reckon: by the true gain, or by the line between an arena's corners.
"""


def repeating(seat: Seat, kind: str) -> Treatment:
    """Let one seat make one kind of move whenever it may, and nobody else any."""
    return Treatment(f"{seat} repeats {kind}", repeats=(seat, kind))


def always(arena: str, seat: Seat, action: Action) -> Treatment:
    """Let a seat play one action in an arena in every round, without moves of anybody."""
    word = "yields" if action is Action.C else "presses"
    return Treatment(f"{seat} {word} in {arena}", moves=(), fixed=((arena, seat, action),))
