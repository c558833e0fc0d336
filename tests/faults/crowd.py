"""Clients that try every kind of command at once, through every outage, and note what they see."""

import asyncio
import random
import re
import sqlite3
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

from websockets.exceptions import WebSocketException

from server.store.event_store import StoredEvent
from tests.faults.history import History, Log
from tests.live_server import Line, ServerProcess

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
    """A client as ours is: it resends what was not answered and resumes by sequence."""

    def __init__(self, game: "Game", token: str, name: str) -> None:
        self.game, self.name = game, name
        self.line = Line(game.server, token)
        self.audience = ""
        self.seq = 0
        self.waiting: dict[str, Command] = {}
        self.kinds: dict[str, str] = {}
        self._number = 0
        self._is_open, self._has_room = asyncio.Event(), asyncio.Event()

    async def listen(self) -> None:
        """Read, and connect again after every outage, until cancelled."""
        while True:
            try:
                await self.line.open(self.audience or None, self.seq)
                for command_id, command in tuple(self.waiting.items()):
                    await self.line.send(command, command_id)
                self._is_open.set()
                while True:
                    self._note(await self.line.frame())
            except (OSError, WebSocketException):
                self._is_open.clear()
                await asyncio.sleep(0.02)

    async def act(self, has_leave: asyncio.Event) -> None:
        """Send one command after another while there is leave, until cancelled."""
        while True:
            await has_leave.wait()
            await self._is_open.wait()
            if len(self.waiting) >= WINDOW:
                self._has_room.clear()
                await self._has_room.wait()
                continue
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
        with suppress(OSError, WebSocketException):  # it is resent over the next connection
            await self.line.send(command, command_id)

    def _note(self, frame: dict[str, Any]) -> None:
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

    def __init__(self, server: ServerProcess, luck: random.Random) -> None:
        self.server, self.luck = server, luck
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
            self.clients.append(Client(self, joined["token"], seat))
            await self._do(joined["token"], {"type": "take_seat", "seat": seat, "name": seat})
        await self._do(made["token"], {"type": "seat_bot", "seat": BOT, "strategy": "tit_for_tat"})
        await self._do(made["token"], {"type": "start_match"})
        if self._is_untimed:
            skip = {"type": "skip_phase", "round": 0, "phase": "briefing"}
            await self._do(made["token"], skip)
        watching = await self.server.post("/api/watch", {"code": made["code"]})
        self.clients.append(Client(self, made["token"], "facilitator"))
        self.clients.append(Client(self, watching["token"], "observer"))
        self.clients.append(Client(self, watching["token"], "observer-too"))
        return self

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

    def read(self, database: Path) -> None:
        """Read on in the log as it is stored."""
        audiences = {client.audience for client in self.clients}
        query = (
            "SELECT seq, payload, actor, command_id FROM events"
            " WHERE match_id = ? AND seq > ? ORDER BY seq"
        )
        with closing(sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True)) as connection:
            rows = connection.execute(query, (self.match, self.log.seq))
            self.log.read((StoredEvent(*row) for row in rows), sorted(audiences))

    @property
    def is_busy(self) -> bool:
        """Tell whether anybody waits for an answer."""
        return any(client.waiting for client in self.clients)

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
    """Many matches at once."""

    def __init__(self, server: ServerProcess, folder: Path, matches: int) -> None:
        self.database = folder / "detente.sqlite3"
        self.games = [Game(server, random.Random(number)) for number in range(matches)]
        self._has_leave = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []

    async def begin(self, server: ServerProcess) -> "Crowd":
        """Open all matches, and connect everybody."""
        token = await server.host_token()
        for number, game in enumerate(self.games):
            await game.begin(token, number)
        for client in (client for game in self.games for client in game.clients):
            self._tasks.append(asyncio.create_task(client.listen()))
            self._tasks.append(asyncio.create_task(client.act(self._has_leave)))
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
        clients = (client for game in self.games for client in game.clients)
        return {
            kind
            for client in clients
            for command_id, kind in client.kinds.items()
            if command_id in client.game.history.acked_ns
        }

    def _is_unsettled(self) -> bool:
        if any(game.is_busy for game in self.games):
            return True
        for game in self.games:
            game.read(self.database)
        return any(game.stale for game in self.games)


def _terms(seat: str, other: str, binding: str) -> Command:
    arena = TREATY if {seat, other} == {"USA", "PHL"} else CODE
    parties = sorted({seat, other}, key=PEOPLE.index)
    pledges = [{"seat": x, "arena": arena, "action": "C"} for x in parties]
    kept = {"rounds": 2, "binding": binding, "stake": 0.0, "is_conditional": False}
    return {"parties": parties, "pledges": pledges, "transfers": [], **kept}
