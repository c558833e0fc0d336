"""Screens in their rarer states, wide and on a phone, in both languages: pictures, fit and axe."""

import asyncio
import re
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from playwright.async_api import Page, expect

from server.cli import main
from tests.e2e.classroom import SCENARIOS, Lead
from tests.e2e.conftest import PHONE, WIDE, NewPerson
from tests.e2e.gallery import Gallery
from tests.e2e.unhurried import UnhurriedServer
from tests.live_server import Line, ServerProcess

ARRIVAL_MS = 40_000
SCENARIO = "south_china_sea"
ARENA = "code_of_conduct"
BOTS = {"VNM": "tit_for_tat", "MYS": "go_by_majority", "IDN": "cooperator", "USA": "grudger"}
SAID = "I promise: we keep the code this year."
NAMES = ("Ada", "Ben", "Cem", SAID)
CLASS = (
    *("Abdul Rahman bin Haji Osman", "Aigerim", "Ana-Maria", "Bayu", "Chen Wei", "Dinh Thi Hoa"),
    *("Farhan", "Gulnara", "Haruki", "Imran", "Jasmine", "Kavya", "Lakshmi Venkataraman", "Mei"),
    *("Nguyen Van An", "Omar", "Priya", "Qasim", "Ravi", "Siti Nurhaliza", "Tenzin", "Usman"),
    *("Vikram", "Wong Siew Lan"),
)
TOURNAMENTS: dict[str, tuple[str, ...]] = {
    "round-robin": ("--noise", "0.05", "--repetitions", "4"),
    "exact": ("--exact", "--continue", "0.9"),
    "knockout": ("--kind", "knockout"),
    "ecological": ("--kind", "ecological", "--generations", "40"),
    "moran": ("--kind", "moran", "--generations", "30"),
    "spatial": ("--kind", "spatial", "--generations", "20", "--size", "9x9"),
    "search": ("--kind", "evolve", "--generations", "8", "--population", "9", "--survivors", "3"),
    "league": ("--game", "asean_confidence_building", "--repetitions", "2"),
}
REFUSED = {
    "watch-unknown": "watch/ABCD-EFGH",
    "show-unknown": "show/ABCD-EFGH",
    "host-refused": f"host/{quote('not the secret')}",
    "lead-refused": f"lead/{quote('not the secret')}",
    "seminars-guest": "seminars",
    "tournaments-guest": "tournaments",
}
MISSING = {
    "match-unknown": "m/nowhere",
    "replay-unknown": "replay/nowhere",
    "replay-file": "replay/file",
    "tournament-unknown": "tournament/nowhere",
    "seminar-unknown": "seminar/nowhere",
    "console-unknown": "console/nowhere",
}
KINDS = tuple(TOURNAMENTS)
ENTRANTS = "tit_for_tat,grudger,win_stay_lose_shift,random,defector,forgetful_fool_me_once"


@dataclass(frozen=True)
class Table:
    """A match in its first negotiation: Ben at a browser, with Cem, and China on a line."""

    page: Page
    match: str
    host: Line
    china: Line
    cem: Line


@asynccontextmanager
async def _negotiating(folder: Path, new_person: NewPerson) -> AsyncGenerator[Table]:
    text = (SCENARIOS / f"{SCENARIO}.toml").read_text()
    (folder / f"{SCENARIO}.toml").write_text(f"delegates = 2\n{text}")
    async with UnhurriedServer(folder, folder) as server, new_person(server.url) as page:
        body = {"scenario": SCENARIO, "pace": 1.0, "seed": "7", "is_repeatable": True}
        match = await server.post("/api/matches", body, await server.host_token())
        host = Line(server, match["token"])
        await host.open()
        china = await _seat(server, match["code"], "CHN", "Ada")
        await page.goto(f"/#/join/{match['code']}")
        await page.get_by_label("Your name").fill("Ben")
        await page.locator("form button[type=submit]").click()
        await page.get_by_role("button", name="Sit here: Philippines").click()
        await expect(
            page.get_by_role("button", name="Leave the seat of the Philippines")
        ).to_be_visible()
        cem = await _seat(server, match["code"], "PHL", "Cem")
        for seat, strategy in BOTS.items():
            await _does(host, {"type": "seat_bot", "seat": seat, "strategy": strategy})
        await _does(host, {"type": "start_match"})
        await _skip(host, 0, "briefing")
        yield Table(page, match["match"], host, china, cem)


