"""`detente debrief` writes one HTML file."""

import asyncio
from pathlib import Path

from sqlmodel import Session

from server.cli.match import debrief
from server.database import store_for
from server.debrief.words import LANGUAGES
from server.store.tables import MatchRow, SeminarMatchRow, SeminarRow
from tests.server.cli.conftest import Run

PLAYED = "detente-notation/1\nscenario: chicken\n1. ROW C; COLUMN D\n2. | ROW C; COLUMN C"
TEXT = f"{PLAYED} | facilitator end_match\nend:\n"


def test_the_debrief_is_written_to_a_file_or_the_screen(detente: Run) -> None:
    Path("match.txt").write_text(TEXT)
    detente("debrief", "match.txt", "--output", "debrief.html")
    page = Path("debrief.html").read_text("utf-8")
    assert page.startswith('<!doctype html>\n<html lang="en" dir="ltr">')
    assert detente("debrief", "match.txt").out == page


def test_the_language_is_chosen_and_names_are_left_out(detente: Run) -> None:
    Path("match.txt").write_text(
        TEXT.replace("1. ", "lobby: ROW plays bully; COLUMN held by p1\n1. ", 1)
    )
    page = detente("debrief", "match.txt", "--language", "ur").out
    assert '<html lang="ur" dir="rtl">' in page
    assert 'class="people"' in page
    assert 'class="people"' not in detente("debrief", "match.txt", "--without-names").out


def test_an_unknown_language_is_refused(detente: Run) -> None:
    Path("match.txt").write_text(TEXT)
    ran = detente("debrief", "match.txt", "--language", "fr")
    assert (ran.code, ran.err.count("\n")) == (2, 1)
    assert "--language: 'fr' is unknown; known: en, ur" in ran.err


def test_a_match_without_a_round_is_refused(detente: Run) -> None:
    Path("match.txt").write_text("detente-notation/1\nscenario: chicken\nlobby:\n")
    ran = detente("debrief", "match.txt")
    assert (ran.code, ran.err.count("\n")) == (2, 1)
    assert "no round was resolved" in ran.err


def test_an_unfinished_match_is_refused_with_the_remedy(detente: Run) -> None:
    Path("match.txt").write_text(PLAYED)
    ran = detente("debrief", "match.txt", "--output", "debrief.html")
    assert (ran.code, ran.err.count("\n")) == (2, 1)
    assert "2 of 10 rounds were played; play on, or end it" in ran.err
    assert not Path("debrief.html").exists()


def test_the_languages_of_the_help_are_those_of_the_page() -> None:
    assert debrief.LANGUAGES == LANGUAGES


def test_a_class_is_debriefed_by_its_id_or_its_code(detente: Run, database: str) -> None:
    asyncio.run(make_a_class_of(database, "finished", "running"))
    ran = detente("debrief", "--seminar", "s1", "--database", database, "--output", "class.html")
    assert (ran.code, ran.err) == (0, "detente: 1 match is still being played, and left out\n")
    page = Path("class.html").read_text("utf-8")
    assert "All tables played under one condition" in page
    assert "Talk" in page
    asked = ("--database", database, "--language", "ur", "--without-names")
    assert 'dir="rtl"' in detente("debrief", "--seminar", "abcd ef12", *asked).out
    unknown = detente("debrief", "--seminar", "s2", "--database", database)
    assert (unknown.code, unknown.err.count("\n")) == (2, 1)


def test_a_class_without_a_debrief_is_refused_with_the_reason(detente: Run, database: str) -> None:
    asyncio.run(make_a_class_of(database, "running"))
    ran = detente("debrief", "--seminar", "s1", "--database", database)
    assert (ran.code, ran.err.count("\n")) == (2, 1)
    assert "no match has ended" in ran.err


def test_a_match_or_a_class_is_debriefed_and_not_both(detente: Run) -> None:
    for asked in ((), ("match.txt", "--seminar", "s1")):
        ran = detente("debrief", *asked)
        assert (ran.code, ran.err.count("\n")) == (2, 1)
        assert "give a match, or --seminar" in ran.err


async def make_a_class_of(url: str, *names: str) -> None:
    """Make a class of matches that are stored."""

    def enter(session: Session) -> None:
        what = "south_china_sea"
        about = {"name": "Class", "seed": "7", "bot": "grudger", "treatments": "[]"}
        session.add(SeminarRow(id="s1", code="ABCD-EF12", scenario=what, created_at_ms=1, **about))
        for x in names:
            phase = "debrief" if x == "finished" else "decision"
            row = MatchRow(
                id=x, code=x, title="", rounds=8, phase=phase, scenario=what, created_at_ms=1
            )
            session.add(row)
        session.flush()
        for number, match in enumerate(names, 1):
            session.add(
                SeminarMatchRow(match_id=match, seminar_id="s1", number=number, treatment="Talk")
            )

    store = store_for(url)
    await store.open()
    await store.change(enter)
    await store.close()
