"""The debrief of a match as one HTML file: it needs no other file, no program and no network."""

from collections.abc import Iterator, Mapping
from html import escape

from game_rules.debrief.debrief import Debrief
from game_rules.log.position import Holder
from game_rules.roles import Seat
from server.debrief.charts import charts_of
from server.debrief.sheet import (
    chart_parts,
    document,
    exhibit_parts,
    plan_parts,
    section_parts,
    told_in,
)
from server.debrief.words import Words

Holders = Mapping[Seat, Holder]
"""Who sits where, with names; empty for a wall, or a paper that is handed on."""


def write_page(debrief: Debrief, language: str, software_version: str, holders: Holders) -> str:
    """Write a debrief as an HTML file."""
    words = Words(language, debrief.scenario, debrief.arenas)
    title = words.say("title", scenario=words.title)
    head = _head(debrief, words, software_version, holders)
    return document(words, title, head, _body(debrief, words))


def _body(debrief: Debrief, words: Words) -> Iterator[str]:
    for section in debrief.sections:
        yield from section_parts(section, words)
    yield from plan_parts(debrief.plans, words)
    exhibits = {each.name: each for each in debrief.exhibits}
    yield from chart_parts(charts_of(exhibits, words), words)
    yield from exhibit_parts(debrief.exhibits, told_in(debrief.sections), words)


def _head(debrief: Debrief, words: Words, software: str, holders: Holders) -> Iterator[str]:
    if debrief.model is not None:
        model = words.say("model", round=str(debrief.model.round), trunk=debrief.model.trunk)
        yield f'<p class="model"><strong>{escape(model)}</strong></p>'
    version = str(debrief.rules_version)
    yield f"<p>{escape(words.say('about', seed=debrief.seed, version=version))}</p>"
    yield f'<p class="soft">{escape(words.say("made", software=software))}</p>'
    if holders:
        told = (
            words.say("people", seat=words.seat(seat), names=_names(holder, words))
            for seat, holder in holders.items()
        )
        yield f'<ul class="people">{"".join(f"<li>{escape(x)}</li>" for x in told)}</ul>'


def _names(holder: Holder, words: Words) -> str:
    if holder.strategy is not None:
        return words.say("bot", name=words.strategy(holder.strategy))
    return ", ".join(person.name for person in holder.people)
