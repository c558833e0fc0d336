"""Play on from a round of a match that has ended, or of a record, as a model of it.

Who may read a match may play on from it as a guest, with a seat of their own; who leads it may also
let people in by a code. A record is sent with the request and kept by nobody but the model, which
holds the events before its first round. The match itself stays as it is.
"""

import asyncio
from collections.abc import Sequence
from typing import Annotated, Any, ClassVar

from fastapi import Response
from pydantic import BaseModel, Field

from game_rules.errors import InvalidInput
from game_rules.log.position import Model
from game_rules.match.seating import LONGEST_NAME
from game_rules.roles import Seat
from server.access.grants import Grant
from server.analysis.answers import BesideFound
from server.analysis.questions import Source
from server.api.analysis import (
    LARGEST_SENT,
    MOST_ROUNDS,
    Asking,
    FromOne,
    at_once,
    of_record,
    require_place,
    stored,
    told,
)
from server.api.bodies import JsonRouter
from server.api.dependencies import AsAnyone, AsCaller, AsHost
from server.api.ended import EndedMatch, is_leader
from server.api.errors import Refusal
from server.api.matches import CreatedMatch
from server.api.play import MOST_RIVALS, GuestMatch, begun_told, require_guests, require_room
from server.branching.play_on import LedByCode
from server.branching.trunks import RECORD, Beginning, beginning, require_usual_size
from server.hosting.match_host import MatchHost
from server.services import Caller
from server.store.event_store import MatchId
from server.wire.fields import CLEAN_NAME, Body, SeatCode, Written

router = JsonRouter("/api", "models")

Bots = Annotated[dict[str, str], Field(max_length=MOST_RIVALS, default_factory=dict)]
Number = Annotated[int, Field(ge=1, le=MOST_ROUNDS)]
RecordText = Annotated[str, Field(min_length=1)]


class GuestModel(Body):
    """From which round on, and as whom. bots: strategies by seat, where others are wanted.

    name: what the person is called, in the person's language.
    """

    round: Number
    seat: SeatCode
    bots: Bots
    name: Annotated[str, Field(min_length=1, max_length=LONGEST_NAME), CLEAN_NAME] = "Guest"


class LedModel(Body):
    """From which round on, and which seats people may take; bots have all others."""

    round: Number
    people: Annotated[list[SeatCode], Field(min_length=1, max_length=1_000)]
    bots: Bots


class GuestModelOfRecord(GuestModel):
    """The same from a record, as the text of its file."""

    largest: ClassVar[int] = LARGEST_SENT
    record: RecordText


class LedModelOfRecord(LedModel):
    """The same from a record, as the text of its file."""

    largest: ClassVar[int] = LARGEST_SENT
    record: RecordText


class TrunkRecord(Body):
    """The record that a model began with, as the text of its file."""

    largest: ClassVar[int] = LARGEST_SENT
    record: RecordText


class BesideAnswer(BaseModel):
    """A model beside its trunk; found: null until it is compared."""

    done: int
    of: int
    found: Annotated[dict[str, Any] | None, Written(BesideFound | None)]


@router.post("/matches/{match}/play-on")
async def play_on(
    body: GuestModel, host: EndedMatch, asking: FromOne, caller: AsCaller, grant: AsAnyone
) -> GuestMatch:
    """Play on as a guest from a round of a match that has ended; it runs when this answers.

    Its link opens it afterwards if the link of the match does.
    """
    summary = await asking.services.queries.match_by_id(host.match_id)
    require_guests(asking.services, grant)
    begun = await _beginning(asking, stored(host), host.match_id, body.round)
    is_open = summary is not None and summary.is_open_to_link
    return await _as_guest(asking, begun, body, caller, is_open_to_link=is_open)


@router.post("/records/play-on")
async def play_on_record(
    body: GuestModelOfRecord, asking: FromOne, caller: AsCaller, grant: AsAnyone
) -> GuestMatch:
    """Play on as a guest from a round of a record."""
    require_place(grant)
    require_guests(asking.services, grant)
    begun = await _beginning(asking, _sent(body.record), None, body.round)
    _require_usual_size(asking, begun, grant)
    return await _as_guest(asking, begun, body, caller, is_open_to_link=True)


