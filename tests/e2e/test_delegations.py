"""A class of thirty in two matches of delegations, one under neutral names, through an undo."""

import asyncio
import re
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from playwright.async_api import Locator, Page, expect

from client.rehearsal.rehearsal import Script, rehearse
from client.rehearsal.tally import Report
from tests.e2e.classroom import IS_PHONE, PATIENCE_MS, Lead, Student
from tests.e2e.conftest import NewPerson
from tests.e2e.names import the
from tests.e2e.unhurried import UnhurriedServer

BOTS, MATCHES, SEATS = 27, 2, 6
PLAIN, MASKED = "As written", "Neutral names"
CARD, MASKED_CARD = "A collision at a reef", "News 1"
THINK_S, LONGEST_S = 4, 400
PHASES_TO_A_REVEAL = 3


@pytest.mark.slow
async def test_thirty_people_share_twelve_seats(tmp_path: Path, new_person: NewPerson) -> None:
    async with (
        UnhurriedServer(tmp_path) as server,
        new_person(server.url) as console,
        new_person(server.url) as first,
        new_person(server.url, **IS_PHONE) as second,
        new_person(server.url, **IS_PHONE) as third,
    ):
        lead = Lead(console)
        code = await _open(lead, server.secret)
        ada, ben = Student(first, "Ada"), Student(second, "Ben", is_phone=True)
        async with _bots(f"{server.url}/#/join/{code}") as rehearsal:
            await _gather(lead, code, ada, ben)
            await _deal(lead, ada, ben)
            await _pen(lead)
            await lead.press("Start all")
            await _comes_late(lead, code, Student(third, "Eve", is_phone=True))
            await _read(lead)
            await _news(lead, ada, ben)
            await ada.order()
            await _undo(lead, ada)
            await _compare(lead)
            await lead.press("End all")
            await lead.confirm("End it")
            for student in (ada, ben):
                over = student.page.get_by_role("heading", name="The match is over")
                await expect(over).to_be_visible(timeout=PATIENCE_MS)
            report = await rehearsal
    assert report.tally.problems == []
    assert report.tally.finished == BOTS


@asynccontextmanager
async def _bots(link: str) -> AsyncGenerator[asyncio.Task[Report]]:
    script = Script(bots=BOTS, seed="7", think_s=THINK_S, longest_s=LONGEST_S)
    task = asyncio.create_task(rehearse(link, script, lambda _: None))
    try:
        yield task
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def _open(lead: Lead, secret: str) -> str:
    await lead.plan_seminar(secret, "Thirty", (PLAIN, MASKED))
    await lead.field("Scenario").select_option("south_china_sea")
    await lead.field("Speed").select_option("double")
    await lead.field("Neutral country names").nth(1).select_option("true")
    await lead.dialog.get_by_label("Tables stay together").uncheck()
    await lead.confirm("Open the seminar")
    return await lead.code()


async def _gather(lead: Lead, code: str, *students: Student) -> None:
    for student in students:
        await student.wait(code)
    count = lead.page.get_by_text(f"{BOTS + len(students)} people")
    await expect(count.first).to_be_visible(timeout=PATIENCE_MS)


async def _deal(lead: Lead, ada: Student, ben: Student) -> None:
    """Two matches: delegations of two or three. Ada sits under real names, Ben under letters."""
    await lead.page.get_by_role("button", name="Make tables").click()
    await lead.dialog.get_by_role("spinbutton").fill(str(MATCHES))
    await expect(lead.dialog).to_contain_text("Several people share a seat", timeout=PATIENCE_MS)
    await lead.confirm("Make them")
    for number in range(1, MATCHES + 1):
        seats = lead.match(number).locator(".seats li")
        await expect(seats).to_have_count(SEATS, timeout=PATIENCE_MS)
        assert {await _size(seat) for seat in await seats.all()} <= {2, 3}
    for student, number in ((ada, 1), (ben, 2)):
        if await lead.match_of(student.name) != number:
            await lead.page.get_by_role("button", name=f"Move: {student.name}", exact=True).click()
            await lead.field("To table").select_option(f"Table {number}")
            await lead.confirm("Move")
        here = lead.match(number).locator("bdi").filter(has_text=re.compile(f"^{student.name}$"))
        await expect(here).to_be_visible(timeout=PATIENCE_MS)


async def _size(seat: Locator) -> int:
    return await seat.locator(".person").count()


