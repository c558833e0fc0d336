"""Regret and the effect of a breach, against brute force in every game of two."""

from dataclasses import replace
from itertools import product

import pytest

from game_rules.bots.bot_match import play_bot_match
from game_rules.continuations.breaches import BreachEffect, breaches_of
from game_rules.continuations.choices import (
    MOST_OF_A_MATCH,
    MOST_OF_A_SEAT,
    ChosenOrder,
    JudgedChoice,
    choices_of,
    judged,
    judged_choice,
    moments,
    weighed,
)
from game_rules.continuations.trunk import trunk_of
from game_rules.games.by_name import named_game
from game_rules.games.ordinal_types import OrdinalType
from game_rules.games.stage_games import LIBRARY, Action, Bimatrix, C, D
from game_rules.log.events import Phase, RoundResolved
from game_rules.log.gains import GainLine
from game_rules.match import commands as c
from game_rules.roles import Actor, Role, Seat
from game_rules.scenario.pacts import Binding, Pact, PactTerms, Pledge
from game_rules.scenario.scenario import Scenario
from game_rules.scenario_files.scenarios import load_scenario
from tests import debrief_example
from tests.game_rules.games.test_names import ORDERS, in_order
from tests.game_rules.scenes import CHN, JPN, Table, a_scenario, an_arena

BOTS = {C: "cooperator", D: "defector"}
STRICT = [Bimatrix(in_order(x), in_order(y)) for x, y in product(ORDERS, repeat=2)]
GAMES = [*LIBRARY.values(), *STRICT]


def one_round_of(game: Bimatrix) -> Scenario:
    scenario = load_scenario("chicken")
    arena = replace(scenario.arenas[0], game=game)
    return replace(scenario, arenas=(arena,), rounds=1, continuation=1.0, least_rounds=0)


def test_there_are_144_strict_games() -> None:
    assert len(STRICT) == 144
    assert named_game("chicken") is not None
    assert len(OrdinalType) == 12


@pytest.mark.slow
def test_regrets_are_those_of_brute_force_in_every_game_of_two() -> None:
    for game in GAMES:
        scenario = one_round_of(game)
        for profile in product(Action, repeat=2):
            cast = {x: BOTS[y] for x, y in zip(scenario.seats, profile, strict=True)}
            every = judged(trunk_of(play_bot_match(scenario, cast, "7")))
            assert len(every) == 2
            for member, each in enumerate(every):
                all_paid = [game.payoffs(x)[member] for x in product(Action, repeat=2)]
                other = list(profile)
                other[member] = profile[member].other
                more = game.payoffs(tuple(other))[member] - game.payoffs(profile)[member]
                spread = max(all_paid) - min(all_paid)
                assert each.regret == pytest.approx(max(0.0, more) / spread if spread else 0.0)
            regretted = {x.choice.seat for x in every if x.regret > 0}
            found = moments(every)
            assert len(found) == bool(regretted)
            assert {y for x in found for y in (x.choice.seat, *x.likewise)} == regretted


def test_a_match_without_regret_has_no_moments() -> None:
    scenario = load_scenario("harmony")
    trunk = trunk_of(play_bot_match(scenario, dict.fromkeys(scenario.seats, "cooperator"), "7"))
    assert moments(judged(trunk)) == ()


@pytest.mark.slow
def test_moments_are_the_most_regretted_within_their_limits() -> None:
    scenario = replace(load_scenario("south_china_sea"), rounds=4)
    casts = ("realist", "liberal", "constructivist", "hedger", "diplomat", "realist")
    log = play_bot_match(scenario, dict(zip(scenario.seats, casts, strict=True)), "7")
    trunk = trunk_of(log)
    every = judged(trunk)
    found = moments(every)
    assert 0 < len(found) <= MOST_OF_A_MATCH
    seats = [each.choice.seat for each in found]
    assert all(seats.count(seat) <= MOST_OF_A_SEAT for seat in seats)
    assert found[0].regret == max(each.regret for each in every)
    assert judged_choice(trunk, found[0].choice) == replace(found[0], likewise=())
    places = [(each.choice.round, each.choice.arena) for each in found]
    assert len(set(places)) == len(places)


