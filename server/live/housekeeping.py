"""Recovery at the start of a server, and its chores every second."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from server.clock import Clock
from server.hosting.match_host import MatchHost
from server.hosting.registry import Registry
from server.hosting.sleepers import sleeper
from server.live.attendance import Attendance
from server.live.branches import Branches, progress_of
from server.live.presence import Presences
from server.live.removals import Removals
from server.live.tenancy import Tenancy
from server.logs import log
from server.store.endings import Endings
from server.store.event_store import MatchId, StoreError
from server.store.queries import MatchProgress, Queries


@dataclass(frozen=True, slots=True)
class Housekeeping:
    """Keeps matches, lists and connections consistent."""

    queries: Queries
    registry: Registry
    presences: Presences
    attendance: Attendance
    branches: Branches
    removals: Removals
    tenancy: Tenancy
    endings: Endings
    is_held_together: Callable[[MatchId], bool]
    clock: Clock

    async def hand_over(self) -> None:
        """Let other servers continue before this one says goodbye; store what the lists show."""
        if not self.registry.rooms.is_shared:
            return
        try:
            await self.registry.settle()
            await self.save_summaries()
        except StoreError as error:
            log.warning("summaries_not_saved", reason=str(error))
        await self.tenancy.hand_over()

    async def give_up(self, room: str) -> bool:
        """Give a room in which nothing happens to the server that asks for it, if it can be."""
        if not (self.registry.rooms.is_shared and self.tenancy.is_idle(room)):
            return False
        try:
            for host in self.tenancy.matches_of(room):
                await host.settle()
            await self.save_summaries()
            await self.tenancy.give_up(room)
        except StoreError as error:
            log.warning("room_not_given_up", room=room, reason=str(error))
            return False
        return True

    async def recover(self) -> None:
        """Let unfinished matches sleep, and open those that cannot wait. Raises StoreError."""
        if self.registry.rooms.is_shared:
            self.registry.last_heartbeat_ms = await self.queries.read_heartbeat()
            await self.tenancy.take_over()
            return
        live = await self.queries.live_match_ids()
        down_since_ms = await self.queries.read_heartbeat()
        await self.registry.recover(await self._to_open(live, down_since_ms), down_since_ms)
        for host in self.registry.hosts:
            if host.position.superseded_by is None:  # a crash may have come before the lists
                self.registry.note_stale(host.match_id)
        await self.branches.resume()

    async def _to_open(
        self, live: Sequence[MatchId], down_since_ms: int | None
    ) -> Sequence[MatchId]:
        """Return the matches that cannot wait until somebody comes; let the others sleep.

        A table of a class that stays together holds the others, so it has to be open.
        """
        ends = await self.endings.read()
        sleepers = {
            match: sleeper(ends[match])
            for match in live
            if match in ends and not self.is_held_together(match)
        }
        at_once = set(self.registry.let_sleep(sleepers, down_since_ms))
        return [match for match in live if match not in sleepers or match in at_once]

    async def do_chores(self) -> None:
        """Update presence, bots, idle matches, heartbeat and lists. Raises StoreError."""
        self.presences.announce()
        self.registry.wake()
        await self.removals.withdraw()
        await self.attendance.beat()
        self.registry.sweep()
        self.registry.follow_wall()
        await self._write_heartbeat()
        await self.save_summaries()
        await self.branches.finish()

    async def close(self) -> None:
        """Store what the next start needs, once every inbox is empty. Raises StoreError."""
        await self.registry.rooms.beat(self.clock.now_ms())  # others may have waited long to end
        await self.registry.settle()
        await self.save_summaries()
        await self._write_heartbeat()

    async def save_summaries(self) -> None:
        """Update the lists. Raises StoreError; then the summaries stay out of date."""
        plays = self.registry.rooms.hold_of
        stale = frozenset(x for x in self.registry.take_stale() if plays(x) is not None)
        try:
            hosts = await self.registry.readable(stale)
            await self.queries.update_summaries(map(self._progress, hosts))
        except StoreError:
            for match_id in stale:
                self.registry.note_stale(match_id)
            raise

    def _progress(self, host: MatchHost) -> MatchProgress:
        """Return a match's progress; a trunk is not over before its branch has replaced it."""
        is_branching = self.branches.is_under_way(host.match_id)
        return progress_of(host, is_over=host.position.is_over and not is_branching)

    async def _write_heartbeat(self) -> None:
        await self.queries.write_heartbeat(self.clock.now_ms())
