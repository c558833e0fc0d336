"""Matches to be stored: bots alone, people drawn at random on shipped and made-up scenarios."""

import random
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from server.hosting.bot_runner import BotRunner
from tests.client import random_matches as drawn
from tests.golden.matches import Table
from tests.golden.project import (
    FORMS,
    RULES_VERSION,
    THE_CLOCK,
    THE_FACILITATOR,
    Action,
    Actor,
    Arguments,
    Position,
    Role,
    Scenario,
    Sentence,
    carry_over,
    commands,
    create_match,
    events,
    known_in,
    named,
)

START_MS = 1_700_000_000_000
PACES = (None, 0.5, 1.0)
DRAWN_SENTENCES = tuple(Sentence)[:15]
"""Those that there were when matches were first drawn, so that the draws stay; see `spoken`."""


def drawn_match(seed: int, length: int) -> Table:
    """Play a made-up scenario at random: every command, legal or not, by every hand."""
    draw = random.Random(seed)
    pace = draw.choice(PACES)
    scenario = drawn.random_scenario_of(RULES_VERSION, draw)
    table = Table(create_match(scenario, f"seed {seed}", pace, START_MS))
    go_on(table, draw, START_MS, length)
    return table


def shipped_match(scenario: Scenario, seed: int, length: int) -> Table:
    """Play a scenario with people, bots and programs, at random; bots do as on a server."""
    draw = random.Random(seed)
    scenario = replace(scenario, delegates=draw.choice((1, 2, 3)))
    table = Table(create_match(scenario, f"seed {seed}", draw.choice(PACES), START_MS))
    for person, seat in zip(drawn.PEOPLE, scenario.seats, strict=False):
        sit = commands.TakeSeat(seat, draw.choice(drawn.NAMES))
        table.ask(sit, Actor(Role.PLAYER, None, person), START_MS)
    for seat in scenario.seats[len(drawn.PEOPLE) :]:
        name = draw.choice(("diplomat", "liberal", "hedger", "realist", "grudger", "random"))
        table.ask(commands.SeatBot(seat, name), THE_FACILITATOR, START_MS)
    table.ask(commands.StartMatch(), THE_FACILITATOR, START_MS)
    go_on(table, draw, START_MS, length, Bots(table), 0.9)
    return table


_RARE = (
    commands.EndMatch,
    commands.SupersedeMatch,
    commands.BranchMatch,
    commands.ClearSeat,
    commands.RemovePerson,
    commands.PauseMatch,
    commands.LeaveSeat,
)


def go_on(
    table: Table,
    draw: random.Random,
    now_ms: int,
    length: int,
    bots: "Bots | None" = None,
    rarely: float = 0.0,
) -> None:
    """Ask for so many things at random. rarely: how often what stops a match is not asked for."""
    for _ in range(length):
        now_ms += draw.choice((1, 400, 9_000))
        due = table.position.deadline_ms
        if due is not None and now_ms >= due and draw.random() < 0.5:
            passed = commands.PassDeadline(table.position.round, table.position.phase)
            table.ask(passed, THE_CLOCK, now_ms)
        command, actor = asked(draw, table.position)
        if isinstance(command, _RARE) and draw.random() < rarely:
            continue
        table.ask(command, actor, now_ms)
        if bots is not None:
            bots.act(now_ms)


def asked(draw: random.Random, position: Position) -> tuple[commands.Command, Actor]:
    """Draw what is asked for: what random matches ask for, and sentences of the catalogue."""
    if draw.random() > 0.08:
        return drawn._ask(draw, position)
    person, arena = draw.choice(drawn.PEOPLE), draw.choice(position.arenas)
    seat, sentence = position.seat_of(person), draw.choice(DRAWN_SENTENCES)
    about = Arguments(arena.members[0], arena.name, draw.choice(tuple(Action)), position.round, 1.5)
    taken = {name: x for name, x in about.given().items() if name in FORMS[sentence].takes}
    if draw.random() < 0.1:
        taken["round"] = 9  # which it may not take, or which there is not
    said = commands.SaySentence(drawn._room(draw, position), sentence, Arguments(**taken))
    return said, Actor(Role.PLAYER, seat, person)


class Bots:
    """The bots of a match, as the server drives them."""

    def __init__(self, table: Table) -> None:
        self._table, self._bot_runner, self._known = table, BotRunner(), 0
        self.act(START_MS)

    def act(self, now_ms: int) -> None:
        """Show them what is new, and ask as long as it leads anywhere."""
        while self._known < len(self._table.log):
            self._follow()
            for seat, command in tuple(self._due()):
                self._table.ask(command, Actor(Role.PLAYER, seat), now_ms)

    def _follow(self) -> None:
        new = self._table.log[self._known :]
        self._known = len(self._table.log)
        self._bot_runner.follow(lambda: self._table.log, new, self._table.position)

    def _due(self) -> Iterator:
        yield from self._bot_runner.due_words(self._table.position)
        yield from self._bot_runner.due_orders(self._table.position)


def branched(trunk: Table, name: str, cut: int, seed: int, length: int) -> Table:
    """Let a trunk's first events go on in a branch, seated as the trunk is now."""
    now_ms = trunk.log[-1].at_ms + 5_000
    branch = Table(trunk.log[:cut], known_in(trunk.log[:cut], trunk.names))
    luck = f"luck {seed}" if trunk.position.is_over else None
    branch.ask(commands.BranchMatch(name, cut, luck), THE_CLOCK, now_ms)
    trunk.ask(commands.SupersedeMatch(f"{name}_branch"), THE_FACILITATOR, now_ms)
    begun, now = named(branch.position, branch.names), named(trunk.position, trunk.names)
    for command, actor in carry_over(begun, now):
        branch.ask(command, actor, now_ms)
    branch.ask(commands.ResumeMatch(), THE_FACILITATOR, now_ms + 60_000)
    go_on(branch, random.Random(seed), now_ms + 60_000, length, Bots(branch), 0.9)
    return branch


def openings(table: Table) -> list[int]:
    """Give the places of the commands that opened phases of rounds."""
    return [
        start
        for start, end in pairwise((*table.starts, len(table.log)))
        if any(isinstance(x, events.PhaseOpened) and x.round for x in table.log[start:end])
    ]
