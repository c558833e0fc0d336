"""Undo to an earlier phase: a branch replaces its trunk, and all people move to the branch.

Nothing is ever removed from a log. A branch is a separate match whose log starts with the first
events of the trunk, byte for byte; the trunk ends as superseded. The order of effects: store the
branch; end the trunk, which takes no command from then on; seat the people as before; move code and
tokens; tell the connections to reconnect. The next start completes what a crash interrupts; the
next chore, within a second, completes what a database error interrupts.
"""

import asyncio
import secrets
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace

from game_rules.errors import RuleViolation, Superseded
from game_rules.log.events import Event, MatchEnded, Phase, PhaseOpened
from game_rules.log.evolve import fold
from game_rules.log.people import named
from game_rules.log.position import Position
from game_rules.match.carry_over import carry_over
from game_rules.match.control import BranchMatch, SupersedeMatch
from game_rules.match.decide import decide
from game_rules.records.codec import dumps, loads
from game_rules.records.digest import digest_of
from game_rules.roles import THE_CLOCK, Role
from server.access.grants import SeminarId
from server.access.tokens import Access
from server.clock import Clock
from server.hosting.damage import MatchDamaged
from server.hosting.match_host import MatchHost, Sender
from server.hosting.registry import Registry
from server.live.presence import Presences
from server.logs import log
from server.store.event_store import EventStore, MatchId, NewEvent, StoredEvent
from server.store.queries import MatchProgress, Queries
from server.wire.frames import CloseCode

TakenOver = Callable[[SeminarId, MatchId, MatchId], Awaitable[None]]
"""Called when a branch replaces its trunk in a seminar: seminar, trunk, branch."""


class NothingToUndo(Exception):
    """There is no such phase opening to undo; the message names those that exist."""


class Branches:
    """Creates the branches of this server's matches."""

    def __init__(
        self,
        store: EventStore,
        queries: Queries,
        access: Access,
        registry: Registry,
        presences: Presences,
        on_taken_over: TakenOver,
        clock: Clock,
    ) -> None:
        self._store, self._queries, self._access = store, queries, access
        self._registry, self._presences = registry, presences
        self._on_taken_over, self._clock = on_taken_over, clock
        self._lock = asyncio.Lock()
        self._under_way: set[MatchId] = set()
        """Trunks that are being given up, or were, and whose branch has not taken over yet."""

    async def branch(
        self, trunk_id: MatchId, sender: Sender, number: int | None, phase: Phase | None
    ) -> MatchId:
        """Undo the opening of a phase of a round (None: the last), and everything after it.

        The debrief counts as a phase: it opens when the match ends. sender: the facilitator who
        asks. Raises NothingToUndo, RuleViolation, TryAgain or StoreError; the trunk then continues
        unchanged.
        """
        async with self._lock:
            rows = await self._store.read(trunk_id)
            trunk = await self._registry.host(trunk_id)
            if trunk.position.superseded_by is not None:
                raise Superseded("the match continues in a branch already; go back in that one")
            prefix = rows[: _cut(rows, number, phase)]
            branch = MatchId(secrets.token_urlsafe(12))
            await self._begin(branch, trunk, prefix)
            await self._give_up(trunk, branch, sender)
            log.info("branched", match=trunk_id, branch=branch, seq=len(prefix))
            await self._finish(trunk_id)
        return branch

    def is_under_way(self, trunk: MatchId) -> bool:
        """Tell whether a trunk has been ended and its branch has not replaced it yet."""
        return trunk in self._under_way

    async def resume(self) -> None:
        """Find trunks whose branch had not replaced them when the server stopped; finish them."""
        self._under_way |= {
            host.match_id
            for host in self._registry.hosts
            if host.position.superseded_by is not None
        }
        await self.finish()

    async def finish(self) -> None:
        """Finish the branches of trunks that were ended; may be repeated."""
        async with self._lock:
            for trunk in tuple(self._under_way):
                try:
                    await self._finish(trunk)
                except MatchDamaged as damage:  # of the trunk or the branch; the others go on
                    self._under_way.discard(trunk)
                    log.warning("branch_given_up", match=trunk, reason=str(damage))

    async def _begin(
        self, branch: MatchId, trunk: MatchHost, prefix: Sequence[StoredEvent]
    ) -> None:
        """Store a branch. It draws a new seed if the one it would share has been told.

        That is the seed of an ended trunk, and one that the trunk itself had to give up.
        """
        position = fold(loads(Event, row.payload) for row in prefix)
        model = trunk.position.model
        if model is not None and position.model is None:
            told = f"this model begins with round {model.round}"
            raise NothingToUndo(f"{told}; what came before was played in its trunk")
        is_told = trunk.position.is_over or position.seed != trunk.position.seed
        seed = secrets.token_hex(16) if is_told else None
        command = BranchMatch(trunk.match_id, len(prefix), seed)
        try:
            events = decide(position, command, THE_CLOCK, self._clock.now_ms())
        except RuleViolation as refusal:
            raise NothingToUndo(f"nothing before that can be gone back to: {refusal}") from refusal
        self._registry.share_room(branch, trunk.match_id)
        kept = [NewEvent(row.payload, row.actor, row.command_id) for row in prefix]
        kept[0] = replace(kept[0], names=trunk.names)
        new = [NewEvent(dumps(event), "clock") for event in events]
        await self._store.append(branch, 0, [*kept, *new])

    async def _give_up(self, trunk: MatchHost, branch: MatchId, sender: Sender) -> None:
        """End a trunk, so that it takes no command.

        If it has ended already, it is first listed as open, so that the next start finds it after a
        crash.
        """
        self._under_way.add(trunk.match_id)
        try:
            if trunk.position.is_over:
                await self._enter(trunk, is_over=False)
            await trunk.ask(SupersedeMatch(branch), sender)
        except BaseException:
            self._under_way.discard(trunk.match_id)
            self._registry.note_stale(trunk.match_id)
            raise

    async def _finish(self, trunk_id: MatchId) -> None:
        """Seat everyone in the branch; move the code, the tokens and the place in the seminar."""
        trunk = await self._registry.host(trunk_id)
        assert trunk.position.superseded_by is not None
        branch = MatchId(trunk.position.superseded_by)
        self._registry.rooms.share(branch, trunk_id)
        if await self._queries.match_by_id(branch) is None:  # nobody can be connected to it yet
            await self._seat(branch, named(trunk.position, trunk.names))
        seminar = await self._queries.take_over(trunk_id, branch)
        if seminar is not None:
            await self._on_taken_over(SeminarId(seminar), trunk_id, branch)
        await self._enter(trunk, is_over=True)  # last: until then, the next start finishes this
        self._under_way.discard(trunk_id)
        self._access.forget()
        self._registry.note_stale(branch)
        self._presences.close(trunk_id, CloseCode.RESTART, "the match goes on in a branch")

    async def _seat(self, branch: MatchId, trunk: Position) -> None:
        """Seat a branch as its trunk is. trunk: with names, which the branch is compared by too."""
        host = await self._registry.host(branch)
        begun = named(host.position, host.names)
        asked = [
            host.ask(command, Sender(_KEYS[actor.role], actor))
            for command, actor in carry_over(begun, trunk)
        ]
        for outcome in await asyncio.gather(*asked, return_exceptions=True):
            if isinstance(outcome, RuleViolation):  # one seat's refusal must not stop the others
                log.warning("not_carried_over", match=branch, reason=str(outcome))
            elif isinstance(outcome, BaseException):
                raise outcome

    async def _enter(self, trunk: MatchHost, *, is_over: bool) -> None:
        await self._queries.update_summaries((progress_of(trunk, is_over=is_over),))


