"""People of a seminar as a browser sees them: who leads it, and who comes with its code."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from playwright.async_api import Locator, Page, expect

from tests.e2e.conftest import PHONE

PATIENCE_MS = 40_000
READY = re.compile(
    "^(I have read it|Done talking|Done preparing|Done choosing"
    "|Next round|Continue|Go to the debrief)$"
)
CODE = re.compile(r"[0-9A-Z]{4}-[0-9A-Z]{4}")
IS_PHONE = {"viewport": PHONE, "is_mobile": True, "has_touch": True}
SCENARIOS = Path(__file__).parents[2] / "game_rules" / "scenarios"


def write_class_of_eight(folder: Path, absent_s: int) -> None:
    """Write the scenario of eight seats for a class: its autopilot comes after absent_s."""
    text = (SCENARIOS / "seato_1954_1977.toml").read_text()
    path = folder / "seato_1954_1977.toml"
    path.write_text(f"autopilot_after_s = {absent_s}\n{text}")


@dataclass(eq=False)
class Student:
    """Somebody who came to a seminar with its code."""

    page: Page
    name: str
    is_phone: bool = False
    key: str = ""

    async def come(self, code: str) -> None:
        """Scan the code and give a name."""
        await self.page.goto(f"/#/join/{code}")
        await self.page.get_by_label("Your name").fill(self.name)
        await self.page.locator("form button[type=submit]").click()

    async def wait(self, code: str) -> None:
        """Come in before the matches are made, and read the key in the waiting room."""
        await self.come(code)
        shown = self.page.locator(".key .figure")
        await expect(shown).to_be_visible(timeout=PATIENCE_MS)
        self.key = await shown.inner_text()

    async def come_back(self, code: str) -> None:
        """Come in again, from another device, under the same name and with the key."""
        await self.come(code)
        await self.page.get_by_label("Your key").fill(self.key)
        await self.page.locator("form button[type=submit]").click()

    async def seat(self) -> str:
        """Read which country is theirs, at the table."""
        mine = self.page.locator(".me strong")
        await expect(mine).to_be_visible(timeout=PATIENCE_MS)
        return await mine.inner_text()

    async def show(self, part: str) -> None:
        """On a phone, bring a part of the table to the front."""
        if self.is_phone:
            tabs = self.page.get_by_role("navigation", name="Parts of the table")
            await tabs.get_by_role("button", name=re.compile(part)).click()

    async def hears(self, text: str) -> None:
        """Find words in the talk of the table."""
        await self.show("Talk")
        await expect(self.page.get_by_role("log")).to_contain_text(text, timeout=PATIENCE_MS)

    def news(self, title: str) -> Locator:
        """Give the line of the latest news above the arenas, if it has this title."""
        return self.page.get_by_role("button", name=re.compile(f"^News {re.escape(title)}"))

    async def reads_news(self, title: str) -> None:
        """Find the latest news above the arenas."""
        await self.show("Decide")
        await expect(self.news(title)).to_be_visible(timeout=PATIENCE_MS)

    async def order(self) -> Locator:
        """Choose to cooperate in the first arena of theirs; give the button, pressed and stored."""
        await self.show("Decide")
        return await self._choose(self._cooperations.first)

    async def decide(self) -> None:
        """Be ready in every phase until choices are open, and make all of them."""
        button = self.page.get_by_role("button", name=READY)
        while (label := await self._label(button)) != "Done choosing":
            await button.click()
            await expect(self.page.get_by_role("button", name=label, exact=True)).to_have_count(0)
        await self.order()
        for other in (await self._cooperations.all())[1:]:
            await self._choose(other)

    async def ready(self, label: str) -> None:
        """Say ready under one name of the button."""
        button = self.page.get_by_role("button", name=label, exact=True)
        await button.click(timeout=PATIENCE_MS)

    async def seconds_left(self) -> int:
        """Read the clock."""
        face = await self.page.get_by_role("timer").inner_text()
        minutes, seconds = face.split()[-1].split(":")
        return int(minutes) * 60 + int(seconds)

    async def has_more_than(self, seconds: int) -> None:
        """Wait until the clock shows more than this."""
        await self.page.wait_for_function(
            """least => {
              const face = document.querySelector("[role=timer]").textContent;
              const [, minutes, seconds] = /(\\d+):(\\d\\d)/.exec(face) ?? [];
              return minutes * 60 + Number(seconds) > least;
            }""",
            arg=seconds,
            timeout=PATIENCE_MS,
        )

    @property
    def _cooperations(self) -> Locator:
        """The buttons to cooperate, one for each arena of theirs."""
        return self.page.get_by_role("button", name=re.compile("^Cooperate in "))

    async def _choose(self, button: Locator) -> Locator:
        """Press a choice and wait until it is stored."""
        await button.click(timeout=PATIENCE_MS)
        await expect(button).to_have_attribute("aria-pressed", "true")
        await expect(button).not_to_have_attribute("aria-busy", "true")
        return button

    async def _label(self, button: Locator) -> str:
        await expect(button).to_be_visible(timeout=PATIENCE_MS)
        return (await button.inner_text()).strip()


async def pick(page: Page, table: int, power: str) -> None:
    """Choose something in a table's menu on the console."""
    await page.get_by_role("button", name=f"More actions: table {table}", exact=True).click()
    menu = page.get_by_role("menu", name=f"More actions: table {table}")
    await menu.get_by_role("menuitem", name=power, exact=True).click()


