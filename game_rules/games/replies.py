"""A member's whole reply pattern: what C gains over D in every case, and what follows from it.

Between the corners, in which all others do the same, a member of an arena with a threshold may be
needed or not. So names, tipping points, z* and δ* are read here from all 2ⁿ⁻¹ sets of cooperating
others. Source: Taylor & Ward 1982; Palfrey & Rosenthal 1984; Diekmann 1985.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from math import fsum

from game_rules.errors import InvalidInput
from game_rules.games.equilibria import pure_equilibria
from game_rules.games.exact import MOST_MEMBERS, Playable, profiles
from game_rules.games.stage_games import Action, C, Collective, D, paid_to

_NOTHING = 1e-12

_NEAR = 1e-9
"""Sums of payoffs that differ by less, beside the payoffs, are the same."""


class ReplyClass(StrEnum):
    """What a member is in, by its whole reply pattern.

    defect_dominates: R = P without a constant sum. volunteers_dilemma: C pays only where one's own
    share tips it. harmony_with_a_gap: C at both corners, and not always between.
    """

    INDIFFERENT = "indifferent"
    PRISONERS_DILEMMA = "prisoners_dilemma"
    CONSTANT_SUM = "constant_sum"
    DEFECT_DOMINATES = "defect_dominates"
    DEADLOCK = "deadlock"
    HARMONY = "harmony"
    VOLUNTEERS_DILEMMA = "volunteers_dilemma"
    STAG_HUNT = "stag_hunt"
    CHICKEN = "chicken"
    BATTLE_OF_THE_SEXES = "battle_of_the_sexes"
    HARMONY_WITH_A_GAP = "harmony_with_a_gap"


@dataclass(frozen=True, slots=True)
class Case:
    """A set of cooperating others, by how many they are, and what C then gains over D."""

    cooperating: int
    gain: float


def cases(game: Playable, member: int) -> tuple[Case, ...]:
    """List what C gains over D, Δ(S), for every set of cooperating others, all of them first.

    Raises InvalidInput for more members than can be tried (`exact.MOST_MEMBERS`).

    >>> from game_rules.games.stage_games import LIBRARY
    >>> [case.gain for case in cases(LIBRARY["stag_hunt"], 0)]
    [1.0, -2.0]
    """
    others = game.size - 1
    return tuple(
        Case(others - place.bit_count(), gain) for place, gain in enumerate(_gains(game, member))
    )


def reply_class(game: Playable, member: int) -> ReplyClass:
    """Name a member's situation from the whole pattern. Source: Taylor & Ward 1982.

    >>> from game_rules.games.stage_games import LIBRARY
    >>> [reply_class(LIBRARY[name], 0).value for name in ("zero_sum", "deadlock", "chicken")]
    ['constant_sum', 'deadlock', 'chicken']
    """
    gains = _gains(game, member)
    has_up, has_down = max(gains) > _NOTHING, min(gains) < -_NOTHING
    if not has_up and not has_down:
        return ReplyClass.INDIFFERENT
    if not has_up:
        return _defectors_class(game, member)
    return _mixed_class(game, member) if has_down else ReplyClass.HARMONY


def curve(game: Playable, member: int) -> tuple[float, ...]:
    """Return the sums of Δ over all sets of k cooperating others, for k from 0 up.

    What C gains at a belief p in each other is Σ p^k·(1 − p)^(n − 1 − k) times these.
    Source: Palfrey & Rosenthal 1984 (binomial beliefs).
    """
    sums = [0.0] * game.size
    for case in cases(game, member):
        sums[case.cooperating] += case.gain
    return tuple(sums)


def gain_at(sums: Sequence[float], belief: float) -> float:
    """Return what C gains over D at one belief in each of the others; see `curve`.

    Source: Palfrey & Rosenthal 1984.
    """
    whole, most = 0.0, len(sums) - 1
    for k, each in enumerate(sums):
        whole += each * power(belief, k) * power(1.0 - belief, most - k)
    return whole


def critical_escrow_of_all(game: Playable, member: int) -> float:
    """Return z*: with more than this in escrow C is dominant in all cases.

    max(0, max over S of −Δ(S)). Of more than 12 members it is a bound: the largest over every
    weight that the others could have. Source: rules section 5 (binding ladder).

    >>> from game_rules.games.stage_games import LIBRARY
    >>> critical_escrow_of_all(LIBRARY["prisoners_dilemma"], 0)
    2.0
    """
    if isinstance(game, Collective):
        return _escrow_of_collective(game, member)
    return max(0.0, max(-case.gain for case in cases(game, member)))


@lru_cache(maxsize=1024)
def _escrow_of_collective(game: Collective, member: int) -> float:
    if game.size > MOST_MEMBERS:
        return max(0.0, *_losses_anywhere(game, member))
    return max(0.0, max(-case.gain for case in cases(game, member)))


def worst_equilibrium(game: Playable, member: int) -> float | None:
    """Return V, a member's least payoff in a pure equilibrium; None where there is none.

    Source: Friedman 1971 (reversion to an equilibrium).

    >>> from game_rules.games.stage_games import LIBRARY
    >>> worst_equilibrium(LIBRARY["chicken"], 0)
    1.0
    """
    if isinstance(game, Collective):
        return _worst_of_all(game)[member]
    found = pure_equilibria(game)
    return min((game.payoffs(each)[member] for each in found), default=None)


def critical_discount_in_fog(game: Playable, member: int, quality: float) -> float | None:
    """Return δ* of grim trigger on a public signal, every action seen right with this chance.

    G/(q^(n − 1)·(q·G + (2q − 1)·(R − V))): 0 without greed; None where no patience is enough.
    Source: Green & Porter 1984; docs/theory.md.

    >>> from game_rules.games.stage_games import LIBRARY
    >>> found = [critical_discount_in_fog(LIBRARY["prisoners_dilemma"], 0, q) for q in (1, 0.9)]
    >>> [round(each, 3) for each in found], critical_discount_in_fog(LIBRARY["stag_hunt"], 0, 1)
    ([0.5, 0.654], 0.0)
    """
    corners = game.corners(member)
    if corners.greed <= _NOTHING:
        return 0.0
    worst = worst_equilibrium(game, member)
    if worst is None or worst >= corners.R - _NOTHING:
        return None
    told = quality * corners.greed + (2.0 * quality - 1.0) * (corners.R - worst)
    needed = power(quality, game.size - 1) * told
    return corners.greed / needed if corners.greed <= needed else None


def _gains(game: Playable, member: int) -> list[float]:
    """List Δ(S) in the order of `cases`."""
    if isinstance(game, Collective):
        others = (*game.weights[:member], *game.weights[member + 1 :])
        return gains_at_weights(game, member, _sums_of_sets(others))
    return [_gain(game, member, others) for others in profiles(game.size - 1)]


def _gain(game: Playable, member: int, others: Sequence[Action]) -> float:
    with_c = (*others[:member], C, *others[member:])
    with_d = (*others[:member], D, *others[member:])
    return game.payoffs(with_c)[member] - game.payoffs(with_d)[member]


def gain_at_weight(game: Collective, member: int, others: float) -> float:
    """Return Δ where others of so much weight cooperate; it depends on nothing else.

    Source: Taylor & Ward 1982; rules section 2 for the payoffs.

    >>> from game_rules.games.stage_games import Terms, collective
    >>> gain_at_weight(collective((1, 1), Terms(4, 1, 1, 1, 0, 0), 1.0), 0, 0.5)
    2.0
    """
    return gains_at_weights(game, member, (others,))[0]


def gains_at_weights(game: Collective, member: int, held: Iterable[float]) -> list[float]:
    """Return Δ for each of some weights of others. Source: as `gain_at_weight`."""
    terms, own, least = game.terms[member], game.weights[member], game.least_weight
    gains = []
    for others in held:
        together = others + own
        with_c = paid_to(terms, own, C, together, together if together >= least else 0.0)
        with_d = paid_to(terms, own, D, others, others if others >= least else 0.0)
        gains.append(with_c - with_d)
    return gains


@lru_cache(maxsize=128)
def _sums_of_sets(each: tuple[float, ...]) -> tuple[float, ...]:
    """Add up every set, all of them first and none last, as profiles are listed."""
    if len(each) >= MOST_MEMBERS:
        raise InvalidInput(f"{len(each) + 1} members; up to {MOST_MEMBERS} have every case tried")
    sums = [0.0]
    for one in reversed(each):
        sums = [one + x for x in sums] + sums
    return tuple(sums)


@lru_cache(maxsize=512)
def _worst_of_all(game: Collective) -> tuple[float | None, ...]:
    """Return V of every member: profiles from which nobody gains by leaving are sought by weight.

    Member after member, those are left out of which it would leave.
    """
    if game.size > MOST_MEMBERS:
        raise InvalidInput(f"{game.size} members; up to {MOST_MEMBERS} have every case tried")
    sums = [0.0]
    for one in game.weights:
        sums = sums + [x + one for x in sums]
    stable = list(range(len(sums)))
    for member, weight in enumerate(game.weights):
        bit, kept = 1 << member, []
        held = [sums[mask] - weight if mask & bit else sums[mask] for mask in stable]
        for mask, gain in zip(stable, gains_at_weights(game, member, held), strict=True):
            is_c = mask & bit
            if (gain if is_c else -gain) >= -_NOTHING:
                kept.append(mask)
        stable = kept
    return tuple(
        min(
            (game.payoff(member, C if mask >> member & 1 else D, sums[mask]) for mask in stable),
            default=None,
        )
        for member in range(game.size)
    )


def _defectors_class(game: Playable, member: int) -> ReplyClass:
    corners = game.corners(member)
    if abs(corners.R - corners.P) <= _NOTHING:
        is_constant = _has_constant_sum(game)
        return ReplyClass.CONSTANT_SUM if is_constant else ReplyClass.DEFECT_DOMINATES
    is_dilemma = corners.R > corners.P
    return ReplyClass.PRISONERS_DILEMMA if is_dilemma else ReplyClass.DEADLOCK


def _has_constant_sum(game: Playable) -> bool:
    """Tell whether all members together are paid the same in every profile."""
    paid = [game.payoffs(profile) for profile in profiles(game.size)]
    sums, size = [fsum(each) for each in paid], max(abs(x) for each in paid for x in each)
    return max(sums) - min(sums) <= _NEAR * size


def _mixed_class(game: Playable, member: int) -> ReplyClass:
    corners = game.corners(member)
    greed, fear = corners.greed, corners.fear
    if greed > _NOTHING and fear > _NOTHING:
        return ReplyClass.VOLUNTEERS_DILEMMA
    if greed <= _NOTHING and fear >= -_NOTHING:
        return ReplyClass.STAG_HUNT
    if greed >= -_NOTHING:
        is_chicken = corners.R >= corners.S
        return ReplyClass.CHICKEN if is_chicken else ReplyClass.BATTLE_OF_THE_SEXES
    return ReplyClass.HARMONY_WITH_A_GAP


def _losses_anywhere(game: Collective, member: int) -> Iterator[float]:
    """Yield −Δ at the ends of each stretch on which it is linear in the others' weight.

    Below θ − w nothing is produced either way, from there to θ only with the member's own share.
    """
    terms, own = game.terms[member], game.weights[member]
    others = 1.0 - own
    tips, stands = max(0.0, min(others, game.theta - own)), max(0.0, min(others, game.theta))
    stretches = (
        (0.0, tips, False, False),
        (tips, stands, True, False),
        (stands, others, True, True),
    )
    for low, high, is_made_with, is_made_without in stretches:
        for weight in (low, high):
            faith = weight / others
            made_with = weight + own if is_made_with else 0.0
            made_without = weight if is_made_without else 0.0
            with_c = terms.b * made_with - terms.c - terms.e * (1.0 - faith)
            with_d = terms.sigma * terms.b * made_without + terms.g * faith
            yield with_d - terms.d * (1.0 - faith) - with_c


def power(base: float, times: int) -> float:
    """Multiply a number with itself, the same on every machine.

    >>> power(0.5, 3)
    0.125
    """
    product = 1.0
    for _ in range(times):
        product *= base
    return product
