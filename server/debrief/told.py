"""The debrief in the form in which it goes to the browser: all words said, with their evidence."""

from dataclasses import dataclass

from game_rules.debrief.debrief import Debrief
from game_rules.debrief.remarks import Exhibit, Plan, Remark, Section
from server.debrief.words import SentencePiece, Words


@dataclass(frozen=True, slots=True)
class ToldSentence:
    """A sentence in pieces. evidence: the addresses of the rows that hold its numbers."""

    pieces: tuple[SentencePiece, ...]
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ToldPart:
    """A part of the debrief: its name for programs, its heading, its sentences."""

    name: str
    title: str
    sentences: tuple[ToldSentence, ...]


@dataclass(frozen=True, slots=True)
class ToldCell:
    """A cell of a table."""

    text: str
    is_number: bool


@dataclass(frozen=True, slots=True)
class ToldRow:
    """A row of a table. id: its address."""

    id: str
    cells: tuple[ToldCell, ...]


@dataclass(frozen=True, slots=True)
class ToldTable:
    """A table of evidence. note: what a reader has to know of its columns; empty for most."""

    name: str
    title: str
    note: str
    columns: tuple[str, ...]
    rows: tuple[ToldRow, ...]


@dataclass(frozen=True, slots=True)
class ToldStep:
    """A step of a plan, with the time that it takes."""

    time: str
    text: str
    part: str


@dataclass(frozen=True, slots=True)
class ToldPlan:
    """A plan for a class."""

    title: str
    steps: tuple[ToldStep, ...]


@dataclass(frozen=True, slots=True)
class DebriefFound:
    """A debrief. page: the same, as one HTML file to save or print."""

    title: str
    parts: tuple[ToldPart, ...]
    plans: tuple[ToldPlan, ...]
    tables: tuple[ToldTable, ...]
    page: str


def debrief_told(debrief: Debrief, language: str, page: str) -> DebriefFound:
    """Say a debrief in a language. page: its HTML file."""
    words = Words(language, debrief.scenario, debrief.arenas)
    return DebriefFound(
        words.say("title", scenario=words.title),
        tuple(_part(each, words) for each in debrief.sections if each.remarks),
        tuple(_plan(each, words) for each in debrief.plans),
        tuple(_table(each, words) for each in debrief.exhibits),
        page,
    )


def _part(section: Section, words: Words) -> ToldPart:
    sentences = tuple(_sentence(each, words) for each in section.remarks)
    return ToldPart(section.name, words.say(f"section.{section.name}"), sentences)


def _sentence(remark: Remark, words: Words) -> ToldSentence:
    return ToldSentence(tuple(words.sentence(remark)), remark.evidence)


def _plan(plan: Plan, words: Words) -> ToldPlan:
    steps = tuple(
        ToldStep(
            words.say("step", minutes=str(step.minutes)),
            words.say(f"plan.{step.kind}"),
            step.section,
        )
        for step in plan.steps
    )
    return ToldPlan(words.say("plan", minutes=str(plan.minutes)), steps)


def _table(exhibit: Exhibit, words: Words) -> ToldTable:
    rows = (
        ToldRow(row.id, tuple(ToldCell(words.value(x), x.is_number) for x in row.cells))
        for row in exhibit.rows
    )
    columns = tuple(words.say(f"column.{name}") for name in exhibit.columns)
    note = words.note(exhibit.name)
    return ToldTable(exhibit.name, words.say(f"exhibit.{exhibit.name}"), note, columns, tuple(rows))
