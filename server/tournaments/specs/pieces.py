"""The pieces of a tournament: each is played by a pure function and returned as bytes.

Threads, processes, other machines and the database all carry bytes alike.
"""

import json
import zlib
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from game_rules.contests.loop import Fault

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_FAST = 1


@dataclass(frozen=True, slots=True)
class Piece:
    """Matches (or meetings, or everything) from first to last - 1. turns: an estimate."""

    number: int
    first: int
    last: int
    turns: float


def pack_json(document: Any) -> bytes:
    """Write a JSON document compactly."""
    return zlib.compress(json.dumps(document, separators=(",", ":")).encode(), _FAST)


def unpack_json(packed: bytes) -> Any:
    """Read it back."""
    return json.loads(zlib.decompress(packed))


def pack_counts(counts: "NDArray[np.int32]", faults: tuple[Fault, ...]) -> bytes:
    """Write counted outcomes, one row per match, with as few bytes per number as possible."""
    import numpy as np

    kind = np.min_scalar_type(int(counts.max(initial=0)))
    head = {"kind": kind.str, "faults": [asdict(fault) for fault in faults]}
    line = json.dumps(head, separators=(",", ":")).encode() + b"\n"
    return zlib.compress(line + counts.astype(kind).tobytes(), _FAST)


def unpack_counts(packed: bytes) -> "tuple[NDArray[np.int32], tuple[Fault, ...]]":
    """Read them back."""
    import numpy as np

    line, _, rows = zlib.decompress(packed).partition(b"\n")
    head = json.loads(line)
    counts = np.frombuffer(rows, head["kind"]).reshape(-1, 4).astype(np.int32)
    return counts, tuple(Fault(**fault) for fault in head["faults"])