@pytest.mark.slow
async def test_the_rare_moments_of_a_negotiation_look_right(
    tmp_path: Path, new_person: NewPerson
) -> None:
    gallery = Gallery(NAMES)
    async with _negotiating(tmp_path, new_person) as table:
        await _share_a_seat(gallery, table.page, table.cem)
        await _bargain(table.page, table.china)
        await gallery.look_at_table(table.page, "pacts-open", ("decide", "talk"))
        async with gallery.by_night(table.page):
            await gallery.look_at_table(table.page, "pacts-open-dark", ("map", "decide", "talk"))
        await _be_held_up(gallery, table.page, table.host)
    assert gallery.complaints == []


@pytest.mark.slow
async def test_a_broken_pledge_looks_right_and_so_does_what_is_left_of_the_match(
    tmp_path: Path, new_person: NewPerson
) -> None:
    gallery = Gallery(NAMES)
    async with _negotiating(tmp_path, new_person) as table:
        await _does(table.cem, {"type": "leave_seat"})
        await _bargain(table.page, table.china)
        await _break_a_pledge(gallery, table.page, table.host, table.china)
        await _look_back(gallery, table.page, table.match)
    assert gallery.complaints == []


async def _share_a_seat(gallery: Gallery, page: Page, cem: Line) -> None:
    """The pen goes to the other delegate, and comes back when they leave."""
    mine = page.get_by_role("region", name="Your delegation")
    await gallery.look_at_table(page, "with-pen", ("decide",))
    await mine.get_by_role("button", name="Pass the pen to Cem").click()
    await expect(mine).to_contain_text("Cem holds the pen")
    await gallery.look_at_table(page, "without-pen", ("decide",))
    await _does(cem, {"type": "leave_seat"})
    await expect(mine).to_have_count(0)


async def _bargain(page: Page, china: Line) -> None:
    """One pact waits for me, and one is in force."""
    await _does(china, {"type": "say", "room": [], "text": SAID, "act": "promise"})
    for binding in ("treaty", "escrow"):
        pledges = [{"seat": seat, "arena": ARENA, "action": "C"} for seat in ("CHN", "PHL")]
        terms: dict[str, Any] = {"parties": ["CHN", "PHL"], "pledges": pledges, "transfers": []}
        terms |= {"rounds": 3, "binding": binding, "stake": 2.0 if binding == "escrow" else 0.0}
        await _does(china, {"type": "propose", "round": 1, "terms": terms})
    await page.get_by_role("radio", name=re.compile("^Pacts")).check(force=True)
    await page.locator("[data-proposal]").first.get_by_role("button", name="Accept").click()
    await expect(page.locator("[data-pact]")).to_have_count(1)


async def _be_held_up(gallery: Gallery, page: Page, host: Line) -> None:
    """A pause, a line that is gone, an autopilot."""
    await _does(host, {"type": "pause_match"})
    await expect(page.get_by_role("timer")).to_contain_text("paused")
    await gallery.look_at_table(page, "paused", ("decide",))
    await _does(host, {"type": "resume_match"})
    await page.context.set_offline(True)
    await expect(page.locator(".banner")).to_be_visible()
    await gallery.look_at_table(page, "disconnected", ("decide",))
    await page.context.set_offline(False)
    await expect(page.locator(".banner")).to_have_count(0, timeout=ARRIVAL_MS)
    await _does(host, {"type": "engage_autopilot", "seat": "PHL"})
    back = page.get_by_role("button", name="Take back control")
    await expect(back).to_be_visible()
    await gallery.look_at_table(page, "autopilot", ("decide",))
    await back.click()
    await expect(back).to_have_count(0)


async def _break_a_pledge(gallery: Gallery, page: Page, host: Line, china: Line) -> None:
    await _skip(host, 1, "negotiation")
    await page.get_by_role("button", name="Cooperate in Code of Conduct", exact=True).click()
    order = {"type": "save_order", "round": 1, "actions": {ARENA: "C"}}
    await _does(china, order)
    await _does(china, {**order, "actions": {ARENA: "D"}, "is_ready": True})
    async with gallery.by_night(page):
        await gallery.look_at_table(page, "decision-dark", ("decide",))
    await _skip(host, 1, "decision")
    await expect(page.locator("[data-breach=CHN]")).to_be_visible()
    await gallery.look_at_table(page, "breach", ("decide", "talk"))
    async with gallery.by_night(page):
        await gallery.look_at_table(page, "breach-dark", ("decide", "scores"))
    await _skip(host, 1, "reveal")
    await _does(host, {"type": "end_match"})
    await expect(page.get_by_role("heading", name="The match is over")).to_be_visible()


