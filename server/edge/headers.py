"""Response headers that let browsers run only this server's own pages."""

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

OTHER_PAGES, NOBODY = "*", "'none'"
"""Who may show a page in a frame."""


def policy_framed_by(framers: str) -> str:
    """Write the policy of a page that some may show in a frame."""
    return "; ".join((*_OWN_PARTS_ALONE, f"frame-ancestors {framers}"))


_OWN_PARTS_ALONE = (
    "default-src 'self'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "connect-src 'self' ws: wss:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
)

CONTENT_SECURITY_POLICY = policy_framed_by(NOBODY)
EMBED_POLICY = policy_framed_by(OTHER_PAGES)
"""Of the one page that others may show: it has the replay alone, and nothing there writes."""

HEADERS = {
    "content-security-policy": CONTENT_SECURITY_POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
}

NEITHER_KEPT_NOR_SHARED = "no-store"
"""Of all answers but the pages: many hold a token, or what only one person may see."""


class SecurityHeaders:
    """Adds the headers to every HTTP response."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on and add the headers to its response."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
                headers.setdefault("cache-control", NEITHER_KEPT_NOR_SHARED)
            await send(message)

        await self._app(scope, receive, send_with_headers)
