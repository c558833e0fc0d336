"""Swift values are frozen dataclasses in all but the time that it takes to make one."""

import pickle
from dataclasses import FrozenInstanceError, dataclass, field, replace
from inspect import signature

import pytest

from game_rules.memory import Remembering
from game_rules.swift import swift


@dataclass(frozen=True, slots=True)
class Plain(Remembering):
    round: int
    arenas: dict[str, float] = field(default_factory=dict)
    name: str = "strait"


@swift
@dataclass(frozen=True, slots=True)
class Swift(Remembering):
    round: int
    arenas: dict[str, float] = field(default_factory=dict)
    name: str = "strait"


@pytest.mark.parametrize("given", [{}, {"name": "sea"}, {"arenas": {"sea": 1.0}, "name": "sea"}])
def test_it_has_the_same_fields_as_a_plain_one(given: dict) -> None:
    made, plain = Swift(1, **given), Plain(1, **given)

    assert (made.round, made.arenas, made.name) == (plain.round, plain.arenas, plain.name)
    assert type(made) is Swift
    assert made == Swift(1, **given)
    assert repr(made) == repr(plain).replace("Plain", "Swift")


def test_each_has_a_default_of_its_own() -> None:
    assert Swift(1).arenas is not Swift(1).arenas


def test_it_takes_the_same_arguments() -> None:
    assert list(signature(Swift).parameters) == list(signature(Plain).parameters)
    assert Swift.__init__.__annotations__ == Plain.__init__.__annotations__
    with pytest.raises(TypeError, match="round"):
        Swift()  # ty: ignore[missing-argument]


def test_it_is_frozen_from_the_first_moment_on() -> None:
    made = Swift(1)

    with pytest.raises(FrozenInstanceError):
        made.round = 2  # ty: ignore[invalid-assignment]


def test_it_is_copied_sent_and_remembers_like_a_plain_one() -> None:
    made = Swift(1, {"sea": 1.0})
    made.memory["asked"] = 1

    assert replace(made, round=2) == Swift(2, {"sea": 1.0})
    assert pickle.loads(pickle.dumps(made)) == made  # noqa: S301
    assert "asked" not in replace(made).memory
