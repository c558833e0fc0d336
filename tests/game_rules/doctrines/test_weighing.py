"""Doctrines of rules 2: the true gain over all profiles, the shadow in fog, and effort."""

from dataclasses import replace
from random import Random
from typing import Any

import pytest

from game_rules.advice.advisor import advise
from game_rules.doctrines.constructivist import Constructivist
from game_rules.doctrines.diplomat import Diplomat
from game_rules.doctrines.doctrine import Doctrine
from game_rules.doctrines.hedger import Hedger, mix
from game_rules.doctrines.liberal import Liberal
from game_rules.doctrines.realist import Realist
from game_rules.doctrines.seat_view import SeatView
from game_rules.doctrines.situation import Situation, firmness
from game_rules.doctrines.weighing import LONGEST_SHADOW, Weighed, loss_of_future
from game_rules.games.corners import Corners
from game_rules.games.equilibria import gain_from_cooperation
from game_rules.games.replies import critical_discount_in_fog, critical_escrow_of_all
from game_rules.games.stage_games import LIBRARY, C, Collective, D, Terms, collective
from game_rules.games.supergame import critical_escrow
from game_rules.lenses.expected import Expected, expected
from game_rules.lenses.lensed_games import lensed_game
from game_rules.log.position import Position
from game_rules.roles import Seat
from game_rules.scenario.pacts import Binding, Pact, PactTerms, Pledge
from game_rules.standing.standing import trusts
from tests.game_rules.doctrines.stage import a_dyad, see
from tests.game_rules.rulesets.first import shipped as first
from tests.game_rules.rulesets.second.regions import (
    AUS,
    CHN,
    IDN,
    IND,
    JPN,
    RED,
    USA,
    SecondTable,
    an_open,
    at_rungs,
    quad,
)
from tests.game_rules.scenes import Table

ALL_DOCTRINES = (Realist(), Liberal(), Constructivist(), Hedger(), Diplomat())
PLAIN = Doctrine()
CODE = first.shipped("south_china_sea").arenas[0]
"""As rules 1 has it, where the straight line is most wrong."""


def in_the_quad(seat: Seat, trust: float | None = None, stretch: float = 1.5) -> SeatView:
    """Show a seat the Quad and the Summit, with the same trust in all others."""
    scenario = quad(monitoring=0.9)
    costs = replace(scenario.consequences, stretch_cost=stretch)
    position = SecondTable(replace(scenario, consequences=costs)).position
    standing = position.standing
    if trust is not None:
        rows = {x: dict.fromkeys(row, (trust, 1.0 - trust)) for x, row in standing.faith.items()}
        standing = replace(standing, faith=rows)
    return SeatView(position.but(standing=standing), seat)


def named(view: SeatView, name: str):
    return next(arena for arena in view.arenas if arena.name == name)


def test_a_bot_goes_by_the_true_gain_and_not_by_the_line():
    """China in the code: C is best from .219 on, the straight line says from .777 on."""
    game, china = CODE.game, CODE.members.index(Seat("CHN"))
    beliefs = (0.5,) * game.size
    corners = game.corners(china)
    assert Situation(corners, 0.5).gain < 0 < gain_from_cooperation(game, china, beliefs)
    found = expected(game, china, beliefs)
    weighed = Weighed(game, china, beliefs, found, 1.0, 0.0, 0.5)
    assert weighed.gain == pytest.approx(gain_from_cooperation(game, china, beliefs))
    assert firmness(weighed) > 0.5 > firmness(Situation(corners, 0.5))


@pytest.mark.parametrize("seat", [USA, JPN, IND, AUS, CHN, IDN, RED])
@pytest.mark.parametrize("trust", [0.2, 0.8, 0.93])
def test_it_is_what_the_advisor_says_on_the_terms_in_force(seat: Seat, trust: float):
    view = in_the_quad(seat, trust)
    for arena in view.arenas:
        held = PLAIN.beliefs(view, arena)
        advice = advise(arena.game, arena.member(seat), held, has_mediation=False)
        weighed = PLAIN.over_profiles(view, arena)
        assert weighed.gain == pytest.approx(advice.gain, abs=1e-9)
        assert (firmness(weighed) > 0.5) == (advice.best_reply == (C,))
        assert (mix(weighed) > 0.5) == (advice.best_reply == (C,))


