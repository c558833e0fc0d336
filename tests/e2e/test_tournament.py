"""A host starts a tournament in a browser; a guest opens its link and replays a match of it."""

import re
from itertools import product
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from server.tournaments import store
from server.tournaments.store import FileTables
from tests.e2e.conftest import PHONE, NewPerson
from tests.e2e.gallery import violations
from tests.e2e.unhurried import UnhurriedServer
from tests.server.tournament_scenes import a_spec, played

PATIENCE_MS = 60_000
ENTRANTS = ("Tit For Tat", "Defector", "Random")


@pytest.mark.slow
async def test_a_tournament_is_started_followed_and_replayed(
    tmp_path: Path, new_person: NewPerson
) -> None:
    async with (
        UnhurriedServer(tmp_path) as server,
        new_person(server.url) as host,
        new_person(server.url, viewport=PHONE, is_mobile=True, has_touch=True) as guest,
    ):
        await _start(host, server.secret)
        standings = host.get_by_role("region", name="Standings: table")
        await expect(standings.get_by_role("row")).to_have_count(1 + 3, timeout=PATIENCE_MS)
        tournament = host.url.split("/")[-1]
        document = (await server.get(f"/api/tournaments/{tournament}"))["document"]
        await expect(standings).not_to_have_attribute("tabindex", re.compile(".*"))
        await _compare_standings(host, document)
        await _replay_by_keyboard(host, document)
        await _look_as_guest(guest, tournament)
        assert await violations(host) == []
        assert await violations(guest) == []


async def _start(host: Page, secret: str) -> None:
    await host.goto(f"/#/host/{secret}")
    await host.get_by_role("link", name="Bot tournaments").click()
    await host.get_by_role("button", name="New tournament").click()
    await host.get_by_role("button", name="Clear the selection").click()
    for name in ENTRANTS:
        await host.get_by_role("checkbox", name=name, exact=True).check()
    await host.get_by_label("Turns per match").fill("20")
    await host.get_by_label("Repetitions").fill("5")
    assert await violations(host) == []
    await host.get_by_role("button", name="Start the tournament").click()
    await host.wait_for_url("**/tournament/*")


async def _compare_standings(page: Page, document: dict) -> None:
    rows = page.get_by_role("region", name="Standings: table").locator("tbody tr")
    shown = [await row.inner_text() for row in await rows.all()]
    for text, row in zip(shown, document["standings"], strict=True):
        assert f"{row['score']:.3f}" in text
        assert row["strategy"].replace("_", " ").title() in text


async def _replay_by_keyboard(page: Page, document: dict) -> None:
    """Go to a cell with the arrows, open it, and see the match that the server makes again."""
    best, second = (row["place"] for row in document["standings"][:2])
    await page.locator("[data-cell='0-0']").focus()
    await page.keyboard.press("ArrowRight")
    await page.keyboard.press("Enter")
    panel = page.locator("#match")
    await expect(panel).to_be_visible()
    value = f"{document['payoff_matrix'][best][second]:.2f}"
    await expect(page.locator("[data-cell='0-1']")).to_have_text(value)
    slider = panel.get_by_role("slider")
    await expect(slider).to_have_attribute("aria-valuetext", re.compile("Turn 20 of 20"))
    await panel.get_by_role("button", name="To the start").click()
    await expect(slider).to_have_attribute("aria-valuetext", re.compile("Before turn 1"))
    await panel.get_by_role("button", name="One turn forward").click()
    await expect(panel.get_by_role("img", name=re.compile("Cooperate|Defect"))).to_have_count(2)
    await panel.get_by_role("button", name="Next repetition").click()
    await page.wait_for_url(re.compile(r"r=1$"))


