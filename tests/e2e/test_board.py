"""After the match: a facilitator shows the class its moments; a student weighs a choice alone."""

import asyncio
import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from playwright.async_api import Locator, Page, Route, ViewportSize, expect

from game_rules.bots.bot_match import play_bot_match
from game_rules.records.record import write_record
from game_rules.scenario_files.scenarios import load_scenario
from tests.e2e.conftest import PHONE, NewPerson
from tests.e2e.gallery import speak, violations
from tests.e2e.unhurried import UnhurriedServer
from tests.live_server import Line, ServerProcess

PATIENCE_MS = 30_000
WIDE: ViewportSize = {"width": 1366, "height": 768}
MOST_MOVED_PX = 2
STILL = """() => new Promise((still) => {
    let frames = 0
    addEventListener("scroll", () => (frames = 0), true)
    const count = () => (frames++ < 12 ? requestAnimationFrame(count) : still())
    count()
})"""


@pytest.mark.slow
@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ("Show the moments", "Find the better choice", "What if", "Show the forecast")),
        ("ur", ("اہم لمحے دکھائیں", "بہتر فیصلہ ڈھونڈیں", "اگر یوں ہوتا", "اندازہ دکھائیں")),
    ],
)
async def test_a_class_is_shown_its_moments_and_a_student_finds_the_better_choice(
    tmp_path: Path, new_person: NewPerson, language: str, words: tuple[str, ...]
) -> None:
    moments, find, what_if, forecast = words
    scenario = load_scenario("prisoners_dilemma")
    first, second = scenario.seats
    log = play_bot_match(scenario, {first: "tit_for_tat", second: "defector"}, "7")
    record = tmp_path / "match.jsonl"
    record.write_text(write_record(log, "test"))
    async with (
        UnhurriedServer(tmp_path) as server,
        new_person(server.url) as teacher,
        new_person(server.url, viewport=PHONE) as student,
    ):
        for person in (teacher, student):
            await person.goto(f"/#/host/{server.secret}")
            await person.get_by_role("heading").first.wait_for()
            await person.goto("/#/replay/file")
            await speak(person, language)
            await person.locator("input[type=file]").set_input_files(record)
            await person.get_by_role("slider").wait_for()

        await teacher.get_by_role("button", name=moments).first.click()
        told = teacher.locator("ol.things > li")
        await expect(told.first).to_be_visible(timeout=PATIENCE_MS)
        await told.first.get_by_role("button").click()
        await teacher.get_by_role("button", name=what_if).first.click()
        await expect(teacher.locator("[data-what-if] svg")).to_be_visible(timeout=PATIENCE_MS)
        await teacher.get_by_role("button", name=forecast).click()
        await expect(teacher.locator("[data-forecast] svg")).to_be_visible(timeout=PATIENCE_MS)
        assert await violations(teacher) == []
        await teacher.keyboard.press("End")  # where a log of who saw less has no point
        await teacher.locator("header select").select_option("public")
        await expect(teacher).to_have_url(re.compile("as=public"))
        await expect(teacher.get_by_role("slider")).to_be_visible()

        await student.get_by_role("button", name=moments).first.click()
        await student.get_by_role("button", name=find).first.click()
        question = student.locator("[data-better]").first
        await question.get_by_role("button").nth(1).click()
        await expect(question.locator("strong")).to_be_visible()
        assert await violations(student) == []
        address = re.compile(r"#/replay/file\?at=r\d")
        await expect(student).to_have_url(address)
        await student.locator("header select").select_option(second)
        await expect(student).to_have_url(re.compile(f"as={second}"))
        await expect(student.locator("header select")).to_have_value(second)
        await expect(student.get_by_role("slider")).to_be_visible()


@pytest.mark.slow
async def test_a_stored_match_keeps_its_moments_and_questions_wherever_one_goes(
    tmp_path: Path, new_person: NewPerson
) -> None:
    async with UnhurriedServer(tmp_path) as server, new_person(server.url) as reader:
        match = await stored_match(server, {"ROW": "defector", "COLUMN": "tit_for_tat"})
        averages, answers = await held(reader, "average"), await held(reader, "what-if")
        await reader.goto(f"/#/host/{server.secret}")
        await reader.get_by_role("heading").first.wait_for()
        await reader.goto(f"/#/replay/{match}")
        await reader.get_by_role("button", name="Show the moments").first.click()
        told = reader.get_by_role("region", name="Moments").locator("ol.things > li")
        await expect(told.first).to_be_visible(timeout=PATIENCE_MS)
        count = await told.count()

        moment = told.last.get_by_role("button")
        seat = (await moment.inner_text()).rsplit("·", 1)[-1].strip().upper()
        await moment.click()
        await expect(reader).to_have_url(re.compile(r"at=r[1-9]"))
        choices = reader.get_by_role("region", name="Choices of round")
        await expect(choices.get_by_label("Seat")).to_have_value(seat)
        made = choices.locator("li").first
        await expect(made).to_be_in_viewport(ratio=0.99)
        averages.set()
        await expect(told.locator("figure")).to_have_count(count, timeout=PATIENCE_MS)
        await reader.get_by_role("button", name="Show the forecast").wait_for()
        await drawn(reader)
        await expect(made).to_be_in_viewport(ratio=0.99)
        await expect(told).to_have_count(count)

        deed = re.compile("(Cooperate|Defect) · ")
        await expect(made.get_by_text(deed)).to_be_visible()
        await made.get_by_role("button", name="Find the better choice").click()
        answers.set()
        asked = choices.locator("[data-better]")
        await expect(asked).to_be_in_viewport(ratio=0.99)
        await expect(made.get_by_text(deed)).to_be_hidden()
        await asked.get_by_role("button").first.click()
        await expect(asked).to_be_in_viewport(ratio=0.99)
        await expect(made.get_by_text(deed)).to_be_visible()

        await reader.get_by_role("button", name="Find the better choice").first.click()
        question = reader.locator("[data-better]").first
        await question.get_by_role("button").nth(1).click()
        await expect(question.locator("strong")).to_be_visible()


