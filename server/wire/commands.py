"""The frames of commands, made from the rules' own declarations: fields, defaults and limits."""

import re
import typing
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from enum import Enum
from functools import cache, reduce
from operator import or_
from types import GenericAlias, UnionType
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, FailFast, Field, GetCoreSchemaHandler, create_model
from pydantic_core import CoreSchema

from game_rules.limits import Limit
from game_rules.match.commands import COMMANDS, Command
from game_rules.scenario.injects import InjectEffect
from server.wire.fields import Frame, cleaned, within

WIRE_COMMANDS = tuple(kind for kind in COMMANDS if kind.on_wire)
"""What a connection may ask for."""


class _Read:
    """Reads a command of the rules from its frame."""

    def __get_pydantic_core_schema__(
        self, source: object, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        kinds = reduce(or_, map(_value, WIRE_COMMANDS))
        return handler.generate_schema(Annotated[kinds, Field(discriminator="type")])


WireCommand = Annotated[Command, _Read()]
"""A command as a frame holds it: strict, within its limits, and told by its type."""

_LITERAL: Any = Literal


@cache
def _value(kind: Any) -> Any:
    """Give the type by which a dataclass of the rules is read: its frame, then the value."""

    def make(frame: Frame) -> Any:
        values = frame.__dict__  # nobody else has the frame
        values.pop("type", None)
        return kind(**values)

    return _checked(_frame(kind), AfterValidator(make))


def _frame(kind: Any) -> type[Frame]:
    hints = typing.get_type_hints(kind, include_extras=True)
    held: dict[str, Any] = {
        field.name: (_field(hints[field.name]), ... if field.default is MISSING else field.default)
        for field in fields(kind)
    }
    if issubclass(kind, Command):
        name, held["type"] = kind.__name__, _LITERAL[kind.type]
    else:
        name = f"Wire{re.findall('[A-Z][a-z]+', kind.__name__)[-1]}"
    return create_model(name, __base__=Frame, __doc__=kind.__doc__, **held)


def _field(hint: Any, *limits: Limit) -> Any:
    """Give the type by which a field is read: an enum by its value, and only finite numbers."""
    kind, inside = typing.get_origin(hint) or hint, typing.get_args(hint)
    checks = [within(limit, has_length=kind not in (int, float)) for limit in limits]
    if kind is Annotated:
        return _field(inside[0], *inside[1:])
    if isinstance(kind, typing.NewType):
        return _field(kind.__supertype__, *limits)
    if kind in (typing.Union, UnionType):
        return reduce(or_, map(_field, inside))
    if kind is tuple:
        return _many(inside[0], checks)
    if kind is Mapping:
        key, value = map(_field, inside)
        return _checked(GenericAlias(dict, (key, value)), FailFast(), *checks)
    if is_dataclass(kind):
        return _value(kind)
    if issubclass(kind, Enum):
        return Annotated[kind, Field(strict=False)]
    checks += [AfterValidator(cleaned(limit.typed)) for limit in limits if limit.typed is not None]
    return _checked(kind, *checks, *([Field(allow_inf_nan=False)] if kind is float else []))


def _many(item: Any, checks: list[Any]) -> Any:
    value = _field(item)
    if item is InjectEffect:  # the words of this refusal are of a tuple, and stay so
        return _checked(GenericAlias(tuple, (value, ...)), Field(strict=False), FailFast(), *checks)
    return _checked(GenericAlias(list, (value,)), FailFast(), *checks, AfterValidator(tuple))


def _checked(kind: Any, *checks: Any) -> Any:
    return reduce(lambda checked, check: Annotated[checked, check], checks, kind)
