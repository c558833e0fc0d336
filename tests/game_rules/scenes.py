"""A scenario and a match under way, as most laws are told with: three seats, a dyad and a forum."""

from dataclasses import replace
from typing import Any

from game_rules import RULES_VERSION
from game_rules.errors import ScenarioError
from game_rules.games.stage_games import LIBRARY, Action, StageGame, Terms, collective
from game_rules.log.events import Event, Phase
from game_rules.log.evolve import fold
from game_rules.log.position import Position
from game_rules.match import commands as c
from game_rules.match.decide import create_match, decide
from game_rules.roles import (
    FACILITATOR,
    PUBLIC,
    THE_CLOCK,
    THE_FACILITATOR,
    Actor,
    PersonId,
    Role,
    Seat,
    Viewer,
    seated,
)
from game_rules.scenario.parameters import StandingParameters
from game_rules.scenario.scenario import (
    Arena,
    Domain,
    FigureStatus,
    MissingOrder,
    PairStart,
    PhaseSeconds,
    Player,
    PowerMeasure,
    Press,
    Scenario,
)
from game_rules.scenario_files.scenarios import with_power

CHN, JPN, PHL = Seat("CHN"), Seat("JPN"), Seat("PHL")
SEATS = (CHN, JPN, PHL, Seat("IND"), Seat("VNM"))
START_MS = 1_700_000_000_000

TERMS = Terms(b=6.0, c=2.0, e=1.0, g=1.0, d=1.0, sigma=0.5)


def an_arena(name: str, members: tuple[Seat, ...], game: StageGame) -> Arena:
    """Make an arena; what is not asked for is plain."""
    return Arena(name, name.title(), "", Domain.SECURITY, members, game, 0.0, ())


def a_scenario(**changes: Any) -> Scenario:
    """Make the plain scenario of three seats, with whatever a test wants otherwise.

    Its rivals start without tension, as rules 1 has it of all rivals.
    """
    forum = collective((4.0, 2.0, 1.0), TERMS, theta=0.5)
    plain = Scenario(
        name="plain",
        title="Plain",
        summary="For tests.",
        briefing=("Read this.",),
        questions=("Why?",),
        players=tuple(Player(seat, seat.title(), f"You are {seat}.", {}) for seat in SEATS[:3]),
        arenas=(
            an_arena("strait", (CHN, JPN), LIBRARY["prisoners_dilemma"]),
            an_arena("forum", (CHN, JPN, PHL), forum),
        ),
        rivals=((CHN, JPN),),
        rounds=3,
        continuation=1.0,
        seconds=PhaseSeconds(briefing=60, negotiation=30, decision=20, reveal=10),
        press=Press.FULL,
        missing_order=(MissingOrder.REPEAT, MissingOrder.DEFECT),
        shows_ready=False,
        power=PowerMeasure.EQUAL,
    )
    changed = replace(plain, **changes)
    if "starts" in changes:
        return changed
    starts = (PairStart(pair, 0.0, "A test.", FigureStatus.ASSUMED) for pair in changed.rivals)
    return replace(changed, starts=tuple(starts))


def a_tense_scenario(tension: float, **changes: Any) -> Scenario:
    """Make the plain scenario whose rivals begin with a tension, by whichever rules."""
    standing = StandingParameters(tension_at_start=tension)
    plain = a_scenario(**{"standing": standing, **changes})
    return replace(plain, starts=tuple(replace(x, tension=tension) for x in plain.starts))


QUICK = PhaseSeconds(briefing=0, negotiation=0, decision=20, reveal=0)


def person(name: str, seat: Seat | None = None) -> Actor:
    """Give a person's hands; the seat as the server would look it up."""
    return Actor(Role.PLAYER, seat, PersonId(name))


class Table:
    """A match under way at the level of the rules, with its own clock."""

    def __init__(
        self,
        scenario: Scenario | None = None,
        seed: str = "7",
        pace: float | None = 1.0,
        version: int = RULES_VERSION,
    ) -> None:
        self.now_ms = START_MS
        self.log: list[Event] = list(
            create_match(scenario or a_scenario(), seed, pace, self.now_ms, version)
        )
        self.position: Position = fold(self.log)

    def do(self, command: c.Command, actor: Actor = THE_FACILITATOR) -> tuple[Event, ...]:
        """Have a command decided; a person's seat is looked up as the server does."""
        if actor.person is not None:
            actor = replace(actor, seat=self.position.seat_of(actor.person))
        events = decide(self.position, command, actor, self.now_ms)
        self.log += events
        self.position = fold(events, self.position)
        return events

    def seat(self, *seats: Seat) -> "Table":
        """Sit a person down on each seat; the person is called like the seat."""
        for seat in seats:
            self.do(c.TakeSeat(seat, f"Ms {seat}"), person(seat))
        return self

    def bots(self, *seats: Seat) -> "Table":
        """Put a bot on each seat."""
        for seat in seats:
            self.do(c.SeatBot(seat, "tit_for_tat"))
        return self

    def start(self) -> "Table":
        """Open the briefing."""
        self.do(c.StartMatch())
        return self

    def skip_to(self, phase: Phase, number: int = 1) -> "Table":
        """Skip phases until one of a round is open."""
        while (self.position.phase, self.position.round) != (phase, number):
            assert not self.position.is_over
            self.do(c.SkipPhase(self.position.round, self.position.phase))
        return self

    def order(self, seat: Seat, is_ready: bool = False, **actions: str) -> tuple[Event, ...]:
        """Save an order for a seat, whoever holds it."""
        chosen = {arena: Action(action) for arena, action in actions.items()}
        order = c.SaveOrder(self.position.round, chosen, is_ready)
        return self.do(order, Actor(Role.PLAYER, seat))

    def ready(self, seat: Seat, is_ready: bool = True) -> tuple[Event, ...]:
        """Say a seat is ready, or not any more."""
        asked = c.SetReady(self.position.round, self.position.phase, is_ready)
        return self.do(asked, Actor(Role.PLAYER, seat))

    def pass_deadline(self) -> tuple[Event, ...]:
        """Tell the rules that the open phase's deadline has come."""
        return self.do(c.PassDeadline(self.position.round, self.position.phase), THE_CLOCK)


def deadline_of(table: Table) -> int:
    """Give the open deadline, which must be there."""
    assert table.position.deadline_ms is not None
    return table.position.deadline_ms


def viewers(scenario: Scenario) -> tuple[Viewer, ...]:
    """Give everybody who looks on while a match runs."""
    return (PUBLIC, FACILITATOR, *map(seated, scenario.seats))


def power_measures(scenario: Scenario) -> tuple[PowerMeasure, ...]:
    """List the measures that every member of a collective arena has a figure for."""

    def is_known(measure: PowerMeasure) -> bool:
        try:
            with_power(scenario, measure)
        except ScenarioError:
            return False
        return True

    return tuple(filter(is_known, PowerMeasure))
