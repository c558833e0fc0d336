"""Strict reading of JSON from outside, including a check for duplicate keys.

The validator is faster than Python's own reader, but it takes the last of two values with the same
key, and nobody can know which one was meant. So valid text is read once more, for keys alone (4 µs
per frame).
"""

import json
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from server.wire.frames import CloseCode, ProtocolViolation

T = TypeVar("T")

LONGEST_KEY = 40


class KeyTwice(ValueError):
    """An object has a duplicate key; the message names it."""


def require_keys_once(text: str) -> None:
    """Raise KeyTwice, or ValueError or RecursionError for what Python cannot read as JSON."""
    _KEYS.decode(text)


def read_frame(kind: TypeAdapter[T], text: str | bytes) -> T:
    """Read a client's frame. Raises ProtocolViolation, which names the field."""
    try:
        frame = kind.validate_json(text)
        require_keys_once(text if isinstance(text, str) else text.decode())
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False, include_context=False)[0]
        path = ".".join(str(part) for part in first["loc"]) or "frame"
        raise ProtocolViolation(CloseCode.POLICY, f"{path}: {first['msg']}") from None
    except ValueError as error:
        raise ProtocolViolation(CloseCode.POLICY, f"frame: {error}") from None
    return frame


def _once(pairs: list[tuple[str, Any]]) -> None:
    keys = dict(pairs)
    if len(keys) != len(pairs):
        twice = next(key for place, (key, _) in enumerate(pairs) if key in dict(pairs[:place]))
        raise KeyTwice(f"the key {twice[:LONGEST_KEY]!r} is there twice; give it once")


_KEYS = json.JSONDecoder(object_pairs_hook=_once)
