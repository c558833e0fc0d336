"""The built browser client as static files."""

from pathlib import Path

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles
from starlette.responses import PlainTextResponse, Response
from starlette.types import Scope

_HERE = Path(__file__).parents[1]
_PLACES = (_HERE / "client_dist", _HERE.parent / "client" / "web" / "dist")

_YEAR_S = 365 * 24 * 60 * 60


class Pages(StaticFiles):
    """Static files: hashed assets are cached for good, the page that names them never."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Serve a file with its cache header."""
        response = await super().get_response(path, scope)
        is_hashed = path.startswith("assets/")
        rule = f"public, max-age={_YEAR_S}, immutable" if is_hashed else "no-cache"
        response.headers["cache-control"] = rule
        return response


def client_folder() -> Path | None:
    """Find the built client: in the installed package, or in the checkout."""
    return next((place for place in _PLACES if (place / "index.html").is_file()), None)


def install(app: FastAPI) -> None:
    """Serve the client at /, or explain how to build it."""
    folder = client_folder()
    if folder is not None:
        app.mount("/", Pages(directory=folder, html=True))
        return

    @app.get("/")
    async def explain() -> PlainTextResponse:
        text = "The browser client is not built. Run: uv sync --reinstall-package detente"
        return PlainTextResponse(text, 503)
