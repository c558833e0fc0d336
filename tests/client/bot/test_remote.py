"""Bots of one's own at a real server, to the end and through its outages."""

import asyncio
import itertools
import threading
from collections.abc import AsyncGenerator
from dataclasses import replace
from pathlib import Path

import pytest

from client.bot import ArenaView, Bot, C, run_locally
from client.bot.errors import CannotJoin
from client.bot.remote import BotSettings, play_remotely
from client.bot.session import SessionOutcome
from game_rules.log.events import (
    OrderSource,
    ProposalCountered,
    ProposalMade,
    SeatTaken,
    SeatVacated,
)
from game_rules.roles import Seat
from game_rules.scenario.moves import MoveKind
from game_rules.scenario.pacts import Binding
from game_rules.scenario_files.scenarios import load_scenario
from tests.client.bot.bots import (
    Broken,
    Forgiving,
    Reciprocal,
    Sleepy,
    Slow,
    Talkative,
    stops_to_think,
)
from tests.client.bot.hosting import Hosted, host
from tests.live_server import Line, ServerProcess

pytestmark = pytest.mark.slow

NUMBERS = itertools.count(1)
SCENARIOS = [("prisoners_dilemma", "ROW"), ("south_china_sea", "PHL")]


@pytest.fixture(scope="module")
async def server(tmp_path_factory: pytest.TempPathFactory) -> AsyncGenerator[ServerProcess]:
    async with ServerProcess(tmp_path_factory.mktemp("guests")) as running:
        yield running


def quiet(line: str) -> None:
    """Tell nobody."""


def others(scenario: str, seat: str, bot: str) -> dict[str, str]:
    """Seat a built-in bot on every other seat."""
    return {other: bot for other in load_scenario(scenario).seats if other != seat}


async def play(
    hosted: Hosted, bot: type[Bot], settings: BotSettings, told: list[str] | None = None
) -> SessionOutcome:
    """Send a bot, and start once it sits."""
    guest = play_remotely(bot, hosted.join_link, settings, quiet if told is None else told.append)
    async with asyncio.timeout(20):
        outcome, _ = await asyncio.gather(guest, hosted.start_with())
    return outcome


@pytest.mark.parametrize(("scenario", "seat"), SCENARIOS)
async def test_a_bot_plays_to_the_end_what_it_plays_here(
    server: ServerProcess, scenario: str, seat: str
):
    hosted = await host(server, scenario, others(scenario, seat, "first_by_joss"), seed="11")
    told: list[str] = []
    outcome = await play(hosted, Forgiving, BotSettings("me", "11"), told)
    _, end = await hosted.record()
    here = run_locally(Forgiving, "first_by_joss", scenario, "11", seat)
    assert (outcome.trouble, outcome.seat) == (None, seat)
    assert [r.results for r in end.history] == [r.results for r in here.history]
    assert end.totals == here.scores
    assert {s for r in end.history for x in r.results for s in x.sources.values()} == {
        OrderSource.ORDERED
    }
    assert len([line for line in told if line.startswith("round ")]) == end.scenario.rounds
    assert told[-1].startswith("the match is over: ")


async def test_two_bots_take_two_seats_and_talk(server: ServerProcess):
    hosted = await host(server, "south_china_sea", {"USA": "alternator", "VNM": "prober"})
    guests = [
        play_remotely(Talkative, hosted.join_link, BotSettings(f"guest {number}", "1"), quiet)
        for number in range(4)
    ]
    async with asyncio.timeout(20):
        outcomes = asyncio.gather(*guests)
        await hosted.start_with(4)
        sat = {outcome.seat for outcome in await outcomes if outcome.trouble is None}
    _, end = await hosted.record()
    assert sat == {"CHN", "PHL", "MYS", "IDN"}
    assert {m.sender for m in end.messages if not m.room} == {"CHN", "PHL", "MYS", "IDN"}


