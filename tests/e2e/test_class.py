"""A class of 24 in three matches of eight: five people and a facilitator in browsers, 19 bots."""

import asyncio
import re
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from client.rehearsal.rehearsal import Script, rehearse
from client.rehearsal.tally import Report
from tests.e2e.classroom import IS_PHONE, PATIENCE_MS, Lead, Student, write_class_of_eight
from tests.e2e.conftest import NewPerson
from tests.e2e.gallery import Gallery, violations
from tests.e2e.unhurried import UnhurriedServer

ABSENT_S, THINK_S, LONGEST_S = 6, 3, 400
"""Who is moved to another match is away for a moment, and no program shall say ready for them."""
BOTS, MATCHES, SEATS = 19, 3, 8
CONDITIONS = "As written", "In fog", "In public"
DECK, OWN = "Attention is elsewhere", "A cable from the capital"
WORDS = "Ten minutes to the break."


@dataclass
class Class:
    """Everybody in the room, and the pictures that are taken of it."""

    lead: Lead
    code: str
    ada: Student
    ben: Student
    chen: Student
    dina: Student
    gallery: Gallery

    @property
    def early(self) -> tuple[Student, ...]:
        """Those who came in time."""
        return self.ada, self.ben, self.chen, self.dina


@pytest.mark.slow
async def test_a_class_of_24_is_led_through_three_matches(
    tmp_path: Path, new_person: NewPerson
) -> None:
    write_class_of_eight(tmp_path, ABSENT_S)
    async with (
        UnhurriedServer(tmp_path, tmp_path) as server,
        new_person(server.url) as console,
        new_person(server.url) as ada,
        new_person(server.url, **IS_PHONE) as ben,
        new_person(server.url, **IS_PHONE) as dina,
    ):
        lead = Lead(console)
        code = await _open(lead, server.secret)
        async with (
            _bots(f"{server.url}/#/join/{code}") as rehearsal,
            new_person(server.url) as chen,
        ):
            room = Class(
                lead,
                code,
                Student(ada, "Ada"),
                Student(ben, "Ben", is_phone=True),
                Student(chen, "Chen"),
                Student(dina, "Dina", is_phone=True),
                Gallery(),
            )
            await _gather(room)
            await _deal(room)
            async with new_person(server.url) as late:
                eve = Student(late, "Eve")
                await _begin(room, eve)
                await _pause_and_extend(room)
                await _read_the_briefing(room, eve)
                await _bring_news(room)
                seat = await room.chen.seat()
                await chen.context.close()
                async with new_person(server.url) as elsewhere:
                    room.chen = Student(elsewhere, "Chen", key=room.chen.key)
                    await _come_back(room, seat)
                    await _play(room, eve)
                    await _end(room, eve)
            report = await rehearsal
    assert report.tally.problems == []
    assert report.tally.finished == BOTS
    assert room.gallery.complaints == []


@asynccontextmanager
async def _bots(link: str) -> AsyncGenerator[asyncio.Task[Report]]:
    """Let the bots of a rehearsal come in; they are sent away if the class fails."""
    script = Script(bots=BOTS, seed="7", think_s=THINK_S, longest_s=LONGEST_S)
    task = asyncio.create_task(rehearse(link, script, lambda _: None))
    try:
        yield task
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def _open(lead: Lead, secret: str) -> str:
    await lead.plan_seminar(secret, "Asian security, Tuesday", CONDITIONS)
    await lead.field("Probability that an action is observed").nth(1).select_option("0.8")
    await lead.field("Talk").nth(2).select_option("public")
    await lead.confirm("Open the seminar")
    return await lead.code()


async def _gather(room: Class) -> None:
    """Everybody but Eve comes and waits; the console counts them."""
    for student in room.early:
        await student.wait(room.code)
    count = room.lead.page.get_by_text(f"{BOTS + len(room.early)} people")
    await expect(count.first).to_be_visible(timeout=PATIENCE_MS)
    await room.gallery.keep(room.ada.page, "class-waiting")
    await room.gallery.keep(room.ben.page, "class-waiting")


