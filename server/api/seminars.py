"""Seminars: create one, admit people, assign them to matches, lead all matches at once."""

import asyncio
import secrets
from functools import partial
from typing import Annotated

from fastapi import Depends, Response

from game_rules.bots.casts import DOCTRINE_MIX
from game_rules.errors import ClassWaits, RuleViolation
from game_rules.match.clock import SkipPhase
from game_rules.match.command import Command
from game_rules.match.control import OpenInject, StartMatch
from game_rules.records.codec import to_json
from game_rules.roles import PUBLIC, PersonId, Role, Seat
from game_rules.rounds.inject_effects import inject_for
from game_rules.strategies import strategy
from server.access.grants import Grant, SeminarId
from server.api.bodies import JsonRouter
from server.api.control import CoFacilitator, Invitation, new_leader, require_creator
from server.api.dependencies import AsAnyone, AsHost, WithServices, require_question
from server.api.ended import CsvFile, Form, Log, as_log, log_seen, saved_as
from server.api.errors import Refusal
from server.api.scenarios import ScenarioDocument
from server.api.seminar_bodies import (
    CommandOutcome,
    Commands,
    Deal,
    Dealt,
    Key,
    Led,
    Luck,
    MatchCommand,
    MatchLed,
    MovePerson,
    NewSeminar,
    Placed,
    SeminarChanges,
    WallToken,
)
from server.exports.spreadsheet import for_spreadsheet
from server.hosting.match_host import MatchHost, Sender, TryAgain
from server.logs import log
from server.seminars.duplicate import write_scores
from server.seminars.luck import DERIVATION, luck_key
from server.seminars.overview import SeminarCard
from server.seminars.scores import class_scores
from server.seminars.seating import start
from server.seminars.seminar import (
    Assignment,
    Seminar,
    SeminarMatch,
    Treatment,
)
from server.seminars.store import Roster
from server.seminars.treatments import treated
from server.services import Services
from server.store.event_store import MatchId

router = JsonRouter("/api/seminars", "seminars")


async def lead_grant(seminar: str, grant: AsAnyone, services: WithServices) -> Grant:
    """Require a facilitator of this seminar, or the host."""
    leads = grant is not None and grant.role is Role.FACILITATOR and grant.seminar_id == seminar
    if grant is None or not (leads or grant.is_host):
        message = "this needs the link of a facilitator of this seminar"
        raise Refusal(401, "facilitator_only", message)
    await services.seminars.roster(SeminarId(seminar))  # refuses an unknown one
    return grant


AsLead = Annotated[Grant, Depends(lead_grant)]


async def table_of(
    seminar: str, match: str, grant: AsAnyone, services: WithServices
) -> SeminarMatch:
    """Require the wall of this seminar, and find a match of it. Raises Refusal."""
    if grant is None or grant.role is not Role.OBSERVER or grant.seminar_id != seminar:
        raise Refusal(401, "wall_only", "this needs the link of the class screen of this seminar")
    return _known(await services.seminars.roster(SeminarId(seminar)), match)


TableOfWall = Annotated[SeminarMatch, Depends(table_of)]


@router.post("")
async def create_seminar(body: NewSeminar, services: WithServices, host: AsHost) -> Led:
    """Create a seminar; people join with its code and wait."""
    _require_playable(services, body)
    seminar = Seminar(
        id=SeminarId(secrets.token_urlsafe(12)),
        code="",
        name=body.name,
        scenario=body.scenario,
        pace=body.pace,
        seed=secrets.token_hex(32),
        pairing=body.pairing,
        bot=body.bot if body.bot == DOCTRINE_MIX else strategy(body.bot).name,
        treatments=tuple(Treatment(x.name, x.changes.given()) for x in body.treatments),
        created_at_ms=services.clock.now_ms(),
        is_rehearsal=body.is_rehearsal,
        is_open_to_link=body.is_open_to_link,
        is_together=body.is_together,
        is_waiting_named=body.is_waiting_named,
    )
    code = await services.seminars.create(seminar)
    return Led(seminar=seminar.id, code=code, token=await _lead_token(services, seminar.id))


@router.get("")
async def list_seminars(services: WithServices, host: AsHost) -> list[SeminarCard]:
    """List this server's seminars, newest first, archived ones too."""
    seminars = services.seminars
    return [seminars.card(known) for known in await seminars.store.newest_first()]


@router.post("/place")
async def find_place(services: WithServices, grant: AsAnyone) -> Placed:
    """Return a person's match; a late arrival is assigned one now."""
    if grant is None or grant.seminar_id is None or grant.person is None:
        raise Refusal(401, "member_only", "this needs a place in a seminar; join with its code")
    require_question(services, "place", f"{grant.seminar_id} {grant.person}")
    place = await services.seminars.place(grant.seminar_id, PersonId(grant.person))
    if place is None:
        return Placed(match=None, token=None)
    return Placed(match=place.match, token=place.token)


