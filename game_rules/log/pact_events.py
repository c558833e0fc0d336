"""Events of bargaining. `events` has the union of all event types."""

from dataclasses import dataclass
from typing import ClassVar

from game_rules.roles import Seat
from game_rules.scenario.pacts import Pact, PactTerms


@dataclass(frozen=True, slots=True)
class ProposalMade:
    """A seat proposes terms to the other parties; they lapse when the next round opens.

    number: what the proposal, and the pact that may come of it, is known by.
    """

    type: ClassVar[str] = "proposal_made"
    round: int
    number: int
    proposer: Seat
    terms: PactTerms
    at_ms: int


@dataclass(frozen=True, slots=True)
class ProposalAnswered:
    """A party accepts or declines (the proposer: withdraws); one refusal ends it."""

    type: ClassVar[str] = "proposal_answered"
    round: int
    number: int
    parties: tuple[Seat, ...]
    seat: Seat
    accepts: bool
    at_ms: int


@dataclass(frozen=True, slots=True)
class ProposalCountered:
    """A party that has not answered ends a proposal with other terms, in the next event.

    counter: the number that those go by.
    """

    type: ClassVar[str] = "proposal_countered"
    round: int
    number: int
    parties: tuple[Seat, ...]
    seat: Seat
    counter: int
    at_ms: int


@dataclass(frozen=True, slots=True)
class PactConcluded:
    """The last party has accepted; the pact binds from this round on."""

    type: ClassVar[str] = "pact_concluded"
    round: int
    pact: Pact
    at_ms: int
