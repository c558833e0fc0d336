"""The debrief on paper: two pages, and then the pledge audit."""

import re
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from game_rules.bots.casts import DOCTRINE_MIX, cast_on
from game_rules.scenario_files.scenarios import load_scenario
from server.debrief.words import say
from tests.debrief_example import SEED, page_of
from tests.e2e.conftest import NewPerson
from tests.e2e.gallery import speak
from tests.e2e.test_board import PATIENCE_MS, stored_match
from tests.e2e.unhurried import UnhurriedServer

LANGUAGES = ("en", "ur")


async def printed(page: Page) -> int:
    """Count the pages on which a page is printed."""
    paper = await page.pdf(format="A4", prefer_css_page_size=True, print_background=True)
    return len(re.findall(rb"/Type /Page\b", paper))


async def on_two_pages_and_the_audit(page: Page, audit: str) -> None:
    """Check that the audit begins on the third page."""
    whole = await printed(page)
    await page.locator(audit).evaluate("audit => audit.remove()")
    assert (await printed(page), whole > 2) == (2, True)


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_file_is_printed_on_two_pages_and_the_audit(
    new_person: NewPerson, language: str
) -> None:
    async with new_person("http://unused.test") as reader:
        await reader.goto(page_of(language).as_uri())
        await on_two_pages_and_the_audit(reader, "#exhibits")


@pytest.mark.slow
async def test_the_sheet_is_printed_on_two_pages_and_the_audit(
    tmp_path: Path, new_person: NewPerson
) -> None:
    scenario = load_scenario("south_china_sea")
    lineup = {str(seat): cast_on(DOCTRINE_MIX, scenario, seat) for seat in scenario.seats}
    async with UnhurriedServer(tmp_path) as server, new_person(server.url) as reader:
        match = await stored_match(server, lineup, scenario=scenario.name, seed=SEED)
        await reader.goto(f"/#/host/{server.secret}")
        await reader.get_by_role("heading").first.wait_for()
        for language in LANGUAGES:
            await reader.goto(f"/#/debrief/{match}")
            await speak(reader, language)
            verdict = reader.get_by_role("heading", name=say(language, "section.verdict"))
            await expect(verdict).to_be_visible(timeout=PATIENCE_MS)
            await on_two_pages_and_the_audit(reader, ".audit")
            await reader.goto("about:blank")
