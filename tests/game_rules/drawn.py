"""Hypothesis strategies: scenarios, however odd, and commands, legal or not."""

from collections.abc import Mapping
from dataclasses import replace
from enum import Enum
from typing import Any, get_args, get_type_hints

from hypothesis import strategies as st

from game_rules.advice.move_offers import moves_open_to
from game_rules.games.corners import Corners
from game_rules.games.stage_games import Action, Bimatrix, StageGame, Terms, collective
from game_rules.log.events import Act, Event, Phase
from game_rules.log.position import Position
from game_rules.log.sentences import FORMS, Arguments, Sentence
from game_rules.match import commands as c
from game_rules.match.clock import LONGEST_EXTENSION_MS
from game_rules.roles import THE_CLOCK, THE_FACILITATOR, Actor, PersonId, Role, Seat
from game_rules.rulesets.chosen import RULESETS
from game_rules.scenario.injects import Inject, InjectEffect, parameters_of
from game_rules.scenario.moves import Move, MoveKind
from game_rules.scenario.pacts import Binding, PactTerms, Pledge
from game_rules.scenario.parameters import StandingParameters
from game_rules.scenario.scenario import (
    Arena,
    Domain,
    Figure,
    FigureStatus,
    Influence,
    MissingOrder,
    Override,
    PairStart,
    PhaseSeconds,
    Player,
    PlayerKind,
    PowerMeasure,
    Press,
    Scenario,
)
from tests.client.random_matches import random_log
from tests.game_rules.scenes import SEATS, an_arena, person

DOCTRINES = ("realist", "liberal", "constructivist", "hedger", "diplomat")
BOTS = ("tit_for_tat", "grudger", "win_stay_lose_shift", "random", *DOCTRINES)

points = st.floats(-20, 20, allow_nan=False).map(lambda x: round(x, 3)) | st.integers(-5, 5)
words = st.text(st.characters(codec="utf-8"), min_size=1, max_size=12)
actions = st.sampled_from(Action)
tensions = st.sampled_from((0.2, 0.45, 0.75, 0.85))


def corners() -> st.SearchStrategy[Corners]:
    """Draw four payoffs."""
    return st.builds(Corners, points, points, points, points)


@st.composite
def games_of(draw: st.DrawFn, size: int) -> StageGame:
    """Draw a stage game for so many members."""
    if size == 2 and draw(st.booleans()):
        return Bimatrix(draw(corners()), draw(corners()))
    weights = draw(st.lists(st.floats(0.01, 100), min_size=size, max_size=size))
    terms = [Terms(*(draw(points) for _ in range(5)), draw(st.floats(0, 1))) for _ in range(size)]
    return collective(weights, terms, draw(st.sampled_from((0.0, 0.5, 1.0)) | st.floats(0, 1)))


@st.composite
def arenas(draw: st.DrawFn, name: str, seats: tuple[Seat, ...]) -> Arena:
    """Draw an arena among some of the seats."""
    members = tuple(draw(st.lists(st.sampled_from(seats), min_size=2, unique=True)))
    override = Override(members[0], "g", draw(points), "A test.", FigureStatus.ASSUMED)
    return Arena(
        name=name,
        title=draw(words),
        about=draw(words),
        domain=draw(st.sampled_from(Domain)),
        members=members,
        game=draw(games_of(len(members))),
        exclusive=draw(st.sampled_from((0.0, 1.0))),
        overrides=draw(st.sampled_from(((), (override,)))),
    )


@st.composite
def players(draw: st.DrawFn, seat: Seat) -> Player:
    """Draw what is known of a seat."""
    figure = Figure(draw(points), "%", draw(st.none() | st.integers(1900, 2026)), "A test.", _READ)
    return Player(
        seat,
        seat.title(),
        draw(words),
        draw(st.sampled_from(({}, {"cinc": figure}))),
        capacity=draw(st.sampled_from((3, 1))),
    )


