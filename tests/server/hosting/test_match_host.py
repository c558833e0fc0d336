"""One live match: decide, append, publish, answer, in that order, whatever fails between."""

import asyncio
from collections.abc import AsyncGenerator, Sequence
from dataclasses import replace
from typing import Any

import pytest
from structlog.testing import capture_logs

from game_rules.bots.negotiators import Negotiator
from game_rules.errors import NotYours, PactNotAllowed, SeatUnavailable
from game_rules.games.stage_games import Action, C, D
from game_rules.log.events import (
    Event,
    MessageSaid,
    MoveMade,
    OrderSaved,
    PactConcluded,
    Phase,
    ProposalAnswered,
    ProposalMade,
)
from game_rules.log.evolve import fold
from game_rules.match import commands as c
from game_rules.match.decide import decide
from game_rules.records.codec import dumps
from game_rules.roles import (
    FACILITATOR,
    PUBLIC,
    THE_FACILITATOR,
    Actor,
    PersonId,
    Role,
    Seat,
    seated,
)
from game_rules.scenario.pacts import Binding, PactTerms, Pledge, Transfer
from game_rules.strategies import strategies
from server.hosting.match_host import MOST_TRIES, MatchHost, NoSuchMatch, Sender, TryAgain
from server.store.event_store import (
    MatchId,
    NewEvent,
    SeqConflict,
    StoreUnavailable,
)
from tests.fakes import ManualClock, MemoryStore
from tests.game_rules.scenes import CHN, JPN, PHL, Table

MATCH = MatchId("match-1")
HOST = Sender("facilitator", THE_FACILITATOR)


def person(name: str) -> Sender:
    """Give a person's sender, as a session makes it."""
    return Sender(f"person:{name}", Actor(Role.PLAYER, person=PersonId(name)))


def say(text: str) -> c.Say:
    return c.Say((), text, None)


class Diary:
    """What happened, in order: each part writes into it."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def tell(self, first_seq: int, payloads: Sequence[str]) -> None:
        """Note what an audience was told, as one of its listeners."""
        self.lines.append(f"published {first_seq}-{first_seq + len(payloads) - 1}")


class DiaryStore(MemoryStore):
    """A store that writes what it does into a diary."""

    def __init__(self, diary: Diary) -> None:
        super().__init__()
        self._diary = diary

    async def append(self, match_id: MatchId, expected_seq: int, events: Sequence[NewEvent]) -> int:
        self._diary.lines.append(f"append {len(events)} after {expected_seq}")
        seq = await super().append(match_id, expected_seq, events)
        self._diary.lines.append(f"stored {seq}")
        return seq


async def begin(store: MemoryStore, table: Table | None = None) -> MatchHost:
    """Store a match's log so far and open a host on it."""
    await store.open()
    log = (table or Table()).log
    await store.append(MATCH, 0, [NewEvent(dumps(event)) for event in log])
    return await reopen(store)


async def reopen(store: MemoryStore) -> MatchHost:
    """Open another host on the same log, as after a restart."""
    host = MatchHost(MATCH, store, ManualClock())
    await host.open()
    return host


@pytest.fixture
def store() -> MemoryStore:
    return MemoryStore()


@pytest.fixture
async def host(store: MemoryStore) -> AsyncGenerator[MatchHost]:
    """A match in its lobby, which in the end is what its log says."""
    host = await begin(store)
    yield host
    await host.settle()
    assert fold(host.events) == host.position
    stored = await store.read(MATCH)
    assert [row.payload for row in stored] == [dumps(event) for event in host.events]


# Order of effects


async def test_append_then_publish_then_answer():
    diary = Diary()
    host = await begin(DiaryStore(diary))
    diary.lines.clear()
    host.audience(PUBLIC).listeners.add(diary)
    answer = host.ask(say("Hello"), HOST)
    answer.add_done_callback(lambda x: diary.lines.append(f"answered {x.result()}"))
    assert await answer == 2
    await asyncio.sleep(0)
    assert diary.lines == ["append 1 after 1", "stored 2", "published 2-2", "answered 2"]


