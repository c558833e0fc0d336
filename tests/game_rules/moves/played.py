"""A match of bots in which moves are made, and rounds played."""

from dataclasses import replace
from typing import Any

from game_rules import RULES_VERSION
from game_rules.games.stage_games import C, collective
from game_rules.log import events as e
from game_rules.match import commands as c
from game_rules.roles import Actor, Role, Seat
from game_rules.scenario.moves import SECOND_MOVES, Move, MoveKind, MoveRules
from game_rules.scenario.pacts import Binding, PactTerms, Pledge
from game_rules.scenario.scenario import Domain, PhaseSeconds
from tests.game_rules.scenes import CHN, JPN, PHL, TERMS, Table, a_tense_scenario, an_arena

ROUNDS = PhaseSeconds(briefing=0, negotiation=30, decision=20, reveal=0)


TREATY = replace(an_arena("treaty", (JPN, PHL), collective((1, 1), TERMS)), exclusive=0.2)


OPEN = replace(an_arena("trade", (CHN, JPN), collective((1, 1), TERMS)), domain=Domain.ECONOMIC)

MOVES = {1: MoveRules(), 2: SECOND_MOVES}
"""The numbers of moves by rules version, where a scenario gives none."""


def a_table(version: int = RULES_VERSION, tension: float = 0.0, **changes: Any) -> Table:
    """A match of three bots in the decision of round 1, with a treaty and a trade forum.

    tension: of the rivals at the start, whichever rules are played.
    """
    rules = {"moves": MOVES[version], "seconds": ROUNDS, "rounds": 9}
    plain = a_tense_scenario(tension, **{**rules, **changes})
    arenas = changes.get("arenas", (*plain.arenas, TREATY, OPEN))
    return Table(replace(plain, arenas=arenas), version=version).bots(CHN, JPN, PHL).start()


def move(table: Table, seat: Seat, kind: str, *about: Any) -> tuple[e.Event, ...]:
    """Make a move for a seat."""
    made = Move(MoveKind(kind), *about)
    return table.do(c.MakeMove(table.position.round, made), Actor(Role.PLAYER, seat))


def play(table: Table, **played: str) -> e.RoundResolved:
    """Give the bots' orders, which ends the round: letters in member order, else all C."""
    number = table.position.round
    for seat in table.position.scenario.seats:
        actions = {
            arena.name: played.get(arena.name, "C" * 9)[arena.member(seat)]
            for arena in table.position.arenas_of(seat)
        }
        table.order(seat, False, **actions)
    assert len(table.position.history) == number
    return table.position.history[-1]


def arena(table: Table, name: str):
    """Give an arena as it is in force."""
    return next(each for each in table.position.arenas if each.name == name)


# --- joint exercise: b + 1 in an exclusive arena, tension + 0.1 unless the rival is invited -----


def tension(table: Table) -> float:
    (pair,) = table.position.standing.rivals
    return pair.tension


# --- link: a breach in one arena counts in the other --------------------------------------------


def with_treaties(table: Table, binding: Binding = Binding.TREATY, **conditional: bool) -> None:
    """Let CHN and JPN pledge C in trade, and JPN and CHN another pact in the forum."""
    for name in ("trade", "forum"):
        pledges = tuple(Pledge(seat, name, C) for seat in (CHN, JPN))
        terms = PactTerms((CHN, JPN), pledges, (), 9, binding, 0.0, conditional.get(name, False))
        table.do(c.Propose(1, terms), Actor(Role.PLAYER, CHN))
        number = table.position.proposals[-1].number
        table.do(c.AnswerProposal(1, number, True), Actor(Role.PLAYER, JPN))
