"""Doctrines: the formulas of docs/strategies.md, worked out by hand."""

from dataclasses import replace

import pytest

from game_rules.doctrines.constructivist import Constructivist
from game_rules.doctrines.diplomat import Diplomat
from game_rules.doctrines.doctrine import Doctrine
from game_rules.doctrines.hedger import Hedger, mix
from game_rules.doctrines.liberal import Liberal
from game_rules.doctrines.realist import Realist
from game_rules.doctrines.situation import Situation, firmness, patient
from game_rules.games.corners import Corners
from game_rules.games.stage_games import LIBRARY, C, D
from game_rules.games.supergame import critical_discount
from game_rules.lenses.lenses import Lens
from game_rules.log.events import RoundResolved
from game_rules.scenario.pacts import Binding, Pledge, Proposal, Transfer
from game_rules.scenario.scenario import PowerMeasure
from tests.game_rules.doctrines.stage import a_breach, a_dyad, institutions_at, see, terms
from tests.game_rules.scenes import CHN, JPN, PHL, Table, a_scenario

HUNT = Corners(T=3, R=4, P=2, S=0)
DILEMMA = Corners(T=5, R=3, P=1, S=0)
ALL_DOCTRINES = (Realist(), Liberal(), Constructivist(), Hedger(), Diplomat())


def arena_of(view):
    return view.arenas[0]


def after(table, *breaches):
    """The history of one round in which pacts were broken."""
    return (RoundResolved(1, (), {}, 0, breaches=breaches),)


def test_gain_is_affine_from_minus_fear_to_minus_greed():
    assert [Situation(HUNT, f).gain for f in (0.0, 1.0)] == [-HUNT.fear, -HUNT.greed]
    assert Situation(HUNT, 0.5, stake=2.0).gain == 1.5


def test_the_chance_of_c_is_one_half_at_the_tipping_point_and_sure_at_the_ends():
    assert HUNT.tipping_point == 2 / 3
    assert firmness(Situation(HUNT, 2 / 3)) == pytest.approx(0.5)
    assert firmness(Situation(DILEMMA, 1.0)) == 0.0
    assert firmness(Situation(LIBRARY["harmony"].row, 0.0)) == 1.0


@pytest.mark.parametrize(("stake", "chance"), [(0.0, 0.5), (1.0, 1.0), (-1.0, 0.0)])
def test_where_nothing_tempts_the_stake_decides(stake: float, chance: float):
    assert firmness(Situation(Corners(1, 1, 1, 1), 0.3, stake)) == chance


@pytest.mark.parametrize("game", LIBRARY)
def test_with_patience_greed_is_gone_exactly_from_the_critical_discount_on(game: str):
    corners = LIBRARY[game].row
    critical = critical_discount(corners)
    for discount in (0.1, 0.3, 0.5, 0.7, 0.9):
        is_enough = critical is not None and discount >= critical
        assert (patient(corners, discount).greed <= 1e-12) == is_enough


def test_a_realist_sees_a_dilemma_where_the_payoffs_are_a_stag_hunt():
    view = see(a_dyad())
    situation = Realist().between_corners(view, arena_of(view))
    assert (situation.corners.greed, situation.corners.fear) == (0.5, 3.5)
    assert Realist().chance_of_c(situation) == pytest.approx(0.5 - 2.0 / 7.0)


def test_a_realist_believes_no_word_that_is_not_staked():
    table, told = a_dyad(), terms(CHN, JPN)
    for held in (told, replace(told, binding=Binding.COMMUNIQUE)):
        view = see(table, trust={JPN: 0.4}, pacts=(held,))
        assert Realist().belief(view, arena_of(view)) == pytest.approx(0.4)
    staked = see(table, pacts=(terms(CHN, JPN, binding=Binding.ESCROW, stake=2.5),))
    assert Realist().belief(staked, arena_of(staked)) == 1.0
    too_little = see(table, pacts=(terms(CHN, JPN, binding=Binding.ESCROW, stake=2.0),))
    assert Realist().belief(too_little, arena_of(too_little)) == 0.5