async def test_what_waits_together_is_stored_together_and_answered_one_by_one():
    diary = Diary()
    host = await begin(DiaryStore(diary))
    diary.lines.clear()
    answers = [host.ask(say(text), HOST) for text in "abc"]
    assert await asyncio.gather(*answers) == [2, 3, 4]
    assert diary.lines == ["append 3 after 1", "stored 4"]
    said = [x.text for x in host.events if isinstance(x, MessageSaid)]
    assert said == ["a", "b", "c"]


async def test_what_comes_while_storing_is_decided_on_what_was_stored(host: MatchHost):
    first = host.ask(c.TakeSeat(CHN, "Ann"), person("ann"))
    await asyncio.sleep(0)
    second = host.ask(c.TakeSeat(CHN, "Bo"), person("bo"))
    assert await first == 2
    with pytest.raises(SeatUnavailable):
        await second


async def test_commands_of_one_batch_see_each_other(host: MatchHost):
    answers = [
        host.ask(c.TakeSeat(CHN, "Ann"), person("ann")),
        host.ask(c.TakeSeat(CHN, "Bo"), person("bo")),
        host.ask(say("Mine."), person("ann")),
    ]
    first, second, third = await asyncio.gather(*answers, return_exceptions=True)
    assert (first, third) == (2, 3)
    assert isinstance(second, SeatUnavailable)


async def test_a_refusal_stores_and_publishes_nothing():
    diary = Diary()
    host = await begin(DiaryStore(diary))
    diary.lines.clear()
    host.audience(PUBLIC).listeners.add(diary)
    with pytest.raises(NotYours):
        await host.ask(c.StartMatch(), person("ann"))
    assert diary.lines == []
    assert host.seq == 1


async def test_the_seat_that_a_person_holds_is_looked_up_when_the_command_is_decided(
    host: MatchHost,
):
    answers = [
        host.ask(c.TakeSeat(CHN, "Ann"), person("ann")),
        host.ask(c.TakeSeat(JPN, "Ann"), person("ann")),
        host.ask(say("From Japan."), person("ann")),
    ]
    await asyncio.gather(*answers)
    said = host.events[-1]
    assert isinstance(said, MessageSaid)
    assert said.sender == JPN


async def test_who_goes_away_before_the_answer_is_served_nevertheless(host: MatchHost):
    gone = host.ask(say("Bye"), HOST)
    await asyncio.sleep(0)
    gone.cancel()
    stays = host.ask(say("Still here"), HOST)
    assert await stays == 3


# Failing appends


async def test_a_failing_append_changes_and_publishes_nothing(store: MemoryStore):
    diary, host = Diary(), await begin(store)
    host.audience(PUBLIC).listeners.add(diary)
    position = host.position
    store.outage = StoreUnavailable("the disk is full")
    with capture_logs() as logs, pytest.raises(TryAgain, match="send it again"):
        await host.ask(say("Hello"), HOST, "c1")
    assert (host.position, host.seq, diary.lines) == (position, 1, [])
    assert [line["event"] for line in logs] == ["append_failed"]


async def test_after_a_failure_the_same_command_is_sent_again_and_stored_once(
    store: MemoryStore, host: MatchHost
):
    store.outage = StoreUnavailable("the disk is full")
    for _ in range(3):
        with pytest.raises(TryAgain):
            await host.ask(say("Hello"), HOST, "c1")
    store.outage = None
    assert await host.ask(say("Hello"), HOST, "c1") == 2
    assert await host.ask(say("Hello"), HOST, "c1") == 2


async def test_an_append_that_failed_and_yet_was_stored_is_answered_from_the_log(
    store: MemoryStore, monkeypatch: pytest.MonkeyPatch
):
    """A sync may fail after the rows are written; the log is the judge."""
    host, append = await begin(store), store.append

    async def store_and_fail(*wanted: Any) -> int:
        await append(*wanted)
        raise StoreUnavailable("synced or not, who knows")

    monkeypatch.setattr(store, "append", store_and_fail)
    with pytest.raises(TryAgain):
        await host.ask(say("Hello"), HOST, "c1")
    monkeypatch.undo()
    diary = Diary()
    host.audience(PUBLIC).listeners.add(diary)
    assert await host.ask(say("Hello"), HOST, "c1") == 2
    assert diary.lines == ["published 2-2"]
    assert host.seq == len(await store.read(MATCH)) == 2


