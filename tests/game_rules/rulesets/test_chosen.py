"""A match is judged by the rules that its log names, and by no others."""

from dataclasses import replace

import pytest

from game_rules import RULES_VERSION
from game_rules.log.events import Phase
from game_rules.log.gains import GainLine
from game_rules.log.position import Position
from game_rules.match.decide import create_match
from game_rules.rulesets import chosen
from game_rules.rulesets.chosen import RULESETS, UnknownRules, ruleset, ruleset_of
from game_rules.scenario.scenario import Scenario
from game_rules.standing.standing import Standing, first_standing
from tests.game_rules.scenes import PHL, Table, a_scenario


def test_new_matches_are_played_by_the_current_version():
    assert ruleset() is RULESETS[RULES_VERSION]
    assert Table().position.rules_version == RULES_VERSION


def test_versions_are_filed_under_their_own_number():
    assert [version for version, rules in RULESETS.items() if rules.version != version] == []


def test_rules_that_nobody_knows_are_refused_in_one_line():
    with pytest.raises(UnknownRules, match=r"^rules version 99; this program checks 1, 2"):
        create_match(a_scenario(), "7", None, 0, version=99)


def test_a_match_asks_the_version_that_its_log_names(monkeypatch: pytest.MonkeyPatch):
    generous = replace(
        RULESETS[1],
        version=77,
        charges=lambda played: ((GainLine.MOVES, {PHL: 100.0}),),
        first_standing=_odd,
    )
    monkeypatch.setattr(chosen, "RULESETS", {**RULESETS, 77: generous})
    played = {version: _after_a_round(version) for version in (1, 77)}
    assert played[77].totals[PHL] == played[1].totals[PHL] + 100
    assert ruleset_of(played[77]).version == 77
    assert played[77].standing.norms["forum"] < played[1].standing.norms["forum"]


def _odd(scenario: Scenario) -> Standing:
    return replace(first_standing(scenario), norms={"forum": 0.125})


def _after_a_round(version: int) -> Position:
    return Table(version=version).start().skip_to(Phase.REVEAL).position