@pytest.mark.parametrize("doctrine", ALL_DOCTRINES, ids=lambda each: each.name)
def test_it_is_weighed_through_the_doctrines_lens(doctrine: Doctrine):
    view = in_the_quad(USA, 0.6)
    for arena in view.arenas:
        weighed, held = doctrine.over_profiles(view, arena), doctrine.beliefs(view, arena)
        game = arena.game
        seen = game if doctrine.lens is None else lensed_game(doctrine.lens, arena, view.context)
        told = gain_from_cooperation(seen, arena.member(USA), held)
        later = weighed.faith * weighed.loss
        assert weighed.gain - later == pytest.approx(told, abs=1e-9)


def test_a_blocs_shadow_turns_the_bot_too():
    """At trust .8 China is for the Summit, and against it while the Quad holds."""
    before = in_the_quad(CHN, 0.8)
    table = SecondTable(quad(monitoring=0.9))
    position = table.round("C")
    rows = {x: dict.fromkeys(row, (0.8, 0.2)) for x, row in position.standing.faith.items()}
    after = SeatView(position.but(standing=replace(position.standing, faith=rows)), CHN)
    gains = [PLAIN.weigh(view, named(view, "east_asia_summit")).gain for view in (before, after)]
    assert gains[0] > 0 > gains[1]


def test_in_rules_1_and_in_contests_the_line_between_the_corners_stays():
    view = see(a_dyad(version=1))
    assert isinstance(PLAIN.weigh(view, view.arenas[0]), Situation)
    assert isinstance(PLAIN.weigh(in_the_quad(USA), in_the_quad(USA).arenas[0]), Weighed)


def test_of_two_members_both_ways_are_the_same():
    """Gain, regret and value, in a game of two by a matrix."""
    for game in LIBRARY.values():
        found = expected(game, 0, (1.0, 0.3))
        weighed = Weighed(game, 0, (1.0, 0.3), found, 1.0, 0.0, 0.3, stake=0.5)
        line = Situation(game.row, 0.3, stake=0.5)
        assert weighed.gain == pytest.approx(line.gain)
        assert weighed.regrets == pytest.approx(line.regrets)
        for action in (C, D, None):
            assert weighed.value(action) == pytest.approx(line.value(action))


def test_regret_is_of_every_profile_and_its_difference_the_gain():
    chance = Random(3)
    for _ in range(40):
        size = chance.randint(2, 6)
        terms = [Terms(*(chance.uniform(0, 6) for _ in range(5)), 0.3) for _ in range(size)]
        game = collective([chance.uniform(1, 4) for _ in range(size)], terms, chance.random())
        beliefs = tuple(chance.random() for _ in range(size))
        faith = 0.5
        weighed = Weighed(game, 0, beliefs, expected(game, 0, beliefs), 1.0, 0.0, faith, stake=0.7)
        of_c, of_d = weighed.regrets
        assert min(of_c, of_d) >= 0
        assert of_d - of_c == pytest.approx(weighed.gain, abs=1e-9)


def test_the_future_counts_by_how_well_it_is_seen_and_three_rounds_at_most():
    dilemma = LIBRARY["prisoners_dilemma"]
    told = [loss_of_future(dilemma, 0, 0.5, q, 1.0) for q in (1.0, 0.9, 0.75, 0.5, 0.4)]
    assert told == pytest.approx([2.0, 1.6, 1.0, 0.0, 0.0])
    assert loss_of_future(dilemma, 0, 0.5, 1.0, 0.5) == 1.0
    assert loss_of_future(dilemma, 0, 0.9, 1.0, 1.0) == 2.0 * LONGEST_SHADOW
    assert loss_of_future(dilemma, 0, 0.9, 1.0, 0.0) == 0.0
    assert loss_of_future(LIBRARY["deadlock"], 0, 0.5, 1.0, 1.0) == 0.0


def test_without_fog_greed_is_gone_exactly_from_the_critical_discount_on():
    for game in LIBRARY.values():
        critical = critical_discount_in_fog(game, 0, 1.0)
        for discount in (0.1, 0.3, 0.5, 0.7, 0.74):
            loss = loss_of_future(game, 0, discount, 1.0, 1.0)
            is_enough = critical is not None and discount >= critical
            assert (game.row.greed - loss <= 1e-12) == is_enough


def test_the_future_of_a_game_without_a_pure_equilibrium_or_of_many_members():
    pennies = type(LIBRARY["chicken"])(Corners(1, 0, 0, 1), Corners(0, 1, 1, 0))
    assert loss_of_future(pennies, 0, 0.5, 1.0, 1.0) == 0.0
    crowd = collective((1,) * 20, Terms(b=9, c=2, e=1, g=3, d=1, sigma=0.2))
    corners = crowd.corners(0)
    assert loss_of_future(crowd, 0, 0.5, 1.0, 1.0) == pytest.approx(corners.R - corners.P)


