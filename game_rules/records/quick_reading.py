"""Quick readers: they make a value of a JSON document, and do not say what is wrong with another.

The reader of a class is one expression that is compiled for it, as `json_text` writes it, and takes
a third of the time of readers made of readers. What it refuses, `codec` reads again with those,
which name the path: so a quick reader may refuse what is allowed, but not allow what is not.
"""

import sys
import types
import typing
from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from enum import Enum
from functools import cache
from itertools import count
from typing import Any, NoReturn

from game_rules.errors import InvalidInput
from game_rules.later import is_later

Reader = Callable[[Any], Any]


class NotQuick(Exception):
    """A document that a quick reader does not read."""


REFUSED = (NotQuick, LookupError, TypeError, ValueError, InvalidInput)
"""What a quick reader raises; the last is from a class that checks its own fields."""

_MOST = sys.float_info.max
_PLAIN = (int, bool, type(None))


@cache
def quick_reader(hint: Any) -> Reader:
    """Make the quick reader of a type. Raises TypeError for a type that has no JSON form.

    >>> quick_reader(tuple[float, ...])([1, 2.5])
    (1.0, 2.5)
    """
    compiling = _Compiling()
    made = compiling.whole(hint) if is_dataclass(hint) else compiling.read("document", hint)
    return eval(f"lambda document: {made}", compiling.names)  # noqa: S307  made of names of fields


class _Compiling:
    """An expression that reads, and what the names in it stand for."""

    def __init__(self) -> None:
        self.names: dict[str, Any] = {"number": _number, "text": _text, "unfit": _unfit}
        self._places = count(1)

    def whole(self, kind: Any) -> str:
        """Read a class: all its keys are there, but those that came later."""
        hints, tag = typing.get_type_hints(kind), getattr(kind, "type", None)
        late = [each for each in fields(kind) if is_later(each)]
        keys = len(fields(kind)) - len(late) + (tag is not None)
        known = "".join(f" + ({each.name!r} in document)" for each in late)
        fits = f"document.__class__ is dict and len(document) == {keys}{known}"
        if tag is not None:
            fits += f" and document['type'] == {tag!r}"
        parts = (self._field(each, hints[each.name]) for each in fields(kind))
        return f"{self._named(kind)}({', '.join(parts)}) if {fits} else unfit()"

    def _field(self, each: Field[Any], hint: Any) -> str:
        found = self.read(f"document[{each.name!r}]", hint)
        if not is_later(each):
            return found
        is_made = each.default is MISSING
        usual = self._named(each.default_factory if is_made else each.default)
        return f"{found} if {each.name!r} in document else {usual}{'()' if is_made else ''}"

    def read(self, source: str, hint: Any) -> str:
        """Read what an expression gives."""
        while isinstance(hint, typing.NewType):
            hint = hint.__supertype__
        if hint is Any:
            return source
        name = self._new()
        found = f"({name} := {source})"
        if hint is str:
            return f"({name} if {found}.__class__ is str and {name}.isascii() else text({name}))"
        if hint is float:
            is_usual = f"{found}.__class__ is float and -{_MOST} <= {name} <= {_MOST}"
            return f"({name} if {is_usual} else number({name}))"
        if hint in _PLAIN:
            return f"({name} if {found}.__class__ is {self._named(hint)} else unfit())"
        if is_dataclass(hint):
            return f"{self._named(_inner(hint))}({source})"
        return self._composed(source, found, name, hint)

    def _composed(self, source: str, found: str, name: str, hint: Any) -> str:
        origin, inside = typing.get_origin(hint), typing.get_args(hint)
        if origin in (typing.Union, types.UnionType):
            return self._one_of(source, found, name, inside)
        if origin is tuple and inside[-1] is not Ellipsis:
            parts = "".join(f"{self.read(f'{name}[{x}]', of)}, " for x, of in enumerate(inside))
            fits = f"{found}.__class__ is list and len({name}) == {len(inside)}"
            return f"(({parts}) if {fits} else unfit())"
        each = self._new()
        if origin in (tuple, frozenset):
            made = f"{origin.__name__}([{self.read(each, inside[0])} for {each} in {name}])"
            return f"({made} if {found}.__class__ is list else unfit())"
        if origin is not None and issubclass(origin, Mapping):
            item = self._new()
            pair = f"{self.read(each, inside[0])}: {self.read(item, inside[1])}"
            made = f"{{{pair} for {each}, {item} in {name}.items()}}"
            return f"({made} if {found}.__class__ is dict else unfit())"
        return f"{self._named(_members(hint))}[{source}]"

    def _one_of(self, source: str, found: str, name: str, kinds: tuple[Any, ...]) -> str:
        """Read one of several classes by its tag, or a value that may be None."""
        others = [kind for kind in kinds if kind is not type(None)]
        may_be_none = len(others) < len(kinds)
        if len(others) == 1:
            read = self.read(name, others[0])
        elif all(hasattr(kind, "type") for kind in others):
            tagged = self._named(_Tagged(others))
            read = f"{tagged}[{name if may_be_none else found}['type']]({name})"
        else:
            read = "unfit()"
        return f"(None if {found} is None else {read})" if may_be_none else read

    def _named(self, value: Any) -> str:
        name = self._new()
        self.names[name] = value
        return name

    def _new(self) -> str:
        return f"x{next(self._places)}"


class _Tagged(dict[str, Reader]):
    """Readers of classes by their tags, each made when it is first asked for."""

    def __init__(self, kinds: list[Any]) -> None:
        super().__init__()
        self._kinds = {kind.type: kind for kind in kinds}

    def __missing__(self, tag: str) -> Reader:
        self[tag] = quick_reader(self._kinds[tag])
        return self[tag]


_begun: set[Any] = set()
"""Classes whose readers are being made."""


def _inner(kind: Any) -> Reader:
    """Find the reader of a class in another; of one that may hold itself, when it is used."""
    if kind in _begun:
        return lambda document: quick_reader(kind)(document)
    _begun.add(kind)
    try:
        return quick_reader(kind)
    finally:
        _begun.remove(kind)


def _members(kind: type[Enum]) -> Mapping[str, Enum]:
    """Name the members that are words; a number is left to others, for 1.0 is the key 1."""
    return {each.value: each for each in kind if isinstance(each.value, str)}


def _number(document: Any) -> float:
    """Read a number that is not a usual float: a whole one."""
    if document.__class__ is not int or not -_MOST <= document <= _MOST:
        raise NotQuick
    return float(document)


def _text(document: Any) -> str:
    """Read a text that is not ASCII; half a surrogate pair cannot be encoded."""
    if document.__class__ is not str:
        raise NotQuick
    document.encode()
    return document


def _unfit() -> NoReturn:
    raise NotQuick
