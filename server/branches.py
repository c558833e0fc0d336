"""Back to an earlier phase: a branch takes the place of its trunk, and everybody lands there.

Nothing is ever taken out of a log. A branch is a match of its own whose log begins with the
trunk's first events, the same bytes; the trunk ends as superseded. Order of effects: the branch is
stored, the trunk gives itself up (from here on it takes no command), code and tokens move over,
connections are told to come back. A crash in between is made good at the next start.
"""

import secrets
from collections.abc import Sequence

import structlog

from game_rules.codec import dumps, loads
from game_rules.commands import BranchMatch, SupersedeMatch
from game_rules.decide import decide
from game_rules.errors import RuleViolation
from game_rules.events import Event, Phase, PhaseOpened
from game_rules.evolve import fold
from game_rules.roles import THE_CLOCK
from server.access import Access, SeminarId
from server.clock import Clock
from server.event_store import EventStore, MatchId, NewEvent, StoredEvent
from server.match_host import MatchHost, Sender
from server.presence import Presences
from server.queries import Queries, Standing
from server.registry import Registry
from server.seminars.service import Seminars
from server.wire import CloseCode

log = structlog.get_logger()


class NothingToUndo(Exception):
    """No phase was opened that could be taken back; the message says which would be."""


class Branches:
    """Makes branches of this server's matches."""

    def __init__(
        self,
        store: EventStore,
        queries: Queries,
        access: Access,
        registry: Registry,
        presences: Presences,
        seminars: Seminars,
        clock: Clock,
    ) -> None:
        self._store, self._queries, self._access = store, queries, access
        self._registry, self._presences = registry, presences
        self._seminars, self._clock = seminars, clock

    async def branch(
        self, trunk: MatchHost, sender: Sender, number: int | None, phase: Phase | None
    ) -> MatchId:
        """Undo the opening of a phase of a round (None: the last), and all that followed.

        sender: the facilitator who wants it. Raises NothingToUndo, RuleViolation, TryAgain or
        StoreError; then the trunk goes on as it was.
        """
        rows = await self._store.read(trunk.match_id)
        prefix = rows[: _cut(rows, number, phase)]
        branch = MatchId(secrets.token_urlsafe(12))
        await self._begin(branch, trunk.match_id, prefix)
        await trunk.ask(SupersedeMatch(branch), sender)
        log.info("branched", match=trunk.match_id, branch=branch, seq=len(prefix))
        await self.finish(trunk)
        return branch

    async def finish(self, trunk: MatchHost) -> None:
        """Move code, tokens and the seminar's place over to a branch; again does no harm."""
        branch = trunk.position.superseded_by
        assert branch is not None
        seminar = await self._queries.take_over(trunk.match_id, MatchId(branch))
        if seminar is not None:
            await self._seminars.replace_match(SeminarId(seminar), trunk.match_id, MatchId(branch))
        position = trunk.position
        over = Standing(
            trunk.match_id, position.phase.value, position.round, len(position.holders), True
        )
        await self._queries.update_summaries((over,))  # last: until then, a start finishes this
        self._access.forget()
        self._registry.stale_summaries.discard(trunk.match_id)
        self._registry.stale_summaries.add(MatchId(branch))
        await self._registry.host(MatchId(branch))
        self._presences.close(trunk.match_id, CloseCode.RESTART, "the match goes on in a branch")

    async def _begin(self, branch: MatchId, trunk: MatchId, prefix: Sequence[StoredEvent]) -> None:
        position = fold(loads(Event, row.payload) for row in prefix)
        command = BranchMatch(trunk, len(prefix))
        try:
            events = decide(position, command, THE_CLOCK, self._clock.now_ms())
        except RuleViolation as refusal:
            raise NothingToUndo(f"nothing before that can be gone back to: {refusal}") from refusal
        kept = [NewEvent(row.payload, row.actor, row.command_id) for row in prefix]
        new = [NewEvent(dumps(event), "clock") for event in events]
        await self._store.append(branch, 0, [*kept, *new])


def _cut(rows: Sequence[StoredEvent], number: int | None, phase: Phase | None) -> int:
    """Count the events before the command that opened a phase; the last that fits is undone."""
    for place in range(len(rows) - 1, 0, -1):
        event = loads(Event, rows[place].payload)
        if isinstance(event, PhaseOpened) and _fits(event, number, phase):
            while rows[place].actor is None:
                place -= 1
            return place
    wanted = "phase" if phase is None else phase.value
    raise NothingToUndo(f"no {wanted} of round {number} was opened; choose one of those that were")


def _fits(event: PhaseOpened, number: int | None, phase: Phase | None) -> bool:
    is_round = number is None or event.round == number
    return is_round and (phase is None or event.phase is phase)
