"""What a move would cost and change is known before it is made, and is what then happens."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from game_rules.advice.move_offers import moves_open_to, offer_of
from game_rules.advice.patterns import advise_on
from game_rules.errors import MoveNotAllowed
from game_rules.games.replies import ReplyClass
from game_rules.games.stage_games import LIBRARY
from game_rules.log import events as e
from game_rules.log.evolve import fold
from game_rules.match import commands as c
from game_rules.match.decide import decide
from game_rules.match.visibility import redact
from game_rules.moves.preview import Change, Changed
from game_rules.roles import Actor, Role, seated
from game_rules.rulesets.chosen import RULESETS
from game_rules.scenario.moves import NO_MOVES, Move, MoveKind
from game_rules.scenario_files.scenarios import load_scenario, scenario_names
from tests.client.random_matches import random_log
from tests.game_rules.rulesets.second.regions import SecondTable
from tests.game_rules.rulesets.second.shipped import shipped
from tests.game_rules.scenes import CHN, JPN, PHL, Table, a_scenario, an_arena


@pytest.mark.parametrize("version", RULESETS)
@pytest.mark.parametrize(
    ("game", "before", "after"),
    [("battle_of_the_sexes", 1.2, 2.5), ("chicken", 7 / 3, 3.0), ("prisoners_dilemma", None, 1.0)],
)
def test_mediation_is_free_and_tells_what_it_is_worth(
    game: str, before: float, after: float, version: int
):
    """Rules section 5: Battle of the Sexes goes from 1.2 to 2.5, Chicken from 2.33 to 3."""
    dyad = an_arena("dyad", (CHN, JPN), LIBRARY[game])
    scenario = a_scenario(arenas=(dyad, a_scenario().arenas[1]))
    position = Table(scenario, version=version).bots(CHN).start().position
    told = offer_of(position, JPN, Move(MoveKind.MEDIATION, "dyad"))
    assert (told.cost, told.first_round, told.last_round) == (0.0, 2, 2)
    assert told.changes == (Change(Changed.VALUE, "dyad", (JPN,), before, after),)


def test_a_move_that_is_not_allowed_has_no_offer():
    position = Table().bots(CHN).start().position
    with pytest.raises(MoveNotAllowed, match="PHL is not in strait"):
        offer_of(position, PHL, Move(MoveKind.FUND, "strait"))


def test_a_scenario_without_moves_offers_none():
    assert moves_open_to(Table(a_scenario(moves=NO_MOVES)).bots(CHN).start().position, PHL) == ()


def test_nothing_is_offered_when_nothing_can_be_ordered():
    assert moves_open_to(Table().seat(CHN).start().position, CHN) == ()


@pytest.mark.parametrize("name", scenario_names())
def test_every_scenario_offers_what_decide_accepts(name: str):
    scenario = load_scenario(name)
    table = Table(scenario).bots(*scenario.seats).start()
    for seat in scenario.seats:
        for told in moves_open_to(table.position, seat):
            made = c.MakeMove(1, told.move)
            decide(table.position, made, Actor(Role.PLAYER, seat), table.now_ms)


@settings(deadline=None)
@given(st.integers(0, 2**32), st.integers(0, 60), st.sampled_from(tuple(RULESETS)))
def test_what_was_offered_is_what_then_is_played(seed: int, most: int, version: int):
    """The arenas of the next round hold each changed parameter, if nobody else moved there."""
    log = random_log(seed, most, version)
    for place, event in enumerate(log):
        if not isinstance(event, e.RoundResolved) or len(event.moves) != 1:
            continue
        (opened,) = event.moves
        before = fold(log[:place])
        told = offer_of(before, opened.seat, opened.move)
        assert told.cost == opened.cost or not opened.takes_effect
        fresh = [x for x in event.effects if x.first_round == event.round + 1]
        expected = (
            [told.last_round] if opened.takes_effect and told.first_round > event.round else []
        )
        assert [x.last_round for x in fresh] == expected


@settings(deadline=None)
@given(st.integers(0, 2**32), st.integers(0, 60), st.sampled_from(tuple(RULESETS)))
def test_a_seat_is_offered_the_same_by_what_it_is_shown(seed: int, most: int, version: int):
    """But for figures that fog hides, and what others asked of mediators, which changes nothing."""
    log = random_log(seed, most, version)
    whole = fold(log)
    for seat in whole.scenario.seats:
        viewer = seated(seat)
        seen = fold(x for each in log if (x := redact(each, viewer, whole.scenario)) is not None)
        theirs, real = moves_open_to(seen, seat), moves_open_to(whole, seat)
        assert [(x.move, x.cost, x.classes) for x in theirs] == [
            (x.move, x.cost, x.classes) for x in real
        ]


def test_offers_name_an_arena_as_the_advisor_does():
    """By its whole reply pattern: the corners of the code of conduct are those of another game."""
    position, names = SecondTable(shipped("south_china_sea")).position, set()
    for seat in position.scenario.seats:
        for offer in moves_open_to(position, seat):
            for change in offer.classes:
                told = {x.arena: x.advice for x in advise_on(position, change.seat)}
                names.add(change.before)
                assert told[change.arena].situation is change.before
    assert ReplyClass.VOLUNTEERS_DILEMMA in names