@dataclass
class Lead:
    """The facilitator at the console."""

    page: Page

    async def plan_seminar(self, secret: str, name: str, conditions: Iterable[str]) -> None:
        """Fill in the form of a seminar under several conditions."""
        await self.page.goto(f"/#/host/{secret}")
        await self.page.get_by_role("link", name="Seminars").click()
        await self.page.get_by_role("button", name="New seminar").click()
        await self.field("Name of the class").fill(name)
        await self.field("Scenario").select_option("seato_1954_1977")
        for condition in conditions:
            await self.dialog.get_by_role("button", name="Add a condition").click()
            await self.field("Name of the condition").last.fill(condition)

    async def confirm(self, button: str) -> None:
        """Press the button of the open dialog and wait until it has gone."""
        await self.dialog.get_by_role("button", name=button, exact=True).click()
        await expect(self.dialog).to_have_count(0, timeout=PATIENCE_MS)

    async def code(self) -> str:
        """Read the code on the console."""
        shown = self.page.locator(".code").first
        await expect(shown).to_contain_text(CODE, timeout=PATIENCE_MS)
        found = CODE.search(await shown.inner_text())
        assert found is not None
        return found[0]

    @property
    def dialog(self) -> Locator:
        """The dialog that is open."""
        return self.page.locator("dialog[open]")

    def field(self, label: str) -> Locator:
        """Find a field of the open dialog by how its label begins; options belong to a label."""
        return self.dialog.get_by_label(re.compile(f"^\\s*{label}"))

    def match(self, number: int) -> Locator:
        """The panel of a match."""
        return self.page.locator(f'[data-match="{number}"]')

    def seat_of(self, name: str) -> Locator:
        """The seat of somebody, in whatever match."""
        bearer = self.page.locator("bdi").filter(has_text=re.compile(f"^{name}$"))
        return self.page.locator(".seats li").filter(has=bearer)

    async def match_of(self, name: str) -> int:
        """Tell in which match somebody is. For a moment of a move both cards may show them."""
        panel = self.page.locator("[data-match]").filter(has=self.seat_of(name))
        await expect(panel).to_have_count(1, timeout=PATIENCE_MS)
        return int(await panel.get_attribute("data-match", timeout=PATIENCE_MS) or 0)

    async def press(self, button: str) -> None:
        """Press a button for all matches."""
        bar = self.page.get_by_role("region", name="All tables")
        await bar.get_by_role("button", name=button, exact=True).click()

    async def pick(self, table: int, power: str) -> None:
        """Choose something in a table's menu."""
        await pick(self.page, table, power)

    async def write_news(
        self, headline: str, text: str, arena: str, parameter: str, change: str
    ) -> None:
        """Write news on the spot, with what it changes, and bring it."""
        await self.field("From the deck").select_option("Written on the spot")
        await self.field("Headline").fill(headline)
        await self.field("News text").fill(text)
        await self.field("Effect").select_option(arena)
        await self.field("Parameter").select_option(parameter)
        await self.field("Change by").fill(change)
        await self.confirm("Add the news")
