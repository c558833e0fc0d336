"""The library: stored matches by scenario, date, seats, outlook, incident, breach, class and tag.

The host searches all matches of the server; a facilitator of a class those of the class. Matches of
guests are in no library. How a match goes is found only once it has ended: before that nothing of
it is stored, so no filter can tell.
"""

from collections import Counter
from dataclasses import replace
from typing import Annotated

from fastapi import Depends, Query, Request
from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from game_rules.errors import Superseded
from game_rules.roles import Role
from game_rules.standing.incidents import Concept
from game_rules.standing.integration import Outlook
from server.api.bodies import JsonRouter
from server.api.dependencies import AsAnyone, WithServices
from server.api.ended import is_leader
from server.api.errors import Refusal
from server.services import Services
from server.store.event_store import MatchId
from server.store.library import (
    MOST_TAGS,
    LibraryFilter,
    Offered,
    Place,
    Rehearsals,
    Standing,
    TooManyTags,
)
from server.store.library_entries import LibraryEntry
from server.wire.fields import CLEAN_NAME, Body

router = JsonRouter("/api", "library")

MOST_ON_A_PAGE = 100
USUAL_ON_A_PAGE = 30
LONGEST_TAG = 40
LATEST_MS = 8_640_000_000_000_000
"""The latest time that a browser can name."""

Text = Annotated[str, Field(min_length=1, max_length=64), CLEAN_NAME]
Time = Annotated[int, Field(ge=0, le=LATEST_MS)]


def _spelt(tag: str) -> str:
    """Spell a tag as it is stored: in lower case, with single spaces."""
    return " ".join(tag.lower().split())


Tag = Annotated[
    str, Field(min_length=1, max_length=LONGEST_TAG), AfterValidator(_spelt), CLEAN_NAME
]


def _place(cursor: str) -> Place:
    """Read where a page begins, as `_cursor` writes it. Raises ValueError."""
    at_ms, _, match = cursor.partition("-")
    if not (at_ms.isascii() and at_ms.isdigit() and len(at_ms) < 17 and match):
        raise ValueError("no page begins there; give the `next` of the page before")
    return int(at_ms), MatchId(match)


def _cursor(place: Place) -> str:
    """Write where a page begins, for an address."""
    return f"{place[0]}-{place[1]}"


def _checked(cursor: str) -> str:
    _place(cursor)
    return cursor


class LibraryQuery(BaseModel):
    """What matches must be, and which page of them.

    since_ms, until_ms: when the match was set up; the second is excluded. class: a part of the name
    of its class, in any case. rehearsals: whether they are among the matches; None: without, or
    with where one class is searched. after: the `next` of the page before. most: matches on a page.
    """

    model_config = ConfigDict(extra="forbid", validate_by_alias=True)

    scenario: Text | None = None
    since_ms: Time | None = None
    until_ms: Time | None = None
    seats: Annotated[int, Field(ge=1, le=1_000)] | None = None
    standing: Standing | None = None
    outlook: Outlook | None = None
    incident: Concept | None = None
    breach: bool | None = None
    seminar: Text | None = None
    class_name: Annotated[Text | None, Field(alias="class")] = None
    tag: Tag | None = None
    rehearsals: Rehearsals | None = None
    after: Annotated[str, Field(max_length=128), AfterValidator(_checked)] | None = None
    most: Annotated[int, Field(ge=1, le=MOST_ON_A_PAGE)] = USUAL_ON_A_PAGE

    def filter(self, seminar: str | None) -> LibraryFilter:
        """Say what is looked for. seminar: the one that the caller may search, None: any."""
        of_class = seminar or self.seminar
        usual: Rehearsals = "without" if of_class is None else "with"
        return LibraryFilter(
            scenario=self.scenario,
            since_ms=self.since_ms,
            until_ms=self.until_ms,
            seats=self.seats,
            standing=self.standing,
            outlook=self.outlook,
            incident=self.incident,
            has_breach=self.breach,
            seminar=of_class,
            class_name=self.class_name,
            tag=self.tag,
            rehearsals=self.rehearsals or usual,
        )


