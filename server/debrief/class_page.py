"""The debrief of a class as one HTML file, in the form of that of a match."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from html import escape

from game_rules.debrief.classes import ClassDebrief
from game_rules.debrief.remarks import table
from game_rules.log.position import Holder
from game_rules.roles import Seat
from server.debrief.charts import curves_drawn, forecasts_drawn
from server.debrief.sheet import chart_parts, document, exhibit_parts, section_parts, told_in
from server.debrief.words import Words


@dataclass(frozen=True, slots=True)
class SeatedAt:
    """Who held the seats of a table. number: of the table."""

    number: int
    holders: Mapping[Seat, Holder]


def write_class_page(
    debrief: ClassDebrief,
    language: str,
    software_version: str,
    seated: Iterable[SeatedAt],
    left_out: int = 0,
    name: str = "",
) -> str:
    """Write the debrief of a class as an HTML file.

    seated: with names; empty for a wall. left_out: tables of the class that it says nothing of.
    name: of the class; empty where it has none.
    """
    words = Words(language, debrief.scenario, debrief.arenas)
    told = {"scenario": words.title}
    title = (
        words.say("class.title.named", name=name, **told)
        if name
        else words.say("class.title", **told)
    )
    head = _head(debrief, words, software_version, seated, left_out)
    return document(words, title, head, _body(debrief, words))


def _head(
    debrief: ClassDebrief, words: Words, software: str, seated: Iterable[SeatedAt], left_out: int
) -> Iterator[str]:
    yield f"<p>{escape(words.say('class.about', tables=str(len(debrief.curves))))}</p>"
    if left_out:
        yield f"<p>{escape(words.say('class.left_out', count=str(left_out)))}</p>"
    yield f'<p class="soft">{escape(words.say("made", software=software))}</p>'
    told = [x for each in seated for x in _people(each, words)]
    if told:
        yield f'<ul class="people">{"".join(f"<li>{escape(x)}</li>" for x in told)}</ul>'


def _people(each: SeatedAt, words: Words) -> Iterator[str]:
    """Name the people of a table; bots are none."""
    for seat, holder in each.holders.items():
        if holder.people:
            names = ", ".join(person.name for person in holder.people)
            at = words.value(table(each.number))
            yield words.say("people.table", table=at, seat=words.seat(seat), names=names)


def _body(debrief: ClassDebrief, words: Words) -> Iterator[str]:
    for section in debrief.sections:
        yield from section_parts(section, words)
    curves = [(words.value(table(number)), path) for number, path in debrief.curves]
    picture = curves_drawn(curves, words.say("chart.class_index"), 100.0)
    charts = [("chart.class_index", picture)]
    forecasts = [x.rows for x in debrief.exhibits if x.name == "class_forecasts"]
    charts += (("chart.class_forecasts", forecasts_drawn(rows, words)) for rows in forecasts)
    yield from chart_parts(charts, words)
    yield from exhibit_parts(debrief.exhibits, told_in(debrief.sections), words)
