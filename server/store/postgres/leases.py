"""Leases in PostgreSQL: a row a server, which it renews, and a row a room.

A lease holds while its owner's row has not expired, on PostgreSQL's own clock. So a server renews
one row, however many rooms it plays. Whoever takes a room over raises the epoch in the same
statement that finds the old owner expired.
"""

import asyncio
import hashlib
import secrets
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, LiteralString, TypeVar

import psycopg

from server.store.event_store import LeaseLost, MatchId, StoreUnavailable
from server.store.leases import Elsewhere, Hold
from server.store.postgres.connections import connect, place, refusal

T = TypeVar("T")

TTL_MS = 1_500
"""How long a server that does not say that it is there is believed to be."""
MOST_TRIES = 5

NOW: LiteralString = "(extract(epoch FROM clock_timestamp()) * 1000)::bigint"
_LOOK = """
    SELECT wanted.room, leases.owner, leases.epoch, servers.address,
        coalesce(leases.left_at_ms, servers.alive_at_ms),
        coalesce(servers.expires_ms > {now}, false)
    FROM (
        SELECT coalesce(room, id) AS room FROM matches WHERE id = %(id)s
        UNION ALL SELECT id FROM seminars WHERE id = %(id)s
        UNION ALL SELECT %(id)s WHERE %(is_beside)s
    ) AS wanted
    LEFT JOIN leases USING (room) LEFT JOIN servers ON servers.id = leases.owner LIMIT 1
""".replace("{now}", NOW)
_NEW = """
    INSERT INTO leases (room, owner, epoch) VALUES (%s, %s, 1)
    ON CONFLICT DO NOTHING RETURNING epoch
"""
_TAKE = """
    UPDATE leases SET owner = %(me)s, epoch = epoch + 1, left_at_ms = NULL
    WHERE room = %(room)s AND owner = %(owner)s AND epoch = %(epoch)s AND NOT EXISTS (
        SELECT FROM servers WHERE id = %(owner)s AND expires_ms > {now}
    ) RETURNING epoch
""".replace("{now}", NOW)
_GIVE_UP: LiteralString = "UPDATE leases SET owner = '', left_at_ms = %s WHERE owner = %s"
_COME = """
    INSERT INTO servers (id, address, host_hash, alive_at_ms, expires_ms)
    VALUES (%(me)s, %(address)s, %(host_hash)s, %(now)s, {now} + %(ttl)s)
    ON CONFLICT (id) DO UPDATE
    SET alive_at_ms = excluded.alive_at_ms, expires_ms = excluded.expires_ms
""".replace("{now}", NOW)
_RENEW = """
    UPDATE servers SET alive_at_ms = %(now)s, expires_ms = {now} + %(ttl)s
    WHERE id = %(me)s AND expires_ms > {now}
""".replace("{now}", NOW)
_FORGET_OLD = """
    DELETE FROM servers
    WHERE expires_ms < {now} AND NOT EXISTS (SELECT FROM leases WHERE owner = servers.id)
""".replace("{now}", NOW)
_ORPHANS = """
    SELECT matches.id FROM matches
    LEFT JOIN leases ON leases.room = coalesce(matches.room, matches.id)
    LEFT JOIN servers ON servers.id = leases.owner AND servers.expires_ms > {now}
    WHERE NOT matches.is_over AND servers.id IS NULL AND (
        phase <> 'lobby' OR EXISTS (SELECT FROM events WHERE match_id = matches.id AND seq = 1)
    ) ORDER BY matches.created_at_ms DESC, matches.id
""".replace("{now}", NOW)
_THERE = """
    SELECT address, expires_ms - {now} FROM servers WHERE expires_ms > {now}
""".replace("{now}", NOW)
_HOSTS = """
    SELECT EXISTS (SELECT FROM servers WHERE host_hash = %s AND expires_ms > {now})
""".replace("{now}", NOW)