@router.get("/{seminar}")
async def show_seminar(seminar: str, services: WithServices, lead: AsLead) -> SeminarCard:
    """Return a seminar's card; its live feed has the rest."""
    return services.seminars.card((await services.seminars.roster(SeminarId(seminar))).seminar)


@router.get("/{seminar}/scenario")
async def show_seminars_scenario(
    seminar: str, services: WithServices, lead: AsLead
) -> ScenarioDocument:
    """Return a seminar's scenario with its deck, which players do not see."""
    roster = await services.seminars.roster(SeminarId(seminar))
    return to_json(services.scenarios[roster.seminar.scenario])


@router.get("/{seminar}/luck")
async def show_luck(seminar: str, services: WithServices, lead: AsLead) -> Luck:
    """Tell how the seeds of all matches were derived, once none of them is played any more."""
    roster = await services.seminars.roster(SeminarId(seminar))
    positions = await services.seminars.positions(roster)
    if not positions or not all(position.is_over for position in positions):
        message = "the luck of these matches is open when all of them have ended"
        raise Refusal(409, "still_playing", message)
    return Luck(derivation=DERIVATION, key=luck_key(roster.seminar).hex())


@router.get("/{seminar}/duplicate", response_class=CsvFile)
async def read_class_scores(
    seminar: str, services: WithServices, lead: AsLead, form: Form = "plain"
) -> CsvFile:
    """Download the duplicate scores of a class as they stand: a row per table and seat."""
    roster = await services.seminars.roster(SeminarId(seminar))
    scored = await class_scores(services.registry, roster)
    name = f"{roster.seminar.scenario}-{seminar}-duplicate.csv"
    text = write_scores(scored)
    shown = for_spreadsheet(text) if form == "spreadsheet" else text
    return CsvFile(shown, headers=saved_as(name))


@router.patch("/{seminar}")
async def change_seminar(
    seminar: str, body: SeminarChanges, services: WithServices, lead: AsLead
) -> SeminarCard:
    """Rename, archive or restore a seminar, open its matches, or change its pace or its wall.

    All but the last two are for its creator. Opened to the link, an ended match is read by whoever
    has its link, else by those who took part.
    """
    if body.model_fields_set - {"is_together", "is_waiting_named"}:
        require_creator(lead)
    changes = body.model_dump(exclude_none=True)
    if changes:
        await services.seminars.amend(SeminarId(seminar), **changes)
    return await show_seminar(seminar, services, lead)


@router.post("/{seminar}/lead")
async def lead_seminar(seminar: str, services: WithServices, host: AsHost) -> Led:
    """Give the host a facilitator's token, e.g. on another device."""
    roster = await services.seminars.roster(SeminarId(seminar))
    token = await _lead_token(services, roster.seminar.id)
    return Led(seminar=roster.seminar.id, code=roster.seminar.code, token=token)


@router.post("/{seminar}/facilitators")
async def invite_facilitator(
    seminar: str, body: CoFacilitator, services: WithServices, lead: AsLead
) -> Invitation:
    """Make a co-facilitator's link for this seminar; only its creator may."""
    require_creator(lead)
    person, name = new_leader(body.name)
    return Invitation(
        secret=await services.access.invite(person, name, seminar_id=SeminarId(seminar))
    )


@router.post("/{seminar}/wall")
async def open_wall(seminar: str, services: WithServices, lead: AsLead) -> WallToken:
    """Make a token that reads what a class may see on its wall, and does nothing."""
    id_ = SeminarId(seminar)
    return WallToken(token=await services.access.issue(Role.OBSERVER, seminar_id=id_))


@router.get("/{seminar}/tables/{match}", response_model=Log)
async def read_table_in_public(table: TableOfWall, services: WithServices) -> Response:
    """Return the events of a match, also while it is played, as the public sees them."""
    host = await services.registry.host(table.match)
    await host.refresh_names()
    about = host.match_id, host.seq, "wall", frozenset(host.names.items())
    write = partial(log_seen, host, host.events, PUBLIC)
    return as_log(await services.extracts.text(about, write))


@router.post("/{seminar}/deal")
async def deal_seminar(seminar: str, body: Deal, services: WithServices, lead: AsLead) -> Dealt:
    """Create balanced matches of all people; empty seats get bots."""
    work = services.seminars.preview_assignment if body.is_preview else services.seminars.assign
    return _dealt(await work(SeminarId(seminar), body.matches))


@router.post("/{seminar}/commands")
async def command_matches(
    seminar: str, body: Commands, services: WithServices, lead: AsLead
) -> list[CommandOutcome]:
    """Carry out facilitators' commands in one match, some or all."""
    roster = await services.seminars.roster(SeminarId(seminar))
    work = (_carry_out(services, roster, one, Sender.of(lead)) for one in body.commands)
    outcomes = await asyncio.gather(*work)
    if any(outcome.is_noted for outcome in outcomes):
        await services.together.look()  # the last of these commands may have let the class go on
    return [_as_it_stands(services, outcome) for outcome in outcomes]


