"""Two people talk in a room, bargain, break a pact, and read what became of it."""

import re
from pathlib import Path

import pytest
from playwright.async_api import Locator, Page, expect

from tests.e2e.conftest import PHONE, NewPerson
from tests.e2e.gallery import violations
from tests.e2e.table import ARRIVAL_MS, Person
from tests.e2e.unhurried import UnhurriedServer

expect.set_options(timeout=ARRIVAL_MS)  # a machine that does much else is slow, not wrong

CODE = re.compile(r"[0-9A-Z]{4}-[0-9A-Z]{4}")
ARENA, TREATY, FISHERIES = "Code of Conduct", "US-Philippines treaty", "Fisheries"
QUIET = "win_stay_lose_shift"
"""Bots that neither speak nor propose, so that all that is said and signed is two people's."""
WORDS = "We three can carry the code."


@pytest.mark.slow
async def test_a_pact_is_bargained_for_broken_and_audited(
    tmp_path: Path, new_person: NewPerson
) -> None:
    async with (
        UnhurriedServer(tmp_path) as server,
        new_person(server.url) as host,
        new_person(server.url) as wide,
        new_person(server.url, viewport=PHONE, is_mobile=True, has_touch=True) as phone,
    ):
        code = await _set_up(host, server.secret)
        china = Person(wide, "CHN", (ARENA, "Encounters at sea", FISHERIES))
        philippines = Person(phone, "PHL", (ARENA, TREATY, FISHERIES), is_phone=True)
        await china.join(code, "Ada", "China")
        await philippines.join(code, "Ben", "Philippines")
        await host.get_by_label("Strategy of the bots").select_option(QUIET)
        fill = host.get_by_role("button", name=re.compile("^Put bots? on"))
        await fill.last.click()
        await expect(fill.filter(has_text="free seat")).to_have_count(0, timeout=ARRIVAL_MS)
        await host.get_by_role("button", name="Start the match").click()
        for person in (china, philippines):
            await person.ready("I have read it")
        await _say_a_sentence(china, philippines)
        await _talk_in_a_room(china, philippines)
        await _speak_with_the_facilitator(china, host)
        await _bargain(china, philippines)
        await _use_the_house(china)
        await _break_it(china, philippines)
        await _read_the_ledger(china, philippines)
        await _scan(wide, ("t", "s", "v"))
        await _end(host)
        await _read_the_audit(china)
        await _read_the_sheet(wide)


async def _set_up(host: Page, secret: str) -> str:
    await host.goto(f"/#/host/{secret}")
    await host.get_by_role("button", name="Set up a match: South China Sea").click()
    await host.get_by_role("button", name="Open the lobby").click()
    found = CODE.search(await host.locator("p.code").inner_text())
    assert found is not None
    return found[0]


async def _say_a_sentence(china: Person, philippines: Person) -> None:
    """Pick a sentence and whom it is about; the other reads it in Urdu."""
    await china.page.get_by_role("button", name="Other sentence").click()
    dialog = _dialog(china.page)
    await dialog.get_by_label("Sentence").select_option("ask")
    await dialog.get_by_label(re.compile(r"^\s*To\b")).select_option("Philippines")
    await dialog.get_by_label("Arena").select_option(FISHERIES)
    words = f"{FISHERIES}: Philippines, what will you do?"
    await expect(dialog).to_contain_text(words)
    assert await violations(china.page) == []
    await dialog.get_by_role("button", name="Send").click()
    await expect(dialog).to_have_count(0)
    await expect(china.page.get_by_role("log")).to_contain_text(words)
    await philippines.show("Talk")
    await expect(philippines.page.get_by_role("log")).to_contain_text(words)
    await philippines.page.get_by_role("button", name="اردو").click()
    await expect(philippines.page.get_by_role("log")).to_contain_text("آپ کا ارادہ کیا ہے؟")
    await philippines.page.get_by_role("button", name="English").click()


async def _talk_in_a_room(china: Person, philippines: Person) -> None:
    """A room of three seats: its words reach its members, with a mark for what is unread."""
    await expect(china.page.get_by_role("button", name="New room")).to_be_visible()
    await china.page.get_by_role("button", name="New room").click()
    dialog = _dialog(china.page)
    for name in ("Philippines", "Vietnam"):
        await dialog.get_by_role("checkbox", name=name).check()
    await dialog.get_by_role("button", name="Open the room").click()
    await china.page.get_by_role("radio", name="Promise").check()
    await china.say(WORDS)
    await philippines.show("Talk")
    rooms = philippines.page.get_by_role("group", name="Rooms")
    room = rooms.get_by_role("button", name="China and Vietnam")
    await expect(room).to_contain_text("1 new")
    await room.click()
    await expect(philippines.page.get_by_role("log").get_by_text(WORDS)).to_be_visible()
    await philippines.page.reload()
    await philippines.show("Talk")
    await expect(room).to_be_visible()
    await expect(room).not_to_contain_text("new")
    await rooms.get_by_role("button", name="Search").click()
    await philippines.page.get_by_role("searchbox").fill("CARRY code")
    await expect(philippines.page.get_by_text("1 message found").first).to_be_visible()


