"""Runs the app under uvicorn, and tells every client to reconnect at the end."""

import asyncio
import gc
import signal
import socket
import sys
from collections.abc import Callable

import uvicorn
from starlette.applications import Starlette

from server.app import say_goodbye
from server.cli.serve.garbage import spare_survivors
from server.edge.door import Serving
from server.logs import configure_logs
from server.settings import Settings
from server.wire.frames import CLIENT_FRAME

GRACE_S = 3
GOODBYE_S = 1.0
LOOK_S = 0.01

SWITCH_S = 0.0005
"""How long the socket loop may keep the interpreter from the store's thread."""


class Running(uvicorn.Server):
    """A server that says when it is ready, and says goodbye before it closes connections."""

    def __init__(
        self, config: uvicorn.Config, app: Starlette, on_ready: Callable[[], None]
    ) -> None:
        super().__init__(config)
        self._app, self._on_ready = app, on_ready
        self._life = app.router.lifespan_context(app)

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, then say so. Raises what the app raises, where uvicorn would print a traceback."""
        await self._life.__aenter__()
        await super().startup(sockets)
        if self.started:
            gc.freeze()
            gc.enable()
            self._on_ready()
            self._warming = asyncio.create_task(self._warm_up())

    async def _warm_up(self) -> None:
        """Import the API, which no start needs and nearly every visitor does."""
        await asyncio.to_thread(CLIENT_FRAME.rebuild)
        await self._app.state.api.made()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Accept nobody new, send every client its last frames and 1012, then stop.

        Before that a proxy may find out that this server is not ready, so that it refuses nobody.
        """
        await self._drain()
        for server in self.servers:
            server.close()
        await self._app.state.services.housekeeping.hand_over()
        say_goodbye(self._app)
        await self._wait_for_goodbyes()
        await super().shutdown(sockets)
        if not self.force_exit:
            await self._life.__aexit__(None, None, None)

    async def _drain(self) -> None:
        services = self._app.state.services
        services.is_draining = True
        for _ in range(round(services.settings.drain_s / LOOK_S)):
            if self.force_exit:
                return
            await asyncio.sleep(LOOK_S)

    async def _wait_for_goodbyes(self) -> None:
        outboxes = self._app.state.services.outboxes
        for _ in range(round(GOODBYE_S / LOOK_S)):
            if not outboxes:
                return
            await asyncio.sleep(LOOK_S)


def run(
    app: Starlette,
    settings: Settings,
    doors: list[socket.socket],
    on_ready: Callable[[], None],
) -> None:
    """Serve until SIGTERM, which ends well, or Ctrl-C, which raises KeyboardInterrupt.

    Raises StoreError if the database cannot be used at the start, or takes nothing at the end.
    """
    configure_logs()
    sys.setswitchinterval(SWITCH_S)
    spare_survivors()
    config = Serving(app, settings, timeout_graceful_shutdown=GRACE_S, lifespan="off")
    # uvicorn raises the signal again once it has stopped; then it has been obeyed already.
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    Running(config, app, on_ready).run(sockets=doors)
