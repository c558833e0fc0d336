"""The debrief of a class: each sentence leads to its numbers, at any number of tables."""

import re
from dataclasses import replace
from functools import cache

import pytest

from game_rules.bots.bot_match import play_bot_match
from game_rules.continuations.trunk import trunk_of
from game_rules.debrief.class_accounts import SeatAt, TableAccount, account_of
from game_rules.debrief.class_exhibits import CLASS_TOTALS
from game_rules.debrief.class_forecasts import ForecastCount
from game_rules.debrief.classes import LEAST_SURE, class_debrief
from game_rules.debrief.course import Course
from game_rules.debrief.debrief import SeatBeside
from game_rules.debrief.exhibits import cells_of
from game_rules.debrief.remarks import Exhibit, Row, count
from game_rules.errors import InvalidInput
from game_rules.games.stage_games import Action, C, D
from game_rules.log.events import Event, ForecastSaved, Phase, PhaseOpened
from game_rules.log.evolve import fold
from game_rules.records.codec import dumps
from game_rules.roles import Seat
from game_rules.scenario_files.scenarios import load_scenario
from server.debrief.class_page import write_class_page
from server.debrief.sheet import exhibit_parts
from server.debrief.words import LANGUAGES, Words
from server.exports.reading import Stored
from server.exports.story import About
from server.seminars.class_debrief import class_page_of
from tests import debrief_example
from tests.golden import matches
from tests.server.debrief.test_page import read, require_sentences

CASTS = (("bully", "tit_for_tat"), ("cooperator", "cooperator"), ("defector", "grudger"))


@cache
def accounts(*conditions: str | None) -> tuple[TableAccount, ...]:
    scenario = load_scenario("chicken")
    found = []
    for number, (cast, condition) in enumerate(zip(CASTS, conditions, strict=False), 1):
        log = play_bot_match(scenario, dict(zip(scenario.seats, cast, strict=True)), str(number))
        found.append(account_of(Course(trunk_of(log)), number, condition))
    return tuple(found)


def beside(*points: float) -> list[SeatAt]:
    mean = sum(points) / len(points)
    return [
        SeatAt(table, SeatBeside(Seat("ROW"), 10, own, mean, own - mean, table, len(points)))
        for table, own in enumerate(points, 1)
    ]


def kinds(tables: tuple[TableAccount, ...], *points: float) -> set[str]:
    debrief = class_debrief(tables, beside(*points) if points else ())
    cells = cells_of(debrief.exhibits)
    for section in debrief.sections:
        assert section.remarks, section.name
        for remark in section.remarks:
            held = [cell for row in remark.evidence for cell in cells[row]]
            said = [value for value in remark.arguments.values() if value.is_number]
            assert [value for value in said if value not in held] == [], remark
    assert len(debrief.sections[-1].remarks) == 3
    return {remark.kind for section in debrief.sections for remark in section.remarks}


def test_tables_are_told_with_their_conditions_and_their_seats():
    told = kinds(accounts("Talk", "Talk", None), 3.0, 9.0, 5.0)
    assert {"class.condition", "class.conditions.few", "class.highest", "class.seat"} <= told
    assert {"ask.class.tables", "ask.class.seat", "ask.class.unbound"} <= told


def test_conditions_of_many_tables_are_compared_without_a_doubt():
    table, *_ = accounts(None)
    conditions = ["In fog"] * LEAST_SURE + ["Clear"] * LEAST_SURE
    many = tuple(replace(table, number=n, condition=c) for n, c in enumerate(conditions, 1))
    assert "class.conditions.few" not in kinds(many)
    assert "class.conditions.few" in kinds(many[1:])


def test_one_table_alone_is_compared_with_none():
    told = kinds(accounts("Talk"))
    assert {"class.conditions.one", "class.seats.none", "ask.class.alone"} <= told
    assert "ask.class.cooperation" in told
    assert not {"class.highest", "class.lowest"} & told


