"""Pacts: what seats agree on, when it binds them, and what a breach costs.

A pact names, for each party, an action in an arena, for some rounds; it may carry a transfer of
payoff and hold only while the others keep it. Source: rules section 5; for the binding levels,
Schelling 1960 on commitment and Keohane 1984 on agreements that enforce themselves.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from game_rules.errors import InvalidInput
from game_rules.games.stage_games import Action
from game_rules.roles import Seat

if TYPE_CHECKING:
    from game_rules.scenario.scenario import Arena

MOST_PARTIES, MOST_PLEDGES, MOST_TRANSFERS, MOST_ROUNDS = 12, 24, 12, 200
LARGEST_STAKE = 1000.0

Played = Mapping[str, Mapping[Seat, Action]]
"""What every member of an arena played in a round, by the arena's name."""


class Binding(StrEnum):
    """How a pact holds, weakest first.

    communique: a breach is told to the parties. treaty: it is public, and costs twice the trust.
    escrow: a stake is forfeited too. executed: the engine plays what was pledged.
    """

    COMMUNIQUE = "communique"
    TREATY = "treaty"
    ESCROW = "escrow"
    EXECUTED = "executed"

    @property
    def is_public(self) -> bool:
        """Tell whether all are shown the pact and its breaches."""
        return self is not Binding.COMMUNIQUE


@dataclass(frozen=True, slots=True)
class Pledge:
    """What one party says it will play in one arena."""

    seat: Seat
    arena: str
    action: Action


@dataclass(frozen=True, slots=True)
class Transfer:
    """Points that one party gives another in every round in which the pact binds the giver."""

    giver: Seat
    taker: Seat
    points: float


@dataclass(frozen=True, slots=True)
class PactTerms:
    """What is agreed. rounds: how many it holds for. stake: escrow of each pledge, in points.

    is_conditional: whether it binds a party only while all the others kept it last round.
    """

    parties: tuple[Seat, ...]
    pledges: tuple[Pledge, ...]
    transfers: tuple[Transfer, ...]
    rounds: int
    binding: Binding
    stake: float = 0.0
    is_conditional: bool = False


@dataclass(frozen=True, slots=True)
class Proposal:
    """Terms on the table until the round ends. accepted: who agrees so far, the proposer first."""

    number: int
    terms: PactTerms
    accepted: tuple[Seat, ...]


@dataclass(frozen=True, slots=True)
class Pact:
    """Terms in force, from a round to a round. breakers: who broke it in the last one played."""

    number: int
    terms: PactTerms
    first_round: int
    last_round: int
    breakers: tuple[Seat, ...] = ()

    def binds(self, seat: Seat, number: int) -> bool:
        """Tell whether the pact binds a party in a round.

        A conditional one lets go of whoever was let down in the round before.
        """
        if not self.first_round <= number <= self.last_round:
            return False
        return not self.terms.is_conditional or all(other == seat for other in self.breakers)


@dataclass(frozen=True, slots=True)
class Breach:
    """A pledge that was not kept. forfeited: the stake that went to the injured parties."""

    pact: int
    parties: tuple[Seat, ...]
    seat: Seat
    arena: str
    forfeited: float
    is_public: bool


@dataclass(frozen=True, slots=True)
class Reckoning:
    """What pacts made of a round: who broke what, what each seat gains by it, pacts as they are."""

    breaches: tuple[Breach, ...]
    gains: Mapping[Seat, float]
    pacts: tuple[Pact, ...]

    @property
    def distrusted(self) -> frozenset[tuple[str, Seat]]:
        """The breaches, as (arena, seat), that cost twice the trust."""
        return frozenset(
            (breach.arena, breach.seat) for breach in self.breaches if breach.is_public
        )


def check_terms(terms: PactTerms, arenas: "Sequence[Arena]") -> None:
    """Refuse terms that the engine could not check or that bind nobody.

    arenas: those in force. Raises InvalidInput naming the value, the limit and the remedy.
    """
    _check_parties(terms)
    members = {arena.name: arena.members for arena in arenas}
    taken: set[tuple[Seat, str]] = set()
    for pledge in terms.pledges:
        if pledge.seat not in members.get(pledge.arena, ()):
            raise InvalidInput(
                f"{pledge.seat} is not in {pledge.arena}; pledge an arena of its own"
            )
        if (pledge.seat, pledge.arena) in taken:
            raise InvalidInput(f"{pledge.seat} pledges {pledge.arena} twice; keep one")
        taken.add((pledge.seat, pledge.arena))
    for transfer in terms.transfers:
        if not 0 < transfer.points <= LARGEST_STAKE:
            raise InvalidInput(
                f"a transfer of {transfer.points:g}; give more than 0, at most {LARGEST_STAKE:g}"
            )
        if transfer.giver == transfer.taker:
            raise InvalidInput(f"{transfer.giver} gives to itself; name another taker")


