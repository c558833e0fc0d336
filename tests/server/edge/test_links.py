"""Links that are passed on: a chat is shown a card, and nothing that only some may read."""

import re
from collections.abc import AsyncGenerator
from html import unescape

import httpx
import pytest

from game_rules.records.digest import Digest
from game_rules.standing.integration import Outlook
from server.edge import pages
from server.edge.headers import HEADERS
from server.store.event_store import MatchId
from tests.server.seminar_scenes import School, bearer, school
from tests.server.test_ended_matches import Ended

PLAIN = "A match of Détente"


@pytest.fixture(scope="module")
async def here(tmp_path_factory: pytest.TempPathFactory) -> AsyncGenerator[School]:
    async with school(tmp_path_factory.mktemp("links"), "http://server.test/") as here:
        yield here


def tags(answer: httpx.Response) -> dict[str, str]:
    """Read the card of a page."""
    found = re.findall(r'<meta property="og:([\w:]+)" content="([^"]*)" />', answer.text)
    return {name: unescape(content) for name, content in found}


def told(answer: httpx.Response) -> list[str]:
    """Read what of a card says something, wherever it leads."""
    return [tags(answer)[name] for name in ("title", "description")]


@pytest.mark.slow(measured=True)
async def test_a_match_tells_of_itself_once_it_has_ended_and_is_open_to_its_link(here: School):
    ended = await Ended(here).play()
    match = ended.made["match"]
    unknown = told(await here.client.get("/replay/nowhere"))
    assert unknown[0] == PLAIN
    for kind in ("replay", "debrief"):
        assert told(await here.client.get(f"/{kind}/{match}")) == unknown
    await ended.open_to_link(True)
    for kind in ("replay", "debrief"):
        page = await here.client.get(f"/{kind}/{match}?at=r1.2")
        title, verdict = told(page)
        assert title == (await ended.get("")).json()["title"]
        assert verdict.startswith("The match ended after")
        assert tags(page)["url"] == f"http://server.test/{kind}/{match}"
        for secret in ("Ann", "Dr Co", *ended.readers.values(), ended.made["code"]):
            assert secret not in page.text
    urdu = await here.client.get(f"/replay/{match}?language=ur")
    assert "ادوار" in tags(urdu)["description"]
    await ended.open_to_link(False)
    assert told(await here.client.get(f"/replay/{match}")) == unknown


async def test_the_card_names_the_outlook_until_the_facilitator_goes_back(here: School):
    ended = await Ended(here).play()
    match = ended.made["match"]
    await ended.open_to_link(True)
    digest = Digest(3, 1, Outlook.CONTESTED, (), 0)
    await here.services.library.keep_digests({MatchId(match): digest})
    _, verdict = told(await here.client.get(f"/replay/{match}"))
    assert verdict.endswith("The outlook for the region is contested.")
    await here.done(f"{ended.path}/branch", ended.made["token"], round=None, phase=None)
    assert told(await here.client.get(f"/replay/{match}"))[0] == PLAIN


async def test_a_match_that_is_played_is_a_match_and_no_more(here: School):
    body = {"scenario": "quick", "pace": None}
    made = await here.done("/api/matches", await here.host(), **body)
    opened = await here.client.patch(
        f"/api/matches/{made['match']}",
        json={"is_open_to_link": True},
        headers=bearer(made["token"]),
    )
    assert opened.status_code == 200
    assert told(await here.client.get(f"/replay/{made['match']}"))[0] == PLAIN


@pytest.mark.parametrize("path", ["/replay/x", "/debrief/x", "/tournament/x", "/replay/%22%3E%3Cb"])
async def test_a_link_is_the_clients_page_with_its_policy_its_files_and_a_picture(
    here: School, path: str
):
    page = await here.client.get(path)
    assert page.status_code == 200
    assert HEADERS.items() <= dict(page.headers).items()
    assert page.headers["cache-control"] == "no-cache"
    assert '="./' not in page.text
    assert "<b" not in page.text.split("<body>")[0]
    script = re.search(r'src="\.\./(assets/[^"]+)"', page.text)
    assert script is not None
    assert (await here.client.get(f"/{script[1]}")).status_code == 200
    picture = await here.client.get(tags(page)["image"])
    assert picture.headers["content-type"] == "image/png"
    width, height = (int.from_bytes(picture.content[at : at + 4], "big") for at in (16, 20))
    assert (f"{width}", f"{height}") == (tags(page)["image:width"], tags(page)["image:height"])
    assert (await here.client.head(path)).status_code == 200


async def test_a_host_that_a_request_claims_is_not_repeated(tmp_path):
    async with school(tmp_path) as here:
        page = await here.client.get("/replay/x", headers={"host": "evil.test"})
    assert "evil.test" not in page.text
    assert tags(page).keys().isdisjoint({"url", "image"})


async def test_a_server_without_its_client_has_no_page_for_a_link(
    here: School, tmp_path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(pages, "_PLACES", (tmp_path,))
    assert (await here.client.get("/replay/x")).status_code == 503
