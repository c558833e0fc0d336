"""Laboratory persons under a mechanism: pairs in a population, and what each person then does.

What people did in laboratories is known of two persons in a symmetric Prisoner's Dilemma without
mechanism (`game_rules.games.laboratory`). What is assumed beyond that is one sentence: of two
things, a person does the one that is better for it but for the share BASE, who did the other in
dilemmas of a single round. docs/experiments.md tells what follows for each mechanism.
"""

from dataclasses import dataclass, replace

from game_rules.bots.bot_match import BotTable
from game_rules.bots.negotiators import Negotiator
from game_rules.chance import chance
from game_rules.games.corners import Corners
from game_rules.games.laboratory import BASE, first_cooperation, replies
from game_rules.games.stage_games import C, D, symmetric
from game_rules.games.supergame import basin_of_defection, critical_escrow
from game_rules.log.events import Event, PactConcluded, RecommendationGiven
from game_rules.log.position import Position
from game_rules.match.orders import MakeMove, SaveOrder
from game_rules.match.pacts import AnswerProposal, Propose
from game_rules.roles import Actor, Role, Seat
from game_rules.rulesets.chosen import ruleset_of
from game_rules.scenario.moves import Move, MoveKind, MoveRules
from game_rules.scenario.pacts import Binding, PactTerms, Pledge
from game_rules.scenario.pairings import Pairing
from game_rules.scenario.populations import population
from game_rules.scenario.scenario import Arena, Press, Scenario
from game_rules.strategies import coin
from tests.evidence.matches import VERSION, Figures, figures_of

PERSON = "laboratory_person"
SEATS, CONTINUATION, MOST_ROUNDS = 8, 0.75, 60

GAMES = {
    "R 32": symmetric(50, 32, 25, 12),
    "R 40": symmetric(50, 40, 25, 12),
    "R 48": symmetric(50, 48, 25, 12),
}
"""The dilemmas of Dal Bó & Fréchette 2011, in their points."""


@dataclass(frozen=True, slots=True)
class Mechanism:
    """What surrounds a dilemma that persons play in pairs.

    game: a key of `GAMES`; None leaves the scenario's own. pairing: who meets whom. has_record:
    whether everybody sees what the other did last, whoever it met. foresees: whether a person
    counts, at first, on being seen. asks_mediator: whether everybody does, in every round.
    binding: of the pact on mutual C that every pair may sign in every round; None offers none.
    stake: what is in escrow, as a multiple of z*.
    """

    label: str
    game: str | None
    pairing: Pairing = Pairing.RANDOM
    has_record: bool = False
    foresees: bool = True
    asks_mediator: bool = False
    binding: Binding | None = None
    stake: float = 0.0

    @property
    def name(self) -> str:
        """By which a stored result is found again."""
        return self.label if self.game is None else f"{self.label}, {self.game}"

    def applied(self, scenario: Scenario, seed: str) -> Scenario:
        """Return the population that is played."""
        arenas = scenario.arenas
        if self.game is not None:
            arenas = tuple(replace(arena, game=GAMES[self.game]) for arena in arenas)
        pair = replace(
            scenario,
            arenas=arenas,
            rounds=MOST_ROUNDS,
            continuation=CONTINUATION,
            press=Press.FULL,
        )
        many = population(pair, SEATS, self.pairing, seed)
        allowed = (MoveKind.MEDIATION,) if self.asks_mediator else ()
        return replace(many, moves=MoveRules(allowed=allowed))


def terms_with(corners: Corners, stake: float) -> Corners:
    """Give a person's payoffs in a round in which both have so much in escrow on C.

    Who breaks it pays the other; of two who do, each pays and is paid.
    """
    return replace(corners, T=corners.T - stake, S=corners.S + stake)


def single_round(corners: Corners) -> float:
    """Tell how often persons cooperate in a single round: BASE where D is better whatever is
    believed, 1 − BASE where C is, between them by the basin of D.

    >>> [round(single_round(Corners(T, 3, 1, 0)), 3) for T in (5, 2.5)]
    [0.151, 0.384]
    """
    return BASE + (1 - 2 * BASE) * (1 - basin_of_defection(corners, 0.0))


def worth(corners: Corners, belief: float) -> float:
    """Give what the better action is expected to be paid."""
    with_c = belief * corners.R + (1 - belief) * corners.S
    return max(with_c, belief * corners.T + (1 - belief) * corners.P)


def wants_to_sign(corners: Corners, binding: Binding, stake: float) -> bool:
    """Tell whether a person expects more with a pact on mutual C than without."""
    alone = worth(corners, single_round(corners))
    if binding is Binding.EXECUTED:
        return alone < corners.R
    signed = terms_with(corners, stake)
    return worth(signed, single_round(signed)) > alone


