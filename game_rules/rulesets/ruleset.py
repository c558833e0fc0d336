"""What a version of the rules may decide otherwise than another one: one value of functions.

Whoever scores a round, changes standing, offers moves or judges a crisis asks the ruleset of the
match (`chosen`), and never a version's own module.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, TypedDict

from game_rules.games.stage_games import Action, StageGame
from game_rules.log.events import (
    ArenaResult,
    EventTuple,
    OrderSaved,
    Phase,
    RecommendationGiven,
)
from game_rules.log.gains import GainLine
from game_rules.log.position import Position
from game_rules.moves.kinds import Kinds
from game_rules.roles import Seat
from game_rules.scenario.moves import Effect, OpenedMove
from game_rules.scenario.scenario import Arena, Scenario
from game_rules.standing.change import StandingChange
from game_rules.standing.incidents import Incident
from game_rules.standing.round_effects import PlayedArenas, RoundEffects
from game_rules.standing.standing import Pair, Standing, pairs_in_crisis
from game_rules.swift import swift

Points = Mapping[Seat, float]

Charge = tuple[GainLine, Points]

Chanced = tuple[tuple[Action, ...], float]
"""A profile and how likely it is drawn."""


def taken(paid: Points) -> Points:
    """Return what costs add to gains. Source: rules section 6.

    >>> taken({Seat("A"): 2.0})
    {'A': -2.0}
    """
    return {seat: -points for seat, points in paid.items()} if paid else paid


class Recorded(TypedDict, total=False):
    """What the record of a round holds in one version of the rules, and not in another."""

    standing: Standing
    change: StandingChange
    lines: Mapping[GainLine, Points]


class Aftermath(Protocol):
    """The standing after a round, and the round's incidents."""

    def __call__(
        self,
        standing: Standing,
        scenario: Scenario,
        results: Sequence[ArenaResult],
        effects: RoundEffects,
        *,
        arenas: Iterable[Arena],
    ) -> tuple[Standing, tuple[Incident, ...]]:
        """Compute both. results: of every arena that was played; arenas: as they were played."""
        ...


@swift
@dataclass(frozen=True, slots=True)
class PlayedRound:
    """A round whose orders are open, before it is scored.

    position: as it stood when the round was resolved. opened: the moves of the round.
    """

    position: Position
    results: tuple[ArenaResult, ...]
    incidents: tuple[Incident, ...]
    opened: tuple[OpenedMove, ...]

    @property
    def acted(self) -> PlayedArenas:
        """Each arena, and what its members played."""
        places = zip(self.position.arenas, self.results, strict=True)
        return [(arena, result.actions) for arena, result in places]


@dataclass(frozen=True, slots=True)
class Ruleset:
    """One version of the rules.

    first_standing: before round 1. in_force: the arenas of a round, from those that the scenario
    has, those of crises and the effects of moves; news comes after it. crisis_arena: of a pair in
    crisis. kinds: of moves. monitoring: the chance q to see an action of an arena right.
    recommendations: of mediators, for a round that opens. aftermath: what a round leaves behind,
    the index and its outlook included. charges: points beside what arenas pay, in the order in
    which they are added. autonomy: of a seat as bots count it, in [0, 1]. leans_on: the partner
    that it leans on most; both by what the seat can know. recorded: of a round, by the
    position before it, the standing after it and its charges. locked_in: an order of a seat that
    is done.
    proposal_number: what a seat's next proposal goes by. reads_all_profiles: whether doctrines and
    advice weigh every set of cooperating others, or the straight line between the corners.
    effort: what so many commitments cost a seat in a round, in points. has_sentences: whether a
    message may be a sentence of the catalogue. lottery: the profiles that a mediator draws from,
    where its device is known to all. plays_recommendations: whether doctrines take turns among the
    paper's recommendations. names_people: whether events hold the names of people,
    or their ids alone, with the names beside the log.
    """

    version: int
    first_standing: Callable[[Scenario], Standing]
    in_force: Callable[
        [Position, Sequence[Arena], Sequence[Arena], Sequence[Effect]], tuple[Arena, ...]
    ]
    crisis_arena: Callable[[Standing, Scenario, Pair], Arena]
    kinds: Kinds
    monitoring: Callable[[Position, str], float]
    recommendations: Callable[[Position, int, int], tuple[RecommendationGiven, ...]]
    aftermath: Aftermath
    charges: Callable[[PlayedRound], Sequence[Charge]]
    autonomy: Callable[[Position, Seat], float]
    leans_on: Callable[[Position, Seat], Seat | None]
    recorded: Callable[[Position, Standing, Sequence[Charge]], Recorded]
    locked_in: Callable[[OrderSaved, Phase], EventTuple]
    proposal_number: Callable[[Position, Seat], int]
    reads_all_profiles: bool
    effort: Callable[[Scenario, Seat, int], float]
    has_sentences: bool
    lottery: Callable[[StageGame], Sequence[Chanced]]
    plays_recommendations: bool
    names_people: bool

    def crisis_arenas(self, standing: Standing, scenario: Scenario) -> tuple[Arena, ...]:
        """Return the crisis arenas of the next round."""
        if not standing.rivals:
            return ()
        crises = pairs_in_crisis(standing)
        return tuple([self.crisis_arena(standing, scenario, pair) for pair in crises])
