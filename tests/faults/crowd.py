"""Clients that try every kind of command at once, through every outage, and note what they see."""

import asyncio
import itertools
import random
import re
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from websockets.exceptions import WebSocketException

from tests.faults.history import History, Log
from tests.faults.stored import Rows, reading
from tests.live_server import Line, Reached, ServerProcess

SOUTH_CHINA_SEA = Path(__file__).parents[2] / "game_rules/scenarios/south_china_sea.toml"
NO_LIMIT = {
    "DETENTE_MESSAGES_PER_SECOND": "100000",
    "DETENTE_MESSAGE_BURST": "100000",
    "DETENTE_REQUESTS_BURST": "100000",
}
WINDOW = 4
"""How many commands a client has in flight."""
PEOPLE = ("CHN", "PHL", "VNM", "USA")
BOT = "IDN"
CODE, TREATY = "code_of_conduct", "us_philippines_treaty"
LATE_MS = 3_000
"""How long after a deadline a phase may still be open."""
REST_S = 20
"""How long a client may take to see everything once nobody sends; a stale copy never does."""
SILENCE_S, OPEN_S = 1.0, 4.0
"""How long a client waits for an answer, or for its welcome, until it tries the next door. Every
other client waits so long for a connection, too: it is at a server that wakes from a pause."""

Command = Mapping[str, Any]


def sea(folder: Path) -> Path:
    """Write a scenario of many kinds of commands, whose clock moves every two seconds."""
    text = SOUTH_CHINA_SEA.read_text()
    quick = {"rounds": 100, "briefing": 1, "negotiation": 20, "decision": 20, "reveal": 2}
    for key, value in quick.items():
        text = re.sub(rf"^{key} = \d+", f"{key} = {value}", text, count=1, flags=re.M)
    (folder / "scenarios").mkdir(exist_ok=True)
    (folder / "scenarios" / "sea.toml").write_text(text)
    return folder / "scenarios"


class Client:
    """A client as ours is: it resends what was not answered and resumes by sequence.

    doors: the ways to its match; after an outage it takes the next one.
    """

    def __init__(self, game: "Game", token: str, name: str, doors: Sequence[Reached]) -> None:
        self.game, self.name = game, name
        self._doors = itertools.cycle(doors)
        self.line = Line(doors[0], token)
        self.audience = ""
        self.seq = 0
        self.waiting: dict[str, Command] = {}
        self.kinds: dict[str, str] = {}
        self._copied: set[str] = set()
        """What was sent again: a refusal of it is not its last word."""
        self._number, self._heard_s = 0, 0.0
        self._connect_s = OPEN_S if len(game.clients) % 2 else SILENCE_S
        self._is_open, self._has_room = asyncio.Event(), asyncio.Event()

    async def listen(self) -> None:
        """Read, and connect again after every outage, until cancelled."""
        while True:
            self.line.door = next(self._doors)
            try:
                async with asyncio.timeout(self._connect_s):
                    await self.line.open(self.audience or None, self.seq)
                async with asyncio.timeout(OPEN_S):
                    self._note(await self.line.frame())
                await self._send_again()
                self._is_open.set()
                while True:
                    self._note(await self.line.frame())
            except (OSError, WebSocketException):
                self._is_open.clear()
                await asyncio.sleep(0.02)

    async def _send_again(self) -> None:
        """Send what was not answered; at several doors the first copy may come after this one."""
        if len(self.game.doors) > 1:
            self._copied |= self.waiting.keys()
        for command_id, command in tuple(self.waiting.items()):
            await self._send(command, command_id)

    def hang_up_if_silent(self) -> None:
        """End a connection over which nothing came for long, though an answer is due."""
        if self._is_open.is_set() and self.waiting and time.monotonic() > self._heard_s + SILENCE_S:
            self.line.socket.transport.abort()

    async def act(self, has_leave: asyncio.Event) -> None:
        """Send one command after another while there is leave, until cancelled."""
        while True:
            await has_leave.wait()
            await self._is_open.wait()
            if len(self.waiting) >= WINDOW:
                self._has_room.clear()
                await self._has_room.wait()
                continue
            if not self.waiting:
                self._heard_s = time.monotonic()
            self._number += 1
            command_id = f"{self.name}-{self._number}"
            self.waiting[command_id] = command = self.game.choose(self.name)
            self.game.history.invoked_ns[command_id] = time.monotonic_ns()
            self.kinds[command_id] = command["type"]
            await self._send(command, command_id)

    async def close(self) -> None:
        """Hang up."""
        await self.line.close()

    async def _send(self, command: Command, command_id: str) -> None:
        self.game.history.sent_ns[command_id] = time.monotonic_ns()
        with suppress(OSError, WebSocketException):  # it is resent over the next connection
            await self.line.send(command, command_id)

    def _note(self, frame: dict[str, Any]) -> None:
        self._heard_s = time.monotonic()
        match frame["type"]:
            case "welcome":
                self._welcome(frame)
            case "events":
                self.game.history.see(self.audience, self.seq, frame["seq"], frame["events"])
                self.game.learn(frame["events"])
                self.seq = frame["seq"] + len(frame["events"]) - 1
            case "ack":
                seen = self.audience, self.seq
                self.game.history.ack(frame["id"], *seen, frame["seq"], time.monotonic_ns())
                self._done(frame["id"])
            case "refused" if frame["code"] == "try_again":
                self.game.retry(self._send(self.waiting[frame["id"]], frame["id"]))
            case "refused":
                self.game.history.refused_ns[frame["id"]] = time.monotonic_ns()
                if frame["id"] not in self._copied:
                    self.game.history.refused.add(frame["id"])
                self.game.history.faults["server bug"] += frame["code"] == "internal_error"
                self._done(frame["id"])

    def _welcome(self, frame: dict[str, Any]) -> None:
        if self.audience:
            self.game.history.faults["resumed elsewhere"] += frame["seq"] != self.seq + 1
        self.audience, self.seq = frame["audience"], frame["seq"] - 1

    def _done(self, command_id: str) -> None:
        self.waiting.pop(command_id, None)
        self._has_room.set()


