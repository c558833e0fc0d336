"""What facilitators do to a match beside its socket: let others lead too, and go back."""

import secrets
from typing import Annotated

from fastapi import APIRouter, Depends
from pydantic import BaseModel, Field, StringConstraints

from game_rules.events import Phase
from game_rules.roles import Role
from game_rules.seating import LONGEST_NAME
from server.access import Grant
from server.api.dependencies import AsAnyone, WithServices
from server.api.errors import Refusal
from server.api.matches import Body
from server.branches import NothingToUndo
from server.event_store import MatchId
from server.seminars.seating import lead_of

router = APIRouter(prefix="/api", tags=["control"])

Name = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST_NAME)
]


class CoFacilitator(Body):
    """Somebody who is to lead as well; acts are signed with the name."""

    name: Name


class Invitation(BaseModel):
    """The secret of a link that is exchanged once."""

    secret: str


class LeadSecret(Body):
    """The secret of a co-facilitator's link."""

    secret: Annotated[str, Field(min_length=1, max_length=128)]


class Leading(BaseModel):
    """A co-facilitator's place at a match."""

    match: str
    code: str
    token: str
    name: str


class Undo(Body):
    """Which opening of a phase is to be undone; both null: the last."""

    round: Annotated[int | None, Field(ge=0, le=10_000)] = None
    phase: Annotated[Phase | None, Field(strict=False)] = None


class Branched(BaseModel):
    """The match that goes on, paused; the code stays the same, and so do all tokens."""

    match: str
    code: str


async def leader_grant(match: str, grant: AsAnyone, services: WithServices) -> Grant:
    """Require somebody who leads this match: a facilitator of it, of its seminar, or the host."""
    if grant is not None and grant.is_host:
        return grant
    if grant is not None and grant.role is Role.FACILITATOR:
        if grant.match_id == match:
            return grant
        seminar = await services.queries.seminar_of(MatchId(match))
        if seminar is not None and grant.seminar_id == seminar:
            return grant
    raise Refusal(401, "facilitator_only", "this needs the link of a facilitator of this match")


AsLeader = Annotated[Grant, Depends(leader_grant)]


@router.post("/matches/{match}/facilitators")
async def invite_co_facilitator(
    match: str, body: CoFacilitator, services: WithServices, leader: AsLeader
) -> Invitation:
    """Make a link for somebody who is to lead this match as well."""
    await services.registry.host(MatchId(match))
    person, name = secrets.token_hex(8), " ".join(body.name.split())
    secret = await services.access.invite(MatchId(match), person, name)
    return Invitation(secret=secret)


@router.post("/lead")
async def exchange_co_facilitators_link(body: LeadSecret, services: WithServices) -> Leading:
    """Exchange the secret of a co-facilitator's link for a token; the link is used up."""
    accepted = await services.access.accept(body.secret)
    if accepted is None:
        raise Refusal(403, "link_used", "this link was used already; ask for another one")
    token, grant = accepted
    summary = await services.queries.match_by_id(grant.match_id or MatchId(""))
    assert summary is not None
    return Leading(match=summary.match, code=summary.code or "", token=token, name=grant.name or "")


@router.post("/matches/{match}/branch")
async def branch_match(
    match: str, body: Undo, services: WithServices, leader: AsLeader
) -> Branched:
    """Go back to before a phase was opened, or the match ended; it goes on in a branch.

    The trunk is kept as it is.
    """
    trunk, sender = MatchId(match), lead_of(leader)
    await services.registry.host(trunk)  # an unknown one is refused here
    try:
        branch = await services.branches.branch(trunk, sender, body.round, body.phase)
    except NothingToUndo as error:
        raise Refusal(409, "nothing_to_undo", str(error)) from error
    summary = await services.queries.match_by_id(branch)
    assert summary is not None
    return Branched(match=branch, code=summary.code or "")
