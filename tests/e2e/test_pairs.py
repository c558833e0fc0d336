"""A class in pairs, larger than a map can name: everybody sees what concerns them."""

import re
from pathlib import Path

import pytest
from playwright.async_api import expect

from tests.e2e.classroom import PATIENCE_MS, Student
from tests.e2e.conftest import NewPerson
from tests.e2e.gallery import Gallery
from tests.e2e.unhurried import UnhurriedServer
from tests.live_server import ServerProcess

PEOPLE = 20
PLAYER = re.compile(r"Player \d+")


@pytest.mark.slow
async def test_each_of_many_pairs_sees_its_own_and_the_rest_in_sums(
    tmp_path: Path, new_person: NewPerson
) -> None:
    gallery = Gallery(["Ada"])
    async with (
        UnhurriedServer(tmp_path) as server,
        new_person(server.url) as page,
        new_person(server.url) as wall,
    ):
        body = {"name": "Pairs", "scenario": "stag_hunt", "pairing": "random"}
        made = await server.post("/api/seminars", body, await server.host_token())
        path, token = f"/api/seminars/{made['seminar']}", made["token"]
        for number in range(1, PEOPLE):
            await server.post("/api/join", {"code": made["code"], "name": f"P{number}"})
        ada = Student(page, "Ada")
        await ada.wait(made["code"])
        dealt = await server.post(f"{path}/deal", {}, token)
        assert (dealt["sizes"], dealt["seats"]) == ([PEOPLE], [PEOPLE])
        await expect(page).to_have_url(re.compile("#/m/"), timeout=PATIENCE_MS)
        match = re.findall(r"#/m/([^/]+)/", page.url)[0]

        async def all_do(**command: object) -> None:
            asked = [
                {
                    "match": match,
                    "id": f"{command['type']}_{command.get('phase')}",
                    "command": command,
                }
            ]
            await server.post(f"{path}/commands", {"commands": asked}, token)

        await all_do(type="start_match")
        for phase in ("briefing", "negotiation"):
            number = 0 if phase == "briefing" else 1
            await all_do(type="skip_phase", round=number, phase=phase)
        mine = await ada.seat()
        chart = page.locator(".stage svg")
        await expect(chart.get_by_text(mine, exact=True)).to_have_count(1)
        await expect(chart.get_by_text(PLAYER)).to_have_count(2)
        await page.get_by_role("button", name=re.compile("^Cooperate")).first.click()
        await gallery.look_at_table(page, "pairs-decision", ("map", "decide", "scores"))
        await all_do(type="skip_phase", round=1, phase="decision")
        sums = page.get_by_text(
            f"Of {PEOPLE // 2} arenas: in 0 all cooperated, in 1 some did, in 9"
        )
        await expect(sums).to_be_visible(timeout=PATIENCE_MS)
        outcomes = page.locator(".reveal").get_by_role("heading", name="Stag Hunt", exact=True)
        await expect(outcomes).to_have_count(1)
        await gallery.look_at_table(page, "pairs-reveal", ("map", "decide", "scores"))
        await page.get_by_text("All 9 others").click()
        await expect(outcomes).to_have_count(PEOPLE // 2)
        await wall.goto(f"/#/show/{await _code_of(server, match)}")
        await expect(wall.get_by_text(f"Of {PEOPLE // 2} arenas")).to_be_visible()
        await expect(wall.locator(".stage svg").get_by_text(PLAYER)).to_have_count(0)
        await gallery.look(wall, "pairs-projector")
    assert gallery.complaints == [], "\n".join(gallery.complaints)


async def _code_of(server: ServerProcess, match: str) -> str:
    matches = await server.get("/api/matches", await server.host_token())
    return next(each["code"] for each in matches if each["match"] == match)
