"""The tables of a class, kept together: none opens a round before all have resolved the last one.

This is the one place that decides when a round may open. Nothing of it is stored but the setting:
who waits follows from the positions of the tables, so it holds after a restart or an undo as well.
A table holds the others while somebody is connected to it, or while its clock runs in their round.
So a table without anybody holds them until its clock has ended at the latest.
"""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass

from game_rules.errors import RuleViolation
from game_rules.log.events import Phase
from game_rules.log.position import Position
from game_rules.match.clock import GoOn, SkipPhase
from game_rules.match.flow import may_end, next_round
from server.access.grants import SeminarId
from server.clock import Clock
from server.hosting.match_host import CLOCK, MatchHost, TryAgain, is_running
from server.hosting.registry import Registry
from server.live.presence import Presences
from server.logs import log
from server.seminars.seating import SERVER
from server.seminars.seminar import SeminarMatch
from server.seminars.store import Roster
from server.store.event_store import MatchId
from server.wire.frames import TablesWaitedFor


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A table as the others see it. is_attended: whether somebody who plays there is connected.

    is_skipped: whether the facilitator has ended its open phase.
    """

    position: Position
    is_attended: bool
    is_skipped: bool = False


def is_at_door(position: Position, now_ms: int) -> bool:
    """Tell whether nothing but other tables keeps this one from opening its next round."""
    return next_round(position) is not None and may_end(position, now_ms)


def holds(table: Neighbour, number: int, now_ms: int) -> bool:
    """Tell whether a table that plays must still resolve a round before others leave that round."""
    position = table.position
    if position.phase is Phase.LOBBY or position.is_over:
        return False
    is_done = table.is_skipped or is_at_door(position, now_ms)
    has_resolved = position.phase is Phase.REVEAL or is_done
    if position.round + has_resolved > number:
        return False
    return table.is_attended or (is_running(position) and position.round >= number)


class Together:
    """The classes of this server that stay together."""

    def __init__(self, registry: Registry, presences: Presences, clock: Clock) -> None:
        self._registry, self._presences, self._clock = registry, presences, clock
        self._tables: dict[SeminarId, tuple[SeminarMatch, ...]] = {}
        self._class_of: dict[MatchId, SeminarId] = {}
        self._told: dict[MatchId, tuple[int, ...]] = {}
        self._let_go: set[MatchId] = set()
        self._skipped: dict[MatchId, SkipPhase] = {}

    def follow(self, roster: Roster) -> None:
        """Note the tables of a class, or that it no longer stays together."""
        seminar = roster.seminar
        before = {known.match for known in self._tables.pop(seminar.id, ())}
        if seminar.is_together:
            self._tables[seminar.id] = roster.matches
        now = {known.match for known in self._tables.get(seminar.id, ())}
        for match in before - now:
            del self._class_of[match]
        self._let_go = (self._let_go | before) - now
        self._class_of.update(dict.fromkeys(now, seminar.id))

    def has(self, match: MatchId) -> bool:
        """Tell whether a match is a table of a class that stays together."""
        return match in self._class_of

    def skip(self, match: MatchId, command: SkipPhase) -> None:
        """Note that the facilitator has ended a phase; it ends once the class may go on."""
        self._skipped[match] = command

    def is_to_end(self, match: MatchId) -> bool:
        """Tell whether the open phase of a match ends as soon as the class may go on."""
        host = self._registry.loaded(match)
        return host is not None and self._is_skipped(host)

    def last_round(self, match: MatchId) -> int | None:
        """Return the last round that a match may open now; None: any."""
        host = self._registry.loaded(match)
        if host is None or match not in self._class_of:
            return None
        number = host.position.round
        return number if any(self._holding(match, number)) else number + 1

    def waits_for(self, match: MatchId) -> tuple[int, ...]:
        """Return the numbers of the tables without which a match would open its next round now."""
        host = self._registry.loaded(match)
        if host is None or match not in self._class_of:
            return ()
        if not self._is_at_door(host):
            return ()
        return tuple(self._holding(match, host.position.round))

    async def look(self) -> None:
        """Let tables go on whose class has caught up; tell those who wait for whom they do."""
        let_go, self._let_go = self._let_go, set()
        matches = *self._class_of, *let_go
        waiting = {match: self.waits_for(match) for match in matches}
        for match, tables in waiting.items():
            self._tell(match, tables)
        hosts = (self._registry.loaded(match) for match, tables in waiting.items() if not tables)
        due = (host for host in hosts if host and self._is_at_door(host))
        await asyncio.gather(*(self._go_on(host) for host in due))

    def _tell(self, match: MatchId, tables: tuple[int, ...]) -> None:
        if self._told.get(match, ()) == tables:
            return
        self._told[match] = tables
        if not tables:
            del self._told[match]
        frame = TablesWaitedFor(tables=list(tables)).model_dump_json()
        self._presences.tell(match, frame, is_kept=bool(tables))

    def _holding(self, match: MatchId, number: int) -> Iterator[int]:
        """Yield the numbers of the other tables that hold a match in a round."""
        now_ms = self._clock.now_ms()
        for known in self._tables[self._class_of[match]]:
            host = None if known.match == match else self._registry.loaded(known.match)
            if host is None or host.damage is not None:
                continue
            if holds(self._table(host), number, now_ms):
                yield known.number

    def _table(self, host: MatchHost) -> Neighbour:
        here = self._presences.people(host.match_id)
        people = (x.person for held in host.position.holders.values() for x in held.people)
        is_attended = any(person in here for person in people)
        return Neighbour(host.position, is_attended, self._is_skipped(host))

    def _is_at_door(self, host: MatchHost) -> bool:
        return self._is_skipped(host) or is_at_door(host.position, self._clock.now_ms())

    def _is_skipped(self, host: MatchHost) -> bool:
        """Tell whether the phase that the facilitator has ended is the open one."""
        asked = self._skipped.get(host.match_id)
        position = host.position
        is_it = asked is not None and (asked.round, asked.phase) == (position.round, position.phase)
        if asked is not None and not is_it:
            del self._skipped[host.match_id]
        return is_it and position.paused_at_ms is None

    async def _go_on(self, host: MatchHost) -> None:
        position = host.position
        try:
            if self._is_skipped(host):
                await host.ask(self._skipped[host.match_id], SERVER)
            else:
                await host.ask(GoOn(position.round, position.phase), CLOCK)
        except RuleViolation as refusal:  # e.g. somebody took back "ready" a moment before
            log.debug("going_on_moot", match=host.match_id, reason=str(refusal))
        except TryAgain as error:  # tried again at the next look
            log.warning("going_on_postponed", match=host.match_id, reason=str(error))
        except Exception:  # an error in one match must not stop the others
            log.exception("going_on_failed", match=host.match_id)
