"""A negotiated match by people who have a keyboard and hear the page: all is done, all is said."""

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Locator, Page, expect

from tests.e2e.conftest import NewPerson
from tests.e2e.keyboard import Hand, nameless
from tests.e2e.names import the
from tests.e2e.table import ARRIVAL_MS
from tests.e2e.unhurried import TIMES, UnhurriedServer, of_rounds, without_fog
from tests.live_server import Line, ServerProcess

expect.set_options(timeout=ARRIVAL_MS)  # a machine that does much else is slow, not wrong

SCENARIOS = Path(__file__).parents[2] / "game_rules" / "scenarios"
SCENARIO = "south_china_sea"
CODE = "Code of Conduct"
SEATS = ("China", "Philippines", "Vietnam", "Malaysia", "Indonesia", "United States")
BOTS = {"VNM": "cooperator", "MYS": "cooperator", "IDN": "cooperator", "USA": "cooperator"}
MINUTE_AND_A_BIT_S = 70
"""How long the briefing lasts: the last minute begins while it is read."""


def write_scenario(folder: Path) -> None:
    """Two rounds without news or fog, in which everybody sees who is ready."""
    text = (SCENARIOS / f"{SCENARIO}.toml").read_text().split("[[injects]]")[0]
    briefing = "briefing = 300"
    assert text.count(briefing) == 1
    text = text.replace(briefing, f"briefing = {MINUTE_AND_A_BIT_S // TIMES}")
    text = without_fog(of_rounds(text, 2))
    (folder / f"{SCENARIO}.toml").write_text(f"shows_ready = true\n{text}")


@pytest.mark.slow
async def test_a_match_is_negotiated_by_keyboard_and_everything_is_read_aloud(
    tmp_path: Path, new_person: NewPerson
) -> None:
    write_scenario(tmp_path)
    async with (
        UnhurriedServer(tmp_path, tmp_path) as server,
        new_person(server.url) as one,
        new_person(server.url) as two,
    ):
        ada, ben = await Hand.at(one, "Ada"), await Hand.at(two, "Ben")
        match, host = await _open_match(server)
        await _come_in(ada, match["code"], "China")
        await _come_in(ben, match["code"], "Philippines")
        await _do(host, {"type": "start_match"})
        await _read_the_briefing(ada, ben, host)
        await _hear_the_table(ada)
        await _talk(ada, ben)
        await _bargain(ada, ben)
        await _hear_a_refusal(ada, ben)
        await _prepare(ada)
        await _learn_the_keys(ada)
        await _stand_still(ada, host)
        await _decide(ada, ben)
        await _play_to_the_end(ada, ben)
        await host.close()


@pytest.mark.slow
async def test_in_urdu_the_keys_are_the_same_and_arrows_follow_the_line(
    tmp_path: Path, new_person: NewPerson
) -> None:
    write_scenario(tmp_path)
    async with (
        UnhurriedServer(tmp_path, tmp_path) as server,
        new_person(server.url) as page,
    ):
        ada = await Hand.at(page, "Ada")
        match, host = await _open_match(server)
        await _come_in(ada, match["code"], "China")
        await ada.use(_button(page, "اردو"), back=True)
        await expect(page.locator("html")).to_have_attribute("dir", "rtl")
        await ada.keeps_focus("when the language has changed")
        await _do(host, {"type": "start_match"})
        await ada.hears("بریفنگ کا مرحلہ ہے۔")
        await _do(host, {"type": "skip_phase", "round": 0, "phase": "briefing"})
        await ada.hears("دور 1")
        assert await nameless(page) == []
        await _key(ada, "p")
        dialog = _dialog(page)
        await ada.use(dialog.locator("summary"))
        await ada.tick(dialog.get_by_role("checkbox", name="فلپائن", exact=True))
        await ada.tick(dialog.locator(".head input").first)
        first, second = (
            dialog.locator(".pledge").first.get_by_role("radio").nth(i) for i in (0, 1)
        )
        await ada.go(first)
        await expect(first).to_be_checked()
        await ada.press("ArrowLeft")  # to the left is onward
        await expect(second).to_be_checked()
        await ada.press("ArrowRight")
        await expect(first).to_be_checked()
        await ada.use(dialog.locator("footer button"))
        await ada.hears("آپ کی تجویز بھیج دی گئی۔")
        await ada.press("m")
        await expect(_dialog(page)).to_be_visible()
        await ada.press("Escape")
        await expect(_dialog(page)).to_have_count(0)
        await ada.press("1", "d")
        await ada.hears("محفوظ")
        await host.close()