_READ, _ASSUMED = FigureStatus.READ, FigureStatus.ASSUMED


def a_spoiler(player: Player) -> Player:
    """Make a player one that is no state, and strains and eases the first two seats."""
    influence = Influence(SEATS[:2], of_d=0.06, of_c=0.03, source="A test.")
    return replace(player, kind=PlayerKind.NON_STATE, influence=influence)


def an_alliance(first: Seat, second: Seat) -> Arena:
    """Make a bloc of two that holds if both hold."""
    game = collective((1, 1), Terms(b=7, c=2, e=1.5, g=2, d=1, sigma=0), theta=1)
    return replace(an_arena("pact", (first, second), game), exclusive=0.4, is_alliance=True)


@st.composite
def scenarios(draw: st.DrawFn) -> Scenario:
    """Draw a scenario: two to five seats, perhaps some in no arena, any phase left out.

    Every version of the rules can play it: rivals have a start, and of three seats or more the
    last may be no state and an ally of the first.
    """
    seats = SEATS[: draw(st.integers(2, 5))]
    some = st.sampled_from((0, 1, 20))
    rivals = draw(st.sampled_from(((), ((seats[0], seats[1]),))))
    starts = (PairStart(pair, draw(tensions), "A test.", _ASSUMED) for pair in rivals)
    *most, last = (draw(players(seat)) for seat in seats)
    is_wide = len(seats) > 2
    pact = (an_alliance(seats[0], seats[-1]),) if is_wide and draw(st.booleans()) else ()
    return Scenario(
        name="drawn",
        title=draw(words),
        summary=draw(words),
        briefing=tuple(draw(st.lists(words, max_size=2))),
        questions=(),
        players=(*most, a_spoiler(last) if is_wide and draw(st.booleans()) else last),
        arenas=(
            *(draw(arenas(f"arena_{number}", seats)) for number in range(draw(st.integers(1, 3)))),
            *pact,
        ),
        rivals=rivals,
        rounds=draw(st.integers(1, 4)),
        continuation=draw(st.sampled_from((0.0, 0.5, 0.9, 1.0))),
        seconds=PhaseSeconds(draw(some), draw(some), draw(st.sampled_from((1, 20))), draw(some)),
        press=draw(st.sampled_from(Press)),
        missing_order=draw(
            st.sampled_from(((MissingOrder.REPEAT, MissingOrder.DEFECT), (MissingOrder.DEFECT,)))
        ),
        shows_ready=draw(st.booleans()),
        power=draw(st.sampled_from(PowerMeasure)),
        monitoring=draw(st.sampled_from((0.6, 1.0))),
        standing=StandingParameters(tension_at_start=draw(st.sampled_from((0.3, 0.85)))),
        delegates=draw(st.integers(1, 2)),
        starts=tuple(starts),
    )


def seats_of(scenario: Scenario, odd: bool = True) -> st.SearchStrategy[Seat]:
    """Draw a seat of a scenario; odd: now and then one that it does not have."""
    strange = (Seat("XXX"),) if odd else ()
    return st.sampled_from((*scenario.seats, *strange))


def orders(
    played: Scenario | Position, seat: Seat | None = None
) -> st.SearchStrategy[Mapping[str, Action]]:
    """Draw actions for some arenas: of a seat, or of anybody's and one that does not exist."""
    own = played.arenas_of(seat) if seat else played.arenas
    names = [arena.name for arena in own] + ([] if seat else ["nowhere"])
    return st.dictionaries(st.sampled_from(names), actions) if names else st.just({})


@st.composite
def commands(draw: st.DrawFn, position: Position) -> tuple[c.Command, Actor]:
    """Draw a command, legal or not, and somebody who asks for it, entitled or not."""
    actor = draw(st.sampled_from(_actors(position)))
    kinds = draw(st.sampled_from((*(_OF_ROLE[actor.role],) * 7, tuple(_DRAW))))
    return draw(_DRAW[draw(st.sampled_from(kinds))](position, actor)), actor