def of_rounds(*counted: int) -> list[SeatAt]:
    every = zip(beside(3.0, 9.0), counted, strict=True)
    return [replace(x, beside=replace(x.beside, rounds=rounds)) for x, rounds in every]


def sentences_of(lengths: tuple[int, int], counted: tuple[int, int]) -> dict[str, str]:
    """Say the sentences that compare a seat, by kind, of tables that played so many rounds."""
    tables = tuple(
        replace(x, rounds=x.rounds[:length])
        for x, length in zip(accounts(None, None), lengths, strict=True)
    )
    debrief = class_debrief(tables, of_rounds(*counted))
    cells = cells_of(debrief.exhibits)
    words = Words("en", debrief.scenario, debrief.arenas)
    found: dict[str, str] = {}
    for remark in (remark for section in debrief.sections for remark in section.remarks):
        held = [cell for row in remark.evidence for cell in cells[row]]
        assert all(x in held for x in remark.arguments.values() if x.is_number), remark
        found[remark.kind] = "".join(piece.text for piece in words.sentence(remark))
    return found


def test_points_of_the_first_rounds_alone_are_said_to_be_of_them():
    told = sentences_of((8, 4), (4, 4))
    assert told["class.seat.first"].startswith("In the first 4 rounds, Row gained most at Table 2")
    assert told["ask.class.seat.first"].startswith("In the first 4 rounds, Row gained 9.0 points")
    assert not {"class.seat", "ask.class.seat"} & told.keys()
    whole = sentences_of((4, 4), (4, 4))
    assert whole["class.seat"].startswith("Row gained most at Table 2, 9.0 points, and least")
    assert "ask.class.seat" in whole


def test_points_of_unequal_rounds_are_said_with_the_rounds_of_each():
    told = sentences_of((8, 4), (8, 4))
    said = (
        "Row gained most at Table 2, 9.0 points in 4 rounds, and least at Table 1, 3.0 points in 8"
    )
    assert told["class.seat.rounds"].startswith(said)
    assert "9.0 points in 4 rounds at Table 2" in told["ask.class.seat.rounds"]


def test_breaches_are_counted_over_all_tables_and_the_worst_is_named():
    table = account_of(debrief_example.course(), 1, None)
    assert table.breaches
    other = replace(table, number=2, breaches=(), counts={**table.counts, "broken": 0})
    told = kinds((table, other))
    assert {"class.pledges", "class.effects", "class.most_broken", "class.worst_breach"} <= told
    assert {"class.conditions.none", "ask.class.breaches"} <= told
    assert "ask.class.kept" in kinds((other,))
    harmless = tuple(replace(x, others=0.0) for x in table.breaches)
    assert "class.worst_breach" not in kinds((replace(table, breaches=harmless),))


def guessed(*guesses: str) -> tuple[TableAccount, ...]:
    """Play Chicken with a cooperator at Column, of whom Row expects one action a round."""
    scenario = load_scenario("chicken")
    cast = dict(zip(scenario.seats, ("tit_for_tat", "cooperator"), strict=True))
    log: list[Event] = []
    rounds = iter(guesses)
    for event in play_bot_match(scenario, cast, "7"):
        log.append(event)
        is_open = isinstance(event, PhaseOpened) and event.phase is Phase.DECISION
        if is_open and (guess := next(rounds, None)) is not None:
            own = {Seat("ROW"): C, Seat("COLUMN"): Action(guess)}
            arena = scenario.arenas[0].name
            log.append(ForecastSaved(event.round, Seat("ROW"), arena, own, event.at_ms))
    course = Course(trunk_of(log))
    return (account_of(course, 1, None), replace(account_of(course, 2, None), forecasts=()))