async def _look_back(gallery: Gallery, page: Page, match: str) -> None:
    """The match on one sheet; and the replay, by all that it shows beside what happened."""
    await page.get_by_role("link", name="Debrief sheet").click()
    await expect(page.locator("[data-account=CHN]")).to_be_visible(timeout=ARRIVAL_MS)
    await gallery.look(page, "sheet")
    await page.set_viewport_size(PHONE)
    accounts = page.locator(".scroll", has=page.locator("[data-account=CHN]"))
    assert await accounts.evaluate("(box) => box.scrollWidth <= box.clientWidth")
    await page.set_viewport_size(WIDE)
    async with gallery.by_night(page):
        await gallery.look(page, "sheet-dark")
    await page.goto(f"/#/replay/{match}?at=r1&as=PHL")
    await page.get_by_role("slider").wait_for(timeout=ARRIVAL_MS)
    await gallery.look_at_table(page, "replay-as-seat", ("decide",))
    await page.goto(f"/#/replay/{match}?at=r1")
    await expect(page.get_by_role("combobox", name="Seen by")).to_have_value("archive")
    for view in ("Relations", "Audit", "Readings"):
        await page.locator(".scores").get_by_role("radio", name=view).check(force=True)
        await gallery.look_at_table(page, f"replay-{view.lower()}", ("scores",))
    await page.get_by_role("radio", name="Games").check(force=True)
    await page.get_by_role("radio", name="Pacts").check(force=True)
    await gallery.look_at_table(page, "replay-games", ("decide", "talk"))
    async with gallery.by_night(page):
        await gallery.look_at_table(page, "replay-dark", ("map", "scores"))


async def _seat(server: ServerProcess, code: str, seat: str, name: str) -> Line:
    joined = await server.post("/api/join", {"code": code, "name": name})
    line = Line(server, joined["token"])
    await line.open()
    await _does(line, {"type": "take_seat", "seat": seat, "name": name})
    return line


async def _does(line: Line, command: dict[str, Any]) -> None:
    answer = await line.do(command)
    assert answer["type"] == "ack", answer


async def _skip(host: Line, number: int, phase: str) -> None:
    await _does(host, {"type": "skip_phase", "round": number, "phase": phase})


@pytest.mark.slow
@pytest.mark.parametrize("kinds", [KINDS[:3], KINDS[3:6], KINDS[6:]], ids=",".join)
async def test_every_kind_of_tournament_looks_right(
    kinds: tuple[str, ...], tmp_path: Path, new_person: NewPerson
) -> None:
    gallery = Gallery()
    for kind in kinds:
        await asyncio.to_thread(_play, tmp_path, *TOURNAMENTS[kind])
    async with UnhurriedServer(tmp_path) as server, new_person(server.url) as page:
        cards = await server.get("/api/tournaments", await server.host_token())
        await page.goto(f"/#/host/{server.secret}")
        await page.get_by_role("link", name="Bot tournaments").click()
        await expect(page.locator("tbody tr")).to_have_count(len(kinds))
        await gallery.look(page, f"tournaments-{len(kinds)}")
        for name, card in zip(reversed(kinds), cards, strict=True):
            await page.goto(f"/#/tournament/{card['id']}")
            await expect(page.locator("main :is(table, figure svg)").first).to_be_visible()
            await gallery.look(page, f"tournament-{name}")
        if "round-robin" in kinds:
            await page.goto(f"/#/tournament/{cards[-1]['id']}?a=0&b=3&r=0")
            await expect(page.get_by_role("slider").first).to_be_visible(timeout=ARRIVAL_MS)
            async with gallery.by_night(page):
                await gallery.look(page, "tournament-match-dark")
    assert gallery.complaints == []


def _play(folder: Path, *settings: str) -> None:
    command = ("tournament", "run", "--entrants", ENTRANTS, "--turns", "20")
    if "--continue" in settings or "--game" in settings:
        command = command[:-2]
    database = ("--seed", "7", "--database", f"sqlite:///{folder}/detente.sqlite3")
    assert main([*command, *settings, *database]) == 0


