"""The browser's reducer and games are twins of ours: shared vectors hold them to it."""

import random
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from game_rules.advice.lens_views import lens_totals, lens_view
from game_rules.bots.bot_match import play_bot_match
from game_rules.games.clauses import clauses
from game_rules.games.corners import game_class
from game_rules.games.exact import MOST_MEMBERS
from game_rules.games.replies import critical_escrow_of_all, reply_class
from game_rules.games.stage_games import Action, Bimatrix, StageGame, Terms, collective, payoffs
from game_rules.lenses.lenses import Lens
from game_rules.log.control_events import ArenaChanged
from game_rules.log.events import (
    ArenaOpened,
    Event,
    MatchCreated,
    OrderSaved,
    PactConcluded,
    RoundResolved,
)
from game_rules.log.evolve import fold
from game_rules.log.gains import GainLine
from game_rules.log.position import Position
from game_rules.match.visibility import redact
from game_rules.records.codec import dumps
from game_rules.roles import ARCHIVE, FACILITATOR, PUBLIC, Seat, Viewer, seated
from game_rules.scenario.pacts import Binding
from game_rules.scenario.terms import Cause
from game_rules.scenario_files.scenarios import scenario_names, shipped_scenario
from game_rules.standing.change import Keeps
from game_rules.texts import clean_text
from server.exports.negotiation import pledges
from server.exports.story import About, Story
from tests.client.drafts import draft_vectors, openings, refusals
from tests.client.random_matches import random_game, random_log
from tests.client.random_pacts import pact_log
from tests.client.reaches import reach_vectors
from tests.client.web import run_vitest
from tests.client.what_ifs import what_if_vectors
from tests.game_rules.games.orders import EVERY_ORDER
from tests.game_rules.rulesets.second.regions import border, quad

LOGS = 240
RICHEST = (185, 71, 202, 21, 35, 131, 204)
"""Seeds of logs that hold every kind of event between them; where one no longer does, all count."""
PACT_LOGS = 60
GAMES = 400
REACH_LOGS, REACH_STEP = 120, 7
SECOND_LOGS, SECOND_PACTS, SECOND_REACHES = 60, 20, 20
"""As many logs of rules 2 as hold every kind of event and of change of terms between them."""
REGIONS = {"quad": quad, "border": border}
SECOND_BOTS = ("defector", "realist", "cooperator", "random", "liberal", "diplomat", "alternator")
LENS_BOTS = ("tit_for_tat", "random", "alternator", "cooperator")


CROWD = collective((1.0,) * 20, Terms(b=40, c=2, e=1, g=1, d=1, sigma=0.5), theta=0.5)
"""Too many members to try every set of them."""


def test_the_random_logs_hold_every_kind_of_event() -> None:
    missing = set(Event.__args__)
    for seed in dict.fromkeys((*RICHEST, *range(LOGS))):
        missing -= {type(event) for event in random_log(seed)}
        if not missing:
            break
    assert missing == set()


@pytest.mark.slow
def test_the_random_pacts_are_of_every_kind_and_come_out_every_way() -> None:
    rows = [row for seed in range(PACT_LOGS) for row in _pledges(pact_log(seed))]
    seen = {(row["binding"], row["is_conditional"], row["outcome"]) for row in rows}
    assert seen == {
        (binding, is_conditional, outcome)
        for binding in Binding
        for is_conditional in (0, 1)
        for outcome in ("kept", "broken", "executed")
        if (binding, outcome) != (Binding.EXECUTED, "kept")  # the engine itself plays it
    }


@pytest.mark.slow
def test_the_logs_of_rules_2_hold_all_that_is_new() -> None:
    logs = _logs_of_rules_2()
    arenas = [x.arena for log in logs for x in log if isinstance(x, ArenaChanged | ArenaOpened)]
    causes = {x.cause for arena in arenas for x in arena.changes}
    assert causes > {Cause.INSTITUTION, Cause.SHADOW, Cause.WARY, Cause.ALLY_IN_CRISIS}
    rounds = [x for log in logs for x in log if isinstance(x, RoundResolved)]
    lines = {line for x in rounds for line in x.lines}
    assert lines == set(GainLine) - {GainLine.ARENAS, GainLine.INCIDENTS}
    pairs = [pair for x in rounds for pair in (x.change.rivals if x.change else ())]
    assert {pair.rung for pair in pairs} == {0, 1, 2, 3}
    told = [x for log in logs for view in _views(log) for x in view["events"]]
    keeps = {x.change.keeps for x in told if isinstance(x, RoundResolved) and x.change}
    assert keeps >= {Keeps.ALL, Keeps.OWN, Keeps.IMPRESSIONS}
    assert any(isinstance(x, OrderSaved) and x.ready_in for x in told)


