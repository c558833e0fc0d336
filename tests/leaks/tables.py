"""Matches of a class over real sockets and HTTP, and all that reaches everybody there.

Every run is the one match of a seminar: four people come by its code, its facilitator leads it at
the console and at the table, a projector and the wall look on. All runs take each step at the
same beat.
"""

import asyncio
import json
import re
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from websockets.asyncio.client import ClientConnection, connect

from game_rules.match import commands as c
from game_rules.records.codec import to_json
from game_rules.roles import PersonId
from tests.game_rules.scenes import SEATS
from tests.leaks.metronome import NAME
from tests.leaks.pairs import CONSOLE, SEAT_OF
from tests.leaks.scripts import HOST, PEOPLE, Run
from tests.live_server import HOST as ADDRESS
from tests.live_server import PLAIN, ServerProcess

ANYONE, SERVER, PROJECTOR, DOOR, WALL = "anyone", "server", "projector", "door", "wall"
AT_THE_TABLE = (HOST, PROJECTOR, *PEOPLE)
TABLES = ("decisions", "talk", "pledges", "moves", "forecasts")
PATIENCE_S = 30
NO_LIMITS = {
    f"DETENTE_{name}": "1000000"
    for name in (
        *("MESSAGES_PER_SECOND", "MESSAGE_BURST", "HURRIED_MESSAGES_PER_SECOND"),
        *("REQUESTS_PER_SECOND", "REQUESTS_BURST"),
    )
}
Heard = Mapping[str, list[str]]
"""By who got it, and for answers by what was asked: messages in their order, as they came."""


class Ear:
    """One socket; keeps every message as it came."""

    def __init__(self, socket: ClientConnection, heard: list[str]) -> None:
        self._socket, self._heard = socket, heard

    async def send(self, **frame: Any) -> None:
        """Send a frame."""
        await self._socket.send(json.dumps(frame))

    async def until(self, words: str) -> None:
        """Listen until a message holds some words."""
        async with asyncio.timeout(PATIENCE_S):
            while words not in (message := str(await self._socket.recv())):
                self._heard.append(message)
        self._heard.append(message)

    async def hang_up(self) -> None:
        """Hear all that was sent, then close."""
        await self.send(type="ping", sent_ms=1)
        await self.until('"pong"')
        await self._socket.close()


