"""The tutorial: five rounds against one bot on the real table, with a sentence at each step."""

from pathlib import Path

import pytest
from playwright.async_api import Locator, Page, expect

from tests.e2e.conftest import NewPerson
from tests.e2e.fit import misfits
from tests.e2e.gallery import violations
from tests.e2e.keyboard import Hand
from tests.e2e.unhurried import UnhurriedServer

PHONE = {"viewport": {"width": 390, "height": 844}}
IS_TOUCHED = {**PHONE, "is_mobile": True, "has_touch": True}


@pytest.mark.slow
async def test_the_tutorial_is_played_by_keyboard_alone_and_every_sentence_is_read_aloud(
    tmp_path: Path, new_person: NewPerson
) -> None:
    async with UnhurriedServer(tmp_path) as server, new_person(server.url, **PHONE) as page:
        hand = await Hand.at(page, "Ada")
        await page.goto("/")
        await expect(_button(page, "Learn in three minutes")).to_be_visible()
        await hand.press("?")
        link = page.get_by_role("dialog").get_by_role("link", name="Learn in three minutes")
        await expect(link).to_have_attribute("href", "#/learn")
        await hand.press("Escape")
        await hand.use(_button(page, "Learn in three minutes"))
        await _reads(hand, "You and Country B choose", "Each choice shows", "Cooperate or defect")
        assert await _is_fine(page) == []
        await _decides(hand, "d")
        await _reads(hand, "You defected and got 5")
        await _goes_on(hand)
        await _reads(hand, "Country B knows")
        await _decides(hand, "c")
        await _reads(hand, "so Country B defected in round 2", "This is reciprocity")
        await _goes_on(hand)
        await _reads(hand, "Country B offers a treaty", "Accept or decline")
        await hand.use(page.get_by_role("button", name="Answer"))
        await hand.use(_button(page, "Accept"))
        await _reads(hand, "The treaty is in force")
        await _decides(hand, "c")
        await _reads(hand, "Both kept the treaty")
        await _goes_on(hand)
        await _reads(hand, "The treaty still binds you", "The price comes later")
        await _decides(hand, "d")
        await _reads(hand, "You broke the treaty")
        await _goes_on(hand)
        await _reads(hand, "This is the last round", "If both expect")
        await _decides(hand, "c")
        await _reads(hand, "You cooperated, though", "Real matches may continue")
        await hand.use(_button(page, "Go to the debrief"))
        await _reads(hand, "Country B played Tit For Tat", "Now use this")
        await expect(_button(page, "Play again")).to_have_count(0)
        assert await _is_fine(page) == []
        await hand.use(page.get_by_role("button", name="Play South China Sea"))
        await expect(_button(page, "Done talking")).to_be_visible()


@pytest.mark.slow
async def test_a_class_begins_by_the_link_in_urdu_and_leaves_by_touch(
    tmp_path: Path, new_person: NewPerson
) -> None:
    async with (
        UnhurriedServer(tmp_path) as server,
        new_person(server.url, locale="ur-PK", color_scheme="dark", **IS_TOUCHED) as phone,
    ):
        await phone.goto("/#/learn")
        coach = phone.get_by_role("region", name="تعارفی مشق")
        for _ in range(2):
            await coach.get_by_role("button", name="آگے").tap()
        await expect(coach.get_by_role("button")).to_have_count(0)
        for name in ("تعاون", "انحراف"):
            await expect(phone.locator(".choices button", has_text=name).first).to_be_in_viewport(
                ratio=1
            )
        assert await _is_fine(phone) == []
        await phone.locator(".choices button").first.tap()
        await phone.get_by_role("button", name="فیصلے مکمل").tap()
        await expect(coach).to_contain_text("دونوں نے تعاون کیا")
        await coach.get_by_role("link", name="مشق چھوڑیں").tap()
        await expect(phone.get_by_role("button", name="تین منٹ میں سیکھیں")).to_be_visible()


async def _reads(hand: Hand, *sentences: str) -> None:
    """Hear each sentence, and see it over the table; go on to the next."""
    line = hand.page.locator(".coach .line")
    for at, sentence in enumerate(sentences):
        if at > 0:
            await hand.use(_button(hand.page, "Next"))
        await hand.hears(sentence)
        await expect(line).to_contain_text(sentence)


async def _decides(hand: Hand, key: str) -> None:
    await hand.press(key)
    chosen = hand.page.get_by_role("button", name="Cooperate in " if key == "c" else "Defect in ")
    await expect(chosen).to_have_attribute("aria-pressed", "true")
    await hand.use(_button(hand.page, "Done choosing"))


async def _goes_on(hand: Hand) -> None:
    await hand.use(_button(hand.page, "Next round"))


async def _is_fine(page: Page) -> list[str]:
    return [*await violations(page), *await misfits(page)]


def _button(page: Page, name: str) -> Locator:
    return page.get_by_role("button", name=name, exact=True)
