"""A person who has a keyboard and a screen reader: no mouse, no sight.

Every press is checked: the focus is somewhere, it is in sight, and it can be seen. What is read
aloud is what changes in the page's two live regions.
"""

from dataclasses import dataclass, field

from playwright.async_api import Error, Locator, Page, expect

from tests.e2e.table import ARRIVAL_MS

MOST_STOPS = 250
LISTEN = """
window.heard = [];
new MutationObserver((changes) => {
  for (const { target } of changes) {
    const region = (target.nodeType === 1 ? target : target.parentElement)?.closest("[aria-live]");
    if (!region || region.getAttribute("aria-live") === "off") continue;
    const words = region.textContent.trim();
    if (words) window.heard.push(words.replace(/[\\u2066-\\u2069]/g, ""));
  }
}).observe(document, { subtree: true, childList: true, characterData: true });
"""
"""Keeps whatever a live region comes to say; without the marks that isolate directions."""

FOCUS = """() => {
  const at = document.activeElement;
  if (at === null || at === document.body) return "it is lost";
  if (at.matches("main")) return "";  // a page that was just opened
  const { top, bottom, left, right } = at.getBoundingClientRect();
  const isInSight = bottom > 0 && top < innerHeight && right > 0 && left < innerWidth;
  const called = at.outerHTML.slice(0, 200);
  if (!isInSight || !at.checkVisibility()) return `it is out of sight: ${called}`;
  const shapes = [at, at.nextElementSibling].filter(Boolean).map((each) => getComputedStyle(each));
  const ring = shapes.some((each) => each.outlineStyle !== "none" && parseFloat(each.outlineWidth));
  return ring ? "" : `it cannot be seen: ${called}`;
}"""
"""Says what is wrong with where the focus is; nothing, if nothing is."""


@dataclass
class Hand:
    """Somebody at a keyboard. read: how much of what was heard counts no more."""

    page: Page
    name: str
    read: int = field(default=0)

    @classmethod
    async def at(cls, page: Page, name: str) -> "Hand":
        """Sit down before a page that was not opened yet."""
        await page.add_init_script(LISTEN)
        return cls(page, name)

    async def press(self, *keys: str) -> None:
        """Press keys one after another; the focus never gets lost."""
        for key in keys:
            await self.page.keyboard.press(key)
            await self.keeps_focus(f"after {key}")

    async def type(self, text: str) -> None:
        """Write into what has the focus."""
        await self.page.keyboard.type(text)

    async def keeps_focus(self, when: str) -> None:
        """Wait until the focus is somewhere (what vanishes hands it on within a frame or two)."""
        try:
            await self.page.wait_for_function(f"() => ({FOCUS})() === ''", timeout=ARRIVAL_MS)
        except Error as error:
            wrong = await self.page.evaluate(FOCUS)
            raise AssertionError(f"{self.name}'s focus {when}: {wrong}") from error

    async def has(self, target: Locator) -> bool:
        """Tell whether the focus is on it."""
        if await target.count() == 0:
            return False
        return await target.first.evaluate("(each) => each === document.activeElement")

    async def go(self, target: Locator, back: bool = False) -> None:
        """Tab until the focus is on it."""
        await expect(target.first).to_be_visible()
        for _ in range(MOST_STOPS):
            if await self.has(target):
                await self.keeps_focus("on the way")
                return
            await self.page.keyboard.press("Shift+Tab" if back else "Tab")
        stops = await self.page.evaluate("document.activeElement.outerHTML.slice(0, 200)")
        raise AssertionError(f"{self.name}: Tab never comes to {target}; it stands at {stops}")

    async def use(self, target: Locator, key: str = "Enter", back: bool = False) -> None:
        """Tab to it and press it."""
        await self.go(target, back)
        await self.press(key)

    async def pick(self, radio: Locator, back: bool = False) -> None:
        """Tab to a group of radio buttons, and go to one of them with the arrows."""
        name = await radio.first.get_attribute("name")
        group = self.page.locator(f'input[type=radio][name="{name}"]')
        for _ in range(MOST_STOPS):
            if await self.page.evaluate("(name) => document.activeElement.name === name", name):
                break
            await self.page.keyboard.press("Shift+Tab" if back else "Tab")
        else:
            raise AssertionError(f"{self.name}: Tab never comes to the group of {radio}")
        if await self.has(radio) and not await radio.is_checked():
            await self.press("Space")
        for _ in range(await group.count()):
            if await radio.is_checked():
                break
            await self.press("ArrowDown")
        await expect(radio).to_be_checked()

    async def tick(self, box: Locator) -> None:
        """Tab to a box and tick it."""
        await self.go(box)
        if not await box.is_checked():
            await self.press("Space")
        await expect(box).to_be_checked()

    async def hears(self, words: str) -> None:
        """Wait until words are read aloud that were not read before the last thing heard."""
        try:
            await self.page.wait_for_function(
                "([from, words]) => window.heard.slice(from).some((each) => each.includes(words))",
                arg=[self.read, words],
                timeout=ARRIVAL_MS,
            )
        except Error as error:
            said = await self.page.evaluate("(from) => window.heard.slice(from)", self.read)
            raise AssertionError(f"{self.name} never heard {words!r}, only {said}") from error

    async def heard(self) -> list[str]:
        """Give all that was read aloud so far."""
        return await self.page.evaluate("window.heard")

    async def listen_from_here(self) -> None:
        """Count only what is read aloud from now on."""
        self.read = await self.page.evaluate("window.heard.length")


async def nameless(page: Page) -> list[str]:
    """Give the stops of the Tab key that assistive technology has no name for."""
    client = await page.context.new_cdp_session(page)
    tree = await client.send("Accessibility.getFullAXTree")
    await client.detach()
    found = []
    for node in tree["nodes"]:
        flags = {each["name"]: each["value"].get("value") for each in node.get("properties", [])}
        role = node.get("role", {}).get("value", "")
        is_stop = bool(flags.get("focusable")) and role not in ("RootWebArea", "generic", "main")
        if (
            is_stop
            and not node.get("ignored")
            and not node.get("name", {}).get("value", "").strip()
        ):
            found.append(f"{role} {node.get('backendDOMNodeId')}")
    return found
