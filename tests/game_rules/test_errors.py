"""Errors are one tree, and those from outside say where."""

import inspect

import pytest

from game_rules import errors
from game_rules.errors import InvalidInput, RecordError, RulesError, RuleViolation, ScenarioError

ALL = [each for _, each in inspect.getmembers(errors, inspect.isclass)]


@pytest.mark.parametrize("kind", ALL)
def test_every_error_is_of_the_one_tree(kind):
    assert issubclass(kind, RulesError)
    assert kind is RulesError or issubclass(kind, (InvalidInput, RuleViolation))


def test_every_violation_has_a_code_of_its_own():
    codes = [kind.code for kind in ALL if issubclass(kind, RuleViolation)]
    assert len(set(codes)) == len(codes)


def test_a_scenario_error_names_file_key_and_problem():
    error = ScenarioError("mine.toml", "rounds", "0 does not fit; give 1 or more")
    assert str(error) == "mine.toml: rounds: 0 does not fit; give 1 or more"
    assert (error.source, error.key) == ("mine.toml", "rounds")
    assert error.problem == "0 does not fit; give 1 or more"


def test_a_record_error_names_the_line():
    error = RecordError(7, "was altered")
    assert str(error) == "line 7: was altered"
    assert (error.line, error.problem) == (7, "was altered")
