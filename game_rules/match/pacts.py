"""Bargaining: proposals, counterproposals and answers."""

from typing import Annotated

from game_rules.errors import InvalidInput, NotNow, PactNotAllowed, TalkNotAllowed
from game_rules.limits import Limit, RoundNumber
from game_rules.log import events as e
from game_rules.log.events import EventTuple, Phase
from game_rules.log.position import Position
from game_rules.match.command import PLAYER, Command, command
from game_rules.match.conditions import penned_seat, require_in_time, require_round, require_seat
from game_rules.roles import Actor, Seat
from game_rules.rulesets.chosen import ruleset_of
from game_rules.scenario.pact_checks import check_terms
from game_rules.scenario.pacts import Pact, PactTerms, Proposal
from game_rules.scenario.scenario import Press

MOST_PROPOSALS = 8
MOST_IN_FORCE = 500
"""Pacts of a match, so that a match takes no longer than in proportion to its log."""

ProposalNumber = Annotated[int, Limit(least=0, below=2**53)]


@command("propose", by=PLAYER)
class Propose(Command):
    """A seat proposes a pact to the other parties, and accepts it itself."""

    round: RoundNumber
    terms: PactTerms

    def answer(self, position: Position, actor: Actor, now_ms: int) -> EventTuple:
        seat = penned_seat(position, actor)
        _require_bargaining(position, self.round, now_ms)
        return (_made(position, seat, self.terms, now_ms),)


@command("counter_proposal", by=PLAYER)
class CounterProposal(Command):
    """A party that has not answered replaces a proposal by other terms."""

    round: RoundNumber
    number: ProposalNumber
    terms: PactTerms

    def answer(self, position: Position, actor: Actor, now_ms: int) -> EventTuple:
        seat = penned_seat(position, actor)
        _require_bargaining(position, self.round, now_ms)
        found = _open_to(position, self.number, seat)
        if seat in found.accepted:
            raise PactNotAllowed(f"{seat} has agreed to it; withdraw it and propose again")
        proposer = found.accepted[0]
        if proposer not in self.terms.parties:
            raise PactNotAllowed(
                f"{proposer} is no party to the answer to its own proposal; add it"
            )
        if self.terms == found.terms:
            raise PactNotAllowed("these are the terms that were proposed; accept them")
        made = _made(position, seat, self.terms, now_ms)
        parties = found.terms.parties
        countered = e.ProposalCountered(
            position.round, found.number, parties, seat, made.number, now_ms
        )
        return (countered, made)


@command("answer_proposal", by=PLAYER, makes=e.ProposalAnswered)
class AnswerProposal(Command):
    """A party accepts or declines; the proposer withdraws by declining.

    The last acceptance concludes the pact, one no ends the proposal.
    """

    round: RoundNumber
    number: ProposalNumber
    accepts: bool

    def answer(self, position: Position, actor: Actor, now_ms: int) -> EventTuple:
        seat = penned_seat(position, actor)
        _require_bargaining(position, self.round, now_ms)
        found = _open_to(position, self.number, seat)
        if self.accepts and seat in found.accepted:
            raise PactNotAllowed(f"{seat} has accepted already; wait for the others")
        parties, number = found.terms.parties, position.round
        answered = e.ProposalAnswered(number, found.number, parties, seat, self.accepts, now_ms)
        if not self.accepts or len(found.accepted) + 1 < len(parties):
            return (answered,)
        if len(position.pacts) >= MOST_IN_FORCE:
            raise PactNotAllowed(f"{MOST_IN_FORCE} pacts are in force; wait until one ends")
        pact = Pact(found.number, found.terms, number, number + found.terms.rounds - 1)
        return (answered, e.PactConcluded(number, pact, now_ms))


def _made(position: Position, seat: Seat, terms: PactTerms, now_ms: int) -> e.ProposalMade:
    """Return the event of a new proposal. Raises PactNotAllowed or SeatUnavailable."""
    if seat not in terms.parties:
        raise PactNotAllowed(f"{seat} is no party to its own proposal; make it one")
    for party in terms.parties:
        require_seat(position, party)
    try:
        check_terms(terms, position.arenas)
    except InvalidInput as problem:
        raise PactNotAllowed(str(problem)) from problem
    open_now = sum(proposal.accepted[0] == seat for proposal in position.proposals)
    if open_now >= MOST_PROPOSALS:
        raise PactNotAllowed(f"{open_now} of your proposals are open; withdraw one first")
    number = ruleset_of(position).proposal_number(position, seat)
    return e.ProposalMade(position.round, number, seat, terms, now_ms)


def _open_to(position: Position, number: int, seat: Seat) -> Proposal:
    """Find an open proposal that a seat is a party to. Raises PactNotAllowed."""
    found = next((x for x in position.proposals if x.number == number), None)
    if found is None or seat not in found.terms.parties:
        raise PactNotAllowed(f"no proposal {number} waits for {seat}; it may have lapsed")
    return found


def _require_bargaining(position: Position, number: int, now_ms: int) -> None:
    require_round(position, number)
    if position.phase not in (Phase.NEGOTIATION, Phase.DECISION):
        raise NotNow(f"pacts are for negotiation and decision; it is {position.phase.value}")
    if position.scenario.press is Press.NONE:
        raise TalkNotAllowed("this scenario is played without talk, and so without pacts")
    require_in_time(position, now_ms)