class PostgresLeases:
    """The leases of one server on a PostgreSQL database.

    address: where other servers reach this one, `HOST:PORT`. is_beside: tells the ids of matches
    that are in no list of the main tables. ttl_ms: how long a lease holds without a word.
    """

    is_shared = True

    def __init__(
        self,
        url: str,
        address: str,
        is_beside: Callable[[MatchId], bool] = lambda match_id: False,
        ttl_ms: int = TTL_MS,
    ) -> None:
        self.server = secrets.token_urlsafe(9)
        self.schema = ""
        """Of the tables of servers and leases."""
        self._url, self._is_beside = url, is_beside
        self._row = {"me": self.server, "address": address, "ttl": ttl_ms}
        self._holds: dict[str, Hold] = {}
        self._rooms: dict[str, str] = {}
        """The room of every match and class that was asked for."""
        self._is_in_doubt = self._is_leaving = False
        self._thread = ThreadPoolExecutor(1, "leases")
        self._connection: psycopg.Connection | None = None

    async def open(self, host_secret: str = "") -> None:
        """Say that this server is there. host_secret: any of the servers may be asked about it."""
        self._row["host_hash"] = _hash(host_secret)
        self.schema = (await self._rows("SELECT current_schema()"))[0][0]
        await self._rows(_FORGET_OLD)
        await self._rows(_COME, {**self._row, "now": 0})

    def of(self, known: str) -> Hold | None:
        """Return the lease under which this server plays a match or a class, if it has it."""
        return self._holds.get(self._rooms.get(known, ""))

    def required(self, match_id: MatchId) -> Hold:
        """Return the lease of a match to which something is to be appended. Raises LeaseLost."""
        found = self.of(match_id)
        if found is None:
            raise LeaseLost(match_id)
        return found

    def note_refusal(self) -> None:
        """Note that the database refused an append for its lease: the next beat asks why."""
        self._is_in_doubt = True

    async def hold(self, wanted: str) -> Hold | None:
        """Take the lease of a match or a class. Raises Elsewhere."""
        if self._is_leaving:
            raise StoreUnavailable("this server stops; another one continues its matches")
        for _ in range(MOST_TRIES):
            asked = {"id": wanted, "is_beside": self._is_beside(MatchId(wanted))}
            found = await self._rows(_LOOK, asked)
            if not found:
                return None
            room, owner, epoch, address, since_ms, is_alive = found[0]
            if is_alive and owner != self.server:
                raise Elsewhere(room, address)
            taken = await self._take(room, owner, epoch, since_ms)
            if taken is not None:
                self._rooms[wanted] = self._rooms[room] = room
                return taken
        raise StoreUnavailable(f"the lease of {wanted} changes hands too often; try again")

    async def _take(
        self, room: str, owner: str | None, epoch: int | None, since_ms: int | None
    ) -> Hold | None:
        """Take a lease that is free; None if another server was faster."""
        if owner == self.server and epoch is not None:
            return self._holds.setdefault(room, Hold(room, epoch))
        if owner is None:
            rows = await self._rows(_NEW, (room, self.server))
        else:
            known = {"room": room, "owner": owner, "epoch": epoch, "me": self.server}
            rows = await self._rows(_TAKE, known)
        if not rows:
            return None
        hold = self._holds[room] = Hold(room, rows[0][0], since_ms)
        return hold

    def share(self, new: str, known: str) -> None:
        """Let a match that is in no list yet be played under the lease of another one."""
        if known in self._rooms:
            self._rooms[new] = self._rooms[known]

    async def beat(self, now_ms: int) -> frozenset[str]:
        """Renew the leases; return the rooms that were lost, which are not renewed."""
        now = {**self._row, "now": now_ms}
        if not self._is_in_doubt and await self._count(_RENEW, now):
            return frozenset()
        self._is_in_doubt = False
        query = "SELECT room, epoch FROM leases WHERE owner = %s"
        kept = dict(await self._rows(query, (self.server,)))
        lost = frozenset(x for x, hold in self._holds.items() if kept.get(x) != hold.epoch)
        self._holds = {x: hold for x, hold in self._holds.items() if x not in lost}
        self._rooms = {x: room for x, room in self._rooms.items() if room not in lost}
        await self._rows(_COME, now)
        return lost

    async def orphans(self) -> Sequence[MatchId]:
        """List matches that have started and are not over, and whose room nobody plays."""
        return [MatchId(match) for (match,) in await self._rows(_ORPHANS)]

    async def addresses(self) -> Mapping[str, float]:
        """Return where the servers are that are there, and in how many s each lapses by itself."""
        return {address: left_ms / 1000 for address, left_ms in await self._rows(_THERE)}

    async def forget(self, start: str) -> None:
        """Delete the leases of rooms whose names begin so."""
        await self._count("DELETE FROM leases WHERE starts_with(room, %s)", (start,))

    async def knows_host(self, secret: str) -> bool:
        """Tell whether a secret is in the facilitator's link of any server that is there."""
        return bool(secret) and (await self._rows(_HOSTS, (_hash(secret),)))[0][0]

    async def give_up(self, room: str, now_ms: int) -> None:
        """Give one room up, so that another server can take it."""
        self._holds.pop(room, None)
        self._rooms = {x: known for x, known in self._rooms.items() if known != room}
        await self._count(f"{_GIVE_UP} AND room = %s", (now_ms, self.server, room))

    async def leave(self, now_ms: int) -> None:
        """Give all rooms up at once, and take no other."""
        self._is_leaving = True
        self._holds, self._rooms = {}, {}
        await self._count(_GIVE_UP, (now_ms, self.server))

    async def close(self) -> None:
        """Say that this server is gone; harmless when repeated."""
        if self._connection is not None and not self._connection.closed:
            await self._count("UPDATE servers SET expires_ms = 0 WHERE id = %s", (self.server,))
            await self._on_thread(self._connection.close)
        await asyncio.to_thread(self._thread.shutdown)

    async def _rows(self, query: LiteralString, given: Any = None) -> list[Any]:
        def run() -> list[Any]:
            cursor = self._connected().execute(query, given)
            return cursor.fetchall() if cursor.description else []

        return await self._on_thread(run)

    async def _count(self, query: LiteralString, given: Any) -> int:
        return await self._on_thread(lambda: self._connected().execute(query, given).rowcount)

    async def _on_thread(self, run: Callable[[], T]) -> T:
        """Run on the thread of the leases, which waits for no append and for no change."""
        try:
            return await asyncio.get_running_loop().run_in_executor(self._thread, self._tried, run)
        except psycopg.Error as error:
            raise refusal(f"{place(self._url)} does not lease", error) from error

    def _tried(self, run: Callable[[], T]) -> T:
        """Run it; a connection that failed is not used again, whatever it says of itself."""
        try:
            return run()
        except psycopg.OperationalError:
            if self._connection is not None:
                self._connection.close()
            raise

    def _connected(self) -> psycopg.Connection:
        if self._connection is None or self._connection.closed:
            self._connection = connect(self._url)
        return self._connection


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
