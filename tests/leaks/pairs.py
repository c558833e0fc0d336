"""Pairs of runs that differ in one secret, of each of the eight kinds that a match keeps.

Four people and a bot play at random; somewhere one of them, or the facilitator, does something that
only insiders may know of, and in the twin something else, or nothing. Whoever is no insider must
not be able to tell the runs apart. What is secret for a round ends with that round's reveal; talk,
proposals and forecasts stay secret, so these runs go on beyond it.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import product, starmap

from game_rules import RULES_VERSION
from game_rules.games.stage_games import LIBRARY, Action
from game_rules.log.events import Act, Phase, RecommendationGiven
from game_rules.log.sentences import FORMS, Arguments, Sentence
from game_rules.match import commands as c
from game_rules.roles import Seat
from game_rules.scenario.moves import Move, MoveKind
from game_rules.scenario.pacts import Binding, PactTerms, Pledge
from game_rules.scenario.parameters import StandingParameters
from game_rules.scenario.scenario import FigureStatus, PairStart, Player, Scenario
from tests.game_rules.scenes import SEATS, a_scenario, an_arena
from tests.leaks.scripts import HOST, PEOPLE, Play, Run, Step

CHN, JPN, PHL, IND, VNM = SEATS
SEAT_OF = dict(zip(PEOPLE, (CHN, JPN, PHL, IND), strict=True))
KINDS = (
    "orders",
    "private talk",
    "proposals",
    "moves",
    "drafts",
    "forecasts",
    "bots' kinds",
    "mediators' words",
)
SPEAKING, SILENT = "tit_for_tat", ("alternator", "defector", "go_by_majority", "random")
"""Bots' kinds. What one says follows from its plan, and so from its kind and its mediator's words:
where these are the secret, it is one that does not speak."""
OUTLIVING = ("private talk", "proposals", "forecasts")
"""Secrets that no reveal opens."""
NEVER_MISSING = ("drafts", "bots' kinds", "mediators' words")
"""Secrets of which there is one in each run."""
CONSOLE = "console"
"""The console of a seminar: it names bots, but brings nothing that is said."""
Commands = tuple[c.Command, ...]


@dataclass(frozen=True)
class Pair:
    """Two runs, and the one secret in which they differ."""

    kind: str
    one: Run
    other: Run

    def is_inside(self, who: str) -> bool:
        """Tell whether somebody may know of the secret."""
        if who == CONSOLE:
            return self.kind == "bots' kinds"
        return who in self.one.insiders


def draw_pair(kind: str, number: int, version: int = RULES_VERSION) -> Pair:
    """Draw a pair of a kind; the same number gives the same pair. version: of the rules.

    The twin of an even number has no secret at all, if there can be none, and that of an odd number
    another one. A move may be refused; twins in which both are refused are drawn again.
    """
    draw = random.Random(f"{kind} {number}")
    is_silent = number % 2 == 0 and kind not in NEVER_MISSING
    pair = _drawn(draw, kind, version, is_silent)
    while kind == "moves" and pair.one.play().log == pair.other.play().log:
        pair = _drawn(draw, kind, version, is_silent)
    return pair


def _drawn(draw: random.Random, kind: str, version: int, is_silent: bool) -> Pair:
    if kind == "mediators' words":
        return _mediated(draw, version)
    who = HOST if kind == "bots' kinds" else draw.choice(PEOPLE)
    scenario, pace = draw.choice([*SCENARIOS.values()]), draw.choice((None, 1.0))
    writer = _Writer(draw, scenario, pace, kind, version)
    writer.open()
    writer.play_until(draw.randint(1, 2), _phase(draw, kind))
    one, other = (writer.secret(kind, who) for _ in range(2))
    while one == other:
        other = writer.secret(kind, who)
    if is_silent:
        other = ()
    insiders = writer.insiders(kind, who, one, other)
    place = len(writer.steps)
    longest = max(len(one), len(other))
    for commands in (one, other):
        padded = (*commands, *(None,) * (longest - len(commands)))
        if commands is one:
            for command in padded:
                writer.take(Step(0, who, command))
    writer.go_on(is_long=kind in OUTLIVING)
    steps = tuple(writer.steps)
    told = Run(scenario=scenario, pace=pace, steps=steps, insiders=insiders, version=version)
    padded = (*other, *(None,) * (longest - len(other)))
    twins = tuple(Step(0, who, command) for command in padded)
    changed = (*steps[:place], *twins, *steps[place + longest :])
    return Pair(kind, told, replace(told, steps=changed))


def _phase(draw: random.Random, kind: str) -> Phase:
    if kind == "bots' kinds":
        return Phase.BRIEFING
    is_talk = kind in ("private talk", "proposals")
    return draw.choice((Phase.NEGOTIATION, Phase.DECISION)) if is_talk else Phase.DECISION


def _mediated(draw: random.Random, version: int) -> Pair:
    """The same match from two seeds, of which a mediator tells some members different words."""
    run = _asked_for_words(draw, version)
    while not (words := _words(run)):  # in rules 2, a mediator who cannot do better is silent
        run = _asked_for_words(draw, version)
    other, seed = words, 7
    while other == words:
        seed += 1
        other = _words(replace(run, seed=f"{seed}"))
    told = [who for who, seat in SEAT_OF.items() if words.get(seat) != other.get(seat)]
    run = replace(run, insiders=frozenset({HOST, *told}))
    return Pair("mediators' words", run, replace(run, seed=f"{seed}"))


def _asked_for_words(draw: random.Random, version: int) -> Run:
    """Play a match in whose second round a mediator was asked for."""
    scenario = draw.choice([x for x in SCENARIOS.values() if x.monitoring == 1])
    writer = _Writer(draw, scenario, None, "mediators' words", version)
    writer.open()
    writer.play_until(1, Phase.DECISION)
    who = draw.choice(("ann", "bo"))
    writer.take(Step(0, who, c.MakeMove(1, Move(MoveKind.MEDIATION, "strait"))))
    writer.skip()
    writer.play_until(2, Phase.DECISION)
    writer.go_on(is_long=False)
    steps, insiders = tuple(writer.steps), frozenset({HOST})
    return Run(scenario=scenario, pace=None, steps=steps, insiders=insiders, version=version)


def _words(run: Run) -> dict[Seat, Action]:
    played = run.play()
    return {x.seat: x.action for x in played.log if isinstance(x, RecommendationGiven)}


def _scenario(shows_ready: bool, monitoring: float, tension: float) -> Scenario:
    plain = a_scenario()
    terms = plain.arenas[1].game
    arenas = (
        an_arena("strait", (CHN, JPN), LIBRARY["chicken"]),
        an_arena("reef", (PHL, IND), LIBRARY["stag_hunt"]),
        an_arena("sea", (JPN, PHL, VNM), terms),
    )
    return replace(
        plain,
        name=f"twins_{shows_ready}_{monitoring}_{tension}",
        players=tuple(Player(seat, seat.title(), f"You are {seat}.", {}) for seat in SEATS),
        arenas=arenas,
        shows_ready=shows_ready,
        monitoring=monitoring,
        delegates=2,
        standing=StandingParameters(tension_at_start=tension),
        starts=tuple(PairStart(x, tension, "A test.", FigureStatus.ASSUMED) for x in plain.rivals),
    )


SCENARIOS = {x.name: x for x in starmap(_scenario, product((False, True), (0.7, 1.0), (0.3, 0.9)))}
"""What the pairs are played on."""


class _Writer:
    """Writes a script while it is played, so that what is asked for fits."""

    def __init__(
        self,
        draw: random.Random,
        scenario: Scenario,
        pace: float | None,
        kind: str,
        version: int,
    ) -> None:
        self._draw, self._kind = draw, kind
        self._play = Play(scenario, pace, version=version)
        self.steps: list[Step] = []

    def take(self, step: Step) -> None:
        """Write a step, and play it."""
        self.steps.append(step)
        self._play.take(step)

    def open(self) -> None:
        """Seat all, and start."""
        for who, seat in SEAT_OF.items():
            self.take(Step(0, who, c.TakeSeat(seat, who.title())))
        strategy = SILENT[0] if self._kind in KINDS[-2:] else SPEAKING
        self.take(Step(0, HOST, c.SeatBot(VNM, strategy)))
        self.take(Step(0, HOST, c.StartMatch()))

    def skip(self) -> None:
        """Open the next phase."""
        now = self._play.position
        self.take(Step(0, HOST, c.SkipPhase(now.round, now.phase)))

    def play_until(self, number: int, phase: Phase) -> None:
        """Play at random until a phase of a round is open; the briefing is of round 0."""
        wanted = (0, phase) if phase is Phase.BRIEFING else (number, phase)
        while (self._play.position.round, self._play.position.phase) != wanted:
            self._chatter(self._draw.randint(0, 3))
            self.skip()
        self._chatter(self._draw.randint(0, 3))

    def go_on(self, *, is_long: bool) -> None:
        """Play on, to where the secret would be opened, if it ever is."""
        self._chatter(4)
        for _ in range(6 if is_long else 2):
            last = Phase.DECISION if not is_long else Phase.DEBRIEF
            if self._play.position.phase is last:
                break
            before = self._play.position.round, self._play.position.phase
            if is_long and before == (3, Phase.REVEAL):
                break
            self.skip()
            self._chatter(2)

    def secret(self, kind: str, who: str) -> Commands:
        """Draw what somebody does in secret."""
        return _SECRETS[kind](self._draw, self._play.position.round, who)

    def insiders(self, kind: str, who: str, *secrets: Commands) -> frozenset[str]:
        """Name those who may know of it."""
        known = {who}
        for command in (x for each in secrets for x in each):
            seats = _told_of(command)
            known |= {x for x, seat in SEAT_OF.items() if seat in seats}
        return frozenset(known | ({HOST} if kind in ("private talk", "proposals") else set()))

    def _chatter(self, count: int) -> None:
        for _ in range(count):
            self.take(self._noise())

    def _noise(self) -> Step:
        """Something that everybody may do whatever the secret is; nothing ends a phase."""
        draw, number = self._draw, self._play.position.round
        who = draw.choice(PEOPLE)
        seat = SEAT_OF[who]
        room = tuple(draw.sample(SEATS[:4], draw.randint(0, 2)))
        arena = draw.choice(self._play.position.arenas_of(seat)).name
        offered: tuple[c.Command, ...] = (
            c.Say(room, draw.choice(("Yes.", "Let us talk.")), draw.choice((None, *Act))),
            c.SaveForecast(number, arena, {seat: draw.choice(tuple(Action))}),
            c.Say((), "In the open.", None),
        )
        if self._kind not in ("orders", "drafts"):
            offered += (c.SaveOrder(number, {arena: draw.choice(tuple(Action))}),)
        return Step(draw.choice((0, 1, 400)), who, draw.choice(offered))


def _orders(draw: random.Random, number: int, who: str) -> Commands:
    return (c.SaveOrder(number, {_arena(who): draw.choice(tuple(Action))}),)


def _talk(draw: random.Random, number: int, who: str) -> Commands:
    room = tuple(draw.sample([x for x in SEATS[:4] if x != SEAT_OF[who]], draw.randint(1, 2)))
    text = "".join(draw.choices("abc دیت", k=draw.randint(1, 200)))
    said = c.Say(room, f"I say {text}", draw.choice((None, *Act)))
    sentence, full = (
        draw.choice(tuple(Sentence)),
        Arguments(CHN, _arena(who), Action.C, 1, 0.5, Binding.TREATY),
    )
    given = full.given()
    about = Arguments(**{name: given[name] for name in FORMS[sentence].takes})
    return said, c.SaySentence(room, sentence, about)  # which rules 1 refuse


def _proposals(draw: random.Random, number: int, who: str) -> Commands:
    own, partner = SEAT_OF[who], SEAT_OF[_PARTNER[who]]
    pledge = Pledge(own, _arena(who), draw.choice(tuple(Action)))
    binding = draw.choice(tuple(Binding))
    stake = float(draw.randint(1, 9)) if binding is Binding.ESCROW else 0.0
    terms = PactTerms((own, partner), (pledge,), (), draw.randint(1, 3), binding, stake)
    return (c.Propose(number, terms),)


def _moves(draw: random.Random, number: int, who: str) -> Commands:
    kinds = (MoveKind.RESTRAINT, MoveKind.CONFIDENCE, MoveKind.FUND, MoveKind.MEDIATION)
    made = c.MakeMove(number, Move(draw.choice(kinds), _arena(who)))
    return (made, c.TakeBackMove(number)) if draw.random() < 0.3 else (made,)


def _drafts(draw: random.Random, number: int, who: str) -> Commands:
    """Minds that are changed, and end where they began or elsewhere."""
    return tuple(_orders(draw, number, who)[0] for _ in range(draw.randint(2, 4)))


def _forecasts(draw: random.Random, number: int, who: str) -> Commands:
    partner = SEAT_OF[_PARTNER[who]]
    expected = {seat: draw.choice(tuple(Action)) for seat in (SEAT_OF[who], partner)}
    return (c.SaveForecast(number, _arena(who), expected),)


def _bots(draw: random.Random, number: int, who: str) -> Commands:
    return (c.SeatBot(VNM, draw.choice(SILENT)),)


_SECRETS: dict[str, Callable[[random.Random, int, str], Commands]] = dict(
    zip(KINDS, (_orders, _talk, _proposals, _moves, _drafts, _forecasts, _bots), strict=False)
)
_PARTNER = {"ann": "bo", "bo": "ann", "chi": "dev", "dev": "chi"}


def _arena(who: str) -> str:
    return "strait" if who in ("ann", "bo") else "reef"


def _told_of(command: c.Command) -> tuple[Seat, ...]:
    if isinstance(command, c.Say):
        return tuple(Seat(seat) for seat in command.room)
    return tuple(map(Seat, command.terms.parties)) if isinstance(command, c.Propose) else ()
