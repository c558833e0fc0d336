"""Effects of injects on payoffs, and the conditions for opening an inject.

Effects add up; a parameter stays within a scenario's limits.
"""

from collections.abc import Iterable

from game_rules.errors import InjectNotAllowed
from game_rules.games.changes import LARGEST_PARAMETER, Added, with_added
from game_rules.log import events as e
from game_rules.log.position import Position
from game_rules.scenario.injects import (
    LONGEST_TEXT,
    LONGEST_TITLE,
    MOST_EFFECTS,
    MOST_INJECT_ROUNDS,
    MOST_OPENED,
    Inject,
    InjectEffect,
    parameters_of,
)
from game_rules.scenario.masks import masked_inject
from game_rules.scenario.populations import model_of
from game_rules.scenario.scenario import Arena, Scenario


def inject_opened(inject: Inject, number: int, first_round: int, now_ms: int) -> e.InjectOpened:
    """Build the event that opens an inject; its effects count from first_round on."""
    last_round = first_round + inject.rounds - 1 if inject.rounds else None
    return e.InjectOpened(number, inject, first_round, last_round, now_ms)


def with_injects(arenas: Iterable[Arena], position: Position, number: int) -> tuple[Arena, ...]:
    """Apply the injects that are open in a round to their arenas.

    In a population, what names an arena of the two is about each pair's.
    """
    effects = [
        effect
        for each in position.injects
        if not each.is_closed and each.first_round <= number
        for effect in each.inject.effects
    ]
    scenario = position.scenario
    return tuple(_affected(arena, model_of(scenario, arena), effects) for arena in arenas)


def inject_for(inject: Inject, written: Scenario, played: Scenario) -> Inject:
    """Translate an inject for a match that plays a scenario under other conditions.

    written: the scenario whose deck and names the news goes by.
    """
    is_under_mask = played.is_masked and not written.is_masked
    return masked_inject(inject, written) if is_under_mask else inject


def check_inject(inject: Inject, position: Position) -> None:
    """Raise InjectNotAllowed for an inject that cannot be shown or has no meaning here."""
    if not inject.title.strip() or not inject.text.strip():
        raise InjectNotAllowed("an inject has a title and a text; give both")
    if len(inject.title) > LONGEST_TITLE or len(inject.text) > LONGEST_TEXT:
        raise InjectNotAllowed(
            f"a title has {LONGEST_TITLE} letters at most, a text {LONGEST_TEXT}"
        )
    if not 0 <= inject.rounds <= MOST_INJECT_ROUNDS or len(inject.effects) > MOST_EFFECTS:
        most = f"{MOST_INJECT_ROUNDS} rounds and has up to {MOST_EFFECTS} effects"
        raise InjectNotAllowed(f"an inject lasts 0 to {most}; shorten it")
    if inject.name in (x.inject.name for x in position.injects if not x.is_closed):
        raise InjectNotAllowed(f"{inject.name!r} is open already; close it, or choose another name")
    if len(position.injects) >= MOST_OPENED:
        told = f"{MOST_OPENED} items of news were opened, which is the most"
        raise InjectNotAllowed(f"{told}; continue without more of it")
    for effect in inject.effects:
        _check_effect(effect, position)


def _check_effect(effect: InjectEffect, position: Position) -> None:
    drawn = position.scenario.population
    models = () if drawn is None else drawn.arenas
    arena = next((x for x in (*models, *position.arenas) if x.name == effect.arena), None)
    if arena is None:
        names = ", ".join(x.name for x in models or position.arenas)
        raise InjectNotAllowed(f"{effect.arena[:40]!r} is no arena in force; choose among {names}")
    known = parameters_of(arena.game)
    if effect.parameter not in known:
        problem = f"{effect.parameter[:40]!r} is no parameter of {arena.name}"
        raise InjectNotAllowed(f"{problem}; choose among {', '.join(known)}")
    members = () if drawn and len(drawn.sides) == 1 and arena in models else arena.members
    if effect.member is not None and (effect.parameter == "theta" or effect.member not in members):
        raise InjectNotAllowed(
            f"{effect.member} has no {effect.parameter} of its own in {arena.name}"
        )
    if not 0 < abs(effect.change) <= LARGEST_PARAMETER:
        raise InjectNotAllowed(
            f"{effect.change} changes {effect.parameter} by nothing or too much; "
            f"give a number up to {LARGEST_PARAMETER:g}, either way"
        )


def _affected(arena: Arena, model: Arena | None, effects: Iterable[InjectEffect]) -> Arena:
    """Apply the effects that fit; a crisis may be over, and its arena gone, before an inject is.

    model: the arena of two that this one of a pair was made of, if it was.
    """
    added, known = [], parameters_of(arena.game)
    for effect in effects:
        named = arena if arena.name == effect.arena else model
        if named is None or named.name != effect.arena or effect.parameter not in known:
            continue
        if effect.member is None or effect.member in named.members:
            member = None if effect.member is None else named.member(effect.member)
            added.append(Added(effect.parameter, effect.change, member))
    return arena.with_game(with_added(arena.game, added)) if added else arena