def test_a_realist_breaks_a_pact_when_the_gain_turns():
    view = see(a_dyad("prisoners_dilemma"), pacts=(terms(CHN, JPN),))
    assert Realist().choose(view, arena_of(view), 0.2) is D
    assert Diplomat().choose(view, arena_of(view), 0.99) is C


def test_a_stake_of_its_own_pulls_towards_what_was_pledged():
    table = a_dyad("prisoners_dilemma")
    held = terms(CHN, JPN, binding=Binding.ESCROW, stake=9.0)
    view = see(table, pacts=(held,))
    assert Realist().choose(view, arena_of(view), 0.99) is C
    other = see(table, pacts=(replace(held, pledges=(Pledge(CHN, "dyad", D),)),))
    assert Realist().between_corners(other, arena_of(other)).stake == -9.0


def test_a_realist_offers_treaties_in_exclusive_arenas_to_all_but_rivals():
    (offer,) = Realist().offers(see(a_dyad(exclusive=0.1)))
    assert (offer.binding, offer.is_conditional) == (Binding.TREATY, True)
    assert offer.parties == (CHN, JPN)
    assert not [*Realist().offers(see(a_dyad(exclusive=0.1, rivals=((JPN, CHN),))))]
    assert not [*Realist().offers(see(a_dyad()))]
    second = see(a_dyad(exclusive=0.1), round=2)
    assert not [*Realist().offers(second)]


def test_a_realist_signs_nothing_executed_and_nothing_unstaked_with_a_rival():
    friend, rival = see(a_dyad()), see(a_dyad(rivals=((CHN, JPN),)))
    executed = terms(CHN, JPN, binding=Binding.EXECUTED)
    escrow = terms(CHN, JPN, binding=Binding.ESCROW, stake=3.0)
    signed = [
        Realist().signs(view, told)
        for view in (friend, rival)
        for told in (executed, escrow, terms(CHN, JPN))
    ]
    assert signed == [False, True, True, False, True, False]


def test_a_liberal_cooperates_in_a_dilemma_for_the_sake_of_rounds_to_come():
    """Greed 2 less the two points of R − P, twice; no institution, no trade: only the future."""
    scene = a_dyad("prisoners_dilemma", **institutions_at(0.0))
    situation = Liberal().between_corners(see(scene), arena_of(see(scene)))
    assert (situation.corners.greed, situation.corners.fear) == (pytest.approx(-2), 1)
    assert Liberal().chance_of_c(situation) == pytest.approx(0.5 + 0.5 / 4)


def test_a_liberal_answers_a_breach_for_a_round_and_then_forgives():
    table = a_dyad()
    bitten = see(table, history=after(table, a_breach(JPN)))
    assert Liberal().belief(bitten, arena_of(bitten)) == 0.0
    later = (*after(table, a_breach(JPN)), *after(table))
    assert Liberal().belief(see(table, history=later), arena_of(bitten)) == 0.5


def test_a_liberal_offers_a_communique_to_those_it_trusts():
    (offer,) = Liberal().offers(see(a_dyad()))
    assert (offer.binding, offer.rounds, offer.is_conditional) == (Binding.COMMUNIQUE, 3, True)
    assert not [*Liberal().offers(see(a_dyad(), trust={JPN: 0.4}))]
    assert not [*Liberal().offers(see(a_dyad(), round=2))]
    assert not [*Liberal().offers(see(a_dyad("deadlock")))]


@pytest.mark.parametrize("doctrine", [Liberal(), Diplomat()])
def test_turns_are_offered_where_two_want_different_things(doctrine: Doctrine):
    (odd,) = doctrine.offers(see(a_dyad("battle_of_the_sexes")))
    assert [pledge.action for pledge in odd.pledges] == [D, C]
    (even,) = Diplomat().offers(see(a_dyad("battle_of_the_sexes"), round=2))
    assert [pledge.action for pledge in even.pledges] == [C, D]


def test_a_constructivist_expects_of_others_what_they_are_to_it():
    table = a_dyad()
    beliefs = [
        Constructivist().belief(see(table, affinity={JPN: a}), table.position.arenas[0])
        for a in (-1.0, -0.5, 0.0, 0.5, 1.0)
    ]
    assert beliefs == [0.0, 0.25, 0.5, 0.75, 1.0]


