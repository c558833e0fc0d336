"""Negotiators: a bot's proposals, answers and moves.

A doctrine proposes and answers by its own formulas. A classical strategy proposes nothing. It
accepts a pact that asks for what it would play this round anyway, at no cost (Assumption).
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

from game_rules.doctrines.seat_view import SeatView
from game_rules.log.events import Event, Phase, ProposalMade
from game_rules.log.position import Position
from game_rules.match.orders import MakeMove
from game_rules.match.pacts import AnswerProposal, Propose
from game_rules.roles import Seat
from game_rules.rulesets.chosen import ruleset_of
from game_rules.scenario.moves import Move
from game_rules.scenario.pacts import PactTerms
from game_rules.scenario.scenario import Press
from game_rules.strategies import arena_view, strategy

MOST_OFFERS = 2
"""How many proposals a bot makes in a round, at most."""

BargainingCommand = Propose | AnswerProposal


def is_bargaining(position: Position) -> bool:
    """Tell whether pacts can be proposed and answered now."""
    is_open = position.phase in (Phase.NEGOTIATION, Phase.DECISION)
    return is_open and position.paused_at_ms is None and position.scenario.press is not Press.NONE


class Negotiator:
    """The bargaining of one bot. It remembers its proposals and answers, to repeat none."""

    def __init__(self, seat: Seat, name: str, seed: str) -> None:
        self.seat, self.name = seat, name
        self._bot, self._seed = strategy(name), seed
        self._proposed_in = 0
        self._answered: set[int] = set()

    def hear(self, event: Event) -> None:
        """Process an event that the seat sees."""
        if isinstance(event, ProposalMade) and event.proposer == self.seat:
            self._proposed_in = event.round

    def forget(self) -> None:
        """Forget past proposals and answers, because the last ones did not arrive."""
        self._proposed_in = 0
        self._answered.clear()

    def answers(self, position: Position) -> tuple[AnswerProposal, ...]:
        """Return an answer to every proposal that waits for one, each once."""
        said = []
        for proposal in position.proposals:
            waits = self.seat in proposal.terms.parties and self.seat not in proposal.accepted
            if waits and proposal.number not in self._answered:
                self._answered.add(proposal.number)
                accepts = self._accepts(position, proposal.terms)
                said.append(AnswerProposal(position.round, proposal.number, accepts))
        return tuple(said)

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
        wanted = (terms for terms in doctrine.offers(seen) if doctrine.accepts(seen, terms))
        return tuple(Propose(position.round, terms) for terms in islice(wanted, MOST_OFFERS))

    def move(self, position: Position) -> MakeMove | None:
        """Return an allowed move of the open round; None if one is made already."""
        doctrine = self._bot.doctrine
        if doctrine is None or self.seat in position.moves or not position.scenario.moves.allowed:
            return None
        kinds = ruleset_of(position).kinds

        def is_allowed(move: Move) -> bool:
            return kinds.objection(position, self.seat, move) is None

        move = doctrine.move(SeatView(position, self.seat), is_allowed)
        return None if move is None else MakeMove(position.round, move)

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