async def test_after_a_failed_append_nothing_is_refused_on_what_was_known_before(
    store: MemoryStore, monkeypatch: pytest.MonkeyPatch
):
    host, append = await begin(store, Table().seat(CHN)), store.append

    async def store_and_fail(*wanted: Any) -> int:
        await append(*wanted)
        raise StoreUnavailable("synced or not, who knows")

    with monkeypatch.context() as patch:
        patch.setattr(store, "append", store_and_fail)
        with pytest.raises(TryAgain):
            await host.ask(c.ClearSeat(CHN), HOST)
    assert await host.ask(c.TakeSeat(CHN, "Bo"), person("bo")) == 4


async def test_another_writer_was_first_so_the_host_reads_on_and_decides_again(
    store: MemoryStore, host: MatchHost
):
    diary = Diary()
    host.audience(PUBLIC).listeners.add(diary)
    taken = decide(host.position, c.TakeSeat(CHN, "Bo"), person("bo").actor, 0)
    (row,) = [NewEvent(dumps(event), names={PersonId("bo"): "Bo"}) for event in taken]
    await store.append(MATCH, 1, [row])
    with pytest.raises(SeatUnavailable, match="held by Bo"):
        await host.ask(c.TakeSeat(CHN, "Ann"), person("ann"))
    assert await host.ask(c.TakeSeat(JPN, "Ann"), person("ann")) == 3
    assert diary.lines == ["published 2-2", "published 3-3"]


async def test_a_command_that_another_server_took_is_answered_from_the_log(
    store: MemoryStore, host: MatchHost
):
    other = await reopen(store)
    assert await other.ask(say("Hello"), HOST, "c1") == 2
    assert await other.ask(say("More"), HOST, "c2") == 3
    assert await host.ask(say("Hello"), HOST, "c1") == 2
    assert host.seq == 3


async def test_a_lost_race_is_tried_a_few_times_only(
    store: MemoryStore, monkeypatch: pytest.MonkeyPatch
):
    host, tries = await begin(store), []

    async def lose(match_id: MatchId, expected_seq: int, events: object) -> int:
        tries.append(expected_seq)
        raise SeqConflict(match_id, expected_seq, expected_seq + 1)

    monkeypatch.setattr(store, "append", lose)
    with pytest.raises(TryAgain):
        await host.ask(say("Hello"), HOST)
    assert len(tries) == MOST_TRIES


async def test_a_store_that_cannot_be_read_is_no_reason_to_hang(
    store: MemoryStore, host: MatchHost, monkeypatch: pytest.MonkeyPatch
):
    async def fail(*wanted: Any) -> int:
        raise OSError("no such error in the port")

    monkeypatch.setattr(store, "append", fail)
    with capture_logs() as logs, pytest.raises(TryAgain):
        await host.ask(say("Hello"), HOST)
    assert [line["log_level"] for line in logs] == ["error"]
    monkeypatch.undo()
    assert await host.ask(say("Hello"), HOST) == 2


async def test_a_command_that_breaks_the_rules_code_stops_no_other(
    host: MatchHost, monkeypatch: pytest.MonkeyPatch
):
    step = MatchHost._decide.__globals__["step"]

    def break_down(position: object, command: c.Command, *rest: object) -> object:
        if isinstance(command, c.StartMatch):
            raise ZeroDivisionError
        return step(position, command, *rest)

    monkeypatch.setitem(MatchHost._decide.__globals__, "step", break_down)
    with capture_logs() as logs:
        broken, whole = await asyncio.gather(
            host.ask(c.StartMatch(), HOST), host.ask(say("Hello"), HOST), return_exceptions=True
        )
    assert isinstance(broken, ZeroDivisionError)
    assert whole == 2
    assert [line["event"] for line in logs] == ["decide_failed"]


# Receipts


