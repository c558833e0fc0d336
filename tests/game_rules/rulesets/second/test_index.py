"""The index by efficiency: bare games, floors, blocs beside it, and the outlook at three bands."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game_rules.bots.bot_match import play_bot_match
from game_rules.games.joint import efficiency
from game_rules.games.stage_games import LIBRARY, Action
from game_rules.log.evolve import fold
from game_rules.rulesets.second.index import (
    BANDS,
    Coordination,
    Scored,
    coordination,
    integration,
    outlook,
)
from game_rules.scenario.parameters import Consequences
from game_rules.scenario.scenario import Arena
from game_rules.scenario_files.scenarios import load_scenario
from game_rules.standing.integration import Integration, Outlook
from tests.game_rules.rulesets.second.regions import (
    AUS,
    IND,
    JPN,
    PAK,
    USA,
    SecondTable,
    a_pact,
    a_second,
    border,
    quad,
)
from tests.game_rules.scenes import an_arena

C, D = Action.C, Action.D


def at_the_end(name: str, bot: str) -> Integration:
    scenario = load_scenario(name)
    log = play_bot_match(scenario, dict.fromkeys(scenario.seats, bot), "7", version=2)
    found = fold(log).standing.integration
    assert found is not None
    return found


@pytest.mark.parametrize("name", ["prisoners_dilemma", "stag_hunt", "chicken", "harmony"])
def test_where_cooperation_is_best_all_c_is_at_least_95(name: str):
    end = at_the_end(name, "cooperator")
    assert (end.index >= 95, end.outlook) == (True, Outlook.OPTIMISTIC)


def test_to_yield_both_in_battle_of_the_sexes_is_no_success():
    end = at_the_end("battle_of_the_sexes", "cooperator")
    assert (round(end.index), end.outlook) == (26, Outlook.PESSIMISTIC)


def test_taking_turns_in_battle_of_the_sexes_is_one():
    table = _bare("battle_of_the_sexes")
    for number in range(10):
        table.round("C", arena="CD" if number % 2 else "DC")
    assert _index(table) > 65


def test_all_c_in_a_deadlock_is_pessimistic():
    end = at_the_end("deadlock", "cooperator")
    assert (end.index < 31, end.outlook) == (True, Outlook.PESSIMISTIC)


def test_without_joint_gain_the_share_of_c_counts():
    assert at_the_end("zero_sum", "cooperator").cooperation == 1
    assert at_the_end("zero_sum", "defector").cooperation == 0.05


@given(
    st.lists(st.floats(0, 1), min_size=5, max_size=5),
    st.integers(0, 3),
)
def test_no_part_falls_below_the_floor(parts, calm):
    opened, across, trust, autonomy, tension = parts
    found = integration(
        Coordination(opened, across, None), [trust], [autonomy], [tension], calm, 2, Consequences()
    )
    shares = (found.cooperation, found.cross_bloc, found.trust, found.autonomy, found.calm)
    assert min(shares) >= 0.05
    assert found.index >= 5 - 1e-9
    assert found.outlook is outlook(found.index, calm, 2)


def test_a_region_without_rivals_is_calm():
    found = integration(Coordination(1, 1, None), [1], [1], [], 2, 2, Consequences())
    assert (found.calm, found.index) == (1, pytest.approx(100))


@pytest.mark.parametrize(
    ("index", "calm", "expected"),
    [
        (66.0, 2, "optimistic optimistic contested"),
        (62.0, 2, "contested optimistic contested"),
        (62.0, 1, "contested contested contested"),
        (34.0, 2, "contested pessimistic contested"),
        (31.0, 2, "pessimistic pessimistic contested"),
        (90.0, 0, "pessimistic pessimistic pessimistic"),
    ],
)
def test_the_outlook_is_told_at_three_bands(index, calm, expected):
    assert [outlook(index, calm, 2, band).value for band in BANDS] == expected.split()


def test_what_a_bloc_does_inside_is_beside_the_index():
    table = SecondTable(quad())
    table.round("C", quad="DDDD", aukus="DD")
    found = _found(table)
    assert (found.cooperation, found.inside) == (pytest.approx(1), 0)


def test_where_every_arena_is_a_bloc_all_count():
    pact = a_pact("aukus", USA, AUS, 0.3)
    scenario = a_second((pact,), {})
    table = SecondTable(scenario)
    table.round("C")
    found = _found(table)
    parts = (found.cooperation, found.cross_bloc, found.inside)
    assert parts == (pytest.approx(1),) * 3


def test_pairs_that_a_bloc_unites_do_not_count_across():
    one, other, summit = quad().arenas[:3]
    reached, _ = _played(summit, "CCCCDD")
    mixed = coordinated(
        (one, "C" * len(one.members)),
        (other, "C" * len(other.members)),
        (summit, "CCCCDD"),
        (_pair(JPN, IND), "DD"),
    )
    assert reached is not None
    assert mixed.across == pytest.approx(reached)
    assert mixed.open == pytest.approx(6 * reached / 8)


def test_without_a_pair_across_the_second_part_is_the_first():
    united = coordinated((a_pact("x", JPN, IND, 0.3), "CC"), (_pair(JPN, IND), "CD"))
    assert united.across == united.open


def test_blocs_without_joint_gain_have_nothing_to_show():
    idle = an_arena("idle", (IND, PAK), LIBRARY["zero_sum"])
    found = coordinated((replace(idle, exclusive=0.5), "CD"))
    assert (found.open, found.across, found.inside) == (0.5, 0.5, None)


def test_the_militia_that_fights_costs_the_region():
    peace, war = SecondTable(border()), SecondTable(border())
    peace.round("C")
    war.round("C", line_of_control="CCD")
    assert _index(war) < _index(peace)


def _pair(first, second):
    return an_arena("pair", (first, second), LIBRARY["prisoners_dilemma"])


def coordinated(*played: tuple[Arena, str]) -> Coordination:
    shape = tuple((arena.members, arena.exclusive) for arena, _ in played)
    return coordination(shape, [_played(arena, letters) for arena, letters in played])


def _played(arena: Arena, letters: str) -> Scored:
    acted = [Action(letter) for letter in letters]
    paid = arena.game.payoffs(tuple(acted))
    return efficiency(arena.game, paid), dict(zip(arena.members, acted, strict=True))


def _index(table: SecondTable) -> float:
    return _found(table).index


def _found(table: SecondTable) -> Integration:
    found = table.position.standing.integration
    assert found is not None
    return found


def _bare(name: str) -> SecondTable:
    arena = an_arena("arena", (IND, PAK), LIBRARY[name])
    return SecondTable(a_second((arena,), {}, rounds=12))