def broken(
    game: Bimatrix,
    drafts: dict[str, object],
    pledged: Action,
    forecast: Action | None = None,
) -> list:
    """Let China break its word to Japan, who keeps whatever it was."""
    scenario = a_scenario(arenas=(an_arena("strait", (CHN, JPN), game),), rivals=(), rounds=1)
    table = Table(scenario, pace=None).bots(*scenario.seats).start()
    if table.position.phase is not Phase.DECISION:
        table.skip_to(Phase.DECISION)
    if drafts:
        table.order(CHN, **drafts)  # ty: ignore[invalid-argument-type]
    if forecast:
        saved = c.SaveForecast(1, "strait", {CHN: forecast})
        table.do(saved, Actor(Role.PLAYER, CHN))
    terms = PactTerms((CHN, JPN), (Pledge(CHN, "strait", pledged),), (), 1, Binding.COMMUNIQUE)
    table.do(c.Propose(1, terms), Actor(Role.PLAYER, CHN))
    number = table.position.proposals[-1].number
    table.do(c.AnswerProposal(1, number, accepts=True), Actor(Role.PLAYER, JPN))
    table.order(CHN, strait=pledged.other.value)
    table.order(JPN, strait="C")
    return [*breaches_of(trunk_of(table.log))]


def named(own: float, others: float) -> BreachEffect:
    """Name an effect by the table of the four signs."""
    if own >= 0 and others >= 0:
        return BreachEffect.WIN_WIN
    if own > 0:
        return BreachEffect.SELFISH
    return BreachEffect.ALTRUISTIC if others >= 0 else BreachEffect.SABOTAGE


@pytest.mark.slow
def test_effects_are_those_of_brute_force_in_every_game_of_two() -> None:
    seen = set()
    for game in GAMES:
        for pledged in Action:
            (found,) = broken(game, {}, pledged)
            did, kept = game.payoffs((pledged.other, C)), game.payoffs((pledged, C))
            own, others = did[0] - kept[0], did[1] - kept[1]
            assert (found.own, found.others) == (own, others)
            assert found.effect is named(own, others)
            seen.add(found.effect)
            assert not found.is_planned
    assert seen == set(BreachEffect)


def test_a_breach_is_planned_where_a_draft_before_the_word_says_so() -> None:
    game = LIBRARY["prisoners_dilemma"]
    assert broken(game, {"strait": "D"}, C)[0].is_planned
    assert not broken(game, {"strait": "C"}, C)[0].is_planned


def test_a_breach_is_planned_where_a_forecast_before_the_word_says_so() -> None:
    game = LIBRARY["prisoners_dilemma"]
    assert broken(game, {}, C, forecast=D)[0].is_planned
    assert not broken(game, {}, C, forecast=C)[0].is_planned


def test_a_pact_that_the_scenario_gives_was_nobodys_word() -> None:
    arena = an_arena("strait", (CHN, JPN), LIBRARY["prisoners_dilemma"])
    terms = PactTerms((CHN, JPN), (Pledge(CHN, "strait", C),), (), 1, Binding.TREATY)
    pacts = (Pact(1, terms, 1, 1),)
    table = Table(a_scenario(arenas=(arena,), rivals=(), rounds=1, pacts=pacts), pace=None)
    table.bots(CHN, JPN).start().skip_to(Phase.DECISION)
    table.order(CHN, strait="D")
    table.order(JPN, strait="C")
    (found,) = breaches_of(trunk_of(table.log))
    assert (found.effect, found.is_planned) == (BreachEffect.SELFISH, False)


