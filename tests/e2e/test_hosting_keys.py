"""One match led without a mouse, from its lobby on; and by somebody who is invited, too."""

import re
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from tests.e2e.classroom import PATIENCE_MS, SCENARIOS
from tests.e2e.conftest import NewPerson
from tests.e2e.gallery import violations
from tests.e2e.hands import Hands
from tests.e2e.table import Person
from tests.e2e.unhurried import UnhurriedServer

CODE = re.compile(r"[0-9A-Z]{4}-[0-9A-Z]{4}")
TITLE, CARD = "South China Sea code of conduct", "A collision at a reef"
ARENA = "Code of Conduct"
BAR = 'section[aria-label="Lead the match"]'


async def _both(lead: Hands, ada: Hands, key: str, said: str, told: str | None = None) -> None:
    """Press a key; whoever leads hears what comes of it, and so does Ada."""
    marks = await lead.mark(), await ada.mark()
    await lead.key(key)
    await lead.hears(said, marks[0])
    await lead.sits()
    await ada.hears(told or said, marks[1])


@pytest.mark.slow
async def test_one_match_is_led_without_a_mouse(tmp_path: Path, new_person: NewPerson) -> None:
    async with (
        UnhurriedServer(tmp_path) as server,
        new_person(server.url) as console,
        new_person(server.url) as player,
        new_person(server.url) as second,
        new_person(server.url) as third,
    ):
        lead, ada = Hands(console), Hands(player)
        await lead.listen()
        await ada.listen()
        await _set_up(lead, server.secret)
        await _lobby(lead, ada)
        await _clocks(lead, ada)
        await _seats(lead, ada)
        await _words(lead, ada)
        link = await _invite(lead)
        await _is_led_by_two(lead, ada, Hands(second), link)
        await _opens_once(third, link)
        await _undo(lead, ada)
        await _end(lead, ada)
        assert await violations(console) == []


@pytest.mark.slow
async def test_people_of_one_match_are_moved_and_removed_without_a_mouse(
    tmp_path: Path, new_person: NewPerson
) -> None:
    text = (SCENARIOS / "south_china_sea.toml").read_text(encoding="utf-8")
    (tmp_path / "south_china_sea.toml").write_text(f"delegates = 2\n{text}", encoding="utf-8")
    async with (
        UnhurriedServer(tmp_path, tmp_path) as server,
        new_person(server.url) as console,
        new_person(server.url) as player,
        new_person(server.url) as mate,
    ):
        lead, ada, ben = Hands(console), Hands(player), Hands(mate)
        for hands in (lead, ada, ben):
            await hands.listen()
        await _set_up(lead, server.secret)
        await _lobby(lead, ada)
        mark = await lead.mark()
        await _come_late(lead, ben)
        await lead.hears("Ben joined the delegation of China.", mark)
        await _pen(lead, ada, ben)
        await _move(lead, ada)
        await _remove(lead, ada)
        assert await violations(console) == []


async def _set_up(lead: Hands, secret: str) -> None:
    await lead.page.goto(f"/#/host/{secret}")
    await lead.press("button", re.compile("^Set up a match: South China Sea"))
    await lead.stands_on("dialog[open]")
    await lead.reach("radio", re.compile("^As in the scenario"))
    await lead.key("ArrowDown")  # twice the time
    await lead.press("button", "Open the lobby")
    await expect(lead.page.get_by_role("heading", name="Invite")).to_be_visible(timeout=PATIENCE_MS)
    await lead.stands_on("main")


async def _lobby(lead: Hands, ada: Hands) -> None:
    """Ada sits down; bots fill the rest, one is sent away and comes again; then it starts."""
    shown = await lead.page.locator(".code").first.inner_text()
    found = CODE.search(shown)
    assert found is not None
    mark = await lead.mark()
    await Person(ada.page, "CHN").join(found[0], "Ada", "China")
    await lead.hears("Ada took China", mark)
    mark = await lead.mark()
    await lead.press("button", re.compile("^Put bots on all"))
    await lead.hears("A bot took", mark)
    await lead.sits()
    mark = await lead.mark()
    await lead.press("button", "Free the seat of Malaysia")
    await lead.hears("Malaysia became free", mark)
    await lead.sits()
    mark = await lead.mark()
    await lead.press("button", "Put a bot on Malaysia")
    await lead.hears("A bot took Malaysia", mark)
    await lead.sits()
    await lead.press("button", "Free the seat of China")
    await expect(lead.page.locator("dialog[open]")).to_contain_text(
        "lose the seat immediately: Ada"
    )
    await lead.press("button", "Keep")
    await lead.stands_on("[aria-label='Free the seat of China']")
    await lead.reach("button", "Start the match")
    await _both(lead, ada, "Enter", "The briefing has started.")
    await lead.stands_on("main")


