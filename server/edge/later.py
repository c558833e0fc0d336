"""Something that answers requests, and is made when the first of them comes."""

import asyncio
from collections.abc import Callable

from starlette.types import ASGIApp, Receive, Scope, Send


class Later:
    """Passes requests on to an app that is made beside the loop, since that takes long."""

    def __init__(self, make: Callable[[], ASGIApp]) -> None:
        self._make = make
        self._made: ASGIApp | None = None
        self._making = asyncio.Lock()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        made = self._made or await self.made()
        await made(scope, receive, send)

    async def made(self) -> ASGIApp:
        """Return the app once it is made. If that fails, the next request tries again."""
        async with self._making:
            if self._made is None:
                self._made = await asyncio.to_thread(self._make)
            return self._made
