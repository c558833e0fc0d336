"""A seminar led by keyboard alone, every act read aloud here and told to those it concerns."""

import re
from pathlib import Path

import pytest
from playwright.async_api import expect

from tests.e2e.classroom import PATIENCE_MS, Student
from tests.e2e.conftest import NewPerson
from tests.e2e.console_room import Guest, Room
from tests.e2e.gallery import violations
from tests.e2e.hands import Hands
from tests.e2e.names import begun, the
from tests.e2e.unhurried import UnhurriedServer

CODE = re.compile(r"[0-9A-Z]{4}-[0-9A-Z]{4}")
CARD = "A collision at a reef"
TOLD = "Stop pressing 1 and p, please: time is nearly up, n + s + t + i."


CLOSE_AND_OPEN = """async () => {
  const dialog = document.querySelector("dialog[open]");
  const closed = new Promise((resolve) => dialog.addEventListener("close", resolve));
  dialog.dispatchEvent(new Event("cancel", { cancelable: true }));
  dialog.close();
  document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "i", bubbles: true }));
  await closed;
  await new Promise((resolve) => setTimeout(resolve));
  if (!document.querySelector("dialog[open]")) throw new Error("the first close shut the second");
}"""
"""Escape as the browser does it, and a key before its close event, which comes later."""


@pytest.mark.slow
async def test_a_seminar_is_led_without_a_mouse(tmp_path: Path, new_person: NewPerson) -> None:
    async with (
        UnhurriedServer(tmp_path) as server,
        new_person(server.url) as console,
        new_person(server.url) as ada,
        new_person(server.url) as ben,
        new_person(server.url) as chen,
        new_person(server.url) as dan,
    ):
        room = Room(
            Hands(console),
            Guest(Student(ada, "Ada"), Hands(ada)),
            Guest(Student(ben, "Ben"), Hands(ben)),
            Guest(Student(chen, "Chen"), Hands(chen)),
            Guest(Student(dan, "Dan"), Hands(dan)),
        )
        await _open(room, server.secret)
        await _deal(room)
        await _start(room)
        await _clocks(room)
        await _words(room)
        await _news(room)
        await _orders(room)
        await _programs(room)
        await _views(room)
        await _places(room)
        await _back(room)
        await _others(room)
        await _end(room)
        assert await violations(console) == []


async def _open(room: Room, secret: str) -> None:
    """Make a seminar; the console has the focus, and says who comes."""
    lead = room.lead
    await lead.listen()
    await lead.page.goto(f"/#/host/{secret}")
    await lead.press("link", "Seminars")
    await lead.press("button", "New seminar")
    await lead.stands_on("dialog[open]")
    await lead.fill("Name of the class", "Tuesday")
    await lead.choose(re.compile("^Scenario"), "South China Sea")
    await lead.choose(re.compile("^Speed"), "Twice")
    await lead.reach("checkbox", re.compile("^Tables stay together"))
    await lead.key("Space")  # each table at its own pace: the phases of one are ended alone
    await lead.press("button", "Open the seminar")
    await expect(lead.page.locator("header p.code")).to_contain_text(CODE, timeout=PATIENCE_MS)
    await lead.stands_on("main")
    followed = lead.page.locator(".what .label")  # empty until the console hears of its seminar
    await expect(followed).to_contain_text("South China Sea", timeout=PATIENCE_MS)
    found = CODE.search(await lead.page.locator("header p.code").inner_text())
    assert found is not None
    room.code = found[0]
    for guest in room.guests:
        await guest.come(room.code)
        await lead.hears(f"{guest.student.name} has joined")
    await lead.press("button", "Show the code")
    await lead.stands_on("dialog[open]")
    await lead.key("Escape")
    await lead.stands_on("header .controls")


async def _deal(room: Room) -> None:
    lead = room.lead
    await lead.press("button", "Make tables")
    await expect(lead.page.locator("dialog[open]")).to_contain_text("1 table", timeout=PATIENCE_MS)
    await lead.reach("spinbutton", "Tables")
    await lead.key("ArrowUp")
    await expect(lead.page.locator("dialog[open]")).to_contain_text("2 tables")
    mark = await lead.mark()
    await lead.press("button", "Make them")
    await lead.hears("2 tables are made.", mark)
    await lead.sits()
    for guest in room.guests:
        await guest.hands.hears("Your table is ready")


