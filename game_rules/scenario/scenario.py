"""Scenarios as data: everything that is fixed before a match begins."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from game_rules.games.corners import Corners
from game_rules.games.stage_games import StageGame
from game_rules.later import LATER
from game_rules.memory import Remembering
from game_rules.roles import Seat
from game_rules.scenario.injects import Inject
from game_rules.scenario.moves import MoveRules
from game_rules.scenario.pacts import Pact
from game_rules.scenario.pairings import Pairing
from game_rules.scenario.parameters import Consequences, LensParameters, StandingParameters
from game_rules.scenario.terms import TermChange

CRISIS, FOUNDED = "crisis_", "founded_"
"""How the names of arenas begin that a crisis opens or seats found; a scenario's own may not."""

_SEATS = "seats"

AUTOPILOT, AUTOPILOT_AFTER_S = "tit_for_tat", 60
"""Who plays for people that are away, and how long they must be: assumptions of this project."""


class Press(StrEnum):
    """Who may talk to whom (the press level)."""

    NONE = "none"
    PUBLIC = "public"
    FULL = "full"


class Domain(StrEnum):
    """The subject of an arena."""

    SECURITY = "security"
    ECONOMIC = "economic"
    ENVIRONMENTAL = "environmental"
    HUMANITARIAN = "humanitarian"


class MissingOrder(StrEnum):
    """The replacement of a missing action; tried in the scenario's order."""

    KEEP_PACTS = "keep_pacts"
    REPEAT = "repeat"
    DEFECT = "defect"


class PowerMeasure(StrEnum):
    """The measure of power that weights in collective arenas are shares of."""

    CINC = "cinc"
    LOWY = "lowy"
    MILITARY_SPENDING = "military_spending"
    EQUAL = "equal"


class FigureStatus(StrEnum):
    """The reliability of a figure: read, second-hand, recalled, or assumed."""

    READ = "read"
    SECOND_HAND = "second_hand"
    RECALLED = "recalled"
    ASSUMED = "assumed"


@dataclass(frozen=True, slots=True)
class Figure:
    """One sourced number about a country. year None: not dated (an assumption)."""

    value: float
    unit: str
    year: int | None
    source: str
    status: FigureStatus


class PlayerKind(StrEnum):
    """Whom a seat stands for: a state or territory, or an organisation, a firm, a militia."""

    STATE = "state"
    NON_STATE = "non_state"


@dataclass(frozen=True, slots=True)
class Influence:
    """What a seat that is no state does to the tension of one pair of rivals, each round.

    of_d: added for its D, of_c: taken off for its C, by their shares of its actions. source: the
    ground for both. Spoilers add (Stedman 1997), brokers take off.
    """

    pair: tuple[Seat, Seat]
    of_d: float
    of_c: float
    source: str


@dataclass(frozen=True, slots=True)
class Player:
    """A seat of the scenario. figures: the country's data, by measure.

    capacity: the commitments that it can honour in a round, in rules 2. influence: of a seat that
    is no state. goals: what is good for the seat, in short lines.
    """

    seat: Seat
    name: str
    brief: str
    figures: Mapping[str, Figure]
    kind: PlayerKind = field(default=PlayerKind.STATE, metadata=LATER)
    capacity: int = field(default=3, metadata=LATER)
    influence: Influence | None = field(default=None, metadata=LATER)
    goals: tuple[str, ...] = field(default=(), metadata=LATER)


@dataclass(frozen=True, slots=True)
class Override:
    """A parameter that differs for one member, and its source."""

    member: Seat
    parameter: str
    value: float
    source: str
    status: FigureStatus


@dataclass(frozen=True, slots=True)
class Ground:
    """The source of a parameter of an arena's game, for all members without an override."""

    parameter: str
    source: str
    status: FigureStatus


@dataclass(frozen=True, slots=True)
class Arena(Remembering):
    """An alliance, forum or dispute: members and the game they play every round.

    exclusive: how much cooperation inside it worries rivals outside (0 for none). grounds: one
    for each parameter of the game. is_alliance: a pact of two, who are called upon in each other's
    crises. changes: of an arena in force in rules 2, what its terms were changed by, in order.
    weights: raw weights of members that count here otherwise than by their power.
    """

    name: str
    title: str
    about: str
    domain: Domain
    members: tuple[Seat, ...]
    game: StageGame
    exclusive: float
    overrides: tuple[Override, ...]
    grounds: tuple[Ground, ...] = ()
    is_alliance: bool = field(default=False, metadata=LATER)
    changes: tuple[TermChange, ...] = field(default=(), metadata=LATER)
    weights: Mapping[Seat, float] = field(default_factory=dict, metadata=LATER)

    def member(self, seat: Seat) -> int:
        """Return a seat's index in the member order; ValueError if it is not a member."""
        return self.members.index(seat)

    def with_game(self, game: StageGame, changes: tuple[TermChange, ...] | None = None) -> "Arena":
        """Return the arena with another game; several times faster than `replace`.

        changes: what the terms of the game were changed by; None keeps those there are.
        """
        return Arena(
            self.name,
            self.title,
            self.about,
            self.domain,
            self.members,
            game,
            self.exclusive,
            self.overrides,
            self.grounds,
            self.is_alliance,
            self.changes if changes is None else changes,
            self.weights,
        )


