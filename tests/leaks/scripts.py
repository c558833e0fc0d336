"""The two-run test: one script twice, in which a single seat's unrevealed choice differs.

A script is what people asked for in a match played at random, refusals included, until just before
a round is resolved. One twin orders the other action for one seat; the other one saves no order.
Whoever does not hold that seat must not be able to tell the runs apart.
Source: Hritcu et al. 2013, Testing Noninterference, Quickly.
"""

import contextlib
import os
import random
from collections.abc import Iterator
from dataclasses import dataclass, replace

from game_rules import RULES_VERSION
from game_rules.errors import RuleViolation
from game_rules.games.stage_games import Action
from game_rules.log.events import Act, DelegateJoined, Event, OrderSaved, RoundResolved, SeatTaken
from game_rules.log.evolve import fold
from game_rules.log.position import Position
from game_rules.match import commands as c
from game_rules.match.decide import create_match, decide
from game_rules.roles import THE_CLOCK, THE_FACILITATOR, Actor, PersonId, Role, Seat
from game_rules.scenario.injects import Inject, InjectEffect, parameters_of
from game_rules.scenario.scenario import Scenario
from server.hosting.bot_runner import BotRunner
from tests.client.random_matches import random_scenario_of

START_MS = 1_700_000_000_000
HOST = "facilitator"
PEOPLE = ("ann", "bo", "chi", "dev")
BOTS = ("tit_for_tat", "random", "grudger")
LENGTH = 45
LEAKS = int(os.environ.get("DETENTE_LEAKS", "1"))
"""How many times as many pairs of each kind of secret as usual are played."""


@dataclass(frozen=True)
class Step:
    """Time passes, then somebody asks for something (or, without a command, does not)."""

    after_ms: int
    who: str
    command: c.Command | None


@dataclass(frozen=True, kw_only=True)
class Run:
    """What was asked for in a match, and who may know of its secret. version: of its rules."""

    scenario: Scenario
    pace: float | None
    steps: tuple[Step, ...]
    insiders: frozenset[str]
    seed: str = "7"
    version: int = RULES_VERSION

    def play(self) -> "Play":
        """Play it to its end, at the level of the rules."""
        played = Play(self.scenario, self.pace, self.seed, self.version)
        for step in self.steps:
            played.take(step)
        return played


@dataclass(frozen=True, kw_only=True)
class Script(Run):
    """A run, and which seat's orders of which round are the secret."""

    secret_seat: Seat
    round: int
    secret_steps: frozenset[int]

    @property
    def with_other_choice(self) -> "Script":
        """The same script, but for the actions that the secret seat ordered."""
        return self._changed(_turn)

    @property
    def without_order(self) -> "Script":
        """The same script, but the secret seat's orders that say nothing of ready are not sent."""
        return self._changed(
            lambda step: step if _says_ready(step) else replace(step, command=None)
        )

    def _changed(self, change) -> "Script":
        steps = [change(x) if n in self.secret_steps else x for n, x in enumerate(self.steps)]
        return replace(self, steps=tuple(steps))


class Play:
    """A match at the level of the rules, with bots and clock as the host drives them."""

    def __init__(
        self,
        scenario: Scenario,
        pace: float | None,
        seed: str = "7",
        version: int = RULES_VERSION,
    ) -> None:
        self.now_ms = START_MS
        self.log: list[Event] = list(create_match(scenario, seed, pace, START_MS, version))
        self.position: Position = fold(self.log)
        self.answers: list[tuple[str, str]] = []
        self._bot_runner = BotRunner()

    def take(self, step: Step) -> None:
        """Let time pass, and have what is asked for decided; refusals are kept as answers."""
        self.now_ms += step.after_ms
        self._pass_deadline()
        if step.command is None:
            return
        try:
            self._do(step.command, actor_of(step.who, self.position))
        except RuleViolation as refusal:
            self.answers.append((step.who, str(refusal)))
        self._ask_bots()

    def _pass_deadline(self) -> None:
        position = self.position
        is_due = position.deadline_ms is not None and self.now_ms >= position.deadline_ms
        if is_due and position.paused_at_ms is None:
            self._do(c.PassDeadline(position.round, position.phase), THE_CLOCK)
            self._ask_bots()

    def _ask_bots(self) -> None:
        """Ask as long as it leads anywhere; an order may come too late."""
        known = -1
        while known < len(self.log):
            known = len(self.log)
            for seat, order in tuple(self._bot_runner.due_orders(self.position)):
                with contextlib.suppress(RuleViolation):
                    self._do(order, Actor(Role.PLAYER, seat))

    def _do(self, command: c.Command, actor: Actor) -> None:
        events = decide(self.position, command, actor, self.now_ms)
        self.log += events
        self.position = fold(events, self.position)
        self._bot_runner.follow(lambda: self.log, events, self.position)


def actor_of(who: str, position: Position) -> Actor:
    """Give somebody's hands, with the seat held now."""
    if who == HOST:
        return THE_FACILITATOR
    return Actor(Role.PLAYER, position.seat_of(PersonId(who)), PersonId(who))


