"""Rules version 1 as one value."""

from collections.abc import Sequence

from game_rules.chance import chance
from game_rules.games.stage_games import StageGame
from game_rules.log.events import EventTuple, OrderSaved, Phase, ReadySet
from game_rules.log.gains import GainLine
from game_rules.log.position import Position
from game_rules.moves.confidence import monitoring_of
from game_rules.moves.diversify import with_founded
from game_rules.moves.kinds import KINDS, costs_of
from game_rules.moves.mediation import recommendations
from game_rules.roles import Seat
from game_rules.rulesets.first.aftermath import next_standing
from game_rules.rulesets.first.crises import crisis_arena
from game_rules.rulesets.ruleset import Chanced, Charge, PlayedRound, Recorded, Ruleset, taken
from game_rules.scenario.moves import Effect
from game_rules.scenario.scenario import Arena, Scenario
from game_rules.standing.incidents import costs
from game_rules.standing.standing import Standing, autonomy, first_standing, main_supplier


def in_force(
    position: Position, arenas: Sequence[Arena], crises: Sequence[Arena], effects: Sequence[Effect]
) -> tuple[Arena, ...]:
    """Add the arenas that seats have founded, and change all by the effects of moves."""
    if not effects:
        return (*arenas, *crises)
    founded = with_founded(position.scenario, arenas, effects)
    return tuple(KINDS.applied(position.scenario, x, effects) for x in (*founded, *crises))


def charges(played: PlayedRound) -> Sequence[Charge]:
    """Take what incidents and moves cost. Source: rules sections 4 and 5."""
    return (
        (GainLine.INCIDENTS, taken(costs(played.incidents))),
        (GainLine.MOVES, taken(costs_of(played.opened))),
    )


def recorded(position: Position, after: Standing, charged: Sequence[Charge]) -> Recorded:
    """Record the whole standing, and gains as one sum."""
    return {"standing": after}


def locked_in(order: OrderSaved, phase: Phase) -> EventTuple:
    """Record an order, and that its seat is done, in two events."""
    return order, ReadySet(order.round, phase, order.seat, True, order.at_ms)


def proposal_number(position: Position, seat: Seat) -> int:
    """Draw a number by the proposals that all seats have made. Assumption: any number would do."""
    assert position.seed is not None
    return int(chance(position.seed, "proposal", sum(position.proposals_made.values())) * 2**53)


def effort(scenario: Scenario, seat: Seat, commitments: int) -> float:
    """Take nothing for commitments, however many they are."""
    return 0.0


def lottery(game: StageGame) -> Sequence[Chanced]:
    """Tell nothing of what others are recommended: in rules 1 bots do not ask."""
    return ()


def autonomy_seen(position: Position, seat: Seat) -> float:
    """Return 1 − H of a seat; 1 where fog hides what it depends on. Source: rules section 4."""
    return autonomy(position.standing, seat)


def leans_on(position: Position, seat: Seat) -> Seat | None:
    """Return a seat's main supplier. Source: rules section 4."""
    found = main_supplier(position.standing, seat)
    return None if found is None else found[0]


FIRST = Ruleset(
    version=1,
    first_standing=first_standing,
    in_force=in_force,
    crisis_arena=crisis_arena,
    kinds=KINDS,
    monitoring=monitoring_of,
    recommendations=recommendations,
    aftermath=next_standing,
    charges=charges,
    autonomy=autonomy_seen,
    leans_on=leans_on,
    recorded=recorded,
    locked_in=locked_in,
    proposal_number=proposal_number,
    reads_all_profiles=False,
    effort=effort,
    has_sentences=False,
    lottery=lottery,
    plays_recommendations=False,
    names_people=True,
)
