"""All built-in bots by name."""

from difflib import get_close_matches
from functools import cache

from game_rules.errors import UnknownStrategy
from game_rules.strategies import (
    axelrod_first,
    finite_machines,
    grudger,
    learners,
    majority,
    memory_one_family,
    prober,
    simple,
    tit_for_tat,
    zero_determinant,
)
from game_rules.strategies.definition import Strategy

_FAMILIES = (
    simple.simple,
    simple.cycler,
    tit_for_tat.tit_for_tat_family,
    memory_one_family.win_stay,
    memory_one_family.generous,
    memory_one_family.mutual,
    zero_determinant.zero_determinant,
    grudger.grudgers,
    majority.majority,
    majority.record_keepers,
    prober.probers,
    prober.hunters,
    learners.gradual_family,
    learners.retaliators,
    learners.learners,
    learners.back_stabbers,
    axelrod_first.axelrod_first,
    finite_machines.finite_machines,
)


@cache
def strategies() -> tuple[Strategy, ...]:
    """List every built-in bot, family by family."""
    return tuple(strategy for family in _FAMILIES for strategy in family.strategies)


def strategy(name: str) -> Strategy:
    """Find a bot by name; case, underscores, hyphens and spaces do not matter.

    Raises UnknownStrategy, which offers the nearest names.

    >>> strategy("TitForTat").name
    'tit_for_tat'
    """
    try:
        return _by_key()[_key(name)]
    except KeyError:
        raise UnknownStrategy(_unknown(name)) from None


@cache
def _by_key() -> dict[str, Strategy]:
    named = {_key(strategy.name): strategy for strategy in strategies()}
    assert len(named) == len(strategies()), "two strategies have the same name"
    return named


def _key(name: str) -> str:
    return "".join(letter for letter in name.lower() if letter not in "_- ")


def _unknown(name: str) -> str:
    near = get_close_matches(_key(name), _by_key(), n=3, cutoff=0.5)
    names = ", ".join(_by_key()[key].name for key in near)
    remedy = f"did you mean {names}?" if near else "`detente strategies` lists them"
    return f"strategy {name!r} is not known; {remedy}"
