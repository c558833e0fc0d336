"""Answers questions about matches that have ended, in a process beside the server.

A question is a few pieces of work, done one after the other in one process of low priority; pieces
of several questions take turns. What is asked while it is worked out, or soon after, is given the
same answer. So a class that opens the moments of its match costs no more than one reader.
"""

import asyncio
import contextlib
from collections import OrderedDict
from collections.abc import Callable, Coroutine, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from typing import Any

from game_rules.continuations.averages import USUAL_RUNS
from game_rules.continuations.choices import JudgedChoice
from game_rules.debrief.debrief import SeatBeside
from game_rules.log.events import EventTuple
from game_rules.log.people import Names
from server.analysis import questions
from server.analysis.questions import RUNS, Source, Unanswered
from server.engines import POLITE, Engine, processes

MOST_OF_ONE, MOST_AT_ONCE, MOST_KEPT = 2, 32, 256
MOST_KEPT_LETTERS = 32 * 1024 * 1024
"""Questions in work: of one who asks, and of all; answers that are remembered, and their size."""
LONGEST_S = 180.0
"""Of work for one question."""
FORGOTTEN_S = 30.0
"""After so long nobody waits any more, and the rest of the work is left."""
WAIT_S = 2.0
"""After so long, who asks is told how far it is."""
PIECE = 10
"""Runs of a forecast or an average that are played at a time."""
MOST_DEATHS = 2


class TooManyQuestions(Exception):
    """One who asks, or all together, have too many questions in work."""


class QuestionRefused(Exception):
    """A question that has no answer. code: for programs."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a question is: pieces done, of all. answer: JSON, once it is there."""

    done: int
    of: int
    answer: str | None


class Working:
    """A question in work. asker: who asked first; asked_at: when somebody asked last."""

    def __init__(self, asker: str, do: Callable[..., Coroutine[Any, Any, Any]]) -> None:
        self.asker, self._do = asker, do
        self.done, self.of = 0, 1
        self.spent_s = 0.0
        self.asked_at = 0.0
        self.task: asyncio.Task[str | QuestionRefused]

    @property
    def answer(self) -> str:
        """The answer, once it is there; nothing where it was refused or given up."""
        if self.task.cancelled():
            return ""
        found = self.task.result()
        return "" if isinstance(found, QuestionRefused) else found

    async def piece(self, question: Callable[..., Any], *about: Any) -> Any:
        """Do a piece of the work. Raises QuestionRefused."""
        given = await self._do(self, question, *about)
        self.done += 1
        if isinstance(given, Unanswered):
            raise QuestionRefused(given.code, given.message)
        return given


Work = Callable[[Working], Coroutine[Any, Any, str]]