async def test_a_killed_server_costs_bots_nothing(tmp_path: Path):
    """The server dies while the bots think; their orders go to the one that comes after it."""
    told: list[str] = []
    thoughtful = stops_to_think(3)
    async with ServerProcess(tmp_path) as mortal:
        matches = [
            await host(mortal, name, others(name, seat, "prober")) for name, seat in SCENARIOS
        ]
        guests = [
            asyncio.create_task(
                play_remotely(thoughtful, hosted.join_link, BotSettings("me", "7"), told.append)
            )
            for hosted in matches
        ]
        for hosted in matches:
            await hosted.start_with()
        seats = {await asyncio.to_thread(thoughtful.seen.get, timeout=20) for _ in matches}
        assert seats == {seat for _, seat in SCENARIOS}
        await mortal.kill()
        thoughtful.may_answer.set()
        await mortal.start()
        async with asyncio.timeout(30):
            outcomes = await asyncio.gather(*guests)
        ends = [(await hosted.record())[1] for hosted in matches]
    assert [outcome.trouble for outcome in outcomes] == [None, None]
    for (name, seat), end in zip(SCENARIOS, ends, strict=True):
        here = run_locally(Forgiving, "prober", name, "7", seat)
        assert [r.results for r in end.history] == [r.results for r in here.history]
    assert sum(line.startswith("line lost (") for line in told) == 2
    assert told.count("back at the table") == 2


async def test_a_bot_that_raises_waits_for_nobody_and_gives_up_its_seat(server: ServerProcess):
    hosted = await host(server, "prisoners_dilemma", {"COLUMN": "cooperator"})
    told: list[str] = []
    outcome = await play(hosted, Broken, BotSettings("me", "7"), told)
    assert outcome.trouble == "it gave up its seat after 3 faulty turns"
    faults = [line for line in told if "choose raised LookupError: no idea" in line]
    assert faults[0].endswith("; the scenario's policy stands in (fault 1 of 3)")
    assert len(faults) == 3
    await hosted.until("match_ended")
    log, end = await hosted.record()
    assert [e.seat for e in log if isinstance(e, SeatVacated)] == [Seat("ROW")]
    assert end.history[0].results[0].sources[Seat("ROW")] is OrderSource.DEFAULTED


async def test_a_bot_that_does_not_answer_in_time_is_not_waited_for(server: ServerProcess):
    hosted = await host(server, "prisoners_dilemma", {"COLUMN": "cooperator"})
    told: list[str] = []
    Sleepy.woken.clear()
    outcome = await play(hosted, Sleepy, BotSettings("me", "7", move_s=0.1, bank_s=0.1), told)
    Sleepy.woken.set()
    assert outcome.trouble == "it gave up its seat after 3 faulty turns"
    assert told[1].startswith("round 1: no answer within 0.2 s (line ")
    assert " of bots.py); the scenario's policy stands in (fault 1 of 3)" in told[1]


async def test_a_bank_is_drawn_upon_before_a_slow_bot_is_at_fault(server: ServerProcess):
    hosted = await host(server, "prisoners_dilemma", {"COLUMN": "cooperator"})
    told: list[str] = []
    outcome = await play(hosted, Slow, BotSettings("me", "7", move_s=0.1, bank_s=0.45), told)
    assert outcome.trouble == "it gave up its seat after 3 faulty turns"
    problems = [line for line in told if "no answer within" in line]
    assert int(problems[0].split()[1].rstrip(":")) >= 2, "slow rounds went through at first"


async def test_a_facilitator_may_give_the_seat_away(server: ServerProcess):
    hosted = await host(server, "prisoners_dilemma", {"COLUMN": "cooperator"})
    playing = asyncio.create_task(
        play_remotely(Forgiving, hosted.join_link, BotSettings("me", "7"), quiet)
    )
    await hosted.until("seat_taken")
    await hosted.line.do({"type": "clear_seat", "seat": "ROW"})
    async with asyncio.timeout(10):
        outcome = await playing
    assert outcome.trouble == "the facilitator gave the seat away"


