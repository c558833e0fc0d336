"""Matches: create, list, join and watch them."""

import secrets
from dataclasses import replace
from hashlib import blake2b
from typing import Annotated, Self

from fastapi import Query
from pydantic import AfterValidator, BaseModel, Field, model_validator

from game_rules.log.people import people_in
from game_rules.match.seating import LONGEST_NAME
from game_rules.roles import Role
from game_rules.rulesets.chosen import ruleset_of
from server.access.grants import Grant
from server.access.names import NameTaken
from server.api.bodies import JsonRouter
from server.api.dependencies import AsAnyone, AsCaller, AsHost, WithServices, refuse_slowly
from server.api.ended import is_leader, require_reader
from server.api.errors import Refusal
from server.codes import normalise_code, normalise_key
from server.seminars.seminar import MOST_PEOPLE, Arrival, Seminar
from server.seminars.store import SeminarFull
from server.services import Caller, Services
from server.store.event_store import MatchId, is_of_guest
from server.store.queries import MOST_LISTED, MatchSummary
from server.wire.fields import CLEAN_NAME, Body, printable

router = JsonRouter("/api", "matches")


class HostSecret(Body):
    """The secret of the host's link."""

    secret: Annotated[str, Field(min_length=1, max_length=128)]


class NewMatch(Body):
    """pace multiplies every phase's time; null runs no clock.

    seed: mixed into the chance that is drawn here. is_repeatable: it is the match's seed as it is,
    to play a match again; whoever knows it, or another match with it, can foresee what is drawn.
    is_open_to_link: whether whoever has the link may read the match once it has ended.
    """

    scenario: Annotated[str, Field(max_length=64)]
    pace: Annotated[float | None, Field(ge=0.1, le=10)] = 1.0
    seed: Annotated[str, Field(min_length=1, max_length=64), AfterValidator(printable)] | None = (
        None
    )
    is_open_to_link: bool = False
    is_repeatable: bool = False

    @model_validator(mode="after")
    def _names_what_is_repeated(self) -> Self:
        if self.is_repeatable and self.seed is None:
            raise ValueError("a repeatable match needs a seed; give one")
        return self


class JoinCode(Body):
    """The code that the facilitator shows; spaces, dashes and case do not matter."""

    code: Annotated[str, Field(min_length=1, max_length=32)]


class JoinRequest(JoinCode):
    """Join as a player. key: to return to a seminar from any device."""

    key: Annotated[str | None, Field(min_length=1, max_length=32)] = None

    name: Annotated[str, Field(min_length=1, max_length=LONGEST_NAME), CLEAN_NAME]


class Found(BaseModel):
    """What a code opens. match: where it has ended and whoever has the link may read it.

    is_open_to_link: whether whoever has the link may read the match once it has ended. name: of the
    class. scenario, title: null where a condition of the class hides them.
    """

    is_seminar: bool
    is_over: bool
    is_open_to_link: bool
    match: str | None
    name: str | None
    scenario: str | None
    title: str | None


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


@router.post("/host")
async def exchange_host_secret(
    body: HostSecret, services: WithServices, caller: AsCaller
) -> HostToken:
    """Exchange the secret of the host's link for a token."""
    is_own = secrets.compare_digest(body.secret.encode(), services.host_secret.encode())
    if not is_own and not await services.registry.rooms.leases.knows_host(body.secret):
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
        match_id,
        scenario.name,
        scenario.title,
        scenario.rounds,
        services.clock.now_ms(),
        is_open_to_link=body.is_open_to_link,
    )
    await services.registry.create(match_id, scenario, _seed(body), body.pace)
    token = await services.access.issue(Role.FACILITATOR, match_id)
    return CreatedMatch(match=match_id, code=code, token=token)


@router.get("/matches")
async def list_matches(
    services: WithServices,
    host: AsHost,
    most: Annotated[int, Query(ge=1, le=MOST_LISTED)] = MOST_LISTED,
) -> list[MatchSummary]:
    """List this server's newest matches, the newest first."""
    return [_with_problem(services, each) for each in await services.queries.list_matches(most)]


@router.post("/matches/{match}/lead")
async def lead(match: str, services: WithServices, host: AsHost) -> CreatedMatch:
    """Give the host a facilitator's token for a match, e.g. on another device.

    For a match that was branched, the token is for the branch.
    """
    last = await services.registry.host_in_play(MatchId(match))
    summary = await services.queries.match_by_id(last.match_id)
    if summary is None or summary.code is None or is_of_guest(last.match_id):
        raise Refusal(404, "no_such_match", f"no match {match}; check the link")
    token = await services.access.issue(Role.FACILITATOR, summary.match)
    return CreatedMatch(match=summary.match, code=summary.code, token=token)