async def _start(room: Room) -> None:
    """S in the lobby starts all that wait; everybody hears that the briefing has started."""
    await expect(room.lead.page.locator("[data-match]")).to_have_count(2, timeout=PATIENCE_MS)
    for guest in room.guests:
        await expect(
            guest.student.page.get_by_text("Wait for the facilitator to start").first
        ).to_be_visible(timeout=PATIENCE_MS)
    told = "The briefing has started."
    await room.does("s", said="All 2 tables: started.", told=told, to=room.guests)
    for number in (1, 2):
        standing = room.lead.page.locator(f'[data-match="{number}"] .standing')
        await expect(standing).to_have_text("Briefing", timeout=PATIENCE_MS)
    for guest in room.guests:
        guest.country = await guest.student.seat()


async def _clocks(room: Room) -> None:
    """Choose the match of Ada; her clock stops, goes on, gets more, and its phase ends."""
    number, ada = await room.match_of(room.ada), (room.ada,)
    here = f'[data-match="{number}"]'
    await room.lead.key(str(number))
    await room.lead.stands_on(here)
    match = f"Table {number}"
    await room.does("p", said=f"{match}: paused.", told="The match is paused.", to=ada)
    await _pauses(room, 1)
    await room.does("p", said=f"{match}: resumed.", told="The match continues.", to=ada)
    await _pauses(room, 0)
    await room.does("+", said=f"{match}: more time given.", told="The phase was extended.", to=ada)
    told = "Round 1, Negotiation."
    await room.does("n", said=f"{match}: Round 1 of", told=told, to=ada)
    standing = room.lead.page.locator(f"{here} .standing")
    await expect(standing).to_contain_text("Negotiation", timeout=PATIENCE_MS)
    await room.lead.stands_on(here)
    # The same by the menu and the button of the panel, which keep the focus.
    mark = await ada[0].hands.mark()
    await room.lead.pick(number, "Pause")
    await ada[0].hands.hears("The match is paused.", mark)
    await _pauses(room, 1)
    await room.lead.stands_on(f"{here} footer")
    await room.lead.reach("button", f"Resume: table {number}")
    await room.does("Enter", said=f"{match}: resumed.", told="The match continues.", to=ada)
    await _pauses(room, 0)
    await room.lead.key("0")
    await room.lead.stands_on("#all-matches")
    await room.does("p", said="All 2 tables: paused.", told="The match is paused.", to=room.guests)
    await _pauses(room, 2)
    await room.does("p", said="All 2 tables: resumed.", told="The match continues.", to=room.guests)
    await _pauses(room, 0)


async def _pauses(room: Room, matches: int) -> None:
    """Wait until the console shows how many matches stand still."""
    paused = room.lead.page.locator("[data-match] .clock").get_by_text("paused")
    await expect(paused).to_have_count(matches, timeout=PATIENCE_MS)


async def _words(room: Room) -> None:
    """To one match, and to all. While one types, keys are letters."""
    lead, number = room.lead, await room.match_of(room.ada)
    for target, guests in ((number, (room.ada,)), (0, room.guests)):
        await lead.key(str(target))
        phases = await lead.page.locator(".standing").all_inner_texts()
        await lead.key("t")
        await lead.stands_on("dialog[open] textarea")
        await lead.page.keyboard.type(TOLD)
        await lead.reach("button", "Send")
        await room.does("Enter", said="message sent.", told=TOLD, to=guests)
        await lead.stands_on(f'[data-match="{target}"]' if target else "#all-matches")
        assert await lead.page.locator(".standing").all_inner_texts() == phases


