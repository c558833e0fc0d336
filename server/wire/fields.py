"""Fields of frames and bodies, with the limits that the rules declare; see `frames`."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from game_rules import limits
from game_rules.limits import Limit, Typed
from game_rules.texts import clean_text


class Frame(BaseModel):
    """A strict model that refuses unknown fields. Built when the first one is read or written."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, defer_build=True)


LARGEST_BODY = 4096
"""In bytes: what a request may bring if its body says no more, and in any case without a token."""


class Body(BaseModel):
    """A strict request body that refuses unknown fields. Fields with a default are optional.

    largest: the bytes that it may have, with a token.
    """

    model_config = ConfigDict(strict=True, extra="forbid")
    largest: ClassVar[int] = LARGEST_BODY


@dataclass(frozen=True, slots=True)
class Written:
    """Names what JSON holds where the annotated type is wider, e.g. a dict that is an event.

    Nothing checks it here; `server.typescript` writes the browser's types from it.
    """

    kind: Any


def within(limit: Limit, *, has_length: bool) -> Any:
    """Return the check of a limit, for a number or for the length of a text or a collection."""
    if not has_length:
        return Field(ge=limit.least, le=limit.most, gt=limit.above, lt=limit.below)
    least, most = (None if x is None else int(x) for x in (limit.least, limit.most))
    return Field(min_length=least, max_length=most, pattern=limit.pattern)


def cleaned(typed: Typed) -> Callable[[Any], Any]:
    """Return the function that cleans what people type; what shows nothing is empty then."""

    def clean(text: Any) -> Any:
        if not isinstance(text, str):
            return text
        return clean_text(text, has_lines=typed is Typed.MESSAGE)

    return clean


CLEAN_NAME = BeforeValidator(cleaned(Typed.NAME))
"""Of a body's name or title: its length is that of what is left."""


def printable(text: str) -> str:
    """Refuse what a reader could not copy from a page, as a seed must be. Raises ValueError."""
    if not text.isprintable():
        raise ValueError("holds a sign that cannot be seen; use printable letters")
    return text


SeatCode = Annotated[str, within(limits.SEAT, has_length=True)]
Id = Annotated[str, within(limits.ID, has_length=True)]