async def _speak_with_the_facilitator(china: Person, host: Page) -> None:
    """A seat's private line: the facilitator alone hears it, and answers there."""
    line = china.page.get_by_role("group", name="Rooms")
    await line.get_by_role("button", name="Facilitator").click()
    await china.say("How long does the treaty bind us?")
    rooms = host.get_by_role("group", name="Rooms")
    seats = rooms.get_by_role("button", name="China")
    await seats.filter(has_not_text="Vietnam").click()
    await expect(host.get_by_role("log")).to_contain_text("How long does the treaty bind us?")
    await host.locator(".talk textarea").fill("Three rounds.")
    await host.locator(".talk textarea").press("Enter")
    await expect(china.page.get_by_role("log")).to_contain_text("Three rounds.")


async def _bargain(china: Person, philippines: Person) -> None:
    """Propose by keyboard, counter on a phone, accept."""
    await china.page.locator("body").press("Escape")
    await china.page.evaluate("document.activeElement.blur()")
    await china.page.keyboard.press("p")
    dialog = _dialog(china.page)
    await expect(dialog.get_by_role("button", name="Send the proposal")).to_be_enabled()
    await dialog.get_by_text("Change the terms").click()
    for name in ("Vietnam", "Malaysia", "Indonesia"):
        await dialog.get_by_role("checkbox", name=name).uncheck(force=True)
    await expect(dialog.get_by_role("checkbox", name=re.compile(ARENA))).to_be_checked()
    await dialog.get_by_role("button", name="Show all tools").click()
    await dialog.get_by_role("radio", name=re.compile("Treaty with a stake")).check()
    await dialog.get_by_label("Stake per pledge").fill("2")
    assert await violations(china.page) == []
    await dialog.get_by_role("button", name="Send the proposal").click()
    await expect(china.page.locator("[data-proposal]")).to_contain_text("You propose")

    phone = philippines.page
    await phone.get_by_role("button", name="Counter").click()
    await _dialog(phone).get_by_label("Stake per pledge").fill("2.5")
    assert await violations(phone) == []
    await _dialog(phone).get_by_role("button", name="Send the counter-proposal").click()
    await expect(china.page.get_by_text("You propose")).to_have_count(0)
    waiting = china.page.locator("[data-waiting]")
    await expect(waiting).to_contain_text("Philippines proposes")
    await expect(waiting).to_contain_text("2.5 points")
    await waiting.get_by_role("button", name="Accept").click()
    for page in (china.page, phone):
        await expect(page.locator("[data-pact]")).to_contain_text("Treaty with a stake")
        await expect(page.locator("[data-proposal]")).to_have_count(0)


async def _use_the_house(china: Person) -> None:
    """Seal a move whose cost is shown first, ask the advisor, note a forecast, change the lens."""
    page = china.page
    await page.evaluate("document.activeElement.blur()")
    await page.keyboard.press("m")
    fund = _dialog(page).get_by_role("group", name="Fund the institution")
    await fund.get_by_role("radio", name=ARENA).check()
    await expect(fund).to_contain_text("costs 0.5")
    await expect(fund).to_contain_text("Strength of the institution")
    await _dialog(page).get_by_role("button", name="Confirm this move").click()
    await expect(page.locator("[data-move=fund]")).to_contain_text("Secret until the reveal")
    card = page.locator("[data-arena=code_of_conduct]")
    await card.get_by_role("button", name="Ask the advisor").click()
    advice = page.locator("[data-advice=code_of_conduct]")
    await expect(advice).to_contain_text("Best reply at your present trust")
    assert await violations(page) == []
    await page.keyboard.press("Escape")
    await card.get_by_role("button", name="Guess what the others do").click()
    guess = _dialog(page).get_by_role("group", name=re.compile("Philippines"))
    await guess.get_by_role("radio", name="Defect").check(force=True)
    await page.keyboard.press("Escape")
    await page.evaluate("document.activeElement.blur()")
    await page.keyboard.press("v")
    await expect(card).to_contain_text("Through Realism")
    await card.get_by_role("button", name="Lens: Realism").click()
    await expect(_dialog(page)).to_contain_text("ealists")
    assert await violations(page) == []
    await page.keyboard.press("Escape")
    await expect(page.locator("dialog[open]")).to_have_count(0)
    for _ in range(3):
        await page.keyboard.press("v")


