"""A debrief says what the log says: each number of a sentence stands in the row that it names."""

import re
from collections import Counter
from dataclasses import replace
from itertools import product

import pytest

from game_rules.bots.bot_match import play_bot_match
from game_rules.continuations.breaches import breaches_of
from game_rules.continuations.trunk import trunk_of
from game_rules.debrief import telling
from game_rules.debrief.course import Course, is_equilibrium
from game_rules.debrief.debrief import PLANS, Debrief, SeatBeside, debrief_of
from game_rules.debrief.exhibits import (
    ARENAS,
    AUDIT,
    COMPASS,
    MOMENTS,
    PAIRS,
    SEATS,
    cells_of,
)
from game_rules.debrief.readings import realism
from game_rules.debrief.remarks import Remark, Row, Value
from game_rules.errors import InvalidInput
from game_rules.games.corners import game_class
from game_rules.games.stage_games import LIBRARY, C, D
from game_rules.log import events as e
from game_rules.log.events import EventTuple, Phase
from game_rules.log.evolve import fold
from game_rules.match.clock import EndMatch
from game_rules.match.decide import step
from game_rules.notation.notation import read_notation
from game_rules.roles import THE_FACILITATOR, Seat
from game_rules.scenario.moves import NO_MOVES
from game_rules.scenario_files.scenarios import load_scenario
from game_rules.standing.standing import trust
from tests import debrief_example
from tests.debrief_example import MATCH
from tests.golden import matches
from tests.quick import few_quick

STORED = (
    "rules2_people_chicken",
    "rules2_people_india_pakistan",
    "rules2_population_random",
    "rules2_bargains_1",
    "rules2_bots_harmony",
    "rules2_bots_stag_hunt",
    "rules2_trunk_ended",
)
HEAD = "detente-notation/1\nscenario: india_pakistan\nseed: 7\n"


@pytest.mark.parametrize("name", few_quick(STORED, measured=True))
def test_each_number_of_a_sentence_stands_in_its_evidence(name: str):
    require_evidence(debrief_of(ended(name)))


def ended(name: str) -> EventTuple:
    """Read a stored match; one that goes on is ended where it stops."""
    log = matches.log_of(name)
    before = fold(log)
    if before.phase is Phase.DEBRIEF:
        return log
    events, _ = step(before, EndMatch(), THE_FACILITATOR, 0, len(before.history))
    return (*log, *events)


def require_evidence(debrief: Debrief) -> None:
    cells = cells_of(debrief.exhibits)
    rows = [row.id for exhibit in debrief.exhibits for row in exhibit.rows]
    assert [x for x, times in Counter(rows).items() if times > 1] == []
    assert all(
        len(row.cells) == len(each.columns) for each in debrief.exhibits for row in each.rows
    )
    for section in debrief.sections:
        for remark in section.remarks:
            held = [cell for row in remark.evidence for cell in cells[row]]
            said = [value for value in remark.arguments.values() if value.is_number]
            assert [value for value in said if value not in held] == [], remark


def told(log: tuple[e.Event, ...]) -> list[Remark]:
    return [x for section in debrief_of(log).sections for x in section.remarks]


def kinds(log: tuple[e.Event, ...]) -> set[str]:
    return {remark.kind for remark in told(log)}


def test_the_same_log_has_the_same_debrief():
    log = matches.log_of("rules2_bots_chicken")
    assert debrief_of(log) == debrief_of(log)


def test_a_match_of_older_rules_is_refused_in_one_line():
    with pytest.raises(InvalidInput, match="rules 1; a debrief works with matches of rules 2"):
        debrief_of(matches.log_of("bots_chicken"))


def test_a_match_without_a_round_is_refused():
    log = read_notation("detente-notation/1\nscenario: chicken\nlobby: ROW plays bully\n")
    with pytest.raises(InvalidInput, match="no round was resolved; debrief a match that was"):
        debrief_of(log)


def test_a_match_that_goes_on_is_refused_with_the_remedy_and_one_that_was_ended_is_not():
    text = f"{HEAD.replace('india_pakistan', 'chicken')}1. ROW C; COLUMN D\n2. | ROW D; COLUMN D"
    refusal = "not ended: 2 of 10 rounds were played; play on, or end it .in notation: .*end_match"
    for stopped in (text, f"{text}\nstop: 2 reveal\n"):
        with pytest.raises(InvalidInput, match=refusal):
            debrief_of(read_notation(stopped))
    ended_here = read_notation(f"{text} | facilitator end_match\nend:\n")
    costs = [x.arguments["share"].amount for x in told(ended_here) if x.kind == "moment.cost"]
    assert costs
    assert max(costs) <= 1


