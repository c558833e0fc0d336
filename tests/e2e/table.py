"""A person at the table, as a browser sees it."""

import re
from dataclasses import dataclass

from playwright.async_api import Page, expect

from tests.e2e.names import the

ARRIVAL_MS = 20_000


@dataclass
class Person:
    """Somebody with a page open on a match. is_phone: one part of the table at a time."""

    page: Page
    seat: str
    arenas: tuple[str, ...] = ()
    is_phone: bool = False

    async def join(self, code: str, name: str, country: str) -> None:
        """Come in with the code and sit down."""
        await self.page.goto(f"/#/join/{code}")
        await self.page.get_by_label("Your name").fill(name)
        await self.page.get_by_role("button", name="Join", exact=True).click()
        await self.page.get_by_role("button", name=f"Sit here: {country}").click()
        await expect(
            self.page.get_by_role("button", name=f"Leave the seat of {the(country)}")
        ).to_be_visible()

    async def show(self, part: str) -> None:
        """On a phone, bring a part of the table to the front."""
        if self.is_phone:
            tabs = self.page.get_by_role("navigation", name="Parts of the table")
            await tabs.get_by_role("button", name=part).click()

    async def choose(self, action: str) -> None:
        """Choose the same in every arena and in crises, and wait until each is locked in."""
        await self.show("Decide")
        name = re.compile(f"^{action} in (?:{'|'.join(map(re.escape, self.arenas))}|Crisis: .+)$")
        buttons = self.page.get_by_role("button", name=name)
        await expect(buttons.nth(len(self.arenas) - 1)).to_be_attached(timeout=ARRIVAL_MS)
        for button in await buttons.all():
            await button.click()
            await expect(button).to_have_attribute("aria-pressed", "true")
            await expect(button).not_to_have_attribute("aria-busy", "true")

    async def is_locked(self, action: str, arena: str) -> bool:
        """Tell whether the choice stands as locked in."""
        button = self.page.get_by_role("button", name=f"{action} in {arena}", exact=True)
        await expect(button).to_be_visible(timeout=ARRIVAL_MS)
        return await button.get_attribute("aria-pressed") == "true"

    async def ready(self, label: str) -> None:
        """Say ready, under the name that the button has in this phase."""
        await self.page.get_by_role("button", name=label, exact=True).click(timeout=ARRIVAL_MS)

    async def say(self, text: str) -> None:
        """Speak in the room that is open."""
        await self.show("Talk")
        await self.page.locator(".talk textarea").fill(text)
        await self.page.locator(".talk textarea").press("Enter")

    async def figures(self, seats: tuple[str, ...]) -> dict[str, tuple[str, str]]:
        """Read every seat's gain and total as shown."""
        await self.show("Scores")
        shown = {}
        for seat in seats:
            gain = self.page.locator(f"[data-gain={seat}]").first
            total = self.page.locator(f"[data-total={seat}]").first
            shown[seat] = (await gain.inner_text(), await total.inner_text())
        await self.show("Reveal")
        return shown
