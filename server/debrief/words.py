"""The words of a debrief in a language: of sentences, of values, of seats and arenas."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from string import Formatter

from game_rules.debrief.remarks import Remark, Unit, Value
from game_rules.roles import Seat
from game_rules.scenario.scenario import Arena, Scenario
from game_rules.strategies import strategy

LANGUAGES = ("en", "ur")
FROM_RIGHT_TO_LEFT = ("ur",)

_CRISIS = "crisis_"
_PLAYER = re.compile(r"Player (\d+)")


@dataclass(frozen=True, slots=True)
class SentencePiece:
    """A piece of a sentence: words of the language, or a value that is put in."""

    text: str
    is_value: bool = False
    is_number: bool = False


class Words:
    """The words of a debrief in one language."""

    def __init__(self, language: str, scenario: Scenario, arenas: Iterable[Arena]) -> None:
        self.language = language
        self._words, self._names = _read(f"{language}.json"), _names(language)
        self._arenas = {arena.name: arena for arena in arenas}
        self._scenario = scenario
        self._articles = {_alone(line): line for line in self._words["names.the"].splitlines()}

    @property
    def title(self) -> str:
        """The title of the scenario."""
        return scenario_title(self.language, self._scenario.name, self._scenario.title)

    def note(self, exhibit: str) -> str:
        """Say what a reader has to know of a table; nothing of most."""
        return self._words.get(f"note.{exhibit}", "")

    def say(self, key: str, **values: str) -> str:
        """Say the words of a key, with values put in."""
        return self._words[key].format(**values)

    def sentence(self, remark: Remark) -> Iterator[SentencePiece]:
        """Say a remark, piece by piece."""
        for text, name, way, _ in Formatter().parse(self._words[remark.kind]):
            if text:
                yield SentencePiece(text)
            if name is not None:
                value = remark.arguments[name]
                yield SentencePiece(self.value(value, way or ""), True, value.is_number)

    def value(self, value: Value, way: str = "") -> str:
        """Write a value. way: `abs` without its sign, `sign` with it in any case.

        Seats in a sentence: `the` as in "the Philippines", `The` where they begin it.
        """
        found = value.value
        match value.unit:
            case Unit.SEAT:
                return self._in_sentence([self.seat(str(found))], way)
            case Unit.SEATS:
                assert isinstance(found, tuple)
                return self._in_sentence([self.seat(code) for code in found], way)
            case Unit.ARENA:
                return self.arena(str(found))
            case Unit.STRATEGY:
                return self.strategy(str(found))
            case Unit.TABLE:
                return self.say("table", number=str(found))
            case Unit.NAME:
                return str(found)
            case Unit.WORD:
                return self._words[f"word.{found}"]
            case Unit.NOTHING:
                return self._words["none"]
        assert isinstance(found, float | int), "all other units are of numbers"
        return _number(value.unit, found, way)

    def seat(self, code: str) -> str:
        """Name a seat."""
        name = self._scenario.player(Seat(code)).name
        return self._called(code, name)

    def arena(self, name: str) -> str:
        """Name an arena; one that a crisis opened, by its two rivals."""
        arena = self._arenas[name]
        if name.startswith(_CRISIS) and "arena.crisis" in self._names:
            a, b = map(self.seat, arena.members[:2])
            return self._names["arena.crisis"].format(a=a, b=b)
        return self._names.get(f"arena.{name}", arena.title)

    def strategy(self, name: str) -> str:
        """Name a strategy."""
        return self._names.get(f"strategy.{name}") or strategy(name).title

    def _in_sentence(self, names: list[str], way: str) -> str:
        """List names, with their articles where a sentence asks for them."""
        if not way:
            return self._listed(names)
        text = self._listed([self._articles.get(name, name) for name in names])
        return text[0].upper() + text[1:] if way == "The" else text

    def _listed(self, names: list[str]) -> str:
        """List names: two are a pair."""
        return self.say("list.two" if len(names) == 2 else "list.comma").join(names)

    def _called(self, code: str, name: str) -> str:
        numbered = _PLAYER.fullmatch(name)
        if numbered and "seat.player" in self._names:
            return self._names["seat.player"].format(number=numbered[1])
        return self._names.get(f"country.{code}", name)


def _alone(named: str) -> str:
    """Give a name as it stands alone.

    >>> _alone("the militia")
    'Militia'
    """
    name = named.split(" ", 1)[1]
    return name[0].upper() + name[1:]


_FORMS = {
    Unit.COUNT: (1, 0, ""),
    Unit.POINTS: (1, 1, ""),
    Unit.INDEX: (1, 1, ""),
    Unit.SHARE: (100, 0, "%"),
}
"""By unit: its factor, the places after the point, and what follows."""


def _number(unit: Unit, number: float, way: str) -> str:
    """Write a number with the figures of its unit.

    >>> _number(Unit.POINTS, -1.25, ""), _number(Unit.SHARE, 0.5, ""), _number(Unit.COUNT, 3, "")
    ('−1.2', '50%', '3')
    """
    sign = "+" if way == "sign" else ""
    scale, places, after = _FORMS[unit]
    text = f"{scale * number:{sign}.{places}f}{after}"
    if float(text.rstrip("%")) == 0:
        text = text.lstrip("+-")  # a zero has no sign
    return text.lstrip("+-") if way == "abs" else text.replace("-", "−")


def keys(language: str) -> frozenset[str]:
    """Name all keys of a language."""
    return frozenset(_read(f"{language}.json"))


def say(language: str, key: str, **values: str) -> str:
    """Say the words of a key outside a debrief, with values put in."""
    return _read(f"{language}.json")[key].format(**values)


def scenario_title(language: str, name: str, title: str) -> str:
    """Translate the title of a scenario; one of somebody's own stays as it is."""
    return _names(language).get(f"scenario.{name}.title", title)


@cache
def _read(name: str) -> Mapping[str, str]:
    text = (resources.files("server.debrief") / "languages" / name).read_text("utf-8")
    return json.loads(text)


def _names(language: str) -> Mapping[str, str]:
    """Read the names of the rules in a language; English ones stand in the match."""
    return {} if language == "en" else _read(f"names.{language}.json")
