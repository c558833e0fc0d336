"""Make the moving picture of a reveal that the README shows: docs/images/reveal.webp.

    uv run python -m tests.e2e.moving_picture

Plays one round of South China Sea alone against bots, on a phone, in a real browser on a real
server, and records what the browser paints from the end of the decision until the reveal stands.
"""

import asyncio
import base64
import io
import os
import tempfile
from itertools import pairwise
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.async_api import Page, async_playwright

from tests.e2e.chromium import FLAGS, chromium
from tests.e2e.conftest import PHONE
from tests.e2e.make_screenshots import IMAGES
from tests.live_server import ServerProcess

Frame = tuple[float, bytes]
LASTS_S, STANDS_MS, LEAST_MS = 9.0, 3000, 80
"""How long is recorded, how long the last frame stands, and how short any frame may be."""
QUALITY, MOST_BYTES = 70, 600_000


async def main() -> None:
    """Play a round and keep what it looks like."""
    path, environment = await asyncio.to_thread(chromium)
    with tempfile.TemporaryDirectory() as folder:
        async with ServerProcess(Path(folder)) as server, async_playwright() as playwright:
            browser = await playwright.chromium.launch(
                executable_path=path, args=list(FLAGS), env={**os.environ, **environment}
            )
            page = await browser.new_page(
                base_url=server.url, viewport=PHONE, locale="en-GB", device_scale_factor=1
            )
            frames = await record_a_reveal(page)
            await browser.close()
    print(write(frames, IMAGES / "reveal.webp"))


async def record_a_reveal(page: Page) -> list[Frame]:
    """Choose in every arena, and record from the last tap on."""
    await page.goto("/")
    await page.get_by_role("button", name="Play now", exact=True).click()
    await page.get_by_role("button", name="Done talking").click()
    choices = page.get_by_role("button", name="Cooperate in ")
    await choices.first.wait_for()
    for choice in await choices.all():
        await choice.click()
    frames: list[Frame] = []
    line = await page.context.new_cdp_session(page)

    def painted(event: dict[str, Any]) -> None:
        frames.append((event["metadata"]["timestamp"], base64.b64decode(event["data"])))
        told.append(asyncio.ensure_future(answer(event["sessionId"])))

    async def answer(number: int) -> None:
        await line.send("Page.screencastFrameAck", {"sessionId": number})

    told: list[asyncio.Future[None]] = []
    line.on("Page.screencastFrame", painted)
    await line.send("Page.startScreencast", {"format": "png"})
    await page.get_by_role("button", name="Done choosing").first.click()
    await page.wait_for_timeout(LASTS_S * 1000)
    await line.send("Page.stopScreencast")
    await asyncio.gather(*told)
    return frames


def write(frames: list[Frame], path: Path) -> Path:
    """Write frames as one picture that moves; each stands until the next was painted."""
    kept = thinned(frames)
    pictures = [Image.open(io.BytesIO(data)).convert("RGB") for _, data in kept]
    times = [at for at, _ in kept]
    lasts = [round(1000 * (b - a)) for a, b in pairwise(times)]
    first, *rest = pictures
    first.save(
        path,
        save_all=True,
        append_images=rest,
        duration=[*lasts, STANDS_MS],
        loop=0,
        quality=QUALITY,
    )
    if path.stat().st_size > MOST_BYTES:
        raise SystemExit(f"{path.name} has {path.stat().st_size} bytes, more than {MOST_BYTES}")
    return path


def thinned(frames: list[Frame]) -> list[Frame]:
    """Leave out frames that stood for too short a time to be seen."""
    kept: list[Frame] = []
    for frame in frames:
        if kept and frame[0] - kept[-1][0] < LEAST_MS / 1000:
            kept[-1] = (kept[-1][0], frame[1])
        else:
            kept.append(frame)
    return kept


if __name__ == "__main__":
    asyncio.run(main())