@pytest.mark.slow
def test_browser_and_server_agree(tmp_path: Path) -> None:
    logs = [random_log(seed) for seed in range(LOGS)]
    later = _logs_of_rules_2()
    vectors = [vector for log in (*logs, *later) for vector in _views(log)]
    names = ("vectors", "games", "lenses", "reaches", "pledges", "signs", "others")
    folds, paid, seen, offered, kept, signs, others = (tmp_path / f"{name}.jsonl" for name in names)
    asked, drafts = tmp_path / "openings.jsonl", tmp_path / "drafts.jsonl"
    opened = openings()
    _write(asked, draft_vectors(opened))
    _write(folds, vectors)
    _write(paid, _game_vectors())
    _write(seen, _lens_vectors())
    reached = (*logs[:REACH_LOGS], *later[:SECOND_REACHES])
    _write(offered, [x for log in reached for x in reach_vectors(log, REACH_STEP)])
    pacts = [(seed, 1) for seed in range(PACT_LOGS)] + [(seed, 2) for seed in range(SECOND_PACTS)]
    _write(kept, [x for seed, version in pacts for x in _pledge_vectors(pact_log(seed, version))])
    _write(signs, _sign_vectors())
    _write(others, what_if_vectors())
    run_vitest(
        "src/rules/vectors.test.ts",
        "src/words/vectors.test.ts",
        DETENTE_VECTORS=str(folds),
        DETENTE_VECTORS_MIN=str(len(vectors)),
        DETENTE_GAME_VECTORS=str(paid),
        DETENTE_LENS_VECTORS=str(seen),
        DETENTE_REACH_VECTORS=str(offered),
        DETENTE_PLEDGE_VECTORS=str(kept),
        DETENTE_SIGN_VECTORS=str(signs),
        DETENTE_WHAT_IF_VECTORS=str(others),
        DETENTE_OPENINGS=str(asked),
        DETENTE_DRAFTS=str(drafts),
    )
    assert refusals(opened, drafts) == {}


def _sign_vectors() -> Iterable[dict[str, Any]]:
    """Which signs are a name by themselves, in blocks, of those that this Python knows."""
    signs = (x for x in map(chr, range(0x20000)) if unicodedata.category(x) not in ("Cn", "Cs"))
    for block in iter(lambda: "".join(islice(signs, 4096)), ""):
        yield {"signs": block, "unseen": "".join(x for x in block if not clean_text(x))}


@cache
def _logs_of_rules_2() -> tuple[tuple[Event, ...], ...]:
    """Matches of rules 2: at random, with pacts, and by bots in the regions that it is made for."""
    played = [
        play_bot_match(made, _cast(made.seats, seed), str(seed), version=2)
        for seed in range(3)
        for monitoring in (1.0, 0.9)
        for made in (quad(monitoring=monitoring), border(monitoring=monitoring))
    ]
    drawn = [random_log(seed, version=2) for seed in range(SECOND_LOGS)]
    return (*drawn, *(pact_log(seed, 2) for seed in range(4)), *played)


def _cast(seats: Sequence[Seat], turn: int) -> dict[Seat, str]:
    bots = (*SECOND_BOTS[turn:], *SECOND_BOTS[:turn])
    return {seat: bots[place % len(bots)] for place, seat in enumerate(seats)}


def _views(log: tuple[Event, ...]) -> Iterable[dict[str, Any]]:
    """What each viewer saw of a log, and the position that it makes."""
    created = log[0]
    assert isinstance(created, MatchCreated)
    scenario = created.scenario
    viewers: tuple[Viewer, ...] = (PUBLIC, FACILITATOR, ARCHIVE, *map(seated, scenario.seats))
    for viewer in viewers:
        redacted = (redact(event, viewer, scenario) for event in log)
        seen = tuple(event for event in redacted if event is not None)
        yield {"viewer": viewer.key, "events": seen, "position": fold(seen)}


