"""What a function remembers is what it would say again: the rules never depend on who asked first.

Collecting the tests fills most of these caches, and nothing is measured then; here they are run.
"""

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator

import pytest

import game_rules
from game_rules.records import json_text
from game_rules.scenario_files import scenarios


def remembering() -> Iterator[tuple[str, Callable[[], object]]]:
    """Find every cached function of the rules that takes no argument."""
    for module in pkgutil.walk_packages(game_rules.__path__, "game_rules."):
        for name, each in vars(importlib.import_module(module.name)).items():
            is_own = getattr(each, "__module__", None) == module.name
            if is_own and hasattr(each, "cache_info") and not inspect.signature(each).parameters:
                yield f"{module.name}.{name}", each


REMEMBERING = dict(remembering())


def test_they_are_found() -> None:
    assert "game_rules.strategies.registry.strategies" in REMEMBERING


@pytest.mark.parametrize("name", REMEMBERING)
def test_a_function_remembers_what_it_would_say_again(name: str) -> None:
    remembered = REMEMBERING[name]
    assert inspect.unwrap(remembered)() == remembered()


def test_a_shipped_scenario_is_read_the_same_again() -> None:
    again = inspect.unwrap(scenarios._shipped)("prisoners_dilemma")
    assert again == scenarios.load_scenario("prisoners_dilemma")


def test_values_are_written_the_same_by_new_writers() -> None:
    mixed = {"a": [1, None, "x"], "b": (1.0, {"c": True})}
    text = json_text.written(mixed)
    json_text._writer.cache_clear()
    assert json_text.written(mixed) == text == '{"a":[1,null,"x"],"b":[1.0,{"c":true}]}'
