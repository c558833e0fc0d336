"""The analysis board: moments, *what if* and forecasts of a match that has ended, or of a record.

Who may read a match may ask about it. A record is sent with each question and is kept by nobody;
with a token of this server, because it is larger than what a stranger may send. An answer that
takes longer than two seconds says how far it is, and is asked for again.
"""

from collections.abc import Awaitable
from hashlib import sha256
from typing import Annotated, Any, Literal

from fastapi import Depends, Query, Request, Response
from pydantic import BaseModel

from game_rules.continuations.averages import Averaged
from game_rules.debrief.debrief import SeatBeside
from server.access.grants import Grant
from server.analysis.answers import ForecastFound, MomentsFound, WhatIfFound
from server.analysis.questions import LARGEST_SENT, Source
from server.analysis.service import Progress, QuestionRefused, TooManyQuestions
from server.api.bodies import JsonRoute, JsonRouter
from server.api.dependencies import AsAnyone, AsCaller, WithServices, require_question
from server.api.ended import EndedMatch, Log, as_log, read_duplicate_scores
from server.api.errors import Refusal
from server.debrief.told import DebriefFound
from server.seminars.duplicate import DuplicateScore
from server.services import Caller
from server.wire.fields import Written


class RecordRoute(JsonRoute):
    """A route that takes a record as it is in its file, if the sender has a token."""

    def _largest(self) -> int:
        return LARGEST_SENT


router = JsonRouter("/api", "analysis", RecordRoute)

MOST_ROUNDS = 1_000
Start = Annotated[int, Query(ge=1, le=MOST_ROUNDS)]
Round = Annotated[int, Query(alias="round", ge=1, le=MOST_ROUNDS)]
SeatName = Annotated[str, Query(max_length=16)]
Language = Literal["en", "ur"]
WithNames = Annotated[bool, Query(alias="names")]
ArenaName = Annotated[str, Query(min_length=1, max_length=64)]


class MomentsAnswer(BaseModel):
    """How far the search for moments is; found: null until it is over."""

    done: int
    of: int
    found: Annotated[dict[str, Any] | None, Written(MomentsFound | None)]


class WhatIfAnswer(BaseModel):
    """A match with one choice changed; found: null until it is played."""

    done: int
    of: int
    found: Annotated[dict[str, Any] | None, Written(WhatIfFound | None)]


class AverageAnswer(BaseModel):
    """How far the runs of a choice under other luck are; found: null until all are played."""

    done: int
    of: int
    found: Annotated[dict[str, Any] | None, Written(Averaged | None)]


class ForecastAnswer(BaseModel):
    """How far a forecast is; found: null until all runs are played."""

    done: int
    of: int
    found: Annotated[dict[str, Any] | None, Written(ForecastFound | None)]


class DebriefAnswer(BaseModel):
    """How far a debrief is; found: null until it is written."""

    done: int
    of: int
    found: Annotated[dict[str, Any] | None, Written(DebriefFound | None)]


class Asking:
    """One who asks, and the parts that answer. Raises Refusal at the limit of questions."""

    def __init__(self, request: Request, services: WithServices, caller: AsCaller) -> None:
        self.services, self.name = services, _asker(request, caller)
        require_question(services, "analysis", self.name)


def _asker(request: Request, caller: Caller) -> str:
    return request.headers.get("authorization") or f"{caller.address} {caller.device}"


FromOne = Annotated[Asking, Depends()]


async def sent_record(request: Request, grant: AsAnyone) -> Source:
    """Take a record from who has any token of this server. Raises Refusal."""
    require_place(grant)
    return of_record(await request.body())


def require_place(grant: Grant | None) -> None:
    """Require any token of this server. Raises Refusal."""
    if grant is None:
        message = "this needs a place on this server; begin or join a match here first"
        raise Refusal(401, "token_only", message)


def of_record(raw: bytes) -> Source:
    """Ask about a record."""
    return Source(f"record {sha256(raw).hexdigest()}", raw)


SentRecord = Annotated[Source, Depends(sent_record)]


@router.get("/matches/{match}/moments", response_model=MomentsAnswer)
async def read_moments(host: EndedMatch, asking: FromOne) -> Response:
    """Find the choices of a finished match that were most regretted, and judge its breaches."""
    return await told(asking.services.analyses.moments(stored(host), asking.name))