@pytest.mark.slow
def test_figures_that_are_taken_from_others_are_those_that_a_reader_finds():
    debrief = debrief_of(matches.log_of("rules2_population_random"))
    seats = {row.id: row.cells for x in debrief.exhibits if x.name == "seats" for row in x.rows}
    for cells in seats.values():
        (own, bot, apart) = (cells[SEATS.index(x)] for x in ("gained", "bot", "difference"))
        if bot.is_number:
            assert shown(apart) == pytest.approx(shown(own) - shown(bot))
    for cells in (row.cells for x in debrief.exhibits if x.name == "moments" for row in x.rows):
        (once, later, whole) = (cells[MOMENTS.index(x)] for x in ("at_once", "later", "whole"))
        assert shown(once) + shown(later) == pytest.approx(shown(whole))
    for cells in (row.cells for x in debrief.exhibits if x.name == "pairs" for row in x.rows):
        a, b = (shown(seats[f"seat-{x}"][SEATS.index("gained")]) for x in values_of(cells[0]))
        assert shown(cells[PAIRS.index("gap")]) == pytest.approx(abs(a - b))


def shown(value: Value) -> float:
    """Return a number as the page writes it."""
    return float(f"{value.amount:.1f}")


def values_of(value: Value) -> tuple[str, ...]:
    assert isinstance(value.value, tuple)
    return value.value


@pytest.mark.slow
def test_pairs_and_arenas_are_told_from_the_start_of_the_match():
    trunk = trunk_of(read_notation(MATCH.read_text("utf-8")))
    start = trunk.before(trunk.resolution_of(1)).standing
    cells = cells_of(debrief_example.debrief().exhibits)
    for pair in start.rivals:
        row = cells[f"pair-{'-'.join(pair.seats)}"]
        assert row[PAIRS.index("tension_first")].value == pair.tension
    for arena, norm in start.norms.items():
        assert cells[f"arena-{arena}"][ARENAS.index("norm_first")].value == norm
    for seat, others in start.faith.items():
        for other in others:
            row = cells.get(f"pair-{seat}-{other}")
            if row is not None:
                mean = (trust(start, seat, other) + trust(start, other, seat)) / 2
                assert row[PAIRS.index("trust_first")].value == mean


@pytest.mark.slow
def test_a_pact_has_the_number_of_its_proposal():
    debrief = debrief_example.debrief()
    signed = re.findall(r"^\d+\. .*$", MATCH.read_text("utf-8"), re.MULTILINE)
    accepted = {int(x) for line in signed for x in re.findall(r"accepts #(\d+)", line)}
    rows = {each.name: each.rows for each in debrief.exhibits}
    told_numbers = {int(row.cells[0].amount) for row in rows["pacts"]}
    assert told_numbers
    assert told_numbers <= accepted
    assert max(told_numbers) > len(told_numbers)
    assert {int(row.cells[AUDIT.index("pact")].amount) for row in rows["audit"]} <= told_numbers


@pytest.mark.slow
def test_equal_points_are_told_as_equal_and_all_seats_of_a_rank_are_named():
    scenario = load_scenario("chicken")
    log = play_bot_match(scenario, dict.fromkeys(scenario.seats, "cooperator"), "7")
    assert "verdict.equal" in kinds(log)
    assert not {"verdict.most", "verdict.least"} & kinds(log)
    population = matches.log_of("rules2_population_random")
    gains = {x: f"{points:.1f}" for x, points in fold(population).totals.items()}
    for remark in told(population):
        if remark.kind in ("verdict.most", "verdict.least"):
            points = f"{remark.arguments['points'].amount:.1f}"
            seats = values_of(remark.arguments["seats"])
            assert seats == tuple(x for x in gains if gains[x] == points)


def test_rivals_with_equal_points_are_told_to_be_level():
    course = Course(trunk_of(read_notation(MATCH.read_text("utf-8"))))
    course.last = replace(course.last, totals=dict.fromkeys(course.seats, 1.0))
    found = {remark.kind for remark in realism(course)}
    assert "realism.gap.level" in found
    assert "realism.gap" not in found


def test_the_first_round_of_an_incident_names_all_its_seats():
    course = Course(trunk_of(read_notation(MATCH.read_text("utf-8"))))
    incident = next(x for each in course.rounds for x in each.resolved.incidents)
    twice = tuple(replace(incident, seats=(Seat(x), Seat("CHN"))) for x in ("VNM", "MYS"))
    first, *others = course.rounds
    course.rounds = (replace(first, resolved=replace(first.resolved, incidents=twice)), *others)
    remark = next(x for x in telling.story(course) if x.kind.startswith("incident."))
    assert values_of(remark.arguments["seats"]) == ("VNM", "CHN", "MYS")


def test_who_broke_its_word_and_lost_is_not_told_to_have_gained_nothing():
    course = Course(trunk_of(read_notation(MATCH.read_text("utf-8"))))
    first, *_ = course.breaches
    both = tuple(replace(first, own=own, others=-2.0) for own in (-4.6, 0.0))
    vars(course)["breaches"] = both
    said = [x.kind for x in telling.pledges(course) if x.kind.startswith("breach.sabotage")]
    assert said == ["breach.sabotage.lost", "breach.sabotage"]


