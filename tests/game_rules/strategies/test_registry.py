"""Strategies are found by name, described, and light to import."""

import subprocess
import sys
from inspect import unwrap

import pytest

from game_rules.errors import UnknownStrategy
from game_rules.games.corners import Corners
from game_rules.games.stage_games import LIBRARY
from game_rules.strategies import Strategy, strategies, strategy
from game_rules.strategies.also_called import _BY_NAME, other_names
from game_rules.strategies.kit.family import SameInEveryGame

STANDARD = Corners(T=5, R=3, P=1, S=0)
FIRST_TOURNAMENT = (
    "tit_for_tat",
    "first_by_tideman_and_chieruzzi",
    "first_by_nydegger",
    "first_by_grofman",
    "first_by_shubik",
    "first_by_stein_and_rapoport",
    "grudger",
    "first_by_davis",
    "first_by_graaskamp",
    "first_by_downing",
    "first_by_feld",
    "first_by_joss",
    "first_by_tullock",
    "first_by_anonymous",
    "random",
)


def test_there_are_more_than_fifty_strategies_with_a_source_each():
    assert len(strategies()) >= 50
    for bot in strategies():
        assert bot.source
        assert bot.about.endswith((".", ")", ").")), bot.name
        assert len(bot.about) <= 100, bot.name


def test_all_fifteen_of_the_first_tournament_are_there():
    assert len({strategy(name).name for name in FIRST_TOURNAMENT}) == 15


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ("tit_for_tat", "tit_for_tat"),
        ("TitForTat", "tit_for_tat"),
        ("tit-for-2-tats", "tit_for_2_tats"),
        ("Prober2", "prober_2"),
        ("ZDExtort2", "zd_extort_2"),
        ("CyclerCCD", "cycler_ccd"),
    ],
)
def test_a_name_is_found_however_it_is_spelt(asked, name):
    assert strategy(asked).name == name


@pytest.mark.parametrize(
    ("asked", "offered"),
    [
        ("tft", "tit_for_tat"),
        ("Pavlov", "win_stay_lose_shift"),
        ("wsls", "win_stay_lose_shift"),
        ("grim", "grudger"),
        ("friedman", "grudger"),
        ("ALLD", "defector"),
        ("always_cooperate", "cooperator"),
        ("TitForTwoTats", "tit_for_2_tats"),
        ("joss", "first_by_joss"),
        ("Davis", "first_by_davis"),
        ("SteinAndRapoport", "first_by_stein_and_rapoport"),
    ],
)
def test_another_name_of_the_literature_is_offered_first(asked, offered):
    with pytest.raises(UnknownStrategy, match=rf"did you mean {offered}\b"):
        strategy(asked)


def test_other_names_are_nobodys_own():
    names = [bot.name for bot in strategies()]
    others = other_names(names)
    assert set(_BY_NAME) <= set(names)
    assert not set(others) & set(names)


def test_an_unknown_name_is_told_the_nearest_ones():
    with pytest.raises(UnknownStrategy, match=r"'tit_for_tet'; .* tit_for_tat") as refusal:
        strategy("tit_for_tet")
    assert "\n" not in str(refusal.value)


def test_a_name_like_no_other_is_told_some_that_are():
    with pytest.raises(UnknownStrategy, match="known: cooperator, "):
        strategy("qqqqqqqq")


def test_lanes_follow_from_what_a_strategy_is():
    assert strategy("tit_for_tat").lane == "table"
    assert strategy("gradual").lane == "python"


def test_a_table_tosses_coins_if_and_only_if_it_says_so():
    for bot in strategies():
        if bot.table is not None:
            assert bot.table(STANDARD).is_stochastic == bot.is_stochastic, bot.name


@pytest.mark.parametrize("game", LIBRARY)
def test_every_table_can_be_made_for_every_game(game):
    corners = LIBRARY[game].corners(0)
    for bot in strategies():
        if bot.table is not None:
            assert bot.table(corners).size >= 1


def test_importing_strategies_pulls_nothing_heavy():
    program = (
        "import sys, game_rules.strategies\n"
        "print([name for name in ('numpy', 'numba', 'scipy', 'pydantic') if name in sys.modules])"
    )
    heard = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert heard.stdout.decode().strip() == "[]"


@pytest.mark.parametrize("bot", [b for b in strategies() if b.table], ids=lambda bot: bot.name)
def test_a_machine_is_built_the_same_every_time(bot: Strategy):
    """Machines are kept once they are built: a difference would show in another process only."""
    if isinstance(bot.table, SameInEveryGame):
        assert unwrap(bot.table.build)() == bot.table.build()
    else:
        assert bot.table is not None
        assert unwrap(bot.table)(STANDARD) == bot.table(STANDARD)