async def _open_match(server: ServerProcess) -> tuple[dict[str, Any], Line]:
    body = {"scenario": SCENARIO, "pace": 1.0, "seed": "7", "is_repeatable": True}
    match = await server.post("/api/matches", body, await server.host_token())
    host = Line(server, match["token"])
    await host.open()
    for seat, strategy in BOTS.items():
        await _do(host, {"type": "seat_bot", "seat": seat, "strategy": strategy})
    return match, host


async def _do(host: Line, command: dict[str, Any]) -> None:
    answer = await host.do(command)
    assert answer["type"] == "ack", answer


async def _come_in(hand: Hand, code: str, country: str) -> None:
    await hand.page.goto(f"/#/join/{code}")
    await expect(hand.page.get_by_label("Your name")).to_be_focused()
    await hand.type(hand.name)
    await hand.press("Enter")
    await hand.use(_button(hand.page, f"Sit here: {country}"))
    await expect(_button(hand.page, f"Leave the seat of {the(country)}")).to_be_focused()


async def _read_the_briefing(ada: Hand, ben: Hand, host: Line) -> None:
    """The last minute is told, more time is told, and who has read it is told."""
    for hand in (ada, ben):
        await hand.hears("The briefing has started.")
        await hand.keeps_focus("when the match begins")
        await hand.hears("One minute left.")
    await _do(host, {"type": "extend_deadline", "by_ms": 1_200_000})
    await ada.hears("The phase was extended.")
    await ada.go(ada.page.get_by_role("region", name="Briefing"))
    await expect(ada.page.get_by_role("region", name="Briefing")).to_contain_text("strongest state")
    await ada.use(_button(ada.page, "I have read it"), back=True)
    await ada.hears("You are ready.")
    await ben.hears("China is ready.")
    await ben.use(_button(ben.page, "I have read it"))
    for hand in (ada, ben):
        await hand.hears("Round 1, Negotiation.")


async def _hear_the_table(ada: Hand) -> None:
    """Names, roles and states of seats, payoffs, choices and the clock are enough to play."""
    page = ada.page
    assert await nameless(page) == []
    seats = page.get_by_role("list", name="Seats").get_by_role("listitem")
    told = [await each.inner_text() for each in await seats.all()]
    assert "China, your seat: Ada" in told
    assert "Philippines: Ben" in told
    assert "Vietnam: a bot" in told
    for deed in ("Cooperate", "Defect"):
        choice = _button(page, f"{deed} in {CODE}")
        brings = "".join(
            rf"You {deed.lower()}, all others {others}: you get \S*\d\S* ?"
            for others in ("cooperate", "defect")
        )
        await expect(choice).to_have_accessible_description(re.compile(f"^{brings}$"))
        await expect(choice).to_have_attribute("aria-pressed", "false")
    clock = page.get_by_role("timer", name="Time left")
    await expect(clock).to_have_text(re.compile(r"\d+:\d\d"))
    step = page.locator('[aria-current="step"]')
    await expect(step).to_have_text("Negotiation")


async def _talk(ada: Hand, ben: Hand) -> None:
    """To everyone, to one, to a group; a promise is heard as one."""
    await ada.press("/")
    await ada.type("Good morning to all.")
    await ada.press("Enter")
    await ada.hears("Sent.")
    await ben.hears("China, Everyone: Good morning to all.")
    await _open_room(ada, "Philippines")
    await ada.type("Between us two.")
    await ada.press("Enter")
    await ben.hears("China, to you only: Between us two.")
    await _open_room(ada, "Philippines", "Vietnam")
    await ada.type("We three can carry it.")
    await ada.press("Enter")
    await ben.hears("China, China and Vietnam: We three can carry it.")
    room = _rooms(ben.page).get_by_role("button", name="China and Vietnam")
    await expect(room).to_have_accessible_name(re.compile("1 new"))
    await ben.use(room)
    await expect(room).to_have_attribute("aria-pressed", "true")
    await expect(room).not_to_have_accessible_name(re.compile("new"))
    await ben.pick(ben.page.get_by_role("radio", name="Promise"))
    await ben.press("/")
    await ben.type("I will hold back.")
    await ben.press("Enter")
    await ada.hears("Philippines, Philippines and Vietnam, promises: I will hold back.")
    await ben.use(_rooms(ben.page).get_by_role("button", name="Search"), back=True)
    await ben.type("carry")
    await ben.hears("1 message found")
    await ben.press("Escape")
    await expect(ben.page.get_by_role("searchbox")).to_have_count(0)


