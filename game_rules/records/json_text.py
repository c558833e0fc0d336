"""Values of the rules as canonical JSON text: compact, in field order, no NaN.

A writer is compiled once per type, from its type hints, as one expression: events are written
between a choice and its reveal, and a general encoder would take twice as long. What a class holds
beside other classes is written within its own expression, without a call for each value. `codec`
defines the format and reads it.
"""

import ast
import sys
import types
import typing
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import Field, fields, is_dataclass
from enum import Enum
from functools import cache
from itertools import count, groupby
from json.encoder import encode_basestring as quoted
from math import isfinite
from typing import Any

from game_rules.later import default_of, is_later
from game_rules.memory import SHARED

Writer = Callable[[Any], str]
Part = str | ast.expr
"""Of a text: what is always the same, or an expression that is formatted into it."""

_VALUE = "value"
_MOST = sys.float_info.max
_AS_STR, _AS_REPR = ord("s"), ord("r")


def written(value: Any) -> str:
    """Write a value according to its type.

    Raises ValueError for a number that JSON has no text for, TypeError for a type without a form.

    >>> written((1, "a", None))
    '[1,"a",null]'
    """
    return _writer(type(value))(value)


@cache
def _writer(hint: Any) -> Writer:
    """Compile the writer of a type, or of a type hint, which also gives the types inside."""
    composing = _Composing()
    parts = composing.whole(hint) if is_dataclass(hint) else composing.parts(_VALUE, hint)
    made = ast.Expression(_parsed(f"lambda {_VALUE}: _", _joined(parts)))
    code = compile(ast.fix_missing_locations(made), "<writer>", "eval")
    return eval(code, composing.names)  # noqa: S307  made of names of fields


