"""What a match has in it: classes, values of enumerations, and fields that hold something."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from typing import Any

from tests.golden.matches import Asked


def features(log: Iterable[Any], asked: Iterable[Asked]) -> set[str]:
    """Name everything of interest in a log and in what was asked for."""
    found = {name for event in log for name in _of(event)}
    for each in asked:
        found |= set(_of(each.command))
        answer = "granted" if each.refused is None else each.refused[0]
        found.add(f"{type(each.command).__name__} by {each.actor.role.value}: {answer}")
    return found


def _of(value: Any) -> Iterator[str]:
    kind = type(value).__name__
    yield kind
    for field in fields(value):
        entry = getattr(value, field.name)
        for name in _entry(entry):
            yield name if name[0].isupper() else f"{kind}.{field.name} {name}"


def _entry(entry: Any) -> Iterator[str]:
    if isinstance(entry, Enum):
        yield f"is {entry.value}"
    elif isinstance(entry, bool) or entry is None:
        yield f"is {entry}"
    elif is_dataclass(entry):
        yield from _of(entry)
    elif isinstance(entry, Mapping | tuple | str | int | float):
        yield "is some" if entry else "is none"
        if isinstance(entry, Mapping | tuple):
            inside = (*entry, *entry.values()) if isinstance(entry, Mapping) else entry
            for each in inside:
                yield from (x for x in _entry(each) if x not in ("is some", "is none"))
