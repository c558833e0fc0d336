"""What a guest of a contest sees of its match: the names of an `ArenaView`, for a pair."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from game_rules.chance import chance
from game_rules.games.corners import Corners
from game_rules.games.stage_games import Action
from game_rules.roles import Seat

_OTHER, _HALF = Seat("other"), 0.5


class OtherMember(NamedTuple):
    """The other side of a contest's match; see `MemberView`."""

    seat: Seat
    weight: float
    actions: tuple[Action, ...]
    payoffs: tuple[float, ...]


class GuestRecord:
    """One side's match so far. It grows; bots read it through views only."""

    __slots__ = ("continuation", "corners", "others", "own", "rounds", "theirs")

    def __init__(self, begun: Mapping[str, Any]) -> None:
        self.rounds: int | None = begun["rounds"]
        self.continuation: float = begun["continuation"]
        self.corners = Corners(**begun["corners"])
        self.theirs = Corners(**begun["theirs"])
        self.own: list[Action] = []
        self.others: list[Action] = []


class GuestView:
    """What `choose` is asked with: the names of an `ArenaView`, and its values in a contest."""

    __slots__ = ("_chance", "_record", "_turns")

    def __init__(self, record: GuestRecord, chance: float) -> None:
        self._record, self._turns, self._chance = record, len(record.own), chance

    @property
    def round(self) -> int:
        """The round to choose for, from 1."""
        return self._turns + 1

    @property
    def turn(self) -> int:
        """The turn of this arena: in a contest, the round."""
        return self._turns + 1

    @property
    def rounds(self) -> int | None:
        """The number of rounds; None if it is random."""
        return self._record.rounds

    @property
    def continuation(self) -> float:
        """The chance that another turn follows; 1 where rounds are known."""
        return self._record.continuation

    @property
    def own(self) -> tuple[Action, ...]:
        """This side's past actions, oldest first."""
        return tuple(self._record.own[: self._turns])

    @property
    def others(self) -> tuple[Action, ...]:
        """The other's past actions."""
        return tuple(self._record.others[: self._turns])

    @property
    def payoffs(self) -> tuple[float, ...]:
        """This side's past points."""
        return _gains(self._record.corners, self.own, self.others)

    @property
    def members(self) -> tuple[OtherMember, ...]:
        """The other member."""
        others = self.others
        return (OtherMember(_OTHER, _HALF, others, _gains(self._record.theirs, others, self.own)),)

    @property
    def weight(self) -> float:
        """This side's share of the power."""
        return _HALF

    @property
    def corners(self) -> Corners:
        """This side's payoffs."""
        return self._record.corners

    def chance(self, *labels: str | int) -> float:
        """Return a random number in [0, 1) for this turn; equal labels give equal numbers."""
        return chance(repr(self._chance), *labels) if labels else self._chance


def _gains(
    corners: Corners, mine: tuple[Action, ...], theirs: tuple[Action, ...]
) -> tuple[float, ...]:
    by_outcome = {"CC": corners.R, "CD": corners.S, "DC": corners.T, "DD": corners.P}
    return tuple(by_outcome[own + other] for own, other in zip(mine, theirs, strict=True))
