"""Swift values: frozen dataclasses that are made as quickly as ones that are not frozen.

A frozen dataclass sets each field by `object.__setattr__`, and a round makes a dozen values of up
to fifteen fields. A swift one is filled as its twin, which has the same slots and is not frozen.
"""

from dataclasses import MISSING, Field, fields
from typing import Any, TypeVar

T = TypeVar("T")

_UNSET = object()
"""Stands for a default that a factory creates for each value."""


def swift(cls: type[T]) -> type[T]:
    """Make a frozen dataclass with slots quick to fill; it may have no heirs.

    >>> from dataclasses import dataclass
    >>> @swift
    ... @dataclass(frozen=True, slots=True)
    ... class Place:
    ...     round: int
    ...     arena: str = "strait"
    >>> Place(1)
    Place(round=1, arena='strait')
    """
    own: Any = cls
    twin = type(cls.__name__, cls.__bases__, {"__slots__": own.__slots__})
    every = fields(own)
    names = {"_become": object.__setattr__, "_twin": twin, "_whole": cls, "_UNSET": _UNSET}
    names |= {f"_of_{each.name}": _default(each) for each in every}
    begun, done = "_become(self, '__class__', _twin)", "self.__class__ = _whole"
    body = "\n    ".join((begun, *map(_set, every), done))
    parameters = ", ".join(map(_parameter, every))
    exec(f"def __init__(self, {parameters}):\n    {body}", names)  # noqa: S102, as dataclasses do
    filled: Any = names["__init__"]
    filled.__annotations__ = own.__init__.__annotations__
    filled.__qualname__ = own.__init__.__qualname__
    own.__init__ = filled
    return cls


def _default(each: Field[Any]) -> Any:
    return each.default if each.default_factory is MISSING else each.default_factory


def _parameter(each: Field[Any]) -> str:
    if each.default_factory is not MISSING:
        return f"{each.name}=_UNSET"
    return each.name if each.default is MISSING else f"{each.name}=_of_{each.name}"


def _set(each: Field[Any]) -> str:
    made = f"_of_{each.name}() if {each.name} is _UNSET else "
    return f"self.{each.name} = {'' if each.default_factory is MISSING else made}{each.name}"
