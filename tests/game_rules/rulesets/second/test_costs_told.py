"""The costs that a region's texts state, of blocs, crises and commitments, by the engine."""

import re
from collections.abc import Iterator
from dataclasses import astuple, replace
from itertools import product

import pytest

from game_rules.log.position import Position
from game_rules.roles import Seat
from game_rules.rounds.arenas_in_force import arenas_in_force
from game_rules.rulesets.second.aftermath import begin
from game_rules.rulesets.second.effort import price
from game_rules.rulesets.second.rules import losses_outside
from game_rules.scenario.moves import Effect, MoveKind
from game_rules.scenario.scenario import CRISIS
from tests.game_rules.rulesets.second.regions import CHN, C, at_rungs, opened
from tests.game_rules.rulesets.second.shipped import NAMES, corners, says, shipped
from tests.game_rules.scenes import Table

EXERCISE, OPEN = MoveKind.EXERCISE, MoveKind.CONFIDENCE
OF_BLOCS = (None, (), (EXERCISE,), (OPEN,), (EXERCISE, OPEN))
"""What a bloc may have done before a round: not held, or held with these moves in force."""


def after_blocs(name: str, moves: frozenset[MoveKind]) -> Iterator[Position]:
    """Give the position of a round after all that its blocs can have done with some moves."""
    scenario = shipped(name)
    blocs = [arena for arena in scenario.arenas if arena.exclusive]
    likely = [x for x in OF_BLOCS if x is None or moves.issuperset(x)]
    for done in product(likely, repeat=len(blocs)):
        both = list(zip(blocs, done, strict=True))
        held = {bloc.name: 1.0 for bloc, what in both if what is not None}
        position = Table(scenario, version=2).position.but(
            standing=replace(begin(scenario), produced=held),
            effects=[
                Effect(kind, bloc.members[:1], bloc.name, 1, 2)
                for bloc, what in both
                for kind in what or ()
            ],
        )
        yield position.but(arenas=arenas_in_force(position, 1))


def most_dearer(name: str, arena: str, seat: Seat, moves: frozenset[MoveKind]) -> float:
    """Find the most that blocs take from the payoff of common cooperation, in one arena."""
    calm = corners(name, arena, seat).R
    paid = [
        x.game.corners(x.member(seat)).R
        for position in after_blocs(name, moves)
        for x in position.arenas
        if x.name == arena
    ]
    return calm - min(paid)


def most_lost(name: str, seat: Seat, moves: frozenset[MoveKind]) -> float:
    """Find the most that a seat loses in a round in which blocs hold, beside what it chooses."""
    return max(
        losses_outside(position, [(x, dict.fromkeys(x.members, C)) for x in position.arenas])[seat]
        for position in after_blocs(name, moves)
    )


BLOCS = {
    ("taiwan_strait", "CHN"): ("strait", "supply_chain"),
    ("quad_and_eas", "CHN"): ("east_asia_summit", "disaster_relief"),
    ("south_china_sea", "CHN"): ("code_of_conduct", "encounters_at_sea", "fisheries"),
    ("bri_corridors", "JPN"): ("clean_power",),
}
"""By scenario and the seat outside: the arenas whose cooperation its blocs make dearer."""


@pytest.mark.parametrize(("name", "seat"), BLOCS)
def test_blocs_cost_who_is_outside_what_the_texts_say_and_never_more(name, seat):
    scenario, outside = shipped(name), Seat(seat)
    told = " ".join((*scenario.player(outside).goals, *scenario.briefing))
    of = {"{:g} points": frozenset[MoveKind](), "with exercises {:g}": frozenset({EXERCISE, OPEN})}
    for shown, moves in of.items():
        most = {
            arena.name: most_dearer(name, arena.name, outside, moves)
            for arena in scenario.arenas
            if outside in arena.members
        }
        dearer = {arena for arena, more in most.items() if more}
        assert dearer == set(BLOCS[name, seat])
        (each,) = {round(most[arena], 9) for arena in dearer}
        assert shown.format(each) in told
        assert shown.format(round(most_lost(name, outside, moves), 9)) in told


@pytest.mark.parametrize("seat", ["IND", "PAK"])
def test_a_crisis_costs_india_and_pakistan_what_their_goals_say(seat):
    name = "india_pakistan"
    pair = shipped(name).rivals[0]
    worst = {
        rung: -min(
            each
            for arena in opened(
                shipped(name), at_rungs(begin(shipped(name)), {pair: rung})
            ).values()
            if arena.name.startswith(CRISIS)
            for each in astuple(arena.game.corners(arena.member(Seat(seat))))
        )
        for rung in (2, 3)
    }
    told = " ".join(shipped(name).player(Seat(seat)).goals)
    assert f"up to {worst[2]:g} points in each round, at the brink {worst[3]:g}" in told


def test_a_crisis_in_which_both_press_costs_china_at_least_what_its_goal_says():
    """Whether nobody, either or both of the ties to its rivals hold, and at the brink too."""
    scenario = shipped("taiwan_strait")
    ties = [arena.name for arena in scenario.arenas if arena.is_alliance]
    lost = []
    for pair, rung, held in product(scenario.rivals, (2, 3), product((0.0, 1.0), repeat=2)):
        standing = replace(begin(scenario), produced=dict(zip(ties, held, strict=True)))
        crisis = next(
            arena
            for arena in opened(scenario, at_rungs(standing, {pair: rung})).values()
            if arena.name.startswith(CRISIS)
        )
        lost.append(-crisis.game.corners(crisis.member(CHN)).P)
    assert says("taiwan_strait", "CHN", "A crisis never pays you. With both sides pressing in it")
    assert f"you lose {min(lost):g} points or more" in " ".join(scenario.player(CHN).goals)


FOURTH = re.compile(r"fourth costs ([\d.]+)|costs you ([\d.]+) points extra")


STATED = (
    "india_pakistan korean_peninsula quad_and_eas seato_1954_1977 south_china_sea taiwan_strait"
)
"""The regions whose texts give the price of a fourth commitment."""


@pytest.mark.parametrize("name", NAMES)
def test_a_fourth_commitment_costs_what_the_texts_say(name):
    scenario = shipped(name)
    told = [*scenario.briefing, *(goal for player in scenario.players for goal in player.goals)]
    found = {float(a or b) for text in told for a, b in FOURTH.findall(text)}
    assert found == ({price(1, scenario.consequences)} if name in STATED else set())


def test_in_the_code_to_press_pays_china_better_once_the_treaty_exercises():
    arena = next(
        x
        for position in after_blocs("south_china_sea", frozenset({EXERCISE}))
        for x in position.arenas
        if x.name == "code_of_conduct" and position.effects
    )
    paid = arena.game.corners(arena.member(CHN))
    assert paid.T > paid.R
    assert says("south_china_sea", "CHN", "If the treaty held last round")
