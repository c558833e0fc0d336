"""A class of 40 as it comes: one address, a prankster, odd browsers, a network that drops lines.

The short form plays two rounds; the long one is `DETENTE_HARD_CLASS=long uv run pytest
tests/e2e/test_hard_class.py`: eight rounds, a minute asleep, sockets that are dropped every 30 s.
"""

import asyncio
import os
import re
import urllib.error
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Dialog, Page, expect

from client.rehearsal.rehearsal import Script, rehearse
from client.rehearsal.tally import Tally
from tests.e2e.classroom import PATIENCE_MS, SCENARIOS, Student
from tests.e2e.conftest import NewPerson
from tests.e2e.test_surroundings import DENIED, FULL, TRANSLATOR
from tests.e2e.unhurried import UnhurriedServer, of_rounds, without_fog
from tests.live_server import ServerProcess
from tests.proxy import Proxy, proxied

IS_LONG = os.environ.get("DETENTE_HARD_CLASS") == "long"
ROUNDS, ASLEEP_S, DROP_AFTER_S = (8, 60, 30) if IS_LONG else (2, 3, 3)
CLASS, MATCHES, IN_BROWSERS = 40, 7, 5
LONGEST_S = 900 if IS_LONG else 150
SAID = "こんにちは"

PLAY = """() => setInterval(() => {
  const buttons = [...document.querySelectorAll("button")].filter((one) => one.checkVisibility());
  const isOpen = (one) => one.ariaPressed === "false" && one.ariaBusy !== "true";
  const choice = buttons.find((one) => /^Cooperate in /.test(one.ariaLabel) && isOpen(one) &&
    !one.parentElement.querySelector("[aria-pressed=true], [aria-busy=true]"));
  const said = new RegExp("I have read it|Done talking|Done preparing|Done choosing|Next round|" +
    "Go to the debrief|^\\\\s*Continue\\\\s*$");
  const ready = buttons.find((one) => said.test(one.textContent) && one.ariaBusy !== "true");
  (choice ?? ready)?.click();
}, 150)"""
"""A student who cooperates everywhere and is ready at once."""

SAFARI = """(field) => {
  field.dispatchEvent(new CompositionEvent("compositionend", { bubbles: true }));
  field.dispatchEvent(new KeyboardEvent("keydown",
    { key: "Enter", keyCode: 229, bubbles: true, cancelable: true }));
}"""


@asynccontextmanager
async def prankster(server: ServerProcess) -> AsyncGenerator[None]:
    """Type wrong codes at the address of the class."""

    async def type_codes() -> None:
        while True:
            with pytest.raises(urllib.error.HTTPError):
                await server.post("/api/join", {"code": "ABCD-EFGH", "name": "Mallory"})
            await asyncio.sleep(0.5)

    typing = asyncio.create_task(type_codes())
    yield
    assert not typing.done(), "a wrong code was taken, or refused without an answer"
    typing.cancel()


async def sleep(page: Page) -> None:
    """Let a laptop sleep: nothing runs on the page, and nothing is read."""

    async def wake(dialog: Dialog) -> None:
        await asyncio.sleep(ASLEEP_S)
        await dialog.accept()

    page.once("dialog", wake)
    await page.evaluate("alert('asleep')")


async def compose(page: Page) -> None:
    """Say something with an input method, whose last Enter Safari reports late."""
    await page.get_by_role("button", name="I have read it").click(timeout=PATIENCE_MS)
    field = page.locator(".talk textarea")
    await field.fill(SAID[:3], timeout=PATIENCE_MS)
    await field.evaluate(SAFARI)
    await field.fill(SAID)
    await page.wait_for_timeout(100)
    await field.press("Enter")
    await expect(page.get_by_role("log")).to_contain_text(SAID)


async def deal_and_start(server: ServerProcess, seminar: str, token: str) -> list[str]:
    """Make the matches and start them at once; give their ids."""
    path = f"/api/seminars/{seminar}"
    dealt = await server.post(f"{path}/deal", {}, token)
    assert sum(dealt["sizes"]) == CLASS
    held = await server.get("/api/matches", await server.host_token())
    matches = [each["match"] for each in held]
    commands = [{"match": x, "id": "go", "command": {"type": "start_match"}} for x in matches]
    outcomes = await server.post(f"{path}/commands", {"commands": commands}, token)
    assert all(each["ok"] for each in outcomes)  # ty: ignore
    return matches


