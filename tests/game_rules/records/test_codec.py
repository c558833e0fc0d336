"""Values to JSON and back: strictly, always the same way, and nothing but CodecError on the way."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, StrEnum
from typing import Any, ClassVar, NewType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from game_rules.later import LATER
from game_rules.records import codec, json_text
from game_rules.records.codec import CodecError
from game_rules.scenario.scenario import Scenario
from game_rules.scenario_files.scenarios import load_scenario, scenario_names

Name = NewType("Name", str)


@pytest.fixture(autouse=True, scope="module")
def _nothing_is_remembered() -> None:
    """Let every reader and writer be made here, whatever another test has read or written."""
    codec._reader.cache_clear()
    json_text._writer.cache_clear()


class Colour(StrEnum):
    """Words."""

    RED = "red"
    BLUE = "blue"


class Level(Enum):
    """Numbers."""

    LOW = 0
    HIGH = 1


@dataclass(frozen=True, slots=True)
class Circle:
    """One of two that are told apart by their tag."""

    type: ClassVar[str] = "circle"
    radius: float


@dataclass(frozen=True, slots=True)
class Square:
    """The other."""

    type: ClassVar[str] = "square"
    side: int


@dataclass(frozen=True, slots=True)
class Picture:
    """Everything the codec knows, in one."""

    name: Name
    colours: tuple[Colour, ...]
    at: tuple[int, float]
    shape: Circle | Square
    title: str | None
    is_framed: bool
    sizes: Mapping[Name, float]
    marks: frozenset[str] = frozenset()
    level: Level = Level.LOW
    extra: Any = None
    notes: Mapping[str, int] = field(default_factory=dict)
    frame: Square | None = None


texts = st.text(st.characters(exclude_categories=["Cs"]))
numbers = st.floats(allow_nan=False, allow_infinity=False)
pictures = st.builds(
    Picture,
    name=texts.map(Name),
    colours=st.lists(st.sampled_from(Colour)).map(tuple),
    at=st.tuples(st.integers(), numbers),
    shape=st.builds(Circle, numbers) | st.builds(Square, st.integers()),
    title=st.none() | texts,
    is_framed=st.booleans(),
    sizes=st.dictionaries(texts.map(Name), numbers),
    marks=st.frozensets(texts),
    level=st.sampled_from(Level),
    extra=st.none() | st.integers() | texts,
    notes=st.dictionaries(texts, st.integers()),
    frame=st.none() | st.builds(Square, st.integers()),
)
GOOD = codec.to_json(
    Picture(
        name=Name("n"),
        colours=(Colour.RED,),
        at=(1, 2.5),
        shape=Circle(1.5),
        title=None,
        is_framed=True,
        sizes={Name("x"): 1.0},
    )
)


@given(pictures)
def test_what_is_written_is_read_back(picture):
    written = codec.dumps(picture)
    assert codec.loads(Picture, written) == picture
    assert codec.dumps(codec.loads(Picture, written)) == written
    assert codec.loads(Picture, written.encode()) == picture


@given(pictures)
def test_the_text_is_the_one_that_json_itself_would_write(picture):
    document = codec.to_json(picture)
    plain = json.dumps(document, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    assert codec.dumps(picture) == plain


@pytest.mark.parametrize("name", scenario_names())
def test_shipped_scenarios_survive_to_the_byte(name):
    scenario = load_scenario(name)
    written = codec.dumps(scenario)
    assert codec.loads(Scenario, written) == scenario
    assert codec.dumps(codec.loads(Scenario, written)) == written


def test_the_form_is_compact_tagged_and_in_field_order():
    assert codec.dumps(Circle(2.0)) == '{"type":"circle","radius":2.0}'
    assert (
        codec.dumps((None, True, Colour.BLUE, [1], "\u0627")) == '[null,true,"blue",[1],"\u0627"]'
    )
    assert codec.dumps(frozenset({"b", "a"})) == '["a","b"]'
    assert codec.dumps({Name("k"): Level.HIGH}) == '{"k":1}'


def test_defaults_may_be_left_out_and_whole_numbers_stand_for_floats():
    least = {key: GOOD[key] for key in list(GOOD)[:7]}
    least["at"] = [1, 2]
    picture = codec.from_json(Picture, least)
    assert picture.at == (1, 2.0)
    assert isinstance(picture.at[1], float)
    assert (picture.marks, picture.level, picture.notes) == (frozenset(), Level.LOW, {})


BAD = [
    ({"nmae": "n"}, "nmae: is not a key of Picture"),
    ({"name": 3}, "name: 3 is not of type str"),
    ({"name": "\ud800"}, r"name: '\ud800' holds half a surrogate pair"),
    ({"colours": "red"}, "colours: 'red' is not an array"),
    ({"colours": ["red", "green"]}, "colours[1]: 'green' is none of red, blue"),
    ({"colours": [["red"]]}, "colours[0]: an array is none of red, blue"),
    ({"level": 2}, "level: 2 is none of 0, 1"),
    ({"at": [1]}, "at: has 1 entries, not 2"),
    ({"at": [1.0, 2]}, "at[0]: 1.0 is not of type int"),
    ({"at": [True, 2]}, "at[0]: True is not of type int"),
    ({"at": [1, True]}, "at[1]: True is not a finite number"),
    ({"at": [1, float("inf")]}, "at[1]: inf is not a finite number"),
    ({"at": [1, 10**400]}, "at[1]: 1000"),
    ({"shape": {"type": "circle"}}, "shape: lacks radius"),
    ({"shape": {"type": "circle", "side": 1}}, "shape.side: is not a key of Circle"),
    ({"shape": {"type": "moon"}}, "shape: type 'moon' is unknown; known: circle, square"),
    ({"shape": {"type": "squire"}}, "shape: type 'squire' is unknown; did you mean square?"),
    ({"shape": {"type": []}}, "shape: type an array is unknown; known: circle, square"),
    ({"shape": {}}, "shape: an object has no type; known: circle, square"),
    ({"shape": None}, "shape: None has no type; known: circle, square"),
    ({"frame": 5}, "frame: 5 has no type; known: square"),
    ({"title": {}}, "title: an object is not of type str"),
    ({"is_framed": 1}, "is_framed: 1 is not of type bool"),
    ({"sizes": [1]}, "sizes: an array is not an object"),
    ({"sizes": {"x": "y"}}, "sizes.x: 'y' is not a finite number"),
    ({"sizes": {"\ud800": "y"}}, r"sizes.\ud800: '\ud800' holds half a surrogate pair"),
    ({"marks": [1]}, "marks[0]: 1 is not of type str"),
    ({"marks": {}}, "marks: an object is not an array"),
    ({"name": ["x" * 200]}, "name: an array is not of type str"),
    ({"level": "x" * 200}, f"level: '{'x' * 79}... is none of"),
    ({"x" * 300: 1}, "x" * 200 + ": is not a key of Picture"),
]


@pytest.mark.parametrize(("change", "message"), BAD, ids=lambda value: str(value)[:30])
def test_what_does_not_fit_is_refused_with_its_path(change, message):
    with pytest.raises(CodecError) as caught:
        codec.from_json(Picture, GOOD | change)
    assert str(caught.value).startswith(message)
    assert str(caught.value).encode()


def test_missing_keys_and_wrong_tags_are_named():
    with pytest.raises(
        CodecError, match=r"^value: lacks name, at, shape, title, is_framed, sizes$"
    ):
        codec.from_json(Picture, {"colours": []})
    with pytest.raises(CodecError, match=r"^value: type 'square' is not 'circle'$"):
        codec.from_json(Circle, {"type": "square", "radius": 1})
    with pytest.raises(CodecError, match=r"^here: 5 is not an object$"):
        codec.from_json(Circle, 5, "here")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("{", "is not JSON"),
        (b"\xff", "is not JSON"),
        ("9" * 5000, "is not JSON"),
        ('{"radius": 1, "radius": 2}', "has a key twice"),
        ("[" * 100_000, "is nested too deeply"),
        ('{"type": "circle", "radius": NaN}', "radius: nan is not a finite number"),
    ],
)
def test_text_that_is_no_value_is_refused(text, problem):
    with pytest.raises(CodecError, match=problem):
        codec.loads(Circle, text)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=4,
)


@settings(max_examples=100)
@given(st.dictionaries(st.sampled_from([*GOOD, "type", "x"]), json_values, max_size=3))
def test_anything_put_in_is_read_or_refused(change):
    try:
        picture = codec.from_json(Picture, GOOD | change)
    except CodecError:
        return
    assert isinstance(picture, Picture)


def test_a_kind_without_a_json_form_is_a_bug_and_says_so():
    with pytest.raises(TypeError, match="complex has no JSON form here"):
        codec.dumps(1j)
    with pytest.raises(TypeError, match="has no JSON form here"):
        codec.from_json(bytes, "x")


def test_not_a_number_is_never_written():
    with pytest.raises(ValueError, match="not JSON compliant"):
        codec.dumps(float("nan"))


@dataclass(frozen=True, slots=True)
class Grown:
    """A class that got two fields after records had been written."""

    name: str
    kind: str = field(default="state", metadata=LATER)
    marks: Mapping[str, int] = field(default_factory=dict, metadata=LATER)


@dataclass(frozen=True, slots=True)
class Later:
    """A class of which every field came later."""

    low: int = field(default=0, metadata=LATER)
    high: int = field(default=9, metadata=LATER)


@pytest.mark.parametrize(
    ("later", "text"),
    [(Later(), "{}"), (Later(high=7), '{"high":7}'), (Later(1, 7), '{"low":1,"high":7}')],
)
def test_a_class_may_have_none_but_fields_that_came_later(later: Later, text: str):
    assert codec.dumps(later) == text
    assert codec.loads(Later, text) == later


@pytest.mark.parametrize(
    ("grown", "text"),
    [
        (Grown("a"), '{"name":"a"}'),
        (Grown("a", kind="firm"), '{"name":"a","kind":"firm"}'),
        (Grown("a", marks={"x": 1}), '{"name":"a","marks":{"x":1}}'),
        (Grown("a", "firm", {"x": 1}), '{"name":"a","kind":"firm","marks":{"x":1}}'),
    ],
)
def test_a_field_that_came_later_is_written_only_where_it_says_something(grown: Grown, text: str):
    assert codec.dumps(grown) == text
    assert codec.loads(Grown, text) == grown
