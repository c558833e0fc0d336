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
from game_rules.nearest import nearest
from game_rules.records.json_text import written
from game_rules.records.quick_reading import REFUSED, quick_reader

type_of_none = type(None)
Reader = Callable[[Any], Any]

_LONGEST_SHOWN, _LONGEST_PATH = 80, 200


class CodecError(InvalidInput):
    """A JSON value that the rules do not write; names the path."""

    def __init__(self, path: str, problem: str) -> None:
        # A path may hold a key from outside; only what can be written as UTF-8 goes into a message.
        shown = path[:_LONGEST_PATH].encode(errors="backslashreplace").decode()
        super().__init__(f"{shown or 'value'}: {problem}")


class _Misfit(Exception):
    """A value that does not fit. steps: where it is, from the inside out.

    Only what fails needs its path, and most values are read without failing.
    """

    def __init__(self, problem: str) -> None:
        self.problem, self.steps = problem, list[str]()

    def under(self, step: str) -> "_Misfit":
        self.steps.append(step)
        return self


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
    try:
        return quick_reader(kind)(document)
    except REFUSED:
        return _told(kind, document, path)


def _told(kind: Any, document: Any, path: str) -> Any:
    """Read what a quick reader refuses, or tell what is wrong with it."""
    try:
        return _reader(kind)(document)
    except _Misfit as misfit:
        within = "".join(reversed(misfit.steps))
        whole = path + within if path else within.removeprefix(_FIELD)
        raise CodecError(whole.replace(_FIELD, "."), misfit.problem) from misfit


_FIELD = "\x1f"
"""Begins the step to a key of a class, which has a point before it unless it is the first.

A key from outside may hold it, too; then a message shows a point in its place.
"""


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
        return lambda document: document
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


def _read_float(document: Any) -> float:
    if type(document) not in (int, float) or not abs(document) <= sys.float_info.max:
        raise _Misfit(f"{_shown(document)} is not a finite number")
    return float(document)


def _read_text(document: Any) -> str:
    if type(document) is not str:
        raise _Misfit(f"{_shown(document)} is not of type str")
    if not document.isascii():
        try:
            document.encode()
        except UnicodeEncodeError as error:
            raise _Misfit(f"{_shown(document)} holds half a surrogate pair") from error
    return document


def _scalar_reader(kind: type) -> Reader:
    def read(document: Any) -> Any:
        if type(document) is not kind:
            raise _Misfit(f"{_shown(document)} is not of type {kind.__name__}")
        return document

    return read


def _union_reader(kinds: tuple[Any, ...]) -> Reader:
    tagged = {kind.type: _reader(kind) for kind in kinds if hasattr(kind, "type")}
    plain = [kind for kind in kinds if not hasattr(kind, "type")]
    first = next((_reader(kind) for kind in plain if kind is not type_of_none), None)
    may_be_none = type_of_none in plain

    def read(document: Any) -> Any:
        if document is None and may_be_none:
            return None
        tag = document.get("type") if isinstance(document, dict) else None
        if isinstance(tag, str) and tag in tagged:
            return tagged[tag](document)
        if first is not None:
            return first(document)
        raise _Misfit(_of_unknown_type(document, sorted(tagged)))

    return read


def _of_unknown_type(document: Any, known: list[str]) -> str:
    """Name the type that a value says it has, and the known ones that are near."""
    if not isinstance(document, dict) or "type" not in document:
        return f"{_shown(document)} has no type; {nearest('', known)}"
    tag = document["type"]
    return f"type {_shown(tag)} is unknown; {nearest(str(tag), known)}"


def _tuple_reader(arguments: tuple[Any, ...]) -> Reader:
    if len(arguments) == 2 and arguments[1] is Ellipsis:
        item = _reader(arguments[0])

        def read_many(document: Any) -> tuple[Any, ...]:
            _expect(document, list)
            return tuple(_each(item, document))

        return read_many
    readers = [_reader(argument) for argument in arguments]

    def read_fixed(document: Any) -> tuple[Any, ...]:
        _expect(document, list)
        if len(document) != len(readers):
            raise _Misfit(f"has {len(document)} entries, not {len(readers)}")
        found: list[Any] = []
        try:
            for read, entry in zip(readers, document, strict=True):
                found.append(read(entry))
        except _Misfit as misfit:
            raise misfit.under(f"[{len(found)}]") from None
        return tuple(found)

    return read_fixed


def _each(read: Reader, entries: Any) -> list[Any]:
    found: list[Any] = []
    try:
        for entry in entries:
            found.append(read(entry))
    except _Misfit as misfit:
        raise misfit.under(f"[{len(found)}]") from None
    return found


def _set_reader(item: Any) -> Reader:
    read_item = _reader(item)

    def read(document: Any) -> frozenset[Any]:
        _expect(document, list)
        return frozenset(_each(read_item, document))

    return read


def _mapping_reader(key: Any, item: Any) -> Reader:
    read_key, read_item = _reader(key), _reader(item)

    def read(document: Any) -> dict[Any, Any]:
        _expect(document, dict)
        found: dict[Any, Any] = {}
        name = ""
        try:
            for name, entry in document.items():
                known = read_key(name)
                found[known] = read_item(entry)
        except _Misfit as misfit:
            raise misfit.under(f".{name}") from None
        return found

    return read


def _enum_reader(kind: type[Enum]) -> Reader:
    members = {member.value: member for member in kind}

    def read(document: Any) -> Any:
        if isinstance(document, (str, int)) and document in members:
            return members[document]
        raise _Misfit(f"{_shown(document)} is none of {', '.join(map(str, members))}")

    return read


def _dataclass_reader(kind: Any) -> Reader:
    hints = typing.get_type_hints(kind)
    known = {field.name: hints[field.name] for field in fields(kind)}
    required = [
        f.name for f in fields(kind) if f.default is MISSING and f.default_factory is MISSING
    ]
    tag = getattr(kind, "type", None)
    readers: dict[
        str, Reader
    ] = {}  # found when the first value is read, for a class may hold itself

    def read(document: Any) -> Any:
        _expect(document, dict)
        if tag is not None and document.get("type") != tag:
            raise _Misfit(f"type {_shown(document.get('type'))} is not {tag!r}")
        if len(readers) < len(known):
            readers.update((name, _reader(hint)) for name, hint in known.items())
        values = {}
        name = ""
        try:
            for name, entry in document.items():
                if name in readers:
                    values[name] = readers[name](entry)
                elif name != "type" or tag is None:
                    _refuse_key(kind)
        except _Misfit as misfit:
            raise misfit.under(f"{_FIELD}{name}") from None
        if missing := [name for name in required if name not in values]:
            raise _Misfit(f"lacks {', '.join(missing)}")
        return kind(**values)

    return read


def _refuse_key(kind: Any) -> None:
    raise _Misfit(f"is not a key of {kind.__name__}")


def _expect(document: Any, kind: type) -> None:
    if type(document) is not kind and not (kind is list and type(document) is tuple):
        name = "an array" if kind is list else "an object"
        raise _Misfit(f"{_shown(document)} is not {name}")


def _shown(document: Any) -> str:
    if isinstance(document, (dict, list)):
        return "an object" if isinstance(document, dict) else "an array"
    text = repr(document)
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}..."
