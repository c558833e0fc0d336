"""A number is written alike wherever it stands."""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace

import pytest

from game_rules.records.json_text import written


@dataclass(frozen=True)
class Numbers:
    """A number in every place that a type of the rules has for one."""

    alone: float
    perhaps: float | None
    many: tuple[float, ...]
    row: tuple[str, float]
    rows: tuple[tuple[str, tuple[float, float]], ...]
    table: Mapping[str, Mapping[str, float]]
    counts: Mapping[str, tuple[float, float]]


def numbers(x: float) -> Numbers:
    return Numbers(x, x, (x, x), ("a", x), (("b", (x, x)),), {"c": {"d": x}}, {"e": (x, x)})


NUMBERS = [0.1 + 0.2, -0.0, 1e-05, 1e16, 1.7976931348623157e308, 5e-324, 3.0]


@pytest.mark.parametrize("x", NUMBERS)
def test_a_number_is_written_as_python_writes_it(x: float):
    shown = {each.name: getattr(numbers(x), each.name) for each in fields(Numbers)}
    assert written(numbers(x)) == json.dumps(shown, separators=(",", ":"))


def test_a_whole_number_is_written_as_the_float_that_is_read_back():
    assert written(numbers(5)) == written(numbers(5.0))


@pytest.mark.parametrize("x", [math.nan, math.inf, -math.inf])
@pytest.mark.parametrize("place", [each.name for each in fields(Numbers)])
def test_what_is_no_number_is_refused_wherever_it_stands(place: str, x: float):
    odd = replace(numbers(1.0), **{place: getattr(numbers(x), place)})
    with pytest.raises(ValueError, match="is not JSON compliant"):
        written(odd)


def test_what_is_empty_or_missing_is_written_too():
    empty = Numbers(1.0, None, (), ("", 1.0), (), {}, {"e": (1.0, 2.0)})
    assert written(empty) == (
        '{"alone":1.0,"perhaps":null,"many":[],"row":["",1.0],"rows":[],"table":{},'
        '"counts":{"e":[1.0,2.0]}}'
    )
