"""Values of the rules as canonical JSON text: compact, in field order, no NaN.

A writer is built once per type, from its type hints, as one f-string: events are written between
a choice and its reveal, and a general encoder would take twice as long. `codec` defines the format
and reads it.
"""

import types
import typing
from collections.abc import Callable, Mapping, Sequence
from dataclasses import Field, fields, is_dataclass
from enum import Enum
from functools import cache
from json.encoder import encode_basestring as quoted
from math import isfinite
from typing import Any

from game_rules.later import default_of, is_later
from game_rules.memory import SHARED

Writer = Callable[[Any], str]

_SCALARS: Mapping[Any, Writer] = {
    str: quoted,
    int: str,
    bool: lambda value: "true" if value else "false",
    type(None): lambda value: "null",
}


def written(value: Any) -> str:
    """Write a value according to its type.

    Raises ValueError for a number that JSON has no text for, TypeError for a type without a form.

    >>> written((1, "a", None))
    '[1,"a",null]'
    """
    return _writer(type(value))(value)


@cache
def _writer(hint: Any) -> Writer:
    """Build the writer of a type, or of a type hint, which also gives the types inside."""
    if isinstance(hint, typing.NewType):
        return _writer(hint.__supertype__)
    if hint is Any:
        return written
    if hint is float:
        return _number
    if hint in _SCALARS:
        return _SCALARS[hint]
    kind, inside = typing.get_origin(hint) or hint, typing.get_args(hint)
    if kind in (typing.Union, types.UnionType):
        return _union_writer(inside)
    if is_dataclass(kind):
        return _class_writer(kind)
    return _collection_writer(kind, inside)


def _collection_writer(kind: type, inside: tuple[Any, ...]) -> Writer:
    if issubclass(kind, Enum):
        return quoted if issubclass(kind, str) else lambda value: written(value.value)
    if issubclass(kind, tuple) and inside and inside[-1] is not Ellipsis:
        return _row_writer(inside)
    if issubclass(kind, Sequence) and not issubclass(kind, bytes):
        return _list_writer(inside[0] if inside else Any)
    if issubclass(kind, (set, frozenset)):
        write = _list_writer(inside[0] if inside else Any)
        return lambda value: write(sorted(value))
    if issubclass(kind, Mapping):
        return _mapping_writer(inside[1] if inside else Any)
    raise TypeError(f"{kind.__name__} has no JSON form here")


def _number(value: float) -> str:
    """Write a float: 5 is read back as 5.0, so it is written as 5.0."""
    if not isfinite(value):
        raise ValueError(f"{value} is not JSON compliant; give a finite number")
    return repr(float(value))


def _union_writer(kinds: tuple[Any, ...]) -> Writer:
    others = [kind for kind in kinds if kind is not type(None)]
    if len(others) > 1:
        return written
    write = _writer(others[0])
    return lambda value: "null" if value is None else write(value)


def _list_writer(item: Any) -> Writer:
    write = _writer(item)
    return lambda value: f"[{','.join([write(entry) for entry in value])}]" if value else "[]"


def _row_writer(items: tuple[Any, ...]) -> Writer:
    parts = [f"{{write_{i}(value[{i}])}}" for i in range(len(items))]
    return _compiled(f"[{','.join(parts)}]", items)


def _mapping_writer(item: Any) -> Writer:
    write = _writer(item)

    def write_mapping(value: Mapping[Any, Any]) -> str:
        pairs = [f"{quoted(key)}:{write(entry)}" for key, entry in value.items()]
        return f"{{{','.join(pairs)}}}"

    return write_mapping


def _class_writer(kind: Any) -> Writer:
    hints, tag = typing.get_type_hints(kind), getattr(kind, "type", None)
    names = [field.name for field in fields(kind) if not is_later(field)]
    parts = [] if tag is None else [f'"type":{quoted(tag)}']
    parts += [f'"{name}":{{write_{i}(value.{name})}}' for i, name in enumerate(names)]
    later = [field for field in fields(kind) if is_later(field)]
    more = "".join(f"{{late_{i}(value.{field.name})}}" for i, field in enumerate(later))
    late = {f"late_{i}": _late_writer(field, hints) for i, field in enumerate(later)}
    late |= {
        f"write_{i}": _once(_writer(hints[field.name]))
        for i, field in enumerate(field for field in fields(kind) if not is_later(field))
        if _is_shared(field)
    }
    if not parts:
        return _without_first_comma(_compiled(more, (), late))
    return _compiled(f"{{{{{','.join(parts)}{more}}}}}", [hints[name] for name in names], late)


def _without_first_comma(write: Writer) -> Writer:
    """Write an object of which every field may be left out."""
    return lambda value: f"{{{write(value).removeprefix(',')}}}"


def _late_writer(field: Field[Any], hints: Mapping[str, Any]) -> Writer:
    """Write a field that came later, key and comma included; nothing while it is its default."""
    key, usual, write = f',"{field.name}":', default_of(field), _writer(hints[field.name])
    if _is_shared(field):
        write = _once(write)
    return lambda value: "" if value == usual else key + write(value)


def _is_shared(field: Field[Any]) -> bool:
    return SHARED.items() <= field.metadata.items()


def _once(write: Writer) -> Writer:
    """Write a value once while it is asked for again and again, as for each viewer of a round."""
    known: tuple[Any, str] = _NOTHING, ""

    def write_once(value: Any) -> str:
        nonlocal known
        last, text = known  # read and replaced as one, for other threads write too
        if value is not last:
            text = write(value)
            known = value, text
        return text

    return write_once


_NOTHING = object()


def _compiled(
    template: str, hints: Sequence[Any], others: Mapping[str, Writer] | None = None
) -> Writer:
    """Compile an f-string into a function, like `dataclasses`; write_i writes hints[i]."""
    writers = {f"write_{i}": _writer(hint) for i, hint in enumerate(hints)} | dict(others or {})
    return eval(f"lambda value: f'{template}'", writers)  # noqa: S307  made of names of fields
