"""Write the browser client's TypeScript types from the rules' classes and the frames.

    uv run python -m server.wire.types > client/web/src/wire/wire.ts

Events, positions and scenarios travel as `game_rules.records.codec` writes them; a test holds the
committed file to this output.
"""

import types
import typing
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, fields, is_dataclass
from enum import Enum
from typing import Any

from pydantic import BaseModel

from game_rules.log import events, position
from game_rules.match.commands import Command
from game_rules.scenario import scenario
from server.wire import frames as wire
from server.wire.commands import WIRE_COMMANDS

_SCALARS = {str: "string", int: "number", float: "number", bool: "boolean", type(None): "null"}

_ROOTS = {
    "Event": events.Event,
    "Command": typing.Union[WIRE_COMMANDS],  # noqa: UP007
    "ClientFrame": wire.Hello | wire.CommandFrame | wire.Ping,
    "ServerFrame": (
        wire.Welcome | wire.Events | wire.Ack | wire.Refused | wire.Pong | wire.Presence
    ),
}


def typescript() -> str:
    """Write one module with every type that crosses the wire."""
    seen: dict[str, str] = {}
    for root in (*_ROOTS.values(), position.Position, scenario.Scenario):
        _collect(root, seen)
    unions = [f"export type {name} = {_union(root)};" for name, root in _ROOTS.items()]
    head = "// Written by `python -m server.wire.types`; change the Python classes instead."
    return "\n\n".join((head, *(seen[name] for name in sorted(seen)), *unions)) + "\n"


def _union(root: Any) -> str:
    return " | ".join(kind.__name__ for kind in typing.get_args(root))


def _collect(kind: Any, seen: dict[str, str]) -> None:
    for cls in _classes(kind):
        if cls.__name__ in seen:
            continue
        if issubclass(cls, Enum):
            members = " | ".join(f'"{member.value}"' for member in cls)
            seen[cls.__name__] = f"export type {cls.__name__} = {members};"
            continue
        seen[cls.__name__] = ""
        hints = _hints(cls)
        for hint in hints.values():
            _collect(hint, seen)
        seen[cls.__name__] = _interface(cls, hints)


def _classes(kind: Any) -> Iterator[type]:
    """Find the classes that a type is made of."""
    if isinstance(kind, typing.NewType) or kind in _SCALARS or kind is Any:
        return
    if isinstance(kind, type) and (is_dataclass(kind) or issubclass(kind, (Enum, BaseModel))):
        yield kind
        return
    for argument in typing.get_args(kind):
        if argument is not Ellipsis and not isinstance(argument, str):
            yield from _classes(argument)


def _hints(cls: type) -> dict[str, Any]:
    hints = typing.get_type_hints(cls)
    if issubclass(cls, BaseModel):
        return {name: hints[name] for name in cls.model_fields}
    return {field.name: hints[field.name] for field in fields(typing.cast(Any, cls))}


def _interface(cls: type, hints: Mapping[str, Any]) -> str:
    lines = [f'  readonly type: "{cls.type}";'] if hasattr(cls, "type") else []
    for name, hint in hints.items():
        optional = "?" if _may_be_left_out(cls, name) else ""
        lines.append(f"  readonly {name}{optional}: {_text(cls, name, hint)};")
    return f"export interface {cls.__name__} {{\n" + "\n".join(lines) + "\n}"


def _may_be_left_out(cls: type, name: str) -> bool:
    """Commands are written by the client, which may leave out what has a default."""
    if not issubclass(cls, Command):
        return False
    return any(f.name == name and f.default is not MISSING for f in fields(typing.cast(Any, cls)))


def _text(cls: type, name: str, hint: Any) -> str:
    if cls is wire.Events and name == "events":
        return "readonly Event[]"
    if cls is wire.CommandFrame and name == "command":
        return "Command"
    return _type(hint)


def _type(hint: Any) -> str:
    if isinstance(hint, typing.NewType):
        return _type(hint.__supertype__)
    if hint in _SCALARS:
        return _SCALARS[hint]
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin is typing.Literal:
        return " | ".join(f'"{value}"' for value in arguments)
    if origin in (typing.Union, types.UnionType):
        return " | ".join(_type(argument) for argument in arguments)
    if origin is tuple and arguments[-1] is not Ellipsis:
        return f"readonly [{', '.join(_type(argument) for argument in arguments)}]"
    if origin in (tuple, list, frozenset):
        item = _type(arguments[0])
        return f"readonly ({item})[]" if " " in item else f"readonly {item}[]"
    if origin is not None and issubclass(origin, Mapping):
        return f"Readonly<Record<string, {_type(arguments[1])}>>"
    return hint.__name__


if __name__ == "__main__":
    print(typescript(), end="")
