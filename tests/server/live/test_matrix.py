"""Who may do what when: every command, by every role, in every phase, as docs/protocol.md says.

What is expected is worked out from the page's table and from who is who in the scene below, never
from the rules' code. What is allowed is done; what is not is refused with a code that names a true
reason, and changes nothing: not the position, not the log, not a byte that anybody is shown.
"""

from dataclasses import dataclass
from itertools import product
from typing import Any

import pytest

from game_rules import RULES_VERSION
from game_rules.errors import RuleViolation
from game_rules.games.stage_games import C
from game_rules.log.events import Phase
from game_rules.log.position import Position
from game_rules.match import commands as c
from game_rules.records.codec import dumps
from game_rules.roles import THE_CLOCK, THE_FACILITATOR, Actor, PersonId, Role
from game_rules.scenario.injects import Inject
from game_rules.scenario.moves import Move, MoveKind
from game_rules.scenario.pacts import Binding, PactTerms, Pledge
from server.hosting.match_host import Sender
from server.store.event_store import MatchId, NewEvent
from server.wire.frames import CLIENT_FRAME, CommandFrame
from tests.game_rules.scenes import CHN, JPN, PHL, Table, a_scenario, person
from tests.server.stage import MATCH, Desk, Stage
from tests.server.wire.test_protocol import CODE, COMMANDS, rows

PHASES = [phase.value for phase in Phase]
RESTRAINT = Move(MoveKind.RESTRAINT, "forum")
PACT = PactTerms((JPN, CHN), (Pledge(JPN, "strait", C),), (), 1, Binding.TREATY)


@dataclass(frozen=True)
class Rule:
    """One row of the table."""

    who: frozenset[str]
    phases: frozenset[str]
    in_a_pause: str


def _phases(text: str) -> frozenset[str]:
    if " to " in text:
        first, last = (PHASES.index(word) for word in text.split(" to "))
        return frozenset(PHASES[first : last + 1])
    return frozenset(text.split(", "))


def the_rules() -> dict[str, Rule]:
    """Read the table of the page."""
    rules = {}
    for commands, who, phases, pause in rows("Who may do what when")[1:]:
        for command in CODE.findall(commands):
            rules[command] = Rule(frozenset(who.split(", ")), _phases(phases), pause)
    return rules


RULES = the_rules()


@dataclass(frozen=True)
class Who:
    """Somebody in the scene. is: the words of the table that fit."""

    name: str
    fits: frozenset[str]
    seat: str | None = None
    code: str = "not_yours"


EVERYBODY = (
    Who("pen", frozenset({"player", "seated", "pen"}), CHN),
    Who("delegate", frozenset({"player", "seated"}), CHN, "no_pen"),
    Who("on autopilot", frozenset({"player", "seated"}), JPN, "on_autopilot"),
    Who("without a seat", frozenset({"player"})),
    Who("observer", frozenset()),
    Who("facilitator", frozenset({"facilitator"})),
    Who("co-facilitator", frozenset({"facilitator"})),
    Who("clock", frozenset({"clock"})),
)
STRANGERS = ("other match", "other facilitator", "host", "removed")

STATES = (
    *((phase, False) for phase in PHASES),
    *((phase, True) for phase in PHASES[1:-1]),
    ("superseded", False),
)


def scene(phase: str, is_paused: bool) -> Table:
    """Come to a phase: CHN is shared by Ann, with the pen, and Bo; JPN is on autopilot; PHL a bot.

    Gone was removed. From the briefing on an inject is open; while orders are, a proposal.
    """
    table = Table(a_scenario(delegates=2))
    for name, seat in (("ann", CHN), ("bo", CHN), ("jo", JPN)):
        table.do(c.TakeSeat(seat, name.title()), person(name))
    table.do(c.RemovePerson(PersonId("gone")))
    table.bots(PHL)
    if phase != "lobby":
        table.start()
        table.do(c.OpenInject(Inject("calm", "A calm", "The sun shines.", 0)))
    if phase in ("negotiation", "decision", "reveal"):
        table.skip_to(Phase(phase))
    if phase in ("negotiation", "decision"):
        table.do(c.Propose(1, PACT), Actor(Role.PLAYER, JPN))
        table.do(c.MakeMove(1, RESTRAINT), Actor(Role.PLAYER, CHN))
    table.do(c.EngageAutopilot(JPN))
    if phase == "debrief":
        table.do(c.EndMatch())
    if phase == "superseded":
        table.do(c.SupersedeMatch("branch"))
    if is_paused:
        table.do(c.PauseMatch())
    return table