@router.post("/matches/{match}/model")
async def open_model(
    body: LedModel, host: EndedMatch, asking: FromOne, grant: AsAnyone
) -> CreatedMatch:
    """Open a model of a match that one leads, or its branch, for people who come by its code."""
    last = await asking.services.registry.host_in_play(host.match_id)
    if grant is None or not await is_leader(asking.services, grant, last.match_id):
        message = "this needs the link of a facilitator of this match; guests play on alone"
        raise Refusal(401, "facilitator_only", message)
    begun = await _beginning(asking, stored(host), host.match_id, body.round)
    return await _led(asking, begun, body)


@router.post("/records/model")
async def open_model_of_record(
    body: LedModelOfRecord, asking: FromOne, grant: AsHost
) -> CreatedMatch:
    """Open a model of a record, for people who come by its code; the host alone may."""
    begun = await _beginning(asking, _sent(body.record), None, body.round)
    return await _led(asking, begun, body)


@router.get("/matches/{match}/beside", response_model=BesideAnswer)
async def read_beside(host: EndedMatch, asking: FromOne) -> Response:
    """Compare a model that has ended with its trunk, for who may read the model.

    Whoever began it could read the trunk, and told its course by beginning the model.
    """
    trunk = MatchId(_model_of(host).trunk)
    if trunk.startswith(RECORD):
        message = "this is a model of a record; send the record with the question"
        raise Refusal(409, "record_needed", message)
    known = await asking.services.registry.host(trunk)
    if not (await asking.services.registry.host_in_play(trunk)).position.is_over:
        raise Refusal(409, "still_playing", "the match is played again; wait until it has ended")
    return await _beside(asking, stored(known), host)


@router.post("/matches/{match}/beside", response_model=BesideAnswer)
async def read_beside_record(body: TrunkRecord, host: EndedMatch, asking: FromOne) -> Response:
    """Compare a model that has ended with the record that it began with."""
    _model_of(host)
    return await _beside(asking, _sent(body.record), host)


def _model_of(host: MatchHost) -> Model:
    """Return what a match is a model of. Raises InvalidInput."""
    model = host.position.model
    if model is None:
        raise InvalidInput("this match is no model; there is nothing to compare")
    return model


async def _beside(asking: Asking, trunk: Source, host: MatchHost) -> Response:
    model = stored(host)
    log, ask = tuple(host.events), asking.services.analyses.beside
    return await told(ask(trunk, log, model.key, asking.name))


def _sent(record: str) -> Source:
    return of_record(record.encode())


async def _beginning(asking: Asking, source: Source, name: str | None, number: int) -> Beginning:
    """Find where the model begins. Raises Refusal."""
    services = asking.services
    cut = await at_once(services.analyses.cut(source, number, asking.name))
    about = source, name, number, cut, services.clock.now_ms()
    return await asyncio.to_thread(beginning, *about)


async def _as_guest(
    asking: Asking, begun: Beginning, body: GuestModel, caller: Caller, *, is_open_to_link: bool
) -> GuestMatch:
    await require_room(asking.services, caller)
    seat, name = Seat(body.seat), " ".join(body.name.split())
    bots = _seats(body.bots)
    begin = asking.services.models.as_guest
    return begun_told(await begin(begun, seat, bots, name, is_open_to_link=is_open_to_link))


async def _led(asking: Asking, begun: Beginning, body: LedModel) -> CreatedMatch:
    people: Sequence[Seat] = [Seat(x) for x in body.people]
    led: LedByCode = await asking.services.models.as_facilitator(begun, people, _seats(body.bots))
    return CreatedMatch(match=led.match, code=led.code, token=led.token)


def _seats(bots: dict[str, str]) -> dict[Seat, str]:
    return {Seat(seat): strategy for seat, strategy in bots.items()}


def _require_usual_size(asking: Asking, begun: Beginning, grant: Grant | None) -> None:
    if grant is None or not grant.is_host:
        known = tuple(asking.services.scenarios.values())
        require_usual_size(begun.position.scenario, known)
