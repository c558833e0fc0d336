"""A match that has ended, opened by who took part, by a stranger, and by whoever has the link."""

import re
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from tests.e2e.conftest import PHONE, NewPerson
from tests.e2e.gallery import violations
from tests.e2e.table import Person
from tests.e2e.unhurried import UnhurriedServer

SHUT = "those who took part can read everything"
REMEDY = re.compile("[Aa]sk the facilitator to open it to anyone with the link")
OPENING = "Open to anyone with the link"


@pytest.mark.slow
async def test_an_ended_match_is_shut_to_strangers_until_its_facilitator_opens_it(
    tmp_path: Path, new_person: NewPerson
) -> None:
    async with (
        UnhurriedServer(tmp_path) as server,
        new_person(server.url, viewport=PHONE) as player,
        new_person(server.url) as lead,
        new_person(server.url) as stranger,
    ):
        body = {"scenario": "chicken", "pace": None, "seed": "7", "is_repeatable": True}
        made = await server.post("/api/matches", body, await server.host_token())
        replay, join = f"/#/replay/{made['match']}", f"/#/join/{made['code']}"
        await player.goto(join)
        await expect(player.get_by_text(SHUT)).to_be_visible()
        await Person(player, "ROW").join(made["code"], "Ada", "Row")
        await expect(player.get_by_text(SHUT)).to_be_visible()
        await lead.goto(f"/#/host/{server.secret}")
        await lead.get_by_role("button", name="Lead this match").click()
        await lead.get_by_role("button", name="Start the match").click()
        await lead.get_by_role("button", name="Start with empty seats").click()
        await lead.get_by_role("button", name="End the match").click()
        await lead.get_by_role("button", name="End it").click()

        await _reads(player, replay)
        await player.get_by_role("button", name="Show the moments").click()
        await expect(player.get_by_text("In no round would the other choice")).to_be_visible()
        for address in (replay, f"/#/debrief/{made['match']}", f"/#/join/{made['code']}"):
            await stranger.goto(address)
            await expect(stranger.get_by_text(REMEDY)).to_be_visible()
        await lead.get_by_role("button", name="After the end").click()
        await lead.get_by_role("checkbox", name=OPENING).check()
        await expect(
            lead.locator("dialog p").get_by_text("anyone with the link can read")
        ).to_be_visible()
        assert await violations(lead) == []
        await stranger.reload()
        await stranger.get_by_role("link", name="Watch the replay").click()
        await _reads(stranger, None)
        await _passes_on(stranger, made["match"])
        await lead.get_by_role("checkbox", name=OPENING).uncheck()
        await expect(
            lead.locator("dialog p").get_by_text("The facilitator can open")
        ).to_be_visible()
        await stranger.reload()
        await expect(stranger.get_by_text(REMEDY)).to_be_visible()


async def _passes_on(page: Page, match: str) -> None:
    """Copy the link to a point, which has a card for chats, and open it: the same point."""
    await page.keyboard.press("End")
    await expect(page).to_have_url(re.compile(r"#/replay/[^?]+\?at="))
    here = page.url
    await page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    await page.get_by_role("button", name="Copy link to this point").click()
    await page.locator("[aria-live]", has_text="Link copied").first.wait_for(state="attached")
    link = await page.evaluate("navigator.clipboard.readText()")
    assert link == here.replace("/#/", "/")
    for address in (link, link.replace("/replay/", "/debrief/")):
        await page.goto("about:blank")
        answer = await page.goto(address)
        assert answer is not None
        assert 'property="og:title" content="Chicken"' in await answer.text()
        await expect(page).to_have_url(
            address.replace("/replay/", "/#/replay/").replace("/debrief/", "/#/debrief/")
        )
        await page.get_by_role("heading", name="Chicken").first.wait_for()


async def _reads(page: Page, address: str | None) -> None:
    """Open a replay, and save a table of it."""
    if address is not None:
        await page.goto(address)
    await page.get_by_role("slider").wait_for()
    async with page.expect_download() as download:
        await page.get_by_role("button", name="Download the record").click()
    assert (await download.value).suggested_filename.startswith("chicken-")
