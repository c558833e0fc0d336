"""TOML text from outside: size limit, UTF-8, and errors with a position."""

import re
import tomllib
from typing import Any

from game_rules.errors import ScenarioError
from game_rules.texts import read_number

LARGEST_FILE = 1024 * 1024
LONGEST_LINE = 4000
MOST_DOTS = 100

_NUMBER = re.compile(r"[+-]?\d{1,20}(\.\d{1,20})?")
_PLACE = re.compile(r" \(at (line \d+, column \d+|end of document)\)$")


def parse_toml(content: str | bytes, source: str) -> dict[str, Any]:
    """Read a TOML document of at most 1 MiB.

    source: what errors call it. Raises ScenarioError naming the line where there is one.

    >>> parse_toml("rounds = 8", "mine.toml")
    {'rounds': 8}
    """
    text = _decode(content, source)
    _require_short_lines(text, source)
    try:
        return tomllib.loads(text)
    except RecursionError as error:
        raise ScenarioError(source, "file", "is nested too deeply; flatten it") from error
    except ValueError as error:  # TOMLDecodeError, or a number too long for Python
        raise _syntax_error(source, str(error), text) from error


def _decode(content: str | bytes, source: str) -> str:
    raw = content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content
    if len(raw) > LARGEST_FILE:
        raise ScenarioError(source, "file", f"is larger than {LARGEST_FILE} bytes; shorten it")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        place = f"byte {error.start + 1}"
        raise ScenarioError(source, place, "is not UTF-8; save the file as UTF-8") from error


def _require_short_lines(text: str, source: str) -> None:
    # tomllib takes time in the square of a dotted key's parts; few dots a line bound it.
    for number, line in enumerate(text.split("\n"), start=1):
        if len(line) > LONGEST_LINE or line.count(".") > MOST_DOTS:
            problem = (
                f"has {len(line)} characters and {line.count('.')} dots; "
                f"{LONGEST_LINE} and {MOST_DOTS} are the most; break it in lines"
            )
            raise ScenarioError(source, f"line {number}", problem)


def _syntax_error(source: str, message: str, text: str) -> ScenarioError:
    found = _PLACE.search(message)
    place = found[1] if found else "file"
    remedy = _remedy(text, place) or "mend it there"
    return ScenarioError(source, place, f"is not TOML: {_PLACE.sub('', message)}; {remedy}")


def _remedy(text: str, place: str) -> str | None:
    """Name a value that only looks like a number of TOML, as word processors write it."""
    line = re.match(r"line (\d+)", place)
    if line is None:
        return None
    _, _, value = text.split("\n")[int(line[1]) - 1].partition("=")
    written, plain = value.strip(), read_number(value.strip())
    if written == plain or not _NUMBER.fullmatch(plain):
        return None
    return f"write {plain} where it says {written}"