def test_a_crowd_is_weighed_by_what_can_be_computed():
    """20 members and a threshold: sure where all are believed, and even somewhere between."""
    crowd = collective((1,) * 20, Terms(b=9, c=2, e=1, g=1, d=1, sigma=0.2), 0.6)
    gains = [expected(crowd, 0, (p,) * 20).gain for p in (0.0, 0.6, 1.0)]
    corners = crowd.corners(0)
    assert gains[0] == pytest.approx(-corners.fear)
    assert gains[2] == pytest.approx(-corners.greed)
    weighed = Weighed(crowd, 0, (0.6,) * 20, expected(crowd, 0, (0.6,) * 20), 1.0, 0.0, 0.6)
    of_c, of_d = weighed.regrets
    assert of_d - of_c == pytest.approx(gains[1], abs=1e-6)


def always(arena: Any) -> float:
    return 0.0


def test_a_bot_gives_up_the_commitment_that_gains_less_than_its_effort():
    """In four arenas the United States plays C; the fourth costs 1.5, and relief gains less."""
    view = in_the_quad(USA, 0.9)
    assert [view.price_of_last(x) for x in (1, 3, 4, 5)] == [0.0, 0.0, 1.5, 3.0]
    gains = {x.name: PLAIN.weigh(view, x).gain for x in view.arenas}
    ordered = PLAIN.order(view, always)
    least = min(gains, key=lambda name: gains[name])
    assert gains[least] < 1.5
    assert [name for name, action in ordered.items() if action is D] == [least]


def test_nothing_is_given_up_within_capacity_or_where_it_is_worth_its_effort():
    within = in_the_quad(JPN, 0.9)
    assert set(PLAIN.order(within, always).values()) == {C}
    assert set(PLAIN.order(in_the_quad(USA, 0.9, stretch=0.01), always).values()) == {C}


def bound(view: SeatView, name: str, binding: Binding) -> SeatView:
    arena = named(view, name)
    pledges = tuple(Pledge(seat, name, C) for seat in arena.members)
    terms = PactTerms(arena.members, pledges, (), 3, binding, 0.0)
    return view.with_pact(Pact(1, terms, view.round, view.round + 2))


def test_what_is_pledged_is_not_given_up_by_who_keeps_its_word():
    view = in_the_quad(USA, 0.9)
    (weakest,) = (name for name, x in PLAIN.order(view, always).items() if x is D)
    for doctrine, binding in ((Diplomat(), Binding.TREATY), (PLAIN, Binding.EXECUTED)):
        ordered = doctrine.order(bound(view, weakest, binding), always)
        assert ordered[weakest] is C
    assert PLAIN.order(bound(view, weakest, Binding.COMMUNIQUE), always)[weakest] is D


def test_effort_costs_nothing_in_rules_1():
    view = see(a_dyad(version=1))
    assert view.price_of_last(9) == 0.0


def test_a_crisis_is_no_commitment():
    table = SecondTable(quad(monitoring=0.9))
    standing = at_rungs(table.position.standing, {(CHN, USA): 2})
    position: Position = table.position.but(standing=standing)
    crisis = an_open("crisis_chn_usa", (CHN, USA), Terms(1, 0, 0, 0, 0, 0))
    three = tuple(x for x in position.arenas if x.name != "disaster_relief")
    view = SeatView(position.but(arenas=(*three, crisis)), USA)
    assert len(view.arenas) == 4
    assert not [*PLAIN._given_up(view, {arena.name: C for arena in view.arenas})]


def test_escrow_is_above_the_worst_case_of_all():
    """A middle power in the code is tempted most where it is not needed: z* is no corner's."""
    view = in_the_quad(USA)
    arena = named(view, "east_asia_summit")
    assert isinstance(arena.game, Collective)
    assert view.escrow(arena, USA) >= max(0.0, arena.game.corners(0).greed) - 1e-12
    assert trusts(view.position.standing)[USA][JPN] > 0


def test_expected_is_a_pair_of_utilities():
    assert Expected(2.0, 0.5).gain == 1.5


def test_in_rules_1_a_deposit_that_binds_is_read_from_the_corners():
    """Where the corners mislead, rules 2 asks for more than rules 1."""
    own, other = CODE.members[:2]
    tables = (Table(first.shipped("south_china_sea"), version=1), SecondTable(quad()))
    asked = {
        table.position.rules_version: SeatView(table.position, own).escrow(CODE, other)
        for table in tables
    }
    assert asked[1] == critical_escrow(CODE.game.corners(1))
    assert asked[2] == critical_escrow_of_all(CODE.game, 1) > asked[1]