def _actors(position: Position) -> tuple[Actor, ...]:
    """Whoever may turn up: most of all those who hold seats."""
    holders = [
        Actor(Role.PLAYER, seat, person)
        for seat, holder in position.holders.items()
        for person in [x.person for x in holder.people] or [None]
    ]
    signed = Actor(Role.FACILITATOR, None, PersonId("co"), "Dr Co")
    people = [person(name) for name in ("ann", "bo") if not position.seat_of(PersonId(name))]
    odd = [Actor(Role.OBSERVER), Actor(Role.PLAYER), Actor(Role.PLAYER, position.scenario.seats[0])]
    return (*holders * 2, *people, *(THE_FACILITATOR,) * 3, signed, THE_CLOCK, *odd)


def _rounds(position: Position) -> st.SearchStrategy[int]:
    return st.sampled_from((*(position.round,) * 5, position.round + 1, 0))


def _phases(position: Position) -> st.SearchStrategy[Phase]:
    return st.sampled_from((*(position.phase,) * 9, *Phase))


def _take(position: Position, actor: Actor) -> st.SearchStrategy[c.Command]:
    names = st.sampled_from(("Ann", "  李 明 ", "", "x" * 41))
    return st.builds(c.TakeSeat, seats_of(position.scenario), names)


def _say(position: Position, actor: Actor) -> st.SearchStrategy[c.Command]:
    rooms = st.just(()) | st.lists(seats_of(position.scenario), max_size=3).map(tuple)
    texts = st.sampled_from(("Let us talk.", " ", "y" * 1001)) | words
    return st.builds(c.Say, rooms, texts, st.none() | st.sampled_from(Act))


@st.composite
def _sentences(draw: st.DrawFn, position: Position, actor: Actor) -> c.Command:
    """Draw a sentence with the arguments that it takes, or now and then with any."""
    sentence = draw(st.sampled_from(Sentence))
    about = {
        "seat": seats_of(position.scenario),
        "arena": st.sampled_from(("nowhere", *[arena.name for arena in position.arenas] * 3)),
        "action": actions,
        "round": _rounds(position),
        "number": st.sampled_from((0.5, 2.0)),
    }
    about |= {
        name: st.sampled_from(kind)
        for name, hint in get_type_hints(Arguments).items()
        if name not in about and (kind := _enumeration(hint))
    }
    takes = FORMS[sentence].takes if draw(st.integers(0, 4)) else ("seat", "number")
    arguments = Arguments(**{name: draw(about[name]) for name in takes})
    return c.SaySentence((), sentence, arguments)


def _enumeration(hint: Any) -> type[Enum] | None:
    """Find the enumeration of which an argument is one, or None."""
    kinds = (hint, *get_args(hint))
    return next((x for x in kinds if isinstance(x, type) and issubclass(x, Enum)), None)


def _order(position: Position, actor: Actor) -> st.SearchStrategy[c.Command]:
    own = orders(position, actor.seat)
    return st.builds(c.SaveOrder, _rounds(position), own | own | orders(position), st.booleans())


def _propose(position: Position, actor: Actor) -> st.SearchStrategy[c.Command]:
    return st.builds(c.Propose, _rounds(position), _terms(position, actor))


def _counter(position: Position, actor: Actor) -> st.SearchStrategy[c.Command]:
    terms = _terms(position, actor)
    return st.builds(c.CounterProposal, _rounds(position), _proposals(position), terms)