async def test_a_pause_is_waited_out(server: ServerProcess):
    class Told(Bot):
        def on_reveal(self, resolved):
            loop.call_soon_threadsafe(revealed.set)

        def choose(self, view):
            return C

    loop, revealed = asyncio.get_running_loop(), asyncio.Event()
    hosted = await host(server, "prisoners_dilemma", {"COLUMN": "cooperator"})
    playing = asyncio.create_task(
        play_remotely(Told, hosted.join_link, BotSettings("me", "7"), quiet)
    )
    await hosted.until("seat_taken")
    await hosted.line.send({"type": "start_match"})
    await hosted.line.send({"type": "pause_match"})
    await hosted.until("match_paused")
    await hosted.line.do({"type": "resume_match"})
    async with asyncio.timeout(10):
        assert (await playing).trouble is None
    _, end = await hosted.record()
    assert {x for r in end.history for x in r.results[0].sources.values()} == {OrderSource.ORDERED}


async def test_a_bot_that_is_stopped_frees_its_seat(server: ServerProcess):
    hosted = await host(server, "prisoners_dilemma")
    playing = asyncio.create_task(
        play_remotely(Forgiving, hosted.join_link, BotSettings("me", "7", "ROW"), quiet)
    )
    await hosted.until("seat_taken")
    playing.cancel()
    async with asyncio.timeout(10):
        await hosted.until("seat_vacated")
        with pytest.raises(asyncio.CancelledError):
            await playing


async def refusal(hosted: Hosted, seat: str | None = None, bot: type[Bot] = Forgiving) -> str:
    """Give the line that tells why a bot has no seat."""
    async with asyncio.timeout(10):
        name = f"guest {next(NUMBERS)}"
        with pytest.raises(CannotJoin) as error:
            await play_remotely(bot, hosted.join_link, BotSettings(name, "7", seat), quiet)
    assert "\n" not in str(error.value)
    return str(error.value)


async def test_who_finds_no_seat_is_told_why(server: ServerProcess):
    hosted = await host(server, "prisoners_dilemma", {"COLUMN": "cooperator", "ROW": "grudger"})
    assert await refusal(hosted) == (
        "all 2 seats are held; give --seat to replace a built-in bot: COLUMN, ROW"
    )
    assert await refusal(hosted, "COLUM") == (
        "'COLUM' is no seat of prisoners_dilemma; did you mean COLUMN?"
    )
    await hosted.line.do({"type": "end_match"})
    assert (await refusal(hosted)).startswith("this match has ended; ")
    lost = Hosted(server, "", "0000-0000", hosted.line)
    assert await refusal(lost) == "no match has the code 0000-0000; check it with your facilitator"


async def test_a_built_in_bot_makes_room_and_a_person_does_not(server: ServerProcess):
    hosted = await host(server, "prisoners_dilemma", {"COLUMN": "cooperator", "ROW": "grudger"})
    outcome = await play(hosted, Forgiving, BotSettings("me", "7", "ROW"))
    assert outcome.trouble is None
    log, _ = await hosted.record()
    assert [e.name for e in log if isinstance(e, SeatTaken)] == ["me"]
    other = await host(server, "prisoners_dilemma")
    waiting = asyncio.create_task(
        play_remotely(Forgiving, other.join_link, BotSettings("first", "7", "ROW"), quiet)
    )
    await other.until("seat_taken")
    assert await refusal(other, "ROW") == "ROW is held by first; choose another seat, or none"
    waiting.cancel()
    await asyncio.gather(waiting, return_exceptions=True)


async def test_a_bot_follows_the_match_into_a_branch(server: ServerProcess):
    class Told(Reciprocal):
        def __init__(self) -> None:
            super().__init__()
            made.append(self)

        def choose(self, view: ArenaView):
            if view.round == 3:
                thinking.set()
                assert may_answer.wait(30)
            return super().choose(view)

    made: list[Told] = []
    thinking, may_answer = threading.Event(), threading.Event()
    hosted = await host(server, "south_china_sea", others("south_china_sea", "PHL", "prober"))
    playing = asyncio.create_task(
        play_remotely(Told, hosted.join_link, BotSettings("me", "7", "PHL"), quiet)
    )
    await hosted.until("seat_taken")
    await hosted.line.do({"type": "start_match"})
    async with asyncio.timeout(20):
        assert await asyncio.to_thread(thinking.wait, 20)
        undo = {"round": 2, "phase": "decision"}
        url = f"/api/matches/{hosted.match}/branch"
        branch = await server.post(url, undo, hosted.line.token)
        lead = Line(server, hosted.line.token)
        await lead.open()
        may_answer.set()
        assert (await lead.do({"type": "resume_match"}))["type"] == "ack"
        outcome = await playing
    assert (outcome.trouble, outcome.seat) == (None, "PHL")
    assert outcome.position is not None
    assert outcome.position.trunk == hosted.match
    played = (x.sources.get(Seat("PHL")) for r in outcome.position.history for x in r.results)
    sources = [source for source in played if source is not None]
    assert set(sources) == {OrderSource.ORDERED}
    (bot,) = made
    rounds = outcome.position.scenario.rounds
    assert bot.revealed.count(1) == 1, "what was told before the cut is not told again"
    assert bot.revealed.count(rounds) == 1
    assert branch["match"] != hosted.match


