"""The common interface of strategies: a generator that gets outcomes and yields actions."""

from collections.abc import Callable, Generator, Iterable
from dataclasses import dataclass, field

from game_rules.games.corners import Corners
from game_rules.games.stage_games import Action, C

Play = Generator[Action, tuple[Action, Action], None]
"""One side of a match: yields what it means to do, is sent (own, other) as executed."""


@dataclass(frozen=True, slots=True)
class Conditions:
    """The information of one side before a match.

    corners: its four payoffs. rounds: how many are played; None where chance may end the match.
    draw: its own seeded chance, a number in [0, 1) for a turn (from 1), or for the nth of a turn.
    theirs: the other's four payoffs, where there is one other. continuation: the chance that
    another turn follows; 1 where rounds are known. noise: the chance that an action is flipped.
    """

    corners: Corners
    rounds: int | None
    draw: Callable[..., float] = field(repr=False, compare=False)
    theirs: Corners | None = None
    continuation: float = 1.0
    noise: float = 0.0

    def is_final(self, turn: int, last: int = 1) -> bool:
        """Tell whether a turn is known to be among the last ones."""
        return self.rounds is not None and turn > self.rounds - last


def payoff(corners: Corners, own: Action, other: Action) -> float:
    """Return the payoff of one side in a round of two.

    >>> payoff(Corners(T=5, R=3, P=1, S=0), Action.D, Action.C)
    5
    """
    if own is C:
        return corners.R if other is C else corners.S
    return corners.T if other is C else corners.P


def next_action(play: Play, past: Iterable[tuple[Action, Action]]) -> Action:
    """Replay past outcomes to a new play, and return its next action."""
    action = next(play)
    for outcome in past:
        action = play.send(outcome)
    return action
