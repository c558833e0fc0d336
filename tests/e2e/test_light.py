"""What a phone in a slow room loads before it can join."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Page, expect

from tests.e2e.conftest import NewPerson
from tests.e2e.unhurried import UnhurriedServer

NAME_FIELD_BYTES, FIRST_LOAD_BYTES = 70_000, 300_000
ELSEWHERE = {"Console", "Replay", "Tournament", "Debrief"}
"""Pages that nobody needs to join."""


@pytest.mark.slow
@pytest.mark.parametrize(
    ("locale", "name"),
    [("en-GB", "Your name"), ("ur-PK", "آپ کا نام")],
)
async def test_joining_loads_little_and_nothing_of_other_pages(
    tmp_path: Path, new_person: NewPerson, locale: str, name: str
) -> None:
    async with (
        UnhurriedServer(tmp_path, tmp_path) as server,
        new_person(server.url, locale=locale) as page,
    ):
        match = await server.post(
            "/api/matches", {"scenario": "south_china_sea"}, await server.host_token()
        )
        async with _counting(page) as loaded:
            await page.goto(f"/#/join/{match['code']}")
            await expect(page.get_by_label(name)).to_be_focused()
            assert 0 < sum(loaded.values()) <= NAME_FIELD_BYTES, loaded
            await page.get_by_label(name).fill("Ada")
            await page.keyboard.press("Enter")
            await expect(page.locator("li button, article button").first).to_be_visible()
            await page.wait_for_load_state("networkidle")
        assert sum(loaded.values()) <= FIRST_LOAD_BYTES, loaded
        names = {url.rsplit("/", 1)[-1].split("-")[0] for url in loaded}
        assert "Match" in names
        assert names.isdisjoint(ELSEWHERE), names
        assert {"en", "ur"} & names == {locale.partition("-")[0]}


@asynccontextmanager
async def _counting(page: Page) -> AsyncGenerator[dict[str, float]]:
    """Count the bytes that come over the wire, by address, heads of answers included."""
    urls: dict[str, str] = {}
    loaded: dict[str, float] = {}
    line = await page.context.new_cdp_session(page)

    def began(event: dict[str, Any]) -> None:
        urls[event["requestId"]] = event["request"]["url"]

    def ended(event: dict[str, Any]) -> None:
        url = urls[event["requestId"]]
        loaded[url] = loaded.get(url, 0) + event["encodedDataLength"]

    line.on("Network.requestWillBeSent", began)
    line.on("Network.loadingFinished", ended)
    await line.send("Network.enable")
    yield loaded
    await line.detach()
