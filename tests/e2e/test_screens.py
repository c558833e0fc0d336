"""Every screen, wide and on a phone, in English and Urdu: pictures, fit, and what axe says."""

import re
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Locator, Page, ViewportSize, expect

from tests.e2e.classroom import Lead
from tests.e2e.conftest import PHONE, WIDE, NewPerson
from tests.e2e.gallery import Gallery, speak
from tests.e2e.unhurried import UnhurriedServer
from tests.live_server import Line, ServerProcess

ARRIVAL_MS = 30_000
SEATS_IN_MENU = 4
"""After pause, more time, news and words."""
SCENARIO = "south_china_sea"
BOTS = {"VNM": "tit_for_tat", "MYS": "go_by_majority", "IDN": "cooperator", "USA": "grudger"}
SAID = ("We will keep the code if you do.", "You pressed us last year. Was that a mistake?")
NEWS: dict[str, Any] = {
    "name": "survey",
    "title": "A survey ship at the reef",
    "text": "A survey ship works near the reef, and fishing boats gather around it.",
    "rounds": 2,
    "round": None,
    "effects": [{"arena": "code_of_conduct", "member": None, "parameter": "b", "change": -1.0}],
}


@pytest.mark.slow
async def test_every_page_beside_the_table_looks_right(
    tmp_path: Path, new_person: NewPerson
) -> None:
    gallery = Gallery()
    async with (
        UnhurriedServer(tmp_path) as server,
        new_person(server.url) as host,
        new_person(server.url) as guest,
    ):
        await guest.goto("/")
        await expect(guest.get_by_role("heading", name="Scenarios")).to_be_visible()
        await gallery.look(guest, "home-guest")
        await guest.goto("/#/join/ABCD-EFGH")
        await gallery.look(guest, "join")
        await guest.goto("/#/nowhere/at-all")
        await gallery.look(guest, "lost")
        await host.goto(f"/#/host/{server.secret}")
        sets_up = host.locator(".gallery > *").first.get_by_role("button").last
        await expect(sets_up).to_be_visible()
        await gallery.look(host, "home-host")
        await gallery.look(host, "create-match", sets_up.click)
        await _tournaments(gallery, host)
    assert gallery.complaints == []


async def _tournaments(gallery: Gallery, host: Page) -> None:
    await host.get_by_role("link", name="Bot tournaments").click()
    new = host.locator("main header button").first
    await expect(new).to_be_visible()
    await host.mouse.move(0, 0)
    await host.wait_for_load_state("networkidle")  # its code, its words, its lists
    await gallery.look(host, "tournaments")
    await gallery.look(host, "new-tournament", new.click)
    await new.click()
    await host.get_by_role("button", name="Clear the selection").click()
    for name in ("Tit For Tat", "Defector", "Random"):
        await host.get_by_role("checkbox", name=name, exact=True).check()
    await host.get_by_label("Turns per match").fill("20")
    await host.get_by_role("button", name="Start the tournament").click()
    standings = host.get_by_role("region", name="Standings: table")
    await expect(standings).to_be_visible(timeout=ARRIVAL_MS)
    await gallery.look(host, "tournament")


@dataclass(frozen=True)
class Scene:
    """A match at which Ben sits, China plays over a socket, and somebody shows it on a wall."""

    gallery: Gallery
    server: ServerProcess
    match: dict[str, Any]
    page: Page
    onlooker: Page
    host: Line
    china: Line

    async def start(self) -> None:
        """Seat bots where nobody sits, and begin."""
        for seat, strategy in BOTS.items():
            await self.host.do({"type": "seat_bot", "seat": seat, "strategy": strategy})
        await self.host.do({"type": "start_match"})

    async def play_to(self, *phases: tuple[int, str]) -> None:
        """Sit down, begin, and skip some phases."""
        await _sit_down(self.page, self.match["code"])
        await self.onlooker.goto(f"/#/show/{self.match['code']}")
        await self.start()
        for number, phase in phases:
            await _skip(self.host, number, phase)


