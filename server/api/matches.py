"""Matches: create, list, join and watch them; export the logs of finished ones."""

import secrets
from collections.abc import Iterable
from dataclasses import replace
from typing import Annotated, Any, Literal
from urllib.parse import quote

from fastapi import Query, Response
from pydantic import AfterValidator, BaseModel, Field

from game_rules.log.events import Event
from game_rules.match.seating import LONGEST_NAME
from game_rules.match.visibility import redact
from game_rules.records.codec import dumps
from game_rules.records.record import write_record
from game_rules.roles import ARCHIVE, PUBLIC, Role, Seat, Viewer, seated
from server.api.bodies import JsonRouter
from server.api.dependencies import AsCaller, AsHost, WithServices, refuse_slowly
from server.api.errors import Refusal
from server.codes import normalise_code, normalise_key
from server.exports.decisions import write_table
from server.exports.spreadsheet import for_spreadsheet
from server.hosting.match_host import MatchHost
from server.seminars.seminar import MOST_PEOPLE, Seminar
from server.seminars.service import Arrival
from server.seminars.store import NameTaken, SeminarFull
from server.services import Caller, Services
from server.store.event_store import MatchId
from server.store.queries import MatchSummary
from server.version import SOFTWARE_VERSION
from server.wire.fields import CLEAN_NAME, Body, Written, printable

router = JsonRouter("/api", "matches")


class HostSecret(Body):
    """The secret of the host's link."""

    secret: Annotated[str, Field(min_length=1, max_length=128)]


class NewMatch(Body):
    """pace multiplies every phase's time; null runs no clock. seed null: drawn here."""

    scenario: Annotated[str, Field(max_length=64)]
    pace: Annotated[float | None, Field(ge=0.1, le=10)] = 1.0
    seed: Annotated[str, Field(min_length=1, max_length=64), AfterValidator(printable)] | None = (
        None
    )


class JoinCode(Body):
    """The code that the facilitator shows; spaces, dashes and case do not matter."""

    code: Annotated[str, Field(min_length=1, max_length=32)]


class JoinRequest(JoinCode):
    """Join as a player. key: to return to a seminar from any device."""

    key: Annotated[str | None, Field(min_length=1, max_length=32)] = None

    name: Annotated[str, Field(min_length=1, max_length=LONGEST_NAME), CLEAN_NAME]


class HostToken(BaseModel):
    """A token that may create and list matches."""

    token: str


class CreatedMatch(BaseModel):
    """A new match: the code to show, and the facilitator's token for it."""

    match: str
    code: str
    token: str


class Membership(BaseModel):
    """Membership of a seminar. key: restores it from any device, under the same name."""

    seminar: str
    name: str
    token: str
    key: str


class Joined(BaseModel):
    """Access to a match. person is null for observers.

    seminar: set for the code of a seminar; match and token are null while the person waits.
    """

    match: str | None
    token: str | None
    person: str | None
    seminar: Membership | None = None


class Watching(BaseModel):
    """An observer's access, without a person."""

    match: str
    token: str
    person: None = None
    seminar: None = None


class Log(BaseModel):
    """What a viewer may see of a match, event by event."""

    events: list[Annotated[dict[str, Any], Written(Event)]]


class RecordFile(Response):
    """A match as JSON lines."""

    media_type = "application/jsonl"


class CsvFile(Response):
    """One table as CSV."""

    media_type = "text/csv"


@router.post("/host")
async def exchange_host_secret(
    body: HostSecret, services: WithServices, caller: AsCaller
) -> HostToken:
    """Exchange the secret of the host's link for a token."""
    if not secrets.compare_digest(body.secret.encode(), services.host_secret.encode()):
        message = "this link is not valid any more; open the one printed at the last start"
        await refuse_slowly(services, caller, Refusal(403, "wrong_secret", message))
    return HostToken(token=await services.access.issue(Role.HOST))


@router.post("/matches")
async def create_match(body: NewMatch, services: WithServices, host: AsHost) -> CreatedMatch:
    """Create a match; it starts in its lobby."""
    scenario = services.scenarios.get(body.scenario)
    if scenario is None:
        message = f"no scenario {body.scenario}; choose among {', '.join(services.scenarios)}"
        raise Refusal(404, "no_such_scenario", message)
    match_id = MatchId(secrets.token_urlsafe(12))
    code = await services.queries.create_match(
        match_id, scenario.name, scenario.title, scenario.rounds, services.clock.now_ms()
    )
    seed = body.seed or secrets.token_hex(16)
    await services.registry.create(match_id, scenario, seed, body.pace)
    token = await services.access.issue(Role.FACILITATOR, match_id)
    return CreatedMatch(match=match_id, code=code, token=token)


@router.get("/matches")
async def list_matches(services: WithServices, host: AsHost) -> list[MatchSummary]:
    """List this server's matches, newest first."""
    return [_with_problem(services, each) for each in await services.queries.list_matches()]


@router.post("/matches/{match}/lead")
async def lead(match: str, services: WithServices, host: AsHost) -> CreatedMatch:
    """Give the host a facilitator's token for a match, e.g. on another device.

    For a match that was branched, the token is for the branch.
    """
    last = await services.registry.host_in_play(MatchId(match))
    summary = await services.queries.match_by_id(last.match_id)
    if summary is None or summary.code is None:
        raise Refusal(404, "no_such_match", f"no match {match}; check the link")
    token = await services.access.issue(Role.FACILITATOR, summary.match)
    return CreatedMatch(match=summary.match, code=summary.code, token=token)