async def test_a_bot_moves_and_counters_over_the_socket(server: ServerProcess):
    """A person proposes; the bot puts other terms in their place, and makes a move each round."""

    class Diplomat(Bot):
        def choose(self, view):
            return C

        def move(self, offers):
            return next(x.move for x in offers if x.move.kind is MoveKind.RESTRAINT)

        def on_proposal(self, proposal):
            if proposal.terms.rounds == 2:
                return True
            return replace(proposal.terms, rounds=2, binding=Binding.TREATY)

    hosted = await host(
        server, "south_china_sea", others("south_china_sea", "PHL", "cooperator"), pace=None
    )
    joined = await server.post("/api/join", {"code": hosted.code, "name": "Ann"})
    ann = Line(server, joined["token"])
    await ann.open()
    await ann.do({"type": "take_seat", "seat": "CHN", "name": "Ann"})
    playing = asyncio.create_task(
        play_remotely(Diplomat, hosted.join_link, BotSettings("me", "7", "PHL"), quiet)
    )
    await hosted.until("seat_taken", 2)
    await hosted.line.do({"type": "start_match"})
    async with asyncio.timeout(30):
        await skip(hosted, 0, "briefing")
        pledge = {"seat": "PHL", "arena": "code_of_conduct", "action": "C"}
        terms = {"parties": ["CHN", "PHL"], "pledges": [pledge], "transfers": [], "rounds": 5}
        for number in (1, 2):
            asked = {**terms, "rounds": 2 if number == 2 else 5, "binding": "communique"}
            await until_phase(ann, number, "negotiation")
            answer = await ann.do({"type": "propose", "round": number, "terms": asked})
            assert answer["type"] == "ack", answer
            await hosted.until("pact_concluded" if number == 2 else "proposal_countered")
            await skip(hosted, number, "negotiation")
            await until_phase(ann, number, "decision")
            order = {"round": number, "actions": {"code_of_conduct": "C"}, "is_ready": True}
            assert (await ann.do({"type": "save_order", **order}))["type"] == "ack"
            await hosted.until("round_resolved")  # once the bot is ready as well
            await skip(hosted, number, "reveal")
        await hosted.line.do({"type": "end_match"})
        outcome = await playing
    log, end = await hosted.record()
    assert outcome.trouble is None
    (countered,) = [x for x in log if isinstance(x, ProposalCountered)]
    made = [x for x in log if isinstance(x, ProposalMade) and x.number == countered.counter]
    assert [(x.proposer, x.terms.rounds, x.terms.binding) for x in made] == [
        ("PHL", 2, Binding.TREATY)
    ]
    moves = [[(x.seat, x.move.kind) for x in r.moves if x.seat == "PHL"] for r in end.history]
    assert moves == [[("PHL", MoveKind.RESTRAINT)]] * 2


async def until_phase(line: Line, number: int, phase: str) -> None:
    """Read until a phase of a round is open."""
    await line.until(f'"type":"phase_opened","round":{number},"phase":"{phase}"')


async def skip(hosted: Hosted, number: int, phase: str) -> None:
    """End a phase, unless it has ended by itself."""
    answer = await hosted.line.do({"type": "skip_phase", "round": number, "phase": phase})
    assert answer["type"] == "ack" or answer["code"] in ("not_now", "wrong_round")
