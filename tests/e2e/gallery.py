"""Every screen as people see it: wide and on a phone, in both languages, to axe and as pictures.

In Urdu every word is looked at too: Latin letters are left to names, codes and what people wrote.

Pictures are kept in the folder that DETENTE_ARTEFACTS names, if it is set: they take time.
"""

import os
import re
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager

from axe_playwright_python.base import AXE_SCRIPT
from playwright.async_api import Page, ViewportSize, expect

from game_rules.strategies import strategies
from tests.e2e.conftest import COLOURS, PHONE, WIDE
from tests.e2e.fit import misfits

LANGUAGES = {"en": "English", "ur": "اردو"}
PARTS = {"map": 0, "decide": 1, "talk": 2, "scores": 3}
"""The parts of the table that a phone shows one at a time, as they stand in its bar."""

READ = """() => {
  const said = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (element.closest("script, style, noscript, kbd, .aloud[aria-live]")) continue;
    const shown = element.closest("option")?.parentElement ?? element;
    if (shown.checkVisibility()) said.push(walker.currentNode.data);
  }
  for (const name of ["aria-label", "title", "placeholder", "alt", "label"])
    for (const element of document.body.querySelectorAll(`[${name}]`))
      if (element.checkVisibility()) said.push(element.getAttribute(name));
  return said;
}"""
"""Everything that is read on a page, and what is read aloud in its place."""

LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]{2,}")
BY_DESIGN = re.compile(
    r"https?://\S+|\b[0-9A-Z]{4}-[0-9A-Z]{4}\b|\b[0-9a-f]{12,}\b|\b[0-9A-HJ-NP-Z]{6}\b|\b[CD]{2,}\b"
    r"|\bdetente verify FILE\b|\.jsonl\b|\b(?:CSV|Excel|English)\b"
)
"""Addresses, codes, seeds, keys, actions, and the few words that are Latin in every language."""
TITLES = tuple(sorted((strategy.title for strategy in strategies()), key=len, reverse=True))
"""Strategies are called in Urdu what the literature calls them, where they have no Urdu name."""

Act = Callable[[], Awaitable[object]]


class Gallery:
    """Screens: what is wrong with them, and pictures of them."""

    def __init__(self, names: Iterable[str] = ()) -> None:
        """names: what people in the test are called and wrote, in Latin letters."""
        self.names = (*names, *TITLES)
        self.folder = os.environ.get("DETENTE_ARTEFACTS")
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

    async def look_afresh(self, page: Page, name: str, come: Act) -> None:
        """Look at what a page says once, when somebody comes to it; come: brings them there."""
        for language in LANGUAGES:
            await page.set_viewport_size(WIDE)
            await speak(page, language)
            await come()
            await self._look(page, f"{name}-{language}", WIDE)
            await self._look(page, f"{name}-{language}", PHONE)

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

    @asynccontextmanager
    async def by_night(self, page: Page) -> AsyncGenerator[None]:
        """Show a page as to somebody whose system is dark."""
        await page.emulate_media(color_scheme="dark")
        yield
        await page.emulate_media(color_scheme=COLOURS)

    async def keep(self, page: Page, name: str) -> None:
        """Keep a picture of the whole page, or of the window where a dialog is open, if asked to.

        Its name ends with its width.
        """
        if not self.folder:
            return
        width = (page.viewport_size or WIDE)["width"]
        is_whole = await page.locator("dialog[open]").count() == 0
        await page.screenshot(path=f"{self.folder}/{name}-{width}.png", full_page=is_whole)

    async def _look(self, page: Page, name: str, size: ViewportSize) -> None:
        width = size["width"]
        await page.set_viewport_size(size)
        await page.evaluate("document.fonts.ready.then(() => scrollTo(0, 0))")
        await expect(page.locator("[lang][aria-busy]")).to_have_count(0)
        await page.evaluate(SETTLED)
        await self.keep(page, name)
        self.complaints += [f"{name}-{width}: {misfit}" for misfit in await misfits(page)]
        is_urdu = name.endswith("-ur")
        found = await violations(page, colours=not is_urdu)
        self.complaints += [f"{name}-{width}: {wrong}" for wrong in found]
        if is_urdu:
            english = latin(await page.evaluate(READ), self.names)
            self.complaints += [f"{name}-{width}: in English: {words}" for words in english]


async def speak(page: Page, language: str) -> None:
    """Choose a language in the bar at the top, unless it is spoken already."""
    root = page.locator("html")
    if await root.get_attribute("lang") != language:
        await page.get_by_role("button", name=LANGUAGES[language]).click()
    await expect(root).to_have_attribute("lang", language)


def latin(said: Iterable[str], names: Iterable[str]) -> list[str]:
    """Give what has words in Latin letters beside the names that may."""
    found = {" ".join(text.split()) for text in said if LATIN.search(_without(text, names))}
    return sorted(found)


def _without(text: str, names: Iterable[str]) -> str:
    for name in names:
        text = text.replace(name, "")
    for cut in re.findall(r"\w[^\u2068]*(?=\u2026)", text):
        if any(name.startswith(cut) for name in names):
            text = text.replace(cut, "")
    return BY_DESIGN.sub("", text)


SETTLED = """async () => {
  const frame = () => new Promise((drawn) => requestAnimationFrame(drawn));
  await frame();
  await frame();
  const ending = (each) => Number.isFinite(each.effect.getComputedTiming().endTime);
  await Promise.allSettled(document.getAnimations().filter(ending).map((each) => each.finished));
}"""
"""A button that has just come to life is between two colours for a moment, and a box of another
width learns whether it scrolls when it is drawn."""

ASK_AXE = """async (enabled) => (await axe.run({
  resultTypes: ["violations"], rules: { "color-contrast": { enabled } } })).violations
  .map((each) => `${each.id}: ${each.nodes[0].html}`)"""


async def violations(page: Page, *, colours: bool = True) -> list[str]:
    """Ask axe what is wrong with a page as it stands.

    colours: look at them, too. That takes two thirds of the time, and no language has its own:
    `tests/client/test_styles.py` holds that.
    """
    await page.evaluate(SETTLED)
    if not await page.evaluate("'axe' in window"):  # to bring it takes longer than to ask it
        await page.evaluate(AXE_SCRIPT)
    return await page.evaluate(ASK_AXE, colours)