async def _open_room(hand: Hand, *names: str) -> None:
    await hand.use(_button(hand.page, "New room"), back=True)
    dialog = _dialog(hand.page)
    for name in names:
        await hand.tick(dialog.get_by_role("checkbox", name=name))
    await hand.use(dialog.get_by_role("button", name="Open the room"))
    await expect(dialog).to_have_count(0)
    await expect(hand.page.get_by_role("textbox", name=re.compile(names[-1]))).to_be_focused()


async def _bargain(ada: Hand, ben: Hand) -> None:
    """Propose, counter, accept; then propose and decline."""
    await _begin_pact(ada, "Philippines")
    dialog = _dialog(ada.page)
    pledge = dialog.get_by_role("group", name=f"Philippines in {CODE}")
    await ada.pick(pledge.get_by_role("radio", name="Cooperate"))
    await _fill(ada, dialog.get_by_label("Number of rounds"), "2")
    await ada.tick(dialog.get_by_role("checkbox", name=re.compile("Only while the others keep it")))
    await ada.use(dialog.get_by_role("button", name="Show all tools"))
    await ada.pick(dialog.get_by_role("radio", name=re.compile("^Treaty with a stake")))
    await _fill(ada, dialog.get_by_label("Stake per pledge"), "2")
    await ada.use(dialog.get_by_role("button", name="Add a payment"))
    await expect(dialog.get_by_label("From")).to_be_focused()
    await _fill(ada, dialog.get_by_label("Points per round"), "0.5")
    await ada.use(dialog.get_by_role("button", name="Send the proposal"))
    await ada.hears("Your proposal is sent.")
    await ben.hears("China proposes a pact to you.")
    await ada.keeps_focus("when the composer closes")

    await _key(ben, "t")
    proposal = ben.page.get_by_role("article", name="China proposes")
    await expect(proposal.get_by_role("list", name="Answers")).to_contain_text("have not answered")
    await ben.use(proposal.get_by_role("button", name="Counter"))
    sends = _button(_dialog(ben.page), "Send the counter-proposal")
    await expect(sends).to_be_disabled()
    await expect(_dialog(ben.page)).to_contain_text("These terms are already proposed to you.")
    await _fill(ben, _dialog(ben.page).get_by_label("Number of rounds"), "1")
    await ben.use(sends)
    await ben.hears("Your counter-proposal is sent.")
    await ada.hears(
        "The Philippines counters your proposal. The Philippines proposes a pact to you."
    )
    await ben.keeps_focus("when the proposal that was countered has gone")
    await expect(ada.page.locator("[data-proposal]")).to_have_count(1)
    counter = ada.page.get_by_role("article", name="Philippines proposes")
    await expect(counter).to_contain_text("This answers your proposal.")
    await ada.use(counter.get_by_role("button", name="Accept"))
    await ada.hears("A pact is concluded between you and the Philippines.")
    await ben.hears("A pact is concluded between you and China.")
    await ada.keeps_focus("when the proposal has become a pact")

    await _propose_briefly(ben, "China")
    await ada.listen_from_here()
    await ada.use(_button(ada.page, "Decline"))
    await ada.hears("You have declined.")
    await ben.hears("China declines your proposal.")
    await ada.keeps_focus("when the proposal has gone")


async def _hear_a_refusal(ada: Hand, ben: Hand) -> None:
    """A proposal is withdrawn while somebody counters it: that is refused, and said."""
    await _propose_briefly(ben, "China")
    await ada.use(_button(ada.page, "Counter"))
    await ben.use(_button(ben.page, "Withdraw"))
    await ben.hears("You have withdrawn your proposal.")
    await ada.hears("The Philippines withdraws a proposal.")
    await _fill(ada, _dialog(ada.page).get_by_label("Number of rounds"), "1")
    await ada.use(_button(_dialog(ada.page), "Send the counter-proposal"))
    await ada.hears("waits for CHN; it may have lapsed")
    await ada.keeps_focus("after a refusal")
    await ada.press("Escape")
    await expect(_dialog(ada.page)).to_have_count(0)
    await ada.keeps_focus("when a dialog closes whose button has gone")


