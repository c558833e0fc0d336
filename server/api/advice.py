"""Advice for one seat of a running match, and the moves that it may make."""

from typing import Annotated, Any

from fastapi import Depends, Query, Request, Response
from pydantic import BaseModel

from game_rules.advice.move_offers import MoveOffer
from game_rules.log.position import Position
from game_rules.records.codec import dumps
from game_rules.roles import PersonId, Role, Seat, seated
from server.access.grants import Grant
from server.api.bodies import JsonRouter
from server.api.dependencies import WithServices, require_question
from server.api.errors import Refusal
from server.hosting.advice import ArenaAdvice, advice_for, moves_for
from server.hosting.match_host import MatchHost
from server.store.event_store import MatchId
from server.wire.fields import Written

router = JsonRouter("/api", "matches")


class Asked:
    """A seat, and the match as that seat sees it."""

    def __init__(self, seat: Seat, position: Position) -> None:
        self.seat, self.position = seat, position


async def asked_for(
    match: str,
    request: Request,
    services: WithServices,
    seat: Annotated[str | None, Query(max_length=16)] = None,
) -> Asked:
    """Require a player's token of the match, or a facilitator's token and a seat name."""
    _, _, token = request.headers.get("authorization", "").partition(" ")
    grant = await services.access.authenticate(token)
    if grant is None or grant.match_id != match or grant.role is Role.OBSERVER:
        message = "this needs a player's place at the match; join with its code"
        raise Refusal(401, "player_only", message)
    require_question(services, "advice", token)
    match_id = MatchId(match)
    host = await services.registry.host(match_id)
    found = _seat(host, grant, seat)
    return Asked(found, services.seat_views.of(match_id, host, seated(found)))


FromSeat = Annotated[Asked, Depends(asked_for)]


class AdviceAnswer(BaseModel):
    """Advice for a seat, one entry per arena."""

    seat: str
    advice: list[Annotated[dict[str, Any], Written(ArenaAdvice)]]


class MovesAnswer(BaseModel):
    """The moves that a seat may make."""

    seat: str
    moves: list[Annotated[dict[str, Any], Written(MoveOffer)]]


@router.get("/matches/{match}/advice", response_model=AdviceAnswer)
async def read_advice(match: str, asked: FromSeat) -> Response:
    """Advise a seat on its arenas, from what it sees; 409 if advice is switched off."""
    if not asked.position.scenario.has_advisor:
        raise Refusal(409, "no_advisor", "this match is played without the advisor")
    return _answer({"seat": asked.seat, "advice": advice_for(asked.position, asked.seat)})


@router.get("/matches/{match}/moves", response_model=MovesAnswer)
async def read_moves(match: str, asked: FromSeat) -> Response:
    """List the moves that a seat may make now, with cost and effect."""
    return _answer({"seat": asked.seat, "moves": moves_for(asked.position, asked.seat)})


def _answer(body: object) -> Response:
    return Response(dumps(body), media_type="application/json")


def _seat(host: MatchHost, grant: Grant, named: str | None) -> Seat:
    if grant.role is Role.FACILITATOR:
        return _named_seat(host, named)
    own = None if grant.person is None else host.position.seat_of(PersonId(grant.person))
    if own is None:
        raise Refusal(409, "no_seat", "you hold no seat; take one first")
    if named not in (None, own):
        raise Refusal(403, "not_yours", f"{named} is not your seat; ask for {own}")
    return own


def _named_seat(host: MatchHost, named: str | None) -> Seat:
    seats = host.position.scenario.seats
    if named is None or named not in seats:
        raise Refusal(404, "no_such_seat", f"seat {named}; choose one of {', '.join(seats)}")
    return Seat(named)
