"""Answers that are the same for everybody are worked out once."""

import gzip
from collections.abc import AsyncGenerator
from pathlib import Path

import httpx
import pytest

from server.api import scenarios
from server.edge import pages
from tests.server.running import make_app, running

PAGE, PART = "<title>Détente</title>", "export const a = 1;\n" * 10_000


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A built client of two files."""
    built = tmp_path / "dist"
    (built / "assets").mkdir(parents=True)
    (built / "index.html").write_text(PAGE)
    (built / "assets" / "a.js").write_text(PART)
    monkeypatch.setattr(pages, "_PLACES", (built,))
    return built


@pytest.fixture
async def client(folder: Path, tmp_path: Path) -> AsyncGenerator[httpx.AsyncClient]:
    async with running(make_app(tmp_path)) as client:
        yield client


@pytest.mark.parametrize("path", ["/", "/index.html", "/assets/a.js"])
async def test_a_file_is_read_once(client: httpx.AsyncClient, folder: Path, path: str):
    first = await client.get(path)
    for file in (folder / "index.html", folder / "assets" / "a.js"):
        file.unlink()
    second, head = await client.get(path), await client.head(path)
    assert (second.status_code, second.text) == (200, first.text)
    assert second.headers == first.headers == head.headers
    assert head.text == ""


async def test_who_has_a_file_is_told_so(client: httpx.AsyncClient):
    for _ in range(2):  # from the disk, from memory
        whole = await client.get("/assets/a.js")
        again = await client.get("/assets/a.js", headers={"if-none-match": whole.headers["etag"]})
        other = await client.get("/assets/a.js", headers={"if-none-match": '"old"'})
        assert (again.status_code, again.text, other.status_code) == (304, "", 200)
        assert "content-length" not in again.headers
        assert again.headers["cache-control"] == whole.headers["cache-control"]


async def test_half_a_file_is_not_kept(client: httpx.AsyncClient):
    part = await client.get("/assets/a.js", headers={"range": "bytes=0-5"})
    assert (part.status_code, part.text) == (206, PART[:6])
    assert (await client.get("/assets/a.js")).text == PART


@pytest.mark.parametrize("path", ["/nothing", "/assets", "/assets//a.js", "/assets/%2e/a.js"])
async def test_another_spelling_of_a_path_is_unknown(client: httpx.AsyncClient, path: str):
    """Each would be read from the disk, or kept beside the others."""
    asked = client.build_request("GET", "/")
    asked.url = asked.url.copy_with(raw_path=path.encode())
    assert (await client.send(asked)).status_code == 404


@pytest.mark.parametrize("path", ["/api/strategies", "/api/scenarios", "/api/scenarios/plain"])
async def test_a_list_is_written_once(
    client: httpx.AsyncClient, path: str, monkeypatch: pytest.MonkeyPatch
):
    first = await client.get(path)
    assert first.status_code == 200
    for work in ("strategies", "_card", "to_json"):
        monkeypatch.setattr(scenarios, work, None)  # whatever works it out again fails
    assert (await client.get(path)).text == first.text


@pytest.mark.slow
@pytest.mark.parametrize(
    ("asked", "sent"),
    [
        ("gzip, deflate, br", "br"),
        ("GZIP", "gzip"),
        ("br;q=0, gzip;q=0.5", "gzip"),
        ("identity", None),
        ("", None),
    ],
)
async def test_a_file_is_sent_in_the_smallest_form_the_browser_takes(
    folder: Path, asked: str, sent: str | None
):
    forms = {"br": b"small", "gzip": gzip.compress(PART.encode())}
    (folder / "assets" / "a.js.br").write_bytes(forms["br"])
    (folder / "assets" / "a.js.gz").write_bytes(forms["gzip"])
    async with running(make_app(folder.parent)) as client:
        for _ in range(2):  # from the disk, from memory
            answer, body = await _raw(client, "/assets/a.js", asked)
            assert body == (PART.encode() if sent is None else forms[sent])
            assert answer.headers.get("content-encoding") == sent
            assert answer.headers["content-type"].startswith("text/javascript")
            assert "accept-encoding" in answer.headers["vary"].lower()
            assert "immutable" in answer.headers["cache-control"]
        assert (await client.get("/assets/a.js.br")).status_code == 404


async def test_long_answers_of_the_api_are_compressed(client: httpx.AsyncClient):
    answer, body = await _raw(client, "/api/strategies", "gzip")
    plain, whole = await _raw(client, "/api/strategies", "identity")
    assert answer.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert gzip.decompress(body) == whole
    assert len(body) < len(whole) / 2


async def _raw(client: httpx.AsyncClient, path: str, form: str) -> tuple[httpx.Response, bytes]:
    """Ask for a path, and give the answer with its bytes as they were sent."""
    async with client.stream("GET", path, headers={"accept-encoding": form}) as answer:
        return answer, b"".join([part async for part in answer.aiter_raw()])
