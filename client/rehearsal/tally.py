"""Measurements of a rehearsal: delays, problems, and a verdict in words."""

import asyncio
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

READY_WITHIN_MS, SLOW_WITHIN_MS = 150.0, 1000.0
"""Limits for 95 of 100 reveals: not noticeable, and noticeable but acceptable (assumptions)."""
MOST_PROBLEMS = 5


@dataclass(frozen=True, slots=True)
class Spread:
    """The distribution of a delay, in milliseconds; all None without measurements."""

    count: int
    p50: float | None
    p95: float | None
    p99: float | None
    most: float | None


def spread(values: Sequence[float]) -> Spread:
    """Sum up measured times by their nearest ranks.

    >>> spread([3.0, 1.0, 2.0]).p50, spread([]).p95
    (2.0, None)
    """
    if not values:
        return Spread(0, None, None, None, None)
    ordered = sorted(values)
    ranks = (ordered[-(-len(ordered) * percent // 100) - 1] for percent in (50, 95, 99))
    return Spread(len(ordered), *ranks, ordered[-1])


@dataclass(slots=True)
class Tally:
    """All measurements of a rehearsal. Times in seconds on one clock.

    A reveal is timed from the last choice of its match, and only if everyone chose: a reveal at a
    deadline answers no choice.
    """

    came: int = 0
    placed: int = 0
    matches: set[str] = field(default_factory=set)
    finished: int = 0
    answers_ms: list[float] = field(default_factory=list)
    reveals_ms: list[float] = field(default_factory=list)
    rounds: set[tuple[str, int]] = field(default_factory=set)
    problems: list[str] = field(default_factory=list)
    refusals: Counter[str] = field(default_factory=Counter)
    lost_lines: int = 0
    _news: asyncio.Event = field(default_factory=asyncio.Event)
    _choices: dict[tuple[str, int], dict[str, float]] = field(
        default_factory=lambda: defaultdict(dict)
    )

    def note_place(self, match: str) -> None:
        """Note the match of a participant."""
        self.placed += 1
        self.matches.add(match)
        self._news.set()

    async def all_placed(self, bots: int) -> None:
        """Wait until this many bots have a match."""
        while self.placed < bots:
            await self._news.wait()
            self._news.clear()

    def note_choice(self, match: str, number: int, person: str, at_s: float) -> None:
        """Note the time at which a participant sent a choice."""
        self._choices[match, number][person] = at_s

    def note_reveal(self, match: str, number: int, people: frozenset[str], at_s: float) -> None:
        """Note the time of a round's reveal. people: those whose choices it waited for."""
        self.rounds.add((match, number))
        chosen = self._choices[match, number]
        if people and people <= chosen.keys():
            last_s = max(chosen[person] for person in people)
            self.reveals_ms.append((at_s - last_s) * 1000)

    def note_problem(self, problem: str) -> None:
        """Note a problem."""
        self.problems.append(problem)


@dataclass(frozen=True, slots=True)
class Report:
    """The result of a rehearsal."""

    bots: int
    took_s: float
    tally: Tally

    @property
    def is_good(self) -> bool:
        """Tell whether the server is ready for a class."""
        tally = self.tally
        is_whole = tally.finished == self.bots and tally.rounds != set() and not tally.problems
        reveal = spread(tally.reveals_ms).p95
        return is_whole and reveal is not None and reveal < READY_WITHIN_MS

    @property
    def verdict(self) -> str:
        """Say in a sentence whether the server is ready for a class."""
        tally, reveals = self.tally, spread(self.tally.reveals_ms)
        if tally.problems:
            return f"Not ready: failures: {len(tally.problems)}, the first: {tally.problems[0]}"
        if tally.finished < self.bots or not tally.rounds:
            missing = self.bots - tally.finished
            return f"Not ready: {missing} of {self.bots} bots did not get to the end"
        if reveals.p95 is None:
            return "Not known: every round ended by its deadline or by hand; let the bots choose"
        pace = f"95 of 100 reveals came within {reveals.p95:.0f} ms of the last choice"
        if reveals.p95 < READY_WITHIN_MS:
            return f"Ready for class: nothing failed, all played to the end; {pace}"
        if reveals.p95 < SLOW_WITHIN_MS:
            return f"Playable, but it will be felt: {pace}; use a faster machine or fewer people"
        return f"Too slow for this class: {pace}; use a faster machine or fewer people"

    def to_json(self) -> dict[str, Any]:
        """Write everything as one JSON document."""
        tally = self.tally
        return {
            "bots": self.bots,
            "matches": len(tally.matches),
            "rounds": len(tally.rounds),
            "finished": tally.finished,
            "took_s": round(self.took_s, 3),
            "choice_to_answer_ms": _written(spread(tally.answers_ms)),
            "choice_to_reveal_ms": _written(spread(tally.reveals_ms)),
            "lost_lines": tally.lost_lines,
            "refusals": dict(tally.refusals),
            "problems": tally.problems,
            "is_good": self.is_good,
            "verdict": self.verdict,
        }


def _written(figures: Spread) -> dict[str, Any]:
    return {
        name: None if value is None else round(value, 3)
        for name, value in (
            ("count", figures.count),
            ("p50", figures.p50),
            ("p95", figures.p95),
            ("p99", figures.p99),
            ("max", figures.most),
        )
    }
