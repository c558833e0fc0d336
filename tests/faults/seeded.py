"""Servers with a bug that was put in on purpose, to show that the checker of the kill test sees it.

A server is forked from a process that has imported everything, because importing takes most of a
start. Every build, the right one too, waits a little before and after each append, so that a kill
falls between what a bug has swapped; and gives back half a second after an outage, not ten.
"""

import asyncio
import json
import multiprocessing
import os
import sys
from collections.abc import Awaitable, Callable, Mapping, Sequence
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from game_rules.log.events import ForecastSaved
from server.cli import main
from server.hosting import fanout, match_host, registry
from server.hosting.match_host import MatchHost
from server.hosting.registry import Registry
from server.hosting.requests import Batch, Request
from server.live.outbox import Outbox
from server.store.sqlite.store import SqliteStore
from server.store.sqlite.writer import Writer
from tests.faults.crowd import sea
from tests.live_server import STARTUP_S, ServerProcess

FORKS = multiprocessing.get_context("forkserver")
FORKS.set_forkserver_preload([__name__, "server.app", "server.cli.serve.run"])
WAIT_S = 0.02
GRACE_MS = 500


def _put(owner: Any, name: str, value: Any) -> None:
    """Replace a part of the server in this process."""
    setattr(owner, name, value)


def early_ack() -> None:
    """Acknowledge a command before it is stored."""
    decide = MatchHost._decide

    def acking(host: MatchHost, request: Request, batch: Batch, now_ms: int) -> None:
        decide(host, request, batch, now_ms)
        for accepted, seq in batch.accepted[-1:]:
            accepted.answer(seq)

    _put(MatchHost, "_decide", acking)


def early_publish() -> None:
    """Show events before they are stored."""
    decide = MatchHost._decide

    def showing(host: MatchHost, request: Request, batch: Batch, now_ms: int) -> None:
        decide(host, request, batch, now_ms)
        host._fanout.publish([*host._log, *batch.entries])

    _put(MatchHost, "_decide", showing)


def no_dedupe() -> None:
    """Forget that a command was stored, in the host and in the database."""
    begin = Writer.__init__

    def forgetting(writer: Writer, *given: Any) -> None:
        begin(writer, *given)
        query = "SELECT name FROM sqlite_master WHERE type = 'index' AND tbl_name = 'events'"
        for (name,) in writer._connection.execute(query + " AND sql IS NOT NULL").fetchall():
            writer._connection.execute(f"DROP INDEX {name}")

    _put(Writer, "__init__", forgetting)
    _put(MatchHost, "_is_answered", lambda host, request: request.is_answered)
    _put(Batch, "holds", lambda batch, request: False)


def dropped_event() -> None:
    """Leave out the last event of every frame of a resume."""
    put_backlog = Outbox.put_backlog

    def dropping(outbox: Outbox, frame: str) -> None:
        document = json.loads(frame)
        document["events"].pop()
        if document["events"]:
            put_backlog(outbox, json.dumps(document))

    _put(Outbox, "put_backlog", dropping)


def forgotten_deadline() -> None:
    """Keep no deadline of a match that was read from the database."""
    read = Registry._read

    async def forgetting(self: Registry, match_id: Any) -> MatchHost:
        host = await read(self, match_id)
        if host.seq > 1:
            _put(self._deadlines, "set", lambda match_id, deadline_ms: None)
        return host

    _put(Registry, "_read", forgetting)


def leaked_field() -> None:
    """Show everybody the forecasts of everybody."""
    redact = fanout.redact

    def leaking(event: Any, *given: Any) -> Any:
        return event if isinstance(event, ForecastSaved) else redact(event, *given)

    _put(fanout, "redact", leaking)


def no_bug() -> None:
    """Change nothing."""


BUGS: Mapping[str, Callable[[], None]] = {
    bug.__name__: bug
    for bug in (
        *(early_ack, early_publish, no_dedupe),
        *(dropped_event, forgotten_deadline, leaked_field, no_bug),
    )
}


def serve(bug: str, arguments: Sequence[str], environment: Mapping[str, str], told: str) -> None:
    """Serve with a bug, and write what a terminal would show to a file."""
    os.environ.update(environment)
    sys.stdout = Path(told).open("w", buffering=1)  # noqa: SIM115 (until the process ends)
    sys.stderr = Path(os.devnull).open("w")  # noqa: SIM115
    _put(SqliteStore, "append", _slow(SqliteStore.append))
    for module in (match_host, registry):
        _put(module, "GRACE_MS", GRACE_MS)
    BUGS[bug]()
    sys.exit(main(list(arguments)))


def _slow(append: Callable[..., Awaitable[int]]) -> Callable[..., Any]:
    async def slowly(*given: Any) -> int:
        await asyncio.sleep(WAIT_S)
        answer = await append(*given)
        await asyncio.sleep(WAIT_S)
        return answer

    return slowly


class SeededServer(ServerProcess):
    """A server with a bug, forked instead of started."""

    def __init__(self, folder: Path, bug: str, environment: Mapping[str, str]) -> None:
        super().__init__(folder, sea(folder))
        self._bug, self._told, self._changed = bug, folder / "told", dict(environment)
        self.fork: BaseProcess

    async def start(self) -> None:
        """Fork the server and wait for the facilitator's link."""
        self._told.write_text("")
        given = (self._bug, self._arguments, self._changed, str(self._told))
        self.fork = FORKS.Process(target=serve, args=given, daemon=True)
        self.fork.start()
        async with asyncio.timeout(STARTUP_S):
            while "/#/host/" not in self._told.read_text() or not await self._is_ready():
                assert self.fork.is_alive(), "the server did not start"
                await asyncio.sleep(0.02)
        self.secret = self._told.read_text().split("/#/host/")[1].split()[0]

    async def kill(self) -> None:
        """End it at once."""
        self.fork.kill()
        await asyncio.to_thread(self.fork.join)

    async def stop(self) -> None:
        """End it at once; nothing is read from it any more."""
        await self.kill()

    async def _is_ready(self) -> bool:
        return await asyncio.to_thread(self._answers)
