"""The digest of a match agrees with its log as it is folded."""

import pytest

from game_rules.log import events as e
from game_rules.log.evolve import fold
from game_rules.records.digest import DIGESTED, digest_of
from game_rules.standing.incidents import Concept
from tests.golden import matches

SOME = [
    name
    for name in matches.names()
    if name.endswith(("bots_chicken", "bots_south_china_sea", "all_grudger", "branch_ended"))
]


@pytest.mark.parametrize("name", SOME)
def test_a_digest_tells_what_the_fold_of_the_log_tells(name: str) -> None:
    log = matches.log_of(name)
    last, found = fold(log), digest_of(log)
    seen = {x.concept for resolved in last.history for x in resolved.incidents}
    index = last.standing.integration
    assert found.seats == len(last.scenario.seats)
    assert found.ended_at_ms == next(x.at_ms for x in log if isinstance(x, e.MatchEnded))
    assert found.outlook == (index and index.outlook)
    assert found.incidents == tuple(x for x in Concept if x in seen)
    assert found.breaches == sum(len(resolved.breaches) for resolved in last.history)


def test_the_records_that_are_looked_at_differ_in_what_is_found() -> None:
    found = [digest_of(matches.log_of(name)) for name in SOME]
    assert len({x.outlook for x in found}) > 1
    assert any(x.incidents for x in found)
    assert any(x.breaches for x in found)


@pytest.mark.parametrize("name", SOME[:1])
def test_events_of_other_types_change_nothing(name: str) -> None:
    log = matches.log_of(name)
    assert digest_of(x for x in log if x.type in DIGESTED) == digest_of(log)


def test_before_the_first_round_there_is_no_outlook() -> None:
    assert digest_of(matches.log_of(SOME[0])[:1]).outlook is None