@router.post("/join")
async def join(body: JoinRequest, services: WithServices, caller: AsCaller) -> Joined:
    """Join a match as a player, or a seminar. Seats are taken over the socket."""
    name = " ".join(body.name.split())
    seminar = await services.seminars.store.by_code(normalise_code(body.code))
    if seminar is not None:
        if body.key is None:
            await _wait_for_room(services, body.code, caller)
        arrival = await _join(services, seminar, name, body.key, caller)
        return await _joined(services, seminar, arrival)
    match = await _match_by_code(services, body.code, caller)
    person = secrets.token_hex(8)
    token = await services.access.issue(Role.PLAYER, match, person=person, name=name)
    return Joined(match=match, token=token, person=person)


@router.post("/watch")
async def watch(body: JoinCode, services: WithServices, caller: AsCaller) -> Watching:
    """Join as an observer, who sees what is public."""
    match = await _match_by_code(services, body.code, caller)
    token = await services.access.issue(Role.OBSERVER, match)
    return Watching(match=match, token=token)


@router.get("/matches/{match}")
async def show_match(match: str, services: WithServices) -> MatchSummary:
    """Return the public summary of a match."""
    summary = await services.queries.match_by_id(MatchId(match))
    if summary is None:
        raise Refusal(404, "no_such_match", f"no match {match}; check the link")
    return _with_problem(services, summary.without_code())


@router.get("/matches/{match}/log", response_model=Log)
async def read_log(
    match: str, services: WithServices, view: Annotated[str, Query(alias="as")] = "archive"
) -> Response:
    """Return a finished match's events as the archive, the public or one seat saw them."""
    host = await _finished(services, match)
    viewer = viewer_named(host, view)
    return log_seen(host, host.events, viewer)


@router.get("/matches/{match}/record", response_class=RecordFile)
async def read_record(match: str, services: WithServices) -> RecordFile:
    """Download a finished match as a record that anyone can verify."""
    host = await _finished(services, match)
    name = f"{host.position.scenario.name}-{match}.jsonl"
    return RecordFile(
        write_record(host.events, SOFTWARE_VERSION),
        headers=saved_as(name),
    )


@router.get("/matches/{match}/table", response_class=CsvFile)
async def read_table(
    match: str,
    services: WithServices,
    what: Literal["decisions", "talk", "pledges", "moves", "forecasts"] = "decisions",
    form: Literal["plain", "spreadsheet"] = "plain",
) -> CsvFile:
    """Download a table of a finished match, e.g. one row per decision."""
    host = await _finished(services, match)
    name = f"{host.position.scenario.name}-{match}-{what}.csv"
    text = write_table(host.events, what)
    return CsvFile(for_spreadsheet(text) if form == "spreadsheet" else text, headers=saved_as(name))


def saved_as(name: str) -> dict[str, str]:
    """Return the header that names a download, in letters of any script (RFC 6266)."""
    if name.isascii():
        return {"content-disposition": f'attachment; filename="{name}"'}
    return {"content-disposition": f"attachment; filename*=UTF-8''{quote(name)}"}


def _with_problem(services: Services, summary: MatchSummary) -> MatchSummary:
    """Say of a match that it is damaged, if it is."""
    return replace(summary, problem=services.registry.damage_of(summary.match))


async def _match_by_code(services: Services, code: str, caller: Caller) -> MatchId:
    match = await services.queries.match_by_code(normalise_code(code))
    if match is None:
        message = f"no match has the code {code}; check it with your facilitator"
        await refuse_slowly(services, caller, Refusal(404, "no_such_code", message))
    await _wait_for_room(services, code, caller)
    return MatchId(match.match)


async def _join(
    services: Services, seminar: Seminar, name: str, key: str | None, caller: Caller
) -> Arrival:
    if key is not None:
        back = await services.seminars.rejoin(seminar.id, name, normalise_key(key))
        if back is None:
            message = "name and key do not belong together; check both, or come in anew"
            await refuse_slowly(services, caller, Refusal(403, "wrong_key", message))
        return back
    try:
        return await services.seminars.join(seminar.id, name)
    except NameTaken as error:
        message = f"somebody here is called {name}; add a letter, or give your key if it is you"
        raise Refusal(409, "name_taken", message) from error
    except SeminarFull as error:
        message = f"{MOST_PEOPLE} people are here, as many as a seminar takes; ask the facilitator"
        raise Refusal(409, "seminar_full", message) from error


async def _joined(services: Services, seminar: Seminar, arrival: Arrival) -> Joined:
    place = await services.seminars.place(seminar.id, arrival.person)
    membership = Membership(
        seminar=seminar.id, name=arrival.name, token=arrival.token, key=arrival.key
    )
    match, token = (None, None) if place is None else (place.match, place.token)
    return Joined(match=match, token=token, person=arrival.person, seminar=membership)


async def _finished(services: Services, match: str) -> MatchHost:
    """Find a match whose log is public: the match and its last branch have ended."""
    host = await services.registry.host(MatchId(match))
    last = await services.registry.host_in_play(host.match_id)
    if not last.position.is_over:
        raise Refusal(409, "still_playing", "the log opens when the match has ended")
    return host


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


def log_seen(host: MatchHost, log: Iterable[Event], viewer: Viewer) -> Response:
    """Return what a viewer may see of some of a match's events, as a `Log`."""
    seen = (redact(event, viewer, host.position.scenario) for event in log)
    text = ",".join(dumps(event) for event in seen if event is not None)
    return Response(f'{{"events":[{text}]}}', media_type="application/json")


async def _wait_for_room(services: Services, code: str, caller: Caller) -> None:
    """Let a class in at once, and a program that never stops slowly."""
    key = f"{normalise_code(code)} {caller.address} {caller.device}"
    if not await services.joins.wait(key):
        message = "as many have come from here with this code as can at once; wait a few seconds"
        raise Refusal(429, "too_many_joins", message, retry_after_s=10)