async def test_a_repeated_command_gets_the_first_receipt_and_happens_once(host: MatchHost):
    assert await host.ask(say("Hello"), HOST, "c1") == 2
    await host.ask(say("More"), HOST, "c2")
    assert await host.ask(say("Hello"), HOST, "c1") == 2
    assert host.seq == 3


async def test_the_receipt_counts_all_that_the_command_brought(host: MatchHost):
    for seat in (CHN, JPN, PHL):
        await host.ask(c.SeatBot(seat, "tit_for_tat"), HOST)
    seq = await host.ask(c.StartMatch(), HOST, "c1")
    brought = [event.type for event in host.events[4:seq]]
    assert brought.pop(1) == "arena_changed"  # its terms in force, as the first round opens
    assert brought == ["phase_opened"] * 3
    assert await host.ask(c.StartMatch(), HOST, "c1") == seq


async def test_the_same_command_twice_in_one_batch_happens_once(host: MatchHost):
    answers = [host.ask(say("Hello"), HOST, "c1") for _ in range(3)]
    assert await asyncio.gather(*answers) == [2, 2, 2]
    assert host.seq == 2


async def test_two_senders_may_use_the_same_id(host: MatchHost):
    assert await host.ask(c.TakeSeat(CHN, "Ann"), person("ann"), "c1") == 2
    assert await host.ask(c.TakeSeat(JPN, "Bo"), person("bo"), "c1") == 3


async def test_commands_without_an_id_are_all_done(host: MatchHost):
    assert [await host.ask(say("Hello"), HOST) for _ in range(2)] == [2, 3]


async def test_receipts_are_known_again_after_a_restart(store: MemoryStore, host: MatchHost):
    for seat in (CHN, JPN, PHL):
        await host.ask(c.SeatBot(seat, "tit_for_tat"), HOST, f"seat-{seat}")
    seq = await host.ask(c.StartMatch(), HOST, "start")
    await host.settle()
    again = await reopen(store)
    assert await again.ask(c.StartMatch(), HOST, "start") == seq
    assert await again.ask(c.SeatBot(JPN, "tit_for_tat"), HOST, f"seat-{JPN}") == 3
    assert again.seq == host.seq


async def test_a_refused_command_may_be_tried_again_under_its_id(host: MatchHost):
    with pytest.raises(NotYours):
        await host.ask(say("Hello"), person("ann"), "c1")
    await host.ask(c.TakeSeat(CHN, "Ann"), person("ann"))
    assert await host.ask(say("Hello"), person("ann"), "c1") == 3


# Opening


async def test_a_match_without_a_log_is_none():
    store = MemoryStore()
    await store.open()
    with pytest.raises(NoSuchMatch, match="match-1"):
        await reopen(store)


async def test_a_reopened_host_is_the_host_that_was_closed(store: MemoryStore, host: MatchHost):
    await host.ask(c.TakeSeat(CHN, "Ann"), person("ann"))
    await host.ask(say("Hello"), HOST)
    again = await reopen(store)
    assert again.position == host.position
    assert again.events == host.events
    for viewer in (PUBLIC, FACILITATOR, seated(CHN), seated(JPN)):
        assert again.audience(viewer).payloads == host.audience(viewer).payloads


# Bots


async def bots_at_play(store: MemoryStore, **seats: str) -> MatchHost:
    """A match that waits in its lobby with bots in seats."""
    table = Table()
    for seat, name in seats.items():
        table.do(c.SeatBot(Seat(seat), name))
    return await begin(store, table)


def orders(host: MatchHost) -> dict[str, dict[str, Action]]:
    """Give what was ordered, seat by seat."""
    return {x.seat: dict(x.actions) for x in host.events if isinstance(x, OrderSaved)}


async def test_bots_order_as_soon_as_a_decision_opens_and_only_then(store: MemoryStore):
    host = await bots_at_play(store, JPN="cooperator", PHL="defector")
    await host.ask(c.TakeSeat(CHN, "Ann"), person("ann"))
    for command in (
        c.StartMatch(),
        c.SkipPhase(0, Phase.BRIEFING),
    ):
        await host.ask(command, HOST)
        await host.settle()
        assert orders(host) == {}
    await host.ask(c.SkipPhase(1, Phase.NEGOTIATION), HOST)
    await host.settle()
    assert orders(host) == {"JPN": {"strait": C, "forum": C}, "PHL": {"forum": Action.D}}


