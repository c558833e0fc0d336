"""Two people and four bots play a whole scenario in real browsers, through a reload and a crash."""

import asyncio
import re
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from game_rules.records.record import read_record, verify
from game_rules.roles import Seat
from tests.e2e.conftest import PHONE, NewPerson
from tests.e2e.table import ARRIVAL_MS, Person
from tests.e2e.unhurried import SCENARIOS, UnhurriedServer, of_rounds, without_fog
from tests.live_server import ServerProcess

ROUNDS = 8
SEATS = tuple(map(Seat, ("CHN", "PHL", "VNM", "MYS", "IDN", "USA")))
CODE_OF_CONDUCT, TREATY = "Code of Conduct", "US-Philippines treaty"
ENCOUNTERS, FISHERIES = "Encounters at sea", "Fisheries"
RELOAD_IN, KILL_AFTER = 2, 3
CODE = re.compile(r"[0-9A-Z]{4}-[0-9A-Z]{4}")

Figures = dict[str, tuple[str, str]]


@pytest.mark.slow
async def test_a_match_is_played_from_the_code_to_the_replay(
    tmp_path: Path, new_person: NewPerson
) -> None:
    _write_scenario(tmp_path)
    async with (
        UnhurriedServer(tmp_path, tmp_path) as server,
        new_person(server.url) as host,
        new_person(server.url) as wide,
        new_person(server.url, viewport=PHONE, is_mobile=True, has_touch=True) as phone,
    ):
        code = await _set_up(host, server.secret)
        china = Person(wide, "CHN", (CODE_OF_CONDUCT, ENCOUNTERS, FISHERIES))
        philippines = Person(phone, "PHL", (CODE_OF_CONDUCT, TREATY, FISHERIES), is_phone=True)
        await china.join(code, "Ada", "China")
        await philippines.join(code, "Ben", "Philippines")
        fill = host.get_by_role("button", name=re.compile("^Put bots? on"))
        await fill.last.click()
        await expect(fill.filter(has_text="free seat")).to_have_count(0, timeout=ARRIVAL_MS)
        await host.get_by_role("button", name="Start the match").click()
        shown = await _play(server, china, philippines)
        await expect(wide.get_by_role("heading", name="The match is over")).to_be_visible()
        await _compare_with_replay(wide, shown)
        record = await _download(wide, server)
    position = verify(read_record(record))
    assert len(position.history) == ROUNDS
    assert [position.holders[seat].is_bot for seat in SEATS] == [False, False, *[True] * 4]


def _write_scenario(folder: Path) -> None:
    """A known number of rounds, and no fog: what is shown to one is shown to all, and after."""
    text = (SCENARIOS / "south_china_sea.toml").read_text()
    (folder / "south_china_sea.toml").write_text(without_fog(of_rounds(text, ROUNDS)))


async def _set_up(host: Page, secret: str) -> str:
    await host.goto(f"/#/host/{secret}")
    await host.get_by_role("button", name="Set up a match: South China Sea").click()
    await host.get_by_role("button", name="Open the lobby").click()
    shown = await host.locator("p.code").inner_text()
    found = CODE.search(shown)
    assert found is not None
    assert secret not in host.url, "the secret leaves the address once it is exchanged"
    return found[0]


async def _play(server: ServerProcess, china: Person, philippines: Person) -> dict[int, Figures]:
    people = china, philippines
    shown: dict[int, Figures] = {}
    await _all_ready(people, "I have read it")
    for number in range(1, ROUNDS + 1):
        if number == 1:
            await philippines.say("Let us keep the code.")
            await expect(china.page.get_by_text("Let us keep the code.").first).to_be_visible()
        await _all_ready(people, "Done talking")
        await china.choose("Cooperate" if number % 3 else "Defect")
        if number == RELOAD_IN:
            await _reload_and_find_the_choice(china)
        await philippines.choose("Cooperate" if number % 2 else "Defect")
        await _all_ready(people, "Done choosing")
        await expect(
            china.page.get_by_role("heading", name=f"Round {number}", exact=False).first
        ).to_be_visible(timeout=ARRIVAL_MS)
        shown[number] = await china.figures(SEATS)
        assert await philippines.figures(SEATS) == shown[number]
        if number == KILL_AFTER:
            await server.kill()
            await asyncio.sleep(0.5)
            await server.start()
        await _all_ready(people, "Next round" if number < ROUNDS else "Go to the debrief")
    return shown


async def _all_ready(people: tuple[Person, ...], label: str) -> None:
    for person in people:
        await person.ready(label)


async def _reload_and_find_the_choice(person: Person) -> None:
    await person.page.reload()
    assert await person.is_locked("Cooperate", CODE_OF_CONDUCT)


async def _compare_with_replay(page: Page, shown: dict[int, Figures]) -> None:
    await page.get_by_role("link", name="Replay").first.click()
    await page.get_by_role("slider").wait_for(timeout=ARRIVAL_MS)
    await page.keyboard.press("Home")
    await page.keyboard.press("ArrowRight")  # to the end of what was before round 1
    for number in range(1, ROUNDS + 1):
        await page.keyboard.press("ArrowRight")
        await expect(page.get_by_role("slider")).to_have_attribute(
            "aria-valuetext", re.compile(rf"\b{number}\b.*{ROUNDS}")
        )
        assert await _figures_once(page, shown[number]) == shown[number]


async def _figures_once(page: Page, expected: Figures) -> Figures:
    """Read the points, which follow when the slider rests: again for as long as they differ."""
    end = asyncio.get_running_loop().time() + ARRIVAL_MS / 1000
    while (found := await Person(page, "CHN").figures(SEATS)) != expected:
        if asyncio.get_running_loop().time() > end:
            break
        await page.wait_for_timeout(50)
    return found


async def _download(page: Page, server: ServerProcess) -> bytes:
    async with page.expect_download() as download:
        await page.get_by_role("button", name=re.compile("ecord")).first.click()
    path = await (await download.value).path()
    return await asyncio.to_thread(Path(path).read_bytes)