def test_a_constructivist_takes_words_of_enemies_for_nothing():
    table, held = a_dyad(), (terms(CHN, JPN, binding=Binding.COMMUNIQUE),)
    enemy = see(table, affinity={JPN: -0.5}, pacts=held)
    assert Constructivist().belief(enemy, arena_of(enemy)) == 0.25
    other = see(table, affinity={JPN: 0.0}, pacts=held)
    assert Constructivist().belief(other, arena_of(other)) == 0.75


def test_a_word_given_obliges_a_constructivist():
    view = see(a_dyad(), pacts=(terms(CHN, JPN),))
    assert Constructivist().between_corners(view, arena_of(view)).stake == 1.0
    assert Liberal().between_corners(view, arena_of(view)).stake == 0.0
    pledged_d = see(a_dyad(), pacts=(terms(CHN, JPN, action=D),))
    assert Constructivist().between_corners(pledged_d, arena_of(pledged_d)).stake == -1.0


def test_a_constructivist_offers_words_to_friends_and_signs_with_no_enemies():
    friendly, hostile = see(a_dyad(), affinity={JPN: 0.2}), see(a_dyad(), affinity={JPN: -0.2})
    (offer,) = Constructivist().offers(friendly)
    assert (offer.binding, offer.rounds) == (Binding.COMMUNIQUE, 4)
    assert not [*Constructivist().offers(hostile)]
    assert not [*Constructivist().offers(see(a_dyad(), affinity={JPN: 0.2}, round=2))]
    assert not [*Constructivist().offers(see(a_dyad("deadlock"), affinity={JPN: 0.2}))]
    assert Constructivist().signs(friendly, offer)
    assert not Constructivist().signs(hostile, offer)


def test_a_hedger_mixes_by_regret_and_holds_back_where_it_depends():
    assert mix(Situation(HUNT, 0.5)) == pytest.approx(1 - 2 / 3)
    assert mix(Situation(DILEMMA, 0.5)) == 0.0
    assert mix(Situation(Corners(1, 1, 1, 1), 0.5)) == 0.5
    assert mix(Situation(DILEMMA, 0.5, stake=9.0)) == 1.0
    assert Hedger().chance_of_c(Situation(HUNT, 0.5, autonomy=0.5)) == pytest.approx(1 / 6)


def test_a_hedger_signs_only_what_is_short_and_loose():
    view = see(a_dyad())
    offers = [
        terms(CHN, JPN),
        terms(CHN, JPN, rounds=3),
        terms(CHN, JPN, binding=Binding.ESCROW, stake=3.0),
        terms(CHN, JPN, binding=Binding.EXECUTED),
    ]
    assert [Hedger().signs(view, each) for each in offers] == [True, False, False, False]


def test_a_hedger_offers_its_heaviest_partner_a_round():
    table = Table(a_scenario(rivals=())).start()
    offers = [*Hedger().offers(see(table, round=1))]
    assert [(offer.parties, offer.rounds) for offer in offers] == [((CHN, JPN), 1), ((CHN, JPN), 1)]
    assert not [*Hedger().offers(see(table, round=2))]
    assert not [*Hedger().offers(see(a_dyad("deadlock")))]


def test_a_diplomat_suspends_what_another_broke():
    held = (terms(CHN, JPN, is_conditional=True),)
    view = see(a_dyad(), pacts=held, breakers=(JPN,))
    assert view.pledge("dyad", CHN) is None
    assert Diplomat().choose(view, arena_of(view), 0.0) is D
    kept = see(a_dyad(), pacts=held)
    assert Diplomat().choose(kept, arena_of(kept), 0.99) is C


def test_a_diplomat_asks_for_a_deposit_above_everybodys_temptation_after_a_breach():
    table = a_dyad("prisoners_dilemma")
    (offer,) = Diplomat().offers(see(table, history=after(table, a_breach(JPN)), round=2))
    assert (offer.binding, offer.stake) == (Binding.ESCROW, 3.0)
    (plain,) = Diplomat().offers(see(table))
    assert (plain.binding, plain.rounds) == (Binding.TREATY, 3)
    assert not [*Diplomat().offers(see(table, round=2))]
    assert not [*Diplomat().offers(see(a_dyad("deadlock")))]


