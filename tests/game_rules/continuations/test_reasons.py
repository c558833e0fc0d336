"""The reason of a moment: what of the round, or of what came after it, would have paid more."""

from dataclasses import replace

import pytest

from game_rules.bots.bot_match import play_bot_match
from game_rules.continuations.choices import JudgedChoice, judged
from game_rules.continuations.reasons import Reason, ReasonKind
from game_rules.continuations.trunk import trunk_of
from game_rules.games.stage_games import LIBRARY, C, Collective, D, StageGame, collective
from game_rules.log.events import Phase
from game_rules.match import commands as c
from game_rules.roles import Actor, Role, Seat
from game_rules.scenario.pacts import Binding, PactTerms, Pledge
from game_rules.scenario.scenario import Scenario
from game_rules.scenario_files.scenarios import load_scenario
from tests.game_rules.scenes import CHN, JPN, PHL, TERMS, Table, a_scenario, an_arena

K = ReasonKind
BOTS = {C: "cooperator", D: "defector"}


def regretted(scenario: Scenario, **bots: str) -> dict[Seat, JudgedChoice]:
    """Play bots, and give the most regretted choice of each seat that has one."""
    cast = {seat: bots[seat.lower()] for seat in scenario.seats}
    every = judged(trunk_of(play_bot_match(scenario, cast, "7")))
    found = sorted((x for x in every if x.regret > 0), key=lambda each: -each.regret)
    return {each.choice.seat: each for each in reversed(found)}


def played(game: StageGame, *profile: str) -> dict[Seat, Reason | None]:
    """Play one round of one arena; give the reason of each seat that regrets."""
    seats = (CHN, JPN, PHL)[: game.size]
    arena = an_arena("talks", seats, game)
    plain = a_scenario(arenas=(arena,), rivals=(), rounds=1)
    scenario = replace(plain, players=plain.players[: game.size])
    bots = {x.lower(): BOTS[C if y == "C" else D] for x, y in zip(seats, profile, strict=True)}
    return {seat: each.reason for seat, each in regretted(scenario, **bots).items()}


def forum(theta: float, **terms: float) -> Collective:
    return collective((1.0, 1.0, 1.0), replace(TERMS, **terms), theta)


def test_greed_and_fear_are_told_apart_in_a_game_of_two() -> None:
    dilemma = LIBRARY["prisoners_dilemma"]
    assert played(dilemma, "C", "C")[CHN] == Reason(K.GREED, 2.0, "talks", (JPN,), count=1)
    assert played(dilemma, "C", "D") == {CHN: Reason(K.FEAR, 1.0, "talks", (JPN,), count=1)}


def test_who_hunts_alone_misses_the_support_of_the_others() -> None:
    found = played(LIBRARY["stag_hunt"], "D", "C")
    assert found[CHN] == Reason(K.SUPPORT, 1.0, "talks", (JPN,), count=1)


def test_one_share_tips_a_threshold_or_falls_short_of_it() -> None:
    tipped = played(forum(0.5), "D", "C", "D")[CHN]
    assert tipped is not None
    assert (tipped.kind, tipped.seats, tipped.count) == (K.TIPPED, (JPN,), 1)
    short = played(forum(0.9), "C", "D", "D")[CHN]
    assert short is not None
    assert (short.kind, short.seats, short.count) == (K.IN_VAIN, (JPN, PHL), 2)


def test_a_broken_word_costs_its_stake() -> None:
    game = LIBRARY["prisoners_dilemma"]
    scenario = a_scenario(arenas=(an_arena("strait", (CHN, JPN), game),), rivals=(), rounds=1)
    table = Table(scenario, pace=None).bots(*scenario.seats).start()
    if table.position.phase is not Phase.DECISION:
        table.skip_to(Phase.DECISION)
    pledge = (Pledge(CHN, "strait", C),)
    terms = PactTerms((CHN, JPN), pledge, (), 1, Binding.ESCROW, stake=9.0)
    table.do(c.Propose(1, terms), Actor(Role.PLAYER, CHN))
    number = table.position.proposals[-1].number
    table.do(c.AnswerProposal(1, number, accepts=True), Actor(Role.PLAYER, JPN))
    table.order(CHN, strait="D")
    table.order(JPN, strait="D")
    found = judged(trunk_of(table.log))[0]
    assert found.choice.seat == CHN
    assert found.reason == Reason(K.STAKE, 9.0, "strait")


def test_no_reason_where_nothing_is_regretted() -> None:
    harmony = load_scenario("harmony")
    log = play_bot_match(harmony, dict.fromkeys(harmony.seats, "cooperator"), "7")
    assert {each.reason for each in judged(trunk_of(log))} == {None}


def test_others_would_have_answered_in_kind() -> None:
    dilemma = replace(load_scenario("prisoners_dilemma"), rounds=6, continuation=1.0)
    one, other = dilemma.seats
    cast = {one: "suspicious_tit_for_tat", other: "tit_for_tat"}
    first = judged(trunk_of(play_bot_match(dilemma, cast, "7")))[0]
    assert first.reason is not None
    assert (first.reason.kind, first.reason.seats) == (K.ANSWERED, (other,))
    assert first.reason.points == pytest.approx(first.later)


def test_a_commitment_beyond_capacity_costs_its_effort() -> None:
    arena = an_arena("talks", (CHN, JPN), LIBRARY["harmony"])
    plain = a_scenario(arenas=(arena,), rivals=(), rounds=1)
    weak, strong = (replace(x, capacity=n) for n, x in enumerate(plain.players[:2]))
    found = regretted(replace(plain, players=(weak, strong)), chn="cooperator", jpn="cooperator")
    assert {x: each.reason for x, each in found.items()} == {CHN: Reason(K.EFFORT, 1.5, "talks")}


LATER = {K.CRISIS, K.ANSWERED, K.SPARED, K.COURSE}


@pytest.mark.slow(measured=True)
@pytest.mark.parametrize(
    ("bot", "expected"),
    [("realist", {K.CRISIS, K.GREED, K.FEAR}), ("win_stay_lose_shift", {K.SPARED, K.COURSE})],
)
def test_every_choice_of_a_region_that_is_regretted_has_its_reason(
    bot: str, expected: set[ReasonKind]
) -> None:
    scenario = replace(load_scenario("taiwan_strait"), rounds=4)
    log = play_bot_match(scenario, dict.fromkeys(scenario.seats, bot), "7")
    every = judged(trunk_of(log))
    assert all((each.regret > 0) is (each.reason is not None) for each in every)
    told = [(each, each.reason) for each in every if each.reason is not None]
    assert expected <= {reason.kind for _, reason in told}
    for each, reason in told:
        assert reason.points > 0
        assert (each.later > each.at_once) is (reason.kind in LATER)
        if reason.kind is K.CRISIS:
            assert each.choice.seat in reason.seats
            assert reason.round is not None
            assert reason.round >= each.choice.round