def _terms(position: Position, actor: Actor) -> st.SearchStrategy[PactTerms]:
    seats = st.lists(seats_of(position.scenario), min_size=1, max_size=3, unique=True).map(tuple)
    names = st.sampled_from([arena.name for arena in position.arenas])
    return st.builds(
        lambda others, arena, action, rounds, binding, stake: PactTerms(
            tuple(dict.fromkeys((actor.seat or others[0], *others))),
            tuple(Pledge(seat, arena, action) for seat in others),
            (),
            rounds,
            binding,
            stake,
        ),
        seats,
        names,
        actions,
        st.integers(0, 3),
        st.sampled_from(Binding),
        st.sampled_from((0.0, 2.0)),
    )


def _proposals(position: Position) -> st.SearchStrategy[int]:
    return st.sampled_from((*(proposal.number for proposal in position.proposals), 7))


def _answer(position: Position, actor: Actor) -> st.SearchStrategy[c.Command]:
    return st.builds(c.AnswerProposal, _rounds(position), _proposals(position), st.booleans())


def _people(position: Position) -> st.SearchStrategy[PersonId]:
    known = [x.person for holder in position.holders.values() for x in holder.people]
    return st.sampled_from((*known, PersonId("ann"), PersonId("bo"), PersonId("nobody")))


def _inject(position: Position, actor: Actor) -> st.SearchStrategy[c.Command]:
    arena = position.arenas[0]
    effects = st.builds(
        InjectEffect,
        st.sampled_from((arena.name, "nowhere")),
        st.sampled_from((*parameters_of(arena.game), "z")),
        st.sampled_from((-1.0, 0.5, 2000.0, 0.0)),
        st.none() | st.sampled_from(arena.members),
    )
    injects = st.builds(
        Inject,
        st.sampled_from(("storm", "spot")),
        st.sampled_from(("News", " ")),
        words,
        st.integers(0, 2),
        st.lists(effects, max_size=2).map(tuple),
    )
    return st.builds(c.OpenInject, injects)


def _move(position: Position, actor: Actor) -> st.SearchStrategy[c.Command]:
    names = st.sampled_from(["nowhere", *(arena.name for arena in position.arenas)])
    seats = st.lists(seats_of(position.scenario), max_size=2).map(tuple)
    any_move = st.builds(Move, st.sampled_from(MoveKind), names, st.none() | names, seats)
    seat = actor.seat
    offers = () if seat is None else moves_open_to(position, seat)
    moves = st.sampled_from([x.move for x in offers]) if offers else any_move
    return st.builds(c.MakeMove, _rounds(position), st.one_of(moves, moves, any_move))


def _forecast(position: Position, actor: Actor) -> st.SearchStrategy[c.Command]:
    names = st.sampled_from([arena.name for arena in position.arenas])
    seen = st.dictionaries(seats_of(position.scenario, odd=False), actions, max_size=3)
    return st.builds(c.SaveForecast, _rounds(position), names, seen)


