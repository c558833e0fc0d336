"""Two people share a seat: who holds the pen acts, the other reads, talks and asks for it.

Nothing is offered that would be refused: not to a delegate without the pen, not to the people of a
seat that a program plays, not in a pause, not to onlookers, not when the match is over. No page of
this test is ever told `refused`, though every key is pressed by somebody who may do nothing.
"""

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Page, WebSocket, expect

from tests.e2e.conftest import NewPerson
from tests.e2e.keyboard import Hand
from tests.e2e.table import ARRIVAL_MS
from tests.e2e.unhurried import UnhurriedServer
from tests.live_server import Line, ServerProcess

expect.set_options(timeout=ARRIVAL_MS)  # a machine that does much else is slow, not wrong

SCENARIOS = Path(__file__).parents[2] / "game_rules" / "scenarios"
SCENARIO = "south_china_sea"
TREATY, CODE = "US-Philippines treaty", "Code of Conduct"
BOTS = {"VNM": "cooperator", "MYS": "cooperator", "IDN": "cooperator", "USA": "cooperator"}
ABSENT_S = 4
ONLY_BEN = "Only Ben can choose, because Ben holds the pen."
CHOICES = re.compile("^(Cooperate|Defect) in ")
READY = re.compile(
    "^(I have read it|Done talking|Done choosing|Next round|Continue|You are ready)$"
)
COMMANDS = (
    CHOICES,
    READY,
    re.compile("^Propose a pact"),
    re.compile("^(Choose a move|Change the move|Withdraw the move)$"),
    re.compile("^(Accept|Decline|Counter|Withdraw|Change)$"),
    re.compile("^Pass the pen"),
)
"""Names of buttons that ask for something on a seat's behalf."""


@pytest.mark.slow
async def test_the_pen_decides_what_is_offered_and_passes_by_keyboard(
    tmp_path: Path, new_person: NewPerson
) -> None:
    _write_scenario(tmp_path)
    async with (
        UnhurriedServer(tmp_path, tmp_path) as server,
        new_person(server.url) as one,
        new_person(server.url) as two,
        new_person(server.url) as three,
    ):
        refusals: list[str] = []
        for page in (one, two, three):
            page.on("websocket", lambda socket: _note_refusals(socket, refusals))
        ben, cy = await Hand.at(one, "Ben"), await Hand.at(two, "Cy")
        match, host, china = await _open_match(server)
        await _sit_together(match, ben, cy)
        await three.goto(f"/#/watch/{match['code']}")
        await _do(host, {"type": "start_match"})
        await _skip(host, 0, "briefing")
        await _only_reads(cy)
        await _asks_and_is_given(ben, cy)
        await _stands_still(ben, cy, host)
        await _is_played_for(ben, cy, host)
        await _looks_on(three)
        await _hears_a_mediator(ben, cy, host)
        await _goes_and_comes_back(ben, cy, china)
        await _is_over(ben, cy, host, three)
        assert refusals == []
        for line in (host, china):
            await line.close()


def _write_scenario(folder: Path) -> None:
    text = (SCENARIOS / f"{SCENARIO}.toml").read_text()
    head = f"delegates = 2\nautopilot_after_s = {ABSENT_S}\n"
    (folder / f"{SCENARIO}.toml").write_text(head + text)


def _note_refusals(socket: WebSocket, refusals: list[str]) -> None:
    def note(payload: str | bytes) -> None:
        if '"refused"' in str(payload):
            refusals.append(str(payload))

    socket.on("framereceived", note)


async def _open_match(server: ServerProcess) -> tuple[dict[str, Any], Line, Line]:
    body = {"scenario": SCENARIO, "pace": 1.0, "seed": "7", "is_repeatable": True}
    match = await server.post("/api/matches", body, await server.host_token())
    host = Line(server, match["token"])
    await host.open()
    for seat, strategy in BOTS.items():
        await _do(host, {"type": "seat_bot", "seat": seat, "strategy": strategy})
    joined = await server.post("/api/join", {"code": match["code"], "name": "Ada"})
    china = Line(server, joined["token"])
    await china.open()
    await _do(china, {"type": "take_seat", "seat": "CHN", "name": "Ada"})
    return match, host, china


async def _do(line: Line, command: dict[str, Any]) -> None:
    answer = await line.do(command)
    assert answer["type"] == "ack", answer


async def _skip(host: Line, number: int, phase: str) -> None:
    await _do(host, {"type": "skip_phase", "round": number, "phase": phase})


