"""Facilitators' control of a match over HTTP: co-facilitators and undo."""

import asyncio
import secrets
from collections.abc import Iterable
from typing import Annotated

from fastapi import Depends, Query, Response
from pydantic import BaseModel, Field

from game_rules.errors import InvalidInput
from game_rules.log.events import Event, Phase
from game_rules.log.people import called
from game_rules.match.seating import LONGEST_NAME
from game_rules.match.visibility import redact
from game_rules.roles import FACILITATOR, PersonId, Viewer
from game_rules.rulesets.chosen import ruleset_of
from server.access.grants import Grant, SeminarId
from server.api.bodies import JsonRouter
from server.api.dependencies import AsAnyone, AsCaller, WithServices, refuse_slowly
from server.api.ended import Log, as_log, is_leader, log_seen, viewer_named
from server.api.errors import Refusal
from server.hosting.match_host import MatchHost, Sender
from server.live.branches import NothingToUndo
from server.services import Services
from server.store.event_store import MatchId
from server.store.queries import MatchSummary
from server.wire.fields import CLEAN_NAME, Body

router = JsonRouter("/api", "control")

Name = Annotated[str, Field(min_length=1, max_length=LONGEST_NAME), CLEAN_NAME]


class CoFacilitator(Body):
    """A co-facilitator to invite; the name signs the person's commands."""

    name: Name


class Invitation(BaseModel):
    """The secret of a link that can be exchanged once."""

    secret: str


class LeadSecret(Body):
    """The secret of a co-facilitator's link."""

    secret: Annotated[str, Field(min_length=1, max_length=128)]


class Leading(BaseModel):
    """A co-facilitator's access to a match or to a seminar; the other one is null."""

    match: str | None
    seminar: str | None
    code: str
    token: str
    name: str


class Undo(Body):
    """The phase opening to undo; both null: the last one."""

    round: Annotated[int | None, Field(ge=0, le=10_000)] = None
    phase: Annotated[Phase | None, Field(strict=False)] = None


class MatchChanges(Body):
    """is_open_to_link: whether whoever has the link may read the match once it has ended."""

    is_open_to_link: bool


class Forgotten(BaseModel):
    """What a person is called from now on, and the match with its trunks and branches."""

    name: str
    matches: list[str]


class Branch(BaseModel):
    """The branch that continues, paused; the code and all tokens stay the same."""

    match: str
    code: str


async def leader_grant(match: str, grant: AsAnyone, services: WithServices) -> Grant:
    """Require a facilitator of this match or of its seminar, or the host."""
    if grant is not None and await is_leader(services, grant, MatchId(match)):
        return grant
    raise Refusal(401, "facilitator_only", "this needs the link of a facilitator of this match")


def require_creator(grant: Grant) -> None:
    """Require a leader who was not invited by another one. Raises Refusal."""
    if not grant.is_creator:
        message = "this is for whoever created it; co-facilitators lead what is played"
        raise Refusal(403, "creator_only", message)


def new_leader(name: str) -> tuple[str, str]:
    """Create the id of a co-facilitator, and the name that signs commands."""
    return secrets.token_hex(8), " ".join(name.split())


AsLeader = Annotated[Grant, Depends(leader_grant)]


@router.post("/matches/{match}/facilitators")
async def invite_co_facilitator(
    match: str, body: CoFacilitator, services: WithServices, leader: AsLeader
) -> Invitation:
    """Make a co-facilitator's link for this match; only its creator may."""
    require_creator(leader)
    await services.registry.host(MatchId(match))
    person, name = new_leader(body.name)
    return Invitation(secret=await services.access.invite(person, name, match_id=MatchId(match)))


@router.post("/lead")
async def exchange_co_facilitators_link(
    body: LeadSecret, services: WithServices, caller: AsCaller
) -> Leading:
    """Exchange the secret of a co-facilitator's link for a token; the link is used up."""
    accepted = await services.access.accept(body.secret)
    if accepted is None:
        message = "this link was used already; ask for another one"
        await refuse_slowly(services, caller, Refusal(403, "link_used", message))
    token, grant = accepted
    return Leading(
        match=grant.match_id,
        seminar=grant.seminar_id,
        code=await _code_of(services, grant),
        token=token,
        name=grant.name or "",
    )