_DRAW: Mapping[type, Any] = {
    c.PassPen: lambda position, actor: st.builds(c.PassPen, _people(position)),
    c.Reseat: lambda position, actor: st.builds(
        c.Reseat, _people(position), seats_of(position.scenario), st.sampled_from(("", "Cy"))
    ),
    c.RemovePerson: lambda position, actor: st.builds(c.RemovePerson, _people(position)),
    c.EngageAutopilot: lambda position, actor: st.builds(
        c.EngageAutopilot, seats_of(position.scenario)
    ),
    c.ReleaseAutopilot: lambda position, actor: st.builds(
        c.ReleaseAutopilot, seats_of(position.scenario)
    ),
    c.OpenInject: _inject,
    c.CloseInject: lambda position, actor: st.builds(
        c.CloseInject, st.sampled_from(("storm", "spot"))
    ),
    c.OrderFor: lambda position, actor: st.builds(
        c.OrderFor, seats_of(position.scenario), _rounds(position), orders(position)
    ),
    c.BranchMatch: lambda position, actor: st.just(c.BranchMatch("trunk", 3)),
    c.SupersedeMatch: lambda position, actor: st.just(c.SupersedeMatch("branch")),
    c.MakeMove: _move,
    c.TakeBackMove: lambda position, actor: st.builds(c.TakeBackMove, _rounds(position)),
    c.SaveForecast: _forecast,
    c.Propose: _propose,
    c.CounterProposal: _counter,
    c.AnswerProposal: _answer,
    c.TakeSeat: _take,
    c.LeaveSeat: lambda position, actor: st.just(c.LeaveSeat()),
    c.Say: _say,
    c.SaySentence: _sentences,
    c.SaveOrder: _order,
    c.SetReady: lambda position, actor: st.builds(
        c.SetReady, _rounds(position), _phases(position), st.sampled_from((True, True, False))
    ),
    c.SeatBot: lambda position, actor: st.builds(
        c.SeatBot, seats_of(position.scenario), st.sampled_from((*BOTS, "no_such_bot"))
    ),
    c.ClearSeat: lambda position, actor: st.builds(c.ClearSeat, seats_of(position.scenario)),
    c.StartMatch: lambda position, actor: st.just(c.StartMatch()),
    c.PauseMatch: lambda position, actor: st.just(c.PauseMatch()),
    c.ResumeMatch: lambda position, actor: st.just(c.ResumeMatch()),
    c.ExtendDeadline: lambda position, actor: st.builds(
        c.ExtendDeadline, st.sampled_from((-1, 0, 1, 5000, LONGEST_EXTENSION_MS + 1))
    ),
    c.SkipPhase: lambda position, actor: st.builds(
        c.SkipPhase, _rounds(position), _phases(position)
    ),
    c.EndMatch: lambda position, actor: st.just(c.EndMatch()),
    c.PassDeadline: lambda position, actor: st.builds(
        c.PassDeadline, _rounds(position), _phases(position)
    ),
    c.GoOn: lambda position, actor: st.builds(c.GoOn, _rounds(position), _phases(position)),
    c.MakeUpOutage: lambda position, actor: st.builds(
        c.MakeUpOutage, st.sampled_from((-1, 0, 1, 5000)), st.sampled_from((0, 100_000))
    ),
}

_OF_ROLE: Mapping[Role, tuple[type, ...]] = {
    Role.PLAYER: (
        c.TakeSeat,
        c.LeaveSeat,
        c.Say,
        c.SaySentence,
        c.Propose,
        c.CounterProposal,
        c.AnswerProposal,
        c.AnswerProposal,
        c.SaveOrder,
        c.SaveOrder,
        c.MakeMove,
        c.MakeMove,
        c.TakeBackMove,
        c.SaveForecast,
        c.SetReady,
        c.SetReady,
    ),
    Role.FACILITATOR: (
        *(c.SeatBot, c.SkipPhase, c.SkipPhase, c.ResumeMatch, c.ResumeMatch) * 2,
        c.StartMatch,
        c.ClearSeat,
        c.Say,
        c.PauseMatch,
        c.ExtendDeadline,
        c.EndMatch,
        c.PassPen,
        c.Reseat,
        c.Reseat,
        c.RemovePerson,
        c.EngageAutopilot,
        c.ReleaseAutopilot,
        c.OpenInject,
        c.OpenInject,
        c.CloseInject,
        c.OrderFor,
    ),
    Role.CLOCK: (
        *(c.PassDeadline, c.PassDeadline, c.MakeUpOutage, c.EngageAutopilot, c.ReleaseAutopilot),
        c.BranchMatch,
        c.GoOn,
    ),
    Role.OBSERVER: (c.Say, c.SaveOrder),
}


def logs(most: int = 60) -> st.SearchStrategy[list[Event]]:
    """Draw the log of a match played at random, by any version of the rules.

    Quick, and it shrinks by asking for less.
    """
    versions = st.sampled_from(sorted(RULESETS, reverse=True))
    return st.builds(random_log, st.integers(0, 2**32), st.integers(0, most), versions).map(list)