def test_forecasts_of_a_class_are_held_to_what_came_and_to_the_base_rate():
    tables = guessed("C", "C", "D", "C")
    assert [(x.round, x.expected, x.forecasts, x.right) for x in tables[0].forecasts] == [
        *((1, C, 1, 1), (2, C, 1, 1), (3, D, 1, 0), (4, C, 1, 1))
    ]
    told = {"class.forecasts", "class.forecasts.base", "class.forecasts.of"}
    assert told | {"class.forecasts.unsure"} <= kinds(tables)
    debrief = class_debrief(tables, ())
    (rows,) = (x.rows for x in debrief.exhibits if x.name == "class_forecasts")
    shares = {row.id: row.cells[4].value for row in rows}
    assert (shares["forecasts-all"], shares["forecasts-C"], shares["forecasts-D"]) == (0.75, 1, 0)
    assert len(rows) == 7
    for language in LANGUAGES:
        page = write_class_page(debrief, language, "test", ())
        assert page.count("<figure") == 2
    assert "class.forecasts.none" in kinds(accounts(None))


def test_many_forecasts_that_beat_the_base_rate_are_not_called_unsure():
    rounds = tuple(
        ForecastCount(number, expected, 10, 10) for number in range(1, 6) for expected in (C, D)
    )
    table, *_ = accounts(None)
    told = kinds((replace(table, forecasts=rounds),))
    assert "class.forecasts" in told
    assert "class.forecasts.unsure" not in told
    cooperative = tuple(x for x in rounds if x.expected is C)
    assert "class.forecasts.of" in kinds((replace(table, forecasts=cooperative),))


def test_a_class_without_a_table_is_refused():
    with pytest.raises(InvalidInput, match="no table of this class has a debrief; let a match"):
        class_debrief((), ())


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_sentence_of_a_class_leads_to_its_numbers(language: str):
    table = account_of(debrief_example.course(), 1, "Talk")
    other = replace(table, number=2, condition=None, rounds=table.rounds[:-2])
    seats = [replace(x, beside=replace(x.beside, seat=Seat("VNM"))) for x in beside(4.0, 7.5)]
    page = write_class_page(class_debrief((table, other), seats), language, "1", (), 1)
    reader = read(page)
    require_sentences(reader, 12)
    assert len(set(reader.ids)) == len(reader.ids)
    assert page.count("<polyline") >= 4
    assert page.count('class="people"') == 0


def stored(number: int, name: str) -> Stored:
    log = matches.log_of(name)
    return Stored(About(f"m{number}", "s", None, number), [dumps(x) for x in log], {})


def test_names_are_shown_or_not_and_tables_that_cannot_be_told_are_counted():
    log = matches.log_of("rules2_people_battle_of_the_sexes")
    people = [x.person for holder in fold(log).holders.values() for x in holder.people]
    names = dict.fromkeys(people, "Amna <b>")
    good = Stored(About("m1", "s", None, 1), [dumps(x) for x in log], names)
    damaged = replace(good, about=About("m3", "s", None, 3), texts=["{}"])
    page, left_out = class_page_of([good, stored(2, "bots_chicken"), damaged], "en", has_names=True)
    assert left_out == 2
    assert "Tables left out: 2." in page
    assert "Amna &lt;b&gt;" in page
    hidden, _ = class_page_of([good], "en", has_names=False, name="IR <301>")
    assert "<h1>Debrief of the class IR &lt;301&gt;: " in hidden
    assert "Amna" not in hidden


def test_the_only_row_of_a_wide_table_is_written_downwards():
    words = Words("en", load_scenario("chicken"), ())
    names = CLASS_TOTALS
    wide = Exhibit("class_totals", names, (Row("class", tuple(map(count, range(len(names))))),))
    told = {"class": {"class_verdict": "said-class_verdict-1"}}
    page = "".join(exhibit_parts((wide,), told, words))
    rows = re.findall(r'<tr><th scope="row"[^>]*>(.*?)</th><td[^>]*>(.*?)</td></tr>', page)
    assert rows[:2] == [("Tables", "0"), ("Fewest rounds", "1")]
    assert len(rows) == len(names) + 1
    assert read(page).ways_back == {"class": {"said-class_verdict-1"}}
