"""Absent players: the pen passes to another delegate, or an autopilot plays for the seat.

Attendance is checked regularly on the server's clock. It restarts after a start, a standstill or
a pause, so that nobody counts as absent because of the server. If nobody at all is connected to a
match, the network is assumed to have failed, and nothing is engaged.
"""

from collections.abc import Iterable

from game_rules.errors import RuleViolation
from game_rules.log.events import AutopilotReason, Phase
from game_rules.log.position import Holder, Position
from game_rules.match import commands as c
from game_rules.roles import PersonId, Seat
from server.clock import Clock
from server.hosting.match_host import CLOCK, MatchHost, TryAgain
from server.hosting.registry import Registry
from server.live.presence import Presences
from server.logs import log
from server.store.event_store import MatchId, StoreError

LATE_MS = 10_000
"""A later beat means that the server was busy for so long that clients may not have come back."""


Away = dict[PersonId, int]
"""Since when people are away, in ms on the server's clock."""


class Attendance:
    """Records since when each holder of a pen has been away, match by match."""

    def __init__(self, registry: Registry, presences: Presences, clock: Clock) -> None:
        self._registry, self._presences, self._clock = registry, presences, clock
        self._away: dict[MatchId, Away] = {}
        self._last_ms = self._lost_ms = 0

    async def beat(self) -> None:
        """Check every match that this server plays."""
        now_ms = self._clock.now_ms()
        if now_ms - self._last_ms > LATE_MS or self._clock.lost_ms > self._lost_ms:
            self._away.clear()
        self._last_ms, self._lost_ms = now_ms, self._clock.lost_ms
        for host in self._registry.hosts:
            if _is_playing(host.position):
                await self._look(host, now_ms)
            else:
                self._away.pop(host.match_id, None)
        live = {host.match_id for host in self._registry.hosts}
        self._away = {match: away for match, away in self._away.items() if match in live}

    async def _look(self, host: MatchHost, now_ms: int) -> None:
        here = self._presences.people(host.match_id)
        away = self._note(host, here, now_ms)
        for command in _due(host.position, here, away, now_ms):
            await self._ask(host, command)

    def _note(self, host: MatchHost, here: frozenset[str], now_ms: int) -> Away:
        """Note since when each holder of a pen is away."""
        before = self._away.get(host.match_id, {})
        pens = (x.person for x in host.position.holders.values() if x.person is not None)
        away = {person: before.get(person, now_ms) for person in pens if person not in here}
        self._away[host.match_id] = away
        return away

    async def _ask(self, host: MatchHost, command: c.Command) -> None:
        try:
            await host.ask(command, CLOCK)
        except RuleViolation as refusal:  # e.g. the facilitator was faster
            log.debug("attendance_moot", match=host.match_id, reason=str(refusal))
        except (TryAgain, StoreError) as error:  # tried again at the next beat
            log.warning("attendance_postponed", match=host.match_id, reason=str(error))
        except Exception:  # an error in one match must not affect the others
            log.exception("attendance_failed", match=host.match_id)


def _is_playing(position: Position) -> bool:
    is_open = position.phase is not Phase.LOBBY and not position.is_over
    return is_open and position.paused_at_ms is None


def _due(position: Position, here: frozenset[str], away: Away, now_ms: int) -> Iterable[c.Command]:
    """Yield the commands that are due; seats whose people are back come first."""
    held = [(seat, x, x.person) for seat, x in position.holders.items() if x.person is not None]
    for seat, holder, _ in held:
        if holder.autopilot_reason is AutopilotReason.ABSENT and _present(holder, here):
            yield c.ReleaseAutopilot(seat)
    after_ms = position.scenario.autopilot_after_s * 1000
    if after_ms == 0:
        return
    is_deserted = not any(_present(holder, here) for _, holder, _ in held)
    for seat, holder, person in held:
        is_long = now_ms - away.get(person, now_ms) >= after_ms
        if is_long and not is_deserted:
            yield from _stand_in(seat, holder, here)


def _stand_in(seat: Seat, holder: Holder, here: frozenset[str]) -> Iterable[c.Command]:
    """Pass a seat's pen to another delegate who is present, or else engage the autopilot."""
    others = _present(holder, here)
    if others:
        yield c.PassPen(others[0])
    elif holder.autopilot is None:
        yield c.EngageAutopilot(seat)


def _present(holder: Holder, here: frozenset[str]) -> list[PersonId]:
    return [x.person for x in holder.people if x.person in here]
