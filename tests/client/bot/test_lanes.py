"""A bot of one's own acts the same in a contest as in a match."""

import pytest

from client.bot import Bot, C, D, run_locally
from game_rules.contests.contest import Contest
from game_rules.contests.loop import replay
from game_rules.games.stage_games import LIBRARY
from game_rules.roles import Seat
from game_rules.scenario_files.scenarios import load_scenario
from game_rules.strategies import strategy
from game_rules.strategies.own import own_strategy
from tests.client.bot.bots import Broken, Reciprocal, as_bot

ROUNDS = load_scenario("prisoners_dilemma").rounds


class Envious(Bot):
    """Looks at all that a view shows: defects in the last round, and while it is behind."""

    def choose(self, view):
        (other,) = view.members
        assert len(view.payoffs) == len(other.actions) == len(view.own) == view.turn - 1
        is_behind = sum(other.payoffs) > sum(view.payoffs)
        return D if is_behind or view.turn == view.rounds else C


@pytest.mark.parametrize(
    "bot", [Reciprocal, Envious, as_bot("grudger"), as_bot("win_stay_lose_shift")]
)
@pytest.mark.parametrize("opponent", ["alternator", "prober", "tit_for_tat", "defector"])
def test_a_contest_and_a_match_see_the_same_actions(bot: type[Bot], opponent: str):
    here = run_locally(bot, opponent).actions["prisoners_dilemma"]
    entrants = own_strategy("own", bot), strategy(opponent)
    contest = Contest(LIBRARY["prisoners_dilemma"], entrants, turns=ROUNDS, has_self_play=False)
    played = replay(contest, 0)
    assert played.faults == ()
    assert (played.actions_row, played.actions_column) == (here[Seat("ROW")], here[Seat("COLUMN")])


def test_a_bot_that_raises_forfeits_in_both():
    entrants = own_strategy("own", Broken), strategy("cooperator")
    contest = Contest(LIBRARY["prisoners_dilemma"], entrants, turns=ROUNDS, has_self_play=False)
    here = run_locally(Broken, "cooperator").actions["prisoners_dilemma"]
    assert replay(contest, 0).actions_row == here[Seat("ROW")] == "D" * ROUNDS
