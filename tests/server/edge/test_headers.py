"""What every answer tells the browser to be strict about."""

import html
import re
from collections.abc import AsyncGenerator

import httpx
import pytest
from starlette.applications import Starlette

from server.api.served import described
from server.edge import pages
from server.edge.headers import CONTENT_SECURITY_POLICY, EMBED_POLICY, HEADERS
from tests.server.running import make_app, running


@pytest.fixture(scope="module")
async def app(tmp_path_factory: pytest.TempPathFactory) -> Starlette:
    return make_app(tmp_path_factory.mktemp("headers"))


@pytest.fixture(scope="module")
async def client(app: Starlette) -> AsyncGenerator[httpx.AsyncClient]:
    async with running(app) as client:
        yield client


PATHS = (
    "/",
    "/index.html",
    "/icon.svg",
    "/nothing",
    "/api/scenarios",
    "/api/strategies",
    "/api/matches",
    "/api/matches/x",
    "/api/matches/x/log",
    "/api/health/ready",
    "/api/tournaments",
    "/api/seminars",
    "/api/play",
    "/api/library",
    "/api/library/filters",
    "/openapi.json",
)


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("method", ["GET", "POST", "HEAD", "OPTIONS"])
async def test_every_answer_has_every_header(client: httpx.AsyncClient, method: str, path: str):
    answer = await client.request(method, path)
    assert HEADERS.items() <= dict(answer.headers).items()


@pytest.mark.parametrize("path", [path for path in PATHS if path.startswith("/api")])
async def test_no_browser_keeps_what_the_api_answers(client: httpx.AsyncClient, path: str):
    for method in ("GET", "POST"):
        answer = await client.request(method, path)
        assert answer.headers["cache-control"] == "no-store"


def test_every_route_without_a_parameter_is_tried_here():
    asked = described().openapi()["paths"]
    paths = {path for path in asked if "{" not in path and "get" in asked[path]}
    assert paths - {"/api/health/live"} <= {*PATHS}


def test_nothing_but_this_servers_own_pages_runs():
    directives = (directive.partition(" ") for directive in CONTENT_SECURITY_POLICY.split("; "))
    policy = {name: sources for name, _, sources in directives}
    assert policy["script-src"] == policy["style-src"] == policy["default-src"] == "'self'"
    assert policy["frame-ancestors"] == policy["object-src"] == policy["base-uri"] == "'none'"
    assert "unsafe" not in CONTENT_SECURITY_POLICY


async def test_no_other_page_may_read_an_answer(client: httpx.AsyncClient):
    answer = await client.get("/api/scenarios", headers={"origin": "https://evil.example"})
    assert not [name for name in answer.headers if name.startswith("access-control")]


async def test_the_page_is_asked_for_each_time_and_its_hashed_parts_are_kept(
    client: httpx.AsyncClient,
):
    folder = pages.client_folder()
    assert folder is not None, "the browser client is not built"
    asset = next((folder / "assets").glob("*.js"))
    page = await client.get("/")
    part = await client.get(f"/assets/{asset.name}")
    assert page.headers["cache-control"] == "no-cache"
    assert part.headers["cache-control"] == "public, max-age=31536000, immutable"


@pytest.mark.slow(measured=True)
@pytest.mark.parametrize("path", ["/", "/index.html"])
@pytest.mark.parametrize("url", [None, "https://play.example.org/", "https://a.org/it's&more"])
async def test_the_page_knows_how_others_reach_the_server(tmp_path, path: str, url: str | None):
    named = "" if url is None else f'content="{html.escape(url.rstrip("/") + "/")}"'
    async with running(make_app(tmp_path, public_url=url)) as client:
        page = await client.get(path)
        assert ('name="detente-page"' in page.text) is (url is not None)
        assert named in page.text
        assert page.headers["cache-control"] == "no-cache"
        assert (await client.get("/icon.svg")).status_code == 200


async def test_a_server_without_its_client_says_how_to_build_it(
    tmp_path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(pages, "_PLACES", (tmp_path,))
    assert pages.client_folder() is None
    async with running(make_app(tmp_path)) as client:
        answer = await client.get("/")
    assert answer.status_code == 503
    assert "uv sync --reinstall-package detente" in answer.text
    assert HEADERS.items() <= dict(answer.headers).items()


async def test_one_page_alone_may_be_shown_in_a_frame_and_finds_its_files(
    client: httpx.AsyncClient,
):
    page = await client.get("/embed/")
    assert page.status_code == 200
    assert 'name="detente-embed"' in page.text
    script = re.search(r'src="\.\./(assets/[^"]+)"', page.text)
    assert script is not None
    assert '="./' not in page.text
    assert (await client.get(f"/{script[1]}")).status_code == 200
    assert page.headers["content-security-policy"] == EMBED_POLICY
    assert EMBED_POLICY.replace("ancestors *", "ancestors 'none'") == CONTENT_SECURITY_POLICY
    strict = {key: value for key, value in HEADERS.items() if key != "content-security-policy"}
    assert strict.items() <= dict(page.headers).items()
    for path in ("/embed", "/embed/index.html", "/embed/x"):
        other = await client.get(path)
        assert other.status_code == 404
        assert other.headers["content-security-policy"] == CONTENT_SECURITY_POLICY
