"""Matches that have ended: who may read them, and their log, record and tables.

A match that is played is read by nobody. Once it has ended, those read it who took part: players,
observers who came while it was played, facilitators and the host. Its facilitator may open it to
whoever has the link.
"""

from collections.abc import Iterable, Sequence
from functools import partial
from typing import Annotated, Any, Literal
from urllib.parse import quote

from fastapi import Depends, Query, Response
from pydantic import BaseModel

from game_rules.log.control_events import DelegateJoined
from game_rules.log.events import Event, SeatTaken
from game_rules.records.record import write_record
from game_rules.roles import ARCHIVE, PUBLIC, PersonId, Role, Seat, Viewer, seated
from server.access.grants import Grant, SeminarId
from server.api.bodies import JsonRouter
from server.api.dependencies import AsAnyone, WithServices
from server.api.errors import Refusal
from server.exports.catalogue import write_table
from server.exports.seen import seen_log
from server.exports.spreadsheet import for_spreadsheet
from server.exports.story import About
from server.hosting.match_host import MatchHost
from server.seminars.duplicate import DuplicateScore, scores_at
from server.seminars.exported import about_match
from server.seminars.scores import class_scores
from server.services import Services
from server.store.event_store import MatchId, is_of_guest
from server.version import SOFTWARE_VERSION
from server.wire.fields import Written

router = JsonRouter("/api", "matches")

Table = Literal[
    "matches",
    "people",
    "decisions",
    "drafts",
    "ready",
    "talk",
    "proposals",
    "answers",
    "pacts",
    "pledges",
    "moves",
    "forecasts",
    "rounds",
    "points",
    "standing",
    "institutions",
    "tensions",
    "phases",
    "incidents",
    "injects",
    "parameters",
]
Form = Literal["plain", "spreadsheet"]


class Log(BaseModel):
    """What a viewer may see of a match, event by event.

    names: what people are called, where the events hold ids alone; others are forgotten.
    """

    events: list[Annotated[dict[str, Any], Written(Event)]]
    names: dict[str, str] | None = None


class RecordFile(Response):
    """A match as JSON lines."""

    media_type = "application/jsonl"


class CsvFile(Response):
    """One table as CSV."""

    media_type = "text/csv"


async def require_reader(services: Services, grant: Grant | None, match: MatchId) -> None:
    """Require a right to read a match that has ended. Raises Refusal.

    Branches belong together: who takes part in the last of them may read all.
    """
    last = (await services.registry.host_in_play(match)).match_id
    if await _is_open_to_link(services, last) or await _is_part_of(services, grant, match):
        return
    message = (
        "this match is open to those who took part; "
        "ask the facilitator to open it to anyone with the link"
    )
    raise Refusal(403, "participants_only", message)


async def _is_part_of(services: Services, grant: Grant | None, match: MatchId) -> bool:
    """Tell whether somebody leads a match, or took part in it or in its last branch."""
    if grant is not None and (grant.is_host or grant.match_id == match):
        return True
    last = (await services.registry.host_in_play(match)).match_id
    return await _takes_part(services, grant, match, last)


async def ended_match(match: str, services: WithServices, grant: AsAnyone) -> MatchHost:
    """Find a match that has ended, its last branch too, for who may read it. Raises Refusal."""
    host = await services.registry.host(MatchId(match))
    last = await services.registry.host_in_play(host.match_id)
    if not last.position.is_over:
        raise Refusal(409, "still_playing", "the log opens when the match has ended")
    await require_reader(services, grant, host.match_id)
    return host


EndedMatch = Annotated[MatchHost, Depends(ended_match)]


@router.get("/matches/{match}/log", response_model=Log)
async def read_log(
    host: EndedMatch,
    services: WithServices,
    view: Annotated[str, Query(alias="as")] = "archive",
) -> Response:
    """Return a finished match's events as the archive, the public or one seat saw them."""
    viewer = viewer_named(host, view)
    await host.refresh_names()
    about = host.match_id, host.seq, "log", viewer.key, frozenset(host.names.items())
    return as_log(await services.extracts.text(about, partial(log_seen, host, host.events, viewer)))


@router.get("/matches/{match}/record", response_class=RecordFile)
async def read_record(host: EndedMatch, services: WithServices) -> RecordFile:
    """Download a finished match as a record that anyone can verify."""
    name = f"{host.position.scenario.name}-{host.match_id}.jsonl"
    await host.refresh_names()
    write = partial(write_record, host.events, SOFTWARE_VERSION, host.names)
    about = host.match_id, host.seq, "record", frozenset(host.names.items())
    text = await services.extracts.text(about, write)
    return RecordFile(text, headers=saved_as(name))


