"""Until the reveal, no byte tells what a seat ordered: over real sockets and real HTTP.

Both runs have the same clock, the same ids and the same tokens, so whatever differs is a leak.
"""

import base64
import random
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from structlog.testing import capture_logs

from game_rules.records.codec import to_json
from server.app import create_app
from server.settings import Settings
from tests.fakes import ManualClock, fresh_database
from tests.leaks.scripts import HOST, LEAKS, PEOPLE, Script, Step
from tests.leaks.test_sessions import TWINS, scripts
from tests.server.running import Line, Wire, listening, services_of

Answer = tuple[int, list[tuple[bytes, bytes]], bytes]


@dataclass(frozen=True)
class Heard:
    """What reached whom in one run, to the byte."""

    frames: dict[str, list[str]]
    answers: dict[str, Answer]
    logs: list[object]


@dataclass
class Guests:
    """A match on a listening server, and the tokens of all who came."""

    line: Line
    match: str
    host_token: str
    tokens: dict[str, str]


def draw_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a run draw the ids, codes and tokens that the other run draws."""
    chance = random.Random(7)

    def token_urlsafe(size: int = 32) -> str:
        return base64.urlsafe_b64encode(chance.randbytes(size)).rstrip(b"=").decode()

    monkeypatch.setattr(secrets, "token_urlsafe", token_urlsafe)
    monkeypatch.setattr(secrets, "token_hex", lambda size=32: chance.randbytes(size).hex())
    monkeypatch.setattr(secrets, "choice", chance.choice)


async def play(script: Script, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Heard:
    """Play a script on a server of its own, and ask it for everything that can be asked."""
    draw_the_same(monkeypatch)
    settings = Settings(database=fresh_database(folder), messages_per_second=10_000)
    app = create_app(settings, ManualClock(), {"random": script.scenario})
    with capture_logs() as logs:
        async with listening(app) as line:
            guests = await enter(line, script)
            wires = {who: await line.join(token) for who, token in guests.tokens.items()}
            for number, step in enumerate(script.steps):
                await take(line, wires, number, step)
            wires |= {f"late {w}": await line.join(t) for w, t in guests.tokens.items()}
            frames = {who: await drain(wire) for who, wire in wires.items()}
            answers = await ask_everything(guests)
    outside = {who: own for who, own in frames.items() if who.split()[-1] not in script.insiders}
    return Heard(outside, answers, [x for x in logs if x["event"] not in TIMING])


TIMING = ("deadline_moot", "chores_postponed")


async def enter(line: Line, script: Script) -> Guests:
    """Create the match and let everybody in, over HTTP."""
    async with line.http() as client:
        secret = {"secret": services_of(line.app).host_secret}
        host = (await client.post("/api/host", json=secret)).json()["token"]
        body = {"scenario": "random", "pace": script.pace, "seed": "7"}
        match = (await client.post("/api/matches", json=body, headers=bearer(host))).json()
        tokens = {HOST: match["token"]}
        for who in PEOPLE:
            join = {"code": match["code"], "name": who}
            tokens[who] = (await client.post("/api/join", json=join)).json()["token"]
        watch = await client.post("/api/watch", json={"code": match["code"]})
        tokens["observer"] = watch.json()["token"]
    return Guests(line, match["match"], host, tokens)


async def take(line: Line, wires: dict[str, Wire], number: int, step: Step) -> None:
    """Let time pass, ask, and wait until all is quiet."""
    services = services_of(line.app)
    assert isinstance(services.clock, ManualClock)
    services.clock.advance(step.after_ms)
    await services.registry.tick()
    await services.registry.settle()
    if step.command is not None:
        await wires[step.who].do(to_json(step.command), f"c{number}")
    await services.registry.settle()


async def drain(wire: Wire) -> list[str]:
    """Give every frame that a connection got; who is connected comes when the clock says."""
    await wire.send({"type": "ping", "sent_ms": 1})
    await wire.until("pong")
    await wire.close()
    return [text for text in wire.texts if not text.startswith('{"type":"presence"')]


async def ask_everything(guests: Guests) -> dict[str, Answer]:
    """Give the answers that anyone with the link, and the host, can get."""
    match = f"/api/matches/{guests.match}"
    await services_of(guests.line.app).housekeeping.save_summaries()
    paths = ["/api/matches", "/api/scenarios", "/api/scenarios/random", "/api/health/ready"]
    paths += [
        match,
        f"{match}/record",
        f"{match}/table?what=talk",
        *(f"{match}/log?as={v}" for v in ("archive", "public")),
    ]
    answers = dict[str, Answer]()
    async with guests.line.http() as client:
        for path in paths:
            for who, header in (("anyone", {}), ("host", bearer(guests.host_token))):
                answers[f"{who} {path}"] = as_sent(await client.get(path, headers=header))
    return answers


def bearer(token: str) -> dict[str, str]:
    """Give the header that carries a token."""
    return {"authorization": f"Bearer {token}"}


def as_sent(answer: httpx.Response) -> Answer:
    """Give all of an answer but the date."""
    headers = [(name, value) for name, value in answer.headers.raw if name.lower() != b"date"]
    return answer.status_code, headers, answer.content


async def compare(
    script: Script, twin: Script, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Check that nobody outside of the secret seat gets another byte, and no log another word."""
    for name in ("first", "second"):
        (folder / name).mkdir(parents=True)
    first = await play(script, folder / "first", monkeypatch)
    second = await play(twin, folder / "second", monkeypatch)
    for who, frames in first.frames.items():
        assert frames == second.frames[who], who
    assert first.answers == second.answers
    assert first.logs == second.logs
    assert len(first.frames) >= 4


@pytest.mark.parametrize("twin", TWINS, ids=["another choice", "no order"])
async def test_an_unrevealed_order_changes_no_byte_on_any_wire(
    twin: Callable[[Script], Script], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    (script,) = scripts(1)
    await compare(script, twin(script), tmp_path, monkeypatch)


@pytest.mark.slow
@pytest.mark.parametrize("twin", TWINS, ids=["another choice", "no order"])
async def test_an_unrevealed_order_changes_no_byte_on_any_wire_in_many_matches(
    twin: Callable[[Script], Script], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    for number, script in enumerate(scripts(2 * LEAKS)):
        await compare(script, twin(script), tmp_path / str(number), monkeypatch)