async def _comes_late(lead: Lead, code: str, eve: Student) -> None:
    """All seats are taken, so Eve joins one of the smallest delegations of the smallest match."""
    before: dict[tuple[str | None, str], int] = {}
    for seat in await lead.page.locator("[data-match] .seats li").all():
        before[await _place(seat)] = await _size(seat)
    await eve.come(code)
    await eve.seat()
    hers = lead.seat_of("Eve")
    await expect(hers).to_have_count(1, timeout=PATIENCE_MS)
    match, country = await _place(hers)
    people = {number: sum(_of(before, number)) for number, _ in before}
    assert people[match] == min(people.values())
    assert before[match, country] == min(_of(before, match))
    assert await _size(hers) == before[match, country] + 1


def _of(sizes: dict[tuple[str | None, str], int], match: str | None) -> list[int]:
    """Give the sizes of the delegations in a match."""
    return [size for (number, _), size in sizes.items() if number == match]


async def _place(seat: Locator) -> tuple[str | None, str]:
    panel = seat.locator("xpath=ancestor::*[@data-match]")
    country = await seat.locator(".country").inner_text()
    return await panel.get_attribute("data-match"), country


async def _read(lead: Lead) -> None:
    await lead.press("End phase in all")
    for number in range(1, MATCHES + 1):
        await expect(lead.match(number)).to_contain_text("Negotiation", timeout=PATIENCE_MS)


async def _news(lead: Lead, ada: Student, ben: Student) -> None:
    """One card for all: under its name here, under the mask's there, and never the other way."""
    await lead.press("Inject")
    await expect(lead.dialog).to_contain_text("Table 2: neutral names")
    await lead.field("From the deck").select_option(CARD)
    await lead.confirm("Add the news")
    await ada.reads_news(CARD)
    await ben.reads_news(MASKED_CARD)
    assert await _names(ben.page) == []


async def _names(page: Page) -> list[str]:
    """Which names of the scenario a page shows anywhere."""
    text = (await page.locator("html").inner_html()).casefold()
    names = (CARD, "Code of Conduct", "China", "Vietnam", "Malaysia", "Indonesia", "Philippines")
    return [name for name in names if name.casefold() in text]


async def _pen(lead: Lead) -> None:
    """Whoever leads gives Ada the pen, if another has it: her match waits for her from now on."""
    country = await lead.seat_of("Ada").locator(".country").inner_text()
    first = lead.seat_of("Ada").locator(".person bdi").first
    if await first.inner_text() != "Ada":
        await lead.pick(1, "Seats")
        name = f"Give the pen of {the(country)} to Ada"
        await lead.dialog.get_by_role("button", name=name, exact=True).click()
        await lead.page.keyboard.press("Escape")
    await expect(first).to_have_text("Ada", timeout=PATIENCE_MS)


async def _undo(lead: Lead, ada: Student) -> None:
    """Everybody of the match lands in the branch, in the same seat, and plays on there."""
    country, before = await ada.seat(), ada.page.url
    people = lead.match(1).locator(".person")
    count = await people.count()
    await lead.pick(1, "Undo")
    await lead.confirm("Go back")
    await expect(ada.page).not_to_have_url(before, timeout=PATIENCE_MS)
    await expect(lead.match(1).locator(".clock")).to_contain_text("paused", timeout=PATIENCE_MS)
    await expect(people).to_have_count(count, timeout=PATIENCE_MS)
    await expect(lead.match(1).locator(".person.away")).to_have_count(0, timeout=PATIENCE_MS)
    assert await ada.seat() == country
    await lead.match(1).get_by_role("button", name="Resume: table 1").click()
    await expect(lead.match(1).locator(".clock")).not_to_contain_text("paused")


async def _compare(lead: Lead) -> None:
    """Both conditions play a round; the console compares them while they play on."""
    table = lead.page.get_by_role("region", name="Conditions compared: table")
    rows = table.locator("tbody tr")
    await expect(rows).to_have_count(MATCHES)
    for _ in range(PHASES_TO_A_REVEAL):
        before = [await lead.match(n).locator(".standing").inner_text() for n in (1, 2)]
        await lead.press("End phase in all")
        if any("Decision" in standing for standing in before):
            await lead.confirm("End it anyway")
        for number, standing in enumerate(before, start=1):
            shown = lead.match(number).locator(".standing")
            await expect(shown).not_to_have_text(standing, timeout=PATIENCE_MS)
    for name in (PLAIN, MASKED):
        await expect(rows.filter(has_text=name)).to_contain_text("%", timeout=PATIENCE_MS)
