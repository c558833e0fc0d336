"""What reads text from outside, as functions of bytes: each reads it, or refuses in its words."""

import json
import random
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path

from game_rules.bots.bot_match import play_bot_match
from game_rules.errors import RulesError
from game_rules.log.events import Event
from game_rules.notation.notation import read_notation, write_notation
from game_rules.records import record
from game_rules.scenario_files.scenarios import load_scenario, parse_scenario
from server.wire.frames import CLIENT_FRAME, ProtocolViolation
from server.wire.reading import read_frame

FRAMES = Path(__file__).parents[1] / "golden" / "wire" / "frames.json"
SCENARIOS = Path(record.__file__).parents[1] / "scenarios"
LARGEST = 65_536
"""No input is longer: what is too long is refused before it is read."""


def frames(raw: bytes) -> None:
    """Read a frame of a client."""
    with suppress(ProtocolViolation):
        read_frame(CLIENT_FRAME, raw)


def scenarios(raw: bytes) -> None:
    """Read a scenario file."""
    with suppress(RulesError):
        parse_scenario(raw, "fuzz.toml", "fuzz")


def notation(raw: bytes) -> None:
    """Read a match as text, which plays it; what was read can be written and read again."""
    with suppress(RulesError):
        log = read_notation(raw.decode("utf-8", "replace"))
        assert read_notation(write_notation(log)) == log


def records(raw: bytes) -> None:
    """Read and verify a record, as it is and with the hashes that it should have."""
    for text in (raw, chained(raw)):
        with suppress(RulesError):
            record.verify(record.read_record(text))


def chained(raw: bytes) -> bytes:
    """Give lines of JSON the hashes of a record: without them nothing behind is reached."""
    bodies = []
    for line in raw.splitlines():
        with suppress(ValueError, RecursionError):
            if isinstance(body := json.loads(line), dict):
                body.pop("hash", None)
                bodies.append(body)
    try:
        return "".join(record._chain(bodies)).encode()
    except (ValueError, RecursionError):  # e.g. half a surrogate: no record was written with it
        return raw


@cache
def a_log() -> tuple[Event, ...]:
    """Play a match of bots that talk."""
    scenario = load_scenario("chicken")
    return play_bot_match(scenario, dict.fromkeys(scenario.seats, "tit_for_tat"), "7")


def seeds(target: str) -> Sequence[bytes]:
    """Give good texts, from which others are made."""
    if target == "frames":
        return [text.encode() for text, *_ in json.loads(FRAMES.read_text()) if len(text) < LARGEST]
    if target == "scenarios":
        return [path.read_bytes() for path in sorted(SCENARIOS.glob("*.toml"))]
    if target == "notation":
        return [write_notation(a_log()).encode()]
    return [record.write_record(a_log(), "fuzz").encode()]


TARGETS: Mapping[str, Callable[[bytes], None]] = {
    "frames": frames,
    "records": records,
    "scenarios": scenarios,
    "notation": notation,
}
WORDS = (
    *(b'""', b"{}", b"[]", b"null", b"true", b"-1", b"0", b"1e999", b"NaN", b"99999999999999999"),
    *(b"\\ud800", b"\xff", b"\x00", b"\n", b'"', b"\xe2\x80\xae", b"[[[[[[[[", b"=", b":", b"#"),
)


def mutated(raw: bytes, other: bytes, luck: random.Random) -> bytes:
    """Change a text a little: drop, repeat, swap in a word, or a piece of another text."""
    for _ in range(luck.randint(1, 4)):
        start = luck.randint(0, len(raw))
        end = min(len(raw), start + luck.choice((0, 1, 2, 8, 40)))
        piece = raw[start:end]
        from_there = luck.randint(0, len(other))
        new = luck.choice(
            (b"", piece * 2, luck.choice(WORDS), other[from_there : from_there + len(piece) + 4])
        )
        raw = raw[:start] + new + raw[end:]
    return raw[:LARGEST]