async def _news(room: Room) -> None:
    """From the deck and written on the spot; what it changes stands there before it is sent."""
    lead, number = room.lead, await room.match_of(room.ada)
    await lead.key(str(number))
    await lead.key("i")
    await lead.stands_on("dialog[open]")
    dialog = lead.page.locator("dialog[open]")
    await expect(dialog).to_contain_text(CARD, timeout=PATIENCE_MS)
    await expect(dialog.locator("ul li").first).to_contain_text(re.compile(r"[+−]\d"))
    await lead.reach("button", "Add the news")
    told = f"News: {CARD}"
    await room.does("Enter", said=f"Table {number}: news added.", told=told, to=(room.ada,))
    await lead.stands_on(f'[data-match="{number}"]')
    # It counts in this match alone; the dialog of all lists it, too, and lets it be taken back.
    await lead.key("0")
    await lead.key("i")
    back = f"Withdraw: {CARD}: table {number}"
    await expect(dialog.get_by_role("button", name="Withdraw")).to_have_count(1)
    await lead.reach("button", back)
    said, told = f"Table {number}: news withdrawn.", f"The news {CARD} no longer counts."
    await room.does("Enter", said=said, told=told, to=(room.ada,))
    await expect(dialog.get_by_role("button", name="Withdraw")).to_have_count(0)
    await lead.stands_on("dialog[open]")
    await lead.page.evaluate(CLOSE_AND_OPEN)  # quicker than any hand
    await lead.key("Escape")
    await lead.stands_on("#all-matches")
    await lead.key(str(number))
    await lead.key("i")
    await lead.choose(re.compile("^From the deck"), "Written on the spot")
    await lead.fill("Headline", "A cable")
    await lead.fill("News text", "The capital wants calm.")
    await lead.choose(re.compile("^Effect"), "Code of Conduct")
    await lead.choose(re.compile("^Parameter"), "b")
    await lead.reach("spinbutton", "Change by")
    await lead.page.keyboard.press("Control+a")
    await lead.page.keyboard.type("-1.5")
    await expect(dialog.get_by_role("status").first).to_contain_text("−1.5")
    await lead.reach("button", "Add the news")
    told = "News: A cable. The capital wants calm."
    await room.does("Enter", said=f"Table {number}: news added.", told=told, to=(room.ada,))


async def _orders(room: Room) -> None:
    """Somebody tells their choice aloud; it is entered for them, and they are told."""
    lead, ada, number = room.lead, room.ada, await room.match_of(room.ada)
    await lead.pick(number, "Seats")
    await lead.press("button", f"Enter a choice for {the(ada.country)}")
    await lead.stands_on("dialog:modal form, dialog:modal:has(form)")
    title = lead.page.locator("dialog:modal form label").first
    arena = (await title.inner_text(timeout=PATIENCE_MS)).splitlines()[0].strip()
    await lead.choose(re.compile(f"^{re.escape(arena)}"), "Defect")
    await lead.press("button", "Enter it")
    await expect(lead.page.locator("dialog:modal form")).to_contain_text(f"{arena}: Defect?")
    await lead.reach("button", "Yes, enter it")
    said, told = f"Table {number}: choice entered for a seat.", "The facilitator chose for you."
    await room.does("Enter", said=said, told=told, to=(ada,))
    chosen = ada.student.page.get_by_role("button", name=f"Defect in {arena}", exact=True)
    await expect(chosen).to_have_attribute("aria-pressed", "true", timeout=PATIENCE_MS)
    await lead.stands_on("dialog[open]")


async def _programs(room: Room) -> None:
    """The dialog of seats is open still: a program for a seat, and a bot on another."""
    lead, ada = room.lead, room.ada
    number = await room.match_of(ada)
    await lead.reach("button", f"Autopilot on: {ada.country}")
    told = f"The facilitator put {the(ada.country)} on autopilot."
    await room.does("Enter", said=f"Table {number}: autopilot on.", told=told, to=(ada,))
    await lead.reach("button", f"Autopilot off: {ada.country}")
    told = f"{begun(ada.country)} plays without autopilot again."
    await room.does("Enter", said=f"Table {number}: autopilot off.", told=told, to=(ada,))
    await lead.key("Escape")
    await lead.stands_on(f'[data-match="{number}"] footer')
    number = await room.match_of(room.ben)
    await lead.pick(number, "Seats")
    await lead.press("button", f"Put a bot on {room.ben.country}")
    await lead.reach("button", "Seat a bot")
    told = f"A bot took {the(room.ben.country)}"
    await room.does("Enter", said=f"Table {number}: bot seated.", told=told, to=(room.ben,))
    await lead.stands_on("dialog[open]")
    await lead.key("Escape")
    await lead.stands_on(f'[data-match="{number}"] footer')


async def _views(room: Room) -> None:
    """Look through a seat's eyes and come back; open the projector, and the match itself."""
    lead, number = room.lead, await room.match_of(room.ada)
    await lead.pick(number, "Seats")
    await lead.press("link", f"See table {number} as {the(room.ada.country)} does")
    await expect(lead.page.get_by_role("slider")).to_be_visible(timeout=PATIENCE_MS)
    await lead.stands_on("main")
    await lead.press("link", "Back to the console")
    await expect(lead.page.locator("[data-match]")).to_have_count(2, timeout=PATIENCE_MS)
    await lead.stands_on("main")
    async with lead.page.context.expect_page() as opened:
        await lead.pick(number, "Projector")
    hall = await opened.value
    await expect(hall.locator(".projector")).to_be_visible(timeout=PATIENCE_MS)
    await hall.close()


