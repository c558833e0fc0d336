"""One match of an experiment, and the figures that are kept of it."""

from collections import Counter
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from unittest.mock import patch

from game_rules.bots.bot_match import BotTable
from game_rules.bots.negotiators import Negotiator
from game_rules.bots.outcomes import SEATINGS
from game_rules.games.stage_games import C
from game_rules.log.position import Position
from game_rules.match.orders import MakeMove, SaveOrder
from game_rules.roles import Seat
from game_rules.rulesets.chosen import RULESETS, ruleset_of
from game_rules.rulesets.second.index import BANDS, outlook
from game_rules.scenario.moves import Move, MoveKind
from game_rules.scenario.scenario import Scenario
from game_rules.standing.incidents import Concept
from tests.evidence.treatments import JOIN, SECOND, Treatment

VERSION = 2
MIXED = next(seating for seating in SEATINGS if seating.name == "mixed")


@dataclass(frozen=True, slots=True)
class Figures:
    """What is kept of a match. index, trust, tension: at its end; points: a seat and a round.

    own: points a round by seat. has_crisis: whether one ever opened. entrapped, abandoned: how
    often, by who did it or was left, and the other ally, as "USA PHL". moves: how many took effect.
    shares: of C by arena and seat, as "strait CHN". outlooks: by the thresholds of each of
    `BANDS`, the outlook's own first. cooperation: the share of all actions that are C. reached: of
    persons, in what share of the rounds of pairs a pact was signed or a mediator spoke.
    """

    index: float
    trust: float
    tension: float
    points: float
    own: Mapping[str, float]
    has_crisis: bool
    entrapped: Mapping[str, int]
    abandoned: Mapping[str, int]
    moves: int
    rounds: int
    shares: Mapping[str, float]
    outlooks: Sequence[str]
    cooperation: float = 0.0
    reached: float = 0.0

    def document(self) -> dict:
        """Give a JSON document that `Figures(**document)` reads."""
        return asdict(self)


class EvidenceTable(BotTable):
    """A match of mixed doctrines in which a treatment overrides orders and moves."""

    def __init__(self, scenario: Scenario, treatment: Treatment, seed: str) -> None:
        self.treatment = treatment
        self._fixed = treatment.fixed_in(scenario)
        super().__init__(
            treatment.applied(scenario, seed), MIXED.cast(scenario, seed), seed, version=VERSION
        )

    def order(self, negotiator: Negotiator, seen: Position) -> SaveOrder:
        order = super().order(negotiator, seen)
        fixed = {
            arena: action
            for arena, seat, action in self._fixed
            if seat == negotiator.seat and arena in order.actions
        }
        return replace(order, actions={**order.actions, **fixed}) if fixed else order

    def move(self, negotiator: Negotiator, seen: Position) -> MakeMove | None:
        repeats = self.treatment.repeats
        if repeats is None:
            return super().move(negotiator, seen)
        seat, kind = repeats
        is_its_turn = seat == negotiator.seat
        move = next(_possible(self.position, seat, kind), None) if is_its_turn else None
        return None if move is None else MakeMove(seen.round, move)


def played(scenario: Scenario, treatment: Treatment, seed: int) -> Figures:
    """Play one match; keep its figures."""
    with _reckoning(treatment):
        table = EvidenceTable(scenario, treatment, str(seed))
        table.play()
    return figures_of(table.position)


@contextmanager
def _reckoning(treatment: Treatment) -> Generator[None]:
    """Put rules 2 in force whose doctrines reckon as a treatment says."""
    known = RULESETS[VERSION]
    changed = replace(known, reads_all_profiles=not treatment.by_line)
    assert isinstance(RULESETS, dict)
    with patch.dict(RULESETS, {VERSION: changed}):
        yield


def figures_of(position: Position) -> Figures:
    """Take the figures of a match that is over."""
    standing, rounds = position.standing, position.history
    assert standing.integration is not None
    own = {str(seat): total / len(rounds) for seat, total in position.totals.items()}
    tensions = [pair.tension for pair in standing.rivals]
    incidents = [incident for resolved in rounds for incident in resolved.incidents]

    def named(concept: Concept) -> Mapping[str, int]:
        return dict(Counter(" ".join(x.seats[:2]) for x in incidents if x.concept is concept))

    return Figures(
        index=standing.integration.index,
        trust=standing.integration.trust,
        tension=_mean(tensions) if tensions else 0.0,
        points=_mean(own.values()),
        own=own,
        has_crisis=any(x.concept is Concept.CRISIS for x in incidents),
        entrapped=named(Concept.ENTRAPMENT),
        abandoned=named(Concept.ABANDONMENT),
        moves=sum(move.takes_effect for resolved in rounds for move in resolved.moves),
        rounds=len(rounds),
        shares=_shares(position),
        outlooks=_outlooks(position),
        cooperation=_mean(
            action is C
            for resolved in rounds
            for result in resolved.results
            for action in result.actions.values()
        ),
    )


def _outlooks(position: Position) -> list[str]:
    standing, needed = position.standing, position.scenario.standing.calm_rounds
    assert standing.integration is not None
    index = standing.integration.index
    return [outlook(index, standing.calm_rounds, needed, band).value for band in BANDS]


def _shares(position: Position) -> Mapping[str, float]:
    acted: dict[str, list[bool]] = {}
    for resolved in position.history:
        for result in resolved.results:
            for seat, action in result.actions.items():
                acted.setdefault(f"{result.arena} {seat}", []).append(action is C)
    return {key: round(_mean(values), 3) for key, values in acted.items()}


def _possible(position: Position, seat: Seat, kind: str) -> Iterator[Move]:
    """Yield a seat's moves of a kind that are allowed now; first those that do not last already.

    position: the whole one, for in fog a seat does not see on whom it leans.
    """
    kinds = ruleset_of(position).kinds
    name = MoveKind.DIVERSIFY if kind in (JOIN, SECOND) else MoveKind(kind)
    options = [
        move
        for move in kinds[name].options(position, seat)
        if name is not MoveKind.DIVERSIFY or bool(move.seats) == (kind == SECOND)
    ]
    allowed = [x for x in options if kinds.objection(position, seat, x) is None]
    lasting = {
        (effect.arena, effect.other_arena)
        for effect in position.effects
        if effect.kind is name and effect.outlasts(position.round)
    }
    yield from (x for x in allowed if (x.arena, x.other_arena) not in lasting)
    yield from allowed


def can_repeat(scenario: Scenario, seat: Seat, kind: str) -> bool:
    """Tell whether a seat may make a kind of move in round 1; leaning can only come later.

    So a second source always may be, and joining wherever there is an open arena to join.
    """
    if kind == JOIN:
        return any(x.exclusive == 0 and seat not in x.members for x in scenario.arenas)
    table = EvidenceTable(scenario, Treatment("asked"), "1")
    return kind == SECOND or any(True for _ in _possible(table.position, seat, kind))


def _mean(figures: Iterable[float]) -> float:
    known = list(figures)
    return sum(known) / len(known)
