"""Until the reveal, no byte that reaches another tells what a seat ordered: at the sessions' level.

Every frame of every connection, those that come late, presence, and every line of the log.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from structlog.testing import capture_logs

from game_rules.records.codec import to_json
from game_rules.roles import Role
from tests.leaks.scripts import HOST, PEOPLE, Run, Script, Step, draw_script
from tests.server.stage import Desk, Stage

TWINS: list[Callable[[Script], Script]] = [
    lambda script: script.with_other_choice,
    lambda script: script.without_order,
]


@dataclass(frozen=True)
class Heard:
    """What reached whom in one run, to the byte."""

    messages: dict[str, list[str]]
    latecomers: dict[str, list[str]]
    logs: list[object]


def scripts(count: int) -> list[Script]:
    """Draw so many scripts with a secret in them."""
    found, seed = list[Script](), 0
    while len(found) < count:
        script = draw_script(seed)
        seed += 1
        if script is not None:
            found.append(script)
    return found


async def play(script: Run) -> Heard:
    """Play a script over sessions, with everybody connected and some who come at the end."""
    stage = Stage()
    with capture_logs() as logs:
        await stage.match(script.scenario, seed=script.seed, pace=script.pace)
        desks = {who: await stage.join(Role.PLAYER, who) for who in PEOPLE}
        desks[HOST] = await stage.join(Role.FACILITATOR)
        desks["observer"] = await stage.join(Role.OBSERVER)
        for step in script.steps:
            await _take(stage, desks, step)
        late = {
            "observer": await stage.join(Role.OBSERVER, audience="observer", seq=1),
            HOST: await stage.join(Role.FACILITATOR),
            **{who: await _again(stage, desks[who]) for who in PEOPLE},
        }
        await stage.close()
    return Heard(_messages(desks, script), _messages(late, script), list(logs))


async def _take(stage: Stage, desks: dict[str, Desk], step: Step) -> None:
    await stage.pass_time(step.after_ms)
    stage.presences.announce()
    await stage.settle()
    if step.command is not None:
        await desks[step.who].do(to_json(step.command))
    await desks["observer"].send({"type": "ping", "sent_ms": 1})


async def _again(stage: Stage, desk: Desk) -> Desk:
    again = stage.connect(desk.token)
    await again.hello()
    return again


def _messages(desks: dict[str, Desk], script: Run) -> dict[str, list[str]]:
    return {who: desk.messages for who, desk in desks.items() if who not in script.insiders}


async def compare(script: Run, twin: Run) -> None:
    """Check that nobody outside of the secret seat gets another byte, and no log another word."""
    first, second = await play(script), await play(twin)
    for who, messages in first.messages.items():
        assert messages == second.messages[who], who
    assert first.latecomers == second.latecomers
    assert first.logs == second.logs
    assert any("events" in message for message in first.messages["observer"])


@pytest.mark.parametrize("twin", TWINS, ids=["another choice", "no order"])
async def test_an_unrevealed_order_changes_no_byte_that_others_get(
    twin: Callable[[Script], Script],
):
    for script in scripts(6):
        await compare(script, twin(script))


@pytest.mark.slow
@pytest.mark.parametrize("twin", TWINS, ids=["another choice", "no order"])
async def test_an_unrevealed_order_changes_no_byte_in_dozens_of_matches(
    twin: Callable[[Script], Script],
):
    for script in scripts(35):
        await compare(script, twin(script))


async def test_the_holder_of_the_seat_does_get_other_bytes():
    """The test above would hold of runs in which nothing was ordered."""
    told_apart = 0
    for script in scripts(10):
        runs = [await _insiders(x) for x in (script, script.with_other_choice)]
        told_apart += runs[0] != runs[1]
    assert told_apart >= 8


async def _insiders(script: Script) -> list[list[str]]:
    stage = Stage()
    await stage.match(script.scenario, pace=script.pace)
    desks = {who: await stage.join(Role.PLAYER, who) for who in PEOPLE}
    desks[HOST] = await stage.join(Role.FACILITATOR)
    desks["observer"] = await stage.join(Role.OBSERVER)
    for step in script.steps:
        await _take(stage, desks, step)
    await stage.close()
    await asyncio.sleep(0)
    return [desks[who].messages for who in sorted(script.insiders)]
