"""Validation of the terms of a pact."""

from collections.abc import Sequence

from game_rules.errors import InvalidInput
from game_rules.roles import Seat
from game_rules.scenario.pacts import (
    LARGEST_STAKE,
    MOST_PARTIES,
    MOST_PLEDGES,
    MOST_ROUNDS,
    MOST_TRANSFERS,
    Binding,
    PactTerms,
)
from game_rules.scenario.scenario import Arena


def check_terms(terms: PactTerms, arenas: Sequence[Arena]) -> None:
    """Refuse terms that the engine cannot check or that bind nobody.

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
