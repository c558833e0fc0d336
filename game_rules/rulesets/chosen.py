"""The ruleset of a match, by the version that its log begins with."""

from collections.abc import Mapping

from game_rules import RULES_VERSION
from game_rules.errors import InvalidInput
from game_rules.log.position import Position
from game_rules.rulesets.first.rules import FIRST
from game_rules.rulesets.ruleset import Ruleset
from game_rules.rulesets.second.rules import SECOND

RULESETS: Mapping[int, Ruleset] = {each.version: each for each in (FIRST, SECOND)}
"""Every version that matches can be viewed, verified and played by."""


class UnknownRules(InvalidInput):
    """A match of rules that this program does not have."""


def ruleset(version: int = RULES_VERSION) -> Ruleset:
    """Find a version of the rules; by default that of new matches.

    Raises UnknownRules naming the versions that there are.

    >>> ruleset(1).version
    1
    """
    found = RULESETS.get(version)
    if found is None:
        known = ", ".join(map(str, RULESETS))
        raise UnknownRules(f"rules version {version}; this program checks {known}")
    return found


def ruleset_of(position: Position) -> Ruleset:
    """Find the rules that a match is played by."""
    return RULESETS.get(position.rules_version) or ruleset(position.rules_version)
