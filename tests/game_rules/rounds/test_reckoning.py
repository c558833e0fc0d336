"""Pacts: when they bind, what breaks them, and what that costs."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game_rules.errors import InvalidInput
from game_rules.games.stage_games import LIBRARY, Action, C, D, Profile
from game_rules.games.supergame import critical_escrow
from game_rules.rounds.reckoning import ActionsByArena, Reckoning, executing, pledged, reckon
from game_rules.scenario.pact_checks import check_terms
from game_rules.scenario.pacts import Binding, Pact, PactTerms, Pledge, Transfer
from tests.game_rules.regions import a_dyad, a_forum, seats

X, Y, Z = seats(3)
DYAD = a_dyad("dyad", X, Y, LIBRARY["prisoners_dilemma"])
FORUM = a_forum("forum", (X, Y, Z))
ARENAS = (DYAD, FORUM)
BOTH = (Pledge(X, "dyad", C), Pledge(Y, "dyad", C))
KEPT = frozenset({("dyad", X), ("dyad", Y)})


def terms(**changes: Any) -> PactTerms:
    return replace(PactTerms((X, Y), BOTH, (), 3, Binding.TREATY), **changes)


def a_pact(first: int = 1, **changes: Any) -> Pact:
    agreed = terms(**changes)
    return Pact(1, agreed, first, first + agreed.rounds - 1)


def in_dyad(actions: str) -> ActionsByArena:
    return {"dyad": dict(zip((X, Y), map(Action, actions), strict=True))}


def after(pact: Pact, actions: str, number: int = 1) -> Reckoning:
    return reckon((pact,), number, in_dyad(actions))


def test_a_pact_that_is_kept_costs_nothing():
    assert after(a_pact(), "CC") == Reckoning((), {}, (a_pact(),), KEPT)


def test_only_public_pledges_are_seen_to_be_kept():
    assert after(a_pact(binding=Binding.COMMUNIQUE), "CC").kept == frozenset()
    assert after(a_pact(), "CD").kept == {("dyad", X)}


def test_the_other_action_is_a_breach():
    (breach,) = after(a_pact(), "CD").breaches
    assert (breach.pact, breach.seat, breach.arena) == (1, Y, "dyad")


def test_a_pledge_to_press_is_broken_by_holding_back():
    pressing = (Pledge(X, "dyad", D), Pledge(Y, "dyad", C))
    assert [x.seat for x in after(a_pact(pledges=pressing), "CC").breaches] == [X]


@pytest.mark.parametrize("binding", Binding)
def test_a_breach_is_public_and_costs_more_trust_unless_it_is_of_a_communique(binding: Binding):
    stake = 1.0 if binding is Binding.ESCROW else 0.0
    reckoned = after(a_pact(binding=binding, stake=stake), "CD")
    is_public = binding is not Binding.COMMUNIQUE
    assert reckoned.breaches[0].is_public is is_public
    assert reckoned.distrusted == ({("dyad", Y)} if is_public else set())


@pytest.mark.parametrize("number", [0, 4])
def test_a_pact_binds_in_its_rounds_alone(number: int):
    assert after(a_pact(), "DD", number).breaches == ()


def test_a_pact_is_dropped_after_its_last_round():
    assert after(a_pact(), "CC", 2).pacts == (a_pact(),)
    assert after(a_pact(), "CC", 3).pacts == ()


def test_an_arena_that_is_not_played_breaks_no_pact():
    assert reckon((a_pact(),), 1, {}).breaches == ()


def test_the_stake_goes_to_the_injured_in_equal_parts():
    three = terms(parties=(X, Y, Z), binding=Binding.ESCROW, stake=4.0)
    reckoned = reckon((Pact(1, three, 1, 3),), 1, in_dyad("CD"))
    assert reckoned.gains == {Y: -4.0, X: 2.0, Z: 2.0}
    assert reckoned.breaches[0].forfeited == 4.0


def test_two_breakers_forfeit_to_each_other():
    gains = after(a_pact(binding=Binding.ESCROW, stake=4.0), "DD").gains
    assert gains == {X: 0.0, Y: 0.0}


def test_a_transfer_is_paid_in_every_round_that_binds_the_giver():
    aid = (Transfer(X, Y, 1.5),)
    assert after(a_pact(transfers=aid), "CC").gains == {X: -1.5, Y: 1.5}
    assert after(a_pact(transfers=aid), "CC", 4).gains == {}


def test_a_condition_frees_who_was_let_down_and_not_the_breaker():
    (pact,) = after(a_pact(is_conditional=True), "CD").pacts
    assert pact.breakers == (Y,)
    assert (pact.binds(X, 2), pact.binds(Y, 2)) == (False, True)
    assert after(pact, "DC", 2).breaches == ()


def test_a_condition_binds_again_once_it_is_kept_again():
    (pact,) = after(a_pact(is_conditional=True), "CD").pacts
    (pact,) = after(pact, "DC", 2).pacts
    assert (pact.breakers, pact.binds(X, 3)) == ((), True)


def test_without_a_condition_a_breach_frees_nobody():
    (pact,) = after(a_pact(), "CD").pacts
    assert pact.binds(X, 2)


def test_a_pact_of_later_rounds_waits():
    later = a_pact(first=2)
    assert after(later, "DD").pacts == (later,)
    assert after(later, "DD").breaches == ()


def test_the_oldest_pact_says_what_is_pledged():
    older, younger = a_pact(), a_pact(pledges=(Pledge(X, "dyad", D),))
    assert pledged((older, younger), 1, X, "dyad") == Pledge(X, "dyad", C)
    assert pledged((older, younger), 1, X, "forum") is None
    assert pledged((older,), 4, X, "dyad") is None


def test_only_an_executed_pact_is_played_by_the_engine():
    strong = a_pact(binding=Binding.EXECUTED)
    assert pledged(executing((a_pact(), strong)), 1, X, "dyad") == Pledge(X, "dyad", C)
    assert executing((a_pact(),)) == []


@given(st.sampled_from(sorted(LIBRARY)), st.floats(0.01, 5), st.sampled_from(Action))
def test_above_the_critical_escrow_keeping_the_pact_is_dominant(
    name: str, more: float, theirs: Action
):
    """C is dominant once z > max(greed, fear): rules section 5."""
    game = LIBRARY[name]
    stake = float(critical_escrow(game.corners(0))) + more
    pact = a_pact(binding=Binding.ESCROW, stake=stake)

    def worth(mine: Action) -> float:
        profile: Profile = (mine, theirs)
        return game.payoffs(profile)[0] + after(pact, "".join(profile)).gains.get(X, 0.0)

    assert worth(C) > worth(D)


@given(st.text("CD", min_size=2, max_size=2), st.floats(0.01, 100), st.booleans())
def test_pacts_move_points_and_make_none(actions: str, stake: float, is_conditional: bool):
    pact = a_pact(
        binding=Binding.ESCROW,
        stake=stake,
        transfers=(Transfer(X, Y, 2.0),),
        is_conditional=is_conditional,
    )
    gains = after(pact, actions).gains
    assert sum(gains.values()) == pytest.approx(0.0)


def test_terms_in_order_are_taken():
    check_terms(terms(transfers=(Transfer(X, Y, 1.0),)), ARENAS)
    check_terms(terms(binding=Binding.ESCROW, stake=2.0), ARENAS)


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"parties": (X,)}, "1 parties; name 2 to 12, each once"),
        ({"parties": (X, X)}, "2 parties; name 2 to 12, each once"),
        ({"parties": (X, Z)}, "B is no party; make it one, or leave it out"),
        ({"pledges": ()}, "0 pledges and 0 transfers; give 1 to 24 and at most 12"),
        ({"transfers": (Transfer(X, Y, 1.0),) * 13}, "2 pledges and 13 transfers"),
        ({"transfers": (Transfer(X, Z, 1.0),)}, "C is no party"),
        ({"transfers": (Transfer(X, Y, 0.0),)}, "a transfer of 0; give more than 0, at most 1000"),
        ({"transfers": (Transfer(X, X, 1.0),)}, "A gives to itself; name another taker"),
        ({"rounds": 0}, "0 rounds; a pact holds for 1 to 200"),
        ({"binding": Binding.ESCROW}, "a stake of 0; escrow takes more than 0, at most 1000"),
        ({"stake": 1.0}, "a stake of 1 without escrow; leave it out"),
        ({"pledges": (*BOTH, BOTH[0])}, "A pledges dyad twice; keep one"),
        ({"pledges": (Pledge(X, "nowhere", C),)}, "A is not in nowhere; pledge an arena of its"),
    ],
)
def test_terms_that_cannot_be_checked_are_refused(changes: dict[str, Any], told: str):
    with pytest.raises(InvalidInput) as refusal:
        check_terms(terms(**changes), ARENAS)
    assert told in str(refusal.value)


def test_a_pact_on_an_arena_that_a_party_is_not_in_is_refused():
    stranger = terms(parties=(X, Z), pledges=(Pledge(Z, "dyad", C),))
    with pytest.raises(InvalidInput, match="C is not in dyad"):
        check_terms(stranger, ARENAS)
