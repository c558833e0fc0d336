"""A whole match on the projector: what the room sees, and never a secret; pictures to look at.

Pictures go to the folder that DETENTE_PICTURES names, if it is set.
"""

import os
from collections.abc import Sequence
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from tests.e2e.conftest import PHONE, NewPerson
from tests.e2e.gallery import violations
from tests.e2e.unhurried import UnhurriedServer
from tests.live_server import Line, ServerProcess

PATIENCE_MS = 20_000
NEWS = {
    "name": "storm",
    "title": "A storm at sea",
    "text": "For two rounds nobody can patrol, and pressing pays less.",
    "rounds": 2,
    "effects": [{"arena": "code_of_conduct", "parameter": "g", "change": -1}],
}
BOTS = {"VNM": "tit_for_tat", "MYS": "grudger", "IDN": "cooperator", "USA": "grudger"}


class Hall:
    """The projector in two languages, and on a phone."""

    def __init__(self, pages: Sequence[Page]) -> None:
        self.english, self.urdu, self.phone = pages

    async def look(self, name: str) -> None:
        """Find nothing that keeps people out, nothing wider than the page; take the pictures."""
        for kind, page in vars(self).items():
            assert await violations(page) == [], f"{name} {kind}"
            wide = await page.evaluate("document.documentElement.scrollWidth - innerWidth")
            assert wide <= 0, f"{name} {kind} is {wide} px too wide"
            if folder := os.environ.get("DETENTE_PICTURES"):
                await page.wait_for_timeout(600)
                picture = Path(folder, f"projector-{name}-{kind}.png")
                await page.screenshot(path=picture, full_page=True)

    async def sees(self, text: str) -> None:
        """Wait until all show a text."""
        for page in vars(self).values():
            await expect(page.get_by_text(text).first).to_be_visible(timeout=PATIENCE_MS)

    async def words(self) -> str:
        """Give all that stands on the pages."""
        return "\n".join([await page.locator("body").inner_text() for page in vars(self).values()])


@pytest.mark.slow
async def test_a_hall_follows_a_match_and_sees_no_secret(
    tmp_path: Path, new_person: NewPerson
) -> None:
    async with (
        UnhurriedServer(tmp_path) as server,
        new_person(server.url) as english,
        new_person(server.url, locale="ur-PK", color_scheme="dark") as urdu,
        new_person(server.url, viewport=PHONE, is_mobile=True, has_touch=True) as phone,
    ):
        body = {"scenario": "south_china_sea", "pace": 5.0, "seed": "7", "is_repeatable": True}
        match = await server.post("/api/matches", body, await server.host_token())
        hall = Hall((english, urdu, phone))
        for page in vars(hall).values():
            await page.goto(f"/#/show/{match['code']}")
        await hall.sees(match["code"])
        host, ada = Line(server, match["token"]), await _seat(server, match["code"])
        await host.open()
        for seat, strategy in BOTS.items():
            await host.do({"type": "seat_bot", "seat": seat, "strategy": strategy})
        await hall.sees("Ada")
        await hall.look("lobby")
        await host.do({"type": "start_match"})
        await _skip(host, 0, "briefing")
        secret = "Do not tell anybody about the islands"  # noqa: S105
        await ada.do({"type": "say", "room": ["VNM"], "text": secret})
        await ada.do({"type": "save_order", "round": 1, "actions": {"code_of_conduct": "D"}})
        await host.do({"type": "open_inject", "inject": NEWS})
        await host.do({"type": "say", "room": [], "text": "Ten minutes to go, colleagues."})
        await hall.sees("A storm at sea")
        await hall.sees("Ten minutes to go, colleagues.")
        await hall.look("negotiation")
        await _skip(host, 1, "negotiation")
        await _skip(host, 1, "decision")
        await expect(
            english.get_by_role("heading", name="Round 1", exact=False).last
        ).to_be_visible()
        await hall.look("reveal")
        await _skip(host, 1, "reveal")
        for phase in ("negotiation", "decision", "reveal"):
            await _skip(host, 2, phase)
        assert secret not in await hall.words()
        await _skip(host, 3, "negotiation")
        await hall.look("decision")
        await host.do({"type": "end_match"})
        await expect(english.get_by_role("table").last).to_be_visible(timeout=PATIENCE_MS)
        await hall.look("debrief")


async def _seat(server: ServerProcess, code: str) -> Line:
    joined = await server.post("/api/join", {"code": code, "name": "Ada"})
    line = Line(server, joined["token"])
    await line.open()
    await line.do({"type": "take_seat", "seat": "CHN", "name": "Ada"})
    return line


async def _skip(host: Line, number: int, phase: str) -> None:
    answer = await host.do({"type": "skip_phase", "round": number, "phase": phase})
    assert answer["type"] == "ack", answer