async def _places(room: Room) -> None:
    """Ben comes to another seat, Ada to another match, and Chen is sent away."""
    lead = room.lead
    first = await room.match_of(room.ada)
    free = lead.page.locator(f'[data-match="{first}"] .seats li:not(:has(.people)) .country')
    country = await free.first.inner_text()
    ben = lead.page.locator("li").filter(has=lead.page.get_by_role("button", name="Move: Ben"))
    is_here = f"table {first}" in await ben.inner_text()
    mark = await lead.mark()
    await _move(lead, "Ben", first, country)
    await lead.hears(f"Ben is moved to table {first}.", mark)
    await lead.sits()
    await expect(room.ben.student.page.locator(".me strong")).to_have_text(
        country, timeout=PATIENCE_MS
    )
    await room.ben.hands.hears("You hold the seat of" if is_here else "Your table is ready")
    other = 3 - first
    mark, before = await lead.mark(), room.ada.student.page.url
    await _move(lead, "Ada", other, None)
    await lead.hears(f"Ada is moved to table {other}.", mark)
    await lead.sits()
    await expect(room.ada.student.page).not_to_have_url(before, timeout=PATIENCE_MS)
    await room.ada.hands.hears("Your table is ready")
    room.ada.country = await room.ada.student.seat()
    mark = await lead.mark()
    await lead.press("button", "Remove: Chen")
    await lead.press("button", "Remove")
    await lead.hears("Chen is removed.", mark)
    await expect(lead.page.get_by_role("button", name="Remove: Chen")).to_have_count(0)
    await lead.stands_on("section[aria-labelledby=console-class]")
    chen = room.chen.student.page
    await expect(chen.get_by_text("join again").first).to_be_visible(timeout=PATIENCE_MS)


async def _move(lead: Hands, name: str, match: int, country: str | None) -> None:
    await lead.press("button", f"Move: {name}")
    await lead.stands_on("dialog[open]")
    await lead.choose(re.compile("^To table"), f"Table {match}")
    if country is not None:
        await lead.choose(re.compile("^Seat"), country)
    await lead.press("button", "Move")


async def _back(room: Room) -> None:
    """Undo: the match goes on in a branch, and the focus stays where it was."""
    lead, number = room.lead, await room.match_of(room.ben)
    await lead.pick(number, "Undo")
    await lead.reach("button", "Go back")
    said, told = f"Table {number} went back", "The facilitator went back to an earlier phase."
    await room.does("Enter", said=said, told=told, to=(room.ben,))
    panel = lead.page.locator(f'[data-match="{number}"]')
    await expect(panel.get_by_text("Paused")).to_be_visible(timeout=PATIENCE_MS)
    await lead.stands_on(f'[data-match="{number}"]')


async def _others(room: Room) -> None:
    """A link for a co-facilitator, a new key, another name."""
    lead = room.lead
    await lead.press("button", "More")
    await lead.fill("Name of the co-facilitator", "Dr Co")
    mark = await lead.mark()
    await lead.press("button", "Make a link")
    await lead.hears("The link is ready.", mark)
    await expect(lead.page.locator("dialog[open] .link")).to_contain_text("/#/lead/")
    await lead.fill("Name of the class", "Wednesday")
    await lead.press("button", "Rename")
    await lead.hears("The name is Wednesday now.", mark)
    await lead.key("Escape")
    await lead.stands_on("header .controls")
    mark = await lead.mark()
    await lead.press("button", "New key: Ben")
    await expect(lead.page.locator("dialog[open] .key")).not_to_be_empty(timeout=PATIENCE_MS)
    await lead.key("Escape")
    await lead.sits()


async def _end(room: Room) -> None:
    lead = room.lead
    await lead.press("button", "End all")
    await lead.reach("button", "End it")
    guests = (room.ada, room.ben)
    said = "All 2 tables: ended."
    await room.does("Enter", said=said, told="The match is over.", to=guests)
    await expect(lead.page.get_by_role("button", name="End all")).to_have_count(0)
    await lead.stands_on("#all-matches")
    await lead.press("button", "More")
    mark = await lead.mark()
    await lead.press("button", "Archive")
    await lead.hears("The seminar is archived.", mark)
    await lead.stands_on("dialog[open]")
    await lead.key("Escape")
    await lead.stands_on("header .controls")
    await lead.pick(1, "Debrief sheet")
    sheet = lead.page.get_by_role("button", name="Copy link to this sheet")
    await expect(sheet).to_be_visible(timeout=PATIENCE_MS)
    await lead.stands_on("main")