@dataclass(frozen=True, slots=True)
class Ties:
    """Figures of seats about each other, from one source: values[i][j] is i's about j."""

    values: Mapping[Seat, Mapping[Seat, float]]
    unit: str
    year: int | None
    source: str
    status: FigureStatus


NO_TIES = Ties({}, "", None, "Assumption: no figures are given", FigureStatus.ASSUMED)


@dataclass(frozen=True, slots=True)
class PairStart:
    """The tension that a pair of rivals starts with, and where that figure is from."""

    seats: tuple[Seat, Seat]
    tension: float
    source: str
    status: FigureStatus


@dataclass(frozen=True, slots=True)
class PhaseSeconds:
    """The length of each phase at pace 1, in seconds; 0 skips the phase."""

    briefing: int
    negotiation: int
    decision: int
    reveal: int


@dataclass(frozen=True, slots=True)
class Population:
    """Many seats that play the same arenas in pairs.

    sides: seats that are paired across, or one side in which anybody may meet anybody.
    arenas: what each pair plays, as the scenario of two has it.
    """

    pairing: Pairing
    sides: tuple[tuple[Seat, ...], ...]
    arenas: tuple[Arena, ...]


@dataclass(frozen=True, slots=True)
class Scenario(Remembering):
    """Everything that is fixed before a match begins.

    rounds: the most that are played. continuation: the chance that another round follows
    (δ, the shadow of the future), drawn from the seed; 1 plays them all.
    shows_ready: whether everyone sees who has locked in (else only the facilitator).
    monitoring: q, the chance that a seat sees an action as it was played; 1 is no fog.
    standing, lenses: the numbers of rules sections 3 and 4. trade: share of j in i's trade.
    affinity: how friendly seats begin that are neither rivals nor partners.
    pacts: those in force from round 1. links: pairs of arenas of which a breach in one counts in
    the other. deck: the injects that the facilitator may open, or that open by themselves.
    population: set if the seats play in new pairs each round; arenas are then those of round 1.
    delegates: how many people may share a seat. autopilot: the strategy that plays for people who
    are gone longer than autopilot_after_s (0: only at the facilitator's word).
    moves: which of them are allowed, and their numbers. has_advisor: whether seats are advised.
    is_masked: whether countries play under neutral names, and so without a map.
    In rules 2: starts: the tension of each pair of rivals. stakes: what a crisis pays each side, in
    place of the common ones. least_rounds: before which chance ends no match. consequences: what
    standing does to terms.
    """

    name: str
    title: str
    summary: str
    briefing: tuple[str, ...]
    questions: tuple[str, ...]
    players: tuple[Player, ...]
    arenas: tuple[Arena, ...]
    rivals: tuple[tuple[Seat, Seat], ...]
    rounds: int
    continuation: float
    seconds: PhaseSeconds
    press: Press
    missing_order: tuple[MissingOrder, ...]
    shows_ready: bool
    power: PowerMeasure
    monitoring: float = 1.0
    standing: StandingParameters = field(default_factory=StandingParameters)
    lenses: LensParameters = field(default_factory=LensParameters)
    trade: Ties = NO_TIES
    affinity: Ties = NO_TIES
    deck: tuple[Inject, ...] = ()
    pacts: tuple[Pact, ...] = ()
    links: tuple[tuple[str, str], ...] = ()
    population: Population | None = None
    delegates: int = 1
    autopilot: str = AUTOPILOT
    autopilot_after_s: int = AUTOPILOT_AFTER_S
    moves: MoveRules = field(default_factory=MoveRules)
    has_advisor: bool = True
    is_masked: bool = False
    starts: tuple[PairStart, ...] = field(default=(), metadata=LATER)
    stakes: Corners | None = field(default=None, metadata=LATER)
    least_rounds: int = field(default=0, metadata=LATER)
    consequences: Consequences = field(default_factory=Consequences, metadata=LATER)

    @property
    def seats(self) -> tuple[Seat, ...]:
        """Every seat, in the scenario's order."""
        found = self.memory.get(_SEATS)
        if found is None:
            found = self.memory[_SEATS] = tuple([player.seat for player in self.players])
        return found

    def arenas_of(self, seat: Seat) -> tuple[Arena, ...]:
        """The arenas that a seat is a member of, in the scenario's order."""
        return tuple(arena for arena in self.arenas if seat in arena.members)

    def player(self, seat: Seat) -> Player:
        """Find a seat's player; KeyError if there is none."""
        for player in self.players:
            if player.seat == seat:
                return player
        raise KeyError(seat)
