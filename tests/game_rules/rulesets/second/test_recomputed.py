"""Recorded matches of all regions, computed again with code of its own: docs/evidence.md.

The long form: DETENTE_RECORDS=200 uv run pytest tests/game_rules/rulesets/second/test_recomputed.py
"""

import os
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache

import pytest

from game_rules.games.changes import with_change
from game_rules.games.stage_games import Collective
from game_rules.log import events as e
from game_rules.log.events import EndReason, Event
from game_rules.log.gains import GainLine
from game_rules.records.record import write_record
from game_rules.scenario.moves import MoveKind
from game_rules.scenario.pacts import Binding
from game_rules.standing.incidents import Concept
from game_rules.standing.integration import Outlook
from tests.game_rules.rulesets.second.recomputed import differences
from tests.game_rules.rulesets.second.shipped import NAMES, shipped
from tests.game_rules.rulesets.second.wild import wild_match

pytestmark = pytest.mark.slow  # all matches are played once
RECORDS = int(os.environ.get("DETENTE_RECORDS", 3 * len(NAMES)))
SEEDS = range(1, 1 + -(-RECORDS // len(NAMES)))


@cache
def match_of(name: str, seed: int) -> tuple[Event, ...]:
    return wild_match(shipped(name), seed)


@pytest.mark.parametrize("name", NAMES)
def test_every_number_of_a_record_comes_out_the_same_in_other_code(name):
    for seed in SEEDS:
        assert differences(write_record(match_of(name, seed), "test")) == [], f"seed {seed}"


def test_everything_that_can_happen_happens_in_these_records():
    events = [event for name in NAMES for seed in SEEDS for event in match_of(name, seed)]
    rounds = [event for event in events if isinstance(event, e.RoundResolved)]
    moved = {(x.move.kind, bool(x.move.seats)) for r in rounds for x in r.moves if x.takes_effect}
    both_ways = (MoveKind.DIVERSIFY, MoveKind.EXERCISE)
    assert moved == {*((kind, False) for kind in MoveKind), *((kind, True) for kind in both_ways)}
    assert {x.pact.terms.binding for x in events if isinstance(x, e.PactConcluded)} == {*Binding}
    assert {line for r in rounds for line in r.lines} == _SECOND_LINES
    assert {Concept.CRISIS, Concept.ENTRAPMENT, Concept.LEVERAGE} <= {
        incident.concept for r in rounds for incident in r.incidents
    }
    news = {type(x) for x in events} & {e.InjectOpened, e.InjectClosed, e.RecommendationGiven}
    assert len(news) == 3
    ends = {x.reason for x in events if isinstance(x, e.MatchEnded)}
    assert EndReason.ROUNDS_PLAYED in ends
    assert len(ends) > 1


_SECOND_LINES = {*GainLine} - {GainLine.ARENAS, GainLine.INCIDENTS}

FIGURES = (
    "terms", "exclusivity", "payoffs", "settlements", "gains", "shadow", "stretch", "leverage",
    "moves", "trust", "dependency", "tension", "rung", "institution", "output", "index", "outlook",
    "calm", "source",
)  # fmt: skip


@pytest.mark.parametrize("figure", FIGURES)
def test_a_figure_that_is_wrong_is_found(figure):
    log = next(log for name in ("quad_and_eas", *NAMES) for log in _told(name, figure))
    assert differences(write_record(log, "test")) == []
    assert differences(write_record([_wrong(event, figure) for event in log], "test")) != []


def _told(name: str, figure: str) -> Iterator[tuple[Event, ...]]:
    """Yield the matches of a region that tell a figure at all."""
    for seed in SEEDS:
        log = match_of(name, seed)
        if any(_wrong(event, figure) != event for event in log):
            yield log


def _wrong(event: Event, figure: str) -> Event:
    """Make one figure a little wrong, wherever it is told."""
    if isinstance(event, e.ArenaChanged):
        return replace(event, arena=_worse(event.arena, figure))
    if not isinstance(event, e.RoundResolved):
        return event
    if figure == "payoffs":
        first, *rest = event.results
        return replace(event, results=(replace(first, payoffs=_more(first.payoffs)), *rest))
    if figure in ("gains", "settlements"):
        return replace(event, **{figure: _more(getattr(event, figure))})
    if figure == "source":
        return replace(event, moves=tuple(map(_beside_itself, event.moves)))
    if figure in event.lines:
        line = GainLine(figure)
        return replace(event, lines={**event.lines, line: _more(event.lines[line])})
    assert event.change is not None
    return replace(event, change=_changed(event.change, figure))


def _beside_itself(opened):
    """Let a seat that found a second source have found it beside the wrong partner."""
    move = opened.move
    if move.kind is not MoveKind.DIVERSIFY or not move.seats:
        return opened
    return replace(opened, move=replace(move, seats=(opened.seat,)))


def _worse(arena, figure: str):
    if figure == "terms" and isinstance(arena.game, Collective):
        return replace(arena, game=with_change(arena.game, "b", 1e-9, 0))
    if figure == "exclusivity" and arena.exclusive:
        return replace(arena, exclusive=arena.exclusive + 1e-9)
    return arena


def _changed(change, figure: str):
    if figure == "trust":
        faith = change.faith.items()
        rows = {i: {j: (good + 1e-9, bad) for j, (good, bad) in row.items()} for i, row in faith}
        return replace(change, faith=rows)
    if figure == "dependency":
        rows = {i: _more(row) for i, row in change.dependency.items()}
        return replace(change, dependency=rows)
    if figure == "institution":
        return replace(change, institutions=_more(change.institutions))
    if figure == "output":
        return replace(change, produced=_more(change.produced))
    if figure == "tension":
        pairs = tuple(replace(x, tension=x.tension * (1 - 1e-9)) for x in change.rivals)
        return replace(change, rivals=pairs)
    if figure == "rung":
        pairs = tuple(replace(x, rung=min(3, x.rung + 1)) for x in change.rivals)
        return replace(change, rivals=pairs)
    if figure == "calm":
        return replace(change, calm_rounds=change.calm_rounds + 1)
    return replace(change, integration=_better(change.integration, figure))


def _better(integration, figure: str):
    if figure == "index":
        return replace(integration, index=integration.index + 1e-9)
    if figure == "outlook":
        bright = integration.outlook is Outlook.OPTIMISTIC
        return replace(integration, outlook=Outlook.CONTESTED if bright else Outlook.OPTIMISTIC)
    return integration


def _more(figures: Mapping) -> dict:
    return {key: x + 1e-9 for key, x in figures.items()}