@pytest.mark.slow
def test_the_end_of_the_match_is_told_with_its_reason_and_its_rounds():
    remark = next(x for x in told(ended("rules2_people_india_pakistan")) if "ended" in x.kind)
    assert remark.kind == "verdict.ended.facilitator"
    assert [remark.arguments[x].value for x in ("rounds", "planned")] == [2, 10]
    assert "verdict.ended.rounds_played" in kinds(matches.log_of("rules2_bots_chicken"))


@pytest.mark.slow
def test_a_kind_of_game_is_that_of_all_members_or_none():
    cells = cells_of(debrief_example.debrief().exhibits)
    found = set()
    for each in debrief_example.course().rounds:
        for arena, _ in each.played:
            classes = {game_class(arena.game, x).value for x in range(arena.game.size)}
            kind = cells[f"compass-{arena.name}-{each.number}"][COMPASS.index("class")].value
            assert kind == f"class.{classes.pop() if len(classes) == 1 else 'mixed'}"
            found.add(kind)
    assert "class.mixed" in found


@pytest.mark.slow
def test_a_match_without_regret_has_no_moments():
    scenario = load_scenario("harmony")
    log = play_bot_match(scenario, dict.fromkeys(scenario.seats, "cooperator"), "7")
    assert {"moments.none", "pledges.none", "realism.no_rivals"} <= kinds(log)
    assert not any(kind.startswith("moment.") for kind in kinds(log))


@pytest.mark.slow(measured=True)
def test_a_breach_is_told_with_its_effect_and_with_its_plan():
    pact = "IND offers #1 treaty for 1 round among IND, PAK: IND line_of_control C"
    word = "IND says promise arena=line_of_control action=C round=1"
    text = f"{HEAD}1. IND D; {word}; {pact}; PAK accepts #1 | IND D; PAK C; MIL C\nend:"
    text = text.replace("end:", "\n".join(f"{x}. IND C" for x in range(2, 11)))
    log = read_notation(text)
    (judged,) = breaches_of(trunk_of(log))
    remark = next(x for x in told(log) if x.kind.startswith(f"breach.{judged.effect.value}"))
    assert remark.arguments["own"].value == judged.own
    assert remark.arguments["others"].value == judged.others
    assert judged.is_planned
    assert {"breach.planned", "constructivism.words"} <= set(kinds(log))


def test_what_a_bot_would_have_gained_is_that_match():
    scenario = load_scenario("chicken")
    bots = {Seat("ROW"): "cooperator", Seat("COLUMN"): "bully"}
    remark = next(
        x
        for x in told(play_bot_match(scenario, bots, "7"))
        if x.kind.startswith("compare.bot") and x.arguments["seat"].value == "ROW"
    )
    other = fold(play_bot_match(scenario, {**bots, Seat("ROW"): scenario.autopilot}, "7"))
    assert remark.arguments["bot"].value == pytest.approx(other.totals[Seat("ROW")])


def test_an_equilibrium_is_what_brute_force_finds():
    for game in LIBRARY.values():
        for profile in product((C, D), repeat=2):
            paid = game.payoffs(profile)
            row = game.payoffs((profile[0].other, profile[1]))
            column = game.payoffs((profile[0], profile[1].other))
            gains = row[0] > paid[0] or column[1] > paid[1]
            assert is_equilibrium(game, profile) is not gains


def test_a_match_of_one_round_has_no_change_to_tell():
    scenario = replace(load_scenario("chicken"), rounds=1, moves=NO_MOVES)
    log = play_bot_match(scenario, dict.fromkeys(scenario.seats, "cooperator"), "7")
    found = kinds(log)
    assert "verdict.index" in found
    assert "liberalism.funds" not in found
    assert not {"verdict.rose", "verdict.fell", "verdict.level", "story.rise"} & found


@pytest.mark.slow(measured=True)
def test_the_seats_of_a_class_are_told_beside_the_other_tables():
    log = matches.log_of("rules2_bots_chicken")
    beside = SeatBeside(Seat("ROW"), 8, 20.0, 18.5, 1.5, 2, 6)
    debrief = debrief_of(log, (beside,))
    require_evidence(debrief)
    tables = next(each for each in debrief.exhibits if each.name == "tables")
    assert [isinstance(row, Row) and row.id for row in tables.rows] == ["table-ROW"]


@pytest.mark.slow
def test_plans_fill_their_minutes_and_name_parts_of_the_page():
    names = {x.name for x in debrief_of(matches.log_of("rules2_bots_chicken")).sections}
    assert [plan.minutes for plan in PLANS] == [50, 75, 150]
    for plan in PLANS:
        assert sum(step.minutes for step in plan.steps) == plan.minutes
        assert {step.section for step in plan.steps} <= names