async def _look_as_guest(guest: Page, tournament: str) -> None:
    await guest.goto(f"/#/tournament/{tournament}?a=0&b=1&r=2")
    await expect(guest.locator("#match")).to_be_visible()
    await expect(guest.get_by_text("Repetition 3 of 5")).to_be_visible()
    width = await guest.evaluate("document.documentElement.scrollWidth")
    assert width <= PHONE["width"], "nothing sticks out sideways"
    await _scroll_the_standings(guest)
    await guest.get_by_role("link", name="All tournaments").click()
    await expect(guest.get_by_text("open the facilitator’s link")).to_be_visible()
    await guest.keyboard.press("?")
    await expect(guest.get_by_role("dialog", name="Keys")).to_be_visible()
    await guest.go_back()
    await expect(guest.locator("#match")).to_be_visible()
    await expect(guest.get_by_role("dialog")).to_have_count(0)


async def _scroll_the_standings(phone: Page) -> None:
    """Where a table is wider than its place the keyboard comes to it, and shades say where."""
    standings = phone.get_by_role("region", name="Standings: table")
    shades = standings.locator("..")
    await expect(standings).to_have_attribute("tabindex", "0")
    await expect(shades).to_have_attribute("style", re.compile("--left: 0; --right: 1;"))
    await standings.evaluate("(box) => box.scrollBy(box.scrollWidth, 0)")
    await expect(shades).to_have_attribute("style", re.compile("--left: 1; --right: 0;"))


@pytest.mark.slow
async def test_a_thousand_entrants_open_as_a_picture_and_a_window(
    tmp_path: Path, new_person: NewPerson
) -> None:
    """Not every pair is an element; arrows and clicks move the window; figures come by request."""
    async with UnhurriedServer(tmp_path) as server, new_person(server.url) as guest:
        tournament = _store_a_large_one(tmp_path / "detente.sqlite3")
        whole = await server.get(f"/api/tournaments/{tournament}")
        assert (whole["is_whole"], "payoff_matrix" in whole["document"]) == (False, False)
        await guest.goto(f"/#/tournament/{tournament}")
        standings = guest.get_by_role("region", name="Standings: table")
        await expect(standings.get_by_role("row")).to_have_count(1 + LARGE, timeout=PATIENCE_MS)
        pictured = guest.get_by_role("img", name="All 1,000 against all, best first")
        picture = pictured.locator("canvas")
        await expect(picture).to_be_visible(timeout=PATIENCE_MS)
        await expect(guest.locator("[data-cell]")).to_have_count(20 * 20)
        assert await guest.evaluate("document.querySelectorAll('*').length") < 40 * LARGE
        await guest.locator("[data-cell='0-19']").focus()
        await guest.keyboard.press("ArrowRight")
        await expect(guest.locator("[data-cell='0-20']")).to_be_focused()
        await guest.keyboard.press("End")
        await expect(guest.locator("[data-cell='0-999']")).to_be_focused()
        box = await picture.bounding_box()
        assert box is not None
        await picture.click(position={"x": box["width"] / 2, "y": box["height"] / 2})
        await expect(guest.locator("[data-cell='499-499']")).to_be_visible()
        drawn = "(c) => new Set(c.getContext('2d').getImageData(0, 0, 99, 99).data).size"
        assert await picture.evaluate(drawn) > 3, "shades are drawn"


LARGE = 1_000


def _store_a_large_one(database: Path) -> str:
    """Keep a result of so many entrants: that of four, over and over."""
    few = played(a_spec(turns=5, repetitions=2))
    spec = a_spec(turns=5, repetitions=2, entrants=[*few["entrants"]] * (LARGE // 4))
    copies = range(0, LARGE, 4)
    document = {**few, "id": spec.id, "entrants": list(spec.entrants)}
    for name in ("payoff_matrix", "cooperation_matrix", "wins_matrix"):
        document[name] = [row * (LARGE // 4) for row in few[name]] * (LARGE // 4)
    document["standings"] = [
        {**row, "rank": rank, "place": row["place"] + copy, "tied_places": [*range(rank % 7)]}
        for rank, (row, copy) in enumerate(product(few["standings"], copies), start=1)
    ]
    tables = FileTables(f"sqlite:///{database}")
    tables.change(store.enter(spec, 1, 0))
    tables.change(store.finish(spec.id, document, 0))
    return spec.id
