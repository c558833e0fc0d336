"""Consequences of pacts in a round: breaches, forfeited stakes and transfers."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from game_rules.games.stage_games import Action
from game_rules.roles import Seat
from game_rules.scenario.pacts import Binding, Breach, Pact, Pledge
from game_rules.swift import swift

ActionsByArena = Mapping[str, Mapping[Seat, Action]]
"""What every member of an arena played in a round, by the arena's name."""


@swift
@dataclass(frozen=True, slots=True)
class Reckoning:
    """The result of pacts in a round: breaches, gains by seat, and the pacts afterwards.

    kept: (arena, seat) of the public pledges that were kept.
    """

    breaches: tuple[Breach, ...]
    gains: Mapping[Seat, float]
    pacts: tuple[Pact, ...]
    kept: frozenset[tuple[str, Seat]]

    @property
    def distrusted(self) -> frozenset[tuple[str, Seat]]:
        """The breaches, as (arena, seat), that cost twice the trust."""
        return frozenset(
            [(breach.arena, breach.seat) for breach in self.breaches if breach.is_public]
        )


NO_RECKONING = Reckoning((), {}, (), frozenset())
"""The result of a round without pacts."""


def pledged(pacts: Iterable[Pact], number: int, seat: Seat, arena: str) -> Pledge | None:
    """Find the pledge that binds a seat in an arena in a round; the oldest pact counts."""
    for pact in pacts:
        for pledge in pact.terms.pledges:
            if (pledge.seat, pledge.arena) == (seat, arena) and pact.binds(seat, number):
                return pledge
    return None


def executing(pacts: Iterable[Pact]) -> list[Pact]:
    """Find the pacts under which the engine plays for seats what they pledged."""
    return [pact for pact in pacts if pact.terms.binding is Binding.EXECUTED]


def reckon(pacts: Sequence[Pact], number: int, played: ActionsByArena) -> Reckoning:
    """Compare the actions of a round with the pacts: breaches, forfeits and transfers.

    A pledge is broken by the other action in an arena that was played. Its stake goes to the
    parties that the pact still owes, in equal parts. Pacts whose last round this was are dropped.
    """
    gains: dict[Seat, float] = {}
    breaches: list[Breach] = []
    kept: list[tuple[str, Seat]] = []
    after: list[Pact] = []
    for pact in pacts:
        broken = _broken(pact, number, played, kept)
        breaches += broken
        for breach in broken:
            _forfeit(pact, breach, gains)
        for transfer in pact.terms.transfers:
            if pact.binds(transfer.giver, number):
                _move(transfer.giver, (transfer.taker,), transfer.points, gains)
        if number < pact.last_round:
            breakers = tuple(dict.fromkeys([breach.seat for breach in broken])) if broken else ()
            is_same = number < pact.first_round or breakers == pact.breakers
            after.append(pact if is_same else pact.broken_by(breakers))
    return Reckoning(tuple(breaches), gains, tuple(after), frozenset(kept))


def _broken(
    pact: Pact, number: int, played: ActionsByArena, kept: list[tuple[str, Seat]]
) -> list[Breach]:
    """Find the pledges of a pact that were broken; note the public ones that were kept."""
    terms, broken = pact.terms, []
    is_public = terms.binding.is_public
    for pledge in terms.pledges:
        action = played.get(pledge.arena, _NOBODY).get(pledge.seat)
        if action is None or not pact.binds(pledge.seat, number):
            continue
        if action is not pledge.action:
            seat, arena = pledge.seat, pledge.arena
            broken.append(Breach(pact.number, terms.parties, seat, arena, terms.stake, is_public))
        elif is_public:
            kept.append((pledge.arena, pledge.seat))
    return broken


_NOBODY: Mapping[Seat, Action] = {}


def _forfeit(pact: Pact, breach: Breach, gains: dict[Seat, float]) -> None:
    if breach.forfeited:
        others = [seat for seat in pact.terms.parties if seat != breach.seat]
        _move(breach.seat, others, breach.forfeited, gains)


def _move(giver: Seat, takers: Sequence[Seat], points: float, gains: dict[Seat, float]) -> None:
    gains[giver] = gains.get(giver, 0.0) - points
    for taker in takers:
        gains[taker] = gains.get(taker, 0.0) + points / len(takers)
