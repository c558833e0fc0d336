"""Logs of matches played at random: every command, legal or not, by every hand."""

import random
from collections.abc import Iterator
from dataclasses import replace

from game_rules.advice.move_offers import moves_open_to
from game_rules.errors import RuleViolation
from game_rules.games import stage_games as games
from game_rules.games.stage_games import Action, StageGame
from game_rules.log.events import Act, Event, Phase
from game_rules.log.evolve import fold
from game_rules.log.position import Position
from game_rules.match import commands as c
from game_rules.match.decide import create_match, decide
from game_rules.roles import THE_CLOCK, THE_FACILITATOR, Actor, PersonId, Role, Seat
from game_rules.scenario.injects import Inject, InjectEffect, parameters_of
from game_rules.scenario.moves import SECOND_MOVES, Move, MoveKind
from game_rules.scenario.pacts import Binding, PactTerms, Pledge, Transfer
from game_rules.scenario.parameters import StandingParameters
from game_rules.scenario.scenario import (
    Arena,
    Domain,
    FigureStatus,
    Influence,
    MissingOrder,
    PairStart,
    PhaseSeconds,
    Player,
    PlayerKind,
    PowerMeasure,
    Press,
    Scenario,
)

SEATS = tuple(Seat(code) for code in ("CHN", "JPN", "IND", "PHL", "VNM"))
NAMES = ("Amna", "  李 明 ", "O'Neil <b>")
PEOPLE = tuple(PersonId(f"person{number}") for number in range(4))
CO_FACILITATOR = Actor(Role.FACILITATOR, None, PersonId("co"), "Dr Co")
INJECTS = ("storm", "calm", "spot_1")
BOTS = ("cooperator", "tit_for_tat", "no_such_bot")


def random_log(seed: int, commands: int = 60, version: int = 1) -> tuple[Event, ...]:
    """Play some commands at random; those that are refused leave nothing."""
    draw = random.Random(seed)
    now_ms = 1_700_000_000_000
    pace = draw.choice((None, 0.5, 1.0))
    scenario = random_scenario_of(version, draw)
    log = list(create_match(scenario, f"seed {seed}", pace, now_ms, version))
    position = fold(log)
    for _ in range(commands):
        now_ms += draw.choice((1, 400, 9_000))
        events = tried(position, *_ask(draw, position), now_ms)
        log += events
        position = fold(events, position)
    return tuple(log)


def random_scenario_of(version: int, draw: random.Random) -> Scenario:
    """Make a small scenario that a version of the rules can play."""
    scenario = random_scenario(draw)
    return scenario if version == 1 else as_second(draw, scenario)


def as_second(draw: random.Random, scenario: Scenario) -> Scenario:
    """Give a scenario what rules 2 asks for, and what only rules 2 knows."""
    pairs = scenario.rivals
    starts = tuple(
        PairStart(pair, draw.choice((0.2, 0.45, 0.7, 0.85)), "A test.", FigureStatus.ASSUMED)
        for pair in pairs
    )
    first, *players, last = scenario.players
    if players:
        influence = Influence(pairs[0], 0.06, 0.03, "A test.")
        last = replace(last, kind=PlayerKind.NON_STATE, influence=influence)
    every = (replace(first, capacity=draw.choice((1, 3))), *players, last)
    blocs = [replace(arena, exclusive=draw.choice((0.0, 0.6))) for arena in scenario.arenas]
    pact = [_pact(draw, first.seat, last.seat)] if players else []
    return replace(
        scenario,
        players=every,
        arenas=(*blocs, *pact),
        starts=starts,
        moves=SECOND_MOVES,
    )


def _pact(draw: random.Random, first: Seat, second: Seat) -> Arena:
    """Make an alliance, which holds if both hold."""
    game = games.collective((1, 1), games.Terms(7, 2, 1.5, 2, 1, 0), 1.0)
    arena = Arena("pact", "Pact", "", Domain.SECURITY, (first, second), game, 0.4, ())
    return replace(arena, is_alliance=draw.random() < 0.9, weights={first: 1.0, second: 1.0})