@pytest.mark.slow
@pytest.mark.parametrize("viewport", [PHONE, WIDE], ids=["phone", "wide"])
async def test_averages_that_arrive_move_nothing_of_what_somebody_reads(
    tmp_path: Path, new_person: NewPerson, viewport: ViewportSize
) -> None:
    async with (
        UnhurriedServer(tmp_path) as server,
        new_person(server.url, viewport=viewport) as reader,
    ):
        match = await stored_match(server, {"ROW": "defector", "COLUMN": "tit_for_tat"})
        averages = await held(reader, "average")
        await reader.goto(f"/#/host/{server.secret}")
        await reader.get_by_role("heading").first.wait_for()
        await reader.goto(f"/#/replay/{match}")
        await reader.get_by_role("button", name="Show the moments").first.click()
        told = reader.get_by_role("region", name="Moments").locator("ol.things > li")
        read = told.nth(2).get_by_role("button")
        await expect(read).to_be_visible(timeout=PATIENCE_MS)
        await told.first.hover()
        await reader.mouse.wheel(0, await top_of(read) - viewport["height"] / 2)
        await reader.evaluate(STILL)
        await expect(read).to_be_in_viewport()
        before = await top_of(read)

        averages.set()
        count = await told.count()
        await expect(told.locator("figure")).to_have_count(count, timeout=PATIENCE_MS)
        await drawn(reader)
        assert abs(await top_of(read) - before) <= MOST_MOVED_PX


@pytest.mark.slow
async def test_a_changed_record_is_not_weighed_and_the_page_says_why(
    tmp_path: Path, new_person: NewPerson
) -> None:
    scenario = load_scenario("prisoners_dilemma")
    log = play_bot_match(scenario, dict.fromkeys(scenario.seats, "tit_for_tat"), "7")
    forged = tmp_path / "forged.jsonl"
    forged.write_text(write_record(log, "test").replace('"seed":"7"', '"seed":"8"', 1))
    async with UnhurriedServer(tmp_path) as server, new_person(server.url) as reader:
        await reader.goto(f"/#/host/{server.secret}")
        await reader.get_by_role("heading").first.wait_for()
        await reader.goto("/#/replay/file")
        await reader.locator("input[type=file]").set_input_files(forged)
        await reader.get_by_text("does not match its hash").wait_for()
        await expect(reader.get_by_role("button", name="Show the moments")).to_have_count(0)
        await reader.get_by_role("radio", name="Analysis").check()
        await expect(reader.get_by_text("its choices are not weighed")).to_be_visible()
        await expect(reader.get_by_role("button", name="Try again")).to_have_count(0)


async def held(reader: Page, what: str) -> asyncio.Event:
    """Keep the server's answers to a question back until the event that this gives is set."""
    free = asyncio.Event()

    async def hold(route: Route) -> None:
        await free.wait()
        await route.continue_()

    await reader.route(f"**/{what}?*", hold)
    return free


async def top_of(part: Locator) -> float:
    box = await part.bounding_box()
    assert box is not None
    return box["y"]


async def drawn(reader: Page) -> None:
    """Let the browser draw what has arrived, and what that leads to."""
    await reader.evaluate("""() => new Promise((drawn) => {
        const after = (frames) => requestAnimationFrame(() => frames ? after(frames - 1) : drawn())
        after(4)
    })""")


async def stored_match(
    server: ServerProcess,
    lineup: Mapping[str, str],
    *,
    scenario: str = "chicken",
    seed: str = "7",
    is_open_to_link: bool = False,
) -> str:
    """Let bots play a match that the server keeps; its id."""
    body = {"scenario": scenario, "pace": None, "seed": seed, "is_repeatable": True}
    body |= {"is_open_to_link": is_open_to_link}
    made = await server.post("/api/matches", body, await server.host_token())
    lead = Line(server, made["token"])
    await lead.open()
    for seat, strategy in lineup.items():
        await lead.do({"type": "seat_bot", "seat": seat, "strategy": strategy})
    await lead.send({"type": "start_match"})
    await lead.until('"match_ended"')
    await lead.close()
    return made["match"]