async def _break_it(china: Person, philippines: Person) -> None:
    for person in (china, philippines):
        await person.ready("Done talking")
    await china.choose("Defect")
    warning = china.page.get_by_text("This breaks a treaty with the Philippines")
    await expect(warning).to_contain_text("2.5")
    await philippines.choose("Cooperate")
    for person in (china, philippines):
        await person.ready("Done choosing")


async def _read_the_ledger(china: Person, philippines: Person) -> None:
    breach = china.page.locator("[data-breach=CHN]")
    await expect(breach).to_contain_text(f"You broke your pledge in {ARENA}", timeout=ARRIVAL_MS)
    await expect(breach).to_contain_text("2.5 points are forfeited")
    await expect(china.page.locator("[data-opened=CHN]")).to_contain_text("Fund the institution")
    await philippines.show("Talk")
    for page in (china.page, philippines.page):
        for seat, (kept, broken) in {"CHN": ("0", "1"), "PHL": ("1", "0")}.items():
            cells = page.locator(f"[data-ledger={seat}] td")
            assert [await cells.nth(i).inner_text() for i in (0, 1)] == [kept, broken]


async def _scan(page: Page, keys: tuple[str, ...]) -> None:
    """Look over the new panels in both languages."""
    for language in ("اردو", "English"):
        await page.get_by_role("button", name=language).click()
        await page.evaluate("document.activeElement.blur()")
        for key in keys:
            await page.keyboard.press(key)
            assert await violations(page) == [], f"after {key}, before {language}"


async def _end(host: Page) -> None:
    await host.get_by_role("button", name="End the match").click()
    await host.get_by_role("button", name="End it").click()


async def _read_the_audit(china: Person) -> None:
    """Live a seat reads its own drafts; the replay has everybody's, and three readings."""
    page = china.page
    await expect(page.get_by_role("heading", name="The match is over")).to_be_visible()
    await page.locator(".scores").get_by_role("radio", name="Audit").check()
    await expect(page.locator("[data-audit='1:CHN:broken']")).to_contain_text("Treaty with a stake")
    await page.get_by_role("link", name="Watch the replay").click()
    await page.get_by_role("slider").wait_for(timeout=ARRIVAL_MS)
    await page.keyboard.press("End")
    await page.locator(".scores").get_by_role("radio", name="Audit").check()
    broken = page.locator("[data-audit='1:CHN:broken']")
    kept = page.locator("[data-audit='1:PHL:kept']")
    await expect(broken).to_contain_text("Drafted")
    await expect(kept).to_contain_text(re.compile("Expected.*China", re.DOTALL | re.IGNORECASE))
    await expect(page.locator("[data-audit='1:CHN:words']")).to_contain_text(WORDS)
    await page.locator(".scores").get_by_role("radio", name="Readings").check()
    await expect(page.get_by_role("article", name="Liberalism")).to_contain_text("broke a pledge")
    assert await violations(page) == []


async def _read_the_sheet(page: Page) -> None:
    """The match on one sheet: what each word was worth, where it turned, and all of it on paper."""
    await page.get_by_role("link", name="Debrief sheet").click()
    accounts = {
        "CHN": ["0%", "0", "1", "0", "1", "–"],
        "PHL": ["100%", "0", "0", "1", "0", "0%"],
    }
    for seat, wanted in accounts.items():
        cells = page.locator(f"[data-account={seat}] td")
        await expect(cells).to_have_count(1 + len(wanted))
        assert [await cells.nth(i + 1).inner_text() for i in range(len(wanted))] == wanted
    turned = page.get_by_role("region", name="Turning points")
    await expect(turned).to_contain_text(f"China broke its pledge in {ARENA}")
    assert await violations(page) == []
    await page.emulate_media(media="print")
    for hidden in ("Print", "Keys", "English"):
        await expect(page.get_by_role("button", name=hidden)).to_have_count(0)
    assert (await page.pdf()).startswith(b"%PDF")
    await page.emulate_media(media="screen")
    await turned.get_by_role("link", name="Go to round 1").click()
    await page.get_by_role("slider").wait_for(timeout=ARRIVAL_MS)
    await expect(page.get_by_role("heading", name="Round 1 results")).to_be_visible()


def _dialog(page: Page) -> Locator:
    return page.locator("dialog[open]")