def random_scenario(draw: random.Random) -> Scenario:
    """Make a small scenario; two to five seats, some of them perhaps in no arena."""
    seats = SEATS[: draw.randint(2, 5)]
    arenas = tuple(_random_arena(draw, number, seats) for number in range(draw.randint(1, 3)))
    return Scenario(
        name="random",
        title="Random",
        summary="For tests.",
        briefing=("Read this.",),
        questions=("Why?",),
        players=tuple(Player(seat, seat.title(), "Ünïcode: دیتانت", {}) for seat in seats),
        arenas=arenas,
        rivals=((seats[0], seats[1]),),
        rounds=draw.randint(1, 4),
        continuation=draw.choice((0.7, 1.0)),
        seconds=PhaseSeconds(*(draw.choice((0, 20)) for _ in range(4))),
        press=draw.choice(tuple(Press)),
        missing_order=draw.choice(
            (tuple(MissingOrder), tuple(MissingOrder)[1:], (MissingOrder.DEFECT,))
        ),
        shows_ready=draw.random() < 0.5,
        power=draw.choice((PowerMeasure.CINC, PowerMeasure.EQUAL, PowerMeasure.EQUAL)),
        monitoring=draw.choice((0.6, 1.0)),
        standing=StandingParameters(
            tension_at_start=draw.choice((0.3, 0.9)), tension_memory=draw.choice((0.5, 0.9))
        ),
        deck=_random_deck(draw, arenas),
        delegates=draw.choice((1, 2, 3)),
        autopilot=draw.choice(("tit_for_tat", "grudger")),
    )


def _random_deck(draw: random.Random, arenas: tuple[Arena, ...]) -> tuple[Inject, ...]:
    if draw.random() < 0.5:
        return ()
    effect = InjectEffect(arenas[0].name, parameters_of(arenas[0].game)[0], 1.5)
    return (Inject("storm", "A storm", "It rains.", draw.randint(0, 2), (effect,), 2),)


def random_game(draw: random.Random, size: int) -> StageGame:
    """Make a stage game; of two members, as often a bimatrix as a collective game."""
    if size == 2 and draw.random() < 0.5:
        row, column = (games.Corners(*_numbers(draw, 4)) for _ in range(2))
        return games.Bimatrix(row, column)
    terms = [games.Terms(*_numbers(draw, 5), draw.random()) for _ in range(size)]
    weights = [draw.uniform(0.01, 20) for _ in range(size)]
    return games.collective(weights, terms, draw.choice((0.0, 0.5, 1.0, draw.random())))


def _random_arena(draw: random.Random, number: int, seats: tuple[Seat, ...]) -> Arena:
    members = tuple(draw.sample(seats, draw.randint(2, len(seats))))
    game = random_game(draw, len(members))
    domain = draw.choice(tuple(Domain))
    exclusive = draw.choice((0.0, 0.0, 0.2))
    return Arena(f"arena_{number}", f"Arena {number}", "", domain, members, game, exclusive, ())


def _numbers(draw: random.Random, count: int) -> Iterator[float]:
    return (draw.choice((draw.randint(-5, 5), draw.uniform(-9, 9))) for _ in range(count))


def tried(position: Position, command: c.Command, actor: Actor, now_ms: int) -> tuple[Event, ...]:
    try:
        return decide(position, command, actor, now_ms)
    except RuleViolation:
        return ()