class PersonsTable(BotTable):
    """A population of laboratory persons under a mechanism."""

    def __init__(self, scenario: Scenario, mechanism: Mechanism, seed: str) -> None:
        self.mechanism, self.seed = mechanism, seed
        played = mechanism.applied(scenario, seed)
        super().__init__(played, dict.fromkeys(played.seats, PERSON), seed, version=VERSION)

    def bargain(self) -> None:
        super().bargain()
        shown = len(self.log)
        if self.mechanism.binding is not None:
            for arena in self.position.arenas:
                self._offer(arena, self.mechanism.binding)
        self.show(shown)

    def order(self, negotiator: Negotiator, seen: Position) -> SaveOrder:
        seat = negotiator.seat
        (arena,) = seen.arenas_of(seat)
        share = self._share_of_c(seen, seat, arena)
        if share is None:
            return super().order(negotiator, seen)
        luck = coin(seen, seat, arena, self.seed)
        return SaveOrder(seen.round, {arena.name: C if luck < share else D})

    def move(self, negotiator: Negotiator, seen: Position) -> MakeMove | None:
        if not self.mechanism.asks_mediator:
            return None
        (arena,) = seen.arenas_of(negotiator.seat)
        move = Move(MoveKind.MEDIATION, arena.name)
        objection = ruleset_of(seen).kinds.objection(seen, negotiator.seat, move)
        return MakeMove(seen.round, move) if objection is None else None

    def _share_of_c(self, seen: Position, seat: Seat, arena: Arena) -> float | None:
        """Give the chance to cooperate; None where the bot itself knows, for its pair stays."""
        corners = arena.game.corners(arena.member(seat))
        told = seen.recommendations.get(seat, {}).get(arena.name)
        if told is not None:
            return 1 - BASE if told is C else BASE
        if self.mechanism.pairing is Pairing.FIXED:
            return None
        if self.mechanism.has_record:
            return self._by_record(seen, seat, arena, corners)
        is_signed = any(seat in pact.terms.parties for pact in seen.pacts)
        return single_round(terms_with(corners, self._stake(arena)) if is_signed else corners)

    def _by_record(self, seen: Position, seat: Seat, arena: Arena, corners: Corners) -> float:
        """Answer what the other did last, to whomever, as if it had been done to oneself."""
        if not seen.history:
            return first_cooperation(corners, CONTINUATION * self.mechanism.foresees).share
        did = {who: act for x in seen.history[-1].results for who, act in x.actions.items()}
        (other,) = (x for x in arena.members if x != seat)
        return replies(0.0)[2 * (did[seat] is D) + (did[other] is D)]

    def _stake(self, arena: Arena) -> float:
        return self.mechanism.stake * critical_escrow(arena.game.corners(0))

    def _offer(self, arena: Arena, binding: Binding) -> None:
        """Let a pair sign that both cooperate this round; the pact holds if both want it."""
        first, second = arena.members
        if not self._signs(first, arena, binding):
            return
        number = self.position.round
        pledges = tuple(Pledge(seat, arena.name, C) for seat in arena.members)
        stake = self._stake(arena) if binding is Binding.ESCROW else 0.0
        terms = PactTerms(arena.members, pledges, (), 1, binding, stake)
        self.do(Propose(number, terms), Actor(Role.PLAYER, first))
        proposal = self.position.proposals[-1].number
        answer = AnswerProposal(number, proposal, self._signs(second, arena, binding))
        self.do(answer, Actor(Role.PLAYER, second))

    def _signs(self, seat: Seat, arena: Arena, binding: Binding) -> bool:
        corners = arena.game.corners(arena.member(seat))
        wants = wants_to_sign(corners, binding, self._stake(arena))
        luck = chance(self.seed, "signs", seat, self.position.round)
        return luck < (1 - BASE if wants else BASE)


def played_by_persons(scenario: Scenario, mechanism: Mechanism, seed: int) -> Figures:
    """Play one match of persons; keep its figures."""
    table = PersonsTable(scenario, mechanism, str(seed))
    log = table.play()
    reached = {pair for event in log for pair in _reached(event)}
    figures = figures_of(table.position)
    return replace(figures, reached=len(reached) / (figures.rounds * SEATS // 2))


def _reached(event: Event) -> set[tuple[int, str]]:
    """Give the round and the arenas in which an event is a signature or a mediator's word."""
    if isinstance(event, RecommendationGiven):
        return {(event.round, event.arena)}
    if isinstance(event, PactConcluded):
        return {(event.round, pledge.arena) for pledge in event.pact.terms.pledges}
    return set()
