"""News that changes payoffs: when it counts, and for how long."""

from dataclasses import replace

import pytest

from game_rules.errors import (
    InjectNotAllowed,
    NotNow,
)
from game_rules.games.stage_games import Collective
from game_rules.log import events as e
from game_rules.log.events import Phase
from game_rules.log.position import OpenedInject
from game_rules.match import commands as c
from game_rules.rounds.inject_effects import with_injects
from game_rules.scenario.injects import MOST_OPENED, InjectEffect
from tests.game_rules.match.controlled import PLAIN, STORM, corners, deciding
from tests.game_rules.scenes import (
    CHN,
    JPN,
    PHL,
    START_MS,
    Table,
)

# Injects


def test_an_inject_changes_payoffs_at_once_while_orders_are_open_and_is_undone_afterwards():
    table = deciding()
    news, changed = table.do(c.OpenInject(STORM))
    assert news == e.InjectOpened(1, STORM, 1, 2, START_MS)
    assert isinstance(changed, e.ArenaChanged)
    assert corners(table) == (3.5, 3, 1, 0, 5, 3, 1, 0)
    table.skip_to(Phase.DECISION, 2)
    assert corners(table) == (3.5, 3, 1, 0, 5, 3, 1, 0)
    table.skip_to(Phase.REVEAL, 2)
    closed, *changed, opened = table.do(c.SkipPhase(2, Phase.REVEAL))
    assert (closed.type, opened.type) == ("inject_closed", "phase_opened")
    names = [x.arena.name for x in changed if isinstance(x, e.ArenaChanged)]
    assert names == ["strait", "forum"], "beside the news, the forum's institution has faded"
    assert corners(table) == PLAIN
    assert table.position.injects == (OpenedInject(STORM, 1, 2, is_closed=True),)


@pytest.mark.parametrize(("phase", "number"), [(Phase.BRIEFING, 0), (Phase.REVEAL, 1)])
def test_between_rounds_an_inject_counts_from_the_next_round_on(phase: Phase, number: int):
    table = Table().seat(CHN, JPN).start().skip_to(phase, number)
    (news,) = table.do(c.OpenInject(STORM))
    assert news == e.InjectOpened(number, STORM, number + 1, number + 2, START_MS)
    assert corners(table) == PLAIN
    table.skip_to(Phase.NEGOTIATION, number + 1)
    assert corners(table)[0] == 3.5


def test_what_an_inject_does_is_in_the_payoffs_of_its_rounds():
    table = deciding()
    table.do(c.OpenInject(STORM))
    table.order(CHN, strait="D")
    table.order(JPN, strait="C")
    table.skip_to(Phase.REVEAL)
    assert table.position.history[0].results[0].payoffs == {CHN: 3.5, JPN: 0.0}


def test_an_inject_of_no_rounds_lasts_for_good():
    table = deciding(rounds=3)
    table.do(c.OpenInject(replace(STORM, rounds=0)))
    table.skip_to(Phase.DECISION, 3)
    assert corners(table)[0] == 3.5
    assert table.position.injects[0].last_round is None


@pytest.mark.parametrize("phase", [Phase.DECISION, Phase.REVEAL])
def test_an_inject_is_closed_before_its_time(phase: Phase):
    table = deciding()
    table.do(c.OpenInject(STORM))
    table.skip_to(phase)
    events = table.do(c.CloseInject("storm"))
    assert events[0] == e.InjectClosed(1, "storm", START_MS)
    table.skip_to(Phase.DECISION, 1 if phase is Phase.DECISION else 2)
    assert corners(table) == PLAIN
    with pytest.raises(InjectNotAllowed, match="no inject 'storm' is open"):
        table.do(c.CloseInject("storm"))
    table.do(c.OpenInject(STORM))


def test_an_inject_of_the_deck_opens_by_itself_at_its_round_and_only_once():
    due, early = replace(STORM, round=2), replace(STORM, name="early", round=2)
    table = deciding(deck=(due, early, replace(STORM, name="never")))
    table.do(c.OpenInject(early))
    table.skip_to(Phase.REVEAL)
    events = table.do(c.SkipPhase(1, Phase.REVEAL))
    assert events[0] == e.InjectOpened(2, due, 2, 3, START_MS)
    assert corners(table)[0] == 2.0
    assert [x.inject.name for x in table.position.injects] == ["early", "storm"]


