"""The pieces of a tournament: each is played by a pure function and returned as bytes.

Threads, processes, other machines and the database all carry bytes alike.
"""

import json
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING, Any

from game_rules.contests.contest import Contest
from game_rules.contests.loop import Fault

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_FAST = 1
_D = ord("D")


@dataclass(frozen=True, slots=True)
class Piece:
    """Matches (or meetings, or everything) from first to last - 1. turns: an estimate.

    stage: it waits until all pieces of lower stages are played. pairs: of a knockout, who meets in
    its ties. spent: what guests have spent of their time before, by name.
    """

    number: int
    first: int
    last: int
    turns: float
    stage: int = 0
    pairs: tuple[tuple[int, int], ...] = field(default=(), compare=False)
    spent: Mapping[str, tuple[float, float]] = field(default_factory=dict, compare=False)

    def part(self, first: int, last: int) -> "Piece":
        """Return the part from one match to another, called by its first match."""
        turns = self.turns * (last - first) / (self.last - self.first)
        return replace(self, number=first, first=first, last=last, turns=turns)


@dataclass(frozen=True, slots=True)
class Table:
    """A contest of some of the entrants. places: theirs. first: the number of its first match."""

    contest: Contest
    places: Sequence[int]
    first: int


def played_to(piece: Piece, packed: bytes) -> int:
    """Return the match at which a piece in which guests play was handed back."""
    return piece.first + len(unpack_counts(packed).counts)


def pack_json(document: Any) -> bytes:
    """Write a JSON document compactly."""
    return zlib.compress(json.dumps(document, separators=(",", ":")).encode(), _FAST)


def unpack_json(packed: bytes) -> Any:
    """Read it back."""
    return json.loads(zlib.decompress(packed))


@dataclass(frozen=True, slots=True)
class PlayedPiece:
    """The result of a piece. counts: one row per match, the number of CC, CD, DC and DD.

    spent: what guests spent, by name. actions: both sides' actions of matches in which guests
    played, by the number of the match. pairs: of a knockout, who met in its ties.
    """

    counts: "NDArray[np.int32]"
    faults: tuple[Fault, ...] = ()
    spent: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    actions: Mapping[int, tuple[str, str]] = field(default_factory=dict)
    pairs: tuple[tuple[int, int], ...] = ()


def pack_counts(played: PlayedPiece) -> bytes:
    """Write a piece with as few bytes per number as possible; an action takes one bit."""
    import numpy as np

    counts = played.counts
    kind = np.min_scalar_type(int(counts.max(initial=0)))
    head: dict[str, Any] = {"kind": kind.str, "faults": [asdict(fault) for fault in played.faults]}
    if played.spent:
        head |= {"spent": played.spent}
    if played.pairs:
        head |= {"pairs": played.pairs}
    if played.actions:
        lengths = [[match, len(rows)] for match, (rows, _) in played.actions.items()]
        head |= {"rows": len(counts), "actions": lengths}
    line = json.dumps(head, separators=(",", ":")).encode() + b"\n"
    letters = "".join(row + column for row, column in played.actions.values())
    bits = np.packbits(np.frombuffer(letters.encode(), np.uint8) == _D)
    return zlib.compress(line + counts.astype(kind).tobytes() + bits.tobytes(), _FAST)


def unpack_counts(packed: bytes) -> PlayedPiece:
    """Read it back."""
    import numpy as np

    head, rest = _split(packed)
    count = 4 * head["rows"] if "rows" in head else -1
    counts = np.frombuffer(rest, head["kind"], count).reshape(-1, 4).astype(np.int32)
    return PlayedPiece(
        counts=counts,
        faults=tuple(Fault(**fault) for fault in head["faults"]),
        spent={name: tuple(seconds) for name, seconds in head.get("spent", {}).items()},
        actions=_actions(head.get("actions", ()), rest[len(counts) * 4 * _size(head["kind"]) :]),
        pairs=tuple((first, second) for first, second in head.get("pairs", ())),
    )


def _split(packed: bytes) -> tuple[dict[str, Any], bytes]:
    line, _, rest = zlib.decompress(packed).partition(b"\n")
    return json.loads(line), rest


def _size(kind: str) -> int:
    import numpy as np

    return np.dtype(kind).itemsize


def _actions(lengths: Iterable[tuple[int, int]], bits: bytes) -> dict[int, tuple[str, str]]:
    import numpy as np

    letters = np.where(np.unpackbits(np.frombuffer(bits, np.uint8)), "D", "C")
    found, at = {}, 0
    for match, turns in lengths:
        sides = letters[at : at + turns], letters[at + turns : at + 2 * turns]
        found[match] = "".join(sides[0]), "".join(sides[1])
        at += 2 * turns
    return found
