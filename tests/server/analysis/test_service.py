"""Questions about a match: worked out once, in turns, within limits of time and number."""

import contextlib
from collections.abc import Generator
from concurrent.futures import Executor, Future
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from functools import cache

import pytest

from game_rules.bots.bot_match import play_bot_match
from game_rules.continuations.averages import Averaged, averaged
from game_rules.continuations.choices import judged, moments
from game_rules.continuations.trunk import trunk_of
from game_rules.log.events import EventTuple, MatchCreated
from game_rules.records.codec import loads
from game_rules.records.record import write_record
from game_rules.roles import Seat
from game_rules.scenario_files.scenarios import load_scenario
from server.analysis import questions, service
from server.analysis.answers import ForecastFound, MomentsFound, WhatIfFound, choice_told
from server.analysis.questions import Source, Unanswered, answered
from server.analysis.service import Analyses, QuestionRefused, TooManyQuestions
from server.engines import Engine, threads

ROUNDS = 3
USA, SOV = Seat("USA"), Seat("SOV")


@cache
def the_log() -> EventTuple:
    """A short dilemma: one side cooperates, the other defects."""
    scenario = replace(load_scenario("prisoners_dilemma"), rounds=ROUNDS)
    a, b = scenario.seats
    return play_bot_match(scenario, {a: "tit_for_tat", b: "defector"}, "7")


def the_source(key: str = "match") -> Source:
    return Source(key, the_log())


@pytest.fixture
async def analyses():
    made = Analyses(threads(1))
    yield made
    await made.close()


async def whole(ask) -> str:
    """Ask until the answer is there."""
    while (progress := await ask()).answer is None:
        assert progress.done < progress.of
    return progress.answer


async def test_moments_are_those_of_the_rules(analyses: Analyses):
    found = loads(MomentsFound, await whole(lambda: analyses.moments(the_source(), "ann")))
    every = judged(trunk_of(the_log()))
    assert found.weighed == len(every)
    assert found.moments == tuple(map(choice_told, moments(every)))
    assert found.moments


async def test_what_if_tells_both_ways_and_what_turned(analyses: Analyses):
    first, second = load_scenario("prisoners_dilemma").seats
    arena = load_scenario("prisoners_dilemma").arenas[0].name
    ask = lambda: analyses.what_if(the_source(), 1, second, arena, "ann")  # noqa: E731
    found = loads(WhatIfFound, await whole(ask))
    assert [point.round for point in found.fell] == [1, 2, 3]
    assert found.fell[-1].totals == pytest.approx(trunk_of(the_log()).last.totals)
    gained = found.other[-1].totals[second] - found.fell[-1].totals[second]
    assert found.choice.at_once + found.choice.later == pytest.approx(gained)
    assert [(x.round, x.seat) for x in found.turned] == [(2, first)]
    assert found.turns == 1