class Analyses:
    """Asks the questions of `questions`. wait_s: after so long, who asks is told how far it is."""

    def __init__(self, engine: Engine | None = None, wait_s: float = WAIT_S) -> None:
        self._engine, self.wait_s = engine or processes(1, POLITE), wait_s
        self._open = contextlib.ExitStack()
        self._executor: Executor | None = None
        self._turn = asyncio.Lock()
        self._asked: OrderedDict[tuple, Working] = OrderedDict()

    async def moments(self, source: Source, asker: str) -> Progress:
        """Find the moments of a match: a `MomentsFound`."""

        async def work(working: Working) -> str:
            every = await _weighed(working, source)
            return await working.piece(questions.found_moments, source, every)

        return await self._ask(("moments", source.key), asker, work)

    async def debrief(
        self,
        source: Source,
        language: str,
        names: Names | None,
        beside: tuple[SeatBeside, ...],
        asker: str,
    ) -> Progress:
        """Write the debrief of a match: a `DebriefFound`. names: None leaves them out."""

        async def work(working: Working) -> str:
            every = await _weighed(working, source)
            about = every, language, names, beside
            return await working.piece(questions.found_debrief, source, *about)

        called = None if names is None else frozenset(names.items())
        return await self._ask(("debrief", source.key, language, called, beside), asker, work)

    async def what_if(
        self, source: Source, number: int, seat: str, arena: str, asker: str
    ) -> Progress:
        """Change one choice of a match: a `WhatIfFound`."""

        async def work(working: Working) -> str:
            return await working.piece(questions.what_if, source, number, seat, arena)

        return await self._ask(("what_if", source.key, number, seat, arena), asker, work)

    async def average(
        self, source: Source, number: int, seat: str, arena: str, asker: str
    ) -> Progress:
        """Weigh one choice of a match under other luck: an `Averaged`."""
        about = number, seat, arena

        async def work(working: Working) -> str:
            pieces = _pieces(USUAL_RUNS)
            working.of = len(pieces) + 1
            runs: tuple = ()
            for piece in pieces:
                runs += await working.piece(questions.runs_of_choice, source, *about, *piece)
            return await working.piece(questions.found_average, runs)

        return await self._ask(("average", source.key, *about), asker, work)

    async def forecast(self, source: Source, number: int, asker: str) -> Progress:
        """Forecast a match from a round: a `ForecastFound`."""

        async def work(working: Working) -> str:
            pieces = _pieces(RUNS)
            working.of = len(pieces) + 1
            runs: tuple = ()
            for piece in pieces:
                runs += await working.piece(questions.runs_of, source, number, *piece)
            return await working.piece(questions.found_forecast, source, number, runs)

        return await self._ask(("forecast", source.key, number), asker, work)

    async def cut(self, source: Source, number: int, asker: str) -> Progress:
        """Find where a round of a match begins: a `Cut`."""

        async def work(working: Working) -> str:
            return await working.piece(questions.found_cut, source, number)

        return await self._ask(("cut", source.key, number), asker, work)

    async def beside(self, source: Source, model: EventTuple, key: str, asker: str) -> Progress:
        """Compare a match with a model of it: a `BesideFound`. key: what the model is known by."""

        async def work(working: Working) -> str:
            return await working.piece(questions.found_beside, source, model)

        return await self._ask(("beside", source.key, key), asker, work)

    async def log_seen(self, source: Source, view: str, asker: str) -> Progress:
        """Read a record as somebody saw its match: a `Log`."""

        async def work(working: Working) -> str:
            return await working.piece(questions.log_seen, source, view)

        return await self._ask(("log", source.key, view), asker, work)

    async def record_of(self, source: Source, asker: str) -> Progress:
        """Play a text in notation: a record."""

        async def work(working: Working) -> str:
            return await working.piece(questions.record_of, source)

        return await self._ask(("notation", source.key), asker, work)

    async def of_parts(
        self,
        about: tuple,
        parts: Sequence[Callable[[], Any]],
        whole: Callable[[tuple], str],
        asker: str,
    ) -> Progress:
        """Do some parts, one piece each, and make an answer of what they give.

        about: says all that the answer depends on. Parts and whole go to the other process, so they
        can be pickled. For questions of modules that this one does not know.
        """

        async def work(working: Working) -> str:
            working.of = len(parts) + 1
            found = [await working.piece(part) for part in parts]
            return await working.piece(whole, tuple(found))

        return await self._ask(about, asker, work)

    async def close(self) -> None:
        """Give up what is in work."""
        tasks = [working.task for working in self._asked.values()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await asyncio.to_thread(self._open.close)

    async def _ask(self, about: tuple, asker: str, work: Work) -> Progress:
        """Wait a while for an answer. Raises QuestionRefused, or TooManyQuestions."""
        working = self._asked.get(about)
        if working is None:
            working = self._begin(about, asker, work)
        self._asked.move_to_end(about)
        working.asked_at = asyncio.get_running_loop().time()
        await asyncio.wait({working.task}, timeout=self.wait_s)
        if not working.task.done():
            return Progress(working.done, working.of, None)
        answer = working.task.result()
        if isinstance(answer, QuestionRefused):
            self._asked.pop(about, None)
            raise answer
        return Progress(working.of, working.of, answer)

    def _begin(self, about: tuple, asker: str, work: Work) -> Working:
        in_work = [each for each in self._asked.values() if not each.task.done()]
        if len(in_work) >= MOST_AT_ONCE:
            raise TooManyQuestions(f"{MOST_AT_ONCE} questions are in work; ask again in a minute")
        if sum(each.asker == asker for each in in_work) >= MOST_OF_ONE:
            message = f"{MOST_OF_ONE} questions of yours are in work; wait for an answer"
            raise TooManyQuestions(message)
        working = self._asked[about] = Working(asker, self._piece)
        working.task = asyncio.create_task(_settled(work(working)))
        self._forget()
        return working

    def _forget(self) -> None:
        """Forget the answers that were asked for longest ago, beyond a number and a size."""
        kept = letters = 0
        for key, each in reversed(list(self._asked.items())):
            if each.task.done():
                kept += 1
                letters += len(each.answer)
                if kept > MOST_KEPT or letters > MOST_KEPT_LETTERS:
                    del self._asked[key]

    async def _piece(self, working: Working, question: Callable[..., Any], *about: Any) -> Any:
        """Do a piece of work when it is its turn. Raises QuestionRefused."""
        async with self._turn:
            began = asyncio.get_running_loop().time()
            if began - working.asked_at > FORGOTTEN_S:
                raise QuestionRefused("given_up", "nobody waited for the answer; ask again")
            if working.spent_s > LONGEST_S:
                limit = f"the answer takes more than {LONGEST_S:.0f} s of work"
                raise QuestionRefused("too_long", f"{limit}; use the command detente")
            given = await self._done(question, *about)
            working.spent_s += asyncio.get_running_loop().time() - began
            return given

    async def _done(self, question: Callable[..., Any], *about: Any) -> Any:
        """Do a piece of work in the other process; once more if it died."""
        for _ in range(MOST_DEATHS):
            if self._executor is None:
                self._executor = self._open.enter_context(self._engine.open())
            future = self._executor.submit(questions.answered, question, *about)
            try:
                return await asyncio.wrap_future(future)
            except self._engine.deaths:
                self._executor = None
                await asyncio.to_thread(self._open.close)
        raise QuestionRefused("too_long", "the work died twice; the match is too large for here")


def _pieces(runs: int) -> list[tuple[int, int]]:
    """Cut so many runs into pieces: the numbers of the first and the last run of each."""
    return [(start, min(runs, start + PIECE - 1)) for start in range(1, runs + 1, PIECE)]


async def _weighed(working: Working, source: Source) -> tuple[JudgedChoice, ...]:
    """Weigh every choice of a match, a round at a time."""
    rounds = await working.piece(questions.rounds_of, source)
    working.of = rounds + 2
    every: tuple[JudgedChoice, ...] = ()
    for number in range(1, rounds + 1):
        every += await working.piece(questions.choices_in, source, number)
    return every


async def _settled(work: Coroutine[Any, Any, str]) -> str | QuestionRefused:
    """Keep a refusal for whoever comes back for it; perhaps nobody does."""
    try:
        return await work
    except QuestionRefused as refused:
        return refused
