"""Mediation as it is played: private, nobody gains by disobeying, and worth what the rules say."""

from collections import Counter
from fractions import Fraction

import pytest

from game_rules.games.correlated import obeys
from game_rules.games.stage_games import LIBRARY, C, D, collective
from game_rules.log import events as e
from game_rules.log.evolve import fold
from game_rules.match import commands as c
from game_rules.match.visibility import redact
from game_rules.moves.mediation import MOST_MEDIATED, mediation_of, recommendations
from game_rules.roles import FACILITATOR, PUBLIC, Actor, Role, seated
from game_rules.rulesets.chosen import RULESETS
from game_rules.scenario.moves import Effect, Move, MoveKind
from game_rules.scenario_files.scenarios import load_scenario, scenario_names
from tests.game_rules.moves.played import a_table, move, play
from tests.game_rules.scenes import (
    CHN,
    JPN,
    PHL,
    QUICK,
    SEATS,
    TERMS,
    Table,
    a_scenario,
    an_arena,
)


def a_talk(game: str = "battle_of_the_sexes", seed: str = "7") -> Table:
    """Ask for mediation in round 1 of a dyad, which is then played, so that round 2 is advised."""
    arenas = (an_arena("agenda", (CHN, JPN), LIBRARY[game]), a_scenario().arenas[1])
    table = Table(a_scenario(arenas=arenas, seconds=QUICK, rounds=4), seed).bots(CHN, JPN, PHL)
    table.start()
    asked = c.MakeMove(1, Move(MoveKind.MEDIATION, "agenda"))
    table.do(asked, Actor(Role.PLAYER, CHN))
    order(table)
    return table


def order(table: Table, *told: str) -> None:
    """Give everybody's orders, which ends the round; in the agenda what was told, else D."""
    first, second = told or ("D", "D")
    table.order(CHN, agenda=first, forum="C")
    table.order(JPN, agenda=second, forum="C")
    table.order(PHL, forum="C")


@pytest.mark.parametrize(
    ("game", "mean"), [("battle_of_the_sexes", Fraction(5, 2)), ("chicken", Fraction(3))]
)
def test_obeying_a_mediator_pays_what_the_rules_say(game: str, mean: Fraction):
    """Rules section 5: Battle of the Sexes 1.2 to 2.5, Chicken 2.33 to 3; over many seeds."""
    assert mediation_of(LIBRARY[game]).mean == mean
    drawn: Counter[tuple[str, str]] = Counter()
    points, matches = 0.0, 300
    for seed in range(matches):
        table = a_talk(game, str(seed))
        told = table.position.recommendations
        profile = told[CHN]["agenda"].value, told[JPN]["agenda"].value
        drawn[profile] += 1
        order(table, *profile)
        points += sum(table.position.history[1].results[0].payoffs.values())
    assert points / (2 * matches) == pytest.approx(float(mean), abs=0.12)
    for each in mediation_of(LIBRARY[game]).recommendations:
        first, second = each.profile
        assert drawn[first.value, second.value] / matches == pytest.approx(
            float(each.chance), abs=0.09
        )


def test_each_party_is_told_its_own_part_and_nobody_else_anything():
    table = a_talk()
    told = [x for x in table.log if isinstance(x, e.RecommendationGiven)]
    assert [(x.round, x.arena, x.seat) for x in told] == [(2, "agenda", CHN), (2, "agenda", JPN)]
    assert {x.action for x in told} == {C, D}
    scenario = table.position.scenario
    for viewer, expected in (
        (seated(CHN), told[:1]),
        (seated(JPN), told[1:]),
        (seated(PHL), []),
        (PUBLIC, []),
        (FACILITATOR, told),
    ):
        assert [x for x in told if redact(x, viewer, scenario) is not None] == expected


def test_who_is_no_party_does_not_learn_that_anybody_asked():
    table = a_talk()
    scenario = table.position.scenario
    for viewer in (seated(PHL), PUBLIC):
        seen = fold(x for each in table.log if (x := redact(each, viewer, scenario)) is not None)
        assert (seen.effects, seen.history[0].moves, seen.recommendations) == ((), (), {})
        assert seen.totals == table.position.totals
    for viewer in (seated(JPN), FACILITATOR):
        seen = fold(x for each in table.log if (x := redact(each, viewer, scenario)) is not None)
        assert [x.move.kind for x in seen.history[0].moves] == [MoveKind.MEDIATION]


def test_advice_is_for_one_round():
    table = a_talk()
    order(table)
    assert table.position.recommendations == {}
    assert not [x for x in table.log if isinstance(x, e.RecommendationGiven) and x.round > 2]


def test_the_same_seed_draws_the_same_advice():
    assert a_talk().position.recommendations == a_talk().position.recommendations


def test_an_arena_that_has_closed_or_grown_has_no_mediator():
    large = an_arena("large", SEATS[: MOST_MEDIATED + 1], collective((1,) * 4, TERMS))
    table = Table(a_scenario(arenas=(*a_scenario().arenas, large)))
    effects = tuple(
        Effect(MoveKind.MEDIATION, (CHN,), name, 2, 2, audience=(CHN, JPN))
        for name in ("large", "gone")
    )
    assert recommendations(table.position.but(effects=effects), 2, 0) == ()


@pytest.mark.parametrize("version", RULESETS)
def test_a_crisis_can_be_mediated_by_yielding_in_turn(version: int):
    table = a_table(version, 0.9)
    move(table, CHN, "mediation", "crisis_chn_jpn")
    play(table, strait="DD", forum="DDD", crisis_chn_jpn="DD")
    told = table.position.recommendations
    assert (told[CHN]["crisis_chn_jpn"], told[JPN]["crisis_chn_jpn"]) in ((C, C), (C, D), (D, C))


@pytest.mark.parametrize("name", scenario_names())
def test_no_scenarios_mediator_can_be_bettered_by_disobeying(name: str):
    for arena in load_scenario(name).arenas:
        if len(arena.members) <= MOST_MEDIATED:
            found = mediation_of(arena.game)
            assert found.is_exact
            assert obeys(arena.game, found.recommendations)
