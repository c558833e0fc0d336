"""Quick readers agree with those that name what is wrong, and refuse no event of ours."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, ClassVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from game_rules import RULES_VERSION
from game_rules.later import LATER
from game_rules.log.events import Event
from game_rules.records import codec
from game_rules.records.codec import CodecError
from game_rules.records.quick_reading import REFUSED, quick_reader
from tests.client.random_matches import random_log
from tests.game_rules.records.test_codec import json_values


class Colour(StrEnum):
    """Words."""

    RED = "red"
    BLUE = "blue"


@dataclass(frozen=True, slots=True)
class Leaf:
    """One of two that are told apart by their tag."""

    type: ClassVar[str] = "leaf"
    size: float


@dataclass(frozen=True, slots=True)
class Tree:
    """Everything that a quick reader knows, in one that may hold itself."""

    type: ClassVar[str] = "tree"
    name: str
    at: tuple[int, float]
    colours: tuple[Colour, ...]
    sizes: Mapping[Colour, float]
    marks: frozenset[str]
    is_old: bool
    any: Any
    title: str | None
    part: "Leaf | Tree | None"
    best: "Leaf | Tree"
    inner: "Tree | None"
    kind: str = field(default="wild", metadata=LATER)
    notes: Mapping[str, int] = field(default_factory=dict, metadata=LATER)


LEAF = {"type": "leaf", "size": 1.5}
LEAST = {
    "type": "tree",
    "name": "n\u0627",
    "at": [1, 2],
    "colours": ["red", "blue"],
    "sizes": {"red": 1.0},
    "marks": ["a"],
    "is_old": True,
    "any": {"x": [1]},
    "title": None,
    "part": None,
    "best": LEAF,
    "inner": None,
}
WHOLE = {**LEAST, "title": "t", "part": LEAF, "inner": LEAST, "kind": "tame", "notes": {"a": 1}}


def test_all_that_is_written_is_read() -> None:
    least = quick_reader(Tree)(LEAST)
    assert (least.at, least.kind, least.notes) == ((1, 2.0), "wild", {})
    assert quick_reader(Tree)(WHOLE) == codec._reader(Tree)(WHOLE)
    assert quick_reader(Tree)(WHOLE).inner == least


@pytest.mark.parametrize(
    "change",
    [
        {"name": "\ud800"},
        {"name": 5},
        {"at": [1]},
        {"at": [1, float("nan")]},
        {"at": [1, 10**400]},
        {"at": [True, 1.0]},
        {"colours": "red"},
        {"sizes": []},
        {"sizes": {"green": 1.0}},
        {"best": {"type": "bush"}},
        {"best": {"type": []}},
        {"best": None},
        {"inner": LEAF},
        {"more": 1},
    ],
    ids=str,
)
def test_what_does_not_fit_is_refused(change: Mapping[str, object]) -> None:
    with pytest.raises(REFUSED):
        quick_reader(Tree)({**LEAST, **change})


def test_what_it_does_not_know_is_left_to_others() -> None:
    """A class or a text: a document has no tag then."""
    with pytest.raises(REFUSED):
        quick_reader(Leaf | str)("a")


@settings(max_examples=60)
@given(st.dictionaries(st.sampled_from([*WHOLE, "x"]), json_values, max_size=3))
def test_what_is_read_is_read_alike(change: Mapping[str, object]) -> None:
    try:
        found = quick_reader(Tree)({**WHOLE, **change})
    except REFUSED:
        return
    assert repr(found) == repr(codec._reader(Tree)({**WHOLE, **change}))


@pytest.mark.parametrize("seed", range(3))
def test_no_event_is_refused(seed: int) -> None:
    for event in random_log(seed, 60, RULES_VERSION):
        document = json.loads(codec.dumps(event))
        assert quick_reader(Event)(document) == event


def test_the_path_of_what_is_wrong_is_told() -> None:
    with pytest.raises(CodecError, match=r"^inner\.best: None has no type; known: leaf, tree$"):
        codec.from_json(Tree, {**LEAST, "inner": {**LEAST, "best": None}})
