"""A match beside its model: which choices differ, and each difference with its reason."""

from dataclasses import replace
from typing import Any

from game_rules.bots.bot_match import play_bot_match
from game_rules.continuations.beside import (
    Difference,
    DifferenceKind,
    IndexPart,
    LargestPart,
    differences,
    partings,
)
from game_rules.continuations.continuation import continued
from game_rules.continuations.trunk import Trunk, trunk_of
from game_rules.games.stage_games import LIBRARY, C, D
from game_rules.log.events import RoundResolved
from game_rules.log.position import Position
from game_rules.roles import Seat
from game_rules.scenario.pacts import Breach
from game_rules.scenario.scenario import Scenario
from game_rules.scenario_files.scenarios import load_scenario
from game_rules.standing.standing import RivalPair
from tests.game_rules.scenes import CHN, JPN, QUICK, a_scenario, a_tense_scenario, an_arena

K = DifferenceKind


def a_trunk(bot: str = "cooperator", **scenario: Any) -> Trunk:
    made = a_scenario(rounds=4, seconds=QUICK, **scenario)
    return trunk_of(play_bot_match(made, dict.fromkeys(made.seats, bot), "7"))


def kinds(found: tuple[Difference, ...]) -> list[DifferenceKind]:
    return [each.kind for each in found]


def of(found: tuple[Difference, ...], kind: DifferenceKind) -> Difference:
    return next(each for each in found if each.kind is kind)


def whose(found: tuple[Difference, ...], seat: Seat) -> Difference:
    return next(x for x in found if x.kind is K.POINTS and x.seats == (seat,))


def test_a_model_that_goes_as_its_trunk_is_alike() -> None:
    trunk = a_trunk()
    model = continued(trunk, 2).position
    assert partings(trunk.last, model, 2) == ()
    assert differences(trunk.last, model, 2) == (Difference(K.ALIKE),)


def test_choices_that_differ_are_listed_from_the_round_on_with_both_actions() -> None:
    trunk = a_trunk()
    model = continued(trunk, 3, {CHN: "defector"}).position
    found = partings(trunk.last, model, 3)
    assert {(x.round, x.seat, x.fell, x.other) for x in found} == {(3, CHN, C, D), (4, CHN, C, D)}
    assert {x.arena for x in found} == {"strait", "forum"}
    first = of(differences(trunk.last, model, 3), K.FIRST).parting
    assert first == found[0]


def test_points_have_the_arena_they_come_from_and_the_index_its_part() -> None:
    dilemma = an_arena("strait", (CHN, JPN), LIBRARY["prisoners_dilemma"])
    pair = a_scenario(arenas=(dilemma,), rounds=2, seconds=QUICK)
    trunk = trunk_of(play_bot_match(pair, dict.fromkeys(pair.seats, "cooperator"), "7"))
    model = continued(trunk, 2, {CHN: "defector"}).position
    found = differences(trunk.last, model, 2)
    mine, theirs = whose(found, CHN), whose(found, JPN)
    assert mine.other > mine.fell
    assert mine.largest == LargestPart("strait", mine.other - mine.fell, (CHN,))
    assert theirs.other < theirs.fell
    assert theirs.largest == LargestPart("strait", theirs.other - theirs.fell, (CHN,))
    index = of(found, K.INDEX)
    assert index.other < index.fell
    assert index.part is IndexPart.TRUST  # of its parts, it fell to the smallest share of itself
    higher = of(
        differences(
            trunk_of(play_bot_match(pair, _all(pair, "defector"), "7")).last, trunk.last, 1
        ),
        K.INDEX,
    )
    assert higher.other > higher.fell
    assert [abs(x.other - x.fell) for x in found if x.kind is K.POINTS] == sorted(
        (abs(x.other - x.fell) for x in found if x.kind is K.POINTS), reverse=True
    )


def _all(scenario: Scenario, bot: str) -> dict[Seat, str]:
    return dict.fromkeys(scenario.seats, bot)


def test_a_shorter_course_says_how_many_rounds_it_had() -> None:
    trunk = a_trunk()
    whole = continued(trunk, 2, {CHN: "defector"}).position
    short = whole.but(history=whole.history[:3])
    length = of(differences(trunk.last, short, 2), K.LENGTH)
    assert (length.fell, length.other) == (4, 3)