async def _sit_together(match: dict[str, Any], ben: Hand, cy: Hand) -> None:
    """Ben sits down and has the pen; Cy joins the delegation from the same list."""
    await _sit(match, ben, "Ben", "Sit here: Philippines")
    await _sit(match, cy, "Cy", "Join the delegation of the Philippines")
    await expect(ben.page.get_by_text("Ben and Cy").first).to_be_visible()


async def _sit(match: dict[str, Any], hand: Hand, name: str, door: str) -> None:
    await hand.page.goto(f"/#/join/{match['code']}")
    await expect(hand.page.get_by_label("Your name")).to_be_focused()
    await hand.type(name)
    await hand.press("Enter")
    await hand.use(hand.page.get_by_role("button", name=door))
    await expect(
        hand.page.get_by_role("button", name="Leave the seat of the Philippines")
    ).to_be_visible()


async def _only_reads(cy: Hand) -> None:
    """Without the pen: no ready, orders, pacts, moves or notes; every key says who has it."""
    await cy.hears("Round 1, Negotiation.")
    await cy.press("Tab")
    await _is_offered_nothing(cy.page)
    await expect(cy.page.get_by_text("Ben holds the pen.").first).to_be_visible()
    await cy.use(cy.page.get_by_role("button", name="Show all tools"))
    await cy.use(cy.page.get_by_role("button", name="Guess what the others do").first, back=True)
    await expect(cy.page.locator("[data-forecast]")).to_be_visible()
    await expect(cy.page.locator("[data-forecast] input")).to_have_count(0)
    await cy.press("Escape")
    await cy.press("1")
    for key in ("c", "d", "p", "m", "Enter"):
        await cy.listen_from_here()
        await cy.press(key)
        await cy.hears(ONLY_BEN)
    await expect(cy.page.locator("dialog[open]")).to_have_count(0)


async def _is_offered_nothing(page: Page) -> None:
    """No button of any command is there to be used."""
    for name in COMMANDS:
        usable = page.get_by_role("button", name=name, disabled=False)
        await expect(usable, f"{name.pattern} is offered").to_have_count(0)


async def _asks_and_is_given(ben: Hand, cy: Hand) -> None:
    """Cy talks and asks; Ben chooses and passes the pen; on both screens the offer changes."""
    await cy.press("/")
    await cy.type("I would sign.")
    await cy.press("Enter")
    await cy.hears("Sent.")
    await ben.hears("Cy of your delegation, Everyone: I would sign.")
    await cy.use(cy.page.get_by_role("button", name="Ask for the pen"), back=True)
    await cy.hears("You have asked for the pen.")
    await ben.hears("Cy of your delegation, to the facilitator only: May I have the pen?")
    await ben.press("Tab", "2", "d")
    await ben.hears(f"{TREATY}: locked in, Defect.")
    await cy.hears(f"{TREATY}: locked in, Defect.")
    await expect(
        cy.page.locator("[data-arena=us_philippines_treaty] [data-chosen=D]")
    ).to_be_visible()
    await ben.use(ben.page.get_by_role("button", name="Pass the pen to Cy"), back=True)
    await ben.hears("Cy holds the pen of the Philippines now.")
    await cy.hears("You hold the pen now: you choose for the Philippines.")
    await ben.keeps_focus("when the pen has passed")
    await _is_offered_nothing(ben.page)
    for name in (CHOICES, READY, re.compile("^Propose a pact"), re.compile("^Pass the pen to Ben")):
        await expect(cy.page.get_by_role("button", name=name).first).to_be_visible()
    locked = cy.page.get_by_role("button", name=f"Defect in {TREATY}")
    await expect(locked).to_have_attribute("aria-pressed", "true")
    await cy.press("2", "c")
    await ben.hears(f"{TREATY}: locked in, Cooperate.")


async def _stands_still(ben: Hand, cy: Hand, host: Line) -> None:
    """In a pause the pen can pass, and that is all; the focus stays."""
    await cy.go(cy.page.get_by_role("textbox", name="Message to Everyone"))
    await _do(host, {"type": "pause_match"})
    for hand in (ben, cy):
        await hand.hears("The match is paused.")
        await expect(hand.page.get_by_role("textbox")).to_have_count(0)
        await expect(hand.page.get_by_role("button", name="Ask for the pen")).to_have_count(0)
        await hand.keeps_focus("when the match is paused")
    for name in COMMANDS[:-1]:
        await expect(cy.page.get_by_role("button", name=name, disabled=False)).to_have_count(0)
    rooms = cy.page.get_by_role("group", name="Rooms")
    await cy.use(rooms.get_by_role("button", name="Facilitator"), back=True)
    await expect(
        cy.page.get_by_text("only the facilitator can send messages").first
    ).to_be_visible()
    await expect(cy.page.get_by_role("textbox")).to_have_count(0)
    await cy.press("1", "c", "d", "p", "m", "Enter", "/")
    await cy.use(cy.page.get_by_role("button", name="Pass the pen to Ben"), back=True)
    await ben.hears("You hold the pen now: you choose for the Philippines.")
    await _do(host, {"type": "resume_match"})
    for hand in (ben, cy):
        await hand.hears("The match continues.")
    await expect(ben.page.get_by_role("textbox")).to_have_count(1)