def test_every_parameter_of_a_collective_game_can_be_changed_within_its_bounds():
    effects = (
        InjectEffect("forum", "b", 1.0),
        InjectEffect("forum", "g", 2.0, JPN),
        InjectEffect("forum", "d", -50.0),
        InjectEffect("forum", "sigma", 5.0, CHN),
        InjectEffect("forum", "theta", 0.25),
    )
    table = deciding()
    table.do(c.OpenInject(replace(STORM, effects=effects)))
    forum = table.position.arenas[1].game
    assert isinstance(forum, Collective)
    assert forum.theta == 0.75
    assert [x.b for x in forum.terms] == [7.0] * 3
    assert [x.g for x in forum.terms] == [1.0, 3.0, 1.0]
    assert [x.d for x in forum.terms] == [0.0] * 3
    assert [x.sigma for x in forum.terms] == [1.0, 0.5, 0.5]


def test_an_effect_on_a_member_that_an_arena_does_not_have_changes_nothing():
    position = deciding().position
    news = replace(STORM, effects=(InjectEffect("strait", "T", 1.0, PHL),))
    opened = replace(position, injects=(OpenedInject(news, 1, None),))
    assert with_injects(position.arenas, opened, 1) == position.arenas


def test_an_effect_without_a_member_is_on_both_sides_of_a_dyad():
    table = deciding()
    table.do(c.OpenInject(replace(STORM, effects=(InjectEffect("strait", "R", 1.0),))))
    assert corners(table) == (5, 4, 1, 0, 5, 4, 1, 0)
    only = InjectEffect("strait", "S", -1.0, JPN)
    table.do(c.OpenInject(replace(STORM, name="two", effects=(only,))))
    assert corners(table) == (5, 4, 1, 0, 5, 4, 1, -1)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"title": " "}, "a title and a text"),
        ({"text": ""}, "a title and a text"),
        ({"title": "x" * 81}, "80 letters at most"),
        ({"text": "x" * 1201}, "a text 1200"),
        ({"rounds": -1}, "0 to 200 rounds"),
        ({"rounds": 201}, "0 to 200 rounds"),
        ({"effects": STORM.effects * 21}, "up to 20 effects"),
        ({"name": "open"}, "'open' is open already"),
        ({"effects": (InjectEffect("nowhere", "T", 1.0),)}, "choose among strait, forum"),
        ({"effects": (InjectEffect("strait", "b", 1.0),)}, "choose among T, R, P, S"),
        ({"effects": (InjectEffect("strait", "T", 1.0, PHL),)}, "PHL has no T of its own"),
        ({"effects": (InjectEffect("forum", "theta", 0.1, CHN),)}, "CHN has no theta"),
        ({"effects": (InjectEffect("strait", "T", 0.0),)}, "by nothing or too much"),
        ({"effects": (InjectEffect("strait", "T", 1001.0),)}, "up to 1000"),
        ({"effects": (InjectEffect("strait", "T", float("nan")),)}, "by nothing or too much"),
    ],
)
def test_an_inject_that_has_no_meaning_is_refused(change: dict, told: str):
    table = deciding()
    table.do(c.OpenInject(replace(STORM, name="open")))
    with pytest.raises(InjectNotAllowed, match=told):
        table.do(c.OpenInject(replace(STORM, **change)))


@pytest.mark.slow(measured=True)
def test_only_so_much_news_is_opened_in_a_match():
    table = deciding()
    for _ in range(MOST_OPENED):
        table.do(c.OpenInject(STORM))
        table.do(c.CloseInject("storm"))
    with pytest.raises(InjectNotAllowed, match="200 items of news were opened, which is the most"):
        table.do(c.OpenInject(STORM))


@pytest.mark.parametrize("command", [c.OpenInject(STORM), c.CloseInject("storm")])
def test_there_are_no_injects_before_and_after_play(command: c.Command):
    table = Table().seat(CHN)
    with pytest.raises(NotNow, match="in lobby"):
        table.do(command)
    table.start().do(c.EndMatch())
    with pytest.raises(NotNow, match="in debrief"):
        table.do(command)