def test_a_crisis_of_one_course_alone_is_named_with_its_round_and_pair() -> None:
    tense = a_tense_scenario(0.5, rounds=4, seconds=QUICK)
    calm = trunk_of(play_bot_match(tense, _all(tense, "cooperator"), "7"))
    model = continued(calm, 1, dict.fromkeys((CHN, JPN), "defector")).position
    there = of(differences(calm.last, model, 1), K.CRISIS)
    assert (there.fell, there.other, there.seats) == (0.0, 1.0, (CHN, JPN))
    assert there.round is not None
    hot = trunk_of(play_bot_match(tense, _all(tense, "defector"), "7"))
    here = of(
        differences(hot.last, continued(hot, 1, _all(tense, "cooperator")).position, 1), K.CRISIS
    )
    assert (here.fell, here.other) == (1.0, 0.0)


def test_pacts_and_the_breaches_of_whole_courses_are_counted() -> None:
    sea = trunk_of(play_bot_match(load_scenario("south_china_sea"), _all(_sea(), "diplomat"), "7"))
    silent = continued(sea, 1, {}, has_talk=False).position
    found = differences(sea.last, silent, 1)
    assert of(found, K.PACTS).fell > of(found, K.PACTS).other
    breach = Breach(1, (CHN, JPN), CHN, "strait", 0.0, True)
    first, *rest = sea.last.history
    broken = sea.last.but(history=(replace(first, breaches=(*first.breaches, breach)), *rest))
    counted = of(differences(sea.last, broken, 1), K.BREACHES)
    assert counted.other == counted.fell + 1
    lawful = sea.last.but(history=tuple(replace(x, breaches=()) for x in broken.history))
    whole = of(differences(broken, lawful, 2), K.BREACHES)
    assert (whole.fell, whole.other) == (counted.other, 0)  # that of round 1 is among them


def _sea() -> Scenario:
    return load_scenario("south_china_sea")


def test_without_an_index_none_is_compared() -> None:
    trunk = a_trunk()
    bare = trunk.last.standing
    model = trunk.last.but(standing=replace(bare, integration=None))
    assert kinds(differences(trunk.last, model, 2)) == [K.ALIKE]


def test_a_crisis_that_was_there_before_the_model_began_is_not_one_of_a_course_alone() -> None:
    tense = a_tense_scenario(0.5, rounds=4, seconds=QUICK)
    hot = trunk_of(play_bot_match(tense, _all(tense, "defector"), "7"))
    first = next(x.round for x in hot.last.history if any(p.is_in_crisis for p in _rivals(x)))
    start = first + 1
    calm = _in_calm_from(hot.last, start)
    assert K.CRISIS not in kinds(differences(hot.last, calm, start))
    assert K.CRISIS in kinds(differences(hot.last, _in_calm_from(hot.last, first), first))


def _rivals(resolved: RoundResolved) -> tuple[RivalPair, ...]:
    return resolved.standing.rivals


def _in_calm_from(position: Position, start: int) -> Position:
    """Return a match whose standing has no rivals from a round on."""
    calm = [
        replace(x, standing=replace(x.standing, rivals=())) if x.round >= start else x
        for x in position.history
    ]
    return position.but(history=tuple(calm))


def test_points_that_no_arena_brought_have_no_part_named() -> None:
    trunk = a_trunk()
    more = {seat: points + 1.0 for seat, points in trunk.last.totals.items()}
    gifted = trunk.last.but(totals=more)
    assert whose(differences(trunk.last, gifted, 2), CHN).largest is None
    model = continued(trunk, 3, {CHN: "defector"}).position
    turned = whose(differences(trunk.last, model, 3), CHN)
    assert turned.largest is not None
    far = model.but(totals={**model.totals, CHN: turned.fell + 10 * turned.largest.points})
    assert whose(differences(trunk.last, far, 3), CHN).largest is None  # a tenth is not most of it


def test_points_that_are_written_alike_do_not_differ() -> None:
    trunk = a_trunk()
    last = trunk.last.but(totals={**trunk.last.totals, CHN: 4.26})
    other = last.but(totals={**last.totals, CHN: 4.34})
    assert kinds(differences(last, other, 2)) == [K.ALIKE]