@router.get("/matches/{match}/look", response_model=Log)
async def look_as(
    match: str,
    services: WithServices,
    leader: AsLeader,
    view: Annotated[str, Query(alias="as")] = "archive",
) -> Response:
    """Return a running match as a seat sees it, without what facilitators may not know.

    The archive is still closed; this shows what facilitators see.
    """
    host = await services.registry.host(MatchId(match))
    viewer = FACILITATOR if view == "archive" else viewer_named(host, view)
    return as_log(await asyncio.to_thread(_seen_twice, host, host.events, viewer))


def _seen_twice(host: MatchHost, log: Iterable[Event], viewer: Viewer) -> str:
    """Write what a viewer may see of what facilitators may see."""
    scenario = host.position.scenario
    known = [event for event in log if redact(event, FACILITATOR, scenario) is not None]
    return log_seen(host, known, viewer)


@router.patch("/matches/{match}")
async def change_match(
    match: str, body: MatchChanges, services: WithServices, leader: AsLeader
) -> MatchSummary:
    """Set who may read a match once it has ended, also afterwards; only its creator may.

    The setting holds for the match and the branch that it goes on in.
    """
    require_creator(leader)
    last = (await services.registry.host_in_play(MatchId(match))).match_id
    both = {MatchId(match), last}
    await services.queries.set_open_to_link(both, is_open=body.is_open_to_link)
    summary = await services.queries.match_by_id(MatchId(match))
    assert summary is not None
    return summary.without_code()


@router.post("/matches/{match}/branch")
async def branch_match(match: str, body: Undo, services: WithServices, leader: AsLeader) -> Branch:
    """Undo a phase opening or the end of the match; play continues in a branch.

    The log of the trunk is kept unchanged.
    """
    trunk, sender = MatchId(match), Sender.of(leader)
    await services.registry.host(trunk)  # refuses an unknown one
    try:
        branch = await services.branches.branch(trunk, sender, body.round, body.phase)
    except NothingToUndo as error:
        raise Refusal(409, "nothing_to_undo", str(error)) from error
    summary = await services.queries.match_by_id(branch)
    assert summary is not None
    return Branch(match=branch, code=summary.code or "")


@router.post("/matches/{match}/people/{person}/forget")
async def forget_person(
    match: str, person: str, services: WithServices, leader: AsLeader
) -> Forgotten:
    """Delete a person's name from a match, its branches and its class; only its creator may.

    What was played stays, and the record still verifies. Not from files that were exported before,
    nor from texts that people wrote.
    """
    require_creator(leader)
    family = await services.registry.family(MatchId(match))
    if ruleset_of(family[0].position).names_people:
        told = "this match is played by rules 1, whose log holds names; it cannot forget them"
        raise InvalidInput(told)
    own = [host.match_id for host in family]
    if not await services.queries.forget_person(own, PersonId(person)):
        message = f"{person} is nobody in this match; give the id of a person, for example p1"
        raise Refusal(404, "no_such_person", message)
    await _forget_in_memory(services, MatchId(match))
    return Forgotten(name=called(PersonId(person), {}), matches=own)


async def _forget_in_memory(services: Services, match: MatchId) -> None:
    """Have every match and the class read their names again, as the store has them now."""
    for host in services.registry.hosts:
        await host.settle()
        await host.refresh_names()
    seminar = await services.queries.seminar_of(match)
    if seminar is not None:
        services.seminars.forget(SeminarId(seminar))
    services.access.forget()


async def _code_of(services: Services, grant: Grant) -> str:
    """Return the code of what a grant leads; a finished match has none."""
    if grant.seminar_id is not None:
        return (await services.seminars.roster(grant.seminar_id)).seminar.code
    assert grant.match_id is not None, "an invitation is to one or the other"
    summary = await services.queries.match_by_id(grant.match_id)
    assert summary is not None
    return summary.code or ""