@router.get("/matches/{match}/table", response_class=CsvFile)
async def read_table(
    host: EndedMatch, services: WithServices, what: Table = "decisions", form: Form = "plain"
) -> CsvFile:
    """Download a table of a finished match, e.g. one row per decision."""
    name = f"{host.position.scenario.name}-{host.match_id}-{what}.csv"
    about = await about_match(services.seminars.store.tables, host.match_id)
    write = partial(_table, host.events, what, form, about)
    text = await services.extracts.text((host.match_id, host.seq, what, form), write)
    return CsvFile(text, headers=saved_as(name))


@router.get("/matches/{match}/duplicate")
async def read_duplicate_scores(
    host: EndedMatch, services: WithServices, grant: AsAnyone
) -> list[DuplicateScore]:
    """Compare the seats of a finished match with the same seats at other tables of its class.

    Only tables that have ended are compared; a match outside a class has no scores. The link to one
    match opens nothing of the others: who comes by it alone is told none.
    """
    if not await _is_part_of(services, grant, host.match_id):
        return []
    last = await services.registry.host_in_play(host.match_id)
    seminar = await services.queries.seminar_of(last.match_id)
    if seminar is None:
        return []
    roster = await services.seminars.roster(SeminarId(seminar))
    scored = await class_scores(services.registry, roster, of_ended=True)
    return list(scores_at(last.match_id, scored))


def _table(log: Sequence[Event], what: Table, form: Form, about: About) -> str:
    text = write_table(log, what, about)
    return for_spreadsheet(text) if form == "spreadsheet" else text


def saved_as(name: str) -> dict[str, str]:
    """Return the header that names a download, in letters of any script (RFC 6266)."""
    if name.isascii():
        return {"content-disposition": f'attachment; filename="{name}"'}
    return {"content-disposition": f"attachment; filename*=UTF-8''{quote(name)}"}


def viewer_named(host: MatchHost, view: str) -> Viewer:
    """Return the viewer that a request names. Raises Refusal."""
    if view in ("archive", "public"):
        return ARCHIVE if view == "archive" else PUBLIC
    if view not in host.position.scenario.seats:
        seats = ", ".join(host.position.scenario.seats)
        raise Refusal(
            404, "no_such_view", f"view {view}; choose archive, public, or one of {seats}"
        )
    return seated(Seat(view))


def log_seen(host: MatchHost, log: Iterable[Event], viewer: Viewer) -> str:
    """Write what a viewer may see of some of a match's events, as a `Log`."""
    return seen_log(log, viewer, host.position.scenario, host.names)


def as_log(text: str) -> Response:
    """Answer with a `Log`."""
    return Response(text, media_type="application/json")


async def is_leader(services: Services, grant: Grant, match: MatchId) -> bool:
    """Tell whether a grant leads a match: it, its seminar, or as the host; nobody a guest's."""
    if is_of_guest(match):
        return False
    if grant.is_host:
        return True
    if grant.role is not Role.FACILITATOR:
        return False
    if grant.match_id is not None:
        return grant.match_id == match
    return grant.seminar_id == await services.queries.seminar_of(match)


async def _is_open_to_link(services: Services, match: MatchId) -> bool:
    summary = await services.queries.match_by_id(match)
    return summary is not None and summary.is_open_to_link


async def _takes_part(
    services: Services, grant: Grant | None, match: MatchId, last: MatchId
) -> bool:
    """Tell whether a grant is for a match, one of its branches, or its seminar as who played it."""
    if grant is None:
        return False
    if grant.match_id == last:
        return True
    if grant.match_id is not None:
        in_play = await services.registry.host_in_play(grant.match_id)
        if in_play.match_id == last:
            return True
    if grant.seminar_id is None or await services.queries.seminar_of(last) != grant.seminar_id:
        return False
    if grant.role is Role.PLAYER:
        return await _played(services, grant, match, last)
    return grant.role is Role.FACILITATOR  # the wall of a class reads no log


async def _played(services: Services, grant: Grant, match: MatchId, last: MatchId) -> bool:
    """Tell whether a person of a seminar is in a match, or held a seat and was moved away."""
    assert grant.person is not None, "a player of a seminar is a person"
    person = PersonId(grant.person)
    member = (await services.seminars.roster(SeminarId(grant.seminar_id or ""))).member(person)
    if member is not None and member.match == last:
        return True
    hosts = [await services.registry.host(one) for one in (match, last)]
    return any(_held_a_seat(host, person) for host in hosts)


def _held_a_seat(host: MatchHost, person: PersonId) -> bool:
    seatings = (x for x in host.events if isinstance(x, (SeatTaken, DelegateJoined)))
    return any(event.person == person for event in seatings)
