"""What a server does by itself: making good an outage at its start, and chores every second."""

from server.clock import Clock
from server.hosting.match_host import MatchHost
from server.hosting.registry import Registry
from server.live.attendance import Attendance
from server.live.branches import Branches, standing_of
from server.live.presence import Presences
from server.live.removals import Removals
from server.store.event_store import StoreError
from server.store.queries import Queries, Standing


class Housekeeping:
    """Keeps matches, lists and connections in step."""

    def __init__(
        self,
        queries: Queries,
        registry: Registry,
        presences: Presences,
        attendance: Attendance,
        branches: Branches,
        removals: Removals,
        clock: Clock,
    ) -> None:
        self._queries, self._registry, self._clock = queries, registry, clock
        self._presences, self._attendance = presences, attendance
        self._branches, self._removals = branches, removals

    async def recover(self) -> None:
        """Open what was being played when the server stopped. Raises StoreError."""
        live = await self._queries.live_match_ids()
        await self._registry.recover(live, await self._queries.read_heartbeat())
        for host in self._registry.hosts:
            is_trunk = host.position.superseded_by is not None
            if (
                host.position.is_over and not is_trunk
            ):  # ended, and a crash came before the lists knew
                self._registry.note_stale(host.match_id)
        await self._branches.resume()

    async def do_chores(self) -> None:
        """See to presence, sleepy bots, idle matches, heartbeat and lists. Raises StoreError."""
        self._presences.announce()
        self._registry.wake_bots()
        await self._removals.withdraw()
        await self._attendance.beat()
        self._registry.sweep()
        await self._write_heartbeat()
        await self.save_summaries()
        await self._branches.finish()

    async def close(self) -> None:
        """Write what the next start reads, once every inbox is empty. Raises StoreError."""
        await self._registry.settle()
        await self.save_summaries()
        await self._write_heartbeat()

    async def save_summaries(self) -> None:
        """Note in the lists how far matches have come. Raises StoreError; then they stay stale."""
        stale = self._registry.take_stale()
        try:
            hosts = [await self._registry.host(match_id) for match_id in stale]
            await self._queries.update_summaries(map(self._standing, hosts))
        except StoreError:
            for match_id in stale:
                self._registry.note_stale(match_id)
            raise

    def _standing(self, host: MatchHost) -> Standing:
        """Say how far a match has come; a trunk is not over before its branch has taken over."""
        is_branching = self._branches.is_under_way(host.match_id)
        return standing_of(host, is_over=host.position.is_over and not is_branching)

    async def _write_heartbeat(self) -> None:
        await self._queries.write_heartbeat(self._clock.now_ms())
