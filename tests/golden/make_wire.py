"""Make the digests and texts of what is sent, and the tables of frames that are refused."""

import asyncio
import random
from typing import Any

from tests.client import random_matches as drawn
from tests.golden import refusals
from tests.golden.matches import log_of, names
from tests.golden.playing import asked
from tests.golden.project import Actor, Role, events, to_json
from tests.golden.wire import (
    AUDIENCES,
    CO_LEAD,
    IN_FULL,
    LEAD,
    SESSIONS,
    WIRE,
    Room,
    Step,
    audiences_of,
    digests,
    payloads,
    texts_path,
    viewers,
    written_json,
)

SCENARIOS = {
    "sea": ("rules2_people_south_china_sea", 1.0),
    "chicken": ("rules2_people_chicken", 0.5),
    "fog": ("rules2_people_masked_fog", None),
    "drawn": ("rules2_drawn_66", 1.0),
    "talk": ("rules2_people_india_pakistan", 0.5),
}
STEPS = 120
RARE = ("end_match", "pause_match", "clear_seat", "remove_person", "leave_seat")


def make() -> None:
    """Write all of them."""
    WIRE.mkdir(exist_ok=True)
    AUDIENCES.write_text(written_json({name: audiences_of(name) for name in names()}, 2))
    for name in IN_FULL:
        log = log_of(name)
        created = log[0]
        assert isinstance(created, events.MatchCreated)
        for viewer in viewers(created.scenario):
            text = "\n".join(payloads(log, viewer))
            texts_path(name, viewer.key).write_text(text + "\n")
    SESSIONS.write_text(written_json(asyncio.run(_sessions()), 3))
    refusals.PARSED.write_text(written_json(refusals.parsed()))
    refusals.DECIDED.write_text(written_json(refusals.decided(), 2))
    refusals.RECEIVED.write_text(written_json(asyncio.run(refusals.received())))


async def _sessions() -> dict[str, Any]:
    made = {}
    for seed, (name, (match, pace)) in enumerate(SCENARIOS.items()):
        room, draw, steps = Room(), random.Random(seed), []
        created = log_of(match)[0]
        assert isinstance(created, events.MatchCreated)
        await room.open(created.scenario, pace)
        for step in _opening(created.scenario):
            steps.append(step)
            await room.take(step)
        while len(steps) < STEPS:
            step = _drawn(draw, room, len(steps))
            if step is not None:
                steps.append(step)
                await room.take(step)
        frames = await room.close()
        taken = [[step.after_ms, step.who, step.frame] for step in steps]
        made[name] = {
            "scenario_of": match,
            "pace": pace,
            "sent": digests(frames),
            "steps": taken,
        }
        if name == "chicken":
            for who in ("person0", "late observer"):
                texts_path(f"session_{name}", who).write_text("\n".join(frames[who]) + "\n")
    return made


def _opening(scenario: Any) -> list[Step]:
    seats = scenario.seats
    sit = [
        Step(1, str(person), _frame(n, {"type": "take_seat", "seat": seat, "name": f"P {n}"}))
        for n, (person, seat) in enumerate(zip(drawn.PEOPLE, seats, strict=False))
    ]
    bots = [
        Step(1, LEAD, _frame(50 + n, {"type": "seat_bot", "seat": seat, "strategy": "diplomat"}))
        for n, seat in enumerate(seats[len(drawn.PEOPLE) :])
    ]
    return [*sit, *bots, Step(1, LEAD, _frame(99, {"type": "start_match"}))]


def _drawn(draw: random.Random, room: Room, number: int) -> Step | None:
    """Draw what a person or facilitator sends next; None for what no connection can send."""
    command, actor = asked(draw, room.host.position)
    who = _connection(actor)
    is_seldom = command.type in RARE and draw.random() < 0.9
    if who is None or is_seldom or command.type in ("supersede_match", "branch_match"):
        return None
    if draw.random() < 0.05:
        return Step(7, who, {"type": "ping", "sent_ms": number})
    return Step(draw.choice((1, 400, 9_000)), who, _frame(number, to_json(command)))


def _connection(actor: Actor) -> str | None:
    if actor.role is Role.FACILITATOR:
        return LEAD if actor.person is None else CO_LEAD
    return None if actor.person is None else str(actor.person)


def _frame(number: int, command: dict[str, Any]) -> dict[str, Any]:
    return {"type": "command", "id": f"c{number}", "command": command}
