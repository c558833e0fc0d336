"""Write the browser client's TypeScript types of everything that crosses the wire.

    uv run python -m server.typescript > client/web/src/wire/wire.ts

Frames of both sockets, events, commands and positions, and what HTTP takes and answers. A test
holds the committed file to this output.
"""

import types
import typing
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, fields, is_dataclass
from enum import Enum
from typing import Any

from fastapi.routing import APIRoute
from pydantic import BaseModel
from typing_extensions import is_typeddict

from game_rules.later import is_later
from game_rules.log.events import Event
from game_rules.log.grown import Grown
from game_rules.log.position import Position
from game_rules.match.commands import Command
from server.api.served import PARTS
from server.edge.seminar_ws import SeminarHello, SeminarWelcome
from server.seminars.frames import Shown
from server.wire import frames
from server.wire.commands import WIRE_COMMANDS
from server.wire.fields import Body, Written

HEAD = """\
// Generated, do not edit: uv run python -m server.typescript > client/web/src/wire/wire.ts
"""

_UNIONS: Mapping[str, Any] = {
    "Event": Event,
    "Command": typing.Union[WIRE_COMMANDS],  # noqa: UP007
    "ClientFrame": frames.ClientFrame,
    "ServerFrame": frames.ServerFrame,
    "SeminarClientFrame": SeminarHello | frames.Ping,
    "SeminarFrame": SeminarWelcome | Shown | frames.Pong,
}

_NAMES: Mapping[Any, str] = {Event: "Event", Command: "Command"}
"""What is named, and not written out, where it stands inside of something."""

_SCALARS = {
    str: "string",
    int: "number",
    float: "number",
    bool: "boolean",
    type(None): "null",
    Any: "unknown",
}


def typescript() -> str:
    """Write one module with every type that crosses the wire."""
    known: dict[str, type] = {}
    for root in (*_UNIONS.values(), Position, *_http()):
        _collect(root, known)
    written = [_declaration(known[name]) for name in sorted(known)]
    unions = [f"export type {name} = {_union(root)};\n" for name, root in _UNIONS.items()]
    return "\n".join((HEAD, *written, *unions))


def http_routes() -> Iterator[APIRoute]:
    """Find the routes of the server's HTTP."""
    routes = (route for part in PARTS for route in part.router.routes)
    return (route for route in routes if isinstance(route, APIRoute))


def _http() -> Iterator[Any]:
    """Find what HTTP takes and what it answers."""
    for route in http_routes():
        yield from (body.field_info.annotation for body in route.dependant.body_params)
        if route.response_model is not None:
            yield route.response_model


def _collect(hint: Any, known: dict[str, type]) -> None:
    """Note the classes that a type is made of, and those that these are made of."""
    kind = _meant(hint)
    if not _is_class(kind):
        for each in typing.get_args(kind):
            _collect(each, known)
    elif kind is not known.get(kind.__name__):
        if kind.__name__ in known:
            raise TypeError(f"two classes are called {kind.__name__}; the browser needs two names")
        known[kind.__name__] = kind
        for each in _hints(kind).values():
            _collect(each, known)


def _meant(hint: Any) -> Any:
    """Take off what a hint is wrapped in; `Written` names what is meant instead."""
    while typing.get_origin(hint) in (typing.Annotated, typing.NotRequired):
        hint, *notes = typing.get_args(hint)
        hint = next((note.kind for note in notes if isinstance(note, Written)), hint)
    return hint


def _is_class(kind: Any) -> bool:
    if is_dataclass(kind) or is_typeddict(kind):
        return True
    return isinstance(kind, type) and issubclass(kind, (Enum, BaseModel))


def _hints(cls: Any) -> dict[str, Any]:
    hints = typing.get_type_hints(cls, include_extras=True)
    if issubclass(cls, BaseModel):
        return {name: hints[name] for name in cls.model_fields}
    if is_dataclass(cls):
        return {field.name: hints[field.name] for field in fields(cls)}
    return hints if is_typeddict(cls) else {}


def _declaration(cls: Any) -> str:
    if issubclass(cls, Enum):
        members = " | ".join(f'"{member.value}"' for member in cls)
        return f"export type {cls.__name__} = {members};\n"
    lines = [f'  readonly type: "{cls.type}";\n'] if hasattr(cls, "type") else []
    for name, hint in _hints(cls).items():
        optional = "?" if _may_be_left_out(cls, name) else ""
        lines.append(f"  readonly {name}{optional}: {_type(hint)};\n")
    return f"export interface {cls.__name__} {{\n{''.join(lines)}}}\n"


def _may_be_left_out(cls: Any, name: str) -> bool:
    """Tell whether a field is optional: in a command or a request, one with a default is.

    A field that came later is left out of any value while it is its default.
    """
    if is_typeddict(cls):
        return name not in cls.__required_keys__
    if is_dataclass(cls) and any(each.name == name and is_later(each) for each in fields(cls)):
        return True
    if issubclass(cls, Body):
        return not cls.model_fields[name].is_required()
    is_command = issubclass(cls, Command)
    return is_command and any(f.name == name and f.default is not MISSING for f in fields(cls))


def _type(hint: Any) -> str:
    kind = _meant(hint)
    if isinstance(kind, typing.NewType):
        return _type(kind.__supertype__)
    if name := _SCALARS.get(kind) or _NAMES.get(kind):
        return name
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if origin is typing.Literal:
        return " | ".join(f'"{value}"' for value in arguments)
    if origin in (typing.Union, types.UnionType):
        return _union(kind)
    if origin is tuple and arguments[-1] is not Ellipsis:
        return f"readonly [{', '.join(_type(argument) for argument in arguments)}]"
    if origin in (tuple, list, frozenset, Grown):
        item = _type(arguments[0])
        return f"readonly ({item})[]" if " " in item else f"readonly {item}[]"
    if origin is not None and issubclass(origin, Mapping):
        return f"Readonly<Record<string, {_type(arguments[1])}>>"
    return kind.__name__


def _union(hint: Any) -> str:
    return " | ".join(map(_type, typing.get_args(_meant(hint))))


if __name__ == "__main__":
    print(typescript(), end="")
