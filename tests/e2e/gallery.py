"""Every screen as people see it: wide and on a phone, in both languages, as pictures and to axe.

Pictures are kept in the folder that DETENTE_ARTEFACTS names, or in artefacts/screens here.
"""

import os
from collections.abc import Awaitable, Callable
from pathlib import Path

from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Page, ViewportSize, expect

from tests.e2e.conftest import PHONE, WIDE

HOME = Path(__file__).parents[2] / "artefacts" / "screens"
LANGUAGES = {"en": "English", "ur": "اردو"}
PARTS = {"map": 0, "decide": 1, "talk": 2, "scores": 3}
"""The parts of the table that a phone shows one at a time, as they stand in its bar."""

Act = Callable[[], Awaitable[object]]


class Gallery:
    """Pictures of screens, and what is wrong with them."""

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder or Path(os.environ.get("DETENTE_ARTEFACTS", HOME))
        self.folder.mkdir(parents=True, exist_ok=True)
        self.complaints: list[str] = []

    async def look(self, page: Page, name: str, open_it: Act | None = None) -> None:
        """Look at a screen in both languages and widths. open_it: opens a dialog on it first."""
        for language in LANGUAGES:
            await speak(page, language)
            if open_it is not None:
                await open_it()
            await self._look(page, f"{name}-{language}", WIDE)
            await self._look(page, f"{name}-{language}", PHONE)
            if open_it is not None:
                await page.keyboard.press("Escape")
                await expect(page.locator("dialog[open]")).to_have_count(0)
        await page.set_viewport_size(WIDE)
        await speak(page, "en")

    async def look_at_table(self, page: Page, name: str, parts: tuple[str, ...]) -> None:
        """Look at a table: whole where there is room, and part by part on a phone."""
        for language in LANGUAGES:
            await speak(page, language)
            await self._look(page, f"{name}-{language}", WIDE)
            await page.set_viewport_size(PHONE)
            for part in parts:
                await page.locator(".tabs button").nth(PARTS[part]).click()
                await self._look(page, f"{name}-{part}-{language}", PHONE)
            await page.set_viewport_size(WIDE)
        await speak(page, "en")

    async def keep(self, page: Page, name: str) -> None:
        """Keep a picture of the whole page, or of the window where a dialog is open.

        Its name ends with its width.
        """
        await page.evaluate("document.fonts.ready.then(() => scrollTo(0, 0))")
        width = (page.viewport_size or WIDE)["width"]
        is_whole = await page.locator("dialog[open]").count() == 0
        await page.screenshot(path=self.folder / f"{name}-{width}.png", full_page=is_whole)

    async def _look(self, page: Page, name: str, size: ViewportSize) -> None:
        width = size["width"]
        await page.set_viewport_size(size)
        await self.keep(page, name)
        widest = await page.evaluate("document.documentElement.scrollWidth")
        if widest > width:
            self.complaints.append(f"{name}-{width}: {widest - width} px stick out sideways")
        self.complaints += [f"{name}-{width}: {wrong}" for wrong in await violations(page)]


async def speak(page: Page, language: str) -> None:
    """Choose a language in the bar at the top, unless it is spoken already."""
    root = page.locator("html")
    if await root.get_attribute("lang") != language:
        await page.get_by_role("button", name=LANGUAGES[language]).click()
    await expect(root).to_have_attribute("lang", language)


async def violations(page: Page) -> list[str]:
    """Ask axe what is wrong with a page as it stands."""
    found = await Axe().run(page)
    return [f"{v['id']}: {v['nodes'][0]['html']}" for v in found.response["violations"]]