async def _prepare(ada: Hand) -> None:
    """A move, whose cost and effect are read before it is sealed; the advisor; a forecast."""
    page = ada.page
    await ada.press("m")
    await ada.hears("You can choose from")
    fund = _dialog(page).get_by_role("group", name="Fund the institution")
    radio = fund.get_by_role("radio", name=CODE)
    await ada.pick(radio)
    await expect(radio).to_have_accessible_name(
        re.compile("costs 0.5.*Strength of the institution")
    )
    await ada.use(_button(_dialog(page), "Confirm this move"))
    await ada.hears("Your move is saved: Fund the institution, in Code of Conduct")
    await ada.keeps_focus("when the moves close")
    card = page.get_by_role("region", name=CODE)
    await ada.use(_button(card, "Ask the advisor"))
    await ada.hears("The advisor has answered.")
    await expect(_dialog(page)).to_contain_text("Best reply at your present trust")
    await ada.press("Escape")
    await expect(_button(card, "Ask the advisor")).to_be_focused()
    await ada.use(_button(card, "Guess what the others do"))
    guess = _dialog(page).get_by_role("group", name=f"Philippines in {CODE}")
    await ada.pick(guess.get_by_role("radio", name="Defect"))
    await ada.hears("Forecast saved: Philippines, Defect.")
    await ada.press("Escape")


async def _learn_the_keys(ada: Hand) -> None:
    """The list of keys opens and closes; each key does what the list says; they can be off."""
    page = ada.page
    await ada.press("1")
    await expect(page.get_by_role("region", name=CODE)).to_be_focused()
    await ada.press("?")
    keys = _dialog(page)
    await expect(keys).to_contain_text("propose a pact")
    await ada.press("Escape")
    await expect(keys).to_have_count(0)
    await expect(page.get_by_role("region", name=CODE)).to_be_focused()
    for key, opened in (("p", "A pact"), ("m", "Your move this round")):
        await ada.press(key)
        await expect(page.get_by_role("dialog", name=opened)).to_be_visible()
        await ada.press("Escape")
        await expect(_dialog(page)).to_have_count(0)
    await ada.press("v")
    await ada.hears("Lens: Realism.")
    await ada.press("v", "v", "v")
    await ada.press("s")
    await expect(page.get_by_role("region", name="Scores", exact=True)).to_be_focused()
    await expect(page.locator(".scores").get_by_role("radio", name="Relations")).to_be_checked()
    await ada.press("s")
    await ada.press("t")
    await expect(page.get_by_role("region", name="Pacts", exact=True)).to_be_focused()
    await ada.press("t")
    await expect(page.get_by_role("log")).to_be_focused()
    await ada.press("2")
    await ada.hears("You are not a member of this arena.")
    await ada.press("?")
    await ada.use(keys.get_by_role("checkbox"), "Space")
    await ada.press("Escape", "m")
    await expect(_dialog(page)).to_have_count(0)
    await ada.use(page.get_by_role("button", name=re.compile("^Keys")), back=True)
    await ada.use(keys.get_by_role("checkbox"), "Space")
    await ada.press("Escape")


async def _stand_still(ada: Hand, host: Line) -> None:
    """A pause takes the ready button out of use, but not the focus from it."""
    ready = _button(ada.page, "Done talking")
    await ada.go(ready)
    await _do(host, {"type": "pause_match"})
    await ada.hears("The match is paused.")
    await expect(ready).to_have_attribute("aria-disabled", "true")
    await ada.press("Enter", "Tab")
    await ada.listen_from_here()
    await _do(host, {"type": "resume_match"})
    await ada.hears("The match continues.")
    await expect(ready).not_to_have_attribute("aria-disabled", "true")
    await expect(ready).to_have_attribute("aria-pressed", "false")


