"""The debrief of a class, for its facilitators, from the tables that have ended.

It is worked out as the questions about a match are: a table at a time, beside the server.
"""

from functools import partial
from typing import Annotated, Any

from fastapi import Response
from pydantic import BaseModel

from server.access.grants import SeminarId
from server.api.analysis import FromOne, Language, WithNames, told
from server.api.bodies import JsonRouter
from server.api.exports import ended_hosts
from server.api.seminars import AsLead
from server.seminars.class_debrief import ClassDebriefFound, found_class_page, read_table
from server.wire.fields import Written

router = JsonRouter("/api/seminars", "class debrief")


class ClassDebriefAnswer(BaseModel):
    """How far the debrief of a class is; found: null until it is written."""

    done: int
    of: int
    found: Annotated[dict[str, Any] | None, Written(ClassDebriefFound | None)]


@router.get("/{seminar}/debrief", response_model=ClassDebriefAnswer)
async def read_class_debrief(
    seminar: str,
    lead: AsLead,
    asking: FromOne,
    language: Language = "en",
    has_names: WithNames = True,
) -> Response:
    """Write the debrief of a class in a language, with names or without."""
    roster = await asking.services.seminars.roster(SeminarId(seminar))
    hosts = {host.match_id: host for host in await ended_hosts(asking.services, roster)}
    if has_names:
        for host in hosts.values():
            await host.refresh_names()
    known = [(each, hosts[each.match]) for each in roster.matches if each.match in hosts]
    parts = [partial(read_table, each, tuple(host.events), host.names) for each, host in known]
    page = partial(
        found_class_page,
        others=len(roster.matches) - len(parts),
        language=language,
        has_names=has_names,
        name=roster.seminar.name,
    )
    about = [(each, host.seq, frozenset(host.names.items())) for each, host in known]
    name = roster.seminar.name
    key = "class", seminar, name, len(roster.matches), tuple(about), language, has_names
    return await told(asking.services.analyses.of_parts(key, parts, page, asking.name))