@asynccontextmanager
async def a_scene(folder: Path, new_person: NewPerson) -> AsyncGenerator[Scene]:
    """Make a match, and bring people to it; in the end nothing may have looked wrong."""
    gallery = Gallery(("Ada", "Ben", NEWS["title"], NEWS["text"], *SAID))
    async with (
        UnhurriedServer(folder) as server,
        new_person(server.url) as page,
        new_person(server.url) as onlooker,
    ):
        body = {"scenario": SCENARIO, "pace": 1.0, "seed": "7", "is_repeatable": True}
        match = await server.post("/api/matches", body, await server.host_token())
        host, china = Line(server, match["token"]), await _seat_china(server, match["code"])
        await host.open()
        yield Scene(gallery, server, match, page, onlooker, host, china)
    assert gallery.complaints == []


@pytest.mark.slow
async def test_the_lobby_and_the_briefing_look_right(tmp_path: Path, new_person: NewPerson) -> None:
    async with a_scene(tmp_path, new_person) as scene, new_person(scene.server.url) as lead:
        gallery, page, onlooker = scene.gallery, scene.page, scene.onlooker
        await _sit_down(page, scene.match["code"], gallery)
        await _lead(lead, scene.server)
        await gallery.look(lead, "lobby-host")
        await onlooker.goto(f"/#/show/{scene.match['code']}")
        await gallery.look(onlooker, "projector-lobby")
        await scene.start()
        await gallery.look_at_table(page, "briefing", ("map", "decide", "talk"))
        await gallery.look(onlooker, "projector-briefing")


@pytest.mark.slow
async def test_the_negotiation_looks_right(tmp_path: Path, new_person: NewPerson) -> None:
    async with a_scene(tmp_path, new_person) as scene:
        await scene.play_to((0, "briefing"))
        await _negotiation(scene.gallery, scene.page, scene.host, scene.china)
        await scene.gallery.look(scene.onlooker, "projector-negotiation")


@pytest.mark.slow
async def test_the_decision_and_the_reveal_look_right(
    tmp_path: Path, new_person: NewPerson
) -> None:
    async with a_scene(tmp_path, new_person) as scene, new_person(scene.server.url) as lead:
        gallery, page, onlooker = scene.gallery, scene.page, scene.onlooker
        await _lead(lead, scene.server)
        await scene.play_to((0, "briefing"))
        await _say_and_tell(scene.host, scene.china)
        await _skip(scene.host, 1, "negotiation")
        await _decide(page, scene.china)
        await gallery.look_at_table(page, "decision", ("decide", "scores"))
        await gallery.look(lead, "leading-match")
        await gallery.look(onlooker, "projector-decision")
        await _skip(scene.host, 1, "decision")
        await expect(page.get_by_role("heading", name="Round 1").first).to_be_visible()
        await gallery.look_at_table(page, "reveal", ("decide", "scores"))
        await _sees_what_mattered(page)
        await gallery.look(onlooker, "projector-reveal")


async def _sees_what_mattered(page: Page) -> None:
    """Headline and own result stand on the first screen of a phone, above its bar of tabs."""
    larger: ViewportSize = {"width": 390, "height": 844}
    for size in (PHONE, larger):
        await page.set_viewport_size(size)
        await page.locator(".tabs button").nth(1).click()
        await page.evaluate("scrollTo(0, 0)")
        await expect(page.get_by_role("heading", name="Round 1 results")).to_be_visible()
        tabs = await page.locator(".tabs").bounding_box()
        for part in ("[data-headline]", ".reveal .gain .figure"):
            box = await page.locator(part).bounding_box()
            assert box is not None
            assert tabs is not None
            assert box["y"] + box["height"] <= tabs["y"], (part, size)
    await page.set_viewport_size(WIDE)


