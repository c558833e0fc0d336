"""Terms in force: what stands behind each change, and that nothing else is changed."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game_rules.games.stage_games import LIBRARY, Collective
from game_rules.rulesets.second.aftermath import begin
from game_rules.rulesets.second.terms import with_changes
from game_rules.scenario.moves import Effect, MoveKind
from game_rules.scenario.parameters import Consequences
from game_rules.scenario.scenario import Arena, Domain
from game_rules.scenario.terms import Cause, TermChange
from tests.game_rules.drawn import scenarios
from tests.game_rules.rulesets.second.regions import (
    AUS,
    CHN,
    IDN,
    IND,
    JPN,
    PACT,
    PAK,
    USA,
    a_pact,
    a_second,
    an_open,
    at_rungs,
    border,
    opened,
    quad,
)
from tests.game_rules.scenes import an_arena

NOTHING = Consequences(
    shadow=0,
    wariness=0,
    entrapment=0,
    abandonment=0,
    support=0,
    stretch_cost=0,
    institution_at_start=0,
)


def terms_of(arena: Arena, seat):
    assert isinstance(arena.game, Collective)
    return arena.game.terms[arena.member(seat)]


def causes(arena: Arena) -> list[tuple[str, Cause]]:
    return [(change.parameter, change.cause) for change in arena.changes]


def with_blocs(*names: str, **changes):
    scenario = quad(**changes)
    return opened(scenario, replace(begin(scenario), produced=dict.fromkeys(names, 1.0)))


@pytest.mark.slow
@given(scenarios())
def test_without_consequences_and_rivals_the_scenarios_own_arenas_are_in_force(scenario):
    plain = replace(scenario, rivals=(), consequences=NOTHING)
    assert tuple(opened(plain).values()) == plain.arenas


def test_an_institution_eases_exposure_and_cost():
    summit = opened(quad())["east_asia_summit"]
    assert (terms_of(summit, CHN).c, terms_of(summit, CHN).e) == (1.9, 1.8)
    assert causes(summit) == [("e", Cause.INSTITUTION), ("c", Cause.INSTITUTION)]


@pytest.mark.parametrize(
    ("blocs", "cost", "greed", "fear"),
    [((), 1.9, -2.8, 2.2), (("quad",), 3.4, -1.3, 3.7), (("quad", "aukus"), 4.3, -0.4, 4.6)],
)
def test_blocs_make_cooperation_dearer_for_china_in_the_summit(blocs, cost, greed, fear):
    summit = with_blocs(*blocs)["east_asia_summit"]
    corners = summit.game.corners(summit.member(CHN))
    found = (terms_of(summit, CHN).c, corners.greed, corners.fear)
    assert found == tuple(pytest.approx(x) for x in (cost, greed, fear))


@given(st.floats(0.01, 1), st.floats(0, 1), st.floats(0, 5))
def test_the_shadow_raises_greed_and_fear_alike_and_pays_nobody(output, other, height):
    c = replace(Consequences(), shadow=height)
    calm, dark = with_blocs(consequences=c), None
    scenario = quad(consequences=c)
    standing = replace(begin(scenario), produced={"quad": output, "aukus": other})
    dark = opened(scenario, standing)
    z = min(1.0, 0.5 * output + 0.3 * other)
    for name in ("east_asia_summit", "disaster_relief"):
        for member, seat in enumerate(dark[name].members):
            more = height * z if seat == CHN else 0.0
            was, now = calm[name].game.corners(member), dark[name].game.corners(member)
            assert now.greed == pytest.approx(was.greed + more)
            assert now.fear == pytest.approx(was.fear + more)
            pairs = zip((was.T, was.R, was.P, was.S), (now.T, now.R, now.P, now.S), strict=True)
            assert all(after <= before for before, after in pairs)
    assert dark["quad"] == calm["quad"]


def test_the_reason_of_a_shadow_names_the_blocs():
    (change,) = [x for x in with_blocs("quad", "aukus")["east_asia_summit"].changes if x.seats]
    assert (change.parameter, change.seats, change.because) == ("c", (CHN,), ("quad", "aukus"))


def test_a_bystander_without_a_rival_in_the_bloc_has_no_shadow():
    summit = with_blocs("quad")["east_asia_summit"]
    assert terms_of(summit, IDN).c == pytest.approx(1.9)


def test_a_shadow_counts_only_where_the_outsider_meets_a_rival():
    scenario = quad()
    other = an_open("other", (CHN, IDN), PACT)
    apart = replace(scenario, arenas=(*scenario.arenas, other))
    standing = replace(begin(apart), produced={"quad": 1.0})
    assert terms_of(opened(apart, standing)["other"], CHN).c == pytest.approx(1.9)


def test_strained_rivals_are_exposed_to_each_other_once_a_pair():
    scenario = quad()
    strained = at_rungs(begin(scenario), {(CHN, USA): 1, (CHN, JPN): 2})
    summit = opened(scenario, strained)["east_asia_summit"]
    found = [terms_of(summit, seat).e for seat in (CHN, USA, JPN, IND)]
    assert found == [pytest.approx(x) for x in (3.8, 2.8, 2.8, 1.8)]


def test_trade_suffers_for_everyone_by_the_highest_rung():
    scenario = quad()
    trade = [replace(x, domain=Domain.ECONOMIC) for x in scenario.arenas]
    economic = replace(scenario, arenas=tuple(trade))
    strained = at_rungs(begin(economic), {(CHN, USA): 1, (CHN, JPN): 2})
    summit = opened(economic, strained)["east_asia_summit"]
    assert {terms_of(summit, seat).b for seat in summit.members} == {5.0}
    assert summit.changes[-1] == TermChange("b", Cause.WARY, added=-2.0, because=(CHN, JPN))


@pytest.mark.parametrize(
    ("rungs", "mine", "theirs"),
    [
        ({}, (2, 5.1, -1, -3.25), (2, 5.1, -1, -3.25)),
        ({(CHN, USA): 2}, (2, 5.1, -1, -6.25), (2, 2.6, -1, -5.75)),
        ({(CHN, USA): 2, (CHN, AUS): 2}, (2, 2.6, -1, -8.75), (2, 2.6, -1, -8.75)),
        ({(CHN, USA): 3}, (2, 5.1, -1, -6.25), (2, 0.1, -1, -8.25)),
    ],
)
def test_an_ally_in_crisis_calls_and_one_in_crisis_is_exposed(rungs, mine, theirs):
    """The table of section 4: corners of who is in crisis, and of its ally."""
    starts = {(CHN, USA): 0.3, (CHN, AUS): 0.3}
    scenario = a_second((a_pact("pact", USA, AUS, 0.3),), starts)
    scenario = replace(scenario, players=quad().players)
    pact = opened(scenario, at_rungs(begin(scenario), rungs))["pact"]
    for seat, expected in ((USA, mine), (AUS, theirs)):
        corners = pact.game.corners(pact.member(seat))
        found = (corners.T, corners.R, corners.P, corners.S)
        assert found == tuple(pytest.approx(x) for x in expected)


def test_only_alliances_are_called_and_only_by_crises_with_outsiders():
    scenario = quad()
    hot = at_rungs(begin(scenario), {(CHN, USA): 2})
    arenas = opened(scenario, hot)
    called = {
        name for name, x in arenas.items() if {c.cause for c in x.changes} & {Cause.ALLY_IN_CRISIS}
    }
    assert called == {"aukus"}
    (change,) = [x for x in arenas["aukus"].changes if x.cause is Cause.ALLY_IN_CRISIS]
    assert (change.seats, change.added, change.because) == ((AUS,), 2.5, (USA,))


def test_a_game_by_a_matrix_takes_no_terms():
    scenario = border()
    matrix = an_arena("agenda", (IND, PAK), LIBRARY["battle_of_the_sexes"])
    with_matrix = replace(scenario, arenas=(*scenario.arenas, matrix))
    hot = at_rungs(begin(with_matrix), {(IND, PAK): 3})
    assert opened(with_matrix, hot)["agenda"] == matrix
    assert with_changes(matrix, (TermChange("c", Cause.WARY, added=1.0),)) == matrix


def test_all_changes_apply_in_order_and_are_kept_as_reasons():
    scenario = quad()
    standing = replace(
        at_rungs(begin(scenario), {(CHN, USA): 1}), produced={"quad": 1.0, "disaster_relief": 1.0}
    )
    effects = (
        Effect(MoveKind.RESTRAINT, (CHN,), "east_asia_summit", 1, 2),
        Effect(MoveKind.LINK, (IDN,), "east_asia_summit", 1, 4, "disaster_relief"),
    )
    summit = opened(scenario, standing, effects=effects)["east_asia_summit"]
    assert [cause for _, cause in causes(summit)] == [
        Cause.INSTITUTION,
        Cause.INSTITUTION,
        Cause.RESTRAINT,
        *[Cause.LINK] * 6,
        Cause.SHADOW,
        Cause.WARY,
    ]
    assert terms_of(summit, CHN).g == pytest.approx(2.3 - 1 - 0.5 * 4)
