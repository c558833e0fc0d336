"""In which compressed form an answer is sent."""

from typing import Literal, TypeAlias

from starlette.datastructures import Headers

Encoding: TypeAlias = Literal["br", "gzip"]
ENDINGS: dict[Encoding, str] = {"br": ".br", "gzip": ".gz"}
"""What `client/web/compress-plugin.ts` adds to a file's name, the smallest form first."""


LONGEST = 200
"""As much of the header as is read; browsers send a quarter of it."""


def taken(asked: Headers) -> tuple[Encoding, ...]:
    """Give the compressed forms that a client takes, the smallest first; a weight of 0 refuses."""
    wish = asked.get("accept-encoding", "")[:LONGEST].lower()
    named = dict(_item(item) for item in wish.split(","))
    return tuple(form for form in ENDINGS if named.get(form, False))


def _item(item: str) -> tuple[str, bool]:
    name, _, weight = item.partition(";")
    return name.strip(), weight.replace(" ", "").rstrip("0.") != "q="