@pytest.mark.slow
async def test_a_full_class_looks_right(tmp_path: Path, new_person: NewPerson) -> None:
    gallery = Gallery((*CLASS, "International security, Tuesday", "Public talk only", "In fog"))
    async with (
        UnhurriedServer(tmp_path) as server,
        new_person(server.url) as lead,
        new_person(server.url) as last,
    ):
        treatments = [
            {"name": "Public talk only", "changes": {"press": "public"}},
            {"name": "In fog", "changes": {"monitoring": 0.8}},
        ]
        body = {"name": "International security, Tuesday", "scenario": SCENARIO}
        led = await server.post(
            "/api/seminars", {**body, "treatments": treatments}, await server.host_token()
        )
        for name in CLASS[:-1]:
            await server.post("/api/join", {"code": led["code"], "name": name})
        await lead.goto(f"/#/host/{server.secret}")
        await lead.get_by_role("link", name="Seminars").click()
        await lead.get_by_role("button", name="Lead International").click()
        await last.goto(f"/#/join/{led['code']}")
        await last.get_by_label("Your name").fill(CLASS[-1])
        await last.locator("form button[type=submit]").click()
        await expect(lead.get_by_text("24 people").first).to_be_visible(timeout=ARRIVAL_MS)
        await gallery.look(last, "class-waiting-24")
        await gallery.look(lead, "class-24")
        await _run_a_round(gallery, lead)
    assert gallery.complaints == []


async def _run_a_round(gallery: Gallery, lead: Page) -> None:
    await lead.get_by_role("button", name="Make tables").click()
    await lead.get_by_role("button", name="Make them", exact=True).click()
    panels = lead.locator("[data-match]")
    await expect(panels).to_have_count(4, timeout=ARRIVAL_MS)
    await lead.get_by_role("button", name="Start all").click()
    for phase in ("Briefing", "Negotiation", "Decision", "Reveal"):
        for number in range(4):
            await expect(panels.nth(number)).to_contain_text(phase, timeout=ARRIVAL_MS)
        if phase != "Reveal":
            await lead.get_by_role("button", name="End phase in all").click()
        if phase == "Decision":
            await lead.get_by_role("button", name="End it anyway").click()
    await gallery.look(lead, "class-reveal")
    async with gallery.by_night(lead):
        await gallery.look(lead, "class-reveal-dark")
    await Lead(lead).press("End all")
    await lead.locator("dialog[open] footer button").last.click()
    for number in range(4):
        await expect(panels.nth(number)).to_contain_text("Debrief", timeout=ARRIVAL_MS)
    await gallery.look(lead, "class-over")
    await lead.goto("/")
    await expect(lead.get_by_role("heading", name="Your seminars")).to_be_visible()
    async with gallery.by_night(lead):
        await gallery.look(lead, "home-host-dark")


@pytest.mark.slow
async def test_what_is_refused_looks_right(tmp_path: Path, new_person: NewPerson) -> None:
    gallery = Gallery()
    async with UnhurriedServer(tmp_path) as server, new_person(server.url) as page:
        await page.goto("/")
        await gallery.look_afresh(page, "join-refused", lambda: _guess_a_code(page))
        await _look_at_all(gallery, page, REFUSED)
    assert gallery.complaints == []


@pytest.mark.slow
async def test_what_is_missing_looks_right(tmp_path: Path, new_person: NewPerson) -> None:
    gallery = Gallery()
    async with UnhurriedServer(tmp_path) as server, new_person(server.url) as page:
        body = {"scenario": SCENARIO, "pace": 1.0, "seed": "7", "is_repeatable": True}
        match = await server.post("/api/matches", body, await server.host_token())
        await page.goto("/")
        early = {f"{kind}-too-early": f"{kind}/{match['match']}" for kind in ("debrief", "replay")}
        await _look_at_all(gallery, page, MISSING | early)
    assert gallery.complaints == []


async def _look_at_all(gallery: Gallery, page: Page, addresses: dict[str, str]) -> None:
    for name, address in addresses.items():
        await gallery.look_afresh(page, name, partial(_come, page, address))


async def _guess_a_code(page: Page) -> None:
    await _come(page, "join/ABCD-EFGH")
    await expect(page.locator(".notice.bad")).to_be_visible()
    await expect(page.locator("#code")).to_be_visible()


async def _come(page: Page, address: str) -> None:
    await page.goto("about:blank")
    await page.goto(f"/#/{address}")
    await expect(page.locator("main :is(h1, .notice)").first).to_be_visible()
