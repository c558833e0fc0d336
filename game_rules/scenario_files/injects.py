"""The [[injects]] of a scenario: the deck of news, and its effects on payoffs."""

from collections.abc import Mapping, Sequence

from game_rules.games.stage_games import Bimatrix
from game_rules.roles import Seat
from game_rules.scenario.injects import COLLECTIVE_PARAMETERS, Inject, InjectEffect, parameters_of
from game_rules.scenario.scenario import Arena
from game_rules.scenario_files.arenas import LARGEST_PAYOFF
from game_rules.scenario_files.fields import SLUG, TomlTable

MOST_INJECTS, MOST_EFFECTS = 40, 16
LONGEST_TITLE, LONGEST_TEXT = 80, 600

_INJECT = ("name", "title", "text", "rounds", "round", "effects")
_EFFECT = ("arena", "member", "parameter", "change")
_SLUG_WANTED = "1 to 40 small letters, digits and _, a letter first, e.g. flood_relief"
_SHARES = ("sigma", "theta")


def read_deck(top: TomlTable, arenas: Sequence[Arena], rounds: int) -> tuple[Inject, ...]:
    """Read the deck; rounds: the most that the scenario plays.

    Raises ScenarioError for a name that is there twice, an arena, member or parameter that does
    not exist, and a change that takes a parameter out of its range.
    """
    deck: list[Inject] = []
    for table in top.tables("injects", 0, MOST_INJECTS, _INJECT):
        inject = _read_inject(table, arenas, rounds)
        if inject.name in [other.name for other in deck]:
            raise table.error("name", f"{inject.name!r} is there twice; give each its own")
        deck.append(inject)
    return tuple(deck)


def _read_inject(table: TomlTable, arenas: Sequence[Arena], rounds: int) -> Inject:
    return Inject(
        name=table.name("name", SLUG, _SLUG_WANTED),
        title=table.text("title", LONGEST_TITLE),
        text=table.text("text", LONGEST_TEXT),
        rounds=table.integer("rounds", 0, rounds),
        effects=tuple(
            _read_effect(each, arenas) for each in table.tables("effects", 0, MOST_EFFECTS, _EFFECT)
        ),
        round=table.integer("round", 1, rounds) if "round" in table else None,
    )


def _read_effect(table: TomlTable, arenas: Sequence[Arena]) -> InjectEffect:
    by_name = {arena.name: arena for arena in arenas}
    arena = by_name[table.known("arena", tuple(by_name))]
    parameter = table.known("parameter", parameters_of(arena.game))
    if "member" in table and parameter == "theta":
        raise table.error("member", "theta is the arena's own; leave the member out")
    member = Seat(table.known("member", arena.members)) if "member" in table else None
    effect = InjectEffect(
        arena=arena.name, parameter=parameter, change=_read_change(table), member=member
    )
    for seat, value in _values(arena, effect).items():
        _require_in_range(table, effect, seat, value)
    return effect


def _read_change(table: TomlTable) -> float:
    change = table.number("change", -LARGEST_PAYOFF, LARGEST_PAYOFF)
    if change == 0:
        raise table.error("change", "is 0; give a number that changes something, or no effect")
    return change


def _values(arena: Arena, effect: InjectEffect) -> Mapping[Seat, float]:
    """Return the parameter's present value for each member that the effect changes."""
    seats = arena.members if effect.member is None else (effect.member,)
    return {seat: _value(arena, seat, effect.parameter) for seat in seats}


def _value(arena: Arena, seat: Seat, parameter: str) -> float:
    game, member = arena.game, arena.member(seat)
    if isinstance(game, Bimatrix):
        return getattr(game.corners(member), parameter)
    return game.theta if parameter == "theta" else getattr(game.terms[member], parameter)


def _require_in_range(table: TomlTable, effect: InjectEffect, seat: Seat, value: float) -> None:
    lowest = 0 if effect.parameter in COLLECTIVE_PARAMETERS else -LARGEST_PAYOFF
    highest = 1 if effect.parameter in _SHARES else LARGEST_PAYOFF
    after = value + effect.change
    if not lowest <= after <= highest:
        whose = "" if effect.parameter == "theta" else f"{seat}'s "
        raise table.error(
            "change",
            f"{effect.change:g} takes {whose}{effect.parameter} from {value:g} to {after:g}; "
            f"it stays from {lowest:g} to {highest:g}",
        )