@router.get("/matches/{match}/debrief", response_model=DebriefAnswer)
async def read_debrief(
    host: EndedMatch,
    asking: FromOne,
    grant: AsAnyone,
    language: Language = "en",
    has_names: WithNames = True,
) -> Response:
    """Write the debrief of a finished match in a language, with names or without."""
    await host.refresh_names()
    scores = await read_duplicate_scores(host, asking.services, grant)
    beside = tuple(map(_beside, scores))
    names = dict(host.names) if has_names else None
    about = stored(host), language, names, beside
    return await told(asking.services.analyses.debrief(*about, asking.name))


def _beside(x: DuplicateScore) -> SeatBeside:
    return SeatBeside(x.seat, x.rounds, x.points, x.others, x.difference, x.rank, x.of)


@router.get("/matches/{match}/what-if", response_model=WhatIfAnswer)
async def read_what_if(
    host: EndedMatch,
    asking: FromOne,
    number: Round,
    seat: SeatName,
    arena: ArenaName,
) -> Response:
    """Play a finished match on with one choice changed, with the same luck."""
    ask = asking.services.analyses.what_if(stored(host), number, seat, arena, asking.name)
    return await told(ask)


@router.get("/matches/{match}/average", response_model=AverageAnswer)
async def read_average(
    host: EndedMatch,
    asking: FromOne,
    number: Round,
    seat: SeatName,
    arena: ArenaName,
) -> Response:
    """Tell what the other choice would have brought on average, with other luck."""
    ask = asking.services.analyses.average(stored(host), number, seat, arena, asking.name)
    return await told(ask)


@router.get("/matches/{match}/forecast", response_model=ForecastAnswer)
async def read_forecast(host: EndedMatch, asking: FromOne, start: Start) -> Response:
    """Forecast how a finished match might have gone on from a round, with other luck."""
    return await told(asking.services.analyses.forecast(stored(host), start, asking.name))


@router.post("/records/log", response_model=Log)
async def read_record_seen(
    record: SentRecord, asking: FromOne, view: Annotated[str, Query(alias="as", max_length=16)]
) -> Response:
    """Return a record's events as somebody saw them."""
    return as_log(await at_once(asking.services.analyses.log_seen(record, view, asking.name)))


@router.post("/records/moments", response_model=MomentsAnswer)
async def read_record_moments(record: SentRecord, asking: FromOne) -> Response:
    """Find the moments of a record."""
    return await told(asking.services.analyses.moments(record, asking.name))


@router.post("/records/what-if", response_model=WhatIfAnswer)
async def read_record_what_if(
    record: SentRecord, asking: FromOne, number: Round, seat: SeatName, arena: ArenaName
) -> Response:
    """Play a record on with one choice changed."""
    ask = asking.services.analyses.what_if(record, number, seat, arena, asking.name)
    return await told(ask)


@router.post("/records/average", response_model=AverageAnswer)
async def read_record_average(
    record: SentRecord, asking: FromOne, number: Round, seat: SeatName, arena: ArenaName
) -> Response:
    """Average a choice of a record over other luck."""
    ask = asking.services.analyses.average(record, number, seat, arena, asking.name)
    return await told(ask)


@router.post("/records/forecast", response_model=ForecastAnswer)
async def read_record_forecast(record: SentRecord, asking: FromOne, start: Start) -> Response:
    """Forecast a record from a round."""
    return await told(asking.services.analyses.forecast(record, start, asking.name))


def stored(host: EndedMatch) -> Source:
    return Source(f"match {host.match_id} {host.seq}", tuple(host.events))


async def at_once(ask: Awaitable[Progress]) -> str:
    """Wait for an answer that is not told in parts. Raises Refusal."""
    progress = await _granted(ask)
    if progress.answer is None:
        raise Refusal(429, "too_many_questions", "it is not read yet; ask again", retry_after_s=1)
    return progress.answer


async def _granted(ask: Awaitable[Progress]) -> Progress:
    """Wait for an answer. Raises Refusal."""
    try:
        return await ask
    except TooManyQuestions as error:
        raise Refusal(429, "too_many_questions", str(error), retry_after_s=2) from error
    except QuestionRefused as error:
        status = 422 if error.code == "invalid_input" else 409
        raise Refusal(status, error.code, str(error)) from error


async def told(ask: Awaitable[Progress]) -> Response:
    """Answer with what was found, or with how far it is. Raises Refusal."""
    progress = await _granted(ask)
    found = progress.answer or "null"
    text = f'{{"done":{progress.done},"of":{progress.of},"found":{found}}}'
    return Response(text, media_type="application/json")
