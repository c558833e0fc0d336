"""Weighing an arena over all profiles: what rules 2 has instead of the line between the corners.

The gain of C is that at the beliefs in each member, on the terms in force and through the
doctrine's lens. Source: Palfrey & Rosenthal 1984; docs/theory.md.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import fsum

from game_rules.games.corners import Corners
from game_rules.games.exact import MOST_MEMBERS
from game_rules.games.replies import gains_at_weights, worst_equilibrium
from game_rules.games.stage_games import Action, Bimatrix, C, Collective, StageGame
from game_rules.games.supergame import threat
from game_rules.lenses.expected import Expected, expected, spread
from game_rules.lenses.lensed_games import corners_seen
from game_rules.lenses.lenses import Regard
from game_rules.swift import swift

MOST_WEIGHED = 4096
"""Answers that are kept of each question: those of some hundred continuations."""

LONGEST_SHADOW = 3.0
"""How many rounds to come count at most, beside this one: what is further off is uncertain in
itself. Assumption."""


@swift
@dataclass(frozen=True, slots=True)
class Weighed:
    """What one member weighs, over all profiles.

    game, member, beliefs: as they stand. expected: utilities at these beliefs. motive: the
    strongest of this round, |gain| at the corners and at the beliefs. loss: what a defection on
    cooperators costs later; faith: f, the others' weight that is believed to cooperate. stake,
    autonomy, is_released: as in `Situation`.
    """

    game: StageGame
    member: int
    beliefs: tuple[float, ...]
    expected: Expected
    motive: float
    loss: float
    faith: float
    stake: float = 0.0
    autonomy: float = 1.0
    is_released: bool = False

    @property
    def gain(self) -> float:
        """Return E[U(C)] − E[U(D)] + f·loss + z. Source: rules section 5 for z; Oye 1985."""
        return self.expected.gain + self.faith * self.loss + self.stake

    @property
    def width(self) -> float:
        """Return the strongest motive of this round, later ones and stakes left out."""
        return self.motive

    @property
    def regrets(self) -> tuple[float, float]:
        """Return E[(−Δ)⁺] and E[Δ⁺] over all sets of cooperating others. Source: Savage 1951.

        Of payoffs alone: no doctrine with a lens goes by regret.
        """
        cases = self._cases()
        of_c = fsum([likely * -gain for likely, gain in cases if gain < 0.0])
        return of_c, fsum([likely * gain for likely, gain in cases if gain > 0.0])

    def value(self, action: Action | None) -> float:
        """Return an action's expected utility, or the better one's. Source: Oye 1985 for f·loss."""
        with_c, with_d = self.expected.with_c, self.expected.with_d - self.faith * self.loss
        if action is None:
            return max(with_c, with_d)
        return with_c if action is C else with_d

    def _cases(self) -> list[tuple[float, float]]:
        """List how likely each set of cooperating others is, and what C then gains."""
        game, member, loss, stake = self.game, self.member, self.loss, self.stake
        if isinstance(game, Bimatrix):
            corners, p = game.corners(member), self.beliefs[1 - member]
            return [(p, loss + stake - corners.greed), (1.0 - p, stake - corners.fear)]
        found, others = spread(game, member, self.beliefs), 1.0 - game.weights[member]
        rows = zip(found.weights, found.chances, _gains(game, member, found.weights), strict=True)
        return [(likely, gain + loss * weight / others + stake) for weight, likely, gain in rows]


def _gains(game: Collective, member: int, weights: list[float]) -> list[float]:
    """Return what C gains at weights of others; a game remembers it for the sets of few members."""
    if game.size > MOST_MEMBERS:
        return gains_at_weights(game, member, weights)
    found = game.memory.get((_GAINS, member))
    if found is None:
        found = game.memory[_GAINS, member] = gains_at_weights(game, member, weights)
    return found


_GAINS = "gains"


@lru_cache(maxsize=MOST_WEIGHED)
def at_beliefs(
    game: StageGame, member: int, beliefs: tuple[float, ...], own: Regard | None
) -> tuple[Expected, float, float]:
    """Return the expected utilities at some beliefs, the strongest motive, and f, the faith in the
    others.

    own: the member's weights through a lens, if it has one. Bots ask the same of a game in every
    continuation in which it has not changed. Source: Palfrey & Rosenthal 1984.
    """
    likely = expected(game, member, beliefs, own)
    corners = game.corners(member) if own is None else corners_seen(game, member, own)
    return likely, strongest_motive(corners, likely), faith_in_others(game, member, beliefs)


@lru_cache(maxsize=MOST_WEIGHED)
def loss_of_future(
    game: StageGame, member: int, discount: float, quality: float, patience: float
) -> float:
    """Return what a defection on cooperators costs later: μ·(R − V)⁺·min(3, (2q − 1)·δ/(1 − δ)).

    V is the member's worst equilibrium; among more than 12 members that of equal corners. What
    is seen with chance q is worth 2q − 1. Source: Oye 1985 (shadow of the future); Friedman 1971
    (reversion); Green & Porter 1984 (imperfect monitoring); the limit is an assumption.

    >>> from game_rules.games.stage_games import LIBRARY
    >>> loss_of_future(LIBRARY["prisoners_dilemma"], 0, 0.5, 0.75, 1.0)
    1.0
    """
    if patience == 0.0:
        return 0.0
    corners = game.corners(member)
    worst = worst_equilibrium(game, member) if game.size <= MOST_MEMBERS else threat(corners)
    lost = 0.0 if worst is None else max(0.0, corners.R - worst)
    rounds = discount / (1.0 - discount) * max(0.0, 2.0 * quality - 1.0)
    return patience * lost * min(LONGEST_SHADOW, rounds)


def strongest_motive(corners: Corners, expected: Expected) -> float:
    """Return the largest of |G|, |F| and the gain at the beliefs. Source: rules section 2.

    Between the corners a member may be needed, and then gains more than at either.
    """
    return max(abs(corners.greed), abs(corners.fear), abs(expected.gain))


def faith_in_others(game: StageGame, member: int, beliefs: Sequence[float]) -> float:
    """Return f: the share of the others' weight that is believed to cooperate.

    Source: rules section 2.
    """
    is_pair = isinstance(game, Bimatrix)
    weights = [game.weight(j) for j in range(game.size)] if is_pair else game.weights
    held = fsum([weights[j] * p for j, p in enumerate(beliefs) if j != member])
    return held / fsum([x for j, x in enumerate(weights) if j != member])