@pytest.mark.slow
async def test_the_debrief_and_the_replay_look_right(tmp_path: Path, new_person: NewPerson) -> None:
    async with a_scene(tmp_path, new_person) as scene:
        gallery, page, onlooker = scene.gallery, scene.page, scene.onlooker
        await scene.play_to((0, "briefing"))
        await _say_and_tell(scene.host, scene.china)
        await _skip(scene.host, 1, "negotiation")
        await _decide(page, scene.china)
        await _skip(scene.host, 1, "decision")
        await scene.host.do({"type": "end_match"})
        await expect(page.get_by_role("heading", name="The match is over")).to_be_visible()
        await gallery.look_at_table(page, "debrief", ("decide", "scores", "talk"))
        await gallery.look(onlooker, "projector-debrief")
        await page.goto(f"/#/replay/{scene.match['match']}?at=r1")
        await page.get_by_role("slider").wait_for(timeout=ARRIVAL_MS)
        await gallery.look(page, "replay")


async def _sit_down(page: Page, code: str, gallery: Gallery | None = None) -> None:
    """Join as Ben and take a seat. gallery: looks at every step, if there is one."""
    await page.goto(f"/#/join/{code}")
    await page.get_by_label("Your name").fill("Ben")
    await page.locator("form button[type=submit]").click()
    seat = page.get_by_role("button", name="Sit here: Philippines")
    await expect(seat).to_be_visible()
    if gallery is not None:
        await gallery.look(page, "lobby-choosing")
    await seat.click()
    await expect(
        page.get_by_role("button", name="Leave the seat of the Philippines")
    ).to_be_visible()
    if gallery is not None:
        await gallery.look(page, "lobby")


async def _lead(lead: Page, server: ServerProcess) -> None:
    await lead.goto(f"/#/host/{server.secret}")
    await lead.get_by_role("button", name="Lead this match").first.click()
    await expect(lead.locator("p.code")).to_be_visible()


async def _say_and_tell(host: Line, china: Line) -> None:
    """Have China speak to all and to one, and bring news."""
    await china.do({"type": "say", "room": [], "text": SAID[0]})
    await china.do({"type": "say", "room": ["PHL"], "text": SAID[1], "act": "threaten"})
    opened = await host.do({"type": "open_inject", "inject": NEWS})
    assert opened["type"] == "ack", opened


async def _negotiation(gallery: Gallery, page: Page, host: Line, china: Line) -> None:
    await _say_and_tell(host, china)
    await expect(page.get_by_role("button", name=re.compile("^News"))).to_be_visible()
    await gallery.look_at_table(page, "negotiation", ("map", "decide", "talk", "scores"))
    await _news_begins_at_one_side(page)
    await gallery.look(page, "pact-composer", lambda: _press(page, "p"))
    await gallery.look(page, "moves", lambda: _press(page, "m"))
    await gallery.look(page, "news", lambda: page.locator(".strip.news").press("Enter"))
    await gallery.look(page, "why-these-points", lambda: _why(page).press("Enter"))
    await gallery.look(page, "keys", lambda: _press(page, "?"))


def _why(page: Page) -> Locator:
    return page.locator("[data-arena=code_of_conduct] .chip").first


async def _news_begins_at_one_side(page: Page) -> None:
    """News in English, title and text, stands at one side of an Urdu page."""
    await speak(page, "ur")
    await page.locator(".strip.news").click()
    words = page.locator("section[aria-labelledby=news-title] [lang=en]")
    await expect(words).to_have_text([NEWS["title"], NEWS["text"]])
    sides = await words.evaluate_all("(all) => all.map((one) => one.getBoundingClientRect().left)")
    assert len(set(sides)) == 1
    await page.keyboard.press("Escape")
    await speak(page, "en")


async def _press(page: Page, key: str) -> None:
    """Press a key where nobody types, and wait for its dialog."""
    await page.evaluate("document.activeElement.blur()")
    await page.keyboard.press(key)
    await expect(page.locator("dialog[open]")).to_be_visible()


async def _decide(page: Page, china: Line) -> None:
    order = {"type": "save_order", "round": 1, "actions": {"code_of_conduct": "D"}}
    await china.do({**order, "is_ready": True})
    await page.get_by_role("button", name="Cooperate in Code of Conduct", exact=True).click()


