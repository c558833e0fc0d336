"""Links that are passed on: what a chat shows of them, and the page that they lead to.

What stands behind `#` never reaches a server. So a screen that people share has a path, too:
`/replay/x` is the client, which goes on to `#/replay/x`, with a title, a sentence and a picture for
programs that show a link. Such a program has no key. So it is told of a match what anybody with the
link may read, and of every other match the same as of none.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from typing import Literal

from fastapi import APIRouter, HTTPException, Request
from starlette.responses import HTMLResponse

from server.debrief.words import say, scenario_title
from server.edge.pages import client_folder, linked, with_public_url
from server.services import Services
from server.store.event_store import MatchId
from server.store.queries import MatchSummary

PICTURE, WIDTH, HEIGHT = "share.png", 1200, 630
METHODS = ["GET", "HEAD"]
LOCALES = {"en": "en_GB", "ur": "ur_PK"}

Language = Literal["en", "ur"]

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True, slots=True)
class Card:
    """What a chat shows of a link, in a language."""

    title: str
    about: str
    language: Language


@router.api_route("/replay/{match}", methods=METHODS, response_class=HTMLResponse)
@router.api_route("/debrief/{match}", methods=METHODS, response_class=HTMLResponse)
async def show_match(request: Request, match: str, language: Language = "en") -> HTMLResponse:
    """Answer a link to a match that was played."""
    card = await _card_of(request.app.state.services, MatchId(match), language)
    return _page(request, card)


@router.api_route("/tournament/{tournament}", methods=METHODS, response_class=HTMLResponse)
async def show_tournament(
    request: Request, tournament: str, language: Language = "en"
) -> HTMLResponse:
    """Answer a link to a tournament of bots."""
    return _page(request, _plain_card("tournament", language))


async def _card_of(services: Services, match: MatchId, language: Language) -> Card:
    last = await _last_branch(services, match)
    if last is None or not (last.is_over and last.is_open_to_link):
        return _plain_card("match", language)
    title = scenario_title(language, last.scenario, last.title)
    outlook = await services.library.outlook_of(last.match)
    told = {"rounds": str(last.round)}
    if outlook is None:
        return Card(title, say(language, "link.ended", **told), language)
    told["outlook"] = say(language, f"word.outlook.{outlook}")
    return Card(title, say(language, "link.outlook", **told), language)


def _plain_card(what: str, language: Language) -> Card:
    return Card(say(language, f"link.{what}"), say(language, "link.about"), language)


async def _last_branch(services: Services, match: MatchId) -> MatchSummary | None:
    """Find a match, or the last of the branches that took its place."""
    found = await services.queries.match_by_id(match)
    while found is not None and found.replaced_by is not None:
        found = await services.queries.match_by_id(found.replaced_by)
    return found


def _page(request: Request, card: Card) -> HTMLResponse:
    """Write the client's page with a card in its head. Raises HTTPException without a client."""
    folder = client_folder()
    if folder is None:
        raise HTTPException(503)
    public_url: str | None = request.app.state.services.settings.public_url
    tags = "".join(_tags(card, public_url, request.url.path))
    text = linked((folder / "index.html").read_text(encoding="utf-8"), tags)
    page = HTMLResponse(with_public_url(text, public_url) if public_url else text)
    page.headers["cache-control"] = "no-cache"
    return page


def _tags(card: Card, public_url: str | None, path: str) -> Iterator[str]:
    """Write a card as the tags that chats read. Source: the Open Graph protocol, ogp.me.

    Only the public URL leads anywhere: a request may claim any host.
    """
    told = {
        "og:type": "website",
        "og:site_name": "Détente",
        "og:title": card.title,
        "og:description": card.about,
        "og:locale": LOCALES[card.language],
    }
    if public_url is not None:
        told |= {
            "og:url": public_url + path.lstrip("/"),
            "og:image": public_url + PICTURE,
            "og:image:width": f"{WIDTH}",
            "og:image:height": f"{HEIGHT}",
            "og:image:alt": say(card.language, "link.picture"),
        }
    for name, content in told.items():
        yield f'<meta property="{name}" content="{escape(content)}" />'
    yield f'<meta name="description" content="{escape(card.about)}" />'
    size = "summary" if public_url is None else "summary_large_image"
    yield f'<meta name="twitter:card" content="{size}" />'