class Game:
    """One match, its clients, and what they know of it together."""

    def __init__(
        self, server: ServerProcess, doors: Sequence[Reached], luck: random.Random
    ) -> None:
        self.server, self.doors, self.luck = server, doors, luck
        self.history, self.log = History(), Log()
        self.clients: list[Client] = []
        self.match = ""
        self._round, self._phase, self._is_untimed = 0, "lobby", False
        self._proposals: list[tuple[int, Sequence[str]]] = []
        self._retries: set[asyncio.Task[None]] = set()

    async def begin(self, token: str, number: int) -> "Game":
        """Create a match, seat people and a bot, and open its first negotiation."""
        self._is_untimed = number % 2 == 1
        body = {
            "scenario": "sea",
            "pace": None if self._is_untimed else 0.1,
            "seed": str(number),
            "is_repeatable": True,
        }
        made = await self.server.post("/api/matches", body, token)
        self.match = made["match"]
        for seat in PEOPLE:
            joined = await self.server.post("/api/join", {"code": made["code"], "name": seat})
            self._add(joined["token"], seat)
            await self._do(joined["token"], {"type": "take_seat", "seat": seat, "name": seat})
        await self._do(made["token"], {"type": "seat_bot", "seat": BOT, "strategy": "tit_for_tat"})
        await self._do(made["token"], {"type": "start_match"})
        if self._is_untimed:
            skip = {"type": "skip_phase", "round": 0, "phase": "briefing"}
            await self._do(made["token"], skip)
        watching = await self.server.post("/api/watch", {"code": made["code"]})
        self._add(made["token"], "facilitator")
        self._add(watching["token"], "observer")
        self._add(watching["token"], "observer-too")
        return self

    def _add(self, token: str, name: str) -> None:
        """Add a client, each beginning at another door."""
        first = len(self.clients) % len(self.doors)
        doors = [*self.doors[first:], *self.doors[:first]]
        self.clients.append(Client(self, token, name, doors))

    async def _do(self, token: str, command: Command) -> None:
        line = Line(self.server, token)
        await line.open()
        answer = await line.do(command)
        assert answer["type"] == "ack", answer
        self.history.invoked_ns[answer["id"]] = 0
        await line.close()

    def choose(self, name: str) -> Command:
        """Choose what a client asks for next; some of it is refused."""
        if name.startswith("observer"):
            return {"type": "say", "room": [], "text": "I only watch."}
        make = self._of_facilitator if name == "facilitator" else self._of_player
        choices = tuple(make(name))
        return self.luck.choices([x for _, x in choices], [weight for weight, _ in choices])[0]

    def learn(self, events: Sequence[Mapping[str, Any]]) -> None:
        """Follow the phase, and the proposals that anybody was shown."""
        for event in events:
            if event["type"] == "phase_opened":
                self._round, self._phase = event["round"], event["phase"]
            elif event["type"] == "proposal_made":
                self._proposals.append((event["number"], event["terms"]["parties"]))
                del self._proposals[:-20]

    def retry(self, sending: Any) -> None:
        """Send something again in a moment."""

        async def later() -> None:
            await asyncio.sleep(0.05)
            await sending

        task = asyncio.create_task(later())
        self._retries.add(task)
        task.add_done_callback(self._retries.discard)

    def _of_player(self, seat: str) -> Iterator[tuple[float, Command]]:
        luck, number = self.luck, {"round": self._round}
        other = luck.choice([x for x in PEOPLE if x != seat])
        arenas = [CODE] if seat != "USA" else []
        arenas += [TREATY] if seat in ("USA", "PHL") else []
        arena = luck.choice(arenas)
        action = luck.choice("CD")
        yield 4, {"type": "say", "room": [], "text": f"{seat} to all"}
        yield 3, {"type": "say", "room": [other], "text": f"{seat} to {other} alone"}
        yield 1, {"type": "say", "room": [seat], "text": f"{seat} to the facilitator"}
        yield 4, {"type": "save_order", **number, "actions": dict.fromkeys(arenas, action)}
        phase = {"phase": self._phase, "is_ready": luck.random() < 0.5}
        yield 0.3, {"type": "set_ready", **number, **phase}
        guess = {"arena": arena, "actions": {"PHL": action}}
        yield 2, {"type": "save_forecast", **number, **guess}
        yield 1, {"type": "make_move", **number, "move": {"kind": "fund", "arena": arena}}
        yield 0.5, {"type": "take_back_move", **number}
        terms = _terms(seat, other, luck.choice(("communique", "treaty", "executed")))
        yield 1, {"type": "propose", **number, "terms": terms}
        mine = [x for x, parties in self._proposals if seat in parties]
        if mine:
            picked = {**number, "number": luck.choice(mine)}
            yield 2, {"type": "answer_proposal", **picked, "accepts": luck.random() < 0.7}
            yield 0.5, {"type": "counter_proposal", **picked, "terms": terms}

    def _of_facilitator(self, name: str) -> Iterator[tuple[float, Command]]:
        luck, seat = self.luck, self.luck.choice(PEOPLE)
        yield 6, {"type": "say", "room": [], "text": "To the class"}
        yield 4, {"type": "say", "room": [seat], "text": f"To {seat} alone"}
        yield 0.1, {"type": "skip_phase", "round": self._round, "phase": self._phase}
        yield 0.3, {"type": "extend_deadline", "by_ms": 100}
        if self._is_untimed:
            yield 0.2, {"type": "pause_match"}
        yield 2, {"type": "resume_match"}
        yield 0.3, {"type": "engage_autopilot", "seat": seat}
        yield 1, {"type": "release_autopilot", "seat": seat}
        order = {"seat": seat, "round": self._round, "actions": {CODE: luck.choice("CD")}}
        yield 0.3, {"type": "order_for", **order}

    def read(self, rows: Rows) -> None:
        """Read on in the log as it is stored."""
        audiences = {client.audience for client in self.clients}
        self.log.read(rows(self.match, self.log.seq), sorted(audiences))

    @property
    def is_busy(self) -> bool:
        """Tell whether anybody waits for an answer, or for the first welcome."""
        return any(client.waiting or not client.audience for client in self.clients)

    @property
    def is_late(self) -> bool:
        """Tell whether a deadline has passed and its phase is still open."""
        deadline_ms = self.log.deadline_ms
        return deadline_ms is not None and time.time() * 1000 > deadline_ms + LATE_MS

    @property
    def stale(self) -> list[str]:
        """Name the clients who have not seen all that their audience may see."""
        return [x.name for x in self.clients if x.seq != len(self.log.visible[x.audience])]