def progress_of(host: MatchHost, *, is_over: bool) -> MatchProgress:
    """Return the progress of a match for the lists, and its digest once all may know how it went.

    A trunk that was undone has none: its branch is played, or tells more.
    """
    position = host.position
    is_told = is_over and position.superseded_by is None
    return MatchProgress(
        match=host.match_id,
        phase=position.phase.value,
        round=position.round,
        seats_held=len(position.holders),
        is_over=is_over,
        seats=len(position.scenario.seats),
        digest=digest_of(host.events) if is_told else None,
    )


_KEYS = {Role.FACILITATOR: "facilitator", Role.CLOCK: "clock"}


def _cut(rows: Sequence[StoredEvent], number: int | None, phase: Phase | None) -> int:
    """Count the events before the command that opened a phase; the last that matches counts."""
    opened = _openings([loads(Event, row.payload) for row in rows])
    fits = (
        place
        for place, round_opened, phase_opened in reversed(opened)
        if number in (None, round_opened) and phase in (None, phase_opened)
    )
    place = next(fits, 0)
    while place > 0 and rows[place].actor is None:
        place -= 1
    if place == 0:
        wanted = "phase" if phase is None else phase.value
        when = "" if number is None else f" of round {number}"
        raise NothingToUndo(f"no {wanted}{when} was opened; choose one of those that were")
    return place


def _openings(events: Sequence[Event]) -> list[tuple[int, int, Phase]]:
    """Yield seq, round and phase of every opening; the debrief opens when the match ends."""
    opened: list[tuple[int, int, Phase]] = []
    for place, event in enumerate(events):
        if isinstance(event, PhaseOpened):
            opened.append((place, event.round, event.phase))
        elif isinstance(event, MatchEnded):
            opened.append((place, opened[-1][1] if opened else 0, Phase.DEBRIEF))
    return opened
