"""A contest: its entrants, pairings, game, match length, noise and seed."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from functools import cached_property

from game_rules.chance import chance
from game_rules.errors import InvalidInput
from game_rules.games.stage_games import Bimatrix
from game_rules.strategies import Strategy, strategy
from game_rules.strategies.kit.draws import mix

LEAST_END_CHANCE = 1e-6
"""A match without a maximum length lasts a million turns on average at most."""


@dataclass(frozen=True)
class Contest:
    """A round robin: all entrants meet each other in a two-player game.

    entrants: an entrant that is named twice also meets itself. turns: the length of a match, or
    its maximum if continuation is below 1 (None: no limit). continuation: the probability of
    another turn. noise: the probability that an action is flipped. repetitions: matches per pair.
    has_self_play: whether each entrant also meets itself. pairs: the only pairs that meet, as
    indices of entrants; None for all. seed: of all random numbers.
    """

    game: Bimatrix
    entrants: tuple[Strategy, ...]
    turns: int | None = 200
    continuation: float = 1.0
    noise: float = 0.0
    repetitions: int = 1
    seed: str = "0"
    has_self_play: bool = True
    pairs: tuple[tuple[int, int], ...] | None = None

    def __post_init__(self) -> None:
        _check_numbers(self)
        if not self.entrants:
            raise InvalidInput("0 entrants; a contest needs at least 1")
        bad = [p for pair in self.pairs or () for p in pair if not 0 <= p < len(self.entrants)]
        if bad:
            raise InvalidInput(f"entrant {bad[0]}; places go from 0 to {len(self.entrants) - 1}")
        if not self.meetings:
            raise InvalidInput("nobody meets anybody; add entrants or allow self-play")

    def __getstate__(self) -> dict:
        """Pickle the fields only: cached properties are computed again."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    @property
    def is_symmetric(self) -> bool:
        """Tell whether both sides of the game have the same payoffs, so one order is enough."""
        return self.game.row == self.game.column

    @property
    def rounds(self) -> int | None:
        """The number of rounds that the entrants know; None if it is random."""
        return self.turns if self.continuation == 1 else None

    @cached_property
    def meetings(self) -> tuple[tuple[int, int], ...]:
        """The pairs that meet, as (row, column) indices; their order numbers the matches.

        In an asymmetric game each pair meets in both orders.
        """
        everyone = range(len(self.entrants))
        pairs = self.pairs
        if pairs is None:
            pairs = tuple((i, j) for i in everyone for j in everyone if i <= j)
        chosen = [(i, j) for i, j in pairs if i != j or self.has_self_play]
        if self.is_symmetric:
            return tuple(chosen)
        return tuple(
            order for i, j in chosen for order in ([(i, j), (j, i)] if i != j else [(i, i)])
        )

    @property
    def match_count(self) -> int:
        """The number of matches."""
        return len(self.meetings) * self.repetitions

    @cached_property
    def key(self) -> int:
        """The 64-bit key of all random numbers of the contest."""
        return mix(int(chance(self.seed, "contest") * 2.0**53))

    def seats_of(self, match: int) -> tuple[int, int]:
        """Return the indices of a match's row and column; matches count from 0."""
        return self.meetings[match // self.repetitions]

    def repetition_of(self, match: int) -> int:
        """Return the repetition of a match within its meeting, from 0."""
        return match % self.repetitions

    def expected_turns(self) -> float:
        """Return the mean length of a match, in turns."""
        if self.continuation == 1:
            assert self.turns is not None, "checked when made"
            return float(self.turns)
        endless = 1 / (1 - self.continuation)
        return endless if self.turns is None else endless * (1 - self.continuation**self.turns)


def round_robin(game: Bimatrix, names: Sequence[str], **settings) -> Contest:
    """Build a contest in which the named strategies all meet each other.

    settings: the other fields of a contest. Raises UnknownStrategy, and InvalidInput for a setting
    out of range.
    """
    return Contest(game, tuple(strategy(name) for name in names), **settings)


def _check_numbers(contest: Contest) -> None:
    if not 0 <= contest.noise <= 1:
        raise InvalidInput(f"noise {contest.noise}; it is a chance, from 0 to 1")
    if contest.turns is not None and contest.turns < 1:
        raise InvalidInput(f"{contest.turns} turns; a match needs at least 1")
    if contest.repetitions < 1:
        raise InvalidInput(f"{contest.repetitions} repetitions; play at least 1")
    if not 0 <= contest.continuation <= 1:
        raise InvalidInput(f"continuation {contest.continuation}; it is a chance, from 0 to 1")
    if contest.turns is None and contest.continuation > 1 - LEAST_END_CHANCE:
        raise InvalidInput(
            f"continuation {contest.continuation} without turns; "
            f"give turns, or at most {1 - LEAST_END_CHANCE}"
        )