def command_of(kind: str, who: Who, position: Position) -> dict[str, Any]:
    """Ask for something that is well formed, and would be right at the right time."""
    number, phase = position.round, position.phase.value
    orders = {"round": number, "actions": {"strait": "C"}}
    pledge = {"seat": "CHN", "arena": "strait", "action": "C"}
    terms = {
        "parties": ["CHN", "JPN"],
        "pledges": [pledge],
        "transfers": [],
        "rounds": 1,
        "binding": "treaty",
    }
    proposals = [proposal.number for proposal in position.proposals]
    fields: dict[str, dict[str, Any]] = {
        "take_seat": {"seat": "JPN", "name": "Somebody"},
        "leave_seat": {},
        "pass_pen": {"person": "bo"},
        "release_autopilot": {"seat": "JPN"},
        "say": {"room": [], "text": "Hello."},
        "say_sentence": {"room": [], "sentence": "greet", "arguments": {"seat": "JPN"}},
        "propose": {"round": number, "terms": terms},
        "counter_proposal": {
            "round": number,
            "number": (proposals or [7])[0],
            "terms": {**terms, "rounds": 2},
        },
        "answer_proposal": {"round": number, "number": (proposals or [7])[0], "accepts": True},
        "save_order": orders,
        "make_move": {"round": number, "move": {"kind": "restraint", "arena": "forum"}},
        "take_back_move": {"round": number},
        "save_forecast": {"round": number, "arena": "strait", "actions": {"JPN": "C"}},
        "set_ready": {"round": number, "phase": phase, "is_ready": True},
        "seat_bot": {"seat": "PHL", "strategy": "grudger"},
        "clear_seat": {"seat": "PHL"},
        "reseat": {"person": "bo", "seat": "PHL"},
        "remove_person": {"person": "bo"},
        "engage_autopilot": {"seat": "CHN"},
        "open_inject": {
            "inject": {"name": "storm", "title": "A storm", "text": "It rains.", "rounds": 1}
        },
        "close_inject": {"name": "calm"},
        "order_for": {"seat": "CHN", **orders},
        "start_match": {},
        "pause_match": {},
        "resume_match": {},
        "extend_deadline": {"by_ms": 1000},
        "skip_phase": {"round": number, "phase": phase},
        "end_match": {},
    }
    return {"type": kind, **fields[kind]}


def reasons(kind: str, who: Who, phase: str, is_paused: bool) -> set[str]:
    """Say what speaks against a command by the table; nothing, if it is allowed."""
    rule, against = RULES[kind], set()
    if not rule.who & who.fits:
        against.add(who.code if "pen" in rule.who and who.seat else "not_yours")
    if phase == "superseded":
        return against | {"superseded"}
    if rule.phases == {"paused"}:
        return against if is_paused else against | {"not_now"}
    if phase not in rule.phases:
        against.add("not_now")
    may_in_a_pause = rule.in_a_pause == "yes" or rule.in_a_pause in who.fits
    if is_paused and not may_in_a_pause:
        against.add("match_paused")
    return against | _of_the_scene(kind, who, phase)


def _of_the_scene(kind: str, who: Who, phase: str) -> set[str]:
    """What speaks against a command in this scene, as the list of commands says."""
    if kind == "say_sentence" and RULES_VERSION == 1:
        return {"talk_not_allowed"}
    if kind == "take_seat":
        may_hop = phase in ("lobby", "briefing") and who.seat != JPN
        return {"seat_unavailable"} if who.seat is not None and not may_hop else set()
    if kind == "release_autopilot":
        return {"not_yours"} if who.seat == CHN else set()
    if kind == "pass_pen" and who.seat == JPN:
        return {"no_such_person"}
    return set()


class Cell:
    """One command by one role in one state, tried on a server of its own or a shared one."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.stage = Stage()

    async def open(self) -> "Cell":
        """Store the scene, as if it had been played here; its branch too, if it goes on in one."""
        await self.stage.store.open()
        branch = self.table.position.superseded_by
        log = self.table.log if branch is None else self.table.log[:-1]
        events = [NewEvent(dumps(event), "scene") for event in log]
        for match in (MATCH, MatchId(branch or MATCH)):
            if await self.stage.store.read(match) == []:
                await self.stage.store.append(match, 0, events)
        self.stage.clock.advance(self.table.now_ms - self.stage.clock.now_ms())
        self.host = await self.stage.registry.host(MATCH)
        self.onlooker = await self.stage.join(Role.OBSERVER)
        return self

    async def give_up(self) -> None:
        """Let the match go on in its branch, if it does: whoever is connected is here still."""
        branch = self.table.position.superseded_by
        if branch is not None:
            await self.host.ask(c.SupersedeMatch(branch), Sender("facilitator", THE_FACILITATOR))

    async def sit(self, who: Who) -> Desk | None:
        """Connect as somebody; the clock has no connection."""
        desk = None if who.name == "clock" else await self._connect(who)
        await self.give_up()
        return desk

    async def _connect(self, who: Who) -> Desk:
        role = {"observer": Role.OBSERVER, "facilitator": Role.FACILITATOR}.get(who.name)
        names = {"pen": "ann", "delegate": "bo", "on autopilot": "jo", "without a seat": "dee"}
        if who.name == "co-facilitator":
            token = await self.stage.access.issue(Role.FACILITATOR, MATCH, "co", "Dr Co")
        else:
            name = names.get(who.name)
            token = await self.stage.token(role or Role.PLAYER, name)
        desk = self.stage.connect(token)
        await desk.hello()
        return desk

    async def ask(self, desk: Desk | None, command: dict[str, Any]) -> str:
        """Give the answer's code; empty for an ack."""
        if desk is not None:
            answer = await desk.do(command)
            return answer.get("code", "")
        frame = {"type": "command", "id": "c", "command": command}
        try:
            await self.host.ask(_parse(frame), Sender("clock", THE_CLOCK))
        except RuleViolation as refusal:
            return refusal.code
        return ""


