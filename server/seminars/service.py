"""Seminar operations: joining, assignment to matches, late arrivals, moves."""

import asyncio
import secrets
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from game_rules.errors import RuleViolation
from game_rules.log.events import Phase
from game_rules.log.position import Position
from game_rules.match import commands as c
from game_rules.roles import PersonId, Role, Seat
from game_rules.rulesets.chosen import ruleset
from game_rules.scenario.pairings import Pairing
from game_rules.scenario.populations import LARGEST_POPULATION, population
from game_rules.scenario.scenario import Scenario
from server.access.grants import SeminarId
from server.access.tokens import Access
from server.clock import Clock
from server.codes import new_key
from server.hosting.match_host import Sender
from server.hosting.registry import Registry
from server.live.presence import Presences
from server.logs import log
from server.seminars.balance import late_seat, matches_for, seats_for_pairs, split
from server.seminars.luck import match_seed
from server.seminars.overview import SeminarCard, seminar_card
from server.seminars.seating import SERVER, bot_on, occupancy, reseat, seat_all, sit
from server.seminars.seminar import (
    MOST_MATCHES,
    MOST_PEOPLE,
    AlreadyPlaying,
    Arrival,
    Assignment,
    Member,
    NoPlace,
    NoSuchMember,
    NoSuchSeminar,
    NoSuchSeminarMatch,
    Placement,
    Seminar,
    SeminarMatch,
)
from server.seminars.store import Roster, SeminarStore
from server.seminars.treatments import treated
from server.store.event_store import MatchId
from server.store.queries import Queries


