"""One TOML table of a scenario, read key by key; errors name the exact key.

Indices in error messages count from 1: `arenas[2].members[1]` is the first member of the second
[[arenas]].
"""

import re
from collections.abc import Sequence
from enum import StrEnum
from typing import Any, TypeVar

from game_rules.errors import ScenarioError
from game_rules.nearest import nearest
from game_rules.texts import invisible_sign, is_visible

Choice = TypeVar("Choice", bound=StrEnum)

SLUG = re.compile(r"[a-z][a-z0-9_]{0,39}")
SEAT = re.compile(r"[A-Z][A-Z0-9]{1,11}")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_LONGEST_SHOWN = 60


class TomlTable:
    """A TOML table and its path, for errors.

    keys: all that it may hold. Raises ScenarioError at once for any other key.
    """

    def __init__(self, values: dict[str, Any], source: str, path: str, keys: Sequence[str]) -> None:
        self._values, self._source, self._path = values, source, path
        for key in values:
            if key not in keys:
                raise self.error(_short(key), f"is not a key here; {nearest(key, keys)}")

    @property
    def source(self) -> str:
        """The name of the file in errors."""
        return self._source

    def __contains__(self, key: str) -> bool:
        return key in self._values

    def error(self, key: str, problem: str) -> ScenarioError:
        """Build the error that names this table's file, a key of it and the problem."""
        return ScenarioError(self._source, self._at(key), problem)

    def text(self, key: str, longest: int) -> str:
        """Read text of 1 to longest characters; runs of white space become one space."""
        return self._text(key, self._get(key, _text_wanted(longest)), longest)

    def texts(self, key: str, fewest: int, most: int, longest: int) -> tuple[str, ...]:
        """Read a list of texts, e.g. paragraphs."""
        entries = self._list(key, f"{_text_wanted(longest)} each", fewest, most)
        return tuple(self._text(f"{key}[{i}]", e, longest) for i, e in enumerate(entries, start=1))

    def name(self, key: str, shape: re.Pattern[str], wanted: str) -> str:
        """Read a name of a given shape."""
        value = self._get(key, wanted)
        if not isinstance(value, str) or not shape.fullmatch(value):
            raise self.error(key, f"{shown(value)} has the wrong shape; give {wanted}")
        return value

    def integer(self, key: str, lowest: int, highest: int) -> int:
        """Read a whole number in a range, both ends included."""
        wanted = f"a whole number from {lowest} to {highest}"
        value = self._get(key, wanted)
        if type(value) is not int or not lowest <= value <= highest:
            raise self.error(key, f"{shown(value)} does not fit; give {wanted}")
        return value

    def number(self, key: str, lowest: float, highest: float) -> float:
        """Read a finite number in a range, both ends included."""
        wanted = f"a number from {lowest:g} to {highest:g}"
        value = self._get(key, wanted)
        if type(value) not in (int, float) or not lowest <= value <= highest:
            raise self.error(key, f"{shown(value)} does not fit; give {wanted}")
        return float(value)

    def positive(self, key: str, highest: float) -> float:
        """Read a finite number above 0."""
        wanted = f"a number above 0, at most {highest:g}"
        value = self._get(key, wanted)
        if type(value) not in (int, float) or not 0 < value <= highest:
            raise self.error(key, f"{shown(value)} does not fit; give {wanted}")
        return float(value)

    def flag(self, key: str, default: bool) -> bool:
        """Read true or false."""
        value = self._values.get(key, default)
        if type(value) is not bool:
            raise self.error(key, f"{shown(value)} does not fit; give true or false")
        return value

    def choice(self, key: str, kind: type[Choice], default: Choice | None = None) -> Choice:
        """Read one value of an enum."""
        if default is not None and key not in self:
            return default
        return kind(self.known(key, _values(kind)))

    def choices(self, key: str, kind: type[Choice], fewest: int = 1) -> tuple[Choice, ...]:
        """Read a list of enum values without duplicates."""
        names = _values(kind)
        entries = self._list(key, f"each one of {', '.join(names)}", fewest, len(names))
        found = [self._known(f"{key}[{i}]", e, names) for i, e in enumerate(entries, start=1)]
        for i, name in enumerate(found):
            if name in found[:i]:
                raise self.error(f"{key}[{i + 1}]", f"{name!r} is there twice; keep one")
        return tuple(kind(name) for name in found)

    def known(self, key: str, names: Sequence[str]) -> str:
        """Read one of the known names."""
        return self._known(key, self._get(key, f"one of {', '.join(names)}"), names)

    def words(self, key: str, fewest: int, most: int, wanted: str) -> tuple[str, ...]:
        """Read a list of names, e.g. seats; the caller validates them."""
        entries = self._list(key, wanted, fewest, most)
        for i, entry in enumerate(entries, start=1):
            if not isinstance(entry, str):
                raise self.error(f"{key}[{i}]", f"{shown(entry)} does not fit; give {wanted}")
        return tuple(entries)

    def lists(self, key: str, most: int, wanted: str) -> tuple[tuple[str, ...], ...]:
        """Read a list of lists of names."""
        entries = self._list(key, wanted, 0, most)
        rows = {f"{key}[{i}]": entry for i, entry in enumerate(entries, start=1)}
        lists = TomlTable(rows, self._source, self._path, tuple(rows))
        return tuple(lists.words(place, 0, most, wanted) for place in rows)

    def table(self, key: str, keys: Sequence[str]) -> "TomlTable":
        """Read a table inside this one."""
        value = self._get(key, "a table")
        return self._table(key, value, keys)

    def tables(
        self, key: str, fewest: int, most: int, keys: Sequence[str]
    ) -> "tuple[TomlTable, ...]":
        """Read a list of tables, written [[key]]."""
        entries = self._list(key, f"[[{self._at(key)}]] tables", fewest, most)
        return tuple(self._table(f"{key}[{i}]", e, keys) for i, e in enumerate(entries, start=1))

    def has_tables(self, key: str) -> bool:
        """Tell whether a key holds a list that begins with a table."""
        value = self._values.get(key)
        return isinstance(value, list) and bool(value) and isinstance(value[0], dict)

    def is_table(self, key: str) -> bool:
        """Tell whether a key holds a table."""
        return isinstance(self._values.get(key), dict)

    def held(self, keys: Sequence[str]) -> tuple[str, ...]:
        """Return those of some keys that are present."""
        return tuple(key for key in keys if key in self)

    def _at(self, key: str) -> str:
        return f"{self._path}.{key}" if self._path else key

    def _get(self, key: str, wanted: str) -> Any:
        if key not in self._values:
            raise self.error(key, f"is missing; give {wanted}")
        return self._values[key]

    def _table(self, key: str, value: Any, keys: Sequence[str]) -> "TomlTable":
        if not isinstance(value, dict):
            raise self.error(key, f"{shown(value)} does not fit; give a table")
        return TomlTable(value, self._source, self._at(key), keys)

    def _list(self, key: str, wanted: str, fewest: int, most: int) -> list[Any]:
        value = self._get(key, f"a list: {wanted}") if fewest else self._values.get(key, [])
        if not isinstance(value, list):
            raise self.error(key, f"{shown(value)} does not fit; give a list: {wanted}")
        if len(value) < fewest:
            raise self.error(key, f"has {len(value)}; give at least {fewest}: {wanted}")
        if len(value) > most:
            raise self.error(key, f"has {len(value)}; {most} is the most, take some out")
        return value

    def _text(self, key: str, value: Any, longest: int) -> str:
        if not isinstance(value, str):
            raise self.error(key, f"{shown(value)} does not fit; give {_text_wanted(longest)}")
        text = " ".join(value.split())
        if not 1 <= len(text) <= longest:
            raise self.error(key, f"has {len(text)} characters; give {_text_wanted(longest)}")
        if odd := _CONTROL.search(text):
            raise self.error(key, f"holds the control character {odd[0]!r}; take it out")
        if odd_sign := invisible_sign(text):
            raise self.error(key, f"holds {odd_sign!r}, which nobody can see; take it out")
        if not is_visible(text):
            raise self.error(key, "has nothing that can be seen; write letters")
        return text

    def _known(self, key: str, value: Any, names: Sequence[str]) -> str:
        if not isinstance(value, str):
            raise self.error(key, f"{shown(value)} does not fit; give one of {', '.join(names)}")
        if value not in names:
            raise self.error(key, f"{shown(value)} is unknown; {nearest(value, names)}")
        return value


def shown(value: Any) -> str:
    """Format a TOML value for an error, however large it is.

    >>> shown(True), shown([1]), shown({}), shown(float("inf")), shown(16**9000)
    ('true', 'a list', 'a table', 'inf', 'a whole number of 36001 bits')
    """
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict):
        return "a table"
    if isinstance(value, list):
        return "a list"
    if isinstance(value, int) and value.bit_length() > 64:
        return f"a whole number of {value.bit_length()} bits"
    if isinstance(value, (str, int, float)):
        return _short(repr(value))
    return f"a {type(value).__name__}"


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}..."


def _text_wanted(longest: int) -> str:
    return f"text of 1 to {longest} characters"


def _values(kind: type[StrEnum]) -> tuple[str, ...]:
    return tuple(member.value for member in kind)