class Post:
    """One HTTP connection, whose answers are kept to the byte."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer = reader, writer

    async def ask(self, path: str, token: str = "", body: Mapping[str, Any] | None = None) -> str:
        """GET, or POST a body; give the whole answer but its date."""
        content = b"" if body is None else json.dumps(body).encode()
        head = f"{'GET' if body is None else 'POST'} {path} HTTP/1.1\r\nhost: {ADDRESS}\r\n"
        head += f"authorization: Bearer {token}\r\n" if token else ""
        head += f"content-type: application/json\r\ncontent-length: {len(content)}\r\n\r\n"
        self._writer.write(head.encode() + content)
        async with asyncio.timeout(PATIENCE_S):
            heads = (await self._reader.readuntil(b"\r\n\r\n")).decode()
            size = re.search(r"^content-length: (\d+)", heads, re.MULTILINE)
            text = (await self._reader.readexactly(int(size[1]) if size else 0)).decode()
        return re.sub(r"^date: .*\r\n", "", heads, flags=re.MULTILINE) + text

    async def done(self, path: str, token: str = "", **body: Any) -> Any:
        """POST what is granted; give the answer."""
        answer = await self.ask(path, token, body)
        assert answer.startswith("HTTP/1.1 200"), answer
        return json.loads(content_of(answer))

    def close(self) -> None:
        """Hang up."""
        self._writer.close()


def content_of(answer: str) -> str:
    """Give an answer without its head."""
    return answer.partition("\r\n\r\n")[2]


@dataclass
class Table:
    """One run as it is played. tokens: by who holds them. names: of what is drawn for this run.

    people: their ids, by who they are.
    """

    server: ServerProcess
    post: Post
    run: Run
    tokens: dict[str, str]
    names: dict[str, str] = field(default_factory=dict)
    people: dict[str, PersonId] = field(default_factory=dict)
    ears: dict[str, Ear] = field(default_factory=dict)
    heard: dict[str, list[str]] = field(default_factory=dict)

    async def open(self) -> None:
        """Open a seminar, and its console."""
        wanted = {"name": NAME.format(self.run.seed), "scenario": self.run.scenario.name}
        token = self.tokens[SERVER]
        led = await self.post.done("/api/seminars", token, pace=self.run.pace, **wanted)
        self.names |= {wanted["name"]: "name", led["seminar"]: "seminar", led["code"]: "class"}
        self._seminar, self._code = f"/api/seminars/{led['seminar']}", led["code"]
        self.tokens[CONSOLE] = led["token"]
        self.tokens[WALL] = (await self.post.done(f"{self._seminar}/wall", led["token"]))["token"]
        await self._listen(CONSOLE, "/api/seminars/live")
        await self._listen(WALL, "/api/seminars/live")

    async def admit(self, who: str) -> None:
        """Let somebody come by the code; the first one is dealt a match, the others come late."""
        joined = await self.post.done("/api/join", code=self._code, name=who.title())
        self.people[who] = PersonId(joined["person"])  # numbers, which twins have alike
        self.tokens[DOOR] = joined["seminar"]["token"]
        if who == PEOPLE[0]:
            await self.post.done(f"{self._seminar}/deal", self.tokens[CONSOLE])
        placed = await self.post.done("/api/seminars/place", self.tokens[DOOR])
        self._match, self.tokens[who] = f"/api/matches/{placed['match']}", placed["token"]
        self.names[placed["match"]] = "match"

    async def gather(self) -> None:
        """Lead the match; let the projector and everybody else connect."""
        match = self._match.rpartition("/")[2]
        led = await self.post.done(f"{self._seminar}/matches/{match}/lead", self.tokens[CONSOLE])
        seen = await self.post.done("/api/watch", code=led["code"])
        self.names[led["code"]] = "code"
        self.tokens |= {HOST: led["token"], PROJECTOR: seen["token"]}
        await self._listen(DOOR, "/api/seminars/live")
        for who in AT_THE_TABLE:
            await self._listen(who)

    async def take(self, number: int) -> None:
        """Take a step of the script, if there is one; seats are given by the facilitator."""
        step = self.run.steps[number] if number < len(self.run.steps) else None
        if step is None or step.command is None:
            return
        who, command = step.who, step.command
        if isinstance(command, c.TakeSeat):
            who, command = HOST, c.Reseat(self.people[who], SEAT_OF[who], who.title())
        await self.ears[who].send(type="command", id=f"c{number}", command=to_json(command))
        await self.ears[who].until(f'"id":"c{number}"')

    async def come_back(self) -> None:
        """Let everybody say hello again, with nothing in hand."""
        for who in AT_THE_TABLE:
            await self._greet(who)

    async def ask(self) -> None:
        """Ask for everything that can be asked for while a match is played."""
        for who, path in self._questions():
            answer = await self.post.ask(path, self.tokens.get(who, ""))
            self.heard[f"{who} {path}"] = [self._about_it(answer) if who == SERVER else answer]

    async def rise(self) -> None:
        """Hang up."""
        for ear in self.ears.values():
            await ear.hang_up()

    def told(self, logs: str) -> Heard:
        """Give all that was heard, and what the server logged, with names in the place of ids."""
        lines = [{**json.loads(line), "timestamp": ""} for line in logs.splitlines()]
        own = [json.dumps(line) for line in lines if line.get("match") in self.names]
        heard = {**self.heard, ANYONE: own}
        return {self._named(way): [*map(self._named, each)] for way, each in heard.items()}

    def _questions(self) -> Iterator[tuple[str, str]]:
        match, seminar = self._match, self._seminar
        views = ("archive", "public", *SEATS)
        yield ANYONE, match
        yield PROJECTOR, f"{match}/record"
        yield from ((PROJECTOR, f"{match}/table?what={what}") for what in TABLES)
        yield from ((PROJECTOR, f"{match}/log?as={view}") for view in views[:3])
        yield WALL, f"{seminar}/tables/{match.rpartition('/')[2]}"
        yield from ((CONSOLE, f"{seminar}{path}") for path in ("", "/scenario", "/luck"))
        yield from ((HOST, f"{match}/look?as={view}") for view in views)
        for what in ("advice", "moves"):
            yield from ((HOST, f"{match}/{what}?seat={seat}") for seat in SEATS)
            yield from ((who, f"{match}/{what}") for who in PEOPLE)
        yield from ((SERVER, path) for path in ("/api/matches", "/api/seminars"))

    async def _listen(self, who: str, path: str = "/api/live") -> None:
        url = f"ws://{ADDRESS}:{self.server.port}{path}"
        self.heard[who] = []
        self.ears[who] = Ear(await connect(url, **PLAIN), self.heard[who])
        await self._greet(who)

    async def _greet(self, who: str) -> None:
        await self.ears[who].send(type="hello", protocol=1, token=self.tokens[who])
        await self.ears[who].until('"welcome"')

    def _about_it(self, answer: str) -> str:
        """Keep what a list of everything says of this match or seminar."""
        rows = json.loads(content_of(answer))
        return json.dumps([x for x in rows if x.get("match", x.get("seminar")) in self.names])

    def _named(self, message: str) -> str:
        for drawn, name in self.names.items():
            message = message.replace(drawn, name.ljust(len(drawn), "."))
        return message


async def play(server: ServerProcess, runs: Sequence[Run]) -> list[Heard]:
    """Play some runs beside each other on a server that waits for its beat."""
    post = Post(*await asyncio.open_connection(ADDRESS, server.port))
    tokens = {SERVER: await server.host_token()}
    tables = [Table(server, post, run, dict(tokens)) for run in runs]

    async def all_together(*acts: Callable[[Table], Awaitable[None]]) -> None:
        for act in acts:
            for table in tables:
                await act(table)
            await post.done("/beat")

    steps = range(max(len(run.steps) for run in runs))
    await all_together(Table.open, *(partial(Table.admit, who=x) for x in PEOPLE), Table.gather)
    await all_together(*(partial(Table.take, number=number) for number in steps))
    await all_together(Table.come_back, Table.ask, Table.rise)
    logs = content_of(await post.ask("/logs"))
    post.close()
    return [table.told(logs) for table in tables]