@pytest.mark.slow
async def test_every_screen_of_a_seminar_looks_right(tmp_path: Path, new_person: NewPerson) -> None:
    gallery = Gallery(("Ada", "Asian security", "In fog", "No advisor"))
    async with (
        UnhurriedServer(tmp_path) as server,
        new_person(server.url) as lead,
        new_person(server.url) as ada,
    ):
        await lead.goto(f"/#/host/{server.secret}")
        await lead.get_by_role("link", name="Seminars").click()
        new = lead.locator("main header button").first
        await gallery.look(lead, "new-seminar", new.click)
        await _open_seminar(server)
        await lead.reload()
        go = lead.get_by_role("button", name="Lead Asian security")
        await expect(go).to_be_visible()
        await gallery.look(lead, "seminars")
        await go.click()
        code = await Lead(lead).code()
        await gallery.look(lead, "console-empty")
        await ada.goto(f"/#/join/{code}")
        await ada.get_by_label("Your name").fill("Ada")
        await ada.locator("form button[type=submit]").click()
        await expect(ada.locator(".key .figure")).to_be_visible()
        await gallery.look(ada, "waiting-room")
        await _console(gallery, lead)
    assert gallery.complaints == []


async def _open_seminar(server: ServerProcess) -> None:
    treatments = [
        {"name": "In fog", "changes": {"monitoring": 0.8}},
        {"name": "No advisor", "changes": {"has_advisor": False}},
    ]
    body = {"name": "Asian security", "scenario": SCENARIO, "treatments": treatments}
    await server.post("/api/seminars", body, await server.host_token())


async def _console(gallery: Gallery, lead: Page) -> None:
    buttons = lead.locator("main > .console > header .controls button")
    await gallery.look(lead, "deal", buttons.nth(1).click)
    await lead.get_by_role("button", name="Make tables").click()
    await lead.get_by_role("button", name="Make them", exact=True).click()
    panel = lead.locator('[data-match="1"]')
    await expect(panel).to_be_visible(timeout=ARRIVAL_MS)
    await lead.get_by_role("button", name="Start all").click()
    await expect(panel).to_contain_text("Briefing")
    await lead.locator(".console").press("n")
    await expect(panel).to_contain_text("Negotiation")
    await gallery.look(lead, "console")
    await gallery.look(lead, "console-inject", lambda: _press(lead, "i"))
    await gallery.look(lead, "console-tell", lambda: _press(lead, "t"))
    await gallery.look(lead, "console-seats", lambda: _open_seats(panel))
    await gallery.look(lead, "console-more", buttons.last.click)
    await gallery.look(lead, "console-code", lambda: _show_code(lead, buttons.first))
    await gallery.look(lead, "console-move", lead.locator("ul li button").first.click)


async def _open_seats(panel: Locator) -> None:
    """Choose the people among the quiet powers of a table."""
    await panel.locator("button[aria-haspopup=menu]").click()
    await panel.get_by_role("menuitem").nth(SEATS_IN_MENU).click()


async def _show_code(lead: Page, button: Locator) -> None:
    """The code is read from the last row of a room, so it fills the window."""
    await button.click()
    shown = await lead.locator("dialog[open]").bounding_box()
    window = lead.viewport_size
    assert shown is not None
    assert window is not None
    assert shown["width"] > 0.85 * window["width"]
    assert shown["height"] > 0.85 * window["height"]


async def _seat_china(server: ServerProcess, code: str) -> Line:
    joined = await server.post("/api/join", {"code": code, "name": "Ada"})
    line = Line(server, joined["token"])
    await line.open()
    await line.do({"type": "take_seat", "seat": "CHN", "name": "Ada"})
    return line


async def _skip(host: Line, number: int, phase: str) -> None:
    answer = await host.do({"type": "skip_phase", "round": number, "phase": phase})
    assert answer["type"] == "ack", answer