async def _decide(ada: Hand, ben: Hand) -> None:
    """Choose, change it, lock in; one keeps the pact and one breaks it."""
    for hand in (ada, ben):
        await hand.listen_from_here()
        await hand.use(_button(hand.page, "Done talking"), back=True)
        await hand.hears("You are ready.")
    for hand in (ada, ben):
        await hand.hears("Round 1, Decision.")
    await ada.press("1", "d")
    await ada.hears("Code of Conduct: locked in, Defect.")
    await expect(ada.page.get_by_text("This breaks a treaty with the Philippines")).to_be_visible()
    await ada.press("c")
    await ada.hears("Code of Conduct: locked in, Cooperate.")
    await expect(_button(ada.page, f"Cooperate in {CODE}")).to_have_attribute(
        "aria-pressed", "true"
    )
    await ada.press("3", "c", "4", "c")
    await ada.hears("Fisheries: locked in, Cooperate.")
    await ben.press("1", "d", "4", "c", "2", "c")
    await ben.hears("US-Philippines treaty: locked in, Cooperate.")
    for hand in (ada, ben):
        await hand.listen_from_here()
    await ada.press("Enter")  # the card has the focus, no button
    await ben.hears("China is ready.")
    await ben.press("Enter")
    aloud = (
        (ada, "Code of Conduct: you cooperated", "You kept", "The Philippines broke"),
        (ben, "Code of Conduct: China cooperated", "China kept", "You broke"),
    )
    for hand, deed, kept, broke in aloud:
        await hand.hears("Round 1 revealed.")
        await hand.hears(deed)
        await hand.hears(f"{kept} a pact in Code of Conduct.")
        await hand.hears(f"{broke} a pact in Code of Conduct.")
        await hand.hears("You gained")
        await hand.keeps_focus("when the round is opened")


async def _leave_a_choice_open(ben: Hand) -> None:
    """Enter asks first, and goes to what is open; it goes on without at the second press."""
    await ben.hears("1 choice left: US-Philippines treaty. Press again to continue without it.")
    await expect(ben.page.locator("[data-arena=us_philippines_treaty]")).to_be_focused()
    await ben.page.wait_for_timeout(800)  # two strokes at once are one
    await ben.press("Enter")


async def _play_to_the_end(ada: Hand, ben: Hand) -> None:
    for hand in (ada, ben):
        await hand.press("Enter")
    for hand in (ada, ben):
        await hand.hears("Round 2, Negotiation.")
        await hand.keeps_focus("when a round begins")
        await hand.press("Enter")
    for hand in (ada, ben):
        await hand.hears("Round 2, Decision.")
        await hand.press("1", "c", "4", "c")
    await ada.press("3", "c", "Enter")
    await ben.press("Enter")
    await _leave_a_choice_open(ben)
    for hand, who in ((ada, "the Philippines"), (ben, "you")):
        await hand.hears("Round 2 revealed.")
        await hand.hears(f"{who} chose nothing: counted as Cooperate")
        await hand.press("Enter")
    for hand in (ada, ben):
        await hand.hears("The match is over.")
        await hand.keeps_focus("in the debrief")
        assert await nameless(hand.page) == []
    await ada.go(ada.page.get_by_role("link", name="Watch the replay"))


async def _begin_pact(hand: Hand, other: str) -> None:
    """Open the composer by its key, and change its proposal to one for the other in one arena."""
    await _key(hand, "p")
    dialog = _dialog(hand.page)
    await hand.use(dialog.get_by_text("Change the terms"))
    for name in SEATS:
        box = dialog.get_by_role("checkbox", name=name, exact=True)
        if await box.count() > 0 and await box.is_checked() != (name == other):
            await hand.go(box)
            await hand.press("Space")
    await hand.tick(dialog.get_by_role("checkbox", name=re.compile(CODE)))


async def _propose_briefly(hand: Hand, other: str) -> None:
    await hand.listen_from_here()
    await _begin_pact(hand, other)
    await hand.use(_button(_dialog(hand.page), "Send the proposal"))
    await hand.hears("Your proposal is sent.")


async def _key(hand: Hand, key: str) -> None:
    """Use a single key; where somebody types it would be a letter."""
    while await hand.page.evaluate("document.activeElement.matches('textarea, [type=search]')"):
        await hand.press("Tab")
    await hand.press(key)


async def _fill(hand: Hand, field: Locator, text: str) -> None:
    """Tab to a field, whose contents the Tab key selects, and write over them."""
    await hand.go(field)
    await hand.press("Control+a")
    await hand.type(text)


def _button(where: Page | Locator, name: str) -> Locator:
    return where.get_by_role("button", name=name, exact=True)


def _rooms(page: Page) -> Locator:
    return page.get_by_role("group", name="Rooms")


def _dialog(page: Page) -> Locator:
    return page.locator("dialog[open]")
