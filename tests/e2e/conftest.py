"""A real Chromium, one for all browser tests; a context of its own for every person."""

import os
from collections.abc import AsyncGenerator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from re import Pattern
from typing import Any, Literal

import pytest
from playwright.async_api import Browser, Locator, Page, ViewportSize, async_playwright, expect

from tests.e2e.chromium import FLAGS, chromium

PHONE: ViewportSize = {"width": 360, "height": 740}
WIDE: ViewportSize = {"width": 1440, "height": 900}
ROOM: ViewportSize = {"width": 1280, "height": 720}
"""What most projectors show."""
COLOURS: Literal["dark", "light"] = "dark" if os.environ.get("DETENTE_DARK") else "light"
"""What the system of most people in the tests asks for."""

expect.set_options(timeout=20_000)  # what is waited for comes at once, but not on a busy machine

NewPerson = Callable[..., AbstractAsyncContextManager[Page]]


@pytest.fixture(scope="session")
async def browser() -> AsyncGenerator[Browser]:
    """Launch the browser."""
    path, environment = chromium()
    async with async_playwright() as playwright:
        launched = await playwright.chromium.launch(
            executable_path=path, args=list(FLAGS), env={**os.environ, **environment}
        )
        yield launched
        await launched.close()


@pytest.fixture
def new_person(browser: Browser) -> NewPerson:
    """Give a function that opens a page in a context of its own; an error on it fails the test."""

    @asynccontextmanager
    async def open_page(base_url: str, **options: Any) -> AsyncGenerator[Page]:
        settings: dict[str, Any] = {
            "viewport": WIDE,
            "locale": "en-GB",
            "reduced_motion": "reduce",
            "color_scheme": COLOURS,
            **options,
        }
        context = await browser.new_context(base_url=base_url, **settings)
        page = await context.new_page()
        _see_only(page)
        errors: list[str] = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        yield page
        await context.close()
        assert errors == []

    return open_page


def _see_only(page: Page) -> None:
    """Let a page find by text what it shows, and not the same words where they are read aloud.

    What is announced stays in the page for a while, so that one text would be found now once and
    now twice. Whoever means what is read aloud asks for its role.
    """
    find = page.get_by_text

    def get_by_text(text: str | Pattern[str], *, exact: bool | None = None) -> Locator:
        return find(text, exact=exact).and_(page.locator(":not(.aloud[aria-live])"))

    setattr(page, "get_by_text", get_by_text)  # noqa: B010 - a method of a class of Playwright's