async def test_bots_alone_play_a_whole_match(store: MemoryStore):
    host = await bots_at_play(store, CHN="tit_for_tat", JPN="grudger", PHL="random")
    await host.ask(c.StartMatch(), HOST)
    await host.settle()
    assert host.position.is_over
    assert len(host.position.history) == 3


async def test_a_bot_that_sits_down_during_a_decision_orders_at_once(store: MemoryStore):
    host = await begin(store, Table().seat(CHN).start().skip_to(Phase.DECISION))
    await host.ask(c.SeatBot(JPN, "cooperator"), HOST)
    await host.settle()
    assert set(orders(host)) == {"JPN"}


async def test_bots_rest_while_the_match_is_paused(store: MemoryStore):
    host = await begin(store, Table().seat(CHN).start().skip_to(Phase.DECISION))
    await host.ask(c.PauseMatch(), HOST)
    await host.ask(c.SeatBot(JPN, "cooperator"), HOST)
    await host.settle()
    assert orders(host) == {}
    await host.ask(c.ResumeMatch(), HOST)
    await host.settle()
    assert set(orders(host)) == {"JPN"}


async def test_a_bot_that_was_stopped_by_an_outage_orders_when_woken(store: MemoryStore):
    table = Table().seat(CHN).bots(JPN).start().skip_to(Phase.DECISION)
    host = await begin(store, table)
    store.outage = StoreUnavailable("the disk is full")
    host.wake()
    with capture_logs() as logs:
        await host.settle()
    told = [line["event"] for line in logs]
    assert told[0] == "append_failed"
    assert set(told[1:]) == {"bot_refused"}
    assert orders(host) == {}
    store.outage = None
    host.wake()
    await host.settle()
    assert set(orders(host)) == {"JPN"}
    seq = host.seq
    host.wake()
    await host.settle()
    assert host.seq == seq


async def test_a_raising_bot_stops_nothing(store: MemoryStore, monkeypatch: pytest.MonkeyPatch):
    """The others order; the scenario's policy fills in for it, and the match goes on."""
    chosen = next(bot for bot in strategies() if bot.name == "grudger")

    def choose(self: object, view: object) -> Action:
        if self is chosen:
            raise ZeroDivisionError("a bot's bug")
        return C

    monkeypatch.setattr(type(chosen), "choose", choose)
    host = await bots_at_play(store, CHN="tit_for_tat", JPN="grudger", PHL="cooperator")
    with capture_logs() as logs:
        await host.ask(c.StartMatch(), HOST)
        await host.settle()
    assert host.position.is_over
    result = host.position.history[0].results[0]
    assert dict(result.sources) == {CHN: "ordered", JPN: "defaulted"}
    failed = [line for line in logs if line["event"] == "bot_failed"]
    assert [(line["seat"], line["strategy"]) for line in failed] == [("JPN", "grudger")] * 3


async def test_a_bots_order_that_comes_too_late_is_noted_and_harms_nobody(store: MemoryStore):
    host = await bots_at_play(store, JPN="defector")  # who has no words to say first
    await host.ask(c.TakeSeat(CHN, "Ann"), person("ann"))
    await host.ask(c.StartMatch(), HOST)
    await host.ask(c.SkipPhase(0, Phase.BRIEFING), HOST)
    opens = host.ask(c.SkipPhase(1, Phase.NEGOTIATION), HOST)
    await asyncio.sleep(0)  # until it is being stored
    clears = host.ask(c.ClearSeat(JPN), HOST)
    with capture_logs() as logs:
        await asyncio.gather(opens, clears)
        await host.settle()
    assert orders(host) == {}
    assert [line["event"] for line in logs] == ["bot_refused"]


