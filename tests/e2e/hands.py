"""Somebody at a keyboard with a screen reader and no mouse: Tab, keys, and what is read aloud."""

import re
from typing import Any

from playwright.async_api import Page, expect

PATIENCE_MS = 40_000
MOST_TABS = 400
MOST_OPTIONS = 60

_LISTEN = """() => {
  window.__heard = [];
  const regions = "[aria-live], [role=status], [role=alert], [role=log]";
  const listen = () => new MutationObserver((changes) => {
    for (const change of changes) {
      const node = change.target instanceof Element ? change.target : change.target.parentElement;
      const region = node?.closest(regions);
      const dialog = [...document.querySelectorAll("dialog:modal")].at(-1);
      if (region && (!dialog || dialog.contains(region))) window.__heard.push(region.textContent);
    }
  }).observe(document.body, { subtree: true, childList: true, characterData: true });
  if (document.body) listen(); else addEventListener("DOMContentLoaded", listen);
}"""
"""Keeps what live regions say; behind an open dialog nothing is read aloud."""

_IS_SOMEWHERE = """() => {
  const at = document.activeElement;
  return at !== null && at !== document.body && at.isConnected && at.checkVisibility();
}"""


class Hands:
    """One page, used without a mouse."""

    def __init__(self, page: Page) -> None:
        self.page = page

    async def listen(self) -> None:
        """Begin to keep what is read aloud, on this page and every one that follows in it."""
        await self.page.add_init_script(f"({_LISTEN})()")

    async def mark(self) -> int:
        """Remember how much has been said so far."""
        return await self.page.evaluate("window.__heard.length")

    async def hears(self, words: str, since: int = 0) -> None:
        """Wait until something is said that contains these words."""
        try:
            await self.page.wait_for_function(
                "([words, since]) => window.__heard.slice(since).some((x) => x.includes(words))",
                arg=[words, since],
                timeout=PATIENCE_MS,
            )
        except Exception as error:
            heard = await self.page.evaluate("window.__heard")
            raise AssertionError(f"{words!r} was not said; heard {heard[since:]}") from error

    async def sits(self) -> None:
        """Wait until the focus is on something that is there to be seen, and not on the page."""
        try:
            await self.page.wait_for_function(_IS_SOMEWHERE, timeout=PATIENCE_MS)
        except Exception as error:
            raise AssertionError("the focus is nowhere") from error

    async def reach(self, role: Any, name: str | re.Pattern[str]) -> None:
        """Press Tab until something has the focus."""
        exact = isinstance(name, str)
        wanted = self.page.get_by_role(role, name=name, exact=exact)
        await expect(wanted.first).to_be_attached(timeout=PATIENCE_MS)
        for _ in range(MOST_TABS):
            if await wanted.evaluate_all("all => all.some(x => x === document.activeElement)"):
                return
            await self.page.keyboard.press("Tab")
        raise AssertionError(f"no Tab leads to the {role} {name!r}")

    async def press(self, role: Any, name: str | re.Pattern[str]) -> None:
        """Go to a button or link by Tab and press Enter."""
        await self.reach(role, name)
        await self.page.keyboard.press("Enter")

    async def pick(self, table: int, power: str) -> None:
        """Open a table's menu on the console, go down to something in it and press Enter."""
        await self.press("button", f"More actions: table {table}")
        items = self.page.get_by_role("menu").get_by_role("menuitem")
        wanted = items.filter(has_text=re.compile(f"^{re.escape(power)}$"))
        await expect(wanted).to_have_count(1, timeout=PATIENCE_MS)
        for _ in range(await items.count()):
            if await wanted.evaluate("item => item === document.activeElement"):
                return await self.page.keyboard.press("Enter")
            await self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"no arrow leads to {power!r}")

    async def fill(self, label: str, words: str) -> None:
        """Go to a field by Tab and type."""
        await self.reach("textbox", label)
        await self.page.keyboard.press("Control+a")
        await self.page.keyboard.type(words)

    async def choose(self, label: str | re.Pattern[str], option: str) -> None:
        """Go to a list by Tab and down it to what begins so."""
        await self.reach("combobox", label)
        await self.page.keyboard.press("Home")
        for _ in range(MOST_OPTIONS):
            chosen = await self.page.evaluate(
                "document.activeElement.selectedOptions[0]?.textContent.trim() ?? ''"
            )
            if chosen.startswith(option):
                return
            await self.page.keyboard.press("ArrowDown")
        found = await self.page.evaluate("document.activeElement.outerHTML.slice(0, 500)")
        raise AssertionError(f"no option begins with {option!r} in {found}")

    async def key(self, key: str) -> None:
        """Press one key."""
        await self.page.keyboard.press(key)

    async def stands_on(self, selector: str) -> None:
        """Wait until the focus is on, or within, a part of the page."""
        try:
            await self.page.wait_for_function(
                "x => document.querySelector(x)?.contains(document.activeElement)",
                arg=selector,
                timeout=PATIENCE_MS,
            )
        except Exception as error:
            found = await self.page.evaluate("document.activeElement?.outerHTML.slice(0, 200)")
            raise AssertionError(f"the focus is not in {selector}, but on {found}") from error