def _parse(frame: dict[str, Any]) -> c.Command:
    read = CLIENT_FRAME.validate_python(frame)
    assert isinstance(read, CommandFrame)
    return read.command


def cells() -> list[tuple[str, Who, str, bool]]:
    """Give every cell: command, role, phase, pause."""
    return [
        (kind, who, phase, is_paused)
        for (phase, is_paused), who, kind in product(STATES, EVERYBODY, sorted(RULES))
    ]


def test_the_table_names_every_command_and_the_matrix_is_large():
    assert set(RULES) == COMMANDS
    strangers = len(STATES) * len(STRANGERS) * len(RULES)
    assert len(cells()) + strangers >= 2000
    allowed = [cell for cell in cells() if not reasons(*cell)]
    assert len(allowed) > 300


@pytest.mark.parametrize(("phase", "is_paused"), STATES)
@pytest.mark.parametrize("who", EVERYBODY, ids=lambda who: who.name)
async def test_what_is_not_allowed_is_refused_with_a_true_reason_and_changes_nothing(
    phase: str, is_paused: bool, who: Who
):
    cell = await Cell(scene(phase, is_paused)).open()
    desk = await cell.sit(who)
    position, known = cell.host.position, await cell.stage.store.read(MATCH)
    shown = list(cell.onlooker.events.values())
    for kind in sorted(RULES):
        against = reasons(kind, who, phase, is_paused)
        if not against:
            continue
        code = await cell.ask(desk, command_of(kind, who, position))
        assert code in against, f"{kind} by {who.name}: {code or 'done'}, not one of {against}"
        assert cell.host.position is position, kind
    assert await cell.stage.store.read(MATCH) == known
    assert list(cell.onlooker.events.values()) == shown


@pytest.mark.slow
@pytest.mark.parametrize(("phase", "is_paused"), STATES)
@pytest.mark.parametrize("who", EVERYBODY, ids=lambda who: who.name)
async def test_what_is_allowed_is_done(phase: str, is_paused: bool, who: Who):
    table = scene(phase, is_paused)
    for kind in sorted(RULES):
        if reasons(kind, who, phase, is_paused):
            continue
        cell = await Cell(table).open()
        desk = await cell.sit(who)
        code = await cell.ask(desk, command_of(kind, who, table.position))
        assert code == "", f"{kind} by {who.name}: {code}"
        assert cell.host.seq > len(table.log)
        await cell.stage.close()


@pytest.mark.parametrize(("phase", "is_paused"), STATES)
@pytest.mark.parametrize("stranger", STRANGERS)
async def test_strangers_open_no_connection_and_change_nothing(
    phase: str, is_paused: bool, stranger: str
):
    cell = await Cell(scene(phase, is_paused)).open()
    other = MatchId("match-2")
    tokens = {
        "other match": await cell.stage.token(Role.PLAYER, "ann", other),
        "other facilitator": await cell.stage.token(Role.FACILITATOR, None, other),
        "host": await cell.stage.token(Role.HOST, None, None),
        "removed": await cell.stage.token(Role.PLAYER, "gone"),
    }
    await cell.give_up()
    position, known = cell.host.position, await cell.stage.store.read(MATCH)
    for kind in sorted(RULES):
        desk = cell.stage.connect(tokens[stranger])
        await desk.hello()
        assert desk.closed is not None
        assert desk.closed[0] == (4001 if stranger == "removed" else 4003)
        command = command_of(kind, EVERYBODY[0], position)
        await desk.send({"type": "command", "id": "c1", "command": command})
        assert desk.frames == []
        await desk.hang_up()
    assert cell.host.position is position
    assert await cell.stage.store.read(MATCH) == known


def test_the_scene_is_as_the_matrix_says():
    table = scene("decision", is_paused=True)
    holder = table.position.holders[CHN]
    assert [x.person for x in holder.people] == ["ann", "bo"]
    assert table.position.holders[JPN].autopilot
    assert table.position.paused_at_ms is not None
