"""The parts of a page of a debrief: sentences, tables, and the links between them.

Each sentence is a link to the first row that proves it, and marks lead to the others. Each row
leads back to the parts that tell of it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape
from itertools import groupby

from game_rules.debrief.remarks import Exhibit, Plan, Remark, Row, Section, Value
from server.debrief.style import STYLE
from server.debrief.words import FROM_RIGHT_TO_LEFT, SentencePiece, Words

PROSE = ("verdict", "story", "realism", "liberalism", "constructivism", "class_verdict")
"""Sections that are prose; the others are lists."""

NUMERIC = ' class="number"'

MOST_ACROSS = 12
"""Columns of a table with one row; more are written as rows, to be read without scrolling."""

Told = Mapping[str, Mapping[str, str]]
"""By row: the parts that tell of it, each with the address of its first sentence there."""


def document(words: Words, title: str, head: Iterable[str], body: Iterable[str]) -> str:
    """Write a whole page: it needs no other file, no program and no network."""
    direction = "rtl" if words.language in FROM_RIGHT_TO_LEFT else "ltr"
    return "\n".join(
        (
            "<!doctype html>",
            f'<html lang="{words.language}" dir="{direction}">',
            f'<head><meta charset="utf-8"><title>{escape(title)}</title>',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<style>{STYLE}</style></head>",
            f"<body><main><header><h1>{escape(title)}</h1>",
            *head,
            "</header>",
            *body,
            "</main></body></html>",
            "",
        )
    )


def told_in(sections: Sequence[Section]) -> Told:
    """Find where each row is told of."""
    found: dict[str, dict[str, str]] = {}
    for section in sections:
        for place, remark in enumerate(section.remarks, 1):
            for row in remark.evidence:
                found.setdefault(row, {}).setdefault(section.name, _address(section, place))
    return found


def _address(section: Section, place: int) -> str:
    return f"said-{section.name}-{place}"


def section_parts(section: Section, words: Words) -> Iterator[str]:
    """Write a section, in prose or as a list; nothing of an empty one."""
    if not section.remarks:
        return
    yield f'<section id="{section.name}"><h2>{escape(words.say(f"section.{section.name}"))}</h2>'
    every = [
        (remark, _sentence(remark, _address(section, place), words))
        for place, remark in enumerate(section.remarks, 1)
    ]
    if section.name in PROSE:
        yield f"<p>{' '.join(text for _, text in every)}</p></section>"
        return
    grouped = groupby(every, key=lambda each: each[0].evidence)
    items = (f"<li>{' '.join(text for _, text in about)}</li>" for _, about in grouped)
    yield f"<ul>{''.join(items)}</ul></section>"


def _sentence(remark: Remark, address: str, words: Words) -> str:
    """Write a sentence as a link to its evidence, with marks for further evidence."""
    text = "".join(
        _isolated(piece) if piece.is_value else escape(piece.text)
        for piece in words.sentence(remark)
    )
    first, *others = (f"#{escape(row)}" for row in remark.evidence)
    marks = "".join(
        f' <a class="mark" href="{row}" aria-label="{_label(words, number)}">[{number}]</a>'
        for number, row in enumerate(others, 2)
    )
    return f'<span class="remark" id="{address}"><a href="{first}">{text}</a>{marks}</span>'


def _isolated(piece: SentencePiece) -> str:
    """Set a value apart from the direction of the sentence; figures run from left to right."""
    direction = ' dir="ltr"' if piece.is_number else ""
    return f"<bdi{direction}>{escape(piece.text)}</bdi>"


def _label(words: Words, number: int) -> str:
    return escape(words.say("evidence", number=str(number)))


def plan_parts(plans: Sequence[Plan], words: Words) -> Iterator[str]:
    """Write the plans for a class."""
    yield f'<section id="plans"><h2>{escape(words.say("plans"))}</h2><div class="plans">'
    for plan in plans:
        yield f"<div><h3>{escape(words.say('plan', minutes=str(plan.minutes)))}</h3><ol>"
        for step in plan.steps:
            minutes = escape(words.say("step", minutes=str(step.minutes)))
            text = escape(words.say(f"plan.{step.kind}"))
            yield f'<li><b>{minutes}</b> <a href="#{step.section}">{text}</a></li>'
        yield "</ol></div>"
    yield "</div></section>"


def chart_parts(charts: Iterable[tuple[str, str]], words: Words) -> Iterator[str]:
    """Write the charts, each with its title. charts: the key of each title, and its picture."""
    yield f'<section id="charts"><h2>{escape(words.say("charts"))}</h2>'
    for key, picture in charts:
        caption = f"<figcaption>{escape(words.say(key))}</figcaption>"
        yield f'<figure id="{key.replace(".", "-")}">{caption}{picture}</figure>'
    yield "</section>"


def exhibit_parts(exhibits: Sequence[Exhibit], told: Told, words: Words) -> Iterator[str]:
    """Write the tables of evidence, each row with the way back to where it is told of."""
    yield f'<section id="exhibits"><h2>{escape(words.say("exhibits"))}</h2>'
    for each in exhibits:
        yield f'<div class="exhibit" id="exhibit-{each.name}">'
        yield f"<h3>{escape(words.say(f'exhibit.{each.name}'))}</h3>"
        if note := words.note(each.name):
            yield f'<p class="soft">{escape(note)}</p>'
        yield '<div class="wide" tabindex="0"><table>'
        yield from _table(each, told, words)
        yield "</table></div></div>"
    yield "</section>"


def _table(exhibit: Exhibit, told: Told, words: Words) -> Iterator[str]:
    heads = [escape(words.say(f"column.{name}")) for name in exhibit.columns]
    is_told = any(row.id in told for row in exhibit.rows)
    back = escape(words.say("back"))
    if len(exhibit.rows) == 1 and len(heads) > MOST_ACROSS:
        yield from _downwards(heads, back, exhibit.rows[0], told, words)
        return
    cells = "".join(f'<th scope="col">{head}</th>' for head in heads)
    last = f'<th scope="col" class="back">{back}</th>' if is_told else ""
    yield f"<thead><tr>{cells}{last}</tr></thead><tbody>"
    for row in exhibit.rows:
        yield _row(row, told.get(row.id, {}) if is_told else None, words)
    yield "</tbody>"


def _downwards(
    heads: Iterable[str], back: str, row: Row, told: Told, words: Words
) -> Iterator[str]:
    """Write a row with each cell on a line of its own, beside the name of its column."""
    yield f'<tbody class="downwards" id="{escape(row.id)}">'
    for head, cell in zip(heads, row.cells, strict=True):
        yield f'<tr><th scope="row">{head}</th>{_cell(cell, words)}</tr>'
    if row.id in told:
        yield f'<tr><th scope="row" class="back">{back}</th>{_back_cell(told[row.id], words)}</tr>'
    yield "</tbody>"


def _row(row: Row, told: Mapping[str, str] | None, words: Words) -> str:
    cells = "".join(_cell(cell, words) for cell in row.cells)
    back = "" if told is None else _back_cell(told, words)
    return f'<tr id="{escape(row.id)}">{cells}{back}</tr>'


def _cell(cell: Value, words: Words) -> str:
    return f"<td{NUMERIC if cell.is_number else ''}>{escape(words.value(cell))}</td>"


def _back_cell(told: Mapping[str, str], words: Words) -> str:
    """Link to the parts that tell of a row."""
    links = (
        f'<a href="#{address}">{escape(words.say(f"section.{name}"))}</a>'
        for name, address in told.items()
    )
    return f'<td class="back">{words.say("list.comma").join(links)}</td>'
