"""Long names at every screen where they stand, and what tells that something does not fit."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, Route, ViewportSize, expect

from tests.e2e.conftest import PHONE, NewPerson
from tests.e2e.fit import misfits
from tests.e2e.gallery import LANGUAGES, PARTS, speak
from tests.e2e.unhurried import SCENARIOS, UnhurriedServer
from tests.live_server import Line, ServerProcess

pytestmark = pytest.mark.slow

SIZES: tuple[ViewportSize, ...] = (
    PHONE,
    {"width": 390, "height": 844},
    {"width": 1366, "height": 768},
)
LONGEST = "W" * 40
"""One word of the widest letter, as long as a name may be."""
LONG_SEAT = "Democratic People’s Republic of Korea"
TREATY = "us_philippines_treaty"
PHASES = ("negotiation", "decision", "reveal")
BOTS = {"VNM": "tit_for_tat", "MYS": "grudger", "IDN": "cooperator", "USA": "grudger"}
WIDEN = """() => {
  for (const code of document.querySelectorAll(".code")) code.lastChild.data = "WMWM-WMWM";
}"""
"""No letter of a code is wider than these."""

COVERED = """() => [...document.querySelectorAll("section.map :is(label, button)")]
  .filter(part => {
    const { x, y, width, height } = part.getBoundingClientRect();
    const found = width && document.elementFromPoint(x + width / 2, y + height - 3);
    return width && !document.querySelector("section.map").contains(found);
  })
  .map(part => part.textContent)"""
"""What of the map lies under another part; the scores once lay over it while they were read."""

Act = Callable[[], Awaitable[object]]


@pytest.mark.parametrize(
    ("planted", "told"),
    [
        ("<div style='width: 9rem'><p>Start the tournament</p></div>", ""),
        ("<button style='width: 5rem; white-space: nowrap'>Start the tournament</button>", "wide"),
        ("<p style='width: 9rem; overflow: hidden'>Philippines_and_China</p>", "wide"),
        ("<p style='position: absolute; left: 350px'>Philippines</p>", "outside"),
        ("<p style='position: absolute; right: 355px'>Philippines</p>", "outside"),
        ("<div style='overflow: auto'><p style='width: 60rem'>A table</p></div>", ""),
        (
            "<div class='panels'><section style='height: 9px'>One line</section></div>",
            "than it is high",
        ),
    ],
)
async def test_what_does_not_fit_is_found(browser: Browser, planted: str, told: str) -> None:
    page = await browser.new_page(viewport=PHONE)
    await page.set_content(f"<body style='margin: 0'>{planted}</body>")
    found = await misfits(page)
    assert len(found) == bool(told), found
    assert told in "".join(found)
    await page.close()


async def _walk(page: Page, name: str, *steps: Act) -> list[str]:
    """See whether a screen fits at every size and in both languages, after each of some steps."""
    wrong = []
    for language in LANGUAGES:
        await speak(page, language)
        for size in SIZES:
            await page.set_viewport_size(size)
            await page.evaluate(WIDEN)
            for step in (None, *steps):
                if step is not None and await page.locator(".tabs button").first.is_visible():
                    await step()
                found = await misfits(page)
                wrong += [f"{name} {language} {size['width']}: {each}" for each in found]
    await speak(page, "en")
    return wrong


async def test_the_longest_names_and_the_widest_codes_fit_at_a_match(
    tmp_path: Path, new_person: NewPerson
) -> None:
    async with (
        UnhurriedServer(tmp_path) as server,
        new_person(server.url) as page,
        new_person(server.url) as lead,
    ):
        body = {"scenario": "south_china_sea", "pace": 1.0, "seed": "7", "is_repeatable": True}
        match = await server.post("/api/matches", body, await server.host_token())
        line = await _sit(server, match["code"])
        await page.goto(f"/#/join/{match['code']}")
        await page.get_by_label("Your name").fill("M" * 40)
        await page.locator("form button[type=submit]").click()
        await page.get_by_role("button", name="Sit here: Philippines").click()
        await lead.goto(f"/#/host/{server.secret}")
        await lead.get_by_role("button", name="Lead this match").click()
        await expect(lead.locator("p.code")).to_be_visible()
        wrong = await _walk(page, "lobby") + await _walk(lead, "lobby of the facilitator")
        host = Line(server, match["token"])
        await host.open()
        for seat, strategy in BOTS.items():
            await host.do({"type": "seat_bot", "seat": seat, "strategy": strategy})
        await host.do({"type": "start_match"})
        await host.do({"type": "skip_phase", "round": 0, "phase": "briefing"})
        await line.do({"type": "say", "room": [], "text": LONGEST})
        await expect(page.locator("section.talk")).to_contain_text(LONGEST)
        tabs = [page.locator(".tabs button").nth(at).click for at in PARTS.values()]
        wrong += await _walk(page, "table", *tabs) + await _walk(lead, "table of the facilitator")
        await page.set_viewport_size({"width": 1366, "height": 900})
        await page.locator("section.scores input[value=standing]").check()
        wrong += [f"{name} of the map is covered" for name in await page.evaluate(COVERED)]
        await lead.get_by_role("button", name="Seats", exact=True).click()
        wrong += await _sizes(lead, "seats")
    assert "\n".join(wrong) == ""


async def test_no_phase_is_wider_than_a_phone_where_a_seat_of_a_long_name_makes_offers(
    tmp_path: Path, new_person: NewPerson
) -> None:
    text = (SCENARIOS / "south_china_sea.toml").read_text("utf-8")
    named = text.replace('seat = "USA"\nbrief', f'seat = "USA"\nname = "{LONG_SEAT}"\nbrief')
    assert named != text
    (tmp_path / "south_china_sea.toml").write_text(named, "utf-8")
    phone: ViewportSize = {"width": 390, "height": 844}
    async with (
        UnhurriedServer(tmp_path, tmp_path) as server,
        new_person(server.url, viewport=phone) as page,
    ):
        body = {"scenario": "south_china_sea", "pace": 1.0, "seed": "7", "is_repeatable": True}
        match = await server.post("/api/matches", body, await server.host_token())
        patron = await _sit(server, match["code"], "USA")
        await page.goto(f"/#/join/{match['code']}")
        await page.get_by_label("Your name").fill("Ben")
        await page.locator("form button[type=submit]").click()
        await page.get_by_role("button", name="Sit here: Philippines").click()
        host = Line(server, match["token"])
        await host.open()
        for seat, strategy in {**BOTS, "CHN": "grudger"}.items():
            if seat != "USA":
                await host.do({"type": "seat_bot", "seat": seat, "strategy": strategy})
        await host.do({"type": "start_match"})
        wide = []
        for number, phase in ((0, "briefing"), *((1, each) for each in PHASES)):
            if phase == "negotiation":
                await _offer(patron, page)
            wide += await _wider(page, phase)
            await host.do({"type": "skip_phase", "round": number, "phase": phase})
    assert wide == []


async def _offer(patron: Line, page: Page) -> None:
    """Two proposals wait for whoever holds the phone."""
    pledges = [{"seat": seat, "arena": TREATY, "action": "C"} for seat in ("USA", "PHL")]
    terms = {"parties": ["USA", "PHL"], "pledges": pledges, "transfers": [], "stake": 0.0}
    for rounds in (2, 3):
        offer = {**terms, "rounds": rounds, "binding": "treaty"}
        assert (await patron.do({"type": "propose", "round": 1, "terms": offer}))["type"] == "ack"
        if rounds == 2:
            await _fits_beside_a_proposal(page)
    await expect(page.locator(".tabs")).to_contain_text("2 proposals")


async def _fits_beside_a_proposal(page: Page) -> None:
    """Find the field to write in above the tabs, or in a part that scrolls to it."""
    await expect(page.locator(".tabs")).to_contain_text("1 proposal")
    await page.locator(".tabs button").nth(PARTS["talk"]).click()
    for language in LANGUAGES:
        await speak(page, language)
        await expect(page.locator("[data-waiting]")).to_be_visible()
        assert await misfits(page) == [], language
    await speak(page, "en")


async def _wider(page: Page, phase: str) -> list[str]:
    """Tell each part of the table that makes the page wider than the window."""
    wide = []
    for language in LANGUAGES:
        await speak(page, language)
        for part, at in PARTS.items():
            await page.locator(".tabs button").nth(at).click()
            over = await page.evaluate("document.documentElement.scrollWidth - innerWidth")
            wide += [f"{phase} {part} {language}: {over} px"] if over > 0 else []
    await speak(page, "en")
    return wide


async def test_the_longest_names_and_the_widest_codes_fit_in_a_class(
    tmp_path: Path, new_person: NewPerson
) -> None:
    async with (
        UnhurriedServer(tmp_path) as server,
        new_person(server.url) as lead,
        new_person(server.url) as student,
    ):
        body = {"name": "W" * 60, "scenario": "chicken", "treatments": []}
        made = await server.post("/api/seminars", body, await server.host_token())
        await server.post("/api/join", {"code": made["code"], "name": LONGEST})
        await student.goto(f"/#/join/{made['code']}")
        await student.get_by_label("Your name").fill("M" * 40)
        await student.locator("form button[type=submit]").click()
        await expect(student.locator(".key .figure")).to_be_visible()
        wrong = await _walk(student, "waiting room")
        await lead.goto(f"/#/host/{server.secret}")
        await lead.get_by_role("link", name="Seminars").click()
        await lead.get_by_role("button", name="Lead W").click()
        await expect(lead.get_by_text(LONGEST).first).to_be_visible()
        wrong += await _walk(lead, "console before the matches")
        await lead.get_by_role("button", name="Show the code").click()
        wrong += await _sizes(lead, "code")
        await lead.keyboard.press("Escape")
        await lead.get_by_role("button", name="Make tables").click()
        await lead.get_by_role("button", name="Make them", exact=True).click()
        await expect(lead.locator("[data-match]").first).to_be_visible()
        wrong += await _walk(lead, "console")
    assert "\n".join(wrong) == ""


async def _sizes(page: Page, name: str) -> list[str]:
    """See whether an open dialog fits at every size."""
    wrong = []
    for size in SIZES:
        await page.set_viewport_size(size)
        await page.evaluate(WIDEN)
        wrong += [f"{name} {size['width']}: {each}" for each in await misfits(page)]
    return wrong


async def test_no_button_moves_when_a_class_is_found(tmp_path: Path, new_person: NewPerson) -> None:
    async with UnhurriedServer(tmp_path) as server, new_person(server.url) as student:
        body = {"name": "IR 301", "scenario": "south_china_sea"}
        code = (await server.post("/api/seminars", body, await server.host_token()))["code"]
        held, found = [], asyncio.Event()

        async def hold(route: Route) -> None:
            held.append(route)
            found.set()

        await student.route("**/api/find", hold)
        await student.goto(f"/#/join/{code}")
        button = student.locator("form button[type=submit]")
        before = await button.bounding_box()
        await found.wait()
        await held[0].continue_()
        await expect(student.get_by_text("IR 301")).to_be_visible()
        assert await button.bounding_box() == before


async def _sit(server: ServerProcess, code: str, seat: str = "CHN") -> Line:
    joined = await server.post("/api/join", {"code": code, "name": LONGEST})
    line = Line(server, joined["token"])
    await line.open()
    await line.do({"type": "take_seat", "seat": seat, "name": LONGEST})
    return line
