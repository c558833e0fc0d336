"""A facilitator finds a match among many, tags it, and the address leads to it on a phone."""

import re
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from game_rules.records.codec import dumps
from game_rules.records.digest import Digest, digest_of
from game_rules.standing.incidents import Concept
from game_rules.standing.integration import Outlook
from server.database import store_for
from server.store.event_store import MatchId, NewEvent
from server.store.library import MatchLibrary
from server.store.queries import MatchProgress, Queries
from tests.e2e.conftest import PHONE, NewPerson
from tests.e2e.gallery import violations
from tests.e2e.unhurried import UnhurriedServer
from tests.fakes import fresh_database
from tests.golden import matches

MANY, ON_A_PAGE = 34, 30
PESSIMISTIC = 4
"""The match that was played, and each tenth of the others."""
LONG_TITLE = "South China Sea code of conduct"
PLAYED = "rules2_bots_south_china_sea"


async def keep_many(url: str) -> None:
    """Keep a match that was played, and many others that are known by their digests."""
    store = store_for(url)
    await store.open()
    log = matches.log_of(PLAYED)
    bleak = Digest(2, 9, Outlook.PESSIMISTIC, (Concept.CRISIS, Concept.SPIRAL), 3)
    calm = Digest(2, 9, Outlook.OPTIMISTIC, (), 0)
    for number in range(MANY):
        match, is_played = MatchId(f"m{number:02}"), number == 0
        scenario, title = ("south_china_sea", LONG_TITLE) if is_played else ("chicken", "Chicken")
        await Queries(store).create_match(match, scenario, title, 8, 1_790_000_000_000 + number)
        events = log if is_played else log[:1]
        await store.append(match, 0, [NewEvent(dumps(event)) for event in events])
        digest = digest_of(log) if is_played else (bleak if number % 10 == 5 else calm)
        progress = MatchProgress(match, "debrief", 8, 2, True, digest.seats, digest)
        await Queries(store).update_summaries([progress])
    await MatchLibrary(store).change_tags(MatchId("m01"), ["old"], [])
    await store.close()


@pytest.mark.slow
async def test_a_match_is_found_tagged_and_found_again(
    tmp_path: Path, new_person: NewPerson
) -> None:
    await keep_many(fresh_database(tmp_path))
    async with (
        UnhurriedServer(tmp_path) as server,
        new_person(server.url) as host,
        new_person(server.url, viewport=PHONE, is_mobile=True, has_touch=True) as phone,
    ):
        await host.goto(f"/#/host/{server.secret}")
        await host.get_by_role("link", name="Library", exact=True).click()
        rows = host.get_by_role("list", name="Matches").locator("> li")
        await expect(rows).to_have_count(ON_A_PAGE)
        assert await violations(host) == []
        await _more_by_keyboard(host)
        await expect(rows).to_have_count(MANY)
        await _filter(host)
        address = await _tag(host)
        await phone.goto(f"/#/host/{server.secret}")
        await phone.get_by_role("link", name="Library", exact=True).wait_for()
        await _find_on_a_phone(phone, address)


async def _more_by_keyboard(page: Page) -> None:
    await page.get_by_role("button", name="Show more").focus()
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("button", name="Show more")).to_have_count(0)
    first_new = page.get_by_role("list", name="Matches").locator(f"> li:nth-child({ON_A_PAGE + 1})")
    await expect(first_new.get_by_role("link").first).to_be_focused()


async def _filter(page: Page) -> None:
    rows = page.get_by_role("list", name="Matches").locator("> li")
    await page.get_by_role("combobox", name="Outlook", exact=True).select_option("Pessimistic")
    await page.wait_for_url(re.compile("outlook=pessimistic"))
    await expect(rows).to_have_count(PESSIMISTIC)
    for words in ("Outlook: Pessimistic", "Crisis", "Spiral", "3 pledges broken"):
        await expect(rows.first.get_by_role("img", name=words)).to_be_visible()
    await page.get_by_role("combobox", name="Pledges", exact=True).select_option("None broken")
    await expect(page.get_by_text("No match fits these filters.")).to_be_visible()
    assert await violations(page) == []
    await page.get_by_role("button", name="Clear filters").click()
    await expect(rows).to_have_count(ON_A_PAGE)
    await page.get_by_role("combobox", name="Scenario", exact=True).select_option(LONG_TITLE)
    await expect(rows).to_have_count(1)


async def _tag(page: Page) -> str:
    """Tag the match that is left; give the address of all that have the tag."""
    await page.get_by_role("button", name=re.compile("^Tags of")).click()
    await page.get_by_role("textbox", name="Tag").fill("Exam 2026")
    await page.keyboard.press("Enter")
    await page.get_by_role("link", name="exam 2026").click()
    await page.wait_for_url(re.compile("tag=exam"))
    await expect(page.get_by_role("list", name="Matches").locator("> li")).to_have_count(1)
    return page.url


async def _find_on_a_phone(page: Page, address: str) -> None:
    await page.goto(address)
    rows = page.get_by_role("list", name="Matches").locator("> li")
    await expect(rows).to_have_count(1)
    await expect(page.get_by_role("combobox", name="Tag", exact=True)).to_have_value("exam 2026")
    assert await page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert await violations(page) == []
    await rows.get_by_role("link", name=LONG_TITLE, exact=True).click()
    await page.wait_for_url(re.compile("#/replay/m00"))