class Crowd:
    """Many matches at once, each begun at one of the servers. doors: how people get to them."""

    def __init__(
        self, servers: Sequence[ServerProcess], matches: int, doors: Sequence[Reached] = ()
    ) -> None:
        self.database = servers[0].database
        first = zip(range(matches), itertools.cycle(servers), strict=False)
        self.games = [Game(at, doors or servers, random.Random(number)) for number, at in first]
        self._has_leave = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []

    async def begin(self) -> "Crowd":
        """Open all matches, and connect everybody."""
        for number, game in enumerate(self.games):
            await game.begin(await game.server.host_token(), number)
        for client in self._clients:
            self._tasks.append(asyncio.create_task(client.listen()))
            self._tasks.append(asyncio.create_task(client.act(self._has_leave)))
        if len(self.games[0].doors) > 1:
            self._tasks.append(asyncio.create_task(self._watch()))
        return self

    async def act(self, seconds: float) -> None:
        """Let everybody do what they like; when the time is over, commands are in flight."""
        self._has_leave.set()
        await asyncio.sleep(seconds)

    async def rest(self, most_s: float = REST_S) -> None:
        """Let nobody send, and wait until everybody saw everything, over the lines they have."""
        self._has_leave.clear()
        until = time.monotonic() + most_s
        while self._is_unsettled() and time.monotonic() < until:  # noqa: ASYNC110 (another process)
            await asyncio.sleep(0.05)
        for game in self.games:
            game.history.faults["never answered"] += sum(len(x.waiting) for x in game.clients)
            game.history.faults["stale copy"] += len(game.stale)
            game.history.faults["deadline forgotten"] += game.is_late

    async def leave(self) -> None:
        """Hang up, all of them."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for game in self.games:
            await asyncio.gather(*(client.close() for client in game.clients))

    def check(self) -> Mapping[str, int]:
        """Count the faults of all matches."""
        faults: dict[str, int] = {}
        for game in self.games:
            for name, count in game.history.check(game.log).items():
                faults[name] = faults.get(name, 0) + count
        return faults

    @property
    def acks(self) -> int:
        """Count the commands that were acked."""
        return sum(len(game.history.acked_ns) for game in self.games)

    @property
    def kinds(self) -> set[str]:
        """Name the kinds of commands that were acked."""
        return {
            kind
            for client in self._clients
            for command_id, kind in client.kinds.items()
            if command_id in client.game.history.acked_ns
        }

    def _is_unsettled(self) -> bool:
        if any(game.is_busy for game in self.games):
            return True
        with reading(self.database) as rows:
            for game in self.games:
                game.read(rows)
        return any(game.stale or game.is_late for game in self.games)

    @property
    def _clients(self) -> Iterator[Client]:
        return (client for game in self.games for client in game.clients)

    async def _watch(self) -> None:
        """Let nobody wait for long at a server that says nothing."""
        while True:
            for client in self._clients:
                client.hang_up_if_silent()
            await asyncio.sleep(0.1)


def _terms(seat: str, other: str, binding: str) -> Command:
    arena = TREATY if {seat, other} == {"USA", "PHL"} else CODE
    parties = sorted({seat, other}, key=PEOPLE.index)
    pledges = [{"seat": x, "arena": arena, "action": "C"} for x in parties]
    kept = {"rounds": 2, "binding": binding, "stake": 0.0, "is_conditional": False}
    return {"parties": parties, "pledges": pledges, "transfers": [], **kept}