class Seminars:
    """All seminars of this server. Changes to a seminar run one at a time."""

    def __init__(
        self,
        store: SeminarStore,
        queries: Queries,
        access: Access,
        registry: Registry,
        presences: Presences,
        clock: Clock,
        scenarios: Mapping[str, Scenario],
    ) -> None:
        self.store, self.access, self.registry = store, access, registry
        self.presences, self.clock, self.scenarios = presences, clock, scenarios
        self._queries = queries
        self.on_read: Callable[[Roster], None] = lambda roster: None
        """Called with every roster that was read: at the start, and after every change."""
        self._rosters: dict[SeminarId, Roster] = {}
        self._changes: Counter[SeminarId] = Counter()
        self._locks: defaultdict[SeminarId, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def roster(self, seminar: SeminarId) -> Roster:
        """Return the roster of a seminar. Raises NoSuchSeminar, or Elsewhere."""
        await self.registry.rooms.enter(seminar)
        known = self._rosters.get(seminar)
        while known is None:
            before = self._changes[seminar]
            read = await self.store.roster(seminar)
            if read is None:
                raise NoSuchSeminar(f"no seminar {seminar}; check the link")
            if self._changes[seminar] == before:  # else it may be older than the last change
                known = self._rosters[seminar] = read
                self.on_read(known)
        return known

    async def open(self) -> None:
        """Read the classes that stay together, before any of their matches goes on.

        Where servers share a database, each is read by the one that plays it.
        """
        for seminar in await self.store.together():
            if not self.registry.rooms.is_shared:
                await self.roster(seminar)

    async def take(self, room: str) -> None:
        """Read the class of a room that this server plays from now on, if it stays together."""
        if room in await self.store.together():
            await self.roster(SeminarId(room))

    def let_go(self, rooms: Iterable[str]) -> None:
        """Forget the classes of rooms that another server plays now."""
        for room in rooms:
            self.forget(SeminarId(room))

    async def create(self, seminar: Seminar) -> str:
        """Create a seminar that people can join; return its code."""
        return await self.store.create(seminar)

    async def amend(self, seminar: SeminarId, **changes: str | bool) -> None:
        """Rename, archive or restore a seminar, or change who may read it or its pace."""
        await self.registry.rooms.enter(seminar)
        await self.store.amend(seminar, **changes)
        await self._read_anew(seminar)

    def card(self, seminar: Seminar) -> SeminarCard:
        """Return a seminar's card; without its scenario, the scenario's name is the title."""
        scenario = self.scenarios.get(seminar.scenario)
        title, seats = (scenario.title, len(scenario.seats)) if scenario else (seminar.scenario, 0)
        return seminar_card(seminar, title, seats)

    def forget(self, seminar: SeminarId) -> None:
        """Drop the cached roster of a seminar, which has changed."""
        self._changes[seminar] += 1
        self._rosters.pop(seminar, None)

    async def _read_anew(self, seminar: SeminarId) -> None:
        """Read a seminar whose tables or settings have changed, for whoever follows them."""
        self.forget(seminar)
        await self.roster(seminar)

    async def join(self, seminar: SeminarId, name: str) -> Arrival:
        """Add a person. Raises NameTaken or SeminarFull."""
        await self.registry.rooms.enter(seminar)
        person, key = PersonId(secrets.token_hex(8)), new_key()
        now_ms = self.clock.now_ms()
        drawn = person if ruleset().names_people else None
        person = await self.store.add_person(seminar, drawn, name, key, now_ms, MOST_PEOPLE)
        self.forget(seminar)
        return await self._arrival(seminar, person, name, key)

    async def rejoin(self, seminar: SeminarId, name: str, key: str) -> Arrival | None:
        """Let a person return from any device; None if the key is wrong."""
        member = await self.store.find_person(seminar, name, key)
        if member is None:
            return None
        return await self._arrival(seminar, member.person, member.name, key)

    async def new_key(self, seminar: SeminarId, person: PersonId) -> str:
        """Draw a new key for a person who lost the first. Raises NoSuchMember."""
        await self._member(seminar, person)
        key = new_key()
        await self.store.change_key(seminar, person, key)
        return key

    async def place(self, seminar: SeminarId, person: PersonId) -> Placement | None:
        """Return a person's match and a token, and seat the person; None while they wait.

        Raises NoSuchMember.
        """
        async with self._locks[seminar]:
            member = await self._member(seminar, person)
            match = member.match or await self._place_late(seminar, member)
            if match is None:
                return None
            await self._sit_somewhere(match, member)
        token = await self.access.issue(Role.PLAYER, match, person, member.name, seminar)
        return Placement(match, token)

    async def preview_assignment(self, seminar: SeminarId, matches: int | None) -> Assignment:
        """Return the number and sizes of matches that `assign` would make. Raises NoPlace."""
        roster = await self.roster(seminar)
        return self._assignment(roster, matches)

    async def assign(self, seminar: SeminarId, matches: int | None) -> Assignment:
        """Create matches and seat everyone; replaces matches that have not started.

        matches: None proposes a number. Raises AlreadyPlaying or NoPlace.
        """
        async with self._locks[seminar]:
            roster = await self.roster(seminar)
            assignment = self._assignment(roster, matches)
            await self._clear(roster)
            await self._make(roster, assignment)
            await self._read_anew(seminar)
        return assignment

    async def move(
        self,
        seminar: SeminarId,
        person: PersonId,
        match: MatchId,
        seat: Seat | None,
        by: Sender = SERVER,
    ) -> None:
        """Move a person to another match of the seminar, or to another seat.

        by: the facilitator who asks. seat None: a seat with room. Raises NoSuchMember,
        NoSuchSeminarMatch or RuleViolation.
        """
        async with self._locks[seminar]:
            member = await self._member(seminar, person)
            await self._require_match(seminar, match)
            if member.match != match:
                await self._move_across(seminar, match, member, seat, by)
            elif seat is not None:
                await self._reseat(seminar, match, member, seat, by)
            else:
                await self._sit_somewhere(match, member, by)

    async def remove(self, seminar: SeminarId, person: PersonId, by: Sender = SERVER) -> None:
        """Remove a person; the name is free again. Raises NoSuchMember."""
        async with self._locks[seminar]:
            member = await self._member(seminar, person)
            await self._leave(seminar, member, c.RemovePerson(person), by)
            await self.store.remove_person(seminar, person)
            self.forget(seminar)
        await self.access.revoke_member(seminar, person)

    async def replace_match(self, seminar: SeminarId, old: MatchId, new: MatchId) -> None:
        """Replace a match by its branch; its people continue there."""
        async with self._locks[seminar]:
            await self._require_match(seminar, old)
            await self.store.replace_match(old, new)
            await self._read_anew(seminar)

    async def _arrival(self, seminar: SeminarId, person: PersonId, name: str, key: str) -> Arrival:
        token = await self.access.issue(Role.PLAYER, None, person, name, seminar)
        return Arrival(person, name, key, token)

    async def _member(self, seminar: SeminarId, person: PersonId) -> Member:
        member = (await self.roster(seminar)).member(person)
        if member is None:
            raise NoSuchMember(f"nobody here is known as {person}; look at the list again")
        return member

    async def _require_match(self, seminar: SeminarId, match: MatchId) -> None:
        if match not in (await self.roster(seminar)).match_ids:
            raise NoSuchSeminarMatch(f"{match} is no match of this seminar; look at the list again")

    async def positions(self, roster: Roster) -> list[Position]:
        """Return the position of every match. Raises StoreError or MatchDamaged."""
        return [(await self.registry.host(known.match)).position for known in roster.matches]

    async def _place_late(self, seminar: SeminarId, member: Member) -> MatchId | None:
        """Find room for a late arrival in the existing matches, if any."""
        roster = await self.roster(seminar)
        hosts = [
            host for host in await self.registry.readable(roster.match_ids) if host.damage is None
        ]
        found = late_seat([occupancy(host.position) for host in hosts])
        if found is None:
            return None
        match = hosts[found[0]].match_id
        await self.store.assign(seminar, {member.person: match})
        self.forget(seminar)
        return match

    async def _sit_somewhere(
        self, match: MatchId, member: Member, by: Sender | None = None
    ) -> None:
        """Seat a person without a seat; if the rules refuse, the person chooses one.

        by: the facilitator who asks; None: the person arrived without one.
        """
        host = await self.registry.host(match)
        position = host.position
        if position.is_over or position.seat_of(member.person) is not None:
            return
        people = occupancy(position).people
        seat = min(people, key=lambda seat: people[seat])
        try:
            await (sit(host, member, seat) if by is None else reseat(host, member, seat, by))
        except RuleViolation as refusal:
            log.info("not_seated", match=match, reason=str(refusal))

    async def _reseat(
        self, seminar: SeminarId, match: MatchId, member: Member, seat: Seat, by: Sender
    ) -> None:
        """Give a person another seat of the same match, and the old seat to a bot."""
        host = await self.registry.host(match)
        old = host.position.seat_of(member.person)
        await reseat(host, member, seat, by)
        if old is not None:
            await self._fill(seminar, match, old)

    async def _move_across(
        self, seminar: SeminarId, match: MatchId, member: Member, seat: Seat | None, by: Sender
    ) -> None:
        """Move a person to another match of the seminar, which may know them already."""
        if seat is not None:  # before anything else, so that a refusal changes nothing
            host = await self.registry.host(match)
            if host.position.seat_of(member.person) != seat:  # else a crash came after this
                await reseat(host, member, seat, by)
        await self._leave(seminar, member, c.LeaveSeat(), Sender.of(member.grant))
        await self.store.assign(seminar, {member.person: match})
        self.forget(seminar)
        await self._sit_somewhere(match, member, by)

    async def _leave(
        self, seminar: SeminarId, member: Member, command: c.Command, sender: Sender
    ) -> None:
        """Free a person's seat, give it to a bot if it is empty, and close the connections."""
        match = member.match
        if match is None:
            return
        for host in await self.registry.readable([match]):  # nobody is kept in a damaged one
            seat = host.position.seat_of(member.person)
            if seat is not None and not host.position.is_over and host.damage is None:
                await host.ask(command, sender)
                await self._fill(seminar, match, seat)
        await self._send_away(match, member, "you were given another place")

    async def _fill(self, seminar: SeminarId, match: MatchId, seat: Seat) -> None:
        """Put a bot on an empty seat."""
        bot = (await self.roster(seminar)).seminar.bot
        host = await self.registry.host(match)
        if seat not in host.position.holders:
            await host.ask(bot_on(host, bot, seat), SERVER)

    async def _send_away(self, match: MatchId, member: Member, reason: str) -> None:
        await self.access.revoke_person(match, member.person)
        self.presences.send_away(match, member.person, reason)

    def _assignment(self, roster: Roster, matches: int | None) -> Assignment:
        people, seminar = len(roster.people), roster.seminar
        if people == 0:
            raise NoPlace("nobody has come yet; show the code, then make the matches")
        is_drawn = seminar.pairing in (Pairing.RANDOM, Pairing.ROUND_ROBIN)
        seats = LARGEST_POPULATION if is_drawn else len(self.scenarios[seminar.scenario].seats)
        count = matches or matches_for(people, seats, len(seminar.treatments))
        most = min(people, MOST_MATCHES)
        if not 1 <= count <= most:
            raise NoPlace(f"{count} matches for {people} people; make 1 to {most}")
        sizes = tuple(people // count + (number < people % count) for number in range(count))
        return Assignment(sizes, tuple(seats_for_pairs(x) if is_drawn else seats for x in sizes))

    async def _clear(self, roster: Roster) -> None:
        """End the matches of the last assignment. Raises AlreadyPlaying if one has started."""
        hosts = await self.registry.readable(roster.match_ids)
        begun = sum(_has_begun(host.position) for host in hosts)
        if begun:
            raise AlreadyPlaying(
                f"{begun} of {len(roster.matches)} matches have started; late people are seated by "
                "themselves, and anybody can be moved"
            )
        for host in hosts:
            if not host.position.is_over and host.damage is None:  # else a crash came after this
                await host.ask(c.EndMatch(), SERVER)
        for known in roster.matches:
            for member in roster.in_match(known.match):
                await self._send_away(known.match, member, "the seats are dealt anew")
        await self.store.drop_matches(known.match for known in roster.matches)

    async def _make(self, roster: Roster, assignment: Assignment) -> None:
        seminar = roster.seminar
        people = [member.person for member in roster.people]
        draw_seed = f"{seminar.seed}:{self.clock.now_ms()}"
        assigned = split(people, max(assignment.seats), len(assignment.sizes), draw_seed)
        sizes = zip(assignment.sizes, assignment.seats, strict=True)
        made = [
            await self._begin(seminar, number, size, seats)
            for number, (size, seats) in enumerate(sizes, start=1)
        ]
        await self.store.add_matches(seminar.id, made)
        places = {
            person: known.match
            for known, delegations in zip(made, assigned, strict=True)
            for delegation in delegations
            for person in delegation
        }
        await self.store.assign(seminar.id, places)
        for known, delegations in zip(made, assigned, strict=True):
            await seat_all(await self.registry.host(known.match), roster, delegations)

    async def _begin(self, seminar: Seminar, number: int, people: int, seats: int) -> SeminarMatch:
        """Create one match in its lobby; each seat has room for one late arrival."""
        treatments = seminar.treatments
        treatment = treatments[(number - 1) % len(treatments)] if treatments else None
        match = MatchId(secrets.token_urlsafe(12))
        seed = match_seed(seminar, match)
        scenario = treated(self.scenarios[seminar.scenario], treatment)
        if seminar.pairing in (Pairing.RANDOM, Pairing.ROUND_ROBIN):
            scenario = population(scenario, seats, seminar.pairing, seed)
        scenario = replace(scenario, delegates=max(scenario.delegates, -(-people // seats) + 1))
        now_ms = self.clock.now_ms()
        code = await self._queries.create_match(
            match, scenario.name, scenario.title, scenario.rounds, now_ms, room=seminar.id
        )
        await self.registry.create(match, scenario, seed, seminar.pace)
        return SeminarMatch(match, code, number, treatment.name if treatment else None)


def _has_begun(position: Position) -> bool:
    """Tell whether a match has started, rather than been ended in its lobby."""
    is_dropped = position.is_over and position.round == 0
    return position.phase is not Phase.LOBBY and not is_dropped
