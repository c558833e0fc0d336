"""The tutor: what it plays, offers and signs, by the steps of the tutorial."""

from dataclasses import replace

from game_rules.doctrines.tutor import OFFER_IN, OFFERED_ROUNDS, Tutor
from game_rules.games.stage_games import Action, C, D
from game_rules.log.events import ArenaResult, RoundResolved
from game_rules.roles import Seat
from game_rules.scenario.pacts import Binding, Transfer
from game_rules.strategies import strategies, strategy
from tests.game_rules.doctrines.stage import a_dyad, see, terms
from tests.game_rules.scenes import CHN, JPN


def played(number: int, arena: str = "dyad", **actions: Action) -> RoundResolved:
    """Make a round of one arena."""
    of_seats = {Seat(seat): action for seat, action in actions.items()}
    result = ArenaResult(arena, of_seats, {}, dict.fromkeys(of_seats, 0.0))
    return RoundResolved(number, (result,), {}, 0)


def choice(*history: RoundResolved, **changes) -> Action:
    view = see(a_dyad("prisoners_dilemma"), history=history, **changes)
    return Tutor().choose(view, view.arenas[0], 0.99)


def test_it_cooperates_first_and_then_does_what_the_other_did_last():
    assert choice() is C
    assert choice(played(1, CHN=D, JPN=C)) is C
    assert choice(played(1, CHN=C, JPN=D)) is D
    assert choice(played(1, CHN=C, JPN=D), played(2, CHN=D, JPN=C)) is C


def test_it_looks_at_rounds_of_the_same_arena_and_members_only():
    assert choice(played(1, CHN=C, JPN=D), played(2, "other", CHN=C, JPN=C)) is D
    assert choice(played(1, CHN=C, JPN=D), played(2, CHN=C, PHL=C)) is D


def test_it_keeps_a_treaty_until_another_breaks_it():
    defected = played(1, CHN=C, JPN=D)
    treaty = terms(CHN, JPN, is_conditional=True)
    assert choice(defected, pacts=(treaty,)) is C
    assert choice(defected, pacts=(treaty,), breakers=(JPN,)) is D


def offers(game: str = "prisoners_dilemma", number: int = OFFER_IN, **changes):
    return list(Tutor().offers(see(a_dyad(game), round=number, **changes)))


def test_it_offers_one_treaty_of_two_rounds_in_round_3():
    (offered,) = offers()
    assert offered == terms(CHN, JPN, rounds=OFFERED_ROUNDS, is_conditional=True)
    assert offered.binding is Binding.TREATY
    assert Tutor().accepts(see(a_dyad(), round=OFFER_IN), offered)
    assert [offers(number=n) for n in (1, 2, 4, 5)] == [[], [], [], []]
    assert offers(pacts=(replace(offered, rounds=9),)) == []
    assert offers("deadlock") == []


def test_it_signs_what_asks_all_to_cooperate_and_costs_it_nothing():
    view, told = see(a_dyad()), terms(CHN, JPN)
    assert Tutor().accepts(view, told)
    assert not Tutor().accepts(view, terms(CHN, JPN, action=D))
    assert Tutor().accepts(view, replace(told, transfers=(Transfer(JPN, CHN, 1.0),)))
    assert not Tutor().accepts(view, replace(told, transfers=(Transfer(CHN, JPN, 1.0),)))


def test_it_is_found_by_its_name_listed_nowhere_and_plays_tit_for_tat_in_contests():
    tutor, model = strategy("tutor"), strategy("tit_for_tat")
    assert isinstance(tutor.doctrine, Tutor)
    assert tutor not in strategies()
    assert (tutor.table, tutor.memory) == (model.table, model.memory)
