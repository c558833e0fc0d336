"""Recovery at the start of a server, and its chores every second."""

from dataclasses import dataclass

from server.clock import Clock
from server.hosting.match_host import MatchHost
from server.hosting.registry import Registry
from server.live.attendance import Attendance
from server.live.branches import Branches, progress_of
from server.live.presence import Presences
from server.live.removals import Removals
from server.store.event_store import StoreError
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
    clock: Clock

    async def recover(self) -> None:
        """Open the matches that were unfinished when the server stopped. Raises StoreError."""
        live = await self.queries.live_match_ids()
        await self.registry.recover(live, await self.queries.read_heartbeat())
        for host in self.registry.hosts:
            is_trunk = host.position.superseded_by is not None
            if (
                host.position.is_over and not is_trunk
            ):  # ended, but a crash came before the lists were updated
                self.registry.note_stale(host.match_id)
        await self.branches.resume()

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
        await self.registry.settle()
        await self.save_summaries()
        await self._write_heartbeat()

    async def save_summaries(self) -> None:
        """Update the lists. Raises StoreError; then the summaries stay out of date."""
        stale = self.registry.take_stale()
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
