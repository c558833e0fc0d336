"""The same work with no rules, no names, no audiences and no recovery: what is left to gain.

    python server.py PORT FOLDER

Bare ASGI and msgspec. Every choice is synced to SQLite before it is answered, with one commit for
all that wait. A path names a room; the first two sockets there are its seats.
"""

import asyncio
import queue
import socket
import sqlite3
import sys
import threading
from typing import Any

import msgspec
import uvicorn

PAYOFFS = {"CC": (3, 3), "CD": (0, 5), "DC": (5, 0), "DD": (1, 1)}
INSERT = "INSERT INTO events VALUES (?, ?, ?)"


class Choice(msgspec.Struct):
    round: int
    action: str


class Reveal(msgspec.Struct, tag_field="type", tag="reveal"):
    round: int
    actions: list[str]
    gained: tuple[int, int]
    scores: list[int]


READ = msgspec.json.Decoder(Choice)
WRITE = msgspec.json.Encoder()


class Store(threading.Thread):
    def __init__(self, path: str, loop: asyncio.AbstractEventLoop) -> None:
        super().__init__(daemon=True)
        self._path, self._loop = path, loop
        self.waiting: queue.SimpleQueue[Any] = queue.SimpleQueue()

    def run(self) -> None:
        db = sqlite3.connect(self._path, isolation_level=None)
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("PRAGMA synchronous = FULL")
        db.execute(
            "CREATE TABLE events (room TEXT, seq INT, payload TEXT, PRIMARY KEY (room, seq))"
        )
        while True:
            batch = [self.waiting.get()]
            while not self.waiting.empty():
                batch.append(self.waiting.get_nowait())
            db.execute("BEGIN IMMEDIATE")
            db.executemany(INSERT, [row for row, _ in batch])
            db.execute("COMMIT")
            self._loop.call_soon_threadsafe(_tell, [then for _, then in batch])


def _tell(all_of_them: list[Any]) -> None:
    for then in all_of_them:
        then()


class Room:
    def __init__(self, name: str) -> None:
        self.name, self.seq, self.round = name, 0, 1
        self.sends: list[Any] = []
        self.chosen: dict[int, str] = {}
        self.scores = [0, 0]

    def take(self, seat: int, text: str, store: Store) -> None:
        choice = READ.decode(text)
        self.seq += 1
        store.waiting.put(((self.name, self.seq, text), lambda: self._stored(seat, choice)))

    def _stored(self, seat: int, choice: Choice) -> None:
        self.sends[seat](f'{{"type":"ack","round":{choice.round}}}')
        self.chosen[seat] = choice.action
        if len(self.chosen) < len(self.sends):
            return
        actions = [self.chosen[0], self.chosen[1]]
        gained = PAYOFFS["".join(actions)]
        self.scores = [a + b for a, b in zip(self.scores, gained, strict=True)]
        shown = WRITE.encode(Reveal(self.round, actions, gained, self.scores)).decode()
        self.round, self.chosen = self.round + 1, {}
        for send in self.sends:
            send(shown)


rooms: dict[str, Room] = {}
stores: list[Store] = []


async def app(scope: Any, receive: Any, send: Any) -> None:
    assert scope["type"] == "websocket"
    await receive()
    await send({"type": "websocket.accept"})
    room = rooms.setdefault(scope["path"], Room(scope["path"]))
    seat, out = len(room.sends), asyncio.Queue[str]()
    room.sends.append(out.put_nowait)

    async def write() -> None:
        while True:
            await send({"type": "websocket.send", "text": await out.get()})

    writer = asyncio.create_task(write())
    await send({"type": "websocket.send", "text": '{"type":"welcome"}'})
    while (message := await receive())["type"] == "websocket.receive":
        room.take(seat, message["text"], stores[0])
    writer.cancel()


async def main(port: int, folder: str) -> None:
    stores.append(Store(f"{folder}/bare.sqlite3", asyncio.get_running_loop()))
    stores[0].start()
    door = socket.create_server(("127.0.0.1", port), backlog=2048)
    options: dict[str, Any] = {"ws": "websockets-sansio", "log_level": "warning"}
    options |= {"lifespan": "off", "ws_per_message_deflate": False}
    server = uvicorn.Server(uvicorn.Config(app, **options))
    print("ready", flush=True)
    await server.serve(sockets=[door])


if __name__ == "__main__":
    import uvloop

    uvloop.run(main(int(sys.argv[1]), sys.argv[2]))