async def _deal(room: Class) -> None:
    """One click makes three matches of eight; a bot sits where nobody does yet."""
    lead = room.lead
    await lead.page.get_by_role("button", name="Make tables").click()
    await expect(lead.dialog).to_contain_text("3 tables", timeout=PATIENCE_MS)
    await lead.confirm("Make them")
    for number, condition in enumerate(CONDITIONS, start=1):
        await expect(lead.match(number)).to_contain_text(condition, timeout=PATIENCE_MS)
        await expect(lead.match(number).locator(".seats li")).to_have_count(SEATS)
    for student in room.early:
        await expect(lead.seat_of(student.name)).to_have_count(1)
        await expect(
            student.page.get_by_text("Wait for the facilitator to start the match").first
        ).to_be_visible(timeout=PATIENCE_MS)
    await room.gallery.keep(room.ben.page, "class-lobby")


async def _begin(room: Class, eve: Student) -> None:
    """All start at once; who comes late takes the seat that a bot kept."""
    lead = room.lead
    await lead.press("Start all")
    for student in room.early:
        ready = student.page.get_by_role("button", name="I have read it")
        await expect(ready).to_be_visible(timeout=PATIENCE_MS)
    await _reseat(room)
    await eve.come(room.code)
    await eve.seat()
    await expect(lead.seat_of("Eve")).to_have_count(1)
    people = lead.page.locator(".seats .people")
    await expect(people).to_have_count(MATCHES * SEATS)
    await lead.press("Message all")
    await lead.dialog.get_by_role("textbox").fill(WORDS)
    await lead.confirm("Send")
    for student in (*room.early, eve):
        await student.hears(WORDS)


async def _pause_and_extend(room: Class) -> None:
    """A pause stops every clock and takes no order; a minute more is a minute more."""
    lead = room.lead
    timers = {student: student.page.get_by_role("timer") for student in room.early}
    await lead.press("Pause all")
    for timer in timers.values():
        await expect(timer).to_contain_text("paused", timeout=PATIENCE_MS)
    left_s = {student: await student.seconds_left() for student in timers}
    await room.gallery.keep(lead.page, "class-paused")
    await room.gallery.keep(room.dina.page, "class-paused")
    await lead.press("Resume all")
    for timer in timers.values():
        await expect(timer).not_to_contain_text("paused", timeout=PATIENCE_MS)
    await lead.press("+60 s for all")
    for student, seconds in left_s.items():
        await student.has_more_than(seconds)


async def _read_the_briefing(room: Class, eve: Student) -> None:
    """Nobody says so before the clocks were tried: the phase ends when all have."""
    for student in (*room.early, eve):
        ready = student.page.get_by_role("button", name="I have read it", exact=True)
        await ready.click(timeout=PATIENCE_MS)


async def _bring_news(room: Class) -> None:
    """News from the deck for all; news written on the spot for one match, and for no other."""
    lead = room.lead
    await lead.press("Inject")
    await expect(lead.dialog).to_contain_text(DECK)
    await lead.confirm("Add the news")
    for student in room.early:
        await student.reads_news(DECK)
    here = await lead.match_of("Ada")
    await lead.pick(here, "Inject")
    await lead.write_news(OWN, "Washington asks for bases.", "Manila Pact", "b", "-1")
    await room.ada.reads_news(OWN)
    await room.gallery.keep(room.ada.page, "class-news")
    for student in room.early:
        is_here = await lead.match_of(student.name) == here
        await expect(student.news(OWN)).to_have_count(int(is_here), timeout=PATIENCE_MS)


async def _come_back(room: Class, seat: str) -> None:
    """A closed laptop: the seat is flown by a program until its person comes from elsewhere."""
    chen = room.lead.seat_of("Chen")
    await expect(chen).to_contain_text("autopilot", timeout=PATIENCE_MS)
    await room.gallery.keep(room.lead.page, "class-autopilot")
    await room.chen.come_back(room.code)
    assert await room.chen.seat() == seat
    await expect(chen).not_to_contain_text("autopilot", timeout=PATIENCE_MS)
    await expect(chen).to_contain_text(seat)


