"""Tournaments over HTTP: hosts start them, and anyone with the link sees them."""

import asyncio
import secrets
from functools import partial
from io import StringIO
from typing import Annotated, Any, ClassVar, Literal

from fastapi import Query, Response
from pydantic import BaseModel, FailFast, Field

from game_rules.errors import InvalidInput
from game_rules.scenario.scenario import Scenario
from game_rules.scenario_files.scenarios import shipped_scenario
from server.api.bodies import JsonRouter
from server.api.dependencies import AsHost, WithServices
from server.api.ended import CsvFile, saved_as
from server.api.errors import Refusal
from server.exports.spreadsheet import for_spreadsheet
from server.services import Services
from server.tournaments.documents import (
    MOST_WHOLE,
    TournamentDocument,
)
from server.tournaments.exports import pairs_table, standings_table, to_csv
from server.tournaments.service import Busy, NoSuchTournament
from server.tournaments.specs.limits import MOST_ENTRANTS
from server.tournaments.specs.matches import ShownMatch
from server.tournaments.specs.reading import read_spec
from server.tournaments.store import TournamentCard
from server.wire.fields import Body, Written

router = JsonRouter("/api/tournaments", "tournaments")

Name = Annotated[str, Field(min_length=1, max_length=64)]


class NewTournament(Body):
    """What to play; null means the default. entrants: names of built-in bots, with repeats."""

    largest: ClassVar[int] = 16 * 1024

    entrants: Annotated[list[Name], FailFast(), Field(min_length=1, max_length=MOST_ENTRANTS)]
    kind: Literal["round_robin", "ecological"] | None = None
    game: Name | None = None
    payoffs: Annotated[str, Field(min_length=1, max_length=200)] | None = None
    turns: int | None = None
    continuation: float | None = None
    noise: float | None = None
    repetitions: int | None = None
    seed: Name | None = None
    self_play: bool | None = None
    exact: bool | None = None


class Tournament(BaseModel):
    """A tournament, and its result once it is finished (see docs/tournaments.md).

    is_whole: false where matrices and names of ties are left out, because they would be too large.
    """

    card: TournamentCard
    document: Annotated[dict[str, Any] | None, Written(TournamentDocument | None)]
    is_whole: bool


class TournamentMatrices(BaseModel):
    """Points a turn and shares of C, row against column; null where two did not meet."""

    payoff_matrix: list[list[float | None]]
    cooperation_matrix: list[list[float | None]]


@router.post("", status_code=202)
async def start_tournament(
    body: NewTournament, services: WithServices, host: AsHost
) -> TournamentCard:
    """Play a tournament of built-in bots in the background."""
    read = partial(
        read_spec,
        {key: value for key, value in body.model_dump().items() if value is not None},
        usual_seed=secrets.token_hex(8),
        load=lambda name: _scenario(services, name),
    )
    spec = await asyncio.to_thread(read)
    try:
        return await services.tournaments.start(spec)
    except Busy as error:
        raise Refusal(429, "too_many_tournaments", str(error)) from error


@router.get("")
async def list_tournaments(services: WithServices, host: AsHost) -> list[TournamentCard]:
    """List the tournaments in this server's database, newest first."""
    return await services.tournaments.cards()


@router.get("/{tournament}")
async def show_tournament(tournament: str, services: WithServices) -> Tournament:
    """Return the progress and the result of one tournament; of a large one, without matrices."""
    card = await _card(services, tournament)
    has_figures = card.entrants <= MOST_WHOLE
    document = await services.tournaments.document(tournament, has_figures=has_figures)
    return Tournament(card=card, document=document, is_whole=has_figures or document is None)


@router.get("/{tournament}/matrices", response_model=TournamentMatrices)
async def show_matrices(tournament: str, services: WithServices) -> Response:
    """Return the matrices of one tournament, to four places."""
    card = await _card(services, tournament)
    if card.finished_at_ms is None:
        raise Refusal(409, "still_playing", f"the tournament is {card.progress}; come back later")
    matrices = await services.tournaments.matrices(tournament)
    if matrices is None:
        raise InvalidInput(f"a tournament of kind {card.kind} has no matrices")
    return Response(matrices, media_type="application/json")


@router.get("/{tournament}/match")
async def show_match(
    tournament: str,
    services: WithServices,
    a: Annotated[int, Query(ge=0)],
    b: Annotated[int, Query(ge=0)],
    repetition: Annotated[int, Query(ge=0)] = 0,
) -> ShownMatch:
    """Replay the match of places a and b from its seed."""
    try:
        return await services.tournaments.match(tournament, a, b, repetition)
    except NoSuchTournament as error:
        raise _unknown(error) from error


@router.get("/{tournament}/csv", response_class=CsvFile)
async def read_csv(
    tournament: str,
    services: WithServices,
    table: Literal["standings", "pairs"] = "standings",
    form: Literal["plain", "spreadsheet"] = "plain",
) -> CsvFile:
    """Download a table of the result."""
    card = await _card(services, tournament)
    document = await services.tournaments.document(tournament)
    if document is None:
        raise Refusal(409, "still_playing", f"the tournament is {card.progress}; come back later")
    name = f"{card.game}-{card.id}-{table}.csv"
    text = await asyncio.to_thread(_table, document, table, form)
    return CsvFile(text, headers=saved_as(name))


def _table(document: dict[str, Any], table: str, form: str) -> str:
    columns = standings_table(document) if table == "standings" else pairs_table(document)
    page = StringIO()
    to_csv(page, columns)
    text = page.getvalue()
    return for_spreadsheet(text) if form == "spreadsheet" else text


async def _card(services: Services, tournament: str) -> TournamentCard:
    try:
        return await services.tournaments.card(tournament)
    except NoSuchTournament as error:
        raise _unknown(error) from error


def _unknown(error: NoSuchTournament) -> Refusal:
    return Refusal(404, "no_such_tournament", str(error))


def _scenario(services: Services, name: str) -> Scenario:
    """Find a scenario of this server; files are not read."""
    found = services.scenarios.get(name)
    return shipped_scenario(name) if found is None else found
