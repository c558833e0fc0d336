"""The built browser client as static files."""

import html
import mimetypes
import os
from collections.abc import Callable
from pathlib import Path

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Match, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from server.edge.encodings import ENDINGS, taken
from server.edge.headers import EMBED_POLICY

_HERE = Path(__file__).parents[1]
_PLACES = (_HERE / "client_dist", _HERE.parent / "client" / "web" / "dist")

_PAGE_PATHS = (".", "index.html")

EMBED = "/embed/"
"""The page for frames on other pages; behind `#` it knows replays alone."""

_YEAR_S = 365 * 24 * 60 * 60


class Pages(StaticFiles):
    """Static files: hashed assets are cached for good, the page that names them never.

    Each is sent in the smallest of the forms that the build made and the browser takes.

    paths: those of the files that are there at the start, and / for the page. No other spelling of
    them is known, and no file that comes later.
    public_url: the address that the page puts into its links and QR codes; None: its own.
    """

    def __init__(self, folder: Path, public_url: str | None) -> None:
        super().__init__(directory=folder, html=True)
        found = (Path(place, name) for place, _, names in os.walk(folder) for name in names)
        files = {path.relative_to(folder).as_posix() for path in found}
        self._forms = frozenset(file for file in files if file.rpartition(".")[0] in files)
        self.paths = frozenset({"/", EMBED, *(f"/{file}" for file in files - self._forms)})
        self._page, self._public_url = folder / "index.html", public_url

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Serve a file with its cache header."""
        if scope["method"] in ("GET", "HEAD") and scope["path"] not in self.paths:
            raise HTTPException(404)
        if scope["path"] == EMBED:
            page = self._written(embedded)
            page.headers["content-security-policy"] = EMBED_POLICY
            return page
        if self._public_url is not None and path in _PAGE_PATHS:
            return self._written(lambda text: text)
        response = await self._smallest(path, scope)
        is_hashed = path.startswith("assets/")
        rule = f"public, max-age={_YEAR_S}, immutable" if is_hashed else "no-cache"
        response.headers["cache-control"] = rule
        return response

    def _written(self, change: Callable[[str], str]) -> Response:
        """Serve the page with a change, and with the address by which others reach it."""
        text = change(self._page.read_text(encoding="utf-8"))
        page = HTMLResponse(
            text if not self._public_url else with_public_url(text, self._public_url)
        )
        page.headers["cache-control"] = "no-cache"
        return page

    async def _smallest(self, path: str, scope: Scope) -> Response:
        for form in taken(Headers(scope=scope)):
            if path + ENDINGS[form] in self._forms:
                response = await super().get_response(path + ENDINGS[form], scope)
                response.headers["content-encoding"] = form
                response.headers["content-type"] = mimetypes.guess_type(path)[0] or ""
                break
        else:
            response = await super().get_response(path, scope)
        response.headers.add_vary_header("accept-encoding")
        return response


def with_public_url(page: str, public_url: str) -> str:
    """Tell a page under which address others reach it; `client/web/src/services.ts` reads it."""
    note = f'<meta name="detente-page" content="{html.escape(public_url)}" />'
    return page.replace("<head>", f"<head>{note}", 1)


def embedded(page: str) -> str:
    """Tell a page that it is in a frame; its files lie a folder above it."""
    return _a_folder_below(page, '<meta name="detente-embed" content="replay" />')


def linked(page: str, tags: str) -> str:
    """Let a page go on from its path to the screen behind `#`. tags: what chats show of it."""
    return _a_folder_below(page, f'<meta name="detente-link" content="path" />{tags}')


def _a_folder_below(page: str, notes: str) -> str:
    return page.replace('="./', '="../').replace("<head>", f"<head>{notes}", 1)


def client_folder() -> Path | None:
    """Find the built client: in the installed package, or in the checkout."""
    return next((place for place in _PLACES if (place / "index.html").is_file()), None)


class OnlyKnown(Mount):
    """The pages for the paths of their files; all other paths are left to other routes."""

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Tell whether a request is for a file."""
        assert isinstance(self.app, Pages)
        is_known = scope["type"] == "http" and scope["path"] in self.app.paths
        return super().matches(scope) if is_known else (Match.NONE, {})


def pages_or_hint(public_url: str | None) -> Pages | Route:
    """Create what serves the client, or a route at / that explains how to build it."""
    folder = client_folder()
    return Route("/", _explain) if folder is None else Pages(folder, public_url)


async def _explain(request: Request) -> PlainTextResponse:
    text = "The browser client is not built. Run: uv sync --reinstall-package detente"
    return PlainTextResponse(text, 503)
