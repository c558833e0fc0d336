"""Linked arenas: a breach in one counts in the other."""

import pytest

from game_rules.rulesets.chosen import RULESETS
from game_rules.scenario.pacts import Binding
from game_rules.standing.standing import trust
from tests.game_rules.moves.played import a_table, move, play, with_treaties
from tests.game_rules.scenes import CHN, JPN, PHL

both_rules = pytest.mark.parametrize("version", RULESETS)


@both_rules
def test_a_breach_counts_in_the_linked_arena_from_the_next_round_on(version: int):
    """JPN breaks its word in trade; PHL, who is not in trade, sees it keep the forum."""
    linked, plain = a_table(version), a_table(version)
    for table in (linked, plain):
        with_treaties(table)
    move(linked, CHN, "link", "trade", "forum")
    for table in (linked, plain):
        assert play(table).breaches == ()
        assert len(play(table, trade="CD").breaches) == 1
    trusts = [trust(table.position.standing, PHL, JPN) for table in (linked, plain)]
    assert trusts[0] < trusts[1]
    assert linked.position.standing.affinity[PHL][JPN] < plain.position.standing.affinity[PHL][JPN]


def test_a_link_is_over_after_four_rounds():
    table = a_table()
    move(table, CHN, "link", "trade", "forum")
    play(table)
    (effect,) = table.position.effects
    assert (effect.first_round, effect.last_round, effect.other_arena) == (2, 5, "forum")
    for _ in range(4):
        play(table)
    assert table.position.effects == ()


def test_the_same_link_the_other_way_round_is_the_same_link():
    table = a_table()
    move(table, CHN, "link", "trade", "forum")
    move(table, JPN, "link", "forum", "trade")
    play(table)
    (effect,) = table.position.effects
    assert effect.makers == (CHN, JPN)


@both_rules
def test_a_private_breach_counts_nowhere_else(version: int):
    linked, plain = a_table(version), a_table(version)
    for table in (linked, plain):
        with_treaties(table, Binding.COMMUNIQUE)
    move(linked, CHN, "link", "trade", "forum")
    for table in (linked, plain):
        play(table)
        assert len(play(table, trade="CD").breaches) == 1
    assert linked.position.standing.faith == plain.position.standing.faith


@both_rules
def test_a_breach_frees_the_others_of_conditional_pacts_in_the_linked_arena(version: int):
    """JPN defects in trade, so CHN is no longer bound in the forum in the round after."""
    freed = []
    for is_linked in (True, False):
        table = a_table(version)
        with_treaties(table, forum=True)
        if is_linked:
            move(table, CHN, "link", "trade", "forum")
        play(table)
        play(table, trade="CD")
        forum = next(x for x in table.position.pacts if x.terms.pledges[0].arena == "forum")
        freed.append((forum.breakers, forum.binds(CHN, 3), forum.binds(JPN, 3)))
    assert freed == [((JPN,), False, True), ((), True, True)]


def test_links_of_the_scenario_count_from_the_first_round():
    table, plain = a_table(links=(("trade", "forum"),)), a_table()
    for each in (table, plain):
        with_treaties(each)
        play(each, trade="CD")
    assert trust(table.position.standing, PHL, JPN) < trust(plain.position.standing, PHL, JPN)


def test_a_chain_of_links_is_not_followed():
    table = a_table(links=(("trade", "strait"), ("strait", "forum")))
    plain = a_table()
    for each in (table, plain):
        with_treaties(each)
        play(each, trade="CD")
    assert trust(table.position.standing, PHL, JPN) == trust(plain.position.standing, PHL, JPN)