class LibraryAnswer(BaseModel):
    """A page of the library, newest match first.

    next: what `after` is for the next page; null on the last.
    """

    matches: list[LibraryEntry]
    next: str | None


SomeTags = Field(max_length=MOST_TAGS, strict=False)
"""JSON has lists alone, which a strict tuple would not take."""


class TagChanges(Body):
    """Tags to add to a match, and tags to remove. Case does not matter."""

    add: Annotated[tuple[Tag, ...], SomeTags] = ()
    remove: Annotated[tuple[Tag, ...], SomeTags] = ()


class Tags(BaseModel):
    """The tags of a match, in order."""

    tags: list[str]


def known_parameters(request: Request) -> None:
    """Refuse parameters that are given twice or not known. Raises Refusal."""
    known = {field.alias or name for name, field in LibraryQuery.model_fields.items()}
    for name, times in Counter(name for name, _ in request.query_params.multi_items()).items():
        if name not in known:
            message = f"query: no parameter {name[:64]!r}; choose among {', '.join(sorted(known))}"
            raise Refusal(422, "invalid_request", message)
        if times > 1:
            message = f"query.{name}: given {times} times; give it once"
            raise Refusal(422, "invalid_request", message)


def searched_class(grant: AsAnyone) -> str | None:
    """Find the class whose matches the caller may search; None: all. Raises Refusal."""
    if grant is not None and grant.is_host:
        return None
    if grant is not None and grant.role is Role.FACILITATOR and grant.seminar_id is not None:
        return grant.seminar_id
    message = "this needs the host's link, or the link of a facilitator of a class"
    raise Refusal(401, "facilitator_only", message)


SearchedClass = Annotated[str | None, Depends(searched_class)]


@router.get("/library", dependencies=[Depends(known_parameters)])
async def search_library(
    asked: Annotated[LibraryQuery, Query()], within: SearchedClass, services: WithServices
) -> LibraryAnswer:
    """Search the stored matches, newest first, a page at a time."""
    if within is not None and asked.seminar not in (None, within):
        message = f"query.seminar: {asked.seminar!r} is not your class; leave it out"
        raise Refusal(403, "other_class", message)
    after = None if asked.after is None else _place(asked.after)
    page = await services.library.page(asked.filter(within), after, asked.most)
    return LibraryAnswer(
        matches=[_with_problem(services, each) for each in page.matches],
        next=None if page.after is None else _cursor(page.after),
    )


@router.get("/library/filters")
async def show_filters(within: SearchedClass, services: WithServices) -> Offered:
    """List the scenarios, tags and numbers of seats of the stored matches."""
    return await services.library.offered(within)


@router.patch("/matches/{match}/tags")
async def change_tags(
    match: str, body: TagChanges, services: WithServices, grant: AsAnyone
) -> Tags:
    """Add tags to a match and remove others. Needs a facilitator of the match or of its class."""
    id_ = MatchId(match)
    if grant is None or not await is_leader(services, grant, id_):
        message = "this needs the link of a facilitator of this match, or of its class"
        raise Refusal(401, "facilitator_only", message)
    summary = await services.queries.match_by_id(id_)
    if summary is None:
        raise Refusal(404, "no_such_match", f"no match {match}; check the link")
    if summary.replaced_by is not None:
        raise Superseded("the match continues in a branch; tag that one")
    try:
        return Tags(tags=await services.library.change_tags(id_, body.add, body.remove))
    except TooManyTags as error:
        message = f"a match has at most {MOST_TAGS} tags; remove one first"
        raise Refusal(409, "too_many_tags", message) from error


def _with_problem(services: Services, entry: LibraryEntry) -> LibraryEntry:
    return replace(entry, problem=services.registry.damage_of(entry.match))
