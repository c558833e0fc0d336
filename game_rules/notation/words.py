"""The words of a notation: a line taken apart from left to right, and values written as words."""

import json
import re
from enum import Enum
from typing import Any, TypeVar

from game_rules.errors import InvalidInput
from game_rules.nearest import nearest

Kind = TypeVar("Kind", bound=Enum)

_PLAIN = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*")
_LITERALS = ("true", "false", "null")
_WORD = re.compile(r'[^\s,;:|="{}\[\]#/]+')
_AMOUNT = re.compile(r"-?[0-9]+(?:\.[0-9]+)?(?:e[+-]?[0-9]+)?")
_PIECE = re.compile(r'"(?:[^"\\]|\\.)*"|.', re.DOTALL)
_DECODER = json.JSONDecoder()
_LONGEST_SHOWN = 40


class NotationError(InvalidInput):
    """A line of a notation that cannot be read or played; line counts from 1."""

    def __init__(self, line: int, problem: str) -> None:
        super().__init__(f"line {line}: {problem}")
        self.line, self.problem = line, problem


class Scanner:
    """A line that is read from left to right. Each reader skips the spaces before it."""

    def __init__(self, text: str) -> None:
        self._text, self._place = text, 0

    @property
    def rest(self) -> str:
        """What has not been read yet, without the spaces before it."""
        return self._text[self._place :].lstrip()

    def take(self, mark: str) -> bool:
        """Read a mark if it comes next; tell whether it did."""
        if not self.rest.startswith(mark):
            return False
        self._place = len(self._text) - len(self.rest) + len(mark)
        return True

    def is_next(self, word: str) -> bool:
        """Tell whether a whole word comes next."""
        found = _WORD.match(self.rest)
        return found is not None and found[0] == word

    def take_word(self, word: str) -> bool:
        """Read a whole word if it comes next; tell whether it did."""
        return self.is_next(word) and self.take(word)

    def need(self, mark: str) -> None:
        """Read a mark. Raises InvalidInput if something else comes next."""
        if not self.take(mark):
            raise InvalidInput(f"{self.shown()} comes where {mark!r} should; write {mark!r}")

    def word(self, what: str) -> str:
        """Read a word, plain or in quotation marks. what: it is, for the error."""
        if self.rest.startswith('"'):
            return str(self.value(what))
        found = _WORD.match(self.rest)
        if found is None:
            raise InvalidInput(f"{self.shown()} comes where {what} should; write {what}")
        self.take(found[0])
        return found[0]

    def one_of(self, kind: type[Kind], what: str) -> Kind:
        """Read the value of an enumeration. Raises InvalidInput with those that there are."""
        known = {member.value: member for member in kind}
        if not self.rest:
            raise InvalidInput(f"{self.shown()} comes where {what} should; {nearest('', known)}")
        name = self.word(what)
        if name not in known:
            raise InvalidInput(f"{name[:_LONGEST_SHOWN]!r} is not {what}; {nearest(name, known)}")
        return known[name]

    def amount(self, what: str) -> float:
        """Read a number. Raises InvalidInput for anything else."""
        found = _AMOUNT.match(self.rest)
        if found is None:
            raise InvalidInput(f"{self.shown()} is no number; write {what} in digits")
        self.take(found[0])
        return float(found[0])

    def value(self, what: str) -> Any:
        """Read a value: a plain word is a text, and everything else is JSON."""
        found = _WORD.match(self.rest)
        if found is not None and _PLAIN.fullmatch(found[0]) and found[0] not in _LITERALS:
            self.take(found[0])
            return found[0]
        rest = self.rest
        try:
            value, end = _DECODER.raw_decode(rest)
        except (ValueError, RecursionError) as error:
            told = f"{self.shown()} is no value for {what}"
            raise InvalidInput(f"{told}; write a word, a number or JSON") from error
        self.take(rest[:end])
        return value

    def shown(self) -> str:
        """Show what comes next, for an error."""
        rest = self.rest
        if not rest:
            return "the end of the line"
        return repr(rest if len(rest) <= _LONGEST_SHOWN else f"{rest[:_LONGEST_SHOWN]}...")


def parted(text: str, mark: str) -> list[str]:
    """Part a line at each mark that stands outside quotation marks; the parts are stripped.

    >>> parted('A says "no; never"; B C', ";")
    ['A says "no; never"', 'B C']
    """
    parts = [""]
    for piece in _PIECE.findall(text):
        if piece == mark:
            parts.append("")
        else:
            parts[-1] += piece
    return [part.strip() for part in parts]


def written(value: Any) -> str:
    """Write a JSON value as `Scanner.value` reads it.

    >>> written("China"), written("two words"), written({"a": 1})
    ('China', '"two words"', '{"a":1}')
    """
    if isinstance(value, str) and _PLAIN.fullmatch(value) and value not in _LITERALS:
        return value
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def quoted(text: str) -> str:
    """Write a text in quotation marks, on one line.

    >>> quoted("no")
    '"no"'
    """
    return json.dumps(text, ensure_ascii=False)
