"""Events of moves, forecasts and mediators. `events` has the union of all event types."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from game_rules.games.stage_games import Action
from game_rules.roles import Seat
from game_rules.scenario.moves import Move
from game_rules.swift import swift


@swift
@dataclass(frozen=True, slots=True)
class MoveMade:
    """The move of a seat, sealed until the round is resolved."""

    type: ClassVar[str] = "move_made"
    round: int
    seat: Seat
    move: Move
    at_ms: int


@dataclass(frozen=True, slots=True)
class MoveTakenBack:
    """A seat withdraws its move of this round."""

    type: ClassVar[str] = "move_taken_back"
    round: int
    seat: Seat
    at_ms: int


@dataclass(frozen=True, slots=True)
class ForecastSaved:
    """A seat's expectations of an arena's members this round.

    A later one for the same arena and round replaces it; an empty one takes it back.
    """

    type: ClassVar[str] = "forecast_saved"
    round: int
    seat: Seat
    arena: str
    actions: Mapping[Seat, Action]
    at_ms: int


@swift
@dataclass(frozen=True, slots=True)
class RecommendationGiven:
    """A mediator's recommendation to one member of an arena, in private."""

    type: ClassVar[str] = "recommendation_given"
    round: int
    arena: str
    seat: Seat
    action: Action
    at_ms: int
