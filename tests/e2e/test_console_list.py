"""The list of keys tells the truth: each key of the console does what the list says of it."""

from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from playwright.async_api import expect

from tests.e2e.classroom import PATIENCE_MS, Lead, Student
from tests.e2e.conftest import NewPerson
from tests.e2e.hands import Hands
from tests.e2e.unhurried import UnhurriedServer

Check = Callable[[], Awaitable[None]]


class Desk:
    """A console with one match, past nothing yet, and what each of its keys has to do."""

    def __init__(self, hands: Hands) -> None:
        self.hands, self.page = hands, hands.page

    async def listed(self) -> dict[str, list[str]]:
        """Open the list of keys by its own key; give what each line of the console's part means."""
        await self.hands.key("?")
        await self.hands.stands_on("dialog[open]")
        part = self.page.locator("dialog[open] h3:text-is('On the console') + dl > div")
        rows = {
            await row.locator("dd").inner_text(): await row.locator("kbd").all_inner_texts()
            for row in await part.all()
        }
        await self.hands.key("Escape")
        await expect(self.page.locator("dialog[open]")).to_have_count(0)
        return rows

    async def opens(self, key: str, title: str) -> None:
        """A key opens a dialog, in which the same key is a letter; Escape closes it."""
        await self.hands.key(key)
        dialog = self.page.locator("dialog[open]")
        await expect(dialog.get_by_role("heading", name=title)).to_be_visible(timeout=PATIENCE_MS)
        await self.hands.key("Escape")
        await expect(dialog).to_have_count(0)
        await self.hands.stands_on('[data-match="1"]')

    async def says(self, key: str, words: str) -> None:
        """A key does something that is said."""
        mark = await self.hands.mark()
        await self.hands.key(key)
        await self.hands.hears(words, mark)

    async def chooses(self) -> None:
        """The digits lead to a match, and 0 to the bar of all."""
        await self.hands.key("0")
        await self.hands.stands_on("#all-matches")
        await self.hands.key("1")
        await self.hands.stands_on('[data-match="1"]')

    async def pauses(self) -> None:
        """One key pauses and resumes."""
        await self.says("p", "Table 1: paused.")
        clock = self.page.locator("[data-match] .clock")
        await expect(clock).to_contain_text("paused", timeout=PATIENCE_MS)
        await self.says("p", "Table 1: resumed.")
        await expect(clock).not_to_contain_text("paused", timeout=PATIENCE_MS)
        await self.is_quick()

    async def is_quick(self) -> None:
        """Two keys at once are two acts: the second waits until the card shows the first."""
        mark = await self.hands.mark()
        await self.hands.key("p")
        await self.hands.key("p")
        await self.hands.hears("Table 1: paused.", mark)
        await self.hands.hears("Table 1: resumed.", mark)
        heard = await self.page.evaluate("x => window.__heard.slice(x).join(' ')", mark)
        more = heard.replace("Table 1: paused.", "").replace("Table 1: resumed.", "")
        assert more.strip() == "", heard

    async def moves(self) -> None:
        """With one match only its seats are asked for, and nobody moves before one is chosen."""
        await self.hands.press("button", "Move: Ada")
        dialog = self.page.get_by_role("dialog", name="Move Ada")
        await expect(dialog.get_by_role("combobox")).to_have_count(1, timeout=PATIENCE_MS)
        go = dialog.get_by_role("button", name="Move", exact=True)
        await expect(go).to_be_disabled()
        await self.hands.choose("Seat", "any free place")
        await expect(go).to_be_enabled()
        await self.hands.key("Escape")


@pytest.mark.slow
async def test_every_key_of_the_console_does_what_the_list_says(
    tmp_path: Path, new_person: NewPerson
) -> None:
    async with (
        UnhurriedServer(tmp_path) as server,
        new_person(server.url) as console,
        new_person(server.url) as ada,
    ):
        lead, desk = Lead(console), Desk(Hands(console))
        await desk.hands.listen()
        await lead.plan_seminar(server.secret, "Keys", ())
        await lead.confirm("Open the seminar")
        await Student(ada, "Ada").come(await lead.code())
        await console.get_by_role("button", name="Make tables").click()
        await lead.confirm("Make them")
        await expect(lead.match(1)).to_be_visible(timeout=PATIENCE_MS)
        checks: dict[str, Check] = {
            "go to a table; 0 for all": desk.chooses,
            "start": lambda: desk.says("s", "Table 1: started."),
            "pause or resume": desk.pauses,
            "add a minute": lambda: desk.says("+", "Table 1: more time given."),
            "send a message": lambda: desk.opens("t", "Message to all tables"),
            "add news": lambda: desk.opens("i", "Add news to all tables"),
            "end the phase": lambda: desk.says("n", "Table 1: phase ended."),
        }
        rows = await desk.listed()
        assert set(rows) == set(checks)
        for meaning, check in checks.items():
            await check()
            shown = {"start": "Briefing", "end the phase": "Negotiation"}.get(meaning)
            if shown:
                await expect(lead.match(1)).to_contain_text(shown, timeout=PATIENCE_MS)
        keys = {meaning: pressed[0] for meaning, pressed in rows.items()}
        assert [keys[x] for x in checks] == ["0–9", "S", "P", "+", "T", "I", "N"]
        await desk.moves()
        await _off(desk)


async def _off(desk: Desk) -> None:
    """Single keys can be switched off, and then do nothing."""
    await desk.hands.key("?")
    await desk.hands.reach("checkbox", "Single keys work as shortcuts")
    await desk.hands.key("Space")
    await desk.hands.key("Escape")
    await expect(desk.page.locator("dialog[open]")).to_have_count(0)
    await desk.hands.key("t")
    await desk.hands.key("?")
    mark = await desk.hands.mark()
    await desk.hands.pick(1, "Pause")
    await desk.hands.hears("Table 1: paused.", mark)
    await expect(desk.page.locator("dialog[open]")).to_have_count(0)
