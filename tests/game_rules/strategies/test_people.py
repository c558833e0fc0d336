"""The laboratory person plays as people did: its first move and replies, counted in contests."""

from collections.abc import Callable
from itertools import pairwise
from statistics import mean

import pytest

from game_rules.contests.contest import Contest, round_robin
from game_rules.contests.loop import replay_all
from game_rules.games.laboratory import REPLIES, first_cooperation, replies
from game_rules.games.stage_games import C, symmetric
from game_rules.scenario_files.scenarios import shipped_scenario
from game_rules.strategies import Conditions
from game_rules.strategies.classics.people import laboratory_person
from tests.tools.laboratory import replies_by_noise, treatments

NAME = "laboratory_person"
GAME = symmetric(50, 40, 25, 12)
FIRST_RISKS = [(0.5, 0.0), (0.75, 0.0), (0.75, 0.125)]


def met(noise: float, continuation: float, matches: int) -> Contest:
    """It meets coin tossers, so that every outcome is followed by many replies."""
    return round_robin(
        GAME,
        (NAME, "random"),
        turns=None,
        continuation=continuation,
        noise=noise,
        repetitions=matches,
        pairs=((0, 1),),
        seed="people",
    )


def meant(share: float, noise: float) -> float:
    """The share of actions meant as C, from the share carried out as C."""
    return (share - noise) / (1 - 2 * noise)


@pytest.mark.slow(measured=True)
@pytest.mark.parametrize("noise", [noise for noise, _ in REPLIES])
def test_replies_in_contests_are_those_of_people(noise: float):
    """Tests of `games.laboratory` hold these figures within 5 points of what was seen."""
    contest = met(noise, 0.99, 400)
    found: dict[str, list[bool]] = {"CC": [], "CD": [], "DC": [], "DD": []}
    for match in replay_all(contest, range(contest.match_count)):
        rounds = list(zip(match.actions_row, match.actions_column, strict=True))
        for before, after in pairwise(rounds):
            found["".join(before)].append(after[0] == "C")
    rates = [meant(mean(each), noise) for each in found.values()]
    assert all(len(each) > 2000 for each in found.values())
    assert rates == pytest.approx(list(replies(noise)), abs=0.015)
    readings = zip(*replies_by_noise(treatments(), noise), strict=True)
    assert rates == pytest.approx([mean(pair) for pair in readings], abs=0.02)


@pytest.mark.slow
@pytest.mark.parametrize(("continuation", "noise"), FIRST_RISKS)
def test_the_first_move_in_contests_is_as_frequent_as_foretold(continuation: float, noise: float):
    contest = met(noise, continuation, 4000)
    first = [x.actions_row[0] == "C" for x in replay_all(contest, range(contest.match_count))]
    expected = first_cooperation(GAME.row, continuation, noise).share
    assert meant(mean(first), noise) == pytest.approx(expected, abs=0.03)


def chance_of_first(conditions: Callable[[float], Conditions]) -> float:
    """The share of 1,000 evenly spread numbers of chance at which it cooperates first."""
    steps = [(n + 0.5) / 1000 for n in range(1000)]
    return mean(next(laboratory_person(conditions(luck))) is C for luck in steps)


def test_a_known_length_counts_as_the_continuation_of_that_mean_length():
    def known(luck: float) -> Conditions:
        return Conditions(GAME.row, 8, lambda turn, nth=0: luck)

    def by_chance(luck: float) -> Conditions:
        return Conditions(GAME.row, None, lambda turn, nth=0: luck, continuation=0.875)

    expected = pytest.approx(first_cooperation(GAME.row, 0.875).share, abs=0.001)
    assert chance_of_first(known) == chance_of_first(by_chance) == expected


def test_it_takes_part_in_matches_of_every_kind_of_game():
    for name in ("chicken", "stag_hunt", "deadlock", "zero_sum"):
        corners = shipped_scenario(name).arenas[0].game.corners(0)
        assert 0 <= first_cooperation(corners, 0.9).share <= 1


def test_noise_between_two_that_were_tried_gives_replies_between_theirs():
    middle, (_, low), (_, high) = replies(0.03125), *REPLIES[:2]
    assert list(middle) == pytest.approx([mean(pair) for pair in zip(low, high, strict=True)])