async def _is_played_for(ben: Hand, cy: Hand, host: Line) -> None:
    """On autopilot a seat's people may take it back, talk, and pass the pen on."""
    await _do(host, {"type": "engage_autopilot", "seat": "PHL"})
    for hand in (ben, cy):
        await hand.hears("The facilitator put the Philippines on autopilot.")
        for name in (*COMMANDS[:3], COMMANDS[4]):
            usable = hand.page.get_by_role("button", name=name, disabled=False)
            await expect(usable).to_have_count(0)
    await expect(ben.page.get_by_text("Autopilot is on.", exact=True)).to_be_visible()
    await cy.use(cy.page.get_by_role("button", name="Take back control"), back=True)
    for hand in (ben, cy):
        await hand.hears("The Philippines plays without autopilot again.")
    await cy.keeps_focus("when the seat is taken back")
    await expect(ben.page.get_by_role("button", name=CHOICES).first).to_be_visible()


async def _looks_on(page: Page) -> None:
    """An onlooker reads and asks for nothing, whatever key is pressed."""
    await expect(page.get_by_role("region", name="Map")).to_be_visible()
    await _is_offered_nothing(page)
    await expect(page.get_by_role("textbox")).to_have_count(0)
    for key in ("1", "c", "d", "p", "m", "Enter", "/"):
        await page.keyboard.press(key)
    await expect(page.locator("dialog[open]")).to_have_count(0)


async def _hears_a_mediator(ben: Hand, cy: Hand, host: Line) -> None:
    """Ben hedges and asks for mediation; in the next round the seat alone is told what to do."""
    await ben.press("2", "d")
    await ben.hears(f"{TREATY}: locked in, Defect.")
    await ben.press("m")
    dialog = ben.page.locator("dialog[open]")
    group = dialog.get_by_role("group", name="Ask for mediation")
    await ben.pick(group.get_by_role("radio", name=re.compile(TREATY)))
    await ben.use(dialog.get_by_role("button", name="Confirm this move"))
    for hand in (ben, cy):
        await hand.hears("Your move is saved: Ask for mediation")
    await expect(cy.page.locator("[data-move=mediation]")).to_contain_text(
        "Secret until the reveal"
    )
    for phase in ("negotiation", "decision", "reveal"):
        await _skip(host, 1, phase)
    for hand in (ben, cy):
        await hand.hears("A mediator privately advises you to")
        card = hand.page.get_by_role("region", name=TREATY, exact=True)
        await expect(card).to_contain_text("A mediator privately advises you")


async def _goes_and_comes_back(ben: Hand, cy: Hand, china: Line) -> None:
    """Both go; a program plays; whoever comes back plays again, without asking."""
    address = cy.page.url
    for hand in (ben, cy):
        await hand.page.goto("about:blank")
    await china.until('"type":"autopilot_engaged","seat":"PHL"')
    await cy.page.goto(address)
    await china.until('"type":"autopilot_released","seat":"PHL"')
    await expect(cy.page.get_by_role("button", name="Take back control")).to_have_count(0)
    await ben.page.goto(address)
    for hand in (ben, cy):
        await expect(
            hand.page.get_by_text(re.compile("(You hold|holds) the pen")).first
        ).to_be_visible()
    offered = [await hand.page.get_by_role("button", name=CHOICES).count() for hand in (ben, cy)]
    assert sorted(offered) == [0, 6], "one of the two has the pen"


async def _is_over(ben: Hand, cy: Hand, host: Line, onlooker: Page) -> None:
    """Nothing but talk, and that for whoever held a seat."""
    await _do(host, {"type": "end_match"})
    for page in (ben.page, cy.page, onlooker):
        await expect(page.get_by_role("heading", name="The match is over")).to_be_visible()
        await _is_offered_nothing(page)
        for key in ("c", "d", "p", "m", "Enter"):
            await page.keyboard.press(key)
    await expect(cy.page.get_by_role("textbox")).to_have_count(1)
    await expect(onlooker.get_by_role("textbox")).to_have_count(0)
