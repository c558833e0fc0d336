"""A match that is played here is the match that a server would host."""

import pytest

from client.bot import Bot, C, D, Say, run_locally
from game_rules.bots.bot_match import play_bot_match
from game_rules.errors import InvalidInput, UnknownStrategy
from game_rules.log.events import OrderSource, PactConcluded, ProposalMade, SeatVacated
from game_rules.log.evolve import fold
from game_rules.records.record import read_record, verify, write_record
from game_rules.roles import PersonId, Seat
from game_rules.scenario.scenario import Press
from game_rules.scenario_files.scenarios import load_scenario
from tests.client.bot.bots import Broken, BrokenOnce, Forgiving, Reciprocal, Talkative, as_bot
from tests.game_rules.scenes import CHN, JPN, PHL, a_scenario


@pytest.mark.parametrize("name", ["tit_for_tat", "random", "first_by_joss", "gradual"])
@pytest.mark.parametrize("scenario", ["prisoners_dilemma", "south_china_sea"])
def test_a_bot_plays_what_a_built_in_one_plays_in_its_seat(name: str, scenario: str):
    loaded = load_scenario(scenario)
    built_in = fold(play_bot_match(loaded, dict.fromkeys(loaded.seats, name), "7"))
    own = run_locally(as_bot(name), as_bot(name), scenario, seed=7)
    assert [r.results for r in own.history] == [r.results for r in built_in.history]
    assert own.scores == built_in.totals


@pytest.mark.parametrize("name", ["diplomat", "liberal"])
def test_a_doctrine_bargains_with_a_bot_of_ones_own_in_the_room(name: str):
    """The guest says nothing to proposals; doctrines conclude among themselves and order anew."""
    played = run_locally(Forgiving, name, "south_china_sea", seed=7, seat="USA")
    made = [event for event in played.log if isinstance(event, ProposalMade)]
    assert made
    assert {event.proposer for event in made} <= set(played.position.scenario.seats) - {"USA"}
    pacts = [event for event in played.log if isinstance(event, PactConcluded)]
    assert pacts
    assert not played.problems


def test_without_talk_a_doctrine_only_orders():
    played = run_locally(Forgiving, "diplomat")
    assert not [event for event in played.log if isinstance(event, ProposalMade)]
    assert len(played.history) == 10


def test_the_same_seed_gives_the_same_match_and_another_one_another():
    first, again, other = (run_locally(Forgiving, "alternator", seed=seed) for seed in (1, 1, 2))
    assert first.log == again.log
    assert first.actions != other.actions


def test_a_match_of_bots_here_is_a_record_that_holds():
    played = run_locally(Talkative, Forgiving, a_scenario())
    record = read_record(write_record(played.log, "1").encode())
    assert verify(record) == played.position


def test_opponents_may_be_named_seat_by_seat():
    line_up = {"JPN": "defector", "PHL": Forgiving}
    played = run_locally(Reciprocal, line_up, a_scenario(), seat="CHN")
    assert played.position.holders[JPN].strategy == "defector"
    called = {seat: played.names[PersonId(f"bot-{seat}")] for seat in (PHL, CHN)}
    assert called == {PHL: "Forgiving", CHN: "Reciprocal"}
    assert played.actions["strait"] == {CHN: "CDD", JPN: "DDD"}


def test_what_was_played_can_be_read():
    assert str(run_locally(Forgiving, "defector", seed="4")).startswith(
        "Prisoner's Dilemma, seed 4\n  prisoners_dilemma\n    ROW      CD"
    )


def test_a_bot_that_raises_leaves_its_order_to_the_policy():
    played = run_locally(BrokenOnce, "cooperator", a_scenario(), seat="PHL")
    sources = [result.sources[PHL] for r in played.history for result in r.results[1:]]
    assert sources == [OrderSource.ORDERED, OrderSource.REPEATED, OrderSource.ORDERED]
    assert len(played.problems) == 1
    assert played.problems[0].startswith("PHL: round 2: choose raised LookupError: no idea (line ")
    assert played.problems[0].endswith(" of bots.py)")


def test_a_bot_that_raises_again_and_again_gives_up_its_seat():
    played = run_locally(Broken, "cooperator")
    assert len(played.problems) == 3
    assert [e.seat for e in played.log if isinstance(e, SeatVacated)] == [Seat("ROW")]
    assert played.actions["prisoners_dilemma"][Seat("ROW")] == "D" * 10


def test_a_match_that_everybody_has_left_is_ended():
    played = run_locally(Broken, Broken)
    assert len(played.history) == 2
    assert played.position.is_over


def test_a_bot_is_told_what_is_said_to_it_and_of_every_round():
    made: list[Reciprocal] = []

    class Listener(Talkative):
        def __init__(self):
            super().__init__()
            made.append(self)

    run_locally(Listener, Talkative, a_scenario(), seat="CHN")
    (listener,) = made
    assert listener.revealed == [1, 2, 3]
    greetings = [m for m in listener.heard if not m.room]
    assert [m.sender for m in greetings] == [JPN, PHL] * 3
    replies = [m for m in listener.heard if m.room]
    assert {m.text for m in replies} == {"I heard you."}
    assert all(CHN in m.room for m in replies)


def test_two_that_answer_each_other_come_to_an_end():
    played = run_locally(Talkative, Talkative, a_scenario())
    by_round = [m.round for m in played.position.messages if m.sender == CHN]
    assert max(by_round.count(number) for number in (1, 2, 3)) <= 10


def test_nothing_that_a_bot_does_to_its_view_reaches_the_match():
    class Vandal(Bot):
        def on_reveal(self, resolved):
            for result in resolved.results:
                result.payoffs.clear()

        def choose(self, view):
            with pytest.raises(AttributeError):
                view.round = 99
            return D

    played = run_locally(Vandal, "cooperator")
    assert played.problems == ()
    assert played.scores[Seat("ROW")] == 50


def test_a_refused_command_is_a_line_and_no_fault():
    class Loud(Bot):
        def say(self):
            return Say((Seat("JPN"),), "Psst.")

        def choose(self, view):
            return C

    played = run_locally(Loud, "cooperator", a_scenario(press=Press.PUBLIC), seat="CHN")
    assert len(played.history) == 3
    assert [line.split(":")[:2] for line in played.problems] == [["CHN", " say was refused"]] * 3


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"seat": "COLUM"}, "'COLUM' is no seat of prisoners_dilemma; did you mean COLUMN?"),
        ({"opponent": {"ROW": "defector"}}, "nobody plays COLUMN; name an opponent for each seat"),
        ({"scenario": "chiken"}, "did you mean chicken?"),
    ],
)
def test_a_wrong_name_is_told_in_a_line(wrong: dict, told: str):
    with pytest.raises(InvalidInput, match=r"(?s)^[^\n]+$") as error:
        run_locally(Forgiving, **wrong)
    assert told in str(error.value)


def test_an_unknown_opponent_is_told_with_the_nearest():
    with pytest.raises(UnknownStrategy, match="tit_for_tat"):
        run_locally(Forgiving, "tit_for_tad")