async def test_a_host_with_work_or_listeners_is_not_idle(store: MemoryStore, host: MatchHost):
    assert host.is_idle
    answer = host.ask(say("Hello"), HOST)
    assert not host.is_idle
    await answer
    await host.settle()
    listener = Diary()
    host.audience(PUBLIC).listeners.add(listener)
    assert not host.is_idle
    host.audience(PUBLIC).listeners.discard(listener)
    assert host.is_idle


async def test_whoever_asks_what_changed_is_told_after_it_is_stored(store: MemoryStore):
    await begin(store)
    told: list[tuple[int, list[str]]] = []

    def note(host: MatchHost, events: Sequence[Event]) -> None:
        told.append((host.seq, [event.type for event in events]))

    host = MatchHost(MATCH, store, ManualClock(), note)
    await host.open()
    await host.ask(c.StartMatch(), HOST)
    assert told == [(2, ["phase_opened"])]


def words(host: MatchHost) -> list[tuple[str, str]]:
    """Give who proposed, answered or concluded, in order."""
    told = []
    for event in host.events:
        if isinstance(event, ProposalMade):
            told.append(("proposed", event.proposer))
        elif isinstance(event, ProposalAnswered):
            told.append(("accepted" if event.accepts else "declined", event.seat))
        elif isinstance(event, PactConcluded):
            told.append(("concluded", "+".join(event.pact.terms.parties)))
    return told


def a_pact(*parties: Seat, action: Action = C) -> PactTerms:
    """Terms by which all pledge the same in the forum, for a round."""
    pledges = tuple(Pledge(seat, "forum", action) for seat in parties)
    return PactTerms(parties, pledges, (), 1, Binding.TREATY)


async def bargaining_with(store: MemoryStore, phase: Phase, **seats: str) -> MatchHost:
    """A round in which Ann holds CHN and bots the rest, as far as a phase."""
    host = await bots_at_play(store, **seats)
    await host.ask(c.TakeSeat(CHN, "Ann"), person("ann"))
    await host.ask(c.StartMatch(), HOST)
    await host.ask(c.SkipPhase(0, Phase.BRIEFING), HOST)
    if phase is Phase.DECISION:
        await host.settle()
        await host.ask(c.SkipPhase(1, Phase.NEGOTIATION), HOST)
    await host.settle()
    return host


async def test_doctrines_propose_when_a_negotiation_opens_and_a_person_can_accept(
    store: MemoryStore,
):
    host = await bargaining_with(store, Phase.NEGOTIATION, JPN="diplomat", PHL="diplomat")
    assert words(host) == [("proposed", "JPN"), ("proposed", "JPN"), ("accepted", "PHL")]
    assert host.position.phase is Phase.NEGOTIATION
    for proposal in host.position.proposals:
        await host.ask(c.AnswerProposal(1, proposal.number, accepts=True), person("ann"))
    assert len(host.position.pacts) == 2


async def test_bots_answer_what_a_person_proposes(store: MemoryStore):
    host = await bargaining_with(store, Phase.NEGOTIATION, JPN="defector", PHL="cooperator")
    await host.ask(c.Propose(1, a_pact(CHN, PHL)), person("ann"))
    await host.settle()
    await host.ask(c.Propose(1, a_pact(CHN, JPN)), person("ann"))
    await host.settle()
    assert words(host) == [
        ("proposed", "CHN"),
        ("accepted", "PHL"),
        ("concluded", "CHN+PHL"),
        ("proposed", "CHN"),
        ("declined", "JPN"),
    ]


async def test_a_bot_that_signs_after_its_order_orders_again(store: MemoryStore):
    """A diplomat that saw nothing but defections has ordered D, and then gives its word for C."""
    host = await bargaining_with(store, Phase.DECISION, JPN="defector", PHL="diplomat")
    stake = replace(a_pact(CHN, PHL), binding=Binding.ESCROW, stake=900.0)
    before = len([x for x in host.events if isinstance(x, OrderSaved) and x.seat == PHL])
    pact = replace(stake, pledges=(Pledge(CHN, "forum", C), Pledge(PHL, "forum", D)))
    paid = replace(pact, transfers=(Transfer(CHN, PHL, 100.0),))
    await host.ask(c.Propose(1, paid), person("ann"))
    await host.settle()
    after = [x for x in host.events if isinstance(x, OrderSaved) and x.seat == PHL]
    assert before == 1
    assert dict(after[0].actions) != dict(after[-1].actions)
    assert after[-1].actions["forum"] is D


