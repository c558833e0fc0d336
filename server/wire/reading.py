"""Strict reading of JSON from outside: no duplicate keys, no more values than anything here has.

The validator takes the last of two values with the same key, and nobody can know which one was
meant; and it notes every fault of what it refuses, so that a thousand unknown keys cost far more
than their reading. So the text is first read for these two, by a parser that stops at the first
duplicate. Whatever is refused costs at most three times what `json.loads` takes for it.
"""

import re
from typing import Any, TypeVar

import jiter
from pydantic import TypeAdapter, ValidationError

from server.wire.frames import CloseCode, ProtocolViolation

T = TypeVar("T")

LONGEST_KEY = 40
MOST_KEYS = 100
"""Keys of one object: an order has 64 at most."""
MOST_ITEMS = 256
"""Items of one list: 64 are the most that anything here takes."""
MOST_VALUES_OF_A_FRAME = 1_000
"""Values that a frame holds in all, at any depth: 200 are the most that a command has."""

BYTES_OF_ONE = 2
"""The shortest value of a JSON array with its comma. A member of an object takes six bytes."""

_TWICE = re.compile(r'Detected duplicate key "(.*)" at line \d+ column \d+', re.DOTALL)


class KeyTwice(ValueError):
    """An object has a duplicate key; the message names it."""


class TooMuch(ValueError):
    """JSON with more keys, items or values than anything here has; the message names the limit."""


def read_json(text: bytes, most_values: int) -> Any:
    """Read JSON. Raises KeyTwice, TooMuch, or ValueError for what is no JSON."""
    try:
        # "keys": a text that is there once is not worth remembering
        value = jiter.from_json(text, catch_duplicate_keys=True, cache_mode="keys")
    except ValueError as error:
        if (twice := _TWICE.fullmatch(str(error))) is None:
            raise
        key = twice[1][:LONGEST_KEY]
        raise KeyTwice(f"the key {key!r} is there twice; give it once") from None
    if len(text) >= BYTES_OF_ONE * min(most_values, MOST_ITEMS):  # else it cannot be too much
        _require_few(value, most_values)
    return value


def read_frame(kind: TypeAdapter[T], text: str | bytes) -> T:
    """Read a client's frame. Raises ProtocolViolation, which names the field."""
    try:
        given = text.encode() if isinstance(text, str) else text
        unread = _unread(given)
        frame = kind.validator.validate_json(given)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False, include_context=False)[0]
        path = ".".join(str(part) for part in first["loc"]) or "frame"
        raise ProtocolViolation(CloseCode.POLICY, f"{path}: {first['msg']}") from None
    except ValueError as error:
        raise ProtocolViolation(CloseCode.POLICY, f"frame: {error}") from None
    if unread is not None:
        raise ProtocolViolation(CloseCode.POLICY, f"frame: {unread}")
    return frame


def _unread(text: bytes) -> ValueError | None:
    """Read a frame's JSON; return why it is none, which the validator says in its own words."""
    try:
        read_json(text, MOST_VALUES_OF_A_FRAME)
    except (KeyTwice, TooMuch):
        raise
    except ValueError as error:
        return error
    return None


def _require_few(value: Any, most_values: int) -> None:
    """Look at every value, each in its turn, until there is too much. Raises TooMuch."""
    waiting, left = [value], most_values
    while waiting:
        left -= 1
        if left < 0:
            raise TooMuch(f"it holds more than {most_values} values; send less at a time")
        held = waiting.pop()
        if isinstance(held, dict):
            if len(held) > MOST_KEYS:
                raise TooMuch(f"an object has {len(held)} keys; at most {MOST_KEYS} are read")
            waiting.extend(held.values())
        elif isinstance(held, list):
            if len(held) > MOST_ITEMS:
                raise TooMuch(f"a list has {len(held)} items; at most {MOST_ITEMS} are read")
            waiting.extend(held)
