"""The parts of a table leave each other room, from the last choices of a match to its end."""

from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Page, ViewportSize, expect

from tests.e2e.conftest import NewPerson
from tests.e2e.fit import misfits
from tests.e2e.gallery import LANGUAGES, speak
from tests.e2e.table import Person
from tests.e2e.unhurried import SCENARIOS, UnhurriedServer, of_rounds
from tests.live_server import Line, ServerProcess

SCENARIO = "quad_and_eas"
BOTS = ("JPN", "IND", "AUS", "CHN", "IDN", "RED")
LAPTOP: ViewportSize = {"width": 1366, "height": 768}
SIZES: tuple[ViewportSize, ...] = (
    {"width": 360, "height": 740},
    {"width": 390, "height": 844},
    {"width": 768, "height": 1024},
    {"width": 1280, "height": 720},
    LAPTOP,
    {"width": 1440, "height": 900},
    {"width": 1600, "height": 900},
)
LEAST_MAP_PX = 200
"""Lower, a map of a region is a line of signs over each other."""

CUT = """() => [...document.querySelectorAll("[data-choice] .title")]
  .filter((each) => each.scrollWidth > each.clientWidth || each.scrollHeight > each.clientHeight
    || getComputedStyle(each).textOverflow === "ellipsis")
  .map((each) => each.textContent)"""

CUT_LINES = """async () => {
  await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
  const key = document.querySelector("section.map .key");
  const end = key.getBoundingClientRect().bottom;
  const range = new Range();
  range.selectNodeContents(key);
  return [...range.getClientRects()].filter(({ top, bottom, width, height }) =>
    width > 1 && height < 30 && top < end - 1.5 && end + 1.5 < bottom).length;
}"""
"""How many lines and signs of the map's key its lower edge cuts."""

COVERED = """() => {
  const signs = ".mark, .plaque rect, .dot, [data-rung] .back, .name, .trust text, .tension text";
  const all = [...document.querySelectorAll(`section.map .stage :is(${signs})`)]
    .map((each) => [each, each.getBoundingClientRect()]);
  const tell = (each) => each.textContent || each.getAttribute("class");
  return all.flatMap(([one, a], i) => all.slice(i + 1).flatMap(([other, b]) => {
    const width = Math.min(a.right, b.right) - Math.max(a.left, b.left);
    const height = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
    const smaller = Math.min(a.width * a.height, b.width * b.height);
    return width > 0 && height > 0 && width * height > smaller / 3
      ? [`${tell(one)} and ${tell(other)}`] : [];
  }));
}"""
"""The pairs of signs and names on the map that overlap by more than a third of the smaller."""

REASON_IN_SIGHT = """() => {
  const key = document.querySelector("section.map .key").getBoundingClientRect();
  const reason = document.querySelector("section.map .key [data-because]").getBoundingClientRect();
  return key.top <= reason.top && reason.bottom <= key.bottom + 1;
}"""

BROKEN = """async () => {
  await document.fonts.ready;
  await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
  const broken = [];
  for (const name of document.querySelectorAll(".reveal .name bdi")) {
    const walker = document.createTreeWalker(name, NodeFilter.SHOW_TEXT);
    while (walker.nextNode())
      for (const { index, 0: word } of walker.currentNode.data.matchAll(/\\S+/g)) {
        const range = new Range();
        range.setStart(walker.currentNode, index);
        range.setEnd(walker.currentNode, index + word.length);
        const lines = new Set([...range.getClientRects()].map(({ bottom }) => Math.round(bottom)));
        if (lines.size > 1) broken.push(word);
      }
  }
  return broken;
}"""
"""Words of names that stand on more than one line."""


