"""Data sets: all tables of a finished match or of a class, as one zip, and the key to its people.

Who may read a finished match may export it, without names; a class is exported by its facilitators.
The names are for who leads the match or the class, in a file apart.
"""

from collections.abc import Sequence
from functools import partial
from typing import Annotated, Literal

from fastapi import Query, Response

from game_rules.errors import InvalidInput
from game_rules.log.events import Event, Phase
from server.access.grants import SeminarId
from server.api.bodies import JsonRouter
from server.api.dependencies import AsAnyone, WithServices
from server.api.ended import CsvFile, EndedMatch, Form, is_leader, saved_as
from server.api.errors import Refusal
from server.api.seminars import AsLead
from server.exports.dataset import zipped
from server.exports.forms import TableForm, form_named
from server.exports.key import write_key
from server.exports.spreadsheet import for_spreadsheet
from server.exports.story import About, Story
from server.hosting.match_host import MatchHost
from server.seminars.exported import about_match
from server.seminars.store import Roster
from server.services import Services

router = JsonRouter("/api", "exports")

Files = Literal["csv", "xlsx", "parquet", "jsonl"]


class ZipFile(Response):
    """Several files as one."""

    media_type = "application/zip"


@router.get("/matches/{match}/export", response_class=ZipFile)
async def export_match(
    host: EndedMatch,
    services: WithServices,
    files: Annotated[Files, Query(alias="format")] = "csv",
    form: Form = "plain",
) -> ZipFile:
    """Download all tables of a finished match as a zip."""
    about = await about_match(services.seminars.store.tables, host.match_id)
    name = f"{host.position.scenario.name}-{host.match_id}-{files}.zip"
    return await _packed(services, name, [(about, host)], files, form)


@router.get("/matches/{match}/key", response_class=CsvFile)
async def read_key(host: EndedMatch, services: WithServices, grant: AsAnyone) -> CsvFile:
    """Download the names behind the pseudonyms of a finished match; its facilitator may."""
    if grant is None or not await is_leader(services, grant, host.match_id):
        message = "the names are for who leads the match; ask the facilitator"
        raise Refusal(401, "facilitator_only", message)
    about = await about_match(services.seminars.store.tables, host.match_id)
    await host.refresh_names()
    name = f"{host.position.scenario.name}-{host.match_id}-key.csv"
    return CsvFile(_key_of([(about, host)]), headers=saved_as(name))


@router.get("/seminars/{seminar}/export", response_class=ZipFile)
async def export_seminar(
    seminar: str,
    services: WithServices,
    lead: AsLead,
    files: Annotated[Files, Query(alias="format")] = "csv",
    form: Form = "plain",
) -> ZipFile:
    """Download all tables of the matches of a class that have ended, as a zip."""
    ended = await _ended_tables(services, SeminarId(seminar))
    return await _packed(services, f"{seminar}-{files}.zip", ended, files, form)


@router.get("/seminars/{seminar}/key", response_class=CsvFile)
async def read_class_key(seminar: str, services: WithServices, lead: AsLead) -> CsvFile:
    """Download the names behind the pseudonyms of a class, of its matches that have ended."""
    ended = await _ended_tables(services, SeminarId(seminar))
    for _, host in ended:
        await host.refresh_names()
    return CsvFile(_key_of(ended), headers=saved_as(f"{seminar}-key.csv"))


async def _ended_tables(services: Services, seminar: SeminarId) -> list[tuple[About, MatchHost]]:
    """Find the matches of a class that have ended, as `ended_hosts` does."""
    hosts = await ended_hosts(services, await services.seminars.roster(seminar))
    tables = services.seminars.store.tables
    return [(await about_match(tables, host.match_id), host) for host in hosts]


async def ended_hosts(services: Services, roster: Roster) -> list[MatchHost]:
    """Find the matches of a class that have ended. Raises Refusal if there is none."""
    readable = await services.registry.readable(roster.match_ids)
    hosts = [host for host in readable if host.position.phase is Phase.DEBRIEF]
    if not hosts:
        raise Refusal(409, "still_playing", "no match of this class has ended; wait for one")
    return hosts


async def _packed(
    services: Services,
    name: str,
    matches: Sequence[tuple[About, MatchHost]],
    files: Files,
    form: Form,
) -> ZipFile:
    """Answer with all tables of some matches, as a zip. Raises Refusal without Parquet."""
    try:
        wanted = form_named(files, is_for_spreadsheet=form == "spreadsheet")
    except InvalidInput as error:
        raise Refusal(501, "no_parquet", f"{error}; or choose csv or xlsx") from error
    logs = [(about, host.events) for about, host in matches]
    whole = partial(_zip, logs, wanted)
    seqs = tuple((host.match_id, host.seq) for _, host in matches)
    return ZipFile(await services.extracts.file((seqs, files, form), whole), headers=saved_as(name))


def _zip(logs: Sequence[tuple[About, Sequence[Event]]], form: TableForm) -> bytes:
    return zipped((Story(about, log) for about, log in logs), form)


def _key_of(matches: Sequence[tuple[About, MatchHost]]) -> str:
    """Write the key of some matches as a spreadsheet opens it."""
    told = [(Story(about, host.events), host.names) for about, host in matches]
    return for_spreadsheet(write_key(told))
