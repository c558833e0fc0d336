"""A match on a damaged page is set aside, and the others go on."""

import pytest
from structlog.testing import capture_logs

from game_rules.log.events import Phase
from game_rules.match import commands as c
from game_rules.records.codec import dumps
from game_rules.roles import THE_FACILITATOR, Role
from server.hosting.damage import MatchDamaged, logged
from server.hosting.match_host import Sender
from server.hosting.registry import Registry
from server.store.event_store import MatchId, NewEvent, StoreDamaged, StoredEvent
from server.wire.frames import CloseCode
from tests.fakes import MemoryStore
from tests.game_rules.scenes import CHN, Table
from tests.server.stage import MATCH, Stage

LEADER = Sender("facilitator", THE_FACILITATOR)
OTHER = MatchId("other")


class DamagedStore(MemoryStore):
    """A store in which the logs of some matches can be neither read nor written."""

    def __init__(self, *damaged: MatchId) -> None:
        super().__init__()
        self.damaged, self.reads = {*damaged}, 0

    async def append(self, match_id, expected_seq, events):
        self._require(match_id)
        return await super().append(match_id, expected_seq, events)

    async def read(self, match_id, after_seq=0):
        self.reads += 1
        self._require(match_id)
        return await super().read(match_id, after_seq)

    def _require(self, match_id: MatchId) -> None:
        if match_id in self.damaged:
            raise StoreDamaged("a page of it is damaged")


async def stage_with(*damaged: MatchId) -> tuple[Stage, DamagedStore]:
    """Play two matches, then damage some."""
    store = DamagedStore()
    stage = Stage(store)
    for match in (MATCH, OTHER):
        await stage.match(match_id=match)
    store.damaged.update(damaged)
    return stage, store


async def test_a_match_that_is_damaged_in_play_takes_no_command_and_stays_in_sight():
    stage, store = await stage_with()
    leader = await stage.join(Role.FACILITATOR)
    await leader.do({"type": "seat_bot", "seat": CHN, "strategy": "grudger"})
    shown = len(leader.events)
    store.damaged.add(MATCH)
    with capture_logs() as logs:
        answers = [
            await leader.do({"type": "seat_bot", "seat": "JPN", "strategy": "grudger"})
            for _ in range(3)
        ]
        await stage.pass_time(3_600_000)
    assert {answer["code"] for answer in answers} == {"match_damaged"}
    assert "restore a backup" in answers[0]["message"]
    assert [entry["event"] for entry in logs] == ["match_damaged"]
    assert len((await stage.join(Role.FACILITATOR)).events) == shown
    assert stage.registry.damage_of(MATCH) is not None
    other = await stage.registry.host(OTHER)
    assert await other.ask(c.SeatBot(CHN, "grudger"), LEADER)
    assert stage.registry.damage_of(OTHER) is None
    await stage.close()


async def test_a_deadline_of_a_damaged_match_is_tried_once():
    store = DamagedStore()
    stage = Stage(store)
    await store.open()
    table = Table().seat(CHN).start().skip_to(Phase.DECISION)
    await store.append(MATCH, 0, [NewEvent(dumps(event)) for event in table.log])
    host = await stage.registry.host(MATCH)
    store.damaged.add(MATCH)
    with capture_logs() as logs:
        for _ in range(5):
            await stage.pass_time((host.position.deadline_ms or 0) + 1)
            stage.registry.wake()
            await stage.settle()
    assert [x["event"] for x in logs if x["log_level"] in ("warning", "error")] == ["match_damaged"]


async def test_whoever_opens_a_damaged_match_is_told_once_read_and_never_again():
    stage, store = await stage_with(OTHER)
    registry = Registry(store, stage.clock)
    before = store.reads
    for _ in range(3):
        with pytest.raises(MatchDamaged, match=r"match other is damaged.*restore a backup"):
            await registry.host(OTHER)
    assert store.reads == before + 1
    assert [host.match_id for host in await registry.readable([MATCH, OTHER])] == [MATCH]


async def test_a_connection_to_a_damaged_match_is_closed_with_the_remedy():
    stage, store = await stage_with()
    stage.registry = Registry(store, stage.clock)
    store.damaged.add(MATCH)
    desk = await stage.join(Role.OBSERVER)
    assert desk.closed is not None
    code, reason = desk.closed
    assert code == CloseCode.DAMAGED
    assert "restore a backup" in reason
    assert len(reason) <= 123
    await stage.close()


async def test_a_log_that_does_not_fit_together_is_set_aside():
    store = MemoryStore()
    stage = Stage(store)
    await store.open()
    log = [dumps(event) for event in Table().start().log]
    await store.append(MATCH, 0, [NewEvent(payload) for payload in (log[-1], *log)])
    with capture_logs() as logs:
        for _ in range(2):
            with pytest.raises(MatchDamaged, match="do not fit together"):
                await stage.registry.host(MATCH)
    assert [entry["event"] for entry in logs] == ["match_not_opened"]


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        (StoredEvent(3, "{}", None, None), "its event 2 is missing"),
        (StoredEvent(2, "{}", None, None), "its event 2 cannot be read"),
        (StoredEvent(2, '{"type":"match_cre\0', None, None), "its event 2 cannot be read"),
        (StoredEvent(2, 7, None, None), "its event 2 cannot be read"),  # ty: ignore[invalid-argument-type]
    ],
)
def test_what_is_no_event_is_named_by_its_number(row: StoredEvent, problem: str):
    with pytest.raises(MatchDamaged) as refused:
        logged(MATCH, 2, row)
    assert refused.value.problem == problem
