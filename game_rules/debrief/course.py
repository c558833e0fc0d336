"""The course of a match: each round with the positions before and after it, and what to count."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from game_rules.continuations.breaches import JudgedBreach, breaches_of
from game_rules.continuations.choices import JudgedChoice, judged, moments
from game_rules.continuations.continuation import continued
from game_rules.continuations.trunk import Trunk
from game_rules.errors import InvalidInput
from game_rules.games.stage_games import Action, C, StageGame
from game_rules.log import events as e
from game_rules.log.position import Position
from game_rules.roles import Seat
from game_rules.scenario.pacts import Pact, Pledge
from game_rules.scenario.scenario import Arena
from game_rules.standing.integration import Integration
from game_rules.standing.standing import Standing, trusts


@dataclass(frozen=True, slots=True)
class Round:
    """A round: how it was resolved, the position before that, and the standing it left."""

    resolved: e.RoundResolved
    before: Position
    after: Standing

    @property
    def number(self) -> int:
        """Its number."""
        return self.resolved.round

    @property
    def integration(self) -> Integration:
        """The index after the round, with its parts."""
        assert self.after.integration is not None, "a round was resolved"
        return self.after.integration

    @property
    def actions(self) -> tuple[Action, ...]:
        """All choices of the round, in all arenas."""
        return tuple(x for result in self.resolved.results for x in result.actions.values())

    @property
    def cooperated(self) -> int:
        """How many of its choices cooperated."""
        return self.actions.count(C)

    @property
    def played(self) -> Iterator[tuple[Arena, e.ArenaResult]]:
        """The arenas of the round, as they were in force, with their results."""
        arenas = {arena.name: arena for arena in self.before.arenas}
        for result in self.resolved.results:
            yield arenas[result.arena], result


@dataclass(frozen=True, slots=True)
class Due:
    """A pledge that was due in a round. outcome: kept, broken or executed."""

    round: int
    pact: Pact
    pledge: Pledge
    played: Action
    outcome: str


class Course:
    """A match of the current rules, as it is looked back on.

    every: its choices as they were judged; None judges them when they are needed. Raises
    InvalidInput where no round was resolved: there is nothing to look back on.
    """

    def __init__(self, trunk: Trunk, every: tuple[JudgedChoice, ...] | None = None) -> None:
        if not trunk.rounds:
            raise InvalidInput("no round was resolved; debrief a match that was played")
        self.trunk, self.last, self._every = trunk, trunk.last, every
        self.rounds = tuple(_round(trunk, x) for x in range(1, trunk.rounds + 1))

    @property
    def seats(self) -> tuple[Seat, ...]:
        """The seats of the match, in their order."""
        return self.last.scenario.seats

    @property
    def start(self) -> Standing:
        """The standing at the start of the match, before its first round."""
        return self.rounds[0].before.standing

    def norms_of(self, arena: str) -> tuple[float, float]:
        """Return the norm of an arena at the start and at the end.

        One that a crisis opened starts with its first round.
        """
        standings = (self.start, *(each.after for each in self.rounds))
        found = [x.norms[arena] for x in standings if arena in x.norms]
        return (found[0], found[-1]) if found else (0.0, 0.0)

    @cached_property
    def numbers(self) -> Mapping[int, int]:
        """Number the pacts 1, 2, 3 by the number that the log has, as exports and notation do.

        A pact has the number of its proposal; those in force from the start come first.
        """
        given = (pact.number for pact in self.last.scenario.pacts)
        made = (x.number for x in self.trunk.log if isinstance(x, e.ProposalMade))
        known = dict.fromkeys((*given, *made))
        return {number: place for place, number in enumerate(known, 1)}

    @property
    def arenas(self) -> Mapping[str, Arena]:
        """The arenas that were played, by name, in the order of their first round."""
        found: dict[str, Arena] = {}
        for each in self.rounds:
            for arena, _ in each.played:
                found.setdefault(arena.name, arena)
        return found

    @cached_property
    def moments(self) -> tuple[JudgedChoice, ...]:
        """The moments of the match, by regret."""
        return moments(judged(self.trunk) if self._every is None else self._every)

    @cached_property
    def breaches(self) -> tuple[JudgedBreach, ...]:
        """The breaches of the match, each with its effect."""
        return tuple(breaches_of(self.trunk))

    @cached_property
    def pacts(self) -> Mapping[int, Pact]:
        """The pacts of the match by number, those of the scenario first."""
        found = {pact.number: pact for pact in self.rounds[0].before.pacts}
        signed = (x.pact for x in self.trunk.log if isinstance(x, e.PactConcluded))
        return {**found, **{pact.number: pact for pact in signed}}

    @cached_property
    def due(self) -> tuple[Due, ...]:
        """All pledges that were due, in their order."""
        return tuple(due for each in self.rounds for due in _due(each))

    @cached_property
    def of_bots(self) -> Mapping[Seat, float]:
        """What a bot would have gained in each seat, everybody else and the luck the same.

        The bot is the scenario's autopilot; a seat that it played already is left out.
        """
        name = self.last.scenario.autopilot
        holders = self.last.holders
        return {
            seat: continued(self.trunk, 1, {seat: name}).position.totals[seat]
            for seat in self.seats
            if seat in holders and holders[seat].strategy != name
        }

    def trust_in(self, seat: Seat, standing: Standing) -> float:
        """Return the mean trust of the others in a seat. Source: rules section 4."""
        held = [row[seat] for row in trusts(standing).values() if seat in row]
        return sum(held) / len(held) if held else 0.0


def is_equilibrium(game: StageGame, profile: tuple[Action, ...]) -> bool:
    """Tell whether no member gains by its other action alone. Source: Nash 1951.

    >>> from game_rules.games.stage_games import LIBRARY, D
    >>> is_equilibrium(LIBRARY["prisoners_dilemma"], (D, D))
    True
    >>> is_equilibrium(LIBRARY["prisoners_dilemma"], (C, D))
    False
    """
    paid = game.payoffs(profile)
    return all(
        game.payoffs((*profile[:x], profile[x].other, *profile[x + 1 :]))[x] <= paid[x]
        for x in range(len(profile))
    )


def _round(trunk: Trunk, number: int) -> Round:
    place = trunk.resolution_of(number)
    act = trunk.acts[place]
    return Round(trunk.last.history[number - 1], act.before, act.after.standing)


def _due(each: Round) -> Iterator[Due]:
    results = {result.arena: result for result in each.resolved.results}
    for pact in each.before.pacts:
        for pledge in pact.terms.pledges:
            result = results.get(pledge.arena)
            if result is None or not pact.binds(pledge.seat, each.number):
                continue
            played = result.actions[pledge.seat]
            yield Due(each.number, pact, pledge, played, _outcome(each, pact, pledge, result))


def _outcome(each: Round, pact: Pact, pledge: Pledge, result: e.ArenaResult) -> str:
    told = ((x.pact, x.seat, x.arena) for x in each.resolved.breaches)
    if (pact.number, pledge.seat, pledge.arena) in told:
        return "broken"
    is_executed = result.sources[pledge.seat] is e.OrderSource.EXECUTED
    return "executed" if is_executed else "kept"