@router.post("/{seminar}/matches/{match}/lead")
async def lead_match(seminar: str, match: str, services: WithServices, lead: AsLead) -> MatchLed:
    """Return a facilitator's token for one match, e.g. to see it as a seat does."""
    known = _known(await services.seminars.roster(SeminarId(seminar)), match)
    token = await services.access.issue(Role.FACILITATOR, known.match, lead.person, lead.name)
    return MatchLed(match=known.match, code=known.code, token=token)


@router.post("/{seminar}/people/{person}/key")
async def renew_key(seminar: str, person: str, services: WithServices, lead: AsLead) -> Key:
    """Draw a new key for a person who lost the first."""
    return Key(key=await services.seminars.new_key(SeminarId(seminar), PersonId(person)))


@router.post("/{seminar}/people/{person}/move")
async def move_person(
    seminar: str, person: str, body: MovePerson, services: WithServices, lead: AsLead
) -> Placed:
    """Move a person to another match or seat; the person's client follows by itself."""
    seat = None if body.seat is None else Seat(body.seat)
    match, by = MatchId(body.match), Sender.of(lead)
    await services.seminars.move(SeminarId(seminar), PersonId(person), match, seat, by)
    return Placed(match=match, token=None)


@router.post("/{seminar}/people/{person}/remove")
async def remove_person(seminar: str, person: str, services: WithServices, lead: AsLead) -> Placed:
    """Remove a person; the seat goes to a bot, and the name is free again."""
    await services.seminars.remove(SeminarId(seminar), PersonId(person), Sender.of(lead))
    return Placed(match=None, token=None)


def _known(roster: Roster, match: str) -> SeminarMatch:
    known = next((x for x in roster.matches if x.match == match), None)
    if known is None:
        raise Refusal(404, "no_such_match", f"no match {match} in this seminar; check the link")
    return known


async def _lead_token(services: Services, seminar: SeminarId) -> str:
    return await services.access.issue(Role.FACILITATOR, seminar_id=seminar)


def _require_playable(services: Services, body: NewSeminar) -> None:
    scenario = services.scenarios.get(body.scenario)
    if scenario is None:
        message = f"no scenario {body.scenario}; choose among {', '.join(services.scenarios)}"
        raise Refusal(404, "no_such_scenario", message)
    if body.pairing is not None and len(scenario.players) != 2:
        message = f"{scenario.name} has {len(scenario.players)} seats; pairs are drawn for 2"
        raise Refusal(422, "no_pairs", message)
    names = [treatment.name for treatment in body.treatments]
    if len(set(names)) < len(names):
        raise Refusal(422, "same_treatment", "two treatments have one name; name them apart")
    for treatment in body.treatments:  # a treatment that does not fit is refused now, not in class
        treated(scenario, Treatment(treatment.name, treatment.changes.given()))


def _dealt(assignment: Assignment) -> Dealt:
    return Dealt(sizes=list(assignment.sizes), seats=list(assignment.seats), bots=assignment.bots)


async def _carry_out(
    services: Services, roster: Roster, one: MatchCommand, sender: Sender
) -> CommandOutcome:
    if one.match not in [known.match for known in roster.matches]:
        message = f"no match {one.match} in this seminar; look at the list again"
        return CommandOutcome(match=one.match, ok=False, code="no_such_match", message=message)
    try:
        host = await services.registry.host(MatchId(one.match))
        command = _as_played(one.command, services, roster, host)
        if isinstance(command, StartMatch):
            await start(host, roster.seminar.bot, sender, one.id)
        else:
            await host.ask(command, sender, one.id)
    except ClassWaits as refusal:
        if not isinstance(one.command, SkipPhase):
            raise
        log.debug("skipped_later", match=one.match, reason=str(refusal))
        services.together.skip(MatchId(one.match), one.command)
        return CommandOutcome(match=one.match, ok=True, is_noted=True)
    except RuleViolation as refusal:
        return CommandOutcome(match=one.match, ok=False, code=refusal.code, message=str(refusal))
    except TryAgain as later:
        return CommandOutcome(match=one.match, ok=False, code="try_again", message=str(later))
    return CommandOutcome(match=one.match, ok=True)


def _as_it_stands(services: Services, outcome: CommandOutcome) -> CommandOutcome:
    is_noted = outcome.is_noted and services.together.is_to_end(MatchId(outcome.match))
    return outcome.model_copy(update={"is_noted": is_noted})


def _as_played(command: Command, services: Services, roster: Roster, host: MatchHost) -> Command:
    """Translate news from the names of the seminar's scenario to those of the match."""
    written = services.scenarios.get(roster.seminar.scenario)
    if not isinstance(command, OpenInject) or written is None:
        return command
    return OpenInject(inject_for(command.inject, written, host.position.scenario))