async def _reseat(room: Class) -> None:
    """Somebody is reseated where a bot sits, in another match; the device follows by itself."""
    lead = room.lead
    free = lead.page.locator(".seats li:not(:has(.people))")
    await expect(free).to_have_count(1)
    country = await free.locator(".country").inner_text()
    panel = lead.page.locator("[data-match]").filter(has=free)
    target = int(await panel.get_attribute("data-match") or 0)
    matches = {student: await lead.match_of(student.name) for student in room.early}
    moved = next((x for x in reversed(room.early) if matches[x] != target), room.ben)
    await lead.page.get_by_role("button", name=f"Move: {moved.name}", exact=True).click()
    await lead.field("To table").select_option(f"Table {target}")
    await lead.field("Seat").select_option(country)
    await room.gallery.keep(lead.page, "class-reseat")
    await lead.confirm("Move")
    here = lead.match(target).locator(".seats li").filter(has_text=country)
    await expect(here).to_contain_text(moved.name, timeout=PATIENCE_MS)
    assert await lead.match_of(moved.name) == target
    await expect(moved.page.locator(".me strong")).to_have_text(country, timeout=PATIENCE_MS)


async def _play(room: Class, eve: Student) -> None:
    """All choose, all see the reveal, and the facilitator ends it."""
    people = (*room.early, eve)
    await asyncio.gather(*(student.decide() for student in people))
    await room.gallery.keep(room.ada.page, "class-decision")
    await room.gallery.keep(room.dina.page, "class-decision")
    await asyncio.gather(*(student.ready("Done choosing") for student in people))
    await asyncio.gather(*(_sees_the_reveal(student) for student in people))
    await room.gallery.keep(room.ada.page, "class-reveal")
    await room.gallery.keep(room.ben.page, "class-reveal")
    standings = room.lead.page.locator("[data-match] .standing")
    await expect(standings).to_have_count(MATCHES)
    for standing in await standings.all():  # what is undecided somewhere would be asked about first
        await expect(standing).to_contain_text("Reveal", timeout=PATIENCE_MS)
    await room.lead.press("End phase in all")
    await expect(room.ada.page.get_by_role("button", name="Done talking")).to_be_visible(
        timeout=PATIENCE_MS
    )


async def _sees_the_reveal(student: Student) -> None:
    """Tables come to it at different times, and none stays there for ever."""
    reveal = student.page.get_by_role("heading", name=re.compile(r"^Round \d"))
    await expect(reveal.first).to_be_visible(timeout=PATIENCE_MS)


async def _end(room: Class, eve: Student) -> None:
    """The facilitator ends all; conditions are compared, and everybody reads the debrief."""
    lead = room.lead
    table = lead.page.get_by_role("region", name="Conditions compared: table")
    compared = table.locator("tbody tr")
    await expect(compared).to_have_count(len(CONDITIONS))
    for row in await compared.all():
        await expect(row).to_contain_text("%", timeout=PATIENCE_MS)
    await lead.press("End all")
    await lead.confirm("End it")
    for student in (*room.early, eve):
        over = student.page.get_by_role("heading", name="The match is over")
        await expect(over).to_be_visible(timeout=PATIENCE_MS)
    await _the_debrief_of_the_class_is_saved(lead.page)
    for page in (lead.page, room.ada.page, room.ben.page):
        await room.gallery.keep(page, "class-debrief")
        room.gallery.complaints += await violations(page)


async def _the_debrief_of_the_class_is_saved(lead: Page) -> None:
    """One page of its own, without names."""
    section = lead.locator("section[aria-labelledby=console-debrief]")
    await section.get_by_role("radio", name="Without names").check(force=True)
    async with lead.expect_download(timeout=PATIENCE_MS) as found:
        await section.get_by_role("button", name="Download as one page").click()
    page = (await (await found.value).path()).read_text(encoding="utf-8")
    assert page.startswith("<!doctype html>")
    assert "Table 2" in page
    assert "Ada" not in page