async def test_bots_that_all_are_refused_go_on_to_their_orders(
    store: MemoryStore, monkeypatch: pytest.MonkeyPatch
):
    """Their words are said once; nothing waits for ever."""

    def refuse(*args: object) -> None:
        raise PactNotAllowed("for a test")

    monkeypatch.setattr(c.Propose, "answer", refuse)
    host = await bots_at_play(store, CHN="diplomat", JPN="diplomat", PHL="diplomat")
    await host.ask(c.StartMatch(), HOST)
    await host.settle()
    assert host.position.is_over
    assert words(host) == []


async def test_a_word_that_could_not_be_stored_is_said_again(store: MemoryStore):
    host = await bargaining_with(store, Phase.NEGOTIATION, JPN="cooperator", PHL="cooperator")
    await host.ask(c.Propose(1, a_pact(CHN, JPN)), person("ann"))
    store.outage = StoreUnavailable("the disk is full")
    await host.settle()
    assert words(host) == [("proposed", "CHN")]
    store.outage = None
    host.wake()
    await host.settle()
    assert words(host)[1:] == [("accepted", "JPN"), ("concluded", "CHN+JPN")]


async def test_bots_that_cannot_speak_stop_nothing(
    store: MemoryStore, monkeypatch: pytest.MonkeyPatch
):
    def fail(self: object, sight: object) -> None:
        raise ZeroDivisionError("a bot's bug")

    monkeypatch.setattr(Negotiator, "proposals", fail)
    host = await bots_at_play(store, CHN="diplomat", JPN="diplomat", PHL="diplomat")
    with capture_logs() as logs:
        await host.ask(c.StartMatch(), HOST)
        await host.settle()
    assert host.position.is_over
    assert "bots_fell_silent" in {line["event"] for line in logs}


async def test_a_bot_that_takes_over_a_seat_bargains_by_its_own_doctrine(store: MemoryStore):
    host = await bargaining_with(store, Phase.NEGOTIATION, JPN="cooperator", PHL="cooperator")
    assert words(host) == []
    await host.ask(c.SeatBot(JPN, "diplomat"), HOST)
    await host.settle()
    assert words(host)[0] == ("proposed", "JPN")


async def test_after_a_restart_a_bot_does_not_propose_again(store: MemoryStore):
    host = await bargaining_with(store, Phase.NEGOTIATION, JPN="diplomat", PHL="defector")
    told = words(host)
    assert ("declined", "PHL") in told
    again = await reopen(store)
    again.wake()
    await again.settle()
    assert words(again) == told


async def test_a_doctrine_makes_its_move_with_its_order(store: MemoryStore):
    host = await bargaining_with(store, Phase.DECISION, JPN="liberal", PHL="cooperator")
    kinds = [x.type for x in host.events if isinstance(x, MoveMade | OrderSaved) and x.seat == JPN]
    assert kinds == ["move_made", "order_saved"]


async def test_a_bot_that_cannot_make_its_move_orders_all_the_same(
    store: MemoryStore, monkeypatch: pytest.MonkeyPatch
):
    def fail(self: object, sight: object) -> None:
        raise ZeroDivisionError("a bot's bug")

    monkeypatch.setattr(Negotiator, "move", fail)
    with capture_logs() as logs:
        host = await bargaining_with(store, Phase.DECISION, JPN="liberal", PHL="cooperator")
    assert {"JPN", "PHL"} <= set(orders(host))
    assert "bot_failed" in {line["event"] for line in logs}


async def test_who_stands_in_for_people_signs_nothing_and_makes_no_move(store: MemoryStore):
    host = await bargaining_with(store, Phase.NEGOTIATION, JPN="diplomat")
    await host.ask(c.TakeSeat(PHL, "Ben"), person("ben"))
    await host.ask(c.EngageAutopilot(PHL), HOST)
    await host.settle()
    assert PHL not in {seat for _, seat in words(host)}