async def _clocks(lead: Hands, ada: Hands) -> None:
    await lead.reach("button", "Pause")
    await _both(lead, ada, "Enter", "The match is paused.")
    await lead.stands_on(BAR)
    await expect(lead.page.get_by_role("button", name="Resume")).to_be_focused()
    await _both(lead, ada, "Enter", "The match continues.")
    await lead.reach("button", "Give 60 more seconds")
    await _both(lead, ada, "Enter", "The phase was extended.")
    await lead.reach("button", "End this phase")
    await _both(lead, ada, "Enter", "Round 1, Negotiation.")
    await lead.stands_on(BAR)


async def _seats(lead: Hands, ada: Hands) -> None:
    """In the list of seats: an order, a program and back, and the view of a seat."""
    await lead.press("button", "Seats")
    await lead.stands_on("dialog[open]")
    await lead.press("button", "Enter a choice for China")
    await lead.choose(re.compile(f"^{ARENA}"), "Defect")
    await lead.press("button", "Enter it")
    await lead.reach("button", "Yes, enter it")
    mark = await ada.mark()
    await lead.key("Enter")
    await ada.hears("The facilitator chose for you.", mark)
    chosen = ada.page.get_by_role("button", name=f"Defect in {ARENA}", exact=True)
    await expect(chosen).to_have_attribute("aria-pressed", "true", timeout=PATIENCE_MS)
    await lead.reach("button", "Autopilot on: China")
    await _both(lead, ada, "Enter", "The facilitator put China on autopilot.")
    await lead.reach("button", "Autopilot off: China")
    await _both(lead, ada, "Enter", "China plays without autopilot again.")
    await lead.press("link", "See it as China does")
    await expect(lead.page.get_by_role("slider")).to_be_visible(timeout=PATIENCE_MS)
    await lead.press("link", "Back to the console")
    await expect(lead.page.locator(BAR)).to_be_visible(timeout=PATIENCE_MS)
    await lead.stands_on("main")


async def _come_late(lead: Hands, ben: Hands) -> None:
    """Ben shares the seat of Ada. The list of seats, which has the code, is left open."""
    await lead.press("button", "Seats")
    found = CODE.search(await lead.page.locator("dialog[open] .code").first.inner_text())
    assert found is not None
    await ben.page.goto(f"/#/join/{found[0]}")
    await ben.fill("Your name", "Ben")
    await ben.press("button", "Join")
    await ben.press("button", "Join the delegation of China")


async def _pen(lead: Hands, ada: Hands, ben: Hands) -> None:
    """Ben gets the pen, and Ada gets it back: who has it is offered none."""
    mark = await ada.mark()
    await lead.reach("button", "Give the pen of China to Ben")
    said = "Ben now holds the pen of China."
    await _both(lead, ben, "Enter", said, "You hold the pen now: you choose for China.")
    await ada.hears("Ben holds the pen of China now.", mark)
    await expect(lead.page.get_by_role("button", name="Give the pen")).to_have_count(1)
    await lead.reach("button", "Give the pen of China to Ada")
    said = "Ada now holds the pen of China."
    await _both(lead, ada, "Enter", said, "You hold the pen now: you choose for China.")
    await lead.stands_on("dialog[open]")


async def _move(lead: Hands, ada: Hands) -> None:
    """Nobody is moved before a seat is chosen, and seats without room are not offered."""
    await lead.press("button", "Move: Ada")
    asked = lead.page.locator("dialog:modal dialog:modal")
    await lead.stands_on("dialog:modal dialog:modal")
    await expect(asked.get_by_role("button", name="Move", exact=True)).to_be_disabled()
    await expect(asked.get_by_role("combobox")).to_have_count(1)
    await expect(asked.get_by_role("option", name="China")).to_have_count(0)
    await lead.choose("Seat", "Malaysia")
    await lead.reach("button", "Move")
    said, told = "Ada is moved to Malaysia.", "You hold the seat of Malaysia"
    await _both(lead, ada, "Enter", said, told)
    await expect(ada.page.locator(".me strong")).to_have_text("Malaysia", timeout=PATIENCE_MS)
    await lead.stands_on("dialog[open]")


