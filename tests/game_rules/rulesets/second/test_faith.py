"""Trust moves where C always helps the other, and elsewhere by pledges alone."""

from dataclasses import replace

from game_rules.games.stage_games import LIBRARY
from game_rules.rulesets.second.aftermath import begin
from game_rules.scenario.pacts import Binding, Pact, PactTerms, Pledge
from game_rules.standing.standing import trust
from tests.game_rules.rulesets.second.regions import (
    IND,
    PAK,
    C,
    D,
    SecondTable,
    a_second,
    border,
)
from tests.game_rules.scenes import an_arena

AGENDA = an_arena("agenda", (IND, PAK), LIBRARY["battle_of_the_sexes"])
BARE = a_second((AGENDA,), {})


def bound(action_of_first, action_of_second) -> Pact:
    pledges = (Pledge(IND, "agenda", action_of_first), Pledge(PAK, "agenda", action_of_second))
    return Pact(1, PactTerms((IND, PAK), pledges, (), 5, Binding.TREATY), 1, 5)


def played(scenario, letters: str, **actions: str):
    table = SecondTable(scenario)
    return table.round("C", agenda=letters, **actions).standing


def test_in_battle_of_the_sexes_an_action_says_nothing_of_faith():
    for letters in ("CC", "CD", "DD"):
        standing = played(BARE, letters)
        assert (standing.faith, standing.affinity) == (begin(BARE).faith, begin(BARE).affinity)


def test_there_a_pledge_that_is_kept_is_faith_whatever_was_pledged():
    kept = played(replace(BARE, pacts=(bound(D, C),)), "DC")
    assert trust(kept, PAK, IND) > 0.5
    assert trust(kept, IND, PAK) > 0.5


def test_there_a_breach_is_a_breach():
    broken = played(replace(BARE, pacts=(bound(D, C),)), "CC")
    assert trust(broken, PAK, IND) < 0.5 < trust(broken, IND, PAK)


def test_of_several_arenas_those_count_that_say_something():
    scenario = border()
    both = replace(scenario, arenas=(*scenario.arenas, AGENDA))
    with_agenda = played(both, "DD", rivers_and_trade="CD")
    without = SecondTable(scenario).round("C", rivers_and_trade="CD").standing
    assert with_agenda.faith == without.faith


def test_in_fog_a_silent_arena_stays_silent():
    foggy = replace(BARE, monitoring=0.6)
    assert played(foggy, "CD").faith == begin(foggy).faith