@pytest.mark.slow
async def test_the_parts_of_a_table_leave_each_other_room(
    tmp_path: Path, new_person: NewPerson
) -> None:
    folder = tmp_path / "scenarios"
    folder.mkdir()
    text = (SCENARIOS / f"{SCENARIO}.toml").read_text(encoding="utf-8")
    (folder / f"{SCENARIO}.toml").write_text(of_rounds(text, 1), encoding="utf-8")
    async with (
        UnhurriedServer(tmp_path, folder) as server,
        new_person(server.url, viewport=LAPTOP, reduced_motion="reduce") as page,
    ):
        host = await _seated(server, page)
        await _skip(host, (0, "briefing"), (1, "negotiation"))
        await expect(page.locator("[data-choice]")).to_have_count(4)
        assert await page.evaluate(CUT) == []
        await _cuts_no_line_of_the_key(page)
        await _skip(host, (1, "decision"))
        await expect(page.get_by_role("button", name="Go to the debrief")).to_be_visible()
        for language in LANGUAGES:
            await speak(page, language)
            for size in SIZES:
                await page.set_viewport_size(size)
                assert await page.evaluate(BROKEN) == [], (language, size)
                assert await misfits(page) == [], (language, size)
        await speak(page, "en")
        await _leaves_the_map_its_room(page)
        await _shows_the_map_beside_relations(page)
        await _shows_a_lens_beside_the_points(page)
        await _skip(host, (1, "reveal"))
        await expect(page.get_by_role("heading", name="The match is over")).to_be_visible()
        await _shows_the_true_totals(page, server, host)
        await host.close()


async def _shows_the_true_totals(page: Page, server: ServerProcess, host: Line) -> None:
    """Find every seat's total as the whole log has it, and one line that the fog has lifted."""
    match = page.url.split("#/m/")[1].split("/")[0]
    log = await server.get(f"/api/matches/{match}/log", host.token)
    gains = next(x["gains"] for x in log["events"] if x["type"] == "round_resolved")
    await expect(page.get_by_text("calculated from what you saw in fog")).to_have_count(0)
    await expect(page.get_by_text("The fog has lifted")).to_be_visible()
    for seat, total in gains.items():
        shown = await page.locator(f"[data-total={seat}]").inner_text()
        assert float(shown.replace("\u2212", "-")) == pytest.approx(total, abs=0.051), seat


async def _seated(server: ServerProcess, page: Page) -> Line:
    """Begin a match against bots as the United States; give the facilitator's line."""
    body: dict[str, Any] = {"scenario": SCENARIO, "pace": None, "seed": "7", "is_repeatable": True}
    match = await server.post("/api/matches", body, await server.host_token())
    host = Line(server, match["token"])
    await host.open()
    await Person(page, "USA").join(match["code"], "Ada", "United States")
    for seat in BOTS:
        await host.do({"type": "seat_bot", "seat": seat, "strategy": "cooperator"})
    await host.do({"type": "start_match"})
    return host


async def _skip(host: Line, *phases: tuple[int, str]) -> None:
    for number, phase in phases:
        done = await host.do({"type": "skip_phase", "round": number, "phase": phase})
        assert done["type"] == "ack", done


async def _cuts_no_line_of_the_key(page: Page) -> None:
    lines = page.get_by_role("group", name="Lines on the map")
    for view in ("Blocs", "Tension", "Trust", "Arenas"):
        await lines.get_by_role("radio", name=view).check()
        assert await page.evaluate(CUT_LINES) == 0, view
        assert await page.evaluate(COVERED) == [], view


async def _shows_the_map_beside_relations(page: Page) -> None:
    """Find each line of the key whole, a reason too, and no sign of the map under another."""
    await page.set_viewport_size(LAPTOP)
    views = page.get_by_role("group", name="What to see of the scores")
    await views.get_by_role("radio", name="Relations").check()
    await _cuts_no_line_of_the_key(page)
    lines = page.get_by_role("group", name="Lines on the map")
    await lines.get_by_role("radio", name="Trust").check()
    await expect(page.get_by_text("You trust China:")).to_be_visible()
    assert await page.evaluate(CUT_LINES) == 0  # which waits until it is drawn
    assert await page.evaluate(REASON_IN_SIGHT)
    await lines.get_by_role("radio", name="Arenas").check()


async def _leaves_the_map_its_room(page: Page) -> None:
    views = page.get_by_role("group", name="What to see of the scores")
    for size in SIZES[3:]:
        await page.set_viewport_size(size)
        for view in ("Points", "Relations"):
            await views.get_by_role("radio", name=view).check()
            box = await page.locator("section.map .stage").bounding_box()
            assert box is not None
            assert box["height"] >= LEAST_MAP_PX, (size, view)


async def _shows_a_lens_beside_the_points(page: Page) -> None:
    """Find no part of a table of points under the history of choices."""
    views = page.get_by_role("group", name="What to see of the scores")
    await views.get_by_role("radio", name="Points").check()
    await page.keyboard.press("v")
    await expect(page.locator("[data-worth=USA]")).to_be_visible()
    for size in SIZES[3:]:
        await page.set_viewport_size(size)
        assert await misfits(page) == [], size