class _Composing:
    """The parts of a text, and what the names in their expressions stand for."""

    def __init__(self) -> None:
        self.names: dict[str, Any] = {"quoted": quoted, "written": written, "exact": _exact}
        self._places = count(1)

    def whole(self, kind: Any) -> list[Part]:
        """Write a class: its fields in order, but those that came later, and hold their default."""
        hints, tag = typing.get_type_hints(kind), getattr(kind, "type", None)
        usual = [each for each in fields(kind) if not is_later(each)]
        parts: list[Part] = [] if tag is None else [",", f'"type":{quoted(tag)}']
        for each in usual:
            parts += [",", f'"{each.name}":', *self._field(each, hints[each.name])]
        late = [self._late(each, hints[each.name]) for each in fields(kind) if is_later(each)]
        if parts:
            return ["{", *parts[1:], *late, "}"]
        return ["{", _parsed("_.removeprefix(',')", _joined(late)), "}"]

    def _field(self, each: Field[Any], hint: Any) -> list[Part]:
        source = f"{_VALUE}.{each.name}"
        if SHARED.items() <= each.metadata.items():
            return [_parsed(f"{self._named(_once(_writer(hint)))}({source})")]
        return self.parts(source, hint)

    def _late(self, each: Field[Any], hint: Any) -> ast.expr:
        """Write a field that came later, key and comma included."""
        is_usual = f"{_VALUE}.{each.name} == {self._named(default_of(each))}"
        return _choice(is_usual, "", [f',"{each.name}":', *self._field(each, hint)])

    def parts(self, source: str, hint: Any) -> list[Part]:
        """Write what an expression gives."""
        while isinstance(hint, typing.NewType):
            hint = hint.__supertype__
        if hint is Any:
            return [_parsed(f"written({source})")]
        if hint is str:
            return [_parsed(f"quoted({source})")]
        if hint is int:
            return [ast.FormattedValue(_parsed(source), _AS_STR)]
        if hint is float:
            return [ast.FormattedValue(_parsed(self._number(source)), _AS_REPR)]
        if hint is bool:
            return [_choice(source, "true", ["false"])]
        if hint is type(None):
            return ["null"]
        kind, inside = typing.get_origin(hint) or hint, typing.get_args(hint)
        if kind in (typing.Union, types.UnionType):
            return [self._one_of(source, inside)]
        if is_dataclass(kind):
            return [_parsed(f"{self._named(_writer(kind))}({source})")]
        return self._composed(source, kind, inside)

    def _number(self, source: str) -> str:
        """Give a float: 5 is read back as 5.0, so it is written as 5.0."""
        name = found = source
        if source.startswith(_VALUE):
            name = self._new()
            found = f"({name} := {source})"
        elif not source.isidentifier():
            return f"exact({source})"
        is_exact = f"{found}.__class__ is float and -{_MOST} <= {name} <= {_MOST}"
        return f"{name} if {is_exact} else exact({name})"

    def _one_of(self, source: str, kinds: tuple[Any, ...]) -> ast.expr:
        others = [kind for kind in kinds if kind is not type(None)]
        if len(others) > 1:
            return _parsed(f"written({source})")
        return _choice(f"{source} is None", "null", self.parts(source, others[0]))

    def _composed(self, source: str, kind: type, inside: tuple[Any, ...]) -> list[Part]:
        if issubclass(kind, Enum):
            is_text = issubclass(kind, str)
            return [_parsed(f"quoted({source})" if is_text else f"written({source}.value)")]
        if issubclass(kind, tuple) and _is_row(kind, inside):
            return self._row([f"{source}[{place}]" for place in range(len(inside))], inside)
        item = inside[0] if inside else Any
        if issubclass(kind, Sequence) and not issubclass(kind, bytes):
            return ["[", self._each(source, source, "", item), "]"]
        if issubclass(kind, (set, frozenset)):
            return ["[", self._each(source, f"sorted({source})", "", item), "]"]
        if issubclass(kind, Mapping):
            item = inside[1] if inside else Any
            return ["{", self._each(source, f"{source}.items()", self._new(), item), "}"]
        raise TypeError(f"{kind.__name__} has no JSON form here")

    def _row(self, sources: Iterable[str], hints: tuple[Any, ...]) -> list[Part]:
        parts: list[Part] = []
        for source, hint in zip(sources, hints, strict=True):
            parts += [",", *self.parts(source, hint)]
        return ["[", *parts[1:], "]"]

    def _each(self, source: str, entries: str, key: str, item: Any) -> ast.expr:
        """Join the texts of some entries. key: the name of what stands before each, if any."""
        kind, inside = typing.get_origin(item) or item, typing.get_args(item)
        if kind is tuple and _is_row(kind, inside):
            names = [self._new() for _ in inside]
            each, parts = f"({', '.join(names)},)", self._row(names, inside)
        else:
            each = self._new()
            parts = self.parts(each, item)
        if key:
            parts = [_parsed(f"quoted({key})"), ":", *parts]
            each = f"{key}, {each}"
        texts = _parsed(f"','.join([_ for {each} in {entries}])", _joined(parts))
        return _choice(f"not {source}", "", [texts])

    def _named(self, thing: Any) -> str:
        name = self._new()
        self.names[name] = thing
        return name

    def _new(self) -> str:
        return f"x{next(self._places)}"


def _is_row(kind: type, inside: tuple[Any, ...]) -> bool:
    return bool(inside) and inside[-1] is not Ellipsis


def _parsed(source: str, blank: ast.expr | None = None) -> ast.expr:
    """Parse an expression. blank: what its `_` stands for."""
    whole: ast.expr = ast.parse(source, mode="eval").body
    return whole if blank is None else _Blank(blank).visit(whole)


class _Blank(ast.NodeTransformer):
    """Puts an expression in place of `_`."""

    def __init__(self, filled: ast.expr) -> None:
        self._filled = filled

    def visit_Name(self, node: ast.Name) -> ast.expr:
        """Fill the blank."""
        return self._filled if node.id == "_" else node


def _choice(test: str, text: str, otherwise: Sequence[Part]) -> ast.expr:
    return ast.IfExp(_parsed(test), ast.Constant(text), _joined(otherwise))


def _joined(parts: Iterable[Part]) -> ast.JoinedStr:
    """Join parts into an f-string, what is always the same into one piece."""
    values: list[ast.expr] = []
    for is_same, run in groupby(parts, lambda part: isinstance(part, str)):
        if is_same:
            values.append(ast.Constant("".join(map(str, run))))
        else:
            values += [x if isinstance(x, ast.FormattedValue) else _formatted(x) for x in run]
    return ast.JoinedStr(values)


def _formatted(part: Any) -> ast.FormattedValue:
    return ast.FormattedValue(part, -1)


def _exact(value: float) -> float:
    if not isfinite(value):
        raise ValueError(f"{value} is not JSON compliant; give a finite number")
    return float(value)


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
