"""Breaches named by their effect, and by whether they were planned.

A breach is compared with the pledge kept, all else as it was played, by the exact payoffs of its
arena: what the breaker gained, and what the other parties did. The four names are those of the
taxonomy of Cheap Talk, Empty Promise (arXiv 2604.04782, 2026). Stakes are not counted: they are the
price of the word, not what came of the act.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from game_rules.continuations.trunk import Trunk
from game_rules.games.stage_games import Action
from game_rules.log.events import (
    Event,
    ForecastSaved,
    OrderSaved,
    PactConcluded,
    ProposalAnswered,
    ProposalMade,
)
from game_rules.roles import Seat
from game_rules.scenario.pacts import Breach


class BreachEffect(StrEnum):
    """The effect of a breach.

    win_win: nobody lost. selfish: the breaker gained, and the others lost. altruistic: the breaker
    lost, and the others did not. sabotage: the others lost, and the breaker gained nothing.
    """

    WIN_WIN = "win_win"
    SELFISH = "selfish"
    ALTRUISTIC = "altruistic"
    SABOTAGE = "sabotage"


@dataclass(frozen=True, slots=True)
class JudgedBreach:
    """A breach of a round. own, others: points that the breaker, and the other parties, gained.

    is_planned: whether a draft or a forecast of the breaker said so before it gave its word.
    """

    round: int
    breach: Breach
    own: float
    others: float
    is_planned: bool

    @property
    def effect(self) -> BreachEffect:
        """The name of the effect."""
        return effect_of(self.own, self.others)


def effect_of(own: float, others: float) -> BreachEffect:
    """Name the effect of a breach by what it brought. Source: the taxonomy of 2026 above.

    >>> effect_of(1, -2).value, effect_of(0, -2).value, effect_of(-1, 0).value
    ('selfish', 'sabotage', 'altruistic')
    """
    if others < 0:
        return BreachEffect.SELFISH if own > 0 else BreachEffect.SABOTAGE
    return BreachEffect.ALTRUISTIC if own < 0 else BreachEffect.WIN_WIN


def breaches_of(trunk: Trunk) -> Iterator[JudgedBreach]:
    """Judge every breach of a match, in their order."""
    for resolved in trunk.last.history:
        before = trunk.before(trunk.resolution_of(resolved.round))
        arenas = {arena.name: arena for arena in before.arenas}
        results = {result.arena: result for result in resolved.results}
        for breach in resolved.breaches:
            arena, result = arenas[breach.arena], results[breach.arena]
            member = arena.member(breach.seat)
            profile = tuple(result.actions[seat] for seat in arena.members)
            played = profile[member]
            kept = (*profile[:member], played.other, *profile[member + 1 :])
            brought = {
                seat: broken - whole
                for seat, broken, whole in zip(
                    arena.members,
                    map(float, arena.game.payoffs(profile)),
                    map(float, arena.game.payoffs(kept)),
                    strict=True,
                )
            }
            others = sum(x for seat, x in brought.items() if _is_other(breach, seat))
            is_planned = _was_meant(trunk.log, breach, played)
            yield JudgedBreach(resolved.round, breach, brought[breach.seat], others, is_planned)


def _is_other(breach: Breach, seat: Seat) -> bool:
    return seat != breach.seat and seat in breach.parties


def _was_meant(log: tuple[Event, ...], breach: Breach, played: Action) -> bool:
    """Tell whether the last plan of the breaker before its word was what it did, not its pledge."""
    plans: dict[type, Action | None] = {}
    number = _round_of_word(log, breach)
    for event in log:
        match event:
            case ProposalMade(number=it, proposer=seat) if (it, seat) == (breach.pact, breach.seat):
                return played in plans.values()
            case ProposalAnswered(number=it, seat=seat) if (it, seat) == (breach.pact, breach.seat):
                return played in plans.values()
            case OrderSaved(round=at, seat=seat) if (at, seat) == (number, breach.seat):
                plans[OrderSaved] = event.actions.get(breach.arena)
            case ForecastSaved(round=at, seat=seat, arena=arena) if (at, seat, arena) == (
                number,
                breach.seat,
                breach.arena,
            ):
                plans[ForecastSaved] = event.actions.get(breach.seat)
    return False


def _round_of_word(log: tuple[Event, ...], breach: Breach) -> int | None:
    """Find the round in which a pact was concluded; None for one that the scenario gives."""
    concluded = (x for x in log if isinstance(x, PactConcluded) and x.pact.number == breach.pact)
    found = next(concluded, None)
    return None if found is None else found.round
