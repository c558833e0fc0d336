"""Negotiators: a bot's proposals, answers and moves.

A doctrine proposes and answers by its own formulas. A classical strategy proposes nothing. It
accepts a pact that asks for what it would play this round anyway, at no cost (Assumption).
Some haggle with people: they counter what they would decline, and offer or ask for points.
"""

from collections.abc import Iterable, Iterator, Mapping

from game_rules.bots.terms_for_people import countered, has_people, offers_to_people
from game_rules.doctrines.doctrine import Doctrine
from game_rules.doctrines.seat_view import SeatView
from game_rules.log.events import Event, Phase, ProposalMade
from game_rules.log.position import Position
from game_rules.match.orders import MakeMove
from game_rules.match.pacts import AnswerProposal, CounterProposal, Propose
from game_rules.roles import Seat
from game_rules.rulesets.chosen import ruleset_of
from game_rules.scenario.moves import Move
from game_rules.scenario.pacts import PactTerms, Proposal
from game_rules.scenario.scenario import Press
from game_rules.strategies import arena_view, strategy

MOST_OFFERS = 2
"""How many proposals a bot makes in a round, at most."""

MOST_COUNTERS = 2
"""How many counter-proposals a bot makes in a round, at most."""

BargainingCommand = Propose | AnswerProposal | CounterProposal


def is_bargaining(position: Position) -> bool:
    """Tell whether pacts can be proposed and answered now."""
    is_open = position.phase in (Phase.NEGOTIATION, Phase.DECISION)
    return is_open and position.paused_at_ms is None and position.scenario.press is not Press.NONE


class Negotiator:
    """The bargaining of one bot. It remembers its proposals and answers, to repeat none.

    haggles: whether it makes people counter-proposals and offers of its own.
    """

    def __init__(self, seat: Seat, name: str, seed: str, *, haggles: bool = False) -> None:
        self.seat, self.name = seat, name
        self._bot, self._seed = strategy(name), seed
        doctrine = self._bot.doctrine
        self._haggles = haggles and doctrine is not None and doctrine.may_haggle
        self._proposed_in = 0
        self._answered: set[int] = set()
        self._countered: list[int] = []

    def hear(self, event: Event) -> None:
        """Process an event that the seat sees."""
        if isinstance(event, ProposalMade) and event.proposer == self.seat:
            self._proposed_in = event.round

    def pass_on(self, number: int) -> None:
        """Propose nothing more in a round: it was asked, and had nothing to propose."""
        self._proposed_in = number

    def forget(self) -> None:
        """Forget past proposals and answers, because the last ones did not arrive."""
        self._proposed_in = 0
        self._answered.clear()

    def answers(self, position: Position) -> tuple[AnswerProposal | CounterProposal, ...]:
        """Return an answer to every proposal that waits for one, each once."""
        said = list[AnswerProposal | CounterProposal]()
        for proposal in position.proposals:
            waits = self.seat in proposal.terms.parties and self.seat not in proposal.accepted
            if waits and proposal.number not in self._answered:
                self._answered.add(proposal.number)
                accepts = self._accepts(position, proposal.terms)
                countered = None if accepts else self._counter(position, proposal)
                plain = AnswerProposal(position.round, proposal.number, accepts)
                said.append(plain if countered is None else countered)
        return tuple(said)

    def _counter(self, position: Position, proposal: Proposal) -> CounterProposal | None:
        """Return other terms for a person, a few times a round."""
        doctrine, proposer = self._bot.doctrine, proposal.accepted[0]
        is_done = self._countered.count(position.round) >= MOST_COUNTERS
        if doctrine is None or is_done or not self._is_haggling(position, (proposer,)):
            return None
        view = SeatView(position, self.seat)
        terms = countered(view, doctrine, proposal.terms, proposer)
        if terms is None:
            return None
        self._countered.append(position.round)
        return CounterProposal(position.round, proposal.number, terms)

    def _is_haggling(self, position: Position, seats: tuple[Seat, ...]) -> bool:
        return self._haggles and has_people(position, seats)

    def proposals(self, position: Position) -> tuple[Propose, ...]:
        """Return the bot's proposals for the open round, at most two, once per round."""
        doctrine = self._bot.doctrine
        if (
            doctrine is None
            or self._proposed_in == position.round
            or not position.arenas_of(self.seat)
        ):
            return ()
        self._proposed_in = position.round
        seen = SeatView(position, self.seat)
        wanted = [terms for terms in doctrine.offers(seen) if doctrine.accepts(seen, terms)]
        if self._is_haggling(position, position.scenario.seats):
            named = {pledge.arena for terms in wanted for pledge in terms.pledges}
            more = offers_to_people(seen, doctrine)
            wanted += [terms for terms in more if terms.pledges[0].arena not in named]
        return tuple(Propose(position.round, terms) for terms in wanted[:MOST_OFFERS])

    def move(self, position: Position) -> MakeMove | None:
        """Return an allowed move of the open round; None if one is made already."""
        doctrine = self._bot.doctrine
        if doctrine is None or self.seat in position.moves or not position.scenario.moves.allowed:
            return None
        known, key = position.memory, ("move", self.seat, self.name)
        if key not in known:
            known[key] = self._chosen_move(position, doctrine)
        move = known[key]
        return None if move is None else MakeMove(position.round, move)

    def _chosen_move(self, position: Position, doctrine: Doctrine) -> Move | None:
        kinds = ruleset_of(position).kinds

        def is_allowed(move: Move) -> bool:
            return kinds.objection(position, self.seat, move) is None

        return doctrine.move(SeatView(position, self.seat), is_allowed)

    def _accepts(self, position: Position, terms: PactTerms) -> bool:
        doctrine = self._bot.doctrine
        if doctrine is not None:
            return doctrine.accepts(SeatView(position, self.seat), terms)
        if any(transfer.giver == self.seat for transfer in terms.transfers):
            return False
        arenas = {arena.name: arena for arena in position.arenas_of(self.seat)}
        return all(
            self._bot.choose(arena_view(position, self.seat, arenas[pledge.arena], self._seed))
            is pledge.action
            for pledge in terms.pledges
            if pledge.seat == self.seat
        )


def next_commands(
    negotiators: Iterable[Negotiator], positions: Mapping[Seat, Position]
) -> Iterator[tuple[Seat, BargainingCommand]]:
    """Yield the next commands: every due answer, else the next bot's proposals.

    One bot proposes at a time, so that no bot repeats another's proposal.
    """
    bots = tuple(negotiators)
    has_spoken = False
    for bot in bots:
        for answer in bot.answers(positions[bot.seat]):
            has_spoken = True
            yield bot.seat, answer
    for bot in () if has_spoken else bots:
        offers = bot.proposals(positions[bot.seat])
        if offers:
            yield from ((bot.seat, offer) for offer in offers)
            return