def draw_script(seed: int, version: int = RULES_VERSION) -> Script | None:
    """Play a match at random; None if nobody ordered anything in it. version: of the rules."""
    draw = random.Random(seed)
    scenario = _playable(random_scenario_of(version, draw))
    play = Play(scenario, draw.choice((None, 0.5, 1.0)), version=version)
    steps, secrets = list[Step](), list[tuple[int, Seat, int]]()
    for step in _asked(draw, play):
        known, seat = len(play.log), play.position.seat_of(PersonId(step.who))
        play.take(step)
        new = play.log[known:]
        if (number := _ordered_round(new, step, seat)) is not None and seat is not None:
            secrets.append((len(steps), seat, number))
        steps.append(step)
        if secrets and any(isinstance(event, RoundResolved) for event in new):
            steps.pop()
            break
    secrets = [secret for secret in secrets if secret[0] < len(steps)]
    return _script(draw, play, tuple(steps), secrets) if secrets else None


def _playable(scenario: Scenario) -> Scenario:
    """Give a decision its time, as every scenario that can be read does."""
    return replace(scenario, seconds=replace(scenario.seconds, decision=20))


def _script(
    draw: random.Random,
    play: Play,
    steps: tuple[Step, ...],
    secrets: list[tuple[int, Seat, int]],
) -> Script:
    _, seat, number = secrets[-1] if draw.random() < 0.5 else draw.choice(secrets)
    own = [x for x in secrets if x[1:] == (seat, number)]
    taken = [event for event in play.log if isinstance(event, SeatTaken | DelegateJoined)]
    insiders = {event.person for event in taken if event.seat == seat}
    return Script(
        scenario=play.position.scenario,
        pace=play.position.pace,
        steps=steps,
        secret_seat=seat,
        round=number,
        secret_steps=frozenset(x[0] for x in own),
        insiders=frozenset(map(str, insiders)),
        version=play.position.rules_version,
    )


def _ordered_round(events: list[Event], step: Step, seat: Seat | None) -> int | None:
    """Tell for which round a step saved actions of the one who asked; None if it did not."""
    if not isinstance(step.command, c.SaveOrder) or not step.command.actions:
        return None
    asked = set(step.command.actions)
    saved = (x for x in events if isinstance(x, OrderSaved) and x.seat == seat)
    own = (x for x in saved if asked <= set(x.actions) - set(x.sources))  # not its autopilot's
    return next((x.round for x in own if x.round == step.command.round), None)


def _asked(draw: random.Random, play: Play) -> Iterator[Step]:
    for who, seat in zip(PEOPLE, play.position.scenario.seats, strict=False):
        if draw.random() < 0.8:
            yield Step(0, who, c.TakeSeat(seat, who.title()))
    yield Step(0, HOST, c.StartMatch())
    for _ in range(LENGTH):
        who = draw.choice((HOST, *PEOPLE * 3))
        after_ms = draw.choice((0, 0, 1, 400, 9_000))
        asked = _hosts(draw, play.position) if who == HOST else _persons(draw, play.position, who)
        yield Step(after_ms, who, asked)


def _hosts(draw: random.Random, position: Position) -> c.Command:
    seat = draw.choice(position.scenario.seats)
    asked = (
        c.SeatBot(seat, draw.choice(BOTS)),
        c.SkipPhase(position.round, position.phase),
        c.PauseMatch(),
        c.ResumeMatch(),
        c.ExtendDeadline(5_000),
        c.Say((seat,), "A word.", None),
        c.ClearSeat(seat),
        c.EngageAutopilot(seat),
        c.ReleaseAutopilot(seat),
        c.OpenInject(_news(draw, position)),
        c.Reseat(PersonId(draw.choice(PEOPLE)), seat, "Somebody"),
        c.OrderFor(seat, position.round, {x.name: Action.C for x in position.arenas_of(seat)[:1]}),
    )
    return draw.choices(asked, (3, 5, 1, 4, 1, 1, 1, 3, 2, 2, 1, 2))[0]


def _news(draw: random.Random, position: Position) -> Inject:
    arena = draw.choice(position.arenas)
    effect = InjectEffect(arena.name, parameters_of(arena.game)[0], 1.0)
    return Inject(f"news_{draw.randint(1, 9)}", "News", "It rains.", 1, (effect,))


def _persons(draw: random.Random, position: Position, who: str) -> c.Command:
    seat = position.seat_of(PersonId(who))
    arenas = position.scenario.arenas_of(seat) if seat else position.scenario.arenas
    actions = {x.name: draw.choice(tuple(Action)) for x in arenas if draw.random() < 0.8}
    seats = position.scenario.seats
    room = tuple(draw.sample(seats, draw.randint(0, min(2, len(seats)))))
    asked = (
        c.SaveOrder(position.round, actions, draw.random() < 0.2),
        c.SetReady(position.round, position.phase, draw.random() < 0.8),
        c.Say(room, "Let us talk.", draw.choice((None, *Act))),
        c.TakeSeat(draw.choice(seats), who.title()),
        c.LeaveSeat(),
        c.PassPen(PersonId(draw.choice(PEOPLE))),
        c.ReleaseAutopilot(seat or seats[0]),
    )
    return draw.choices(asked, (8, 3, 3, 2, 0.4, 1, 1))[0]


def _turn(step: Step) -> Step:
    order = step.command
    assert isinstance(order, c.SaveOrder)
    turned = {name: action.other for name, action in order.actions.items()}
    return replace(step, command=replace(order, actions=turned))


def _says_ready(step: Step) -> bool:
    return isinstance(step.command, c.SaveOrder) and step.command.is_ready