def _pledges(log: tuple[Event, ...]) -> list[dict[str, Any]]:
    """Rows of the export, with the numbers of pacts that the log has."""
    story = Story(About("m"), log)
    numbers = {place: number for number, place in story.numbers.items()}
    return [{**row, "pact": numbers[row["pact"]]} for row in pledges(story)]


def _pledge_vectors(log: tuple[Event, ...]) -> Iterable[dict[str, Any]]:
    """What was pledged, by the export, in the pacts that each viewer knows.

    In fog nobody is told what the engine itself played: there it counts as kept.
    """
    rows = _pledges(log)
    for view in _views(log):
        known = {x.pact.number for x in view["events"] if isinstance(x, PactConcluded)}
        told = {
            (x.round, result.arena, seat)
            for x in view["events"]
            if isinstance(x, RoundResolved)
            for result in x.results
            for seat in result.sources
        }
        seen = [
            row
            if row["outcome"] != "executed" or (row["round"], row["arena"], row["seat"]) in told
            else {**row, "outcome": "kept"}
            for row in rows
            if row["pact"] in known
        ]
        yield {"viewer": view["viewer"], "events": view["events"], "pledges": seen}


def _game_vectors() -> Iterable[dict[str, Any]]:
    draw = random.Random(7)
    shipped = (a.game for name in scenario_names() for a in shipped_scenario(name).arenas)
    made = (random_game(draw, draw.randint(2, 6)) for _ in range(GAMES))
    for game in (*shipped, *made, *_tied_games(), CROWD):
        for _ in range(4):
            yield _game_vector(game, tuple(draw.choice(tuple(Action)) for _ in range(game.size)))


def _tied_games() -> Iterable[StageGame]:
    """Every way in which four payoffs can be ordered or tied, on one side and on both."""
    for one in EVERY_ORDER:
        yield Bimatrix(one, one)
        yield from (Bimatrix(one, other) for other in EVERY_ORDER[::7])


def _game_vector(game: StageGame, profile: tuple[Action, ...]) -> dict[str, Any]:
    corners = tuple(game.corners(member) for member in range(game.size))
    return {
        "game": game,
        "profile": profile,
        "payoffs": payoffs(game, profile),
        "corners": corners,
        "classes": tuple(game_class(game, member) for member in range(game.size)),
        "clauses": tuple(clauses(corner) for corner in corners),
        "situations": tuple(_situation(game, member) for member in range(game.size)),
        "escrows": tuple(critical_escrow_of_all(game, member) for member in range(game.size)),
    }


def _situation(game: StageGame, member: int) -> str:
    """Name a situation as advice does; a matrix keeps its names for ties, a crowd its corners'."""
    is_by_corners = isinstance(game, Bimatrix) or game.size > MOST_MEMBERS
    return game_class(game, member) if is_by_corners else reply_class(game, member)


def _lens_vectors() -> Iterable[dict[str, Any]]:
    """What one seat of every shipped scenario sees through each lens after some rounds."""
    shipped = [(shipped_scenario(name), 1) for name in scenario_names()]
    for scenario, version in (*shipped, (quad(), 2), (border(), 2)):
        bots = {seat: LENS_BOTS[i % len(LENS_BOTS)] for i, seat in enumerate(scenario.seats)}
        seat = next(seat for seat in scenario.seats if scenario.arenas_of(seat))
        log = play_bot_match(scenario, bots, "lenses", version)[:-1]
        redacted = (redact(event, seated(seat), scenario) for event in log)
        seen = tuple(event for event in redacted if event is not None)
        yield {"seat": seat, "events": seen, "lenses": _lens_vector(fold(seen), seat)}


def _lens_vector(position: Position, seat: Seat) -> Iterable[dict[str, Any]]:
    return tuple(
        {
            "lens": lens,
            "corners": {
                arena.name: lens_view(position, lens, seat, arena.name).seen
                for arena in position.arenas_of(seat)
            },
            "total": lens_totals(position, lens)[seat],
        }
        for lens in Lens
    )


def _write(path: Path, vectors: Iterable[dict[str, Any]]) -> None:
    path.write_text("".join(dumps(vector) + "\n" for vector in vectors), encoding="utf8")