def _ask(draw: random.Random, position: Position) -> tuple[c.Command, Actor]:
    hand = draw.choices(("person", "bot", "facilitator", "clock"), (10, 6, 5, 2))[0]
    if hand == "clock":
        return _clocks(draw, position), THE_CLOCK
    if hand == "facilitator":
        who = draw.choices((THE_FACILITATOR, CO_FACILITATOR), (3, 1))[0]
        return draw.choice((_facilitators, _controls))(draw, position), who
    if hand == "bot":
        seat = draw.choice(position.scenario.seats)
        if position.proposals and draw.random() < 0.8:
            return _accepted(draw, position)
        if position.holders and draw.random() < 0.4:
            seat = draw.choice(tuple(position.holders))
            return c.Propose(position.round, random_terms(draw, position, seat)), Actor(
                Role.PLAYER, seat
            )
        if draw.random() < 0.3:
            return _move(draw, position, seat), Actor(Role.PLAYER, seat)
        return _order(draw, position, seat), Actor(Role.PLAYER, seat)
    person = draw.choice(PEOPLE)
    seat = position.seat_of(person)
    return _persons(draw, position, seat), Actor(Role.PLAYER, seat, person)


def _clocks(draw: random.Random, position: Position) -> c.Command:
    seat = draw.choice(position.scenario.seats)
    asked = (
        c.PassDeadline(position.round, position.phase),
        c.MakeUpOutage(draw.randint(0, 5_000)),
        c.EngageAutopilot(seat),
        c.ReleaseAutopilot(seat),
        c.PassPen(draw.choice(PEOPLE)),
        c.BranchMatch("trunk", draw.randint(1, 40), None, draw.choice((None, position.round))),
    )
    return draw.choices(asked, (8, 8, 3, 3, 2, 1))[0]


def _controls(draw: random.Random, position: Position) -> c.Command:
    """What a facilitator may ask for beside running the clock."""
    seat, person = draw.choice(position.scenario.seats), draw.choice(PEOPLE)
    known = [each.inject.name for each in position.injects]
    asked = (
        c.PassPen(person),
        c.Reseat(person, seat, draw.choice(("", *NAMES))),
        c.RemovePerson(person),
        c.EngageAutopilot(seat),
        c.ReleaseAutopilot(seat),
        c.OpenInject(_inject(draw, position, draw.choice(INJECTS))),
        c.CloseInject(draw.choice((*known, "calm"))),
        c.OrderFor(seat, position.round, _order(draw, position, seat).actions),
        c.SupersedeMatch("branch"),
    )
    return draw.choices(asked, (4, 6, 1, 6, 4, 8, 4, 6, 0.3))[0]


def _inject(draw: random.Random, position: Position, name: str) -> Inject:
    arena = draw.choice(position.arenas)
    parameter = draw.choice(parameters_of(arena.game))
    is_common = parameter == "theta" or draw.random() < 0.5
    member = None if is_common else draw.choice(arena.members)
    change = draw.choice((-1.5, 0.25, 2.0, 0.0))
    effect = InjectEffect(arena.name, parameter, change, member)
    return Inject(name, "News", "Ünïcode: خبر", draw.randint(0, 2), (effect,) * draw.randint(0, 2))


def _facilitators(draw: random.Random, position: Position) -> c.Command:
    seat = draw.choice(position.scenario.seats)
    asked = (
        c.StartMatch(),
        c.SeatBot(seat, draw.choice(BOTS)),
        c.ClearSeat(seat),
        c.Say(_room(draw, position), "Order, please.", None),
        c.PauseMatch(),
        c.ResumeMatch(),
        c.ExtendDeadline(draw.randint(0, 60_000)),
        c.SkipPhase(position.round, draw.choice((position.phase, Phase.DECISION))),
        c.EndMatch(),
    )
    return draw.choices(asked, (6, 6, 2, 3, 2, 4, 2, 6, 1))[0]


