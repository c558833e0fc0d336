"""Make the golden records of the present rules, and what was asked for in matches of people.

Those of rules 1 were made in the same way, from their own scenarios, and are not made again, but
for the match that waited for its class: matches of both rules may.
"""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from tests.golden.bargains import bargained_match
from tests.golden.matches import (
    COMMANDS,
    RECORDS,
    Log,
    Table,
    commands_text,
    log_of,
    packed,
    stored_name,
    written,
)
from tests.golden.playing import (
    branched,
    drawn_match,
    openings,
    shipped_match,
)
from tests.golden.project import (
    RULES_VERSION,
    RULESETS,
    THE_FACILITATOR,
    Pairing,
    PowerMeasure,
    Press,
    Scenario,
    Treatment,
    commands,
    events,
    load_scenario,
    play_bot_match,
    population,
    scenario_names,
    with_treatment,
)
from tests.golden.spoken import spoken_match
from tests.golden.waited import waited_match

TABLE_OF_BOTS = (
    "diplomat",
    "realist",
    "liberal",
    "hedger",
    "constructivist",
    "random",
    "soft_joss",
    "prober",
)
DOCTRINES = {
    "realist": "korean_peninsula",
    "liberal": "quad_and_eas",
    "constructivist": "asean_confidence_building",
    "hedger": "bri_corridors",
    "diplomat": "south_china_sea",
    "defector": "taiwan_strait",
    "grudger": "india_pakistan",
    "bully": "seato_1954_1977",
    "tit_for_tat": "sco_central_asia",
}
TREATMENTS = {
    "masked_fog": Treatment(monitoring=0.8, is_masked=True),
    "public_talk": Treatment(press=Press.PUBLIC),
    "no_talk_no_moves": Treatment(press=Press.NONE, moves=()),
    "other_power": Treatment(power=PowerMeasure.LOWY, has_advisor=False),
    "may_end": Treatment(continuation=0.7, monitoring=0.7),
}
DRAWN = (10, 26, 29, 36, 66, 68, 75, 87, 99, 102, 228)
"""Found among 300 so that all of them together have in them whatever any of the first 120 has."""
LENGTH_OF_DRAWN, LENGTH_OF_SHIPPED = 90, 120
SHORT = 4
"""Rounds of what need not be long: it is stored for good."""


def make() -> None:
    """Write all records and commands."""
    for name, log in _of_bots():
        packed(_path(RECORDS, name), written(log))
    for name, begin, count, table in _of_people():
        _store(stored_name(name, RULES_VERSION), stored_name(begin, RULES_VERSION), count, table)
    for version in RULESETS:
        name = stored_name("waited", version)
        first = log_of(stored_name("people_chicken", version))[0]
        assert isinstance(first, events.MatchCreated)
        _store(name, name, 1, waited_match(first.scenario, version))


def _store(name: str, begin: str, count: int, table: Table) -> None:
    packed(RECORDS / f"{name}.jsonl.gz", written(table.log, table.names))
    packed(COMMANDS / f"{name}.jsonl.gz", commands_text(begin, count, table.asked))


def _path(folder: Path, name: str) -> Path:
    return folder / f"{stored_name(name, RULES_VERSION)}.jsonl.gz"


def _of_bots() -> Iterator[tuple[str, Log]]:
    for number, name in enumerate(scenario_names()):
        yield f"bots_{name}", _bots(load_scenario(name), number)
    for bot, name in DOCTRINES.items():
        scenario = replace(load_scenario(name), rounds=SHORT)
        yield f"all_{bot}", play_bot_match(scenario, dict.fromkeys(scenario.seats, bot), "7")
    for name, treatment in TREATMENTS.items():
        treated = with_treatment(load_scenario("south_china_sea"), treatment)
        yield f"treated_{name}", _bots(replace(treated, rounds=SHORT))
    for pairing in Pairing:
        crowd = population(load_scenario("chicken"), 8, pairing, "7")
        yield f"population_{pairing.value}", _bots(replace(crowd, rounds=SHORT))


def _bots(scenario: Scenario, first: int = 0) -> Log:
    """Play with another bot in each seat, in the order of the table from some place on."""
    count = len(TABLE_OF_BOTS)
    bots = {
        seat: TABLE_OF_BOTS[(first + place) % count] for place, seat in enumerate(scenario.seats)
    }
    return play_bot_match(scenario, bots, "7")


def _of_people() -> Iterator[tuple[str, str, int, Table]]:
    for seed, name in enumerate(scenario_names(), 16):
        table = shipped_match(load_scenario(name), seed, LENGTH_OF_SHIPPED)
        yield f"people_{name}", f"people_{name}", 1, table
    sea = load_scenario("south_china_sea")
    fog = with_treatment(sea, TREATMENTS["masked_fog"])
    yield "people_masked_fog", "people_masked_fog", 1, shipped_match(fog, 1, LENGTH_OF_SHIPPED)
    for first, scenario in enumerate((sea, fog, load_scenario("seato_1954_1977"))):
        name = f"bargains_{first}"
        yield name, name, 1, bargained_match(replace(scenario, rounds=SHORT), first)
    yield "spoken", "spoken", 1, spoken_match(replace(sea, rounds=SHORT))
    for seed in DRAWN:
        name = f"drawn_{seed}"
        yield name, name, 1, drawn_match(seed, LENGTH_OF_DRAWN)
    yield from _with_branches("talked", "india_pakistan", 8, is_over=False)
    yield from _with_branches("ended", "chicken", 5, is_over=True)


def _with_branches(
    name: str, scenario: str, seed: int, is_over: bool
) -> Iterator[tuple[str, str, int, Table]]:
    """Play a trunk, a branch of it, and a branch of that one."""
    trunk = shipped_match(load_scenario(scenario), seed, 100)
    if is_over:
        trunk.ask(commands.EndMatch(), THE_FACILITATOR, trunk.log[-1].at_ms)
    assert trunk.position.is_over is is_over
    branch = _branch(trunk, f"trunk_{name}", 1)
    twig = _branch(branch, f"branch_{name}", 2)
    yield f"trunk_{name}", f"trunk_{name}", 1, trunk
    yield f"branch_{name}", f"trunk_{name}", _cut(trunk), branch
    yield f"branch_{name}_again", f"branch_{name}", _cut(branch), twig


def _branch(trunk: Table, name: str, seed: int) -> Table:
    return branched(trunk, name, _cut(trunk), seed, 120)


def _cut(trunk: Table) -> int:
    """Give a place in the middle of a log, just before a command that opened a phase."""
    places = openings(trunk)
    return places[len(places) // 2]