async def _remove(lead: Hands, ada: Hands) -> None:
    """It is asked first; a no leaves everything as it is."""
    await lead.press("button", "Remove: Ada")
    asked = lead.page.get_by_role("dialog", name="Remove Ada?")
    await expect(asked).to_be_visible()
    await lead.press("button", "Keep")
    await expect(asked).to_have_count(0)
    await lead.press("button", "Remove: Ada")
    await lead.reach("button", "Remove")
    mark = await lead.mark()
    await lead.key("Enter")
    await lead.hears("Ada is removed.", mark)
    await expect(lead.page.get_by_role("button", name="Remove: Ada")).to_have_count(0)
    await lead.stands_on("dialog[open]")
    await expect(ada.page.get_by_text("join again").first).to_be_visible(timeout=PATIENCE_MS)
    await expect(lead.page.get_by_role("button", name="Put a bot on Malaysia")).to_be_visible()


async def _words(lead: Hands, ada: Hands) -> None:
    """Words to all; news of the deck, and taken back."""
    await lead.press("button", "Message all")
    await lead.stands_on("dialog[open] textarea")
    await lead.page.keyboard.type("Two minutes more.")
    await lead.reach("button", "Send")
    await _both(lead, ada, "Enter", "Two minutes more.")
    await lead.stands_on(BAR)
    await lead.press("button", "Inject")
    await expect(lead.page.locator("dialog[open]")).to_contain_text(CARD)
    await lead.reach("button", "Add the news")
    await _both(lead, ada, "Enter", f"News: {CARD}")
    await lead.stands_on(BAR)
    await lead.press("button", "Inject")
    await lead.reach("button", f"Withdraw: {CARD}")
    await _both(lead, ada, "Enter", f"The news {CARD} no longer counts.")
    await lead.stands_on("dialog[open]")
    await lead.key("Escape")
    await lead.stands_on(BAR)


async def _invite(lead: Hands) -> str:
    await lead.press("button", "Co-facilitator")
    await lead.fill("Name of the co-facilitator", "Dr Co")
    mark = await lead.mark()
    await lead.press("button", "Make a link")
    await lead.hears("The link is ready.", mark)
    link = await lead.page.locator("dialog[open] .link").inner_text()
    await lead.key("Escape")
    await lead.stands_on(BAR)
    return link


async def _is_led_by_two(lead: Hands, ada: Hands, co: Hands, link: str) -> None:
    """What the second does is signed: the first hears and reads it. Invitations are not theirs."""
    await co.listen()
    await co.page.goto(link)
    await expect(co.page.locator(BAR)).to_contain_text("You lead as Dr Co", timeout=PATIENCE_MS)
    assert "lead/" not in co.page.url
    await expect(co.page.get_by_role("button", name="Co-facilitator")).to_have_count(0)
    mark = await lead.mark()
    await co.reach("button", "Pause")
    await _both(co, ada, "Enter", "The match is paused.")
    await lead.hears("Dr Co: paused.", mark)
    await expect(lead.page.locator(BAR)).to_contain_text("Last by Dr Co: paused")
    await _both(co, ada, "Enter", "The match continues.")


async def _opens_once(page: Page, link: str) -> None:
    hands = Hands(page)
    await hands.listen()
    await page.goto(link)
    await hands.hears("used already; ask for another one")
    await expect(page.get_by_role("heading")).to_have_text("This link does not work")
    assert "lead/" not in page.url


async def _undo(lead: Hands, ada: Hands) -> None:
    await lead.press("button", "Undo")
    await lead.reach("button", "Go back")
    said, told = "The match went back", "The facilitator went back to an earlier phase."
    await _both(lead, ada, "Enter", said, told)
    await expect(lead.page.get_by_role("button", name="Resume")).to_be_visible(timeout=PATIENCE_MS)
    await lead.stands_on("main")


async def _end(lead: Hands, ada: Hands) -> None:
    await lead.press("button", "End the match")
    await lead.reach("button", "End it")
    await _both(lead, ada, "Enter", "The match is over.")
    await lead.stands_on("main")
