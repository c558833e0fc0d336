"""Conversion of the rules' values to and from JSON, strict and deterministic.

Frozen dataclasses become objects in field order; a class with a `type` (a class variable) is
tagged with it, which identifies the members of unions. Enums become their value, tuples arrays,
NewTypes their base. Reading rejects unknown keys, missing keys and wrong types, and names the
path.
"""

import json
import sys
import types
import typing
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from enum import Enum
from functools import cache
from typing import Any

from game_rules.errors import InvalidInput
from game_rules.records.json_text import written

type_of_none = type(None)
Reader = Callable[[Any, str], Any]

_LONGEST_SHOWN, _LONGEST_PATH = 80, 200


class CodecError(InvalidInput):
    """A JSON value that the rules do not write; names the path."""

    def __init__(self, path: str, problem: str) -> None:
        # A path may hold a key from outside; only what can be written as UTF-8 goes into a message.
        shown = path[:_LONGEST_PATH].encode(errors="backslashreplace").decode()
        super().__init__(f"{shown or 'value'}: {problem}")


dumps = written
"""Write a value as canonical JSON."""


def loads(kind: Any, text: str | bytes) -> Any:
    """Parse a value of a type from JSON; refuse anything else.

    Raises CodecError naming the path, or that the text is no JSON.
    """
    try:
        document = json.loads(text, object_pairs_hook=_no_duplicates)
    except ValueError as error:
        raise CodecError("", f"is not JSON ({error})") from error
    except RecursionError as error:
        raise CodecError("", "is nested too deeply") from error
    return from_json(kind, document)


def to_json(value: Any) -> Any:
    """Convert a value to a JSON document (`json.dumps` input)."""
    return json.loads(dumps(value))


def from_json(kind: Any, document: Any, path: str = "") -> Any:
    """Convert a JSON document to a value of a type, e.g. a class or `tuple[int, ...]`.

    Raises CodecError with the path of the first thing that does not fit.
    """
    return _reader(kind)(document, path)


def _no_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    document = dict(pairs)
    if len(document) != len(pairs):
        raise CodecError("", "has a key twice")
    return document


@cache
def _reader(kind: Any) -> Reader:
    if isinstance(kind, typing.NewType):
        return _reader(kind.__supertype__)
    if kind is Any:
        return lambda document, path: document
    if kind is float:
        return _read_float
    if kind is str:
        return _read_text
    if kind in (int, bool, type_of_none):
        return _scalar_reader(kind)
    origin = typing.get_origin(kind)
    if origin in (typing.Union, types.UnionType):
        return _union_reader(typing.get_args(kind))
    if origin is tuple:
        return _tuple_reader(typing.get_args(kind))
    if origin is frozenset:
        return _set_reader(typing.get_args(kind)[0])
    if origin is not None and issubclass(origin, Mapping):
        return _mapping_reader(*typing.get_args(kind))
    if issubclass(kind, Enum):
        return _enum_reader(kind)
    if is_dataclass(kind):
        return _dataclass_reader(kind)
    raise TypeError(f"{kind} has no JSON form here")


def _read_float(document: Any, path: str) -> float:
    if type(document) not in (int, float) or not abs(document) <= sys.float_info.max:
        raise CodecError(path, f"{_shown(document)} is not a finite number")
    return float(document)


def _read_text(document: Any, path: str) -> str:
    if type(document) is not str:
        raise CodecError(path, f"{_shown(document)} is not of type str")
    try:
        document.encode()
    except UnicodeEncodeError as error:
        raise CodecError(path, f"{_shown(document)} holds half a surrogate pair") from error
    return document


def _scalar_reader(kind: type) -> Reader:
    def read(document: Any, path: str) -> Any:
        if type(document) is not kind:
            raise CodecError(path, f"{_shown(document)} is not of type {kind.__name__}")
        return document

    return read


def _union_reader(kinds: tuple[Any, ...]) -> Reader:
    tagged = {kind.type: kind for kind in kinds if hasattr(kind, "type")}
    plain = [kind for kind in kinds if not hasattr(kind, "type")]

    def read(document: Any, path: str) -> Any:
        if document is None and type_of_none in plain:
            return None
        tag = document.get("type") if isinstance(document, dict) else None
        if isinstance(tag, str) and tag in tagged:
            return _reader(tagged[tag])(document, path)
        for kind in plain:
            if kind is not type_of_none:
                return _reader(kind)(document, path)
        raise CodecError(path, f"is none of {', '.join(sorted(tagged))}")

    return read


def _tuple_reader(arguments: tuple[Any, ...]) -> Reader:
    if len(arguments) == 2 and arguments[1] is Ellipsis:
        item = arguments[0]

        def read_many(document: Any, path: str) -> tuple[Any, ...]:
            _expect(document, list, path)
            read = _reader(item)
            return tuple(read(entry, f"{path}[{i}]") for i, entry in enumerate(document))

        return read_many

    def read_fixed(document: Any, path: str) -> tuple[Any, ...]:
        _expect(document, list, path)
        if len(document) != len(arguments):
            raise CodecError(path, f"has {len(document)} entries, not {len(arguments)}")
        pairs = enumerate(zip(arguments, document, strict=True))
        return tuple(_reader(kind)(entry, f"{path}[{i}]") for i, (kind, entry) in pairs)

    return read_fixed


def _set_reader(item: Any) -> Reader:
    def read(document: Any, path: str) -> frozenset[Any]:
        _expect(document, list, path)
        return frozenset(_reader(item)(entry, f"{path}[{i}]") for i, entry in enumerate(document))

    return read


def _mapping_reader(key: Any, item: Any) -> Reader:
    def read(document: Any, path: str) -> dict[Any, Any]:
        _expect(document, dict, path)
        return {
            _reader(key)(name, f"{path}.{name}"): _reader(item)(entry, f"{path}.{name}")
            for name, entry in document.items()
        }

    return read


def _enum_reader(kind: type[Enum]) -> Reader:
    members = {member.value: member for member in kind}

    def read(document: Any, path: str) -> Any:
        if isinstance(document, (str, int)) and document in members:
            return members[document]
        raise CodecError(path, f"{_shown(document)} is none of {', '.join(map(str, members))}")

    return read


def _dataclass_reader(kind: Any) -> Reader:
    hints = typing.get_type_hints(kind)
    known = {field.name: hints[field.name] for field in fields(kind)}
    required = [
        f.name for f in fields(kind) if f.default is MISSING and f.default_factory is MISSING
    ]
    tag = getattr(kind, "type", None)

    def read(document: Any, path: str) -> Any:
        _expect(document, dict, path)
        if tag is not None and document.get("type") != tag:
            raise CodecError(path, f"type {_shown(document.get('type'))} is not {tag!r}")
        dot = f"{path}." if path else ""
        values = {}
        for name, entry in document.items():
            if name in known:
                values[name] = _reader(known[name])(entry, dot + name)
            elif name != "type" or tag is None:
                raise CodecError(dot + name, f"is not a key of {kind.__name__}")
        if missing := [name for name in required if name not in values]:
            raise CodecError(path, f"lacks {', '.join(missing)}")
        return kind(**values)

    return read


def _expect(document: Any, kind: type, path: str) -> None:
    if type(document) is not kind and not (kind is list and type(document) is tuple):
        name = "an array" if kind is list else "an object"
        raise CodecError(path, f"{_shown(document)} is not {name}")


def _shown(document: Any) -> str:
    if isinstance(document, (dict, list)):
        return "an object" if isinstance(document, dict) else "an array"
    text = repr(document)
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}..."