def test_who_broke_a_pact_of_late_is_believed_by_trust_alone():
    table, held = a_dyad(), (terms(CHN, JPN),)
    view = see(table, pacts=held)
    assert Hedger().belief(view, arena_of(view)) == 0.875
    bitten = see(table, pacts=held, history=after(table, a_breach(JPN, "elsewhere")))
    assert Hedger().belief(bitten, arena_of(bitten)) == 0.5


@pytest.mark.parametrize("doctrine", ALL_DOCTRINES, ids=lambda each: each.name)
def test_what_is_settled_or_contradicted_is_declined(doctrine: Doctrine):
    held = (terms(CHN, JPN, binding=Binding.TREATY),)
    view = see(a_dyad("harmony"), affinity={JPN: 0.5}, pacts=held)
    assert not doctrine.accepts(view, terms(CHN, JPN))
    assert not doctrine.accepts(view, terms(CHN, JPN, action=D))


def test_a_stronger_word_for_the_same_may_be_given():
    view = see(a_dyad("harmony"), pacts=(terms(CHN, JPN, binding=Binding.COMMUNIQUE),))
    assert Diplomat().accepts(view, terms(CHN, JPN, binding=Binding.TREATY))


def test_a_deal_is_worth_what_it_adds_to_the_best_reply():
    """Stag Hunt at τ = 1/2: without it D is worth 2.5, with a treaty C is worth 4·7/8 = 3.5."""
    view, told = see(a_dyad()), terms(CHN, JPN)
    assert Doctrine().surplus(view, told) == pytest.approx(3.5 - 2.5)
    paid = replace(told, transfers=(Transfer(CHN, JPN, 3.0), Transfer(JPN, PHL, 9.0)))
    assert Doctrine().surplus(view, paid) == pytest.approx(1.0 - 3.0)
    assert Doctrine().surplus(see(a_dyad(), JPN), paid) == pytest.approx(1.0 + 3.0 - 9.0)


def test_a_deal_between_others_is_weighed_by_the_best_reply_to_it():
    view = see(a_dyad())
    alone = replace(terms(CHN, JPN), pledges=(Pledge(JPN, "dyad", C),))
    assert Doctrine().surplus(view, alone) == pytest.approx(4 * 0.875 - 2.5)
    assert Doctrine().surplus(view, terms(CHN, JPN, arena="elsewhere")) == 0.0
    assert [*Doctrine().offers(view), *Doctrine().moves(view)] == []


def test_nothing_is_offered_where_an_offer_is_open_or_a_pact_binds():
    table = a_dyad()
    waiting = see(table, proposals=(Proposal(1, terms(CHN, JPN), (JPN,)),))
    assert not [*Diplomat().offers(waiting)]
    assert not [*Diplomat().offers(see(table, pacts=(terms(CHN, JPN),)))]
    others = see(table, proposals=(Proposal(1, terms(JPN, PHL), (JPN,)),))
    assert [*Diplomat().offers(others)]


def test_the_strongest_word_counts():
    weak, strong = terms(CHN, JPN, binding=Binding.COMMUNIQUE), terms(CHN, JPN)
    for held in ((weak, strong), (strong, weak)):
        pledge = see(a_dyad(), pacts=held).pledge("dyad", JPN)
        assert pledge is not None
        assert pledge.binding is Binding.TREATY


def test_a_lens_without_figures_of_power_holds_all_alike():
    table = a_dyad(power=PowerMeasure.LOWY)
    assert set(see(table).context.power.values()) == {1.0}


def test_the_discount_is_the_scenarios_or_that_of_a_fixed_length():
    assert see(a_dyad(continuation=0.9)).discount == 0.9
    assert see(a_dyad()).discount == 2 / 3


def test_the_coin_decides_at_the_chance_of_c():
    view = see(a_dyad("battle_of_the_sexes"))
    chance = Diplomat().chance_of_c(Diplomat().weigh(view, arena_of(view)))
    assert Diplomat().choose(view, arena_of(view), chance - 0.01) is C
    assert Diplomat().choose(view, arena_of(view), chance) is D


def test_each_doctrine_has_its_lens():
    lenses = [each.lens for each in ALL_DOCTRINES]
    assert lenses == [*Lens, None, None]