def _persons(draw: random.Random, position: Position, seat: Seat | None) -> c.Command:
    asked = (
        c.TakeSeat(
            draw.choice(position.scenario.seats), draw.choice(("Amna", "  李 明 ", "O'Neil <b>"))
        ),
        c.LeaveSeat(),
        c.PassPen(draw.choice(PEOPLE)),
        c.ReleaseAutopilot(seat or SEATS[0]),
        c.Say(_room(draw, position), "Let us talk.", draw.choice((None, *Act))),
        _order(draw, position, seat),
        c.SetReady(position.round, position.phase, draw.random() < 0.8),
        c.Propose(position.round, random_terms(draw, position, seat)),
        _answered(draw, position),
        _move(draw, position, seat),
        _forecast(draw, position),
    )
    return draw.choices(asked, (4, 1, 1, 1, 4, 8, 8, 4, 4, 6, 3))[0]


def _move(draw: random.Random, position: Position, seat: Seat | None) -> c.Command:
    """Most often one that is allowed; now and then any, or one is taken back."""
    if draw.random() < 0.15:
        return c.TakeBackMove(position.round)
    offers = moves_open_to(position, seat) if seat else ()
    if offers and draw.random() < 0.8:
        kind = draw.choice([offer.move.kind for offer in offers])
        return c.MakeMove(
            position.round, draw.choice([x.move for x in offers if x.move.kind is kind])
        )
    names = [arena.name for arena in position.arenas]
    move = Move(draw.choice(tuple(MoveKind)), draw.choice(names), draw.choice((None, *names)))
    return c.MakeMove(position.round, move)


def _forecast(draw: random.Random, position: Position) -> c.Command:
    arena = draw.choice(position.arenas)
    seen = {seat: draw.choice(tuple(Action)) for seat in arena.members if draw.random() < 0.7}
    return c.SaveForecast(position.round, arena.name, seen)


def random_terms(draw: random.Random, position: Position, seat: Seat | None) -> PactTerms:
    others = [other for other in position.scenario.seats if other != seat]
    parties = (seat or SEATS[0], *draw.sample(others, draw.choice((1, 1, 1, min(2, len(others))))))
    pledges = tuple(
        Pledge(party, draw.choice(own).name, draw.choice((Action.C, Action.C, Action.D)))
        for party in parties
        if (own := position.arenas_of(party))
    )
    binding = draw.choice(tuple(Binding))
    transfers = (Transfer(parties[0], parties[1], 1.5),) if draw.random() < 0.3 else ()
    stake = 2.5 if binding is Binding.ESCROW else 0.0
    rounds, is_conditional = draw.randint(1, 3), draw.random() < 0.5
    return PactTerms(parties, pledges, transfers, rounds, binding, stake, is_conditional)


def _answered(draw: random.Random, position: Position) -> c.Command:
    known = [proposal.number for proposal in position.proposals]
    return c.AnswerProposal(position.round, draw.choice(known or [7]), draw.random() < 0.8)


def _accepted(draw: random.Random, position: Position) -> tuple[c.Command, Actor]:
    proposal = draw.choice(position.proposals)
    seat = draw.choice([x for x in proposal.terms.parties if x not in proposal.accepted])
    if draw.random() < 0.2:
        terms = replace(proposal.terms, rounds=draw.randint(1, 3))
        counter = c.CounterProposal(position.round, proposal.number, terms)
        return counter, Actor(Role.PLAYER, seat)
    answer = c.AnswerProposal(position.round, proposal.number, draw.random() < 0.9)
    return answer, Actor(Role.PLAYER, seat)


def _order(draw: random.Random, position: Position, seat: Seat | None) -> c.SaveOrder:
    arenas = position.arenas_of(seat) if seat else position.arenas
    chosen = [arena for arena in arenas if draw.random() < 0.9]
    actions = {arena.name: draw.choice(tuple(Action)) for arena in chosen}
    return c.SaveOrder(position.round, actions, draw.random() < 0.3)


def _room(draw: random.Random, position: Position) -> tuple[Seat, ...]:
    seats = position.scenario.seats
    return tuple(draw.sample(seats, draw.randint(0, min(2, len(seats)))))