def test_a_breach_is_planned_by_who_only_agreed_too_and_time_outs_are_no_choices() -> None:
    arena = an_arena("strait", (CHN, JPN), LIBRARY["prisoners_dilemma"])
    table = Table(a_scenario(arenas=(arena,), rivals=(), rounds=1), pace=None)
    table.bots(CHN, JPN).start().skip_to(Phase.DECISION)
    terms = PactTerms((CHN, JPN), (Pledge(JPN, "strait", C),), (), 1, Binding.COMMUNIQUE)
    table.do(c.Propose(1, terms), Actor(Role.PLAYER, CHN))
    table.order(JPN, strait="D")
    number = table.position.proposals[-1].number
    table.do(c.AnswerProposal(1, number, accepts=True), Actor(Role.PLAYER, JPN))
    table.do(c.SkipPhase(1, Phase.DECISION))
    trunk = trunk_of(table.log)
    (found,) = breaches_of(trunk)
    assert found.is_planned
    assert [each.seat for each in choices_of(trunk)] == [JPN]


def test_the_most_regretted_choice_is_a_moment_and_answers_what_if() -> None:
    scenario = one_round_of(LIBRARY["chicken"])
    trunk = trunk_of(play_bot_match(scenario, dict.fromkeys(scenario.seats, "defector"), "7"))
    found = moments(judged(trunk))
    assert {found[0].choice.seat, *found[0].likewise} == set(scenario.seats)
    assert judged_choice(trunk, found[0].choice) == replace(found[0], likewise=())


def test_an_arena_in_a_round_is_one_moment_of_who_regrets_most_and_names_the_others() -> None:
    def choice(number: int, seat: str, arena: str, gain: float) -> JudgedChoice:
        made = ChosenOrder(number, Seat(seat), arena, C)
        return JudgedChoice(made, gain, 0.0, 10.0, 0.0, 0.0)

    every = (
        *(choice(1, seat, "code", gain) for seat, gain in (("A", 1), ("B", 3), ("C", 2), ("D", 0))),
        choice(1, "A", "fish", 2.5),
        choice(2, "B", "code", 1.5),
        *(choice(number, "B", "fish", 1.0) for number in (1, 2, 3)),
    )
    found = moments(every)
    told = [(x.choice.round, x.choice.arena, x.choice.seat, x.likewise) for x in found]
    assert told == [
        (1, "code", "B", ("C", "A")),
        (1, "fish", "A", ("B",)),
        (2, "code", "B", ()),
        (2, "fish", "B", ()),
    ]


def test_what_a_choice_brings_in_its_round_is_all_that_the_round_brings() -> None:
    trunk = debrief_example.course().trunk
    number = next(x.round for x in trunk.last.history if x.lines.get(GainLine.LEVERAGE))
    for choice in (x for x in choices_of(trunk) if x.round == number):
        found, seat = weighed(trunk, choice), choice.seat
        ways = zip(found.other.history, found.fell.history, strict=True)
        gained = [whole_of(x, seat) - whole_of(y, seat) for x, y in ways]
        assert found.judged.at_once == pytest.approx(gained[number - 1], abs=1e-9)
        assert found.judged.later == pytest.approx(sum(gained[number:]), abs=1e-9)


def whole_of(resolved: RoundResolved, seat: Seat) -> float:
    """Add up what a round brought a seat, with leverage and all else that it took."""
    lines = sum(points.get(seat, 0.0) for points in resolved.lines.values())
    paid = sum(result.payoffs.get(seat, 0.0) for result in resolved.results)
    return paid + lines + resolved.settlements.get(seat, 0.0)


def test_a_weighed_choice_keeps_how_both_matches_ended() -> None:
    scenario = one_round_of(LIBRARY["prisoners_dilemma"])
    trunk = trunk_of(play_bot_match(scenario, dict.fromkeys(scenario.seats, "cooperator"), "7"))
    choice = next(choices_of(trunk))
    found = weighed(trunk, choice)
    assert found.judged == judged(trunk)[0]
    assert found.fell.totals == trunk.last.totals
    gained = found.other.totals[choice.seat] - found.fell.totals[choice.seat]
    assert found.judged.at_once + found.judged.later == pytest.approx(gained)