async def test_an_average_is_that_of_the_rules_in_whatever_pieces(
    analyses: Analyses, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(service, "USUAL_RUNS", 5)
    monkeypatch.setattr(service, "PIECE", 2)
    trunk = trunk_of(the_log())
    choice = moments(judged(trunk))[0].choice
    about = choice.round, choice.seat, choice.arena
    text = await whole(lambda: analyses.average(the_source(), *about, "ann"))
    assert loads(Averaged, text) == averaged(trunk, choice, 5)
    with pytest.raises(QuestionRefused, match="XYZ chose nothing in nowhere in round 1"):
        await analyses.average(the_source(), 1, "XYZ", "nowhere", "ann")


async def test_a_choice_that_nobody_made_is_refused(analyses: Analyses):
    with pytest.raises(QuestionRefused, match="XYZ chose nothing in nowhere in round 1"):
        await analyses.what_if(the_source(), 1, "XYZ", "nowhere", "ann")


async def test_a_forecast_is_the_same_for_all(analyses: Analyses, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(service, "RUNS", 12)
    text = await whole(lambda: analyses.forecast(the_source(), 2, "ann"))
    found = loads(ForecastFound, text)
    assert (found.start, found.runs) == (2, 12)
    assert [fan.round for fan in found.fans] == [2, 3]
    assert await whole(lambda: analyses.forecast(the_source("another"), 2, "bo")) == text


async def test_a_record_is_asked_as_a_match_is(analyses: Analyses):
    raw = write_record(the_log(), "0").encode()
    one = await whole(lambda: analyses.moments(Source("record", raw), "ann"))
    assert one == await whole(lambda: analyses.moments(the_source(), "ann"))
    seat = load_scenario("prisoners_dilemma").seats[0]
    seen = await whole(lambda: analyses.log_seen(Source("record", raw), seat, "ann"))
    assert '"match_created"' in seen
    assert '"seed":null' in seen.replace(" ", "")
    with pytest.raises(QuestionRefused, match="view XYZ; choose archive"):
        await analyses.log_seen(Source("record", raw), "XYZ", "ann")
    whole_log = await whole(lambda: analyses.log_seen(Source("record", raw), "archive", "ann"))
    assert '"seed":"7"' in whole_log
    with pytest.raises(QuestionRefused, match="line 1: "):
        await analyses.moments(Source("forged", raw[1:]), "ann")


async def test_a_match_of_older_rules_is_refused_in_one_line(analyses: Analyses):
    created = the_log()[0]
    assert isinstance(created, MatchCreated)
    old = (replace(created, rules_version=1), *the_log()[1:])
    with pytest.raises(QuestionRefused, match="played by rules 1; only matches of") as refused:
        await analyses.moments(Source("old", old), "ann")
    assert refused.value.code == "older_rules"
    assert "\n" not in str(refused.value)


async def test_who_asks_the_same_meanwhile_costs_no_more(analyses: Analyses):
    analyses.wait_s = 0
    first = await analyses.moments(the_source(), "ann")
    assert (first.answer, first.done) == (None, 0)
    for one in map(str, range(service.MOST_AT_ONCE + 1)):
        await analyses.moments(the_source(), one)
    analyses.wait_s = 5
    last = await analyses.moments(the_source(), "bo")
    assert (last.done, last.of) == (ROUNDS + 2, ROUNDS + 2)


async def test_one_and_all_have_so_many_questions_at_once(
    analyses: Analyses, monkeypatch: pytest.MonkeyPatch
):
    analyses.wait_s = 0
    monkeypatch.setattr(service, "MOST_AT_ONCE", 3)
    for number in (1, 2):
        await analyses.forecast(the_source(), number, "ann")
    with pytest.raises(TooManyQuestions, match="2 questions of yours are in work"):
        await analyses.forecast(the_source(), 3, "ann")
    await analyses.forecast(the_source(), 3, "bo")
    with pytest.raises(TooManyQuestions, match="3 questions are in work"):
        await analyses.moments(the_source(), "cy")


@pytest.mark.parametrize(
    ("limit", "code"), [("FORGOTTEN_S", "given_up"), ("LONGEST_S", "too_long")]
)
async def test_work_is_left_that_nobody_waits_for_or_that_takes_too_long(
    analyses: Analyses, monkeypatch: pytest.MonkeyPatch, limit: str, code: str
):
    monkeypatch.setattr(service, limit, -1.0)
    with pytest.raises(QuestionRefused) as refused:
        await analyses.moments(the_source(), "ann")
    assert refused.value.code == code


async def test_answers_that_were_asked_for_longest_ago_are_forgotten(
    analyses: Analyses, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(service, "MOST_KEPT", 2)
    for key in "abcd":
        await whole(lambda key=key: analyses.moments(the_source(key), "ann"))
    assert len(analyses._asked) <= 3


async def test_answers_take_so_much_room_together(
    analyses: Analyses, monkeypatch: pytest.MonkeyPatch
):
    for key in "ab":
        await whole(lambda key=key: analyses.moments(the_source(key), "ann"))
    assert len(analyses._asked) == 2
    monkeypatch.setattr(service, "MOST_KEPT_LETTERS", 1)
    await whole(lambda: analyses.moments(the_source("c"), "ann"))
    assert [source for _, source in analyses._asked] == ["c"]


class Dying(Executor):
    """Loses its worker with the first piece of work, and so on, as often as it is told."""

    deaths = 0

    def submit(self, fn, /, *args, **kwargs):
        future: Future = Future()
        if Dying.deaths:
            Dying.deaths -= 1
            future.set_exception(BrokenProcessPool("killed"))
        else:
            future.set_result(fn(*args, **kwargs))
        return future


@contextlib.contextmanager
def dying() -> Generator[Executor]:
    yield Dying()


@pytest.mark.parametrize(("deaths", "is_answered"), [(1, True), (2, False)])
async def test_a_piece_whose_process_died_is_done_once_more(deaths: int, is_answered: bool):
    Dying.deaths = deaths
    analyses = Analyses(Engine(dying, lambda: 1, (BrokenProcessPool,)))
    if is_answered:
        assert (await analyses.moments(the_source(), "ann")).answer
    else:
        with pytest.raises(QuestionRefused, match="died twice"):
            await analyses.moments(the_source(), "ann")
    await analyses.close()


def test_a_piece_of_work_ends_at_its_limit(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(questions, "LONGEST_PIECE_S", 0.02)

    def for_ever() -> None:
        while True:
            pass

    refused = answered(for_ever)
    assert isinstance(refused, Unanswered)
    assert refused.code == "too_long"
    assert answered(len, "abc") == 3