async def log_of(server: ServerProcess, match: str, kind: str) -> list[dict[str, Any]]:
    """Give the events of one kind in a match that has ended."""
    path = f"/api/matches/{match}/log?as=archive"
    log = await server.get(path, await server.host_token())
    return [each for each in log["events"] if each["type"] == kind]


async def totals(server: ServerProcess, match: str) -> dict[str, float]:
    """Sum up the gains of a match; every order in it was given by its seat."""
    rounds = await log_of(server, match, "round_resolved")
    assert len(rounds) == ROUNDS
    sources = {x for each in rounds for arena in each["results"] for x in arena["sources"].values()}
    assert sources == {"ordered"}
    return {seat: sum(each["gains"][seat] for each in rounds) for seat in rounds[0]["gains"]}


def match_on(page: Page) -> str:
    """Read the match from the address."""
    return re.findall(r"#/m/([^/]+)/", page.url)[0]


async def shows_the_truth(page: Page, server: ServerProcess) -> None:
    """Compare the debrief on a page with the log of its match."""
    for seat, total in (await totals(server, match_on(page))).items():
        shown = await page.locator(f"[data-total={seat}]").first.inner_text()
        assert abs(float(shown.replace("\u2212", "-").replace(",", "")) - total) < 0.06, seat


@pytest.mark.slow
async def test_a_hard_class_plays_to_the_end_and_its_debrief_is_right(
    tmp_path: Path, new_person: NewPerson
) -> None:
    text = (SCENARIOS / "south_china_sea.toml").read_text()
    sea = without_fog(of_rounds(text, ROUNDS))
    (tmp_path / "sea").mkdir()
    (tmp_path / "sea" / "south_china_sea.toml").write_text(sea)
    async with (
        UnhurriedServer(tmp_path, tmp_path / "sea") as server,
        proxied(Proxy(server, drop_after_s=DROP_AFTER_S)) as proxy,
        prankster(server),
        new_person(proxy.url) as private,
        new_person(proxy.url) as full,
        new_person(proxy.url) as translated,
        new_person(proxy.url) as composing,
        new_person(proxy.url) as laptop,
    ):
        await private.add_init_script(DENIED)
        await full.add_init_script(FULL)
        body = {"name": "A hard class", "scenario": "south_china_sea"}
        made = await server.post("/api/seminars", body, await server.host_token())
        pages = (private, full, translated, composing, laptop)
        await asyncio.gather(
            *(Student(page, f"Student {i}").wait(made["code"]) for i, page in enumerate(pages))
        )
        script = Script(CLASS - IN_BROWSERS, "7", think_s=0.2, longest_s=LONGEST_S)
        link = f"{proxy.url}/#/join/{made['code']}"
        come = asyncio.Event()
        others = asyncio.create_task(
            rehearse(link, script, lambda told: come.set() if told.startswith("35 of") else None)
        )
        await asyncio.wait_for(come.wait(), LONGEST_S)
        matches = await deal_and_start(server, made["seminar"], made["token"])
        for page in pages:
            await expect(page).to_have_url(re.compile("#/m/"), timeout=PATIENCE_MS)
        await translated.evaluate(TRANSLATOR)
        await asyncio.gather(compose(composing), sleep(laptop))
        for page in pages:
            await page.evaluate(PLAY)
        tally: Tally = (await others).tally
        assert (tally.problems, tally.finished) == ([], CLASS - IN_BROWSERS)
        assert tally.lost_lines > 0 < proxy.dropped
        for page in pages:
            await expect(page.get_by_role("link", name="Replay").first).to_be_visible(
                timeout=PATIENCE_MS
            )
            await shows_the_truth(page, server)
        assert len(matches) == MATCHES
        for match in matches:
            await totals(server, match)
        said = await log_of(server, match_on(composing), "message_said")
        assert [each["text"] for each in said if each["text"][:1] == SAID[0]] == [SAID]