def pledged(pacts: Iterable[Pact], number: int, seat: Seat, arena: str) -> Pledge | None:
    """Find what binds a seat in an arena in a round; the oldest pact counts."""
    for pact in pacts:
        for pledge in pact.terms.pledges:
            if (pledge.seat, pledge.arena) == (seat, arena) and pact.binds(seat, number):
                return pledge
    return None


def executed(pacts: Iterable[Pact], number: int, seat: Seat, arena: str) -> Pledge | None:
    """Find what the engine itself plays for a seat, by a pact that is executed."""
    strongest = (pact for pact in pacts if pact.terms.binding is Binding.EXECUTED)
    return pledged(strongest, number, seat, arena)


def reckon(pacts: Sequence[Pact], number: int, played: Played) -> Reckoning:
    """Hold what was played in a round against the pacts: breaches, forfeits and transfers.

    A pledge is broken by the other action in an arena that was played. Its stake goes to the
    parties that the pact still owes, in equal parts. Pacts whose last round this was are dropped.
    """
    gains: dict[Seat, float] = {}
    breaches: list[Breach] = []
    after: list[Pact] = []
    for pact in pacts:
        broken = tuple(_broken(pact, number, played))
        breaches += broken
        for breach in broken:
            _forfeit(pact, breach, gains)
        for transfer in pact.terms.transfers:
            if pact.binds(transfer.giver, number):
                _move(transfer.giver, (transfer.taker,), transfer.points, gains)
        if number < pact.last_round:
            breakers = tuple(dict.fromkeys(breach.seat for breach in broken))
            is_open = number >= pact.first_round
            after.append(replace(pact, breakers=breakers) if is_open else pact)
    return Reckoning(tuple(breaches), gains, tuple(after))


def _check_parties(terms: PactTerms) -> None:
    parties = terms.parties
    if not 2 <= len(parties) <= MOST_PARTIES or len(set(parties)) != len(parties):
        raise InvalidInput(f"{len(parties)} parties; name 2 to {MOST_PARTIES}, each once")
    named = {pledge.seat for pledge in terms.pledges}
    named |= {seat for transfer in terms.transfers for seat in (transfer.giver, transfer.taker)}
    if strangers := sorted(named - set(parties)):
        raise InvalidInput(f"{strangers[0]} is no party; make it one, or leave it out")
    if not 1 <= len(terms.pledges) <= MOST_PLEDGES or len(terms.transfers) > MOST_TRANSFERS:
        raise InvalidInput(
            f"{len(terms.pledges)} pledges and {len(terms.transfers)} transfers; give 1 to "
            f"{MOST_PLEDGES} and at most {MOST_TRANSFERS}"
        )
    if not 1 <= terms.rounds <= MOST_ROUNDS:
        raise InvalidInput(f"{terms.rounds} rounds; a pact holds for 1 to {MOST_ROUNDS}")
    is_staked = terms.binding is Binding.ESCROW
    if is_staked and not 0 < terms.stake <= LARGEST_STAKE:
        raise InvalidInput(
            f"a stake of {terms.stake:g}; escrow takes more than 0, at most {LARGEST_STAKE:g}"
        )
    if not is_staked and terms.stake:
        raise InvalidInput(f"a stake of {terms.stake:g} without escrow; leave it out")


def _broken(pact: Pact, number: int, played: Played) -> Iterable[Breach]:
    terms = pact.terms
    for pledge in terms.pledges:
        action = played.get(pledge.arena, {}).get(pledge.seat, pledge.action)
        if action is not pledge.action and pact.binds(pledge.seat, number):
            yield Breach(
                pact=pact.number,
                parties=terms.parties,
                seat=pledge.seat,
                arena=pledge.arena,
                forfeited=terms.stake,
                is_public=terms.binding.is_public,
            )


def _forfeit(pact: Pact, breach: Breach, gains: dict[Seat, float]) -> None:
    if breach.forfeited:
        others = tuple(seat for seat in pact.terms.parties if seat != breach.seat)
        _move(breach.seat, others, breach.forfeited, gains)


def _move(giver: Seat, takers: Sequence[Seat], points: float, gains: dict[Seat, float]) -> None:
    gains[giver] = gains.get(giver, 0.0) - points
    for taker in takers:
        gains[taker] = gains.get(taker, 0.0) + points / len(takers)
