"""What each command may do, and when it is refused."""

from dataclasses import fields
from typing import Any

import pytest

from game_rules import RULES_VERSION
from game_rules.errors import (
    MatchPaused,
    NotNow,
    NotYours,
)
from game_rules.log import events as e
from game_rules.log.events import Phase
from game_rules.match import commands as c
from game_rules.match.decide import create_match, decide
from game_rules.roles import Actor, Role
from game_rules.rulesets.chosen import RULESETS, ruleset
from game_rules.scenario.injects import Inject
from tests.game_rules.match.asked import ONE_OF_EACH, asker, deciding
from tests.game_rules.scenes import (
    CHN,
    JPN,
    START_MS,
    Table,
    a_scenario,
    person,
)


@pytest.mark.parametrize("version", RULESETS)
def test_a_match_begins_with_all_that_is_fixed(version: int):
    created, *_ = create_match(a_scenario(), "seed", 0.5, START_MS, version)
    standing = ruleset(version).first_standing(a_scenario())
    assert created == e.MatchCreated(version, a_scenario(), "seed", 0.5, START_MS, standing)


def test_a_new_match_is_played_by_the_present_rules():
    (created, *changed) = create_match(a_scenario(), "seed", 0.5, START_MS)
    assert isinstance(created, e.MatchCreated)
    assert created.rules_version == RULES_VERSION
    assert {x.type for x in changed} <= {"arena_changed"}, "an institution eases its arena"


def test_every_command_is_listed_here_and_has_its_roles():
    assert {type(command) for command in ONE_OF_EACH} == set(c.COMMANDS)
    assert all(kind.by for kind in c.COMMANDS)


@pytest.mark.parametrize("kind", [kind for kind in c.COMMANDS if kind.makes])
def test_an_event_gives_back_every_field_of_the_command_that_makes_it(kind: Any):
    known = {field.name for field in fields(kind.makes)}
    assert {field.name for field in fields(kind)} <= known
    assert kind.by != c.PLAYER or "seat" in known


@pytest.mark.parametrize("command", ONE_OF_EACH, ids=lambda command: command.type)
@pytest.mark.parametrize("role", Role)
def test_a_command_is_only_for_its_roles(command: c.Command, role: Role):
    position = deciding().position
    if role in command.by:
        return
    with pytest.raises(NotYours, match=f"{command.type} is for the .*; you are {role.value}"):
        decide(position, command, Actor(role, CHN), START_MS)


# The facilitator's hand on the clock


def test_a_match_starts_once():
    table = Table().start()
    assert (table.position.phase, table.position.round) == (Phase.BRIEFING, 0)
    with pytest.raises(NotNow, match="has started; it is in briefing"):
        table.do(c.StartMatch())


ALLOWED_WHILE_PAUSED = {
    *(c.ResumeMatch, c.EndMatch, c.SeatBot, c.ClearSeat, c.TakeSeat, c.LeaveSeat),
    *(c.PassPen, c.Reseat, c.RemovePerson, c.EngageAutopilot, c.ReleaseAutopilot),
    *(c.OpenInject, c.CloseInject, c.BranchMatch, c.SupersedeMatch),
}


@pytest.mark.parametrize("command", ONE_OF_EACH, ids=lambda command: command.type)
def test_while_paused_only_seats_change_and_the_facilitator_acts(command: c.Command):
    table = Table(a_scenario(delegates=2)).seat(CHN, JPN).start().skip_to(Phase.DECISION)
    table.do(c.TakeSeat(CHN, "Aide"), person("aide"))
    table.do(c.OpenInject(Inject("calm", "A calm", "The sun shines.", 1)))
    if isinstance(command, c.ReleaseAutopilot):
        table.do(c.EngageAutopilot(CHN))
    table.do(c.PauseMatch())
    if type(command) in ALLOWED_WHILE_PAUSED:
        assert table.do(command, asker(command))
    else:
        with pytest.raises(MatchPaused, match="until the facilitator resumes"):
            table.do(command, asker(command))


def test_the_facilitator_speaks_while_paused():
    table = deciding()
    table.do(c.PauseMatch())
    assert table.do(c.Say((), "A short break.", None))


@pytest.mark.parametrize("is_paused", [False, True])
def test_the_facilitator_ends_a_match_at_once_and_an_open_round_is_not_scored(is_paused: bool):
    table = deciding()
    table.order(CHN, strait="D")
    if is_paused:
        table.do(c.PauseMatch())
    ended = e.MatchEnded(e.EndReason.FACILITATOR, "7", START_MS)
    assert table.do(c.EndMatch()) == (ended,)
    assert table.position.history == ()
    assert table.position.is_over


ALLOWED_AFTER_THE_END = {c.Say, c.SaySentence, c.SupersedeMatch}


@pytest.mark.parametrize("command", ONE_OF_EACH, ids=lambda command: command.type)
def test_after_the_end_there_is_only_talk_and_a_way_back(command: c.Command):
    table = deciding()
    table.do(c.EndMatch())
    if type(command) in ALLOWED_AFTER_THE_END:
        assert table.do(command, asker(command))
    else:
        with pytest.raises(NotNow):
            table.do(command, asker(command))