@router.post("/find")
async def find(body: JoinCode, services: WithServices, caller: AsCaller) -> Found:
    """Tell what a code opens, and who may read it afterwards, before anybody joins."""
    seminar = await services.seminars.store.by_code(normalise_code(body.code))
    if seminar is not None:
        return _found_class(services, seminar)
    known = await _match_by_code(services, body.code, caller)
    is_over, is_open = await _is_over(services, known), known.is_open_to_link
    return Found(
        is_seminar=False,
        is_over=is_over,
        is_open_to_link=is_open,
        match=known.match if is_over and is_open else None,
        name=None,
        scenario=known.scenario,
        title=known.title,
    )


@router.post("/join")
async def join(body: JoinRequest, services: WithServices, caller: AsCaller) -> Joined:
    """Join a match as a player, or a seminar. Seats are taken over the socket."""
    name = " ".join(body.name.split())
    seminar = await services.seminars.store.by_code(normalise_code(body.code))
    if seminar is not None:
        if body.key is None:
            await services.registry.rooms.enter(seminar.id)  # who plays it counts who comes
            await _wait_for_room(services, body.code, caller)
        arrival = await _join(services, seminar, name, body.key, caller)
        return await _joined(services, seminar, arrival)
    match = await _enter(services, body.code, caller)
    host = await services.registry.host_in_play(match)
    is_numbered = not ruleset_of(host.position).names_people
    before = None if host.position.model is None else people_in(host.events)
    admit = services.access.admit
    try:
        token, person = await admit(match, name, is_numbered=is_numbered, before=before)
    except NameTaken as error:
        message = f"somebody in this match is called {name}; choose another name"
        raise Refusal(409, "name_taken", message) from error
    return Joined(match=match, token=token, person=person)


@router.post("/watch")
async def watch(
    body: JoinCode, services: WithServices, caller: AsCaller, grant: AsAnyone
) -> Watching:
    """Join as an observer, who sees what is public; whoever leads a match may after its end."""
    match = await _enter(services, body.code, caller, grant)
    token = await services.access.issue(Role.OBSERVER, match)
    return Watching(match=match, token=token)


@router.get("/matches/{match}")
async def show_match(match: str, services: WithServices, grant: AsAnyone) -> MatchSummary:
    """Return the public summary of a match; once it has ended, to who may read it."""
    summary = await services.queries.match_by_id(MatchId(match))
    if summary is None:
        raise Refusal(404, "no_such_match", f"no match {match}; check the link")
    if summary.is_over:
        await require_reader(services, grant, summary.match)
    return _with_problem(services, summary.without_code())


def _found_class(services: Services, seminar: Seminar) -> Found:
    """Tell what a class plays, unless some of it plays under neutral names: no member knows yet."""
    scenario = None if seminar.hides_names else services.scenarios.get(seminar.scenario)
    return Found(
        is_seminar=True,
        is_over=False,
        is_open_to_link=seminar.is_open_to_link,
        match=None,
        name=seminar.name,
        scenario=None if scenario is None else scenario.name,
        title=None if scenario is None else scenario.title,
    )


def _with_problem(services: Services, summary: MatchSummary) -> MatchSummary:
    """Say of a match that it is damaged, if it is."""
    return replace(summary, problem=services.registry.damage_of(summary.match))


def _seed(body: NewMatch) -> str:
    """Draw a match's seed, which is nobody else's; its record tells it when the match has ended.

    An ended match tells its seed to all who read it. So one that is typed, which others may type
    too, is hashed with a key that is drawn for this match alone and kept by nobody.
    """
    if body.seed is None:
        return secrets.token_hex(16)
    if body.is_repeatable:
        return body.seed
    key = secrets.token_bytes(32)
    return blake2b(body.seed.encode(), key=key, digest_size=16, person=b"detente-luck").hexdigest()


async def _match_by_code(services: Services, code: str, caller: Caller) -> MatchSummary:
    match = await services.queries.match_by_code(normalise_code(code))
    if match is None:
        message = f"no match has the code {code}; check it with your facilitator"
        await refuse_slowly(services, caller, Refusal(404, "no_such_code", message))
    return match


async def _enter(
    services: Services, code: str, caller: Caller, grant: Grant | None = None
) -> MatchId:
    """Find the match of a code, for one more person. After its end it gives no token any more.

    Else whoever comes then could read what is open to those who took part. Leaders are let in.
    """
    known = await _match_by_code(services, code, caller)
    leads = grant is not None and await is_leader(services, grant, known.match)
    if not leads and await _is_over(services, known):
        message = "this match has ended; ask the facilitator for the link to its replay"
        raise Refusal(409, "match_over", message)
    await _wait_for_room(services, code, caller)
    return known.match


async def _is_over(services: Services, known: MatchSummary) -> bool:
    return (await services.registry.host_in_play(known.match)).position.is_over


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


async def _wait_for_room(services: Services, code: str, caller: Caller) -> None:
    """Let a class in at once, and a program that never stops slowly."""
    key = f"{normalise_code(code)} {caller.address} {caller.device}"
    if not await services.joins.wait(key):
        message = "as many have come from here with this code as can at once; wait a few seconds"
        raise Refusal(429, "too_many_joins", message, retry_after_s=10)
